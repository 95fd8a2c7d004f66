// Records that are copied and then treated as objects of their own, while they still share their containers with the original.

import { Access, accessOf, containerOf, isChange } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Shape, VariableKind } from '../model/objects.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldUses, Place } from './fields.ts';
import { samePlace } from './holders.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

export interface SharedCopy extends Place {
  /** The operation that changes the container of the copy. */
  readonly access: Access;
  readonly container: number;
  /** The assignment that copies the record. */
  readonly copy: number;
  /** Where the original's container is looked at. */
  readonly read: Place;
}

/** Changes of containers in copies whose originals are looked at afterwards. One for each field of a copy. */
export function changesOfCopies(program: Program): readonly SharedCopy[] {
  const found: SharedCopy[] = [];
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let copy = 0; copy < body.operationCount; copy++) if (isCopy(body, copy)) found.push(...changesOf(program, function_, body, copy));
    }
  }
  return found;
}

/** `d := *c` and `d := c`: the whole record in another place, read into a variable of this function. */
function isCopy(body: FunctionBody, write: number): boolean {
  if (body.kind(write) !== Op.Write || body.shape(write) !== Shape.Record || body.placeKind(body.a(write)) !== PlaceKind.Variable) return false;
  const variable = body.unit.variables[body.placeA(body.a(write))]!;
  if (variable.owner !== body.index || variable.kind !== VariableKind.Local || variable.loopVariable || variable.captured || variable.writtenByClosure) return false;
  const value = body.b(write);
  if (value === NONE || body.kind(value) !== Op.Read) return false;
  const kind = body.placeKind(body.rootOf(body.a(value)));
  return kind === PlaceKind.Variable || kind === PlaceKind.Target;
}

function changesOf(program: Program, function_: ProgramFunction, body: FunctionBody, copy: number): readonly SharedCopy[] {
  const variable = body.placeA(body.a(copy));
  const original = body.a(body.b(copy));
  if (!isTreatedAsOwn(body, copy, variable)) return [];
  const found = new Map<number, SharedCopy>();
  walkForward(body, copy, (operation) => {
    if (operation === copy) return Walk.Stop;
    const access = accessOf(body, operation);
    if (!isChange(access)) return Walk.On;
    const container = containerOf(body, operation);
    const field = body.shape(container) === Shape.Map ? fieldOf(body, container, variable) : NONE;
    if (field === NONE || found.has(field) || getsItsOwn(body, variable, field)) return Walk.On;
    const read = readOfOriginal(program, function_, body, operation, original, field);
    if (read) found.set(field, { function: function_, body, operation, access, container, copy, read });
    return Walk.On;
  });
  return [...found.values()];
}

/** The field of a variable that a container is read from, directly; NONE for others. */
function fieldOf(body: FunctionBody, container: number, variable: number): number {
  if (container === NONE || body.kind(container) !== Op.Read) return NONE;
  const place = body.a(container);
  if (body.placeKind(place) !== PlaceKind.Field) return NONE;
  const outer = body.placeA(place);
  return body.placeKind(outer) === PlaceKind.Variable && body.placeA(outer) === variable ? body.placeB(place) : NONE;
}

/** True if the function puts anything into the field of the copy: it may be a container of its own. */
function getsItsOwn(body: FunctionBody, variable: number, field: number): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write && body.kind(operation) !== Op.AddressOf) continue;
    const place = body.a(operation);
    if (body.placeKind(place) === PlaceKind.Field && body.placeB(place) === field && body.variableOf(place) === variable) return true;
  }
  return false;
}

/**
 * True if the copy becomes an object beside the original: another field of it is assigned, or it is returned, stored or sent
 * as a whole. A copy that is only a short name for the original is not meant to be one.
 */
function isTreatedAsOwn(body: FunctionBody, copy: number, variable: number): boolean {
  const values = valuesOf(body);
  let isAssigned = false;
  let isGiven = false;
  for (let operation = 0; operation < body.operationCount; operation++) {
    switch (body.kind(operation)) {
      case Op.Write: {
        if (operation === copy) break;
        const place = body.a(operation);
        if (body.variableOf(place) === variable && body.placeKind(place) === PlaceKind.Field) isAssigned = true;
        // Written back: the original and the copy are one again.
        if (body.b(operation) !== NONE && isWhole(body, body.b(operation), variable) && samePlace(body, place, body, body.a(body.b(copy)))) return false;
        break;
      }
      case Op.Return:
      case Op.Send:
        body.forEachOperand(operation, (value) => {
          isGiven ||= isWhole(body, value, variable) || isAddress(body, values.origin(values.number(value)), variable) || isAddress(body, value, variable);
        });
        break;
      default:
    }
  }
  return isAssigned || isGiven;
}

function isWhole(body: FunctionBody, value: number, variable: number): boolean {
  return body.kind(value) === Op.Read && body.placeKind(body.a(value)) === PlaceKind.Variable && body.placeA(body.a(value)) === variable;
}

function isAddress(body: FunctionBody, value: number, variable: number): boolean {
  return value !== NONE && body.kind(value) === Op.AddressOf && body.placeKind(body.a(value)) === PlaceKind.Variable && body.placeA(body.a(value)) === variable;
}

/** Where the original's container is looked at after the change: here, or by another function if the original outlives this one. */
function readOfOriginal(program: Program, function_: ProgramFunction, body: FunctionBody, change: number, original: number, field: number): Place | undefined {
  let read = NONE;
  walkForward(body, change, (next) => {
    const container = containerOf(body, next);
    if (!isLook(accessOf(body, next)) || body.kind(container) !== Op.Read || !isFieldOf(body, body.a(container), original, field)) return Walk.On;
    read = next;
    return Walk.Found;
  });
  if (read !== NONE) return { function: function_, body, operation: read };
  if (!outlives(body, original)) return undefined;
  const declared = body.unit.fields[field]!.origin;
  const uses = declared && fieldUsesOf(program).get(declared);
  return uses && otherLook(uses, function_);
}

function isLook(access: Access | undefined): boolean {
  return access === Access.Read || access === Access.Range || access === Access.Length;
}

function isFieldOf(body: FunctionBody, place: number, original: number, field: number): boolean {
  return body.placeKind(place) === PlaceKind.Field && body.placeB(place) === field && samePlace(body, body.placeA(place), body, original);
}

/** True for what a pointer that the caller gave leads to, and for package variables. */
function outlives(body: FunctionBody, place: number): boolean {
  const root = body.rootOf(place);
  if (body.placeKind(root) === PlaceKind.Variable) return body.unit.variables[body.placeA(root)]!.kind === VariableKind.Global;
  const values = valuesOf(body);
  return body.placeKind(root) === PlaceKind.Target && values.incoming(values.number(body.placeA(root))) !== undefined;
}

function otherLook(uses: FieldUses, function_: ProgramFunction): Place | undefined {
  return uses.accesses.find((each) => isLook(each.access) && each.function !== function_ && !each.onNew && each.function.isTest === function_.isTest);
}

