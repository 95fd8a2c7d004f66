import type ts from 'typescript';
import { SyntaxKind, compiler } from '../../typescript/compiler.ts';
import { emptyingByCall, emptyingByLoop, type Emptying } from '../../typescript/emptying.ts';
import { isEnvironment } from '../../typescript/environment.ts';
import { plain } from '../../typescript/expressions.ts';
import { isTestPath } from '../../typescript/files.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';

// for (const name in process.env) delete process.env[name];
// process.env.TOKEN = undefined;   →  delete process.env.TOKEN;
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ForOfStatement: (loop, context) => reportWipe(emptyingByLoop(loop, context.types), context),
    ForInStatement: (loop, context) => reportWipe(emptyingByLoop(loop, context.types), context),
    CallExpression: (call, context) => reportWipe(emptyingByCall(call, context.types), context),
    BinaryExpression: (assignment, context) => reportStored(assignment, context),
  },
};

/** Tests wipe the environment to put their own in its place. */
function reportWipe(emptying: Emptying | undefined, context: TypeScriptContext): void {
  if (!emptying || !isEnvironment(emptying.container, context.types) || isTestPath(context.file.path)) return;
  const { node, removal } = emptying;
  context.report({ message: { id: 'wiped' }, span: context.spanOf(removal), subject: context.spanOf(node) });
}

function reportStored(assignment: ts.BinaryExpression, context: TypeScriptContext): void {
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return;
  const target = plain(assignment.left);
  if (!compiler.isPropertyAccessExpression(target) && !compiler.isElementAccessExpression(target)) return;
  const value = nothingOf(assignment.right, context);
  if (value === undefined || !isEnvironment(target.expression, context.types)) return;
  const text = context.textOf(target);
  const span = context.spanOf(assignment);
  const isStatement = compiler.isExpressionStatement(assignment.parent);
  context.report({
    message: { id: 'stored', arguments: { target: text, value } },
    span,
    fixes: isStatement && context.commentsIn(span.start, span.end).length === 0
      ? [{ title: { id: 'fix-delete', arguments: { target: text } }, safe: true, edits: [{ ...span, newText: `delete ${text}` }] }]
      : [],
  });
}

/** The text that an environment variable gets from a value that is nothing. */
function nothingOf(node: ts.Expression, context: TypeScriptContext): 'undefined' | 'null' | undefined {
  const value = plain(node);
  if (value.kind === SyntaxKind.NullKeyword) return 'null';
  if (compiler.isVoidExpression(value)) return 'undefined';
  return compiler.isIdentifier(value) && value.text === 'undefined' && context.types.typeAt(value).isNothing ? 'undefined' : undefined;
}
