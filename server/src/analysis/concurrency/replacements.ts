// Objects with a lock in them that are overwritten with a new value while others may use them.

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf, startsWith } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { poolPut } from './call-contexts.ts';
import { guardsOf } from './guards.ts';
import { makesParts } from './parts-made.ts';
import type { LockFlow } from './lock-state.ts';

export interface Replacement {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly write: number;
  readonly path: AccessPath;
  /** A lock in the replaced object that is held at that moment. */
  readonly held: LockFlow | undefined;
}

/**
 * The writes of new records into objects that were not made here.
 * @param hasLock whether a place holds a lock
 */
export function replacementsIn(program: Program, hasLock: (body: FunctionBody, place: number) => boolean): readonly Replacement[] {
  const found: Replacement[] = [];
  const { contexts } = guardsOf(program);
  for (const each of program.functions.values()) {
    if (each.isTest || each.entry === 'init' || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      for (let write = 0; write < body.operationCount; write++) {
        if (body.kind(write) !== Op.Write || body.shape(write) !== Shape.Record || body.has(write, Flag.Define) || !isNew(body, body.b(write))) continue;
        const path = accessPathsOf(body).ofPlaceOf(write);
        if (!path || !isReachable(body, path) || !hasLock(body, body.a(write)) || isSetUp(body, write) || isGivenToPool(body, write)) continue;
        const { root } = path;
        if (root.kind === 'parameter' && root.body === 0 && body.index === 0) {
          const ways = contexts.of(each);
          if (ways.length === 0 || ways.every((way) => way.unpublished.has(root.index)) || makesParts(contexts, body, root.index)) continue;
        }
        const flows = contexts.summaries.locksOf(body)?.flows ?? [];
        const held = flows.find((flow) => flow.isHeldAt(write) && startsWith(flow.lock, path));
        // Some other lock may keep all others away.
        if (!held && (flows.some((flow) => !flow.isFreeAt(write)) || contexts.of(each).some((way) => way.held.length > 0))) continue;
        found.push({ function: each, body, write, path, held });
      }
    }
  }
  return found;
}

/** True for memory that others may know: what a pointer leads to, and variables of package level. */
function isReachable(body: FunctionBody, { root, steps }: AccessPath): boolean {
  if (root.kind === 'global') return true;
  if (!steps.some((step) => step.kind === 'target')) return false;
  if (root.kind === 'parameter') return true;
  if (root.kind !== 'value') return false;
  const maker = body.unit.bodies[root.body]!;
  const operation = valuesOf(maker).operationOf(root.index);
  return operation !== NONE && maker.kind(operation) === Op.IterationValue;
}

/** `*s = shard{size: size}`: the object gets what the function is given, and was not looked at before. */
function isSetUp(body: FunctionBody, write: number): boolean {
  const values = valuesOf(body);
  const pointer = pointerWritten(body, write);
  const value = body.b(write);
  if (pointer === undefined || body.kind(value) !== Op.Aggregate) return false;
  const list = body.list(value);
  if (![...list].some((part, index) => index % 2 === 1 && part !== NONE && values.incoming(values.number(part)) !== undefined)) return false;
  for (let operation = 0; operation < write; operation++) {
    if ((body.kind(operation) === Op.Read || body.kind(operation) === Op.Write) && pointerWritten(body, operation) === pointer) return false;
  }
  return true;
}

/** `*e = entry{}; pool.Put(e)`: the last who has it gives it back. */
function isGivenToPool(body: FunctionBody, write: number): boolean {
  const pointer = pointerWritten(body, write);
  if (pointer === undefined) return false;
  const values = valuesOf(body);
  for (let operation = write + 1; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || body.calleeOf(operation)?.key !== poolPut) continue;
    if ([...body.list(operation)].some((value) => value !== NONE && values.alternatives(values.number(value))?.includes(pointer))) return true;
  }
  return false;
}

/** The value number of the pointer through which an operation reads or writes. */
function pointerWritten(body: FunctionBody, operation: number): number | undefined {
  const root = body.rootOf(body.a(operation));
  return body.placeKind(root) === PlaceKind.Target ? valuesOf(body).number(body.placeA(root)) : undefined;
}

/** A literal, a zero value, `*new(T)`. */
function isNew(body: FunctionBody, value: number): boolean {
  if (value === NONE) return false;
  switch (body.kind(value)) {
    case Op.Aggregate:
    case Op.Zero:
      return true;
    case Op.Read: {
      const place = body.a(value);
      return body.placeKind(place) === PlaceKind.Target && valuesOf(body).creation(valuesOf(body).number(body.placeA(place))) !== undefined;
    }
    default:
      return false;
  }
}
