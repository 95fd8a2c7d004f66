// Fields that stay as they are from when their object was made: nobody assigns them again, so that who still has the object may read
// them, whoever has got it since.
//
//	w := &worker{pool: p}     … nowhere w.pool = q, &w.pool, *w = other
//	pool.Put(w); w.pool.done()

import type { FunctionBody } from '../model/function-body.ts';
import { Shape } from '../model/objects.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { isOfNewObject } from './fields.ts';

/** What a program assigns of objects that it did not make at the same place. */
interface Assigned {
  readonly fields: ReadonlySet<object>;
  /** True if an object of an unknown type is overwritten as a whole, or code is not understood: any field may have changed. */
  readonly isAny: boolean;
}

const known = new WeakMap<Program, Assigned>();

/** What a front end knows of records: the `origin` of each field of the one at a place; undefined if the type is not known. */
export type FieldsAt = (body: FunctionBody, place: number) => readonly object[] | undefined;

/** True for a place that is a field, or a field of a field in place, of which nothing is assigned after its object was made. */
export function isKeptField(program: Program, body: FunctionBody, place: number, fieldsAt: FieldsAt): boolean {
  let at = place;
  let assigned: Assigned | undefined;
  for (; body.placeKind(at) === PlaceKind.Field; at = body.placeA(at)) {
    const { origin, exported } = body.unit.fields[body.placeB(at)]!;
    if (!origin || exported) return false;
    if (!assigned) known.set(program, (assigned = known.get(program) ?? collect(program, fieldsAt)));
    if (assigned.isAny || assigned.fields.has(origin)) return false;
  }
  return assigned !== undefined && body.placeKind(at) === PlaceKind.Target;
}

function collect(program: Program, fieldsAt: FieldsAt): Assigned {
  const fields = new Set<object>();
  let isAny = false;
  for (const { body: { unit } } of program.functions.values()) {
    for (const body of unit.bodies) {
      isAny ||= body.incomplete;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const kind = body.kind(operation);
        if (kind !== Op.Write && kind !== Op.AddressOf) continue;
        const place = body.a(operation);
        if (kind === Op.Write && isOfNewObject(body, place)) continue;
        if (kind === Op.Write && body.placeKind(place) === PlaceKind.Target && isRecord(body.shape(operation))) {
          const all = fieldsAt(body, place);
          isAny ||= all === undefined;
          for (const field of all ?? []) fields.add(field);
        }
        for (let at = place; at !== NONE; at = body.placeKind(at) === PlaceKind.Field || body.placeKind(at) === PlaceKind.Index ? body.placeA(at) : NONE) {
          const origin = body.placeKind(at) === PlaceKind.Field ? body.unit.fields[body.placeB(at)]!.origin : undefined;
          if (origin) fields.add(origin);
        }
      }
    }
  }
  return { fields, isAny };
}

function isRecord(shape: Shape): boolean {
  return shape === Shape.Record || shape === Shape.Unknown;
}
