// An array is iterated, and others take elements out while a turn waits:
//
//   for (const listener of listeners) await listener();

import { movedIterationsIn } from '../../analysis/async/two-sided.ts';
import { asyncDetector, placeName, related, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  movedIterationsIn(sources.program, file, of).flatMap(({ at, suspension, other }) => {
    if (!other) return [];
    return [{ at, report: { message: { id: 'moved', arguments: { what: at.name, place: placeName(other, sources) } }, span: spanAt(at), related: [related(other, 'other'), related({ ...at, operation: suspension }, 'suspended')] } }];
  }), 'two-sided');
