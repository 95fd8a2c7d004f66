// Types, parameter lists and type sets.

import { exact } from '../../text/exact.ts';
import {
  ArrayType,
  BinaryExpr,
  ChanDir,
  ChanType,
  Ellipsis,
  Field,
  FieldList,
  FuncType,
  Ident,
  IndexExpr,
  InterfaceType,
  MapType,
  NodeKind,
  ParenExpr,
  SelectorExpr,
  StarExpr,
  StructType,
  UnaryExpr,
  BasicLit,
} from './ast.ts';
import type { Expr } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseExpr } from './parse-expressions.ts';
import { Token } from './token.ts';

export function parseType(p: Cursor): Expr {
  return tryType(p) ?? p.missing('type');
}

/** The type at the current token; undefined, without a report, if none starts there. */
export function tryType(p: Cursor): Expr | undefined {
  if (p.dedented()) return undefined;
  switch (p.token) {
    case Token.IDENT:
      return parseNamedType(p, p.ident());
    case Token.LBRACK:
    case Token.STRUCT:
    case Token.MUL:
    case Token.FUNC:
    case Token.INTERFACE:
    case Token.MAP:
    case Token.CHAN:
    case Token.ARROW:
    case Token.LPAREN:
      break;
    default:
      return undefined;
  }
  const type = p.enter() ? parseTypeLiteral(p) : p.empty();
  p.leave();
  return type;
}

function parseTypeLiteral(p: Cursor): Expr {
  const { pos } = p;
  switch (p.token) {
    case Token.LBRACK:
      p.next();
      return parseArrayType(p, pos, undefined);
    case Token.STRUCT:
      return parseStructType(p);
    case Token.MUL: {
      p.next();
      const base = parseType(p);
      return new StarExpr(pos, p.previousEnd, base);
    }
    case Token.FUNC:
      return parseFuncType(p);
    case Token.INTERFACE:
      return parseInterfaceType(p);
    case Token.MAP: {
      p.next();
      p.expect(Token.LBRACK, '[');
      const key = parseType(p);
      p.expect(Token.RBRACK, ']');
      const value = parseType(p);
      return new MapType(pos, p.previousEnd, key, value);
    }
    case Token.CHAN: {
      p.next();
      const arrow = p.at(Token.ARROW) ? p.pos : undefined;
      if (arrow !== undefined) p.next();
      const value = parseType(p);
      return new ChanType(pos, p.previousEnd, arrow === undefined ? ChanDir.Both : ChanDir.Send, value, arrow);
    }
    case Token.ARROW: {
      p.next();
      p.expect(Token.CHAN, 'chan');
      const value = parseType(p);
      return new ChanType(pos, p.previousEnd, ChanDir.Receive, value, pos);
    }
    default: {
      p.next();
      const type = parseType(p);
      p.expect(Token.RPAREN, ')');
      return new ParenExpr(pos, p.previousEnd, type);
    }
  }
}

/** `T`, `pkg.T`, `T[A, B]`, after the first name. */
function parseNamedType(p: Cursor, name: Ident): Expr {
  return parseTypeArguments(p, parseTypeName(p, name));
}

function parseTypeName(p: Cursor, name: Ident): Expr {
  if (!p.got(Token.PERIOD)) return name;
  const sel = p.ident();
  return new SelectorExpr(name.pos, p.previousEnd, name, sel);
}

/** `[A, B]` behind a type, if there is one. */
function parseTypeArguments(p: Cursor, type: Expr): Expr {
  if (!p.at(Token.LBRACK)) return type;
  if (!p.enter()) {
    p.leave();
    return type;
  }
  const lbrack = p.pos;
  p.next();
  p.exprLevel++;
  const list: Expr[] = [];
  parseTypeArgumentList(p, list);
  p.exprLevel--;
  if (list.length === 0) list.push(p.missing('type argument'));
  p.expect(Token.RBRACK, ']');
  p.leave();
  return new IndexExpr(type.pos, p.previousEnd, type, exact(list), lbrack);
}

