// Untyped operands, constants and conversions, after go/types' const.go, conversions.go and parts of expr.go and
// operand.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { stringOfCodePoint, toInt } from './constants/constant.ts';
import { bitLength } from './constants/real.ts';
import { represented } from './constants/representable.ts';
import type { ConstantType } from './constants/representable.ts';
import type { Checker } from './checker.ts';
import type { ConstantValue } from './info.ts';
import { OperandMode } from './info.ts';
import { implementsInterface } from './lookup.ts';
import type { Operand } from './operand.ts';
import { Operand as NewOperand } from './operand.ts';
import { allBasic, asTypeParam, everyTerm, everyUnderlying, hasName, hasNil, identical, identicalIgnoringTags, isBasic, isBasicKind, isBoolean, isBytesOrRunes, isConstType, isInteger, isKnown, isNonTypeParamInterface, isNumeric, isPointer, isString, isTyped, isTypeParam, isUntyped, maxType, unalias, underlying } from './predicates.ts';
import { isTop, typeSetOf } from './type-set.ts';
import { BasicInfo, BasicKind, ChannelDirection, TypeKind } from './types.ts';
import type { Basic, Type, TypeParam } from './types.ts';
import { defaultType, intType, untypedNil } from './universe.ts';

/** The compiler refuses untyped integer constants of more bits. */
const maxConstantBits = 512;

const constantTypes: Readonly<Record<number, ConstantType>> = {
  [BasicKind.Bool]: 'bool',
  [BasicKind.Int]: 'int',
  [BasicKind.Int8]: 'int8',
  [BasicKind.Int16]: 'int16',
  [BasicKind.Int32]: 'int32',
  [BasicKind.Int64]: 'int64',
  [BasicKind.Uint]: 'uint',
  [BasicKind.Uint8]: 'uint8',
  [BasicKind.Uint16]: 'uint16',
  [BasicKind.Uint32]: 'uint32',
  [BasicKind.Uint64]: 'uint64',
  [BasicKind.Uintptr]: 'uintptr',
  [BasicKind.Float32]: 'float32',
  [BasicKind.Float64]: 'float64',
  [BasicKind.Complex64]: 'complex64',
  [BasicKind.Complex128]: 'complex128',
  [BasicKind.String]: 'string',
  [BasicKind.UntypedBool]: 'untyped bool',
  [BasicKind.UntypedInt]: 'untyped int',
  [BasicKind.UntypedRune]: 'untyped rune',
  [BasicKind.UntypedFloat]: 'untyped float',
  [BasicKind.UntypedComplex]: 'untyped complex',
  [BasicKind.UntypedString]: 'untyped string',
};

/** The name under which the constants' arithmetic knows a basic type, or undefined if it has no constants. */
export function constantTypeOf(type: Basic): ConstantType | undefined {
  return constantTypes[type.basic];
}

/** True if a constant can be a value of the type; a value that is not known can. */
export function isRepresentable(value: ConstantValue | undefined, type: Basic): boolean {
  if (value === undefined) return true;
  const name = constantTypeOf(type);
  return name !== undefined && represented(value, name) !== undefined;
}

/** Rounds the constant operand's value to a basic type, or makes the operand invalid if the type cannot hold it. */
export function representable(x: Operand, type: Basic): void {
  if (x.value === undefined) return;
  const name = constantTypeOf(type);
  const value = name && represented(x.value, name);
  if (value === undefined) x.invalidate();
  else x.value = value;
}

/** After an operation on constants: typed ones must fit their type, untyped integers must not be too long. */
export function overflow(x: Operand): void {
  if (x.value === undefined) return;
  if (isTyped(x.type)) {
    const type = underlying(x.type);
    if (type.kind === TypeKind.Basic) representable(x, type);
    return;
  }
  if (x.value.kind === 'int' && bitLength(x.value.value) > maxConstantBits) x.value = undefined;
}

/**
 * The type an untyped operand has when it is used as a value of the target type, or undefined if it cannot be. The value
 * in that type, if the operand is a constant and the target is not an interface, is left in `check.implicitValue`.
 */
