// Which locks are held where in a body. Each lock (an access path) is followed through the control flow on its own, with
// what the code did with it: taken, taken for reading, released, unknown. Paths are told apart by the conditions that are
// tested more than once and by local flags, so that `if l { mu.Lock() } … if l { mu.Unlock() }` is balanced. Deferred
// unlocks run at the exits, last first, after the results are evaluated.

import { conditionsAt } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, VariableKind, isReference } from '../../model/objects.ts';
import type { Callee } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf, changesOf } from './access-paths.ts';
import type { AccessPath, Change } from './access-paths.ts';
import { givenFunction, parameterCallsIn } from './given-functions.ts';
import type { ParameterCall } from './given-functions.ts';
import { inTermsOf, lockEventsOf } from './lock-events.ts';
import type { LockAction, LockEvent } from './lock-events.ts';

/** How a lock is at a point, as bits of a set: what it may be by the paths that lead there. */
export const enum Hold {
  /** As it was when the body was entered. */
  Before = 1,
  Exclusive = 2,
  Shared = 4,
  /** Released here. */
  Free = 8,
  Unknown = 16,
}

/** Taken more often for reading than this is unknown. */
const depthLimit = 3;
/** More ways to get to a block than this are not told apart. */
const stateLimit = 40;
const conditionLimit = 10;
/** Bodies that touch more locks, or that are longer, are not followed. */
const lockLimit = 24;
const operationLimit = 60_000;
const acquisitionLimit = 60;

/** One way to get to a point. */
interface State {
  readonly hold: Hold;
  /** How often it is held for reading. */
  readonly depth: number;
  /** The operation that took it, or that released what was taken here; NONE if there is none. */
  readonly by: number;
  /** Deferred events that were reached, by operation. */
  readonly deferred: readonly number[];
  /** Conditions that came out one way: name → outcome. */
  readonly passed: ReadonlyMap<string, boolean>;
  /** True if conditions were forgotten: the way may not exist. */
  readonly vague: boolean;
}

/** What happened to a lock at an operation on one way. */
export interface LockStep {
  readonly event: LockEvent;
  /** How it was before. */
  readonly hold: Hold;
  readonly by: number;
  readonly vague: boolean;
}

/** A way that came to an end of the body. */
export interface LockExit {
  /** The Return; NONE for the ends of paths that panic. */
  readonly operation: number;
  readonly hold: Hold;
  readonly by: number;
  readonly vague: boolean;
}

/** One lock in one body. */
export class LockFlow {
  readonly steps: LockStep[] = [];
  readonly exits: LockExit[] = [];
  /** False if a bound was reached: nothing is known. */
  complete = true;

  /** By operation: the `Hold` bits just before it; 0 in code that is not reached. */
  readonly before: Uint8Array;

  constructor(readonly lock: AccessPath, readonly events: readonly LockEvent[], operationCount: number) {
    this.before = new Uint8Array(operationCount);
  }

  /** True if the lock is held at an operation whatever path led there. */
  isHeldAt(operation: number): boolean {
    return this.complete && this.before[operation] !== 0 && (this.before[operation]! & ~(Hold.Exclusive | Hold.Shared)) === 0;
  }

  isHeldExclusivelyAt(operation: number): boolean {
    return this.complete && this.before[operation] === Hold.Exclusive;
  }

  /** True if it was not taken by this body, or was released, on every path. */
  isFreeAt(operation: number): boolean {
    return this.complete && this.before[operation] !== 0 && (this.before[operation]! & ~(Hold.Before | Hold.Free)) === 0;
  }

  /** The operations that took the lock which is held at an operation. */
  takenBy(operation: number): readonly number[] {
    return this.takers.get(operation) ?? [];
  }

  readonly takers = new Map<number, number[]>();

  /** The operations that took a lock which was still held when its path came to mean another place: the next element. */
  readonly lost = new Set<number>();
}

/** How a call leaves a lock, for its caller. */
export interface LockChange {
  readonly lock: AccessPath;
  readonly action: LockAction;
}

/** A lock that a body takes while it is as the caller left it. */
export interface Acquisition {
  readonly lock: AccessPath;
  readonly mode: 'exclusive' | 'shared';
  /** Where in the body. */
  readonly operation: number;
  /** The function that takes it, if the operation is a call. */
  readonly through: Acquisition | undefined;
  readonly body: FunctionBody;
  /** True if it depends on a flag or number, which may say that the lock is held already. */
  readonly conditional: boolean;
}

/** A lock that a called function takes, in terms of the caller. */
export interface CalledAcquisition {
  readonly operation: number;
  readonly lock: AccessPath;
  readonly acquisition: Acquisition;
}

/** The locks of a body. */
export class BodyLocks {
  readonly flows: readonly LockFlow[];
  /** How a call leaves the locks that its caller can name. */
  readonly changes: readonly LockChange[];
  readonly acquisitions: readonly Acquisition[];
  /** False if no path comes to a return. */
  readonly mayReturn: boolean;
  private readonly byKey = new Map<string, LockFlow>();
  private through: readonly CalledAcquisition[] | undefined = undefined;

