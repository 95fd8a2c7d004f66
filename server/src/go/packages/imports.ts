// Adds an import to a file the way gofmt and goimports would write it.

import { NodeKind } from '../syntax/ast.ts';
import type { Expr, File, GenDecl, ImportSpec, Node } from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { forEachChild } from '../syntax/walk.ts';
import { parseFile } from '../syntax/parser.ts';
import { lineEndOf } from '../../text/lines.ts';
import { applyEdits } from '../../text/span.ts';
import type { Edit } from '../../text/span.ts';

export interface AddedImport {
  /** What to write before the dot: the package's name, or the alias under which the file imports it already. */
  readonly name: string;
  /** Undefined if the file imports the path already. */
  readonly edit: Edit | undefined;
}

/**
 * How a file can refer to the package of an import path. Undefined if the name it would have means something else in the file,
 * or if `isTaken` says that it does in the package.
 */
export function addImport(file: File, text: string, path: string, isTaken: (name: string) => boolean = () => false): AddedImport | undefined {
  const imports = importsOf(file);
  for (const { spec } of imports) {
    if (pathOf(spec) !== path || spec.name?.name === '_' || spec.name?.name === '.') continue;
    const name = spec.name?.name ?? defaultImportName(path);
    return name === undefined || mentions(file, name).declared ? undefined : { name, edit: undefined };
  }
  const name = defaultImportName(path);
  if (name === undefined || isTaken(name)) return undefined;
  const clash = imports.some(({ spec }) => (spec.name?.name ?? defaultImportName(pathOf(spec))) === name);
  // A bare use of the name means something that another file of the package declares.
  const { declared, used } = mentions(file, name);
  if (clash || declared || used) return undefined;
  const edit = insertion(file, text, path);
  return edit && { name, edit };
}

/**
 * The edits that add several imports, none of them imported yet: two may want the same place, or turn one import into a block. Undefined
 * if one of them cannot be added.
 */
export function addImports(file: File, text: string, paths: readonly string[], isTaken: (name: string) => boolean = () => false): readonly Edit[] | undefined {
  let syntax = file;
  let after = text;
  for (const path of paths) {
    const added = addImport(syntax, after, path, isTaken);
    if (!added) return undefined;
    if (!added.edit) continue;
    if (paths.length === 1) return [added.edit];
    after = applyEdits(after, [added.edit]);
    if (path !== paths.at(-1)) syntax = parseFile(after);
  }
  if (after === text) return [];
  // All of it stands together, before the first declaration. As early as can be: what follows may be edited, too.
  let behind = 0;
  while (behind < text.length && text.at(-1 - behind) === after.at(-1 - behind)) behind++;
  let start = 0;
  while (start < text.length - behind && text[start] === after[start]) start++;
  return [{ start, end: text.length - behind, newText: after.slice(start, after.length - behind) }];
}

/**
 * The name that a package of this path has by convention: the last element of the path, major versions (`/v2`, `.v3`) left out.
 * Undefined if that is no identifier.
 */
export function defaultImportName(path: string): string | undefined {
  const elements = path.split('/');
  let last = elements.at(-1) ?? '';
  if (elements.length > 1 && /^v[0-9]+$/.test(last)) last = elements.at(-2)!;
  const name = last.replace(/\.v[0-9]+$/, '');
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) ? name : undefined;
}

/** True for paths of the standard library: their first element has no dot. */
export function isStandardPath(path: string): boolean {
  const slash = path.indexOf('/');
  return !(slash < 0 ? path : path.slice(0, slash)).includes('.');
}

interface ImportLine {
  readonly declaration: GenDecl;
  readonly spec: ImportSpec;
}

function importsOf(file: File): readonly ImportLine[] {
  const lines: ImportLine[] = [];
  for (const declaration of file.decls) {
    if (declaration.kind !== NodeKind.GenDecl || declaration.token !== Token.IMPORT) continue;
    for (const spec of declaration.specs) {
      if (spec.kind === NodeKind.ImportSpec) lines.push({ declaration, spec });
    }
  }
  return lines;
}

function pathOf(spec: ImportSpec): string {
  return spec.path.value.slice(1, -1);
}

