// Locks taken again by the task that holds them, and released without being held.

import type { FunctionBody } from '../../model/function-body.ts';
import { NONE } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
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
    if (!flow.complete) continue;
    for (const event of flow.events) {
      const double = directDouble(flow, event, summaries, locked);
      if (double) found.push(double);
    }
  }
  for (const { operation, lock, acquisition } of locks.acquisitionsThrough(summaries)) {
    const flow = locks.flowOf(lock);
    if (!flow || acquisition.conditional || !flow.isHeldAt(operation)) continue;
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
