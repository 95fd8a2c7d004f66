// What comes before what in an execution: happens-before, after the Go memory model (https://go.dev/ref/mem). Two accesses may
// overlap if neither is known to come before the other.
//
// Everything that is known to come after a point x is collected first (`After`): the releases that x's task comes to when x is
// done (a send, a close, an unlock of a counter, the task's end), the waits that only such releases can end, what follows those
// waits, and so on. A path that leads to y without passing one of these waits is a way in which x and y overlap.

import { addTo } from '../lists-by-key.ts';
import { graphOf } from '../graph.ts';
import { isInLoop, iterationCount } from '../loops.ts';
import { valuesOf } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Activation } from './activation.ts';
import { isStartedOncePerFlag } from './closed-off.ts';
import { AccessKind, SyncKind } from './events.ts';
import type { AccessEvent, Point, SyncEvent } from './events.ts';
import { returnsOf } from './execution.ts';
import type { Execution } from './execution.ts';
import { isRuledOutByFlag } from './flag-ways.ts';
import { LocationKind, capacityOf } from './locations.ts';
import type { HeldLocks, LocksHeld } from './held-locks.ts';
import { mayExclude } from './held-locks.ts';
import type { Location } from './locations.ts';
import { isOwed } from './owed-counts.ts';
import type { SyncEvents } from './owed-counts.ts';
import { Barrier, beforeIt, isReached, mayFollow, mayFollowInOneRun, noBarrier } from './passages.ts';
import type { Moment } from './passages.ts';
import { Released } from './released.ts';
import { isCommand } from './roots.ts';
import { sentRunAround } from './sent-runs.ts';
import type { Task } from './task.ts';

/** What comes after a point whenever it comes at all. */
interface After {
  /** Waits that end only when the point is done, and where they are passed. */
  readonly barrier: Barrier;
  readonly moments: readonly Moment[];
  /** The barrier together with where an object is made, by where that is. */
  readonly barriers: Map<string, Barrier>;
  /** Tasks that start only when the point is done. */
  readonly tasks: ReadonlySet<Task>;
}

/** How two accesses come to overlap. */
export interface Overlap {
  /**
   * `started`: one is by a task that the other's task started. `beside`: by two tasks that a third one started.
   * `instances`: by two instances of one task. `outside`: by tasks that code outside starts.
   */
  readonly how: 'started' | 'beside' | 'instances' | 'outside';
  /** The task, or the two tasks, whose start makes them run at the same time. */
  readonly tasks: readonly Task[];
}

export class Order {
  private readonly afters = new Map<string, After>();
  private readonly byTask = new Map<Task, SyncEvent[]>();
  private readonly children = new Map<Task, Task[]>();
  private readonly byLocation = new Map<Location, SyncEvent[]>();
  /** By activation, the operations that order or start tasks. */
  private readonly marks = new Map<Activation, Set<number>>();
  private readonly again = new Map<Task, boolean>();
  private readonly once = new Map<Task, boolean>();
  private readonly told = new Map<Location | undefined, readonly SyncEvent[]>();
  private readonly releases = new Map<Location, readonly SyncEvent[]>();
  private readonly unserved: ReadonlyMap<Task, Barrier>;
  private readonly channels: readonly Location[];
  private readonly updates: readonly SyncEvent[];
  /** True if something is sent on, or closes, a channel that is not known. */
  private readonly sendsAnywhere: boolean;
  private readonly unfollowed: readonly SyncEvent[];
  private waits: readonly SyncEvent[];
  /** What a library runs for each request, in a test. */
  private readonly served: ReadonlySet<Task>;
  /** Unknown code, which may make requests; not what runs for them. */
  private readonly requests: readonly SyncEvent[];
  /** Locks that a task opens which does not hold them. */
  private readonly unlockedElsewhere: ReadonlySet<Location>;
  private readonly flagWrites = new Map<Location, Flagged[]>();
  private readonly flagReads = new Map<Location, Flagged[]>();
  private readonly counted = new Map<Location, readonly Moment[]>();
  private readonly events: SyncEvents = { about: (location) => this.byLocation.get(location.canonical) ?? [], by: (task) => this.byTask.get(task) ?? [], startedBy: (task) => this.children.get(task) ?? [], madeAt: creationOf };

  constructor(private readonly execution: Execution, private readonly locks: LocksHeld) {
    const mark = (activation: Activation, operation: number): void => {
      const own = this.marks.get(activation);
      if (own) own.add(operation);
      else this.marks.set(activation, new Set([operation]));
    };
    for (const task of execution.tasks) if (task.spawner) mark(task.spawner, task.spawnOperation);
    for (const event of execution.syncs) {
      for (const operation of event.at) mark(event.activation, operation);
      addTo(this.byTask, event.activation.task, event);
      if (event.location) addTo(this.byLocation, event.location.canonical, event);
    }
    this.channels = [...this.byLocation].filter(([, events]) => events.some((each) => each.kind === SyncKind.Send)).map(([location]) => location);
    this.unserved = this.findUnserved();
    this.unfollowed = execution.syncs.filter((each) => each.kind === SyncKind.Unfollowed);
    this.sendsAnywhere = execution.syncs.some((each) => (each.kind === SyncKind.Send || each.kind === SyncKind.Close) && each.location === undefined);
    this.updates = execution.syncs.filter((each) => each.kind === SyncKind.AtomicUpdate);
    this.unlockedElsewhere = new Set(execution.syncs.flatMap((each) => (each.kind === SyncKind.Unlock && each.location && !locks.at(each).has(each.location.canonical) ? [each.location.canonical] : [])));
    this.served = new Set(execution.tasks.filter((each) => isServed(execution, each)));
    this.requests = execution.syncs.filter(({ kind, activation: { task } }) => kind === SyncKind.Unknown && !task.chain.some((each) => this.served.has(each)));
    this.waits = execution.syncs.filter((each) => isWait(each.kind));
    this.waits = this.waits.filter((each) => this.mayWait(each));
    for (const task of execution.tasks) if (task.parent) addTo(this.children, task.parent, task);
    for (const access of execution.accesses) this.takeFlag(access);
  }

  /** False for waits that nothing another task does can end. */
  private mayWait(event: SyncEvent): boolean {
    const { task } = event.activation;
    switch (event.kind) {
      case SyncKind.Lock:
      case SyncKind.ReadLock:
        return event.location !== undefined && this.unlockedElsewhere.has(event.location.canonical);
      case SyncKind.AtomicRead:
      case SyncKind.AtomicUpdate:
        return event.location !== undefined && decides(event.activation.body, event.operation) && (this.byLocation.get(event.location.canonical) ?? []).some((each) => (each.activation.task !== task || this.hasInstances(task)) && each.kind !== SyncKind.AtomicRead);
      case SyncKind.Unknown: {
        if (this.asks(task)) return true;
        const root = event.location?.root;
        if (root?.kind === LocationKind.Heap && this.execution.tasks.some((each) => each.spawner === root.activation && each.spawnOperation === root.index)) return true;
        return this.unknownAbout(event.location?.canonical).some((each) => each.activation.task !== task) || this.releasesAbout(event.location).some((each) => each.activation.task !== task);
      }
      default:
        return true;
    }
  }

