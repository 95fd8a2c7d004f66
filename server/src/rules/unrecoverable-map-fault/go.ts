import { expectedMessagesIn, recoveredRacesIn } from '../../analysis/concurrency/recoveries.ts';
import type { GoDetector } from '../go-context.ts';
import { nameOf, placeOf, textAt } from '../go-places.ts';

// defer func() { recover() }(); m[k] = v          while another goroutine uses m
// if strings.Contains(fmt.Sprint(recover()), "concurrent map writes")
export const detectGo: GoDetector = {
  program: (context) => {
    const reported = new Set<string>();
    const isNew = (path: string, start: number): boolean => {
      const key = `${path} ${start}`;
      return context.file(path) !== undefined && !reported.has(key) && reported.add(key).size > 0;
    };
    for (const { function: { path }, body, constant } of expectedMessagesIn(context.program)) {
      if (isNew(path, body.start(constant))) context.report(path, { message: { id: 'text' }, span: body.spanOf(constant) });
    }
    for (const { race: { execution }, access, other, recovery: { path, body, operation } } of recoveredRacesIn(context.program)) {
      const [first, second] = [access, other].map((point) => placeOf(point, execution, context));
      if (!first || !second || !isNew(path, body.start(operation))) continue;
      context.report(path, {
        message: { id: 'race', arguments: { access: textAt(first, context), place: nameOf(first, context) } },
        span: body.spanOf(operation),
        related: [{ ...first, message: { id: 'access' } }, { ...second, message: { id: 'other' } }],
      });
    }
  },
};
