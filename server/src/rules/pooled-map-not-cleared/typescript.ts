import type ts from 'typescript';
import { compiler } from '../../typescript/compiler.ts';
import { unclearedPool, type UnclearedPool } from '../../typescript/pools.ts';
import { endsInSemicolon } from '../../typescript/statements.ts';
import { indentAt } from '../../text/lines.ts';
import { LineIndex } from '../../text/line-index.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// const pool: Map<string, number>[] = [];
// const m = pool.pop() ?? new Map(); … m.size … pool.push(m);     →  m.clear(); pool.push(m);
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    VariableDeclaration: report,
    PropertyDeclaration: report,
  },
};

function report(declaration: ts.VariableDeclaration | ts.PropertyDeclaration, context: TypeScriptContext): void {
  const { initializer } = declaration;
  if (!initializer || !compiler.isArrayLiteralExpression(initializer)) return;
  const pool = unclearedPool(declaration, context.syntax, context.types);
  if (!pool) return;
  const line = new LineIndex(context.file.text).line(context.spanOf(pool.seen).start) + 1;
  context.report({
    message: { id: 'uncleared', arguments: { map: context.textOf(pool.given), line } },
    span: context.spanOf(pool.given),
    related: [{ path: context.file.path, span: context.spanOf(pool.seen), message: { id: 'seen' } }],
    fixes: fixes(pool, context),
  });
}

function fixes({ given, push }: UnclearedPool, context: TypeScriptContext): readonly Fix[] {
  const statement = push.parent;
  if (!compiler.isExpressionStatement(statement) || !compiler.isBlock(statement.parent)) return [];
  const start = statement.getStart(context.syntax);
  const replacement = `${context.textOf(given)}.clear()`;
  const newText = `${replacement}${endsInSemicolon(statement, context.syntax) ? ';' : ''}\n${indentAt(context.file.text, start)}`;
  return [{ title: { id: 'fix', arguments: { replacement } }, safe: false, caution: { id: 'caution' }, edits: [{ start, end: start, newText }] }];
}
