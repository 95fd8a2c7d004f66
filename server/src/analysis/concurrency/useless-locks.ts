// Locks that are held, but keep nobody away: they are new in each call, or the goroutine that took them is not the
// one that does the work.

import type { FunctionBody } from '../../model/function-body.ts';
import { VariableKind } from '../../model/objects.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import type { LockFlow } from './lock-state.ts';
import { guardOf, isContainerMember, isProven, spawnerLock, waitsWhileHeld } from './guard-faults.ts';
import type { Guard } from './guard-faults.ts';
import { expectsLock, guardsOf, partsOf } from './guards.ts';
import type { Guards, LocatedAccess, Member } from './guards.ts';
import { racesIn } from './races.ts';
import type { Race } from './races.ts';
import { isOnlyLocked } from './own-locks.ts';
import { isWriting, sharedAccessesIn } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';
import { isTakenForTask } from './taken-over.ts';

export interface UselessLock {
  readonly kind:
    /** Declared in the function: every call has its own. */
    | 'local'
    /** Another lock guards the member. */
    | 'other'
    /** The only other use that matters holds a lock of the member's own object. */
    | 'disjoint'
    /** The function that started the goroutine holds it. */
    | 'spawner';
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly flow: LockFlow;
  readonly heldBy: number;
  readonly access: SharedAccess;
  readonly member: Member | undefined;
  readonly guard: Guard | undefined;
  readonly other: LocatedAccess | undefined;
}

export function uselessLocksIn(program: Program): readonly UselessLock[] {
  return [...ownLocks(program), ...otherLocks(program), ...disjointLocks(program)];
}

/** A lock that each instance of a task makes for itself, and what all of them use under it. */
export interface InstanceLock {
  readonly race: Race;
  readonly flow: LockFlow;
  readonly heldBy: number;
}

/** `go func() { var mu sync.Mutex; mu.Lock(); counts[word]++; mu.Unlock() }()` */
export function instanceLocksIn(program: Program): readonly InstanceLock[] {
  const { summaries } = guardsOf(program).contexts;
  return racesIn(program).flatMap((race) => {
    const { activation: { body }, operation } = race.first;
    const [flow, ...others] = race.haveOwnLocks ? (summaries.locksOf(body)?.heldAt(operation) ?? []) : [];
    const [heldBy] = flow && others.length === 0 ? flow.takenBy(operation) : [];
    return flow && heldBy !== undefined ? [{ race, flow, heldBy }] : [];
  });
}

/** Locks that are new in each call. */
function ownLocks(program: Program): readonly UselessLock[] {
  const found: UselessLock[] = [];
  const { summaries } = guardsOf(program).contexts;
  for (const each of program.functions.values()) {
    if (each.isTest || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      const locks = summaries.locksOf(body);
      for (const flow of locks?.flows ?? []) {
        const kind = ownKind(body, flow);
        if (!kind) continue;
        const access = sharedAccessesIn(body).find((one) => isWriting(one) && flow.isHeldAt(one.operation) && locks!.heldAt(one.operation).length === 1 && isReal(one, flow));
        const [heldBy] = access ? flow.takenBy(access.operation) : [];
        if (access && heldBy !== undefined) found.push({ kind, function: each, body, flow, heldBy, access, member: undefined, guard: undefined, other: undefined });
      }
    }
  }
  return found;
}

function ownKind(body: FunctionBody, { lock }: LockFlow): UselessLock['kind'] | undefined {
  if (lock.root.kind === 'variable' && lock.steps.every((step) => step.kind === 'field')) {
    const variable = body.unit.variables[lock.root.index]!;
    if (variable.owner !== body.index) return undefined;
    // A parameter is a copy, which is another defect.
    if (variable.kind === VariableKind.Receiver || variable.kind === VariableKind.Parameter) return undefined;
    return !variable.captured && isOnlyLocked(body, lock.root.index) ? 'local' : undefined;
  }
  return undefined;
}

/** Not a part of the very object that is copied. */
function isReal({ path }: SharedAccess, { lock }: LockFlow): boolean {
  return path.root.key !== lock.root.key || path.steps.some((step) => step.kind === 'target' || step.name === '[]') || path.root.kind === 'global';
}

