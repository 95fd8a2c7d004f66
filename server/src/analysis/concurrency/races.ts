// Pairs of accesses that may overlap with nothing between them: no order, no common lock.

import { conditionsAt } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape, VariableKind } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import { accessPathsOf } from './access-paths.ts';
import type { Activation } from './activation.ts';
import { Closings } from './closed-off.ts';
import { countedCallsOf } from './counted-calls.ts';
import type { CountedCall } from './counted-calls.ts';
import { AccessKind, SyncKind } from './events.ts';
import type { AccessEvent } from './events.ts';
import type { Execution } from './execution.ts';
import { mayExclude } from './held-locks.ts';
import type { HeldLocks } from './held-locks.ts';
import { LocationKind } from './locations.ts';
import type { Location } from './locations.ts';
import { momentOf, spawnOf } from './order.ts';
import type { Order, Overlap } from './order.ts';
import { isOwnLock } from './own-locks.ts';
import { isConnection, startsTaskAfter } from './guard-faults.ts';
import { guardsOf } from './guards.ts';
import { Barrier, isReached, mayFollow } from './passages.ts';
import { isBeforeTasksOf } from './set-up.ts';
import { isSettledBefore } from './settled.ts';
import { isTakenOver } from './taken-over.ts';
import type { Task } from './task.ts';
import { askOfStudies } from './studies.ts';
import type { SharedObject, Study } from './studies.ts';

export interface Race {
  readonly execution: Execution;
  readonly location: Location;
  /** The weaker side: without a lock where the other has one, else the write. */
  readonly first: AccessEvent;
  readonly second: AccessEvent;
  readonly firstLocks: HeldLocks;
  readonly secondLocks: HeldLocks;
  readonly overlap: Overlap;
  /** Where a call of the method that both sides are in says that several calls run at once; undefined for others. */
  readonly counted?: AccessEvent;
  /** True if both sides hold the same locks, but every instance of their task makes these anew. */
  readonly haveOwnLocks?: boolean;
}

/** So many accesses of one object are looked at, and so many of each place compared. */
const accessLimit = 400;
const placeLimit = 60;

/**
 * True if a function that has returned started the task of one side, and the other side comes to something that waits before its
 * access: what the function does until it returns, or what is waited for, may be the end of the task, which a path decides.
 */
export function isPerhapsJoined({ execution, first, second, overlap }: Race): boolean {
  const [task] = overlap.tasks;
  const spawn = task && spawnOf(task);
  if (overlap.how !== 'started' || !spawn) return false;
  const starter = first.activation.task.chain.includes(task) ? second : first;
  if (starter.activation.task !== task.parent || starter.activation.isWithin(spawn.activation)) return false;
  const access = momentOf(starter);
  return execution.syncs.some((each) => mayJoin(each.kind) && each.activation.task === task.parent && mayFollow(spawn, each) && mayFollow(each, access));
}

function mayJoin(kind: SyncKind): boolean {
  return kind === SyncKind.Receive || kind === SyncKind.PipeRead || kind === SyncKind.CounterWait || kind === SyncKind.ConditionWait || kind === SyncKind.Unknown || kind === SyncKind.Unfollowed;
}

/** The races of all executions of a program. */
export const racesIn = askOfStudies(racesOf);

