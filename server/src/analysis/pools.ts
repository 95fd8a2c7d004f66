// Objects that are lent by a pool: used after they were given back, or given back and taken again with what is in them.

import { Access, accessOf, containerOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { Callee } from '../model/objects.ts';
import { isContainer, Shape } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { declaredOf } from './declared.ts';
import { emptyingsIn } from './emptyings.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldAccess, Place } from './fields.ts';
import { containersIn, samePlace } from './holders.ts';
import { isKeptField } from './kept-fields.ts';
import type { FieldsAt } from './kept-fields.ts';
import { keptUntil } from './kept-objects.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

/** What a front end knows of pools: which functions lend and take back. */
export interface PoolWords {
  isGet(callee: Callee): boolean;
  isPut(callee: Callee): boolean;
  /** True for functions that give a view of the insides of their receiver. */
  isView(callee: Callee): boolean;
  readonly fieldsAt: FieldsAt;
}

export interface UsedAfterPut extends Place {
  /** The call that gives the object back. */
  readonly put: number;
  readonly kind: 'used' | 'returned' | 'put-again' | 'kept';
}

/** Without the conversion to an interface that a call makes. */
export function unboxed(body: FunctionBody, operation: number): number {
  let at = operation;
  while (at !== NONE && (body.kind(at) === Op.Convert || body.kind(at) === Op.Narrow) && !body.has(at, Flag.CommaOk)) at = body.a(at);
  return at;
}

function callsIn(body: FunctionBody, fits: (callee: Callee) => boolean): readonly number[] {
  const found: number[] = [];
  if (body.incomplete) return found;
  for (let operation = 0; operation < body.operationCount; operation++) {
    const callee = body.kind(operation) === Op.Call ? body.calleeOf(operation) : undefined;
    if (callee && fits(callee)) found.push(operation);
  }
  return found;
}

export function usedAfterPut(program: Program, words: PoolWords): readonly UsedAfterPut[] {
  const found: UsedAfterPut[] = [];
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      for (const put of callsIn(body, words.isPut)) {
        const use = useAfter(program, body, put, words);
        if (use) found.push({ function: function_, body, put, ...use });
      }
      for (const { call, closure, put } of deferredPuts(body, words)) {
        const operation = returnOf(body, call, words, (value) => isReadAlike(body, value, closure, unboxed(closure, closure.list(put)[1] ?? NONE)));
        if (operation !== NONE) found.push({ function: function_, body, put: call, operation, kind: 'returned' });
      }
    }
  }
  return found;
}

function useAfter(program: Program, body: FunctionBody, put: number, words: PoolWords): Pick<UsedAfterPut, 'operation' | 'kind'> | undefined {
  const values = valuesOf(body);
  const given = unboxed(body, body.list(put)[1] ?? NONE);
  const number = given === NONE ? NONE : values.number(given);
  if (number === NONE || values.isNil(number) || !mayRefer(body.shape(given)) || body.has(put, Flag.Spawned)) return undefined;
  const isIt = (value: number): boolean => value !== NONE && values.number(unboxed(body, value)) === number;
  if (body.has(put, Flag.Deferred)) {
    const operation = returnOf(body, put, words, isIt);
    return operation === NONE ? undefined : { operation, kind: 'returned' };
  }
  const givers = giversOf(body, given);
  let found: Pick<UsedAfterPut, 'operation' | 'kind'> | undefined;
  walkForward(body, put, (next) => {
    // The next round has another object.
    if (givers.has(next)) return Walk.Stop;
    if (body.kind(next) === Op.Write && body.kind(given) === Op.Read && samePlace(body, body.a(next), body, body.a(given))) return Walk.Stop;
    if (!uses(body, next, isIt) || readsKeptField(program, body, next, words)) return Walk.On;
    const callee = body.kind(next) === Op.Call ? body.calleeOf(next) : undefined;
    found = { operation: next, kind: callee && words.isPut(callee) ? 'put-again' : body.kind(next) === Op.Return ? 'returned' : 'used' };
    return Walk.Found;
  });
  if (found) return found;
  const operation = keptUntil(body, put, isIt);
  return operation === NONE ? undefined : { operation, kind: 'kept' };
}

/** What gives an object anew, or what it is read from: `item := next()` of `pool.Put(item.buffer)`. */
function giversOf(body: FunctionBody, value: number, depth = 0): ReadonlySet<number> {
  const found = new Set<number>();
  const at = unboxed(body, valuesOf(body).source(value));
  if (at === NONE || depth > 8) return found;
  if (body.kind(at) !== Op.Read) return found.add(at);
  body.forEachValueOfPlace(body.a(at), (each) => {
    for (const giver of giversOf(body, each, depth + 1)) found.add(giver);
  });
  return found;
}

function mayRefer(shape: Shape): boolean {
  return isContainer(shape) || shape === Shape.Pointer || shape === Shape.Interface;
}

