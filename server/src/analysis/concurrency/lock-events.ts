// What the operations of a body do to locks: taken and released directly, through functions that take or release them for
// their caller, or handed to code that may do either.

import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import { accessPathsOf, extendedPath, isOfVisitedElement } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import type { BodyLocks, LockSummaries } from './lock-state.ts';

export type LockAction =
  | 'lock'
  | 'read-lock'
  | 'unlock'
  | 'read-unlock'
  /** Taken if the call answers true. */
  | 'try-lock'
  | 'try-read-lock'
  /** Whether it is held afterwards is not known. */
  | 'unknown'
  /** The path names another lock from here on. */
  | 'renamed';

export interface LockEvent {
  readonly operation: number;
  readonly lock: AccessPath;
  readonly action: LockAction;
  /** It happens at the exits. */
  readonly deferred: boolean;
  /** The function that does it for its caller; undefined if the operation is the call of the lock's method. */
  readonly through: BodyLocks | undefined;
}

const actions: Partial<Record<Role, LockAction>> = {
  [Role.Lock]: 'lock',
  [Role.ReadLock]: 'read-lock',
  [Role.Unlock]: 'unlock',
  [Role.ReadUnlock]: 'read-unlock',
  [Role.TryLock]: 'try-lock',
  [Role.TryReadLock]: 'try-read-lock',
};

/** What is done to a lock by way of the lock that reads it. */
const forReading: Partial<Record<LockAction, LockAction>> = { lock: 'read-lock', unlock: 'read-unlock', 'try-lock': 'try-read-lock' };

/** True for the lock that takes another one for reading: `c.mu.RLocker()`. */
export function isReadLocker(body: FunctionBody, value: number): boolean {
  const values = valuesOf(body);
  const origin = value === NONE ? NONE : values.origin(values.number(value));
  return origin !== NONE && body.kind(origin) === Op.Call && body.calleeOf(origin)?.role === Role.ReadLocker;
}

export function isLockRole(role: Role): boolean {
  return actions[role] !== undefined;
}

/** The events of a body by operation, in order. */
export function lockEventsOf(body: FunctionBody, summaries: LockSummaries): readonly LockEvent[] {
  const events: LockEvent[] = [];
  const graph = graphOf(body);
  for (const block of graph.order) {
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      if (body.kind(operation) === Op.Call) callEvents(body, operation, summaries, events);
      else handedOn(body, operation, events, summaries);
    }
  }
  return events.sort((a, b) => a.operation - b.operation);
}

function callEvents(body: FunctionBody, operation: number, summaries: LockSummaries, events: LockEvent[]): void {
  const callee = body.calleeOf(operation);
  const deferred = body.has(operation, Flag.Deferred);
  const spawned = body.has(operation, Flag.Spawned);
  const [first = NONE] = body.list(operation);
  const role = callee && actions[callee.role];
  const action = role && isReadLocker(body, first) ? (forReading[role] ?? role) : role;
  if (action) {
    const lock = accessPathsOf(body).ofTarget(first) ?? valueOfLocker(body, operation);
    if (lock) events.push({ operation, lock, action: spawned ? 'unknown' : action, deferred, through: undefined });
    return;
  }
  const called = summaries.calledAt(body, operation);
  for (const each of called ?? []) {
    for (const change of each.changes) {
      const lock = inTermsOf(body, operation, each.body, change.lock);
      const { root } = change.lock;
      const isForReading = root.kind === 'parameter' && isReadLocker(body, body.list(operation)[root.index] ?? NONE);
      if (lock) events.push({ operation, lock, action: spawned ? 'unknown' : isForReading ? (forReading[change.action] ?? change.action) : change.action, deferred, through: each });
    }
  }
  handedOn(body, operation, events, summaries);
}

/** Of a sync.Locker the value itself is all that is known. */
function valueOfLocker(body: FunctionBody, operation: number): AccessPath | undefined {
  return accessPathsOf(body).ofValue(body.list(operation)[0] ?? NONE);
}

/** Lock methods as values (`defer release(mu.Unlock)`), closures that lock, and addresses of locks, given to other code. */
function handedOn(body: FunctionBody, operation: number, events: LockEvent[], summaries: LockSummaries): void {
  switch (body.kind(operation)) {
    case Op.FunctionValue: {
      const role = body.calleeOf(operation)?.role ?? Role.None;
      const lock = actions[role] && body.b(operation) !== NONE ? accessPathsOf(body).ofTarget(body.b(operation)) : undefined;
      if (lock) events.push({ operation, lock, action: 'unknown', deferred: false, through: undefined });
      return;
    }
    case Op.Call:
    case Op.Return:
    case Op.Write:
    case Op.Send:
    case Op.Aggregate:
    case Op.Make:
    case Op.Opaque:
      break;
    default:
      return;
  }
  const values = valuesOf(body);
  const called = body.kind(operation) === Op.Call ? body.b(operation) : NONE;
  body.forEachOperand(operation, (value) => {
    if (value === called) return;
    for (const each of values.alternatives(values.number(value)) ?? []) {
      const creation = values.creation(each);
      if (creation === undefined || body.kind(creation) !== Op.Closure) continue;
      const closure = summaries.locksOf(body.unit.bodies[body.a(creation)]!);
      for (const change of closure?.changes ?? []) events.push({ operation, lock: change.lock, action: 'unknown', deferred: false, through: undefined });
    }
  });
}

/** A path of a called body as the caller knows it: of `p0 * .mu` the field of what argument 0 points to. */
export function inTermsOf(body: FunctionBody, call: number, callee: FunctionBody, path: AccessPath): AccessPath | undefined {
  const { root, steps } = path;
  if (root.kind === 'global') return path;
  const sameUnit = callee.unit === body.unit;
  if (root.kind !== 'parameter' || (sameUnit && root.body !== callee.index)) return sameUnit ? path : undefined;
  if (!sameUnit && root.body !== 0) return undefined;
  if (isOfVisitedElement(steps)) return undefined;
  const argument = body.list(call)[root.index] ?? NONE;
  const [first, ...rest] = steps;
  const paths = accessPathsOf(body);
  if (!first) return paths.ofValue(argument);
  // A record passed by value is a copy: locks in it are not the caller's.
  if (first.kind !== 'target') return undefined;
  const base = paths.ofTarget(argument);
  return base && extendedPath(base, rest, path.loads);
}