  constructor(readonly body: FunctionBody, summaries: LockSummaries) {
    const ends = endingCalls(body, summaries);
    const ending = (operation: number): boolean => ends.has(operation);
    this.mayReturn = mayReturn(body, ending);
    const events = body.incomplete || body.operationCount > operationLimit ? [] : lockEventsOf(body, summaries);
    const byLock = new Map<string, LockEvent[]>();
    for (const event of events) {
      const list = byLock.get(event.lock.key);
      if (list) list.push(event);
      else byLock.set(event.lock.key, [event]);
    }
    const flows: LockFlow[] = [];
    if (byLock.size <= lockLimit) for (const list of byLock.values()) flows.push(new Follower(body, list, ending).run());
    for (const [index, flow] of flows.entries()) {
      const others = releasedByAnother(flow, flows);
      if (others.length > 0) flows[index] = new Follower(body, [...flow.events, ...others].sort((a, b) => a.operation - b.operation), ending).run();
    }
    this.flows = flows;
    for (const flow of flows) this.byKey.set(flow.lock.key, flow);
    this.changes = flows.flatMap((flow) => changeOf(flow));
    this.acquisitions = this.mayReturn || flows.length > 0 ? this.findAcquisitions(summaries) : [];
  }

  /** What is known of a lock in the body; undefined if the body does nothing with it. */
  flowOf(lock: AccessPath): LockFlow | undefined {
    return this.byKey.get(lock.key);
  }

  /** Direct ones, and those of functions that are called while the lock is as the caller left it. */
  private findAcquisitions(summaries: LockSummaries): readonly Acquisition[] {
    const { body } = this;
    const found = new Map<string, Acquisition>();
    const add = (acquisition: Acquisition): void => {
      const key = `${acquisition.lock.key} ${acquisition.mode}`;
      const before = found.get(key);
      if (!before || (before.conditional && !acquisition.conditional)) found.set(key, acquisition);
    };
    for (const flow of this.flows) {
      if (!flow.complete) continue;
      for (const { event, hold, vague } of flow.steps) {
        if (hold !== Hold.Before || vague || event.deferred || event.through) continue;
        if (event.action !== 'lock' && event.action !== 'read-lock') continue;
        const mode = event.action === 'lock' ? 'exclusive' : 'shared';
        add({ lock: flow.lock, mode, operation: event.operation, through: undefined, body, conditional: isConditional(body, event.operation, summaries) });
      }
    }
    if (body.incomplete || body.operationCount > operationLimit) return [...found.values()];
    for (const { operation, lock, acquisition } of this.acquisitionsThrough(summaries)) {
      const flow = this.flowOf(lock);
      if (flow && flow.before[operation] !== Hold.Before) continue;
      add({ lock, mode: acquisition.mode, operation, through: acquisition, body, conditional: acquisition.conditional || isConditional(body, operation, summaries) });
    }
    return found.size > acquisitionLimit ? [] : [...found.values()];
  }

  /** The locks that called functions take, in terms of this body, by call. */
  acquisitionsThrough(summaries: LockSummaries): readonly CalledAcquisition[] {
    if (this.through) return this.through;
    const { body } = this;
    const found: CalledAcquisition[] = [];
    this.through = found;
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.Call || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) continue;
      for (const called of summaries.calledAt(body, operation) ?? []) {
        for (const acquisition of called.acquisitions) {
          const lock = inTermsOf(body, operation, acquisition.body, acquisition.lock);
          if (lock) found.push({ operation, lock, acquisition });
        }
      }
      found.push(...acquisitionsByGiven(body, operation, summaries));
    }
    return found;
  }

  /** The flows of the locks that are held at an operation on every path. */
  heldAt(operation: number): readonly LockFlow[] {
    return this.flows.filter((flow) => flow.isHeldAt(operation));
  }
}

/**
 * Where a lock that a body takes may be released by way of another object: there a lock of its kind is released that the body did not take.
 *
 *	enc := c.begin()   ← takes c.mu
 *	enc.end()          ← releases enc.client.mu
 */
function releasedByAnother(taken: LockFlow, flows: readonly LockFlow[]): readonly LockEvent[] {
  const kind = lockIdentity(taken.lock);
  if (kind === undefined || flows.length < 2 || !taken.steps.some(({ event }) => takes(event))) return [];
  const found = new Set<LockEvent>();
  for (const flow of flows) {
    if (flow === taken || lockIdentity(flow.lock) !== kind) continue;
    for (const { event, hold } of flow.steps) if ((hold === Hold.Before || hold === Hold.Unknown) && lets(event)) found.add(event);
  }
  return [...found].map((event) => ({ ...event, lock: taken.lock, action: 'unknown', through: undefined }));
}

function takes({ action }: LockEvent): boolean {
  return action === 'lock' || action === 'read-lock' || action === 'try-lock' || action === 'try-read-lock';
}

