// Cells: what activations of one thread share. A cell is a variable, a field, or the elements of the container in one, each
// under its key. Two accesses touch one cell if their variable or field is the same and their keys may be shown to be equal.

import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape, VariableKind, isContainer } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { Walk, walkForward } from '../walk.ts';
import { originsOf } from './dependence.ts';
import { PerFunction } from './program.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram, Point } from './program.ts';

export type CellAccess = 'read' | 'has' | 'write' | 'append' | 'remove' | 'shift' | 'clear' | 'iterate' | 'length' | 'value-read' | 'value-write';

export interface Access extends Point {
  readonly kind: CellAccess;
  /** The declaration of the variable or field. */
  readonly root: object;
  readonly name: string;
  /** Where the variable or field lives. */
  readonly home: 'module' | 'this' | 'captured' | 'local' | 'parameter';
  /** The variable that the path starts from, in the file's unit; NONE for fields of `this`. */
  readonly variable: number;
  readonly key: number;
  readonly shape: Shape;
  /** What a write writes. */
  readonly value: number;
  /** Where the access really is, if a call makes it: the operation is the call then. */
  readonly through?: Access;
  /** The key where it is computed, if a call makes the access: parameters there are what the call gives. */
  readonly keyAt?: KeyPoint;
}

/** A value, seen from the call that its function was called by. */
interface KeyPoint extends Point {
  readonly call?: KeyPoint;
}

/** The key of an access that a call makes under a key of its own. */
const UNKNOWN_KEY = -2;

/** What a function accesses is decided in its file: it is the same in every program that has the file. */
const cache = new BodyFacts<readonly Access[]>();

/** The accesses of cells that stand in a function. */
export function accessesIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Access[] {
  const known = cache.get(of.body);
  if (known) return known;
  const found: Access[] = [];
  for (let operation = 0; operation < of.body.operationCount; operation++) {
    const access = accessAt(program, { file, function: of, operation });
    if (access) found.push(access);
  }
  cache.set(of.body, found);
  return found;
}

const byOperation = new WeakMap<readonly Access[], ReadonlyMap<number, readonly Access[]>>();

const noAccesses: readonly Access[] = [];

/** Those of a function's accesses that an operation makes, in their order. */
export function accessesMadeAt(accesses: readonly Access[], operation: number): readonly Access[] {
  let known = byOperation.get(accesses);
  if (!known) {
    const found = new Map<number, Access[]>();
    for (const access of accesses) {
      const list = found.get(access.operation);
      if (list) list.push(access);
      else found.set(access.operation, [access]);
    }
    byOperation.set(accesses, (known = found));
  }
  return known.get(operation) ?? noAccesses;
}

const byRoot = new WeakMap<AsyncProgram, Map<object, readonly Access[]>>();

/** The accesses of one variable or field in all functions of a program, in their order. */
export function accessesOfRoot(program: AsyncProgram, root: object): readonly Access[] {
  let ofProgram = byRoot.get(program);
  if (!ofProgram) byRoot.set(program, (ofProgram = new Map<object, readonly Access[]>()));
  let known = ofProgram.get(root);
  if (!known) ofProgram.set(root, (known = program.filesNaming(root).flatMap((file) => accessesInFile(program, file).get(root) ?? [])));
  return known;
}

const byFile = new WeakMap<AsyncProgram, Map<AsyncFile, ReadonlyMap<object, readonly Access[]>>>();

function accessesInFile(program: AsyncProgram, file: AsyncFile): ReadonlyMap<object, readonly Access[]> {
  let ofProgram = byFile.get(program);
  if (!ofProgram) byFile.set(program, (ofProgram = new Map<AsyncFile, ReadonlyMap<object, readonly Access[]>>()));
  let known = ofProgram.get(file);
  if (!known) {
    const found = new Map<object, Access[]>();
    for (const of of file.functions) {
      for (const access of accessesIn(program, file, of)) {
        const list = found.get(access.root);
        if (list) list.push(access);
        else found.set(access.root, [access]);
      }
    }
    ofProgram.set(file, (known = found));
  }
  return known;
}

/** By how many calls are followed. */
const withCalls = new PerFunction<(readonly Access[])[]>();

/** How many calls are followed from a function, one after the other; into another file one. */
const callsFollowed = 2;
/** How many accesses a function may have before calls are left alone. */
const mostAccesses = 2000;

