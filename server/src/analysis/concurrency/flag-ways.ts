// Ways that a local flag rules out: after `stopping = true` no path leads to what only runs while it is false, as long as nothing
// sets it again.

import { conditionsAt } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import { feasibleOf } from './feasible.ts';
import { beforeIt } from './passages.ts';

/** What a flag may be, as bits of a set. */
const isFalse = 1;
const isTrue = 2;
const either = isFalse | isTrue;

const known = new BodyFacts<Map<string, boolean>>();

/**
 * True if some local flag keeps every path from one operation to another from being taken.
 * @param stops operations (less a half: the moment before) that no path may pass
 */
export function isRuledOutByFlag(body: FunctionBody, from: number, to: number, stops?: ReadonlySet<number>): boolean {
  if (stops && stops.size > 0) return findFlag(body, from, to, stops);
  let answers = known.get(body);
  if (!answers) known.set(body, (answers = new Map()));
  const key = `${from} ${to}`;
  let answer = answers.get(key);
  if (answer === undefined) answers.set(key, (answer = findFlag(body, from, to, noStops)));
  return answer;
}

const noStops: ReadonlySet<number> = new Set();

function findFlag(body: FunctionBody, from: number, to: number, stops: ReadonlySet<number>): boolean {
  for (const { condition } of conditionsAt(body, to)) {
    const flag = flagRead(body, condition);
    if (flag !== NONE && !leadsTo(body, from, to, flag, stops)) return true;
  }
  return false;
}

/** The local flag that an operation reads, one that this body alone writes; NONE if it does not. */
function flagRead(body: FunctionBody, operation: number): number {
  if (operation < 0 || body.kind(operation) !== Op.Read || body.shape(operation) !== Shape.Boolean || body.placeKind(body.a(operation)) !== PlaceKind.Variable) return NONE;
  const index = body.placeA(body.a(operation));
  const variable = body.unit.variables[index]!;
  return variable.owner === body.index && !variable.addressTaken && !variable.writtenByClosure ? index : NONE;
}

/** Follows all paths with what the flag may be on each. */
function leadsTo(body: FunctionBody, from: number, to: number, flag: number, stops: ReadonlySet<number>): boolean {
  const graph = graphOf(body);
  const { successors } = feasibleOf(body);
  const entered = new Uint8Array(body.blockCount);
  const stack: { readonly block: number; readonly value: number; readonly first: number }[] = [{ block: graph.blockOf(from), value: valueAt(body, from, flag), first: from + 1 }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { block, first } = at;
    let { value } = at;
    let isStopped = false;
    for (let operation = first; operation < body.endOperation(block) && !isStopped; operation++) {
      if (operation === to) return true;
      isStopped = stops.has(operation) || stops.has(operation - beforeIt);
      if (writes(body, operation, flag)) value = constantWritten(body, operation);
    }
    if (isStopped) continue;
    const ends = successors[block];
    for (let i = 0; ends && i < ends.length; i++) {
      const next = ends[i]!;
      const passed = value & allowed(body, block, next, flag);
      // Each block is looked at once for each thing the flag may be.
      if (passed === 0 || (entered[next]! & passed) === passed) continue;
      entered[next]! |= passed;
      stack.push({ block: next, value: passed, first: body.firstOperation(next) });
    }
  }
  return false;
}

/** What the flag may be at an operation: as it was tested on the way there, unless it was written since. */
function valueAt(body: FunctionBody, operation: number, flag: number): number {
  const block = graphOf(body).blockOf(operation);
  for (let at = operation - 1; at >= body.firstOperation(block); at--) if (writes(body, at, flag)) return constantWritten(body, at);
  for (const { condition, holds } of conditionsAt(body, operation)) {
    if (flagRead(body, condition) !== flag) continue;
    const tested = graphOf(body).blockOf(condition);
    return isWrittenBetween(body, tested, block, flag) ? either : holds ? isTrue : isFalse;
  }
  return either;
}

/** True if the flag is written in a block that may come after the test and before the operation's block. */
function isWrittenBetween(body: FunctionBody, tested: number, block: number, flag: number): boolean {
  const graph = graphOf(body);
  const seen = new Set<number>([block]);
  const stack = [block];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const before of graph.predecessors(at)) {
      if (before === tested || seen.has(before)) continue;
      seen.add(before);
      stack.push(before);
      for (let operation = body.firstOperation(before); operation < body.endOperation(before); operation++) if (writes(body, operation, flag)) return true;
    }
  }
  return false;
}

/** What the flag may be on the way from a block to the next. */
function allowed(body: FunctionBody, block: number, next: number, flag: number): number {
  if (body.endOf(block) !== End.Branch) return either;
  const [whenTrue, whenFalse] = body.successors(block);
  if (whenTrue === whenFalse) return either;
  let condition = body.condition(block);
  let holds = next === whenTrue;
  while (condition >= 0 && body.kind(condition) === Op.Compute && body.c(condition) === Operator.Not) {
    condition = body.a(condition);
    holds = !holds;
  }
  // The test must see the flag as it is at the end of the block.
  if (flagRead(body, condition) !== flag || graphOf(body).blockOf(condition) !== block) return either;
  for (let operation = condition; operation < body.endOperation(block); operation++) if (writes(body, operation, flag)) return either;
  return holds ? isTrue : isFalse;
}

function writes(body: FunctionBody, operation: number, flag: number): boolean {
  return body.kind(operation) === Op.Write && body.placeKind(body.a(operation)) === PlaceKind.Variable && body.placeA(body.a(operation)) === flag;
}

function constantWritten(body: FunctionBody, write: number): number {
  const value = body.b(write);
  if (value === NONE) return either;
  if (body.kind(value) === Op.Zero) return isFalse;
  const constant = body.constantOf(value);
  return typeof constant === 'boolean' ? (constant ? isTrue : isFalse) : either;
}
