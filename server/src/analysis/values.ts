// Which values are the same. Every operation of a body gets a value number (value-table.ts); equal numbers are equal
// values, at whatever place they were read. Variables that nothing else can change are followed through assignments and
// joins (static single assignment); what is in memory is followed until something may change it.
//
//   x := c.m       the read of x in the last line has the number of the read of c.m in the first,
//   x[k] = v       as long as nothing between them may write the field m
//   use(x)
//
// A number says nothing about what a container holds; see contents.ts for that.

import type { FunctionBody } from '../model/function-body.ts';
import { Shape, isContainer, isReference } from '../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../model/operations.ts';
import { DominatorTree, graphOf } from './graph.ts';
import type { Graph } from './graph.ts';
import { ELEMENTS, Slots, THROUGH_POINTER, WORLD, hasParts } from './slots.ts';
import { ValueKind, ValueTable } from './value-table.ts';

/** How two values relate. `unknown` is the answer in doubt. */
export type Relation = 'same' | 'different' | 'unknown';

/** Values that join more choices than this are unknown. */
const choiceLimit = 64;

export class Values {
  readonly table: ValueTable;
  private readonly numbers: Int32Array;
  /** What a Join may be. */
  readonly choices = new Map<number, readonly number[]>();
  private readonly origins: number[] = [];
  private readonly addresses: Int32Array;

  constructor(readonly body: FunctionBody) {
    this.table = new ValueTable(body.operationCount);
    this.numbers = new Int32Array(body.operationCount).fill(NONE);
    this.addresses = new Int32Array(body.operationCount).fill(NONE);
    new Numbering(this, this.numbers, this.choices, this.origins, this.addresses).run();
  }

  /**
   * The number of the value that an operation gives. For a Write of a container: the number of what the place held
   * before, as far as that is one value. NONE for operations without a value and in code that cannot be reached.
   */
  number(operation: number): number {
    return operation < 0 ? NONE : this.numbers[operation]!;
  }

  /**
   * The number of the address of the memory that a Read or Write is about: equal for equal places. NONE for variables
   * that nothing else can change, and their fields: those are values.
   */
  addressAt(operation: number): number {
    return this.addresses[operation]!;
  }

  /** The values a value may be once joins are resolved, each a single number; undefined if there are too many. */
  alternatives(value: number): readonly number[] | undefined {
    if (value === NONE) return undefined;
    if (this.table.kind(value) !== ValueKind.Join) return [value];
    const found = new Set<number>();
    const seen = new Set<number>([value]);
    const stack = [value];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const choices = this.choices.get(at);
      if (!choices) found.add(at);
      for (const choice of choices ?? []) {
        if (choice === NONE) return undefined;
        if (seen.has(choice)) continue;
        seen.add(choice);
        stack.push(choice);
      }
      if (seen.size > choiceLimit) return undefined;
    }
    return [...found];
  }

  /** True if the value is nil whatever path led to it. */
  isNil(value: number): boolean {
    const alternatives = this.alternatives(value);
    return alternatives !== undefined && alternatives.length > 0 && alternatives.every((each) => this.isZeroReference(each));
  }

  private isZeroReference(value: number): boolean {
    return this.table.kind(value) === ValueKind.Zero && isReference(this.table.a(value));
  }

  /** The operation (Make, Allocate, Append to nothing, …) that made a new object, if the value is one; else undefined. */
  creation(value: number): number | undefined {
    if (value === NONE || this.table.kind(value) !== ValueKind.Operation) return undefined;
    const operation = this.table.a(value);
    const kind = this.body.kind(operation);
    return kind === Op.Make || kind === Op.Allocate || kind === Op.Closure ? operation : undefined;
  }

  /** The parameter whose incoming value this is, as index in the body's `parameters`; else undefined. */
  incoming(value: number): number | undefined {
    if (value === NONE || this.table.kind(value) !== ValueKind.Operation) return undefined;
    const operation = this.table.a(value);
    return this.body.kind(operation) === Op.Incoming ? this.body.a(operation) : undefined;
  }

  /** The constant number a value is, or undefined. */
  constantNumber(value: number): number | undefined {
    if (value === NONE || this.table.kind(value) !== ValueKind.Constant) return undefined;
    const constant = this.body.unit.constants[this.table.a(value)];
    return typeof constant === 'number' ? constant : undefined;
  }

  /** The operation a value comes from, when it is what one operation gave; NONE for values that are computed from others. */
  operationOf(value: number): number {
    return value !== NONE && this.table.kind(value) === ValueKind.Operation ? this.table.a(value) : NONE;
  }

  /**
   * The first operation that gave a value: the lookup behind an `ok`, the call behind a variable. NONE for values that no
   * single operation gave (joins) and that come from outside (captured variables).
   */
  origin(value: number): number {
    return value === NONE ? NONE : (this.origins[value] ?? NONE);
  }

  /**
   * Whether two values refer to the same object. Equal numbers are `same`; two objects made at different places, an
   * object made here and one the caller gave, an object and a value that was there before it was made, nil and an object
   * are `different`.
   */
  relation(x: number, y: number): Relation {
    if (x === NONE || y === NONE) return 'unknown';
    if (x === y) return 'same';
    if (this.isOlder(x, y) || this.isOlder(y, x)) return 'different';
    const xs = this.alternatives(x);
    const ys = this.alternatives(y);
    if (!xs || !ys) return 'unknown';
    return xs.every((a) => ys.every((b) => this.areDifferent(a, b))) ? 'different' : 'unknown';
  }

  /**
   * True if x was computed before the object y was made. Where both can be used, the last x came before the last y:
   * its operation comes before y's on every path.
   */
  private isOlder(x: number, y: number): boolean {
    const made = this.creation(y);
    const origin = this.origin(x);
    if (made === undefined || origin === NONE || origin === made) return false;
    const graph = graphOf(this.body);
    const before = graph.blockOf(origin);
    const after = graph.blockOf(made);
    return before === after ? origin < made : graph.dominates(before, after);
  }

  private areDifferent(x: number, y: number): boolean {
    if (x === y) return false;
    const xMade = this.isZeroReference(x) || this.creation(x) !== undefined;
    const yMade = this.isZeroReference(y) || this.creation(y) !== undefined;
    if (xMade && yMade) return true;
    return (xMade && this.incoming(y) !== undefined) || (yMade && this.incoming(x) !== undefined);
  }
}