/**
 * The same, and those that functions make which it calls, on its own object or in the module: what they do before they suspend
 * happens where they are called. Of reads only those count that decide what the call gives. Methods of other objects are followed
 * in the same file only.
 */
export function accessesOf(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Access[] {
  return followed(program, file, of, callsFollowed);
}

function followed(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, depth: number): readonly Access[] {
  const own = accessesIn(program, file, of);
  if (depth === 0 || own.length > mostAccesses) return own;
  const byDepth = withCalls.get(program, of.body) ?? withCalls.set(program, of.body, []);
  return (byDepth[depth] ??= withThoseOfCalls(program, file, of, own, depth));
}

function withThoseOfCalls(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, own: readonly Access[], depth: number): readonly Access[] {
  const found = [...own];
  const { body } = of;
  for (let operation = 0; operation < body.operationCount && found.length <= mostAccesses; operation++) {
    const at = { file, function: of, operation };
    const accessor = program.accessorAt(at);
    if (accessor && accessor.function !== of && isOnThis(program, at)) {
      // The field that it stands for is accessed here already.
      const known = accessesMadeAt(own, operation);
      found.push(...throughCall(program, at, accessor, accessor.file === file ? depth - 1 : 0).filter(({ root }) => known.every((each) => each.root !== root)));
    }
    if (body.kind(operation) !== Op.Call) continue;
    const isOfOther = body.has(operation, Flag.HasReceiver) && !isOnThis(program, at);
    const origin = body.calleeOf(operation)?.origin;
    // What another object does in its own file is its own business.
    const called = isOfOther ? program.functionIn(file, origin) : program.functionOf(origin);
    if (called && called.function !== of && !called.function.isGenerator) found.push(...throughCall(program, at, called, called.file === file ? depth - 1 : 0));
  }
  return found;
}

function throughCall(program: AsyncProgram, at: Point, called: Point, depth: number): Access[] {
  const isOfThis = isOnThis(program, at);
  return seenByCallers(program, called, depth).flatMap((access) => {
    if (access.home === 'this' && !isOfThis) return [];
    const key = access.key === NONE ? NONE : argumentFor(program, at, pointIn(access, access.key), UNKNOWN_KEY);
    const value = access.value === NONE ? NONE : argumentFor(program, at, pointIn(access, access.value), NONE);
    const keyAt = key === UNKNOWN_KEY ? withCall(access.keyAt ?? { file: access.file, function: access.function, operation: access.key }, at) : undefined;
    const made: Access = { ...accessOf(at, access, access.kind, key, value), through: access.through ?? access };
    return [keyAt ? { ...made, keyAt } : made];
  });
}

const forCallers = new PerFunction<(readonly Access[])[]>();

/** What a function does at once to the module's variables and its own object's fields. */
function seenByCallers(program: AsyncProgram, called: Point, depth: number): readonly Access[] {
  const { body } = called.function;
  const byDepth = forCallers.get(program, body) ?? forCallers.set(program, body, []);
  const known = byDepth[depth];
  if (known) return known;
  const candidates = followed(program, called.file, called.function, depth).filter(({ home }) => home === 'module' || home === 'this');
  const returned = candidates.length === 0 ? new Set<number>() : returnedOrigins(program, called);
  const atOnce = candidates.length > 0 && called.function.isAsync ? beforeSuspension(called.function) : undefined;
  const found = candidates.filter((access) => {
    if (atOnce && !atOnce.has(access.operation)) return false;
    const writes = access.kind === 'write' || access.kind === 'value-write' || access.kind === 'append' || access.kind === 'remove' || access.kind === 'shift' || access.kind === 'clear';
    return writes || returned.has(access.operation) || (access.kind === 'iterate' && !access.through && returned.has(body.a(access.operation)));
  });
  return (byDepth[depth] = found);
}

function withCall(key: KeyPoint, call: Point): KeyPoint {
  return { ...key, call: key.call ? withCall(key.call, call) : call };
}

function isThis(program: AsyncProgram, value: Point): boolean {
  const end = program.resolve(value);
  const { body } = end.function;
  if (end.operation === NONE || body.kind(end.operation) !== Op.Read) return false;
  const place = body.a(end.operation);
  return body.placeKind(place) === PlaceKind.Variable && end.file.unit.variables[body.placeA(place)]!.kind === VariableKind.Receiver;
}

/** True if a method or accessor is called on `this`. */
function isOnThis(program: AsyncProgram, at: Point): boolean {
  const receiver = receiverOf(at);
  return receiver !== NONE && isThis(program, pointIn(at, receiver));
}

/** The object that a method is called on, or a field accessed. */
function receiverOf({ function: { body }, operation }: Point): number {
  if (body.kind(operation) === Op.Call) return body.has(operation, Flag.HasReceiver) ? body.list(operation)[0]! : NONE;
  return body.pointerOf(body.a(operation));
}

/** The field that `get entries() { return this.#entries; }` gives, as a read there. Asked of accessors in the same file alone. */
function heldBehind(program: AsyncProgram, file: AsyncFile, accessor: Point | undefined): Point | undefined {
  if (!accessor || accessor.file !== file || accessor.function.accessor !== 'get') return undefined;
  const { body } = accessor.function;
  if (body.operationCount > mostOfHolder) return undefined;
  let returned: Point | undefined;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Return) continue;
    const [value = NONE] = body.list(operation);
    if (value === NONE || returned) return undefined;
    returned = { ...accessor, operation: value };
  }
  if (!returned || body.kind(returned.operation) !== Op.Read || program.accessorAt(returned)) return undefined;
  const receiver = receiverOf(returned);
  return receiver !== NONE && isThis(program, pointIn(returned, receiver)) ? returned : undefined;
}

