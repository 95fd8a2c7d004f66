// Calls: conversions, predeclared functions, functions and methods, function values.

import { End } from '../../model/function-body.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import { Role, Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { isConversion, isNil, unparen } from '../expressions.ts';
import { ObjectKind } from '../types/objects.ts';
import type { Func } from '../types/objects.ts';
import { lookupFieldOrMethod } from '../types/lookup.ts';
import { isInterface } from '../types/predicates.ts';
import { TypeKind } from '../types/types.ts';
import { builtinCall, postponedBuiltin } from './builtins.ts';
import { nameOf } from './context.ts';
import type { Lowering } from './context.ts';
import { value } from './expressions.ts';
import { boundReceiver } from './receivers.ts';
import { methodsRun } from './roles.ts';
import { coreOf, pointee, shapeOf } from './shapes.ts';

/** @param mode Deferred or Spawned for the call of a defer or go statement */
export function call(low: Lowering, expression: ast.CallExpr, mode: number): number {
  const fun = calledFunction(expression.fun);
  const name = fun.kind === NodeKind.SelectorExpr ? fun.sel : fun;
  const named = name.kind === NodeKind.Ident ? low.info.useOf(name) : undefined;
  if (named?.kind === ObjectKind.Func) return functionCall(low, expression, fun, named, mode);
  if (named?.kind === ObjectKind.Builtin) return mode === Flag.None ? builtinCall(low, expression, named.id) : postponedBuiltin(low, expression, named.id, mode);
  if (named?.kind === ObjectKind.Variable || !isConversion(expression, low.info)) return functionCall(low, expression, fun, undefined, mode);
  return conversion(low, expression);
}

/** A conversion that keeps the value is the value. */
function conversion(low: Lowering, expression: ast.CallExpr): number {
  const operand = expression.args[0]!;
  const shape = low.shape(expression);
  if (isNil(operand, low.info)) return low.builder.emit(Op.Zero, shape, expression.pos, expression.end);
  const before = low.shape(operand);
  const converted = value(low, operand);
  if (shape === Shape.Interface || (shape === before && shape !== Shape.Unknown && shape !== Shape.Number)) return converted;
  return low.builder.emit(Op.Convert, shape, expression.pos, expression.end, converted);
}

/** @param named the function or method that is called; undefined for a call of a function value */
function functionCall(low: Lowering, expression: ast.CallExpr, fun: ast.Expr, named: Func | undefined, mode: number): number {
  const { builder } = low;
  const selection = fun.kind === NodeKind.SelectorExpr ? low.selection(fun) : undefined;
  const func = named && selection?.object.kind === ObjectKind.Func ? selection.object : named;
  let flags = mode | (expression.ellipsis ? Flag.Spread : Flag.None);
  const list: number[] = [];
  let functionValue = NONE;
  if (func && fun.kind === NodeKind.SelectorExpr && selection?.kind === 'method') {
    list.push(boundReceiver(low, fun, selection));
    flags |= Flag.HasReceiver;
  } else if (func && selection?.kind === 'method-expression') {
    flags |= Flag.HasReceiver;
  } else if (!func) {
    functionValue = value(low, expression.fun);
  }
  pushArguments(low, expression, list);
  if (func) bindMethods(low, expression, func, list);
  const callee = func ? low.callee(func) : NONE;
  const result = builder.emit(Op.Call, resultShape(low, expression), expression.pos, expression.end, callee, functionValue, builder.list(list), flags);
  if (mode === Flag.None && callee >= 0) endAfter(low, builder.unit.callees[callee]!.role);
  return result;
}

/**
 * `http.Handle("/", h)` runs a method of h: what it is given is that method, bound to h. Where h is a function already (a
 * http.HandlerFunc) or its type is an interface, it stays as it is.
 */
function bindMethods(low: Lowering, expression: ast.CallExpr, func: Func, list: number[]): void {
  if (func.packagePath === undefined || expression.ellipsis || list.length < expression.args.length) return;
  const offset = list.length - expression.args.length;
  for (const { argument, method } of methodsRun(func.packagePath, nameOf(func))) {
    const given = expression.args[argument];
    const type = given && low.info.typeOf(given);
    if (!given || !type || isInterface(type) || coreOf(type)?.kind === TypeKind.Signature) continue;
    const found = lookupFieldOrMethod(type, false, undefined, method);
    if (typeof found === 'string' || found.object.kind !== ObjectKind.Func) continue;
    const receiver = found.index.length === 1 ? list[argument + offset]! : NONE;
    if (receiver === NONE || (pointee(type) !== undefined) !== found.object.origin.pointerReceiver) continue;
    list[argument + offset] = low.builder.emit(Op.FunctionValue, Shape.Function, given.pos, given.end, low.callee(found.object), receiver);
  }
}

/** The function expression without parentheses and without type arguments. */
function calledFunction(expression: ast.Expr): ast.Expr {
  const fun = unparen(expression);
  return fun.kind === NodeKind.IndexExpr ? unparen(fun.x) : fun;
}

/** The arguments; those of `f(g())` with several results of g are its parts. */
export function pushArguments(low: Lowering, expression: ast.CallExpr, list: number[]): void {
  const only = expression.args.length === 1 ? expression.args[0]! : undefined;
  const type = only && unparen(only).kind === NodeKind.CallExpr ? low.info.typeOf(only) : undefined;
  if (!only || type?.kind !== TypeKind.Tuple) {
    for (const argument of expression.args) list.push(value(low, argument));
    return;
  }
  const tuple = value(low, only);
  type.vars.forEach((part, index) => list.push(low.builder.emit(Op.Extract, shapeOf(part.type), only.pos, only.end, tuple, index)));
}

function resultShape(low: Lowering, expression: ast.CallExpr): Shape {
  const core = coreOf(low.info.typeOf(expression));
  return core?.kind === TypeKind.Tuple ? Shape.Tuple : low.shape(expression);
}

/** Ends the block after a call that never returns. */
function endAfter(low: Lowering, role: Role): void {
  if (role === Role.Exits) low.builder.end(End.Exit);
  if (role !== Role.Unwinds) return;
  low.builder.emit(Op.RunDefers, Shape.Unknown, NONE, NONE);
  low.builder.end(End.Panic);
}
