// Which values are the same. Every operation of a body gets a value number (value-table.ts); equal numbers are equal
// values, at whatever place they were read. Variables that nothing else can change are followed through assignments and
// joins (static single assignment); what is in memory is followed until something may change it.
//
//   x := c.m       the read of x in the last line has the number of the read of c.m in the first,
//   x[k] = v       as long as nothing between them may write the field m
//   use(x)
//
// A number says nothing about what a container holds; see contents.ts for that.

import { BodyFacts } from '../model/body-facts.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { isReference } from '../model/objects.ts';
import { NONE, Op } from '../model/operations.ts';
import { graphOf } from './graph.ts';
import { numberOperations } from './numbering.ts';
import { ValueKind } from './value-table.ts';
import type { ValueTable } from './value-table.ts';

/** How two values relate. `unknown` is the answer in doubt. */
export type Relation = 'same' | 'different' | 'unknown';

/** Values that join more choices than this are unknown. */
const choiceLimit = 64;

export class Values {
  readonly table: ValueTable;
  private readonly numbers: Int32Array;
  /** What a Join may be. */
  readonly choices: ReadonlyMap<number, readonly number[]>;
  private readonly origins: Int32Array;
  private readonly addresses: Int32Array;

  constructor(readonly body: FunctionBody) {
    const numbered = numberOperations(body);
    this.table = numbered.table;
    this.numbers = numbered.numbers;
    this.choices = numbered.choices;
    this.origins = numbered.origins;
    this.addresses = numbered.addresses;
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

  /** True if a value is another one on some path: the other may itself be a join that a later one takes in. */
  mayBe(value: number, other: number): boolean {
    const seen = new Set<number>([value]);
    for (const at of seen) {
      if (at === other) return at !== NONE;
      if (seen.size > choiceLimit) return false;
      for (const choice of this.choices.get(at) ?? []) seen.add(choice);
    }
    return false;
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
    return value === NONE ? NONE : this.origins[value]!;
  }

  /** The first operation that gave what an operation gives, which may have read it from a variable; the operation itself if no single one did. */
  source(operation: number): number {
    const origin = operation === NONE ? NONE : this.origin(this.number(operation));
    return origin === NONE ? operation : origin;
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

const known = new BodyFacts<Values>();

/** The value numbers of a body, computed when they are first asked for. */
export function valuesOf(body: FunctionBody): Values {
  let values = known.get(body);
  if (!values) known.set(body, (values = new Values(body)));
  return values;
}
