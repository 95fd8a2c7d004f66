// The body of one function: operations in basic blocks, edges between them, places, loops. Everything is in a few arrays
// of numbers; the methods give them names. A body is immutable once it is built (builder.ts).

import type { Span } from '../text/span.ts';
import type { Callee, Constant, Field, Variable } from './objects.ts';
import { Shape } from './objects.ts';
import { Flag, NONE, Op, PlaceKind } from './operations.ts';

/** What the bodies of one declaration (a function with the closures in it) share. */
export interface Unit {
  /** The declaration's own body first, then its closures in source order. */
  readonly bodies: readonly FunctionBody[];
  readonly variables: readonly Variable[];
  readonly fields: readonly Field[];
  readonly callees: readonly Callee[];
  readonly constants: readonly Constant[];
}

/** How a block ends. */
export const enum End {
  /** To the one successor. */
  Jump,
  /** To the first successor if the condition is true, else to the second. */
  Branch,
  /** To one of the successors, chosen by what other tasks do (select); the condition is 1 if one of them is chosen when none is ready. */
  Choose,
  Return,
  /** Unwinding, after the deferred calls ran. */
  Panic,
  /** The process or task ends. */
  Exit,
  /** Nothing ever happens again. */
  Stuck,
}

export type LoopKind = 'iterate' | 'while';

/** A loop of the source. Loops made of gotos are edges only. */
export interface Loop extends Span {
  readonly kind: LoopKind;
  /** Index of the enclosing loop, or NONE. */
  readonly parent: number;
  /** The block that every iteration starts in: where `Next` or the condition is. */
  readonly head: number;
  /** Where the loop goes on after its end. */
  readonly exit: number;
  /** The block that an iteration goes to when it is done: what is written last in the loop's head, or the head itself. */
  readonly again: number;
  /** The operation `Iterate`, or NONE. */
  readonly iterate: number;
  /** The operation `Next`, or NONE. */
  readonly next: number;
}

/** Int32 values per operation: kind | shape << 8 | flags << 16, start, end, a, b, c. */
export const operationStride = 6;
/** Per block: first operation, end (exclusive), how it ends, condition, successors (index in lists), loop. */
export const blockStride = 6;
/** Per place: kind, a, b. */
export const placeStride = 3;

export interface BodyParts {
  readonly unit: Unit;
  readonly index: number;
  readonly span: Span;
  readonly name: string;
  readonly operations: Int32Array;
  readonly blocks: Int32Array;
  readonly places: Int32Array;
  readonly lists: Int32Array;
  readonly loops: readonly Loop[];
  readonly parameters: readonly number[];
  readonly receiver: number;
  readonly results: readonly number[];
  readonly captures: readonly number[];
  readonly parent: number;
  readonly hasDefers: boolean;
  readonly incomplete: boolean;
}

/** The block where a body starts. */
export const ENTRY = 0;

const noValues = new Int32Array(0);
const noViews: (Int32Array | undefined)[] = [];

/** The views of all bodies: one costs more than the numbers in it, and few are asked for again for long. */
const viewed: (Int32Array | undefined)[][] = [];
let viewCount = 0;
const viewLimit = 1 << 15;

function dropViews(): void {
  for (const views of viewed) views.length = 0;
  viewed.length = 0;
  viewCount = 0;
}

export class FunctionBody {
  readonly unit: Unit;
  /** The index in `unit.bodies`. */
  readonly index: number;
  /** The function in the text. */
  readonly span: Span;
  /** The declared name; empty for closures. */
  readonly name: string;
  readonly operationCount: number;
  readonly blockCount: number;
  readonly placeCount: number;
  readonly loops: readonly Loop[];
  /** Indices in `unit.variables`, the receiver first if there is one; one per value the caller gives. */
  readonly parameters: readonly number[];
  /** The variable of the receiver, or NONE. */
  readonly receiver: number;
  readonly results: readonly number[];
  /** Variables of functions around this one that it (or a closure in it) uses. */
  readonly captures: readonly number[];
  /** The body this closure is written in, or NONE. */
  readonly parent: number;
  readonly hasDefers: boolean;
  /** True if a limit was reached: the operations are not all there, and nothing may be concluded from them. */
  readonly incomplete: boolean;

  private readonly operations: Int32Array;
  private readonly blocks: Int32Array;
  private readonly places: Int32Array;
  private readonly lists: Int32Array;
  /** By offset, the lists that were asked for. */
  private views = noViews;
  /** What was found out about the body, see `BodyFacts`. */
  facts: (object | undefined)[] | undefined = undefined;

