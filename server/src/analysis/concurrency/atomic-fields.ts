// Plain accesses of what is accessed atomically elsewhere.

import type { FunctionBody } from '../../model/function-body.ts';
import { Role, VariableKind } from '../../model/objects.ts';
import { Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { declaredAt } from '../declared.ts';
import { atomicUsesOf } from './atomic-values.ts';
import type { AtomicUse } from './atomic-values.ts';
import { racesIn } from './races.ts';
import type { Race } from './races.ts';
import type { AccessEvent } from './events.ts';

/** Two accesses that may overlap, one of them atomic. */
export interface MixedRace {
  readonly race: Race;
  readonly plain: AccessEvent;
  readonly atomic: AccessEvent;
}

/** The races of which one side is an atomic operation. */
export function mixedRacesIn(program: Program): readonly MixedRace[] {
  return racesIn(program).flatMap((race) => {
    const { first, second } = race;
    if (first.isAtomic === second.isAtomic) return [];
    const [atomic, plain] = first.isAtomic ? [first, second] : [second, first];
    // Operations of locks count as atomic, too; a lock that is overwritten is another defect.
    return isAtomicRole(atomic.activation.body, atomic.operation) ? [{ race, plain, atomic }] : [];
  });
}

function isAtomicRole(body: FunctionBody, operation: number): boolean {
  const role = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.role : undefined;
  return role === Role.AtomicRead || role === Role.AtomicWrite || role === Role.AtomicUpdate;
}

/** A plain access of a field or package variable, in a function of its own, of what another function accesses atomically. */
export interface MixedAccess {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly access: number;
  readonly use: AtomicUse;
}

/**
 * Plain accesses, without a lock, of numbers that the package otherwise accesses with atomic functions: through the receiver
 * of a method that anybody may call.
 */
export function mixedAccessesIn(program: Program): readonly MixedAccess[] {
  const atomics = new Map<object, AtomicUse>();
  for (const use of atomicUsesOf(program)) if (use.declared && isUpdateOfField(use) && !use.function.isTest && !atomics.has(use.declared)) atomics.set(use.declared, use);
  if (atomics.size === 0) return [];
  const found: MixedAccess[] = [];
  for (const each of program.functions.values()) {
    const { body } = each;
    if (!each.exported || each.receiverType === undefined || each.isTest || each.generated || body.incomplete || isOrdered(body)) continue;
    for (let access = 0; access < body.operationCount; access++) {
      const kind = body.kind(access);
      if (kind !== Op.Read && kind !== Op.Write) continue;
      const declared = declaredAt(body, body.a(access));
      const use = declared && atomics.get(declared);
      if (use && use.function !== each && isOfReceiver(body, body.a(access))) found.push({ function: each, body, access, use });
    }
  }
  return found;
}

/** True for `atomic.AddInt64(&s.n, 1)` and the like: a field that is changed while others may look. */
function isUpdateOfField({ role, body, call, function: { body: outer } }: AtomicUse): boolean {
  if (role === Role.AtomicRead || body.calleeOf(call)?.name.includes('.')) return false;
  const address = body.list(call)[0]!;
  return body.kind(address) === Op.AddressOf && (body !== outer || isOfReceiver(body, body.a(address)));
}

/** True for a field of what a pointer receiver points to, itself. */
function isOfReceiver(body: FunctionBody, place: number): boolean {
  if (body.placeKind(place) !== PlaceKind.Field) return false;
  const root = body.rootOf(place);
  if (body.placeKind(root) !== PlaceKind.Target) return false;
  const pointer = body.placeA(root);
  const variable = body.kind(pointer) === Op.Read ? body.variableOf(body.a(pointer)) : -1;
  return variable >= 0 && body.unit.variables[variable]!.kind === VariableKind.Receiver && body.placeKind(body.a(pointer)) === PlaceKind.Variable;
}

/** True if the function takes locks, waits for something or receives: others may be kept away. */
function isOrdered(body: FunctionBody): boolean {
  if (body.unit.callees.some(({ role }) => (role >= Role.Lock && role <= Role.ReadUnlock) || role === Role.CounterWait || role === Role.Once || role === Role.ConditionWait)) return true;
  return body.unit.bodies.some((each) => {
    for (let operation = 0; operation < each.operationCount; operation++) if (each.kind(operation) === Op.Receive || each.kind(operation) === Op.Next) return true;
    return false;
  });
}
