// Statements to operations and blocks.

import { End } from '../../model/function-body.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { unparen } from '../expressions.ts';
import { ObjectKind } from '../types/objects.ts';
import { TypeKind } from '../types/types.ts';
import { ifStatement, selectStatement, switchStatement, typeSwitchStatement } from './branches.ts';
import { call } from './calls.ts';
import type { LabelTargets, Lowering } from './context.ts';
import { operatorOf, value } from './expressions.ts';
import { forStatement, rangeStatement } from './loops.ts';
import { store, targetOf } from './places.ts';
import { shapeOf } from './shapes.ts';

export function blockStatements(low: Lowering, statements: readonly ast.Stmt[]): void {
  for (const each of statements) statement(low, each);
}

export function statement(low: Lowering, node: ast.Stmt): void {
  if (!low.enter()) {
    low.opaque([], Shape.Unknown, node);
    return;
  }
  lowerStatement(low, node);
  low.leave();
}

function lowerStatement(low: Lowering, node: ast.Stmt): void {
  switch (node.kind) {
    case NodeKind.BlockStmt:
      return blockStatements(low, node.list);
    case NodeKind.ExprStmt:
      value(low, node.x);
      return;
    case NodeKind.AssignStmt:
      return assignment(low, node);
    case NodeKind.IncDecStmt:
      return update(low, node.x, node.token, undefined, node);
    case NodeKind.DeclStmt:
      return declaration(low, node.decl);
    case NodeKind.ReturnStmt:
      return returnStatement(low, node);
    case NodeKind.IfStmt:
      return ifStatement(low, node);
    case NodeKind.ForStmt:
      return forStatement(low, node);
    case NodeKind.RangeStmt:
      return rangeStatement(low, node);
    case NodeKind.SwitchStmt:
      return switchStatement(low, node);
    case NodeKind.TypeSwitchStmt:
      return typeSwitchStatement(low, node);
    case NodeKind.SelectStmt:
      return selectStatement(low, node);
    case NodeKind.LabeledStmt:
      return labeled(low, node);
    case NodeKind.BranchStmt:
      return branch(low, node);
    case NodeKind.GoStmt:
      return postponed(low, node.call, Flag.Spawned);
    case NodeKind.DeferStmt:
      low.builder.hasDefers = true;
      return postponed(low, node.call, Flag.Deferred);
    case NodeKind.SendStmt: {
      const channel = value(low, node.chan);
      low.builder.emit(Op.Send, Shape.Unknown, node.pos, node.end, channel, value(low, node.value));
      return;
    }
    case NodeKind.EmptyStmt:
      return;
    default:
      low.opaque([], Shape.Unknown, node);
  }
}

function postponed(low: Lowering, expression: ast.Expr, mode: number): void {
  const inner = unparen(expression);
  if (inner.kind === NodeKind.CallExpr) call(low, inner, mode);
  else low.opaque([value(low, inner)], Shape.Unknown, expression);
}

// Assignments. ---------------------------------------------------------------------------------------------------------

function assignment(low: Lowering, node: ast.AssignStmt): void {
  if (node.token === Token.DEFINE) return define(low, node.lhs, node.rhs);
  if (node.token !== Token.ASSIGN) {
    const [target] = node.lhs;
    const [operand] = node.rhs;
    return target && operand ? update(low, target, node.token, operand, node) : undefined;
  }
  const targets = node.lhs.map((each) => targetOf(low, each));
  const values = valuesFor(low, node.rhs, targets.length);
  targets.forEach((target, index) => store(low, target, values[index] ?? NONE));
}

/** `x += y`, `x++`: reads and writes one place. */
function update(low: Lowering, expression: ast.Expr, token: Token, operand: ast.Expr | undefined, node: ast.Node): void {
  const target = targetOf(low, expression);
  const shape = low.shape(expression);
  const { builder } = low;
  const before = target.place === undefined ? low.opaque(target.holders, shape, expression) : builder.read(target.place, shape, expression.pos, expression.end);
  const by = operand ? value(low, operand) : low.constant(1, shape, node);
  store(low, target, builder.emit(Op.Compute, shape, node.pos, node.end, before, by, operatorOf(token)), Flag.Update);
}

/** The values of a list of expressions, or the parts of the one expression that gives them all. */
function valuesFor(low: Lowering, expressions: readonly ast.Expr[], count: number): number[] {
  const only = expressions.length === 1 && count > 1 ? expressions[0]! : undefined;
  if (!only) return expressions.map((each) => value(low, each));
  const tuple = value(low, only);
  const type = low.info.typeOf(only);
  const parts: number[] = [];
  for (let index = 0; index < count; index++) {
    parts.push(low.builder.emit(Op.Extract, partShape(low, only, type, index), only.pos, only.end, tuple, index));
  }
  return parts;
}

function partShape(low: Lowering, expression: ast.Expr, type: ReturnType<typeof low.info.typeOf>, index: number): Shape {
  if (type.kind === TypeKind.Tuple) {
    const part = type.vars[index];
    return part ? shapeOf(part.type) : Shape.Unknown;
  }
  return index === 0 ? low.shape(expression) : Shape.Boolean;
}

