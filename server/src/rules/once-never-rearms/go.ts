import { containerOf } from '../../model/accesses.ts';
import { isLockedClear, onceClearsIn, onceFlagsIn } from '../../analysis/concurrency/once-clears.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, textAt } from '../go-places.ts';
import { fixesFor } from './fixes.ts';

// func (c *Cache) Reset() { c.once.Do(func() { clear(c.entries) }) }
// once.Do(func() { go func() { clear(m); cleared = true }() }); if cleared { … }
export const detectGo: GoDetector = {
  program: (context) => {
    for (const found of onceClearsIn(context.program)) {
      const { function: { path }, body, call, clear, refill } = found;
      if (!context.file(path) || !context.file(clear.path) || !context.file(refill.path)) continue;
      const container = { path: clear.path, span: clear.body.spanOf(containerOf(clear.body, clear.operation)) };
      const filled = { path: refill.path, span: refill.body.spanOf(refill.operation) };
      context.report(path, {
        message: { id: 'cleared', arguments: { once: calledAt({ path, span: body.spanOf(call) }, context), what: textAt(container, context), place: nameOf(filled, context) } },
        span: body.spanOf(call),
        related: [{ path: clear.path, span: clear.body.spanOf(clear.operation), message: { id: 'clear' } }, { ...filled, message: { id: 'refill' } }],
        fixes: fixesFor({ path, span: body.spanOf(call) }, isLockedClear(context.program, found), context),
      });
    }
    reportFlags(context);
  },
};

function reportFlags(context: GoProgramContext): void {
  const reported = new Set<string>();
  for (const { race, write, other, once } of onceFlagsIn(context.program)) {
    const [place, second, started, first] = [write, other, once, race.first].map((point) => placeOf(point, race.execution, context));
    if (!place || !second || !started || !first) continue;
    const key = `${place.path} ${place.span.start}`;
    if (reported.has(key)) continue;
    reported.add(key);
    context.report(place.path, {
      message: { id: 'flag', arguments: { what: textAt(place, context), once: calledAt(started, context), place: nameOf(started, context) } },
      span: place.span,
      ...(first.path === place.path && { subject: first.span }),
      // Who comes by the guard and uses it elsewhere may know from something else that it is set.
      ...(other.activation.body.unit !== once.activation.body.unit && { plausible: true }),
      related: [{ ...second, message: { id: 'other' } }, { ...started, message: { id: 'once' } }],
    });
  }
}

/** `c.once.Do` of `c.once.Do(func() { … })`. */
function calledAt(call: { readonly path: string; readonly span: { readonly start: number; readonly end: number } }, context: GoProgramContext): string {
  const text = context.file(call.path)?.text.slice(call.span.start, call.span.end) ?? '';
  return text.slice(0, text.indexOf('('));
}
