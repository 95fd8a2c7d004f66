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

/** Functions that the value of an operation may be, as far as the program puts them where it comes from; there may be others. */
export function seenAt(program: Pick<Program, 'seenIn'>, body: FunctionBody, operation: number): readonly HeldFunction[] {
  if (operation === NONE) return [];
  switch (body.kind(operation)) {
    case Op.Incoming:
      return seenInVariable(program, body, body.parameters[body.a(operation)] ?? NONE, false);
    case Op.Read:
      return seenInPlace(program, body, body.a(operation));
    case Op.IterationValue:
      return seenInContainer(program, body, body.a(body.a(body.a(operation))));
    case Op.Convert:
      return seenAt(program, body, body.a(operation));
    default:
      return [];
  }
}

function seenInPlace(program: Pick<Program, 'seenIn'>, body: FunctionBody, place: number): readonly HeldFunction[] {
  switch (body.placeKind(place)) {
    case PlaceKind.Variable:
      return seenInVariable(program, body, body.placeA(place), false);
    case PlaceKind.Field: {
      const origin = body.unit.fields[body.placeB(place)]?.origin;
      return origin ? program.seenIn(origin, false) : [];
    }
    case PlaceKind.Element:
      return seenInContainer(program, body, body.placeA(place));
    default:
      return [];
  }
}

/** The elements of what a variable or field holds. */
function seenInContainer(program: Pick<Program, 'seenIn'>, body: FunctionBody, container: number): readonly HeldFunction[] {
  if (container === NONE || body.kind(container) !== Op.Read) return [];
  const place = body.a(container);
  if (body.placeKind(place) === PlaceKind.Variable) return seenInVariable(program, body, body.placeA(place), true);
  const origin = body.placeKind(place) === PlaceKind.Field ? body.unit.fields[body.placeB(place)]?.origin : undefined;
  return origin ? program.seenIn(origin, true) : [];
}

function seenInVariable(program: Pick<Program, 'seenIn'>, body: FunctionBody, index: number, isElement: boolean): readonly HeldFunction[] {
  const origin = body.unit.variables[index]?.origin;
  return origin ? program.seenIn(origin, isElement) : [];
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
