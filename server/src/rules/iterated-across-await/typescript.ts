// An array is iterated, and others take elements out while a turn waits:
//
//   for (const listener of listeners) await listener();

import { movedIterationsIn } from '../../analysis/async/two-sided.ts';
import { listSnapshotEdits } from '../../typescript/async-fixes.ts';
import { asyncDetector, placeName, related, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  movedIterationsIn(sources.program, file, of).flatMap(({ at, suspension, other }) => {
    if (!other) return [];
    const written = syntaxAt(at, sources);
    return [{ at, report: { message: { id: 'moved', arguments: { what: at.name, place: placeName(other, sources) } }, span: spanAt(at), related: [related(other, 'other'), related({ ...at, operation: suspension }, 'suspended')], fixes: unsafeFix(written && listSnapshotEdits(written.node, written.file)) } }];
  }));
