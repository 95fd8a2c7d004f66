// Containers that are replaced by a new, empty one while something else goes on with the old one, as if the two were still
// the same. Not a holder: a closure over the variable, which sees the new one.

import { Access, accessOf, containerOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Shape, VariableKind } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { declaredAt } from './declared.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldAssignment, FieldTable, FieldUses, Place } from './fields.ts';
import { giveSame, mayWait, samePlace } from './holders.ts';
import { loopsAround } from './loops.ts';
import { isReset } from './stores.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

export interface SharedReplacement extends Place {
  /** `field`: another field has the old one; `deferred`: a deferred call was given it; `task`: a running task; `name`: a local variable. */
  readonly kind: 'field' | 'deferred' | 'task' | 'name';
  /** Where the holder was given the container. */
  readonly sharing: Place;
  /** Where the holder uses the old one afterwards. */
  readonly use: Place;
  readonly holder: string;
}

export function sharedReplacements(program: Program): readonly SharedReplacement[] {
  return [...replacedFields(program), ...replacedForTasks(program), ...replacedLocally(program)];
}

/** True if an assignment puts a new empty map, or nil, where others may look. */
function empties(each: FieldAssignment): boolean {
  return !each.onNew && each.body.kind(each.operation) === Op.Write && each.body.shape(each.operation) === Shape.Map && isReset(each.body, each.operation);
}

// Two fields that are given one map when their objects are made. ------------------------------------------------------------

function replacedFields(program: Program): readonly SharedReplacement[] {
  const all = fieldUsesOf(program);
  const found: SharedReplacement[] = [];
  for (const uses of all.maps()) {
    const resets = uses.assignments.filter(empties);
    if (resets.length === 0 || uses.addressed) continue;
    for (const { holder, sharing } of sharersOf(all, uses)) {
      const use = holder.accesses.find((each) => !each.onNew && each.access !== Access.Length);
      const isLive = [...uses.accesses, ...holder.accesses].some((each) => !each.onNew && (each.access === Access.Write || each.access === Access.Delete));
      if (!use || !isLive) continue;
      for (const reset of resets) {
        const { function: function_, body, operation } = reset;
        if (function_ === sharing.function || holder.assignments.some((each) => each.function === function_) || !isForgotten(uses, reset)) continue;
        found.push({ kind: 'field', function: function_, body, operation, sharing, use, holder: holder.name });
      }
    }
  }
  return found;
}

/** The fields that always have the map of another field, from the function on that makes both. */
function sharersOf(all: FieldTable, uses: FieldUses): readonly { readonly holder: FieldUses; readonly sharing: FieldAssignment }[] {
  const found: { holder: FieldUses; sharing: FieldAssignment }[] = [];
  const made = uses.assignments.filter((each) => each.onNew || uses.isGlobal);
  for (const holder of all.maps()) {
    if (holder === uses || holder.addressed || holder.assignments.length === 0) continue;
    const isShared = (each: FieldAssignment): boolean => made.some((other) => other.body === each.body && sameValue(each, other) && givesMap(each));
    const sharing = holder.assignments.find(isShared);
    if (sharing && holder.assignments.every((each) => isShared(each))) found.push({ holder, sharing });
  }
  return found;
}

function sameValue(a: FieldAssignment, b: FieldAssignment): boolean {
  return a.value !== NONE && b.value !== NONE && a.operation !== b.operation && giveSame(a.body, a.value, b.value);
}

/** True for a map that the function made itself: nobody else has it. */
function givesMap({ body, value }: FieldAssignment): boolean {
  const values = valuesOf(body);
  const alternatives = values.alternatives(values.number(value)) ?? [];
  return body.shape(value) === Shape.Map && alternatives.length > 0 && !values.isNil(values.number(value));
}

/** True if the function that replaces a map does nothing else with the old one: it does not swap it out. */
function isForgotten(uses: FieldUses, reset: FieldAssignment): boolean {
  if (uses.leaks.some((each) => each.body.unit === reset.body.unit)) return false;
  return !usesAfter(reset.body, reset.operation, valuesOf(reset.body).number(reset.operation)).length;
}

