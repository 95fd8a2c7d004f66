// What is added while a batch is sent is cleared with it:
//
//   await send(buffer);
//   buffer.length = 0;
//
// And what is loaded anew after a clear is missing until it has come, or comes twice:
//
//   items.clear();
//   for (const item of await load()) items.add(item);

import { lostEntriesIn, refilledClearsIn } from '../../analysis/async/two-sided.ts';
import { asyncDetector, placeName, related, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => [
  ...lostEntriesIn(sources.program, file, of).flatMap(({ at, before, other }) => {
    if (!other || !before) return [];
    return [{ at, report: { message: { id: 'lost', arguments: { what: at.name, place: placeName(other, sources) } }, span: spanAt(at), related: [related(other, 'other'), related(before, 'sent')] } }];
  }),
  ...refilledClearsIn(sources.program, file, of).flatMap(({ at, suspension, before, other }) => {
    if (!other || !before) return [];
    const isReader = other !== before;
    const places = [related(before, 'filled'), related({ ...at, operation: suspension }, 'suspended'), ...(isReader ? [related(other, 'read')] : [])];
    return [{ at, report: { plausible: true as const, message: { id: isReader ? 'refilled' : 'twice', arguments: { what: at.name } }, span: spanAt(at), related: places } }];
  }),
]);
