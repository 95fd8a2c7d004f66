// Containers that are published through an atomic value: whoever loads one may read it at any time, without a lock, so that it
// must never change again.

import type { FunctionBody } from '../../model/function-body.ts';
import { isContainer, Role, VariableKind } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { Access, accessOf, containerOf, isChange } from '../../model/accesses.ts';
import { declaredAt, declaredOf } from '../declared.ts';
import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { Walk, walkForward } from '../walk.ts';

/** A call that loads from, stores to or swaps an atomic value. */
export interface AtomicUse {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly call: number;
  readonly role: Role;
  /** The field or variable that is loaded from or stored to; undefined if that is not one. */
  readonly declared: object | undefined;
}

/** An operation that changes a container, and how the container was published. */
export interface PublishedChange {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly change: number;
  readonly use: AtomicUse;
}

const usesOfPrograms = new WeakMap<Program, readonly AtomicUse[]>();

/** The atomic operations of a program, in the order of its functions. */
export function atomicUsesOf(program: Program): readonly AtomicUse[] {
  let found = usesOfPrograms.get(program);
  if (!found) usesOfPrograms.set(program, (found = collectUses(program)));
  return found;
}

function collectUses(program: Program): readonly AtomicUse[] {
  const uses: AtomicUse[] = [];
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let call = 0; call < body.operationCount; call++) {
        if (body.kind(call) !== Op.Call) continue;
        const role = body.calleeOf(call)?.role;
        if (role !== Role.AtomicRead && role !== Role.AtomicWrite && role !== Role.AtomicUpdate) continue;
        uses.push({ function: each, body, call, role, declared: declaredOf(body, body.list(call)[0] ?? NONE) });
      }
    }
  }
  return uses;
}

/** How an operation changes a container; undefined if it does not. */
export function changeOf(body: FunctionBody, operation: number): Access.Write | Access.Delete | Access.Clear | undefined {
  const access = accessOf(body, operation);
  return isChange(access) ? access : undefined;
}

/** Results of helpers are looked at so many calls deep. */
const helperDepth = 3;

/**
 * The atomic load that gave a container: `v.Load().(map[K]V)`, `*p.Load()`, or a call of a function of the program that does
 * nothing but return one. Undefined if the container may come from anywhere else.
 */
export function loadBehind(program: Program, body: FunctionBody, container: number, depth = 0): { readonly body: FunctionBody; readonly call: number } | undefined {
  if (body.incomplete) return undefined;
  const values = valuesOf(body);
  const seen = new Set<number>();
  for (let at = container; ; ) {
    const origin = values.origin(values.number(at));
    // A loop may come from an element to the next one, and round again.
    if (origin === NONE || seen.has(origin)) return undefined;
    seen.add(origin);
    switch (body.kind(origin)) {
      case Op.Narrow:
      case Op.Extract:
        at = body.a(origin);
        break;
      case Op.Read: {
        const place = body.a(origin);
        if (body.placeKind(place) !== PlaceKind.Target) return undefined;
        at = body.placeA(place);
        break;
      }
      case Op.Call:
        if (body.flags(origin) & (Flag.Deferred | Flag.Spawned)) return undefined;
        if (body.calleeOf(origin)?.role === Role.AtomicRead) return { body, call: origin };
        return depth < helperDepth ? loadReturnedBy(program, body, origin, depth) : undefined;
      default:
        return undefined;
    }
  }
}

function loadReturnedBy(program: Program, body: FunctionBody, call: number, depth: number): { readonly body: FunctionBody; readonly call: number } | undefined {
  const key = body.calleeOf(call)?.key;
  const callee = key === undefined ? undefined : program.functions.get(key)?.body;
  if (!callee || callee.incomplete) return undefined;
  let found: { readonly body: FunctionBody; readonly call: number } | undefined;
  for (const block of graphOf(callee).order) {
    for (let operation = callee.firstOperation(block); operation < callee.endOperation(block); operation++) {
      if (callee.kind(operation) !== Op.Return) continue;
      const [result = NONE] = callee.list(operation);
      // `return nil` beside a load says that there is nothing to load.
      if (result !== NONE && valuesOf(callee).isNil(valuesOf(callee).number(result))) continue;
      const load = result === NONE ? undefined : loadBehind(program, callee, result, depth + 1);
      if (!load) return undefined;
      found ??= load;
    }
  }
  return found;
}