/** Operations after another one that use a container by its value. */
function usesAfter(body: FunctionBody, operation: number, container: number): readonly number[] {
  if (container === NONE) return [];
  const values = valuesOf(body);
  const found: number[] = [];
  walkForward(body, operation, (next) => {
    if (containerOf(body, next) === NONE && (body.kind(next) === Op.Read || body.kind(next) === Op.Write)) return Walk.On;
    let isUsed = false;
    body.forEachOperand(next, (value) => {
      isUsed ||= values.number(value) === container;
    });
    if (isUsed || (containerOf(body, next) !== NONE && values.number(containerOf(body, next)) === container)) found.push(next);
    return Walk.On;
  });
  return found;
}

// A goroutine that was given the map, and goes on using it in a loop. ------------------------------------------------------

function replacedForTasks(program: Program): readonly SharedReplacement[] {
  const found: SharedReplacement[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    const resets = uses.assignments.filter(empties);
    if (resets.length === 0) continue;
    for (const leak of uses.leaks) {
      const use = leak.body.kind(leak.operation) === Op.Call && leak.body.has(leak.operation, Flag.Spawned) ? useInLoop(program, leak, uses) : undefined;
      if (!use) continue;
      for (const reset of resets) {
        if (reset.function === leak.function || uses.leaks.some((each) => each.body.unit === reset.body.unit)) continue;
        found.push({ kind: 'task', function: reset.function, body: reset.body, operation: reset.operation, sharing: leak, use, holder: '' });
      }
    }
  }
  return found;
}

/** Where a task uses the map it was given, in a loop in which it waits. */
function useInLoop(program: Program, { function: function_, body, operation }: Place, uses: FieldUses): Place | undefined {
  const key = body.calleeOf(operation)?.key;
  const callee = key === undefined ? undefined : program.functions.get(key);
  if (!callee || callee.body.incomplete) return undefined;
  const argument = [...body.list(operation)].findIndex((value) => value !== NONE && body.kind(value) === Op.Read && declaredAt(body, body.a(value)) === uses.declared);
  const values = valuesOf(callee.body);
  for (let each = 0; each < callee.body.operationCount; each++) {
    const container = containerOf(callee.body, each);
    if (container === NONE || values.incoming(values.number(container)) !== argument || argument < 0) continue;
    const loops = loopsAround(callee.body, each);
    if (loops.some((loop) => waitsIn(program, callee.body, loop))) return { function: callee === function_ ? function_ : callee, body: callee.body, operation: each };
  }
  return undefined;
}

function waitsIn(program: Program, body: FunctionBody, loop: number): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    const isWait = body.kind(operation) === Op.Receive || (body.kind(operation) === Op.Next && mayWait(program, body, operation));
    if (isWait && loopsAround(body, operation).includes(loop)) return true;
  }
  return false;
}

// A deferred call or a local variable that has the old map. -----------------------------------------------------------------

function replacedLocally(program: Program): readonly SharedReplacement[] {
  const found: SharedReplacement[] = [];
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Write || body.has(operation, Flag.Define) || body.shape(operation) !== Shape.Map || !isReset(body, operation)) continue;
        const holder = deferredHolder(program, body, operation) ?? namedHolder(body, operation);
        if (!holder) continue;
        const { kind, sharing, use, name } = holder;
        found.push({ kind, function: function_, body, operation, sharing: { function: function_, body, operation: sharing }, use: { function: function_, body: use.body, operation: use.operation }, holder: name });
      }
    }
  }
  return found;
}

interface LocalHolder {
  readonly kind: 'deferred' | 'name';
  readonly sharing: number;
  readonly use: { readonly body: FunctionBody; readonly operation: number };
  readonly name: string;
}

/** `defer report(m); m = map[K]V{}; m[k] = v`: the deferred call reports the first map. */
function deferredHolder(program: Program, body: FunctionBody, reset: number): LocalHolder | undefined {
  if (!body.hasDefers || !isFilledAfter(body, reset)) return undefined;
  for (let call = 0; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call || !body.has(call, Flag.Deferred)) continue;
    const argument = [...body.list(call)].findIndex((value) => value !== NONE && body.kind(value) === Op.Read && samePlace(body, body.a(value), body, body.a(reset)));
    if (argument < 0) continue;
    const callee = calledBody(program, body, call);
    const use = callee && lookAtParameter(callee, argument);
    const isBefore = walkForward(body, call, (next) => (next === reset ? Walk.Found : body.kind(next) === Op.Write && samePlace(body, body.a(next), body, body.a(reset)) ? Walk.Stop : Walk.On)) === true;
    if (callee && use !== undefined && isBefore) return { kind: 'deferred', sharing: call, use: { body: callee, operation: use }, name: '' };
  }
  return undefined;
}

