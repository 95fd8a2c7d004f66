// Statements and blocks.

import { exact } from '../../text/exact.ts';
import {
  AssignStmt,
  BadExpr,
  BadStmt,
  BlockStmt,
  BranchStmt,
  CaseClause,
  CommClause,
  DeclStmt,
  DeferStmt,
  EmptyStmt,
  ExprStmt,
  ForStmt,
  GoStmt,
  IfStmt,
  IncDecStmt,
  LabeledStmt,
  NodeKind,
  RangeStmt,
  ReturnStmt,
  SelectStmt,
  SendStmt,
  SwitchStmt,
  TypeSwitchStmt,
} from './ast.ts';
import type { Expr, Stmt } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseGenDecl } from './parse-declarations.ts';
import { parseExpr, parseExprList } from './parse-expressions.ts';
import { Token } from './token.ts';

/** In recovery: whether the body of a function starts on the next line, its brace missing. */
export function isFuncBodyNext(p: Cursor, indent: number): boolean {
  return p.recovering && atLineEnd(p) && isInnerLine(p, indent);
}

/** The body of a function, whose line is indented by `indent`. */
export function parseFuncBody(p: Cursor, indent: number): BlockStmt {
  const { exprLevel } = p;
  // A header that contains the function does not govern what is inside its braces.
  p.exprLevel = 0;
  const body = parseBlock(p, indent);
  p.exprLevel = exprLevel;
  return body;
}

/** A block; `indent` is the indentation of the line its statement starts on. */
function parseBlock(p: Cursor, indent: number): BlockStmt {
  const pos = openBlock(p, indent, BlockKind.Plain);
  if (pos === undefined) return new BlockStmt(p.previousEnd, p.previousEnd, []);
  const list = parseStmtList(p, indent, BlockKind.Plain);
  closeBlock(p, indent);
  return new BlockStmt(pos, p.previousEnd, list);
}

/**
 * Passes the opening brace and returns where it stands. In recovery it may be missing, if the next line looks like a line of the block, or stand
 * further on in the line. Undefined if there is no block.
 */
function openBlock(p: Cursor, indent: number, kind: BlockKind): number | undefined {
  const { pos } = p;
  if (p.got(Token.LBRACE)) return pos;
  p.expected('{');
  if (!p.recovering) return undefined;
  while (!p.first && !p.at(Token.EOF) && !p.at(Token.RBRACE) && !p.at(Token.LBRACE) && !atLineEnd(p)) p.next();
  if (p.at(Token.LBRACE) && !p.first) {
    const brace = p.pos;
    p.next();
    return brace;
  }
  // The header ended in the middle, so that no semicolon was inserted.
  if (p.first) return isBlockToken(p, indent, kind) ? p.previousEnd : undefined;
  if (!atLineEnd(p) || !(kind === BlockKind.Plain ? isInnerLine(p, indent) : isClauseLine(p, indent))) return undefined;
  const missing = p.previousEnd;
  p.next();
  return missing;
}

function isBlockToken(p: Cursor, indent: number, kind: BlockKind): boolean {
  if (kind === BlockKind.Plain) return p.indent > indent;
  return p.indent >= indent && (p.at(Token.CASE) || p.at(Token.DEFAULT));
}

function atLineEnd(p: Cursor): boolean {
  return p.at(Token.SEMICOLON) && p.scanner.automatic;
}

function closeBlock(p: Cursor, indent: number): void {
  // A brace further left closes what is around this block, whose own brace is missing.
  if (p.recovering && p.first && p.indent < indent) p.expected('}');
  else p.expect(Token.RBRACE, '}');
}

const enum BlockKind {
  Plain,
  Clause,
}

function parseStmtList(p: Cursor, indent: number, kind: BlockKind): readonly Stmt[] {
  const list: Stmt[] = [];
  const { floor, itemPos } = p;
  while (!endsStmtList(p, indent, kind)) {
    if (p.recovering && isStray(p, indent, kind)) {
      list.push(skipStrayLine(p));
      continue;
    }
    if (p.recovering && p.first) p.beginItem();
    const before = p.count;
    list.push(parseStmt(p));
    p.semicolon();
    if (p.count === before) list.push(skipToken(p));
  }
  p.floor = floor;
  p.itemPos = itemPos;
  return exact(list);
}