  constructor(parts: BodyParts) {
    this.unit = parts.unit;
    this.index = parts.index;
    this.span = parts.span;
    this.name = parts.name;
    this.operations = parts.operations;
    this.blocks = parts.blocks;
    this.places = parts.places;
    this.lists = parts.lists;
    this.loops = parts.loops;
    this.parameters = parts.parameters;
    this.receiver = parts.receiver;
    this.results = parts.results;
    this.captures = parts.captures;
    this.parent = parts.parent;
    this.hasDefers = parts.hasDefers;
    this.incomplete = parts.incomplete;
    this.operationCount = parts.operations.length / operationStride;
    this.blockCount = parts.blocks.length / blockStride;
    this.placeCount = parts.places.length / placeStride;
  }

  // Operations. --------------------------------------------------------------------------------------------------------

  kind(operation: number): Op {
    return this.operations[operation * operationStride]! & 0xff;
  }

  /** The shape of the value an operation gives; for Write and others without a value, of the value they are about. */
  shape(operation: number): Shape {
    return (this.operations[operation * operationStride]! >> 8) & 0xff;
  }

  /** The shape of what a Read reads or a Write writes, also if the Read gives it in a tuple. */
  accessedShape(operation: number): Shape {
    return this.has(operation, Flag.CommaOk) && this.kind(operation) === Op.Read ? this.c(operation) : this.shape(operation);
  }

  flags(operation: number): number {
    return this.operations[operation * operationStride]! >> 16;
  }

  has(operation: number, flag: Flag): boolean {
    return (this.flags(operation) & flag) !== 0;
  }

  /** 0-based UTF-16 offset. */
  start(operation: number): number {
    return this.operations[operation * operationStride + 1]!;
  }

  end(operation: number): number {
    return this.operations[operation * operationStride + 2]!;
  }

  spanOf(operation: number): Span {
    return { start: this.start(operation), end: this.end(operation) };
  }

  a(operation: number): number {
    return this.operations[operation * operationStride + 3]!;
  }

  b(operation: number): number {
    return this.operations[operation * operationStride + 4]!;
  }

  c(operation: number): number {
    return this.operations[operation * operationStride + 5]!;
  }

  /** The list that operand c names; empty for NONE. */
  list(operation: number): Int32Array {
    return this.listAt(this.c(operation));
  }

  /** True if the operation has a list as operand c. */
  hasList(operation: number): boolean {
    switch (this.kind(operation)) {
      case Op.Make:
      case Op.Aggregate:
      case Op.Append:
      case Op.Slice:
      case Op.Call:
      case Op.Return:
      case Op.Opaque:
        return true;
      default:
        return false;
    }
  }

  private listAt(offset: number): Int32Array {
    if (offset < 0) return noValues;
    const known = this.views[offset];
    if (known) return known;
    if (viewCount++ === viewLimit) dropViews();
    if (this.views.length === 0) {
      if (this.views === noViews) this.views = [];
      viewed.push(this.views);
    }
    return (this.views[offset] = this.lists.subarray(offset + 1, offset + 1 + this.lists[offset]!));
  }

  calleeOf(call: number): Callee | undefined {
    const index = this.a(call);
    return index < 0 ? undefined : this.unit.callees[index];
  }

  /** The constant a value is written as; undefined for other operations. */
  constantOf(operation: number): Constant {
    return this.kind(operation) === Op.Constant ? this.unit.constants[this.a(operation)] : undefined;
  }

  /** True for what a variable comes with: nil, undefined, false, 0, ''. */
  isZeroValue(operation: number): boolean {
    const constant = this.constantOf(operation);
    return this.kind(operation) === Op.Zero || constant === false || constant === 0 || constant === '';
  }

  /** True if a test holds for some value that an operation uses, those in its place and its lists included. */
  someOperand(operation: number, test: (value: number) => boolean): boolean {
    let found = false;
    this.forEachOperand(operation, (value) => {
      found ||= test(value);
    });
    return found;
  }