/** Accesses without their guard, while something else is locked, here or by who started the goroutine. */
function otherLocks(program: Program): readonly UselessLock[] {
  const found: UselessLock[] = [];
  const guards = guardsOf(program);
  const { contexts } = guards;
  for (const member of guards.members.values()) {
    const guard = guardOf(member);
    if (!guard || !isProven(guard)) continue;
    const isContainer = isContainerMember(member);
    const seen = new Set<FunctionBody>();
    for (const at of guard.unguarded) {
      const { body, operation } = at.access;
      if (!isContainer && !isWriting(at.access)) continue;
      if (seen.has(body) || expectsLock(at.function) || (!at.isTask && at.context.site)) continue;
      const other = guard.guarded.find((each) => isWriting(each.access)) ?? guard.guarded[0]!;
      const spawner = at.isTask ? spawnerLock(at, guard, (of) => contexts.summaries.locksOf(of)?.flows ?? []) : undefined;
      const flows = contexts.summaries.locksOf(body)?.flows ?? [];
      const held = flows.filter((flow) => flow.isHeldAt(operation));
      const sibling = spawner || at.locks.length !== 1 ? undefined : held.find((flow) => isSibling(at, guard, flow));
      const flow = spawner?.flow ?? sibling;
      const heldBy = spawner?.heldBy ?? flow?.takenBy(operation)[0];
      if (!flow || heldBy === undefined || (spawner && (isTakenForTask(at.access) || waitsWhileHeld(guards, spawner.body, spawner.start, spawner.flow)))) continue;
      seen.add(body);
      found.push({ kind: spawner ? 'spawner' : 'other', function: at.function, body: spawner?.body ?? body, flow, heldBy, access: at.access, member, guard, other });
    }
  }
  return found;
}

/**
 * Changes under a lock of the object that leads to the member, while all that others do with the member holds the lock beside it:
 *
 *   s.mu.Lock(); s.peers[id].addrs = addrs        p.mu.Lock(); addrs := p.addrs
 */
function disjointLocks(program: Program): readonly UselessLock[] {
  const found: UselessLock[] = [];
  const guards = guardsOf(program);
  for (const member of guards.members.values()) {
    const uses = member.accesses.filter((each) => !expectsLock(each.function));
    if (uses.some((each) => each.isUnknown || each.locks.length === 0)) continue;
    for (const at of uses) {
      const flow = isWriting(at.access) && !at.isTask ? outerLock(guards, at) : undefined;
      const others = uses.filter((each) => each.function !== at.function);
      if (!flow || others.length === 0 || !others.every((each) => isBesideOnly(each) && areDisjoint(at, each))) continue;
      const [heldBy] = flow.takenBy(at.access.operation);
      const other = others.find((each) => each.context.root !== at.context.root);
      if (heldBy === undefined || !other) continue;
      found.push({ kind: 'disjoint', function: at.function, body: at.access.body, flow, heldBy, access: at.access, member, guard: undefined, other });
      break;
    }
  }
  return found;
}

/** The lock that a body takes around an access: one of another object than the member's own; undefined if that is not all it holds. */
function outerLock(guards: Guards, { access, locks, kinds }: LocatedAccess): LockFlow | undefined {
  const flows = (guards.contexts.summaries.locksOf(access.body)?.flows ?? []).filter((flow) => flow.isHeldAt(access.operation));
  const [flow] = flows;
  return flows.length === 1 && locks.length === 1 && kinds.size === 1 && access.path.steps.some((step) => step.kind === 'element') && !isBeside(locks[0]!.relation) ? flow : undefined;
}

/** True if the locks held are all beside the member, in its own object. */
function isBesideOnly({ locks }: LocatedAccess): boolean {
  return locks.length > 0 && locks.every(({ relation, isBehindPointer }) => isBeside(relation) && !isBehindPointer);
}

function isBeside(relation: string): boolean {
  const { member, lock } = partsOf(relation);
  return member !== '' && [member, lock].every((each) => !each.includes('*') && !each.includes('['));
}

function areDisjoint(a: LocatedAccess, b: LocatedAccess): boolean {
  return [...a.kinds].every((kind) => !b.kinds.has(kind));
}

/** The only lock held is another one of the same object, or another one of package level. */
function isSibling(at: LocatedAccess, guard: Guard, flow: LockFlow): boolean {
  const [only] = at.locks;
  if (only?.isBehindPointer || guard.guarded.some(({ locks }) => locks.some(({ relation, isBehindPointer }) => isBehindPointer && relation === guard.relation))) return false;
  const { member, lock } = partsOf(guard.relation);
  const other = partsOf(only?.relation ?? '');
  return member === other.member && lock !== other.lock && lock !== '' && other.lock !== '' && flow.lock.steps.every((step) => step.kind !== 'element');
}
