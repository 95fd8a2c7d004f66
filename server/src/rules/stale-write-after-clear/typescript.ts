// A value fetched before a clear is stored after it:
//
//   cache.set(key, await load(key));   // here
//   cache.clear();                     // in another function

import { staleDecisionsIn } from '../../analysis/async/check-then-act.ts';
import { empties, staleWritesIn } from '../../analysis/async/two-sided.ts';
import { asyncDetector, cellName, placeName, related, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => {
  // A decision that is old is the larger defect of the same write.
  const decided = new Set(staleDecisionsIn(sources.program, file, of).map((each) => each.write.operation));
  return staleWritesIn(sources.program, file, of).flatMap(({ at, suspension, other }) => {
    if (!other || decided.has(at.operation)) return [];
    const message = { id: empties(sources.program, other) ? 'cleared' : 'removed', arguments: { what: cellName(at, sources), place: placeName(other, sources) } };
    return [{ at, report: { message, span: spanAt(at), related: [related(other, 'other'), related({ ...at, operation: suspension }, 'suspended')] } }];
  });
});
