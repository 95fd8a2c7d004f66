// What containers hold: whether one is provably empty, whether a key is provably there.

import { Access, accessOf, containerOf, keyOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { NONE, Op, Operator, PlaceKind } from '../model/operations.ts';
import { conditionsAt } from './conditions.ts';
import { runsOtherCode } from './slots.ts';
import { makesEmpty } from './stores.ts';
import { valuesOf } from './values.ts';
import type { Values } from './values.ts';
import { Walk, walkBackward } from './walk.ts';

/**
 * Whether a container is without elements when an operation runs, whatever path led there: `nil`, or `empty` if it was
 * made or cleared and nothing can have been put in since. Undefined if that is not certain.
 * @param container the operation that gives the container
 */
export function emptinessAt(body: FunctionBody, container: number, operation: number): 'nil' | 'empty' | undefined {
  if (body.incomplete) return undefined;
  const values = valuesOf(body);
  const value = values.number(container);
  if (values.isNil(value)) return 'nil';
  const alternatives = values.alternatives(value);
  if (!alternatives || alternatives.length === 0) return undefined;
  return alternatives.every((each) => values.isNil(each) || staysEmpty(body, values, each, operation)) ? 'empty' : undefined;
}

/** True if every path back from the operation comes to where the container was made or cleared before it comes to something that may fill it. */
function staysEmpty(body: FunctionBody, values: Values, container: number, operation: number): boolean {
  const creation = values.creation(container);
  if (creation !== undefined && !makesEmpty(body, creation)) return false;
  const isEmptied = (before: number): boolean => before === creation || (body.kind(before) === Op.Clear && values.number(body.a(before)) === container);
  // A container made here is only reached through values that are it, as long as it is not exposed.
  const isIt = (value: number): boolean => values.alternatives(value)?.includes(container) ?? true;
  const mayFill = (before: number): boolean => fills(body, values, before, isIt) || exposes(body, before, (value) => isIt(values.number(value)));
  // Where it was not made before, the value is another one.
  const elsewhere = creation === undefined ? Walk.Found : Walk.Stop;
  if (creation !== undefined && comesFrom(body, operation, isEmptied, mayFill, elsewhere)) return true;
  // One that other code may have stays empty while no other code runs and nothing is put into what may be it.
  const mayBeIt = (value: number): boolean => values.relation(value, container) !== 'different';
  return comesFrom(body, operation, isEmptied, (before) => runsOtherCode(body, before) || fills(body, values, before, mayBeIt), elsewhere);
}

/** True if every path back from an operation comes to one of `these` before it comes to one of `those`; `atEntry` says what coming to neither means. */
function comesFrom(body: FunctionBody, operation: number, these: (operation: number) => boolean, those: (operation: number) => boolean, atEntry: Walk): boolean {
  return walkBackward(body, operation, (before) => (these(before) ? Walk.Stop : those(before) ? Walk.Found : Walk.On), atEntry) === false;
}

function fills(body: FunctionBody, values: Values, operation: number, isIt: (value: number) => boolean): boolean {
  const access = accessOf(body, operation);
  return (access === Access.Write || access === Access.Append) && isIt(values.number(containerOf(body, operation)));
}

/**
 * True if an operation lets other code reach an object: stores it outside local variables, passes it on, returns it.
 * Closures reach what their variables hold, so a write to a captured variable counts.
 * @param isIt whether the value of an operation is, or may be, the object
 */
export function exposes(body: FunctionBody, operation: number, isIt: (value: number) => boolean): boolean {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.AddressOf:
    case Op.Extract:
    case Op.Narrow:
    case Op.Compute:
    case Op.Length:
    case Op.Capacity:
    case Op.Delete:
    case Op.Clear:
    case Op.Iterate:
    case Op.Next:
    case Op.IterationKey:
    case Op.IterationValue:
    case Op.CopyElements:
      return false;
    case Op.Write:
      return body.b(operation) !== NONE && isIt(body.b(operation)) && !isPrivate(body, body.a(operation));
    default: {
      let found = false;
      body.forEachOperand(operation, (value) => {
        found ||= isIt(value);
      });
      return found;
    }
  }
}

/** True if only this body can read a place: a local variable (or part of one) that no closure and no pointer reaches. */
function isPrivate(body: FunctionBody, place: number): boolean {
  const root = body.rootOf(place);
  if (body.placeKind(root) !== PlaceKind.Variable) return false;
  const variable = body.unit.variables[body.placeA(root)]!;
  return variable.owner === body.index && !variable.captured && !variable.addressTaken && !variable.addressedFields;
}

/**
 * True if the container certainly has an element of the key when an operation runs: a test on every path there said so,
 * and nothing that may remove it comes after the test.
 * @param container the operation that gives the container
 * @param key the operation that gives the key
 */
export function isPresentAt(body: FunctionBody, container: number, key: number, operation: number): boolean {
  const values = valuesOf(body);
  const map = values.number(container);
  const wanted = values.number(key);
  if (map === NONE || wanted === NONE) return false;
  const isLookup = (read: number): boolean =>
    body.kind(read) === Op.Read &&
    body.placeKind(body.a(read)) === PlaceKind.Element &&
    values.number(containerOf(body, read)) === map &&
    values.number(keyOf(body, read)) === wanted;
  for (const { condition, holds } of conditionsAt(body, operation)) {
    const read = lookupProving(body, values, condition, holds, isLookup);
    if (read !== undefined && !mayRemoveBetween(body, values, read, operation, map)) return true;
  }
  return false;
}

/** The lookup that must have found its element if the condition came out that way, or undefined. */
function lookupProving(body: FunctionBody, values: Values, condition: number, holds: boolean, isLookup: (read: number) => boolean): number | undefined {
  const tested = values.source(condition);
  // `if m[k] {`: a missing element is false.
  if (holds && isLookup(tested)) return tested;
  if (holds && body.kind(tested) === Op.Extract && body.b(tested) === 1 && isLookup(body.a(tested))) return body.a(tested);
  if (body.kind(tested) !== Op.Compute) return undefined;
  const operator: Operator = body.c(tested);
  const differs = (operator === Operator.NotEqual && holds) || (operator === Operator.Equal && !holds);
  if (!differs) return undefined;
  const x = values.source(body.a(tested));
  const y = body.b(tested);
  return y !== NONE && body.kind(y) === Op.Zero && isLookup(x) ? x : undefined;
}


function mayRemoveBetween(body: FunctionBody, values: Values, first: number, last: number, map: number): boolean {
  const found = walkBackward(body, last, (operation) => {
    if (operation === first) return Walk.Stop;
    if (runsOtherCode(body, operation)) return Walk.Found;
    const access = accessOf(body, operation);
    if (access !== Access.Delete && access !== Access.Clear) return Walk.On;
    return values.relation(values.number(containerOf(body, operation)), map) === 'different' ? Walk.On : Walk.Found;
  });
  return found !== false;
}

/** True if on some path from the start of an iteration of a loop to the operation, another one that fits comes first. */
export function mayComeBefore(body: FunctionBody, operation: number, next: number, fits: (operation: number) => boolean): boolean {
  return walkBackward(body, operation, (before) => (before === next ? Walk.Stop : fits(before) ? Walk.Found : Walk.On)) === true;
}