  /** True if a task, or one that it started, starts what is served. */
  private asks(task: Task): boolean {
    for (const each of this.served) if (each.chain.includes(task)) return true;
    return false;
  }

  /** Notes accesses by which one task tells another under a lock that something is done. */
  private takeFlag(access: AccessEvent): void {
    if (access.isAtomic || (access.kind !== AccessKind.Read && access.kind !== AccessKind.Write)) return;
    const { activation, operation } = access;
    if (access.isWrite ? !writesConstant(activation.body, operation) : !decides(activation.body, operation)) return;
    const held = this.locks.at(access);
    if (held.size === 0) return;
    addTo(access.isWrite ? this.flagWrites : this.flagReads, access.location.canonical, { access, held });
  }

  /** How two accesses of one location may overlap; undefined if they cannot. */
  overlap(a: Point & Partial<Pick<AccessEvent, 'received'>>, b: Point & Partial<Pick<AccessEvent, 'received'>>, location: Location): Overlap | undefined {
    const chainA = a.activation.task.chain;
    const chainB = b.activation.task.chain;
    let common = 0;
    while (common < chainA.length && chainA[common] === chainB[common]) common++;
    if (common === 0 || this.isNeverReached(a) || this.isNeverReached(b)) return undefined;
    // What a Once runs, it runs once, in whichever task came first.
    const guards = onceGuardsAround(a.activation);
    for (const guard of onceGuardsAround(b.activation)) if (guards.has(guard)) return undefined;
    if (this.areClaimed(a, b)) return undefined;
    const runs = onceRunsAround(a.activation);
    let within = 0;
    for (const [guard, run] of onceRunsAround(b.activation)) {
      const other = runs.get(guard);
      if (other && other !== run) return undefined;
      if (other && (isBeforeStartIn(run, a, b) || isBeforeStartIn(run, b, a))) return undefined;
      // Both belong to its one run: nothing above it is another instance.
      if (other) within = Math.max(within, run.task.chain.length);
    }
    const creation = creationOf(location);
    if (this.isHandedOn(a, b.received, creation) || this.isHandedOn(b, a.received, creation)) return undefined;
    return this.inOneInstance(a, b, chainA, chainB, common, location, creation) ?? this.inTwoInstances(a, b, chainA, chainB, Math.max(1, within), common, location, creation);
  }

  /** True if a task comes to a point, or to the start of the task of one, only when it has received something that nobody in sight sends: others do, later. */
  private isNeverReached(point: Point): boolean {
    let moment: Moment | undefined = momentOf(point);
    for (let task: Task | undefined = point.activation.task; task && moment; task = task.parent) {
      const unserved = this.unserved.get(task);
      if (unserved && !isReached(moment, unserved)) return true;
      moment = spawnOf(task);
    }
    return false;
  }

  /** By task, where it receives from channels that were made in sight and on which nobody in sight sends. */
  private findUnserved(): ReadonlyMap<Task, Barrier> {
    const events = new Map<Task, SyncEvent[]>();
    const handedOn = new Set([...this.execution.handedOn].map((each) => each.canonical));
    for (const [location, uses] of this.byLocation) {
      if (location.kind !== LocationKind.Heap || location.escapes || handedOn.has(location) || !location.activation || location.activation.body.kind(location.index) !== Op.Make) continue;
      if (uses.some((each) => each.kind === SyncKind.Send || each.kind === SyncKind.Close || each.kind === SyncKind.Unknown)) continue;
      for (const each of uses) if (each.kind === SyncKind.Receive) addTo(events, each.activation.task, each);
    }
    return new Map([...events].map(([task, waits]) => [task, new Barrier(waits)]));
  }

  /** True if the task of a point sends what it made there, after the point, on the channel from which the other side has it. */
  private isHandedOn(point: Point, channel: Location | undefined, creation: readonly Moment[]): boolean {
    const { task } = point.activation;
    if (!channel || creation.length === 0 || creation.some((each) => each.activation.task !== task)) return false;
    const sends = (this.byLocation.get(channel.canonical) ?? []).filter((each) => each.kind === SyncKind.Send);
    const made = new Barrier(creation);
    return sends.length > 0 && sends.every((each) => each.activation.task === task && !mayFollow(each, momentOf(point), made));
  }

  /** True if both were decided by an atomic update of one place: `if n.Add(1) == 2`, `if busy.CompareAndSwap(false, true)`. One of them wins. */
  private areClaimed(a: Point, b: Point): boolean {
    if (this.updates.length === 0) return false;
    const claims = this.claimsOf(a);
    return claims.size > 0 && [...this.claimsOf(b)].some((each) => claims.has(each));
  }

  /** The places whose atomic update decided that a task comes to a point. */
  private claimsOf(point: Point): ReadonlySet<Location> {
    const found = new Set<Location>();
    for (const event of this.updates) {
      if (!event.location || event.activation.task !== point.activation.task || !decides(event.activation.body, event.operation)) continue;
      if (!isReached(momentOf(point), new Barrier([event]))) found.add(event.location.canonical);
    }
    return found;
  }

  /** Both below (or in) one instance of the innermost common task. */
  private inOneInstance(a: Point, b: Point, chainA: readonly Task[], chainB: readonly Task[], common: number, location: Location, creation: readonly Moment[]): Overlap | undefined {
    const nextA = chainA[common];
    const nextB = chainB[common];
    if (!nextA && !nextB) return undefined;
    if (nextA && nextB) return this.beside(a, b, nextA, nextB, chainA, chainB, common, creation) ? { how: nextA.start === 'outside' || nextB.start === 'outside' ? 'outside' : 'beside', tasks: [nextA, nextB] } : undefined;
    const [parent, child, started, chain] = nextA ? [b, a, nextA, chainA] : [a, b, nextB!, chainB];
    const spawn = spawnOf(started);
    if (!spawn || started.afterParent || this.runsInRequestsBeside(parent, started, location)) return undefined;
    const barrier = this.with(this.after(child), creation);
    if (!mayFollowInOneRun(spawn, momentOf(parent), barrier)) return undefined;
    if (spawn.activation === parent.activation && isRuledOutByFlag(parent.activation.body, spawn.operation, parent.operation)) return undefined;
    // Nor does anything of a sent function run where it is not sent: `select { case commands <- f: <-done; case <-stopped: }`.
    const run = sentRunAround(child.activation);
    if (run && run.sent.activation.task === parent.activation.task && !mayFollow(run.sent, momentOf(parent), barrier)) return undefined;
    return this.comesBefore(parent, child, chain, common) ? undefined : { how: 'started', tasks: [started] };
  }

