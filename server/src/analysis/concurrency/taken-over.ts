// What a function takes out of its place, and puts something else there under a lock: from then on it is the function's own.
//
//	p.mu.Lock(); conns := p.conns; p.conns = nil; p.mu.Unlock()
//	for _, c := range conns { c.Close() }   ← who comes later under mu finds nil

import { comesBefore } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessEvent } from './events.ts';
import type { HeldLocks, LocksHeld } from './held-locks.ts';
import { LockMode } from './held-locks.ts';

/** True for an access of what its function has taken out of its place under a lock that the other side holds. */
export function isTakenOver({ activation, operation }: AccessEvent, other: HeldLocks, locks: LocksHeld): boolean {
  if (![...other.keys()].some((lock) => lock !== undefined)) return false;
  return replacementsBefore(activation.body, operation).some((write) => {
    const held = locks.at({ activation, operation: write });
    return [...held].some(([lock, mode]) => lock && mode & LockMode.Exclusive && other.has(lock));
  });
}

/** Where nothing, or something new, was put into the place from which an operation has what it is about, on every way to the operation. */
function replacementsBefore(body: FunctionBody, operation: number): readonly number[] {
  const value = subjectOf(body, operation);
  if (value === NONE) return [];
  const values = valuesOf(body);
  const number = values.number(value);
  const paths = accessPathsOf(body);
  const found: number[] = [];
  if (isPutElsewhere(body, number)) return found;
  for (let read = 0; read < operation; read++) {
    if (body.kind(read) !== Op.Read || values.number(read) !== number || body.variableOf(body.a(read)) !== NONE) continue;
    const key = paths.ofPlaceOf(read)?.key;
    for (let write = read + 1; key !== undefined && write < body.operationCount; write++) {
      if (body.kind(write) !== Op.Write || paths.ofPlaceOf(write)?.key !== key || !isNew(body, body.b(write))) continue;
      if (comesBefore(body, read, write) && comesBefore(body, write, operation)) found.push(write);
    }
  }
  return found;
}

/** True for nil and for what was just made: `p.list[:0]` shares the elements of the list. */
function isNew(body: FunctionBody, value: number): boolean {
  if (value === NONE) return false;
  const values = valuesOf(body);
  const number = values.number(value);
  return values.isNil(number) || values.creation(number) !== undefined;
}

/** True if a value is put where others may find it: `p.spare = list`. */
function isPutElsewhere(body: FunctionBody, number: number): boolean {
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if ((kind === Op.Write || kind === Op.Send) && body.b(operation) !== NONE && values.number(body.b(operation)) === number && (kind === Op.Send || body.variableOf(body.a(operation)) === NONE)) return true;
  }
  return false;
}

/** The container that an operation is about, or the pointer by which it reaches something. */
function subjectOf(body: FunctionBody, operation: number): number {
  const container = containerOf(body, operation);
  if (container !== NONE) return container;
  const kind = body.kind(operation);
  if (kind !== Op.Read && kind !== Op.Write) return NONE;
  const root = body.rootOf(body.a(operation));
  return body.placeKind(root) === PlaceKind.Target ? body.placeA(root) : NONE;
}
