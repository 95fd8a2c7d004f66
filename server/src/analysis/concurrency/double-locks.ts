// Locks taken again by the task that holds them, and released without being held.

import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import type { AccessPath } from './access-paths.ts';
import { expectsLock, guardsOf } from './guards.ts';
import type { LockEvent } from './lock-events.ts';
import { Hold, lockIdentity, lockSummariesOf } from './lock-state.ts';
import type { Acquisition, BodyLocks, LockFlow, LockSummaries } from './lock-state.ts';

export interface DoubleLock {
  readonly kind:
    | 'lock'
    /** Held for reading, taken for writing. */
    | 'upgrade'
    /** Held for writing, taken for reading. */
    | 'downgrade'
    /** Held for reading, taken for reading. */
    | 'read-again'
    /** Released while free. */
    | 'unlock';
  readonly flow: LockFlow;
  readonly operation: number;
  /** Where it was taken before; of `unlock`: where it was released. */
  readonly before: number;
  /** Where the called function takes it, innermost last; empty if the operation does. */
  readonly chain: readonly Acquisition[];
}

/** @param locked the kinds of locks that somebody takes for writing */
export function doubleLocksIn(body: FunctionBody, locks: BodyLocks, summaries: LockSummaries, locked: ReadonlySet<string>): readonly DoubleLock[] {
  const found: DoubleLock[] = [];
  for (const flow of locks.flows) {
    if (!flow.complete || mayBeOpenedElsewhere(body, flow)) continue;
    for (const event of flow.events) {
      const double = directDouble(flow, event, summaries, locked);
      if (double) found.push(double);
    }
  }
  for (const { operation, lock, acquisition } of locks.acquisitionsThrough(summaries)) {
    const flow = locks.flowOf(lock);
    if (!flow || acquisition.conditional || !flow.isHeldAt(operation) || mayBeOpenedElsewhere(body, flow)) continue;
    // A function that leaves the lock taken is an event of its own.
    if (found.some((each) => each.operation === operation && each.flow === flow)) continue;
    const [before] = flow.takenBy(operation);
    const kind = kindOf(flow.before[operation]!, acquisition.mode);
    if (before === undefined || !kind || !isSame(flow, summaries) || !summaries.isStable(lock)) continue;
    if (kind === 'read-again' && !isLockedSomewhere(flow, locked)) continue;
    found.push({ kind, flow, operation, before, chain: chainOf(acquisition) });
  }
  return found;
}

/**
 * True if a function value that releases the lock, or does not say, went somewhere: whoever has it may release the lock at any time.
 *
 *	unlock := unlockOnce(&s.mu); s.mu.Lock(); unlock(); s.mu.Lock()
 */
function mayBeOpenedElsewhere(body: FunctionBody, { events }: LockFlow): boolean {
  return events.some(({ action, through, operation }) => action === 'unknown' && (through === undefined ? body.kind(operation) === Op.FunctionValue : body.shape(operation) === Shape.Function));
}

function directDouble(flow: LockFlow, event: LockEvent, summaries: LockSummaries, locked: ReadonlySet<string>): DoubleLock | undefined {
  const steps = flow.steps.filter((step) => step.event === event);
  const [first] = steps;
  if (!first || event.deferred && event.action !== 'unlock' && event.action !== 'read-unlock') return undefined;
  if (event.action === 'unlock' || event.action === 'read-unlock') {
    const again = steps.find((step) => step.hold === Hold.Free && !step.vague && step.by !== NONE);
    if (!again || event.through || !isSame(flow, summaries)) return undefined;
    const isDeferred = event.deferred;
    return { kind: 'unlock', flow, operation: isDeferred ? again.by : event.operation, before: isDeferred ? event.operation : again.by, chain: [] };
  }
  if (event.action !== 'lock' && event.action !== 'read-lock') return undefined;
  // Every path comes here with the lock held, and not from this very operation.
  let holds = 0;
  for (const { hold, by, vague } of steps) {
    if (vague || by === NONE || by === event.operation) return undefined;
    holds |= hold;
  }
  const kind = kindOf(holds, event.action === 'lock' ? 'exclusive' : 'shared');
  if (!kind || !isSame(flow, summaries)) return undefined;
  if (kind === 'read-again' && !isLockedSomewhere(flow, locked)) return undefined;
  const chain = event.through?.acquisitions.filter((each) => lockIdentity(each.lock) === lockIdentity(flow.lock)) ?? [];
  return { kind, flow, operation: event.operation, before: first.by, chain: chain.slice(0, 1).flatMap((each) => chainOf(each)) };
}

