// What is known at a point because the code got there: the conditions that every path to it passed.

import { End } from '../model/function-body.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Shape } from '../model/objects.ts';
import { NONE, Op, Operator } from '../model/operations.ts';
import { graphOf } from './graph.ts';
import { valuesOf } from './values.ts';

/** A condition and how it came out. Values do not change; what the condition read from memory may have changed since. */
export interface Passed {
  /** The operation whose value was tested. */
  readonly condition: number;
  readonly holds: boolean;
}

/** Conditions further up than this many blocks are not looked at. */
const depthLimit = 2000;

/** The conditions that every path to an operation passed, innermost first. Negations are taken off. */
export function conditionsAt(body: FunctionBody, operation: number): readonly Passed[] {
  const graph = graphOf(body);
  const passed: Passed[] = [];
  let block = graph.blockOf(operation);
  if (!graph.isReachable(block)) return passed;
  for (let steps = 0; steps < depthLimit; steps++) {
    const before = graph.dominatorOf(block);
    if (before === NONE) break;
    const predecessors = graph.predecessors(block);
    if (predecessors.length === 1 && body.endOf(before) === End.Branch) {
      const [whenTrue, whenFalse] = body.successors(before);
      if (whenTrue !== whenFalse) passed.push(withoutNegation(body, { condition: body.condition(before), holds: whenTrue === block }));
    }
    block = before;
  }
  return passed;
}

/**
 * The same, and conditions that only some paths to the operation passed, if coming out the other way keeps from it:
 * `if (a && b) return;` decides by `b` what follows, though `a` alone may have let it through. Of `if (a || b) …` both do.
 */
export function decisionsAt(body: FunctionBody, operation: number): readonly Passed[] {
  const graph = graphOf(body);
  const target = graph.blockOf(operation);
  if (!graph.isReachable(target)) return [];
  const leads = new Uint8Array(body.blockCount);
  leads[target] = 1;
  const stack = [target];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const before of graph.predecessors(at)) {
      if (leads[before]) continue;
      leads[before] = 1;
      stack.push(before);
    }
  }
  const passed = [...conditionsAt(body, operation)];
  for (const block of graph.order) {
    if (!leads[block] || block === target || body.endOf(block) !== End.Branch) continue;
    const [whenTrue, whenFalse] = body.successors(block);
    if (leads[whenTrue!] === leads[whenFalse!]) continue;
    const into = leads[whenTrue!] === 1 ? whenTrue! : whenFalse!;
    add(passed, withoutNegation(body, { condition: body.condition(block), holds: into === whenTrue }));
    for (const before of graph.predecessors(into)) {
      if (before === block || body.endOf(before) !== End.Branch || !graph.dominates(before, block)) continue;
      add(passed, withoutNegation(body, { condition: body.condition(before), holds: body.successors(before)[0] === into }));
    }
  }
  return [...passed, ...equalToKnown(body, passed)];
}

/** `if (on === isOn()) return; if (on) …`: what was equal, or not, to something that is true. Of false nothing follows: undefined is no yes either. */
function equalToKnown(body: FunctionBody, passed: readonly Passed[]): readonly Passed[] {
  const found: Passed[] = [];
  for (const { condition, holds } of passed) {
    if (body.kind(condition) !== Op.Compute) continue;
    const operator: Operator = body.c(condition);
    const [x, y] = [body.a(condition), body.b(condition)];
    if ((operator !== Operator.Equal && operator !== Operator.NotEqual) || y === NONE || body.shape(x) !== Shape.Boolean || body.shape(y) !== Shape.Boolean) continue;
    const isSame = (operator === Operator.Equal) === holds;
    if (isKnownTrue(body, x, passed)) found.push(withoutNegation(body, { condition: y, holds: isSame }));
    else if (isKnownTrue(body, y, passed)) found.push(withoutNegation(body, { condition: x, holds: isSame }));
  }
  return found;
}

function isKnownTrue(body: FunctionBody, value: number, passed: readonly Passed[]): boolean {
  if (body.constantOf(value) === true) return true;
  const values = valuesOf(body);
  return passed.some(({ condition, holds }) => holds && values.number(condition) === values.number(value));
}

function add(passed: Passed[], each: Passed): void {
  if (!passed.some(({ condition }) => condition === each.condition)) passed.push(each);
}

/** The same condition without its negations: how it came out is turned round with each. */
export function withoutNegation(body: FunctionBody, { condition, holds }: Passed): Passed {
  let at = condition;
  let so = holds;
  while (body.kind(at) === Op.Compute && body.c(at) === Operator.Not) {
    at = body.a(at);
    so = !so;
  }
  return { condition: at, holds: so };
}

/** Whether a comparison of two values is known at an operation: true or false if it was tested, else undefined. */
function equalityAt(body: FunctionBody, operation: number, isThese: (x: number, y: number) => boolean): boolean | undefined {
  for (const { condition, holds } of conditionsAt(body, operation)) {
    if (body.kind(condition) !== Op.Compute) continue;
    const operator: Operator = body.c(condition);
    if (operator !== Operator.Equal && operator !== Operator.NotEqual) continue;
    const x = body.a(condition);
    const y = body.b(condition);
    if (y === NONE || !(isThese(x, y) || isThese(y, x))) continue;
    return (operator === Operator.Equal) === holds;
  }
  return undefined;
}

/** Whether a value (a value number) is nil at an operation: true or false if every path there tested it, else undefined. */
export function isNilAt(body: FunctionBody, value: number, operation: number): boolean | undefined {
  if (value === NONE) return undefined;
  const values = valuesOf(body);
  if (values.isNil(value)) return true;
  return equalityAt(body, operation, (x, y) => values.number(x) === value && body.kind(y) === Op.Zero);
}

/** Whether the number of elements of a container (a value number) was compared with zero on every path to an operation, and how. Elements may have come or gone since. */
export function wasEmptyAt(body: FunctionBody, container: number, operation: number): boolean | undefined {
  const values = valuesOf(body);
  return equalityAt(
    body,
    operation,
    (x, y) => body.kind(x) === Op.Length && values.number(body.a(x)) === container && values.constantNumber(values.number(y)) === 0,
  );
}
