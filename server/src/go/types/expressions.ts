// Expressions, after go/types' expr.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { callExpr, instantiateFunction, instantiateFromTarget } from './calls.ts';
import type { Checker } from './checker.ts';
import { unparen } from '../syntax/receiver.ts';
import { boolConstant, toFloat, toInt } from './constants/constant.ts';
import { constantOfLiteral } from './constants/literal.ts';
import { binaryConstant, compareConstants, shiftConstant, unaryConstant } from './constants/operators.ts';
import { unsignedBits } from './constants/representable.ts';
import { constantTypeOf, convertUntyped, isComparison, isShift, matchTypes, operandAssignableTo, overflow, representable, updateExprType } from './conversions.ts';
import { indexExpr, sliceExpr } from './indexing.ts';
import { OperandMode } from './info.ts';
import { compositeLit, funcLit } from './literals.ts';
import { Operand, operandOf } from './operand.ts';
import { allBasic, comparable, everyUnderlying, hasNil, identical, isGeneric, isInteger, isInterface, isKnown, isTypeParam, isUntyped, coreType, underlying } from './predicates.ts';
import { selector } from './selectors.ts';
import { identifier, typeOf, varType } from './type-expressions.ts';
import { BasicInfo, ChannelDirection, Pointer, TypeKind, unknownType } from './types.ts';
import type { Chan, Signature, Type } from './types.ts';
import { defaultType, uintType, untypedBool, untypedComplex, untypedFloat, untypedInt, untypedRune, untypedString } from './universe.ts';

/** The compiler refuses constant shifts by more. */
const maxShift = 1074n;

/**
 * Checks an expression and keeps what it is.
 * @param target the signature that is wanted where the expression is used, for generic functions without type arguments
 * @param hint the type of a composite literal without a type of its own
 * @param allowGeneric true if a generic function or type may be left without type arguments
 */
export function rawExpr(check: Checker, target: Signature | undefined, x: Operand, e: ast.Expr, hint: Type | undefined, allowGeneric: boolean): void {
  x.mode = OperandMode.Invalid;
  x.type = unknownType;
  x.value = undefined;
  if (!check.enter()) {
    x.expr = e;
    return;
  }
  exprInternal(check, target, x, e, hint);
  if (!allowGeneric) nonGeneric(check, target, x);
  check.record(x);
  check.leave();
}

/** Makes an operand that is generic invalid, unless its type arguments can be had from the target. */
export function nonGeneric(check: Checker, target: Signature | undefined, x: Operand): void {
  switch (x.type.kind) {
    case TypeKind.Named:
    case TypeKind.Alias:
      if (x.mode !== OperandMode.Invalid && x.mode !== OperandMode.NoValue && isGeneric(x.type)) x.invalidate();
      return;
    case TypeKind.Signature:
      if (x.mode === OperandMode.Invalid || x.mode === OperandMode.NoValue || x.type.typeParameters.length === 0) return;
      if (target) instantiateFromTarget(check, target, x, undefined);
      else x.invalidate();
      return;
    default:
  }
}

