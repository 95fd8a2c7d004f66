// if, switch, type switch and select.

import { End } from '../../model/function-body.ts';
import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { isNil, unparen } from '../expressions.ts';
import { ObjectKind } from '../types/objects.ts';
import type { Lowering } from './context.ts';
import { condition, value } from './expressions.ts';
import { store, targetOf } from './places.ts';
import { shapeOf } from './shapes.ts';
import { blockStatements, defineName, statement } from './statements.ts';

export function ifStatement(low: Lowering, node: ast.IfStmt): void {
  const { builder } = low;
  const join = builder.newBlock();
  // `else if` chains are as deep as they are long.
  let at: ast.IfStmt | undefined = node;
  while (at) {
    const current: ast.IfStmt = at;
    at = undefined;
    if (current.init) statement(low, current.init);
    const then = builder.newBlock();
    const otherwise = current.els ? builder.newBlock() : join;
    condition(low, current.cond, then, otherwise);
    builder.startBlock(then);
    blockStatements(low, current.body.list);
    if (builder.isOpen) builder.jump(join);
    if (!current.els) break;
    builder.startBlock(otherwise);
    if (current.els.kind === NodeKind.IfStmt) at = current.els;
    else statement(low, current.els);
  }
  builder.startBlock(join);
}

/** Lowers the clauses' bodies of a switch or select, in each of which break leaves it. */
function withBreak(low: Lowering, exit: number, work: () => void): void {
  const outer = { breakTo: low.breakTo, fallthroughTo: low.fallthroughTo };
  if (low.pendingLabel) low.pendingLabel.breakTo = exit;
  low.pendingLabel = undefined;
  low.breakTo = exit;
  work();
  low.breakTo = outer.breakTo;
  low.fallthroughTo = outer.fallthroughTo;
}

interface Clause {
  readonly node: ast.CaseClause;
  readonly block: number;
}

function clausesOf(low: Lowering, body: ast.BlockStmt): Clause[] {
  const clauses: Clause[] = [];
  for (const node of body.list) {
    if (node.kind === NodeKind.CaseClause) clauses.push({ node, block: low.builder.newBlock() });
  }
  return clauses;
}

/**
 * The clauses one after another: `test` goes to the clause's block if one of its cases matches and falls out to the next
 * test if none does. What no case matches goes to default, or on.
 */
function lowerClauses(low: Lowering, clauses: readonly Clause[], exit: number, test: (clause: Clause, next: number) => void, enter: (clause: Clause) => void): void {
  const { builder } = low;
  const fallback = clauses.find((clause) => clause.node.list === undefined);
  clauses.forEach((clause, index) => {
    const next = builder.newBlock();
    if (clause.node.list) test(clause, next);
    else builder.jump(next);
    builder.startBlock(clause.block);
    enter(clause);
    low.fallthroughTo = clauses[index + 1]?.block ?? NONE;
    blockStatements(low, clause.node.body);
    if (builder.isOpen) builder.jump(exit);
    builder.startBlock(next);
  });
  if (fallback) builder.jump(fallback.block);
  builder.startBlock(exit);
}

export function switchStatement(low: Lowering, node: ast.SwitchStmt): void {
  const { builder } = low;
  const exit = builder.newBlock();
  withBreak(low, exit, () => {
    if (node.init) statement(low, node.init);
    const tag = node.tag ? value(low, node.tag) : NONE;
    const test = (clause: Clause, next: number): void => {
      eachCase(low, clause, next, (expression, following) => {
        if (tag === NONE) return condition(low, expression, clause.block, following);
        const operand = value(low, expression);
        builder.branch(builder.emit(Op.Compute, Shape.Boolean, expression.pos, expression.end, tag, operand, Operator.Equal), clause.block, following);
      });
    };
    lowerClauses(low, clausesOf(low, node.body), exit, test, () => {});
  });
}

/** Tests the cases of a clause in order; the last one that does not match goes to `next`. */
function eachCase(low: Lowering, clause: Clause, next: number, test: (expression: ast.Expr, following: number) => void): void {
  const list = clause.node.list ?? [];
  if (list.length === 0) return low.builder.jump(next);
  list.forEach((expression, index) => {
    const following = index === list.length - 1 ? next : low.builder.newBlock();
    test(expression, following);
    if (index < list.length - 1) low.builder.startBlock(following);
  });
}

