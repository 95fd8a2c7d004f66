// Value numbers: equal numbers are equal values. A number is made from what a value is computed from, so that two
// computations of one thing get one number.

import { int32sOf } from '../model/int32s.ts';
import { NONE } from '../model/operations.ts';

export const enum ValueKind {
  /** What operation a gave; every run of it may give another value. */
  Operation,
  /** The zero value of shape a; for references: nil. */
  Zero,
  /** a: index in the unit's constants. */
  Constant,
  /** What the slot b holds where paths into block a join; the choices are in `choicesOf`. */
  Join,
  /** What variable a held when the closure was made. */
  Captured,
  /** What is at address a as of version b of its class of memory and the Versions c. */
  Load,
  /** The versions a, b, c of what may change any memory. */
  Versions,
  /** Whether an element was there, at the Load a. */
  Presence,
  /** The value at Load a together with its Presence. */
  Pair,
  /** Field b of the record a. */
  Part,
  /** Element b of the array a. */
  ArrayElement,
  /** Part b of the tuple a. */
  Extract,
  /** Operator a of b and c. */
  Compute,
  /** a converted to shape b. */
  Convert,
  /** The length of the list or string a. */
  Length,
  /** The address of a place; the place of a pointer that is known is the place itself. */
  AddressOfVariable,
  AddressOfTarget,
  AddressOfElement,
  AddressOfField,
  AddressOfIndex,
}

const stride = 4;

/** What tables are made in. The next one takes what the one before does not need any more. */
interface Workspace {
  readonly nodes: Int32Array;
  readonly buckets: Int32Array;
  readonly chain: Int32Array;
}

let spare: Workspace | undefined;
/** Values. A larger workspace is not kept. */
const spareLimit = 1 << 16;

function workspaceFor(size: number): Workspace {
  const kept = spare;
  spare = undefined;
  if (kept && kept.chain.length >= size) return kept;
  return { nodes: new Int32Array(size * stride), buckets: new Int32Array(size), chain: new Int32Array(size) };
}

const nothing = new Int32Array(0);

/** Numbers for values, equal for equal parts. */
export class ValueTable {
  private nodes: Int32Array;
  private buckets: Int32Array;
  private chain: Int32Array;
  private count = 0;
  /** How many values there is room for: a power of two. */
  private room: number;

  /** @param expected about how many values there will be */
  constructor(expected: number) {
    let room = 16;
    while (room < expected) room *= 2;
    this.room = room;
    ({ nodes: this.nodes, buckets: this.buckets, chain: this.chain } = workspaceFor(room));
    this.buckets.fill(NONE, 0, room);
  }

  /** The number of a value; the same for the same parts. Not after `seal`. */
  number(kind: ValueKind, a = NONE, b = NONE, c = NONE): number {
    const hash = hashOf(kind, a, b, c) & (this.room - 1);
    for (let node = this.buckets[hash]!; node !== NONE; node = this.chain[node]!) {
      const at = node * stride;
      const n = this.nodes;
      if (n[at] === kind && n[at + 1] === a && n[at + 2] === b && n[at + 3] === c) return node;
    }
    return this.add(hash, kind, a, b, c);
  }

  private add(hash: number, kind: ValueKind, a: number, b: number, c: number): number {
    if (this.count === this.room) {
      this.grow();
      return this.add(hashOf(kind, a, b, c) & (this.room - 1), kind, a, b, c);
    }
    const node = this.count++;
    const at = node * stride;
    this.nodes[at] = kind;
    this.nodes[at + 1] = a;
    this.nodes[at + 2] = b;
    this.nodes[at + 3] = c;
    this.chain[node] = this.buckets[hash]!;
    this.buckets[hash] = node;
    return node;
  }

  private grow(): void {
    this.room *= 2;
    if (this.chain.length < this.room) {
      const nodes = new Int32Array(this.room * stride);
      nodes.set(this.nodes.subarray(0, this.count * stride));
      this.nodes = nodes;
      this.buckets = new Int32Array(this.room);
      this.chain = new Int32Array(this.room);
    }
    const { nodes } = this;
    this.buckets.fill(NONE, 0, this.room);
    for (let node = 0; node < this.count; node++) {
      const at = node * stride;
      const hash = hashOf(nodes[at]!, nodes[at + 1]!, nodes[at + 2]!, nodes[at + 3]!) & (this.room - 1);
      this.chain[node] = this.buckets[hash]!;
      this.buckets[hash] = node;
    }
  }

  /** No more values are added: from now on they take what they need and no more. */
  seal(): void {
    const { nodes, buckets, chain } = this;
    if (chain.length <= spareLimit) spare = { nodes, buckets, chain };
    this.nodes = int32sOf(nodes, this.count * stride);
    this.buckets = nothing;
    this.chain = nothing;
  }

  get size(): number {
    return this.count;
  }

  kind(value: number): ValueKind {
    return this.nodes[value * stride]!;
  }

  a(value: number): number {
    return this.nodes[value * stride + 1]!;
  }

  b(value: number): number {
    return this.nodes[value * stride + 2]!;
  }

  c(value: number): number {
    return this.nodes[value * stride + 3]!;
  }
}

function hashOf(kind: number, a: number, b: number, c: number): number {
  let hash = Math.imul(kind + 1, 0x9e3779b1) ^ Math.imul(a, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ Math.imul(b, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 13), 0x165667b1) ^ Math.imul(c, 0x9e3779b1);
  return hash ^ (hash >>> 16);
}
