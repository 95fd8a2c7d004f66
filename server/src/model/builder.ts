// Builds function bodies. A front end walks its syntax tree and calls `emit` in evaluation order; the builder knows no
// syntax. Blocks are filled one after another: start a block, emit, end it, and never come back to it.

import type { Span } from '../text/span.ts';
import { End, FunctionBody, blockStride, operationStride, placeStride } from './function-body.ts';
import type { Loop, LoopKind, Unit } from './function-body.ts';
import type { Callee, Constant, Field } from './objects.ts';
import { Shape, Variable, VariableKind } from './objects.ts';
import { int32sOf } from './int32s.ts';
import { Flag, NONE, Op, PlaceKind } from './operations.ts';

/** Bodies with more operations than this are given up: nothing a person wrote is that long. */
const operationLimit = 1 << 19;

/** Thrown by `emit` past the limit; whoever started the unit answers with incomplete bodies. */
export class LimitReached extends Error {}

/** Collects what the bodies of a declaration share. */
export class UnitBuilder implements Unit {
  readonly bodies: FunctionBody[] = [];
  readonly variables: Variable[] = [];
  readonly fields: Field[] = [];
  readonly callees: Callee[] = [];
  readonly constants: Constant[] = [];
  /** The front end's nodes of the bodies after the first, for finding bodies again. */
  readonly nodes = new Map<object, number>();
  private readonly variableIndex = new Map<object, number>();
  private fieldIndex: Map<object, number> | undefined;
  private calleeIndex: Map<object, number> | undefined;
  private constantIndex: Map<Constant, number> | undefined;
  private bodyCount = 0;

  /** Ends building: lets go of what only builders need. */
  seal(): void {
    this.nodes.clear();
    this.variableIndex.clear();
    this.fieldIndex = undefined;
    this.calleeIndex = undefined;
    this.constantIndex = undefined;
  }

  /** Reserves the index of the next body, so that bodies are numbered in source order. */
  reserveBody(): number {
    this.bodies.length = ++this.bodyCount;
    return this.bodyCount - 1;
  }

  addVariable(variable: Variable): number {
    this.variables.push(variable);
    if (variable.origin) this.variableIndex.set(variable.origin, this.variables.length - 1);
    return this.variables.length - 1;
  }

  /** The index of the variable with that origin, or undefined if it has not been added. */
  variable(origin: object): number | undefined {
    return this.variableIndex.get(origin);
  }

  /**
   * @param exported true if code outside the program can name it
   */
  field(origin: object, name: string, shape: Shape, exported = true, facts: Pick<Field, 'disables' | 'isAccessor'> = {}): number {
    this.fieldIndex ??= new Map();
    const known = this.fieldIndex.get(origin);
    if (known !== undefined) return known;
    this.fieldIndex.set(origin, this.fields.length);
    return this.fields.push({ name, shape, origin, exported, ...facts }) - 1;
  }

  /** @param describe called if the function is new to the unit */
  callee(origin: object, describe: () => Callee): number {
    this.calleeIndex ??= new Map();
    const known = this.calleeIndex.get(origin);
    if (known !== undefined) return known;
    this.calleeIndex.set(origin, this.callees.length);
    return this.callees.push(describe()) - 1;
  }

  constant(value: Constant): number {
    if (value === undefined) return this.constants.push(undefined) - 1;
    this.constantIndex ??= new Map();
    const known = this.constantIndex.get(value);
    if (known !== undefined) return known;
    this.constantIndex.set(value, this.constants.length);
    return this.constants.push(value) - 1;
  }
}

/** An array of numbers that grows; kept from one body to the next, so that small functions allocate little. */
class Numbers {
  values: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.values = new Int32Array(capacity);
  }

  /** Makes room for so many more. */
  reserve(count: number): void {
    if (this.length + count <= this.values.length) return;
    const larger = new Int32Array(Math.max(this.values.length * 2, this.length + count));
    larger.set(this.values);
    this.values = larger;
  }

  cut(): Int32Array {
    const result = int32sOf(this.values, this.length);
    this.length = 0;
    return result;
  }
}

interface Scratch {
  readonly operations: Numbers;
  readonly blocks: Numbers;
  readonly places: Numbers;
  readonly lists: Numbers;
}

const freeScratch: Scratch[] = [];

