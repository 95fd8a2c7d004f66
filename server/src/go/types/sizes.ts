// Sizes of types on 64-bit platforms, as the gc compiler lays them out, after go/types' gcsizes.go. Only constant
// expressions need them (unsafe.Sizeof and its kin).

import { BasicKind, TypeKind } from './types.ts';
import type { Basic, Struct, Type } from './types.ts';
import { asNamed, isTypeParam, underlying } from './predicates.ts';

const word = 8;
/** Types nested deeper contain themselves; their size is not known. */
const maxDepth = 100;

const basicSizes: Readonly<Record<number, number>> = {
  [BasicKind.Bool]: 1,
  [BasicKind.Int8]: 1,
  [BasicKind.Int16]: 2,
  [BasicKind.Int32]: 4,
  [BasicKind.Int64]: 8,
  [BasicKind.Uint8]: 1,
  [BasicKind.Uint16]: 2,
  [BasicKind.Uint32]: 4,
  [BasicKind.Uint64]: 8,
  [BasicKind.Float32]: 4,
  [BasicKind.Float64]: 8,
  [BasicKind.Complex64]: 8,
  [BasicKind.Complex128]: 16,
  [BasicKind.String]: 2 * word,
};

function basicSize(type: Basic): number {
  return basicSizes[type.basic] ?? word;
}

/** True if the size depends on type parameters. */
export function hasVariableSize(type: Type, depth = 0): boolean {
  if (isTypeParam(type)) return true;
  if (depth > maxDepth) return false;
  const under = underlying(type);
  if (under.kind === TypeKind.Array) return hasVariableSize(under.elem, depth + 1);
  return under.kind === TypeKind.Struct && under.fields.some((field) => hasVariableSize(field.type, depth + 1));
}

/** The size in bytes; undefined if it is not known or absurdly large. */
export function sizeOf(type: Type, depth = 0): number | undefined {
  if (depth > maxDepth) return undefined;
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Basic:
      return basicSize(under);
    case TypeKind.Array: {
      if (under.length < 0) return undefined;
      const size = sizeOf(under.elem, depth + 1);
      const total = size === undefined ? undefined : size * under.length;
      return total !== undefined && Number.isSafeInteger(total) ? total : undefined;
    }
    case TypeKind.Slice:
      return 3 * word;
    case TypeKind.Struct: {
      const offsets = fieldOffsets(under, depth);
      const last = under.fields[under.fields.length - 1];
      if (!last) return 0;
      const size = sizeOf(last.type, depth + 1);
      const offset = offsets?.[offsets.length - 1];
      if (size === undefined || offset === undefined) return undefined;
      // A pointer to a last field without size must not point past the struct.
      const used = offset > 0 && size === 0 ? offset + 1 : offset + size;
      return aligned(used, alignOf(under, depth));
    }
    case TypeKind.Interface:
      return 2 * word;
    case TypeKind.Unknown:
      return undefined;
    default:
      return word;
  }
}

/** The alignment in bytes. */
export function alignOf(type: Type, depth = 0): number {
  if (depth > maxDepth) return word;
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Array:
      return alignOf(under.elem, depth + 1);
    case TypeKind.Struct: {
      if (under.fields.length === 0 && isAtomicAlign64(type)) return 8;
      let max = 1;
      for (const field of under.fields) max = Math.max(max, alignOf(field.type, depth + 1));
      return max;
    }
    case TypeKind.Basic:
      switch (under.basic) {
        case BasicKind.String:
        case BasicKind.Complex128:
          return word;
        case BasicKind.Complex64:
          return 4;
        default:
          return Math.max(1, basicSize(under));
      }
    default:
      return word;
  }
}

/** The struct that makes the values around it aligned for 64-bit atomic operations. */
function isAtomicAlign64(type: Type): boolean {
  const obj = asNamed(type)?.obj;
  if (obj?.name !== 'align64') return false;
  return obj.packagePath === 'sync/atomic' || obj.packagePath === 'internal/runtime/atomic';
}

/** The offsets of a struct's fields in bytes; undefined if they are not known. */
function fieldOffsets(struct: Struct, depth: number): number[] | undefined {
  const offsets: number[] = [];
  let offset = 0;
  for (const field of struct.fields) {
    offset = aligned(offset, alignOf(field.type, depth + 1));
    offsets.push(offset);
    const size = sizeOf(field.type, depth + 1);
    if (size === undefined) return offsets.length === struct.fields.length ? offsets : undefined;
    offset += size;
  }
  return offsets;
}

/** The offset of a field that is reached by field indices, without pointers; undefined if it is not known. */
export function offsetOf(type: Type, index: readonly number[]): number | undefined {
  let at = type;
  let total = 0;
  for (const i of index) {
    const struct = underlying(at);
    const field = struct.kind === TypeKind.Struct ? struct.fields[i] : undefined;
    const offset = struct.kind === TypeKind.Struct ? fieldOffsets(struct, 0)?.[i] : undefined;
    if (!field || offset === undefined) return undefined;
    total += offset;
    at = field.type;
  }
  return total;
}

function aligned(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
