// `mu.Lock(); mu.Unlock()` with nothing in between, before code that uses what stands beside the lock: a forgotten defer.

import { graphOf } from '../graph.ts';
import { runsOtherCode } from '../slots.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { expectsLock, guardsOf } from './guards.ts';
import type { LockEvent } from './lock-events.ts';
import { lockIdentity } from './lock-state.ts';
import type { BodyLocks } from './lock-state.ts';
import { isWriting, sharedAccessesIn } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';

export interface EmptySection {
  readonly lock: LockEvent;
  readonly unlock: LockEvent;
  /** A use of something beside the lock that comes later, without any lock. */
  readonly use: number;
  readonly field: string;
  /** False if what follows only reads: an empty section may also wait until others are done. */
  readonly isCertain: boolean;
}

export function emptySectionsOf(program: Program, body: FunctionBody, locks: BodyLocks): readonly EmptySection[] {
  const found: EmptySection[] = [];
  const graph = graphOf(body);
  for (const flow of locks.flows) {
    const direct = flow.events.filter((event) => !event.through);
    if (flow.events.length !== 2 || direct.length !== 2) continue;
    const [lock, unlock] = direct as [LockEvent, LockEvent];
    if (!isPair(lock, unlock) || graph.blockOf(lock.operation) !== graph.blockOf(unlock.operation)) continue;
    // Between the two there is only the lock's own place.
    if (!isEmptyBetween(body, lock.operation, unlock.operation)) continue;
    const use = useBeside(program, body, locks, flow.lock, lock.operation, unlock.operation);
    if (use) found.push({ lock, unlock, ...use, isCertain: body.kind(use.use) === Op.Write });
  }
  return found;
}

function isPair(lock: LockEvent, unlock: LockEvent): boolean {
  if (lock.deferred || unlock.deferred) return false;
  return (lock.action === 'lock' && unlock.action === 'unlock') || (lock.action === 'read-lock' && unlock.action === 'read-unlock');
}

function isEmptyBetween(body: FunctionBody, from: number, to: number): boolean {
  for (let operation = from + 1; operation < to; operation++) if (body.start(operation) < body.start(to)) return false;
  return true;
}

/** A use of a field that changes, of the object that the lock is a field of, after an operation, while no lock is held. */
function useBeside(program: Program, body: FunctionBody, locks: BodyLocks, lock: AccessPath, before: number, after: number): { readonly use: number; readonly field: string } | undefined {
  const depth = lock.steps.length - 1;
  if (lock.steps[depth]?.kind !== 'field') return undefined;
  const paths = accessPathsOf(body);
  const isFirst = isNothingDoneBefore(body, before);
  const guarded = new Map<string, boolean>();
  let use: { use: number; field: string } | undefined;
  for (let operation = after + 1; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    // Waiting in between: the section was a barrier.
    if (kind === Op.Receive || kind === Op.Send || (kind === Op.Next && body.shape(body.a(operation)) === Shape.Channel)) return undefined;
    if (kind === Op.Call && body.calleeOf(operation)?.role === Role.ConditionWait) return undefined;
    if (use || (kind !== Op.Write && kind !== Op.Read) || locks.heldAt(operation).length > 0) continue;
    const path = paths.ofPlaceOf(operation);
    const step = path?.steps[depth];
    if (!path || !step || step.kind !== 'field' || path.root.key !== lock.root.key) continue;
    if (path.steps.slice(0, depth).some((each, index) => each.key !== lock.steps[index]!.key)) continue;
    // What nobody changes under the lock is not what it is for: the section waits until others are done.
    if (!guarded.has(step.key)) guarded.set(step.key, isChanged(program, step.key, lock, body) || (isFirst && isReadAlone(program, step.key, lock, body)));
    if (!guarded.get(step.key)) continue;
    use = { use: operation, field: step.name };
  }
  return use && use.use !== NONE ? use : undefined;
}

/** Who has done nothing yet has told nobody anything that the section could wait for. */
function isNothingDoneBefore(body: FunctionBody, end: number): boolean {
  for (let operation = 0; operation < end; operation++) if (isWriteToOthers(body, operation) || runsOtherCode(body, operation)) return false;
  return true;
}

/** True for a write to anything but a variable of the function. */
function isWriteToOthers(body: FunctionBody, operation: number): boolean {
  if (body.kind(operation) !== Op.Write) return false;
  const variable = body.variableOf(body.a(operation));
  return variable === NONE || body.unit.variables[variable]!.owner < 0;
}

/** True if others look at a field where they hold the lock for themselves: a lock that they share keeps away only who changes something. */
function isReadAlone(program: Program, member: string, lock: AccessPath, own: FunctionBody): boolean {
  const { contexts } = guardsOf(program);
  const kind = lockIdentity(lock);
  return isAccessed(program, member, ({ body, operation }) => body !== own && contexts.heldIn(body, operation).some((around) => around.mode === 'exclusive' && lockIdentity(around.lock) === kind));
}

/** True if something changes a field of an object that it did not make, in the body itself or where the lock is held, or another lock of a caller. */
function isChanged(program: Program, member: string, lock: AccessPath, own: FunctionBody): boolean {
  const { contexts } = guardsOf(program);
  const kind = lockIdentity(lock);
  return isAccessed(program, member, (access, function_) => {
    const { body, operation } = access;
    if (!isWriting(access)) return false;
    if (body === own || contexts.heldIn(body, operation).some((around) => lockIdentity(around.lock) === kind)) return true;
    return expectsLock(function_) || contexts.of(function_).some(({ held }) => held.length > 0);
  });
}

/** True if some access of a member is as asked for. */
function isAccessed(program: Program, member: string, isIt: (access: SharedAccess, function_: ProgramFunction) => boolean): boolean {
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) if (sharedAccessesIn(body).some((access) => access.member === member && isIt(access, each))) return true;
  }
  return false;
}
