// Iterating a copy. The copy is a constant of its own: `for (const x of [...list])` is what other linters take back.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import { endsInSemicolon } from './statements.ts';
import type { LiveIteration } from './iteration.ts';

/** The edits that put a snapshot before the iteration; undefined where no statement can stand. */
export function snapshotEdits({ node, container, kind }: LiveIteration, file: ts.SourceFile): readonly Edit[] | undefined {
  const statement = compiler.isCallExpression(node) ? node.parent : node;
  if (!compiler.isStatement(statement) || (compiler.isCallExpression(node) && !compiler.isExpressionStatement(statement))) return undefined;
  const { parent } = statement;
  if (!compiler.isBlock(parent) && !compiler.isSourceFile(parent) && !compiler.isModuleBlock(parent) && !compiler.isCaseOrDefaultClause(parent)) return undefined;
  const name = freeName(container, file, iterationsBefore(statement, parent.statements, container, file));
  const start = statement.getStart(file);
  const semicolon = endsInSemicolon(lastStatementIn(statement), file) ? ';' : '';
  const iterated = compiler.isForOfStatement(node) ? node.expression : container;
  const copied = file.text.slice(iterated.getStart(file), iterated.end);
  // The callbacks of maps and sets are given what those of arrays are not.
  const copy = iterated === container && kind !== 'array' && !compiler.isForOfStatement(node) ? `new ${kind === 'map' ? 'Map' : 'Set'}(${copied})` : `[...${copied}]`;
  const declaration = `const ${name} = ${copy}${semicolon}\n${indentAt(file.text, start)}`;
  return [
    { start, end: start, newText: declaration },
    { start: iterated.getStart(file), end: iterated.end, newText: name },
  ];
}

/** A statement whose end shows whether statements end in semicolons here. */
function lastStatementIn(statement: ts.Statement): ts.Node {
  let last: ts.Node = statement;
  const visit = (node: ts.Node): void => {
    if (compiler.isExpressionStatement(node)) last = node;
    compiler.forEachChild(node, visit);
  };
  visit(statement);
  return last;
}

/** Statements of the same list that iterate the same container: each gets a snapshot of its own when all are changed at once. */
function iterationsBefore(statement: ts.Statement, list: readonly ts.Statement[], container: ts.Expression, file: ts.SourceFile): number {
  const iterated = file.text.slice(container.getStart(file), container.end);
  const before = list.slice(0, list.indexOf(statement));
  return before.filter((other) => (compiler.isForOfStatement(other) && isOver(other.expression.getText(file), iterated)) || (compiler.isExpressionStatement(other) && other.getText(file).startsWith(`${iterated}.forEach(`))).length;
}

/** True for `m`, `m.keys()` and so on. */
function isOver(expression: string, iterated: string): boolean {
  return expression === iterated || expression.startsWith(`${iterated}.`);
}

/** `jobsSnapshot` for `this.jobs`. */
function freeName(container: ts.Expression, file: ts.SourceFile, skipped: number): string {
  const last = compiler.isPropertyAccessExpression(container) ? container.name.text : compiler.isIdentifier(container) ? container.text : '';
  const own = last.startsWith('#') ? last.slice(1) : last;
  const base = own === '' ? 'snapshot' : `${own}Snapshot`;
  for (let i = 1 + skipped; ; i++) {
    const name = i === 1 ? base : `${base}${i}`;
    if (!file.text.includes(name)) return name;
  }
}