function parseTypeArgumentList(p: Cursor, list: Expr[]): void {
  while (!p.at(Token.RBRACK) && !p.at(Token.EOF)) {
    list.push(parseType(p));
    if (!p.got(Token.COMMA)) return;
  }
}

/** An array or slice type after its `[`. `length` is given if it has been read already. */
export function parseArrayType(p: Cursor, lbrack: number, length: Expr | undefined): ArrayType {
  let len = length;
  if (!len && p.at(Token.ELLIPSIS)) {
    len = new Ellipsis(p.pos, p.end, undefined);
    p.next();
  } else if (!len && !p.at(Token.RBRACK)) {
    p.exprLevel++;
    len = parseExpr(p);
    p.exprLevel--;
  }
  p.expect(Token.RBRACK, ']');
  const elt = parseType(p);
  return new ArrayType(lbrack, p.previousEnd, len, elt);
}

/**
 * After a name, at `[`: the array type of a field or parameter (`name []T`, `name [n]T`), or else the instantiated type `name[A, B]`.
 * Only what follows the `]` tells which.
 */
function parseArrayOrInstance(p: Cursor, name: Ident): ArrayType | IndexExpr {
  const lbrack = p.pos;
  p.next();
  const list: Expr[] = [];
  let trailingComma: number | undefined;
  p.exprLevel++;
  if (p.at(Token.ELLIPSIS)) {
    list.push(new Ellipsis(p.pos, p.end, undefined));
    // Only a composite literal may leave its array's length to be counted.
    p.expected('array length');
    p.next();
  } else if (!p.at(Token.RBRACK)) {
    list.push(parseExpr(p));
    while (p.at(Token.COMMA)) {
      const comma = p.pos;
      p.next();
      if (p.at(Token.RBRACK)) {
        trailingComma = comma;
        break;
      }
      list.push(parseExpr(p));
    }
  }
  p.exprLevel--;
  p.expect(Token.RBRACK, ']');
  const end = p.previousEnd;
  if (list.length === 0) {
    const elt = parseType(p);
    return new ArrayType(lbrack, p.previousEnd, undefined, elt);
  }
  const elt = list.length === 1 ? tryType(p) : undefined;
  if (!elt) return new IndexExpr(name.pos, end, name, list, lbrack);
  if (trailingComma !== undefined) p.report(trailingComma, 'unexpected comma; expected ]');
  return new ArrayType(lbrack, p.previousEnd, list[0], elt);
}

// Functions

function parseFuncType(p: Cursor): FuncType {
  const { pos } = p;
  p.next();
  return parseSignature(p, pos, undefined);
}

/** The type parameters, parameters and results of a function literal or type, after `func`. */
export function parseSignature(p: Cursor, pos: number, typeParams: FieldList | undefined): FuncType {
  if (!typeParams && p.at(Token.LBRACK)) {
    p.report(p.pos, 'function type must have no type parameters');
    parseTypeParameters(p);
  }
  const params = p.at(Token.LPAREN) ? parseParameters(p, ParameterKind.Parameter) : missingParameters(p);
  const results = parseResults(p);
  return new FuncType(pos, p.previousEnd, typeParams, params, results);
}

function missingParameters(p: Cursor): FieldList {
  p.expected('(');
  return new FieldList(p.previousEnd, p.previousEnd, []);
}

function parseResults(p: Cursor): FieldList | undefined {
  if (p.at(Token.LPAREN) && !p.dedented()) return parseParameters(p, ParameterKind.Result);
  const type = tryType(p);
  return type && new FieldList(type.pos, type.end, [new Field(type.pos, type.end, [], type, undefined)]);
}

export const enum ParameterKind {
  Parameter,
  Result,
  TypeParameter,
}

/** What is known of one entry of a list before all of it is read: in `(a, b T)` it is the `b T` that makes `a` a name. */
interface Parameter {
  name: Ident | undefined;
  type: Expr | undefined;
}

/** At `(`. */
export function parseParameters(p: Cursor, kind: ParameterKind.Parameter | ParameterKind.Result): FieldList {
  const { pos } = p;
  p.next();
  const list = parseParameterList(p, kind, []);
  p.expect(Token.RPAREN, ')');
  return new FieldList(pos, p.previousEnd, list);
}

