// What was started and not waited for still needs what is emptied:
//
//   try { return work(jobs); } finally { jobs.clear(); }
//   jobs.forEach(async (job) => { await run(job); done.add(job); }); done.clear();

import { earlyClearsIn } from '../../analysis/async/two-sided.ts';
import { awaitEdit } from '../../typescript/async-fixes.ts';
import { asyncDetector, codeAt, placeName, related, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  earlyClearsIn(sources.program, file, of).flatMap(({ at, call, other }) => {
    if (!other) return [];
    const started = { ...at, operation: call };
    const message = { id: 'unsettled', arguments: { what: at.name, call: codeAt(started, sources), place: placeName(other, sources) } };
    const written = syntaxAt(started, sources);
    return [{ at, report: { message, span: spanAt(at), related: [related(started, 'started'), related(other, 'late')], fixes: unsafeFix(written && awaitEdit(written.node, written.file)) } }];
  }));
