// Channel operations that can never be met: the goroutine stays there for ever, or the program panics.

import { conditionsAt } from '../conditions.ts';
import { comesBefore, graphOf } from '../graph.ts';
import { loopsAround } from '../loops.ts';
import { valuesOf } from '../values.ts';
import { Walk, walkForward } from '../walk.ts';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import { Shape } from '../../model/objects.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { Activation } from './activation.ts';
import type { Point, SyncEvent } from './events.ts';
import { SyncKind } from './events.ts';
import { isRuledOutByFlag } from './flag-ways.ts';
import { spawnOf } from './order.ts';
import { Barrier, isReached, mayFollow } from './passages.ts';
import type { Moment } from './passages.ts';
import { isChosen, seenChannelsOf } from './seen-channels.ts';
import type { SeenChannel } from './seen-channels.ts';
import { askOfStudies, studiedIn, studyFrom } from './studies.ts';
import type { Study } from './studies.ts';
import { SeenFields, syncFieldsOf } from './sync-fields.ts';
import type { SyncField } from './sync-fields.ts';
import { isLeftEarly, timesOf } from './times.ts';
import type { Task } from './task.ts';

export type Stall =
  /** The other side is the same goroutine, or nobody. */
  | { readonly kind: 'alone'; readonly study: Study; readonly channel: SeenChannel; readonly event: SyncEvent; readonly other: SyncEvent | undefined }
  /** More values are sent than there is room for, before the goroutine receives any. */
  | { readonly kind: 'overfull'; readonly study: Study; readonly channel: SeenChannel; readonly event: SyncEvent; readonly sent: number }
  /** The function that is the other side returns without it. */
  | { readonly kind: 'left'; readonly study: Study; readonly channel: SeenChannel; readonly event: SyncEvent; readonly exit: Point; readonly task: Task; readonly isOneSend: boolean }
  /** Of many that send, one is received from. */
  | { readonly kind: 'first-wins'; readonly study: Study; readonly channel: SeenChannel; readonly event: SyncEvent; readonly other: SyncEvent; readonly task: Task }
  /** A loop over a channel that nobody closes keeps a goroutine that is waited for. */
  | { readonly kind: 'unclosed'; readonly study: Study; readonly channel: SeenChannel; readonly event: SyncEvent; readonly wait: SyncEvent | undefined }
  /** A loop of an object's goroutine over a channel in its field that nobody closes, while another method waits for that goroutine. */
  | { readonly kind: 'unclosed-field'; readonly study: Study; readonly field: SyncField; readonly event: SyncEvent; readonly wait: SyncEvent }
  /** A send on a channel in a field from which nobody receives. */
  | { readonly kind: 'field-unreceived'; readonly study: Study; readonly field: SyncField; readonly event: SyncEvent }
  /** Sent on, or closed, after it was closed. */
  | { readonly kind: 'closed'; readonly study: Study; readonly event: SyncEvent; readonly close: SyncEvent };

export interface NilOperation {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly operation: number;
  readonly channel: number;
}

export function stallsIn(program: Program): readonly Stall[] {
  const found = stallsOfStudies(program);
  const ofRoots = found.filter(({ study }) => !study.shared);
  // Functions that make channels without starting tasks.
  const studied = studiedIn(program);
  const more = [...program.functions.values()].filter((each) => !studied.has(each) && !each.generated && makesChannel(each));
  return [...ofRoots, ...more.flatMap((each) => stallsOf(studyFrom(program, each))), ...found.filter(({ study }) => study.shared)];
}

const stallsOfStudies = askOfStudies((study, program) => (study.shared ? stallsOfFields(study, new SeenFields(program, study)) : stallsOf(study)));

function stallsOf(study: Study): readonly Stall[] {
  const found: Stall[] = [];
  for (const channel of seenChannelsOf(study.execution)) {
    const own = alone(study, channel);
    found.push(...own, ...(own.length > 0 ? [] : [...left(study, channel), ...firstWins(study, channel), ...unclosed(study, channel)]));
  }
  found.push(...usedAfterClose(study));
  return found;
}

// func (w *worker) run()   { defer w.wg.Done(); for job := range w.jobs { … } }
// func (w *worker) Close() { w.wg.Wait() }   ← and nobody closes w.jobs
function stallsOfFields(study: Study, fields: SeenFields): readonly Stall[] {
  const found: Stall[] = [];
  for (const { field, capacity, sends, receives, closes } of fields.channels()) {
    const send = receives.length === 0 && capacity === 0 ? sends.find((event) => !isChosen(event)) : undefined;
    if (send) found.push({ kind: 'field-unreceived', study, field, event: send });
    if (closes.length > 0) continue;
    for (const event of receives) {
      const wait = isLoopHead(event) && endsByCloseOnly(event) ? waitFor(study, event) : undefined;
      if (!wait?.location || !fields.at(wait.location)) continue;
      found.push({ kind: 'unclosed-field', study, field, event, wait });
      break;
    }
  }
  return found;
}

