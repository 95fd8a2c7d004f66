// Functions that call what they are given while they hold a lock, and callers whose function takes that lock.

import { isInLoop } from '../loops.ts';
import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import type { AccessPath } from './access-paths.ts';
import { inTermsOf } from './lock-events.ts';
import { closuresOf, Hold, lockSummariesOf } from './lock-state.ts';
import type { LockFlow, LockSummaries } from './lock-state.ts';

export interface YieldFault {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  /** The operation that takes the lock in the callback or in the body of the loop, and the body it is in. */
  readonly taken: number;
  readonly takenIn: FunctionBody;
  /** The call of the callback, and where the lock was taken for it. */
  readonly callee: ProgramFunction;
  readonly calls: number;
  readonly calledIn: FunctionBody;
  readonly heldBy: number;
  readonly flow: LockFlow;
  readonly kind: 'callback' | 'loop';
}

export function yieldFaultsIn(program: Program): readonly YieldFault[] {
  const found: YieldFault[] = [];
  const summaries = lockSummariesOf(program);
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) === Op.Call) found.push(...callbacksAt(each, body, operation, summaries));
        else if (body.kind(operation) === Op.Iterate && body.shape(body.a(operation)) === Shape.Function) found.push(...loopsAt(each, body, operation, summaries));
      }
    }
  }
  return found;
}

/** `c.each(func(…) { c.mu.Lock() … })` */
function callbacksAt(function_: ProgramFunction, body: FunctionBody, call: number, summaries: LockSummaries): readonly YieldFault[] {
  const callee = body.calleeOf(call);
  const called = callee && summaries.functionOf(callee);
  if (!called || body.flags(call) & (Flag.Deferred | Flag.Spawned)) return [];
  const found: YieldFault[] = [];
  body.list(call).forEach((argument, index) => {
    const closures = argument === NONE || body.shape(argument) !== Shape.Function ? undefined : closuresOf(body, argument);
    if (!closures) return;
    const { held, isAlways } = callsOfParameter(called.body, index, summaries);
    for (const closure of closures) {
      for (const { calls, flow, heldBy } of held) {
        const lock = inTermsOf(body, call, called.body, flow.lock);
        const isExclusive = flow.isHeldExclusivelyAt(calls);
        // Whatever the closure tests, the lock is held: unless it is called without the lock, too, and the test tells the two apart.
        const taken = lock && summaries.isStable(lock) ? (isAlways ? takenWithin(closure, () => true, lock, isExclusive, summaries) : takenSurely(closure, lock, isExclusive, summaries)) : undefined;
        if (taken === undefined) continue;
        found.push({ function: function_, body, taken, takenIn: closure, callee: called, calls, calledIn: called.body, heldBy, flow, kind: 'callback' });
        return;
      }
    }
  });
  return found;
}

interface LockedCall {
  readonly calls: number;
  readonly flow: LockFlow;
  readonly heldBy: number;
}

/** Where a body calls what it was given in a parameter, with a lock held; and whether it always holds it there. */
function callsOfParameter(body: FunctionBody, parameter: number, summaries: LockSummaries): { readonly held: readonly LockedCall[]; readonly isAlways: boolean } {
  const values = valuesOf(body);
  const locks = summaries.locksOf(body);
  const found: LockedCall[] = [];
  let count = 0;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || body.b(operation) === NONE || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) continue;
    if (values.incoming(values.number(body.b(operation))) !== parameter) continue;
    count++;
    for (const flow of locks?.heldAt(operation) ?? []) {
      const [heldBy] = flow.takenBy(operation);
      if (heldBy !== undefined) found.push({ calls: operation, flow, heldBy });
    }
  }
  return { held: found, isAlways: found.every(({ flow }) => found.filter((each) => each.flow === flow).length === count) };
}

/** `for k := range c.All() { c.Delete(k) }` */
function loopsAt(function_: ProgramFunction, body: FunctionBody, iterate: number, summaries: LockSummaries): readonly YieldFault[] {
  const values = valuesOf(body);
  const call = values.operationOf(values.number(body.a(iterate)));
  const callee = call !== NONE && body.kind(call) === Op.Call ? body.calleeOf(call) : undefined;
  const called = callee && summaries.functionOf(callee);
  const iterator = called && returnedClosure(called.body);
  const loop = body.loops.findIndex((each) => each.iterate === iterate);
  if (!called || !iterator || loop < 0) return [];
  for (const { calls, flow, heldBy } of callsOfParameter(iterator, 0, summaries).held) {
    const lock = inTermsOf(body, call, called.body, flow.lock);
    const taken = lock && summaries.isStable(lock) ? takenWithin(body, (operation) => isInLoop(body, operation, loop), lock, flow.isHeldExclusivelyAt(calls), summaries) : undefined;
    if (taken === undefined) continue;
    return [{ function: function_, body, taken, takenIn: body, callee: called, calls, calledIn: iterator, heldBy, flow, kind: 'loop' }];
  }
  return [];
}

/** The closure that a function always returns. */
function returnedClosure(body: FunctionBody): FunctionBody | undefined {
  const found = new Set<FunctionBody>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Return) continue;
    const closures = closuresOf(body, body.list(operation)[0] ?? NONE);
    if (closures?.length !== 1) return undefined;
    found.add(closures[0]!);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/** Where a body takes a lock without testing a flag or a number first; undefined if nowhere. */
function takenSurely(body: FunctionBody, lock: AccessPath, isExclusive: boolean, summaries: LockSummaries): number | undefined {
  return summaries.locksOf(body)?.acquisitions.find((each) => each.lock.key === lock.key && !each.conditional && (isExclusive || each.mode === 'exclusive'))?.operation;
}

/** Where a part of a body takes a lock, itself or by a call that surely does; undefined if nowhere. */
function takenWithin(body: FunctionBody, isIn: (operation: number) => boolean, lock: AccessPath, isExclusive: boolean, summaries: LockSummaries): number | undefined {
  const locks = summaries.locksOf(body);
  const flow = locks?.flowOf(lock);
  const mayBeAsBefore = (operation: number): boolean => isIn(operation) && ((flow?.before[operation] ?? Hold.Before) & Hold.Before) !== 0;
  const event = flow?.events.find(({ operation, deferred, action }) => !deferred && (action === 'lock' || (isExclusive && action === 'read-lock')) && mayBeAsBefore(operation));
  if (event) return event.operation;
  return locks?.acquisitionsThrough(summaries).find(({ operation, lock: taken, acquisition }) => taken.key === lock.key && !acquisition.conditional && (isExclusive || acquisition.mode === 'exclusive') && mayBeAsBefore(operation))?.operation;
}
