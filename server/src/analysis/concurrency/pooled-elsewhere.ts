// Objects in a container that one function gives back to a pool, while another one that put them there, or got them from there, goes on
// using them after it has let go of the lock:
//
//	func (s *server) serve(c conn) {                    func (s *server) reap() {
//		t := pool.Get().(*stamp)                            s.mu.Lock(); defer s.mu.Unlock()
//		s.mu.Lock(); s.stamps[c] = t; s.mu.Unlock()         for c, t := range s.stamps { delete(s.stamps, c); pool.Put(t) }
//		t.set(now)      ← may be another connection's
//	}

import type { Place } from '../fields.ts';
import { unboxed } from '../pools.ts';
import { valuesOf } from '../values.ts';
import { Walk, walkForward } from '../walk.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import type { Callee } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import { kindOf } from './lock-kinds.ts';
import { lockSummariesOf } from './lock-state.ts';
import type { LockFlow, LockSummaries } from './lock-state.ts';

/** An object that is known under the lock of a container, by one side or the other. */
interface Known extends Place {
  /** The field that the container is in, and the kind of the lock that is held. */
  readonly key: string;
}

export interface PooledElsewhere {
  /** The call that gives the object back. */
  readonly put: Place;
  /** Where the other function stores it in the container, or finds it there. */
  readonly shared: Place;
  /** Where that function uses it with the lock free. */
  readonly use: Place;
}

export function pooledElsewhere(program: Program, isPut: (callee: Callee) => boolean): readonly PooledElsewhere[] {
  const summaries = lockSummariesOf(program);
  const puts = placesIn(program, (each) => putsOf(each.body, each.function, summaries, isPut));
  if (puts.length === 0) return [];
  const found: PooledElsewhere[] = [];
  const keys = new Set(puts.map(({ key }) => key));
  const users = placesIn(program, (each) => usersOf(each.body, each.function, summaries, keys));
  for (const put of puts) {
    const user = users.find((each) => each.key === put.key && each.function !== put.function);
    if (user) found.push({ put, shared: user, use: user.use });
  }
  return found;
}

function placesIn<T>(program: Program, of: (each: { readonly function: ProgramFunction; readonly body: FunctionBody }) => readonly T[]): readonly T[] {
  return [...program.functions.values()].flatMap((each) => (each.isTest || each.generated ? [] : each.body.unit.bodies.flatMap((body) => (body.incomplete ? [] : of({ function: each, body })))));
}

/** The calls that give an element of a container back while the lock of its object is held. */
function putsOf(body: FunctionBody, function_: ProgramFunction, summaries: LockSummaries, isPut: (callee: Callee) => boolean): readonly Known[] {
  const found: Known[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    const callee = body.kind(operation) === Op.Call ? body.calleeOf(operation) : undefined;
    if (!callee || !isPut(callee) || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) continue;
    const given = unboxed(body, body.list(operation)[1] ?? NONE);
    const from = given === NONE ? NONE : elementSource(body, given);
    for (const key of from === NONE ? [] : keysAt(body, operation, from, summaries)) found.push({ function: function_, body, operation, key });
  }
  return found;
}

/** Places where an element of such a container is stored or found under the lock, with a use of it after the lock was let go. */
function usersOf(body: FunctionBody, function_: ProgramFunction, summaries: LockSummaries, keys: ReadonlySet<string>): readonly (Known & { readonly use: Place })[] {
  const found: (Known & { readonly use: Place })[] = [];
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write) continue;
    const place = body.a(operation);
    const stored = body.b(operation);
    if (body.placeKind(place) !== PlaceKind.Element || stored === NONE || body.shape(stored) !== Shape.Pointer) continue;
    const container = body.placeA(place);
    const key = keysAt(body, operation, container, summaries).find((each) => keys.has(each));
    const flow = key === undefined ? undefined : flowOf(body, operation, container, summaries).find((each) => keyOf(body, container, each) === key);
    if (key === undefined || !flow) continue;
    const mayBe = (value: number): readonly number[] => {
      const number = value === NONE ? NONE : values.number(value);
      return number === NONE ? [] : [number, ...(values.alternatives(number) ?? [])].filter((each) => !values.isNil(each));
    };
    const own = new Set(mayBe(stored));
    const isIt = (value: number): boolean => mayBe(value).some((each) => own.has(each));
    let use = NONE;
    walkForward(body, operation, (next) => {
      // Taken out again: nobody finds it.
      if (body.kind(next) === Op.Delete && keyOf(body, body.a(next), flow) === key) return Walk.Stop;
      if (!flow.isFreeAt(next) || !isUsed(body, next, isIt)) return Walk.On;
      use = next;
      return Walk.Found;
    });
    if (use !== NONE) found.push({ function: function_, body, operation, key, use: { function: function_, body, operation: use } });
  }
  return found;
}

/** True if an operation reads or changes what the value points to, or calls something with it. */
function isUsed(body: FunctionBody, operation: number, isIt: (value: number) => boolean): boolean {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.Write: {
      const root = body.rootOf(body.a(operation));
      return body.placeKind(root) === PlaceKind.Target && isIt(body.placeA(root));
    }
    case Op.Call:
      return [...body.list(operation)].some(isIt) && !body.has(operation, Flag.Deferred);
    default:
      return false;
  }
}

/** The container that a value is an element of: found by a key, or by a loop; NONE if it is none. */
function elementSource(body: FunctionBody, value: number): number {
  let at = valuesOf(body).source(value);
  if (body.kind(at) === Op.Extract) at = body.a(at);
  if (body.kind(at) === Op.IterationValue) return body.a(body.a(body.a(at)));
  if (body.kind(at) !== Op.Read || body.placeKind(body.a(at)) !== PlaceKind.Element) return NONE;
  return body.placeA(body.a(at));
}

/** The locks of the container's object that are held at an operation. */
function flowOf(body: FunctionBody, operation: number, container: number, summaries: LockSummaries): readonly LockFlow[] {
  return (summaries.locksOf(body)?.heldAt(operation) ?? []).filter((flow) => keyOf(body, container, flow) !== undefined);
}

function keysAt(body: FunctionBody, operation: number, container: number, summaries: LockSummaries): readonly string[] {
  return flowOf(body, operation, container, summaries).flatMap((flow) => keyOf(body, container, flow) ?? []);
}

/** The field of a container and a lock of the same object; undefined if they are of different ones. */
function keyOf(body: FunctionBody, container: number, { lock }: LockFlow): string | undefined {
  const path = container === NONE ? undefined : accessPathsOf(body).ofValue(container);
  const last = path?.steps.at(-1);
  const kind = kindOf(lock);
  if (!path || last?.kind !== 'field' || kind === undefined || path.root.key !== lock.root.key || path.steps.length !== lock.steps.length) return undefined;
  return path.steps.slice(0, -1).every((step, index) => step.key === lock.steps[index]!.key) ? `${last.key} ${kind}` : undefined;
}