export function implicitType(check: Checker, x: Operand, target: Type): Type | undefined {
  check.implicitValue = undefined;
  if (x.mode === OperandMode.Invalid || isTyped(x.type) || !isKnown(target)) return x.type;
  if (isUntyped(target)) return maxType(x.type, target);
  const u = underlying(target);
  switch (u.kind) {
    case TypeKind.Basic:
      return implicitBasic(check, x, target, u);
    case TypeKind.Interface:
      return implicitInterface(check, x, target);
    case TypeKind.Pointer:
    case TypeKind.Signature:
    case TypeKind.Slice:
    case TypeKind.Map:
    case TypeKind.Chan:
      return x.isNil ? untypedNil : undefined;
    default:
      return undefined;
  }
}

function implicitBasic(check: Checker, x: Operand, target: Type, u: Basic): Type | undefined {
  if (x.mode === OperandMode.Constant) {
    if (x.value === undefined) return target;
    const name = constantTypeOf(u);
    const value = name && represented(x.value, name);
    if (value === undefined) return undefined;
    check.implicitValue = value;
    return target;
  }
  switch (x.type.kind === TypeKind.Basic ? x.type.basic : undefined) {
    case BasicKind.UntypedBool:
      return isBoolean(target) ? target : undefined;
    case BasicKind.UntypedInt:
    case BasicKind.UntypedRune:
    case BasicKind.UntypedFloat:
    case BasicKind.UntypedComplex:
      return isNumeric(target) ? target : undefined;
    case BasicKind.UntypedString:
      return isString(target) ? target : undefined;
    case BasicKind.UntypedNil:
      return hasNil(target) ? untypedNil : undefined;
    default:
      return undefined;
  }
}

function implicitInterface(check: Checker, x: Operand, target: Type): Type | undefined {
  if (isTypeParam(target)) {
    const fits = everyUnderlying(target, (under) => under !== undefined && implicitType(check, x, under) !== undefined);
    check.implicitValue = undefined;
    if (!fits) return undefined;
    return x.isNil ? untypedNil : target;
  }
  if (x.isNil) return untypedNil;
  const u = underlying(target);
  // An untyped constant has no methods.
  if (u.kind !== TypeKind.Interface || !isTop(typeSetOf(u))) return undefined;
  return defaultType(x.type);
}

/** Gives an untyped operand the target type, or makes it invalid. */
export function convertUntyped(check: Checker, x: Operand, target: Type): void {
  const type = implicitType(check, x, target);
  if (type === undefined) {
    x.invalidate();
    return;
  }
  adoptImplicit(check, x, type);
}

/** Takes over what `implicitType` found, also in the facts of the operand's expression. */
export function adoptImplicit(check: Checker, x: Operand, type: Type): void {
  const value = check.implicitValue;
  if (value !== undefined && value !== x.value) {
    x.value = value;
    if (x.expr) check.updateValue(x.expr, value);
  }
  if (type === x.type) return;
  x.type = type;
  if (x.expr) updateExprType(check, x.expr, type, false);
}

/** Passes the final type of an untyped expression down to its operands. */
export function updateExprType(check: Checker, expression: ast.Expr, type: Type, final: boolean): void {
  let at: ast.Expr | undefined = expression;
  while (at) {
    const x: ast.Expr = at;
    at = undefined;
    const old = check.factOf(x);
    if (!old || !isUntyped(old.type)) return;
    switch (x.kind) {
      case NodeKind.ParenExpr:
        at = x.x;
        break;
      case NodeKind.UnaryExpr:
        // The operands of a constant keep the types they have; only the constant itself is converted.
        if (old.mode !== OperandMode.Constant) at = x.x;
        break;
      case NodeKind.BinaryExpr:
        if (old.mode === OperandMode.Constant || isComparison(x.op)) break;
        if (!isShift(x.op)) updateExprType(check, x.y, type, final);
        at = x.x;
        break;
      default:
        break;
    }
    check.setFact(x, old.mode, type, old.value);
  }
}

export function isShift(op: Token): boolean {
  return op === Token.SHL || op === Token.SHR;
}

export function isComparison(op: Token): boolean {
  return op === Token.EQL || op === Token.NEQ || op === Token.LSS || op === Token.LEQ || op === Token.GTR || op === Token.GEQ;
}