  /** In two instances of a task that both are below, or in; of the tasks from a level of the chain on. */
  private inTwoInstances(a: Point, b: Point, chainA: readonly Task[], chainB: readonly Task[], from: number, common: number, location: Location, creation: readonly Moment[]): Overlap | undefined {
    for (let level = from; level < common; level++) {
      const task = chainA[level]!;
      if (this.startsOncePerFlag(task)) continue;
      if (location.root.kind === LocationKind.Global && this.outlivesCall(task, a) && this.outlivesCall(task, b) && !this.comesBefore(a, b, chainB, level) && !this.comesBefore(b, a, chainA, level)) return { how: 'instances', tasks: [task] };
      if (!task.overlapsItself && task.start !== 'outside' && !this.startsAgain(task) && !(location.root.kind === LocationKind.Global && startsForEach(task))) continue;
      if (belongsTo(location, task)) continue;
      // Of what code outside starts, and what that starts in turn, one instance is looked at.
      if (task.start === 'outside' && (task.isAlone || a.activation.task !== task || b.activation.task !== task)) continue;
      if (task.overlapsItself || task.start === 'outside') {
        if (!this.comesBefore(a, b, chainB, level) && !this.comesBefore(b, a, chainA, level)) return { how: task.start === 'outside' ? 'outside' : 'instances', tasks: [task] };
        continue;
      }
      const spawn = spawnOf(task);
      if (!spawn) continue;
      const again = (first: Point, second: Point, chain: readonly Task[]): boolean =>
        mayFollow(spawn, spawn, this.with(this.after(first), creation)) && !this.comesBefore(first, second, chain, level);
      if (again(a, b, chainB) && again(b, a, chainA)) return { how: 'instances', tasks: [task] };
    }
    return undefined;
  }

  /**
   * True if a task is started by a method, or by a function that gives a new object, of a library, and the function may return before
   * the task comes to a point: the call for the next object starts another one.
   */
  private outlivesCall(task: Task, point: Point): boolean {
    const [root] = this.execution.tasks;
    const first = root?.first;
    const spawn = spawnOf(task);
    const function_ = first && this.execution.functionOf(first);
    if (!spawn || !function_ || task.parent !== root || root?.start !== 'root' || !function_.exported || function_.isTest || isCommand(this.execution.program)) return false;
    const { body } = first;
    if (function_.receiverType === undefined && !body.results.some((each) => body.unit.variables[each]!.shape === Shape.Pointer)) return false;
    const { barrier } = this.after(point);
    return returnsOf(body).some((operation) => mayFollow(spawn, { activation: first, at: [operation], operation }, barrier));
  }

  private hasInstances(task: Task): boolean {
    return task.overlapsItself || this.startsAgain(task);
  }

  /** True if several instances of a task may be there, for a loop around its start. */
  startsAgain(task: Task): boolean {
    let found = this.again.get(task);
    if (found === undefined) this.again.set(task, (found = isStartedAgain(task)));
    return found;
  }

  private startsOncePerFlag(task: Task): boolean {
    let found = this.once.get(task);
    if (found === undefined) this.once.set(task, (found = isStartedOncePerFlag(task)));
    return found;
  }

  private beside(a: Point, b: Point, taskA: Task, taskB: Task, chainA: readonly Task[], chainB: readonly Task[], common: number, creation: readonly Moment[]): boolean {
    if (this.comesBefore(a, b, chainB, common) || this.comesBefore(b, a, chainA, common)) return false;
    if (taskA.isAlone && taskB.isAlone && a.activation.task === taskA && b.activation.task === taskB) return false;
    // What waits for the parent's end runs beside its like, and after everything else.
    if (taskA.afterParent !== taskB.afterParent) return false;
    if (taskA.afterParent) return true;
    if (taskA.parent === taskB.parent && taskA.spawnOperation === taskB.spawnOperation && taskA.spawner?.body === taskB.spawner?.body && this.startsOncePerFlag(taskA)) return false;
    const spawnA = spawnOf(taskA);
    const spawnB = spawnOf(taskB);
    // Tasks from outside start at any time.
    if (!spawnA || !spawnB) return true;
    if (sameMoment(spawnA, spawnB)) return true;
    return mayFollow(spawnA, spawnB, this.with(this.after(a), creation)) || mayFollow(spawnB, spawnA, this.with(this.after(b), creation));
  }

  /**
   * True if a comes before b: in one of b's tasks, from a level of its chain on, the way to b passes something that comes
   * after a.
   */
  private comesBefore(a: Point, b: Point, chain: readonly Task[], level: number): boolean {
    const after = this.after(a);
    for (let at = level; at < chain.length; at++) {
      const task = chain[at]!;
      if (after.tasks.has(task)) return true;
      if (after.barrier.isEmpty) continue;
      const next = chain[at + 1];
      const moment = next ? spawnOf(next) : momentOf(b);
      if (moment && !isReached(moment, after.barrier)) return true;
    }
    return false;
  }

  private with(after: After, creation: readonly Moment[]): Barrier {
    if (creation.length === 0) return after.barrier;
    const key = keyOf(creation);
    let barrier = after.barriers.get(key);
    if (!barrier) after.barriers.set(key, (barrier = new Barrier([...after.moments, ...creation])));
    return barrier;
  }

  // What comes after a point. ----------------------------------------------------------------------------------------------

  private after(point: Point): After {
    const key = `${point.activation.id}:${this.stretchOf(point)}`;
    let after = this.afters.get(key);
    if (!after) this.afters.set(key, (after = this.collect(momentOf(point))));
    return after;
  }

  /** Points of one block with nothing between them that orders tasks or calls have the same things after them: the first of them. */
  stretchOf({ activation, operation }: Point): number {
    const graph = graphOf(activation.body);
    const first = activation.body.firstOperation(graph.blockOf(operation));
    const marks = this.marks.get(activation);
    let at = operation;
    while (at > first && !marks?.has(at - 1) && !activation.calls.has(at - 1) && !marks?.has(at)) at--;
    return at;
  }