function makesChannel({ body: { unit } }: ProgramFunction): boolean {
  return unit.bodies.some((body) => {
    if (body.incomplete) return false;
    for (let operation = 0; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Make && body.shape(operation) === Shape.Channel) return true;
    return false;
  });
}

function isLoopHead({ activation: { body }, operation }: SyncEvent): boolean {
  return body.kind(operation) === Op.Next;
}

/** True if a loop over a channel ends only when the channel is closed. */
function endsByCloseOnly({ activation: { body }, operation }: SyncEvent): boolean {
  const loop = body.loops.findIndex((each) => each.next === operation);
  return loop >= 0 && !isLeftEarly(body, loop);
}

// ch := make(chan int); ch <- 1; fmt.Println(<-ch)
function alone(study: Study, channel: SeenChannel): readonly Stall[] {
  const { sends, receives, closes, maker, capacity } = channel;
  const { task } = maker;
  if ([...sends, ...receives, ...closes].some((event) => event.activation.task !== task || event.deferred)) return [];
  if (capacity === 0) {
    const send = sends.find((event) => !isChosen(event));
    if (send) return [{ kind: 'alone', study, channel, event: send, other: receives[0] }];
  }
  // A receive from a channel that nobody ever sends on is a way to wait for ever.
  const blocked = sends.length + closes.length === 0 ? undefined : receives.find((event) => !isChosen(event) && !isLoopHead(event) && ![...sends, ...closes].some((other) => mayFollow(other, event)));
  if (blocked) return [{ kind: 'alone', study, channel, event: blocked, other: sends[0] ?? closes[0] }];
  const loop = closes.length === 0 ? receives.find((event) => isLoopHead(event) && endsByCloseOnly(event)) : undefined;
  if (loop) return [{ kind: 'unclosed', study, channel, event: loop, wait: undefined }];
  return overfull(study, channel);
}

// ch := make(chan int, 1); ch <- 1; ch <- 2
function overfull(study: Study, channel: SeenChannel): readonly Stall[] {
  const { sends, receives, capacity } = channel;
  if (sends.length === 0 || capacity === 0 || sends.some(isChosen) || receives.some((receive) => sends.some((send) => mayFollow(receive, send)))) return [];
  let sent = 0;
  for (const send of sends) sent += timesSinceMade(channel, send) ?? Number.NaN;
  if (!(sent > capacity)) return [];
  return [{ kind: 'overfull', study, channel, event: sends.at(-1)!, sent }];
}

/** How often a send runs for each channel that is made. */
function timesSinceMade({ maker, made }: SeenChannel, { activation, operation }: SyncEvent): number | undefined {
  const sends = timesOf(activation, operation);
  const makes = timesOf(maker, made);
  return sends === undefined || makes === undefined || makes === 0 ? undefined : sends / makes;
}

// go func() { ch <- work() }(); select { case v := <-ch: …; case <-ctx.Done(): return }
function left(study: Study, channel: SeenChannel): readonly Stall[] {
  const { sends, receives, closes, maker, capacity } = channel;
  if (maker.caller === undefined && study.root.entry === 'main') return [];
  const found: Stall[] = [];
  for (const event of [...sends, ...receives]) {
    const { task } = event.activation;
    const isSend = event.kind === SyncKind.Send;
    if (isChosen(event) || event.deferred || task.parent !== maker.task || (isSend && (capacity > 0 || closes.length > 0))) continue;
    const spawn = spawnOf(task);
    // A function that the maker calls starts the goroutine as well: then the return is looked for in the maker.
    if (!spawn || !spawn.activation.isWithin(maker)) continue;
    // Each goroutine starts with what it will take put in already.
    if (!isSend && capacity !== 0 && !isReached(spawn, new Barrier(sends))) continue;
    const others = isSend ? receives : isLoopHead(event) ? closes : [...sends, ...closes];
    if (others.length === 0) continue;
    if (isLoopHead(event) && !endsByCloseOnly(event)) continue;
    if (others.some((other) => !other.activation.isWithin(maker))) continue;
    // Some other loop over the channel may take the values as well.
    if (isSend && receives.some((other) => other.activation.task === task)) continue;
    const exit = returnWithout(study, maker, spawn.activation === maker ? spawn.operation : siteIn(maker, spawn.activation), others);
    if (!exit) continue;
    const isOneSend = isSend && sends.length === 1 && !mayFollow(event, event) && !mayFollow(spawn, spawn);
    found.push({ kind: 'left', study, channel, event, exit: { activation: maker, operation: exit }, task, isOneSend });
    break;
  }
  return found;
}

