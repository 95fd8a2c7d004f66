// Locks that stay locked where they should not: at a return, although another path releases them, or at the next round of a
// loop.

import type { FunctionBody } from '../../model/function-body.ts';
import { NONE } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { Hold, lockIdentity, lockSummariesOf } from './lock-state.ts';
import type { LockExit, LockFlow, LockStep } from './lock-state.ts';

/**
 * The locks (by identity) that some function releases without having taken them: whoever takes one and returns may mean
 * that function to release it.
 */
export function locksReleasedElsewhere(program: Program): ReadonlySet<string> {
  const found = new Set<string>();
  const summaries = lockSummariesOf(program);
  for (const { body: first } of program.functions.values()) {
    for (const body of first.unit.bodies) {
      for (const flow of summaries.locksOf(body)?.flows ?? []) {
        const identity = lockIdentity(flow.lock);
        // What a closure releases, the function around it knows.
        if (identity !== undefined && body.index === 0 && releasesWithoutTaking(flow)) found.add(identity);
      }
    }
  }
  return found;
}

function releasesWithoutTaking(flow: LockFlow): boolean {
  if (!flow.complete) return true;
  return flow.steps.some(({ event, hold }) => isRelease(event.action) && (hold === Hold.Before || hold === Hold.Unknown) && !event.through);
}

function isRelease(action: string): boolean {
  return action === 'unlock' || action === 'read-unlock';
}

/** The returns at which a lock is still held that the body took and that another path releases, one for each return. */
export function leakedReturns(function_: ProgramFunction, body: FunctionBody, flow: LockFlow, releasedElsewhere: ReadonlySet<string>): readonly LockExit[] {
  if (body.index === 0 && takesByName(function_.name)) return [];
  const identity = lockIdentity(flow.lock);
  if (identity !== undefined && releasedElsewhere.has(identity)) return [];
  const released = takersReleased(flow);
  const found = new Map<number, LockExit>();
  for (const exit of flow.exits) {
    if (exit.operation === NONE || exit.vague || !isHeld(exit.hold) || !released.has(exit.by)) continue;
    if (!found.has(exit.operation)) found.set(exit.operation, exit);
  }
  return [...found.values()];
}

/** The operations whose lock some path releases. */
function takersReleased(flow: LockFlow): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { event, hold, by } of flow.steps) if (isRelease(event.action) && isHeld(hold) && by !== NONE) found.add(by);
  return found;
}

function isHeld(hold: Hold): boolean {
  return hold === Hold.Exclusive || hold === Hold.Shared;
}

/** Functions that say by their name that they return with a lock held. */
function takesByName(name: string): boolean {
  return /^(try_?)?(r|w)?_?(lock|acquire)/i.test(name);
}

/** Where a loop takes a lock that it still holds from the round before, because one path of the round does not release it. */
export function lockedAgain(flow: LockFlow, releasedElsewhere: ReadonlySet<string>): readonly LockStep[] {
  const identity = lockIdentity(flow.lock);
  if (identity !== undefined && releasedElsewhere.has(identity)) return [];
  const released = takersReleased(flow);
  const found = new Map<number, LockStep>();
  for (const step of flow.steps) {
    const { event, hold, by, vague } = step;
    if (vague || event.action !== 'lock' || hold !== Hold.Exclusive || by !== event.operation || !released.has(by)) continue;
    if (!found.has(by)) found.set(by, step);
  }
  return [...found.values()];
}
