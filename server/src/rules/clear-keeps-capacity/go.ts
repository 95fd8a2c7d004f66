// Before Go 1.25 clear takes time for the capacity, not for the entries; it gives nothing back:
//
//	m := make(map[int]int, 1_000_000)
//	for … { for i := range 10 { m[i] = … }; …; clear(m) }

import { oversizedClears } from '../../analysis/refills.ts';
import { mapExpressionAt } from '../../go/replacements.ts';
import { Op } from '../../model/operations.ts';
import { related } from '../lock-places.ts';
import type { GoDetector } from '../go-context.ts';

/** Since then clear skips the parts of a table that were not used since they were last emptied. */
const skippingVersion = 25;

export const detectGo: GoDetector = {
  program(context) {
    for (const function_ of context.program.functions.values()) {
      const file = context.file(function_.path);
      if (!file || function_.generated || (file.languageVersion?.version ?? skippingVersion) >= skippingVersion) continue;
      for (const body of function_.body.unit.bodies) {
        for (const { operation, container, make, capacity, elements } of oversizedClears(body)) {
          const map = body.kind(operation) === Op.Clear ? mapExpressionAt(file, body.spanOf(container), context.package.path, context.info) : undefined;
          const replacement = map && `${map.text} = ${map.made}`;
          context.report(function_.path, {
            message: { id: 'large', arguments: { map: file.text.slice(body.start(container), body.end(container)), capacity, elements } },
            span: body.spanOf(operation),
            related: [related(function_.path, body.spanOf(make), { id: 'made', arguments: { capacity } })],
            fixes: replacement === undefined ? [] : [{ title: { id: 'fix', arguments: { replacement } }, safe: false, caution: { id: 'caution' }, edits: [{ ...body.spanOf(operation), newText: replacement }] }],
          });
        }
      }
    }
  },
};
