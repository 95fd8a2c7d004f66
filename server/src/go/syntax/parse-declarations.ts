// Declarations: import, const, type, var, func.

import type { Excerpts } from '../../text/detached.ts';
import { exact } from '../../text/exact.ts';
import { BasicLit, BinaryExpr, FuncDecl, GenDecl, Ident, ImportSpec, NodeKind, ParenExpr, StarExpr, TypeSpec, ValueSpec } from './ast.ts';
import type { BlockStmt, Expr, FieldList, FunctionHead, Node, Spec, Unread, UnreadHead } from './ast.ts';
import { Cursor } from './cursor.ts';
import { parseBinary, parseExprList, parsePrimary } from './parse-expressions.ts';
import { endOfBody, passOver } from './outline.ts';
import { isFuncBodyNext, parseFuncBody } from './parse-statements.ts';
import { ParameterKind, parseArrayType, parseItems, parseMoreTypeParameters, parseParameters, parseSignature, parseType, parseTypeParameters, tryType } from './parse-types.ts';
import { receiverIn } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { Token } from './token.ts';
import { shift } from './walk.ts';

/** An import, const, type or var declaration without the semicolon behind it. */
export function parseGenDecl(p: Cursor): GenDecl {
  const { pos, token, indent } = p;
  p.next();
  const specs: Spec[] = [];
  if (!p.at(Token.LPAREN)) {
    specs.push(parseSpec(p, token, 0));
    return new GenDecl(pos, p.previousEnd, token, exact(specs), undefined);
  }
  const lparen = p.pos;
  p.next();
  parseItems(p, Token.RPAREN, indent, () => specs.push(parseSpec(p, token, specs.length)));
  p.expect(Token.RPAREN, ')');
  return new GenDecl(pos, p.previousEnd, token, exact(specs), lparen);
}

function parseSpec(p: Cursor, token: Token, iota: number): Spec {
  if (token === Token.IMPORT) return parseImportSpec(p);
  if (token === Token.TYPE) return parseTypeSpec(p);
  return parseValueSpec(p, token, iota);
}

function parseImportSpec(p: Cursor): ImportSpec {
  let name: Ident | undefined;
  if (p.at(Token.PERIOD)) {
    name = new Ident(p.pos, p.end, '.');
    p.next();
  } else if (p.at(Token.IDENT)) name = p.ident();
  let path: BasicLit;
  if (p.at(Token.STRING)) {
    path = new BasicLit(p.pos, p.end, Token.STRING, p.scanner.literal);
    p.next();
  } else {
    p.expected('import path');
    path = new BasicLit(p.previousEnd, p.previousEnd, Token.STRING, '""');
  }
  return new ImportSpec(name ? name.pos : path.pos, p.previousEnd, name, path);
}

function parseValueSpec(p: Cursor, token: Token, iota: number): ValueSpec {
  const names = [p.ident()];
  while (p.got(Token.COMMA)) names.push(p.ident());
  const type = tryType(p);
  // A constant may repeat the expressions before it.
  if (!type && token === Token.VAR && !p.at(Token.ASSIGN)) p.expected('type or =');
  const values = p.got(Token.ASSIGN) ? parseExprList(p) : [];
  return new ValueSpec(names[0]!.pos, p.previousEnd, names.length === 1 ? names : exact(names), type, values, iota);
}

function parseTypeSpec(p: Cursor): TypeSpec {
  const name = p.ident();
  if (!p.at(Token.LBRACK)) {
    const alias = p.got(Token.ASSIGN);
    const type = outlinedType(p) ?? parseType(p);
    return new TypeSpec(name.pos, p.previousEnd, name, undefined, alias, type);
  }
  const lbrack = p.pos;
  p.next();
  if (!p.at(Token.IDENT)) return parseArraySpec(p, name, lbrack, undefined);
  // `type T[P any]`, `type T[P *C]` and `type T[n * m]E` start alike, so that an expression is read first and then looked at. An index cannot be
  // part of an array's length: a name before `[` is a type parameter.
  let x: Expr = p.ident();
  if (!p.at(Token.LBRACK)) {
    p.exprLevel++;
    x = parseBinary(p, parsePrimary(p, x), 1);
    p.exprLevel--;
  }
  const first = typeParameterIn(x, p.at(Token.COMMA));
  if (!first || (!first.constraint && p.at(Token.RBRACK))) return parseArraySpec(p, name, lbrack, x);
  const typeParams = parseMoreTypeParameters(p, lbrack, first.name, first.constraint);
  const alias = p.got(Token.ASSIGN);
  const type = parseType(p);
  return new TypeSpec(name.pos, p.previousEnd, name, typeParams, alias, type);
}

