// Questions about Go expressions that many rules and fixes ask: what a call calls, whether two expressions mean the same
// place, whether evaluating one again is harmless.

import { NodeKind } from './syntax/ast.ts';
import { walk } from './syntax/walk.ts';
import type * as ast from './syntax/ast.ts';
import { Token } from './syntax/token.ts';
import { BuiltinId, ObjectKind } from './types/objects.ts';
import type { Func, Obj, Variable } from './types/objects.ts';
import type { TypeInfo } from './types/info.ts';
import { TypeKind } from './types/types.ts';
import { identical } from './types/predicates.ts';

/** The expression without parentheses around it. */
export function unparen(expression: ast.Expr): ast.Expr {
  let inner = expression;
  while (inner.kind === NodeKind.ParenExpr) inner = inner.x;
  return inner;
}

/** True for the blank identifier. */
export function isBlank(expression: ast.Expr): boolean {
  return expression.kind === NodeKind.Ident && expression.name === '_';
}

/** The variable an expression names (not a field), or undefined. */
export function variableNamed(expression: ast.Expr, info: TypeInfo): Variable | undefined {
  const inner = unparen(expression);
  if (inner.kind !== NodeKind.Ident) return undefined;
  const object = info.objectOf(inner);
  return object?.kind === ObjectKind.Variable ? object : undefined;
}

/**
 * The last name of what a call calls, as written: `Range` of `c.entries.Range(f)`. Asking for it costs nothing, while
 * asking what it means types the function around it; who looks for a function of that name asks this first.
 */
export function calledName(call: ast.CallExpr): string | undefined {
  let fun = unparen(call.fun);
  if (fun.kind === NodeKind.IndexExpr) fun = unparen(fun.x);
  if (fun.kind === NodeKind.SelectorExpr) return fun.sel.name;
  return fun.kind === NodeKind.Ident ? fun.name : undefined;
}

const builtinNames: ReadonlyMap<string, BuiltinId> = new Map([
  ['append', BuiltinId.Append],
  ['cap', BuiltinId.Cap],
  ['clear', BuiltinId.Clear],
  ['delete', BuiltinId.Delete],
  ['len', BuiltinId.Len],
  ['make', BuiltinId.Make],
]);

/** The predeclared function that rules ask about and that a call calls, or undefined. A shadowed name is not the predeclared one. */
export function builtinCalled(call: ast.Expr, info: TypeInfo): BuiltinId | undefined {
  if (call.kind !== NodeKind.CallExpr) return undefined;
  const fun = unparen(call.fun);
  const id = fun.kind === NodeKind.Ident ? builtinNames.get(fun.name) : undefined;
  if (id === undefined || fun.kind !== NodeKind.Ident) return undefined;
  return info.useOf(fun)?.kind === ObjectKind.Builtin ? id : undefined;
}

/** True if a call calls a function (see `isFunction`) by its own name. */
export function callsFunction(call: ast.CallExpr, packagePath: string, name: string, info: TypeInfo): boolean {
  return calledName(call) === name.slice(name.lastIndexOf('.') + 1) && isFunction(functionCalled(call, info), packagePath, name);
}

/** True if a predeclared function's name means that function at an offset of a file: nothing of that name hides it. */
export function builtinIsVisible(name: string, file: ast.File, offset: number, info: TypeInfo): boolean {
  return info.lookup(name, file, offset)?.kind === ObjectKind.Builtin;
}

/** True if the expression is `nil`, the predeclared one. */
export function isNil(expression: ast.Expr, info: TypeInfo): boolean {
  const inner = unparen(expression);
  return inner.kind === NodeKind.Ident && info.useOf(inner)?.kind === ObjectKind.Nil;
}

/** The function or method a call names directly, also through an instantiation; undefined for function values. */
export function functionCalled(call: ast.CallExpr, info: TypeInfo): Func | undefined {
  return functionNamed(call.fun, info);
}

/** The function or method an expression names, or undefined. */
export function functionNamed(expression: ast.Expr, info: TypeInfo): Func | undefined {
  let fun = unparen(expression);
  if (fun.kind === NodeKind.IndexExpr) fun = unparen(fun.x);
  let object: Obj | undefined;
  if (fun.kind === NodeKind.Ident) object = info.useOf(fun);
  else if (fun.kind === NodeKind.SelectorExpr) object = info.selectionOf(fun)?.object ?? info.useOf(fun.sel);
  return object?.kind === ObjectKind.Func ? object : undefined;
}

/**
 * True if a function is `name` of the package with that import path: `Clone` of `maps`, or for a method `Map.Range` of
 * `sync`, whatever pointers are around the receiver.
 */
export function isFunction(func: Func | undefined, packagePath: string, name: string): boolean {
  if (!func || func.packagePath !== packagePath) return false;
  const dot = name.indexOf('.');
  const receiver = receiverTypeName(func);
  if (dot < 0) return receiver === undefined && func.name === name;
  return func.name === name.slice(dot + 1) && receiver === name.slice(0, dot);
}

/** The name of the type a method is declared for; undefined for functions and methods of unnamed interfaces. */
export function receiverTypeName(func: Func): string | undefined {
  let receiver = func.signature?.recv?.type;
  if (receiver?.kind === TypeKind.Pointer) receiver = receiver.elem;
  return receiver?.kind === TypeKind.Named ? receiver.obj.name : undefined;
}

/** True if the call is a conversion `T(x)`. */
export function isConversion(call: ast.CallExpr, info: TypeInfo): boolean {
  return call.args.length === 1 && info.modeOf(call.fun) === 'type';
}

