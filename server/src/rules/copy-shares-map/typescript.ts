import { compiler } from '../../typescript/compiler.ts';
import { mutationThroughCopy, replacesOriginal, shallowCopyBy, type ShallowCopy, type SharedMutation } from '../../typescript/copies.ts';
import { plain } from '../../typescript/expressions.ts';
import { containerNames } from '../../typescript/names.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// const next = { ...state }; next.items.push(x); return [state.items, next.items];   →  { ...state, items: [...state.items] }
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    VariableDeclaration: (declaration, context) => {
      const copy = shallowCopyBy(declaration, context.types);
      const mutation = copy && mutationThroughCopy(copy, context.syntax, context.types);
      if (!copy || !mutation || replacesOriginal(copy, context.types)) return;
      report(copy, mutation, context);
    },
  },
};

function report(copy: ShallowCopy, mutation: SharedMutation, context: TypeScriptContext): void {
  const { operation, property, read } = mutation;
  const original = context.textOf(copy.original);
  context.report({
    message: { id: 'shared', arguments: { copy: copy.name.text, original: `${original}.${property}`, kind: containerNames[operation.kind] } },
    span: context.spanOf(operation.node),
    related: [
      { path: context.file.path, span: context.spanOf(copy.declaration), message: { id: 'copied' } },
      { path: context.file.path, span: context.spanOf(read), message: { id: 'read' } },
    ],
    fixes: fixes(copy, mutation, original, context),
  });
}

/** The property is copied in the literal that makes the copy. */
function fixes({ declaration }: ShallowCopy, { operation, property }: SharedMutation, original: string, context: TypeScriptContext): readonly Fix[] {
  const literal = plain(declaration.initializer!);
  if (!compiler.isObjectLiteralExpression(literal)) return [];
  const last = literal.properties.at(-1);
  const part = `${original}.${property}`;
  const value = operation.kind === 'map' ? `new Map(${part})` : operation.kind === 'set' ? `new Set(${part})` : operation.kind === 'array' ? `[...${part}]` : operation.kind === 'dictionary' ? `{ ...${part} }` : undefined;
  if (!last || value === undefined) return [];
  return [{ title: { id: 'fix-copy', arguments: { property } }, safe: false, caution: { id: 'caution-copy' }, edits: [{ start: last.end, end: last.end, newText: `, ${property}: ${value}` }] }];
}
