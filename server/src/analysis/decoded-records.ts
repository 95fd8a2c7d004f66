// Maps in records that code outside the package fills: a decoder makes those that its input has, and leaves the others nil. Outside code
// that is given a record of the package does not know its type; it goes by what it finds in it.
//
//	var data state                          func (s *store) add(k string) {
//	err := decoder.Decode(&data)                s.data.names[k] = true      ← panics if the input had no names
//	s.data = data                           }

import { conditionsAt } from './conditions.ts';
import { declaredAt } from './declared.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldAccess, FieldUses, Place } from './fields.ts';
import { valuesOf } from './values.ts';
import { Access } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Shape, VariableKind } from '../model/objects.ts';
import { NONE, Op, Operator, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';

/** A record that starts as zero, is given to code outside, and gets into a field as it is then. */
interface Decoded extends Place {
  readonly variable: number;
  /** The `origin` of the field that it is stored in. */
  readonly holder: object;
}

export interface DecodedInsert {
  readonly uses: FieldUses;
  /** All insertions, the first one first. */
  readonly inserts: readonly FieldAccess[];
  /** The call of the code outside. */
  readonly decoded: Place;
  /** Where another function makes the map. */
  readonly made: Place;
}

/** Maps that a decoder may have left nil, with the insertions into them. */
export function decodedInserts(program: Program): readonly DecodedInsert[] {
  const decoded = [...program.functions.values()].flatMap((each) => (each.isTest || each.generated ? [] : each.body.unit.bodies.flatMap((body) => decodedIn(program, each, body))));
  if (decoded.length === 0) return [];
  const found: DecodedInsert[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    if (uses.isGlobal) continue;
    const made = uses.assignments.find((each) => each.onNew && !each.function.isTest && isMade(each.body, each.value));
    // Somebody knows that it may be nil.
    if (!made || uses.assignments.some(({ body, operation }) => testsNil(body, operation, uses.declared))) continue;
    for (const each of decoded) {
      if (each.body.unit.bodies.some((body) => uses.assignments.some((assigned) => assigned.body === body))) continue;
      const inserts = uses.accesses.filter((access) => isInto(access, each.holder) && !access.function.isTest && !testsNil(access.body, access.operation, uses.declared) && !uses.assignments.some(({ body }) => body.unit === access.body.unit));
      if (inserts.length === 0) continue;
      found.push({ uses, inserts, decoded: each, made });
      break;
    }
  }
  return found;
}

function decodedIn(program: Program, function_: ProgramFunction, body: FunctionBody): readonly Decoded[] {
  const found: Decoded[] = [];
  if (body.incomplete) return found;
  for (let call = 0; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call) continue;
    const callee = body.calleeOf(call);
    if (callee && (callee.kind === 'builtin' || (callee.key !== undefined && program.functions.has(callee.key)))) continue;
    for (const value of body.list(call)) {
      const variable = value === NONE ? NONE : zeroRecordAt(body, value, call);
      const holder = variable === NONE ? undefined : holderOf(body, call, variable);
      if (holder) found.push({ function: function_, body, operation: call, variable, holder });
    }
  }
  return found;
}

/** The local record whose address a value is, if nothing was put into it before; NONE for others. */
function zeroRecordAt(body: FunctionBody, value: number, call: number): number {
  if (body.kind(value) !== Op.AddressOf || body.placeKind(body.a(value)) !== PlaceKind.Variable) return NONE;
  const index = body.placeA(body.a(value));
  const variable = body.unit.variables[index]!;
  if (variable.shape !== Shape.Record || variable.kind !== VariableKind.Local || variable.owner !== body.index || variable.captured) return NONE;
  let isZero = false;
  for (let operation = 0; operation < call; operation++) {
    if (body.kind(operation) !== Op.Write || body.variableOf(body.a(operation)) !== index) continue;
    if (isZero || body.b(operation) === NONE || body.kind(body.b(operation)) !== Op.Zero) return NONE;
    isZero = true;
  }
  return isZero ? index : NONE;
}

/** The field that a record is stored in as a whole after a call. */
function holderOf(body: FunctionBody, call: number, variable: number): object | undefined {
  for (let operation = call + 1; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write || body.placeKind(body.a(operation)) !== PlaceKind.Field || body.b(operation) === NONE) continue;
    const value = body.b(operation);
    const isWhole = (body.kind(value) === Op.Read || body.kind(value) === Op.AddressOf) && body.placeKind(body.a(value)) === PlaceKind.Variable && body.placeA(body.a(value)) === variable;
    if (isWhole) return declaredAt(body, body.a(operation));
  }
  return undefined;
}

/** An insertion into the map of the record in a field: `s.data.names[k] = v`. */
function isInto({ access, body, container, onNew }: FieldAccess, holder: object): boolean {
  if (access !== Access.Write || onNew || body.shape(container) !== Shape.Map || body.kind(container) !== Op.Read) return false;
  const place = body.a(container);
  if (body.placeKind(place) !== PlaceKind.Field) return false;
  const record = body.placeA(place);
  if (body.placeKind(record) === PlaceKind.Field) return declaredAt(body, record) === holder;
  if (body.placeKind(record) !== PlaceKind.Target) return false;
  const origin = valuesOf(body).origin(valuesOf(body).number(body.placeA(record)));
  return origin !== NONE && body.kind(origin) === Op.Read && declaredAt(body, body.a(origin)) === holder;
}

function isMade(body: FunctionBody, value: number): boolean {
  return value !== NONE && (body.kind(value) === Op.Make || body.kind(value) === Op.Call);
}

/** True if a condition before an operation compares the field with nil, or asks how much is in it. */
function testsNil(body: FunctionBody, operation: number, declared: object): boolean {
  const isField = (value: number): boolean => value !== NONE && body.kind(value) === Op.Read && declaredAt(body, body.a(value)) === declared;
  return conditionsAt(body, operation).some(({ condition }) => {
    if (body.kind(condition) !== Op.Compute) return false;
    const isEquality = body.c(condition) === Operator.Equal || body.c(condition) === Operator.NotEqual;
    return [body.a(condition), body.b(condition)].some((each) => each !== NONE && ((isEquality && isField(each)) || (body.kind(each) === Op.Length && isField(body.a(each)))));
  });
}
