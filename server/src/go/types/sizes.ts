// Sizes of types on 64-bit platforms, as the gc compiler lays them out, after go/types' gcsizes.go. Only constant
// expressions need them (unsafe.Sizeof and its kin).

import { BasicKind, TypeKind } from './types.ts';
import type { Basic, Named, Struct, Type } from './types.ts';
import { asNamed, isTypeParam, unalias, underlying } from './predicates.ts';

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

/** False for types that contain themselves, which is an error. Remembered at named types. */
export function isFinite(type: Type): boolean {
  return isFiniteIn(type, []);
}

function isFiniteIn(type0: Type, path: Named[]): boolean {
  const type = unalias(type0);
  switch (type.kind) {
    case TypeKind.Named: {
      if (type.finite !== undefined) return type.finite;
      if (path.includes(type) || path.length > maxDepth) return false;
      path.push(type);
      const finite = isFiniteIn(underlying(type), path);
      path.pop();
      // What is still being declared is not known yet.
      if (type.resolved) type.finite = finite;
      return finite;
    }
    case TypeKind.Array:
      return isFiniteIn(type.elem, path);
    case TypeKind.Struct:
      return type.fields.every((field) => isFiniteIn(field.type, path));
    default:
      return true;
  }
}

/** True if the size depends on type parameters. */
export function hasVariableSize(type: Type): boolean {
  return isFinite(type) && isVariable(type);
}

function isVariable(type: Type): boolean {
  if (isTypeParam(type)) return true;
  const under = underlying(type);
  if (under.kind === TypeKind.Array) return isVariable(under.elem);
  return under.kind === TypeKind.Struct && under.fields.some((field) => isVariable(field.type));
}

/** The size in bytes; undefined if it is not known or absurdly large. */
export function sizeOf(type: Type): number | undefined {
  return isFinite(type) ? finiteSize(type) : undefined;
}

function finiteSize(type: Type): number | undefined {
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Basic:
      return basicSize(under);
    case TypeKind.Array: {
      if (under.length < 0) return undefined;
      const size = finiteSize(under.elem);
      const total = size === undefined ? undefined : size * under.length;
      return total !== undefined && Number.isSafeInteger(total) ? total : undefined;
    }
    case TypeKind.Slice:
      return 3 * word;
    case TypeKind.Struct: {
      const layout = layoutOf(under);
      if (layout.end === undefined) return undefined;
      const last = layout.offsets[layout.offsets.length - 1] ?? 0;
      // A pointer to a last field without size must not point past the struct.
      const used = last > 0 && layout.end === last ? last + 1 : layout.end;
      return aligned(used, finiteAlignment(under));
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
export function alignOf(type: Type): number | undefined {
  return isFinite(type) ? finiteAlignment(type) : undefined;
}

function finiteAlignment(type: Type): number {
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Array:
      return finiteAlignment(under.elem);
    case TypeKind.Struct: {
      if (under.fields.length === 0 && isAtomicAlign64(type)) return 8;
      let max = 1;
      for (const field of under.fields) max = Math.max(max, finiteAlignment(field.type));
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

interface Layout {
  /** The offsets of the fields in bytes, as far as they are known. */
  readonly offsets: readonly number[];
  /** Where the last field ends; undefined if that is not known. */
  readonly end: number | undefined;
}

function layoutOf(struct: Struct): Layout {
  const offsets: number[] = [];
  let end = 0;
  for (const field of struct.fields) {
    const offset = aligned(end, finiteAlignment(field.type));
    offsets.push(offset);
    const size = finiteSize(field.type);
    if (size === undefined) return { offsets, end: undefined };
    end = offset + size;
  }
  return { offsets, end };
}

/** The offset of a field that is reached by field indices, without pointers; undefined if it is not known. */
export function offsetOf(type: Type, index: readonly number[]): number | undefined {
  if (!isFinite(type)) return undefined;
  let at = type;
  let total = 0;
  for (const i of index) {
    const struct = underlying(at);
    const field = struct.kind === TypeKind.Struct ? struct.fields[i] : undefined;
    const offset = struct.kind === TypeKind.Struct ? layoutOf(struct).offsets[i] : undefined;
    if (!field || offset === undefined) return undefined;
    total += offset;
    at = field.type;
  }
  return total;
}

function aligned(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
