// A map that only ever has the same constant keys is cleared and gets all of them again: overwriting them would do.
//
//	clear(s.counts); s.counts["ok"] = 0; s.counts["failed"] = 0

import { fixedKeyClears } from '../../analysis/refills.ts';
import { related } from '../lock-places.ts';
import type { GoDetector } from '../go-context.ts';

export const detectGo: GoDetector = {
  program(context) {
    for (const { function: function_, body, operation, container, keys, first } of fixedKeyClears(context.program)) {
      const file = context.file(function_.path);
      if (!file || function_.generated) continue;
      context.report(function_.path, {
        message: { id: 'fixed', arguments: { map: file.text.slice(body.start(container), body.end(container)), keys } },
        span: body.spanOf(operation),
        related: [related(function_.path, body.spanOf(first.operation), { id: 'again' })],
      });
    }
  },
};
