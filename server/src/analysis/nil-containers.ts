// Containers that are nil where something is put into them, as far as the functions of a program together tell.

import { Access } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Shape } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { conditionsAt, isNilAt } from './conditions.ts';
import { declaredAt } from './declared.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldAccess, FieldAssignment, FieldUses, Place } from './fields.ts';
import { graphOf } from './graph.ts';
import { ValueKind } from './value-table.ts';
import { valuesOf } from './values.ts';
import { Walk, walkBackward } from './walk.ts';

function isNilValue(body: FunctionBody, operation: number): boolean {
  return operation !== NONE && valuesOf(body).isNil(valuesOf(body).number(operation));
}

/** True if records or pointers are converted: the fields of one type may be those of another. */
function convertsRecords(program: Program): boolean {
  for (const { body: first } of program.functions.values()) {
    for (const body of first.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Convert) continue;
        const shape = body.shape(operation);
        if (shape === Shape.Record || (shape === Shape.Pointer && body.a(operation) !== NONE && body.kind(body.a(operation)) !== Op.Zero)) return true;
      }
    }
  }
  return false;
}

const convertingPrograms = new WeakMap<Program, boolean>();

/** True if what the functions assign to a field is all that it can ever hold. */
function isWhollySeen(program: Program, uses: FieldUses): boolean {
  if (uses.addressed) return false;
  let converts = convertingPrograms.get(program);
  if (converts === undefined) convertingPrograms.set(program, (converts = convertsRecords(program)));
  return !converts;
}

/** An insertion that no test for nil and no assignment in the function comes before. */
function isUnguardedInsert(uses: FieldUses, access: FieldAccess): boolean {
  const { body, container, operation } = access;
  if (access.access !== Access.Write || body.shape(container) !== Shape.Map) return false;
  if (isNilAt(body, valuesOf(body).number(container), operation) === false) return false;
  if (testsNil(body, operation, uses.declared)) return false;
  return !uses.assignments.some((each) => each.body.unit === body.unit && !isNilValue(each.body, each.value));
}

/** True if some condition before an operation compares the field with nil, or asks for its length: the code knows about it. */
function testsNil(body: FunctionBody, operation: number, declared: object): boolean {
  return conditionsAt(body, operation).some(({ condition }) => readsField(body, condition, declared, 0));
}

function readsField(body: FunctionBody, operation: number, declared: object, depth: number): boolean {
  if (operation === NONE || depth > 4) return false;
  if (body.kind(operation) === Op.Read && declaredAt(body, body.a(operation)) === declared) return true;
  let found = false;
  body.forEachOperand(operation, (value) => {
    found ||= readsField(body, value, declared, depth + 1);
  });
  return found;
}

/** A field that no function ever assigns a container to, with the insertions into it. */
export interface NeverMade {
  readonly uses: FieldUses;
  readonly inserts: readonly FieldAccess[];
}

export function neverMade(program: Program): readonly NeverMade[] {
  const found: NeverMade[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    if (uses.assignments.some(({ body, value }) => !isNilValue(body, value))) continue;
    const inserts = uses.accesses.filter((access) => isUnguardedInsert(uses, access));
    if (inserts.length > 0 && isWhollySeen(program, uses)) found.push({ uses, inserts });
  }
  return found;
}

/** A call that is given nil for a parameter which the callee writes into. */
export interface NilArgument extends Place {
  readonly argument: number;
  readonly insert: Place;
}

export function nilArguments(program: Program): readonly NilArgument[] {
  const found: NilArgument[] = [];
  forEachKnownCall(program, (function_, body, call, callee) => {
    body.list(call).forEach((value, argument) => {
      if (value === NONE || !isNilValue(body, value)) return;
      const insert = insertIntoParameter(callee.body, argument);
      if (insert !== NONE) found.push({ function: function_, body, operation: call, argument, insert: { function: callee, body: callee.body, operation: insert } });
    });
  });
  return found;
}

/** The first insertion into what a parameter was given, under no condition but those of loops; NONE if there is none. */
function insertIntoParameter(body: FunctionBody, argument: number): number {
  if (body.incomplete) return NONE;
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    const container = elementWritten(body, operation);
    if (container === NONE || values.incoming(values.number(container)) !== argument || body.shape(container) !== Shape.Map) continue;
    if (onlyInLoops(body, operation)) return operation;
  }
  return NONE;
}

function elementWritten(body: FunctionBody, operation: number): number {
  if (body.kind(operation) !== Op.Write) return NONE;
  const root = body.rootOf(body.a(operation));
  return body.placeKind(root) === PlaceKind.Element ? body.placeA(root) : NONE;
}

function onlyInLoops(body: FunctionBody, operation: number): boolean {
  return graphOf(body).isReachable(graphOf(body).blockOf(operation)) && conditionsAt(body, operation).every(({ condition, holds }) => holds && body.loops.some((loop) => loop.next === condition));
}

