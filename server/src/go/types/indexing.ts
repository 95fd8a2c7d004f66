// Index and slice expressions, after go/types' index.go.

import type * as ast from '../syntax/ast.ts';
import { assignment } from './assignments.ts';
import type { Checker } from './checker.ts';
import { smallInt } from './constants/constant.ts';
import { isValidIndex } from './conversions.ts';
import { expr, exprOrType, genericExpr, nonGeneric, use } from './expressions.ts';
import { OperandMode } from './info.ts';
import { Operand } from './operand.ts';
import { asSignature, everyUnderlying, identical, isKnown, isString, isTypeParam, isUntyped, underlying } from './predicates.ts';
import { varType } from './type-expressions.ts';
import { Slice, TypeKind } from './types.ts';
import type { Type } from './types.ts';
import { byteType, stringType } from './universe.ts';

/** Checks `x[…]`; true if x is a generic function, which then still needs its type arguments. */
export function indexExpr(check: Checker, x: Operand, e: ast.IndexExpr): boolean {
  exprOrType(check, x, e.x, true);
  switch (x.mode) {
    case OperandMode.Invalid:
      use(check, ...e.indices);
      return false;
    case OperandMode.TypeExpr: {
      // A generic type, not an index.
      const type = varType(check, e);
      x.invalidate();
      if (!isKnown(type)) return false;
      x.mode = OperandMode.TypeExpr;
      x.type = type;
      return false;
    }
    case OperandMode.Value: {
      const signature = asSignature(x.type);
      if (signature && signature.typeParameters.length > 0) return true;
      break;
    }
    default:
  }
  nonGeneric(check, undefined, x);
  if ((x.mode as OperandMode) === OperandMode.Invalid) return false;
  const key = indexed(x);
  if (key === undefined) {
    use(check, ...e.indices);
    x.invalidate();
    return false;
  }
  const [index] = e.indices;
  if (!index) {
    x.invalidate();
    return false;
  }
  if (key === 'integer') {
    indexValue(check, index, undefined);
    return false;
  }
  const k = new Operand();
  genericExpr(check, k, index);
  assignment(check, k, key);
  return false;
}

/** Makes x its element; the type of the key for a map, 'integer' for others, undefined if x cannot be indexed. */
function indexed(x: Operand): Type | 'integer' | undefined {
  const under = underlying(x.type);
  switch (under.kind) {
    case TypeKind.Basic:
      if (!isString(under)) return undefined;
      x.setValue(byteType);
      return 'integer';
    case TypeKind.Array:
      if (x.mode !== OperandMode.Variable) x.mode = OperandMode.Value;
      x.type = under.elem;
      break;
    case TypeKind.Pointer: {
      const array = underlying(under.elem);
      if (array.kind !== TypeKind.Array) return undefined;
      x.mode = OperandMode.Variable;
      x.type = array.elem;
      break;
    }
    case TypeKind.Slice:
      x.mode = OperandMode.Variable;
      x.type = under.elem;
      break;
    case TypeKind.Map:
      x.mode = OperandMode.MapIndex;
      x.type = under.elem;
      x.value = undefined;
      return under.key;
    case TypeKind.Interface:
      return isTypeParam(x.type) ? indexedTypeParam(x) : undefined;
    default:
      return undefined;
  }
  x.value = undefined;
  return 'integer';
}

interface ElementOf {
  readonly elem: Type;
  /** The key of a map. */
  readonly key: Type | undefined;
  readonly isValue: boolean;
}

function elementOf(under: Type, addressable: boolean): ElementOf | undefined {
  switch (under.kind) {
    case TypeKind.Basic:
      return isString(under) ? { elem: byteType, key: undefined, isValue: true } : undefined;
    case TypeKind.Array:
      return { elem: under.elem, key: undefined, isValue: !addressable };
    case TypeKind.Pointer: {
      const array = underlying(under.elem);
      return array.kind === TypeKind.Array ? { elem: array.elem, key: undefined, isValue: false } : undefined;
    }
    case TypeKind.Slice:
      return { elem: under.elem, key: undefined, isValue: false };
    case TypeKind.Map:
      return { elem: under.elem, key: under.key, isValue: false };
    default:
      return undefined;
  }
}

function indexedTypeParam(x: Operand): Type | 'integer' | undefined {
  let common: ElementOf | undefined;
  let isValue = false;
  const same = everyUnderlying(x.type, (under) => {
    const element = under && elementOf(under, x.mode === OperandMode.Variable);
    if (!element) return false;
    if (element.isValue) isValue = true;
    if (!common) {
      common = element;
      return true;
    }
    const sameKey = common.key && element.key ? identical(common.key, element.key) : common.key === element.key;
    return sameKey && identical(common.elem, element.elem);
  });
  const found = common as ElementOf | undefined;
  if (!same || !found) return undefined;
  x.type = found.elem;
  x.value = undefined;
  x.mode = found.key ? OperandMode.MapIndex : isValue ? OperandMode.Value : OperandMode.Variable;
  return found.key ?? 'integer';
}

/**
 * Checks an index. Its value if it is constant and not past the end, -1 if it is another integer; undefined if it is no
 * valid index.
 * @param length the number of elements if it is known
 */
export function indexValue(check: Checker, index: ast.Expr, length: number | undefined): number | undefined {
  const x = new Operand();
  expr(check, undefined, x, index);
  if (!isValidIndex(check, x, false)) return undefined;
  if (x.mode !== OperandMode.Constant) return -1;
  if (x.value === undefined) return undefined;
  // Past 2^53 no length is exact, and none is reached.
  const value = smallInt(x.value) ?? Number.MAX_SAFE_INTEGER;
  return length !== undefined && value >= length ? undefined : value;
}

export function sliceExpr(check: Checker, x: Operand, e: ast.SliceExpr): void {
  expr(check, undefined, x, e.x);
  for (const index of [e.low, e.high, e.max]) {
    if (index) indexValue(check, index, undefined);
  }
  if (x.mode === OperandMode.Invalid) return;
  const core = slicedType(x.type);
  switch (core?.kind) {
    case TypeKind.Basic:
      if (e.max || !isString(core)) {
        x.invalidate();
        return;
      }
      if (isUntyped(x.type)) x.type = stringType;
      break;
    case TypeKind.Array:
      if (x.mode !== OperandMode.Variable) {
        x.invalidate();
        return;
      }
      x.type = new Slice(core.elem);
      break;
    case TypeKind.Pointer: {
      const array = underlying(core.elem);
      if (array.kind !== TypeKind.Array) {
        x.invalidate();
        return;
      }
      x.type = new Slice(array.elem);
      break;
    }
    case TypeKind.Slice:
      break;
    default:
      x.invalidate();
      return;
  }
  x.mode = OperandMode.Value;
  x.value = undefined;
}

/** What is sliced; strings and byte slices together count as string. Undefined if there is no one such type. */
function slicedType(type: Type): Type | undefined {
  let common: Type | undefined;
  let hasString = false;
  const same = everyUnderlying(type, (under) => {
    if (!under) return false;
    const u = isString(under) ? bytes : under;
    if (u === bytes) hasString = true;
    if (!common) {
      common = u;
      return true;
    }
    return identical(common, u);
  });
  if (!same) return undefined;
  if (!hasString) return common;
  return isTypeParam(type) ? stringType : underlying(type);
}

const bytes = new Slice(byteType);
