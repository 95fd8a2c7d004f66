// Locks that stay locked where they should not: at a return, although another path releases them, or at the next round of a
// loop.

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf, valueRootOf } from './access-paths.ts';
import { Hold, lockIdentity, lockSummariesOf, usersOfClosure } from './lock-state.ts';
import type { LockEvent } from './lock-events.ts';
import type { LockExit, LockFlow, LockSummaries } from './lock-state.ts';

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

/** True if another function of the unit, which may run at any time, releases a lock that it has not taken: a timer's callback. */
export function isReleasedBeside(program: Program, body: FunctionBody, { lock }: LockFlow): boolean {
  const summaries = lockSummariesOf(program);
  return body.unit.bodies.some((other) => {
    if (other === body) return false;
    const flow = summaries.locksOf(other)?.flowOf(lock);
    return flow !== undefined && releasesWithoutTaking(flow) && !runsWithin(summaries, other, body);
  });
}

/** True for a closure that runs only where a function calls or defers it: what it does to locks is seen there. */
function runsWithin(summaries: LockSummaries, closure: FunctionBody, body: FunctionBody): boolean {
  if (closure.parent === NONE) return false;
  const parent = body.unit.bodies[closure.parent]!;
  const isCalled = usersOfClosure(parent, closure).every((operation) => {
    if (parent.kind(operation) === Op.Write) return isOwnVariable(parent, parent.a(operation));
    return parent.kind(operation) === Op.Call && !parent.has(operation, Flag.Spawned) && summaries.bodiesCalledAt(parent, operation)?.includes(closure) === true;
  });
  return isCalled && (parent === body || runsWithin(summaries, parent, body));
}

/** True for a variable that only the body itself uses: what is put into it is followed. */
function isOwnVariable(body: FunctionBody, place: number): boolean {
  if (body.placeKind(place) !== PlaceKind.Variable) return false;
  const variable = body.unit.variables[body.placeA(place)]!;
  return variable.owner === body.index && !variable.captured && !variable.addressTaken;
}

/** The returns at which a lock is still held that the body took and that another path releases, one for each return. */
export function leakedReturns(function_: ProgramFunction, body: FunctionBody, flow: LockFlow, releasedElsewhere: ReadonlySet<string>): readonly LockExit[] {
  if (body.index === 0 && takesByName(function_.name)) return [];
  const identity = lockIdentity(flow.lock);
  if (identity !== undefined && releasedElsewhere.has(identity)) return [];
  if (isCarriedOn(body, flow) || isGivenAway(body, flow)) return [];
  const released = takersReleased(flow);
  const again = new Set(lockedAgain(body, flow, releasedElsewhere).map((each) => each.operation));
  const found = new Map<number, LockExit>();
  for (const exit of flow.exits) {
    if (again.has(exit.by)) continue;
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

/** True if the lock's address goes into a result, a variable or a new object: who gets it may release it. */
function isGivenAway(body: FunctionBody, { lock }: LockFlow): boolean {
  const paths = accessPathsOf(body);
  const addresses = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.AddressOf && paths.ofPlaceOf(operation)?.key === lock.key) addresses.add(operation);
  }
  if (addresses.size === 0) return false;
  for (let operation = 0; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if (kind !== Op.Return && kind !== Op.Write && kind !== Op.Send && kind !== Op.Aggregate && kind !== Op.Make) continue;
    if (body.someOperand(operation, (value) => addresses.has(value))) return true;
  }
  return false;
}

/**
 * True if the lock's object goes on under another name: it is put into a variable that is assigned several times, as when
 * a list is walked with two locks. Whoever holds it then is not told apart.
 */
function isCarriedOn(body: FunctionBody, { lock }: LockFlow): boolean {
  const from = valueRootOf(lock);
  if (!from) return lock.loads.length > 0 && body.loops.length > 0;
  const values = valuesOf(body);
  if (values.choices.has(from.value) || lock.loads.length > 0) return true;
  // Joins of variables that nobody reads afterwards do not count.
  const read = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Read) read.add(values.number(operation));
  for (const [join, choices] of values.choices) if (choices.includes(from.value) && read.has(join)) return true;
  return false;
}

/**
 * `defer mu.Lock()` in a function that does nothing else with the lock, and nobody else releases what he has not taken: who let go of
 * it for a while would take it back in this way.
 */
export function lockedAtEnd({ name }: ProgramFunction, body: FunctionBody, flow: LockFlow, releasedElsewhere: ReadonlySet<string>): readonly LockEvent[] {
  const identity = lockIdentity(flow.lock);
  if (body.index !== 0 || takesByName(name) || identity === undefined || releasedElsewhere.has(identity) || isGivenAway(body, flow)) return [];
  if (flow.events.some(({ deferred, action, through }) => !deferred || through !== undefined || (action !== 'lock' && action !== 'read-lock'))) return [];
  return flow.steps.some(({ hold }) => hold !== Hold.Before) ? [] : flow.events;
}

/** Events that take a lock which the round of the loop before still holds, because one path of the round does not release it. */
export function lockedAgain(body: FunctionBody, flow: LockFlow, releasedElsewhere: ReadonlySet<string>): readonly LockEvent[] {
  const identity = lockIdentity(flow.lock);
  if (identity !== undefined && releasedElsewhere.has(identity)) return [];
  if (isCarriedOn(body, flow)) return [];
  const released = takersReleased(flow);
  const found = new Set<LockEvent>();
  for (const { event, hold, by, vague } of flow.steps) {
    if (!vague && event.action === 'lock' && hold === Hold.Exclusive && by === event.operation && released.has(by)) found.add(event);
  }
  for (const event of flow.events) if (flow.lost.has(event.operation) && released.has(event.operation)) found.add(event);
  return [...found];
}