  private collect(x: Moment): After {
    const own = x.activation.task;
    const released = new Set<SyncEvent>();
    const ended = new Set<Task>([own]);
    const tasks = new Set<Task>();
    const passed = new Set<SyncEvent>();
    const moments: Moment[] = [];
    const barrier = new Barrier([]);
    const noted = new Set<string>();
    const note = (moment: Moment): boolean => {
      const key = keyOf([moment]);
      if (noted.has(key)) return false;
      noted.add(key);
      moments.push(moment);
      return true;
    };
    let stopped = 0;
    let looked = 0;
    const upToDate = (): Barrier => {
      barrier.extend(moments.slice(stopped));
      stopped = moments.length;
      return barrier;
    };
    const guards = onceGuardsAround(x.activation);
    // Who makes an object is done before its methods are called.
    const isOfMethod = own.chain.some(({ start }) => start === 'outside');
    const addTask = (task: Task): void => {
      if (tasks.has(task)) return;
      tasks.add(task);
      ended.add(task);
      for (const event of this.byTask.get(task) ?? []) released.add(event);
      for (const child of this.children.get(task) ?? []) addTask(child);
    };
    const run = sentRunAround(x.activation);
    // What a run of a sent function comes to, it comes to once: another run is of another function.
    const precedes = (moment: Moment): boolean => mayFollow(moment, x, run && moment.activation.isWithin(run.activation) ? run.another : noBarrier);
    for (const event of this.byTask.get(own) ?? []) if (!precedes(event)) released.add(event);
    for (const child of this.children.get(own) ?? []) {
      const spawn = spawnOf(child);
      if (spawn && !precedes(spawn)) addTask(child);
    }
    const isLast = !(this.byTask.get(own) ?? []).some((each) => mayFollow(x, each)) && !(this.children.get(own) ?? []).some((each) => each.spawner && mayFollow(x, spawnOf(each)!));
    for (let changed = true; changed; ) {
      changed = false;
      const round = new Released(released);
      for (const event of this.waits) {
        if (passed.has(event) || tasks.has(event.activation.task) || (isOfMethod && isMaker(event.activation.task))) continue;
        const at = this.passes(event, round, ended, guards, x, isLast);
        if (at.length === 0) continue;
        passed.add(event);
        for (const each of at) note(each);
        changed = true;
      }
      for (const location of this.channels) {
        for (const each of [...this.countedJoins(location, round), ...this.joinsByRoom(location, round)]) changed = note(each) || changed;
      }
      for (const each of this.flagsSeen(x, upToDate, tasks)) changed = note(each) || changed;
      if (!changed) break;
      upToDate();
      const added = new Set(moments.slice(looked).map((each) => each.activation.task));
      looked = moments.length;
      for (const task of added) {
        if (task === own) continue;
        for (const event of this.byTask.get(task) ?? []) if (!released.has(event) && !isReached(event, barrier)) released.add(event);
        for (const child of this.children.get(task) ?? []) {
          const spawn = spawnOf(child);
          if (spawn && !tasks.has(child) && !isReached(spawn, barrier)) addTask(child);
        }
      }
    }
    return { barrier: upToDate(), moments, tasks, barriers: new Map() };
  }

  /** Reads under a lock that decide something, of what is set under that lock after the point. */
  private flagsSeen(x: Moment, barrierOf: () => Barrier, tasks: ReadonlySet<Task>): readonly Moment[] {
    const found: Moment[] = [];
    if (this.flagWrites.size === 0 || this.flagReads.size === 0) return found;
    const barrier = barrierOf();
    const own = x.activation.task;
    for (const [location, writes] of this.flagWrites) {
      const reads = this.flagReads.get(location);
      if (!reads) continue;
      for (const write of writes) {
        const moment = momentOf(write.access);
        const { task } = write.access.activation;
        const isAfter = task === own ? !mayFollow(moment, x) && mayFollow(x, moment) : tasks.has(task) || (!barrier.isEmpty && !isReached(moment, barrier));
        if (!isAfter) continue;
        for (const read of reads) {
          if (read.access.activation.task !== task && mayExclude(write.held, read.held)) found.push(momentOf(read.access));
        }
      }
    }
    return found;
  }

  /** Where a wait is passed only when all that it waits for is released; empty if it may be passed before, or is no wait. */
  private passes(event: SyncEvent, released: Released, ended: ReadonlySet<Task>, guards: ReadonlySet<Location>, x: Moment, isLast: boolean): readonly Moment[] {
    // What was not followed may be what ends this wait.
    if (this.unfollowed.length > 0 && released.tasksOf(isUnfollowed).hasOther(event.activation.task)) return [event];
    switch (event.kind) {
      case SyncKind.Receive:
        return this.received(event, released, x.activation.task, isLast);
      case SyncKind.Send:
        return this.taken(event, released) ? [event] : [];
      case SyncKind.CounterWait:
        return this.waited(event, released, ended) || isOwed(x, event, this.events) ? [event] : [];
      case SyncKind.Lock:
      case SyncKind.ReadLock:
        return this.handedUnlocked(event, released) ? [event] : [];
      case SyncKind.Once:
        return event.location && guards.has(event.location.canonical) ? [event] : [];
      case SyncKind.ConditionWait:
        return this.others(event, SyncKind.ConditionSignal).some((each) => released.has(each)) ? [event] : [];
      case SyncKind.AtomicRead:
      case SyncKind.AtomicUpdate:
        return this.handedOver(event, released) ? [event] : [];
      case SyncKind.AllBlocked:
        // Then no other task of the bubble runs before this one lets it.
        return [event];
      case SyncKind.Unknown:
        return this.toldByUnknown(event, released) || this.isHandleOf(event, ended) || this.isRequest(event, x) ? [event] : [];
      case SyncKind.PipeRead:
        return this.read(event, released, x.activation.task) ? [event] : [];
      case SyncKind.PipeWrite:
        return this.written(event, released) ? [event] : [];
      case SyncKind.Unfollowed:
        return released.tasksOf(tellsOthers).hasOther(event.activation.task) ? [event] : [];
      default:
        return [];
    }
  }

  /**
   * Tests ask the servers they start, and go on when they have the answer: unknown code that a test calls may be the client of
   * what a library runs for each request.
   */
  private isRequest(event: SyncEvent, x: Moment): boolean {
    const { chain } = x.activation.task;
    const at = chain.findIndex((each) => this.served.has(each));
    return at > 0 && chain.slice(0, at).includes(event.activation.task);
  }

  /**
   * True for what a library runs for the requests of a test, when no request is under way at a point: the task of the point waits for the
   * answers of its own, and who else may make some starts after the point or has ended before.
   */
  private runsInRequestsBeside(point: Point, served: Task, location: Location): boolean {
    if (!this.served.has(served)) return false;
    return this.requests.every((each) => each.activation.task === point.activation.task || this.overlap(each, point, location) === undefined);
  }

  /** What the call that started a task gave stands for the task: unknown code that gets it may wait for the task, or stop it. */
  private isHandleOf(event: SyncEvent, ended: ReadonlySet<Task>): boolean {
    const root = event.location?.root;
    if (root?.kind !== LocationKind.Heap) return false;
    for (const task of ended) if (task.spawner === root.activation && task.spawnOperation === root.index) return true;
    return false;
  }

  /** Unknown code may wait for other unknown code that was given the same thing, or a function or channel. */
  private toldByUnknown(event: SyncEvent, released: Released): boolean {
    const of = event.location?.canonical;
    const tellers = released.tellersOf(of, (tasks, isReleased) => {
      tasks.addFrom(this.unknownAbout(of), isReleased);
      tasks.addFrom(this.releasesAbout(of), isReleased);
    });
    return tellers.hasOther(event.activation.task);
  }

  /** What unknown code may wait for that is given a location: sends, counts and atomic writes of it, or of parts of it. */
  private releasesAbout(location: Location | undefined): readonly SyncEvent[] {
    const at = location?.canonical;
    if (!at) return [];
    let found = this.releases.get(at);
    if (!found) {
      found = [...this.byLocation].flatMap(([other, events]) => (other.isWithin(at) || at.isWithin(other) ? events.filter((each) => releases(each.kind)) : []));
      this.releases.set(at, found);
    }
    return found;
  }

  /** What is handed to unknown code of a location, of what it is part of, or of parts of it; of `undefined`: functions and channels that are not known. */
  private unknownAbout(location: Location | undefined): readonly SyncEvent[] {
    let found = this.told.get(location);
    if (!found) {
      found = this.waits.filter((each) => each.kind === SyncKind.Unknown && (!location || !each.location || location.overlaps(each.location)));
      this.told.set(location, found);
    }
    return found;
  }

