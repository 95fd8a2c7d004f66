// Which types hold a lock, or another thing that must not be copied or replaced while it is used.

import type { FunctionBody } from '../model/function-body.ts';
import { Op, PlaceKind } from '../model/operations.ts';
import { ObjectKind } from './types/objects.ts';
import type { Variable } from './types/objects.ts';
import { asNamed, underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';

const depthLimit = 6;

const lockNames: ReadonlySet<string> = new Set(['Mutex', 'RWMutex', 'Once', 'Map', 'Cond', 'Pool', 'WaitGroup']);

/** The name of the type of package sync (`Mutex`) that values of a type are or hold in place; undefined if they hold none. */
export function lockIn(type: Type, depth = 0): string | undefined {
  const named = asNamed(type);
  if (named && named.obj.packagePath === 'sync' && lockNames.has(named.obj.name)) return named.obj.name;
  if (depth > depthLimit) return undefined;
  const under = underlying(type);
  if (under.kind === TypeKind.Array) return lockIn(under.elem, depth + 1);
  if (under.kind !== TypeKind.Struct) return undefined;
  for (const field of under.fields) {
    const found = lockIn(field.type, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True for a type of package sync itself. */
export function isLockType(type: Type): boolean {
  return asNamed(type)?.obj.packagePath === 'sync';
}

/** The type of what a place holds; undefined where the model does not say. */
export function typeOfPlace(body: FunctionBody, place: number): Type | undefined {
  const a = body.placeA(place);
  switch (body.placeKind(place)) {
    case PlaceKind.Variable:
      return typeOfOrigin(body.unit.variables[a]?.origin);
    case PlaceKind.Field:
      return typeOfOrigin(body.unit.fields[body.placeB(place)]?.origin);
    case PlaceKind.Target: {
      const pointer = typeOfValue(body, a);
      const under = pointer && underlying(pointer);
      return under?.kind === TypeKind.Pointer ? under.elem : undefined;
    }
    default:
      return undefined;
  }
}

/** The type of the value of an operation; undefined where the model does not say. */
export function typeOfValue(body: FunctionBody, operation: number): Type | undefined {
  switch (body.kind(operation)) {
    case Op.Read:
      return typeOfPlace(body, body.a(operation));
    case Op.Incoming:
      return typeOfOrigin(body.unit.variables[body.parameters[body.a(operation)]!]?.origin);
    default:
      return undefined;
  }
}

function typeOfOrigin(origin: object | undefined): Type | undefined {
  const object = origin as Variable | undefined;
  return object?.kind === ObjectKind.Variable ? object.type : undefined;
}
