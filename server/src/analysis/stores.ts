// What becomes of an assignment to a variable.

import type { FunctionBody } from '../model/function-body.ts';
import { Shape, VariableKind } from '../model/objects.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import { Walk, walkForward } from './walk.ts';

/**
 * True if nothing can see what a Write put into a local variable or a field of one: no path reads it (or something it is
 * part of) before it is overwritten, no closure captures the variable, its address is not taken, it is no result. False in
 * doubt, and for writes to anything but local variables.
 */
export function isDeadStore(body: FunctionBody, write: number): boolean {
  const place = body.a(write);
  const index = body.variableOf(place);
  if (index === NONE || body.incomplete) return false;
  const variable = body.unit.variables[index]!;
  if (variable.owner !== body.index || variable.kind === VariableKind.Result) return false;
  if (variable.captured || variable.addressTaken || isAddressed(body, place, variable.addressedFields)) return false;
  const isSeen = walkForward(body, write, (operation) => {
    switch (body.kind(operation)) {
      case Op.Read:
        return body.overlap(body.a(operation), place) ? Walk.Found : Walk.On;
      case Op.Write:
        return body.isWithin(place, body.a(operation)) ? Walk.Stop : Walk.On;
      default:
        return Walk.On;
    }
  });
  return isSeen === false;
}

/** True if a pointer may lead to the place. Only the outermost fields are told apart. */
function isAddressed(body: FunctionBody, place: number, fields: ReadonlySet<number> | undefined): boolean {
  if (!fields) return false;
  let field = NONE;
  for (let at = place; body.placeKind(at) >= PlaceKind.Field; at = body.placeA(at)) field = body.placeKind(at) === PlaceKind.Field ? body.placeB(at) : NONE;
  return field === NONE || fields.has(field);
}

/**
 * True if a Write puts a new empty container, or nil, into its place: `m = make(map[K]V)`, `m = map[K]V{}`, `m = nil`.
 * A size hint does not matter; a list made with a length is not empty.
 */
export function isReset(body: FunctionBody, write: number): boolean {
  const value = body.b(write);
  if (value === NONE) return false;
  return body.kind(value) === Op.Zero || makesEmpty(body, value);
}

/** True if an operation makes a new container without elements. */
export function makesEmpty(body: FunctionBody, operation: number): boolean {
  if (body.kind(operation) !== Op.Make || body.c(operation) !== NONE) return false;
  const length = body.a(operation);
  return !hasLength(body, operation) || length === NONE || body.constantOf(length) === 0;
}

/** True if operand a of a Make is a length and not a hint. */
function hasLength(body: FunctionBody, make: number): boolean {
  return body.shape(make) === Shape.List;
}