/** Changes of containers that were loaded from an atomic value, in the order of the program. */
export function changesOfLoaded(program: Program): readonly PublishedChange[] {
  const byCall = new Map<FunctionBody, Map<number, AtomicUse>>();
  for (const use of atomicUsesOf(program)) {
    if (use.role !== Role.AtomicRead || use.declared === undefined) continue;
    const calls = byCall.get(use.body) ?? new Map<number, AtomicUse>();
    byCall.set(use.body, calls.set(use.call, use));
  }
  if (byCall.size === 0) return [];
  const found: PublishedChange[] = [];
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (changeOf(body, operation) === undefined || !isContainer(body.shape(containerOf(body, operation)))) continue;
        const container = containerOf(body, operation);
        const field = fieldBehindPointer(body, container);
        const load = loadBehind(program, body, field ? field.pointer : container);
        const use = load && byCall.get(load.body)?.get(load.call);
        if (!use || !graphOf(body).isReachable(graphOf(body).blockOf(operation))) continue;
        if (!field || isLookedAtElsewhere(program, each, field.declared, use, byCall)) found.push({ function: each, body, change: operation, use });
      }
    }
  }
  return found;
}

/** `c.entries` of `c := p.Load()`: the field that gives a container, and the pointer to its record; undefined for other containers. */
function fieldBehindPointer(body: FunctionBody, container: number): { readonly declared: object; readonly pointer: number } | undefined {
  const values = valuesOf(body);
  const at = container === NONE || body.kind(container) === Op.Read ? container : values.origin(values.number(container));
  const place = at !== NONE && body.kind(at) === Op.Read ? body.a(at) : NONE;
  const pointer = place === NONE ? NONE : body.pointerOf(place);
  const declared = pointer === NONE ? undefined : declaredAt(body, place);
  return declared && { declared, pointer };
}

/** True if another function looks into a field of what it has loaded, without any lock: it does so at any time. */
function isLookedAtElsewhere(program: Program, changer: ProgramFunction, declared: object, use: AtomicUse, byCall: ReadonlyMap<FunctionBody, ReadonlyMap<number, AtomicUse>>): boolean {
  for (const each of program.functions.values()) {
    if (each === changer || each.isTest !== changer.isTest || locks(each) || !each.body.unit.fields.some(({ origin }) => origin === declared)) continue;
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const access = accessOf(body, operation);
        if (access === undefined || isChange(access)) continue;
        const field = fieldBehindPointer(body, containerOf(body, operation));
        const load = field?.declared === declared ? loadBehind(program, body, field.pointer) : undefined;
        if (load && byCall.get(load.body)?.get(load.call)?.declared === use.declared) return true;
      }
    }
  }
  return false;
}

/** What a store publishes: the container itself, or the variable whose address is stored. */
function publishedBy(use: AtomicUse): { readonly value: number; readonly place: number } | undefined {
  const { body, call } = use;
  const value = body.list(call).at(-1) ?? NONE;
  if (value === NONE || body.list(call).length < 2) return undefined;
  if (isContainer(body.shape(value))) return { value, place: body.kind(value) === Op.Read ? body.a(value) : NONE };
  if (body.kind(value) === Op.AddressOf && body.placeKind(body.a(value)) === PlaceKind.Variable && isContainer(body.unit.variables[body.placeA(body.a(value))]!.shape)) return { value: NONE, place: body.a(value) };
  return undefined;
}

/** Changes of containers that the same function has stored in an atomic value before. */
export function changesAfterStore(program: Program): readonly PublishedChange[] {
  const found: PublishedChange[] = [];
  for (const use of atomicUsesOf(program)) {
    if (use.role === Role.AtomicRead || use.declared === undefined || use.body.flags(use.call) & (Flag.Deferred | Flag.Spawned)) continue;
    const published = publishedBy(use);
    if (!published) continue;
    const { body } = use;
    const values = valuesOf(body);
    const made = published.value === NONE ? undefined : values.creation(values.number(published.value));
    walkForward(body, use.call, (operation) => {
      // Another round makes another container.
      if (operation === made) return Walk.Stop;
      if (body.kind(operation) === Op.Write && published.place !== NONE && samePlace(body, body.a(operation), published.place)) return Walk.Stop;
      if (changeOf(body, operation) === undefined || !isPublished(body, containerOf(body, operation), published)) return Walk.On;
      found.push({ function: use.function, body, change: operation, use });
      return Walk.Found;
    });
  }
  return found;
}

