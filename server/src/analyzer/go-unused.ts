// Local variables that a fix would leave unused, which Go refuses to compile.

import { unparen } from '../go/expressions.ts';
import type * as ast from '../go/syntax/ast.ts';
import { NodeKind } from '../go/syntax/ast.ts';
import { walk } from '../go/syntax/walk.ts';
import type { GoFile } from '../go/packages/package.ts';
import type { TypeInfo } from '../go/types/info.ts';
import { ObjectKind, VariableKind } from '../go/types/objects.ts';
import type { Variable } from '../go/types/objects.ts';
import { contains, overlaps } from '../text/span.ts';
import type { Edit } from '../text/span.ts';

/** True if a local variable declared outside the edited text is used nowhere else. */
export function leavesVariableUnused(file: GoFile, info: TypeInfo, edits: readonly Edit[]): boolean {
  return file.syntax.decls.some((declaration) => {
    const touching = edits.filter((edit) => overlaps(edit, { start: declaration.pos, end: declaration.end }));
    return touching.length > 0 && leavesUnusedIn(declaration, info, touching);
  });
}

function leavesUnusedIn(declaration: ast.Decl, info: TypeInfo, edits: readonly Edit[]): boolean {
  const candidates = new Set<Variable>();
  eachUse(declaration, info, (variable, use) => {
    const name = variable.ident!;
    const removed = edits.some((edit) => contains(edit, use)) && !edits.some((edit) => contains(edit, { start: name.pos, end: name.end }));
    if (removed && !edits.some((edit) => mentions(edit.newText, variable.name))) candidates.add(variable);
  });
  if (candidates.size === 0) return false;
  eachUse(declaration, info, (variable, use) => {
    if (!edits.some((edit) => contains(edit, use))) candidates.delete(variable);
  });
  return candidates.size > 0;
}

/** Calls back for every use of a local variable that the compiler counts: an assignment to it is none. */
function eachUse(declaration: ast.Decl, info: TypeInfo, visit: (variable: Variable, use: { readonly start: number; readonly end: number }) => void): void {
  const targets = new Set<ast.Node>();
  walk(declaration, (node) => {
    if (node.kind === NodeKind.AssignStmt) for (const target of node.lhs) targets.add(unparen(target));
    if (node.kind !== NodeKind.Ident || targets.has(node)) return true;
    const object = info.useOf(node);
    if (object?.kind === ObjectKind.Variable && object.variableKind === VariableKind.Local && object.ident) visit(object, { start: node.pos, end: node.end });
    return true;
  });
}

/** True if the text has the name as a word. The text is a fix's own. */
function mentions(text: string, name: string): boolean {
  return text.split(/[^\p{L}\p{Nd}_]+/u).includes(name);
}
