// Containers that are guarded by a lock and leave its section: returned, sent, passed on, or used after the unlock. Only
// those that are changed in place under the lock: one that is always replaced as a whole may be read by anybody.

import { conditionsAt } from '../conditions.ts';
import { comesBefore, graphOf } from '../graph.ts';
import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import { Access, accessOf, containerOf } from '../../model/accesses.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, isContainer } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { guardOf, isAfterJoin } from './guard-faults.ts';
import type { Guard } from './guard-faults.ts';
import { accessPathsOf, pathFrom } from './access-paths.ts';
import { expectsLock, guardsOf } from './guards.ts';
import type { Guards, LocatedAccess, Member } from './guards.ts';
import { Hold } from './lock-state.ts';
import type { LockFlow } from './lock-state.ts';
import { askedIn } from './settled.ts';
import { sharedAccessesIn } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';

export interface Escape {
  readonly kind: 'returned' | 'sent' | 'passed' | 'looked-at' | 'mutated' | 'iterator';
  readonly member: Member;
  readonly guard: Guard;
  /** The read under the lock, or the write that puts there what the function goes on using. */
  readonly read: LocatedAccess;
  readonly operation: number;
  readonly flow: LockFlow;
  /** Where it is changed in place under the lock. */
  readonly change: LocatedAccess;
}

export function escapesOf(program: Program): readonly Escape[] {
  const found: Escape[] = [];
  const guards = guardsOf(program);
  for (const member of [...guards.members.values(), ...guards.elements.values()]) {
    if (!isContainer(member.shape)) continue;
    const guard = guardOf(member);
    if (!guard || guard.guarded.length < 2) continue;
    const isExclusive = (each: LocatedAccess): boolean => each.locks.some((lock) => lock.relation === guard.relation && lock.mode === 'exclusive');
    const change = guard.guarded.find((each) => each.access.mode === 'mutate' && isExclusive(each)) ?? refillOf(guard.guarded.filter(isExclusive));
    if (!change) continue;
    const seen = new Set<string>();
    for (const write of member.accesses) for (const escape of usedWhenPut(guards, guard, write)) found.push({ ...escape, member, guard, read: write, change });
    for (const read of member.accesses) {
      const { body, operation } = read.access;
      if (read.access.mode !== 'read' || !isContainer(shapeRead(body, operation)) || expectsLock(read.function)) continue;
      const flow = ownLock(guards.contexts.summaries.locksOf(body)?.flows ?? [], operation, read, guard);
      // What was waited for may be all that changes it.
      if (!flow || isReplaced(read, flow, member) || isAfterJoin(body, operation) || isMarkedAsShared(read, member, guards)) continue;
      for (const escape of escapesFrom(body, operation, flow)) {
        const key = `${read.function.key} ${body.index} ${escape.operation}`;
        if (seen.has(key)) continue;
        seen.add(key);
        found.push({ ...escape, member, guard, read, flow, change });
      }
    }
  }
  return found;
}

/** `c.mu.Lock(); c.m = m; c.mu.Unlock(); for k := range m { … }`: the map is everybody's now. */
function usedWhenPut(guards: Guards, guard: Guard, write: LocatedAccess): readonly Pick<Escape, 'kind' | 'operation' | 'flow'>[] {
  const { body, operation, mode } = write.access;
  const value = mode === 'assign' && body.kind(operation) === Op.Write ? body.b(operation) : NONE;
  if (value === NONE || body.shape(value) !== Shape.Map || expectsLock(write.function) || isAfterJoin(body, operation)) return [];
  const flow = ownLock(guards.contexts.summaries.locksOf(body)?.flows ?? [], operation, write, guard);
  const isLasting = flow && !sharedAccessesIn(body).some((each) => each.mode === 'assign' && each.operation !== operation && each.path.key === write.access.path.key);
  const uses = isLasting ? escapesFrom(body, value, flow).filter(({ kind, operation: at }) => (kind === 'looked-at' || kind === 'mutated') && comesBefore(body, operation, at)) : [];
  return uses.map((each) => ({ ...each, flow: flow! }));
}

/** The shape of what a read, or a round of a loop, gives; `Unknown` for other operations. */
function shapeRead(body: FunctionBody, operation: number): Shape {
  const kind = body.kind(operation);
  return kind === Op.Read ? body.accessedShape(operation) : kind === Op.IterationValue ? body.shape(operation) : Shape.Unknown;
}

/** `s.list = s.list[:0]`, and then `s.list = append(s.list, x)`: what is appended takes the place of what was there. */
function refillOf(guarded: readonly LocatedAccess[]): LocatedAccess | undefined {
  const cut = guarded.find(({ access: { body, operation, mode, path } }) => mode === 'assign' && isOfItself(body, operation, Op.Slice, path.key));
  return cut && guarded.find(({ access: { body, operation, mode, path } }) => mode === 'assign' && body === cut.access.body && isOfItself(body, operation, Op.Append, path.key));
}

