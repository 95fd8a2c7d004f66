// Iterating a copy. The copy is a constant of its own: `for (const x of [...list])` is what other linters take back.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import { endsInSemicolon } from './statements.ts';
import type { LiveIteration } from './iteration.ts';

/** The edits that put a snapshot before the iteration; undefined where no statement can stand. */
export function snapshotEdits({ node, container }: LiveIteration, file: ts.SourceFile): readonly Edit[] | undefined {
  const statement = compiler.isCallExpression(node) ? node.parent : node;
  if (!compiler.isStatement(statement) || (compiler.isCallExpression(node) && !compiler.isExpressionStatement(statement))) return undefined;
  const { parent } = statement;
  if (!compiler.isBlock(parent) && !compiler.isSourceFile(parent) && !compiler.isModuleBlock(parent) && !compiler.isCaseOrDefaultClause(parent)) return undefined;
  const name = freeName(file, iterationsBefore(statement, parent.statements, container, file));
  const start = statement.getStart(file);
  const semicolon = endsInSemicolon(lastStatementIn(statement), file) ? ';' : '';
  const copied = file.text.slice(container.getStart(file), container.end);
  const declaration = `const ${name} = [...${copied}]${semicolon}\n${indentAt(file.text, start)}`;
  const iterated = compiler.isForOfStatement(node) ? node.expression : container;
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
  return before.filter((other) => (compiler.isForOfStatement(other) && other.expression.getText(file) === iterated) || (compiler.isExpressionStatement(other) && other.getText(file).startsWith(`${iterated}.forEach(`))).length;
}

function freeName(file: ts.SourceFile, skipped: number): string {
  for (let i = 1 + skipped; ; i++) {
    const name = i === 1 ? 'snapshot' : `snapshot${i}`;
    if (!file.text.includes(name)) return name;
  }
}