/** How many operations an accessor may have that does no more than give a field: `this`, the read, the return. */
const mostOfHolder = 4;

/** The operand of a call that a parameter of the called function holds; `otherwise` for any other value. */
function argumentFor(program: AsyncProgram, at: Point, value: Point, otherwise: number): number {
  if (value.operation < 0) return otherwise;
  const end = program.resolve(value);
  const { body } = end.function;
  if (body.kind(end.operation) !== Op.Read) return otherwise;
  const place = body.a(end.operation);
  if (body.placeKind(place) !== PlaceKind.Variable || program.writesOf(end.file, body.placeA(place)).length !== 1) return otherwise;
  const position = body.parameters.indexOf(body.placeA(place));
  if (position < 0) return otherwise;
  const caller = at.function.body;
  // What is assigned to an accessor.
  if (caller.kind(at.operation) === Op.Write) return position === 0 ? caller.b(at.operation) : otherwise;
  if (caller.kind(at.operation) !== Op.Call) return otherwise;
  return caller.list(at.operation)[position + (caller.has(at.operation, Flag.HasReceiver) ? 1 : 0)] ?? otherwise;
}

function returnedOrigins(program: AsyncProgram, { file, function: of }: Point): ReadonlySet<number> {
  const { body } = of;
  const found = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Return) continue;
    for (const value of body.list(operation)) for (const origin of originsOf(program, file, of, value)) found.add(origin);
  }
  return found;
}

/** The operations that an async function may reach before its first suspension. */
function beforeSuspension({ body }: AsyncFunction): ReadonlySet<number> {
  const found = new Set<number>([0]);
  if (body.operationCount > 0 && body.kind(0) === Op.Suspend) return found;
  walkForward(body, 0, (operation) => {
    if (body.kind(operation) === Op.Suspend) return Walk.Stop;
    found.add(operation);
    return Walk.On;
  });
  return found;
}

function accessAt(program: AsyncProgram, at: Point): Access | undefined {
  const { body } = at.function;
  const { operation } = at;
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.Write: {
      const place = body.a(operation);
      const isWrite = body.kind(operation) === Op.Write;
      const value = isWrite ? body.b(operation) : NONE;
      if (body.placeKind(place) === PlaceKind.Element) {
        const cell = cellOf(program, pointIn(at, body.placeA(place)));
        return cell && accessOf(at, cell, isWrite ? 'write' : body.has(operation, Flag.CommaOk) ? 'has' : 'read', body.placeB(place), value);
      }
      const cell = cellOfPlace(program, at, place);
      return cell && accessOf(at, cell, isWrite ? 'value-write' : 'value-read', NONE, value);
    }
    case Op.Call: {
      const store = body.calleeOf(operation)?.store;
      if (!store) return undefined;
      const [container, key = NONE, value = NONE] = body.list(operation);
      const cell = container === undefined ? undefined : cellOf(program, pointIn(at, container));
      return cell && accessOf(at, cell, store, store === 'clear' ? NONE : key, store === 'write' ? value : NONE);
    }
    case Op.Delete: {
      const cell = cellOf(program, pointIn(at, body.a(operation)));
      return cell && accessOf(at, cell, body.b(operation) === NONE ? 'shift' : 'remove', body.b(operation), NONE);
    }
    case Op.Clear:
    case Op.Length:
    case Op.Append:
    case Op.Iterate: {
      const cell = cellOf(program, pointIn(at, body.a(operation)));
      return cell && accessOf(at, cell, wholeAccesses[body.kind(operation) as keyof typeof wholeAccesses], NONE, NONE);
    }
    default:
      return undefined;
  }
}

