import { clearingBy } from '../../typescript/clearing.ts';
import { fixedKeysAfter } from '../../typescript/fixed-keys.ts';
import type { TypeScriptDetector } from '../typescript-context.ts';

// this.counts.clear(); this.counts.set('ok', 0); this.counts.set('failed', 0);     and no other keys: overwriting would do
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ExpressionStatement: (statement, context) => {
      const clearing = clearingBy(statement, context.types);
      const fixed = clearing && fixedKeysAfter(clearing, context.syntax, context.types);
      if (!fixed) return;
      context.report({
        message: { id: 'fixed', arguments: { map: context.textOf(clearing.container), keys: fixed.keys } },
        span: context.spanOf(statement.expression),
        related: [{ path: context.file.path, span: context.spanOf(fixed.first), message: { id: 'again' } }],
      });
    },
  },
};
