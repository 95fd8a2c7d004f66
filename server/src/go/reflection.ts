// Package reflect, as far as rules about clearing ask.

import { TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';

export function isReflectValue(type: Type): boolean {
  return type.kind === TypeKind.Named && type.obj.name === 'Value' && type.obj.packagePath === 'reflect';
}
