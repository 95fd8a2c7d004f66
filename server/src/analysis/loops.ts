// Loops: which operations stand in which, whether an operation can be followed by another iteration, how often they run.

import type { FunctionBody, Loop } from '../model/function-body.ts';
import { End } from '../model/function-body.ts';
import { Shape } from '../model/objects.ts';
import { NONE, Op, Operator } from '../model/operations.ts';
import { mayBeConstant } from './constants.ts';
import { graphOf } from './graph.ts';
import { ValueKind } from './value-table.ts';
import { valuesOf } from './values.ts';
import type { Values } from './values.ts';

/** The loops around an operation in the source, innermost first, as indices in `body.loops`. */
export function loopsAround(body: FunctionBody, operation: number): readonly number[] {
  const found: number[] = [];
  for (let loop = body.loopOf(graphOf(body).blockOf(operation)); loop !== NONE; loop = body.loops[loop]!.parent) found.push(loop);
  return found;
}

export function isInLoop(body: FunctionBody, operation: number, loop: number): boolean {
  return loopsAround(body, operation).includes(loop);
}

/** The loop that an Iterate or Next operation belongs to, or undefined. */
export function loopOfIteration(body: FunctionBody, operation: number): Loop | undefined {
  return body.loops.find((loop) => loop.iterate === operation || loop.next === operation);
}

/** True if another iteration of the loop may come after the operation: some path leads from it back to the loop's head without leaving the loop first. */
export function mayIterateAfter(body: FunctionBody, operation: number, loop: number): boolean {
  const { head } = body.loops[loop]!;
  const seen = new Uint8Array(body.blockCount);
  const stack = [graphOf(body).blockOf(operation)];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const next of body.successors(at)) {
      if (next === head) return true;
      if (seen[next] || !isWithin(body, body.loopOf(next), loop)) continue;
      seen[next] = 1;
      stack.push(next);
    }
  }
  return false;
}

function isWithin(body: FunctionBody, inner: number, outer: number): boolean {
  let at = inner;
  while (at !== NONE && at !== outer) at = body.loops[at]!.parent;
  return at === outer;
}

/** How often a loop's body runs at most, when its bounds are constants; undefined otherwise. */
export function iterationCount(body: FunctionBody, loop: number): number | undefined {
  const { iterate, kind } = body.loops[loop]!;
  if (kind === 'while') return countedIterations(body, loop);
  const written = elementsWritten(body, body.a(iterate));
  if (written !== undefined) return written;
  if (body.shape(iterate) !== Shape.Number || !mayBeConstant(body, body.a(iterate))) return undefined;
  const values = valuesOf(body);
  return values.constantNumber(values.number(body.a(iterate)));
}

/** True if a number surely is how many rounds a loop has, as far as nothing leaves it early: `len(list)` before `for range list`. */
export function isNumberOfRounds(body: FunctionBody, loop: number, operation: number): boolean {
  const values = valuesOf(body);
  const number = values.number(operation);
  if (number === NONE) return false;
  const constant = values.constantNumber(number);
  if (constant !== undefined) return constant === iterationCount(body, loop);
  const { iterate, kind, head } = body.loops[loop]!;
  if (kind !== 'while') {
    const iterated = values.number(body.a(iterate));
    if (body.shape(body.a(iterate)) === Shape.Number) return iterated === number;
    return iterated !== NONE && values.table.kind(number) === ValueKind.Length && values.table.a(number) === iterated;
  }
  const condition = body.endOf(head) === End.Branch ? body.condition(head) : NONE;
  if (condition < 0 || body.kind(condition) !== Op.Compute || body.c(condition) !== Operator.Less) return false;
  return values.number(body.b(condition)) === number && countedFrom(values, values.number(body.a(condition))) === 0;
}

/** The number of elements of a list that is written out where the loop takes it: `for _, test := range []test{{…}, {…}}`; undefined for others. */
function elementsWritten(body: FunctionBody, list: number): number | undefined {
  if (body.kind(list) !== Op.Make || body.shape(list) !== Shape.List || body.c(list) === NONE || body.a(list) !== NONE) return undefined;
  const parts = body.list(list);
  // An index may leave a gap before its element, and what is spread may be any number of them.
  for (let i = 0; i < parts.length; i += 2) if (parts[i] !== NONE || parts[i + 1] === NONE || body.kind(parts[i + 1]!) === Op.Iterate) return undefined;
  return parts.length / 2;
}

/** `for i := 0; i < n; i++` with constant bounds. */
function countedIterations(body: FunctionBody, loop: number): number | undefined {
  const { head } = body.loops[loop]!;
  if (body.endOf(head) !== End.Branch) return undefined;
  const condition = body.condition(head);
  if (condition < 0 || body.kind(condition) !== Op.Compute || !mayBeConstant(body, body.b(condition))) return undefined;
  const operator: Operator = body.c(condition);
  const values = valuesOf(body);
  const counter = values.number(body.a(condition));
  const bound = values.constantNumber(values.number(body.b(condition)));
  const start = bound === undefined ? undefined : countedFrom(values, counter);
  if (bound === undefined || start === undefined) return undefined;
  switch (operator) {
    case Operator.Less:
    case Operator.NotEqual:
      return Math.max(0, bound - start);
    case Operator.LessOrEqual:
      return Math.max(0, bound - start + 1);
    default:
      return undefined;
  }
}

/** The constant a value starts from that is one more in each iteration, or undefined. */
function countedFrom(values: Values, counter: number): number | undefined {
  const choices = values.choices.get(counter);
  if (choices?.length !== 2) return undefined;
  const [first, again] = choices as [number, number];
  return isOneMore(values, again, counter) ? values.constantNumber(first) : isOneMore(values, first, counter) ? values.constantNumber(again) : undefined;
}

function isOneMore(values: Values, value: number, than: number): boolean {
  const { table } = values;
  if (value === NONE || table.kind(value) !== ValueKind.Compute || table.a(value) !== Operator.Add) return false;
  return table.b(value) === than && values.constantNumber(table.c(value)) === 1;
}