/** An object that a function makes without a container, and a method it calls on it that writes into it. */
export interface UnmadeField extends Place {
  readonly creation: number;
  readonly uses: FieldUses;
  readonly insert: FieldAccess;
}

export function unmadeFields(program: Program): readonly UnmadeField[] {
  const inserts = new Map<string, { readonly uses: FieldUses; readonly access: FieldAccess }[]>();
  for (const uses of fieldUsesOf(program).maps()) {
    if (uses.isGlobal || !uses.assignments.some((each) => !isNilValue(each.body, each.value))) continue;
    for (const access of uses.accesses) {
      if (access.body !== access.function.body || !isUnguardedInsert(uses, access) || !onlyInLoops(access.body, access.operation) || argumentOf(access) === undefined) continue;
      if (mayAssign(program, access.function, uses)) continue;
      const list = inserts.get(access.function.key) ?? [];
      inserts.set(access.function.key, [...list, { uses, access }]);
    }
  }
  const found: UnmadeField[] = [];
  if (inserts.size === 0) return found;
  forEachKnownCall(program, (function_, body, call, callee) => {
    for (const { uses, access } of inserts.get(callee.key) ?? []) {
      const creation = creationWithout(program, body, call, body.list(call)[argumentOf(access)!] ?? NONE, uses);
      if (creation !== undefined && isWhollySeen(program, uses)) found.push({ function: function_, body, operation: call, creation, uses, insert: access });
    }
  });
  return found;
}

/** The parameter through which an access reaches its field: `p.m` of the parameter p; undefined if it goes another way. */
function argumentOf({ body, container }: FieldAccess): number | undefined {
  if (body.kind(container) !== Op.Read) return undefined;
  const pointer = body.pointerOf(body.a(container));
  return pointer === NONE ? undefined : valuesOf(body).incoming(valuesOf(body).number(pointer));
}

/** True if a function, or one that it calls, may assign the field. */
function mayAssign(program: Program, function_: ProgramFunction, uses: FieldUses, seen = new Set<string>()): boolean {
  if (seen.has(function_.key)) return false;
  seen.add(function_.key);
  for (const body of function_.body.unit.bodies) {
    if (body.incomplete || uses.assignments.some((each) => each.body === body && !isNilValue(body, each.value))) return true;
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) === Op.Call && callMayAssign(program, body, operation, uses, seen)) return true;
    }
  }
  return false;
}

function callMayAssign(program: Program, body: FunctionBody, call: number, uses: FieldUses, seen: Set<string>): boolean {
  const callee = body.calleeOf(call);
  if (callee?.kind === 'builtin') return false;
  // A function value or an interface's method: any function of the program.
  if (!callee || callee.kind === 'interface') return true;
  const known = callee.key === undefined ? undefined : program.functions.get(callee.key);
  return known !== undefined && mayAssign(program, known, uses, seen);
}

/**
 * Where the object that a call is given was made without the field, if nothing can have set the field since: the
 * operation that allocates it or that gives the variable its first value. Undefined if that is not certain.
 */
function creationWithout(program: Program, body: FunctionBody, call: number, pointer: number, uses: FieldUses): number | undefined {
  if (pointer === NONE || body.incomplete) return undefined;
  const values = valuesOf(body);
  const number = values.number(pointer);
  const creation = values.creation(number) ?? (number !== NONE && values.table.kind(number) === ValueKind.AddressOfVariable ? firstValueOf(body, values.table.a(number)) : undefined);
  if (creation === undefined || !graphOf(body).dominates(graphOf(body).blockOf(creation), graphOf(body).blockOf(call))) return undefined;
  const first = body.kind(creation) === Op.Allocate ? body.a(creation) : body.b(creation);
  if (first !== NONE && body.kind(first) !== Op.Zero && !(body.kind(first) === Op.Aggregate && lacksField(body, first, uses.declared))) return undefined;
  const isSet = walkBackward(body, call, (before) => {
    if (before === creation) return Walk.Stop;
    if (body.kind(before) === Op.Write) return declaredAt(body, body.a(before)) === uses.declared || body.shape(before) === Shape.Record ? Walk.Found : Walk.On;
    return body.kind(before) === Op.Call && callMayAssign(program, body, before, uses, new Set()) ? Walk.Found : Walk.On;
  });
  return isSet === false ? creation : undefined;
}

function firstValueOf(body: FunctionBody, variable: number): number | undefined {
  const { owner, captured, kind } = body.unit.variables[variable]!;
  if (owner !== body.index || captured || kind !== 0) return undefined;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Write && body.has(operation, Flag.Define) && body.placeKind(body.a(operation)) === PlaceKind.Variable && body.placeA(body.a(operation)) === variable) return operation;
  }
  return undefined;
}