/** True if the operand can be assigned to a variable of the type (spec: "Assignability"). */
export function operandAssignableTo(check: Checker, x: Operand, target: Type): boolean {
  if (x.mode === OperandMode.Invalid || x.type === target) return true;
  const v = unalias(x.type);
  const t = unalias(target);
  if (v === t || v.kind === TypeKind.Unknown || t.kind === TypeKind.Unknown) return true;
  if (identical(v, t)) return true;
  if (isUntyped(v)) {
    if (t.kind === TypeKind.TypeParam) return isUntypedOfEveryTerm(check, x, t);
    return implicitType(check, x, t) !== undefined;
  }
  const vu = underlying(v);
  const tu = underlying(t);
  // What is built on something unknown may be anything.
  if (vu.kind === TypeKind.Unknown || tu.kind === TypeKind.Unknown) return true;
  const vp = v.kind === TypeKind.TypeParam ? v : undefined;
  const tp = t.kind === TypeKind.TypeParam ? t : undefined;
  if (!vp && !tp && (!hasName(v) || !hasName(t)) && identical(vu, tu)) return true;
  if (tu.kind === TypeKind.Interface && !tp) {
    if (implementsInterface(v, t)) return true;
    if (!vp) return false;
  }
  if (vu.kind === TypeKind.Chan && vu.direction === ChannelDirection.Both && tu.kind === TypeKind.Chan && identical(vu.elem, tu.elem)) {
    return !hasName(v) || !hasName(t);
  }
  if (tp && !hasName(v)) return isAssignableToEveryTerm(check, x, tp);
  return vp !== undefined && !hasName(t) && isEveryTermAssignable(check, x, vp, t);
}

// Functions of their own, because they are rarely called: a closure in the function above would cost each of its calls an allocation.

function isUntypedOfEveryTerm(check: Checker, x: Operand, target: TypeParam): boolean {
  return everyTerm(target, (term) => term?.type !== undefined && implicitType(check, x, term.type) !== undefined);
}

function isAssignableToEveryTerm(check: Checker, x: Operand, target: TypeParam): boolean {
  return everyTerm(target, (term) => term?.type !== undefined && operandAssignableTo(check, x, term.type));
}

function isEveryTermAssignable(check: Checker, x: Operand, type: TypeParam, target: Type): boolean {
  return everyTerm(type, (term) => term?.type !== undefined && operandAssignableTo(check, withType(x, term.type), target));
}

function withType(x: Operand, type: Type): Operand {
  const copy = new NewOperand();
  copy.assign(x);
  copy.type = type;
  return copy;
}

/** T(x): converts the operand to the type or makes it invalid (spec: "Conversions"). */
export function conversion(check: Checker, x: Operand, target: Type): void {
  const constantArgument = x.mode === OperandMode.Constant;
  let ok: boolean;
  if (constantArgument && isConstType(target)) {
    ok = convertConstant(x, target);
  } else if (constantArgument && isTypeParam(target)) {
    ok = everyUnderlying(target, (under) => under !== undefined && ((isString(x.type) && isBytesOrRunes(under)) || constantConvertible(x, under)));
    x.mode = OperandMode.Value;
  } else {
    ok = convertibleTo(check, x, target);
    if (ok) x.mode = OperandMode.Value;
  }
  if (!ok) {
    x.invalidate();
    return;
  }
  if (x.mode !== OperandMode.Constant) x.value = undefined;
  if (isUntyped(x.type)) {
    let final: Type = target;
    if (isNonTypeParamInterface(target) || (constantArgument && !isConstType(target)) || x.isNil) {
      // An untyped nil keeps its type.
      final = defaultType(x.type);
    } else if (x.mode === OperandMode.Constant && isInteger(x.type) && allBasic(target, BasicInfo.String)) {
      final = x.type;
    }
    if (x.expr) updateExprType(check, x.expr, final, true);
  }
  x.type = target;
}

function convertConstant(x: Operand, target: Type): boolean {
  const t = underlying(target);
  if (t.kind !== TypeKind.Basic) return false;
  if (x.value === undefined) return true;
  const name = constantTypeOf(t);
  const value = name && represented(x.value, name);
  if (value !== undefined) {
    x.value = value;
    return true;
  }
  if (!isInteger(x.type) || (t.info & BasicInfo.String) === 0) return false;
  const code = toInt(x.value);
  x.value = code?.kind === 'int' ? stringOfCodePoint(code.value) : undefined;
  return true;
}

function constantConvertible(x: Operand, target: Type): boolean {
  const t = underlying(target);
  if (t.kind !== TypeKind.Basic) return false;
  return isRepresentable(x.value, t) || (isInteger(x.type) && (t.info & BasicInfo.String) !== 0);
}

