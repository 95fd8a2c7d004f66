// A promise is an entry, and stays one when it rejects:
//
//   if (!cache.has(key)) cache.set(key, load(key));

import { cachedRejectionsIn } from '../../analysis/async/two-sided.ts';
import { forgetRejectedEdit } from '../../typescript/async-fixes.ts';
import { asyncDetector, cellName, spanAt, syntaxAt, unsafeFix } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  cachedRejectionsIn(sources.program, file, of).map((at) => {
    const written = syntaxAt(at, sources);
    const fixes = unsafeFix(written && forgetRejectedEdit(written.node, written.file));
    return { at, report: { message: { id: 'kept', arguments: { what: cellName(at, sources) } }, span: spanAt(at), fixes } };
  }));
