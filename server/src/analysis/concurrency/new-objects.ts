// Functions that give an object which they made and which nobody else has: it belongs to who called them.
//
//	func newHost(row map[string]string) (*host, error) { h := &host{}; h.fill(row); return h, nil }

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, VariableKind } from '../../model/objects.ts';
import type { Callee } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { Effect } from '../../model/summary.ts';
import { returnsOf } from './execution.ts';

/** By program: what the functions that are called do with their arguments counts, too. */
const known = new WeakMap<Program, Map<FunctionBody, Map<number, boolean>>>();

/** True if a result of a function of the program is always nil or an object that the call made, and the function handed it to nobody else. */
export function givesNew(program: Program, { key }: Callee, result: number): boolean {
  const body = key === undefined ? undefined : program.functions.get(key)?.body;
  if (!body || body.incomplete) return false;
  let bodies = known.get(program);
  if (!bodies) known.set(program, (bodies = new Map()));
  let results = bodies.get(body);
  if (!results) bodies.set(body, (results = new Map()));
  let gives = results.get(result);
  if (gives === undefined) results.set(result, (gives = isGivenNew(program, body, result)));
  return gives;
}

/** True for a pointer to an object that a body made, or was given as a new one, and that it hands to nobody else. */
export function isNewHere(program: Program, body: FunctionBody, pointer: number): boolean {
  const values = valuesOf(body);
  const number = values.number(pointer);
  const at = values.operationOf(number);
  if (at === NONE) return false;
  const callee = body.kind(at) === Op.Call ? body.calleeOf(at) : undefined;
  if (values.creation(number) === undefined && !(callee && givesNew(program, callee, 0))) return false;
  const isIt = (value: number): boolean => value !== NONE && values.number(value) === number;
  for (let operation = 0; operation < body.operationCount; operation++) if (operation !== at && mayGiveAway(program, body, operation, isIt)) return false;
  return true;
}

function isGivenNew(program: Program, body: FunctionBody, result: number): boolean {
  const values = valuesOf(body);
  const made = new Set<number>();
  for (const operation of returnsOf(body)) {
    const value = body.list(operation)[result] ?? NONE;
    if (value === NONE) return false;
    const number = values.number(value);
    if (values.isNil(number)) continue;
    const alternatives = values.alternatives(number) ?? [];
    if (alternatives.length === 0 || alternatives.some((each) => values.creation(each) === undefined)) return false;
    for (const each of alternatives) made.add(each);
  }
  const isMade = (value: number): boolean => value !== NONE && (values.alternatives(values.number(value))?.some((each) => made.has(each)) ?? false);
  for (let operation = 0; made.size > 0 && operation < body.operationCount; operation++) if (mayGiveAway(program, body, operation, isMade)) return false;
  return made.size > 0;
}

/** True if an operation may let others have what was made. */
function mayGiveAway(program: Program, body: FunctionBody, operation: number, isMade: (value: number) => boolean): boolean {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.AddressOf:
    case Op.Return:
    case Op.Compute:
      return false;
    case Op.Write:
      return isMade(body.b(operation)) && !isOwnVariable(body, body.a(operation));
    case Op.Call:
      return [...body.list(operation)].some((value, index) => (isMade(value) || isPartOfMade(body, value, isMade)) && mayKeep(program, body, operation, index, isMade(value)));
    default: {
      let uses = false;
      body.forEachOperand(operation, (value) => {
        uses ||= isMade(value) || isPartOfMade(body, value, isMade);
      });
      return uses;
    }
  }
}

/** True for a variable that only the function itself uses. */
function isOwnVariable(body: FunctionBody, place: number): boolean {
  if (body.placeKind(place) !== PlaceKind.Variable) return false;
  const { kind, captured, owner } = body.unit.variables[body.placeA(place)]!;
  return kind !== VariableKind.Global && !captured && owner === body.index;
}

/** True for the address of a part of what was made. */
function isPartOfMade(body: FunctionBody, value: number, isMade: (value: number) => boolean): boolean {
  if (value === NONE || body.kind(value) !== Op.AddressOf) return false;
  const root = body.rootOf(body.a(value));
  return body.placeKind(root) === PlaceKind.Target && isMade(body.placeA(root));
}

/** True if a call may keep one of its arguments, or let others run with it. */
function mayKeep(program: Program, body: FunctionBody, call: number, argument: number, isWhole: boolean): boolean {
  const callee = body.calleeOf(call);
  if (!callee || callee.runs.length > 0 || body.flags(call) & (Flag.Spawned | Flag.Deferred)) return true;
  if (callee.role === Role.Reads || callee.role === Role.Looks) return false;
  // A lock of it, a counter in it; what is stored in something atomic is the last argument.
  if (callee.role !== Role.None) return isWhole;
  const summary = program.summaryOf(callee);
  if (!summary || summary.incomplete) return true;
  const path = `p${argument}`;
  return Boolean((summary.accesses.get(path) ?? 0) & (Effect.Kept | Effect.Passed)) || [...summary.later.keys()].some((each) => each === path || each.startsWith(`${path}*`) || each.startsWith(`${path}.`));
}
