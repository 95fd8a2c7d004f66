// Expressions to operations, in Go's order of evaluation.

import { NONE, Flag, Op, Operator } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { unparen } from '../expressions.ts';
import { ObjectKind } from '../types/objects.ts';
import { TypeKind } from '../types/types.ts';
import { call } from './calls.ts';
import { closure } from './closures.ts';
import { modelConstant } from './context.ts';
import type { Lowering } from './context.ts';
import { compositeLiteral } from './literals.ts';
import { operands, place, placeOrTemporary } from './places.ts';
import { boundReceiver } from './receivers.ts';
import { coreOf } from './shapes.ts';

/** The value of an expression. What is not understood gives an opaque operation that uses what it names. */
export function value(low: Lowering, expression: ast.Expr): number {
  if (!low.enter()) return low.opaque([], low.shape(expression), expression);
  const result = valueOf(low, unparen(expression));
  low.leave();
  return result;
}

function valueOf(low: Lowering, expression: ast.Expr): number {
  const constant = low.info.constantOf(expression);
  if (constant) return low.constant(modelConstant(constant), low.shape(expression), expression);
  switch (expression.kind) {
    case NodeKind.Ident:
      return nameValue(low, expression);
    case NodeKind.FuncLit:
      return closure(low, expression);
    case NodeKind.CompositeLit:
      return compositeLiteral(low, expression);
    case NodeKind.SelectorExpr:
      return selectorValue(low, expression);
    case NodeKind.IndexExpr:
      return indexValue(low, expression);
    case NodeKind.SliceExpr:
      return sliceValue(low, expression);
    case NodeKind.TypeAssertExpr:
      return assertion(low, expression);
    case NodeKind.CallExpr:
      return call(low, expression, Flag.None);
    case NodeKind.StarExpr:
      return readPlace(low, expression, place(low, expression));
    case NodeKind.UnaryExpr:
      return unary(low, expression);
    case NodeKind.BinaryExpr:
      return binary(low, expression);
    default:
      return low.opaque([], Shape.Unknown, expression);
  }
}

function nameValue(low: Lowering, name: ast.Ident): number {
  const object = low.info.objectOf(name);
  switch (object?.kind) {
    case ObjectKind.Variable:
      return low.builder.read(low.builder.variablePlace(low.variable(object)), low.shape(name), name.pos, name.end);
    case ObjectKind.Nil:
      return low.builder.emit(Op.Zero, low.shape(name), name.pos, name.end);
    case ObjectKind.Func:
      return low.builder.emit(Op.FunctionValue, Shape.Function, name.pos, name.end, low.callee(object));
    case ObjectKind.Constant:
      return low.constant(undefined, low.shape(name), name);
    default:
      return low.opaque([], Shape.Unknown, name);
  }
}

/** Reads a place, or uses the operands of an expression whose place is not known. */
function readPlace(low: Lowering, expression: ast.Expr, at: number | undefined, flags: number = Flag.None): number {
  if (at === undefined) return low.opaque(operands(low, expression), low.shape(expression), expression);
  return low.builder.read(at, low.shape(expression), expression.pos, expression.end, flags);
}

function selectorValue(low: Lowering, selector: ast.SelectorExpr): number {
  const selection = low.selection(selector);
  const object = selection ? selection.object : low.info.useOf(selector.sel);
  if (object?.kind === ObjectKind.Constant) return low.constant(undefined, low.shape(selector), selector);
  if (object?.kind !== ObjectKind.Func) return readPlace(low, selector, place(low, selector));
  const bound = selection?.kind === 'method' ? boundReceiver(low, selector, selection) : NONE;
  return low.builder.emit(Op.FunctionValue, Shape.Function, selector.pos, selector.end, low.callee(object), bound);
}

