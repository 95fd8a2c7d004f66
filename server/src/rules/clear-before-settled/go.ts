import { earlyEndsIn } from '../../analysis/concurrency/parallel-tests.ts';
import type { EarlyEnd } from '../../analysis/concurrency/parallel-tests.ts';
import { endingWords } from '../../go/endings.ts';
import { NONE } from '../../model/operations.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import { statementAt } from '../../go/statements.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, textAt } from '../go-places.ts';
import type { Fix } from '../rule.ts';

// defer clear(cases)                                            →  t.Cleanup(func() { clear(cases) })
// t.Run(name, func(t *testing.T) { t.Parallel(); use(cases) })
export const detectGo: GoDetector = {
  program: (context) => {
    for (const early of earlyEndsIn(context.program, endingWords)) {
      const { path } = early.function;
      const place = (body: EarlyEnd['body'], operation: number): { readonly path: string; readonly span: { readonly start: number; readonly end: number } } => ({ path, span: body.spanOf(operation) });
      if (!context.file(path)) continue;
      const parallel = place(early.subtest, early.parallel);
      const fix = early.deferred ? cleanupFix(early, context) : undefined;
      context.report(path, {
        message: { id: early.deferred ? early.kind : `${early.kind}-after`, arguments: { what: textAt(place(early.subject.body, early.subject.operation), context), place: nameOf(parallel, context) } },
        span: early.body.spanOf(early.end),
        related: [{ ...parallel, message: { id: 'parallel' } }, { ...place(early.use.body, early.use.operation), message: { id: 'use' } }],
        fixes: fix ? [fix] : [],
      });
    }
  },
};

/** The deferred call as a cleanup of the test that starts the subtest. */
function cleanupFix({ function: { path }, body, end, run }: EarlyEnd, context: GoProgramContext): Fix | undefined {
  const file = context.file(path);
  const statement = file && statementAt(file.syntax, body.start(end))?.statement;
  const receiver = body.list(run)[0] ?? NONE;
  if (!file || statement?.kind !== NodeKind.DeferStmt || receiver === NONE) return undefined;
  const test = file.text.slice(body.start(receiver), body.end(receiver));
  const { call } = statement;
  if (call.kind !== NodeKind.CallExpr) return undefined;
  const runs = call.fun.kind === NodeKind.FuncLit && call.args.length === 0 ? file.text.slice(call.fun.pos, call.fun.end) : `func() { ${file.text.slice(call.pos, call.end)} }`;
  return { title: { id: 'fix-cleanup', arguments: { test } }, safe: true, edits: [{ start: statement.pos, end: statement.end, newText: `${test}.Cleanup(${runs})` }] };
}
