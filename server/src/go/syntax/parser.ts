// Reads Go files. `parseFile` accepts and rejects what go/parser does, and gives the same tree for what it accepts (Go 1.27; language versions are
// the business of whoever reads the tree). For the rest it gives as much of a tree as can be had.

import { BadStmt, File, Ident, NodeKind } from './ast.ts';
import type { Comment, Decl, Reading, SyntaxError } from './ast.ts';
import { Cursor, startsDeclaration } from './cursor.ts';
import { outlinedFunction, parseFuncDecl, parseGenDecl } from './parse-declarations.ts';
import { Token } from './token.ts';

/** Reads a file. Never throws. Positions are UTF-16 offsets into `text`, in which a byte order mark at the start counts. */
export function parseFile(text: string): File {
  return read(new Cursor(text), text);
}

/**
 * As `parseFile`, for those who keep only the declarations for long: without comments, without function bodies and elements
 * of literals where their end is plain, and without what `reparse` needs. What functions take and give, and what structs and interfaces consist of,
 * is read when somebody asks. The tree does not hold the text.
 */
export function parseOutline(text: string): File {
  return read(new Cursor(text, true), text);
}

/** As `parseFile`, with the bodies of functions read when somebody asks, where their end is plain. What is wrong in them is not told. */
export function parseWithBodiesLater(text: string): File {
  return read(new Cursor(text, false, true), text);
}

function read(p: Cursor, text: string): File {
  p.open(0);
  const clause = parsePackageClause(p);
  const decls: Decl[] = [];
  const readings: Reading[] = [];
  while (!p.at(Token.EOF)) {
    const { decl, reading } = parseDecl(p, decls.at(-1));
    decls.push(decl);
    readings.push(reading);
  }
  p.excerpts.seal();
  const file = makeFile(text.length, clause, decls, readings, p.scanner.comments);
  return p.outline ? new File(file.end, file.name, decls, [], file.errors, file.recovered, [], file.clause, file.packagePos) : file;
}

/** The errors of a file are those of its parts in the order of the text, at each place the first. */
export function makeFile(end: number, clause: PackageClause, decls: readonly Decl[], readings: readonly Reading[], comments: readonly Comment[]): File {
  const all: SyntaxError[] = [...clause.reading.errors];
  for (const { errors } of readings) all.push(...errors);
  all.sort((a, b) => a.pos - b.pos);
  const errors = all.filter((error, i) => error.pos !== all[i - 1]?.pos);
  return new File(end, clause.name, decls, comments, errors, errors.length > 0, readings, clause.reading, clause.pos);
}

export interface PackageClause {
  readonly pos: number;
  readonly name: Ident;
  readonly reading: Reading;
}

/** The package clause, up to the first token behind it. */
function parsePackageClause(p: Cursor): PackageClause {
  const pos = p.at(Token.PACKAGE) ? p.pos : p.previousEnd;
  let name: Ident;
  if (p.got(Token.PACKAGE)) name = p.ident();
  else {
    p.expected('package clause');
    name = new Ident(p.previousEnd, p.previousEnd, '_');
  }
  if (!p.got(Token.SEMICOLON) && !p.at(Token.EOF)) {
    p.expected('newline');
    while (!p.at(Token.EOF) && !p.atTopLevel() && !p.at(Token.SEMICOLON)) p.next();
    p.got(Token.SEMICOLON);
  }
  return { pos, name, reading: p.finish() };
}

export interface DeclReading {
  readonly decl: Decl;
  readonly reading: Reading;
}

/**
 * The declaration at the current token, up to the first token behind it: by the grammar alone, and if that does not fit, with recovery. What it
 * depends on is the text from the current token on and, for the order of imports, the declaration before.
 */
export function parseDecl(p: Cursor, previous: Decl | undefined): DeclReading {
  const mark = p.begin();
  const misplaced = p.at(Token.IMPORT) && previous !== undefined && !isImport(previous);
  if (p.outline && p.at(Token.FUNC)) {
    const decl = outlinedFunction(p);
    if (decl && !p.hasFailed && (p.at(Token.EOF) || startsDeclaration(p.token))) return { decl, reading: finish(p, mark.pos, misplaced) };
    p.beginAgain(mark, false);
  }
  if (startsDeclaration(p.token)) {
    const decl = parseDeclAt(p);
    if (!p.hasFailed && endsDecl(p, mark.indent)) return { decl, reading: finish(p, mark.pos, misplaced) };
  }
  const failure = p.errors;
  p.see();
  p.beginAgain(mark);
  const decl = startsDeclaration(p.token) ? parseDeclAt(p) : skipToDecl(p);
  // Recovery may find a way through the text that the grammar does not know.
  if (p.errors.length === 0) p.errors.push(...failure);
  return { decl, reading: finish(p, mark.pos, misplaced) };
}

function finish(p: Cursor, pos: number, misplaced: boolean): Reading {
  if (misplaced) p.errors.unshift({ pos, message: 'imports must appear before other declarations' });
  return p.finish();
}

function isImport(decl: Decl): boolean {
  return decl.kind === NodeKind.GenDecl && decl.token === Token.IMPORT;
}

function parseDeclAt(p: Cursor): Decl {
  if (p.recovering) p.beginItem();
  if (p.at(Token.FUNC)) return parseFuncDecl(p);
  const decl = parseGenDecl(p);
  p.semicolon();
  return decl;
}

/**
 * Whether a declaration that fits the grammar is all there is of it. If it is followed by code that stands further right, its last brace closed
 * something inside it.
 */
function endsDecl(p: Cursor, indent: number): boolean {
  return p.at(Token.EOF) || startsDeclaration(p.token) || (p.first && p.indent <= indent);
}

/** What stands between declarations and is none. */
function skipToDecl(p: Cursor): BadStmt {
  const { pos } = p;
  p.expected('declaration');
  do p.next();
  while (!p.at(Token.EOF) && !p.atTopLevel());
  return new BadStmt(pos, p.previousEnd);
}
