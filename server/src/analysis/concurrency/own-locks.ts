// Locks that only the function which made them can take: their addresses go nowhere.

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { LocationKind } from './locations.ts';
import type { Location } from './locations.ts';

/** True for a lock in a variable that no other function sees, or in a new object that no other one is given. */
export function isOwnLock(lock: Location): boolean {
  const { kind, activation, index } = lock.root;
  if (!activation) return false;
  const { body } = activation;
  if (kind === LocationKind.Cell) return !body.unit.variables[index]!.captured && isOnlyLocked(body, index);
  return kind === LocationKind.Heap && isOnlyLockedBehind(body, index);
}

/** True if the address of a local lock is used for nothing but its own methods. */
export function isOnlyLocked(body: FunctionBody, variable: number): boolean {
  const addresses = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.AddressOf && body.variableOf(body.a(operation)) === variable) addresses.add(operation);
  }
  return areOnlyLocked(body, (value) => addresses.has(value));
}

/** The same of a lock that an operation allocated: its pointer may be in variables of the function. */
function isOnlyLockedBehind(body: FunctionBody, allocation: number): boolean {
  const values = valuesOf(body);
  const number = values.number(allocation);
  if (number === NONE || body.kind(allocation) !== Op.Allocate) return false;
  return areOnlyLocked(body, (value) => value !== NONE && values.mayBe(values.number(value), number));
}

function areOnlyLocked(body: FunctionBody, isAddress: (value: number) => boolean): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.someOperand(operation, isAddress) && !isOwnUse(body, operation)) return false;
  }
  return true;
}

/** A method of the lock, or a variable of the function that the pointer is put into. */
function isOwnUse(body: FunctionBody, operation: number): boolean {
  if (body.kind(operation) === Op.Call) return (body.calleeOf(operation)?.role ?? 0) !== 0 && !body.has(operation, Flag.Spawned);
  const place = body.kind(operation) === Op.Write ? body.a(operation) : NONE;
  if (place === NONE || body.placeKind(place) !== PlaceKind.Variable) return false;
  const { owner, captured, addressTaken } = body.unit.variables[body.placeA(place)]!;
  return owner === body.index && !captured && !addressTaken;
}