/** True for a release, or for a call that may release. */
function lets({ action, through }: LockEvent): boolean {
  return action === 'unlock' || action === 'read-unlock' || (action === 'unknown' && through !== undefined);
}

/** The locks of all bodies of a program. */
export class LockSummaries {
  private readonly known = new Map<FunctionBody, BodyLocks>();
  private readonly inWork = new Set<FunctionBody>();
  private depth = 0;

  constructor(readonly program: Program) {}

  /** Undefined while the body is being looked at: it calls itself. */
  locksOf(body: FunctionBody): BodyLocks | undefined {
    const before = this.known.get(body);
    if (before) return before;
    if (this.inWork.has(body) || this.depth > 60) return undefined;
    this.inWork.add(body);
    this.depth++;
    const locks = new BodyLocks(body, this);
    this.depth--;
    this.inWork.delete(body);
    this.known.set(body, locks);
    return locks;
  }

  functionOf(callee: Callee): ProgramFunction | undefined {
    return callee.kind === 'function' && callee.key !== undefined ? this.program.functions.get(callee.key) : undefined;
  }

  /** The bodies a call runs in the same task, if that is known: a declared function, or closures of this function. */
  bodiesCalledAt(body: FunctionBody, call: number): readonly FunctionBody[] | undefined {
    const callee = body.calleeOf(call);
    if (!callee) return closuresOf(body, body.b(call));
    if (callee.kind === 'interface') return undefined;
    if (callee.role !== Role.None && callee.role !== Role.Once) return undefined;
    const now = callee.runs.filter((each) => each.when === 'now');
    if (now.length > 0) {
      const found = now.map((each) => closuresOf(body, body.list(call)[each.argument] ?? NONE));
      return found.every((each) => each !== undefined) ? found.flat() as readonly FunctionBody[] : undefined;
    }
    const declared = this.functionOf(callee);
    return declared && [declared.body];
  }

  calledAt(body: FunctionBody, call: number): readonly BodyLocks[] | undefined {
    const bodies = this.bodiesCalledAt(body, call);
    // Of several that may be called none is certain.
    if (bodies?.length !== 1) return undefined;
    const locks = this.locksOf(bodies[0]!);
    return locks && [locks];
  }

  /** True if two mentions of a path are one place: no pointer on the way is ever assigned once its object is shared. */
  isStable(path: AccessPath): boolean {
    return path.loads.every((load) => load !== undefined && !this.assigned().has(load));
  }

  /** Fields and variables of package level that are assigned somewhere other than in a new object. */
  private assigned(): ReadonlySet<object> {
    if (this.assignedOnce) return this.assignedOnce;
    const found = (this.assignedOnce = new Set<object>());
    for (const { body: first, entry } of this.program.functions.values()) {
      for (const body of first.unit.bodies) {
        for (let operation = 0; operation < body.operationCount; operation++) {
          if (body.kind(operation) !== Op.Write && body.kind(operation) !== Op.AddressOf) continue;
          const origin = assignedAt(body, operation);
          if (origin && !(entry === 'init' && body.kind(operation) === Op.Write)) found.add(origin);
        }
      }
    }
    return found;
  }

  private assignedOnce: Set<object> | undefined = undefined;

  /** True for a boolean field that the package assigns one constant to, at all places, and whose address it never takes. */
  isSetOnce(flag: object): boolean {
    return this.flags().get(flag) !== undefined;
  }

  /** Boolean fields by what they are set to; undefined for several values. */
  private flags(): ReadonlyMap<object, boolean | undefined> {
    if (this.flagsOnce) return this.flagsOnce;
    const found = (this.flagsOnce = new Map<object, boolean | undefined>());
    for (const { body: first } of this.program.functions.values()) {
      for (const body of first.unit.bodies) {
        for (let operation = 0; operation < body.operationCount; operation++) {
          const kind = body.kind(operation);
          if (kind !== Op.Write && kind !== Op.AddressOf) continue;
          const field = fieldAt(body, body.a(operation));
          if (!field) continue;
          const value = kind === Op.Write && body.b(operation) !== NONE ? body.constantOf(body.b(operation)) : undefined;
          const constant = typeof value === 'boolean' ? value : undefined;
          found.set(field, found.has(field) && found.get(field) !== constant ? undefined : constant);
        }
      }
    }
    return found;
  }

  private flagsOnce: Map<object, boolean | undefined> | undefined = undefined;

  neverReturns(body: FunctionBody, call: number): boolean {
    if (body.flags(call) & (Flag.Deferred | Flag.Spawned)) return false;
    return this.calledAt(body, call)?.every((each) => !each.mayReturn) ?? false;
  }
}