/** Whether the current token is behind the statements of a block or clause. */
function endsStmtList(p: Cursor, indent: number, kind: BlockKind): boolean {
  const { token } = p;
  if (token === Token.EOF) return true;
  if (p.recovering) {
    // A `}` or case further right than the block belongs to something whose start was lost.
    if (isStray(p, indent, kind)) return false;
    // Only a label may stand as far left as the line that opened the block.
    if (p.first && (p.indent < indent || (p.indent === indent && !isLabel(p)))) return true;
  }
  return token === Token.RBRACE || token === Token.CASE || token === Token.DEFAULT;
}

/** In recovery: whether the current token closes or continues something that is not open here. */
function isStray(p: Cursor, indent: number, kind: BlockKind): boolean {
  if (p.at(Token.RBRACE)) return p.first && p.indent > indent;
  if (p.at(Token.CASE) || p.at(Token.DEFAULT)) return p.first ? p.indent > indent : kind === BlockKind.Plain;
  return false;
}

/** Whether the name at the current token is a label, which `gofmt` puts one step to the left. */
function isLabel(p: Cursor): boolean {
  if (!p.at(Token.IDENT)) return false;
  const colon = p.scanner.afterBlanks(p.end);
  p.scanner.reach = Math.max(p.scanner.reach, colon + 2);
  return p.text.startsWith(':', colon) && !p.text.startsWith(':=', colon);
}

function skipStrayLine(p: Cursor): BadStmt {
  const { pos } = p;
  p.report(pos, 'unexpected token');
  do p.next();
  while (!p.at(Token.EOF) && !p.first);
  return new BadStmt(pos, p.previousEnd);
}

function skipToken(p: Cursor): BadStmt {
  const { pos } = p;
  p.next();
  return new BadStmt(pos, p.previousEnd);
}

function parseStmt(p: Cursor): Stmt {
  const { pos } = p;
  const stmt = p.enter() ? parseStmtAt(p) : new BadStmt(pos, Math.max(pos, p.previousEnd));
  p.leave();
  return stmt;
}

/** A statement without its semicolon. */
function parseStmtAt(p: Cursor): Stmt {
  const { pos } = p;
  switch (p.token) {
    case Token.CONST:
    case Token.TYPE:
    case Token.VAR: {
      const decl = parseGenDecl(p);
      return new DeclStmt(pos, p.previousEnd, decl);
    }
    case Token.SEMICOLON:
      return new EmptyStmt(pos, p.end);
    case Token.LBRACE:
      return parseBlock(p, p.indent);
    case Token.IF:
      return parseIf(p, p.indent);
    case Token.FOR:
      return parseFor(p);
    case Token.SWITCH:
      return parseSwitch(p);
    case Token.SELECT:
      return parseSelect(p);
    case Token.GO: {
      p.next();
      const call = parseCallOf(p, 'go');
      return new GoStmt(pos, p.previousEnd, call);
    }
    case Token.DEFER: {
      p.next();
      const call = parseCallOf(p, 'defer');
      return new DeferStmt(pos, p.previousEnd, call);
    }
    case Token.RETURN: {
      p.next();
      const isBare = p.at(Token.SEMICOLON) || p.at(Token.RBRACE) || (p.recovering && p.first);
      const results = isBare ? [] : parseExprList(p);
      return new ReturnStmt(pos, p.previousEnd, results);
    }
    case Token.BREAK:
    case Token.CONTINUE:
    case Token.GOTO:
    case Token.FALLTHROUGH:
      return parseBranch(p);
    case Token.TILDE:
      p.expected('statement');
  }
  return parseSimple(p, SimpleMode.Statement);
}

