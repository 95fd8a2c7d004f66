// Objects made from others that take over a map which the other's lock guards: each has a lock of its own, and the map is one.
//
//	func (c *cache) Clone() *cache {
//		c.mu.Lock(); defer c.mu.Unlock()
//		return &cache{entries: c.entries}       the clone's lock keeps nobody from c.entries
//	}
//
// The same where the lock is in the object that has them: `copy.layer = l.layer.clone()` with the lock in l and in copy.

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { keysOf } from './call-contexts.ts';
import { guardsOf, partsOf } from './guards.ts';
import type { LocatedAccess, Member, RelatedLock } from './guards.ts';

export interface GuardedCopy {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  /** The map of the other object, where it is read for the new one. */
  readonly map: number;
  readonly lock: RelatedLock;
  /** Where the map is changed under the lock, and where it is looked at under the lock. */
  readonly change: LocatedAccess;
  readonly look: LocatedAccess;
}

/** A map that a new object takes over. */
interface Takeover {
  readonly map: number;
  /** The key of the field, as `Member.key`. */
  readonly member: string;
  /** Where the object is that has the map. */
  readonly from: AccessPath;
  readonly made: number;
}

export function guardedCopiesIn(program: Program): readonly GuardedCopy[] {
  const found: GuardedCopy[] = [];
  for (const function_ of program.functions.values()) {
    if (function_.isTest || function_.generated) continue;
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      for (const takeover of takeoversIn(body)) {
        if (replacesField(body, takeover.member)) continue;
        const copy = copyOf(program, function_, body, takeover);
        if (copy) found.push(copy);
      }
    }
  }
  return found;
}

/** `&cache{entries: c.entries}`, returned. */
function takeoversIn(body: FunctionBody): readonly Takeover[] {
  const found: Takeover[] = [];
  for (let made = 0; made < body.operationCount; made++) {
    if (body.kind(made) !== Op.Aggregate || body.shape(made) !== Shape.Record) continue;
    const parts = body.list(made);
    for (let i = 0; i < parts.length; i += 2) {
      const field = body.unit.fields[parts[i]!];
      const map = parts[i + 1]!;
      if (field?.shape !== Shape.Map || map === NONE || body.kind(map) !== Op.Read) continue;
      const path = accessPathsOf(body).ofPlaceOf(map);
      const last = path?.steps.at(-1);
      if (!path || last?.kind !== 'field' || last.field !== field.origin || path.root.kind !== 'parameter') continue;
      if (isReturned(body, made)) found.push({ map, member: last.key, from: { ...path, steps: path.steps.slice(0, -1) }, made });
    }
  }
  return found;
}

function isReturned(body: FunctionBody, made: number): boolean {
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Return) continue;
    for (const value of body.list(operation)) {
      for (const each of value === NONE ? [] : (values.alternatives(values.number(value)) ?? [])) {
        const creation = values.creation(each);
        if (creation !== undefined && body.kind(creation) === Op.Allocate && body.a(creation) === made) return true;
      }
    }
  }
  return false;
}

/** True if the body puts a map into the field of any object: the one gets a map of its own, or the other one gives its up. */
function replacesField(body: FunctionBody, member: string): boolean {
  for (const each of body.unit.bodies) {
    for (let operation = 0; operation < each.operationCount; operation++) {
      if (each.kind(operation) !== Op.Write || each.placeKind(each.a(operation)) !== PlaceKind.Field) continue;
      if (accessPathsOf(each).ofPlaceOf(operation)?.steps.at(-1)?.key === member) return true;
    }
  }
  return false;
}

function copyOf(program: Program, function_: ProgramFunction, body: FunctionBody, { map, member: key, from }: Takeover): GuardedCopy | undefined {
  const member = guardsOf(program).members.get(key);
  if (!member || from.steps.some((step, index) => (index === 0 ? step.kind !== 'target' : true))) return undefined;
  for (const change of member.accesses) {
    if (change.access.mode !== 'mutate' || change.isUnknown || change.function === function_ || replacesField(change.access.body, key)) continue;
    for (const lock of change.locks) {
      if (lock.mode !== 'exclusive' || lock.isBehindPointer || !isOfItsObject(program, function_, lock, change, key)) continue;
      const look = lookUnder(member, lock, change);
      if (look) return { function: function_, body, map, lock, change, look };
    }
  }
  return undefined;
}

function lookUnder(member: Member, lock: RelatedLock, change: LocatedAccess): LocatedAccess | undefined {
  return member.accesses.find((each) => each.access.mode === 'look' && each.function !== change.function && !each.isUnknown && each.locks.some(({ relation }) => relation === lock.relation));
}

/**
 * True if the lock is part of the object that has the map, so that the new one has another; or of one that points to it, and what the
 * function returns is given to another such object. The change is made from there: who builds the inner object may change it freely.
 */
function isOfItsObject(program: Program, function_: ProgramFunction, { relation }: RelatedLock, change: LocatedAccess, member: string): boolean {
  const { member: path, lock } = partsOf(relation);
  if (lock === '' || !path.endsWith(member)) return false;
  const holder = path.slice(0, path.length - member.length);
  if (holder === '') return true;
  return holder.endsWith('*') && keysOf(change.access.path.steps).endsWith(path) && isGivenToAnother(program, function_, holder);
}

/** `copy.layer = l.layer.clone()`: the result goes into the same field of another object. */
function isGivenToAnother(program: Program, function_: ProgramFunction, holder: string): boolean {
  for (const { body: first, isTest } of program.functions.values()) {
    if (isTest) continue;
    for (const body of first.unit.bodies) {
      const paths = accessPathsOf(body);
      for (let write = 0; write < body.operationCount; write++) {
        if (body.kind(write) !== Op.Write || body.placeKind(body.a(write)) !== PlaceKind.Field) continue;
        const call = body.b(write);
        if (call === NONE || body.kind(call) !== Op.Call || body.calleeOf(call)?.key !== function_.key) continue;
        const to = paths.ofPlaceOf(write);
        const from = paths.ofTarget(body.list(call)[0] ?? NONE);
        if (!to || !from || to.root.key === from.root.key) continue;
        if (`${keysOf(to.steps)}*`.endsWith(holder) && keysOf(from.steps).endsWith(holder)) return true;
      }
    }
  }
  return false;
}