function exprInternal(check: Checker, target: Signature | undefined, x: Operand, e: ast.Expr, hint: Type | undefined): void {
  switch (e.kind) {
    case NodeKind.Ident:
      identifier(check, x, e, false);
      break;
    case NodeKind.BasicLit:
      basicLit(x, e);
      x.expr = e;
      // A shorter literal has no more bits than a constant may have.
      if (e.value.length > 100) overflow(x);
      break;
    case NodeKind.FuncLit:
      funcLit(check, x, e);
      break;
    case NodeKind.CompositeLit:
      compositeLit(check, x, e, hint);
      break;
    case NodeKind.ParenExpr:
      rawExpr(check, undefined, x, e.x, undefined, false);
      break;
    case NodeKind.SelectorExpr:
      selector(check, x, e, false);
      break;
    case NodeKind.IndexExpr:
      if (indexExpr(check, x, e)) instantiateFunction(check, target, x, e, true);
      break;
    case NodeKind.SliceExpr:
      sliceExpr(check, x, e);
      break;
    case NodeKind.TypeAssertExpr:
      typeAssertion(check, x, e);
      break;
    case NodeKind.CallExpr:
      callExpr(check, x, e);
      break;
    case NodeKind.StarExpr:
      starExpr(check, x, e);
      break;
    case NodeKind.UnaryExpr:
      unary(check, x, e);
      break;
    case NodeKind.BinaryExpr:
      binaryExpr(check, x, e);
      break;
    case NodeKind.ArrayType:
    case NodeKind.StructType:
    case NodeKind.FuncType:
    case NodeKind.InterfaceType:
    case NodeKind.MapType:
    case NodeKind.ChanType:
      x.mode = OperandMode.TypeExpr;
      x.type = typeOf(check, e);
      break;
    case NodeKind.KeyValueExpr:
      use(check, e.value);
      x.invalidate();
      break;
    default:
      x.invalidate();
  }
  x.expr = e;
}

function basicLit(x: Operand, e: ast.BasicLit): void {
  switch (e.token) {
    case Token.INT:
      x.type = untypedInt;
      break;
    case Token.FLOAT:
      x.type = untypedFloat;
      break;
    case Token.IMAG:
      x.type = untypedComplex;
      break;
    case Token.CHAR:
      x.type = untypedRune;
      break;
    case Token.STRING:
      x.type = untypedString;
      break;
    default:
      x.invalidate();
      return;
  }
  x.mode = OperandMode.Constant;
  x.value = constantOfLiteral(e.token, e.value);
}

function typeAssertion(check: Checker, x: Operand, e: ast.TypeAssertExpr): void {
  expr(check, undefined, x, e.x);
  if (!e.type) {
    x.invalidate();
    return;
  }
  const type = varType(check, e.type);
  if (x.mode === OperandMode.Invalid || isTypeParam(x.type) || !isInterface(x.type) || !isKnown(type)) {
    // What is asserted is known even where the operand is not.
    if (isKnown(type) && (x.mode === OperandMode.Invalid || !isKnown(underlying(x.type)))) {
      x.mode = OperandMode.CommaOk;
      x.type = type;
      x.value = undefined;
      return;
    }
    x.invalidate();
    return;
  }
  x.mode = OperandMode.CommaOk;
  x.type = type;
}

function starExpr(check: Checker, x: Operand, e: ast.StarExpr): void {
  exprOrType(check, x, e.x, false);
  if (x.mode === OperandMode.Invalid) return;
  if (x.mode === OperandMode.TypeExpr) {
    x.type = new Pointer(x.type);
    return;
  }
  let base: Type | undefined;
  const points = everyUnderlying(x.type, (under) => {
    if (under?.kind !== TypeKind.Pointer || (base && !identical(base, under.elem))) return false;
    base = under.elem;
    return true;
  });
  if (!points || !base) {
    x.invalidate();
    return;
  }
  x.mode = OperandMode.Variable;
  x.type = base;
  x.value = undefined;
}

function unary(check: Checker, x: Operand, e: ast.UnaryExpr): void {
  expr(check, undefined, x, e.x);
  if (x.mode === OperandMode.Invalid) return;
  switch (e.op) {
    case Token.AND:
      if (unparen(e.x).kind !== NodeKind.CompositeLit && x.mode !== OperandMode.Variable) x.invalidate();
      else x.setValue(new Pointer(x.type));
      return;
    case Token.ARROW: {
      const elem = channelElement(x.type, true);
      if (!elem) {
        x.invalidate();
        return;
      }
      x.mode = OperandMode.CommaOk;
      x.type = elem;
      x.value = undefined;
      check.env.hasCallOrReceive = true;
      return;
    }
    case Token.TILDE:
      x.invalidate();
      return;
    default:
  }
  if (!unaryDefined(e.op, x.type)) {
    x.invalidate();
    return;
  }
  if (x.mode !== OperandMode.Constant) {
    x.mode = OperandMode.Value;
    return;
  }
  if (x.value === undefined) return;
  const under = underlying(x.type);
  const name = under.kind === TypeKind.Basic ? constantTypeOf(under) : undefined;
  x.value = unaryConstant(e.op, x.value, name && unsignedBits(name));
  x.expr = e;
  overflow(x);
}

