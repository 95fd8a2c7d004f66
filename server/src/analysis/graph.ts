// The shape of a body's control flow: which blocks can be reached, in which order, which always come before which.
// Blocks that cannot be reached have no order and are dominated by nothing.

import { BodyFacts } from '../model/body-facts.ts';
import { ENTRY, End } from '../model/function-body.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { int32s } from '../model/int32s.ts';
import { NONE } from '../model/operations.ts';

/** The numbers that a graph has of each block, in this order, before the list of predecessors. */
const enum Column {
  /** Where it stands in `order`; NONE if it cannot be reached. */
  Position,
  /** Its immediate dominator; NONE for the entry and for unreachable blocks. */
  Dominator,
  // Intervals of a walk over the dominator tree: a dominates b if a's interval includes b's.
  Entered,
  Left,
  /** Where its predecessors begin in the list; the next one's begin where they end. */
  Predecessors,
}

const columns = 5;

/** Of bodies that are one block: many are. */
const oneBlock = Int32Array.of(0, NONE, 0, 1, 0, 0);

export class Graph {
  /** Reachable blocks, each before its successors, except along back edges (reverse postorder). */
  readonly order: readonly number[];
  private readonly numbers: Int32Array;
  private operationBlock: Int32Array | undefined = undefined;
  private post: PostDominators | undefined = undefined;

  constructor(readonly body: FunctionBody) {
    this.order = reversePostorder(body);
    this.numbers = body.blockCount === 1 && body.successors(ENTRY).length === 0 ? oneBlock : this.collect();
  }

  private collect(): Int32Array {
    const { order, body } = this;
    const count = body.blockCount;
    const position = new Array<number>(count).fill(NONE);
    for (let at = 0; at < order.length; at++) position[order[at]!] = at;
    const [start, list] = this.collectPredecessors();
    const dominator = dominators(order, position, start, list);
    const [entered, left] = intervals(order, dominator);
    const numbers = int32s(columns * count + 1 + list.length);
    for (let block = 0; block < count; block++) {
      const at = block * columns;
      numbers[at + Column.Position] = position[block]!;
      numbers[at + Column.Dominator] = dominator[block]!;
      numbers[at + Column.Entered] = entered[block]!;
      numbers[at + Column.Left] = left[block]!;
      numbers[at + Column.Predecessors] = start[block]!;
    }
    numbers[columns * count] = list.length;
    for (let at = 0; at < list.length; at++) numbers[columns * count + 1 + at] = list[at]!;
    return numbers;
  }

  private numberOf(block: number, column: Column): number {
    return this.numbers[block * columns + column]!;
  }

  isReachable(block: number): boolean {
    return this.positionOf(block) >= 0;
  }

  /** Where a block stands in `order`; NONE if it cannot be reached. */
  positionOf(block: number): number {
    return this.numberOf(block, Column.Position);
  }

  /** The immediate dominator of a block; NONE for the entry and for unreachable blocks. */
  dominatorOf(block: number): number {
    return this.numberOf(block, Column.Dominator);
  }

  /** The reachable blocks that an edge leads from. */
  predecessors(block: number): Int32Array {
    const list = columns * this.body.blockCount + 1;
    const start = this.numberOf(block, Column.Predecessors);
    return this.numbers.subarray(list + start, list + start + this.predecessorCount(block));
  }

  predecessorCount(block: number): number {
    const next = block + 1 === this.body.blockCount ? this.numbers[columns * (block + 1)]! : this.numberOf(block + 1, Column.Predecessors);
    return next - this.numberOf(block, Column.Predecessors);
  }

  /** The block of an operation. */
  blockOf(operation: number): number {
    if (this.body.blockCount === 1) return ENTRY;
    if (!this.operationBlock) {
      const blocks = int32s(this.body.operationCount).fill(NONE);
      for (let block = 0; block < this.body.blockCount; block++) blocks.fill(block, this.body.firstOperation(block), this.body.endOperation(block));
      this.operationBlock = blocks;
    }
    return this.operationBlock[operation]!;
  }

  /** True if every path from the entry to b goes through a; a block dominates itself. */
  dominates(a: number, b: number): boolean {
    if (!this.isReachable(a) || !this.isReachable(b)) return false;
    return this.numberOf(a, Column.Entered) <= this.numberOf(b, Column.Entered) && this.numberOf(b, Column.Left) <= this.numberOf(a, Column.Left);
  }

  /** True if every path from a that comes to an end goes through b. Endless loops count as coming to no end. */
  postDominates(b: number, a: number): boolean {
    this.post ??= new PostDominators(this);
    return this.post.holds(b, a);
  }

  /** Calls back with the blocks of the tree of dominators: `enter` before the children of a block, `leave` after them. */
  walkDominators(enter: (block: number) => void, leave: (block: number) => void): void {
    walkTree(this.order, (block) => this.dominatorOf(block), this.body.blockCount, enter, leave);
  }

  /** Of all blocks, one after another, and by block where its own begin. */
  private collectPredecessors(): [readonly number[], readonly number[]] {
    const { body } = this;
    const start = new Array<number>(body.blockCount + 1).fill(0);
    for (const block of this.order) for (const next of body.successors(block)) start[next + 1]!++;
    for (let block = 0; block < body.blockCount; block++) start[block + 1]! += start[block]!;
    const fill = start.slice();
    const list = new Array<number>(start[body.blockCount]!).fill(NONE);
    for (const block of this.order) for (const next of body.successors(block)) list[fill[next]!++] = block;
    return [start, list];
  }
}

