// Two tasks use one object at the same time:
//
//	for _, url := range urls {
//		go func() { results[url] = fetch(url) }()   // every goroutine writes results
//	}
//
// What runs at the same time, which object it is and what orders the two is decided in analysis/concurrency.

import { AccessKind } from '../../analysis/concurrency/events.ts';
import type { Point } from '../../analysis/concurrency/events.ts';
import type { HeldLocks } from '../../analysis/concurrency/held-locks.ts';
import { LocationKind } from '../../analysis/concurrency/locations.ts';
import type { Location } from '../../analysis/concurrency/locations.ts';
import { inconsistentAccesses } from '../../analysis/concurrency/guard-faults.ts';
import { isOfContents, isPerhapsJoined, racesIn } from '../../analysis/concurrency/races.ts';
import type { Race } from '../../analysis/concurrency/races.ts';
import type { Task } from '../../analysis/concurrency/task.ts';
import { changedAfterSend } from '../../analysis/sent-containers.ts';
import type { ChangedAfterSend } from '../../analysis/sent-containers.ts';
import { containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { isReference } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, textAt } from '../go-places.ts';
import type { Place } from '../go-places.ts';
import { FunctionPlaces, lineAt } from '../lock-places.ts';
import { lockFix, lockPlace } from '../race-fixes.ts';
import type { Fix, Message, RelatedPlace, Report } from '../rule.ts';
import { ownVariableFix } from './fixes.ts';

export const detectGo: GoDetector = {
  program(context) {
    const places = new Set<string>();
    const objects = new Map<Location, Set<string>>();
    const reports: Found[] = [];
    // By location, what methods do without the lock: one finding says it.
    const methodsOf = new Map<Location, Method[]>();
    for (const race of racesIn(context.program)) {
      // Plain accesses of what is accessed atomically elsewhere are a defect of their own.
      if (race.first.isAtomic || race.second.isAtomic) continue;
      // One object that two tasks use is one defect, at however many places they do.
      const { object } = race.location;
      const tasks = [race.first.activation.task.id, race.second.activation.task.id].sort().join();
      const told = objects.get(object) ?? new Set();
      if (told.has(`${race.location.canonical.id} ${tasks}`)) continue;
      const found = reportFor(race, context);
      if (!found) continue;
      const isMethod = found.report.message.id === 'method';
      const methods = methodsOf.get(race.location.canonical);
      if (isMethod && methods) {
        methods.push({ found, bodies: [race.first.activation.body, race.second.activation.body] });
        continue;
      }
      objects.set(object, told.add(`${race.location.canonical.id} ${tasks}`));
      const sides = [`${found.path} ${found.report.span.start}`, ...(found.report.related ?? []).slice(0, 1).map((each) => `${each.path} ${each.span.start}`)];
      // `n, err = read()` on one side: one of the two says it.
      const lines = sidesByLine(found, race, context);
      if (sides.every((each) => places.has(each)) || places.has(sides[0]!) || places.has(lines)) continue;
      places.add(lines);
      for (const each of sides) places.add(each);
      if (isMethod) methodsOf.set(race.location.canonical, [{ found, bodies: [race.first.activation.body, race.second.activation.body] }]);
      else reports.push(found);
    }
    const guarded = methodsOf.size > 0 ? placesWithoutGuard(context) : new Set<string>();
    for (const methods of methodsOf.values()) {
      const found = oneOfMethods(methods, guarded);
      // A list and its elements are used at one place.
      if (!reports.some(({ path, report }) => path === found.path && report.span.start === found.report.span.start)) reports.push(found);
    }
    for (const { path, report } of reports) context.report(path, report);
    for (const each of changedAfterSend(context.program)) reportSent(each, places, context);
  },
};

// for { n := read(buf); frames <- buf[:n] }   ← the next round fills what the receiver has
function reportSent({ function: { path, isTest }, body, send, change }: ChangedAfterSend, told: ReadonlySet<string>, context: GoProgramContext): void {
  const file = context.file(path);
  const span = body.spanOf(change);
  if (!file || told.has(`${path} ${span.start}`)) return;
  const container = containerOf(body, change);
  const what = container === NONE ? body.unit.variables[body.variableOf(body.a(change))]!.name : textAt({ path, span: body.spanOf(container) }, context);
  context.report(path, {
    message: { id: 'sent', arguments: { what, line: lineAt(file.text, body.start(send)) } },
    span,
    related: [{ path, span: body.spanOf(send), message: { id: 'given' } }],
    ...(isTest && { plausible: true as const }),
  });
}