/** Whether the file declares a name somewhere, and whether it uses it without a qualifier. */
function mentions(file: File, name: string): { readonly declared: boolean; readonly used: boolean } {
  let declared = false;
  let used = false;
  const declares = (names: readonly (Expr | undefined)[]): void => {
    if (names.some((ident) => ident?.kind === NodeKind.Ident && ident.name === name)) declared = true;
  };
  const visit = (node: Node): void => {
    switch (node.kind) {
      case NodeKind.Ident:
        if (node.name === name) used = true;
        return;
      case NodeKind.ImportSpec:
      case NodeKind.BranchStmt:
        return;
      case NodeKind.LabeledStmt:
        return visit(node.stmt);
      case NodeKind.SelectorExpr:
        return visit(node.x);
      case NodeKind.StructType:
        return node.fields.list.forEach((field) => visit(field.type));
      case NodeKind.InterfaceType:
        return node.methods.list.forEach((field) => visit(field.type));
      case NodeKind.CompositeLit:
        if (node.type) visit(node.type);
        // A key that is a bare name is a field, or a variable whose declaration counts.
        return node.elts.forEach((elt) => visit(elt.kind === NodeKind.KeyValueExpr && elt.key.kind === NodeKind.Ident ? elt.value : elt));
      case NodeKind.FuncDecl:
        if (!node.recv) declares([node.name]);
        if (node.recv) visit(node.recv);
        visit(node.type);
        if (node.body) visit(node.body);
        return;
      case NodeKind.Field:
        declares(node.names);
        return visit(node.type);
      case NodeKind.ValueSpec:
        declares(node.names);
        break;
      case NodeKind.TypeSpec:
        declares([node.name]);
        break;
      case NodeKind.AssignStmt:
        if (node.token === Token.DEFINE) declares(node.lhs);
        break;
      case NodeKind.RangeStmt:
        if (node.token === Token.DEFINE) declares([node.key, node.value]);
        break;
      case NodeKind.File:
        return node.decls.forEach(visit);
      default:
        break;
    }
    forEachChild(node, visit);
  };
  visit(file);
  return { declared, used };
}

/** The edit that imports a path, at the best of the places that the file offers; undefined if it is laid out too oddly. */
function insertion(file: File, text: string, path: string): Edit | undefined {
  const eol = lineEndOf(text);
  const imports = importsOf(file).filter(({ spec }) => pathOf(spec) !== 'C');
  const blocks = imports.map(({ declaration }) => declaration).filter((declaration, index, all) => all.indexOf(declaration) === index);
  const block = bestBlock(blocks.filter((declaration) => isBlock(declaration, text)), path);
  if (block) return intoBlock(block, text, path, eol);
  const single = bestBlock(blocks.filter((declaration) => declaration.specs.length === 1 && !isParenthesized(declaration, text)), path);
  if (single) return asBlock(single, text, path, eol);
  const last = importsOf(file).at(-1)?.declaration;
  return afterLine(text, last ? last.end : file.name.end, path, eol);
}

/** The block with the import that has most path elements in common with the new one, of the same kind (standard or not) if there is one. */
function bestBlock(declarations: readonly GenDecl[], path: string): GenDecl | undefined {
  let best: GenDecl | undefined;
  let bestScore = -1;
  for (const declaration of declarations) {
    for (const spec of specsOf(declaration)) {
      const score = likeness(pathOf(spec), path);
      if (score <= bestScore) continue;
      bestScore = score;
      best = declaration;
    }
  }
  return best;
}

function likeness(a: string, b: string): number {
  if (isStandardPath(a) !== isStandardPath(b)) return 0;
  if (isStandardPath(b)) return 1;
  const others = b.split('/');
  const differs = a.split('/').findIndex((element, index) => element !== others[index]);
  return 1 + (differs < 0 ? others.length : differs);
}

function specsOf(declaration: GenDecl): readonly ImportSpec[] {
  return declaration.specs.filter((spec) => spec.kind === NodeKind.ImportSpec);
}

function isParenthesized(declaration: GenDecl, text: string): boolean {
  return text[declaration.end - 1] === ')';
}

