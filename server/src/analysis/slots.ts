// What the value numbering keeps track of. A slot is a variable, a field of a variable that is a record, or a class of
// memory. Slots of variables hold value numbers. Slots of memory hold versions: a version is made by every operation that
// may change the class, and two reads of one address that see the same versions see the same value.

import type { FunctionBody } from '../model/function-body.ts';
import { Role, Shape, VariableKind } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';

/** Changed by all code that is not seen here: calls, and what other tasks do while this one waits. */
export const WORLD = 0;
/** Changed by writes through pointers to single values: they may hit any place whose address is taken. */
export const THROUGH_POINTER = 1;
/** Changed by every write to memory: read through pointers to single values. */
export const ANY_WRITE = 2;
/** Changed by what changes elements of any shape: removing, appending, copying. */
export const ELEMENTS = 3;
/** Elements of containers and of arrays in memory, by the shape of the elements: one place holds values of one shape. */
const elementsByShape = 4;
export const firstFreeSlot = elementsByShape + Shape.Promise + 1;

/** So many fields of one variable are told apart; a write costs as many steps. */
const fieldLimit = 64;

/** True if a value of the shape has parts that are written one by one. */
export function hasParts(shape: Shape): boolean {
  return shape === Shape.Record || shape === Shape.Array || shape === Shape.Unknown;
}

export class Slots {
  /** The number of slots. */
  readonly count: number;
  /** The slot of a place that is a variable or field of one; NONE for others. */
  readonly ofPlace: number[];
  /** By place: true if other code can change it: what it holds is memory, not a value. */
  readonly isVolatile: Uint8Array;
  /** By variable: the places that are the variable or fields of it. */
  readonly placesOfVariable = new Map<number, number[]>();
  /** By slot: its place; NONE for classes of memory. */
  readonly placeOfSlot: number[] = new Array<number>(firstFreeSlot).fill(NONE);
  private readonly fields = new Map<number, number>();

  constructor(readonly body: FunctionBody) {
    let count = firstFreeSlot;
    this.ofPlace = new Array<number>(body.placeCount).fill(NONE);
    this.isVolatile = new Uint8Array(body.placeCount);
    for (let place = 0; place < body.placeCount; place++) {
      const variable = namedVariable(body, place);
      const inMemory = variable === NONE || isVolatile(body, place, variable);
      if (variable !== NONE && this.addNamed(place, variable)) {
        this.ofPlace[place] = count++;
        this.placeOfSlot.push(place);
        this.isVolatile[place] = inMemory ? 1 : 0;
      }
      if (inMemory && body.placeKind(place) === PlaceKind.Field && !this.fields.has(body.placeB(place))) {
        this.fields.set(body.placeB(place), count++);
        this.placeOfSlot.push(NONE);
      }
    }
    this.count = count;
  }

  /** False if the variable has so many places already that its further fields count as parts of the whole. */
  private addNamed(place: number, variable: number): boolean {
    const places = this.placesOfVariable.get(variable);
    if (!places) this.placesOfVariable.set(variable, [place]);
    else if (places.length >= fieldLimit) return false;
    else places.push(place);
    return true;
  }

  /** The class of memory that a field of something reached through a value belongs to; NONE if none is touched here. */
  ofField(field: number): number {
    return this.fields.get(field) ?? NONE;
  }

  /** The class of a place that is memory and holds a value of a shape. */
  classOf(place: number, shape: Shape): number {
    const { body } = this;
    switch (body.placeKind(place)) {
      case PlaceKind.Variable:
        return this.ofPlace[place]!;
      case PlaceKind.Target:
        return ANY_WRITE;
      case PlaceKind.Field:
        return this.ofField(body.placeB(place));
      default:
        return elementsByShape + shape;
    }
  }

  /** True for elements of containers and arrays, as a whole. */
  isElement(place: number): boolean {
    const kind = this.body.placeKind(place);
    return kind === PlaceKind.Element || kind === PlaceKind.Index;
  }

  /** The innermost place around (or at) a place that has a slot; NONE if it is reached through a value. */
  named(place: number): number {
    let at = place;
    while (this.ofPlace[at] === NONE) {
      if (this.body.placeKind(at) < PlaceKind.Field) return NONE;
      at = this.body.placeA(at);
    }
    return at;
  }

