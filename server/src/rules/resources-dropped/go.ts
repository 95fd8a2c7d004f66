// A map is emptied although its values own something, which another function ends before it removes a value:
//
//	func (s *S) cancel(id string) { s.timers[id].Stop(); delete(s.timers, id) }
//	func (s *S) reset()           { clear(s.timers) }            ← the timers go on

import { droppedResources } from '../../analysis/owned-values.ts';
import type { ReleaseWords } from '../../analysis/owned-values.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { isFunction, isPure } from '../../go/expressions.ts';
import { ends } from '../../analysis/endings.ts';
import { endingWords, isCancelFunction } from '../../go/endings.ts';
import type { GoFile } from '../../go/packages/package.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { statementAt } from '../../go/statements.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import { pathAt } from '../../go/syntax/walk.ts';
import { lookupFieldOrMethod } from '../../go/types/lookup.ts';
import { ObjectKind } from '../../go/types/objects.ts';
import type { Func, Variable } from '../../go/types/objects.ts';
import { asNamed, deref } from '../../go/types/predicates.ts';
import type { Type } from '../../go/types/types.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { Span } from '../../text/span.ts';
import { indentationAt, related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

/** Since this version a timer that nobody refers to is collected although it was not stopped. */
const collectedTimers = 23;

export const detectGo: GoDetector = {
  program(context) {
    for (const { function: function_, body, operation, container, release } of droppedResources(context.program, words(context))) {
      const file = context.file(function_.path);
      const other = context.file(release.function.path);
      if (!file || !other || function_.generated) continue;
      const textOf = (at: number): string => file.text.slice(body.start(at), body.end(at));
      const stop = other.text.slice(release.body.start(release.operation), release.body.end(release.operation));
      context.report(function_.path, {
        message: { id: 'dropped', arguments: { map: textOf(container), stop } },
        span: body.spanOf(operation),
        related: [related(release.function.path, release.body.spanOf(release.operation), { id: 'stopped' })],
        fixes: fixes(file, body.spanOf(operation), body.spanOf(container), release.body, release.operation, context),
      });
    }
  },
};

// clear(s.timers)   →   for _, timer := range s.timers { timer.Stop() }; clear(s.timers)
function fixes(file: GoFile, drop: Span, container: Span, body: FunctionBody, release: number, { info, package: package_ }: GoProgramContext): readonly Fix[] {
  const map = mapExpressionAt(file, container, package_.path, info) ?? { text: file.text.slice(container.start, container.end) };
  const node = pathAt(file.syntax, container.start).find((each) => each.pos === container.start && each.end === container.end);
  const type = node && (node.kind === NodeKind.SelectorExpr || node.kind === NodeKind.Ident) && isPure(node, info) ? mapTypeOf(info.typeOf(node)) : undefined;
  const statement = statementAt(file.syntax, drop.start)?.statement;
  const indentation = statement && indentationAt(file.text, statement.pos);
  if (!type || !statement || indentation === undefined) return [];
  const call = body.calleeOf(release);
  const method = call?.name.slice(call.name.lastIndexOf('.') + 1);
  // A function that the value holds deeper down is not the value's own.
  const stop = isCancelFunction(type.elem) ? 'each()' : method !== undefined && hasMethod(type.elem, method) ? `each.${method}()` : undefined;
  if (stop === undefined || info.lookup('each', file.syntax, statement.pos)) return [];
  const newText = `for _, each := range ${map.text} {\n${indentation}\t${stop}\n${indentation}}\n${indentation}`;
  return [{ title: { id: 'fix-stop' }, safe: false, caution: { id: 'caution-stop' }, edits: [{ start: statement.pos, end: statement.pos, newText }] }];
}

/** True for a method without parameters of a map's values. */
function hasMethod(type: Type, name: string): boolean {
  const found = lookupFieldOrMethod(type, false, asNamed(deref(type)[0])?.obj.packagePath, name);
  return typeof found !== 'string' && found.object.kind === ObjectKind.Func && found.object.signature?.params.vars.length === 0;
}

function words(context: GoProgramContext): ReleaseWords {
  const version = context.package.module?.goVersion;
  const mayLeak = version === undefined || version < collectedTimers;
  return {
    releases(callee, makers) {
      const func = callee.origin as Func | undefined;
      // A function that is to be called keeps its timer.
      if (isFunction(func, 'time', 'Timer.Stop')) return mayLeak || makers().has('time.AfterFunc');
      if (isFunction(func, 'time', 'Ticker.Stop')) return mayLeak;
      return ends(context.program, callee, endingWords);
    },
    holdsCancels: (declared) => isCancelFunction(mapTypeOf((declared as Variable).type)?.elem),
  };
}
