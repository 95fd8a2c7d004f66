// Which field or variable of the source a place or a value is, whatever instance it belongs to: what two functions that use
// one field of a type have in common.

import type { FunctionBody } from '../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';

/** The front end's object for the field or variable that a place is; undefined for elements and targets of pointers. */
export function declaredAt(body: FunctionBody, place: number): object | undefined {
  switch (body.placeKind(place)) {
    case PlaceKind.Field:
      return body.unit.fields[body.placeB(place)]!.origin;
    case PlaceKind.Variable:
      return body.unit.variables[body.placeA(place)]!.origin;
    default:
      return undefined;
  }
}

/** The field or variable whose value, or whose address, an operation gives. */
export function declaredOf(body: FunctionBody, operation: number): object | undefined {
  if (operation === NONE) return undefined;
  const kind = body.kind(operation);
  return kind === Op.Read || kind === Op.AddressOf ? declaredAt(body, body.a(operation)) : undefined;
}
