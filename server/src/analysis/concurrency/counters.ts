// What goes wrong with counters of tasks (Go's sync.WaitGroup): a wait that ends too early, or never.

import { graphOf } from '../graph.ts';
import { isNumberOfRounds } from '../loops.ts';
import { valuesOf } from '../values.ts';
import { End } from '../../model/function-body.ts';
import { NONE, Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { waitsAfter } from './counted-inside.ts';
import type { AccessEvent, Point, SyncEvent } from './events.ts';
import { SyncKind } from './events.ts';
import { LocationKind } from './locations.ts';
import type { Location } from './locations.ts';
import { momentOf, spawnOf } from './order.ts';
import { Barrier, isReached, mayFollow } from './passages.ts';
import { racesIn } from './races.ts';
import type { Race } from './races.ts';
import { askOfStudies } from './studies.ts';
import type { Study } from './studies.ts';
import { SeenFields } from './sync-fields.ts';
import { timesOf } from './times.ts';
import type { Task } from './task.ts';

export type CounterFault =
  /** `add` runs in a task that the wait is there for; the wait may come first. */
  | { readonly kind: 'added-inside'; readonly study: Study; readonly add: SyncEvent; readonly wait: SyncEvent; readonly task: Task }
  /** Nothing has been added when the wait comes. */
  | { readonly kind: 'waits-first'; readonly study: Study; readonly add: SyncEvent; readonly wait: SyncEvent; readonly task: Task | undefined }
  /** The task goes on, and uses what the waiting one does, after it has said that it is done. */
  | { readonly kind: 'done-early'; readonly study: Study; readonly done: SyncEvent; readonly wait: SyncEvent; readonly race: Race; readonly access: AccessEvent; readonly other: AccessEvent }
  /** A way through the task on which it never says that it is done. */
  | { readonly kind: 'done-missed'; readonly study: Study; readonly done: SyncEvent; readonly wait: SyncEvent; readonly exit: Point }
  /** More, or less, is added than done. */
  | { readonly kind: 'miscounted'; readonly study: Study; readonly add: SyncEvent; readonly done: SyncEvent; readonly wait: SyncEvent; readonly added: number; readonly finished: number }
  /** What is counted is a copy that nobody waits for. */
  | { readonly kind: 'copied'; readonly study: Study; readonly done: SyncEvent; readonly wait: SyncEvent; readonly parameter: number };

interface Counter {
  readonly location: Location;
  readonly adds: readonly SyncEvent[];
  readonly dones: readonly SyncEvent[];
  readonly waits: readonly SyncEvent[];
}

export const counterFaultsIn = askOfStudies(counterFaultsOf);

function counterFaultsOf(study: Study, program: Program): readonly CounterFault[] {
  const counters = countersOf(study);
  if (counters.length === 0) return [];
  if (study.shared) {
    const fields = new SeenFields(program, study);
    return counters.flatMap((counter) => (fields.at(counter.location) ? [...addedInside(study, counter), ...doneMissed(study, counter)] : []));
  }
  const ofCounters = counters.flatMap((counter) => (isWhollyKnown(study, counter) ? [...addedInside(study, counter), ...waitsFirst(study, counter), ...doneMissed(study, counter), ...miscounted(study, counter)] : []));
  return [...ofCounters, ...copied(study, counters), ...doneEarly(study, program)];
}

function countersOf({ execution }: Study): readonly Counter[] {
  const counters = new Map<Location, { adds: SyncEvent[]; dones: SyncEvent[]; waits: SyncEvent[] }>();
  for (const event of execution.syncs) {
    if (event.kind !== SyncKind.CounterAdd && event.kind !== SyncKind.CounterDone && event.kind !== SyncKind.CounterWait) continue;
    if (!event.location) continue;
    const at = event.location.canonical;
    let counter = counters.get(at);
    if (!counter) counters.set(at, (counter = { adds: [], dones: [], waits: [] }));
    (event.kind === SyncKind.CounterAdd ? counter.adds : event.kind === SyncKind.CounterDone ? counter.dones : counter.waits).push(event);
  }
  return [...counters].map(([location, events]) => ({ location, ...events }));
}

/** True if nothing outside the execution can use the counter, and every use of it in the execution is seen. */
function isWhollyKnown({ execution, root }: Study, { location }: Counter): boolean {
  if (execution.truncated || location.escapes || location.root.escapes || !location.isOne) return false;
  if (execution.syncs.some((event) => isOfCounter(event) && event.location === undefined)) return false;
  const kind = location.root.kind;
  return kind === LocationKind.Cell || kind === LocationKind.Heap || (kind === LocationKind.Global && (root.entry === 'main' || root.entry === 'test'));
}

function isOfCounter({ kind }: SyncEvent): boolean {
  return kind === SyncKind.CounterAdd || kind === SyncKind.CounterDone || kind === SyncKind.CounterWait;
}

/** True for `wg.Go(f)`, which counts by itself. */
function startsTask({ activation, operation }: SyncEvent): boolean {
  return (activation.body.calleeOf(operation)?.runs.length ?? 0) > 0;
}

// go func() { wg.Add(1); defer wg.Done(); … }(); wg.Wait()
function addedInside(study: Study, { location, adds, waits }: Counter): readonly CounterFault[] {
  const faults: CounterFault[] = [];
  for (const add of adds) {
    const { task } = add.activation;
    // What code outside calls, a method or who makes the object, is not what is waited for.
    if (!task.parent || task.start !== 'spawned' || startsTask(add)) continue;
    const ancestors = task.chain.slice(0, -1);
    // A task that is counted already may add for those it starts.
    if (adds.some((other) => other !== add && ancestors.includes(other.activation.task)) || ancestors.some((each) => each.countsAtEnd.some((counter) => counter.canonical === location)) || task.countsAtEnd.some((counter) => counter.canonical === location)) continue;
    const wait = waits.find((each) => {
      // Another method that waits, at any time after the one that started the task has returned.
      if (study.shared && ancestors[0] === each.activation.task.chain[0] && !ancestors.includes(each.activation.task)) return !(task.spawner && waitsAfter(task.spawner.body, task.spawnOperation)) && study.order.overlap(add, each, location) !== undefined;
      const next = ancestors.includes(each.activation.task) ? task.chain[task.chain.indexOf(each.activation.task) + 1] : undefined;
      const spawn = next && spawnOf(next);
      return spawn !== undefined && mayFollow(spawn, each) && study.order.overlap(add, each, location) !== undefined;
    });
    if (wait) faults.push({ kind: 'added-inside', study, add, wait, task });
  }
  return faults;
}

// go func() { wg.Wait(); close(results) }(); for … { wg.Add(1); go … }
function waitsFirst(study: Study, { location, adds, waits }: Counter): readonly CounterFault[] {
  const faults: CounterFault[] = [];
  for (const wait of waits) {
    const later = adds.filter((add) => isAfterOnly(add, wait));
    if (later.length === 0 || later.length < adds.length) continue;
    const [add] = later;
    const { task } = wait.activation;
    if (task !== add!.activation.task && later.some((each) => study.order.overlap(each, wait, location) === undefined)) continue;
    faults.push({ kind: 'waits-first', study, add: add!, wait, task: task === add!.activation.task ? undefined : task });
  }
  return faults;
}

/** True if an addition can only come after a wait, or after the start of the task that waits. */
function isAfterOnly(add: SyncEvent, wait: SyncEvent): boolean {
  const adder = add.activation.task;
  if (startsTask(add) && adder !== wait.activation.task) return false;
  if (adder === wait.activation.task) return mayFollow(wait, add) && !mayFollow(add, wait);
  const chain = wait.activation.task.chain;
  const next = chain[chain.indexOf(adder) + 1];
  const spawn = chain.includes(adder) && next ? spawnOf(next) : undefined;
  return spawn !== undefined && mayFollow(spawn, add) && !mayFollow(add, spawn);
}

// go func() { defer record(); defer wg.Done(); … }(): record runs last
function doneEarly(study: Study, program: Program): readonly CounterFault[] {
  const { execution } = study;
  const faults: CounterFault[] = [];
  for (const race of racesIn.of(study, program)) {
    if (race.overlap.how !== 'started') continue;
    for (const [access, other] of [[race.first, race.second], [race.second, race.first]] as const) {
      if (other.activation.task !== access.activation.task.parent) continue;
      const done = execution.syncs.find((each) => each.kind === SyncKind.CounterDone && each.location !== undefined && each.activation.task === access.activation.task && mayFollow(each, momentOf(access)) && !mayFollow(momentOf(access), each));
      const wait = done && execution.syncs.find((each) => each.kind === SyncKind.CounterWait && each.location?.canonical === done.location!.canonical && each.activation.task === other.activation.task && mayFollow(each, momentOf(other)) && !mayFollow(momentOf(other), each));
      if (!wait) continue;
      faults.push({ kind: 'done-early', study, done, wait, race, access, other });
      break;
    }
  }
  return faults;
}

// wg.Add(1); go func() { if err != nil { return }; wg.Done() }()
function doneMissed(study: Study, { adds, dones, waits }: Counter): readonly CounterFault[] {
  const [wait] = waits;
  const [done] = dones;
  if (!wait || !done) return [];
  const { task } = done.activation;
  const first = task.first;
  if (!task.parent || !first || dones.some((each) => each.activation.task !== task || mayFollow(each, each))) return [];
  const spawn = spawnOf(task);
  // One is added for each start, and nothing else.
  const isForStart = (add: SyncEvent): boolean => add.activation === task.spawner && spawn !== undefined && mayFollow(add, spawn) && (addedBy(add) === 1 ? sameLoop(add, task) : isForRounds(add, task));
  if (adds.length !== 1 || !isForStart(adds[0]!) || first.truncated) return [];
  const { body } = first;
  const barrier = new Barrier(dones);
  for (const block of graphOf(body).order) {
    if (body.endOf(block) !== End.Return) continue;
    const exit = lastOf(body, block, Op.Return);
    // What is deferred runs after the return; a closure that is deferred may say it too.
    if (exit === NONE || barrier.stopsIn(first, undefined)?.has(lastOf(body, block, Op.RunDefers))) continue;
    if (isReached({ activation: first, at: [exit], operation: exit }, barrier)) return [{ kind: 'done-missed', study, done, wait, exit: { activation: first, operation: exit } }];
  }
  return [];
}

/** The last operation of a kind in a block; NONE if there is none. */
function lastOf(body: Point['activation']['body'], block: number, kind: Op): number {
  for (let operation = body.endOperation(block) - 1; operation >= body.firstOperation(block); operation--) if (body.kind(operation) === kind) return operation;
  return NONE;
}

function sameLoop(add: SyncEvent, task: Task): boolean {
  const { body } = add.activation;
  return body.loopOf(graphOf(body).blockOf(add.operation)) === body.loopOf(graphOf(body).blockOf(task.spawnOperation));
}

/** `wg.Add(len(words)); for _, word := range words { go … }` */
function isForRounds({ activation: { body }, operation }: SyncEvent, task: Task): boolean {
  const graph = graphOf(body);
  const loop = body.loopOf(graph.blockOf(task.spawnOperation));
  const value = body.list(operation)[1] ?? NONE;
  return loop !== NONE && value !== NONE && body.loops[loop]!.parent === body.loopOf(graph.blockOf(operation)) && isNumberOfRounds(body, loop, value);
}

/** The constant that an addition adds. */
function addedBy({ activation: { body }, operation }: SyncEvent): number | undefined {
  const value = body.list(operation)[1] ?? NONE;
  return value === NONE ? undefined : valuesOf(body).constantNumber(valuesOf(body).number(value));
}

// wg.Add(2); go func() { wg.Done() }(); wg.Wait()
function miscounted(study: Study, { adds, dones, waits }: Counter): readonly CounterFault[] {
  const [add] = adds;
  const [done] = dones;
  const [wait] = waits;
  if (!add || !done || !wait || adds.some(startsTask) || waits.length !== 1 || mayFollow(wait, wait)) return [];
  const added = sumOf(adds, addedBy);
  const finished = sumOf(dones, (event) => (isNegativeAdd(event) ? undefined : 1));
  if (added === undefined || finished === undefined || added === finished) return [];
  return [{ kind: 'miscounted', study, add, done, wait, added, finished }];
}

function isNegativeAdd({ activation: { body }, operation }: SyncEvent): boolean {
  return body.list(operation).length > 1;
}

function sumOf(events: readonly SyncEvent[], each: (event: SyncEvent) => number | undefined): number | undefined {
  let sum = 0;
  for (const event of events) {
    const amount = each(event);
    const times = timesOf(event.activation, event.operation);
    if (amount === undefined || times === undefined) return undefined;
    sum += amount * times;
  }
  return sum;
}

// func work(wg sync.WaitGroup) { defer wg.Done() }
function copied(study: Study, counters: readonly Counter[]): readonly CounterFault[] {
  const faults: CounterFault[] = [];
  for (const { location, dones, waits, adds } of counters) {
    const [done] = dones;
    const { activation, index, kind } = location;
    if (!done || waits.length > 0 || adds.length > 0 || kind !== LocationKind.Cell || !activation?.parameters) continue;
    const parameter = activation.body.parameters.indexOf(index);
    for (const value of parameter < 0 ? [] : (activation.parameters[parameter] ?? [])) {
      if (value.kind !== 'copy') continue;
      const wait = counters.find((other) => other.location === value.of.canonical)?.waits[0];
      if (wait) faults.push({ kind: 'copied', study, done, wait, parameter });
    }
  }
  return faults;
}