/** True if an operation does something with an object, beyond naming it and comparing it. */
function uses(body: FunctionBody, operation: number, isIt: (value: number) => boolean): boolean {
  const kind = body.kind(operation);
  if (kind === Op.Compute || kind === Op.Convert || kind === Op.Narrow || kind === Op.Extract || kind === Op.AddressOf) return false;
  if (kind === Op.Call && body.has(operation, Flag.Deferred)) return false;
  if (kind === Op.Read || kind === Op.Write) {
    let found = false;
    body.forEachValueOfPlace(body.a(operation), (value) => {
      found ||= isIt(value);
    });
    const isOwn = body.variableOf(body.a(operation)) !== NONE;
    return found || (kind === Op.Write && !isOwn && body.b(operation) !== NONE && isIt(body.b(operation)));
  }
  let found = false;
  body.forEachOperand(operation, (value) => {
    found ||= isIt(value);
  });
  return found;
}

/** True for a read of a field that nobody assigns after the object was made: whoever has the object by now leaves it as it is. */
function readsKeptField(program: Program, body: FunctionBody, operation: number, { fieldsAt }: PoolWords): boolean {
  return body.kind(operation) === Op.Read && isKeptField(program, body, body.a(operation), fieldsAt);
}

/** The return that gives the caller the object, or a view of it, after a deferred call was reached; NONE if there is none. */
function returnOf(body: FunctionBody, deferred: number, words: PoolWords, isIt: (value: number) => boolean): number {
  const values = valuesOf(body);
  const gives = (value: number): boolean => {
    if (value === NONE) return false;
    if (mayRefer(body.shape(value)) && isIt(value)) return true;
    if (containersIn(body, value).some(isIt)) return true;
    const origin = values.origin(values.number(value));
    if (origin === NONE) return false;
    if (body.kind(origin) === Op.Call) {
      const callee = body.calleeOf(origin);
      return callee !== undefined && words.isView(callee) && isIt(body.list(origin)[0] ?? NONE);
    }
    // What a pointer to a container points to.
    if (body.kind(origin) !== Op.Read || !isContainer(body.shape(origin))) return false;
    const place = body.a(origin);
    return body.placeKind(place) === PlaceKind.Target && isIt(body.placeA(place));
  };
  let found = NONE;
  walkForward(body, deferred, (next) => {
    if (body.kind(next) !== Op.Return || ![...body.list(next)].some(gives)) return Walk.On;
    found = next;
    return Walk.Found;
  });
  return found;
}

/** `defer func() { pool.Put(m) }()` */
function deferredPuts(body: FunctionBody, words: PoolWords): readonly { readonly call: number; readonly closure: FunctionBody; readonly put: number }[] {
  const found: { call: number; closure: FunctionBody; put: number }[] = [];
  if (!body.hasDefers || body.incomplete) return found;
  const values = valuesOf(body);
  for (let call = 0; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call || !body.has(call, Flag.Deferred) || body.b(call) === NONE) continue;
    const made = values.creation(values.number(body.b(call)));
    if (made === undefined || body.kind(made) !== Op.Closure) continue;
    const closure = body.unit.bodies[body.a(made)]!;
    for (const put of callsIn(closure, words.isPut)) found.push({ call, closure, put });
  }
  return found;
}

function isReadAlike(body: FunctionBody, value: number, closure: FunctionBody, given: number): boolean {
  const inner = unboxed(body, value);
  if (inner === NONE || given === NONE || body.kind(inner) !== Op.Read || closure.kind(given) !== Op.Read) return false;
  return samePlace(body, body.a(inner), closure, closure.a(given));
}

// Maps that come back from a pool with their entries. -------------------------------------------------------------------------

export interface UnclearedPool extends Place {
  /** Where the entries of an earlier user are seen. */
  readonly seen: Place;
  /** The field of what is given back that holds the map; undefined where it is the map itself. */
  readonly field: string | undefined;
}

interface Sites {
  readonly gets: Place[];
  readonly puts: Place[];
}

function sitesOf(program: Program, words: PoolWords): ReadonlyMap<object, Sites> {
  const pools = new Map<object, Sites>();
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      for (const operation of callsIn(body, (callee) => words.isGet(callee) || words.isPut(callee))) {
        const declared = declaredOf(body, body.list(operation)[0] ?? NONE);
        if (!declared) continue;
        const sites = pools.get(declared) ?? { gets: [], puts: [] };
        pools.set(declared, sites);
        (words.isGet(body.calleeOf(operation)!) ? sites.gets : sites.puts).push({ function: function_, body, operation });
      }
    }
  }
  return pools;
}

/**
 * Calls that put a map, or an object with a map, into a pool that nothing ever clears, where a user of the pool looks at all of its
 * entries.
 */
export function unclearedPools(program: Program, words: PoolWords): readonly UnclearedPool[] {
  const found: UnclearedPool[] = [];
  for (const { gets, puts } of sitesOf(program, words).values()) {
    if (gets.length === 0) continue;
    const put = puts.find(({ body, operation }) => isMapGiven(body, body.list(operation)[1] ?? NONE));
    if (!put) {
      found.push(...unclearedFields(program, gets, puts));
      continue;
    }
    const users = usersOf(program, [...gets, ...puts]);
    if ([...users].some(empties) || puts.some((each) => isNewlyMade(each))) continue;
    const seen = gets.map((get) => lookAtAll(get)).find((each) => each !== undefined);
    if (seen && isFilled(gets)) found.push({ ...put, seen, field: undefined });
  }
  return found;
}

