// Which Go release introduced a symbol of the standard library. The facts say it in comments: `//21` right behind a
// declaration, field or method that is younger than what it belongs to.

import { NodeKind } from '../../syntax/ast.ts';
import type * as ast from '../../syntax/ast.ts';
import { Token } from '../../syntax/token.ts';
import type { GoVersion } from '../../packages/version.ts';
import { standardPackage } from './standard-library.ts';
import type { StandardFile } from './standard-library.ts';

interface Ages {
  /** By `Name` and `Type.Member`. */
  readonly symbols: ReadonlyMap<string, GoVersion>;
  /** What a type's members may come from: embedded types and the target of an alias, by the type's name. */
  readonly sources: ReadonlyMap<string, readonly TypeReference[]>;
}

interface TypeReference {
  readonly path: string;
  readonly name: string;
}

const known = new Map<string, Ages | undefined>();

/**
 * The N of the release Go 1.N that introduced a symbol of a package: `Clone`, `Map.Clear` (a method), `Server.Protocols` (a
 * field). 0 or 1 for what was always there; undefined if there is no such symbol. Methods count from when their type had them,
 * also by embedding.
 */
export function sinceOf(packagePath: string, symbol: string): GoVersion | undefined {
  return sinceWithin(packagePath, symbol, 0);
}

const maxEmbedding = 8;

function sinceWithin(packagePath: string, symbol: string, depth: number): GoVersion | undefined {
  const ages = agesOf(packagePath);
  const own = ages?.symbols.get(symbol);
  if (!ages || own !== undefined || depth > maxEmbedding) return own;
  const dot = symbol.indexOf('.');
  const type = symbol.slice(0, Math.max(0, dot));
  const typeSince = ages.symbols.get(type);
  if (typeSince === undefined) return undefined;
  for (const source of ages.sources.get(type) ?? []) {
    const member = `${source.name}${symbol.slice(dot)}`;
    // The predeclared error is no type of the package.
    const since = member === 'error.Error' ? 0 : sinceWithin(source.path, member, depth + 1);
    if (since !== undefined) return Math.max(since, typeSince);
  }
  return undefined;
}

function agesOf(path: string): Ages | undefined {
  if (known.has(path)) return known.get(path);
  const [file] = standardPackage(path)?.files ?? [];
  const ages = file && readAges(file, path);
  known.set(path, ages);
  return ages;
}

function readAges(file: StandardFile, path: string): Ages {
  const { syntax, text } = file;
  const marks = new Map<number, GoVersion>();
  const symbols = new Map<string, GoVersion>();
  for (const comment of syntax.comments) {
    const content = text.slice(comment.pos + 2, comment.end);
    if (content.startsWith('+')) addPromoted(content.slice(1), symbols);
    else marks.set(comment.pos, Number(content));
  }
  const reader: Reader = {
    path,
    marks,
    symbols,
    sources: new Map(),
    imports: importsOf(syntax),
    base: marks.get(syntax.name.end) ?? 0,
  };
  for (const declaration of syntax.decls) readDeclaration(declaration, reader);
  return { symbols, sources: reader.sources };
}

interface Reader {
  readonly path: string;
  readonly marks: ReadonlyMap<number, GoVersion>;
  readonly symbols: Map<string, GoVersion>;
  readonly sources: Map<string, TypeReference[]>;
  /** Import paths by local name. */
  readonly imports: ReadonlyMap<string, string>;
  /** The release that introduced the package. */
  readonly base: GoVersion;
}

/** `T.M 14,N 15`: methods of T by embedding. */
function addPromoted(content: string, symbols: Map<string, GoVersion>): void {
  const dot = content.indexOf('.');
  for (const item of content.slice(dot + 1).split(',')) {
    const [method = '', since] = item.split(' ');
    symbols.set(`${content.slice(0, dot)}.${method}`, Number(since));
  }
}

function importsOf(file: ast.File): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const declaration of file.decls) {
    if (declaration.kind !== NodeKind.GenDecl || declaration.token !== Token.IMPORT) continue;
    for (const spec of declaration.specs) {
      if (spec.kind !== NodeKind.ImportSpec) continue;
      const path = spec.path.value.slice(1, -1);
      imports.set(spec.name?.name ?? path.slice(path.lastIndexOf('/') + 1), path);
    }
  }
  return imports;
}

function readDeclaration(declaration: ast.Decl, reader: Reader): void {
  if (declaration.kind === NodeKind.FuncDecl) readFunction(declaration, reader);
  if (declaration.kind !== NodeKind.GenDecl) return;
  const since = reader.marks.get(declaration.end) ?? reader.base;
  for (const spec of declaration.specs) {
    if (spec.kind === NodeKind.ValueSpec) for (const name of spec.names) reader.symbols.set(name.name, since);
    if (spec.kind === NodeKind.TypeSpec) readType(spec, since, reader);
  }
}

/** A type's methods follow it, so that its age is known here. */
function readFunction(declaration: ast.FuncDecl, reader: Reader): void {
  const mark = reader.marks.get(declaration.end);
  const receiver = declaration.recv?.list[0]?.type;
  const owner = receiver && typeNamed(receiver)?.name;
  if (owner === undefined) reader.symbols.set(declaration.name.name, mark ?? reader.base);
  else reader.symbols.set(`${owner}.${declaration.name.name}`, mark ?? reader.symbols.get(owner) ?? reader.base);
}

function readType(spec: ast.TypeSpec, since: GoVersion, reader: Reader): void {
  const name = spec.name.name;
  reader.symbols.set(name, since);
  if (spec.alias) addSource(name, spec.type, reader);
  const fields = spec.type.kind === NodeKind.StructType ? spec.type.fields : spec.type.kind === NodeKind.InterfaceType ? spec.type.methods : undefined;
  for (const field of fields?.list ?? []) {
    const age = reader.marks.get(field.end) ?? since;
    for (const member of field.names) reader.symbols.set(`${name}.${member.name}`, age);
    if (field.names.length > 0) continue;
    const embedded = typeNamed(field.type);
    if (embedded && spec.type.kind === NodeKind.StructType) reader.symbols.set(`${name}.${embedded.name}`, age);
    addSource(name, field.type, reader);
  }
}

function addSource(owner: string, type: ast.Expr, reader: Reader): void {
  const named = typeNamed(type);
  const path = named && (named.qualifier === undefined ? reader.path : reader.imports.get(named.qualifier));
  if (!named || path === undefined) return;
  const list = reader.sources.get(owner) ?? [];
  list.push({ path, name: named.name });
  reader.sources.set(owner, list);
}

/** The name in T, *T, T[A], p.T; undefined for any other type. */
function typeNamed(type: ast.Expr): { readonly qualifier: string | undefined; readonly name: string } | undefined {
  let named = type;
  while (named.kind === NodeKind.StarExpr || named.kind === NodeKind.IndexExpr || named.kind === NodeKind.ParenExpr) named = named.x;
  if (named.kind === NodeKind.Ident) return { qualifier: undefined, name: named.name };
  return named.kind === NodeKind.SelectorExpr && named.x.kind === NodeKind.Ident ? { qualifier: named.x.name, name: named.sel.name } : undefined;
}