  /** A lock that another task opens, which does not hold it itself: locking it waits for that. */
  private handedUnlocked(event: SyncEvent, released: Released): boolean {
    const lock = event.location?.canonical;
    if (!lock) return false;
    return this.others(event, SyncKind.Unlock).some((each) => released.has(each) && !this.locks.at(each).has(lock));
  }

  private others(event: SyncEvent, kind: SyncKind): readonly SyncEvent[] {
    if (!event.location) return [];
    return (this.byLocation.get(event.location.canonical) ?? []).filter((each) => each.kind === kind && each !== event);
  }

  /**
   * The moments at which a receive operation has received something that was released.
   * @param isLast true if the task does nothing after the point that orders tasks
   */
  private received(event: SyncEvent, released: Released, own: Task, isLast: boolean): readonly Moment[] {
    const { activation } = event;
    const { body } = activation;
    if (!event.location || event.location.escapes || !event.location.isOne || this.isServedOutside(event)) return this.mayBeServed(event, released) ? [event] : [];
    const sends = this.others(event, SyncKind.Send).filter((each) => mayPrecede(each, event));
    const closes = this.others(event, SyncKind.Close).filter((each) => mayPrecede(each, event));
    // Who sends may be one of those of whom it is not known on what, and of whom nobody was told anything.
    if (sends.length === 0 && closes.length === 0 && this.sendsAnywhere && isLast) return [];
    const allSent = sends.every((each) => released.has(each)) && sends.every((each) => !isRepeated(each, event, own));
    const allClosed = closes.length > 0 && closes.every((each) => released.has(each));
    if (body.kind(event.operation) !== Op.Next) return (allSent || sends.length === 0) && (allClosed || closes.length === 0) ? [event] : [];
    const loop = body.loops.find((each) => each.next === event.operation);
    if (!loop) return [];
    const found: Moment[] = [];
    if (allSent && sends.length > 0) found.push({ activation, at: [event.operation], operation: event.operation });
    // Without anybody who closes it the loop never ends.
    if (allClosed || closes.length === 0) found.push(...startOf(activation, loop.exit));
    return found;
  }

  /** A channel with room for one value: another value fits only when the task that was started with the last one took it out. */
  private tokenReturned(event: SyncEvent, released: Released): boolean {
    const receives = this.others(event, SyncKind.Receive);
    return receives.length > 0 && receives.every((each) => {
      const spawn = spawnOf(each.activation.task);
      return released.has(each) && each.activation.task.parent === event.activation.task && spawn !== undefined && !isReached(spawn, new Barrier([event, ...this.others(event, SyncKind.Send)]));
    });
  }

  /** True if the other side of a channel is not seen. */
  private isServedOutside(event: SyncEvent): boolean {
    if (this.others(event, SyncKind.Send).length + this.others(event, SyncKind.Close).length > 0) return false;
    return capacityOf(event.location!) === undefined;
  }

  /** What is received from a channel that is not known, or whose other side is not seen, may come from whoever was told of the point. */
  private mayBeServed(event: SyncEvent, released: Released): boolean {
    const channel = event.location?.canonical;
    // What this task got from unknown code itself nobody else in sight can serve.
    const isOwn = channel?.root.kind === LocationKind.Heap && channel.root.activation?.task === event.activation.task;
    for (const each of released) {
      if (!isRelease(each) || each.activation.task === event.activation.task) continue;
      const given = each.location?.canonical;
      if (given === channel || given === undefined) return true;
      if (each.kind === SyncKind.Unknown ? !isOwn || given.overlaps(channel!) : !isOwn && (given.escapes || !given.isOne || capacityOf(given) === undefined)) return true;
    }
    return false;
  }

  /**
   * Reading from a pipe ends when something is written, or when nothing more is: what is written more than once, or elsewhere, says
   * nothing, but a loop reads to the end.
   */
  private read(event: SyncEvent, released: Released, own: Task): boolean {
    const writes = this.others(event, SyncKind.PipeWrite).filter((each) => mayPrecede(each, event));
    const closes = this.others(event, SyncKind.PipeClose).filter((each) => mayPrecede(each, event));
    if (!event.location || event.location.escapes || writes.length + closes.length === 0) return this.mayBePiped(event, released);
    if (!closes.every((each) => released.has(each))) return false;
    if (closes.length > 0 && mayFollow(event, event)) return true;
    return writes.every((each) => released.has(each) && !isRepeated(each, event, own));
  }

  /** Writing to a pipe ends when it is read. */
  private written(event: SyncEvent, released: Released): boolean {
    const reads = [...this.others(event, SyncKind.PipeRead), ...this.others(event, SyncKind.PipeStop)];
    if (!event.location || event.location.escapes || reads.length === 0) return this.mayBePiped(event, released);
    return reads.every((each) => released.has(each) && !isStartedAgain(each.activation.task) && !mayFollow(each, each));
  }

  /** A pipe of which not all is seen may have been used by whoever was given it, or one that is not known. */
  private mayBePiped(event: SyncEvent, released: Released): boolean {
    return released.tasksOf(usesUnknownPipe).hasOther(event.activation.task) || this.toldByUnknown(event, released);
  }

  /** A send on a channel without a buffer ends when its value is received. */
  private taken(event: SyncEvent, released: Released): boolean {
    if (!event.location) return false;
    if (capacityOf(event.location) === 1) return this.tokenReturned(event, released);
    if (!mayBeUnbuffered(event.location)) return false;
    const receives = this.others(event, SyncKind.Receive);
    // What nobody receives is never sent: no path leads on.
    if (receives.length === 0) return !event.location.escapes && event.location.isOne && event.location.kind === LocationKind.Heap;
    return receives.every((each) => released.has(each) && !isStartedAgain(each.activation.task) && !mayFollow(each, each));
  }

  /** A wait for a counter ends when all that was added is done: that of a task that was added before it started. */
  private waited(event: SyncEvent, released: Released, ended: ReadonlySet<Task>): boolean {
    const counter = event.location?.canonical;
    if (!counter) return [...released].some((each) => each.kind === SyncKind.CounterDone && !each.location) || [...ended].some((task) => task.countsUnknown);
    for (const task of ended) if (task.countsAtEnd.some((each) => each.canonical === counter)) return true;
    const adds = this.others(event, SyncKind.CounterAdd);
    return [...released].some((each) => each.kind === SyncKind.CounterDone && each.location?.canonical === counter && adds.some((add) => isAddedBefore(add, each)));
  }

  /** An atomic read whose result decides what follows, of something that is written atomically after the point. */
  private handedOver(event: SyncEvent, released: Released): boolean {
    if (!decides(event.activation.body, event.operation)) return false;
    if (!event.location) return false;
    return (this.byLocation.get(event.location.canonical) ?? []).some((each) => (each !== event || this.hasInstances(event.activation.task)) && released.has(each) && (each.kind === SyncKind.AtomicWrite || each.kind === SyncKind.AtomicUpdate));
  }

