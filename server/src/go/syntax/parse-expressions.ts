// Expressions. As in go/parser, a type may stand wherever an expression may: `make(map[K]V)`, `x[T]`, `[]T{…}`.

import { exact } from '../../text/exact.ts';
import {
  BadExpr,
  BasicLit,
  BinaryExpr,
  BlockStmt,
  CallExpr,
  ChanDir,
  ChanType,
  CompositeLit,
  FuncLit,
  Ident,
  IndexExpr,
  KeyValueExpr,
  NodeKind,
  ParenExpr,
  SelectorExpr,
  SliceExpr,
  StarExpr,
  TypeAssertExpr,
  UnaryExpr,
} from './ast.ts';
import type { Expr } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { passOver } from './outline.ts';
import { parseFuncBody } from './parse-statements.ts';
import { parseSignature, parseType } from './parse-types.ts';
import { Token } from './token.ts';

/** Binary operators by precedence; 0 for every other token. */
const precedence = new Uint8Array(Token.ILLEGAL + 1);
precedence[Token.LOR] = 1;
precedence[Token.LAND] = 2;
for (const token of [Token.EQL, Token.NEQ, Token.LSS, Token.LEQ, Token.GTR, Token.GEQ]) precedence[token] = 3;
for (const token of [Token.ADD, Token.SUB, Token.OR, Token.XOR]) precedence[token] = 4;
for (const token of [Token.MUL, Token.QUO, Token.REM, Token.SHL, Token.SHR, Token.AND, Token.AND_NOT]) precedence[token] = 5;

export function parseExpr(p: Cursor): Expr {
  return parseBinary(p, parseUnary(p), 1);
}

export function parseExprList(p: Cursor): readonly Expr[] {
  const first = parseExpr(p);
  if (!p.at(Token.COMMA)) return [first];
  const list = [first];
  while (p.at(Token.COMMA)) {
    p.next();
    list.push(parseExpr(p));
  }
  return exact(list);
}

/** The rest of an expression whose first operand is `left`, as far as its operators bind at least as tightly as `least`. */
export function parseBinary(p: Cursor, left: Expr, least: number): Expr {
  let x = left;
  let levels = 0;
  for (;;) {
    const op = p.token;
    const binding = precedence[op]!;
    if (binding < least) break;
    levels++;
    if (!p.chain()) break;
    const opPos = p.pos;
    p.next();
    const y = parseBinary(p, parseUnary(p), binding + 1);
    x = new BinaryExpr(x.pos, p.previousEnd, op, x, y, opPos);
  }
  p.unchain(levels);
  return x;
}

function parseUnary(p: Cursor): Expr {
  const { pos } = p;
  const x = p.enter() ? parseUnaryAt(p) : new BadExpr(pos, Math.max(pos, p.previousEnd));
  p.leave();
  return x;
}

function parseUnaryAt(p: Cursor): Expr {
  const { pos, token } = p;
  switch (token) {
    case Token.ADD:
    case Token.SUB:
    case Token.NOT:
    case Token.XOR:
    case Token.AND:
    case Token.TILDE: {
      if (p.dedented()) break;
      p.next();
      const x = parseUnary(p);
      return new UnaryExpr(pos, p.previousEnd, token, x);
    }
    case Token.MUL: {
      if (p.dedented()) break;
      p.next();
      const x = parseUnary(p);
      return new StarExpr(pos, p.previousEnd, x);
    }
    case Token.ARROW: {
      if (p.dedented()) break;
      p.next();
      const x = parseUnary(p);
      if (x.kind === NodeKind.ChanType) return receiveOnly(p, x, pos);
      return new UnaryExpr(pos, p.previousEnd, Token.ARROW, x);
    }
  }
  return parsePrimary(p, parseOperand(p));
}

/**
 * `<-` before a channel type was read as a receive, but belongs to the type: `<-(chan T)` is `<-chan T`, and `<-(chan<- T)` is `<-chan (<-T)`,
 * where T must be a channel type in turn.
 */
function receiveOnly(p: Cursor, type: ChanType, arrow: number): ChanType {
  const { value } = type;
  if (type.dir === ChanDir.Receive) p.report(type.pos, 'expected chan');
  if (type.dir !== ChanDir.Send || type.arrow === undefined) return new ChanType(arrow, type.end, ChanDir.Receive, value, arrow);
  if (value.kind !== NodeKind.ChanType) {
    p.report(type.arrow, 'expected channel type');
    return new ChanType(arrow, type.end, ChanDir.Receive, value, arrow);
  }
  return new ChanType(arrow, type.end, ChanDir.Receive, receiveOnly(p, value, type.arrow), arrow);
}