/** True for a write of what an operation gives from what is at the very place. */
function isOfItself(body: FunctionBody, write: number, kind: Op, key: string): boolean {
  const value = body.b(write);
  if (body.kind(write) !== Op.Write || value === NONE || body.kind(value) !== kind) return false;
  if (kind === Op.Slice && (body.list(value)[1] ?? NONE) === NONE) return false;
  return accessPathsOf(body).ofValue(body.a(value))?.key === key;
}

/** The guard, taken by the body itself before a read; undefined if it is not. */
export function ownLock(flows: readonly LockFlow[], operation: number, read: LocatedAccess, guard: Guard): LockFlow | undefined {
  if (!read.locks.some((lock) => lock.relation === guard.relation)) return undefined;
  const names = guard.name.split('.');
  return flows.find((flow) => flow.isHeldAt(operation) && flow.lock.steps.filter((step) => step.name !== '').at(-1)?.name === names.at(-1) || (flow.isHeldAt(operation) && flow.lock.root.name === guard.name));
}

/** A swap: another container takes its place under the lock, or that of the container around it, and the old one is the reader's own. */
function isReplaced(read: LocatedAccess, flow: LockFlow, member: Member): boolean {
  const { body, path } = read.access;
  const outer = member.key.endsWith('[]') ? pathFrom(path.root, path.steps.slice(0, -1)).key : undefined;
  const isSwap = (each: SharedAccess, key: string | undefined): boolean => each.body === body && each.mode === 'assign' && each.path.key === key && flow.before[each.operation] !== Hold.Free && !fillsWhatLacks(body, read.access.operation, each.operation);
  return member.accesses.some((each) => isSwap(each.access, path.key)) || (outer !== undefined && sharedAccessesIn(body).some((each) => isSwap(each, outer)));
}

/** True for a write that only comes where the read found nothing: `list, ok := c.lists[k]; if !ok { list = make(…); c.lists[k] = list }` goes on with what is there. */
function fillsWhatLacks(body: FunctionBody, read: number, write: number): boolean {
  const values = valuesOf(body);
  const given = values.number(read);
  if (given === NONE) return false;
  const isPair = values.table.kind(given) === ValueKind.Pair;
  return conditionsAt(body, write).some((passed) => {
    if (!isPair) return askedIn(body, passed) !== NONE && values.number(askedIn(body, passed)) === given;
    const tested = values.number(passed.condition);
    return !passed.holds && tested !== NONE && values.table.kind(tested) === ValueKind.Presence && values.table.a(tested) === values.table.b(given);
  });
}

/** Copy on write: the reader sets a flag of the object, and a function that tests the flag puts a copy in the container's place. */
function isMarkedAsShared(read: LocatedAccess, member: Member, guards: Guards): boolean {
  const replacers = new Set(member.accesses.filter(({ access }) => access.mode === 'assign').map(({ access }) => access.body));
  if (replacers.size === 0) return false;
  const isFlag = (access: SharedAccess): boolean => access.body === read.access.body && access.mode === 'assign' && access.shape === Shape.Boolean && access.path.root.key === read.access.path.root.key;
  return sharedAccessesIn(read.access.body).some((flag) => isFlag(flag) && guards.members.get(flag.member)?.accesses.some(({ access }) => access.mode === 'read' && replacers.has(access.body)));
}

function escapesFrom(body: FunctionBody, read: number, flow: LockFlow): readonly { readonly kind: Escape['kind']; readonly operation: number }[] {
  const values = valuesOf(body);
  const given = values.number(read);
  const number = body.has(read, Flag.CommaOk) && given !== NONE && values.table.kind(given) === ValueKind.Pair ? values.table.a(given) : given;
  const isIt = (value: number): boolean => value !== NONE && basesOf(body, values.number(value)).includes(number);
  const found: { kind: Escape['kind']; operation: number }[] = [];
  let used = false;
  for (const operation of usersOf(body).get(number) ?? []) {
    const kind = kindOf(body, operation, isIt, flow);
    if (!kind) continue;
    // One use after the unlock says it.
    if (kind !== 'returned' && kind !== 'iterator') {
      if (used) continue;
      used = true;
    }
    found.push({ kind, operation });
  }
  return found;
}

/** What a value may be, or be a part of: the lists that are sliced, and what the branches before it gave. */
function basesOf(body: FunctionBody, value: number, depth = 0): readonly number[] {
  const values = valuesOf(body);
  return (values.alternatives(value) ?? [value]).flatMap((each) => {
    const operation = values.operationOf(each);
    const isPart = operation !== NONE && body.kind(operation) === Op.Slice && body.shape(body.a(operation)) === Shape.List && depth < 4;
    return isPart ? [each, ...basesOf(body, values.number(body.a(operation)), depth + 1)] : [each];
  });
}

