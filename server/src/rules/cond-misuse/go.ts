import { conditionFaultsIn } from '../../analysis/concurrency/condition-waits.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { walk } from '../../go/syntax/walk.ts';
import { unparen } from '../../go/expressions.ts';
import type { Span } from '../../text/span.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

// A condition variable that is waited for once:
//
//   if len(q.items) == 0 { q.cond.Wait() }   ← `for`
export const detectGo: GoDetector = {
  program(context) {
    for (const { kind, function: fn, body, operation } of conditionFaultsIn(context.program)) {
      const file = context.file(fn.path);
      if (!file || fn.generated) continue;
      const span = body.spanOf(operation);
      const wait = file.text.slice(span.start, span.end).replace(/\(\)$/, '');
      context.report(fn.path, { message: { id: kind, arguments: { wait } }, span, fixes: kind === 'once' ? fixes(context, fn.path, span) : [] });
    }
  },
};

/** `if c { w.Wait() }` with nothing else in it becomes `for c { w.Wait() }`. */
function fixes(context: GoProgramContext, path: string, wait: Span): readonly Fix[] {
  const file = context.file(path);
  if (!file) return [];
  let found: ast.IfStmt | undefined;
  for (const declaration of file.syntax.decls) {
    if (declaration.pos > wait.start || declaration.end < wait.end) continue;
    walk(declaration, (node) => {
      if (node.pos > wait.start || node.end < wait.end) return false;
      if (node.kind === NodeKind.IfStmt && isOnlyStatement(node, wait)) found = node;
      return true;
    });
  }
  if (!found || found.init || found.els) return [];
  return [{ title: { id: 'fix-loop' }, safe: true, edits: [{ start: found.pos, end: found.pos + 'if'.length, newText: 'for' }] }];
}

function isOnlyStatement(node: ast.IfStmt, wait: Span): boolean {
  const [only, ...rest] = node.body.list;
  return rest.length === 0 && only?.kind === NodeKind.ExprStmt && unparen(only.x).pos === wait.start && unparen(only.x).end === wait.end;
}
