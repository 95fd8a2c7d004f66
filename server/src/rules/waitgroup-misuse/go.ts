import { counterFaultsIn } from '../../analysis/concurrency/counters.ts';
import type { CounterFault } from '../../analysis/concurrency/counters.ts';
import { lateCountsIn } from '../../analysis/concurrency/counted-inside.ts';
import type { CountedInside, CountedMeanwhile } from '../../analysis/concurrency/counted-inside.ts';
import type { Place as ProgramPlace } from '../../analysis/fields.ts';
import type { Point } from '../../analysis/concurrency/events.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, startsOf, subjectOf, textAt } from '../go-places.ts';
import type { Place } from '../go-places.ts';
import type { Fix, RelatedPlace, Report } from '../rule.ts';
import { deferFix, insideFixes, isFirstStatement, swapFix } from './fixes.ts';

// go func() { wg.Add(1); defer wg.Done(); work() }(); wg.Wait()   →  wg.Go(func() { work() }); wg.Wait()
// defer record(); defer wg.Done()                                 →  defer wg.Done(); defer record()
// wg.Add(3) for two goroutines; a return without Done; work(wg) with a copy
export const detectGo: GoDetector = {
  program: (context) => {
    const reported = new Set<string>();
    const { inside, meanwhile } = lateCountsIn(context.program);
    const all = [
      ...counterFaultsIn(context.program).map((fault) => reportFor(fault, context)),
      ...inside.map((fault) => reportInside(fault, context)),
      ...meanwhile.map((fault) => reportMeanwhile(fault, context)),
    ];
    for (const found of all) {
      const key = found && `${found.path} ${found.report.span.start}`;
      if (!found || key === undefined || reported.has(key)) continue;
      reported.add(key);
      context.report(found.path, found.report);
    }
  },
};

function placeOfCount({ function: { path, generated }, body, operation }: ProgramPlace, context: GoProgramContext): Place | undefined {
  return context.file(path) && !generated ? { path, span: body.spanOf(operation) } : undefined;
}

function reportInside({ add, wait, start }: CountedInside, context: GoProgramContext): Found | undefined {
  const [place, waiting, starting] = [placeOfCount(add, context), placeOfCount(wait, context), placeOfCount(start, context)];
  if (!place || !waiting || !starting) return undefined;
  const names = { add: textAt(place, context), wait: textAt(waiting, context), place: nameOf(waiting, context) };
  return found(place, 'added-inside', names, [{ ...waiting, message: { id: 'wait' } }, { ...starting, message: { id: 'start' } }]);
}

function reportMeanwhile({ add, wait, signal }: CountedMeanwhile, context: GoProgramContext): Found | undefined {
  const [place, waiting, signalling] = [placeOfCount(add, context), placeOfCount(wait, context), placeOfCount(signal, context)];
  if (!place || !waiting || !signalling) return undefined;
  const names = { add: textAt(place, context), wait: textAt(waiting, context), place: nameOf(waiting, context), signal: textAt(signalling, context) };
  return found(place, 'added-meanwhile', names, [{ ...signalling, message: { id: 'signal' } }, { ...waiting, message: { id: 'wait' } }]);
}

interface Found {
  readonly path: string;
  readonly report: Report;
}

function reportFor(fault: CounterFault, context: GoProgramContext): Found | undefined {
  const { execution } = fault.study;
  const at = (point: Point): Place | undefined => placeOf(point, execution, context);
  const text = (point: Point): string => textOr(at(point), context);
  const wait = at(fault.wait);
  if (!wait) return undefined;
  const names = { wait: textAt(wait, context), place: nameOf(wait, context) };
  const waitHere: RelatedPlace = { ...wait, message: { id: 'wait' } };
  switch (fault.kind) {
    case 'added-inside':
      return found(at(fault.add), 'added-inside', { add: text(fault.add), ...names }, [waitHere, ...startsOf([fault.task], execution, context)], (place) => insideFixes(place, context), isFirstStatement(at(fault.add), context));
    case 'waits-first': {
      const add = at(fault.add);
      if (!add) return undefined;
      const related = [{ ...add, message: { id: 'add' } }, ...startsOf([fault.task], execution, context)];
      return found(wait, fault.task ? 'waits-beside' : 'waits-first', { wait: names.wait, add: textAt(add, context), place: nameOf(add, context) }, related);
    }
    case 'done-early': {
      const [done, other, subject, access] = [at(fault.done), at(fault.other), at(fault.race.first), at(fault.access)];
      if (!done || !other || !subject || !access) return undefined;
      const related = [{ ...done, message: { id: 'done' } }, waitHere, { ...other, message: { id: 'other' } }];
      const made = found(access, 'done-early', { what: textAt(access, context), done: textAt(done, context), ...names }, related, () => swapFix(done, access, context));
      return made && subject.path === access.path ? { ...made, report: { ...made.report, subject: subject.span } } : made;
    }
    case 'done-missed': {
      const done = at(fault.done);
      if (!done) return undefined;
      return found(at(fault.exit), 'done-missed', { done: textAt(done, context), ...names }, [{ ...done, message: { id: 'done' } }, waitHere], () => deferFix(done, context));
    }
    case 'miscounted': {
      const [add, done, group] = [at(fault.add), at(fault.done), subjectOf(fault.add, execution, context)];
      if (!add || !done || !group) return undefined;
      const tooFew = fault.added > fault.finished;
      const values = { group: textAt(group, context), added: fault.added, finished: fault.finished, ...(tooFew ? { wait: names.wait } : { done: textAt(done, context) }) };
      const second = tooFew ? { ...done, message: { id: 'done' } } : waitHere;
      return found(tooFew ? wait : done, tooFew ? 'too-few' : 'too-many', values, [{ ...add, message: { id: 'add' } }, second]);
    }
    case 'copied': {
      const name = fault.done.activation.body.unit.variables[fault.done.activation.body.parameters[fault.parameter]!]!;
      const path = at(fault.done)?.path;
      if (path === undefined || name.start < 0) return undefined;
      return found({ path, span: { start: name.start, end: name.start + name.name.length } }, 'copied', { name: name.name, ...names }, [waitHere], () => [], true);
    }
  }
}

function found(place: Place | undefined, id: string, values: Readonly<Record<string, string | number>>, related: readonly RelatedPlace[], fixes: (place: Place) => readonly Fix[] = () => [], shownByVet = false): Found | undefined {
  return place && { path: place.path, report: { message: { id, arguments: values }, span: place.span, related, fixes: fixes(place), ...(shownByVet && { shownByVet }) } };
}

function textOr(place: Place | undefined, context: GoProgramContext): string {
  return place ? textAt(place, context) : '';
}
