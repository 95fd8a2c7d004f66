// Lists in objects that an atomic value publishes, to which somebody appends for a list of his own:
//
//	state := c.state.Load()
//	all := append(state.primaries, state.replicas...)
//
// Where the list has room left, append writes behind its end, into memory that all who loaded the object share.

import { declaredAt } from '../declared.ts';
import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { lockSummariesOf } from './lock-state.ts';

export interface PublishedAppend {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly append: number;
  /** The atomic operation that published the object, or gave it. */
  readonly use: Use;
}

interface Use {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly call: number;
}

/** Results of calls are looked at so many calls deep. */
const callDepth = 4;

export function publishedAppendsIn(program: Program): readonly PublishedAppend[] {
  const found: PublishedAppend[] = [];
  let grown: ReadonlySet<object> | undefined;
  for (const each of program.functions.values()) {
    if (each.generated) continue;
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let append = 0; append < body.operationCount; append++) {
        if (body.kind(append) !== Op.Append || body.list(append).length === 0) continue;
        const read = fieldRead(body, body.a(append));
        if (read === NONE || isPutBack(body, append, read)) continue;
        const use = published(program, each, body, body.placeA(body.rootOf(body.a(read))), 0);
        const field = declaredAt(body, body.a(read));
        if (!use || !field || !(grown ??= grownFields(program)).has(field)) continue;
        if ((lockSummariesOf(program).locksOf(body)?.heldAt(append) ?? []).length > 0) continue;
        found.push({ function: each, body, append, use });
      }
    }
  }
  return found;
}

/** The read of a field of what a pointer leads to, if a list is that; NONE otherwise. */
function fieldRead(body: FunctionBody, list: number): number {
  if (list === NONE || body.shape(list) !== Shape.List) return NONE;
  const read = valuesOf(body).source(list);
  if (body.kind(read) !== Op.Read || body.placeKind(body.a(read)) !== PlaceKind.Field) return NONE;
  return body.placeKind(body.rootOf(body.a(read))) === PlaceKind.Target ? read : NONE;
}

/** `state.list = append(state.list, v)` is a change of the object, which is another defect. */
function isPutBack(body: FunctionBody, append: number, read: number): boolean {
  const field = declaredAt(body, body.a(read));
  for (let operation = append + 1; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Write && body.b(operation) === append && declaredAt(body, body.a(operation)) === field) return true;
  }
  return false;
}

/** The atomic operation that a pointer came from or went to before; undefined if it may be another object. */
function published(program: Program, function_: ProgramFunction, body: FunctionBody, pointer: number, depth: number): Use | undefined {
  const values = valuesOf(body);
  const origin = pointer === NONE ? NONE : values.origin(values.number(pointer));
  if (origin === NONE) return undefined;
  const stored = storeOf(function_, body, pointer);
  if (stored) return stored;
  switch (body.kind(origin)) {
    case Op.Narrow:
      return published(program, function_, body, body.a(origin), depth);
    case Op.Extract: {
      const call = values.origin(values.number(body.a(origin)));
      if (body.b(origin) !== 0 && body.kind(call === NONE ? body.a(origin) : call) === Op.Narrow) return undefined;
      return publishedBy(program, function_, body, call === NONE ? body.a(origin) : call, body.b(origin), depth);
    }
    case Op.Call:
      return publishedBy(program, function_, body, origin, 0, depth);
    default:
      return undefined;
  }
}

/** A result of a call: of an atomic load, or of a function of which each result was published. */
function publishedBy(program: Program, function_: ProgramFunction, body: FunctionBody, call: number, index: number, depth: number): Use | undefined {
  if (body.kind(call) === Op.Narrow) return published(program, function_, body, body.a(call), depth);
  if (body.kind(call) !== Op.Call || body.flags(call) & (Flag.Deferred | Flag.Spawned)) return undefined;
  const callee = body.calleeOf(call);
  if (callee?.role === Role.AtomicRead) return { function: function_, body, call };
  const called = callee?.kind === 'function' && callee.key !== undefined ? program.functions.get(callee.key) : undefined;
  if (!called || called.body.incomplete || depth >= callDepth) return undefined;
  const inner = called.body;
  let found: Use | undefined;
  for (const block of graphOf(inner).order) {
    for (let operation = inner.firstOperation(block); operation < inner.endOperation(block); operation++) {
      if (inner.kind(operation) !== Op.Return) continue;
      const result = inner.list(operation)[index] ?? NONE;
      // `return nil, err` gives no object.
      if (result !== NONE && valuesOf(inner).isNil(valuesOf(inner).number(result))) continue;
      const use = result === NONE ? undefined : published(program, called, inner, result, depth + 1);
      if (!use) return undefined;
      found ??= use;
    }
  }
  return found;
}

/** `v.Store(state)`: where the function publishes an object itself. */
function storeOf(function_: ProgramFunction, body: FunctionBody, pointer: number): Use | undefined {
  const values = valuesOf(body);
  const number = values.number(pointer);
  for (let call = 0; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call || body.calleeOf(call)?.role !== Role.AtomicWrite) continue;
    let value = body.list(call).at(-1) ?? NONE;
    while (value !== NONE && body.kind(value) === Op.Convert) value = body.a(value);
    if (value !== NONE && number !== NONE && values.number(value) === number) return { function: function_, body, call };
  }
  return undefined;
}

/** The fields that are given what append returned, in the function or in one that it calls: those may have room left. */
function grownFields(program: Program): ReadonlySet<object> {
  const found = new Set<object>();
  for (const { body: first } of program.functions.values()) {
    for (const body of first.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Write || body.b(operation) === NONE || body.placeKind(body.a(operation)) !== PlaceKind.Field) continue;
        const field = declaredAt(body, body.a(operation));
        if (field && grows(program, body, body.b(operation), 0)) found.add(field);
      }
    }
  }
  return found;
}

function grows(program: Program, body: FunctionBody, value: number, depth: number): boolean {
  const at = valuesOf(body).source(value);
  if (body.kind(at) === Op.Append) return true;
  const callee = body.kind(at) === Op.Call ? body.calleeOf(at) : undefined;
  const called = callee?.key === undefined ? undefined : program.functions.get(callee.key)?.body;
  if (!called || called.incomplete || depth > 1) return false;
  for (let operation = 0; operation < called.operationCount; operation++) {
    if (called.kind(operation) === Op.Return && grows(program, called, called.list(operation)[0] ?? NONE, depth + 1)) return true;
  }
  return false;
}
