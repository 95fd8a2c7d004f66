// What a program does with each of its fields and package variables that hold containers: where they are assigned, where the
// elements of what they hold are touched, and where what they hold goes elsewhere. A field is one for all instances of its
// type; `onNew` tells uses on an object that the function itself made, which nobody else has yet.

import { Access, accessOf, containerOf } from '../model/accesses.ts';
import { BodyFacts } from '../model/body-facts.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Role, Shape, VariableKind } from '../model/objects.ts';
import type { Field } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { declaredAt } from './declared.ts';
import { graphOf } from './graph.ts';
import { addTo } from './lists-by-key.ts';
import { ValueKind } from './value-table.ts';
import { valuesOf } from './values.ts';
import type { Values } from './values.ts';

/** An operation of a function or of a closure in it. */
export interface Place {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly operation: number;
}

export interface FieldAssignment extends Place {
  /** The operation that gives the new value. */
  readonly value: number;
  readonly onNew: boolean;
}

export interface FieldAccess extends Place {
  readonly access: Access;
  /** The operation that gives the container. */
  readonly container: number;
  readonly onNew: boolean;
}

export interface FieldUses {
  /** The front end's object for the field or variable. */
  readonly declared: object;
  readonly name: string;
  readonly isGlobal: boolean;
  readonly assignments: FieldAssignment[];
  readonly accesses: FieldAccess[];
  /** Where the container is handed to something else: stored, sent, passed, returned. */
  readonly leaks: Place[];
  /** True if the address of the field is taken somewhere: it may be assigned through it. */
  addressed: boolean;
}

/** What is asked about fields. Maps are what most questions are about: lists, of which there are many more, are looked for when one is asked about. */
export interface FieldTable {
  /** The uses of a field or variable, by the front end's object for it; undefined if it holds no container or nobody uses it. */
  get(declared: object): FieldUses | undefined;
  /** Those of all fields and variables that hold maps or sets. */
  maps(): Iterable<FieldUses>;
}

const known = new WeakMap<Program, FieldTable>();

/** The uses of all container fields and variables of a program. */
export function fieldUsesOf(program: Program): FieldTable {
  let table = known.get(program);
  if (!table) known.set(program, (table = new ProgramFields(program)));
  return table;
}

class ProgramFields implements FieldTable {
  private collected: ReadonlyMap<object, FieldUses> | undefined;
  private readonly lists = new Map<object, FieldUses | undefined>();
  /** By list, the functions that name it. */
  private naming: ReadonlyMap<object, readonly ProgramFunction[]> | undefined;

  constructor(private readonly program: Program) {}

  get(declared: object): FieldUses | undefined {
    const map = this.ofMaps().get(declared);
    if (map) return map;
    if (!this.lists.has(declared)) this.lists.set(declared, this.list(declared));
    return this.lists.get(declared);
  }

  maps(): Iterable<FieldUses> {
    return this.ofMaps().values();
  }

  private ofMaps(): ReadonlyMap<object, FieldUses> {
    if (!this.collected) {
      const all = new Map<object, FieldUses>();
      for (const each of this.program.functions.values()) {
        for (const body of each.body.unit.bodies) {
          for (const use of mapUsesIn(body)) add(all, each, body, use);
        }
      }
      this.collected = all;
    }
    return this.collected;
  }

  private list(declared: object): FieldUses | undefined {
    this.naming ??= functionsByList(this.program);
    const found = new Map<object, FieldUses>();
    for (const each of this.naming.get(declared) ?? []) {
      for (const body of each.body.unit.bodies) {
        if (body.incomplete) continue;
        for (const use of new BodyScan(body, declared).uses()) add(found, each, body, use);
      }
    }
    return found.get(declared);
  }
}

function functionsByList(program: Program): ReadonlyMap<object, readonly ProgramFunction[]> {
  const naming = new Map<object, ProgramFunction[]>();
  for (const each of program.functions.values()) {
    const { fields, variables } = each.body.unit;
    const note = ({ origin, shape }: Pick<Field, 'origin' | 'shape'>): void => {
      if (!origin || shape !== Shape.List) return;
      if (naming.get(origin)?.at(-1) !== each) addTo(naming, origin, each);
    };
    fields.forEach(note);
    for (const variable of variables) if (variable.kind === VariableKind.Global) note(variable);
  }
  return naming;
}