/** The locks that functions take which a call is given and which the called function runs. */
function acquisitionsByGiven(body: FunctionBody, call: number, summaries: LockSummaries): readonly CalledAcquisition[] {
  const callee = body.calleeOf(call);
  const called = callee && summaries.functionOf(callee);
  if (!called || !body.list(call).some((value) => value !== NONE && body.shape(value) === Shape.Function)) return [];
  const found: CalledAcquisition[] = [];
  for (const each of parameterCallsIn(called.body, summaries)) {
    const given = givenFunction(body, body.list(call)[each.parameter] ?? NONE, summaries);
    if (!given) continue;
    for (const acquisition of summaries.locksOf(given.body)?.acquisitions ?? []) {
      const lock = given.inTerms(acquisition.lock);
      if (!lock || letsGoBefore(called.body, each, lockIdentity(lock), summaries)) continue;
      found.push({ operation: call, lock, acquisition: { ...acquisition, conditional: acquisition.conditional || isParameterCallConditional(called.body, each, summaries) } });
    }
  }
  return found;
}

/** True if a lock of a kind may be in another state when the parameter is called than when the function was. */
function letsGoBefore(body: FunctionBody, { operation, through }: ParameterCall, kind: string | undefined, summaries: LockSummaries): boolean {
  const locks = summaries.locksOf(body);
  if (!locks || locks.flows.some((flow) => lockIdentity(flow.lock) === kind && flow.before[operation] !== Hold.Before)) return true;
  return through !== undefined && letsGoBefore(through.body, through.call, kind, summaries);
}

function isParameterCallConditional(body: FunctionBody, { operation, through }: ParameterCall, summaries: LockSummaries): boolean {
  return isConditional(body, operation, summaries) || (through !== undefined && isParameterCallConditional(through.body, through.call, summaries));
}

/** The pointer field or variable that a Write assigns, or whose address is taken, unless its object is new. */
function assignedAt(body: FunctionBody, operation: number): object | undefined {
  const place = body.a(operation);
  switch (body.placeKind(place)) {
    case PlaceKind.Variable: {
      const variable = body.unit.variables[body.placeA(place)]!;
      if (variable.kind === VariableKind.Global) return variable.origin;
      return variable.writes > 1 ? variable.origin : undefined;
    }
    case PlaceKind.Field: {
      const field = body.unit.fields[body.placeB(place)]!;
      if (field.shape !== Shape.Pointer && field.shape !== Shape.Interface) return undefined;
      return isOfNewObject(body, place) ? undefined : field.origin;
    }
    default:
      return undefined;
  }
}

/** True for a place in an object that this body made. */
export function isOfNewObject(body: FunctionBody, place: number): boolean {
  const root = body.rootOf(place);
  if (body.placeKind(root) === PlaceKind.Variable) return body.unit.variables[body.placeA(root)]!.owner === body.index;
  if (body.placeKind(root) !== PlaceKind.Target) return false;
  const values = valuesOf(body);
  const pointer = values.number(body.placeA(root));
  return values.creation(pointer) !== undefined;
}

/** The closures that a function value is, if it can be nothing else. */
export function closuresOf(body: FunctionBody, value: number): readonly FunctionBody[] | undefined {
  if (value === NONE) return undefined;
  const values = valuesOf(body);
  const found: FunctionBody[] = [];
  for (const each of values.alternatives(values.number(value)) ?? []) {
    const creation = values.creation(each);
    if (creation === undefined || body.kind(creation) !== Op.Closure) return undefined;
    found.push(body.unit.bodies[body.a(creation)]!);
  }
  return found.length > 0 ? found : undefined;
}

/** The operations of a body that have a closure of it as operand. */
export function usersOfClosure(body: FunctionBody, closure: FunctionBody): readonly number[] {
  const found: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.someOperand(operation, (value) => closuresOf(body, value)?.includes(closure) === true)) found.push(operation);
  }
  return found;
}

/** The calls of functions that never return. */
function endingCalls(body: FunctionBody, summaries: LockSummaries): ReadonlySet<number> {
  const found = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Call && summaries.neverReturns(body, operation)) found.add(operation);
  }
  return found;
}

function mayReturn(body: FunctionBody, ending: (operation: number) => boolean): boolean {
  const seen = new Uint8Array(body.blockCount);
  const stack = [ENTRY];
  seen[ENTRY] = 1;
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    if (endsIn(body, block, ending)) continue;
    if (body.endOf(block) === End.Return) return true;
    for (const next of body.successors(block)) {
      if (seen[next]) continue;
      seen[next] = 1;
      stack.push(next);
    }
  }
  return false;
}

function endsIn(body: FunctionBody, block: number, ending: (operation: number) => boolean): boolean {
  for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
    if (body.kind(operation) === Op.Call && ending(operation)) return true;
  }
  return false;
}

/** Follows one lock through a body. */
class Follower {
  private readonly flow: LockFlow;
  private readonly at = new Map<number, LockEvent[]>();
  private readonly conditions: Conditions;
  private readonly entries: (Map<string, State> | undefined)[];
  private recording = false;

  constructor(private readonly body: FunctionBody, events: readonly LockEvent[], private readonly ending: (operation: number) => boolean) {
    this.flow = new LockFlow(events[0]!.lock, events, body.operationCount);
    for (const event of events) {
      const list = this.at.get(event.operation);
      if (list) list.push(event);
      else this.at.set(event.operation, [event]);
    }
    this.conditions = conditionsOf(body);
    this.entries = new Array<Map<string, State> | undefined>(body.blockCount);
  }