/** True for a parenthesized import with each spec on lines of its own. */
function isBlock(declaration: GenDecl, text: string): boolean {
  if (!isParenthesized(declaration, text) || declaration.specs.length === 0) return false;
  let line = lineStart(text, declaration.pos);
  for (const spec of declaration.specs) {
    const start = lineStart(text, spec.pos);
    if (start <= line) return false;
    line = start;
  }
  return lineStart(text, declaration.end) > line;
}

function intoBlock(block: GenDecl, text: string, path: string, eol: string): Edit {
  const groups = groupsOf(block, text);
  let best: readonly ImportSpec[] | undefined;
  let bestScore = 0;
  for (const group of groups) {
    const score = Math.max(...group.map((spec) => likeness(pathOf(spec), path)));
    if (score > bestScore) {
      bestScore = score;
      best = group;
    }
  }
  if (best) {
    const next = best.find((spec) => pathOf(spec) > path);
    const at = next ? withCommentsAbove(text, next, block) : lineEnd(text, best.at(-1)!.end);
    return { start: at, end: at, newText: `\t"${path}"${eol}` };
  }
  // A group of its own: the standard library's comes first.
  const first = groups[0]!;
  if (isStandardPath(path)) {
    const at = withCommentsAbove(text, first[0]!, block);
    return { start: at, end: at, newText: `\t"${path}"${eol}${eol}` };
  }
  const at = lineEnd(text, groups.at(-1)!.at(-1)!.end);
  return { start: at, end: at, newText: `${eol}\t"${path}"${eol}` };
}

/** The specs of a block, cut at blank lines. */
function groupsOf(block: GenDecl, text: string): readonly (readonly ImportSpec[])[] {
  const groups: ImportSpec[][] = [];
  let end = block.pos;
  for (const spec of specsOf(block)) {
    const between = text.slice(end, spec.pos).split('\n');
    const blank = between.slice(1, -1).some((line) => line.trim() === '');
    if (blank || groups.length === 0) groups.push([]);
    groups.at(-1)!.push(spec);
    end = spec.end;
  }
  return groups;
}

/** The start of the line of a spec, or of the comment lines right above it. */
function withCommentsAbove(text: string, spec: ImportSpec, block: GenDecl): number {
  let start = lineStart(text, spec.pos);
  const first = lineEnd(text, block.pos);
  while (start > first) {
    const above = lineStart(text, start - 1);
    if (above < first || !text.slice(above, start).trim().startsWith('//')) break;
    start = above;
  }
  return start;
}

/** Writes `import "a"` as a block with both imports. */
function asBlock(declaration: GenDecl, text: string, path: string, eol: string): Edit | undefined {
  const spec = specsOf(declaration)[0]!;
  const end = lineEnd(text, declaration.end);
  const trailing = text.slice(declaration.end, end).trim();
  // Anything but a comment behind the import belongs to another declaration.
  if (trailing !== '' && !trailing.startsWith('//')) return afterLine(text, declaration.end, path, eol);
  const old = `\t${text.slice(spec.pos, spec.end)}${trailing === '' ? '' : ` ${trailing}`}${eol}`;
  const added = `\t"${path}"${eol}`;
  const apart = isStandardPath(pathOf(spec)) === isStandardPath(path) ? '' : eol;
  const addedFirst = apart === '' ? path < pathOf(spec) : isStandardPath(path);
  const lines = addedFirst ? added + apart + old : old + apart + added;
  const newline = text.slice(declaration.end, end).endsWith('\n') ? eol : '';
  return { start: declaration.pos, end, newText: `import (${eol}${lines})${newline}` };
}

/** A new import declaration below the line that holds `offset`, set off by blank lines. */
function afterLine(text: string, offset: number, path: string, eol: string): Edit | undefined {
  const end = lineEnd(text, offset);
  const rest = text.slice(offset, end).trim();
  if (rest !== '' && !rest.startsWith('//')) return undefined;
  const endsWithNewline = text.slice(offset, end).endsWith('\n');
  const before = endsWithNewline ? eol : eol + eol;
  const nextIsBlank = end >= text.length || text.slice(end, lineEnd(text, end)).trim() === '';
  return { start: end, end, newText: `${before}import "${path}"${eol}${nextIsBlank ? '' : eol}` };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset behind the terminator of the line that holds `offset`. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}
