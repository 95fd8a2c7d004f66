import { isPure } from '../../go/expressions.ts';
import { goStatementAround, statementAt } from '../../go/statements.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { GoFile } from '../../go/packages/package.ts';
import { indentAt } from '../../text/lines.ts';
import type { Edit, Span } from '../../text/span.ts';
import type { GoProgramContext } from '../go-context.ts';
import type { Place } from '../go-places.ts';
import type { Fix } from '../rule.ts';

const goMethodVersion = 25;

/** `wg.Add(1)` as the first statement of `go func() { … }()`: `wg.Go`, or the call before the go statement. */
export function insideFixes({ path, span }: Place, context: GoProgramContext): readonly Fix[] {
  const file = context.file(path);
  const at = file && statementAt(file.syntax, span.start);
  const around = at && goStatementAround(at.around);
  const group = at && groupOf(at.statement, 'Add');
  if (!file || !at || !around || !group || at.index !== 0 || at.statement.end !== span.end) return [];
  // A name that the literal declares is not there outside it.
  if (!isPure(group, context.info) || mentionsDeclared(group, around.literal, context)) return [];
  const text = (node: Span | ast.Node): string => ('pos' in node ? file.text.slice(node.pos, node.end) : file.text.slice(node.start, node.end));
  const add = text(at.statement);
  const indent = indentAt(file.text, around.go.pos);
  const move: Fix = {
    title: { id: 'fix-move', arguments: { add } },
    safe: true,
    edits: [{ start: around.go.pos, end: around.go.pos, newText: `${add}\n${indent}` }, lineOf(file, at.statement)],
  };
  const done = at.list[1];
  const usesGo = isOne(at.statement) && done?.kind === NodeKind.DeferStmt && text(done.call) === `${text(group)}.Done()` && around.call.args.length === 0;
  if (!usesGo || (file.libraryFloor?.version ?? 0) < goMethodVersion || (around.literal.type.params?.list.length ?? 0) > 0) return [move];
  const edits: Edit[] = [
    { start: around.go.pos, end: around.literal.pos, newText: `${text(group)}.Go(` },
    lineOf(file, at.statement),
    lineOf(file, done),
    { start: around.literal.end, end: around.go.end, newText: ')' },
  ];
  return [{ title: { id: 'fix-go', arguments: { group: text(group) } }, safe: true, edits }, move];
}

/** True for the first statement of `go func() { … }()`. */
export function isFirstStatement(place: Place | undefined, context: GoProgramContext): boolean {
  const file = place && context.file(place.path);
  const at = file && statementAt(file.syntax, place.span.start);
  return at?.index === 0 && goStatementAround(at.around) !== undefined;
}

/** `defer f()` directly before `defer wg.Done()`: the other way round. */
export function swapFix(done: Place, access: Place, context: GoProgramContext): readonly Fix[] {
  const file = context.file(done.path);
  const at = file && statementAt(file.syntax, done.span.start);
  const before = at?.list[at.index - 1];
  if (!file || at?.statement.kind !== NodeKind.DeferStmt || before?.kind !== NodeKind.DeferStmt || access.path !== done.path) return [];
  if (access.span.start < before.pos || access.span.end > before.end || file.text.slice(before.end, at.statement.pos).trim() !== '') return [];
  const text = (node: ast.Node): string => file.text.slice(node.pos, node.end);
  return [{
    title: { id: 'fix-swap', arguments: { done: text(at.statement.call) } },
    safe: true,
    edits: [
      { start: before.pos, end: before.pos, newText: `${text(at.statement)}\n${indentAt(file.text, before.pos)}` },
      lineOf(file, at.statement),
    ],
  }];
}

/** `wg.Done()` as the last statement of a goroutine: deferred by the first. */
export function deferFix(done: Place, context: GoProgramContext): readonly Fix[] {
  const file = context.file(done.path);
  const at = file && statementAt(file.syntax, done.span.start);
  const around = at && goStatementAround(at.around);
  const first = at?.list[0];
  if (!file || !at || !around || !first || at.index !== at.list.length - 1 || at.index === 0 || !groupOf(at.statement, 'Done')) return [];
  const call = file.text.slice(at.statement.pos, at.statement.end);
  return [{
    title: { id: 'fix-defer', arguments: { done: call } },
    safe: true,
    edits: [{ start: first.pos, end: first.pos, newText: `defer ${call}\n${indentAt(file.text, first.pos)}` }, lineOf(file, at.statement)],
  }];
}

/** The wg of a statement `wg.Add(…)`. */
function groupOf(statement: ast.Stmt, method: string): ast.Expr | undefined {
  if (statement.kind !== NodeKind.ExprStmt || statement.x.kind !== NodeKind.CallExpr) return undefined;
  const { fun } = statement.x;
  return fun.kind === NodeKind.SelectorExpr && fun.sel.name === method ? fun.x : undefined;
}

function isOne(statement: ast.Stmt): boolean {
  if (statement.kind !== NodeKind.ExprStmt || statement.x.kind !== NodeKind.CallExpr) return false;
  const [argument] = statement.x.args;
  return argument?.kind === NodeKind.BasicLit && argument.value === '1';
}

/** The statement with its whole line, if nothing else is on it. */
function lineOf(file: GoFile, { pos, end }: ast.Node): Edit {
  const lineStart = file.text.lastIndexOf('\n', pos - 1) + 1;
  const lineEnd = file.text.indexOf('\n', end);
  const isAlone = file.text.slice(lineStart, pos).trim() === '' && lineEnd >= 0 && file.text.slice(end, lineEnd).trim() === '';
  return isAlone ? { start: lineStart, end: lineEnd + 1, newText: '' } : { start: pos, end: file.text.charAt(end) === ';' ? end + 1 : end, newText: '' };
}

function mentionsDeclared(group: ast.Expr, literal: ast.FuncLit, { info }: GoProgramContext): boolean {
  let found = false;
  walk(group, (node) => {
    const object = node.kind === NodeKind.Ident ? info.useOf(node) : undefined;
    const at = object?.ident?.pos ?? -1;
    if (at >= literal.pos && at < literal.end) found = true;
  });
  return found;
}