/** The expression without parentheses and without conversions to an identical or identically built type. */
export function unconverted(expression: ast.Expr, info: TypeInfo): ast.Expr {
  let inner = unparen(expression);
  while (inner.kind === NodeKind.CallExpr && isConversion(inner, info)) inner = unparen(inner.args[0]!);
  return inner;
}

/**
 * True if evaluating the expression has no effect and gives the same each time as long as nothing is assigned: names,
 * fields, dereferences, indices, type assertions, conversions, constants, operators. It may panic.
 */
export function isPure(expression: ast.Expr, info: TypeInfo): boolean {
  const inner = unparen(expression);
  switch (inner.kind) {
    case NodeKind.Ident:
    case NodeKind.BasicLit:
      return true;
    case NodeKind.SelectorExpr:
      return isPure(inner.x, info);
    case NodeKind.StarExpr:
      return isPure(inner.x, info);
    case NodeKind.IndexExpr:
      return isPure(inner.x, info) && inner.indices.every((index) => isPure(index, info));
    case NodeKind.TypeAssertExpr:
      return inner.type !== undefined && isPure(inner.x, info);
    case NodeKind.UnaryExpr:
      return inner.op !== Token.ARROW && isPure(inner.x, info);
    case NodeKind.BinaryExpr:
      return isPure(inner.x, info) && isPure(inner.y, info);
    case NodeKind.CallExpr: {
      if (isConversion(inner, info)) return isPure(inner.args[0]!, info);
      const builtin = builtinCalled(inner, info);
      return (builtin === BuiltinId.Len || builtin === BuiltinId.Cap) && inner.args.every((argument) => isPure(argument, info));
    }
    case NodeKind.ArrayType:
    case NodeKind.MapType:
    case NodeKind.StructType:
    case NodeKind.FuncType:
    case NodeKind.InterfaceType:
    case NodeKind.ChanType:
      return true;
    default:
      return false;
  }
}

/**
 * True if two pure expressions mean the same variable, field, element or value as long as nothing is assigned between
 * them. Differences of spelling (parentheses, conversions of the same value, `(*p).f` for `p.f`) do not count.
 */
export function sameExpression(a: ast.Expr, b: ast.Expr, info: TypeInfo): boolean {
  const x = unconverted(a, info);
  const y = unconverted(b, info);
  if (x.kind === NodeKind.SelectorExpr && y.kind === NodeKind.SelectorExpr) return sameSelector(x, y, info);
  if (x.kind === NodeKind.Ident && y.kind === NodeKind.Ident) {
    const object = info.objectOf(x);
    return object !== undefined && object === info.objectOf(y) && object.name !== '_';
  }
  const constant = info.constantOf(x);
  if (constant) {
    const other = info.constantOf(y);
    return other !== undefined && sameConstant(constant, other);
  }
  if (x.kind === NodeKind.StarExpr && y.kind === NodeKind.StarExpr) return sameExpression(x.x, y.x, info);
  if (x.kind === NodeKind.UnaryExpr && y.kind === NodeKind.UnaryExpr) {
    return x.op === y.op && x.op !== Token.ARROW && sameExpression(x.x, y.x, info);
  }
  if (x.kind === NodeKind.BinaryExpr && y.kind === NodeKind.BinaryExpr) {
    return x.op === y.op && sameExpression(x.x, y.x, info) && sameExpression(x.y, y.y, info);
  }
  if (x.kind === NodeKind.IndexExpr && y.kind === NodeKind.IndexExpr) {
    return (
      x.indices.length === y.indices.length &&
      sameExpression(x.x, y.x, info) &&
      x.indices.every((index, at) => sameExpression(index, y.indices[at]!, info))
    );
  }
  if (x.kind === NodeKind.TypeAssertExpr && y.kind === NodeKind.TypeAssertExpr) {
    if (!x.type || !y.type || !sameExpression(x.x, y.x, info)) return false;
    const type = info.typeOf(x.type);
    return type.kind !== TypeKind.Unknown && identical(type, info.typeOf(y.type));
  }
  return false;
}

function sameSelector(x: ast.SelectorExpr, y: ast.SelectorExpr, info: TypeInfo): boolean {
  const object = info.useOf(x.sel);
  if (!object || object !== info.useOf(y.sel)) return false;
  const selected = info.selectionOf(x);
  if (!selected) return object.isPackageLevel;
  return sameExpression(withoutDereference(x.x), withoutDereference(y.x), info);
}

/** The p of `(*p).f`, which is `p.f`. */
function withoutDereference(expression: ast.Expr): ast.Expr {
  const inner = unparen(expression);
  return inner.kind === NodeKind.StarExpr ? inner.x : inner;
}

function sameConstant(a: NonNullable<ReturnType<TypeInfo['constantOf']>>, b: NonNullable<ReturnType<TypeInfo['constantOf']>>): boolean {
  if (a.kind === 'string' && b.kind === 'string') return a.bytes === b.bytes;
  if (a.kind === 'int' && b.kind === 'int') return a.value === b.value;
  if (a.kind === 'bool' && b.kind === 'bool') return a.value === b.value;
  return false;
}

/** A name for a key that an expression does not use itself. */
export function freeName(operand: ast.Expr): string {
  const used = new Set<string>();
  walk(operand, (node) => {
    if (node.kind === NodeKind.Ident) used.add(node.name);
  });
  return ['k', 'key', 'mapKey'].find((name) => !used.has(name)) ?? 'k0';
}