/** `r := requests.Get().(*request); r.header[k] = v; …; requests.Put(r)`: maps in the fields of pooled objects, which are only made with them. */
function unclearedFields(program: Program, gets: readonly Place[], puts: readonly Place[]): readonly UnclearedPool[] {
  const put = puts.find(({ body, operation }) => gets.some((get) => get.body === body && comesFrom(body, unboxed(body, body.list(operation)[1] ?? NONE), get.operation)));
  if (!put || [...usersOf(program, [...gets, ...puts])].some(overwritesRecord)) return [];
  const found: UnclearedPool[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    if (uses.isGlobal || uses.addressed || uses.leaks.length > 0 || uses.assignments.some((each) => !each.onNew)) continue;
    if (uses.accesses.some(({ access }) => access === Access.Delete || access === Access.Clear || access === Access.Share)) continue;
    const pooled = uses.accesses.filter((each) => gets.some((get) => isInPooled(each, get)));
    const seen = pooled.find(({ access }) => access === Access.Range || access === Access.Length);
    if (seen && pooled.some(({ access }) => access === Access.Write)) found.push({ ...put, seen, field: uses.name });
  }
  return found;
}

/** True for a field of the object that a pool lends: in the function that takes it, or in one that is given it there. */
function isInPooled({ function: function_, body, container }: FieldAccess, get: Place): boolean {
  const pointer = body.kind(container) === Op.Read ? body.pointerOf(body.a(container)) : NONE;
  if (pointer === NONE) return false;
  if (body === get.body) return comesFrom(body, pointer, get.operation);
  const parameter = valuesOf(body).incoming(valuesOf(body).number(pointer));
  if (parameter === undefined || body !== function_.body) return false;
  for (let call = 0; call < get.body.operationCount; call++) {
    if (get.body.kind(call) !== Op.Call || get.body.calleeOf(call)?.key !== function_.key) continue;
    const given = get.body.list(call)[parameter] ?? NONE;
    if (given !== NONE && comesFrom(get.body, given, get.operation)) return true;
  }
  return false;
}

/** True for functions that put another record in the place of one: `*r = request{}`. */
function overwritesRecord({ body: { unit } }: ProgramFunction): boolean {
  return unit.bodies.some((body) => {
    if (body.incomplete) return true;
    for (let operation = 0; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Write && body.placeKind(body.a(operation)) === PlaceKind.Target) return true;
    return false;
  });
}

/** True for a map, or a pointer to one. */
function isMapGiven(body: FunctionBody, value: number): boolean {
  const given = unboxed(body, value);
  return given !== NONE && body.shape(given) === Shape.Map;
}

function isNewlyMade({ body, operation }: Place): boolean {
  const given = unboxed(body, body.list(operation)[1] ?? NONE);
  return given !== NONE && body.kind(given) === Op.Make;
}

/** The functions with the sites, those they call, and those that call them: whoever may clear the map for them. */
function usersOf(program: Program, sites: readonly Place[]): ReadonlySet<ProgramFunction> {
  const users = new Set(sites.map((each) => each.function));
  const own = new Set(users);
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        const key = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.key : undefined;
        const callee = key === undefined ? undefined : program.functions.get(key);
        if (!callee) continue;
        if (own.has(function_)) users.add(callee);
        if (own.has(callee)) users.add(function_);
      }
    }
  }
  return users;
}

/** True for functions that remove anything from any map. */
function empties({ body: { unit } }: ProgramFunction): boolean {
  return unit.bodies.some((body) => {
    if (body.incomplete || emptyingsIn(body).length > 0) return true;
    for (let operation = 0; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Delete) return true;
    return false;
  });
}

function comesFrom(body: FunctionBody, container: number, get: number): boolean {
  let at = valuesOf(body).source(container);
  while (at !== NONE && (body.kind(at) === Op.Narrow || body.kind(at) === Op.Extract || body.kind(at) === Op.Convert)) at = body.a(at);
  return at === get;
}

/** Where the function that takes a map looks at all of its entries, or counts them. */
function lookAtAll({ function: function_, body, operation }: Place): Place | undefined {
  for (let each = 0; each < body.operationCount; each++) {
    const access = accessOf(body, each);
    if ((access === Access.Range || access === Access.Length) && comesFrom(body, containerOf(body, each), operation)) return { function: function_, body, operation: each };
  }
  return undefined;
}

function isFilled(gets: readonly Place[]): boolean {
  return gets.some(({ body, operation }) => {
    for (let each = 0; each < body.operationCount; each++) if (accessOf(body, each) === Access.Write && comesFrom(body, containerOf(body, each), operation)) return true;
    return false;
  });
}

