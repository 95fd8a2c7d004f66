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
import type { Access } from '../../analysis/async/cells.ts';
import { clearLaterEdits, swapFirstEdits } from '../../typescript/clear-fixes.ts';
import type { Edit } from '../../text/span.ts';
import { asyncDetector, placeName, related, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';
import type { Sources } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => [
  ...lostEntriesIn(sources.program, file, of).flatMap(({ at, suspension, before, other }) => {
    if (!other || !before) return [];
    const fixes = unsafeFix(mended(swapFirstEdits, at, suspension, sources), 'swap');
    return [{ at, report: { message: { id: 'lost', arguments: { what: at.name, place: placeName(other, sources) } }, span: spanAt(at), related: [related(other, 'other'), related(before, 'sent')], fixes } }];
  }),
  ...refilledClearsIn(sources.program, file, of).flatMap(({ at, suspension, before, other }) => {
    if (!other || !before) return [];
    const isReader = other !== before;
    const places = [related(before, 'filled'), related({ ...at, operation: suspension }, 'suspended'), ...(isReader ? [related(other, 'read')] : [])];
    return [{ at, report: { plausible: true as const, message: { id: isReader ? 'refilled' : 'twice', arguments: { what: at.name } }, span: spanAt(at), related: places, fixes: unsafeFix(mended(clearLaterEdits, at, suspension, sources), 'later') } }];
  }),
]);

function mended(edits: typeof swapFirstEdits, at: Access, suspension: number, sources: Sources): readonly Edit[] | undefined {
  const [emptied, waiting] = [syntaxAt(at, sources), syntaxAt({ ...at, operation: suspension }, sources)];
  return emptied && waiting && edits(emptied.node, waiting.node, emptied.file, sources.types);
}