function racesOf(study: Study): readonly Race[] {
  const { execution } = study;
  const candidates = objectsOfSeveralTasks(execution, study.shared);
  if (candidates.length === 0) return [];
  const { locks, order } = study;
  const held = new Map<AccessEvent, HeldLocks>();
  const heldAt = (access: AccessEvent): HeldLocks => {
    let found = held.get(access);
    if (!found) held.set(access, (found = locks.at(access)));
    return found;
  };
  const races: Race[] = [];
  let counts: readonly CountedCall[] | undefined;
  const countedCalls = (): readonly CountedCall[] => (counts ??= countedCallsOf(execution, study.shared!.location.canonical, (access) => isGuarded(heldAt(access), access.location)));
  /** `if c.items == nil { c.items = load() }` under the lock: who has looked there under the lock finds what nobody assigns again. */
  function isSeenSet(reader: AccessEvent, writer: AccessEvent, all: readonly AccessEvent[]): boolean {
    if (reader.isWrite || isSpawned(reader) || !writesOnce(writer)) return false;
    const looks = all.filter((each) => each !== reader && each.activation.task === reader.activation.task && each.location.canonical === reader.location.canonical && isGuarded(heldAt(each), each.location));
    return looks.length > 0 && !isReached(momentOf(reader), new Barrier(looks.map(momentOf)));
  }
  /**
   * True for an assignment that sets the object up for what the method starts then. What the object came with looks at the field
   * again and again, unless the method has waited for it.
   */
  function isSetUpFor(shared: SharedObject, access: AccessEvent, other: AccessEvent): boolean {
    if (heldAt(access).size > 0 || !(isSettingUp(shared, access) || isBeforeOwnTasks(access))) return false;
    if (!isStartedByMaker(shared, other) || !mayFollow(momentOf(other), momentOf(other))) return true;
    return execution.syncs.some((each) => each.activation.task === access.activation.task && (mayJoin(each.kind) || each.kind === SyncKind.Send) && mayFollow(each, momentOf(access)));
  }
  /** True for what a method does with its own object before it starts the object's tasks, or what another method calls it for that. */
  function isBeforeOwnTasks({ activation, operation }: AccessEvent): boolean {
    if (activation.task.start !== 'outside') return false;
    const { contexts } = guardsOf(execution.program);
    let point = operation;
    for (let at: Activation | undefined = activation; at; point = at.callSite, at = at.caller) {
      if (isOfShared(at) && isBeforeTasksOf(contexts, at.body, point, 0)) return true;
      if (at.deferred) return false;
    }
    return false;
  }
  /** True for a method of the object that the study is about. */
  function isOfShared({ caller, parameters }: Activation): boolean {
    const [only, ...others] = parameters?.[0] ?? [];
    return !caller || (others.length === 0 && only?.kind === 'reference' && only.to.canonical === study.shared!.location.canonical);
  }
  let isCalledAtOnce: boolean | undefined;
  /** Of two methods that code outside calls: false where no lock is there for the place, and nothing says that they run at the same time. */
  function isKeptByLock(a: AccessEvent, b: AccessEvent, location: Location, accesses: readonly AccessEvent[]): boolean {
    if (isOfService(a)) return isLockFor(location, accesses, heldAt);
    return isOfElement(a, b) || isChangedUnderLock(location, accesses, heldAt) || (isCalledAtOnce ??= isConnection(execution.program, study.root.receiverType));
  }
  let closings: Closings | undefined;
  for (const accesses of candidates) {
    for (const [a, b] of pairsOf(accesses, order)) {
      const location = b.location.isWithin(a.location) ? b.location : a.location;
      if (study.shared && location.root !== study.shared.location.canonical) continue;
      const haveOwnLocks = mayExclude(heldAt(a), heldAt(b));
      if (haveOwnLocks && mayExclude(withoutOwn(heldAt(a), a.activation.task), withoutOwn(heldAt(b), b.activation.task))) continue;
      if (isTakenOver(a, heldAt(b), locks) || isTakenOver(b, heldAt(a), locks)) continue;
      if (study.shared && areOfTwoObjects(study.shared, a, b)) continue;
      if (study.shared && (isBeforeOthers(study.shared, a, b) || isBeforeOthers(study.shared, b, a))) continue;
      const counted = study.shared && a.activation.task === b.activation.task && heldAt(a).size === 0 && heldAt(b).size === 0 ? countedCalls().find(({ keeper }) => a.activation.isWithin(keeper) && b.activation.isWithin(keeper))?.entry : undefined;
      if (counted) {
        const overlap = order.overlap(a, b, location.canonical);
        if (overlap) races.push({ ...sided(execution, location, a, b, heldAt(a), heldAt(b), overlap), counted });
        continue;
      }
      // Of two methods that code outside calls, the one that locks says that the other should.
      if (study.shared && !isSpawned(a) && !isSpawned(b) && isGuarded(heldAt(a), location) === isGuarded(heldAt(b), location)) continue;
      if (study.shared && !isSpawned(a) && !isSpawned(b) && !isKeptByLock(a, b, location, accesses)) continue;
      if (study.shared && !isStartedByMaker(study.shared, a) && !isStartedByMaker(study.shared, b) && !accesses.some((each) => location.isWithin(each.location) && isGuarded(heldAt(each), location))) continue;
      if (study.shared && (isSetUpFor(study.shared, a, b) || isSetUpFor(study.shared, b, a) || isSeenSet(a, b, accesses) || isSeenSet(b, a, accesses) || isSettledBefore(a, b, accesses, heldAt) || isSettledBefore(b, a, accesses, heldAt))) continue;
      const overlap = order.overlap(a, b, location.canonical);
      if (!overlap || (study.shared && (isOverWhenMade(study.shared, a, b, order) || isOverWhenMade(study.shared, b, a, order)))) continue;
      closings ??= new Closings(execution.program, execution.accesses, heldAt);
      if (closings.keepApart(a, b) || closings.keepApart(b, a)) continue;
      races.push({ ...sided(execution, location, a, b, heldAt(a), heldAt(b), overlap), haveOwnLocks });
    }
  }
  return races;
}

