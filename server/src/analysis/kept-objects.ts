// Objects that a function puts where others find them: into a list, a map, a field, a channel, and never takes out again.

import type { FunctionBody } from '../model/function-body.ts';
import { Role, VariableKind } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import { isOfNewObject } from './fields.ts';
import { samePlace } from './holders.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

/**
 * The operation that puts an object where it still is when another operation runs; NONE if there is none. Code that is not known,
 * and whatever waits, may have taken it out.
 * @param isIt true for values that are the object
 */
export function keptUntil(body: FunctionBody, operation: number, isIt: (value: number) => boolean): number {
  for (let store = 0; store < body.operationCount; store++) {
    const place = placeKept(body, store, isIt);
    if (place === undefined) continue;
    if (walkForward(body, store, (next) => (next === operation ? Walk.Found : mayTakeOut(body, next, place) ? Walk.Stop : Walk.On)) === true) return store;
  }
  return NONE;
}

/** The place that an operation leaves an object in, NONE for a channel; undefined if it leaves it nowhere that others look. */
function placeKept(body: FunctionBody, operation: number, isIt: (value: number) => boolean): number | undefined {
  if (body.kind(operation) === Op.Send) return isIt(body.b(operation)) && !body.has(operation, Flag.Chosen) ? NONE : undefined;
  if (body.kind(operation) !== Op.Write || body.b(operation) === NONE) return undefined;
  const place = body.a(operation);
  if (!isLasting(body, place)) return undefined;
  return isIt(body.b(operation)) || isAppended(body, body.b(operation), isIt) ? place : undefined;
}

/** True for fields of objects that the function did not make, elements of containers in such fields, and variables of package level. */
function isLasting(body: FunctionBody, place: number): boolean {
  const root = body.rootOf(place);
  switch (body.placeKind(root)) {
    case PlaceKind.Variable:
      return body.unit.variables[body.placeA(root)]!.kind === VariableKind.Global;
    case PlaceKind.Target:
      return body.placeKind(place) === PlaceKind.Field && !isOfNewObject(body, place);
    case PlaceKind.Element: {
      const read = valuesOf(body).source(body.placeA(root));
      return body.kind(read) === Op.Read && isLasting(body, body.a(read));
    }
    default:
      return false;
  }
}

/** `append(list, it)` */
function isAppended(body: FunctionBody, value: number, isIt: (value: number) => boolean): boolean {
  return body.kind(value) === Op.Append && !body.has(value, Flag.Spread) && [...body.list(value)].some(isIt);
}

/** True if an operation may take something out of a place, or wait for somebody who does. */
function mayTakeOut(body: FunctionBody, operation: number, place: number): boolean {
  switch (body.kind(operation)) {
    case Op.Receive:
    case Op.Next:
    case Op.Opaque:
    case Op.Delete:
    case Op.Clear:
      return true;
    case Op.Write:
      return place !== NONE && body.variableOf(body.a(operation)) === body.variableOf(place) && isSameOrAround(body, operation, place);
    case Op.Call:
      return !body.has(operation, Flag.Deferred) && callMayTakeOut(body, operation);
    default:
      return false;
  }
}

/** True for an assignment of the place, of what it is part of, or, for elements, of any element of the same container. */
function isSameOrAround(body: FunctionBody, write: number, place: number): boolean {
  const other = body.a(write);
  if (samePlace(body, place, body, other) || body.isWithin(place, other)) return true;
  if (body.placeKind(place) === PlaceKind.Field && body.placeKind(other) === PlaceKind.Field) return body.placeB(place) === body.placeB(other);
  return body.placeKind(body.rootOf(place)) === PlaceKind.Element && body.placeKind(body.rootOf(other)) === PlaceKind.Element;
}

function callMayTakeOut(body: FunctionBody, call: number): boolean {
  const role = body.calleeOf(call)?.role ?? Role.None;
  return role === Role.None || role === Role.CounterWait || role === Role.ConditionWait || role === Role.WaitsForBlocked || role === Role.PipeWrite || role === Role.PipeRead || role === Role.Deletes || role === Role.Clears;
}