function parseArraySpec(p: Cursor, name: Ident, lbrack: number, length: Expr | undefined): TypeSpec {
  const type = parseArrayType(p, lbrack, length);
  return new TypeSpec(name.pos, p.previousEnd, name, undefined, false, type);
}

/**
 * The type parameter that was read as the expression `x`: `P *C` as a product, `P (C)` as a call. Only a constraint that cannot be an ordinary
 * expression makes it one, unless `force` (a comma follows). Undefined if `x` is an array length.
 */
function typeParameterIn(x: Expr, force: boolean): { readonly name: Ident; readonly constraint: Expr | undefined } | undefined {
  if (x.kind === NodeKind.Ident) return { name: x, constraint: undefined };
  if (x.kind === NodeKind.CallExpr) {
    const [only] = x.args;
    if (x.fun.kind !== NodeKind.Ident || !only || x.args.length > 1 || x.ellipsis) return undefined;
    return force || isTypeElement(only) ? { name: x.fun, constraint: new ParenExpr(x.lparen, x.end, only) } : undefined;
  }
  if (x.kind !== NodeKind.BinaryExpr) return undefined;
  if (x.op === Token.MUL) {
    if (x.x.kind !== NodeKind.Ident || !(force || isTypeElement(x.y))) return undefined;
    return { name: x.x, constraint: new StarExpr(x.opPos, x.y.end, x.y) };
  }
  if (x.op !== Token.OR) return undefined;
  const left = typeParameterIn(x.x, force || isTypeElement(x.y));
  if (!left?.constraint) return undefined;
  return { name: left.name, constraint: new BinaryExpr(left.constraint.pos, x.end, Token.OR, left.constraint, x.y, x.opPos) };
}

/** Whether `x` can only be a type or a term of a type set. */
function isTypeElement(x: Expr): boolean {
  switch (x.kind) {
    case NodeKind.ArrayType:
    case NodeKind.StructType:
    case NodeKind.FuncType:
    case NodeKind.InterfaceType:
    case NodeKind.MapType:
    case NodeKind.ChanType:
      return true;
    case NodeKind.BinaryExpr:
      return isTypeElement(x.x) || isTypeElement(x.y);
    case NodeKind.UnaryExpr:
      return x.op === Token.TILDE;
    case NodeKind.ParenExpr:
      return isTypeElement(x.x);
  }
  return false;
}

/** A function or method with the semicolon behind it. Since Go 1.27 methods may have type parameters. */
export function parseFuncDecl(p: Cursor): FuncDecl {
  const { pos, indent } = p;
  p.next();
  const recv = p.at(Token.LPAREN) ? parseParameters(p, ParameterKind.Parameter) : undefined;
  const name = p.ident();
  let typeParams: FieldList | undefined;
  if (p.at(Token.LBRACK)) typeParams = parseTypeParameters(p);
  const type = parseSignature(p, pos, typeParams);
  const head = { recv, type };
  const end = p.previousEnd;
  if (!p.at(Token.LBRACE) && !isFuncBodyNext(p, indent)) {
    p.semicolon();
    if (!p.at(Token.LBRACE)) return new FuncDecl(pos, end, head, name, undefined);
    p.report(p.pos, 'unexpected newline before {');
  }
  const body = parseBody(p, pos, indent);
  const decl = new FuncDecl(pos, p.previousEnd, head, name, body);
  p.semicolon();
  return decl;
}

/** Undefined where an outline passes over the body. */
function parseBody(p: Cursor, declared: number, indent: number): BlockStmt | UnreadBody | undefined {
  if (passOver(p)) return undefined;
  const end = p.bodiesLater && !p.recovering && p.at(Token.LBRACE) ? endOfBody(p.text, p.pos) : undefined;
  if (end === undefined) return parseFuncBody(p, indent);
  p.skipTo(end);
  return new UnreadBody(p.text, declared);
}

/** The body of a function that is declared at an offset of a text. */
export class UnreadBody implements Unread<BlockStmt | undefined> {
  constructor(private readonly text: string, private readonly declared: number) {}

  read(): BlockStmt | undefined {
    return declarationAt(this.text, this.declared, parseFuncDecl).body;
  }
}

