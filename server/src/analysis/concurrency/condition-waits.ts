// Waits for a condition variable that do not look at the condition again, or that have nothing to release.

import { loopsAround } from '../loops.ts';
import { walkForward, Walk } from '../walk.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { expectsLock, guardsOf } from './guards.ts';
import { Hold } from './lock-state.ts';

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
        if (!repeats(body, operation) && !isRepeatedByCallers(program, each, body)) found.push({ ...at, kind: 'once' });
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
