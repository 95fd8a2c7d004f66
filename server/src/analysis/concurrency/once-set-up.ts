// What only a Once sets, before anybody uses it: who uses it later has passed the Once, and the lock is there for other things.
//
//	func (c *cache) init() { c.once.Do(func() { c.items = map[string]int{} }) }
//	func (c *cache) Get(k string) int { c.init(); c.mu.Lock(); … c.items[k] … }

import { comesBefore, graphOf } from '../graph.ts';
import { ENTRY } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { LocatedAccess, Member } from './guards.ts';
import { closuresOf } from './lock-state.ts';
import { isWriting } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';

/** True for an assignment in what a Once runs, of a member that nothing else assigns, where each function that has the object uses it after the Once. */
export function isSetByOnce(program: Program, member: Member, { access }: LocatedAccess): boolean {
  const guard = access.mode === 'assign' ? onceAround(access.body) : undefined;
  if (guard === undefined) return false;
  return member.accesses.every(({ access: other }) => {
    if (other.body === access.body) return true;
    return !(isWriting(other) && other.mode === 'assign') && (isOfAnother(other) || passes(program, other.body, other.operation, guard));
  });
}

/** True for what is found by way of another object, which has it from who uses it: `listener.network.listeners`. */
function isOfAnother({ path: { steps } }: SharedAccess): boolean {
  return steps.filter(({ kind }) => kind === 'target').length > 1;
}

/** The field that holds the Once which runs a closure, and runs nothing else with it; undefined for other bodies. */
function onceAround(closure: FunctionBody): string | undefined {
  const parent = closure.parent === NONE ? undefined : closure.unit.bodies[closure.parent];
  for (let operation = 0; parent && operation < parent.operationCount; operation++) {
    if (onceOf(parent, operation) !== undefined && [...parent.list(operation)].some((value) => closuresOf(parent, value)?.includes(closure))) return onceOf(parent, operation);
  }
  return undefined;
}

/** The key of the field that holds the Once of a call; undefined for other calls. */
function onceOf(body: FunctionBody, operation: number): string | undefined {
  if (body.kind(operation) !== Op.Call || body.calleeOf(operation)?.role !== Role.Once || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) return undefined;
  const last = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE)?.steps.at(-1);
  return last?.kind === 'field' ? last.key : undefined;
}

/** True if a body comes to an operation only when it has been at a Once, itself or in a function that it calls. */
function passes(program: Program, body: FunctionBody, operation: number, guard: string): boolean {
  for (let at = 0; at < body.operationCount; at++) {
    if (body.kind(at) !== Op.Call || !comesBefore(body, at, operation)) continue;
    if (onceOf(body, at) === guard) return true;
    const key = body.flags(at) & (Flag.Deferred | Flag.Spawned) ? undefined : body.calleeOf(at)?.key;
    const called = key === undefined ? undefined : program.functions.get(key)?.body;
    if (called && !called.incomplete && alwaysPasses(called, guard)) return true;
  }
  return false;
}

/** True if a body comes to a Once on all its ways. */
function alwaysPasses(body: FunctionBody, guard: string): boolean {
  for (let at = 0; at < body.operationCount; at++) if (onceOf(body, at) === guard && graphOf(body).postDominates(graphOf(body).blockOf(at), ENTRY)) return true;
  return false;
}
