// A decision that is out of date when it is acted upon: what was looked up in one step, or in one section of a lock, decides
// what is put in another one, and others may come in between.

import { decisionsAt } from '../conditions.ts';
import { comesBefore } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { containerOf, keyOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape, isReference } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import { accessPathsOf } from './access-paths.ts';
import type { BodyLocks, LockFlow } from './lock-state.ts';
import { dependsOn, isDecidedBy } from './loaded-values.ts';

export interface StaleAct {
  readonly kind:
    /** Stored because nothing was there. */
    | 'store'
    /** Computed from what was there, and stored. */
    | 'update'
    /** Deleted because of what was there. */
    | 'delete'
    /** The same in two sections of a lock. */
    | 'section'
    | 'section-update';
  readonly check: number;
  readonly act: number;
  /** True if two tasks that act both leave something that matters: an object with an identity, or a count. */
  readonly loses: boolean;
  readonly flow: LockFlow | undefined;
}

/** Load and Store, Load and Delete of one key of a concurrent map. */
export function staleMapActsIn(body: FunctionBody, locks: BodyLocks): readonly StaleAct[] {
  const found: StaleAct[] = [];
  const loads = callsOf(body, 'sync.Map.Load');
  if (loads.length === 0) return found;
  const claims = callsOf(body, 'sync.Map.LoadOrStore');
  const acts = [...callsOf(body, 'sync.Map.Store').map((act) => ({ act, deletes: false })), ...callsOf(body, 'sync.Map.Delete').map((act) => ({ act, deletes: true }))];
  for (const { act, deletes } of acts) {
    // Looked again in the section of a lock that the act is in.
    if (loads.some((check) => isOfSameKey(body, check, act) && comesBefore(body, check, act) && isInOneSection(locks, check, act))) continue;
    for (const check of loads) {
      if (!isOfSameKey(body, check, act) || !comesBefore(body, check, act) || isInOneSection(locks, check, act)) continue;
      // Who stores first in one step has the key for itself.
      if (claims.some((claim) => isOfSameKey(body, claim, act) && comesBefore(body, check, claim) && comesBefore(body, claim, act))) continue;
      const stale = deletes ? deleteOf(body, check, act) : storeOf(body, check, act);
      if (!stale) continue;
      found.push(stale);
      break;
    }
  }
  return found;
}

function callsOf(body: FunctionBody, key: string): readonly number[] {
  const found: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Call && body.calleeOf(operation)?.key === key && !(body.flags(operation) & (Flag.Deferred | Flag.Spawned))) found.push(operation);
  }
  return found;
}

/** The same map by the same path, and the same key. */
function isOfSameKey(body: FunctionBody, check: number, act: number): boolean {
  const paths = accessPathsOf(body);
  const values = valuesOf(body);
  const [map = NONE, key = NONE] = body.list(check);
  const [otherMap = NONE, otherKey = NONE] = body.list(act);
  const path = paths.ofTarget(map);
  if (!path || path.root.kind === 'variable' || path.key !== paths.ofTarget(otherMap)?.key) return false;
  const number = values.number(key);
  return number !== NONE && number === values.number(otherKey);
}

/** True if a lock is held from one operation to the other, or may be. */
function isInOneSection(locks: BodyLocks, check: number, act: number): boolean {
  return locks.flows.some((flow) => !flow.complete || (!flow.isFreeAt(act) && !flow.isFreeAt(check)));
}

function storeOf(body: FunctionBody, check: number, act: number): StaleAct | undefined {
  const value = body.list(act)[2] ?? NONE;
  if (dependsOn(body, value, check)) return { kind: 'update', check, act, loses: true, flow: undefined };
  if (!isDecidedBy(body, act, check)) return undefined;
  return { kind: 'store', check, act, loses: hasIdentity(body, value), flow: undefined };
}

/** Only a test of the value itself is out of date; that something was there is all that deleting needs. */
function deleteOf(body: FunctionBody, check: number, act: number): StaleAct | undefined {
  if (!isDecidedBy(body, act, check)) return undefined;
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Extract || body.b(operation) !== 0 || values.number(body.a(operation)) !== values.number(check)) continue;
    if (isDecidedBy(body, act, operation)) return { kind: 'delete', check, act, loses: true, flow: undefined };
  }
  return undefined;
}

/** True for values of which everybody should have the same one: what pointers and channels lead to. */
function hasIdentity(body: FunctionBody, value: number): boolean {
  if (value === NONE) return false;
  const at = valuesOf(body).source(value);
  return body.kind(at) === Op.Allocate || body.kind(at) === Op.Make || isIdentity(body.shape(value)) || isIdentity(body.shape(at));
}