/** Without the locks that a task made for itself: another instance of it has others. */
function withoutOwn(held: HeldLocks, task: Task): HeldLocks {
  return task.start === 'spawned' ? new Map([...held].filter(([lock]) => !lock || !isMadeBy(lock, task) || !isOwnLock(lock))) : held;
}

/** True for an interface or a function as a whole: a logger, a callback. What it stands for is asked, and is no state of the object. */
function isOfService({ activation: { body }, operation }: AccessEvent): boolean {
  const shape = body.shape(operation);
  return shape === Shape.Interface || shape === Shape.Function;
}

/**
 * True if something says that a lock is there for a place: who changes it holds the lock, or who takes the lock looks at nothing else of the
 * object. In a section for other fields the place is only looked at by the way.
 */
function isLockFor(location: Location, ofObject: readonly AccessEvent[], heldAt: (access: AccessEvent) => HeldLocks): boolean {
  const place = location.canonical;
  const isAtPlace = (each: AccessEvent): boolean => each.location.canonical.overlaps(place);
  return ofObject.some((each) => {
    const held = heldAt(each);
    if (!isAtPlace(each) || !isGuarded(held, each.location)) return false;
    const isLock = (other: AccessEvent): boolean => [...held.keys()].some((lock) => lock?.overlaps(other.location.canonical));
    return each.isWrite || !ofObject.some((other) => other.activation.body === each.activation.body && !isAtPlace(other) && !isLock(other));
  });
}

/** True if elements of a map or list are at stake: two calls that both go on with them do harm, whoever guards them. */
function isOfElement(a: AccessEvent, b: AccessEvent): boolean {
  return [a, b].some(({ kind, location }) => isOfContents(kind) || location.canonical.kind === LocationKind.Content);
}

/**
 * True if some code always changes a place under a lock. Where those who assign it do not, or only where they are called by the way in a
 * section, a lock that is held at a use is there for something else, and the code that assigns it sets the object up: `b.size = size`.
 */
function isChangedUnderLock(location: Location, ofObject: readonly AccessEvent[], heldAt: (access: AccessEvent) => HeldLocks): boolean {
  const place = location.canonical;
  const changes = ofObject.filter((each) => each.isWrite && each.location.canonical.overlaps(place));
  const isBare = (each: AccessEvent): boolean => heldAt(each).size === 0;
  return changes.some((each) => !isBare(each) && !changes.some((other) => other.operation === each.operation && other.activation.body === each.activation.body && isBare(other)));
}

/** True for a task that the object comes with: it runs before anybody else can have the object. */
function isStartedByMaker({ makers }: SharedObject, { activation: { task } }: AccessEvent): boolean {
  return task.start === 'spawned' && task.chain.some((each) => makers.has(each));
}

/** True for tasks that come with objects which two functions made: no object is made twice. */
function areOfTwoObjects({ makers }: SharedObject, a: AccessEvent, b: AccessEvent): boolean {
  const [first, second] = [a, b].map(({ activation: { task } }) => task.chain.find((each) => makers.has(each)));
  return first !== undefined && second !== undefined && first !== second;
}

/** True for what a task does that the object comes with, and that is over where its maker returns, before who gets the object then: `go l.load(done); <-done; return l`. */
function isOverWhenMade(shared: SharedObject, access: AccessEvent, other: AccessEvent, order: Order): boolean {
  const first = isStartedByMaker(shared, access) && !isStartedByMaker(shared, other) ? access.activation.task.chain.find((each) => shared.makers.has(each))?.first : undefined;
  const made = shared.location.canonical.made?.find(({ activation }) => activation === first);
  if (!first || !made || !isOnlyReturned(first.body, made.index)) return false;
  for (const block of graphOf(first.body).order) {
    if (first.body.endOf(block) !== End.Return) continue;
    for (let operation = first.body.firstOperation(block); operation < first.body.endOperation(block); operation++) {
      if (first.body.kind(operation) === Op.Return && order.overlap(access, { activation: first, operation }, access.location.canonical)) return false;
    }
  }
  return true;
}

