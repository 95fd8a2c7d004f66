import { clearingBy, type Clearing } from '../../typescript/clearing.ts';
import { droppedBy, type Stop } from '../../typescript/resources.ts';
import { endsInSemicolon } from '../../typescript/statements.ts';
import { indentAt } from '../../text/lines.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// clearTimeout(this.timers.get(id)); this.timers.delete(id);     in one method
// this.timers.clear();                                           in another   →  stop each, then clear
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    ExpressionStatement: (statement, context) => {
      const clearing = clearingBy(statement, context.types);
      if (!clearing || !isMap(clearing, context)) return;
      const stop = droppedBy(clearing, context.syntax, context.types);
      if (!stop) return;
      context.report({
        message: { id: 'dropped', arguments: { map: context.textOf(clearing.container), stop: stop.kind === 'function' ? `${stop.name}()` : `.${stop.name}()` } },
        span: context.spanOf(statement.expression),
        related: [{ path: context.file.path, span: context.spanOf(stop.call), message: { id: 'stopped' } }],
        fixes: fixes(clearing, stop, context),
      });
    },
  },
};

function isMap({ container, kind }: Clearing, context: TypeScriptContext): boolean {
  return kind === 'map' && context.types.typeAt(container).container === 'map';
}

function fixes({ statement, container }: Clearing, stop: Stop, context: TypeScriptContext): readonly Fix[] {
  const { elements } = context.types.typeAt(container);
  if (!elements || elements.isNullable || (stop.kind === 'method' && !elements.property(stop.name)?.isCallable)) return [];
  const start = statement.getStart(context.syntax);
  const semicolon = endsInSemicolon(statement, context.syntax) ? ';' : '';
  const call = stop.kind === 'function' ? `${stop.name}(value)` : `value.${stop.name}()`;
  const newText = `for (const value of ${context.textOf(container)}.values()) ${call}${semicolon}\n${indentAt(context.file.text, start)}`;
  return [{ title: { id: 'fix-stop' }, safe: false, caution: { id: 'caution-stop' }, edits: [{ start, end: start, newText }] }];
}