const wholeAccesses = { [Op.Clear]: 'clear', [Op.Length]: 'length', [Op.Append]: 'append', [Op.Iterate]: 'iterate' } as const;

/** Another operation of the same function. */
function pointIn({ file, function: of }: Point, operation: number): Point {
  return { file, function: of, operation };
}

/** There are many of them: each is made in one piece. */
function accessOf({ file, function: of, operation }: Point, { root, name, home, variable, shape }: Cell, kind: CellAccess, key: number, value: number): Access {
  return { file, function: of, operation, kind, root, name, home, variable, key, shape, value };
}

type Cell = Pick<Access, 'root' | 'name' | 'home' | 'variable' | 'shape'>;

/** The variable or field that a container was read from. */
export function cellOf(program: AsyncProgram, value: Point): Cell | undefined {
  if (value.operation === NONE) return undefined;
  const end = program.resolve(value);
  const { body } = end.function;
  return body.kind(end.operation) === Op.Read ? cellOfPlace(program, end, body.a(end.operation)) : undefined;
}

/** How many fields a path may go through. */
const deepest = 4;

function cellOfPlace(program: AsyncProgram, at: Point, place: number, depth = 0): Cell | undefined {
  const { body } = at.function;
  const { unit } = at.file;
  if (depth > deepest) return undefined;
  if (body.placeKind(place) === PlaceKind.Variable) {
    const index = body.placeA(place);
    const variable = unit.variables[index]!;
    if (!variable.origin || variable.kind === VariableKind.Receiver || variable.kind === VariableKind.Temporary) return undefined;
    const isOuter = variable.owner !== body.index;
    const home = variable.kind === VariableKind.Global ? 'module' : variable.kind === VariableKind.Parameter && !isOuter ? 'parameter' : variable.captured || isOuter ? 'captured' : 'local';
    return { root: variable.origin, name: variable.name, home, variable: index, shape: variable.shape };
  }
  if (body.placeKind(place) !== PlaceKind.Field) return undefined;
  const target = body.placeA(place);
  if (body.placeKind(target) !== PlaceKind.Target) return undefined;
  const declared = unit.fields[body.placeB(place)]!;
  const behind = declared.isAccessor ? heldBehind(program, at.file, program.functionIn(at.file, declared.origin)) : undefined;
  const field = behind ? unit.fields[behind.function.body.placeB(behind.function.body.a(behind.operation))]! : declared;
  if (!field.origin) return undefined;
  const base = program.resolve(pointIn(at, body.placeA(target)));
  const baseBody = base.function.body;
  // What a class or function holds itself: there is one of it.
  if (baseBody.kind(base.operation) === Op.FunctionValue) return { root: field.origin, name: `${baseBody.calleeOf(base.operation)?.name ?? ''}.${declared.name}`, home: 'module', variable: NONE, shape: field.shape };
  if (baseBody.kind(base.operation) !== Op.Read) return undefined;
  const basePlace = baseBody.a(base.operation);
  const variable = baseBody.placeKind(basePlace) === PlaceKind.Variable ? base.file.unit.variables[baseBody.placeA(basePlace)]! : undefined;
  if (variable?.kind === VariableKind.Receiver) return { root: field.origin, name: `this.${declared.name}`, home: 'this', variable: NONE, shape: field.shape };
  const outer = cellOfPlace(program, base, basePlace, depth + 1);
  return outer && { root: field.origin, name: `${outer.name}.${declared.name}`, home: outer.home, variable: outer.variable, shape: field.shape };
}

const withClosures = new PerFunction<readonly Access[]>();

