import { compiler } from '../../typescript/compiler.ts';
import { emptyingByCall, emptyingByLoop, type Emptying } from '../../typescript/emptying.ts';
import { statementText } from '../../typescript/statements.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';

// for (let i = 0; i < list.length; i++) delete list[i];   →  list.length = 0;
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ForStatement: (loop, context) => report(emptyingByLoop(loop, context.types), context),
    ForInStatement: (loop, context) => report(emptyingByLoop(loop, context.types), context),
    ForOfStatement: (loop, context) => report(emptyingByLoop(loop, context.types), context),
    CallExpression: (call, context) => report(emptyingByCall(call, context.types), context),
  },
};

function report(emptying: Emptying | undefined, context: TypeScriptContext): void {
  if (emptying?.kind !== 'array' || context.types.typeAt(emptying.container).isReadonly) return;
  const { node, container, removal } = emptying;
  const list = context.textOf(container);
  const replacement = `${list}.length = 0`;
  const span = context.spanOf(node);
  const newText = compiler.isCallExpression(node) ? replacement : statementText(replacement, node, removal, context.syntax);
  context.report({
    message: { id: 'holes', arguments: { list } },
    span: context.spanOf(removal),
    subject: span,
    fixes: context.commentsIn(span.start, span.end).length > 0 ? [] : [{ title: { id: 'fix-length', arguments: { replacement } }, safe: false, caution: { id: 'caution-length' }, edits: [{ ...span, newText }] }],
  });
}
