// Where a value with a lock in it is copied. A copy is decided as `go vet` decides it (golang.org/x/tools, pass copylocks):
// a literal is new, and a call may give something new; whatever else has a lock in it and is evaluated as a value is a copy.

import { unparen } from './expressions.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { lookupFieldOrMethod } from './types/lookup.ts';
import { ObjectKind } from './types/objects.ts';
import type { TypeInfo } from './types/info.ts';
import { asNamed, asTypeParam, constraintOf, underlying } from './types/predicates.ts';
import { typeSetOf } from './types/type-set.ts';
import { Pointer, TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';

const known = new WeakMap<Type, Type | false>();

/**
 * The type of the lock that values of a type are, or hold in place: one whose Lock and Unlock need a pointer. Undefined if
 * they hold none. Interfaces and pointers may be copied.
 */
export function lockHeldIn(type: Type): Type | undefined {
  let found = known.get(type);
  if (found === undefined) {
    // A type that contains itself through an array is wrong code.
    known.set(type, false);
    known.set(type, (found = findLock(type) ?? false));
  }
  return found === false ? undefined : found;
}

function findLock(type: Type): Type | undefined {
  const parameter = asTypeParam(type);
  if (parameter) {
    for (const term of typeSetOf(constraintOf(parameter)).terms) {
      const found = term.type && lockHeldIn(term.type);
      if (found) return found;
    }
    return undefined;
  }
  const under = underlying(type);
  if (under.kind === TypeKind.Array) return lockHeldIn(under.elem);
  if (under.kind !== TypeKind.Struct) return undefined;
  if (isLocker(new Pointer(type)) && !isLocker(type)) {
    // The innermost one is what the reader knows.
    for (const field of under.fields) {
      const inner = field.embedded ? lockHeldIn(field.type) : undefined;
      if (inner && asNamed(inner)?.obj.name !== 'noCopy') return inner;
    }
    return type;
  }
  for (const field of under.fields) {
    const found = lockHeldIn(field.type);
    // The mark that the standard library puts into what must not be copied stands for what it marks.
    if (found) return asNamed(found)?.obj.name === 'noCopy' ? type : found;
  }
  return undefined;
}

/** True if a type has the methods of sync.Locker. */
function isLocker(type: Type): boolean {
  return isPlainMethod(type, 'Lock') && isPlainMethod(type, 'Unlock');
}

function isPlainMethod(type: Type, name: string): boolean {
  const found = lookupFieldOrMethod(type, false, undefined, name);
  if (typeof found === 'string' || found.object.kind !== ObjectKind.Func) return false;
  const { signature } = found.object;
  return signature !== undefined && signature.params.vars.length === 0 && signature.results.vars.length === 0;
}

/** The lock in what an expression copies; undefined if it is new, may be new, or has no lock in it. */
export function lockCopiedBy(expression: ast.Expr, info: TypeInfo): Type | undefined {
  const inner = unparen(expression);
  if (inner.kind === NodeKind.CompositeLit || inner.kind === NodeKind.CallExpr || inner.kind === NodeKind.FuncLit) return undefined;
  if (inner.kind === NodeKind.StarExpr && unparen(inner.x).kind === NodeKind.CallExpr) return undefined;
  const mode = info.modeOf(inner);
  if (mode !== 'variable' && mode !== 'value' && mode !== 'map-index' && mode !== 'comma-ok') return undefined;
  return lockHeldIn(info.typeOf(inner));
}
