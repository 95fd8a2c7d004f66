import { compiler } from '../../typescript/compiler.ts';
import { clearingBy, isAssignable, newContainerText, type Clearing } from '../../typescript/clearing.ts';
import { handoverBefore, type Handover } from '../../typescript/handover.ts';
import { containerNames } from '../../typescript/names.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix, RelatedPlace } from '../rule.ts';

// const out = this.batch; this.batch.clear(); return out;   →  this.batch = new Map()
// this.batches.push(batch); batch.length = 0;               →  batch = []
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ExpressionStatement: (statement, context) => {
      const clearing = clearingBy(statement, context.types);
      const handover = clearing?.manner === 'in-place' ? handoverBefore(clearing, context.syntax, context.types) : undefined;
      if (clearing && handover) report(clearing, handover, context);
    },
  },
};

function report(clearing: Clearing, handover: Handover, context: TypeScriptContext): void {
  const { statement, container, kind } = clearing;
  const { given, manner, use } = handover;
  const place = (id: 'given' | 'use', node: typeof given): RelatedPlace => ({ path: context.file.path, span: context.spanOf(node), message: { id } });
  const base = { container: context.textOf(container) };
  const named = compiler.isVariableDeclaration(given) ? { name: context.textOf(given.name) } : {};
  context.report({
    message: { id: manner, arguments: manner === 'named' || manner === 'stored' ? { ...base, ...named, kind: containerNames[kind] } : base },
    span: context.spanOf(statement.expression),
    related: [place('given', given), ...(use ? [place('use', use)] : [])],
    fixes: fixes(clearing, context),
  });
}

function fixes({ statement, container, kind }: Clearing, context: TypeScriptContext): readonly Fix[] {
  const created = newContainerText(kind);
  const span = context.spanOf(statement.expression);
  if (!created || !isAssignable(container, context.types) || context.commentsIn(span.start, span.end).length > 0) return [];
  const name = containerNames[kind];
  return [
    {
      title: { id: 'fix-new', arguments: { kind: name } },
      safe: false,
      caution: { id: 'caution-holders', arguments: { kind: name } },
      edits: [{ ...span, newText: `${context.textOf(container)} = ${created}` }],
    },
  ];
}