function indexValue(low: Lowering, expression: ast.IndexExpr): number {
  const index = expression.indices[0];
  const core = coreOf(low.info.typeOf(expression.x));
  // An instantiation `f[int]` is the function.
  if (core?.kind === TypeKind.Signature) return value(low, expression.x);
  if (core?.kind === TypeKind.Basic && index) {
    const text = value(low, expression.x);
    return low.builder.emit(Op.Compute, low.shape(expression), expression.pos, expression.end, text, value(low, index), Operator.Other);
  }
  const commaOk = core?.kind === TypeKind.Map && low.info.isCommaOk(expression);
  return readPlace(low, expression, place(low, expression), commaOk ? Flag.CommaOk : Flag.None);
}

function sliceValue(low: Lowering, expression: ast.SliceExpr): number {
  const { builder } = low;
  const isArray = coreOf(low.info.typeOf(expression.x))?.kind === TypeKind.Array;
  const container = isArray ? builder.addressOf(placeOrTemporary(low, expression.x), expression.x.pos, expression.x.end) : value(low, expression.x);
  const bound = (part: ast.Expr | undefined): number => (part ? value(low, part) : NONE);
  const bounds = builder.list([bound(expression.low), bound(expression.high), bound(expression.max)]);
  return builder.emit(Op.Slice, low.shape(expression), expression.pos, expression.end, container, NONE, bounds);
}

function assertion(low: Lowering, expression: ast.TypeAssertExpr): number {
  const operand = value(low, expression.x);
  const commaOk = low.info.isCommaOk(expression);
  return low.builder.emit(Op.Narrow, commaOk ? Shape.Tuple : low.shape(expression), expression.pos, expression.end, operand, NONE, NONE, commaOk ? Flag.CommaOk : Flag.None);
}

function unary(low: Lowering, expression: ast.UnaryExpr): number {
  const { builder } = low;
  switch (expression.op) {
    case Token.AND:
      return address(low, expression);
    case Token.ARROW: {
      const commaOk = low.info.isCommaOk(expression);
      const channel = value(low, expression.x);
      return builder.emit(Op.Receive, commaOk ? Shape.Tuple : low.shape(expression), expression.pos, expression.end, channel, NONE, NONE, commaOk ? Flag.CommaOk : Flag.None);
    }
    case Token.ADD:
      return value(low, expression.x);
    default: {
      const operator = expression.op === Token.NOT ? Operator.Not : expression.op === Token.SUB ? Operator.Negate : Operator.Complement;
      const operand = value(low, expression.x);
      return builder.emit(Op.Compute, low.shape(expression), expression.pos, expression.end, operand, NONE, operator);
    }
  }
}

function address(low: Lowering, expression: ast.UnaryExpr): number {
  const operand = unparen(expression.x);
  if (operand.kind === NodeKind.CompositeLit) {
    const first = value(low, operand);
    return low.builder.emit(Op.Allocate, Shape.Pointer, expression.pos, expression.end, first);
  }
  const at = place(low, operand);
  if (at === undefined) return low.opaque(operands(low, operand), Shape.Pointer, expression);
  return low.builder.addressOf(at, expression.pos, expression.end);
}

/** The operator of a binary expression or of an assignment such as `+=`. */
export function operatorOf(token: Token): Operator {
  switch (token) {
    case Token.EQL:
      return Operator.Equal;
    case Token.NEQ:
      return Operator.NotEqual;
    case Token.LSS:
      return Operator.Less;
    case Token.LEQ:
      return Operator.LessOrEqual;
    case Token.GTR:
      return Operator.Greater;
    case Token.GEQ:
      return Operator.GreaterOrEqual;
    case Token.ADD:
    case Token.ADD_ASSIGN:
    case Token.INC:
      return Operator.Add;
    case Token.SUB:
    case Token.SUB_ASSIGN:
    case Token.DEC:
      return Operator.Subtract;
    case Token.MUL:
    case Token.MUL_ASSIGN:
      return Operator.Multiply;
    case Token.QUO:
    case Token.QUO_ASSIGN:
      return Operator.Divide;
    case Token.REM:
    case Token.REM_ASSIGN:
      return Operator.Remainder;
    case Token.AND:
    case Token.AND_ASSIGN:
      return Operator.And;
    case Token.OR:
    case Token.OR_ASSIGN:
      return Operator.Or;
    case Token.XOR:
    case Token.XOR_ASSIGN:
      return Operator.Xor;
    case Token.AND_NOT:
    case Token.AND_NOT_ASSIGN:
      return Operator.AndNot;
    case Token.SHL:
    case Token.SHL_ASSIGN:
      return Operator.ShiftLeft;
    case Token.SHR:
    case Token.SHR_ASSIGN:
      return Operator.ShiftRight;
    default:
      return Operator.Other;
  }
}

