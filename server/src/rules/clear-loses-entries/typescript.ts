// What is added while a batch is sent is cleared with it:
//
//   await send(buffer);
//   buffer.length = 0;

import { lostEntriesIn } from '../../analysis/async/two-sided.ts';
import { asyncDetector, placeName, related, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  lostEntriesIn(sources.program, file, of).flatMap(({ at, before, other }) => {
    if (!other || !before) return [];
    return [{ at, report: { message: { id: 'lost', arguments: { what: at.name, place: placeName(other, sources) } }, span: spanAt(at), related: [related(other, 'other'), related(before, 'sent')] } }];
  }), 'two-sided');