function calledBody(program: Program, body: FunctionBody, call: number): FunctionBody | undefined {
  const key = body.calleeOf(call)?.key;
  if (key !== undefined) return program.functions.get(key)?.body;
  if (body.b(call) === NONE) return undefined;
  const made = valuesOf(body).creation(valuesOf(body).number(body.b(call)));
  return made !== undefined && body.kind(made) === Op.Closure ? body.unit.bodies[body.a(made)] : undefined;
}

/** Where a function looks at the elements of a parameter; undefined if it does not, or keeps what it was given. */
function lookAtParameter(body: FunctionBody, argument: number): number | undefined {
  const values = valuesOf(body);
  let found: number | undefined;
  for (let operation = 0; operation < body.operationCount; operation++) {
    const access = accessOf(body, operation);
    if (access !== undefined && values.incoming(values.number(containerOf(body, operation))) === argument) {
      if (access === Access.Read || access === Access.Range || access === Access.Length) found ??= operation;
      continue;
    }
    if (body.kind(operation) === Op.Read) continue;
    const isOwn = body.kind(operation) === Op.Write && body.has(operation, Flag.Define);
    let isKept = false;
    body.forEachOperand(operation, (value) => {
      isKept ||= !isOwn && values.incoming(values.number(value)) === argument && (body.kind(operation) === Op.Write || body.kind(operation) === Op.Return || body.kind(operation) === Op.Send);
    });
    if (isKept) return undefined;
  }
  return found;
}

function isFilledAfter(body: FunctionBody, reset: number): boolean {
  return (
    walkForward(body, reset, (next) => {
      const container = containerOf(body, next);
      return accessOf(body, next) === Access.Write && body.kind(container) === Op.Read && samePlace(body, body.a(container), body, body.a(reset)) ? Walk.Found : Walk.On;
    }) === true
  );
}

/** `entries := c.entries; c.entries = map[K]V{}; entries[k] = v`: the insertion goes into a map that nobody has any more. */
function namedHolder(body: FunctionBody, reset: number): LocalHolder | undefined {
  const values = valuesOf(body);
  const old = values.number(reset);
  if (old === NONE || values.isNil(old) || values.incoming(old) !== undefined || values.alternatives(old)?.length !== 1) return undefined;
  const uses = usesAfter(body, reset, old);
  const [first] = uses;
  if (first === undefined || !uses.every((each) => accessOf(body, each) === Access.Write && isLocalName(body, containerOf(body, each)))) return undefined;
  // Something else may have the old map as well.
  if (isHeldElsewhere(body, old)) return undefined;
  const sharing = values.origin(old);
  const name = body.unit.variables[body.placeA(body.a(containerOf(body, first)))]!.name;
  return { kind: 'name', sharing: sharing === NONE ? first : sharing, use: { body, operation: first }, name };
}

function isLocalName(body: FunctionBody, container: number): boolean {
  if (body.kind(container) !== Op.Read || body.placeKind(body.a(container)) !== PlaceKind.Variable) return false;
  const variable = body.unit.variables[body.placeA(body.a(container))]!;
  return variable.owner === body.index && !variable.captured && !variable.addressTaken && variable.kind === VariableKind.Local;
}

function isHeldElsewhere(body: FunctionBody, container: number): boolean {
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    switch (body.kind(operation)) {
      case Op.Read:
        continue;
      case Op.Write: {
        const variable = body.variableOf(body.a(operation));
        const isLocal = variable !== NONE && body.unit.variables[variable]!.kind !== VariableKind.Global && !body.unit.variables[variable]!.captured;
        if (!isLocal && body.b(operation) !== NONE && values.number(body.b(operation)) === container) return true;
        continue;
      }
      default:
    }
    if (containerOf(body, operation) !== NONE) continue;
    let isGiven = false;
    body.forEachOperand(operation, (value) => {
      isGiven ||= values.number(value) === container;
    });
    if (isGiven && body.kind(operation) !== Op.Compute && body.kind(operation) !== Op.Next) return true;
  }
  return false;
}

