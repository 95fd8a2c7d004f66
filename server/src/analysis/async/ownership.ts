// Objects of which two activations are not known to have the same one.

import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { VariableKind } from '../../model/objects.ts';
import { PerFunction, isAwaited } from './program.ts';
import type { AsyncClass, AsyncFile, AsyncFunction, AsyncProgram, Point } from './program.ts';

const deepest = 4;

/**
 * True if whoever calls the method made its object for that: `const reader = new Reader(file); await reader.fill()`. All calls
 * are seen, of a class that only its file can name, and each is waited for before the object is used again.
 */
export function isOfOneCall(program: AsyncProgram, of: AsyncFunction, depth = 0): boolean {
  const { class: owner } = of;
  if (of.kind !== 'method' || !owner || owner.isExported || owner.isExtending || depth > deepest) return false;
  const known = ofOneCall.get(program, of.body);
  if (known !== undefined) return known;
  const calls = program.callsOf(of);
  const is = calls.length > 0 && !program.escapes(of) && calls.every((at) => at.function !== of && isCallOnOwn(program, at, depth));
  return ofOneCall.set(program, of.body, is);
}

const ofOneCall = new PerFunction<boolean>();

function isCallOnOwn(program: AsyncProgram, at: Point, depth: number): boolean {
  const { body } = at.function;
  if (!body.has(at.operation, Flag.HasReceiver) || !(isAwaited(at.function, at.operation) || isReturned(at))) return false;
  const receiver = body.list(at.operation)[0] ?? NONE;
  if (isReceiver(program, { ...at, operation: receiver })) return isOfOneCall(program, at.function, depth + 1);
  return isMadeHere(program, { ...at, operation: receiver }, new Set());
}

function isReturned({ function: { body }, operation: value }: Point): boolean {
  for (let operation = value + 1; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Return && body.list(operation).includes(value)) return true;
  return false;
}

function isReceiver(program: AsyncProgram, value: Point): boolean {
  const { file, function: { body }, operation } = program.resolve(value);
  if (body.kind(operation) !== Op.Read || body.placeKind(body.a(operation)) !== PlaceKind.Variable) return false;
  return file.unit.variables[body.placeA(body.a(operation))]!.kind === VariableKind.Receiver;
}

/** True if a value is an object that this activation made, or nothing. */
function isMadeHere(program: AsyncProgram, at: Point, seen: Set<number>): boolean {
  const { file, function: of, operation } = at;
  const { body } = of;
  if (operation === NONE || seen.has(operation)) return operation !== NONE;
  seen.add(operation);
  switch (body.kind(operation)) {
    case Op.Zero:
    case Op.Allocate:
      return true;
    case Op.Narrow:
      return isMadeHere(program, { ...at, operation: body.a(operation) }, seen);
    case Op.Suspend: {
      const awaited = body.a(operation);
      return awaited !== NONE && body.kind(awaited) === Op.Call && givesNew(program, { ...at, operation: awaited });
    }
    case Op.Call:
      return givesNew(program, at);
    case Op.Read: {
      const place = body.a(operation);
      if (body.placeKind(place) !== PlaceKind.Variable) return false;
      const { kind, owner } = file.unit.variables[body.placeA(place)]!;
      const writes = program.writesOf(file, body.placeA(place));
      if ((kind !== VariableKind.Local && kind !== VariableKind.Temporary) || owner !== body.index || writes.length === 0) return false;
      return writes.every((write) => write.function === of && (body.b(write.operation) === NONE || isMadeHere(program, { ...at, operation: body.b(write.operation) }, seen)));
    }
    default:
      return false;
  }
}

/** True for a call of a function of the program that returns an object which it made. */
function givesNew(program: AsyncProgram, call: Point): boolean {
  const called = program.functionOf(call.function.body.calleeOf(call.operation)?.origin);
  if (!called) return false;
  const { body } = called.function;
  let gives = false;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Return) continue;
    for (const value of body.list(operation)) {
      if (value === NONE) continue;
      if (body.kind(program.source({ ...called, operation: value }).operation) !== Op.Allocate || program.source({ ...called, operation: value }).function !== called.function) return false;
      gives = true;
    }
  }
  return gives;
}

/**
 * True for a class whose objects come from functions that it inherits from elsewhere, as those of a database do: `class Account
 * extends Model`, `await Account.findOne(id)`. Who else has one is not known.
 */
export function isMadeByOthers(program: AsyncProgram, owner: AsyncClass): boolean {
  const chain: AsyncFunction[] = [];
  for (let at: AsyncClass | undefined = owner; at && chain.length < deepest * 2; ) {
    const declared: AsyncFunction | undefined = program.functionOf(at.node)?.function;
    if (!declared) return false;
    chain.push(declared);
    if (at.isOfOthers) return chain.some((each) => callsInherited(program, each));
    at = at.base && program.functionOf(at.base)?.function.class;
  }
  return false;
}

/** True if a function that the class does not declare is called on the class itself. */
function callsInherited(program: AsyncProgram, fields: AsyncFunction): boolean {
  return inherited.get(program, fields.body) ?? inherited.set(program, fields.body, program.valuesWithMembersOf(fields).some((value) => isCalledOn(program, value)));
}

const inherited = new PerFunction<boolean>();

function isCalledOn(program: AsyncProgram, { function: { body }, operation: value }: Point): boolean {
  for (let call = value + 1; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call || !body.has(call, Flag.HasReceiver) || body.list(call)[0] !== value) continue;
    const origin = body.calleeOf(call)?.origin;
    if (origin === undefined || !program.declares(origin)) return true;
  }
  return false;
}

/** The class whose object `this` is in a function of a file: a method, or a function that a field starts with. */
export function classOf(file: AsyncFile, of: AsyncFunction): AsyncClass | undefined {
  for (let at: AsyncFunction | undefined = of; at; at = file.functions[at.body.parent]) if (at.class || at.kind !== 'closure') return at.class;
  return undefined;
}
