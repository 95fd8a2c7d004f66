// What a value is called where it is used: a variable with the fields that lead from it. Within one declaration equal names
// are the same variable, in closures too.

import type { FunctionBody } from '../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';

/** The name of the place that an operation reads, or takes the address of; undefined for what is reached in another way. */
export function writtenPath(body: FunctionBody, operation: number): string | undefined {
  if (operation === NONE) return undefined;
  const kind = body.kind(operation);
  return kind === Op.Read || kind === Op.AddressOf ? pathOfPlace(body, body.a(operation)) : undefined;
}

function pathOfPlace(body: FunctionBody, place: number): string | undefined {
  switch (body.placeKind(place)) {
    case PlaceKind.Variable:
      return `${body.placeA(place)}`;
    case PlaceKind.Target:
      return writtenPath(body, body.placeA(place));
    case PlaceKind.Field: {
      const base = pathOfPlace(body, body.placeA(place));
      return base === undefined ? undefined : `${base}.${body.placeB(place)}`;
    }
    default:
      return undefined;
  }
}