function unaryDefined(op: Token, type: Type): boolean {
  switch (op) {
    case Token.ADD:
    case Token.SUB:
      return allBasic(type, BasicInfo.Numeric);
    case Token.XOR:
      return allBasic(type, BasicInfo.Integer);
    case Token.NOT:
      return allBasic(type, BasicInfo.Boolean);
    default:
      return false;
  }
}

/** The element type of a channel that can be received from or sent to, or undefined. */
export function channelElement(type: Type, receive: boolean): Type | undefined {
  const wrong = receive ? ChannelDirection.SendOnly : ChannelDirection.ReceiveOnly;
  const all = everyUnderlying(type, (under) => under?.kind === TypeKind.Chan && under.direction !== wrong);
  if (!all) return undefined;
  const core = coreType(type);
  return core?.kind === TypeKind.Chan ? (core as Chan).elem : undefined;
}

/** `a + b + c + …` is nested to the left; a long one is checked without going deep. */
function binaryExpr(check: Checker, x: Operand, e: ast.BinaryExpr): void {
  if (e.x.kind !== NodeKind.BinaryExpr) {
    binary(check, x, e, e.x, e.y, e.op);
    return;
  }
  const spine: ast.BinaryExpr[] = [];
  let at: ast.Expr = e;
  while (at.kind === NodeKind.BinaryExpr) {
    spine.push(at);
    at = at.x;
  }
  expr(check, undefined, x, at);
  for (let index = spine.length - 1; index >= 0; index--) {
    const node = spine[index]!;
    binaryRight(check, x, node, node.y, node.op);
    x.expr = node;
    if (index > 0) check.record(x);
  }
}

/** x = lhs op rhs; `e` is the whole expression, or undefined for `lhs op= rhs`. */
export function binary(check: Checker, x: Operand, e: ast.BinaryExpr | undefined, lhs: ast.Expr, rhs: ast.Expr | undefined, op: Token): void {
  expr(check, undefined, x, lhs);
  binaryRight(check, x, e, rhs, op);
}

/** x = x op rhs, where x has been checked; without `rhs` it is the 1 of an increment. */
function binaryRight(check: Checker, x: Operand, e: ast.BinaryExpr | undefined, rhs: ast.Expr | undefined, op: Token): void {
  const y = new Operand();
  if (rhs) {
    expr(check, undefined, y, rhs);
  } else {
    y.mode = OperandMode.Constant;
    y.type = untypedInt;
    y.value = { kind: 'int', value: 1n };
  }
  if (x.mode === OperandMode.Invalid) return;
  if (y.mode === OperandMode.Invalid) {
    x.invalidate();
    return;
  }
  if (isShift(op)) {
    shift(check, x, y, e, op);
    return;
  }
  matchTypes(check, x, y);
  if ((x.mode as OperandMode) === OperandMode.Invalid) return;
  if (isComparison(op)) {
    comparison(check, x, y, op);
    return;
  }
  if (!identical(x.type, y.type) || !binaryDefined(op, x.type)) {
    x.invalidate();
    return;
  }
  if (x.mode !== OperandMode.Constant || y.mode !== OperandMode.Constant) {
    const zero = y.mode === OperandMode.Constant && y.value !== undefined && isZero(y);
    if ((op === Token.QUO || op === Token.REM) && zero && allBasic(x.type, BasicInfo.Integer)) {
      x.invalidate();
      return;
    }
    x.mode = OperandMode.Value;
    x.value = undefined;
    return;
  }
  if ((op === Token.QUO || op === Token.REM) && y.value !== undefined && isZero(y)) {
    x.invalidate();
    return;
  }
  if (x.value === undefined || y.value === undefined) {
    x.value = undefined;
    return;
  }
  let { value } = x;
  let other = y.value;
  if (op === Token.QUO && isInteger(x.type)) {
    // Integer division, also of untyped integers that are kept as floats.
    value = toInt(value) ?? value;
    other = toInt(other) ?? other;
  } else if (op === Token.QUO && value.kind === 'int' && other.kind === 'int') {
    value = toFloat(value) ?? value;
  }
  x.value = binaryConstant(value, op, other);
  x.expr = e ?? x.expr;
  overflow(x);
}

