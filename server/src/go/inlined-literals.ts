// The statements of a function literal, put in the place of the call that runs it.

import { commentsIn } from './syntax/comments.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { pathAt, walk } from './syntax/walk.ts';
import type { GoFile } from './packages/package.ts';
import type { StatementAt } from './statements.ts';
import { indentAt, lineEndOf } from '../text/lines.ts';

/** True for the last statement of a function without results: what a literal there returns or defers, the function does. */
export function isLastOfFunction({ list, index, around }: StatementAt): boolean {
  const fn = around.at(-2);
  const isFunction = fn?.kind === NodeKind.FuncDecl || fn?.kind === NodeKind.FuncLit;
  return isFunction && fn.body === around.at(-1) && index === list.length - 1 && (fn.type.results?.list.length ?? 0) === 0;
}

/**
 * The statements of a literal without parameters as they would stand in the place of a statement, indented like it but for the first
 * line. Undefined where they would mean something else there, or not be set as gofmt sets them.
 */
export function inlinedStatements(file: GoFile, literal: ast.FuncLit, at: StatementAt): string | undefined {
  if ((leavesOrDefers(literal) && !isLastOfFunction(at)) || !namesAreOwn(file, literal, at)) return undefined;
  const lines = linesInside(file, literal, indentAt(file.text, at.statement.pos));
  if (!lines || hasCommentBeside(file, literal, at)) return undefined;
  return lines.join(lineEndOf(file.text));
}

/** The lines between the braces of a literal, indented like the statement it stands in but for the first; undefined if text would change. */
export function linesInside(file: GoFile, { body }: ast.FuncLit, indentation: string): readonly string[] | undefined {
  const { text } = file;
  if (body.list.length === 0) return undefined;
  const inside = text.slice(body.pos + 1, body.end - 1);
  if (!inside.includes('\n')) return commentsIn(file.syntax, { start: body.pos, end: body.end }).length > 0 ? undefined : body.list.map((each, index) => `${index === 0 ? '' : indentation}${text.slice(each.pos, each.end)}`);
  if (hasLongText(file, body)) return undefined;
  const lines = inside.split('\n').map((line) => line.trimEnd());
  const [first = '', ...rest] = lines;
  const moved = [first.trimStart()];
  for (const line of rest) {
    if (line !== '' && !line.startsWith(`${indentation}\t`) && line !== indentation.trimEnd()) return undefined;
    moved.push(line.slice(1));
  }
  while (moved[0] === '') moved.shift();
  while (moved.at(-1)?.trim() === '') moved.pop();
  return moved.map((line, index) => (index === 0 ? line.trimStart() : line));
}

/** True for texts and comments over several lines, whose inner lines must stay as they are. */
function hasLongText(file: GoFile, body: ast.BlockStmt): boolean {
  let found = commentsIn(file.syntax, { start: body.pos, end: body.end }).some(({ pos, end }) => file.text.slice(pos, end).includes('\n'));
  walk(body, (node) => {
    found ||= node.kind === NodeKind.BasicLit && node.value.includes('\n');
    return !found;
  });
  return found;
}

/** True if a comment behind the first or last statement would stand below or above another one, which gofmt sets in one column. */
function hasCommentBeside(file: GoFile, literal: ast.FuncLit, { list, index, statement }: StatementAt): boolean {
  const first = literal.body.list[0];
  const last = literal.body.list.at(-1);
  const isBehind = (node: ast.Node | undefined): boolean => node !== undefined && hasCommentBehind(file, node.end);
  return isBehind(statement) || (isBehind(first) && isBehind(list[index - 1])) || (isBehind(last) && isBehind(list[index + 1]));
}

/** True if a comment stands on the line of an offset, behind it. */
export function hasCommentBehind(file: GoFile, offset: number): boolean {
  const lineEnd = file.text.indexOf('\n', offset);
  return commentsIn(file.syntax, { start: offset, end: lineEnd < 0 ? file.text.length : lineEnd }).length > 0;
}

/** True for a literal that may return before its end, that defers or recovers, or that jumps to labels, which belong to the function. */
function leavesOrDefers(literal: ast.FuncLit): boolean {
  let found = false;
  walk(literal.body, (node) => {
    if (node.kind === NodeKind.FuncLit) return false;
    found ||= node.kind === NodeKind.ReturnStmt || node.kind === NodeKind.DeferStmt || node.kind === NodeKind.LabeledStmt;
    found ||= node.kind === NodeKind.CallExpr && node.fun.kind === NodeKind.Ident && node.fun.name === 'recover';
    return !found;
  });
  return found;
}

/** True if no name that the literal's own block declares is used around it. */
function namesAreOwn(file: GoFile, literal: ast.FuncLit, { statement }: StatementAt): boolean {
  const declared = new Set<string>();
  const add = (node: ast.Node): void => {
    if (node.kind === NodeKind.Ident) declared.add(node.name);
  };
  for (const each of literal.body.list) {
    if (each.kind === NodeKind.AssignStmt) each.lhs.forEach(add);
    if (each.kind === NodeKind.DeclStmt) walk(each.decl, add);
  }
  const around = pathAt(file.syntax, statement.pos).find((node) => node.kind === NodeKind.FuncDecl);
  if (!around) return false;
  let isOwn = true;
  walk(around, (node) => {
    if (node === literal) return false;
    if (node.kind === NodeKind.Ident && declared.has(node.name)) isOwn = false;
    return isOwn;
  });
  return isOwn;
}
