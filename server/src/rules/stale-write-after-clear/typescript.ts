// A value fetched before a clear is stored after it:
//
//   cache.set(key, await load(key));   // here
//   cache.clear();                     // in another function

import { staleDecisionsIn } from '../../analysis/async/check-then-act.ts';
import { empties, staleWritesIn } from '../../analysis/async/two-sided.ts';
import type { Access } from '../../analysis/async/cells.ts';
import { dropLateEdits } from '../../typescript/clear-fixes.ts';
import type { Fix } from '../rule.ts';
import { asyncDetector, cellName, placeName, related, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';
import type { Sources } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) => {
  // A decision that is old is the larger defect of the same write.
  const decided = new Set(staleDecisionsIn(sources.program, file, of).map((each) => each.write.operation));
  return staleWritesIn(sources.program, file, of).flatMap(({ at, suspension, other, waiting = { ...at, operation: suspension }, others = [] }) => {
    if (!other || decided.has(at.operation)) return [];
    const message = { id: empties(sources.program, other) ? 'cleared' : 'removed', arguments: { what: cellName(at, sources), place: placeName(other, sources) } };
    return [{ at, report: { message, span: spanAt(at), related: [related(other, 'other'), related(waiting, 'suspended')], fixes: waiting.function === at.function ? fixesOf(at, suspension, others, sources) : [] } }];
  });
});

/** The late write is dropped, where all that makes it late is in the same file. */
function fixesOf(at: Access, suspension: number, others: readonly Access[], sources: Sources): readonly Fix[] {
  const [written, waiting] = [syntaxAt(at, sources), syntaxAt({ ...at, operation: suspension }, sources)];
  const removals = others.map((each) => syntaxAt(each, sources));
  const nodes = removals.flatMap((each) => (each && each.file === written?.file ? [each.node] : []));
  if (!written || !waiting || nodes.length !== others.length) return [];
  return unsafeFix(dropLateEdits(written.node, waiting.node, nodes, written.file, sources.types));
}