/** So many other places are shown with a finding. */
const mostOthers = 4;

/**
 * What methods do without the lock with one field: the first that no other rule tells is the finding, the others are shown with it.
 * @param told places that are told as accesses without their guard
 */
function oneOfMethods(methods: readonly Method[], told: ReadonlySet<string>): Found {
  const isTold = ({ found: { path, report } }: Method): boolean => told.has(`${path} ${(report.subject ?? report.span).start}`);
  const first = methods.find((each) => !isTold(each)) ?? methods[0]!;
  const seen = new Set(first.bodies);
  const others: RelatedPlace[] = [];
  for (const each of methods) {
    const [body] = each.bodies;
    if (seen.has(body) || isTold(each) || others.length >= mostOthers) continue;
    seen.add(body);
    const { path, report: { span, message } } = each.found;
    others.push({ path, span, message: { id: 'also', ...(message.arguments && { arguments: message.arguments }) } });
  }
  const { path, report } = first.found;
  return { path, report: { ...report, related: [...(report.related ?? []), ...others] } };
}

/** A finding about a method, and the bodies of its sides, the one without the lock first. */
interface Method {
  readonly found: Found;
  readonly bodies: readonly [FunctionBody, FunctionBody];
}

/** The places that inconsistent-guard tells. */
function placesWithoutGuard(context: GoProgramContext): ReadonlySet<string> {
  const places = new FunctionPlaces(context);
  return new Set(inconsistentAccesses(context.program).map(({ at }) => `${at.function.path} ${places.mentionOf(at.access).start}`));
}

/** The lines of both sides, the same whichever comes first. */
function sidesByLine({ path, report }: Found, race: Race, context: GoProgramContext): string {
  const second = placeOf(race.second, race.execution, context);
  return [nameOf({ path, span: report.span }, context), second ? nameOf(second, context) : ''].sort().join(' ');
}

interface Found {
  readonly path: string;
  readonly report: Report;
}

function reportFor(race: Race, context: GoProgramContext): Found | undefined {
  const first = placeOf(race.first, race.execution, context);
  const second = placeOf(race.second, race.execution, context);
  if (!first || !second) return undefined;
  const starts = race.overlap.tasks.flatMap((task) => {
    const place = task.spawner && placeOf({ activation: task.spawner, operation: task.spawnOperation }, race.execution, context);
    return place ? [{ path: place.path, span: place.span, message: { id: startId(race, task) }, task }] : [];
  });
  const what = resultName(race.first) ?? textAt({ path: first.path, span: subjectOf(race) }, context);
  const isSame = first.path === second.path && first.span.start === second.span.start;
  const [start] = starts;
  // A test's server gets the requests of the test, one after another; a channel closed by a handler is meant for one request.
  const isValueOfHandler = isHandler(race) && !isOfContainer(race);
  const isInTest = context.file(first.path)?.isTest === true;
  if ((isSame && isHandler(race) && race.first.kind === AccessKind.Close) || (isValueOfHandler && isInTest)) return undefined;
  const counted = race.counted && placeOf(race.counted, race.execution, context);
  if (race.counted && !counted) return undefined;
  const message: Message = counted
    ? { id: 'calls', arguments: { what, place: nameOf(counted, context) } }
    : isSame && isValueOfHandler
    ? { id: 'handler', arguments: { what } }
    : isSame && start
    ? { id: 'instances', arguments: { what, place: nameOf(start, context) } }
    : messageFor(race, what, nameOf(second, context), starts, context);
  const related: RelatedPlace[] = isSame ? [] : [{ path: second.path, span: second.span, message: relatedMessage(race, context) }];
  if (counted) related.push({ ...counted, message: { id: 'counted' } });
  return { path: first.path, report: { message, span: first.span, subject: (message.id === 'method' ? containerSpan(race.first) : undefined) ?? first.span, related: [...related, ...starts.map(({ path, span, message: said }) => ({ path, span, message: said }))], fixes: fixes(race, first, context), ...((isValueOfHandler || isInTest || context.file(second.path)?.isTest || isPlausible(race)) && { plausible: true }) } };
}

/** A variable of the goroutine's own, or the other side's lock. */
function fixes(race: Race, first: Place, context: GoProgramContext): readonly Fix[] {
  const { kind } = race.location;
  const own = race.first.isWrite && kind === LocationKind.Cell ? ownVariableFix(first, context) : undefined;
  const lock = race.firstLocks.size === 0 ? lockPlace(race, race.secondLocks, context) : undefined;
  const guard = lock && lockFix(first, lock, race.first.isWrite, context);
  return [own, guard].filter((each) => each !== undefined);
}