  run(): LockFlow {
    const { body, entries, flow } = this;
    const start: State = { hold: Hold.Before, depth: 0, by: NONE, deferred: [], passed: new Map(), vague: false };
    entries[ENTRY] = new Map([[keyOf(start), start]]);
    const graph = graphOf(body);
    // A state leads on in the same way each time it is taken through a block.
    const done: Set<State>[] = [];
    for (let round = 0, changed = true; changed; round++) {
      changed = false;
      if (round > 40) {
        flow.complete = false;
        return flow;
      }
      for (const block of graph.order) {
        const known = (done[block] ??= new Set());
        for (const state of entries[block]?.values() ?? []) {
          if (known.has(state)) continue;
          known.add(state);
          changed = this.through(block, state) || changed;
        }
      }
    }
    this.recording = true;
    for (const block of graph.order) for (const state of entries[block]?.values() ?? []) this.through(block, state);
    return flow;
  }

  /** Takes one way through a block. True if something new came to a successor. */
  private through(block: number, entry: State): boolean {
    const { body } = this;
    let states: readonly State[] = [this.enterBlock(block, entry)];
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      if (this.recording) for (const state of states) this.note(operation, state);
      states = this.after(operation, states);
      if (body.kind(operation) === Op.Call && this.ending(operation)) return false;
    }
    const end = body.endOf(block);
    if (this.recording && (end === End.Return || end === End.Panic)) {
      const last = end === End.Return ? this.returnIn(block) : NONE;
      for (const { hold, by, vague } of states) this.flow.exits.push({ operation: last, hold, by, vague });
    }
    let changed = false;
    const successors = body.successors(block);
    for (const state of states) {
      if (end !== End.Branch) for (const next of successors) changed = this.enter(next, state) || changed;
      else changed = this.branch(block, state) || changed;
    }
    return changed;
  }

  private returnIn(block: number): number {
    for (let operation = this.body.endOperation(block) - 1; operation >= this.body.firstOperation(block); operation--) if (this.body.kind(operation) === Op.Return) return operation;
    return NONE;
  }

  private note(operation: number, state: State): void {
    this.flow.before[operation]! |= state.hold;
    if (state.by === NONE || (state.hold !== Hold.Exclusive && state.hold !== Hold.Shared)) return;
    const takers = this.flow.takers.get(operation);
    if (!takers) this.flow.takers.set(operation, [state.by]);
    else if (!takers.includes(state.by)) takers.push(state.by);
  }

  private enter(block: number, state: State): boolean {
    if (this.recording) return false;
    const states = (this.entries[block] ??= new Map());
    const key = keyOf(state);
    if (states.has(key)) return false;
    if (states.size >= stateLimit) {
      const forgotten: State = { ...state, passed: new Map(), vague: true };
      const vagueKey = keyOf(forgotten);
      if (states.has(vagueKey)) return false;
      if (states.size >= stateLimit * 2) {
        this.flow.complete = false;
        return false;
      }
      states.set(vagueKey, forgotten);
      return true;
    }
    states.set(key, state);
    return true;
  }

  private branch(block: number, state: State): boolean {
    const { body } = this;
    const [whenTrue, whenFalse] = body.successors(block) as unknown as [number, number];
    const { names, negated } = this.conditions.of(body.condition(block));
    const tried = this.triedBy(body.condition(block));
    let changed = false;
    for (const outcome of [true, false]) {
      const holds = outcome !== negated;
      if (names.some((name) => state.passed.has(name) && state.passed.get(name) !== holds)) continue;
      let next = state;
      const kept = names.filter((name) => this.conditions.isRepeated(name));
      if (kept.length > 0) {
        const passed = new Map(state.passed);
        for (const name of kept) passed.set(name, holds);
        next = { ...state, passed };
      }
      if (tried && holds) {
        // TryLock fails while the lock is held.
        if (next.hold === Hold.Exclusive || (next.hold === Hold.Shared && tried.action === 'try-lock')) continue;
        const again = next.hold === Hold.Shared;
        next = { ...next, hold: tried.action === 'try-lock' ? Hold.Exclusive : Hold.Shared, depth: again ? next.depth + 1 : 1, by: again ? next.by : tried.operation };
      }
      changed = this.enter(outcome ? whenTrue : whenFalse, next) || changed;
    }
    return changed;
  }

  /** The TryLock whose answer a condition is. */
  private triedBy(condition: number): LockEvent | undefined {
    const { operation } = this.conditions.of(condition);
    if (operation === NONE) return undefined;
    return this.at.get(operation)?.find((event) => event.action === 'try-lock' || event.action === 'try-read-lock');
  }

  private enterBlock(block: number, state: State): State {
    let next = state;
    if (this.flow.lock.changes.some((each) => each.body === this.body.index && each.block === block)) next = this.renamed(next);
    return this.forget(next, this.conditions.changedInBlock(block));
  }

  private after(operation: number, states: readonly State[]): readonly State[] {
    const { body, flow } = this;
    const events = this.at.get(operation);
    const isRenamed = flow.lock.changes.some((each) => each.body === body.index && each.operation === operation);
    const forgotten = this.conditions.changedBy(operation);
    const write = this.conditions.flagWrittenAt(operation);
    const runs = body.kind(operation) === Op.RunDefers;
    if (!events && !isRenamed && !forgotten && !write && !runs) return states;
    const found: State[] = [];
    for (const state of states) {
      let next: State | undefined = state;
      for (const event of events ?? []) next = next && this.apply(event, next);
      if (runs && next) next = this.runDeferred(next);
      // The path waits for itself.
      if (!next) continue;
      if (isRenamed) next = this.renamed(next);
      next = this.forget(next, forgotten);
      found.push(write ? this.writeFlag(next, write) : next);
    }
    return found;
  }

  private renamed(state: State): State {
    if (this.recording && !state.vague && (state.hold === Hold.Exclusive || state.hold === Hold.Shared)) this.flow.lost.add(state.by);
    return { ...state, hold: Hold.Unknown, depth: 0, by: NONE, deferred: [] };
  }

  private forget(state: State, names: readonly string[] | undefined): State {
    if (!names || !names.some((name) => state.passed.has(name))) return state;
    const passed = new Map(state.passed);
    for (const name of names) passed.delete(name);
    return { ...state, passed };
  }

  private writeFlag(state: State, { name, value }: FlagWrite): State {
    if (!this.conditions.isRepeated(name) && typeof value !== 'boolean') return state;
    const passed = new Map(state.passed);
    const known = typeof value === 'boolean' ? value : value === undefined ? undefined : state.passed.get(value);
    if (known === undefined) passed.delete(name);
    else passed.set(name, known);
    return { ...state, passed };
  }

  private runDeferred(state: State): State | undefined {
    let next: State | undefined = { ...state, deferred: [] };
    for (let i = state.deferred.length - 1; i >= 0 && next; i--) {
      for (const event of this.at.get(state.deferred[i]!) ?? []) if (event.deferred) next = next && this.act(event, next);
    }
    return next;
  }

  private apply(event: LockEvent, state: State): State | undefined {
    if (!event.deferred) return this.act(event, state);
    // The same defer again, in a loop: how often it runs is not known.
    if (state.deferred.includes(event.operation)) return { ...state, hold: Hold.Unknown, depth: 0, by: NONE, deferred: [] };
    return { ...state, deferred: [...state.deferred, event.operation] };
  }

  /** Undefined if the path waits for itself. */
  private act(event: LockEvent, state: State): State | undefined {
    if (this.recording) this.flow.steps.push({ event, hold: state.hold, by: state.by, vague: state.vague });
    const by = event.operation;
    switch (event.action) {
      case 'lock':
        return state.hold === Hold.Exclusive || state.hold === Hold.Shared ? undefined : { ...state, hold: Hold.Exclusive, depth: 1, by };
      case 'read-lock':
        if (state.hold === Hold.Exclusive) return undefined;
        if (state.hold !== Hold.Shared) return { ...state, hold: Hold.Shared, depth: 1, by };
        return state.depth < depthLimit ? { ...state, depth: state.depth + 1 } : { ...state, hold: Hold.Unknown, depth: 0, by: NONE };
      case 'unlock':
        return { ...state, hold: state.hold === Hold.Shared ? Hold.Unknown : Hold.Free, depth: 0, by: state.hold === Hold.Exclusive ? by : NONE };
      case 'read-unlock':
        if (state.hold === Hold.Exclusive) return { ...state, hold: Hold.Unknown, depth: 0, by: NONE };
        return state.hold === Hold.Shared && state.depth > 1 ? { ...state, depth: state.depth - 1 } : { ...state, hold: Hold.Free, depth: 0, by: state.hold === Hold.Shared ? by : NONE };
      case 'unknown':
        return { ...state, hold: Hold.Unknown, depth: 0, by: NONE };
      default:
        return state;
    }
  }
}

