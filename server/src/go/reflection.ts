// Package reflect, as far as rules about clearing ask.

import type * as ast from './syntax/ast.ts';
import { functionCalled, isFunction } from './expressions.ts';
import type { TypeInfo } from './types/info.ts';
import { TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';

export function isReflectValue(type: Type): boolean {
  return type.kind === TypeKind.Named && type.obj.name === 'Value' && type.obj.packagePath === 'reflect';
}

/** True if the call calls that function (see `isFunction`). */
export function isFunctionOf(call: ast.CallExpr, packagePath: string, name: string, info: TypeInfo): boolean {
  return isFunction(functionCalled(call, info), packagePath, name);
}