/** What a rule that speaks of the field or variable shows, which knows as much of methods: the container without the element. */
function containerSpan({ activation: { body }, operation }: Point): Place['span'] | undefined {
  const container = containerOf(body, operation);
  return container === NONE ? undefined : body.spanOf(container);
}

/** The name of a result that a return assigns. */
function resultName({ activation: { body }, operation }: Point): string | undefined {
  if (body.kind(operation) !== Op.Write || !body.has(operation, Flag.Implicit)) return undefined;
  const variable = body.variableOf(body.a(operation));
  return variable === NONE ? undefined : body.unit.variables[variable]!.name;
}

/** What is used, where it is written: for a call, what it is given of the object, or else the first thing through which it can use anything. */
function subjectOf({ execution, location, first: { activation, operation } }: Race): Place['span'] {
  const { body } = activation;
  const given = body.kind(operation) === Op.Call ? [...body.list(operation)].filter((value) => value !== NONE && isReference(body.shape(value))) : [];
  const ofObject = given.find((value) => execution.valueOf(activation, value)?.some((each) => each.kind === 'reference' && each.to.object === location.object));
  return body.spanOf(ofObject ?? given[0] ?? operation);
}

/**
 * True where a task may have been waited for, and where a side is further away than in the function that starts the task: what orders
 * the two may be there. What tests race with, they mostly order by what is not seen.
 */
function isPlausible(race: Race): boolean {
  if (isPerhapsJoined(race)) return true;
  const near = race.overlap.tasks.map((task) => task.spawner?.body.unit);
  return ![race.first, race.second].every((each) => near.includes(each.activation.body.unit));
}

/** True if both sides are functions that a library runs, perhaps for several requests at once. */
function isHandler({ overlap }: Race): boolean {
  return (overlap.how === 'instances' || overlap.how === 'beside') && overlap.tasks.every((task) => task.overlapsItself);
}

/** True if the elements of a map or list are at stake, not a single value. */
function isOfContainer({ location, first, second }: Race): boolean {
  return isOfElements(first.kind) || isOfElements(second.kind) || location.kind === LocationKind.Content || location.kind === LocationKind.Heap;
}

function isOfElements(kind: AccessKind): boolean {
  return isOfContents(kind) && kind !== AccessKind.Send && kind !== AccessKind.Close;
}

/** Which side a task that was started runs; both, if it is one of several instances or started what both run in. */
function startId({ first, second, overlap }: Race, task: Task): 'start' | 'start-here' | 'start-there' {
  const [here, there] = [first, second].map((each) => each.activation.task.chain.includes(task));
  if (overlap.how === 'instances' || here === there) return 'start';
  return here ? 'start-here' : 'start-there';
}

function messageFor(race: Race, what: string, place: string, starts: readonly RelatedPlace[], context: GoProgramContext): Message {
  const lock = race.firstLocks.size === 0 ? lockName(race, race.secondLocks, context) : undefined;
  // When a method of an object is called is only plausible.
  if (lock !== undefined) return { id: race.overlap.how === 'outside' || race.overlap.tasks.some((task) => task.start === 'outside') ? 'method' : 'unlocked', arguments: { what, lock, place } };
  const id = `${race.first.isWrite ? 'write' : 'read'}-${race.second.isWrite ? 'write' : 'read'}`;
  const here = starts.find((each) => each.message.id === 'start-here');
  const there = starts.find((each) => each.message.id === 'start-there');
  if (here && there) return { id: `${id}-both`, arguments: { what, place, start: nameOf(here, context), second: nameOf(there, context) } };
  const started = here ?? there;
  return started ? { id: `${id}-${here ? 'here' : 'there'}`, arguments: { what, place, start: nameOf(started, context) } } : { id, arguments: { what, place } };
}

function relatedMessage(race: Race, context: GoProgramContext): Message {
  const access = race.second.isWrite ? 'write' : 'read';
  const lock = lockName(race, race.secondLocks, context);
  return lock === undefined ? { id: access } : { id: `${access}-locked`, arguments: { lock } };
}

/** One of the locks held, as it is written where it is locked, an embedded one by its name; undefined if none is. */
function lockName(race: Race, held: HeldLocks, context: GoProgramContext): string | undefined {
  const place = lockPlace(race, held, context);
  if (!place) return undefined;
  const text = textAt(place, context);
  const { lock } = place;
  const isEmbedded = lock.kind === LocationKind.Field && text !== lock.name && !text.endsWith(`.${lock.name}`);
  return isEmbedded ? `${text}.${lock.name}` : text;
}
