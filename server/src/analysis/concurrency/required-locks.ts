// Calls of functions whose comment says that their callers hold a lock, by callers that do not:
//
//   // Callers must hold c.mu.
//   func (c *Cache) evict() { … }
//   func (c *Cache) Trim() { c.evict() }

import type { FunctionBody } from '../../model/function-body.ts';
import { Op } from '../../model/operations.ts';
import type { LockRequirement, Program, ProgramFunction } from '../../model/program.ts';
import { keysOf, mayHoldOrNot, requiredLocks } from './call-contexts.ts';
import type { CallContext, InheritedLock } from './call-contexts.ts';
import { expectsLock, guardsOf } from './guards.ts';

export interface UnmetRequirement {
  readonly caller: ProgramFunction;
  readonly body: FunctionBody;
  readonly call: number;
  readonly called: ProgramFunction;
  readonly requirement: LockRequirement;
}

export function unmetRequirements(program: Program): readonly UnmetRequirement[] {
  const found: UnmetRequirement[] = [];
  const { contexts } = guardsOf(program);
  for (const caller of program.functions.values()) {
    // Who names a requirement of its own, or is called in unknown ways, may have the lock.
    if (caller.isTest || caller.generated || caller.entry === 'init' || expectsLock(caller) || contexts.isUnclear(caller)) continue;
    for (const body of caller.body.unit.bodies) {
      if (body.incomplete || contexts.useOf(body).kind === 'unknown') continue;
      for (let call = 0; call < body.operationCount; call++) {
        const callee = body.kind(call) === Op.Call ? body.calleeOf(call) : undefined;
        const called = callee && contexts.summaries.functionOf(callee);
        const named = called?.requires.filter(({ name }) => name !== undefined);
        if (!called || !named || named.length === 0 || isUnclear(program, body, call)) continue;
        const ways = contexts.contextsAt(caller, body, call);
        const locks = requiredLocks(called);
        const unmet = named.findIndex((_, index) => ways.some((way) => way.root.entry === undefined && isUnmet(locks[index]!, way)));
        if (unmet >= 0) found.push({ caller, body, call, called, requirement: named[unmet]! });
      }
    }
  }
  return found;
}

/** No lock of that kind is held, of whatever object, and the object is known to others. */
function isUnmet(required: InheritedLock, { held, unpublished }: CallContext): boolean {
  if (unpublished.has(required.parameter)) return false;
  const kind = (lock: InheritedLock): string => lock.global?.key ?? keysOf(lock.lock.slice(-1));
  return held.every((each) => kind(each) !== kind(required));
}

/** Some lock may be held or not at a call. */
function isUnclear(program: Program, body: FunctionBody, call: number): boolean {
  const locks = guardsOf(program).contexts.summaries.locksOf(body);
  return !locks || mayHoldOrNot(locks.flows, call);
}
