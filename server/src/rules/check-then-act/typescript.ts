// A decision that is carried out after a suspension, when it may not hold any more:
//
//   if (!cache.has(key)) cache.set(key, await load(key));
//
// What is decided, what may run in between and what makes it harmless is said in analysis/async/check-then-act.ts.

import { isOfValue } from '../../analysis/async/cells.ts';
import { lostReplacementsIn, lostUpdatesIn, staleDecisionsIn } from '../../analysis/async/check-then-act.ts';
import { Shape } from '../../model/objects.ts';
import { asyncDetector, cellName, related, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => {
  const updates = new Set(lostUpdatesIn(sources.program, file, of).map((each) => each.write.operation));
  const replaced = lostReplacementsIn(sources.program, file, of).map(({ read, suspension, write }) => {
    const what = cellName(write, sources);
    const places = [related(read, 'released', { what }), related({ ...write, operation: suspension }, 'suspended'), related(write, 'both', { what })];
    return { at: write, report: { plausible: true as const, message: { id: 'replaced-after-await', arguments: { what } }, span: spanAt(write), related: places } };
  });
  const decided = staleDecisionsIn(sources.program, file, of).filter(({ write }) => !updates.has(write.operation)).map(({ read, suspension, write }) => {
    const what = cellName(write, sources);
    const id = isOfValue(write) ? 'set-after-await' : write.shape === Shape.Set ? 'added-after-await' : 'stored-after-await';
    return {
      at: write,
      report: {
        plausible: true as const,
        message: { id, arguments: { what } },
        span: spanAt(write),
        related: [related(read, 'checked', { what }), related({ ...write, operation: suspension }, 'suspended'), related(write, 'both', { what })],
      },
    };
  });
  return [...decided, ...replaced.filter(({ at }) => !decided.some((each) => each.at.operation === at.operation))];
}, 'one-sided');