function keyOf({ hold, depth, by, deferred, passed, vague }: State): string {
  return `${hold} ${depth} ${by} ${deferred.join()} ${conditionsKey(passed)} ${vague ? 1 : 0}`;
}

/** Of conditions as text; most states have those of the state before. */
const conditionKeys = new WeakMap<ReadonlyMap<string, boolean>, string>();

function conditionsKey(passed: ReadonlyMap<string, boolean>): string {
  if (passed.size === 0) return '';
  let key = conditionKeys.get(passed);
  if (key === undefined) {
    key = [...passed].map(([name, holds]) => (holds ? name : `!${name}`)).sort().join();
    conditionKeys.set(passed, key);
  }
  return key;
}

/**
 * True if an operation is reached or not depending on a flag, a number or an argument: that may be how the code knows that
 * a lock is held. Tests for nil, of errors, of lookups, of lengths and of loops are no such thing, nor are flags that are only ever set
 * to one value: a lock comes and goes.
 */
function isConditional(body: FunctionBody, operation: number, summaries: LockSummaries): boolean {
  const values = valuesOf(body);
  return conditionsAt(body, operation).some(({ condition }) => {
    const at = values.source(condition);
    const kind = body.kind(at);
    if (kind === Op.Next || kind === Op.Extract || kind === Op.Call) return false;
    if (kind === Op.Read) {
      const flag = fieldAt(body, body.a(at));
      return flag === undefined || !summaries.isSetOnce(flag);
    }
    if (kind !== Op.Compute) return true;
    if (isLength(body, body.a(at)) || isLength(body, body.b(at))) return false;
    const isComparison = body.c(at) === Operator.Equal || body.c(at) === Operator.NotEqual;
    return !isComparison || !isReference(body.shape(body.a(at)));
  });
}

