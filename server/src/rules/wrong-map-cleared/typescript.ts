import type ts from 'typescript';
import { wrongRemovalBy, type WrongRemoval } from '../../typescript/wrong-container.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// this.entries = new Map();
// for (const k of old.keys()) this.entries.delete(k);     →  old.delete(k)
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ForOfStatement: report,
    ForInStatement: report,
    CallExpression: report,
  },
};

function report(loop: ts.ForOfStatement | ts.ForInStatement | ts.CallExpression, context: TypeScriptContext): void {
  const wrong = wrongRemovalBy(loop, context.types);
  if (!wrong) return;
  const names = { ranged: context.textOf(wrong.ranged), deleted: context.textOf(wrong.target) };
  context.report({
    message: { id: 'empty', arguments: names },
    span: context.spanOf(wrong.target),
    subject: context.spanOf(loop),
    related: [{ path: context.file.path, span: context.spanOf(wrong.emptied), message: { id: 'emptied', arguments: { deleted: names.deleted } } }],
    fixes: fixes(wrong, context),
  });
}

function fixes({ target, ranged: other, isSameKind }: WrongRemoval, context: TypeScriptContext): readonly Fix[] {
  if (!isSameKind || context.types.typeAt(other).isReadonly) return [];
  const ranged = context.textOf(other);
  return [{ title: { id: 'fix', arguments: { ranged } }, safe: false, caution: { id: 'caution-intent', arguments: { ranged } }, edits: [{ ...context.spanOf(target), newText: ranged }] }];
}