/** True if a function gives an object that it allocates to nobody but its own methods, its goroutines and, in the end, its caller. */
function isOnlyReturned(body: FunctionBody, allocation: number): boolean {
  const values = valuesOf(body);
  const number = values.number(allocation);
  const variables = new Set<number>();
  const isIt = (value: number): boolean => value === allocation || (number !== NONE && values.number(value) === number) || (body.kind(value) === Op.Read && variables.has(body.variableOf(body.a(value))));
  for (let operation = 0; operation < body.operationCount; operation++) {
    const place = body.kind(operation) === Op.Write && body.b(operation) !== NONE && isIt(body.b(operation)) ? body.a(operation) : NONE;
    if (place !== NONE && body.placeKind(place) === PlaceKind.Variable && body.unit.variables[body.placeA(place)]!.kind !== VariableKind.Global) variables.add(body.placeA(place));
    else if (place !== NONE) return false;
  }
  for (let operation = 0; operation < body.operationCount; operation++) {
    switch (body.kind(operation)) {
      case Op.Call:
        if ([...body.list(operation)].some((value, index) => value !== NONE && isIt(value) && (index > 0 || !body.has(operation, Flag.HasReceiver)))) return false;
        break;
      case Op.Send:
      case Op.Convert:
      case Op.Append:
      case Op.Aggregate:
      case Op.Make:
        if (body.someOperand(operation, isIt)) return false;
        break;
      default:
    }
  }
  return true;
}

/** True for what a method does that is only called while the object is made, before somebody else who is not one of the tasks that the object comes with. */
function isBeforeOthers(shared: SharedObject, { activation: { task } }: AccessEvent, other: AccessEvent): boolean {
  return task.chain.some(({ isSetUp }) => isSetUp) && !isStartedByMaker(shared, other);
}

function isSpawned(access: AccessEvent): boolean {
  return access.activation.task.start === 'spawned';
}

/** True if a lock is held of an object that the location belongs to, or is reached from: somebody thought that the access needs one. */
function isGuarded(held: HeldLocks, location: Location): boolean {
  for (const lock of held.keys()) {
    if (!lock) continue;
    // What holds the lock, or the pointer to it.
    const object = (lock.kind === LocationKind.Content && lock.parent ? lock.parent : lock).object;
    for (let at: Location | undefined = location.canonical; at; at = at.parent?.canonical) if (at === object) return true;
  }
  return false;
}

/** True for an assignment that comes before the method starts tasks, or of something new in a type that nobody makes otherwise: it sets the object up. */
function isSettingUp({ makers }: SharedObject, { activation: { body, task }, operation, kind, isWrite }: AccessEvent): boolean {
  if (!isWrite || kind !== AccessKind.Write || task.start !== 'outside' || body.kind(operation) !== Op.Write) return false;
  return startsTaskAfter(body, operation) || (makers.size === 0 && isNew(body, body.b(operation)));
}

function isNew(body: FunctionBody, value: number): boolean {
  const kind = value === NONE ? undefined : body.kind(value);
  return kind === Op.Make || kind === Op.Allocate || kind === Op.Aggregate;
}

/** True for a write that only comes when what it writes was nil. */
function writesOnce({ activation: { body }, operation, kind }: AccessEvent): boolean {
  if (kind !== AccessKind.Write || body.kind(operation) !== Op.Write) return false;
  const key = accessPathsOf(body).ofPlaceOf(operation)?.key;
  return key !== undefined && conditionsAt(body, operation).some(({ condition, holds }) => {
    if (body.kind(condition) !== Op.Compute || (body.c(condition) !== Operator.Equal && body.c(condition) !== Operator.NotEqual) || (body.c(condition) === Operator.Equal) !== holds) return false;
    const [x, y] = [body.a(condition), body.b(condition)];
    return y !== NONE && body.kind(y) === Op.Zero && accessPathsOf(body).ofValue(x)?.key === key;
  });
}

