import type ts from 'typescript';
import { compiler } from '../../typescript/compiler.ts';
import { emptyingByCall, emptyingByLoop, type Emptying } from '../../typescript/emptying.ts';
import { isEnvironment, isOfPlatform } from '../../typescript/environment.ts';
import { statementText } from '../../typescript/statements.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// for (const k of m.keys()) m.delete(k);       →  m.clear();
// s.forEach((e) => s.delete(e));               →  s.clear();
// while (s.size > 0) s.delete([...s][0]);      →  s.clear();
// for (const k in o) delete o[k];              (there is nothing that empties an object at once)
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ForOfStatement: (loop, context) => report(emptyingByLoop(loop, context.types), context),
    ForInStatement: (loop, context) => report(emptyingByLoop(loop, context.types), context),
    WhileStatement: (loop, context) => report(emptyingByLoop(loop, context.types), context),
    CallExpression: (call, context) => report(emptyingByCall(call, context.types), context),
  },
};

function report(emptying: Emptying | undefined, context: TypeScriptContext): void {
  // Deleting the elements of an array leaves holes, and the environment is no object of the program: other defects.
  if (!emptying || emptying.kind === 'array' || isEnvironment(emptying.container, context.types)) return;
  const { node, container, kind } = emptying;
  if (kind === 'dictionary' && isOfPlatform(container, context.types)) return;
  const map = context.textOf(container);
  const replacement = `${map}.clear()`;
  const start = node.getStart(context.syntax);
  context.report({
    message: { id: messageOf(emptying), arguments: kind === 'dictionary' ? { map } : { map, replacement } },
    span: { start, end: headEnd(node) },
    subject: { start, end: node.end },
    fixes: kind === 'dictionary' ? [] : fixes(emptying, replacement, context),
  });
}

function messageOf({ kind, manner }: Emptying): string {
  if (manner === 'one-at-a-time') return 'one-at-a-time';
  if (kind === 'dictionary') return manner === 'call' ? 'dictionary-call' : 'dictionary';
  if (kind === 'set') return manner === 'call' ? 'elements-call' : 'elements';
  return manner === 'call' ? 'function' : 'plain';
}

/** The end of a loop's head, or of what is called. */
function headEnd(node: Emptying['node']): number {
  if (compiler.isCallExpression(node)) return node.expression.end;
  return (node as ts.IterationStatement).statement.pos;
}

function fixes({ node, removal }: Emptying, replacement: string, context: TypeScriptContext): readonly Fix[] {
  const span = context.spanOf(node);
  if (context.commentsIn(span.start, span.end).length > 0) return [];
  const newText = compiler.isCallExpression(node) ? replacement : statementText(replacement, node, removal, context.syntax);
  return [{ title: { id: 'fix', arguments: { replacement } }, safe: true, edits: [{ ...span, newText }] }];
}