function isZero(y: Operand): boolean {
  const value = y.value && toInt(y.value);
  return value?.kind === 'int' && value.value === 0n;
}

function binaryDefined(op: Token, type: Type): boolean {
  switch (op) {
    case Token.ADD:
      return allBasic(type, BasicInfo.Numeric | BasicInfo.String);
    case Token.SUB:
    case Token.MUL:
    case Token.QUO:
      return allBasic(type, BasicInfo.Numeric);
    case Token.REM:
    case Token.AND:
    case Token.OR:
    case Token.XOR:
    case Token.AND_NOT:
      return allBasic(type, BasicInfo.Integer);
    case Token.LAND:
    case Token.LOR:
      return allBasic(type, BasicInfo.Boolean);
    default:
      return false;
  }
}

/** x = x op y for a comparison; the result is an untyped boolean. */
export function comparison(check: Checker, x: Operand, y: Operand, op: Token): void {
  if (!isKnown(x.type) || !isKnown(y.type) || !comparisonDefined(check, x, y, op)) {
    x.invalidate();
    return;
  }
  if (x.mode === OperandMode.Constant && y.mode === OperandMode.Constant) {
    const result = x.value && y.value && compareConstants(x.value, op, y.value);
    x.value = result === undefined ? undefined : boolConstant(result);
  } else {
    x.mode = OperandMode.Value;
    x.value = undefined;
    // The operands are never materialised in another type: they have their default types.
    if (x.expr && isUntyped(x.type)) updateExprType(check, x.expr, defaultType(x.type), true);
    if (y.expr && isUntyped(y.type)) updateExprType(check, y.expr, defaultType(y.type), true);
  }
  x.type = untypedBool;
}

function comparisonDefined(check: Checker, x: Operand, y: Operand, op: Token): boolean {
  if (!operandAssignableTo(check, x, y.type) && !operandAssignableTo(check, y, x.type)) return false;
  if (op === Token.EQL || op === Token.NEQ) {
    if (x.isNil || y.isNil) return hasNil(x.isNil ? y.type : x.type);
    return comparable(x.type) && comparable(y.type);
  }
  return allBasic(x.type, BasicInfo.Ordered) && allBasic(y.type, BasicInfo.Ordered);
}

function shift(check: Checker, x: Operand, y: Operand, e: ast.BinaryExpr | undefined, op: Token): void {
  const value = x.mode === OperandMode.Constant ? x.value && toInt(x.value) : undefined;
  const unknownConstant = x.mode === OperandMode.Constant && x.value === undefined;
  if (!allBasic(x.type, BasicInfo.Integer) && !(isUntyped(x.type) && (value !== undefined || unknownConstant))) {
    x.invalidate();
    return;
  }
  if (y.mode === OperandMode.Constant) {
    const count = y.value && toInt(y.value);
    if (count?.kind === 'int' && count.value < 0n) {
      x.invalidate();
      return;
    }
    if (isUntyped(y.type)) representable(y, uintType);
  } else if (!allBasic(y.type, BasicInfo.Integer)) {
    if (isUntyped(y.type)) convertUntyped(check, y, uintType);
    else y.invalidate();
  }
  if ((y.mode as OperandMode) === OperandMode.Invalid) {
    x.invalidate();
    return;
  }
  if (x.mode === OperandMode.Constant) {
    if (y.mode === OperandMode.Constant) {
      constantShift(x, y, e, op);
      return;
    }
    if (isUntyped(x.type)) {
      // The type of x is what the whole expression is converted to (spec: "Operators").
      x.mode = OperandMode.Value;
      x.value = undefined;
      return;
    }
  }
  if (!allBasic(x.type, BasicInfo.Integer)) {
    x.invalidate();
    return;
  }
  x.mode = OperandMode.Value;
  x.value = undefined;
}