/** At `[`. */
export function parseTypeParameters(p: Cursor): FieldList {
  const { pos } = p;
  p.next();
  if (p.at(Token.RBRACK)) p.report(p.pos, 'empty type parameter list');
  const list = parseParameterList(p, ParameterKind.TypeParameter, []);
  p.expect(Token.RBRACK, ']');
  return new FieldList(pos, p.previousEnd, list);
}

/** The type parameters of a type, of which the first has been read already: its name, and perhaps the start of its constraint. */
export function parseMoreTypeParameters(p: Cursor, lbrack: number, name: Ident, constraint: Expr | undefined): FieldList {
  const first = constraint ? { name, type: parseTypeSet(p, constraint) } : parseNamedParameter(p, ParameterKind.TypeParameter, name);
  const list = parseParameterList(p, ParameterKind.TypeParameter, [first]);
  p.expect(Token.RBRACK, ']');
  return new FieldList(lbrack, p.previousEnd, list);
}

function parseParameterList(p: Cursor, kind: ParameterKind, list: Parameter[]): readonly Field[] {
  const typeParameters = kind === ParameterKind.TypeParameter;
  const close = typeParameters ? Token.RBRACK : Token.RPAREN;
  // A list with a first entry continues behind it.
  let more = list.length === 0 || parseListComma(p, close);
  while (more && !p.at(close) && !p.at(Token.EOF)) {
    if (p.recovering && endsParameters(p)) break;
    const before = p.count;
    const parameter = parseParameter(p, kind);
    if (parameter) list.push(parameter);
    more = parseListComma(p, close);
    if (more && p.count === before) p.next();
  }
  return list.length === 0 ? [] : groupParameters(p, kind, list);
}

/** Consumes the comma behind an entry. False if the list ends. A missing comma is reported and taken as given. */
function parseListComma(p: Cursor, close: Token): boolean {
  if (p.got(Token.COMMA)) return true;
  if (p.at(close)) return false;
  p.expected(close === Token.RPAREN ? ', or )' : ', or ]');
  return p.recovering && !endsParameters(p);
}

function endsParameters(p: Cursor): boolean {
  return p.dedented() || p.at(Token.LBRACE) || p.at(Token.SEMICOLON) || p.at(Token.EOF);
}

function parseParameter(p: Cursor, kind: ParameterKind): Parameter | undefined {
  const typeParameters = kind === ParameterKind.TypeParameter;
  if (p.at(Token.IDENT)) return parseNamedParameter(p, kind, p.ident());
  if (p.at(Token.ELLIPSIS)) return { name: undefined, type: parseVariadic(p) };
  if (typeParameters && p.at(Token.TILDE)) return { name: undefined, type: parseTypeSet(p, undefined) };
  const type = tryType(p);
  if (!type) {
    p.expected('parameter');
    return undefined;
  }
  return { name: undefined, type: typeParameters ? parseTypeSet(p, type) : type };
}

/** An entry that starts with a name. The name may turn out to be all or the start of its type. */
function parseNamedParameter(p: Cursor, kind: ParameterKind, name: Ident): Parameter {
  const typeParameters = kind === ParameterKind.TypeParameter;
  let type: Expr | undefined;
  let ownName: Ident | undefined = name;
  switch (p.token) {
    case Token.LBRACK:
      type = parseArrayOrInstance(p, name);
      if (type.kind === NodeKind.IndexExpr) ownName = undefined;
      break;
    case Token.ELLIPSIS:
      return { name, type: parseVariadic(p) };
    case Token.PERIOD:
      type = parseNamedType(p, name);
      ownName = undefined;
      break;
    case Token.TILDE:
      if (typeParameters) type = parseTypeSet(p, undefined);
      break;
    case Token.OR:
      if (!typeParameters) break;
      type = name;
      ownName = undefined;
      break;
    default:
      type = tryType(p);
  }
  return { name: ownName, type: typeParameters && type ? parseTypeSet(p, type) : type };
}