function binary(low: Lowering, expression: ast.BinaryExpr): number {
  if (isLogical(expression)) return logical(low, expression);
  // `a + b + c + …` nests to the left as deep as it is long.
  const spine: ast.BinaryExpr[] = [expression];
  for (let left = unparen(expression.x); isArithmetic(left) && !low.info.constantOf(left); left = unparen(left.x)) spine.push(left);
  let result = value(low, spine[spine.length - 1]!.x);
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i]!;
    const right = value(low, node.y);
    result = low.builder.emit(Op.Compute, low.shape(node), node.pos, node.end, result, right, operatorOf(node.op));
  }
  return result;
}

function isLogical(expression: ast.BinaryExpr): boolean {
  return expression.op === Token.LAND || expression.op === Token.LOR;
}

function isArithmetic(expression: ast.Expr): expression is ast.BinaryExpr {
  return expression.kind === NodeKind.BinaryExpr && !isLogical(expression);
}

/** `a && b` as a value: a temporary that two paths write. */
function logical(low: Lowering, expression: ast.BinaryExpr): number {
  const { builder } = low;
  const { pos, end } = expression;
  const first = value(low, expression.x);
  const result = builder.temporary(first, Shape.Boolean, expression.x.pos, expression.x.end);
  const second = builder.newBlock();
  const join = builder.newBlock();
  if (expression.op === Token.LAND) builder.branch(first, second, join);
  else builder.branch(first, join, second);
  builder.startBlock(second);
  builder.write(result, value(low, expression.y), Shape.Boolean, expression.y.pos, expression.y.end);
  builder.startBlock(join);
  return builder.read(result, Shape.Boolean, pos, end);
}

/** Goes to one block if the expression is true and to the other if it is false. */
export function condition(low: Lowering, expression: ast.Expr, whenTrue: number, whenFalse: number): void {
  if (!low.enter()) return low.builder.branch(low.opaque([], Shape.Boolean, expression), whenTrue, whenFalse);
  branchOn(low, unparen(expression), whenTrue, whenFalse);
  low.leave();
}

function branchOn(low: Lowering, expression: ast.Expr, whenTrue: number, whenFalse: number): void {
  const { builder } = low;
  const known = decided(low, expression);
  if (known !== undefined) return builder.jump(known ? whenTrue : whenFalse);
  if (expression.kind === NodeKind.UnaryExpr && expression.op === Token.NOT) return condition(low, expression.x, whenFalse, whenTrue);
  if (expression.kind === NodeKind.BinaryExpr && isLogical(expression)) {
    const second = builder.newBlock();
    if (expression.op === Token.LAND) condition(low, expression.x, second, whenFalse);
    else condition(low, expression.x, whenTrue, second);
    builder.startBlock(second);
    return condition(low, expression.y, whenTrue, whenFalse);
  }
  builder.branch(value(low, expression), whenTrue, whenFalse);
}

/**
 * The value of a condition that is the same in every build: `true`, `false`, or a constant declared in this file.
 * Constants of other files and packages (`runtime.GOOS`, `race.Enabled`) stand for several builds: both edges stay.
 */
function decided(low: Lowering, expression: ast.Expr): boolean | undefined {
  if (expression.kind !== NodeKind.Ident) return undefined;
  const constant = low.info.constantOf(expression);
  if (constant?.kind !== 'bool') return undefined;
  const object = low.info.useOf(expression);
  return object && (object.file === undefined || object.file.path === low.path) ? constant.value : undefined;
}
