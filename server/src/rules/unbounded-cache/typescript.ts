import { unboundedGrowth } from '../../typescript/growth.ts';
import type { TypeScriptDetector } from '../typescript-context.ts';

// const cache = new Map<string, User>();                          of a module
// export function remember(user: User) { cache.set(user.id, user); }     and no delete, no clear
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    VariableDeclaration: (declaration, context) => {
      const growth = unboundedGrowth(declaration, context.syntax, context.types);
      if (!growth) return;
      context.report({
        message: { id: 'grows', arguments: { name: growth.name.text } },
        span: context.spanOf(growth.name),
        related: [{ path: context.file.path, span: context.spanOf(growth.addition), message: { id: 'added' } }],
      });
    },
  },
};