/** The operand of go or defer, which must be a call. */
function parseCallOf(p: Cursor, keyword: string): Expr {
  const x = parseExpr(p);
  if (x.kind === NodeKind.ParenExpr) p.report(x.pos, `expression in ${keyword} must not be parenthesized`);
  else if (x.kind !== NodeKind.CallExpr && x.kind !== NodeKind.BadExpr) p.report(x.end, `expression in ${keyword} must be function call`);
  return x;
}

function parseBranch(p: Cursor): BranchStmt {
  const { pos, token } = p;
  p.next();
  const takesLabel = token === Token.GOTO || (token !== Token.FALLTHROUGH && p.at(Token.IDENT) && !p.dedented());
  const label = takesLabel ? p.ident() : undefined;
  return new BranchStmt(pos, p.previousEnd, token, label);
}

const enum SimpleMode {
  /** In the header of if, for, switch. */
  Header,
  /** Where a label may stand. */
  Statement,
}

function parseSimple(p: Cursor, mode: SimpleMode): Stmt {
  return parseSimpleFrom(p, mode, parseOperands(p, mode));
}

/** The expressions behind a keyword or assignment. In recovery, those of a header do not start on the next line, which belongs to its block. */
function parseOperands(p: Cursor, mode: SimpleMode): readonly Expr[] {
  return isOperandMissing(p, mode) ? [p.missing('expression')] : parseExprList(p);
}

function isOperandMissing(p: Cursor, mode: SimpleMode): boolean {
  return mode === SimpleMode.Header && p.recovering && p.first;
}

function isAssignment(token: Token): boolean {
  return token === Token.DEFINE || token === Token.ASSIGN || (token >= Token.ADD_ASSIGN && token <= Token.AND_NOT_ASSIGN);
}

/** A simple statement after its first expressions. */
function parseSimpleFrom(p: Cursor, mode: SimpleMode, lhs: readonly Expr[]): Stmt {
  const x = lhs[0]!;
  const tokenPos = p.pos;
  const { token } = p;
  if (isAssignment(token)) {
    p.next();
    const rhs = parseOperands(p, mode);
    return new AssignStmt(x.pos, p.previousEnd, lhs, token, rhs, tokenPos);
  }
  if (lhs.length > 1) {
    p.expected(':= or =');
    // The names are kept as what they look like: an assignment of which the right side is missing yet.
    return new AssignStmt(x.pos, p.previousEnd, lhs, Token.ASSIGN, [p.empty()], p.previousEnd);
  }
  switch (token) {
    case Token.COLON:
      if (mode === SimpleMode.Statement && x.kind === NodeKind.Ident) {
        p.next();
        const stmt = parseLabeled(p);
        return new LabeledStmt(x.pos, Math.max(stmt.end, p.previousEnd), x, stmt);
      }
      break;
    case Token.ARROW: {
      p.next();
      const value = parseExpr(p);
      return new SendStmt(x.pos, p.previousEnd, x, value, tokenPos);
    }
    case Token.INC:
    case Token.DEC:
      p.next();
      return new IncDecStmt(x.pos, p.previousEnd, x, token);
  }
  return new ExprStmt(x.pos, p.previousEnd, x);
}

/** The statement behind `label:`. Before a closing brace it is empty. */
function parseLabeled(p: Cursor): Stmt {
  if (p.at(Token.RBRACE)) {
    // In recovery the brace may turn out to close something further out.
    const at = p.recovering ? p.previousEnd : p.pos;
    return new EmptyStmt(at, at);
  }
  if (p.recovering && p.first) p.beginItem();
  return parseStmt(p);
}

// if, for, switch, select

/** The expression that a header's statement must be. Any other statement is reported; undefined for it. */
function asExpr(p: Cursor, stmt: Stmt): Expr | undefined {
  if (stmt.kind === NodeKind.ExprStmt) return stmt.x;
  p.report(stmt.pos, 'expected expression, found simple statement');
  return undefined;
}

/** In recovery a header does not reach over a line break. */
function atHeaderSemicolon(p: Cursor): boolean {
  return p.at(Token.SEMICOLON) && !(p.recovering && atLineEnd(p));
}

