// A promise is an entry, and stays one when it rejects:
//
//   if (!cache.has(key)) cache.set(key, load(key));

import { cachedRejectionsIn } from '../../analysis/async/two-sided.ts';
import { asyncDetector, cellName, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  cachedRejectionsIn(sources.program, file, of).map((at) => ({ at, report: { message: { id: 'kept', arguments: { what: cellName(at, sources) } }, span: spanAt(at) } })), 'one-sided');
