// Statements, after go/types' stmt.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { assignOperand, assignVars, assignment, initVars, shortVarDecl } from './assignments.ts';
import type { Checker } from './checker.ts';
import { unparen } from '../syntax/receiver.ts';
import { convertUntyped } from './conversions.ts';
import { declStmt } from './declarations.ts';
import { binary, channelElement, comparison, expr, genericExpr, rawExpr, use } from './expressions.ts';
import type { ConstantValue } from './info.ts';
import { OperandMode } from './info.ts';
import { labelsOf } from './labels.ts';
import { ObjectKind, Variable, VariableKind } from './objects.ts';
import { Operand } from './operand.ts';
import { allBasic, comparable, hasNil, isInterface, isTypeParam } from './predicates.ts';
import { rangeStmt } from './range.ts';
import type { Scope } from './scope.ts';
import { varType } from './type-expressions.ts';
import { BasicInfo, unknownType } from './types.ts';
import type { Signature, Type } from './types.ts';
import { boolType } from './universe.ts';

/** Checks the body of a function in the scope of its parameters. */
export function funcBody(check: Checker, signature: Signature, scope: Scope, body: ast.BlockStmt, iota: ConstantValue | undefined): void {
  const { env } = check;
  check.env = { file: env.file, declaration: env.declaration, scope, iota, signature, hasCallOrReceive: false };
  stmtList(check, body.list);
  labelsOf(check, body);
  check.env = env;
}

function stmtList(check: Checker, list: readonly ast.Stmt[]): void {
  for (const each of list) stmt(check, each);
}

export function stmt(check: Checker, s: ast.Stmt): void {
  if (!check.enter()) return;
  const top = check.delayedCount;
  const { scope } = check.env;
  stmtByKind(check, s);
  // Function literals are checked in the scopes of the statement, which are still known to them.
  check.processDelayed(top);
  check.env.scope = scope;
  check.leave();
}

function stmtByKind(check: Checker, s: ast.Stmt): void {
  switch (s.kind) {
    case NodeKind.DeclStmt:
      declStmt(check, s.decl);
      return;
    case NodeKind.LabeledStmt:
      stmt(check, s.stmt);
      return;
    case NodeKind.ExprStmt:
      rawExpr(check, undefined, new Operand(), s.x, undefined, false);
      return;
    case NodeKind.SendStmt:
      sendStmt(check, s);
      return;
    case NodeKind.IncDecStmt:
      incDecStmt(check, s);
      return;
    case NodeKind.AssignStmt:
      assignStmt(check, s);
      return;
    case NodeKind.GoStmt:
    case NodeKind.DeferStmt:
      rawExpr(check, undefined, new Operand(), s.call, undefined, false);
      return;
    case NodeKind.ReturnStmt:
      returnStmt(check, s);
      return;
    case NodeKind.BlockStmt:
      check.openScope(s.pos, s.end);
      stmtList(check, s.list);
      check.closeScope();
      return;
    case NodeKind.IfStmt:
      check.openScope(s.pos, s.end);
      if (s.init) stmt(check, s.init);
      expr(check, undefined, new Operand(), s.cond);
      stmt(check, s.body);
      if (s.els) stmt(check, s.els);
      check.closeScope();
      return;
    case NodeKind.SwitchStmt:
      switchStmt(check, s);
      return;
    case NodeKind.TypeSwitchStmt:
      typeSwitchStmt(check, s);
      return;
    case NodeKind.SelectStmt:
      selectStmt(check, s);
      return;
    case NodeKind.ForStmt:
      check.openScope(s.pos, s.end);
      if (s.init) stmt(check, s.init);
      if (s.cond) expr(check, undefined, new Operand(), s.cond);
      if (s.post) stmt(check, s.post);
      stmt(check, s.body);
      check.closeScope();
      return;
    case NodeKind.RangeStmt:
      rangeStmt(check, s);
      return;
    case NodeKind.CaseClause:
      // Outside a switch: half-typed code.
      use(check, ...(s.list ?? []));
      stmtList(check, s.body);
      return;
    case NodeKind.CommClause:
      if (s.comm) stmt(check, s.comm);
      stmtList(check, s.body);
      return;
    default:
  }
}

function sendStmt(check: Checker, s: ast.SendStmt): void {
  const channel = new Operand();
  const value = new Operand();
  expr(check, undefined, channel, s.chan);
  genericExpr(check, value, s.value);
  if (channel.mode === OperandMode.Invalid || value.mode === OperandMode.Invalid) return;
  const elem = channelElement(channel.type, false);
  if (elem) assignment(check, value, elem);
}

function incDecStmt(check: Checker, s: ast.IncDecStmt): void {
  const x = new Operand();
  expr(check, undefined, x, s.x);
  if (x.mode === OperandMode.Invalid || !allBasic(x.type, BasicInfo.Numeric)) return;
  binary(check, x, undefined, s.x, undefined, s.token === Token.INC ? Token.ADD : Token.SUB);
  if ((x.mode as OperandMode) !== OperandMode.Invalid) assignOperand(check, s.x, x);
}