function isLength(body: FunctionBody, operation: number): boolean {
  return operation !== NONE && body.kind(valuesOf(body).source(operation)) === Op.Length;
}

/** The field that a place is, by its origin. */
function fieldAt(body: FunctionBody, place: number): object | undefined {
  return body.placeKind(place) === PlaceKind.Field ? body.unit.fields[body.placeB(place)]!.origin : undefined;
}

// Conditions. ------------------------------------------------------------------------------------------------------------

interface Condition {
  /** Names of what is tested: the flag, the value. */
  readonly names: readonly string[];
  readonly negated: boolean;
  /** The operation that gave the tested value, NONE if it is none. */
  readonly operation: number;
}

interface FlagWrite {
  readonly name: string;
  /** What it is set to: a constant, another condition, or not known. */
  readonly value: boolean | string | undefined;
}

/** The conditions of a body: which branches test the same thing, and where it changes. */
class Conditions {
  private readonly known = new Map<number, Condition>();
  private readonly repeated = new Set<string>();
  private readonly byOperation = new Map<number, string[]>();
  private readonly byBlock = new Map<number, string[]>();
  private readonly flags = new Map<number, FlagWrite>();

  constructor(private readonly body: FunctionBody) {
    const counts = new Map<string, number>();
    for (const block of graphOf(body).order) {
      if (body.endOf(block) !== End.Branch) continue;
      for (const name of this.of(body.condition(block)).names) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (let operation = 0; operation < body.operationCount; operation++) {
      const write = this.flagWrite(operation, counts);
      if (!write) continue;
      this.flags.set(operation, write);
      // A flag is told apart from its first assignment on.
      counts.set(write.name, 2);
    }
    for (const [name, count] of counts) if (count > 1 && this.repeated.size < conditionLimit) this.repeated.add(name);
  }

  of(condition: number): Condition {
    let found = this.known.get(condition);
    if (!found) this.known.set(condition, (found = this.describe(condition)));
    return found;
  }

  isRepeated(name: string): boolean {
    return this.repeated.has(name);
  }

  changedBy(operation: number): readonly string[] | undefined {
    return this.byOperation.get(operation);
  }

  changedInBlock(block: number): readonly string[] | undefined {
    return this.byBlock.get(block);
  }

  flagWrittenAt(operation: number): FlagWrite | undefined {
    return this.flags.get(operation);
  }

  private describe(condition: number): Condition {
    const { body } = this;
    const values = valuesOf(body);
    let at = condition;
    let negated = false;
    while (body.kind(at) === Op.Compute && body.c(at) === Operator.Not) {
      at = body.a(at);
      negated = !negated;
    }
    const names: string[] = [];
    const flag = this.flagRead(at) ?? this.settingRead(at);
    if (flag) names.push(flag);
    const value = values.number(at);
    let name = `n${value}`;
    if (body.kind(at) === Op.Compute && (body.c(at) === Operator.Equal || body.c(at) === Operator.NotEqual)) {
      const x = values.number(body.a(at));
      const y = values.number(body.b(at));
      name = `e${Math.min(x, y)}:${Math.max(x, y)}`;
      if (body.c(at) === Operator.NotEqual) negated = !negated;
    }
    if (value !== NONE) {
      names.push(name);
      for (const change of changesOf(values, value)) this.noteChange(change, name);
    }
    const origin = values.origin(value);
    return { names, negated, operation: origin };
  }

  private noteChange({ operation, block }: Change, name: string): void {
    const table = operation === NONE ? this.byBlock : this.byOperation;
    const key = operation === NONE ? block : operation;
    const list = table.get(key);
    if (!list) table.set(key, [name]);
    else if (!list.includes(name)) list.push(name);
  }

  /** The name of a local flag that is read. */
  private flagRead(operation: number): string | undefined {
    const { body } = this;
    if (body.kind(operation) !== Op.Read || body.shape(operation) !== Shape.Boolean) return undefined;
    return this.flagOf(body.a(operation));
  }

  /** The name of a flag in an object, `options.slow`, that nothing in the function assigns: it is taken to stay as it is while the function runs. */
  private settingRead(operation: number): string | undefined {
    const { body } = this;
    if (body.kind(operation) !== Op.Read || body.shape(operation) !== Shape.Boolean || body.placeKind(body.a(operation)) !== PlaceKind.Field) return undefined;
    const path = accessPathsOf(body).ofPlaceOf(operation);
    if (!path || path.root.kind === 'value' || path.changes.length > 0 || path.steps.some((step) => step.kind === 'element') || this.assignsField(body.placeB(body.a(operation)))) return undefined;
    return `s${path.key}`;
  }

  private assignsField(field: number): boolean {
    return this.body.unit.bodies.some((each) => {
      for (let operation = 0; operation < each.operationCount; operation++) {
        if (each.kind(operation) === Op.Write && each.placeKind(each.a(operation)) === PlaceKind.Field && each.placeB(each.a(operation)) === field) return true;
      }
      return false;
    });
  }

  private flagOf(place: number): string | undefined {
    const { body } = this;
    if (body.placeKind(place) !== PlaceKind.Variable) return undefined;
    const variable = body.unit.variables[body.placeA(place)]!;
    if (variable.owner !== body.index || variable.addressTaken || variable.writtenByClosure) return undefined;
    return `f${body.placeA(place)}`;
  }

  private flagWrite(operation: number, counts: ReadonlyMap<string, number>): FlagWrite | undefined {
    const { body } = this;
    if (body.kind(operation) !== Op.Write || body.shape(operation) !== Shape.Boolean) return undefined;
    const name = this.flagOf(body.a(operation));
    if (!name || !counts.has(name)) return undefined;
    const value = body.b(operation);
    if (value === NONE) return { name, value: undefined };
    if (body.kind(value) === Op.Zero) return { name, value: false };
    const constant = body.constantOf(value);
    if (typeof constant === 'boolean') return { name, value: constant };
    const { names, negated } = this.of(value);
    return { name, value: negated ? undefined : names.at(-1) };
  }
}

const knownConditions = new BodyFacts<Conditions>();

function conditionsOf(body: FunctionBody): Conditions {
  let conditions = knownConditions.get(body);
  if (!conditions) knownConditions.set(body, (conditions = new Conditions(body)));
  return conditions;
}

// Summaries. ---------------------------------------------------------------------------------------------------------------

/** How a body leaves a lock at its returns. */
function changeOf(flow: LockFlow): readonly LockChange[] {
  if (!flow.complete) return [{ lock: flow.lock, action: 'unknown' }];
  let holds = 0;
  for (const exit of flow.exits) if (exit.operation !== NONE) holds |= exit.hold;
  const letsGo = flow.steps.some(({ event, hold }) => hold === Hold.Before && (event.action === 'unlock' || event.action === 'read-unlock'));
  // Released and taken again: for the caller it is as before.
  if (letsGo && (holds & ~Hold.Before) !== 0 && (holds & ~(Hold.Before | Hold.Exclusive | Hold.Shared)) === 0) return [];
  switch (holds) {
    case 0:
    case Hold.Before:
      return [];
    case Hold.Exclusive:
      return [{ lock: flow.lock, action: 'lock' }];
    case Hold.Shared:
      return [{ lock: flow.lock, action: 'read-lock' }];
    default: {
      // Free means balanced if it was taken here each time.
      const wasReleased = flow.steps.some(({ event, hold }) => (hold === Hold.Before || hold === Hold.Unknown) && (event.action === 'unlock' || event.action === 'read-unlock'));
      if (!wasReleased) return (holds & ~(Hold.Free | Hold.Before)) === 0 ? [] : [{ lock: flow.lock, action: 'unknown' }];
      if (holds !== Hold.Free) return [{ lock: flow.lock, action: 'unknown' }];
      const isOnlyShared = flow.steps.every(({ event }) => event.action !== 'unlock');
      return relocks(flow) ? [{ lock: flow.lock, action: 'unknown' }] : [{ lock: flow.lock, action: isOnlyShared ? 'read-unlock' : 'unlock' }];
    }
  }
}

/** True if the lock is taken at some place too: what is released at the end may be that. */
function relocks(flow: LockFlow): boolean {
  return flow.steps.some(({ event }) => event.action === 'lock' || event.action === 'read-lock' || event.action.startsWith('try'));
}

/** Tells kinds of locks apart: the field of a type, or the variable of package level. Undefined for local ones. */
export function lockIdentity(path: AccessPath): string | undefined {
  for (let index = path.steps.length - 1; index >= 0; index--) if (path.steps[index]!.kind === 'field') return path.steps[index]!.key;
  return path.root.kind === 'global' ? path.root.key : undefined;
}

const knownSummaries = new WeakMap<Program, LockSummaries>();

/** The locks of a program, shared by all who ask. */
export function lockSummariesOf(program: Program): LockSummaries {
  let summaries = knownSummaries.get(program);
  if (!summaries) knownSummaries.set(program, (summaries = new LockSummaries(program)));
  return summaries;
}
