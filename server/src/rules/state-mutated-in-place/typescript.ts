import { compiler } from '../../typescript/compiler.ts';
import { plain } from '../../typescript/expressions.ts';
import { containerNames } from '../../typescript/names.ts';
import { containerState, mutationsOf, staleUpdatesOf, type StaleState } from '../../typescript/react-state.ts';
import { walkAll } from '../../typescript/operations.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// const [items, setItems] = useState(new Map());
// items.set(key, value);                                      React compares by identity, and sees no change
// await save(item); setItems(new Map(items).set(key, item));  →  setItems((items) => new Map(items).set(key, item))
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    VariableDeclaration: (declaration, context) => {
      const state = containerState(declaration, context.syntax, context.types);
      if (!state) return;
      const { path } = context.file;
      const place = { path, span: context.spanOf(declaration.name), message: { id: 'state' } };
      for (const { node, name } of mutationsOf(state, context.syntax, context.types)) {
        context.report({ message: { id: 'mutated', arguments: { state: name.text, kind: containerNames[state.kind] } }, span: context.spanOf(node), related: [place] });
      }
      for (const stale of staleUpdatesOf(state, context.syntax, context.types)) {
        context.report({
          message: { id: 'stale', arguments: { setter: state.setter.text, state: state.value.text } },
          span: context.spanOf(stale.call),
          related: [place, { path, span: context.spanOf(stale.suspension), message: { id: 'suspended' } }],
          fixes: fixes(state.value.text, stale, context),
        });
      }
    },
  },
};

/** The parameter has the name of the state, so that the expression stays as it is. */
function fixes(name: string, { argument }: StaleState, context: TypeScriptContext): readonly Fix[] {
  let waits = compiler.isObjectLiteralExpression(plain(argument));
  walkAll(argument, (node) => {
    waits ||= compiler.isAwaitExpression(node) || compiler.isYieldExpression(node);
  });
  if (waits || compiler.isAwaitExpression(argument)) return [];
  const { start } = context.spanOf(argument);
  return [{ title: { id: 'fix-updater' }, safe: false, caution: { id: 'caution-updater' }, edits: [{ start, end: start, newText: `(${name}) => ` }] }];
}
