// Accesses that a flag keeps apart which both sides use under one lock: one side has set it before, the other has found it unset and still
// holds the lock. Whoever comes later finds it set.
//
//	p.mu.Lock(); p.closed = true; p.mu.Unlock(); close(p.jobs)
//	p.mu.RLock(); if p.closed { return }; p.jobs <- job; p.mu.RUnlock()

import { conditionsAt } from '../conditions.ts';
import type { Passed } from '../conditions.ts';
import { comesBefore } from '../graph.ts';
import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import type { Constant } from '../../model/objects.ts';
import { NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import type { Activation } from './activation.ts';
import type { AccessEvent, Point } from './events.ts';
import { mayExclude } from './held-locks.ts';
import type { HeldLocks } from './held-locks.ts';
import { lockSummariesOf } from './lock-state.ts';
import type { Task } from './task.ts';

/** Where an execution sets flags for good, and where it asks for these. */
export class Closings {
  private readonly sets: readonly AccessEvent[];
  private readonly asked: readonly AccessEvent[];

  constructor(private readonly program: Program, accesses: readonly AccessEvent[], private readonly heldAt: (access: AccessEvent) => HeldLocks) {
    this.sets = accesses.filter((each) => setsForGood(program, each));
    const flags = new Set(this.sets.map(({ location }) => location.canonical));
    this.asked = flags.size === 0 ? [] : accesses.filter(({ location, isWrite }) => !isWrite && flags.has(location.canonical));
  }

  /** True if the first access only comes when a flag is set that the second found unset, both under one lock which the second still holds. */
  keepApart(first: AccessEvent, second: AccessEvent): boolean {
    const { program, heldAt } = this;
    if (this.asked.length === 0 || heldAt(second).size === 0) return false;
    for (const { activation, operation } of waysTo(first)) {
      for (const set of this.sets) {
        if (set.activation !== activation || !comesBefore(activation.body, set.operation, operation) || !mayExclude(heldAt(set), heldAt(second))) continue;
        if (this.asked.some((each) => each.location.canonical === set.location.canonical && mayExclude(heldAt(set), heldAt(each)) && isFoundUnset(program, each, second))) return true;
      }
    }
    return false;
  }
}

/**
 * True if whoever starts a task first sets what it has just found not set: `if c.status == closed { return }; c.status = closed; go …`.
 * Another start of it by the same code is kept out, unless somebody takes that back.
 */
export function isStartedOncePerFlag({ spawner, spawnOperation }: Task): boolean {
  if (!spawner || spawnOperation === NONE) return false;
  return waysTo({ activation: spawner, operation: spawnOperation }).some(({ activation: { body }, operation }) =>
    conditionsAt(body, operation).some((passed) => {
      const found = foundDifferent(body, passed);
      return found !== undefined && isSetBetween(body, found, operation);
    }),
  );
}

/** What a flag was found not to be. */
interface NotFound {
  readonly read: number;
  readonly value: Constant;
}

function foundDifferent(body: FunctionBody, { condition, holds }: Passed): NotFound | undefined {
  const values = valuesOf(body);
  const source = values.source(condition);
  if (body.kind(source) === Op.Read) return holds ? undefined : { read: source, value: true };
  const operator: Operator = body.c(condition);
  if (body.kind(condition) !== Op.Compute || operator !== (holds ? Operator.NotEqual : Operator.Equal)) return undefined;
  for (const [side, other] of [[body.a(condition), body.b(condition)], [body.b(condition), body.a(condition)]] as const) {
    const value = other === NONE ? undefined : body.constantOf(other);
    const read = side === NONE ? NONE : values.source(side);
    if (value !== undefined && read !== NONE && body.kind(read) === Op.Read) return { read, value };
  }
  return undefined;
}

/** True if the flag is set to what it was found not to be, on every way from there to an operation. */
function isSetBetween(body: FunctionBody, { read, value }: NotFound, end: number): boolean {
  const values = valuesOf(body);
  const address = values.addressAt(read);
  if (address === NONE) return false;
  for (let write = 0; write < body.operationCount; write++) {
    if (body.kind(write) !== Op.Write || values.addressAt(write) !== address || body.b(write) === NONE || body.constantOf(body.b(write)) !== value) continue;
    if (comesBefore(body, read, write) && comesBefore(body, write, end)) return true;
  }
  return false;
}

/** The operations of the functions around a point that lead to it, from the inside. */
function waysTo({ activation, operation }: Point): readonly Point[] {
  const found: Point[] = [{ activation, operation }];
  for (let at: Activation = activation; at.caller && !at.deferred; at = at.caller) found.push({ activation: at.caller, operation: at.callSite });
  return found;
}

/** True for `closed = true` of a flag to which nothing else is ever assigned. */
function setsForGood(program: Program, { activation: { body }, operation, isWrite }: AccessEvent): boolean {
  if (!isWrite || body.kind(operation) !== Op.Write || body.shape(operation) !== Shape.Boolean || body.b(operation) === NONE || body.constantOf(body.b(operation)) !== true) return false;
  const place = body.a(operation);
  const flag = body.placeKind(place) === PlaceKind.Field ? body.unit.fields[body.placeB(place)]!.origin : undefined;
  return flag !== undefined && lockSummariesOf(program).isSetOnce(flag);
}

/** True if an access comes only where a flag that was read is not set, in the section in which it was read. */
function isFoundUnset(program: Program, { activation, operation }: AccessEvent, access: AccessEvent): boolean {
  return waysTo(access).some((way) => {
    const { body } = way.activation;
    if (way.activation !== activation || !conditionsAt(body, way.operation).some(({ condition, holds }) => !holds && valuesOf(body).source(condition) === operation)) return false;
    const flows = lockSummariesOf(program).locksOf(body)?.flows ?? [];
    return flows.some((flow) => {
      const [taken, ...others] = flow.takenBy(way.operation);
      return taken !== undefined && others.length === 0 && flow.isHeldAt(operation) && flow.isHeldAt(way.operation) && flow.takenBy(operation).every((each) => each === taken);
    });
  });
}
