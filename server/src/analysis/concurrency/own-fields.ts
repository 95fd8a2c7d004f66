// Fields that only ever hold an object made for them: who alone has the object around it alone has what the field leads to, but for the
// tasks that came with it.
//
//	c := &Cache{policy: newPolicy()}    ← and nowhere policy: shared
//	c.policy.Collect(metrics)           ← nobody else calls methods of it yet

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { returnsOf } from './execution.ts';

const known = new WeakMap<Program, ReadonlySet<object>>();

/** The `origin` of fields in which the program puts nothing but objects that it makes there, or by a function that gives what it made. */
export function ownFieldsOf(program: Program): ReadonlySet<object> {
  let fields = known.get(program);
  if (!fields) known.set(program, (fields = collect(program)));
  return fields;
}

function collect(program: Program): ReadonlySet<object> {
  const own = new Set<object>();
  const others = new Set<object>();
  for (const { body: { unit } } of program.functions.values()) {
    for (const body of unit.bodies) {
      const note = (field: number, value: number): void => {
        const { origin, shape, exported } = unit.fields[field]!;
        if (origin && shape === Shape.Pointer) (!exported && value !== NONE && isMade(program, body, value) ? own : others).add(origin);
      };
      for (let operation = 0; operation < body.operationCount; operation++) {
        const kind = body.kind(operation);
        if (kind === Op.Aggregate && body.shape(operation) === Shape.Record) {
          const parts = body.list(operation);
          for (let i = 0; i < parts.length; i += 2) if (parts[i + 1] !== NONE) note(parts[i]!, parts[i + 1]!);
        }
        if ((kind === Op.Write || kind === Op.AddressOf) && body.placeKind(body.a(operation)) === PlaceKind.Field) note(body.placeB(body.a(operation)), kind === Op.Write ? body.b(operation) : NONE);
      }
    }
  }
  for (const field of others) own.delete(field);
  return own;
}

/** Functions that give what another one gave are followed so deep. */
const givingDepth = 3;

/** True for nil, for what an operation of the body made, and for what a function gives that gives nothing else. */
function isMade(program: Program, body: FunctionBody, value: number, depth = 0): boolean {
  const values = valuesOf(body);
  return values.alternatives(values.number(value))?.every((each) => values.isNil(each) || values.creation(each) !== undefined || isMadeByCall(program, body, values.origin(each), depth)) ?? false;
}

function isMadeByCall(program: Program, body: FunctionBody, given: number, depth: number): boolean {
  if (given === NONE || depth >= givingDepth) return false;
  const isExtracted = body.kind(given) === Op.Extract;
  const call = isExtracted ? body.a(given) : given;
  if (body.kind(call) !== Op.Call || body.has(call, Flag.Spawned)) return false;
  const key = body.calleeOf(call)?.key;
  const made = key === undefined ? undefined : program.functions.get(key)?.body;
  return made !== undefined && !made.incomplete && returnsOf(made).every((operation) => {
    const result = made.list(operation)[isExtracted ? body.b(given) : 0] ?? NONE;
    return result !== NONE && isMade(program, made, result, depth + 1);
  });
}
