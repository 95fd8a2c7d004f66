// Waits for a condition variable that do not look at the condition again, or that have nothing to release.

import { conditionsAt } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { loopsAround } from '../loops.ts';
import { walkForward, Walk } from '../walk.ts';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { Flag, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { expectsLock, guardsOf } from './guards.ts';
import { Hold } from './lock-state.ts';
import { sharedAccessesIn } from './shared-accesses.ts';

export interface ConditionFault {
  readonly kind: 'once' | 'unlocked';
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly operation: number;
}

export function conditionFaultsIn(program: Program): readonly ConditionFault[] {
  const found: ConditionFault[] = [];
  const { contexts } = guardsOf(program);
  const lockers = lockersOf(program);
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Call || body.calleeOf(operation)?.role !== Role.ConditionWait) continue;
        const at = { function: each, body, operation };
        if (!repeats(body, operation) && !isRepeatedByCallers(program, each, body) && !looksAgainInCalls(program, body, operation)) found.push({ ...at, kind: 'once' });
        else if (body.index === 0 && !each.isTest && isUnlocked()) found.push({ ...at, kind: 'unlocked' });

        function isUnlocked(): boolean {
          const flows = contexts.summaries.locksOf(body)?.flows;
          if (!flows || flows.some((flow) => !flow.complete || (flow.before[operation]! & ~(Hold.Before | Hold.Free)) !== 0)) return false;
          const ways = contexts.of(each);
          return ways.length > 0 && !contexts.isUnclear(each) && !expectsLock(each) && !lockers.has(each.receiverType) && ways.some((way) => way.held.length === 0 && way.root === each);
        }
      }
    }
  }
  return found;
}

/** The types that have methods to lock and unlock them: their callers hold them. */
function lockersOf(program: Program): ReadonlySet<string | undefined> {
  const having = (name: string): readonly string[] => [...program.functions.values()].flatMap((each) => (each.name === name && each.receiverType !== undefined ? [each.receiverType] : []));
  const unlocking = new Set(having('Unlock'));
  return new Set(having('Lock').filter((each) => unlocking.has(each)));
}

/** True if the code comes back to the wait. */
function repeats(body: FunctionBody, operation: number): boolean {
  if (loopsAround(body, operation).length > 0) return true;
  return walkForward(body, operation, (next) => (next === operation ? Walk.Found : Walk.On)) !== false;
}

/** A function that waits once for a caller that loops; closures count as that. */
function isRepeatedByCallers(program: Program, function_: ProgramFunction, body: FunctionBody): boolean {
  if (body.index !== 0) return true;
  for (const { body: first } of program.functions.values()) {
    for (const caller of first.unit.bodies) {
      for (let operation = 0; operation < caller.operationCount; operation++) {
        if (caller.kind(operation) === Op.Call && caller.calleeOf(operation)?.key === function_.key && loopsAround(caller, operation).length > 0) return true;
      }
    }
  }
  return false;
}

/**
 * True if each way from a wait leads through a call of a function that looks at the condition again, and nothing is done before:
 *
 *	if q.n > 0 { q.mu.Unlock(); return q.Remove() }
 *	q.cond.Wait()
 *	q.mu.Unlock()
 *	return q.Remove()   ← if q.n == 0 { return nil, false }
 */
function looksAgainInCalls(program: Program, body: FunctionBody, wait: number): boolean {
  const asked = new Set(conditionsAt(body, wait).flatMap(({ condition }) => membersIn(body, condition)));
  if (asked.size === 0) return false;
  const accesses = new Set(sharedAccessesIn(body).flatMap(({ operation, member }) => (asked.has(member) ? [operation] : [])));
  return (
    walkForward(body, wait, (next) => {
      if (body.kind(next) === Op.Return || accesses.has(next)) return Walk.Found;
      const callee = body.kind(next) === Op.Call && !(body.flags(next) & (Flag.Deferred | Flag.Spawned)) ? body.calleeOf(next) : undefined;
      const called = callee?.key === undefined ? undefined : program.functions.get(callee.key);
      return called && decidesBy(called.body, asked) ? Walk.Stop : Walk.On;
    }) === false
  );
}

/** The members that a condition reads. */
function membersIn(body: FunctionBody, condition: number): readonly string[] {
  const read = body.kind(condition) === Op.Compute ? [body.a(condition), body.b(condition)] : [condition];
  return sharedAccessesIn(body).flatMap(({ operation, member }) => (read.includes(operation) ? [member] : []));
}

/** True if the first thing that a function decides is decided by one of some members. */
function decidesBy(body: FunctionBody, members: ReadonlySet<string>): boolean {
  if (body.incomplete) return false;
  const block = graphOf(body).order.find((each) => body.endOf(each) === End.Branch);
  return block !== undefined && membersIn(body, body.condition(block)).some((each) => members.has(each));
}