function parseVariadic(p: Cursor): Ellipsis {
  const { pos } = p;
  p.next();
  const elt = parseType(p);
  return new Ellipsis(pos, p.previousEnd, elt);
}

/** Finds out which names are names and which are types, and makes one field of the names that share a type. */
function groupParameters(p: Cursor, kind: ParameterKind, list: readonly Parameter[]): readonly Field[] {
  const typeParameters = kind === ParameterKind.TypeParameter;
  const isNamed = list.some((parameter) => parameter.name && parameter.type);
  if (!isNamed) {
    if (typeParameters) p.report(p.pos, list.some((parameter) => parameter.type) ? 'missing type parameter name' : 'missing type constraint');
    const types = list.map((parameter) => parameter.type ?? parameter.name!);
    checkVariadic(p, kind, types);
    return types.map((type) => new Field(type.pos, type.end, [], type, undefined));
  }
  const fields: Field[] = [];
  let names: Ident[] = [];
  for (const { name, type } of list) {
    if (type && !name) p.report(type.pos, typeParameters ? 'missing type parameter name' : 'missing parameter name');
    if (name) names.push(name);
    if (!type) continue;
    fields.push(new Field(names[0]?.pos ?? type.pos, type.end, exact(names), type, undefined));
    names = [];
  }
  const [first] = names;
  if (first) {
    p.report(p.pos, typeParameters ? 'missing type constraint' : 'missing parameter type');
    fields.push(new Field(first.pos, p.previousEnd, names, p.empty(), undefined));
  }
  checkVariadic(p, kind, fields.map((field) => field.type));
  return exact(fields);
}

function checkVariadic(p: Cursor, kind: ParameterKind, types: readonly Expr[]): void {
  for (const [i, type] of types.entries()) {
    if (type.kind !== NodeKind.Ellipsis) continue;
    if (kind !== ParameterKind.Parameter) return p.report(type.pos, 'invalid use of ...');
    if (i + 1 < types.length) return p.report(type.pos, 'can only use ... with final parameter');
  }
}

// Type sets

/** `~T | U`, of which the first term may have been read. */
function parseTypeSet(p: Cursor, first: Expr | undefined): Expr {
  let x = first ?? parseTerm(p);
  let levels = 0;
  while (p.at(Token.OR)) {
    levels++;
    if (!p.chain()) break;
    const opPos = p.pos;
    p.next();
    const y = parseTerm(p);
    x = new BinaryExpr(x.pos, p.previousEnd, Token.OR, x, y, opPos);
  }
  p.unchain(levels);
  return x;
}

function parseTerm(p: Cursor): Expr {
  if (!p.at(Token.TILDE)) return tryType(p) ?? p.missing('type or ~ term');
  const { pos } = p;
  p.next();
  const type = parseType(p);
  return new UnaryExpr(pos, p.previousEnd, Token.TILDE, type);
}

// Structs and interfaces

/** Reads items, each ended by a semicolon, up to the closing bracket. `indent` is that of the line with the opening bracket. */
export function parseItems(p: Cursor, close: Token, indent: number, parseItem: (p: Cursor) => void): void {
  const { floor, itemPos } = p;
  while (!p.at(close) && !p.at(Token.EOF)) {
    if (p.recovering && p.first) {
      if (p.indent <= indent) break;
      p.beginItem();
    }
    const before = p.count;
    parseItem(p);
    p.semicolon();
    if (p.count === before) p.next();
  }
  p.floor = floor;
  p.itemPos = itemPos;
}

function parseStructType(p: Cursor): StructType {
  const { pos, indent } = p;
  p.next();
  const fields = parseFields(p, indent, parseField);
  return new StructType(pos, p.previousEnd, fields);
}

function parseInterfaceType(p: Cursor): InterfaceType {
  const { pos, indent } = p;
  p.next();
  const methods = parseFields(p, indent, parseInterfaceElement);
  return new InterfaceType(pos, p.previousEnd, methods);
}