/** `indent` is that of the line the statement starts on, with all its else-ifs. */
function parseIf(p: Cursor, indent: number): IfStmt {
  const links: IfLink[] = [];
  let levels = 0;
  let els: Stmt | undefined;
  for (;;) {
    links.push(parseIfLink(p, indent));
    if (!p.at(Token.ELSE) || (p.recovering && p.first && p.indent < indent)) break;
    p.next();
    if (!p.at(Token.IF)) {
      els = parseElse(p, indent);
      break;
    }
    levels++;
    if (!p.chain()) break;
  }
  p.unchain(levels);
  const end = p.previousEnd;
  const [first, ...rest] = links;
  for (const { pos, init, cond, body } of rest.reverse()) els = new IfStmt(pos, end, init, cond, body, els);
  return new IfStmt(first!.pos, end, first!.init, first!.cond, first!.body, els);
}

interface IfLink {
  readonly pos: number;
  readonly init: Stmt | undefined;
  readonly cond: Expr;
  readonly body: BlockStmt;
}

/** An `if` without its else. */
function parseIfLink(p: Cursor, indent: number): IfLink {
  const { pos } = p;
  p.next();
  const { init, cond } = parseIfHeader(p);
  return { pos, init, cond, body: parseBlock(p, indent) };
}

/** What follows `else` where no `if` does. */
function parseElse(p: Cursor, indent: number): Stmt {
  if (p.at(Token.LBRACE)) return parseBlock(p, indent);
  p.expected('if or {');
  return new BadStmt(p.previousEnd, p.previousEnd);
}

function parseIfHeader(p: Cursor): { readonly init: Stmt | undefined; readonly cond: Expr } {
  const { exprLevel } = p;
  p.exprLevel = -1;
  if (p.at(Token.VAR)) {
    p.report(p.pos, 'var declaration not allowed in if initializer');
    p.next();
  }
  let init: Stmt | undefined;
  let cond: Expr | undefined;
  if (p.at(Token.LBRACE)) cond = p.missing('condition');
  else {
    const first = p.at(Token.SEMICOLON) ? undefined : parseSimple(p, SimpleMode.Header);
    if (atHeaderSemicolon(p)) {
      p.next();
      init = first;
      cond = p.at(Token.LBRACE) ? p.missing('condition') : asExpr(p, parseSimple(p, SimpleMode.Header));
    } else if (first) {
      cond = asExpr(p, first);
      if (!cond) init = first;
    } else cond = p.missing('condition');
  }
  p.exprLevel = exprLevel;
  return { init, cond: cond ?? p.empty() };
}

function parseFor(p: Cursor): Stmt {
  const { pos, indent, exprLevel } = p;
  p.next();
  p.exprLevel = -1;
  const header = parseForHeader(p);
  p.exprLevel = exprLevel;
  const body = parseBlock(p, indent);
  const end = p.previousEnd;
  if (header.range === undefined) return new ForStmt(pos, end, header.init, header.cond, header.post, body);
  const [key, value, ...more] = header.lhs;
  if (more[0]) p.report(more[0].pos, 'range clause permits at most two iteration variables');
  return new RangeStmt(pos, end, key, value, header.token, header.x, body, header.tokenPos, header.range);
}

interface ForClause {
  readonly range: undefined;
  readonly init: Stmt | undefined;
  readonly cond: Expr | undefined;
  readonly post: Stmt | undefined;
}

/** `range` is where the word stands; `tokenPos` is undefined where `lhs` is empty. */
interface RangeClause {
  readonly range: number;
  readonly lhs: readonly Expr[];
  readonly token: Token;
  readonly tokenPos: number | undefined;
  readonly x: Expr;
}

function parseForHeader(p: Cursor): ForClause | RangeClause {
  if (p.at(Token.RANGE)) return parseRangeClause(p, [], Token.ILLEGAL, undefined);
  if (p.at(Token.LBRACE)) return { range: undefined, init: undefined, cond: undefined, post: undefined };
  if (p.at(Token.SEMICOLON)) return parseForClause(p, undefined);
  const lhs = parseOperands(p, SimpleMode.Header);
  const { token, pos } = p;
  if (token !== Token.DEFINE && token !== Token.ASSIGN) return parseForClause(p, parseSimpleFrom(p, SimpleMode.Header, lhs));
  p.next();
  if (p.at(Token.RANGE)) return parseRangeClause(p, lhs, token, pos);
  const rhs = parseOperands(p, SimpleMode.Header);
  return parseForClause(p, new AssignStmt(lhs[0]!.pos, p.previousEnd, lhs, token, rhs, pos));
}

