// Reads without the lock under which everybody changes a member. Too few uses tell the guard by themselves, but a change in one
// function and another change in a second one, each with the lock, say what it is there for:
//
//	func (r *Registry) Add(k string)    { r.mu.Lock(); r.m[k] = true; r.mu.Unlock() }
//	func (r *Registry) Remove(k string) { r.mu.Lock(); delete(r.m, k); r.mu.Unlock() }
//	func (r *Registry) Has(k string) bool { return r.m[k] }   ← code outside calls it at any time

import { comesBefore } from '../graph.ts';
import { Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { asksWhetherThere, initialisersOf, isAfterOwnSection, isAfterWait, isReachedUnguarded, perhapsGuarded, sortedTypesOf } from './guard-faults.ts';
import type { Guard, GuardFault } from './guard-faults.ts';
import { guardsOf } from './guards.ts';
import type { LocatedAccess, Member } from './guards.ts';
import { isSetByOnce } from './once-set-up.ts';
import { isSetWhereMissing, isSettledMember } from './settled-members.ts';
import { isWriting } from './shared-accesses.ts';

/** The changes are made in so many functions. */
const leastChangers = 2;

export interface BesideFault extends GuardFault {
  /** The same in other functions. */
  readonly others: readonly LocatedAccess[];
}

/** Reads in functions that code outside calls, of members that every change holds one lock for: the first of each member, with the others. */
export function readsBesideGuardedChanges(program: Program): readonly BesideFault[] {
  const found: BesideFault[] = [];
  const guards = guardsOf(program);
  const initialisers = initialisersOf(program);
  const sorted = sortedTypesOf(program);
  for (const { member, guard } of perhapsGuarded(program)) {
    const changes = member.accesses.filter((each) => isWriting(each.access) && !initialisers.has(each.access.body));
    const changers = functionsOf(changes);
    if (changers.size < leastChangers || !changes.every((each) => isExclusive(each, guard)) || isSetWhereMissing(program, member, guard)) continue;
    const readers = guard.unguarded.filter(({ access }) => !isWriting(access));
    // Where more functions do without the lock than with it, it may be there for something else.
    if (functionsOf(readers).size > functionsOf(guard.guarded).size) continue;
    const isFault = (at: LocatedAccess): boolean =>
      !changers.has(at.function.key) &&
      isFromOutside(at) &&
      !isAfterChange(at, changers) &&
      isReachedUnguarded(guards.contexts, at, guard, initialisers, sorted) &&
      !(isAfterWait(program, at.access) || isSettledMember(program, member, guard, at) || isSetByOnce(program, member, at) || asksWhetherThere(member, at) || isAfterOwnSection(guards, at, guard));
    const faults = new Map<string, LocatedAccess>();
    for (const at of readers) if (!faults.has(at.function.key) && isFault(at)) faults.set(at.function.key, at);
    const [first, ...others] = faults.values();
    const other = first && changes.find((each) => each.context.root !== first.context.root);
    if (other) found.push({ member, guard, at: first, other, others });
  }
  return found;
}

/** True for an access of a function that code outside may call at any time, itself or by another one. */
function isFromOutside({ context, isTask }: LocatedAccess): boolean {
  return !isTask && context.root.exported;
}

/** True for an access that comes after a call of a function that changes the member: it wants what that set. */
function isAfterChange({ access: { body, operation } }: LocatedAccess, changers: ReadonlySet<string>): boolean {
  for (let at = 0; at < body.operationCount; at++) {
    if (body.kind(at) === Op.Call && changers.has(body.calleeOf(at)?.key ?? '') && comesBefore(body, at, operation)) return true;
  }
  return false;
}

function isExclusive({ locks }: LocatedAccess, { relation }: Guard): boolean {
  return locks.some((lock) => lock.relation === relation && lock.mode === 'exclusive');
}

function functionsOf(accesses: Member['accesses']): ReadonlySet<string> {
  return new Set(accesses.map((each) => each.function.key));
}
