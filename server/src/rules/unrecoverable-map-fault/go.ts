import { expectedMessagesIn, recoveredRacesIn } from '../../analysis/concurrency/recoveries.ts';
import type { Race } from '../../analysis/concurrency/races.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, textAt } from '../go-places.ts';
import { lockFix, lockPlace, mutexFix } from '../race-fixes.ts';
import type { Fix } from '../rule.ts';

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
    for (const { race, access, other, recovery: { path, body, operation } } of recoveredRacesIn(context.program)) {
      const { execution } = race;
      const [first, second] = [access, other].map((point) => placeOf(point, execution, context));
      if (!first || !second || !isNew(path, body.start(operation))) continue;
      context.report(path, {
        message: { id: 'race', arguments: { access: textAt(first, context), place: nameOf(first, context) } },
        span: body.spanOf(operation),
        related: [{ ...first, message: { id: 'access' } }, { ...second, message: { id: 'other' } }],
        fixes: fixesFor(race, path, context),
      });
    }
  },
};

/** The lock that one side holds for the other one, or a new one for both; in the file of the finding. */
function fixesFor(race: Race, path: string, context: GoProgramContext): readonly Fix[] {
  const { first, second, firstLocks, secondLocks } = race;
  if (firstLocks.size === 0 && secondLocks.size === 0) return [mutexFix(race, path, context)].filter((each) => each !== undefined);
  if (firstLocks.size > 0 && secondLocks.size > 0) return [];
  const [bare, locks] = firstLocks.size === 0 ? [first, secondLocks] : [second, firstLocks];
  const place = placeOf(bare, race.execution, context);
  const lock = lockPlace(race, locks, context);
  if (!lock || place?.path !== path) return [];
  return [lockFix(place, lock, bare.isWrite, context)].filter((each) => each !== undefined);
}