function isIdentity(shape: Shape): boolean {
  return isReference(shape) && shape !== Shape.Interface;
}

/** A lookup in one section of a lock that decides about a change in a later one, without another look. */
export function staleSectionsIn(body: FunctionBody, locks: BodyLocks): readonly StaleAct[] {
  const found: StaleAct[] = [];
  for (const flow of locks.flows) {
    if (!flow.complete || flow.events.filter((event) => event.action === 'lock' || event.action === 'read-lock').length < 2) continue;
    const checks: number[] = [];
    const acts: number[] = [];
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (!flow.isHeldAt(operation)) continue;
      if (body.kind(operation) === Op.Read && keyOf(body, operation) !== NONE) checks.push(operation);
      else if (body.kind(operation) === Op.Write && keyOf(body, operation) !== NONE && flow.isHeldExclusivelyAt(operation)) acts.push(operation);
    }
    for (const act of acts) {
      const stale = checks.map((check) => sectionAct(body, flow, checks, check, act)).find((each) => each !== undefined);
      // One look at a time when another lock is held from it to the act.
      const isLookedAgain = (check: number): boolean => isSameElement(body, check, act) && comesBefore(body, check, act) && otherLockSpans(locks, flow, check, act);
      if (stale && !checks.some(isLookedAgain)) found.push(stale);
    }
  }
  return found;
}

function sectionAct(body: FunctionBody, flow: LockFlow, checks: readonly number[], check: number, act: number): StaleAct | undefined {
  const [taken] = flow.takenBy(check);
  const [takenAgain] = flow.takenBy(act);
  if (taken === undefined || takenAgain === undefined || taken === takenAgain || flow.takenBy(act).length > 1) return undefined;
  if (!comesBefore(body, check, act) || !comesBefore(body, check, takenAgain) || !isSameElement(body, check, act)) return undefined;
  // Looked again in the second section.
  if (checks.some((each) => flow.takenBy(each).includes(takenAgain) && isSameElement(body, each, act) && comesBefore(body, each, act))) return undefined;
  if (claimsBetween(body, check, act)) return undefined;
  const value = body.b(act);
  if (dependsOn(body, value, check)) return { kind: 'section-update', check, act, loses: true, flow };
  if (isComparedWith(body, act, check, value)) return { kind: 'section', check, act, loses: true, flow };
  if (!isDecidedBy(body, act, check)) return undefined;
  return { kind: 'section', check, act, loses: hasIdentity(body, value), flow };
}

/** `if old, ok := m[k]; ok && t >= old { return }; …; m[k] = t`: a better one that came in between is lost. */
function isComparedWith(body: FunctionBody, act: number, check: number, value: number): boolean {
  const values = valuesOf(body);
  const number = value === NONE ? NONE : values.number(value);
  if (number === NONE || values.constantNumber(number) !== undefined) return false;
  return decisionsAt(body, act).some(({ condition }) => {
    const operator: Operator = body.kind(condition) === Op.Compute ? body.c(condition) : Operator.Other;
    if (operator !== Operator.Less && operator !== Operator.LessOrEqual && operator !== Operator.Greater && operator !== Operator.GreaterOrEqual) return false;
    const [x, y] = [body.a(condition), body.b(condition)];
    return (values.number(x) === number && dependsOn(body, y, check)) || (values.number(y) === number && dependsOn(body, x, check));
  });
}

/** True if something was put there after the check and before the act: others see that somebody is at it. */
function claimsBetween(body: FunctionBody, check: number, act: number): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write || operation === act || keyOf(body, operation) === NONE) continue;
    if (comesBefore(body, check, operation) && comesBefore(body, operation, act) && isSameElement(body, operation, act)) return true;
  }
  return false;
}

function isSameElement(body: FunctionBody, a: number, b: number): boolean {
  const paths = accessPathsOf(body);
  const values = valuesOf(body);
  const path = paths.ofValue(containerOf(body, a));
  if (!path || path.root.kind === 'variable' || path.key !== paths.ofValue(containerOf(body, b))?.key) return false;
  const number = values.number(keyOf(body, a));
  return number !== NONE && number === values.number(keyOf(body, b));
}

/** Another lock is held over both sections. */
function otherLockSpans(locks: BodyLocks, flow: LockFlow, check: number, act: number): boolean {
  return locks.flows.some((each) => each !== flow && (!each.complete || (!each.isFreeAt(check) && !each.isFreeAt(act))));
}