  /** Calls back with every value an operation uses, those in its place and its lists included. */
  forEachOperand(operation: number, visit: (value: number) => void): void {
    switch (this.kind(operation)) {
      case Op.None:
      case Op.Incoming:
      case Op.Zero:
      case Op.Constant:
      case Op.Closure:
      case Op.RunDefers:
        return;
      case Op.AddressOf:
      case Op.Read:
        return this.forEachValueOfPlace(this.a(operation), visit);
      case Op.Write:
        this.forEachValueOfPlace(this.a(operation), visit);
        if (this.b(operation) >= 0) visit(this.b(operation));
        return;
      case Op.FunctionValue:
      case Op.Call:
        if (this.b(operation) >= 0) visit(this.b(operation));
        break;
      case Op.Extract:
        return visit(this.a(operation));
      case Op.Aggregate:
        return this.forEachPart(operation, visit);
      case Op.Return:
      case Op.Opaque:
        break;
      default:
        if (this.a(operation) >= 0) visit(this.a(operation));
        if (this.b(operation) >= 0) visit(this.b(operation));
    }
    if (!this.hasList(operation)) return;
    for (const value of this.list(operation)) if (value >= 0) visit(value);
  }

  /** The values of an Aggregate: of records the odd members of the list only, the even ones are fields. */
  private forEachPart(operation: number, visit: (value: number) => void): void {
    const list = this.list(operation);
    const isRecord = this.shape(operation) === Shape.Record;
    for (let i = 0; i < list.length; i++) {
      if (list[i]! >= 0 && (i % 2 === 1 || !isRecord)) visit(list[i]!);
    }
  }

  /** The name of a part of an Aggregate: the field's name, or `[%n]` for an index. */
  partName(aggregate: number, part: number): string {
    if (this.shape(aggregate) === Shape.Record) return this.unit.fields[part]?.name ?? '';
    return part < 0 ? '[]' : `[%${part}]`;
  }

  // Places. ------------------------------------------------------------------------------------------------------------

  placeKind(place: number): PlaceKind {
    return this.places[place * placeStride]!;
  }

  placeA(place: number): number {
    return this.places[place * placeStride + 1]!;
  }

  placeB(place: number): number {
    return this.places[place * placeStride + 2]!;
  }

  /** The place that a field or inline index is part of, as far out as it goes. */
  rootOf(place: number): number {
    let root = place;
    while (this.placeKind(root) >= PlaceKind.Field) root = this.placeA(root);
    return root;
  }

  /** The variable a place is or is part of, as index in the unit; NONE if it is reached through a value. */
  variableOf(place: number): number {
    const root = this.rootOf(place);
    return this.placeKind(root) === PlaceKind.Variable ? this.placeA(root) : NONE;
  }

  /** The pointer through which a field is reached, `p` of `p.f`; NONE for fields of fields and for other places. */
  pointerOf(place: number): number {
    const target = this.placeKind(place) === PlaceKind.Field ? this.placeA(place) : NONE;
    return target !== NONE && this.placeKind(target) === PlaceKind.Target ? this.placeA(target) : NONE;
  }

  /** True if a place is another one or part of it, as written: two mentions of one element are two places. */
  isWithin(inner: number, outer: number): boolean {
    let at = inner;
    while (at !== outer) {
      if (this.placeKind(at) < PlaceKind.Field) return false;
      at = this.placeA(at);
    }
    return true;
  }

  /** True if one place is the other or part of it. */
  overlap(a: number, b: number): boolean {
    return this.isWithin(a, b) || this.isWithin(b, a);
  }

  /** Calls back with the values a place is reached through: pointers, containers, keys, indices. */
  forEachValueOfPlace(place: number, visit: (value: number) => void): void {
    let at = place;
    for (;;) {
      const kind = this.placeKind(at);
      if (kind === PlaceKind.Variable) return;
      if (kind === PlaceKind.Index && this.placeB(at) >= 0) visit(this.placeB(at));
      if (kind >= PlaceKind.Field) {
        at = this.placeA(at);
        continue;
      }
      if (this.placeA(at) >= 0) visit(this.placeA(at));
      if (kind === PlaceKind.Element && this.placeB(at) >= 0) visit(this.placeB(at));
      return;
    }
  }

  // Blocks. ------------------------------------------------------------------------------------------------------------

  firstOperation(block: number): number {
    return this.blocks[block * blockStride]!;
  }

  /** One past the last operation. */
  endOperation(block: number): number {
    return this.blocks[block * blockStride + 1]!;
  }

  endOf(block: number): End {
    return this.blocks[block * blockStride + 2]!;
  }

  /** The value a Branch tests; for Choose 1 if it never waits, else 0. */
  condition(block: number): number {
    return this.blocks[block * blockStride + 3]!;
  }

  successors(block: number): Int32Array {
    return this.listAt(this.blocks[block * blockStride + 4]!);
  }

  /** The innermost loop of the source around a block, or NONE. */
  loopOf(block: number): number {
    return this.blocks[block * blockStride + 5]!;
  }
}
