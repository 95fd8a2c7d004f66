// The operations of a body that an execution looks at: those that touch memory which others may reach, that call, or that order
// tasks. Kept per body, so that a body that runs in many activations is sifted once.

import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op } from '../../model/operations.ts';
import { Shape, VariableKind } from '../../model/objects.ts';
import { feasibleOf } from './feasible.ts';

const known = new BodyFacts<readonly number[]>();

/** In an order in which what gives a value comes before what uses it, blocks as they may run. */
export function interestingOperations(body: FunctionBody): readonly number[] {
  let found = known.get(body);
  if (!found) {
    const list: number[] = [];
    for (const block of feasibleOf(body).blocks) {
      for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) if (isInteresting(body, operation)) list.push(operation);
    }
    known.set(body, (found = list));
  }
  return found;
}

function isInteresting(body: FunctionBody, operation: number): boolean {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.Write: {
      const variable = body.variableOf(body.a(operation));
      if (variable === NONE) return true;
      const { kind, captured, addressTaken, addressedFields, owner } = body.unit.variables[variable]!;
      return kind === VariableKind.Global || captured || addressTaken || addressedFields !== undefined || owner !== body.index;
    }
    case Op.Convert:
      return body.shape(body.a(operation)) === Shape.List;
    case Op.Make:
      return body.list(operation).length > 0;
    case Op.Allocate:
    case Op.Delete:
    case Op.Clear:
    case Op.Length:
    case Op.Capacity:
    case Op.Append:
    case Op.CopyElements:
    case Op.Iterate:
    case Op.Next:
    case Op.Send:
    case Op.Receive:
    case Op.Close:
    case Op.Call:
    case Op.Opaque:
      return true;
    default:
      return false;
  }
}