function siteIn(outer: Activation, inner: Activation): number {
  for (let at: Activation | undefined = inner; at; at = at.caller) if (at.caller === outer) return at.callSite;
  return NONE;
}

/** A return of the maker that can be reached from a point without one of some events, and without waiting for a counter. */
function returnWithout({ execution }: Study, maker: Activation, from: number, events: readonly SyncEvent[]): number | undefined {
  const { body } = maker;
  if (from === NONE) return undefined;
  const joins = execution.syncs.filter((each) => each.kind === SyncKind.CounterWait || each.kind === SyncKind.ConditionWait || each.kind === SyncKind.Unknown);
  const barrier = new Barrier([...events, ...joins.filter((each) => each.activation.isWithin(maker)), ...loopsWith(events, maker, from)]);
  const start = { activation: maker, at: [from], operation: from };
  for (const block of graphOf(body).order) {
    if (body.endOf(block) !== End.Return) continue;
    for (let operation = body.endOperation(block) - 1; operation >= body.firstOperation(block); operation--) {
      if (body.kind(operation) !== Op.Return) continue;
      // What is deferred runs after the return.
      const deferred = events.some((each) => each.deferred && each.activation === maker && each.at.some((at) => graphOf(body).blockOf(at) === block));
      const inDeferred = [...maker.deferredCalls].some(([at, calls]) => graphOf(body).blockOf(at) === block && events.some((each) => calls.some((call) => each.activation.isWithin(call))));
      if (!deferred && !inDeferred && mayFollow(start, { activation: maker, at: [operation], operation }, barrier) && !isRuledOutByFlag(body, from, operation, barrier.stopsIn(maker, [from]))) return operation;
    }
  }
  return undefined;
}

/** Loops, other than those around a point, in which events happen: they may run as often as it takes, and count as the events. */
function loopsWith(events: readonly SyncEvent[], maker: Activation, from: number): readonly Moment[] {
  const { body } = maker;
  const around = new Set(loopsAround(body, from));
  return events.flatMap((event) => {
    const site = event.activation === maker ? event.operation : siteIn(maker, event.activation);
    return site === NONE ? [] : loopsAround(body, site).filter((loop) => !around.has(loop)).map((loop) => {
      const operation = body.firstOperation(body.loops[loop]!.head);
      return { activation: maker, at: [operation], operation };
    });
  });
}

// for _, host := range hosts { go func() { ch <- ask(host) }() }; return <-ch
function firstWins(study: Study, channel: SeenChannel): readonly Stall[] {
  const { sends, receives, closes, maker, capacity } = channel;
  const [send, ...more] = sends;
  const [receive, ...others] = receives;
  if (!send || !receive || more.length > 0 || others.length > 0 || closes.length > 0 || capacity > 0 || isChosen(send)) return [];
  if (maker.caller === undefined && study.root.entry === 'main') return [];
  const { task } = send.activation;
  const spawn = spawnOf(task);
  if (!spawn || task.parent !== maker.task || !spawn.activation.isWithin(maker) || !receive.activation.isWithin(maker)) return [];
  const isMade = new Barrier([{ activation: maker, at: [channel.made], operation: channel.made }]);
  if (!mayFollow(spawn, spawn, isMade) || mayFollow(receive, receive, isMade)) return [];
  // A receive between two starts meets each of them.
  if (!mayFollow(spawn, spawn, new Barrier([receive, { activation: maker, at: [channel.made], operation: channel.made }]))) return [];
  return [{ kind: 'first-wins', study, channel, event: send, other: receive, task }];
}

// go func() { defer wg.Done(); for v := range ch { … } }(); …; wg.Wait()
function unclosed(study: Study, channel: SeenChannel): readonly Stall[] {
  if (channel.closes.length > 0) return [];
  for (const event of channel.receives) {
    const wait = isLoopHead(event) && endsByCloseOnly(event) ? waitFor(study, event) : undefined;
    if (wait) return [{ kind: 'unclosed', study, channel, event, wait }];
  }
  return [];
}

