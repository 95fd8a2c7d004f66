// The walk that gives every operation of a body its value number: static single assignment after Cytron et al. ("Efficiently
// Computing Static Single Assignment Form and the Control Dependence Graph"), with hashing of what values are computed from.
// Blocks are visited down the tree of dominators, so that what a value is made from has its number before it.

import type { FunctionBody } from '../model/function-body.ts';
import { int32s } from '../model/int32s.ts';
import { Shape, isContainer, isReference } from '../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../model/operations.ts';
import { graphOf } from './graph.ts';
import type { Graph } from './graph.ts';
import { ELEMENTS, Slots, THROUGH_POINTER, WORLD, hasParts } from './slots.ts';
import { ValueKind, ValueTable } from './value-table.ts';

/** A value that joins where paths meet, while its choices are being collected. */
interface Join {
  readonly slot: number;
  readonly choices: number[];
}

const noJoins: readonly Join[] = [];

/** What the numbering of a body gives. Arrays are by operation unless they say otherwise. */
export interface Numbered {
  readonly table: ValueTable;
  /** The value of each operation, see `Values.number`. */
  readonly numbers: Int32Array;
  /** The address of what is read or written in memory, see `Values.addressAt`. */
  readonly addresses: Int32Array;
  /** By value of kind Join: what it may be. */
  readonly choices: ReadonlyMap<number, readonly number[]>;
  /** By value: the first operation that gave it, or NONE. */
  readonly origins: Int32Array;
}

export function numberOperations(body: FunctionBody): Numbered {
  return new Numbering(body).run();
}

/** Only what stays is cut from shared buffers (`int32s`): what is needed for a while would stay with it. */
class Numbering {
  private readonly table: ValueTable;
  private readonly numbers: Int32Array;
  private readonly addresses: Int32Array;
  private readonly choices = new Map<number, readonly number[]>();
  private readonly origins: number[] = [];
  private readonly graph: Graph;
  private readonly slots: Slots;
  private readonly joins: (Join[] | undefined)[];
  /** What each slot holds now: a value number for variables, a version for memory. */
  private readonly current: number[];
  private readonly undo: number[] = [];
  // By version: the write that made it, for reads of the same address.
  private readonly storedAddress: number[] = [NONE];
  private readonly storedValue: number[] = [NONE];
  private readonly storedWhen: number[] = [NONE];

  constructor(private readonly body: FunctionBody) {
    this.table = new ValueTable(body.operationCount);
    this.numbers = int32s(body.operationCount).fill(NONE);
    this.addresses = int32s(body.operationCount).fill(NONE);
    this.graph = graphOf(body);
    this.slots = new Slots(body);
    this.joins = new Array<Join[] | undefined>(body.blockCount);
    this.current = new Array<number>(this.slots.count).fill(0);
  }

  run(): Numbered {
    this.placeJoins();
    for (let slot = 0; slot < this.slots.count; slot++) {
      const place = this.slots.placeOfSlot[slot]!;
      if (this.holdsValue(slot)) this.current[slot] = this.table.number(ValueKind.Captured, place);
    }
    const marks: number[] = [];
    this.graph.walkDominators(
      (block) => {
        marks.push(this.undo.length);
        this.numberBlock(block);
      },
      () => this.restore(marks.pop()!),
    );
    this.table.seal();
    const origins = int32s(this.table.size).fill(NONE);
    this.origins.forEach((origin, value) => {
      origins[value] = origin;
    });
    return { table: this.table, numbers: this.numbers, addresses: this.addresses, choices: this.choices, origins };
  }

  /** True for slots that hold the value of a variable that only this body changes. */
  private holdsValue(slot: number): boolean {
    const place = this.slots.placeOfSlot[slot]!;
    return place !== NONE && !this.slots.isVolatile[place];
  }

  private set(slot: number, to: number): void {
    this.undo.push(slot, this.current[slot]!);
    this.current[slot] = to;
  }

  private restore(mark: number): void {
    while (this.undo.length > mark) {
      const before = this.undo.pop()!;
      this.current[this.undo.pop()!] = before;
    }
  }

