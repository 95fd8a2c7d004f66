import { clearingBy, clearingText, type Clearing } from '../../typescript/clearing.ts';
import { holderOf, isCopiedOnWrite, type Holder } from '../../typescript/holders.ts';
import { containerNames } from '../../typescript/names.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix, RelatedPlace } from '../rule.ts';

// view.entries = this.entries;     in one method
// this.entries = new Map();        in another   →  this.entries.clear()
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ExpressionStatement: (statement, context) => {
      const clearing = clearingBy(statement, context.types);
      if (clearing?.manner !== 'replaced' || isCopiedOnWrite(clearing, context.syntax, context.types)) return;
      const holder = holderOf(clearing, context.syntax, context.types);
      if (holder) report(clearing, holder, context);
    },
  },
};

function report(clearing: Clearing, { given, name, use }: Holder, context: TypeScriptContext): void {
  const kind = containerNames[clearing.kind];
  const place = context.textOf(clearing.container);
  const holder = name ? { holder: context.textOf(name) } : {};
  const related: RelatedPlace[] = [{ path: context.file.path, span: context.spanOf(given), message: { id: 'given', arguments: { kind } } }];
  if (use) related.push({ path: context.file.path, span: context.spanOf(use), message: { id: 'used', arguments: holder } });
  context.report({
    message: { id: name ? 'replaced' : 'exported', arguments: { place, kind, ...holder } },
    span: context.spanOf(clearing.statement.expression),
    related,
    fixes: fixes(clearing, place, kind, context),
  });
}

function fixes(clearing: Clearing, place: string, kind: string, context: TypeScriptContext): readonly Fix[] {
  const replacement = clearingText(place, clearing.kind);
  const type = context.types.typeAt(clearing.container);
  const span = context.spanOf(clearing.statement.expression);
  if (replacement === undefined || type.isReadonly || type.container !== clearing.kind || context.commentsIn(span.start, span.end).length > 0) return [];
  return [{ title: { id: 'fix-clear', arguments: { replacement } }, safe: false, caution: { id: 'caution-holders', arguments: { kind } }, edits: [{ ...span, newText: replacement }] }];
}