function takeScratch(): Scratch {
  return freeScratch.pop() ?? { operations: new Numbers(1024), blocks: new Numbers(256), places: new Numbers(256), lists: new Numbers(256) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class BodyBuilder {
  readonly index: number;
  receiver = NONE;
  readonly parameters: number[] = [];
  readonly results: number[] = [];
  hasDefers = false;
  private readonly scratch = takeScratch();
  private captured: Set<number> | undefined = undefined;
  private readonly loops: Mutable<Loop>[] = [];
  private readonly variablePlaces = new Map<number, number>();
  private fieldPlaces: Map<number, number> | undefined;
  private current = NONE;
  private loop = NONE;

  constructor(readonly unit: UnitBuilder, readonly parent: BodyBuilder | undefined, private readonly span: Span, private readonly name: string) {
    this.index = unit.reserveBody();
    this.startBlock(this.newBlock());
  }

  /** Ends building. The body is in the unit afterwards. */
  finish(): FunctionBody {
    const { operations, blocks, places, lists } = this.scratch;
    if (this.isOpen) this.end(End.Return);
    if (!this.hasDefers) dropRunDefers(operations);
    const body = new FunctionBody({
      unit: this.unit,
      index: this.index,
      span: this.span,
      name: this.name,
      operations: operations.cut(),
      blocks: blocks.cut(),
      places: places.cut(),
      lists: lists.cut(),
      loops: this.loops,
      parameters: this.parameters,
      receiver: this.receiver,
      results: this.results,
      captures: this.captured ? [...this.captured] : [],
      parent: this.parent ? this.parent.index : NONE,
      hasDefers: this.hasDefers,
      incomplete: false,
    });
    this.unit.bodies[this.index] = body;
    freeScratch.push(this.scratch);
    return body;
  }

  // Operations. --------------------------------------------------------------------------------------------------------

  emit(kind: Op, shape: Shape, start: number, end: number, a = NONE, b = NONE, c = NONE, flags: number = Flag.None): number {
    if (this.current < 0) this.startBlock(this.newBlock());
    const operations = this.scratch.operations;
    operations.reserve(operationStride);
    const at = operations.length;
    const index = at / operationStride;
    if (index >= operationLimit) throw new LimitReached('function too long');
    const values = operations.values;
    values[at] = kind | (shape << 8) | (flags << 16);
    values[at + 1] = start;
    values[at + 2] = end;
    values[at + 3] = a;
    values[at + 4] = b;
    values[at + 5] = c;
    operations.length = at + operationStride;
    return index;
  }

  shapeOf(operation: number): Shape {
    return operation < 0 ? Shape.Unknown : (this.scratch.operations.values[operation * operationStride]! >> 8) & 0xff;
  }

  kindOf(operation: number): Op {
    return this.scratch.operations.values[operation * operationStride]! & 0xff;
  }

  /** Keeps a list of operands; the result is operand c of an operation. NONE for an empty list. */
  list(members: readonly number[]): number {
    if (members.length === 0) return NONE;
    const lists = this.scratch.lists;
    lists.reserve(members.length + 1);
    const at = lists.length;
    lists.values[at] = members.length;
    for (let i = 0; i < members.length; i++) lists.values[at + 1 + i] = members[i]!;
    lists.length = at + members.length + 1;
    return at;
  }

  read(place: number, shape: Shape, start: number, end: number, flags: number = Flag.None): number {
    if (flags & Flag.CommaOk) return this.emit(Op.Read, Shape.Tuple, start, end, place, NONE, shape, flags);
    return this.emit(Op.Read, shape, start, end, place, NONE, NONE, flags);
  }

  /** @param shape of the value written */
  write(place: number, value: number, shape: Shape, start: number, end: number, flags: number = Flag.None): number {
    const variable = this.rootVariable(place);
    if (variable) {
      variable.writes++;
      if (variable.owner !== this.index) variable.writtenByClosure = true;
    }
    return this.emit(Op.Write, shape, start, end, place, value, NONE, flags);
  }

  addressOf(place: number, start: number, end: number): number {
    this.noteAddress(place);
    return this.emit(Op.AddressOf, Shape.Pointer, start, end, place);
  }

  // Places. ------------------------------------------------------------------------------------------------------------

  variablePlace(variable: number): number {
    const known = this.variablePlaces.get(variable);
    if (known !== undefined) return known;
    const declared = this.unit.variables[variable]!;
    if (declared.owner !== this.index) this.capture(variable, declared);
    const place = this.place(PlaceKind.Variable, variable, NONE);
    this.variablePlaces.set(variable, place);
    return place;
  }

  /** Closures between the variable's function and this one capture it too. */
  private capture(variable: number, declared: Variable): void {
    if (declared.kind === VariableKind.Global) return;
    declared.captured = true;
    for (let body: BodyBuilder | undefined = this; body && body.index !== declared.owner; body = body.parent) (body.captured ??= new Set()).add(variable);
  }

  target(pointer: number): number {
    return this.place(PlaceKind.Target, pointer, NONE);
  }

  element(container: number, key: number): number {
    return this.place(PlaceKind.Element, container, key);
  }

  /** A field of a place. Fields of variables are one place however often they are named. */
  fieldPlace(base: number, field: number): number {
    if (!this.isInVariable(base)) return this.place(PlaceKind.Field, base, field);
    this.fieldPlaces ??= new Map();
    const key = base * 0x100000 + field;
    const known = this.fieldPlaces.get(key);
    if (known !== undefined) return known;
    const place = this.place(PlaceKind.Field, base, field);
    this.fieldPlaces.set(key, place);
    return place;
  }

  indexPlace(base: number, index: number): number {
    return this.place(PlaceKind.Index, base, index);
  }

  private place(kind: PlaceKind, a: number, b: number): number {
    const places = this.scratch.places;
    places.reserve(placeStride);
    const at = places.length;
    places.values[at] = kind;
    places.values[at + 1] = a;
    places.values[at + 2] = b;
    places.length = at + placeStride;
    return at / placeStride;
  }

  /** True for a variable and for fields of fields of it. */
  private isInVariable(place: number): boolean {
    const values = this.scratch.places.values;
    let at = place;
    while (values[at * placeStride] === PlaceKind.Field) at = values[at * placeStride + 1]!;
    return values[at * placeStride] === PlaceKind.Variable;
  }

  private rootVariable(place: number): Variable | undefined {
    const values = this.scratch.places.values;
    let at = place;
    while (values[at * placeStride]! >= PlaceKind.Field) at = values[at * placeStride + 1]!;
    return values[at * placeStride] === PlaceKind.Variable ? this.unit.variables[values[at * placeStride + 1]!] : undefined;
  }

  private noteAddress(place: number): void {
    const values = this.scratch.places.values;
    let at = place;
    let field = NONE;
    while (values[at * placeStride]! >= PlaceKind.Field) {
      field = values[at * placeStride] === PlaceKind.Field ? values[at * placeStride + 2]! : NONE;
      at = values[at * placeStride + 1]!;
    }
    if (values[at * placeStride] !== PlaceKind.Variable) return;
    const variable = this.unit.variables[values[at * placeStride + 1]!]!;
    if (field < 0) variable.addressTaken = true;
    else (variable.addressedFields ??= new Set()).add(field);
  }

  /** A new variable without a name that holds a value; the result is its place. */
  temporary(value: number, shape: Shape, start: number, end: number): number {
    const variable = this.unit.addVariable(new Variable('', VariableKind.Temporary, shape, this.index, start, undefined));
    const place = this.variablePlace(variable);
    this.write(place, value, shape, start, end, Flag.Define);
    return place;
  }

  // Blocks. ------------------------------------------------------------------------------------------------------------

  /** True while the current block has not been ended: code that follows can be reached from it. */
  get isOpen(): boolean {
    return this.current >= 0;
  }

  newBlock(): number {
    const blocks = this.scratch.blocks;
    blocks.reserve(blockStride);
    const at = blocks.length;
    blocks.length = at + blockStride;
    const values = blocks.values;
    values[at] = 0;
    values[at + 1] = 0;
    values[at + 2] = End.Stuck;
    values[at + 3] = NONE;
    values[at + 4] = NONE;
    values[at + 5] = this.loop;
    return at / blockStride;
  }

  /** Goes on in a block; the one before jumps to it if it has not been ended. The block belongs to the loop that is open now. */
  startBlock(block: number): void {
    if (this.current >= 0) this.jump(block);
    const values = this.scratch.blocks.values;
    const first = this.scratch.operations.length / operationStride;
    values[block * blockStride] = first;
    values[block * blockStride + 1] = first;
    values[block * blockStride + 5] = this.loop;
    this.current = block;
  }

  jump(target: number): void {
    this.end(End.Jump, NONE, [target]);
  }

  branch(condition: number, whenTrue: number, whenFalse: number): void {
    this.end(End.Branch, condition, [whenTrue, whenFalse]);
  }

  /** Ends the current block; code after it that no block is started for cannot be reached. */
  end(how: End, condition = NONE, successors: readonly number[] = []): void {
    if (this.current < 0) return;
    const list = this.list(successors);
    const at = this.current * blockStride;
    const values = this.scratch.blocks.values;
    values[at + 1] = this.scratch.operations.length / operationStride;
    values[at + 2] = how;
    values[at + 3] = condition;
    values[at + 4] = list;
    this.current = NONE;
  }

  /** Blocks started from now on belong to a new loop, until `closeLoop`. */
  openLoop(kind: LoopKind, span: Span, head: number, exit: number, again = head): number {
    const parent = this.loop;
    this.loop = this.loops.push({ kind, start: span.start, end: span.end, parent, head, exit, again, iterate: NONE, next: NONE }) - 1;
    return this.loop;
  }

  setIteration(loop: number, iterate: number, next: number): void {
    this.loops[loop]!.iterate = iterate;
    this.loops[loop]!.next = next;
  }

  closeLoop(): void {
    this.loop = this.loops[this.loop]!.parent;
  }
}

/** Every exit was given a `RunDefers`, because a defer may come later in the text; without any they say nothing. */
function dropRunDefers(operations: Numbers): void {
  for (let at = 0; at < operations.length; at += operationStride) {
    const head = operations.values[at]!;
    if ((head & 0xff) === Op.RunDefers) operations.values[at] = head & ~0xff;
  }
}

/** A body that says nothing, for functions past a limit. */
export function incompleteBody(span: Span, name: string): FunctionBody {
  const unit = new UnitBuilder();
  const index = unit.reserveBody();
  const body = new FunctionBody({
    unit,
    index,
    span,
    name,
    operations: new Int32Array(0),
    blocks: Int32Array.of(0, 0, End.Stuck, NONE, NONE, NONE),
    places: new Int32Array(0),
    lists: new Int32Array(0),
    loops: [],
    parameters: [],
    receiver: NONE,
    results: [],
    captures: [],
    parent: NONE,
    hasDefers: false,
    incomplete: true,
  });
  unit.bodies[index] = body;
  return body;
}