function parseOperand(p: Cursor): Expr {
  if (p.dedented()) return p.missing('expression');
  const { pos, end, token } = p;
  switch (token) {
    case Token.IDENT: {
      const x = new Ident(pos, end, p.scanner.literal);
      p.next();
      return x;
    }
    case Token.INT:
    case Token.FLOAT:
    case Token.IMAG:
    case Token.CHAR:
    case Token.STRING: {
      const x = new BasicLit(pos, end, token, p.scanner.literal);
      p.next();
      return x;
    }
    case Token.LPAREN: {
      p.next();
      p.exprLevel++;
      const x = parseExpr(p);
      p.exprLevel--;
      p.expect(Token.RPAREN, ')');
      return new ParenExpr(pos, p.previousEnd, x);
    }
    case Token.FUNC:
      return parseFuncTypeOrLiteral(p);
    case Token.LBRACK:
    case Token.STRUCT:
    case Token.MAP:
    case Token.CHAN:
    case Token.INTERFACE:
      return parseType(p);
  }
  return p.missing('expression');
}

function parseFuncTypeOrLiteral(p: Cursor): Expr {
  const { pos, indent } = p;
  p.next();
  const type = parseSignature(p, pos, undefined);
  if (!p.at(Token.LBRACE)) return type;
  const { pos: lbrace } = p;
  if (passOver(p)) return new FuncLit(pos, p.previousEnd, type, new BlockStmt(lbrace, p.previousEnd, []));
  p.exprLevel++;
  const body = parseFuncBody(p, indent);
  p.exprLevel--;
  return new FuncLit(pos, p.previousEnd, type, body);
}

/** The selectors, indices, calls and literal values behind an operand. */
export function parsePrimary(p: Cursor, operand: Expr): Expr {
  let x = operand;
  let levels = 0;
  for (;;) {
    const next = parseSuffix(p, x);
    if (!next) break;
    x = next;
    levels++;
    if (!p.chain()) break;
  }
  p.unchain(levels);
  return x;
}

function parseSuffix(p: Cursor, x: Expr): Expr | undefined {
  switch (p.token) {
    case Token.PERIOD:
      return parseSelector(p, x);
    case Token.LBRACK:
      return parseIndex(p, x);
    case Token.LPAREN:
      return parseCall(p, x);
    case Token.LBRACE:
      return startsLiteralValue(p, x) ? parseLiteralValue(p, x) : undefined;
  }
  return undefined;
}

function parseSelector(p: Cursor, x: Expr): Expr {
  p.next();
  if (!p.at(Token.LPAREN)) {
    const sel = p.ident();
    return new SelectorExpr(x.pos, p.previousEnd, x, sel);
  }
  p.next();
  const type = p.got(Token.TYPE) ? undefined : parseType(p);
  p.expect(Token.RPAREN, ')');
  return new TypeAssertExpr(x.pos, p.previousEnd, x, type);
}

/** An index, instantiation or slice expression. */
function parseIndex(p: Cursor, x: Expr): Expr {
  const lbrack = p.pos;
  p.next();
  p.exprLevel++;
  const low = p.at(Token.COLON) ? undefined : parseExpr(p);
  const result = low && !p.at(Token.COLON) ? parseIndices(p, x, lbrack, low) : parseSlice(p, x, low);
  p.exprLevel--;
  return result;
}

function parseIndices(p: Cursor, x: Expr, lbrack: number, first: Expr): Expr {
  const indices = [first];
  while (p.got(Token.COMMA)) {
    if (p.at(Token.RBRACK) || p.at(Token.EOF)) break;
    indices.push(parseType(p));
  }
  p.expect(Token.RBRACK, ']');
  return new IndexExpr(x.pos, p.previousEnd, x, indices.length === 1 ? indices : exact(indices), lbrack);
}

function parseSlice(p: Cursor, x: Expr, low: Expr | undefined): Expr {
  p.next();
  const high = parseBound(p);
  let max: Expr | undefined;
  if (p.at(Token.COLON)) {
    if (!high) p.report(p.pos, 'middle index required in 3-index slice');
    p.next();
    max = parseBound(p);
    if (!max) p.report(p.pos, 'final index required in 3-index slice');
  }
  p.expect(Token.RBRACK, ']');
  return new SliceExpr(x.pos, p.previousEnd, x, low, high, max);
}

