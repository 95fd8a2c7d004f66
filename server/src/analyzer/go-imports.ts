// What a fix does to the imports: those it needs are added, those that only the replaced code used are removed, so that
// the file compiles afterwards.

import type * as ast from '../go/syntax/ast.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import { commentsIn } from '../go/syntax/comments.ts';
import { walk } from '../go/syntax/walk.ts';
import { addImports } from '../go/packages/imports.ts';
import type { GoFile } from '../go/packages/package.ts';
import type { TypeInfo } from '../go/types/info.ts';
import { ObjectKind } from '../go/types/objects.ts';
import type { PackageName } from '../go/types/objects.ts';
import type { Fix } from '../rules/rule.ts';
import { leavesVariableUnused } from './go-unused.ts';
import { contains, overlaps } from '../text/span.ts';
import type { Edit, Span } from '../text/span.ts';

/**
 * All edits of some fixes in their file, sorted; undefined if the imports cannot be put right, or if a local variable would
 * be left unused. The fixes' own edits must not overlap; together they may leave an import unused that each alone does not.
 */
export function completeGoEdits(file: GoFile, info: TypeInfo, fixes: readonly Fix[]): readonly Edit[] | undefined {
  const own = fixes.flatMap((fix) => fix.edits);
  if (leavesVariableUnused(file, info, own)) return undefined;
  const edits: Edit[] = [...own];
  const imports = [...new Set(fixes.flatMap((fix) => fix.imports ?? []))].filter((path) => !file.imports.includes(path));
  const added = imports.length === 0 ? [] : addImports(file.syntax, file.text, imports, (name) => isTaken(name, file, info));
  if (!added) return undefined;
  edits.push(...added);
  for (const spec of importsLeftUnused(file, info, own)) {
    const removal = removalOf(spec, file);
    if (!removal || edits.some((edit) => overlaps(edit, removal))) return undefined;
    edits.push(removal);
  }
  return edits.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** True if a name means something in the whole package already, so that an import of that name would clash. */
function isTaken(name: string, file: GoFile, info: TypeInfo): boolean {
  return info.lookup(name, file.syntax, file.syntax.name.end) !== undefined;
}

/** The imports whose every use stands in replaced text, and whose name no new text mentions. */
function importsLeftUnused(file: GoFile, info: TypeInfo, edits: readonly Edit[]): readonly ast.ImportSpec[] {
  const inside = new Map<PackageName, boolean>();
  eachPackageUse(file.syntax, info, edits, (name) => inside.set(name, true));
  if (inside.size === 0) return [];
  eachPackageUse(file.syntax, info, undefined, (name, span) => {
    if (inside.has(name) && !edits.some((edit) => contains(edit, span))) inside.delete(name);
  });
  return [...inside.keys()].filter((name) => !edits.some((edit) => edit.newText.includes(`${name.name}.`))).map((name) => name.spec);
}

function eachPackageUse(syntax: ast.File, info: TypeInfo, within: readonly Span[] | undefined, found: (name: PackageName, span: Span) => void): void {
  walk(syntax, (node) => {
    const span = { start: node.pos, end: node.end };
    if (within && node.kind !== NodeKind.File && !within.some((area) => overlaps(area, span))) return false;
    if (node.kind !== NodeKind.SelectorExpr || node.x.kind !== NodeKind.Ident) return true;
    const object = info.useOf(node.x);
    if (object?.kind === ObjectKind.PackageName) found(object, { start: node.x.pos, end: node.x.end });
    return true;
  });
}

/** The edit that takes an import out of its file with its line; undefined if a comment would be lost with it. */
function removalOf(spec: ast.ImportSpec, file: GoFile): Edit | undefined {
  const declaration = file.syntax.decls.find((decl) => decl.kind === NodeKind.GenDecl && decl.pos <= spec.pos && spec.end <= decl.end);
  if (declaration?.kind !== NodeKind.GenDecl) return undefined;
  const whole = declaration.specs.length === 1 ? declaration : spec;
  const start = lineStartIfBlank(file.text, whole.pos);
  const end = lineEndIfBlank(file.text, whole.end);
  if (start === undefined || end === undefined || commentsIn(file.syntax, { start, end }).length > 0) return undefined;
  const blankBefore = declaration.specs.length === 1 && file.text.slice(0, start).endsWith('\n\n') && file.text.startsWith('\n', end);
  return { start, end: blankBefore ? end + 1 : end, newText: '' };
}

function lineStartIfBlank(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return text.slice(start, offset).trim() === '' ? start : undefined;
}

/** The offset after the line's terminator, if nothing but blanks and a semicolon follows. */
function lineEndIfBlank(text: string, offset: number): number | undefined {
  const newline = text.indexOf('\n', offset);
  const end = newline < 0 ? text.length : newline + 1;
  return text.slice(offset, end).replace(';', '').trim() === '' ? end : undefined;
}