  // Counted joins. ---------------------------------------------------------------------------------------------------------

  /** Where as many values were received from a channel as are ever sent: every send came before. */
  private countedJoins(location: Location, released: Released): readonly Moment[] {
    const events = this.byLocation.get(location)!;
    const sends = events.filter((each) => each.kind === SyncKind.Send);
    if (location.escapes || !location.isOne || !sends.some((each) => released.has(each))) return [];
    let found = this.counted.get(location);
    if (!found) this.counted.set(location, (found = this.joinsByCount(sends, events.filter((each) => each.kind === SyncKind.Receive))));
    return found;
  }

  /** With room for c values, the send that follows as many sends as there are receives and c more comes after all receives. */
  private joinsByRoom(location: Location, released: Released): readonly Moment[] {
    const room = capacityOf(location);
    if (room === undefined || location.escapes || !location.isOne) return [];
    const events = this.byLocation.get(location)!;
    const receives = events.filter((each) => each.kind === SyncKind.Receive);
    const sends = events.filter((each) => each.kind === SyncKind.Send);
    if (!receives.some((each) => released.has(each))) return [];
    if (new Set(sends.map((each) => each.activation.task)).size !== 1) return [];
    const sent = total(sends.map((each) => this.timesOf(each)));
    const fits = total([...receives.map((each) => this.timesOf(each)), { constant: room, factors: [] }]);
    if (!sent || sent.text !== fits?.text) return [];
    const ends = sends.flatMap((each) => this.endOfTurns(each));
    if (ends.length !== sends.length) return [];
    return ends.filter((end) => ends.every((other) => other === end || !isReached(end, new Barrier([other]))));
  }

  private joinsByCount(sends: readonly SyncEvent[], receives: readonly SyncEvent[]): readonly Moment[] {
    const sent = total(this.timesByTask(sends));
    const tasks = new Set(receives.map((each) => each.activation.task));
    const [task] = tasks;
    if (!sent || !task || tasks.size > 1) return [];
    const times = receives.map((each) => this.timesOf(each));
    const got = total(times);
    if (!got || got.text !== sent.text) return [];
    const ends = receives.flatMap((each) => this.endOfTurns(each));
    if (ends.length !== receives.length) return [];
    // The last of them is the one that all others come before.
    return ends.filter((end) => ends.every((other) => other === end || !isReached(end, new Barrier([other]))));
  }

  /** Where a receive or send, or the loop around it, is over. */
  private endOfTurns(event: SyncEvent): readonly Moment[] {
    const { activation, operation } = event;
    const { body } = activation;
    const loop = body.loopOf(graphOf(body).blockOf(operation));
    if (loop === NONE) return [event];
    const { exit, head } = body.loops[loop]!;
    const before = graphOf(body).predecessors(exit);
    if (before.length !== 1 || before[0] !== head) return [];
    return startOf(activation, exit);
  }

  /** How often some events happen, by task: of several of which a task comes to one, whichever way it takes, that is once. */
  private timesByTask(events: readonly SyncEvent[]): readonly (Count | undefined)[] {
    const tasks = new Set(events.map((each) => each.activation.task));
    return [...tasks].flatMap((task) => {
      const own = events.filter((each) => each.activation.task === task);
      const known = own.map((each) => this.timesOf(each));
      return own.length > 1 && known.includes(undefined) && isOneOf(task, own) ? [this.timesFrom(task.spawner, task.spawnOperation, { constant: 1, factors: [] }, undefined)] : known;
    });
  }

  /** How often an event happens in one run of the common parent: a product of what loops run; undefined if it is not known. */
  private timesOf(event: SyncEvent): Count | undefined {
    if (event.at.length !== 1 && !event.deferred) return undefined;
    return this.timesFrom(event.activation, event.operation, { constant: 1, factors: [] }, event.deferred ? event.activation : undefined);
  }

  /**
   * The same of an operation of an activation that happens so often in it.
   * @param outside an activation whose loops do not count, as what is deferred runs at its end
   */
  private timesFrom(from: Activation | undefined, at: number, before: Count, outside: Activation | undefined): Count | undefined {
    let count: Count | undefined = before;
    let activation = from;
    let operation = at;
    for (;;) {
      if (!activation) return undefined;
      count = count && times(count, loopsOf(activation, activation === outside ? NONE : operation, this.execution));
      if (!count) return undefined;
      if (!isCertain(activation, operation)) return undefined;
      if (activation.caller) {
        operation = activation.callSite;
        activation = activation.caller;
        continue;
      }
      const { task }: Activation = activation;
      if (!task.parent) return count;
      if (task.overlapsItself || task.start === 'outside') return undefined;
      activation = task.spawner;
      operation = task.spawnOperation;
    }
  }
}

/** True for events that may only happen when something else has. */
function isWait(kind: SyncKind): boolean {
  switch (kind) {
    case SyncKind.Receive:
    case SyncKind.Send:
    case SyncKind.CounterWait:
    case SyncKind.Lock:
    case SyncKind.ReadLock:
    case SyncKind.Once:
    case SyncKind.ConditionWait:
    case SyncKind.AtomicRead:
    case SyncKind.AtomicUpdate:
    case SyncKind.AllBlocked:
    case SyncKind.Unknown:
    case SyncKind.Unfollowed:
    case SyncKind.PipeWrite:
    case SyncKind.PipeRead:
      return true;
    default:
      return false;
  }
}

/** True for what another task may wait for. */
function releases(kind: SyncKind): boolean {
  switch (kind) {
    case SyncKind.Send:
    case SyncKind.Close:
    case SyncKind.CounterDone:
    case SyncKind.ConditionSignal:
    case SyncKind.AtomicWrite:
    case SyncKind.AtomicUpdate:
    case SyncKind.PipeWrite:
    case SyncKind.PipeClose:
    case SyncKind.PipeRead:
    case SyncKind.PipeStop:
      return true;
    default:
      return false;
  }
}

/** An access under locks of what may tell another task something. */
interface Flagged {
  readonly access: AccessEvent;
  readonly held: HeldLocks;
}

/** True for a write of a constant: `done = true`. */
function writesConstant(body: FunctionBody, write: number): boolean {
  if (body.kind(write) !== Op.Write || body.b(write) === NONE || body.has(write, Flag.Update)) return false;
  return body.kind(body.b(write)) === Op.Constant;
}

/** A number of times: a constant times what is known only by name. */
interface Count {
  readonly constant: number;
  readonly factors: readonly string[];
}

function times(a: Count, b: Count | undefined): Count | undefined {
  return b && { constant: a.constant * b.constant, factors: [...a.factors, ...b.factors] };
}

/** The sum of counts; equal texts are equal sums. Undefined if one is not known. */
function total(counts: readonly (Count | undefined)[]): { readonly text: string } | undefined {
  const terms = new Map<string, number>();
  for (const count of counts) {
    if (!count) return undefined;
    const key = [...count.factors].sort().join('*');
    terms.set(key, (terms.get(key) ?? 0) + count.constant);
  }
  return { text: [...terms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, constant]) => `${constant}*${key}`).join('+') };
}