function parseBound(p: Cursor): Expr | undefined {
  return p.at(Token.COLON) || p.at(Token.RBRACK) || p.at(Token.EOF) ? undefined : parseExpr(p);
}

function parseCall(p: Cursor, fun: Expr): Expr {
  const lparen = p.pos;
  p.next();
  p.exprLevel++;
  const args: Expr[] = [];
  const ellipsis = parseArguments(p, args);
  p.exprLevel--;
  p.expect(Token.RPAREN, ')');
  return new CallExpr(fun.pos, p.previousEnd, fun, exact(args), ellipsis, lparen);
}

/** Returns whether the last argument is followed by `...`, behind which none may come. */
function parseArguments(p: Cursor, args: Expr[]): boolean {
  while (!p.at(Token.RPAREN) && !p.at(Token.EOF)) {
    if (p.recovering && (p.dedented() || p.at(Token.SEMICOLON) || p.at(Token.RBRACE))) return false;
    const before = p.count;
    args.push(parseExpr(p));
    const ellipsis = p.got(Token.ELLIPSIS);
    if (p.got(Token.COMMA)) {
      if (ellipsis) return true;
      continue;
    }
    if (p.at(Token.RPAREN)) return ellipsis;
    p.expected(', or )');
    if (p.dedented() || endsList(p) || p.at(Token.LBRACE)) return ellipsis;
    if (p.count === before) p.next();
  }
  return false;
}

/** In recovery: a token that cannot stand inside a list of expressions. */
function endsList(p: Cursor): boolean {
  switch (p.token) {
    case Token.SEMICOLON:
    case Token.RBRACE:
    case Token.DEFINE:
    case Token.ASSIGN:
      return true;
  }
  return false;
}

/** Whether the `{` behind `x` starts a literal value rather than a block. */
function startsLiteralValue(p: Cursor, x: Expr): boolean {
  let type = x;
  while (type.kind === NodeKind.ParenExpr) type = type.x;
  switch (type.kind) {
    case NodeKind.BadExpr:
    case NodeKind.Ident:
    case NodeKind.SelectorExpr:
    case NodeKind.IndexExpr:
      if (p.exprLevel < 0) return false;
      break;
    case NodeKind.ArrayType:
    case NodeKind.StructType:
    case NodeKind.MapType:
      break;
    default:
      return false;
  }
  if (type !== x) p.report(x.pos, 'cannot parenthesize type in composite literal');
  return true;
}

function parseLiteralValue(p: Cursor, type: Expr | undefined): CompositeLit {
  const { indent } = p;
  const lbrace = p.pos;
  // The type says everything, unless the elements are counted for it.
  if (!isCounted(type) && passOver(p)) return new CompositeLit(type ? type.pos : lbrace, p.previousEnd, type, [], lbrace);
  p.next();
  p.exprLevel++;
  const elts: Expr[] = [];
  parseElements(p, elts, indent);
  p.exprLevel--;
  p.expect(Token.RBRACE, '}');
  return new CompositeLit(type ? type.pos : lbrace, p.previousEnd, type, exact(elts), lbrace);
}

/** True for the type `[...]T` of a literal. */
function isCounted(type: Expr | undefined): boolean {
  return type?.kind === NodeKind.ArrayType && type.len?.kind === NodeKind.Ellipsis;
}

function parseElements(p: Cursor, elts: Expr[], indent: number): void {
  while (!p.at(Token.RBRACE) && !p.at(Token.EOF)) {
    if (p.recovering && (p.dedented() || (p.first && p.indent < indent) || p.at(Token.SEMICOLON))) return;
    const before = p.count;
    elts.push(parseElement(p));
    if (p.got(Token.COMMA)) continue;
    if (p.at(Token.RBRACE)) return;
    p.expected(', or }');
    // The line break behind an element whose comma is missing yet.
    if (p.recovering && p.got(Token.SEMICOLON)) continue;
    if (p.dedented() || endsList(p)) return;
    if (p.count === before) p.next();
  }
}

function parseElement(p: Cursor): Expr {
  const key = parseElementValue(p);
  if (!p.got(Token.COLON)) return key;
  const value = parseElementValue(p);
  return new KeyValueExpr(key.pos, p.previousEnd, key, value);
}

function parseElementValue(p: Cursor): Expr {
  if (!p.at(Token.LBRACE)) return parseExpr(p);
  const { pos } = p;
  const value = p.enter() ? parseLiteralValue(p, undefined) : new BadExpr(pos, Math.max(pos, p.previousEnd));
  p.leave();
  return value;
}