interface BodyUse {
  readonly declared: object;
  readonly name: string;
  readonly isGlobal: boolean;
  readonly kind: 'assignment' | 'access' | 'leak' | 'address';
  readonly operation: number;
  /** The value that is assigned, or the container. */
  readonly value: number;
  readonly onNew: boolean;
}

function add(all: Map<object, FieldUses>, function_: ProgramFunction, body: FunctionBody, use: BodyUse): void {
  let uses = all.get(use.declared);
  if (!uses) {
    const { declared, name, isGlobal } = use;
    all.set(declared, (uses = { declared, name, isGlobal, assignments: [], accesses: [], leaks: [], addressed: false }));
  }
  const { operation, value, onNew } = use;
  const place = { function: function_, body, operation };
  switch (use.kind) {
    case 'assignment':
      uses.assignments.push({ ...place, value, onNew });
      break;
    case 'access':
      uses.accesses.push({ ...place, access: accessOf(body, operation)!, container: value, onNew });
      break;
    case 'leak':
      uses.leaks.push(place);
      break;
    default:
      uses.addressed = true;
  }
}

const mapUsesInBodies = new BodyFacts<readonly BodyUse[]>();

function mapUsesIn(body: FunctionBody): readonly BodyUse[] {
  let uses = mapUsesInBodies.get(body);
  if (!uses) mapUsesInBodies.set(body, (uses = body.incomplete ? [] : new BodyScan(body, undefined).uses()));
  return uses;
}

class BodyScan {
  private readonly found: BodyUse[] = [];
  /** By value number: the place of the field it was read from. */
  private readonly held = new Map<number, number>();

  /** @param list the one list that is asked about; undefined: all maps */
  constructor(private readonly body: FunctionBody, private readonly list: object | undefined) {}

  uses(): readonly BodyUse[] {
    const { body } = this;
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) === Op.Read && this.isMeantAt(body.a(operation), body.accessedShape(operation)) && isKept(body, body.a(operation))) {
        const number = valuesOf(body).number(operation);
        if (number !== NONE && !this.held.has(number)) this.held.set(number, body.a(operation));
      }
    }
    const graph = graphOf(body);
    for (const block of graph.order) {
      for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) this.look(operation);
    }
    return this.found;
  }

  private isMeantAt(place: number, shape: Shape): boolean {
    return this.hasShape(shape) && (this.list === undefined || declaredAt(this.body, place) === this.list);
  }

  private hasShape(shape: Shape): boolean {
    return this.list === undefined ? shape === Shape.Map || shape === Shape.Set : shape === Shape.List;
  }

  private look(operation: number): void {
    const { body } = this;
    switch (body.kind(operation)) {
      case Op.Write:
        if (this.isMeantAt(body.a(operation), body.shape(operation)) && !body.has(operation, Flag.Implicit)) this.note('assignment', operation, body.a(operation), body.b(operation));
        break;
      case Op.Aggregate:
        return this.lookAtParts(operation);
      case Op.AddressOf:
        this.lookAtAddress(operation);
        return;
      default:
    }
    const container = containerOf(body, operation);
    if (container !== NONE) {
      for (const place of this.placesOf(container)) this.note('access', operation, place, container);
    }
    if (handsOn(body, operation)) {
      body.forEachOperand(operation, (value) => {
        if (value !== container || body.kind(operation) === Op.Append) for (const place of this.placesOf(value)) this.note('leak', operation, place, value);
      });
    }
  }

  /** `T{f: value}`: the fields of a new record. */
  private lookAtParts(operation: number): void {
    const { body } = this;
    const parts = body.list(operation);
    const isRecord = body.shape(operation) === Shape.Record;
    for (let i = 0; i < parts.length; i += 2) {
      const value = parts[i + 1]!;
      if (value === NONE) continue;
      for (const place of this.placesOf(value)) this.note('leak', operation, place, value);
      const field = isRecord ? body.unit.fields[parts[i]!] : undefined;
      if (!field?.origin || !this.hasShape(field.shape) || (this.list !== undefined && field.origin !== this.list)) continue;
      this.found.push({ declared: field.origin, name: field.name, isGlobal: false, kind: 'assignment', operation, value, onNew: true });
    }
  }

  private lookAtAddress(operation: number): void {
    const { body } = this;
    const place = body.a(operation);
    const kind = body.placeKind(place);
    if (kind === PlaceKind.Field && this.isMeantAt(place, body.unit.fields[body.placeB(place)]!.shape)) this.note('address', operation, place, NONE);
    if (kind === PlaceKind.Variable && this.isMeantAt(place, body.unit.variables[body.placeA(place)]!.shape)) this.note('address', operation, place, NONE);
  }

  /** The fields that a value was read from. */
  private placesOf(operation: number): readonly number[] {
    // Values are not numbered for bodies that read no such field.
    if (this.held.size === 0) return [];
    const places: number[] = [];
    const values = valuesOf(this.body);
    for (const value of values.alternatives(values.number(operation)) ?? []) {
      const place = this.held.get(value);
      if (place !== undefined && !places.includes(place)) places.push(place);
    }
    return places;
  }

  private note(kind: BodyUse['kind'], operation: number, place: number, value: number): void {
    const { body } = this;
    if (!isKept(body, place)) return;
    const declared = declaredAt(body, place);
    if (!declared) return;
    const isGlobal = body.placeKind(place) === PlaceKind.Variable;
    const name = isGlobal ? body.unit.variables[body.placeA(place)]!.name : body.unit.fields[body.placeB(place)]!.name;
    this.found.push({ declared, name, isGlobal, kind, operation, value, onNew: isOfNewObject(body, place) });
  }
}

