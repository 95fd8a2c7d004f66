// What a call says by its result of the way that it took: `if !mu.Lock() { return }`, `if err := run(); err != nil { return err }`. A
// function that only returns nil, or true, when it has waited has been waited for where the caller goes on after such a test.

import { conditionsAt, isNilAt } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, Operator } from '../../model/operations.ts';

/** What a result may be, as bits of a set. */
export const enum Outcome {
  /** False, or nil. */
  Nothing = 1,
  /** True, or not nil. */
  Something = 2,
  Either = 3,
}

/** A result of a call. */
export interface CallResult {
  readonly call: number;
  /** The number of the result. */
  readonly index: number;
}

/** The call whose result a value is; undefined for other values. */
export function callResultOf(body: FunctionBody, value: number): CallResult | undefined {
  if (value === NONE) return undefined;
  const values = valuesOf(body);
  const number = values.number(value);
  if (number === NONE) return undefined;
  const isExtract = values.table.kind(number) === ValueKind.Extract;
  const call = values.operationOf(isExtract ? values.table.a(number) : number);
  return call !== NONE && body.kind(call) === Op.Call ? { call, index: isExtract ? values.table.b(number) : 0 } : undefined;
}

/** What a value may be at an operation. */
export function outcomeAt(body: FunctionBody, value: number, operation: number): Outcome {
  if (value === NONE) return Outcome.Either;
  const values = valuesOf(body);
  const number = values.number(value);
  if (body.kind(value) === Op.Zero || values.isNil(number)) return Outcome.Nothing;
  const constant = body.constantOf(value);
  if (typeof constant === 'boolean') return constant ? Outcome.Something : Outcome.Nothing;
  if (values.creation(number) !== undefined || isNewError(body, value)) return Outcome.Something;
  const isNil = isNilAt(body, number, operation);
  if (isNil !== undefined) return isNil ? Outcome.Nothing : Outcome.Something;
  const tested = conditionsAt(body, operation).find(({ condition }) => values.number(condition) === number);
  return tested ? (tested.holds ? Outcome.Something : Outcome.Nothing) : Outcome.Either;
}

function isNewError(body: FunctionBody, value: number): boolean {
  const result = callResultOf(body, value);
  const key = result && body.calleeOf(result.call)?.key;
  return key === 'errors.New' || key === 'fmt.Errorf';
}

/** A way on that is taken only when a call's result came out one way. */
export interface OutcomeWay {
  readonly result: CallResult;
  readonly outcome: Outcome.Nothing | Outcome.Something;
  readonly block: number;
}

const known = new BodyFacts<readonly OutcomeWay[]>();

/** The blocks of a body that a test of a call's result leads to, and nothing else. */
export function outcomeWaysOf(body: FunctionBody): readonly OutcomeWay[] {
  let ways = known.get(body);
  if (!ways) known.set(body, (ways = findWays(body)));
  return ways;
}

function findWays(body: FunctionBody): readonly OutcomeWay[] {
  const graph = graphOf(body);
  const found: OutcomeWay[] = [];
  for (const block of graph.order) {
    if (body.endOf(block) !== End.Branch) continue;
    const [whenTrue, whenFalse] = body.successors(block);
    if (whenTrue === undefined || whenFalse === undefined || whenTrue === whenFalse) continue;
    let condition = body.condition(block);
    let isSomething = true;
    while (condition >= 0 && body.kind(condition) === Op.Compute && body.c(condition) === Operator.Not) {
      condition = body.a(condition);
      isSomething = !isSomething;
    }
    let value = condition;
    if (condition >= 0 && body.kind(condition) === Op.Compute) {
      const operator: Operator = body.c(condition);
      const y = body.b(condition);
      if ((operator !== Operator.Equal && operator !== Operator.NotEqual) || y === NONE || body.kind(y) !== Op.Zero) continue;
      value = body.a(condition);
      if (operator === Operator.Equal) isSomething = !isSomething;
    }
    const result = value < 0 ? undefined : callResultOf(body, value);
    if (!result) continue;
    for (const [next, outcome] of [[whenTrue, isSomething], [whenFalse, !isSomething]] as const) {
      if (graph.predecessors(next).length === 1) found.push({ result, outcome: outcome ? Outcome.Something : Outcome.Nothing, block: next });
    }
  }
  return found;
}
