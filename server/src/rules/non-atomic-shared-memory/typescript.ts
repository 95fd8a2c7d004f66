import { compiler } from '../../typescript/compiler.ts';
import { plain } from '../../typescript/expressions.ts';
import { sharedLockBy, sharedUpdateBy, sharedUpdateByCall, spinBy, unseenChangeAfter, useAfterTransfer, waitedLockBy, type SharedUpdate } from '../../typescript/shared-memory.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// counts[0]++;                             →  Atomics.add(counts, 0, 1);
// if (lock[0] === 0) lock[0] = 1;          →  Atomics.compareExchange(lock, 0, 0, 1) === 0
// while (flag[0] === 0) {}                 →  Atomics.wait(flag, 0, 0)
// port.postMessage(m, [buffer]); fill(buffer);
// port.postMessage(m); m.set(key, value);
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    BinaryExpression: (node, context) => report(sharedUpdateBy(node, context.syntax, context.types), context),
    PostfixUnaryExpression: (node, context) => report(sharedUpdateBy(node, context.syntax, context.types), context),
    PrefixUnaryExpression: (node, context) => report(sharedUpdateBy(node, context.syntax, context.types), context),
    IfStatement: (node, context) => report(sharedLockBy(node, context.syntax, context.types), context),
    WhileStatement: (node, context) => report(waitedLockBy(node, context.syntax, context.types) ?? spinBy(node, context.syntax, context.types), context),
    CallExpression: (node, context) => {
      report(sharedUpdateByCall(node, context.syntax, context.types), context);
      const unseen = unseenChangeAfter(node, context.syntax, context.types);
      if (unseen) {
        context.report({
          message: { id: 'unseen', arguments: { container: unseen.container.text } },
          span: context.spanOf(unseen.change),
          related: [{ path: context.file.path, span: context.spanOf(node), message: { id: 'posted' } }],
        });
      }
      const transferred = useAfterTransfer(node, context.syntax, context.types);
      if (!transferred) return;
      context.report({
        message: { id: 'transferred', arguments: { buffer: transferred.use.text } },
        span: context.spanOf(transferred.use),
        related: [{ path: context.file.path, span: context.spanOf(transferred.call), message: { id: 'call' } }],
      });
    },
  },
};

function report(update: SharedUpdate | undefined, context: TypeScriptContext): void {
  if (!update) return;
  const { kind, element, node } = update;
  context.report({
    message: { id: kind, arguments: { element: context.textOf(element) } },
    span: context.spanOf(node),
    ...(kind === 'lock' && { related: [{ path: context.file.path, span: context.spanOf(element), message: { id: 'tested' } }] }),
    fixes: fixes(update, context),
  });
}

/** Where the value of the expression is not used: an atomic operation gives the old one. */
function fixes({ element, node, atomic }: SharedUpdate, context: TypeScriptContext): readonly Fix[] {
  if (!atomic || !compiler.isElementAccessExpression(element) || !compiler.isExpressionStatement(node.parent)) return [];
  const { name, operand } = atomic;
  const view = context.textOf(element.expression);
  if (!compiler.isIdentifier(plain(element.expression)) && !compiler.isPropertyAccessExpression(plain(element.expression))) return [];
  const span = context.spanOf(node);
  if (context.commentsIn(span.start, span.end).length > 0) return [];
  const value = operand ? context.textOf(operand) : context.types.typeAt(element).text === 'bigint' ? '1n' : '1';
  const replacement = `Atomics.${name}(${view}, ${context.textOf(element.argumentExpression)}, ${value})`;
  return [{ title: { id: 'fix-atomic', arguments: { replacement } }, safe: false, caution: { id: 'caution-atomic' }, edits: [{ ...span, newText: replacement }] }];
}