  /** Calls back with each slot that an operation changes. */
  forEachChanged(operation: number, visit: (slot: number) => void): void {
    const { body } = this;
    switch (body.kind(operation)) {
      case Op.Write:
        return this.forEachWritten(operation, visit);
      case Op.Allocate:
        return this.forEachInitial(operation, visit);
      case Op.Delete:
      case Op.Clear:
      case Op.Append:
      case Op.CopyElements:
        visit(ELEMENTS);
        return visit(ANY_WRITE);
      default:
        if (runsOtherCode(body, operation)) visit(WORLD);
    }
  }

  private forEachWritten(write: number, visit: (slot: number) => void): void {
    const { body } = this;
    const place = body.a(write);
    const named = this.named(place);
    if (named !== NONE) {
      for (const other of this.placesOfVariable.get(body.variableOf(place))!) {
        if (!body.overlap(other, named)) continue;
        visit(this.ofPlace[other]!);
        if (!this.isVolatile[other] || body.placeKind(other) !== PlaceKind.Field) continue;
        visit(this.ofField(body.placeB(other)));
      }
      if (!this.isVolatile[named]) return;
    }
    if (hasParts(body.shape(write))) visit(WORLD);
    const memory = this.classOf(place, body.shape(write));
    if (memory !== ANY_WRITE) visit(memory);
    if (body.placeKind(place) === PlaceKind.Target) visit(THROUGH_POINTER);
    visit(ANY_WRITE);
  }

  /** `&T{f: x}` sets the fields of new memory. */
  private forEachInitial(allocation: number, visit: (slot: number) => void): void {
    const { body } = this;
    const first = body.a(allocation);
    if (first === NONE || body.kind(first) !== Op.Aggregate || body.shape(first) !== Shape.Record) return;
    const parts = body.list(first);
    for (let i = 0; i < parts.length; i += 2) {
      const slot = this.ofField(parts[i]!);
      if (slot !== NONE) visit(slot);
    }
  }
}

/** The variable that a place is, or is a field of a field of; NONE for elements and what is reached through values. */
function namedVariable(body: FunctionBody, place: number): number {
  let at = place;
  while (body.placeKind(at) === PlaceKind.Field) at = body.placeA(at);
  return body.placeKind(at) === PlaceKind.Variable ? body.placeA(at) : NONE;
}

/** True if code outside this body, or a pointer, may change what a place holds. */
function isVolatile(body: FunctionBody, place: number, index: number): boolean {
  const variable = body.unit.variables[index]!;
  if (variable.kind === VariableKind.Global || variable.kind === VariableKind.Outer) return true;
  if (variable.addressTaken || variable.writtenByClosure) return true;
  if (variable.owner !== body.index && (variable.writes > 1 || (variable.loopVariable && variable.perIteration !== true))) return true;
  if (!variable.addressedFields) return false;
  // The address of one field says nothing about the others.
  const field = firstField(body, place);
  return field === NONE || variable.addressedFields.has(field);
}

/** The outermost field of a place in a variable; NONE for the variable itself. */
function firstField(body: FunctionBody, place: number): number {
  let at = place;
  let field = NONE;
  while (body.placeKind(at) === PlaceKind.Field) {
    field = body.placeB(at);
    at = body.placeA(at);
  }
  return field;
}

/** True for operations during which code runs that is not part of the body, or other tasks may. */
export function runsOtherCode(body: FunctionBody, operation: number): boolean {
  switch (body.kind(operation)) {
    case Op.Call:
      return !body.has(operation, Flag.Deferred) && !isReading(body.calleeOf(operation)?.role);
    case Op.Opaque:
    case Op.Send:
    case Op.Receive:
    case Op.Close:
    case Op.RunDefers:
    case Op.Suspend:
      return true;
    case Op.Next: {
      const shape = body.shape(body.a(operation));
      return shape === Shape.Function || shape === Shape.Channel || shape === Shape.Unknown;
    }
    default:
      return false;
  }
}

function isReading(role: Role | undefined): boolean {
  return role === Role.Reads || role === Role.Observes;
}