/** How often the loops around an operation run it in one run of its function; undefined if that is not known. */
function loopsOf(activation: Activation, operation: number, execution: Execution): Count | undefined {
  let count: Count | undefined = { constant: 1, factors: [] };
  if (operation === NONE) return count;
  const { body } = activation;
  for (let loop = body.loopOf(graphOf(body).blockOf(operation)); loop !== NONE && count; loop = body.loops[loop]!.parent) {
    count = times(count, roundsOf(activation, loop, execution));
  }
  return count;
}

function roundsOf(activation: Activation, loop: number, execution: Execution): Count | undefined {
  const { body } = activation;
  const constant = iterationCount(body, loop);
  if (constant !== undefined) return { constant, factors: [] };
  const { iterate, head, kind } = body.loops[loop]!;
  if (kind === 'iterate') {
    const subject = body.a(iterate);
    const known = execution.valueOf(activation, subject);
    const [only] = known ?? [];
    if (known?.length === 1 && only?.kind === 'reference') return { constant: 1, factors: [`len ${only.to.id}`] };
    return boundOf(activation, subject, execution);
  }
  // for i := 0; i < n; i++
  const condition = body.condition(head);
  if (condition < 0 || body.kind(condition) !== Op.Compute) return undefined;
  return boundOf(activation, body.b(condition), execution);
}

/** A number that is only known by what it is: a variable that is set once, the length of a list. */
function boundOf(activation: Activation, value: number, execution: Execution): Count | undefined {
  const { body } = activation;
  if (value === NONE) return undefined;
  if (body.kind(value) === Op.Length) {
    const known = execution.valueOf(activation, body.a(value));
    const [only] = known ?? [];
    return known?.length === 1 && only?.kind === 'reference' ? { constant: 1, factors: [`len ${only.to.id}`] } : undefined;
  }
  const values = valuesOf(body);
  const constant = values.constantNumber(values.number(value));
  if (constant !== undefined) return { constant, factors: [] };
  const { caller, callSite } = activation;
  const parameter = values.incoming(values.number(value));
  if (parameter !== undefined && caller?.body.calleeOf(callSite)?.kind === 'function') return boundOf(caller, caller.body.list(callSite)[parameter] ?? NONE, execution);
  if (body.kind(value) !== Op.Read || body.placeKind(body.a(value)) !== PlaceKind.Variable) return undefined;
  const index = body.placeA(body.a(value));
  const variable = body.unit.variables[index]!;
  const owner = activation.ownerOf(index);
  return variable.writes <= 1 && owner ? { constant: 1, factors: [`var ${owner.id}:${index}`] } : undefined;
}

/** True if a task comes to exactly one of some operations before it ends. */
function isOneOf({ first }: Task, events: readonly SyncEvent[]): boolean {
  if (!first) return false;
  const barrier = new Barrier(events);
  const ends = returnsOf(first.body);
  return ends.length > 0 && !ends.some((operation) => isReached({ activation: first, at: [operation], operation }, barrier)) && !events.some((each) => events.some((other) => mayFollow(each, other)));
}

/** True if an operation runs whenever its function, or the iteration of the innermost loop around it, runs to its end. What unwinds comes to no end. */
function isCertain({ body }: Activation, operation: number): boolean {
  const block = graphOf(body).blockOf(operation);
  const loop = body.loopOf(block);
  if (loop === NONE) return !isPassedBy(body, ENTRY, block, NONE);
  const { head } = body.loops[loop]!;
  const [first] = body.successors(head);
  return first !== undefined && (block === head || !isPassedBy(body, first, block, head));
}

/** True if a way from a block leads to a return, or to the head of a loop, past another block. */
function isPassedBy(body: FunctionBody, from: number, block: number, head: number): boolean {
  if (from === block) return false;
  const seen = new Set([from]);
  // A set is walked to what is added on the way.
  for (const at of seen) {
    if (at === head || body.endOf(at) === End.Return) return true;
    for (const next of body.successors(at)) if (next !== block) seen.add(next);
  }
  return false;
}

// Moments. ---------------------------------------------------------------------------------------------------------------

function keyOf(moments: readonly Moment[]): string {
  return moments.map(({ activation, at }) => ` ${activation.id} ${at.join()}`).join('');
}

export function momentOf({ activation, operation }: Point): Moment {
  return { activation, at: [operation], operation };
}

/** True for what a library runs for each request, in a test. */
function isServed(execution: Execution, { overlapsItself, countsAtEnd, spawner }: Task): boolean {
  return overlapsItself && countsAtEnd.length === 0 && spawner !== undefined && execution.functionAround(spawner)?.isTest === true;
}

export function spawnOf(task: Task): Moment | undefined {
  return task.spawner && { activation: task.spawner, at: [task.spawnOperation], operation: task.spawnOperation };
}

function sameMoment(a: Moment, b: Moment): boolean {
  return a.activation === b.activation && a.at.length === b.at.length && a.at.every((each, index) => each === b.at[index]);
}

/** The start of a block, as a moment; none if the block is empty. */
function startOf(activation: Activation, block: number): readonly Moment[] {
  const { body } = activation;
  // An empty block leads on to one that is not.
  let at = block;
  for (let steps = 0; steps < 20 && body.firstOperation(at) === body.endOperation(at); steps++) {
    const [next, ...more] = body.successors(at);
    if (next === undefined || more.length > 0) return [];
    at = next;
  }
  const operation = body.firstOperation(at);
  return operation < body.endOperation(at) ? [{ activation, at: [operation - beforeIt], operation }] : [];
}

/** Where a new one of a location is made: paths through there lead to another object. */
function creationOf(location: Location): readonly Moment[] {
  const root = location.root;
  const { activation } = root;
  if (root.made) return root.made.flatMap((each) => (each.activation ? [{ activation: each.activation, at: [each.index], operation: each.index }] : []));
  if (!activation) return [];
  if (root.kind === LocationKind.Heap) return [{ activation, at: [root.index], operation: root.index }];
  if (root.kind !== LocationKind.Cell) return [];
  const { body } = activation;
  const variable = body.unit.variables[root.index]!;
  const moments: Moment[] = definitionsOf(body, root.index).map((operation) => ({ activation, at: [operation], operation }));
  if (!variable.loopVariable || variable.perIteration === false) return moments;
  for (const loop of body.loops) {
    if (variable.start >= loop.start && variable.start < loop.end && loop.kind === 'while') moments.push(...startOf(activation, loop.again));
  }
  return moments;
}

function definitionsOf(body: FunctionBody, variable: number): readonly number[] {
  const found: number[] = [];
  const { loopVariable, perIteration } = body.unit.variables[variable]!;
  if (loopVariable && perIteration === false) return found;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write || !body.has(operation, Flag.Define)) continue;
    const place = body.a(operation);
    if (body.placeKind(place) === PlaceKind.Variable && body.placeA(place) === variable) found.push(operation);
  }
  return found;
}

/** True if each instance of a task (or of one below it) has its own of a location. */
function belongsTo(location: Location, task: Task): boolean {
  const { activation } = location.root;
  return activation !== undefined && activation.task.chain.includes(task);
}

