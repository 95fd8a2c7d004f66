import type ts from 'typescript';
import { compiler } from '../../typescript/compiler.ts';
import { isSamePlace } from '../../typescript/expressions.ts';
import { endlessAddition, notification, shiftingRemoval } from '../../typescript/invalidation.ts';
import { liveIteration, type LiveIteration } from '../../typescript/iteration.ts';
import { snapshotEdits } from '../../typescript/snapshot.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// for (const [k, v] of m) { m.delete(k); m.set(k, v); }                  never ends
// for (let i = 0; i < a.length; i++) if (p(a[i])) a.splice(i, 1);        passes over the one behind    →  a.splice(i--, 1)
// for (const x of a) if (p(x)) a.splice(a.indexOf(x), 1);                passes over the one behind    →  iterate a snapshot
// for (const listener of this.listeners) listener();                     listeners that unsubscribe meanwhile
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ForOfStatement: (loop, context) => check(liveIteration(loop, context.types), context),
    ForStatement: (loop, context) => check(liveIteration(loop, context.types), context),
    CallExpression: (call, context) => check(liveIteration(call, context.types), context),
  },
};

function check(iteration: LiveIteration | undefined, context: TypeScriptContext): void {
  if (!iteration) return;
  const addition = endlessAddition(iteration, context.types);
  if (addition) report('endless', iteration, addition, context, fixes(iteration, context));
  const removal = shiftingRemoval(iteration, context.types);
  if (removal) report('shifted', iteration, removal.call, context, removal.indexArgument ? stepBack(removal.indexArgument, removal.isLast, context) : usesIndex(iteration, context) ? [] : fixes(iteration, context));
  if (addition || removal) return;
  const other = notification(iteration, context.syntax, context.types);
  if (other) report('notified', iteration, other, context, fixes(iteration, context));
}

function report(id: 'endless' | 'shifted' | 'notified', iteration: LiveIteration, change: ts.Node, context: TypeScriptContext, offered: readonly Fix[]): void {
  const list = context.textOf(iteration.container);
  const loop = { start: iteration.node.getStart(context.syntax), end: headEnd(iteration) };
  const [span, other] = id === 'notified' ? [loop, context.spanOf(change)] : [context.spanOf(change), loop];
  context.report({
    message: { id, arguments: { list } },
    span,
    related: [{ path: context.file.path, span: other, message: { id: id === 'notified' ? 'removal' : 'iteration', arguments: { list } } }],
    fixes: offered,
  });
}

function headEnd({ node }: LiveIteration): number {
  return compiler.isCallExpression(node) ? node.expression.end : node.statement.pos;
}

function fixes(iteration: LiveIteration, context: TypeScriptContext): readonly Fix[] {
  const edits = snapshotEdits(iteration, context.syntax);
  const list = context.textOf(iteration.container);
  return edits ? [{ title: { id: 'fix-snapshot', arguments: { list } }, safe: false, caution: { id: 'caution-snapshot' }, edits }] : [];
}

/** `splice(i--, 1)`: the loop's own step then leads to the element that moved here. */
function stepBack(index: ts.Expression, isLast: boolean, context: TypeScriptContext): readonly Fix[] {
  if (!isLast || !compiler.isIdentifier(index)) return [];
  const span = context.spanOf(index);
  return [{ title: { id: 'fix-step', arguments: { index: index.text } }, safe: true, edits: [{ start: span.end, end: span.end, newText: '--' }] }];
}

/** In a snapshot the index of the callback is another one. */
function usesIndex({ index, container }: LiveIteration, context: TypeScriptContext): boolean {
  return index !== undefined || !isSamePlace(container, container, context.types);
}
