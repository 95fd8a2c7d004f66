import type ts from 'typescript';
import { compiler } from '../../typescript/compiler.ts';
import { clearingText } from '../../typescript/clearing.ts';
import { plain } from '../../typescript/expressions.ts';
import { containerNames } from '../../typescript/names.ts';
import { nulledBy, type Nulled } from '../../typescript/nulled.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// reset() { this.entries = null; }      add(k) { this.entries.set(k, 1); }   →  this.entries.clear()
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    BinaryExpression: (assignment, context) => {
      const nulled = nulledBy(assignment, context.syntax, context.types);
      if (!nulled) return;
      const place = context.textOf(nulled.place);
      context.report({
        message: { id: nulled.isEnd ? 'nothing-at-end' : 'nothing', arguments: { place, value: context.textOf(plain(assignment.right)), ...(!nulled.isEnd && { kind: containerNames[nulled.kind] }) } },
        span: context.spanOf(assignment),
        related: [{ path: context.file.path, span: context.spanOf(nulled.use), message: { id: 'used' } }],
        fixes: nulled.isEnd ? [] : fixes(assignment, nulled, context),
      });
    },
  },
};

function fixes(assignment: ts.BinaryExpression, { place, kind }: Nulled, context: TypeScriptContext): readonly Fix[] {
  const replacement = clearingText(context.textOf(place), kind);
  const span = context.spanOf(assignment);
  if (replacement === undefined || !compiler.isExpressionStatement(assignment.parent) || context.commentsIn(span.start, span.end).length > 0) return [];
  return [{ title: { id: 'fix-clear', arguments: { replacement } }, safe: false, caution: { id: 'caution-shared', arguments: { kind: containerNames[kind] } }, edits: [{ ...span, newText: replacement }] }];
}