/** False if one event surely comes after another: its task is started only after it, or it is later in one task. */
function mayPrecede(first: SyncEvent, second: SyncEvent): boolean {
  const { task } = second.activation;
  const chain = first.activation.task.chain;
  const index = chain.indexOf(task);
  if (index < 0) return true;
  const next = chain[index + 1];
  const moment = next ? spawnOf(next) : first;
  return !moment || mayFollow(moment, second);
}

function onceGuardsAround(activation: Activation): ReadonlySet<Location> {
  const guards = new Set<Location>();
  for (let at: Activation | undefined = activation; at; at = at.caller) if (at.onceGuard) guards.add(at.onceGuard.canonical);
  return guards;
}

/** By guard, the run of what a Once runs that an activation belongs to, also as part of a task that was started there. */
function onceRunsAround(activation: Activation): ReadonlyMap<Location, Activation> {
  const runs = new Map<Location, Activation>();
  for (let at: Activation | undefined = activation; at; at = at.caller ?? at.task.spawner) if (at.onceGuard && !runs.has(at.onceGuard.canonical)) runs.set(at.onceGuard.canonical, at);
  return runs;
}

/** True for a point in the one run of a Once that comes before the run starts the task of another point: there is no second run. */
function isBeforeStartIn(run: Activation, point: Point, { activation }: Point): boolean {
  if (!point.activation.isWithin(run) || activation.isWithin(run)) return false;
  let { task } = activation;
  while (task.spawner && !task.spawner.isWithin(run) && task.parent) task = task.parent;
  const spawn = spawnOf(task);
  const { caller, callOperations } = run;
  const again = caller ? new Barrier(callOperations.map((operation) => ({ activation: caller, at: [operation], operation }))) : noBarrier;
  return spawn !== undefined && !mayFollow(spawn, momentOf(point), again);
}

/** True for who makes the object of methods that code outside calls. */
function isMaker({ start, parent }: Task): boolean {
  return start === 'root' && parent !== undefined;
}

/** True for what another task may wait for, as far as is known. */
function tellsOthers({ kind }: SyncEvent): boolean {
  return releases(kind) || kind === SyncKind.Unknown || kind === SyncKind.Unfollowed;
}

function isUnfollowed({ kind }: SyncEvent): boolean {
  return kind === SyncKind.Unfollowed;
}

/** True for what is done with an end of a pipe that was not made in sight. */
function usesUnknownPipe({ kind, location }: SyncEvent): boolean {
  if (kind < SyncKind.PipeWrite) return false;
  return location === undefined || location.root.kind !== LocationKind.Heap;
}

function isRelease(event: SyncEvent): boolean {
  return event.kind === SyncKind.Send || event.kind === SyncKind.Close || event.kind === SyncKind.Unknown;
}

/** True if there may be several of a release, so that another one may be what a wait waited for. */
function isRepeated(release: SyncEvent, wait: SyncEvent, own: Task): boolean {
  const { task } = release.activation;
  if (task !== own && mayFollow(release, release)) return true;
  return task.chain.some((each) => {
    if (each.overlapsItself) return true;
    const spawn = spawnOf(each);
    // Instances of which each is waited for before the next one starts are one at a time.
    return spawn !== undefined && mayFollow(spawn, spawn, new Barrier([...(each.parent === wait.activation.task ? [wait] : []), ...(wait.location ? creationOf(wait.location) : [])]));
  });
}

/**
 * True if the operation that starts a task may run again while the last instance is there. A loop further up that comes to it again
 * says so only for a function that it makes itself: a method that starts the loop of its object may be called again when that has
 * ended.
 */
function isStartedAgain(task: Task): boolean {
  const spawn = spawnOf(task);
  if (!spawn || !task.spawner) return false;
  return isInLoopOf(task) && mayFollow(spawn, spawn, noBarrier);
}

function isInLoopOf(task: Task): boolean {
  const maker = task.first?.around;
  let operation = task.spawnOperation;
  for (let at = task.spawner; at; at = at.caller) {
    const { body } = at;
    if ((at === task.spawner || at === maker) && body.loopOf(graphOf(body).blockOf(operation)) !== NONE) return true;
    if (at === maker) return false;
    operation = at.callSite;
  }
  return false;
}

/** True if a loop comes to the start of a task by a call for another object in each round: `for _, b := range all { b.Open() }`. They share what is of package level. */
function startsForEach(task: Task): boolean {
  const spawn = spawnOf(task);
  if (!spawn || !mayFollow(spawn, spawn, noBarrier)) return false;
  for (let at: Activation | undefined = spawn.activation; at?.caller; at = at.caller) {
    const { body } = at.caller;
    if (!at.deferred && givesOfRound(body, at.callSite)) return true;
  }
  return false;
}

/** True for a call in a loop that is given a pointer which the round found or made. */
function givesOfRound(body: FunctionBody, call: number): boolean {
  const loop = body.loopOf(graphOf(body).blockOf(call));
  if (loop === NONE) return false;
  const values = valuesOf(body);
  return [...body.list(call)].some((value) => {
    if (value === NONE || body.shape(value) !== Shape.Pointer) return false;
    const origin = values.origin(values.number(value));
    return origin !== NONE && isInLoop(body, origin, loop);
  });
}

/** True if a counter is increased, for the task of a decrease, before that task started. */
function isAddedBefore(add: SyncEvent, done: SyncEvent): boolean {
  const { task } = done.activation;
  const adder = add.activation.task;
  if (adder === task) return false;
  const chain = task.chain;
  const index = chain.indexOf(adder);
  if (index < 0) return false;
  const spawn = spawnOf(chain[index + 1]!);
  return spawn !== undefined && mayFollow(add, spawn);
}

/** True for channels that may be without room for a value; those that are not known may be. */
function mayBeUnbuffered(channel: Location): boolean {
  return (capacityOf(channel) ?? 0) === 0;
}

const deciding = new BodyFacts<ReadonlySet<number>>();

/** True if the result of an operation decides which way to go. */
function decides(body: FunctionBody, operation: number): boolean {
  let known = deciding.get(body);
  if (!known) deciding.set(body, (known = decidingOperations(body)));
  return known.has(operation) || known.has(-2 - valuesOf(body).number(operation));
}

/** The operations that conditions are computed from, and, as -2 less the number, the values that they read. */
function decidingOperations(body: FunctionBody): ReadonlySet<number> {
  const found = new Set<number>();
  const add = (operation: number, depth: number): void => {
    if (operation < 0 || depth > 5 || found.has(operation)) return;
    found.add(operation);
    const value = valuesOf(body).number(operation);
    if (value !== NONE) found.add(-2 - value);
    const kind = body.kind(operation);
    if (kind === Op.Compute || kind === Op.Convert || kind === Op.Narrow || kind === Op.Extract) body.forEachOperand(operation, (each) => add(each, depth + 1));
  };
  for (let block = 0; block < body.blockCount; block++) if (body.successors(block).length === 2) add(body.condition(block), 0);
  return found;
}
