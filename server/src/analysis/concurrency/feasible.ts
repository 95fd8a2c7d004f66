// Which edges of a body's control flow can be taken, when conditions between constants are decided and loops whose bounds are
// constants run as often as they do.

import { mayBeConstant } from '../constants.ts';
import { graphOf } from '../graph.ts';
import { iterationCount } from '../loops.ts';
import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { NONE, Op, Operator } from '../../model/operations.ts';

export interface Feasible {
  /** By block, where it may go on. */
  readonly successors: readonly ArrayLike<number>[];
  /** The blocks that can be reached, in the order of the graph. */
  readonly blocks: readonly number[];
}

const known = new BodyFacts<Feasible>();

export function feasibleOf(body: FunctionBody): Feasible {
  let found = known.get(body);
  if (!found) known.set(body, (found = feasible(body)));
  return found;
}

function feasible(body: FunctionBody): Feasible {
  const { order } = graphOf(body);
  const successors: ArrayLike<number>[] = [];
  for (const block of order) successors[block] = edgesFrom(body, block);
  const reached = new Set([ENTRY]);
  const stack = [ENTRY];
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    for (const next of Array.from(successors[block] ?? [])) {
      if (reached.has(next)) continue;
      reached.add(next);
      stack.push(next);
    }
  }
  return { successors, blocks: order.filter((block) => reached.has(block)) };
}

function edgesFrom(body: FunctionBody, block: number): ArrayLike<number> {
  const all = body.successors(block);
  const taken = body.endOf(block) === End.Branch ? decided(body, body.condition(block)) : undefined;
  const next = taken === undefined ? all : [all[taken ? 0 : 1]!];
  return withoutSecondRounds(body, block, next);
}

/** The way back to the head of a loop that runs at most once leads out of it. */
function withoutSecondRounds(body: FunctionBody, block: number, next: ArrayLike<number>): ArrayLike<number> {
  for (let i = 0; i < next.length; i++) {
    for (let loop = body.loopOf(block); loop !== NONE; loop = body.loops[loop]!.parent) {
      const { head, exit } = body.loops[loop]!;
      if (next[i] !== head) continue;
      const count = iterationCount(body, loop);
      if (count === undefined || count > 1) continue;
      return Array.from(next).map((each) => (each === head ? exit : each));
    }
  }
  return next;
}

/** How a condition comes out, if both sides are constants. */
function decided(body: FunctionBody, condition: number): boolean | undefined {
  if (condition < 0) return undefined;
  const known = constantOf(body, condition);
  if (typeof known === 'boolean') return known;
  if (body.kind(condition) !== Op.Compute) return undefined;
  if (body.b(condition) !== NONE && !mayBeConstant(body, body.b(condition))) return undefined;
  const a = constantOf(body, body.a(condition));
  const operator: Operator = body.c(condition);
  if (operator === Operator.Not) return typeof a === 'boolean' ? !a : undefined;
  const b = a === undefined || body.b(condition) === NONE ? undefined : constantOf(body, body.b(condition));
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined;
  switch (operator) {
    case Operator.Equal:
      return a === b;
    case Operator.NotEqual:
      return a !== b;
    case Operator.Less:
      return a < b;
    case Operator.LessOrEqual:
      return a <= b;
    case Operator.Greater:
      return a > b;
    case Operator.GreaterOrEqual:
      return a >= b;
    default:
      return undefined;
  }
}

function constantOf(body: FunctionBody, operation: number): string | number | boolean | undefined {
  if (!mayBeConstant(body, operation)) return undefined;
  const values = valuesOf(body);
  const value = values.number(operation);
  if (value === NONE) return undefined;
  switch (values.table.kind(value)) {
    case ValueKind.Constant: {
      const constant = body.unit.constants[values.table.a(value)];
      return typeof constant === 'bigint' ? undefined : constant;
    }
    case ValueKind.Zero:
      return zeroOf(values.table.a(value));
    default:
      return undefined;
  }
}

/** The zero value of a shape, where it is a plain one. */
function zeroOf(shape: Shape): string | number | boolean | undefined {
  switch (shape) {
    case Shape.Boolean:
      return false;
    case Shape.Number:
      return 0;
    case Shape.String:
      return '';
    default:
      return undefined;
  }
}