/** Where another task waits for the task of a loop to end, which it says only after the loop. */
function waitFor({ execution }: Study, event: SyncEvent): SyncEvent | undefined {
  const { task } = event.activation;
  if (!task.parent) return undefined;
  const done = execution.syncs.find((each) => each.kind === SyncKind.CounterDone && each.activation.task === task && each.location !== undefined && isOnlyAfter(each, event));
  const counter = done?.location?.canonical ?? task.countsAtEnd[0]?.canonical;
  return counter && execution.syncs.find((each) => each.kind === SyncKind.CounterWait && each.location?.canonical === counter && each.activation.task !== task);
}

/** True if a task comes to one event only through another. */
function isOnlyAfter(event: SyncEvent, first: SyncEvent): boolean {
  return !isReached(event, new Barrier([first]));
}

// close(ch); ch <- 1
function usedAfterClose(study: Study): readonly Stall[] {
  const closes = study.execution.syncs.filter((each) => each.kind === SyncKind.Close && each.location !== undefined);
  const found: Stall[] = [];
  for (const close of closes) {
    for (const event of study.execution.syncs) {
      if ((event.kind !== SyncKind.Send && event.kind !== SyncKind.Close) || event === close || event.location?.canonical !== close.location!.canonical || event.activation !== close.activation) continue;
      if (!close.deferred && surelyFollows(close, event)) found.push({ kind: 'closed', study, event, close });
    }
  }
  return found;
}

/** True if an operation comes after a close on every way that leads to it, and the channel is no other by then. */
function surelyFollows(close: SyncEvent, event: SyncEvent): boolean {
  const { body } = close.activation;
  const location = close.location!.canonical;
  if (location.activation !== close.activation || !location.isOne) return false;
  const made = location.index;
  const reaches = (goal: (operation: number) => boolean): boolean => walkForward(body, close.operation, (operation) => (operation === made ? Walk.Stop : goal(operation) ? Walk.Found : Walk.On)) === true;
  if (event.deferred) {
    // The deferred close was put down before: it runs at the exits that follow.
    if (event.kind !== SyncKind.Close || !comesBefore(body, event.operation, close.operation)) return false;
    return reaches((operation) => event.at.includes(operation));
  }
  return comesBefore(body, close.operation, event.operation) && comesBefore(body, made, close.operation) && reaches((operation) => operation === event.operation);
}

/** Fields for channels that no function of the program ever puts a channel into. */
function neverMadeFields(program: Program): ReadonlySet<object> {
  const found = new Set<object>();
  for (const [origin, { field, made, isKept }] of syncFieldsOf(program)) if (field.shape === Shape.Channel && isKept && made.length === 0 && !program.usesFieldElsewhere(field.name)) found.add(origin);
  return found;
}

/** The field that an operation reads a channel from, if it is one of some. */
function fieldRead(body: FunctionBody, channel: number, among: ReadonlySet<object>): boolean {
  if (channel === NONE || body.kind(channel) !== Op.Read || body.placeKind(body.a(channel)) !== PlaceKind.Field) return false;
  const { origin } = body.unit.fields[body.placeB(body.a(channel))]!;
  return origin !== undefined && among.has(origin);
}

/** `if w.done != nil { close(w.done) }`: code that never runs. */
function isFoundMade(body: FunctionBody, operation: number, channel: number): boolean {
  const key = accessPathsOf(body).ofValue(channel)?.key;
  return key !== undefined && conditionsAt(body, operation).some(({ condition, holds }) => {
    if (body.kind(condition) !== Op.Compute || body.c(condition) !== (holds ? Operator.NotEqual : Operator.Equal)) return false;
    const [x, y] = [body.a(condition), body.b(condition)];
    return y !== NONE && body.kind(y) === Op.Zero && accessPathsOf(body).ofValue(x)?.key === key;
  });
}

/** Operations on channels that are nil whatever way led there, other than the choices of a select. */
export function nilOperationsIn(program: Program): readonly NilOperation[] {
  const found: NilOperation[] = [];
  const neverMade = neverMadeFields(program);
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const kind = body.kind(operation);
        if ((kind !== Op.Send && kind !== Op.Receive && kind !== Op.Close) || body.has(operation, Flag.Chosen)) continue;
        const channel = body.a(operation);
        if ((fieldRead(body, channel, neverMade) || valuesOf(body).isNil(valuesOf(body).number(channel))) && graphOf(body).isReachable(graphOf(body).blockOf(operation)) && !isFoundMade(body, operation, channel)) found.push({ function: each, body, operation, channel });
      }
    }
  }
  return found;
}
