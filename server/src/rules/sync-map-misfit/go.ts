import { sharedMapUsesOf } from '../../analysis/concurrency/shared-map-uses.ts';
import type { SharedMapUse } from '../../analysis/concurrency/shared-map-uses.ts';
import { NONE } from '../../model/operations.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { textAt } from '../go-places.ts';

/** So many places that write say something, and so many times more than those that read. */
const fewestWrites = 3;
const writesPerRead = 3;

// for { …; seen.Clear() }                                a sync.Map that is emptied in a loop
// counts.Store(…) in many places, counts.Load in few
export const detectGo: GoDetector = {
  program: (context) => {
    for (const { reads, writes, clearedInLoop, hasOthers } of sharedMapUsesOf(context.program).values()) {
      if (clearedInLoop) {
        report(clearedInLoop, 'cleared', {}, [], context);
        continue;
      }
      const [first, ...others] = writes;
      if (!first || hasOthers || writes.length < fewestWrites || writes.length < writesPerRead * reads.length) continue;
      report(first, 'written', { writes: writes.length, reads: reads.length }, others, context);
    }
  },
};

function report(use: SharedMapUse, id: string, counts: Readonly<Record<string, number>>, others: readonly SharedMapUse[], context: GoProgramContext): void {
  const address = use.body.list(use.operation)[0] ?? NONE;
  if (address === NONE || !context.file(use.path)) return;
  const place = { path: use.path, span: use.body.spanOf(use.operation) };
  const map = textAt({ path: use.path, span: use.body.spanOf(address) }, context);
  const related = others.map(({ path, body, operation }) => ({ path, span: body.spanOf(operation), message: { id: 'write' } }));
  context.report(place.path, { message: { id, arguments: { map, ...counts } }, span: place.span, related });
}
