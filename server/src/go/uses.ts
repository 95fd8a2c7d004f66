// Where a name is used.

import type * as ast from './syntax/ast.ts';
import { NodeKind } from './syntax/ast.ts';
import { walk } from './syntax/walk.ts';
import { Token } from './syntax/token.ts';
import { variableNamed } from './expressions.ts';
import type { Obj, Variable } from './types/objects.ts';
import type { TypeInfo } from './types/info.ts';

/** The identifiers inside a node that refer to an object, in source order; its declaration is not among them. */
export function usesOf(object: Obj, within: ast.Node, info: TypeInfo): readonly ast.Ident[] {
  const found: ast.Ident[] = [];
  walk(within, (node) => {
    if (node.kind === NodeKind.Ident && node.name === object.name && info.useOf(node) === object) found.push(node);
    return true;
  });
  return found;
}

/**
 * The expression a local variable gets where it is declared (`v := x`, `var v = x`), or undefined: parameters, range
 * variables, results of calls with several values, declarations without a value.
 */
export function initialValueOf(variable: Variable, within: ast.Node, info: TypeInfo): ast.Expr | undefined {
  let value: ast.Expr | undefined;
  walk(within, (node) => {
    if (value || !variable.ident || node.end < variable.ident.pos || node.pos > variable.ident.pos) return false;
    if (node.kind === NodeKind.AssignStmt && node.token === Token.DEFINE) value = valueFor(variable, node.lhs, node.rhs, info);
    if (node.kind === NodeKind.ValueSpec) value = valueFor(variable, node.names, node.values, info);
    return true;
  });
  return value;
}

function valueFor(variable: Variable, names: readonly ast.Expr[], values: readonly ast.Expr[], info: TypeInfo): ast.Expr | undefined {
  if (names.length !== values.length) return undefined;
  const at = names.findIndex((name) => name.kind === NodeKind.Ident && info.definitionOf(name) === variable);
  return values[at];
}

/** True if nothing but its declaration gives a local variable a value: never assigned again, never addressed. */
export function isNeverReassigned(variable: Variable, within: ast.Node, info: TypeInfo): boolean {
  let changed = false;
  const isIt = (expression: ast.Expr): boolean => variableNamed(expression, info) === variable;
  walk(within, (node) => {
    if (node.kind === NodeKind.AssignStmt) changed ||= node.lhs.some((target) => isIt(target) && !declares(target, variable, info));
    else if (node.kind === NodeKind.IncDecStmt) changed ||= isIt(node.x);
    else if (node.kind === NodeKind.RangeStmt && node.token === Token.ASSIGN) changed ||= [node.key, node.value].some((target) => target && isIt(target));
    else if (node.kind === NodeKind.UnaryExpr && node.op === Token.AND) changed ||= isIt(node.x);
    return !changed;
  });
  return !changed;
}

function declares(target: ast.Expr, variable: Variable, info: TypeInfo): boolean {
  return target.kind === NodeKind.Ident && info.definitionOf(target) === variable;
}