/** At `range`. */
function parseRangeClause(p: Cursor, lhs: readonly Expr[], token: Token, tokenPos: number | undefined): RangeClause {
  const range = p.pos;
  p.next();
  const x = isOperandMissing(p, SimpleMode.Header) ? p.missing('expression') : parseExpr(p);
  return { range, lhs, token, tokenPos, x };
}

/** A condition alone or a clause of three parts, after its first statement. */
function parseForClause(p: Cursor, first: Stmt | undefined): ForClause {
  if (!atHeaderSemicolon(p)) {
    const cond = first && asExpr(p, first);
    // A lone statement that is no condition is kept as the start of a clause being typed.
    return { range: undefined, init: cond ? undefined : first, cond, post: undefined };
  }
  p.next();
  let cond: Expr | undefined;
  if (p.at(Token.LBRACE)) p.expected('for loop condition');
  else if (!p.at(Token.SEMICOLON)) {
    const second = parseSimple(p, SimpleMode.Header);
    cond = asExpr(p, second) ?? new BadExpr(second.pos, second.end);
  }
  let post: Stmt | undefined;
  if (atHeaderSemicolon(p)) {
    p.next();
    if (!p.at(Token.LBRACE)) post = parseSimple(p, SimpleMode.Header);
  } else p.expected('; in for clause');
  return { range: undefined, init: first, cond, post };
}

function parseSwitch(p: Cursor): Stmt {
  const { pos, indent, exprLevel } = p;
  p.next();
  p.exprLevel = -1;
  let init: Stmt | undefined;
  let tag: Stmt | undefined;
  if (!p.at(Token.LBRACE)) {
    if (!p.at(Token.SEMICOLON)) tag = parseSimple(p, SimpleMode.Header);
    if (atHeaderSemicolon(p)) {
      p.next();
      init = tag;
      tag = p.at(Token.LBRACE) ? undefined : parseSimple(p, SimpleMode.Header);
    }
  }
  p.exprLevel = exprLevel;
  if (tag && isTypeSwitchGuard(p, tag)) {
    const body = parseClauses(p, indent, parseCaseClause);
    return new TypeSwitchStmt(pos, p.previousEnd, init, tag, body);
  }
  let x = tag && asExpr(p, tag);
  if (tag && !x) {
    if (init) x = new BadExpr(tag.pos, tag.end);
    else init = tag;
  }
  const body = parseClauses(p, indent, parseCaseClause);
  return new SwitchStmt(pos, p.previousEnd, init, x, body);
}

/** `x.(type)` or `v := x.(type)`. */
function isTypeSwitchGuard(p: Cursor, stmt: Stmt): boolean {
  if (stmt.kind === NodeKind.ExprStmt) return isTypeSwitchAssertion(stmt.x);
  if (stmt.kind !== NodeKind.AssignStmt || stmt.lhs.length !== 1 || stmt.rhs.length !== 1) return false;
  if (stmt.token !== Token.DEFINE && stmt.token !== Token.ASSIGN) return false;
  if (!isTypeSwitchAssertion(stmt.rhs[0]!)) return false;
  if (stmt.token === Token.ASSIGN) p.report(stmt.tokenPos, "expected :=, found '='");
  return true;
}

function isTypeSwitchAssertion(x: Expr): boolean {
  return x.kind === NodeKind.TypeAssertExpr && x.type === undefined;
}

function parseSelect(p: Cursor): SelectStmt {
  const { pos, indent } = p;
  p.next();
  const body = parseClauses(p, indent, parseCommClause);
  return new SelectStmt(pos, p.previousEnd, body);
}