function constantShift(x: Operand, y: Operand, e: ast.BinaryExpr | undefined, op: Token): void {
  const count = y.value && toInt(y.value);
  if (!isInteger(x.type)) x.type = untypedInt;
  if (x.value === undefined || count?.kind !== 'int') {
    x.value = undefined;
    return;
  }
  if (count.value > maxShift) {
    x.invalidate();
    return;
  }
  x.value = shiftConstant(x.value, op, count);
  x.expr = e ?? x.expr;
  overflow(x);
}

/** Checks an expression that must have one value. */
export function expr(check: Checker, target: Signature | undefined, x: Operand, e: ast.Expr): void {
  rawExpr(check, target, x, e, undefined, false);
  singleValue(x);
}

/** Like `expr`; a generic function may be left without type arguments. */
export function genericExpr(check: Checker, x: Operand, e: ast.Expr, hint?: Type): void {
  rawExpr(check, undefined, x, e, hint, true);
  singleValue(x);
}

/** Checks an expression that has one value or is a type. */
export function exprOrType(check: Checker, x: Operand, e: ast.Expr, allowGeneric: boolean): void {
  rawExpr(check, undefined, x, e, undefined, allowGeneric);
  if (x.mode === OperandMode.NoValue) x.invalidate();
  if (x.type.kind === TypeKind.Tuple) x.invalidate();
}

/** An operand that is no single value becomes invalid; what is kept at its expression stays. */
function singleValue(x: Operand): void {
  if (x.mode === OperandMode.NoValue || x.mode === OperandMode.Builtin || x.mode === OperandMode.TypeExpr) x.invalidate();
  else if (x.mode === OperandMode.Value && x.type.kind === TypeKind.Tuple) x.invalidate();
}

/**
 * The operands of an expression with any number of values. With `allowCommaOk` an expression that has a comma-ok form
 * gives two; then the result says so.
 */
export function multiExpr(check: Checker, e: ast.Expr, allowCommaOk: boolean): { readonly operands: Operand[]; readonly commaOk: boolean } {
  const x = new Operand();
  rawExpr(check, undefined, x, e, undefined, false);
  if (x.mode === OperandMode.NoValue || x.mode === OperandMode.Builtin || x.mode === OperandMode.TypeExpr) x.invalidate();
  if (x.mode !== OperandMode.Invalid && x.type.kind === TypeKind.Tuple) {
    return { operands: x.type.vars.map((variable) => operandOf(OperandMode.Value, variable.type, e)), commaOk: false };
  }
  if (allowCommaOk && (x.mode === OperandMode.MapIndex || x.mode === OperandMode.CommaOk)) {
    return { operands: [x, operandOf(OperandMode.Value, untypedBool, e)], commaOk: true };
  }
  return { operands: [x], commaOk: false };
}

/** Checks expressions whose place is wrong or unknown, so that their parts are known. */
export function use(check: Checker, ...expressions: readonly (ast.Expr | undefined)[]): void {
  for (const e of expressions) {
    if (!e || (e.kind === NodeKind.Ident && e.name === '_')) continue;
    const inner = e.kind === NodeKind.KeyValueExpr ? e.value : e;
    rawExpr(check, undefined, new Operand(), inner, undefined, true);
  }
}
