// Edits that mend a race across an await where it stands, and change nothing else.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { methodCall, plain } from './expressions.ts';
import { isFunction, walkAll, walkOwn } from './operations.ts';
import { snapshotEdits } from './snapshot.ts';
import { endsInSemicolon } from './statements.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit, Span } from '../text/span.ts';

/** The outermost node that is written at a place, the expression where a statement is no more than one; undefined if none begins and ends there. */
export function nodeAt(file: ts.SourceFile, { start, end }: Span): ts.Node | undefined {
  let at: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = compiler.forEachChild(at, (child) => (child.getStart(file) <= start && end <= child.end ? child : undefined));
    if (!inner) return undefined;
    if (inner.getStart(file) === start && inner.end === end) return compiler.isExpressionStatement(inner) ? inner.expression : inner;
    at = inner;
  }
}

/** `await` before a call whose promise is returned or dropped, in an async function. */
export function awaitEdit(call: ts.Node, file: ts.SourceFile): Edit | undefined {
  const { parent } = call;
  const isPlain = (compiler.isReturnStatement(parent) || compiler.isExpressionStatement(parent)) && parent.expression === call;
  if (!isPlain || !isInAsyncFunction(call)) return undefined;
  const start = call.getStart(file);
  return { start, end: start, newText: 'await ' };
}

function isInAsyncFunction(node: ts.Node): boolean {
  let at = node.parent;
  while (!compiler.isSourceFile(at) && !isFunction(at)) at = at.parent;
  return !compiler.isSourceFile(at) && compiler.canHaveModifiers(at) && (compiler.getModifiers(at)?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword) ?? false);
}

/** A copy of the list that a loop goes over. */
export function listSnapshotEdits(iterated: ts.Node, file: ts.SourceFile): readonly Edit[] | undefined {
  const loop = iterated.parent;
  if (!compiler.isForOfStatement(loop) || loop.expression !== iterated || loop.awaitModifier) return undefined;
  return snapshotEdits({ node: loop, container: plain(loop.expression), kind: 'array', body: loop.statement, element: undefined, index: undefined, visitsNew: true }, file);
}

/** `if (m.get(k) === promise) m.delete(k);`, where the removal is a statement by itself and a constant holds what was stored. */
export function identityEdit(removal: ts.Node, stored: ts.Node, file: ts.SourceFile): Edit | undefined {
  const call = methodCall(removal);
  const set = methodCall(stored);
  const [key] = call?.arguments ?? [];
  const value = set?.arguments[1] && plain(set.arguments[1]);
  if (!call || !key || call.name !== 'delete' || !value || !compiler.isIdentifier(value)) return undefined;
  if (!compiler.isExpressionStatement(removal.parent) || !isSeenConstant(value, removal)) return undefined;
  const start = removal.parent.getStart(file);
  const text = (node: ts.Node): string => file.text.slice(node.getStart(file), node.end);
  return { start, end: start, newText: `if (${text(call.receiver)}.get(${text(key)}) === ${value.text}) ` };
}

/** True for a constant that is declared in a block around a node. */
function isSeenConstant(name: ts.Identifier, from: ts.Node): boolean {
  for (let at = from; !compiler.isSourceFile(at); at = at.parent) {
    if (!compiler.isBlock(at)) continue;
    for (const statement of at.statements) {
      if (!compiler.isVariableStatement(statement) || !(statement.declarationList.flags & compiler.NodeFlags.Const)) continue;
      if (statement.declarationList.declarations.some((each) => compiler.isIdentifier(each.name) && each.name.text === name.text)) return true;
    }
  }
  return false;
}

/** `const awaited = await price(id);` before `total = total + awaited`. */
export function awaitFirstEdits(write: ts.Node, file: ts.SourceFile): readonly Edit[] | undefined {
  const statement = write.parent as ts.Node | undefined;
  if (!statement || !compiler.isExpressionStatement(statement) || !compiler.isBlock(statement.parent)) return undefined;
  const awaits: ts.AwaitExpression[] = [];
  let branches = false;
  const visit = (node: ts.Node): void => {
    if (compiler.isAwaitExpression(node)) awaits.push(node);
    // What is evaluated under a condition is not moved out of it.
    branches ||= compiler.isConditionalExpression(node) && walks(node);
    branches ||= compiler.isBinaryExpression(node) && [SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken].includes(node.operatorToken.kind) && walks(node.right);
  };
  visit(write);
  walkOwn(write, visit);
  const [only, ...others] = awaits;
  if (!only || others.length > 0 || branches || callsBefore(write, only, file)) return undefined;
  const name = freeName(file);
  const start = statement.getStart(file);
  const semicolon = endsInSemicolon(statement, file) ? ';' : '';
  const awaited = file.text.slice(only.getStart(file), only.end);
  const replaced = compiler.isParenthesizedExpression(only.parent) ? only.parent : only;
  return [
    { start, end: start, newText: `const ${name} = ${awaited}${semicolon}\n${indentAt(file.text, start)}` },
    { start: replaced.getStart(file), end: replaced.end, newText: name },
  ];
}

function walks(node: ts.Node): boolean {
  let waits = compiler.isAwaitExpression(node);
  walkOwn(node, (child) => {
    waits ||= compiler.isAwaitExpression(child);
  });
  return waits;
}

/** True if another call than one that only reads a container comes before the await: it would come after it. */
function callsBefore(write: ts.Node, awaited: ts.AwaitExpression, file: ts.SourceFile): boolean {
  let calls = false;
  walkAll(write, (node) => {
    if (!compiler.isCallExpression(node) || node.getStart(file) >= awaited.getStart(file) || node.end > awaited.getStart(file)) return;
    calls ||= methodCall(node)?.name !== 'get' && methodCall(node)?.name !== 'has';
  });
  return calls;
}

function freeName(file: ts.SourceFile): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? 'awaited' : `awaited${i}`;
    if (!file.text.includes(name)) return name;
  }
}

/** `promise.catch(() => { if (m.get(k) === promise) m.delete(k); });` behind the statement that stores the promise. */
export function forgetRejectedEdit(write: ts.Node, file: ts.SourceFile): Edit | undefined {
  const set = methodCall(write);
  const [key, given] = set?.arguments ?? [];
  const value = given && plain(given);
  const statement = write.parent as ts.Node | undefined;
  if (!set || set.name !== 'set' || !key || !value || !compiler.isIdentifier(value) || !statement || !compiler.isExpressionStatement(statement) || !compiler.isBlock(statement.parent) || !isSeenConstant(value, write)) return undefined;
  const text = (node: ts.Node): string => file.text.slice(node.getStart(file), node.end);
  const indent = indentAt(file.text, statement.getStart(file));
  const semicolon = endsInSemicolon(statement, file) ? ';' : '';
  const map = text(set.receiver);
  const newText = `\n${indent}${value.text}.catch(() => {\n${indent}  if (${map}.get(${text(key)}) === ${value.text}) ${map}.delete(${text(key)})${semicolon}\n${indent}})${semicolon}`;
  return { start: statement.end, end: statement.end, newText };
}