function lacksField(body: FunctionBody, aggregate: number, declared: object): boolean {
  const parts = body.list(aggregate);
  for (let i = 0; i < parts.length; i += 2) {
    // An embedded record that was made elsewhere may bring the field.
    if (body.unit.fields[parts[i]!]?.origin === declared || body.unit.fields[parts[i]!]?.shape === Shape.Record) return false;
  }
  return true;
}

function forEachKnownCall(program: Program, visit: (function_: ProgramFunction, body: FunctionBody, call: number, callee: ProgramFunction) => void): void {
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Call || !graphOf(body).isReachable(graphOf(body).blockOf(operation))) continue;
        const key = body.calleeOf(operation)?.key;
        const callee = key === undefined ? undefined : program.functions.get(key);
        if (callee && !callee.body.incomplete) visit(function_, body, operation, callee);
      }
    }
  }
}

/** An assignment of nil to a field, and an insertion elsewhere that does not expect it. */
export interface NilReset {
  readonly uses: FieldUses;
  readonly reset: FieldAssignment;
  readonly insert: FieldAccess;
}

/** Fields that only new objects get a container for, that a function sets to nil, and that another one writes into. */
export function nilResets(program: Program): readonly NilReset[] {
  const found: NilReset[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    const made = uses.assignments.filter((each) => !isNilValue(each.body, each.value));
    if (made.length === 0 || made.some((each) => !each.onNew) || !isWhollySeen(program, uses)) continue;
    for (const reset of uses.assignments) {
      if (reset.onNew || !isNilValue(reset.body, reset.value) || handsOver(reset, uses)) continue;
      const insert = uses.accesses.find((access) => isLaterInsert(program, uses, reset, access));
      if (insert) found.push({ uses, reset, insert });
    }
  }
  return found;
}

/** True if the function that resets the field gives what it held to somebody: `m := c.m; c.m = nil; return m`. */
function handsOver(reset: FieldAssignment, uses: FieldUses): boolean {
  return uses.leaks.some((leak) => leak.body.unit === reset.body.unit);
}

function isLaterInsert(program: Program, uses: FieldUses, reset: FieldAssignment, access: FieldAccess): boolean {
  if (access.onNew || access.function === reset.function || access.function.isTest !== reset.function.isTest) return false;
  if (!isUnguardedInsert(uses, access)) return false;
  const flags = assignedIn(reset.function);
  return isReachedUnguarded(program, access, flags, 0);
}

/** The fields and variables that a function assigns. */
function assignedIn(function_: ProgramFunction): ReadonlySet<object> {
  const found = new Set<object>();
  for (const body of function_.body.unit.bodies) {
    for (let operation = 0; operation < body.operationCount; operation++) {
      const declared = body.kind(operation) === Op.Write ? declaredAt(body, body.a(operation)) : undefined;
      if (declared) found.add(declared);
      // A channel that is closed, a flag that is set atomically.
      if (body.kind(operation) !== Op.Call && body.kind(operation) !== Op.Close) continue;
      body.forEachOperand(operation, (value) => {
        const given = body.kind(value) === Op.AddressOf || body.kind(value) === Op.Read ? declaredAt(body, body.a(value)) : undefined;
        if (given) found.add(given);
      });
    }
  }
  return found;
}

const callerDepth = 2;

/** True if code outside the package can come to a place without a test of something that the reset assigns as well. */
function isReachedUnguarded(program: Program, place: Place, flags: ReadonlySet<object>, depth: number): boolean {
  const { body, operation } = place;
  const guarded = conditionsAt(body, operation).some(({ condition }) => readsAny(body, condition, flags, 0));
  if (guarded || body !== place.function.body) return false;
  if (place.function.exported && place.function.receiverType !== undefined) return true;
  if (depth >= callerDepth) return false;
  let reached = false;
  forEachKnownCall(program, (function_, caller, call, callee) => {
    reached ||= callee === place.function && function_ !== place.function && isReachedUnguarded(program, { function: function_, body: caller, operation: call }, flags, depth + 1);
  });
  return reached;
}

function readsAny(body: FunctionBody, operation: number, flags: ReadonlySet<object>, depth: number): boolean {
  if (operation === NONE || depth > 5) return false;
  const kind = body.kind(operation);
  // What a call answers may depend on anything.
  if (kind === Op.Call) return true;
  const declared = kind === Op.Read || kind === Op.AddressOf ? declaredAt(body, body.a(operation)) : undefined;
  if (declared && flags.has(declared)) return true;
  const origin = valuesOf(body).origin(valuesOf(body).number(operation));
  if (origin !== NONE && origin !== operation && readsAny(body, origin, flags, depth + 1)) return true;
  let found = false;
  body.forEachOperand(operation, (value) => {
    found ||= readsAny(body, value, flags, depth + 1);
  });
  return found;
}