const knownUsers = new BodyFacts<ReadonlyMap<number, readonly number[]>>();

/** By value number: the operations that have the value as operand, or return an iterator over it, as the text runs. */
function usersOf(body: FunctionBody): ReadonlyMap<number, readonly number[]> {
  const known = knownUsers.get(body);
  if (known) return known;
  const users = new Map<number, number[]>();
  const values = valuesOf(body);
  const add = (number: number, operation: number): void => {
    const list = users.get(number);
    if (!list) users.set(number, [operation]);
    else if (list.at(-1) !== operation) list.push(operation);
  };
  for (const block of graphOf(body).order) {
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      body.forEachOperand(operation, (value) => {
        for (const base of basesOf(body, values.number(value))) add(base, operation);
        if (body.kind(operation) !== Op.Return) return;
        const call = values.operationOf(values.number(value));
        if (call !== NONE && body.kind(call) === Op.Call) for (const argument of body.list(call)) if (argument !== NONE) for (const base of basesOf(body, values.number(argument))) add(base, operation);
      });
    }
  }
  knownUsers.set(body, users);
  return users;
}

function kindOf(body: FunctionBody, operation: number, isIt: (value: number) => boolean, flow: LockFlow): Escape['kind'] | undefined {
  switch (body.kind(operation)) {
    case Op.Return: {
      if (!isReleasedAt(flow, operation)) return undefined;
      const list = [...body.list(operation)];
      const given = list.find(isIt);
      if (given !== undefined) return isShort(body, operation, given) ? undefined : 'returned';
      return list.some((value) => isIteratorOf(body, value, isIt)) ? 'iterator' : undefined;
    }
    case Op.Send:
      return isIt(body.b(operation)) ? 'sent' : undefined;
    case Op.Call: {
      if (!flow.isFreeAt(operation) || flow.before[operation]! & Hold.Before || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) return undefined;
      const callee = body.calleeOf(operation);
      if (callee?.kind === 'builtin' && callee.role === Role.None) return undefined;
      return [...body.list(operation)].some(isIt) ? 'passed' : undefined;
    }
    default: {
      const container = containerOf(body, operation);
      if (container === NONE || !isIt(container) || !flow.isFreeAt(operation) || flow.before[operation]! & Hold.Before) return undefined;
      return useKind(body, operation, container);
    }
  }
}

/** True where a list is returned only because it has at most one element: nothing moves in it. */
function isShort(body: FunctionBody, operation: number, list: number): boolean {
  const values = valuesOf(body);
  return conditionsAt(body, operation).some(({ condition, holds }) => {
    if (body.kind(condition) !== Op.Compute || body.b(condition) === NONE) return false;
    const [length, bound] = [body.a(condition), values.constantNumber(values.number(body.b(condition)))];
    if (bound === undefined || body.kind(length) !== Op.Length || !basesOf(body, values.number(list)).includes(values.number(body.a(length)))) return false;
    switch (body.c(condition) as Operator) {
      case Operator.Equal:
        return holds && bound <= 1;
      case Operator.NotEqual:
      case Operator.Greater:
        return !holds && bound <= 1;
      case Operator.LessOrEqual:
        return holds && bound <= 1;
      case Operator.Less:
        return holds && bound <= 2;
      case Operator.GreaterOrEqual:
        return !holds && bound <= 2;
      default:
        return false;
    }
  });
}

/** A list's length is in the value itself; only its elements are shared. */
function useKind(body: FunctionBody, operation: number, container: number): Escape['kind'] | undefined {
  switch (accessOf(body, operation)) {
    case Access.Write:
    case Access.Delete:
    case Access.Clear:
      return 'mutated';
    case Access.Read:
    case Access.Range:
      return 'looked-at';
    case Access.Length:
      return body.shape(container) === Shape.List ? undefined : 'looked-at';
    default:
      return undefined;
  }
}

/** True if the lock is free once the function has returned there. */
function isReleasedAt(flow: LockFlow, operation: number): boolean {
  const exits = flow.exits.filter((exit) => exit.operation === operation);
  return exits.length > 0 && exits.every((exit) => exit.hold === Hold.Free);
}

/** `maps.Keys(m)`: looks at the map when it is ranged, not now. */
function isIteratorOf(body: FunctionBody, value: number, isIt: (value: number) => boolean): boolean {
  if (value === NONE) return false;
  const values = valuesOf(body);
  const call = values.operationOf(values.number(value));
  if (call === NONE || body.kind(call) !== Op.Call) return false;
  return isIterator(body.calleeOf(call)?.key) && [...body.list(call)].some(isIt);
}

function isIterator(key: string | undefined): boolean {
  switch (key) {
    case 'maps.All':
    case 'maps.Keys':
    case 'maps.Values':
    case 'slices.All':
    case 'slices.Values':
    case 'slices.Backward':
      return true;
    default:
      return false;
  }
}