function convertibleTo(check: Checker, x: Operand, target: Type): boolean {
  if (operandAssignableTo(check, x, target)) return true;
  const v = unalias(x.type);
  const t = unalias(target);
  const vu = underlying(v);
  const tu = underlying(t);
  const vp = asTypeParam(v);
  const tp = asTypeParam(t);
  if (!vp && !tp && identicalIgnoringTags(vu, tu)) return true;
  if (v.kind === TypeKind.Pointer && t.kind === TypeKind.Pointer) {
    if (!isTypeParam(v.elem) && !isTypeParam(t.elem) && identicalIgnoringTags(underlying(v.elem), underlying(t.elem))) return true;
    // What is built on something unknown may be anything.
    if (!isKnown(underlying(v.elem)) || !isKnown(underlying(t.elem))) return true;
  }
  if (isBasic(vu, BasicInfo.Integer | BasicInfo.Float) && isBasic(tu, BasicInfo.Integer | BasicInfo.Float)) return true;
  if (isBasic(vu, BasicInfo.Complex) && isBasic(tu, BasicInfo.Complex)) return true;
  if ((isInteger(vu) || isBytesOrRunes(vu)) && isString(tu)) return true;
  if (isString(vu) && isBytesOrRunes(tu)) return true;
  if ((isPointer(vu) || isBasicKind(vu, BasicKind.Uintptr)) && isBasicKind(tu, BasicKind.UnsafePointer)) return true;
  if (isBasicKind(vu, BasicKind.UnsafePointer) && (isPointer(tu) || isBasicKind(tu, BasicKind.Uintptr))) return true;
  if (vu.kind === TypeKind.Slice && sliceConvertsTo(vu.elem, tu)) return true;
  if (vp) return everyTerm(vp, (term) => term?.type !== undefined && convertibleTo(check, withType(x, term.type), target));
  if (tp) return everyTerm(tp, (term) => term?.type !== undefined && convertibleTo(check, x, term.type));
  return false;
}

/** A slice converts to an array (Go 1.20) or to a pointer to one (Go 1.17) of its elements. */
function sliceConvertsTo(elem: Type, target: Type): boolean {
  const array = target.kind === TypeKind.Pointer ? underlying(target.elem) : target;
  return array.kind === TypeKind.Array && identical(elem, array.elem);
}

/** True for an operand that can be an index, size or shift count; an untyped one becomes an int. */
export function isValidIndex(check: Checker, x: Operand, allowNegative: boolean): boolean {
  if (x.mode === OperandMode.Invalid) return false;
  convertUntyped(check, x, intType);
  // Have: TypeScript narrowed the mode above; convertUntyped may have changed it.
  if ((x.mode as OperandMode) === OperandMode.Invalid || !allBasic(x.type, BasicInfo.Integer)) return false;
  if (x.mode !== OperandMode.Constant || x.value === undefined) return true;
  const value = toInt(x.value);
  if (value?.kind !== 'int' || (!allowNegative && value.value < 0n)) return false;
  return isRepresentable(value, intType);
}

/** Matches the types of two operands where one is untyped; x is invalid if they cannot. */
export function matchTypes(check: Checker, x: Operand, y: Operand): void {
  if (!mayConvert(x, y)) return;
  convertUntyped(check, x, y.type);
  if (x.mode === OperandMode.Invalid) return;
  convertUntyped(check, y, x.type);
  if (y.mode === OperandMode.Invalid) x.invalidate();
}

function mayConvert(x: Operand, y: Operand): boolean {
  if (isTyped(x.type) && isTyped(y.type)) return false;
  if (allBasic(x.type, BasicInfo.Numeric) !== allBasic(y.type, BasicInfo.Numeric)) return false;
  if (isNonTypeParamInterface(x.type) || isNonTypeParamInterface(y.type)) return true;
  if (allBasic(x.type, BasicInfo.Boolean) !== allBasic(y.type, BasicInfo.Boolean)) return false;
  if (allBasic(x.type, BasicInfo.String) !== allBasic(y.type, BasicInfo.String)) return false;
  if (x.isNil) return hasNil(y.type);
  if (y.isNil) return hasNil(x.type);
  return !isPointer(x.type) && !isPointer(y.type);
}
