// What belongs to one call is kept in a variable of the module:
//
//   current = user; await check(); return render(current);

import { requestStateIn } from '../../analysis/async/two-sided.ts';
import { asyncDetector, related, spanAt } from '../async-places.ts';

export const detectTypeScript = asyncDetector((sources, file, of) =>
  requestStateIn(sources.program, file, of).map(({ at, suspension, before }) => {
    const given = { what: at.name };
    return { at, report: { message: { id: 'shared', arguments: given }, span: spanAt(at), related: [...(before ? [related(before, 'wrote', given)] : []), related({ ...at, operation: suspension }, 'suspended', given)] } };
  }));