/** The clauses of a switch or select. `indent` is that of the line the statement starts on. */
function parseClauses(p: Cursor, indent: number, parseClause: (p: Cursor) => Stmt): BlockStmt {
  const { floor, itemPos } = p;
  const pos = openBlock(p, indent, BlockKind.Clause);
  if (pos === undefined) return new BlockStmt(p.previousEnd, p.previousEnd, []);
  const list: Stmt[] = [];
  while (!p.at(Token.EOF)) {
    if (p.recovering && p.first && p.indent < indent) break;
    if (p.at(Token.CASE) || p.at(Token.DEFAULT)) list.push(parseClause(p));
    else if (p.recovering && isClauseBeingTyped(p, indent)) list.push(skipStrayLine(p));
    else break;
  }
  p.floor = floor;
  p.itemPos = itemPos;
  closeBlock(p, indent);
  return new BlockStmt(pos, p.previousEnd, exact(list));
}

/** Whether the next line stands further right than `indent`. */
function isInnerLine(p: Cursor, indent: number): boolean {
  return p.scanner.nextLine().indent > indent;
}

/** Whether the next line starts a clause of a switch whose line is indented by `indent`. */
function isClauseLine(p: Cursor, indent: number): boolean {
  const line = p.scanner.nextLine();
  return line.indent >= indent && (p.text.startsWith('case', line.pos) || p.text.startsWith('default', line.pos));
}

/** In recovery: a line that does not belong to a clause but to the switch, such as the `ca` of a case to be. */
function isClauseBeingTyped(p: Cursor, indent: number): boolean {
  if (!p.first || p.indent < indent) return false;
  if (p.indent > indent) return true;
  const word = p.scanner.literal;
  return p.at(Token.IDENT) && ('case'.startsWith(word) || 'default'.startsWith(word));
}

function parseCaseClause(p: Cursor): CaseClause {
  const { pos, indent } = p;
  if (p.recovering && p.first) p.beginItem();
  let list: readonly Expr[] | undefined;
  if (p.got(Token.CASE)) list = parseExprList(p);
  else p.next();
  const colon = parseColon(p);
  const body = parseStmtList(p, indent, BlockKind.Clause);
  return new CaseClause(pos, clauseEnd(p, colon, body), list, body, colon);
}

/** go/ast ends a clause at its last statement, or else at its colon: a semicolon in between is not part of it. */
function clauseEnd(p: Cursor, colon: number, body: readonly Stmt[]): number {
  return body.at(-1)?.end ?? Math.min(colon + 1, p.previousEnd);
}

/** Returns where the colon stands, or where it is missing. */
function parseColon(p: Cursor): number {
  const { pos } = p;
  if (p.got(Token.COLON)) return pos;
  p.expected(':');
  const missing = p.previousEnd;
  if (p.at(Token.SEMICOLON)) p.next();
  return missing;
}

function parseCommClause(p: Cursor): CommClause {
  const { pos, indent } = p;
  if (p.recovering && p.first) p.beginItem();
  let comm: Stmt | undefined;
  if (p.got(Token.CASE)) comm = parseCommunication(p);
  else p.next();
  const colon = parseColon(p);
  const body = parseStmtList(p, indent, BlockKind.Clause);
  return new CommClause(pos, clauseEnd(p, colon, body), comm, body, colon);
}

/** A send, or a receive with or without an assignment. */
function parseCommunication(p: Cursor): Stmt {
  const lhs = parseExprList(p);
  const [x, , third] = lhs;
  const tokenPos = p.pos;
  const { token } = p;
  if (token === Token.ARROW || (token !== Token.ASSIGN && token !== Token.DEFINE)) {
    if (token !== Token.ARROW && lhs.length === 1) return new ExprStmt(x!.pos, p.previousEnd, x!);
    return parseSimpleFrom(p, SimpleMode.Header, lhs);
  }
  if (third) p.report(third.pos, 'expected one or two expressions');
  p.next();
  const rhs = parseExpr(p);
  return new AssignStmt(x!.pos, p.previousEnd, lhs, token, [rhs], tokenPos);
}