/** True for fields and for variables of package level. */
function isKept(body: FunctionBody, place: number): boolean {
  if (body.placeKind(place) === PlaceKind.Field) return true;
  return body.placeKind(place) === PlaceKind.Variable && body.unit.variables[body.placeA(place)]!.kind === VariableKind.Global;
}

/** True if a place is part of an object that the body itself made, or of one of its own variables. */
export function isOfNewObject(body: FunctionBody, place: number): boolean {
  const root = body.rootOf(place);
  if (body.placeKind(root) === PlaceKind.Variable) {
    const { owner, kind } = body.unit.variables[body.placeA(root)]!;
    return owner >= 0 && kind !== VariableKind.Parameter && kind !== VariableKind.Receiver;
  }
  if (body.placeKind(root) !== PlaceKind.Target) return false;
  const values = valuesOf(body);
  const alternatives = values.alternatives(values.number(body.placeA(root)));
  return alternatives !== undefined && alternatives.length > 0 && alternatives.every((each) => values.creation(each) !== undefined || isAddressOfOwn(body, values, each));
}

/** True for the address of (a part of) a variable of the function. */
function isAddressOfOwn(body: FunctionBody, values: Values, value: number): boolean {
  if (values.table.kind(value) !== ValueKind.AddressOfVariable) return false;
  const { owner, kind } = body.unit.variables[values.table.a(value)]!;
  return owner >= 0 && kind !== VariableKind.Parameter && kind !== VariableKind.Receiver;
}

/** True for operations that let something else hold their operands. */
function handsOn(body: FunctionBody, operation: number): boolean {
  switch (body.kind(operation)) {
    case Op.Write: {
      const variable = body.variableOf(body.a(operation));
      return variable === NONE || body.unit.variables[variable]!.kind === VariableKind.Global || body.unit.variables[variable]!.captured;
    }
    case Op.Call: {
      const role = body.calleeOf(operation)?.role;
      return role !== Role.Reads && role !== Role.Looks && role !== Role.Observes && role !== Role.Clears && role !== Role.Deletes;
    }
    case Op.Make:
    case Op.Allocate:
    case Op.Append:
    case Op.Convert:
    case Op.Narrow:
    case Op.Send:
    case Op.Return:
    case Op.Panic:
    case Op.Opaque:
      return true;
    default:
      return false;
  }
}