function assignStmt(check: Checker, s: ast.AssignStmt): void {
  if (s.token === Token.DEFINE) {
    shortVarDecl(check, s.lhs, s.rhs, s.end);
    return;
  }
  if (s.token === Token.ASSIGN) {
    assignVars(check, s.lhs, s.rhs);
    return;
  }
  const [lhs] = s.lhs;
  const [rhs] = s.rhs;
  if (s.lhs.length !== 1 || s.rhs.length !== 1 || !lhs || !rhs || s.token < Token.ADD_ASSIGN || s.token > Token.AND_NOT_ASSIGN) {
    use(check, ...s.lhs, ...s.rhs);
    return;
  }
  const x = new Operand();
  binary(check, x, undefined, lhs, rhs, s.token - Token.ADD_ASSIGN + Token.ADD);
  if (x.mode !== OperandMode.Invalid) assignOperand(check, lhs, x);
}

function returnStmt(check: Checker, s: ast.ReturnStmt): void {
  const results = check.env.signature?.results.vars ?? [];
  if (s.results.length === 0) return;
  if (results.length > 0) initVars(check, results, s.results, true);
  else use(check, ...s.results);
}

function switchStmt(check: Checker, s: ast.SwitchStmt): void {
  check.openScope(s.pos, s.end);
  if (s.init) stmt(check, s.init);
  const x = new Operand();
  if (s.tag) {
    expr(check, undefined, x, s.tag);
    assignment(check, x, undefined);
    if (x.mode !== OperandMode.Invalid && !comparable(x.type) && !hasNil(x.type)) x.invalidate();
  } else {
    x.mode = OperandMode.Constant;
    x.type = boolType;
    x.value = { kind: 'bool', value: true };
  }
  for (const clause of s.body.list) {
    if (clause.kind !== NodeKind.CaseClause) {
      stmt(check, clause);
      continue;
    }
    for (const value of clause.list ?? []) caseValue(check, x, value);
    check.openScope(clause.pos, clause.end);
    stmtList(check, clause.body);
    check.closeScope();
  }
  check.closeScope();
}

function caseValue(check: Checker, x: Operand, e: ast.Expr): void {
  const v = new Operand();
  expr(check, undefined, v, e);
  if (x.mode === OperandMode.Invalid || v.mode === OperandMode.Invalid) return;
  convertUntyped(check, v, x.type);
  if ((v.mode as OperandMode) === OperandMode.Invalid) return;
  const copy = new Operand();
  copy.assign(x);
  comparison(check, v, copy, Token.EQL);
}

function typeSwitchStmt(check: Checker, s: ast.TypeSwitchStmt): void {
  check.openScope(s.pos, s.end);
  if (s.init) stmt(check, s.init);
  const { lhs, guard } = typeSwitchGuard(s.assign);
  // The variable is declared in each clause, not here.
  if (lhs) check.recordObject(lhs, undefined);
  const x = new Operand();
  if (guard) expr(check, undefined, x, guard.x);
  const isSwitchable = x.mode !== OperandMode.Invalid && !isTypeParam(x.type) && isInterface(x.type);
  const switched = isSwitchable ? x.type : undefined;
  for (const clause of s.body.list) {
    if (clause.kind !== NodeKind.CaseClause) {
      stmt(check, clause);
      continue;
    }
    const type = caseTypes(check, switched, clause.list ?? []);
    check.openScope(clause.pos, clause.end);
    if (lhs) {
      const variable = new Variable(VariableKind.Local, lhs.name, check.package, lhs, type);
      check.declare(check.env.scope, undefined, variable, clause.pos);
      check.recordImplicit(clause, variable);
    }
    stmtList(check, clause.body);
    check.closeScope();
  }
  check.closeScope();
}

interface TypeSwitchGuard {
  /** The x of `x := y.(type)`, unless it is blank. */
  readonly lhs: ast.Ident | undefined;
  readonly guard: ast.TypeAssertExpr | undefined;
}

function typeSwitchGuard(s: ast.Stmt): TypeSwitchGuard {
  let lhs: ast.Ident | undefined;
  let guard: ast.Expr | undefined;
  if (s.kind === NodeKind.ExprStmt) guard = s.x;
  if (s.kind === NodeKind.AssignStmt && s.token === Token.DEFINE && s.lhs.length === 1 && s.rhs.length === 1) {
    const [left] = s.lhs;
    [guard] = s.rhs;
    if (left?.kind === NodeKind.Ident && left.name !== '_') lhs = left;
  }
  return { lhs, guard: guard?.kind === NodeKind.TypeAssertExpr && !guard.type ? guard : undefined };
}

/** The type of the variable in a clause: that of the only case, or else what is switched on. */
function caseTypes(check: Checker, switched: Type | undefined, list: readonly ast.Expr[]): Type {
  let type: Type | undefined;
  for (const e of list) {
    if (isNil(check, e)) {
      type = undefined;
      expr(check, undefined, new Operand(), e);
      continue;
    }
    type = varType(check, e);
  }
  if (list.length === 1 && type) return type;
  return switched ?? unknownType;
}

function isNil(check: Checker, e: ast.Expr): boolean {
  const inner = unparen(e);
  return inner.kind === NodeKind.Ident && check.lookup(inner.name)?.kind === ObjectKind.Nil;
}

function selectStmt(check: Checker, s: ast.SelectStmt): void {
  for (const clause of s.body.list) {
    if (clause.kind !== NodeKind.CommClause) {
      stmt(check, clause);
      continue;
    }
    check.openScope(clause.pos, clause.end);
    if (clause.comm) stmt(check, clause.comm);
    stmtList(check, clause.body);
    check.closeScope();
  }
}