function isPublished(body: FunctionBody, container: number, published: { readonly value: number; readonly place: number }): boolean {
  const values = valuesOf(body);
  if (published.value !== NONE && values.number(container) !== NONE && values.number(container) === values.number(published.value)) return true;
  return published.place !== NONE && body.kind(container) === Op.Read && samePlace(body, body.a(container), published.place);
}

/** True if two places are one variable, or one field of one variable's target that no assignment changes between. */
function samePlace(body: FunctionBody, a: number, b: number): boolean {
  if (a === b) return true;
  if (body.placeKind(a) !== body.placeKind(b)) return false;
  switch (body.placeKind(a)) {
    case PlaceKind.Variable:
      return body.placeA(a) === body.placeA(b);
    case PlaceKind.Field:
      return body.placeB(a) === body.placeB(b) && samePlace(body, body.placeA(a), body.placeA(b));
    case PlaceKind.Target: {
      const values = valuesOf(body);
      return values.number(body.placeA(a)) !== NONE && values.number(body.placeA(a)) === values.number(body.placeA(b));
    }
    default:
      return false;
  }
}

/** Changes of a container in a field that one function stores in an atomic value and that nothing ever replaces. */
export function changesOfStoredFields(program: Program): readonly PublishedChange[] {
  const stores = new Map<object, AtomicUse>();
  for (const use of atomicUsesOf(program)) {
    if (use.role === Role.AtomicRead || use.declared === undefined) continue;
    const published = publishedBy(use);
    const declared = published && published.place !== NONE && use.body.placeKind(published.place) === PlaceKind.Field ? declaredAt(use.body, published.place) : undefined;
    if (declared && !stores.has(declared)) stores.set(declared, use);
  }
  if (stores.size === 0) return [];
  const changes: { readonly declared: object; readonly change: PublishedChange }[] = [];
  const replaced = new Set<object>();
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) === Op.Write) {
          const declared = declaredAt(body, body.a(operation));
          if (declared && stores.has(declared)) replaced.add(declared);
        }
        if (changeOf(body, operation) === undefined) continue;
        const container = containerOf(body, operation);
        const declared = declaredOf(body, container) ?? declaredOf(body, valuesOf(body).origin(valuesOf(body).number(container)));
        const use = declared && stores.get(declared);
        if (use) changes.push({ declared, change: { function: each, body, change: operation, use } });
      }
    }
  }
  return changes.filter(({ declared, change }) => !replaced.has(declared) && change.function !== change.use.function && !isOfNewObject(change)).map(({ change }) => change);
}

/** True if the changed container is a field of an object that the function itself made: nobody else has it yet. */
function isOfNewObject({ body, change }: PublishedChange): boolean {
  const container = containerOf(body, change);
  if (body.kind(container) !== Op.Read) return false;
  const root = body.rootOf(body.a(container));
  if (body.placeKind(root) === PlaceKind.Variable) return body.unit.variables[body.placeA(root)]!.kind !== VariableKind.Global;
  const values = valuesOf(body);
  return values.creation(values.number(body.placeA(root))) !== undefined;
}

/**
 * True if a change may be meant to happen under a lock that every reader takes too: the function takes locks, or its name says
 * that its callers do, and no other function loads the value without one.
 */
export function isLockedEverywhere(program: Program, { function: changer, use }: PublishedChange): boolean {
  if (!locks(changer) && !/locked$/i.test(changer.name)) return false;
  return atomicUsesOf(program).every((other) => other.role !== Role.AtomicRead || other.declared !== use.declared || other.function === changer || locks(other.function) || /locked$/i.test(other.function.name));
}

function locks({ body: { unit } }: ProgramFunction): boolean {
  return unit.callees.some(({ role }) => role >= Role.Lock && role <= Role.ReadUnlock);
}