export function typeSwitchStatement(low: Lowering, node: ast.TypeSwitchStmt): void {
  const { builder } = low;
  const exit = builder.newBlock();
  withBreak(low, exit, () => {
    if (node.init) statement(low, node.init);
    const operand = switchedOperand(node.assign);
    const switched = operand ? value(low, operand) : low.opaque([], Shape.Unknown, node.assign);
    const test = (clause: Clause, next: number): void => {
      eachCase(low, clause, next, (type, following) => {
        const { pos, end } = type;
        const isNilCase = isNil(type, low.info);
        const zero = isNilCase ? builder.emit(Op.Zero, Shape.Interface, pos, end) : NONE;
        builder.branch(builder.emit(Op.Compute, Shape.Boolean, pos, end, switched, zero, isNilCase ? Operator.Equal : Operator.IsOfType), clause.block, following);
      });
    };
    lowerClauses(low, clausesOf(low, node.body), exit, test, (clause) => bindClauseVariable(low, node, clause, switched));
  });
}

/** The y of `x := y.(type)` or `y.(type)`. */
function switchedOperand(assign: ast.Stmt): ast.Expr | undefined {
  const expression = assign.kind === NodeKind.AssignStmt ? assign.rhs[0] : assign.kind === NodeKind.ExprStmt ? assign.x : undefined;
  const inner = expression && unparen(expression);
  return inner?.kind === NodeKind.TypeAssertExpr ? inner.x : undefined;
}

function bindClauseVariable(low: Lowering, node: ast.TypeSwitchStmt, clause: Clause, switched: number): void {
  if (node.assign.kind !== NodeKind.AssignStmt) return;
  const object = low.info.implicitObjectOf(clause.node);
  if (object?.kind !== ObjectKind.Variable) return;
  const { pos, end } = node.assign.lhs[0] ?? node.assign;
  const shape = shapeOf(object.type);
  const narrowed = low.builder.emit(Op.Narrow, shape, pos, end, switched);
  low.builder.write(low.builder.variablePlace(low.declare(object)), narrowed, shape, pos, end, Flag.Define);
}

interface Communication {
  readonly node: ast.CommClause;
  readonly block: number;
  readonly channel: number;
  /** The value of a send; NONE for a receive. */
  readonly sent: number;
}

/** The operands of all cases are evaluated first, in source order; then one case that can go on is chosen. */
export function selectStatement(low: Lowering, node: ast.SelectStmt): void {
  const { builder } = low;
  const exit = builder.newBlock();
  withBreak(low, exit, () => {
    const cases: Communication[] = [];
    for (const clause of node.body.list) {
      if (clause.kind === NodeKind.CommClause) cases.push(communication(low, clause));
    }
    const hasDefault = cases.some((each) => each.node.comm === undefined);
    if (cases.length === 0) builder.end(End.Stuck);
    else builder.end(End.Choose, hasDefault ? 1 : 0, cases.map((each) => each.block));
    low.fallthroughTo = NONE;
    for (const each of cases) {
      builder.startBlock(each.block);
      communicate(low, each);
      blockStatements(low, each.node.body);
      if (builder.isOpen) builder.jump(exit);
    }
    builder.startBlock(exit);
  });
}

function communication(low: Lowering, node: ast.CommClause): Communication {
  const block = low.builder.newBlock();
  const { comm } = node;
  if (comm?.kind === NodeKind.SendStmt) {
    const channel = value(low, comm.chan);
    return { node, block, channel, sent: value(low, comm.value) };
  }
  const receive = receiveOf(comm);
  return { node, block, channel: receive ? value(low, receive.x) : NONE, sent: NONE };
}

/** The `<-c` of a receiving case. */
function receiveOf(comm: ast.Stmt | undefined): ast.UnaryExpr | undefined {
  const expression = comm?.kind === NodeKind.ExprStmt ? comm.x : comm?.kind === NodeKind.AssignStmt ? comm.rhs[0] : undefined;
  const inner = expression && unparen(expression);
  return inner?.kind === NodeKind.UnaryExpr && inner.op === Token.ARROW ? inner : undefined;
}

function communicate(low: Lowering, { node, channel, sent }: Communication): void {
  const { comm } = node;
  if (!comm) return;
  const { builder } = low;
  if (comm.kind === NodeKind.SendStmt) {
    builder.emit(Op.Send, Shape.Unknown, comm.pos, comm.end, channel, sent, NONE, Flag.Chosen);
    return;
  }
  const receive = receiveOf(comm);
  if (!receive) {
    low.opaque([], Shape.Unknown, comm);
    return;
  }
  const shape = low.shape(receive);
  const names = comm.kind === NodeKind.AssignStmt ? comm.lhs : [];
  const commaOk = names.length === 2;
  const flags = Flag.Chosen | (commaOk ? Flag.CommaOk : 0);
  const received = builder.emit(Op.Receive, commaOk ? Shape.Tuple : shape, receive.pos, receive.end, channel, NONE, NONE, flags);
  names.forEach((name, index) => {
    const part = commaOk ? builder.emit(Op.Extract, index === 0 ? shape : Shape.Boolean, receive.pos, receive.end, received, index) : received;
    if (comm.kind === NodeKind.AssignStmt && comm.token === Token.DEFINE) defineName(low, name, part);
    else store(low, targetOf(low, name), part);
  });
}
