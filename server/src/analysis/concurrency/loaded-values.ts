// Whether a value was computed from what an operation read.

import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import type { Values } from '../values.ts';
import { conditionsAt } from '../conditions.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';

const depthLimit = 12;

/** The numbers that stand for what an operation gave: the value itself, and the parts of a value with its `ok`. */
function sourcesOf(values: Values, read: number): ReadonlySet<number> {
  const number = values.number(read);
  const found = new Set([number]);
  if (number !== NONE && values.table.kind(number) === ValueKind.Pair) found.add(values.table.a(number)).add(values.table.b(number));
  return found;
}

/** True if the value of an operation is computed from what another one read. */
export function dependsOn(body: FunctionBody, operation: number, read: number): boolean {
  if (operation === NONE) return false;
  const values = valuesOf(body);
  return reaches(values, values.number(operation), sourcesOf(values, read), 0);
}

function reaches(values: Values, number: number, sources: ReadonlySet<number>, depth: number): boolean {
  if (number === NONE || depth > depthLimit) return false;
  if (sources.has(number)) return true;
  const { table } = values;
  switch (table.kind(number)) {
    case ValueKind.Compute:
      return reaches(values, table.b(number), sources, depth + 1) || reaches(values, table.c(number), sources, depth + 1);
    case ValueKind.Extract:
    case ValueKind.Presence:
    case ValueKind.Part:
    case ValueKind.Convert:
    case ValueKind.Length:
    // What is behind a pointer goes with the pointer.
    case ValueKind.Load:
    case ValueKind.AddressOfTarget:
    case ValueKind.AddressOfField:
    case ValueKind.AddressOfIndex:
      return reaches(values, table.a(number), sources, depth + 1);
    case ValueKind.Operation: {
      const operation = table.a(number);
      let found = false;
      const { body } = values;
      if (isPassing(body, operation)) {
        body.forEachOperand(operation, (value) => {
          found ||= reaches(values, values.number(value), sources, depth + 1);
        });
      }
      return found;
    }
    default:
      return false;
  }
}

/** Operations that give a value computed from their operands: assertions, conversions, appends, and what a function makes of it. */
function isPassing(body: FunctionBody, operation: number): boolean {
  switch (body.kind(operation)) {
    case Op.Narrow:
    case Op.Convert:
    case Op.Compute:
    case Op.Append:
      return true;
    case Op.Call:
      return !(body.flags(operation) & (Flag.Spawned | Flag.Deferred));
    default:
      return false;
  }
}

/** True if an operation only runs, or does not run, because of what another one read. */
export function isDecidedBy(body: FunctionBody, operation: number, read: number): boolean {
  return conditionsAt(body, operation).some(({ condition }) => dependsOn(body, condition, read));
}