function parseFields(p: Cursor, indent: number, parse: (p: Cursor) => Field): FieldList {
  if (!p.at(Token.LBRACE)) {
    p.expected('{');
    return new FieldList(p.previousEnd, p.previousEnd, []);
  }
  const lbrace = p.pos;
  p.next();
  const list: Field[] = [];
  parseItems(p, Token.RBRACE, indent, () => list.push(parse(p)));
  p.expect(Token.RBRACE, '}');
  return new FieldList(lbrace, p.previousEnd, exact(list));
}

/** A field of a struct, up to its semicolon. */
function parseField(p: Cursor): Field {
  const names: Ident[] = [];
  const type = parseFieldType(p, names);
  let tag: BasicLit | undefined;
  if (p.at(Token.STRING)) {
    tag = new BasicLit(p.pos, p.end, Token.STRING, p.scanner.literal);
    p.next();
  }
  return new Field(names[0]?.pos ?? type.pos, p.previousEnd, exact(names), type, tag);
}

/** Reads the names of a field into `names` and returns its type; an embedded one has no names. */
function parseFieldType(p: Cursor, names: Ident[]): Expr {
  if (!p.at(Token.IDENT)) return parseEmbeddedType(p);
  const name = p.ident();
  switch (p.token) {
    case Token.PERIOD:
      return parseNamedType(p, name);
    case Token.STRING:
    case Token.SEMICOLON:
    case Token.RBRACE:
      return name;
    case Token.LBRACK: {
      const type = parseArrayOrInstance(p, name);
      if (type.kind === NodeKind.ArrayType) names.push(name);
      return type;
    }
  }
  names.push(name);
  while (p.got(Token.COMMA)) names.push(p.ident());
  return parseType(p);
}

/** `*T`, and what is no valid embedded type but looks like one. */
function parseEmbeddedType(p: Cursor): Expr {
  const { pos } = p;
  if (p.at(Token.MUL)) {
    p.next();
    if (!p.at(Token.IDENT)) p.expected('type name');
    const base = parseType(p);
    return new StarExpr(pos, p.previousEnd, base);
  }
  p.expected('field name or embedded type');
  return tryType(p) ?? p.empty();
}

/** A method, embedded interface or union. */
function parseInterfaceElement(p: Cursor): Field {
  if (!p.at(Token.IDENT)) {
    const type = parseTypeSet(p, undefined);
    return new Field(type.pos, p.previousEnd, [], type, undefined);
  }
  const name = p.ident();
  if (p.at(Token.LPAREN)) {
    const type = parseSignature(p, p.pos, undefined);
    return new Field(name.pos, p.previousEnd, [name], type, undefined);
  }
  let type = parseTypeName(p, name);
  if (type === name && p.at(Token.LBRACK)) {
    const method = parseMethodOrInstance(p, name);
    if (method.kind === NodeKind.FuncType) return new Field(name.pos, p.previousEnd, [name], method, undefined);
    type = method;
  } else type = parseTypeArguments(p, type);
  type = parseTypeSet(p, type);
  return new Field(type.pos, p.previousEnd, [], type, undefined);
}

/** After a name in an interface, at `[`: an instantiated type, or a method with type parameters, which no interface may have. */
function parseMethodOrInstance(p: Cursor, name: Ident): FuncType | IndexExpr {
  const lbrack = p.pos;
  p.next();
  p.exprLevel++;
  const first = p.at(Token.RBRACK) ? p.missing('type argument') : parseExpr(p);
  p.exprLevel--;
  if (first.kind === NodeKind.Ident && !p.at(Token.COMMA) && !p.at(Token.RBRACK) && !p.at(Token.SEMICOLON)) {
    p.report(lbrack, 'interface method must have no type parameters');
    const typeParams = parseMoreTypeParameters(p, lbrack, first, undefined);
    return parseSignature(p, lbrack, typeParams);
  }
  const list = [first];
  if (p.got(Token.COMMA)) parseTypeArgumentList(p, list);
  p.expect(Token.RBRACK, ']');
  return new IndexExpr(name.pos, p.previousEnd, name, list, lbrack);
}