  private newVersion(): number {
    this.storedValue.push(NONE);
    this.storedWhen.push(NONE);
    return this.storedAddress.push(NONE) - 1;
  }

  // Joins. -------------------------------------------------------------------------------------------------------------

  private placeJoins(): void {
    const { body, slots, graph } = this;
    if (graph.order.length === 1) return;
    const changedIn = new Array<number[] | undefined>(slots.count);
    const usedElsewhere = new Uint8Array(slots.count);
    const changedLast = new Array<number>(slots.count).fill(NONE);
    for (const block of graph.order) {
      for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
        const slot = this.slotRead(operation);
        if (slot !== NONE && changedLast[slot] !== block) usedElsewhere[slot] = 1;
        slots.forEachChanged(operation, (changed) => {
          if (changed === NONE || changedLast[changed] === block) return;
          changedLast[changed] = block;
          (changedIn[changed] ??= []).push(block);
        });
      }
    }
    const frontiers = this.frontiers();
    const placed = new Array<number>(body.blockCount).fill(NONE);
    for (let slot = 0; slot < slots.count; slot++) {
      const work = changedIn[slot];
      if (!work || (this.holdsValue(slot) && !usedElsewhere[slot])) continue;
      // `work` grows while it is read.
      for (let i = 0; i < work.length; i++) {
        for (const join of frontiers[work[i]!] ?? []) {
          if (placed[join] === slot) continue;
          placed[join] = slot;
          (this.joins[join] ??= []).push({ slot, choices: [] });
          if (changedLast[slot] !== join) work.push(join);
        }
      }
    }
  }

  /** The variable slot whose value an operation needs, or NONE. */
  private slotRead(operation: number): number {
    const kind = this.body.kind(operation);
    if (kind !== Op.Read && !(kind === Op.Write && isContainer(this.body.shape(operation)))) return NONE;
    const named = this.slots.named(this.body.a(operation));
    return named === NONE ? NONE : this.slots.ofPlace[named]!;
  }

  /** By block: the joins where what the block changed meets what other blocks did. */
  private frontiers(): (number[] | undefined)[] {
    const { graph } = this;
    const result = new Array<number[] | undefined>(this.body.blockCount);
    const last = new Array<number>(this.body.blockCount).fill(NONE);
    for (const join of graph.order) {
      if (graph.predecessorCount(join) < 2) continue;
      const stop = graph.dominatorOf(join);
      for (const predecessor of graph.predecessors(join)) {
        for (let at = predecessor; at !== stop && at !== NONE && last[at] !== join; at = graph.dominatorOf(at)) {
          last[at] = join;
          (result[at] ??= []).push(join);
        }
      }
    }
    return result;
  }

  private enterJoins(block: number): void {
    const expected = this.graph.predecessorCount(block);
    for (const { slot, choices } of this.joins[block] ?? noJoins) {
      const [first] = choices;
      if (first !== undefined && choices.length === expected && choices.every((each) => each === first)) {
        this.set(slot, first);
      } else if (this.holdsValue(slot)) {
        const value = this.table.number(ValueKind.Join, block, slot);
        this.choices.set(value, choices);
        this.set(slot, value);
      } else {
        this.set(slot, this.newVersion());
      }
    }
  }

  // Blocks and operations. -----------------------------------------------------------------------------------------------

  private numberBlock(block: number): void {
    const { body } = this;
    this.enterJoins(block);
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      const value = this.numberOf(operation);
      this.numbers[operation] = value;
      if (value !== NONE && this.origins[value] === undefined && this.givesValue(operation, value)) this.origins[value] = operation;
      this.change(operation);
    }
    for (const next of body.successors(block)) {
      for (const { slot, choices } of this.joins[next] ?? noJoins) choices.push(this.current[slot]!);
    }
  }

  private numberOf(operation: number): number {
    const { body, table } = this;
    const a = body.a(operation);
    switch (body.kind(operation)) {
      case Op.Zero:
        return table.number(ValueKind.Zero, body.shape(operation));
      case Op.Constant:
        return body.constantOf(operation) === undefined ? this.own(operation) : table.number(ValueKind.Constant, a);
      case Op.AddressOf:
        return this.pointerTo(this.address(a));
      case Op.Extract:
        return this.extract(this.numbers[a]!, body.b(operation));
      case Op.Narrow:
        return body.has(operation, Flag.CommaOk) ? this.own(operation) : this.numbers[a]!;
      case Op.Convert:
        return isReference(body.shape(operation)) ? this.own(operation) : table.number(ValueKind.Convert, this.numbers[a]!, body.shape(operation));
      case Op.Compute:
        return this.compute(operation);
      case Op.Length: {
        const shape = body.shape(a);
        return shape === Shape.List || shape === Shape.String || shape === Shape.Array ? table.number(ValueKind.Length, this.numbers[a]!) : this.own(operation);
      }
      case Op.Read:
        return this.read(operation);
      case Op.Write:
        return isContainer(body.shape(operation)) ? this.held(a, operation) : NONE;
      default:
        return this.own(operation);
    }
  }

  /** False for reads of variables, whose value another operation gave, and for writes. */
  private givesValue(operation: number, value: number): boolean {
    const kind = this.body.kind(operation);
    if (kind === Op.Write) return false;
    return kind !== Op.Read || this.table.kind(value) === ValueKind.Load || this.table.kind(value) === ValueKind.Pair;
  }

  private own(operation: number): number {
    return this.table.number(ValueKind.Operation, operation);
  }

  private numberOrNone(operation: number): number {
    return operation === NONE ? NONE : this.numbers[operation]!;
  }

  private compute(operation: number): number {
    const operator: Operator = this.body.c(operation);
    if (operator === Operator.Other || operator === Operator.IsOfType) return this.own(operation);
    return this.table.number(ValueKind.Compute, operator, this.numberOrNone(this.body.a(operation)), this.numberOrNone(this.body.b(operation)));
  }

  private extract(tuple: number, index: number): number {
    const { table } = this;
    if (tuple === NONE || table.kind(tuple) !== ValueKind.Pair) return table.number(ValueKind.Extract, tuple, index);
    return index === 0 ? table.a(tuple) : table.number(ValueKind.Presence, table.b(tuple));
  }

  private read(operation: number): number {
    const place = this.body.a(operation);
    if (!this.body.has(operation, Flag.CommaOk)) return this.held(place, operation);
    return this.table.number(ValueKind.Pair, this.held(place, operation), this.load(place, this.body.accessedShape(operation), this.address(place)));
  }

  // Places. --------------------------------------------------------------------------------------------------------------

  /** What a place holds now. */
  private held(place: number, operation: number): number {
    const { slots } = this;
    const named = slots.named(place);
    if (named !== NONE && !slots.isVolatile[named]) return this.part(this.current[slots.ofPlace[named]!]!, named, place);
    const address = this.address(place);
    this.addresses[operation] = address;
    const shape = this.body.accessedShape(operation);
    if (hasParts(shape)) return this.own(operation);
    const version = this.current[slots.classOf(place, shape)]!;
    if (this.storedAddress[version] === address && this.storedWhen[version] === this.now(place)) return this.storedValue[version]!;
    return this.load(place, shape, address);
  }

  private load(place: number, shape: Shape, address: number): number {
    return this.table.number(ValueKind.Load, address, this.current[this.slots.classOf(place, shape)]!, this.now(place));
  }

  /** The versions of everything beyond its class that may change a place, as one number. */
  private now(place: number): number {
    const { current, slots } = this;
    return this.table.number(ValueKind.Versions, current[WORLD]!, current[THROUGH_POINTER]!, slots.isElement(place) ? current[ELEMENTS]! : NONE);
  }

  /** The part of a value of place `outer` that is at place `inner`, which is `outer` or in it. */
  private part(value: number, outer: number, inner: number): number {
    if (inner === outer) return value;
    const { body, table } = this;
    const whole = this.part(value, outer, body.placeA(inner));
    if (body.placeKind(inner) === PlaceKind.Index) return table.number(ValueKind.ArrayElement, whole, this.numberOrNone(body.placeB(inner)));
    return this.fieldOf(whole, body.placeB(inner));
  }

  private fieldOf(record: number, field: number): number {
    const { body, table } = this;
    const shape = body.unit.fields[field]!.shape;
    if (record === NONE) return NONE;
    if (table.kind(record) === ValueKind.Zero) return table.number(ValueKind.Zero, shape);
    const operation = table.kind(record) === ValueKind.Operation ? table.a(record) : NONE;
    if (operation === NONE || body.kind(operation) !== Op.Aggregate) return table.number(ValueKind.Part, record, field);
    const parts = body.list(operation);
    for (let i = 0; i < parts.length; i += 2) if (parts[i] === field) return this.numbers[parts[i + 1]!]!;
    return table.number(ValueKind.Zero, shape);
  }

  /** The number of a place; equal for equal places. */
  private address(place: number): number {
    const { body, table } = this;
    const a = body.placeA(place);
    switch (body.placeKind(place)) {
      case PlaceKind.Variable:
        return table.number(ValueKind.AddressOfVariable, a);
      case PlaceKind.Target: {
        const pointer = this.numbers[a]!;
        return pointer !== NONE && isAddress(table.kind(pointer)) ? pointer : table.number(ValueKind.AddressOfTarget, pointer);
      }
      case PlaceKind.Element:
        return table.number(ValueKind.AddressOfElement, this.numbers[a]!, this.numberOrNone(body.placeB(place)));
      case PlaceKind.Field:
        return table.number(ValueKind.AddressOfField, this.address(a), body.placeB(place));
      default:
        return table.number(ValueKind.AddressOfIndex, this.address(a), this.numberOrNone(body.placeB(place)));
    }
  }

  /** The value of a pointer to an address. */
  private pointerTo(address: number): number {
    return this.table.kind(address) === ValueKind.AddressOfTarget ? this.table.a(address) : address;
  }

  // Changes. ---------------------------------------------------------------------------------------------------------------

  private change(operation: number): void {
    const { slots } = this;
    slots.forEachChanged(operation, (slot) => {
      if (slot !== NONE && !this.holdsValue(slot)) this.set(slot, this.newVersion());
    });
    const kind = this.body.kind(operation);
    if (kind === Op.Write) this.assign(operation);
    else if (kind === Op.Allocate) this.storeInitialFields(operation);
  }

  private assign(write: number): void {
    const { body, slots } = this;
    const place = body.a(write);
    const value = body.b(write) === NONE ? this.own(write) : this.numbers[body.b(write)]!;
    const named = slots.named(place);
    if (named !== NONE) {
      for (const other of slots.placesOfVariable.get(body.variableOf(place))!) {
        if (slots.isVolatile[other] || !body.overlap(other, named)) continue;
        this.set(slots.ofPlace[other]!, body.isWithin(other, place) ? this.part(value, place, other) : this.own(write));
      }
      if (!slots.isVolatile[named]) return;
    }
    const address = this.address(place);
    this.addresses[write] = address;
    if (!hasParts(body.shape(write))) this.remember(slots.classOf(place, body.shape(write)), address, value, this.now(place));
  }

  private storeInitialFields(allocation: number): void {
    const { body, slots, table } = this;
    const first = body.a(allocation);
    if (first === NONE || body.kind(first) !== Op.Aggregate || body.shape(first) !== Shape.Record) return;
    const target = table.number(ValueKind.AddressOfTarget, this.numbers[allocation]!);
    const parts = body.list(first);
    const when = table.number(ValueKind.Versions, this.current[WORLD]!, this.current[THROUGH_POINTER]!, NONE);
    for (let i = 0; i < parts.length; i += 2) {
      const slot = slots.ofField(parts[i]!);
      if (slot !== NONE) this.remember(slot, table.number(ValueKind.AddressOfField, target, parts[i]!), this.numbers[parts[i + 1]!]!, when);
    }
  }

  /** Notes which write made the current version of a class, so that reads of the same address see its value. */
  private remember(slot: number, address: number, value: number, when: number): void {
    const version = this.current[slot]!;
    this.storedAddress[version] = address;
    this.storedValue[version] = value;
    this.storedWhen[version] = when;
  }
}

function isAddress(kind: ValueKind): boolean {
  return kind >= ValueKind.AddressOfVariable;
}
