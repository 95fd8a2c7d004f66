// What a function takes out of its place, and puts something else there under a lock: from then on it is the function's own.
//
//	p.mu.Lock(); conns := p.conns; p.conns = nil; p.mu.Unlock()
//	for _, c := range conns { c.Close() }   ← who comes later under mu finds nil

import { comesBefore } from '../graph.ts';
import { addTo } from '../lists-by-key.ts';
import { valuesOf } from '../values.ts';
import { containerOf } from '../../model/accesses.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessEvent } from './events.ts';
import type { HeldLocks, LocksHeld } from './held-locks.ts';
import type { SharedAccess } from './shared-accesses.ts';
import { LockMode } from './held-locks.ts';

/** True for an access of what its function has taken out of its place under a lock that the other side holds. */
export function isTakenOver({ activation, operation }: AccessEvent, other: HeldLocks, locks: LocksHeld): boolean {
  if (![...other.keys()].some((lock) => lock !== undefined)) return false;
  return replacementsBefore(activation.body, operation).some((write) => {
    const held = locks.at({ activation, operation: write });
    return [...held].some(([lock, mode]) => lock && mode & LockMode.Exclusive && other.has(lock));
  });
}

/**
 * True for an access, in the closure of a task, of what the function around it has taken out of its place before it made the closure:
 *
 *	c.mu.Lock(); hooks := c.hooks; c.hooks = nil; go func() { for _, hook := range hooks { hook() } }()
 */
export function isTakenForTask({ body, operation }: Pick<SharedAccess, 'body' | 'operation'>): boolean {
  const maker = body.parent === NONE ? undefined : body.unit.bodies[body.parent];
  const subject = subjectOf(body, operation);
  if (!maker || subject === NONE || body.kind(subject) !== Op.Read || body.placeKind(body.a(subject)) !== PlaceKind.Variable) return false;
  const variable = body.placeA(body.a(subject));
  if (body.unit.variables[variable]!.writes !== 1) return false;
  const { writes, reads } = replacementsIn(maker);
  if (writes.size === 0) return false;
  let number = NONE;
  let closure = NONE;
  for (let at = 0; at < maker.operationCount; at++) {
    const kind = maker.kind(at);
    if (kind === Op.Closure && maker.unit.bodies[maker.a(at)] === body) closure = at;
    if (kind === Op.Write && maker.placeKind(maker.a(at)) === PlaceKind.Variable && maker.placeA(maker.a(at)) === variable) number = valuesOf(maker).number(maker.b(at));
  }
  return closure !== NONE && (reads.get(number) ?? []).some(({ read, key }) => writes.get(key)!.some((write) => comesBefore(maker, read, write) && comesBefore(maker, write, closure)));
}

/** Where nothing, or something new, was put into the place from which an operation has what it is about, on every way to the operation. */
function replacementsBefore(body: FunctionBody, operation: number): readonly number[] {
  const { writes, reads } = replacementsIn(body);
  if (writes.size === 0) return [];
  const value = subjectOf(body, operation);
  const number = value === NONE ? NONE : valuesOf(body).number(value);
  const found: number[] = [];
  for (const { read, key } of reads.get(number) ?? []) {
    for (const write of writes.get(key)!) if (comesBefore(body, read, write) && comesBefore(body, write, operation)) found.push(write);
  }
  return found;
}

interface Replacements {
  /** Where nothing, or something new, is put into a place that is no variable, by the place. */
  readonly writes: ReadonlyMap<string, readonly number[]>;
  /** Reads of these places, by the number of the value: those that are put nowhere else. */
  readonly reads: ReadonlyMap<number, readonly { readonly read: number; readonly key: string }[]>;
}

const replacementsOf = new BodyFacts<Replacements>();

function replacementsIn(body: FunctionBody): Replacements {
  let replacements = replacementsOf.get(body);
  if (!replacements) replacementsOf.set(body, (replacements = findReplacements(body)));
  return replacements;
}

function findReplacements(body: FunctionBody): Replacements {
  const values = valuesOf(body);
  const paths = accessPathsOf(body);
  const writes = new Map<string, number[]>();
  const reads = new Map<number, { read: number; key: string }[]>();
  for (let write = 0; write < body.operationCount; write++) {
    if (body.kind(write) !== Op.Write || body.variableOf(body.a(write)) !== NONE || !isNew(body, body.b(write))) continue;
    const key = paths.ofPlaceOf(write)?.key;
    if (key !== undefined) addTo(writes, key, write);
  }
  if (writes.size === 0) return { writes, reads };
  const elsewhere = putElsewhere(body);
  for (let read = 0; read < body.operationCount; read++) {
    if (body.kind(read) !== Op.Read || body.variableOf(body.a(read)) !== NONE) continue;
    const key = paths.ofPlaceOf(read)?.key;
    const number = values.number(read);
    if (key !== undefined && writes.has(key) && !elsewhere.has(number)) addTo(reads, number, { read, key });
  }
  return { writes, reads };
}

/** True for nil and for what was just made: `p.list[:0]` shares the elements of the list. */
function isNew(body: FunctionBody, value: number): boolean {
  if (value === NONE) return false;
  const values = valuesOf(body);
  const number = values.number(value);
  return values.isNil(number) || values.creation(number) !== undefined;
}

/** The numbers of the values that are put where others may find them: `p.spare = list`. */
function putElsewhere(body: FunctionBody): ReadonlySet<number> {
  const values = valuesOf(body);
  const found = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if ((kind !== Op.Write && kind !== Op.Send) || body.b(operation) === NONE) continue;
    if (kind === Op.Send || body.variableOf(body.a(operation)) === NONE) found.add(values.number(body.b(operation)));
  }
  return found;
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