/** The values of one of the specs that are declared at an offset of a text. */
export class UnreadValues implements Unread<readonly Expr[]> {
  constructor(private readonly text: string, private readonly declared: number, private readonly index: number) {}

  read(): readonly Expr[] {
    const spec = declarationAt(this.text, this.declared, parseGenDecl).specs[this.index];
    return spec?.kind === NodeKind.ValueSpec ? spec.values : [];
  }
}

function declarationAt<D extends Node>(text: string, declared: number, parse: (p: Cursor) => D): D {
  const p = new Cursor(text);
  p.open(declared);
  return parseAgain(p, parse);
}

/**
 * In an outline: a function of which only the name and the receiver are read. Undefined where the end of its signature or body is not plain; then
 * the cursor stands anywhere.
 */
export function outlinedFunction(p: Cursor): FuncDecl | undefined {
  const { pos } = p;
  p.next();
  const receiver = p.at(Token.LPAREN) ? receiverIn(parseParameters(p, ParameterKind.Parameter)) : undefined;
  if (!p.at(Token.IDENT)) return undefined;
  const name = p.ident();
  if (!passOverSignature(p)) return undefined;
  const end = p.previousEnd;
  const head = new OutlinedHead(p.excerpts, p.excerpts.add(p.text.slice(pos, end)), pos, end, receiver);
  if (p.at(Token.LBRACE) && !passOver(p)) return undefined;
  const decl = new FuncDecl(pos, p.previousEnd, head, name, undefined);
  p.semicolon();
  return decl;
}

/** Goes on behind a signature, with the body or the end of the line. False where that is not plain. */
function passOverSignature(p: Cursor): boolean {
  let depth = 0;
  let opensType = false;
  for (;;) {
    const { token } = p;
    if (token === Token.LPAREN || token === Token.LBRACK) depth++;
    else if ((token === Token.RPAREN || token === Token.RBRACK) && --depth < 0) return false;
    else if (token === Token.SEMICOLON || (token === Token.LBRACE && !opensType)) return depth === 0;
    else if (token === Token.EOF || token === Token.FUNC && p.atTopLevel()) return false;
    else if (token === Token.LBRACE) {
      if (!passOver(p)) return false;
      opensType = false;
      continue;
    }
    opensType = token === Token.STRUCT || token === Token.INTERFACE;
    p.next();
  }
}

class OutlinedHead implements UnreadHead {
  constructor(private readonly excerpts: Excerpts, private readonly at: number, private readonly pos: number, private readonly end: number, readonly receiver: Receiver | undefined) {}

  read(): FunctionHead {
    const { at, pos, end } = this;
    const { recv, type } = readAgain(this.excerpts.slice(at, at + end - pos), pos, parseFuncDecl);
    return { recv, type };
  }
}

/** In an outline: passes over a struct or an interface. Undefined where it has to be read. */
function outlinedType(p: Cursor): OutlinedType | undefined {
  if (!p.outline || p.recovering || !(p.at(Token.STRUCT) || p.at(Token.INTERFACE))) return undefined;
  const open = p.scanner.afterBlanks(p.end);
  const end = p.text.charAt(open) === '{' ? endOfBody(p.text, open) : undefined;
  if (end === undefined) return undefined;
  const type = new OutlinedType(p.excerpts, p.excerpts.add(p.text.slice(p.pos, end)), p.pos, end);
  p.skipTo(end);
  return type;
}

class OutlinedType implements Unread<Expr> {
  constructor(private readonly excerpts: Excerpts, private readonly at: number, private readonly pos: number, private readonly end: number) {}

  read(): Expr {
    const { at, pos, end } = this;
    return readAgain(this.excerpts.slice(at, at + end - pos), pos, parseType);
  }
}

/** Reads what an outline has passed over, which stood at `pos`. */
function readAgain<Part extends Node>(text: string, pos: number, parse: (p: Cursor) => Part): Part {
  const p = new Cursor(text, true);
  p.open(0);
  const part = parseAgain(p, parse);
  shift(part, pos);
  return part;
}

/** By the grammar alone, and if that does not fit, with recovery. */
function parseAgain<Part extends Node>(p: Cursor, parse: (p: Cursor) => Part): Part {
  const mark = p.begin();
  const part = parse(p);
  if (!p.hasFailed) return part;
  p.beginAgain(mark);
  return parse(p);
}
