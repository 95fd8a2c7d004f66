// A map is emptied although its values own something, which another function ends before it removes a value:
//
//	func (s *S) cancel(id string) { s.timers[id].Stop(); delete(s.timers, id) }
//	func (s *S) reset()           { clear(s.timers) }            ← the timers go on

import { droppedResources } from '../../analysis/owned-values.ts';
import type { ReleaseWords } from '../../analysis/owned-values.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { isFunction } from '../../go/expressions.ts';
import type { Func, Variable } from '../../go/types/objects.ts';
import { TypeKind } from '../../go/types/types.ts';
import type { Type } from '../../go/types/types.ts';
import { related } from '../lock-places.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';

/** Since this version a timer that nobody refers to is collected although it was not stopped. */
const collectedTimers = 23;

const releaseNames: ReadonlySet<string> = new Set(['Close', 'Stop', 'Cancel', 'Shutdown']);

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
      });
    }
  },
};

function words(context: GoProgramContext): ReleaseWords {
  const version = context.package.module?.goVersion;
  const mayLeak = version === undefined || version < collectedTimers;
  return {
    releases(callee) {
      const func = callee.origin as Func | undefined;
      const name = callee.name.slice(callee.name.lastIndexOf('.') + 1);
      if (!releaseNames.has(name)) return false;
      return mayLeak || (!isFunction(func, 'time', 'Timer.Stop') && !isFunction(func, 'time', 'Ticker.Stop'));
    },
    holdsCancels: (declared) => isCancel(mapTypeOf((declared as Variable).type)?.elem),
  };
}

function isCancel(type: Type | undefined): boolean {
  return type?.kind === TypeKind.Named && type.obj.packagePath === 'context' && (type.obj.name === 'CancelFunc' || type.obj.name === 'CancelCauseFunc');
}
