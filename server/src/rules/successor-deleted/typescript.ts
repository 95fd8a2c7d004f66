// The entry that is removed at the end may be another call's:
//
//   inflight.set(key, promise);
//   try { return await promise; } finally { inflight.delete(key); }
//   setTimeout(() => list.splice(list.indexOf(item), 1));

import { staleIndicesIn } from '../../analysis/async/gone.ts';
import { successorsDeletedIn } from '../../analysis/async/two-sided.ts';
import { identityEdit } from '../../typescript/async-fixes.ts';
import { asyncDetector, cellName, placeName, related, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => [
  ...successorsDeletedIn(sources.program, file, of).map(({ at, before, other }) => {
    const what = cellName(at, sources);
    const message = other ? { id: 'removed', arguments: { what, place: placeName(other, sources) } } : { id: 'overwritten', arguments: { what } };
    const [removal, stored] = [syntaxAt(at, sources), before && syntaxAt(before, sources)];
    const fixes = unsafeFix(removal && stored && identityEdit(removal.node, stored.node, removal.file));
    return { at, report: { message, span: spanAt(at), related: [...(other ? [related(other, 'other')] : []), ...(before ? [related(before, 'stored')] : [])], fixes } };
  }),
  ...staleIndicesIn(sources.program, file, of).map(({ at, waiting, other }) => ({
    at,
    report: { message: { id: 'index', arguments: { what: cellName(at, sources), place: placeName(other!, sources) } }, span: spanAt(at), related: [related(other!, 'other'), related(waiting!, 'left')] },
  })),
]);
