// The functions that a function value of a body may be, by where it was read from: see `Program.heldBy`.

import type { FunctionBody } from '../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import type { HeldFunction, Program } from '../model/program.ts';

/** The functions that the value of an operation may be at any time; undefined if there may be others. */
export function heldAt(program: Pick<Program, 'heldBy'>, body: FunctionBody, operation: number): readonly HeldFunction[] | undefined {
  if (operation === NONE) return undefined;
  switch (body.kind(operation)) {
    case Op.Incoming:
      return heldByVariable(program, body, body.parameters[body.a(operation)] ?? NONE);
    case Op.Read:
      return heldByPlace(program, body, body.a(operation));
    case Op.Convert:
      return heldAt(program, body, body.a(operation));
    default:
      return undefined;
  }
}

function heldByPlace(program: Pick<Program, 'heldBy'>, body: FunctionBody, place: number): readonly HeldFunction[] | undefined {
  switch (body.placeKind(place)) {
    case PlaceKind.Variable:
      return heldByVariable(program, body, body.placeA(place));
    case PlaceKind.Field: {
      const origin = body.unit.fields[body.placeB(place)]?.origin;
      return origin && program.heldBy(origin);
    }
    default:
      return undefined;
  }
}

function heldByVariable(program: Pick<Program, 'heldBy'>, body: FunctionBody, index: number): readonly HeldFunction[] | undefined {
  const origin = body.unit.variables[index]?.origin;
  return origin && program.heldBy(origin);
}