function sided(execution: Execution, location: Location, a: AccessEvent, b: AccessEvent, locksA: HeldLocks, locksB: HeldLocks, overlap: Overlap): Race {
  const weaker = (x: AccessEvent, xLocks: HeldLocks, y: AccessEvent, yLocks: HeldLocks): boolean => {
    if ((xLocks.size === 0) !== (yLocks.size === 0)) return xLocks.size === 0;
    if (x.isWrite !== y.isWrite) return x.isWrite;
    return execution.pathOf(x.activation) === execution.pathOf(y.activation) && x.activation.body.start(x.operation) < y.activation.body.start(y.operation);
  };
  const swap = weaker(b, locksB, a, locksA);
  return swap
    ? { execution, location, first: b, second: a, firstLocks: locksB, secondLocks: locksA, overlap }
    : { execution, location, first: a, second: b, firstLocks: locksA, secondLocks: locksB, overlap };
}

/** The accesses by object, of objects that more than one task may reach. */
function objectsOfSeveralTasks(execution: Execution, shared: SharedObject | undefined): readonly (readonly AccessEvent[])[] {
  if (execution.tasks.length < 2) return [];
  const byObject = new Map<Location, AccessEvent[]>();
  for (const access of execution.accesses) {
    if (!access.isCertain || shared?.makers.has(access.activation.task)) continue;
    const { object } = access.location;
    const list = byObject.get(object);
    if (list) list.push(access);
    else byObject.set(object, [access]);
  }
  return [...byObject.values()].filter((list) => {
    if (!list.some((each) => each.isWrite)) return false;
    const [first] = list;
    const { task } = first!.activation;
    if (list.some((each) => each.activation.task !== task)) return true;
    // Of one task only: shared between instances of it, if it is not made by it.
    return task.parent !== undefined && !isMadeBy(first!.location, task);
  });
}

function isMadeBy(location: Location, task: Task): boolean {
  return location.root.activation?.task === task;
}

/** Two accesses of one place, at least one of which writes. */
function* pairsOf(all: readonly AccessEvent[], order: Order): Iterable<readonly [AccessEvent, AccessEvent]> {
  const accesses = fewOfEach(distinct(all, order)).slice(0, accessLimit);
  for (let i = 0; i < accesses.length; i++) {
    const a = accesses[i]!;
    for (let j = i; j < accesses.length; j++) {
      const b = accesses[j]!;
      if (!a.isWrite && !b.isWrite) continue;
      if (i === j && a.activation.task.parent === undefined) continue;
      if (a.isAtomic && b.isAtomic) continue;
      if (isSameElementSurely(a, b)) yield [a, b];
    }
  }
}

/** Writes first; of accesses of one place with nothing between them that orders tasks one. */
function distinct(all: readonly AccessEvent[], order: Order): readonly AccessEvent[] {
  const seen = new Set<string>();
  const kept = all.filter((each) => {
    const key = `${each.location.canonical.id} ${each.activation.id} ${order.stretchOf(each)} ${each.isWrite} ${each.isAtomic}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  return [...inTurns(kept.filter((each) => each.isWrite)), ...inTurns(kept.filter((each) => !each.isWrite))];
}

function fewOfEach(accesses: readonly AccessEvent[]): readonly AccessEvent[] {
  const counts = new Map<Location, number>();
  return accesses.filter(({ location }) => {
    const count = (counts.get(location.canonical) ?? 0) + 1;
    counts.set(location.canonical, count);
    return count <= placeLimit;
  });
}

/** The first access of each task in each body, then the second ones, and so on: of many accesses, those that differ most come first. */
function inTurns(accesses: readonly AccessEvent[]): readonly AccessEvent[] {
  const counts = new Map<FunctionBody, number[]>();
  const turns: AccessEvent[][] = [];
  for (const each of accesses) {
    const { task, body } = each.activation;
    let byTask = counts.get(body);
    if (!byTask) counts.set(body, (byTask = []));
    const turn = byTask[task.id] ?? 0;
    byTask[task.id] = turn + 1;
    (turns[turn] ??= []).push(each);
  }
  return turns.flat();
}

/** True if two accesses surely touch one memory: the same place, or one the whole of the other. */
function isSameElementSurely(a: AccessEvent, b: AccessEvent): boolean {
  if (!a.location.overlaps(b.location)) return false;
  const whole = a.location.isWithin(b.location) ? b.location : a.location;
  return whole.isOne;
}

/** True for accesses of the elements of a container as a whole. */
export function isOfContents(kind: AccessKind): boolean {
  return kind !== AccessKind.Read && kind !== AccessKind.Write;
}