/** `a, b := …` declares what is new on the left and assigns to the rest. */
function define(low: Lowering, names: readonly ast.Expr[], expressions: readonly ast.Expr[]): void {
  const values = valuesFor(low, expressions, names.length);
  names.forEach((name, index) => defineName(low, name, values[index] ?? NONE));
}

/** Gives a name of a `:=` its value. */
export function defineName(low: Lowering, name: ast.Expr, given: number): void {
  if (name.kind !== NodeKind.Ident) return store(low, targetOf(low, name), given);
  if (name.name === '_') return;
  const object = low.info.definitionOf(name);
  if (object?.kind !== ObjectKind.Variable) return store(low, targetOf(low, name), given);
  low.builder.write(low.builder.variablePlace(low.declare(object)), given, shapeOf(object.type), name.pos, name.end, Flag.Define);
}

function declaration(low: Lowering, node: ast.GenDecl): void {
  if (node.token !== Token.VAR) return;
  for (const spec of node.specs) {
    if (spec.kind !== NodeKind.ValueSpec) continue;
    if (spec.values.length > 0) define(low, spec.names, spec.values);
    else for (const name of spec.names) defineZero(low, name);
  }
}

function defineZero(low: Lowering, name: ast.Ident): void {
  const object = low.info.definitionOf(name);
  if (object?.kind !== ObjectKind.Variable || name.name === '_') return;
  const shape = shapeOf(object.type);
  const zero = low.builder.emit(Op.Zero, shape, name.pos, name.end);
  low.builder.write(low.builder.variablePlace(low.declare(object)), zero, shape, name.pos, name.end, Flag.Define | Flag.Implicit);
}

// Leaving. -------------------------------------------------------------------------------------------------------------

function returnStatement(low: Lowering, node: ast.ReturnStmt): void {
  const { builder } = low;
  const named = builder.results.filter((variable) => builder.unit.variables[variable]!.name !== '');
  if (node.results.length === 0) return leave(low, readResults(low, named, node), node);
  const values = valuesFor(low, node.results, Math.max(builder.results.length, 1));
  if (named.length > 0) {
    builder.results.forEach((variable, index) => {
      const { shape, name } = builder.unit.variables[variable]!;
      if (name === '' || name === '_') return;
      builder.write(builder.variablePlace(variable), values[index] ?? NONE, shape, node.pos, node.end, Flag.Implicit);
    });
  }
  leave(low, values, node);
}

function readResults(low: Lowering, named: readonly number[], node: ast.Node): number[] {
  const { builder } = low;
  return named.map((variable) => builder.read(builder.variablePlace(variable), builder.unit.variables[variable]!.shape, node.pos, node.end));
}

function leave(low: Lowering, values: readonly number[], node: ast.Node): void {
  const { builder } = low;
  builder.emit(Op.Return, Shape.Unknown, node.pos, node.end, NONE, NONE, builder.list(values));
  builder.emit(Op.RunDefers, Shape.Unknown, node.end, node.end);
  builder.end(End.Return);
}

/** The end of a function without results is a return. */
export function endFunction(low: Lowering, body: ast.BlockStmt): void {
  if (!low.builder.isOpen) return;
  const end = Math.max(body.end - 1, body.pos);
  const { builder } = low;
  builder.emit(Op.Return, Shape.Unknown, end, body.end);
  builder.emit(Op.RunDefers, Shape.Unknown, body.end, body.end);
  builder.end(End.Return);
}

// Labels and jumps. ----------------------------------------------------------------------------------------------------

function label(low: Lowering, name: string): LabelTargets {
  low.labels ??= new Map();
  let targets = low.labels.get(name);
  if (!targets) low.labels.set(name, (targets = { start: low.builder.newBlock(), breakTo: NONE, continueTo: NONE }));
  return targets;
}

function labeled(low: Lowering, node: ast.LabeledStmt): void {
  const targets = label(low, node.label.name);
  low.builder.startBlock(targets.start);
  low.pendingLabel = targets;
  statement(low, node.stmt);
  low.pendingLabel = undefined;
}

function branch(low: Lowering, node: ast.BranchStmt): void {
  const target = branchTarget(low, node);
  if (target === NONE) low.opaque([], Shape.Unknown, node);
  else low.builder.jump(target);
}

function branchTarget(low: Lowering, node: ast.BranchStmt): number {
  switch (node.token) {
    case Token.BREAK:
      return node.label ? (low.labels?.get(node.label.name)?.breakTo ?? NONE) : low.breakTo;
    case Token.CONTINUE:
      return node.label ? (low.labels?.get(node.label.name)?.continueTo ?? NONE) : low.continueTo;
    case Token.GOTO:
      return node.label ? label(low, node.label.name).start : NONE;
    case Token.FALLTHROUGH:
      return low.fallthroughTo;
    default:
      return NONE;
  }
}