/** A value that joins where paths meet, while its choices are being collected. */
interface Join {
  readonly slot: number;
  readonly choices: number[];
}

const noJoins: readonly Join[] = [];

/** The walk that numbers the operations of a body; see Cytron et al. for joins, and value-table.ts. */
class Numbering {
  private readonly body: FunctionBody;
  private readonly table: ValueTable;
  private readonly graph: Graph;
  private readonly slots: Slots;
  private readonly joins: (Join[] | undefined)[];
  /** What each slot holds now: a value number for variables, a version for memory. */
  private readonly current: Int32Array;
  private readonly undo: number[] = [];
  // By version: the write that made it, for reads of the same address.
  private readonly storedAddress: number[] = [NONE];
  private readonly storedValue: number[] = [NONE];
  private readonly storedWhen: number[] = [NONE];

  constructor(values: Values, private readonly numbers: Int32Array, private readonly choices: Map<number, readonly number[]>, private readonly origins: number[], private readonly addresses: Int32Array) {
    this.body = values.body;
    this.table = values.table;
    this.graph = graphOf(values.body);
    this.slots = new Slots(values.body);
    this.joins = new Array<Join[] | undefined>(values.body.blockCount);
    this.current = new Int32Array(this.slots.count);
  }

  run(): void {
    this.placeJoins();
    for (let slot = 0; slot < this.slots.count; slot++) {
      const place = this.slots.placeOfSlot[slot]!;
      if (this.holdsValue(slot)) this.current[slot] = this.table.number(ValueKind.Captured, place);
    }
    const [root] = this.graph.order;
    if (root === undefined) return;
    const marks: number[] = [];
    new DominatorTree(this.graph.order, this.graph.dominator).walk(
      root,
      (block) => {
        marks.push(this.undo.length);
        this.numberBlock(block);
      },
      () => this.restore(marks.pop()!),
    );
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
    const changedLast = new Int32Array(slots.count).fill(NONE);
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
    const placed = new Int32Array(body.blockCount).fill(NONE);
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
    const last = new Int32Array(this.body.blockCount).fill(NONE);
    for (const join of graph.order) {
      const before = graph.predecessors(join);
      if (before.length < 2) continue;
      const stop = graph.dominator[join]!;
      for (const predecessor of before) {
        for (let at = predecessor; at !== stop && at !== NONE && last[at] !== join; at = graph.dominator[at]!) {
          last[at] = join;
          (result[at] ??= []).push(join);
        }
      }
    }
    return result;
  }

  private enterJoins(block: number): void {
    const expected = this.graph.predecessors(block).length;
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
        if (slots.isVolatile[other] || !slots.overlap(other, named)) continue;
        this.set(slots.ofPlace[other]!, slots.isWithin(other, place) ? this.part(value, place, other) : this.own(write));
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

const known = new WeakMap<FunctionBody, Values>();

/** The value numbers of a body, computed when they are first asked for. */
export function valuesOf(body: FunctionBody): Values {
  let values = known.get(body);
  if (!values) known.set(body, (values = new Values(body)));
  return values;
}
