import type ts from 'typescript';
import { compiler } from '../../typescript/compiler.ts';
import { isAssignable } from '../../typescript/clearing.ts';
import { isPlace, methodCall, plain } from '../../typescript/expressions.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// const seen = new WeakSet();  seen.clear();   →  seen = new WeakSet();
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    CallExpression: (node, context) => {
      const call = methodCall(node);
      if (call?.name !== 'clear' || call.arguments.length > 0) return;
      // A cast to `any` is how such a call gets past the compiler.
      const receiver = plain(call.receiver);
      const type = context.types.typeAt(receiver);
      if ((type.container !== 'weak-map' && type.container !== 'weak-set') || !type.isExact || type.property('clear')) return;
      const kind = type.container === 'weak-map' ? 'WeakMap' : 'WeakSet';
      const name = context.textOf(receiver);
      const callee = plain(node.expression) as ts.PropertyAccessExpression;
      if (isTested(receiver, node, context)) return;
      context.report({
        message: { id: 'found', arguments: { kind, name } },
        span: context.spanOf(callee.name),
        subject: context.spanOf(node),
        fixes: fixes(node, receiver, kind, context),
      });
    },
  },
};

/** True under a condition that names the method: `if (m.clear) m.clear()`. */
function isTested(receiver: ts.Expression, call: ts.CallExpression, context: TypeScriptContext): boolean {
  const tested = `${context.textOf(receiver)}.clear`;
  for (let at: ts.Node = call; at.parent && !compiler.isFunctionLike(at.parent); at = at.parent) {
    const { parent } = at;
    const condition = compiler.isIfStatement(parent) || compiler.isConditionalExpression(parent) ? conditionOf(parent, at) : compiler.isBinaryExpression(parent) && parent.right === at ? parent.left : undefined;
    if (condition && context.textOf(condition).includes(tested)) return true;
  }
  return false;
}

function conditionOf(parent: ts.IfStatement | ts.ConditionalExpression, branch: ts.Node): ts.Expression | undefined {
  const condition = compiler.isIfStatement(parent) ? parent.expression : parent.condition;
  return condition === branch ? undefined : condition;
}

function fixes(call: ts.CallExpression, receiver: ts.Expression, kind: string, context: TypeScriptContext): readonly Fix[] {
  if (!compiler.isExpressionStatement(call.parent) || !isPlace(receiver, context.types) || !isAssignable(receiver, context.types)) return [];
  const span = context.spanOf(call);
  if (context.commentsIn(span.start, span.end).length > 0) return [];
  const name = context.textOf(receiver);
  return [
    {
      title: { id: 'fix', arguments: { name, kind } },
      safe: false,
      caution: { id: 'caution-aliases', arguments: { kind } },
      edits: [{ ...span, newText: `${name} = new ${kind}()` }],
    },
  ];
}