function reversePostorder(body: FunctionBody): readonly number[] {
  const seen = new Uint8Array(body.blockCount);
  const done: number[] = [];
  const stack: number[] = [ENTRY];
  const next: number[] = [0];
  seen[ENTRY] = 1;
  while (stack.length > 0) {
    const top = stack.length - 1;
    const block = stack[top]!;
    const successors = body.successors(block);
    // The last successor first, so that the order is that of the source.
    const index = successors.length - 1 - next[top]!++;
    if (index < 0) {
      done.push(block);
      stack.pop();
      next.pop();
      continue;
    }
    const successor = successors[index]!;
    if (seen[successor]) continue;
    seen[successor] = 1;
    stack.push(successor);
    next.push(0);
  }
  return done.reverse();
}

/**
 * Immediate dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm".
 * @param start by block: where its predecessors begin in `list`
 */
function dominators(order: readonly number[], position: readonly number[], start: readonly number[], list: readonly number[]): readonly number[] {
  const dominator = new Array<number>(position.length).fill(NONE);
  const [root] = order;
  if (root === undefined) return dominator;
  dominator[root] = root;
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      if (block === root) continue;
      let found = NONE;
      for (let at = start[block]!; at < start[block + 1]!; at++) {
        const before = list[at]!;
        if (dominator[before] === NONE) continue;
        found = found === NONE ? before : meet(before, found, position, dominator);
      }
      if (dominator[block] === found) continue;
      dominator[block] = found;
      changed = true;
    }
  }
  dominator[root] = NONE;
  return dominator;
}

function meet(a: number, b: number, position: readonly number[], dominator: readonly number[]): number {
  let x = a;
  let y = b;
  while (x !== y) {
    while (position[x]! > position[y]!) x = dominator[x]!;
    while (position[y]! > position[x]!) y = dominator[y]!;
  }
  return x;
}

/** Walks a tree of dominators; the children of a block in the order of `order`, which begins with the root. */
function walkTree(order: readonly number[], dominatorOf: (block: number) => number, count: number, enter: (block: number) => void, leave: (block: number) => void): void {
  const [root] = order;
  if (root === undefined) return;
  const first = new Array<number>(count).fill(NONE);
  const next = new Array<number>(count).fill(NONE);
  for (let i = order.length - 1; i >= 0; i--) {
    const block = order[i]!;
    const parent = dominatorOf(block);
    if (parent < 0) continue;
    next[block] = first[parent]!;
    first[parent] = block;
  }
  const stack = [root];
  const child = [first[root]!];
  enter(root);
  while (stack.length > 0) {
    const top = stack.length - 1;
    const at = child[top]!;
    if (at === NONE) {
      leave(stack.pop()!);
      child.pop();
      continue;
    }
    child[top] = next[at]!;
    enter(at);
    stack.push(at);
    child.push(first[at]!);
  }
}

/** By block: when a walk over the tree of dominators came to it, and when it went away. */
function intervals(order: readonly number[], dominator: readonly number[]): [readonly number[], readonly number[]] {
  const entered = new Array<number>(dominator.length).fill(0);
  const left = new Array<number>(dominator.length).fill(0);
  let clock = 0;
  walkTree(
    order,
    (block) => dominator[block]!,
    dominator.length,
    (block) => {
      entered[block] = clock++;
    },
    (block) => {
      left[block] = clock++;
    },
  );
  return [entered, left];
}

/** Dominators of the reversed graph, whose entry is one exit after all blocks that end the function. */
class PostDominators {
  private readonly entered: readonly number[];
  private readonly left: readonly number[];
  private readonly known: Uint8Array;

  constructor(graph: Graph) {
    const { body } = graph;
    const exit = body.blockCount;
    const ends = graph.order.filter((block) => body.successors(block).length === 0 && body.endOf(block) !== End.Stuck);
    const before = (block: number): ArrayLike<number> => (block === exit ? ends : graph.predecessors(block));
    const order = postorderFrom(exit, before, exit + 1).reverse();
    const position = new Array<number>(exit + 1).fill(NONE);
    order.forEach((block, index) => {
      position[block] = index;
    });
    this.known = new Uint8Array(exit + 1);
    for (const block of order) this.known[block] = 1;
    const start: number[] = [];
    const list: number[] = [];
    for (let block = 0; block < exit; block++) {
      start.push(list.length);
      for (const each of body.successors(block)) if (position[each]! >= 0) list.push(each);
      if (start[block] === list.length) list.push(exit);
    }
    start.push(list.length, list.length);
    [this.entered, this.left] = intervals(order, dominators(order, position, start, list));
  }

  holds(b: number, a: number): boolean {
    if (!this.known[a] || !this.known[b]) return false;
    return this.entered[b]! <= this.entered[a]! && this.left[a]! <= this.left[b]!;
  }
}

function postorderFrom(root: number, next: (block: number) => ArrayLike<number>, blockCount: number): number[] {
  const seen = new Uint8Array(blockCount);
  const done: number[] = [];
  const stack: number[] = [root];
  const index: number[] = [0];
  seen[root] = 1;
  while (stack.length > 0) {
    const top = stack.length - 1;
    const successors = next(stack[top]!);
    const at = index[top]!++;
    if (at >= successors.length) {
      done.push(stack.pop()!);
      index.pop();
      continue;
    }
    const successor = successors[at]!;
    if (seen[successor]) continue;
    seen[successor] = 1;
    stack.push(successor);
    index.push(0);
  }
  return done;
}

const graphs = new BodyFacts<Graph>();

export function graphOf(body: FunctionBody): Graph {
  let graph = graphs.get(body);
  if (!graph) graphs.set(body, (graph = new Graph(body)));
  return graph;
}

/** True if an operation comes before another one on every path to it. */
export function comesBefore(body: FunctionBody, first: number, second: number): boolean {
  const graph = graphOf(body);
  const a = graph.blockOf(first);
  const b = graph.blockOf(second);
  return a === b ? first < second : graph.dominates(a, b);
}