/** The accesses of a function, and those of the closures that it gives to what runs them at once: `new Promise((resolve) => { … })`. */
export function accessesAtOnce(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Access[] {
  const known = withClosures.get(program, of.body);
  if (known) return known;
  const { body } = of;
  const found = [...accessesOf(program, file, of)];
  for (let operation = 0; operation < body.operationCount && found.length <= mostAccesses; operation++) {
    if (body.kind(operation) !== Op.Call) continue;
    for (const run of body.calleeOf(operation)?.runs ?? []) {
      const given = run.when === 'now' ? (body.list(operation)[run.argument] ?? NONE) : NONE;
      const end = given === NONE ? undefined : program.resolve({ file, function: of, operation: given });
      const closure = end && end.function === of && body.kind(end.operation) === Op.Closure ? file.functions[body.a(end.operation)] : undefined;
      if (!closure) continue;
      const first = closure.isAsync ? beforeSuspension(closure) : undefined;
      for (const access of accessesIn(program, file, closure)) {
        if ((access.home === 'module' || access.home === 'this') && (!first || first.has(access.operation))) found.push({ ...access, function: of, operation, key: access.key === NONE ? NONE : UNKNOWN_KEY, value: NONE, through: access, ...(access.key === NONE ? {} : { keyAt: { file, function: closure, operation: access.key } }) });
      }
    }
  }
  return withClosures.set(program, of.body, found);
}

/** True if both accesses are of one variable or field: of one instance, as far as that is said. */
export function isSameRoot(a: Access, b: Access): boolean {
  return a.root === b.root && a.home === b.home;
}

/** True if both accesses are of the same element, or of the variable itself. */
export function isSameCell(program: AsyncProgram, a: Access, b: Access): boolean {
  if (!isSameRoot(a, b)) return false;
  if (a.key === NONE || b.key === NONE) return a.key === b.key && isOfValue(a) === isOfValue(b);
  if ((a.key === UNKNOWN_KEY && !a.keyAt) || (b.key === UNKNOWN_KEY && !b.keyAt)) return false;
  return isEqual(program, keyOf(a), keyOf(b));
}

/** `x = undefined`, `busy = false`, `until = 0`: gives a claim back. */
export function isReset(access: Access): boolean {
  const { function: { body }, value } = access.through ?? access;
  if (value < 0) return false;
  // A container without elements.
  if (body.kind(value) === Op.Make && body.list(value).length === 0) return true;
  return body.isZeroValue(value);
}

function keyOf(access: Access): KeyPoint {
  return access.keyAt ?? { file: access.file, function: access.function, operation: access.key };
}

/** Resolved, parameters of a function replaced by what the call gives. */
function resolveKey(program: AsyncProgram, at: KeyPoint): KeyPoint {
  let point: KeyPoint = at;
  for (let steps = 0; steps < 4; steps++) {
    const end = program.resolve(point);
    const { call } = point;
    if (!call) return end;
    const given = argumentFor(program, call, end, UNKNOWN_KEY);
    if (given < 0) return { ...end, call };
    point = { ...call, operation: given };
  }
  return point;
}

/** True for accesses that other activations cannot see: of local variables, and of a parameter itself, not of what it holds. */
export function isOwn({ home, root, file, variable, key }: Access): boolean {
  return home === 'local' || (home === 'parameter' && key === NONE && variable !== NONE && file.unit.variables[variable]!.origin === root);
}

export function isOfValue(access: Access): boolean {
  return access.kind === 'value-read' || access.kind === 'value-write';
}

/** True if two values are the same whenever both are computed in one activation. */
export function isEqual(program: AsyncProgram, a: KeyPoint, b: KeyPoint, depth = 0): boolean {
  if (depth > 6 || a.operation === NONE || b.operation === NONE) return a.operation === b.operation;
  const [x, y] = [resolveKey(program, a), resolveKey(program, b)];
  if (x.function === y.function && x.operation === y.operation && x.call === y.call) return true;
  const [p, q] = [x.function.body, y.function.body];
  const kind = p.kind(x.operation);
  if (kind !== q.kind(y.operation)) return false;
  const both = (i: number, j: number): boolean => isEqual(program, { ...x, operation: i }, { ...y, operation: j }, depth + 1);
  switch (kind) {
    case Op.Constant:
      return p.constantOf(x.operation) !== undefined && p.constantOf(x.operation) === q.constantOf(y.operation);
    case Op.Read: {
      const [s, t] = [p.a(x.operation), q.a(y.operation)];
      if (p.placeKind(s) !== q.placeKind(t)) return false;
      if (p.placeKind(s) === PlaceKind.Variable) return p.placeA(s) === q.placeA(t) && x.file === y.file;
      if (p.placeKind(s) === PlaceKind.Element) return both(p.placeA(s), q.placeA(t)) && both(p.placeB(s), q.placeB(t));
      if (p.placeKind(s) !== PlaceKind.Field || p.placeKind(p.placeA(s)) !== PlaceKind.Target || q.placeKind(q.placeA(t)) !== PlaceKind.Target) return false;
      return x.file.unit.fields[p.placeB(s)]!.origin === y.file.unit.fields[q.placeB(t)]!.origin && both(p.placeA(p.placeA(s)), q.placeA(q.placeA(t)));
    }
    case Op.Compute:
      return p.c(x.operation) === q.c(y.operation) && both(p.a(x.operation), q.a(y.operation)) && both(p.b(x.operation), q.b(y.operation));
    case Op.Call: {
      const [f, g] = [p.calleeOf(x.operation), q.calleeOf(y.operation)];
      const [left, right] = [[...p.list(x.operation)], [...q.list(y.operation)]];
      // Without arguments it gives something else each time, or cannot be told apart from that.
      return f?.origin !== undefined && f.origin === g?.origin && left.length > 0 && left.length === right.length && left.every((each, i) => both(each, right[i]!));
    }
    case Op.Zero:
      return true;
    default:
      return false;
  }
}

/** True for keys that nobody else can have: new objects, fresh identifiers. */
export function isFresh(program: AsyncProgram, key: Point): boolean {
  if (key.operation < 0) return false;
  const { function: of, operation } = program.source(key);
  const { body } = of;
  switch (body.kind(operation)) {
    case Op.Make:
    case Op.Allocate:
    case Op.Closure:
      return true;
    case Op.Call: {
      // Without arguments it gives something new each time, as far as can be told.
      const given = body.list(operation).length - (body.has(operation, Flag.HasReceiver) ? 1 : 0);
      return body.shape(operation) === Shape.Promise || given === 0;
    }
    case Op.Compute:
      // What a counter gives.
      return isCounted(body, operation) || isFresh(program, { file: key.file, function: of, operation: body.a(operation) });
    case Op.Read: {
      const part = isCounted(body, operation) ? undefined : partOfNew(program, { ...key, function: of, operation });
      return isCounted(body, operation) || (part !== undefined && isFresh(program, part));
    }
    default:
      return false;
  }
}

/** `const task = { id: next++ }; … task.id`: what the field of a new object was given. */
function partOfNew(program: AsyncProgram, read: Point): Point | undefined {
  const { body } = read.function;
  const { fields } = read.file.unit;
  const place = body.a(read.operation);
  if (body.placeKind(place) !== PlaceKind.Field || body.placeKind(body.placeA(place)) !== PlaceKind.Target) return undefined;
  const object = program.source({ ...read, operation: body.placeA(body.placeA(place)) });
  if (object.function !== read.function || body.kind(object.operation) !== Op.Allocate) return undefined;
  for (let operation = object.operation + 1; operation < read.operation; operation++) {
    if (body.kind(operation) !== Op.Write || !body.has(operation, Flag.Define)) continue;
    const part = body.a(operation);
    // The property of the literal and that of its type are two declarations of one name.
    if (body.placeKind(part) !== PlaceKind.Field || fields[body.placeB(part)]!.name !== fields[body.placeB(place)]!.name) continue;
    const target = body.placeA(part);
    if (body.placeKind(target) === PlaceKind.Target && body.placeA(target) === object.operation) return { ...read, operation: body.b(operation) };
  }
  return undefined;
}

/** The value before or after `x++`. */
function isCounted(body: FunctionBody, value: number): boolean {
  for (let operation = value + 1; operation < Math.min(body.operationCount, value + 4); operation++) {
    if (body.kind(operation) !== Op.Write || !body.has(operation, Flag.Update)) continue;
    const written = body.b(operation);
    if (written === value || (body.kind(written) === Op.Compute && body.a(written) === value)) return true;
  }
  return false;
}

export function isContainerAccess(access: Access): boolean {
  return isContainer(access.shape);
}
