// Which functions are those of sync.Pool.

import type { PoolWords } from '../analysis/pools.ts';
import { isFunction } from '../go/expressions.ts';
import { typeOfPlace } from '../go/lock-types.ts';
import type { Func } from '../go/types/objects.ts';
import { isKnown, isTypeParam, underlying } from '../go/types/predicates.ts';
import { TypeKind } from '../go/types/types.ts';
import type { Type } from '../go/types/types.ts';
import type { Callee } from '../model/objects.ts';

function is(callee: Callee, path: string, name: string): boolean {
  return callee.name === name && isFunction(callee.origin as Func | undefined, path, name);
}

const depthLimit = 6;

/** The fields of a struct, and those of structs in it, whatever instance of a generic type it is; undefined for other types. */
function fieldsIn(type: Type, depth = 0): readonly object[] | undefined {
  const under = underlying(type);
  if (under.kind === TypeKind.Array) return fieldsIn(under.elem, depth);
  if (under.kind !== TypeKind.Struct) return depth === 0 && isKnown(under) && !isTypeParam(type) ? [] : undefined;
  return depth > depthLimit ? [] : under.fields.flatMap((field) => [field.origin, ...(fieldsIn(field.type, depth + 1) ?? [])]);
}

export const poolWords: PoolWords = {
  isGet: (callee) => is(callee, 'sync', 'Pool.Get'),
  isPut: (callee) => is(callee, 'sync', 'Pool.Put'),
  isView: (callee) => is(callee, 'bytes', 'Buffer.Bytes') || is(callee, 'bytes', 'Buffer.Next') || is(callee, 'bytes', 'Buffer.AvailableBuffer'),
  fieldsAt: (body, place) => {
    const type = typeOfPlace(body, place);
    return type && fieldsIn(type);
  },
};