function kindOf(holds: number, mode: Acquisition['mode']): DoubleLock['kind'] | undefined {
  if (holds === Hold.Exclusive) return mode === 'exclusive' ? 'lock' : 'downgrade';
  if (holds === Hold.Shared) return mode === 'exclusive' ? 'upgrade' : 'read-again';
  return undefined;
}

function isSame(flow: LockFlow, summaries: LockSummaries): boolean {
  return flow.lock.loads.length === 0 || summaries.isStable(flow.lock);
}

function isLockedSomewhere(flow: LockFlow, locked: ReadonlySet<string>): boolean {
  const identity = lockIdentity(flow.lock);
  return identity !== undefined && locked.has(identity);
}

function chainOf(acquisition: Acquisition): readonly Acquisition[] {
  const chain: Acquisition[] = [];
  for (let at: Acquisition | undefined = acquisition; at && chain.length < 8; at = at.through) chain.push(at);
  return chain;
}

/** The kinds of locks that some function of the program takes for writing. */
export function lockedForWriting(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  const summaries = lockSummariesOf(program);
  for (const { body: first } of program.functions.values()) {
    for (const body of first.unit.bodies) {
      for (const flow of summaries.locksOf(body)?.flows ?? []) {
        const identity = lockIdentity(flow.lock);
        if (identity !== undefined && flow.events.some((event) => event.action === 'lock' || event.action === 'try-lock')) found.add(identity);
      }
    }
  }
  return found;
}

export interface NeverTaken {
  readonly flow: LockFlow;
  readonly event: LockEvent;
}

/**
 * What a function unlocks that neither it nor a caller has locked: no function of the package leaves a lock of this kind to its callers, and
 * those of the package that call this one hold none.
 * @param isSeen true for locks that only the package can take
 */
export function unlockedWithoutLock(program: Program, function_: ProgramFunction, locks: BodyLocks, isSeen: (lock: AccessPath) => boolean): readonly NeverTaken[] {
  const { contexts } = guardsOf(program);
  const ways = contexts.of(function_);
  if (function_.isTest || expectsLock(function_) || contexts.isUnclear(function_) || ways.length === 0 || ways.some((way) => way.isUnclear || (way.site && way.site.body.has(way.site.operation, Flag.Spawned)))) return [];
  const held = new Set(ways.flatMap((way) => way.held.map(({ lock, global }) => (global ? lockIdentity(global) : lock.findLast((step) => step.kind === 'field')?.key))));
  return locks.flows.flatMap((flow) => {
    const kind = lockIdentity(flow.lock);
    if (kind === undefined || !flow.complete || held.has(kind) || !isSeen(flow.lock) || leftTaken(program).has(kind)) return [];
    const event = flow.events.find(({ action, through, operation }) => (action === 'unlock' || action === 'read-unlock') && !through && flow.steps.some((step) => step.event.operation === operation && step.hold === Hold.Before && !step.vague));
    return event && flow.events.every(({ action }) => action !== 'unknown' && action !== 'renamed') ? [{ flow, event }] : [];
  });
}

const knownLeft = new WeakMap<Program, ReadonlySet<string>>();

/** The kinds of locks that some function leaves taken, or perhaps taken, for its caller, or whose address goes where it is not followed. */
function leftTaken(program: Program): ReadonlySet<string> {
  let found = knownLeft.get(program);
  if (!found) knownLeft.set(program, (found = findLeft(program)));
  return found;
}

function findLeft(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  const summaries = lockSummariesOf(program);
  for (const { body: first } of program.functions.values()) {
    for (const body of first.unit.bodies) {
      for (const flow of summaries.locksOf(body)?.flows ?? []) {
        const kind = lockIdentity(flow.lock);
        const isLeft = flow.exits.some(({ hold }) => (hold & (Hold.Exclusive | Hold.Shared | Hold.Unknown)) !== 0) || flow.events.some(({ action, through }) => action === 'unknown' && !through);
        if (kind !== undefined && (isLeft || !flow.complete)) found.add(kind);
      }
    }
  }
  return found;
}
