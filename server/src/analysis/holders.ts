// Who else holds a container: values that are or contain it, and whether two mentions of a place in one function still mean
// the same container.

import type { FunctionBody } from '../model/function-body.ts';
import { isContainer, Role, Shape } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

/** Values are looked into so deep. */
const nesting = 6;

/** The containers that a value is or was made of: `m`, `batch{entries: m}`, `&batch{m}`, `[]map[K]V{m}`; as the operations that gave them. */
export function containersIn(body: FunctionBody, operation: number, depth = 0): readonly number[] {
  if (operation === NONE || depth > nesting) return [];
  if (isContainer(body.shape(operation)) && body.kind(operation) !== Op.Make) return [operation];
  const at = valuesOf(body).source(operation);
  const inner = (value: number): readonly number[] => containersIn(body, value, depth + 1);
  switch (body.kind(at)) {
    case Op.Allocate:
    case Op.Convert:
    case Op.Narrow:
      return inner(body.a(at));
    case Op.Aggregate:
    case Op.Make:
      return [...body.list(at)].flatMap((value, index) => (index % 2 === 1 ? inner(value) : []));
    default:
      return isContainer(body.shape(operation)) ? [operation] : [];
  }
}

/** True if two places, of bodies of one unit, are written alike from the same variable: `c.m` here and in a closure of it. */
export function samePlace(body: FunctionBody, place: number, other: FunctionBody, otherPlace: number): boolean {
  const kind = body.placeKind(place);
  if (kind !== other.placeKind(otherPlace)) return false;
  switch (kind) {
    case PlaceKind.Variable:
      return body.placeA(place) === other.placeA(otherPlace);
    case PlaceKind.Field:
      return body.placeB(place) === other.placeB(otherPlace) && samePlace(body, body.placeA(place), other, other.placeA(otherPlace));
    case PlaceKind.Target: {
      const pointer = body.placeA(place);
      const otherPointer = other.placeA(otherPlace);
      if (pointer === NONE || otherPointer === NONE || body.kind(pointer) !== Op.Read || other.kind(otherPointer) !== Op.Read) return false;
      return samePlace(body, body.a(pointer), other, other.a(otherPointer));
    }
    default:
      return false;
  }
}

/** True if an operation puts something else into the place that another one reads. */
export function replacesPlaceOf(body: FunctionBody, write: number, read: number): boolean {
  if (body.kind(write) !== Op.Write || body.kind(read) !== Op.Read) return false;
  const place = body.a(read);
  if (body.isWithin(place, body.a(write)) || samePlace(body, place, body, body.a(write))) return true;
  // Another instance of the type may be this one.
  return body.placeKind(place) === PlaceKind.Field && body.placeKind(body.a(write)) === PlaceKind.Field && body.placeB(place) === body.placeB(body.a(write));
}

/** True if two operations give one container: the same value, or the same place with nothing put into it between them. */
export function giveSame(body: FunctionBody, first: number, second: number): boolean {
  const values = valuesOf(body);
  const value = values.number(first);
  if (value !== NONE && value === values.number(second)) return true;
  if (body.kind(first) !== Op.Read || body.kind(second) !== Op.Read) return false;
  if (!samePlace(body, body.a(first), body, body.a(second))) return false;
  return walkForward(body, first, (operation) => (operation === second ? Walk.Stop : replacesPlaceOf(body, operation, second) ? Walk.Found : Walk.On)) === false;
}

/** Calls are followed so deep. */
const callDepth = 3;

/** True if tasks may wait for each other at an operation, so that what comes after it may be meant to come after what another task does. */
export function mayWait(program: Program, body: FunctionBody, operation: number, depth = 0): boolean {
  switch (body.kind(operation)) {
    case Op.Receive:
    case Op.Opaque:
      return true;
    case Op.Next: {
      const shape = body.shape(body.a(operation));
      return shape === Shape.Channel || shape === Shape.Function || shape === Shape.Unknown;
    }
    case Op.Call:
      return !(body.flags(operation) & (Flag.Deferred | Flag.Spawned)) && callMayWait(program, body, operation, depth);
    default:
      return false;
  }
}

function callMayWait(program: Program, body: FunctionBody, call: number, depth: number): boolean {
  const callee = body.calleeOf(call);
  if (!callee) return true;
  if (callee.kind === 'builtin' || waitsForNothing(callee.role)) return false;
  if (callee.role !== Role.None || callee.kind !== 'function' || callee.runs.length > 0) return true;
  const inside = callee.key === undefined ? undefined : program.functions.get(callee.key)?.body;
  if (inside) return depth >= callDepth || bodyMayWait(program, inside, depth + 1);
  // Code that is not known can only wait for what it is given.
  return body.list(call).some((value) => !isPlain(body.shape(value)));
}

function waitsForNothing(role: Role): boolean {
  return role === Role.Reads || role === Role.Looks || role === Role.Observes || role === Role.Changes || role === Role.Views || role === Role.Fills || role === Role.Clears || role === Role.Deletes;
}

function bodyMayWait(program: Program, body: FunctionBody, depth: number): boolean {
  if (body.incomplete) return true;
  for (let operation = 0; operation < body.operationCount; operation++) if (mayWait(program, body, operation, depth)) return true;
  return false;
}

/** True for values by which a task cannot reach another. */
function isPlain(shape: Shape): boolean {
  return shape === Shape.Boolean || shape === Shape.Number || shape === Shape.String || isContainer(shape);
}
