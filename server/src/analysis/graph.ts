// The shape of a body's control flow: which blocks can be reached, in which order, which always come before which.
// Blocks that cannot be reached have no order and are dominated by nothing.

import { ENTRY, End } from '../model/function-body.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { int32s } from '../model/int32s.ts';
import { NONE } from '../model/operations.ts';

export class Graph {
  /** Reachable blocks, each before its successors, except along back edges (reverse postorder). */
  readonly order: readonly number[];
  /** Immediate dominators by block; NONE for the entry and for unreachable blocks. */
  readonly dominator: Int32Array;
  private readonly position: Int32Array;
  private readonly predecessorStart: Int32Array;
  private readonly predecessorList: Int32Array;
  /** Intervals of a walk over the dominator tree: a dominates b if a's interval includes b's. */
  private readonly entered: Int32Array;
  private readonly left: Int32Array;
  private operationBlock: Int32Array | undefined = undefined;
  private post: PostDominators | undefined = undefined;

  constructor(readonly body: FunctionBody) {
    this.order = reversePostorder(body);
    this.position = int32s(body.blockCount).fill(NONE);
    this.order.forEach((block, index) => {
      this.position[block] = index;
    });
    [this.predecessorStart, this.predecessorList] = this.collectPredecessors();
    this.dominator = dominators(this.order, this.position, (block) => this.predecessors(block));
    [this.entered, this.left] = intervals(this.order, this.dominator);
  }

  isReachable(block: number): boolean {
    return this.position[block]! >= 0;
  }

  /** Where a block stands in `order`; NONE if it cannot be reached. */
  positionOf(block: number): number {
    return this.position[block]!;
  }

  /** The reachable blocks that an edge leads from. */
  predecessors(block: number): Int32Array {
    return this.predecessorList.subarray(this.predecessorStart[block]!, this.predecessorStart[block + 1]!);
  }

  /** The block of an operation. */
  blockOf(operation: number): number {
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
    return this.entered[a]! <= this.entered[b]! && this.left[b]! <= this.left[a]!;
  }

  /** True if every path from a that comes to an end goes through b. Endless loops count as coming to no end. */
  postDominates(b: number, a: number): boolean {
    this.post ??= new PostDominators(this);
    return this.post.holds(b, a);
  }

  private collectPredecessors(): [Int32Array, Int32Array] {
    const { body } = this;
    const start = int32s(body.blockCount + 1);
    for (const block of this.order) for (const next of body.successors(block)) start[next + 1]!++;
    for (let block = 0; block < body.blockCount; block++) start[block + 1]! += start[block]!;
    const fill = start.slice();
    const list = int32s(start[body.blockCount]!);
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

/** Immediate dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm". */
function dominators(order: readonly number[], position: Int32Array, predecessors: (block: number) => Int32Array): Int32Array {
  const dominator = int32s(position.length).fill(NONE);
  const [root] = order;
  if (root === undefined) return dominator;
  dominator[root] = root;
  const meet = (a: number, b: number): number => {
    let x = a;
    let y = b;
    while (x !== y) {
      while (position[x]! > position[y]!) x = dominator[x]!;
      while (position[y]! > position[x]!) y = dominator[y]!;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      if (block === root) continue;
      let found = NONE;
      for (const before of predecessors(block)) {
        if (dominator[before] === NONE) continue;
        found = found === NONE ? before : meet(before, found);
      }
      if (dominator[block] === found) continue;
      dominator[block] = found;
      changed = true;
    }
  }
  dominator[root] = NONE;
  return dominator;
}

/** A tree of immediate dominators: the children of a block in the order of `order`. */
export class DominatorTree {
  private readonly first: Int32Array;
  private readonly next: Int32Array;

  constructor(order: readonly number[], dominator: Int32Array) {
    this.first = int32s(dominator.length).fill(NONE);
    this.next = int32s(dominator.length).fill(NONE);
    for (let i = order.length - 1; i >= 0; i--) {
      const block = order[i]!;
      const parent = dominator[block]!;
      if (parent < 0) continue;
      this.next[block] = this.first[parent]!;
      this.first[parent] = block;
    }
  }

  /** Walks the tree below a root: `enter` before the children of a block, `leave` after them. */
  walk(root: number, enter: (block: number) => void, leave: (block: number) => void): void {
    const stack = [root];
    const child = [this.first[root]!];
    enter(root);
    while (stack.length > 0) {
      const top = stack.length - 1;
      const at = child[top]!;
      if (at === NONE) {
        leave(stack.pop()!);
        child.pop();
        continue;
      }
      child[top] = this.next[at]!;
      enter(at);
      stack.push(at);
      child.push(this.first[at]!);
    }
  }
}

function intervals(order: readonly number[], dominator: Int32Array): [Int32Array, Int32Array] {
  const entered = int32s(dominator.length);
  const left = int32s(dominator.length);
  let clock = 0;
  const [root] = order;
  if (root === undefined) return [entered, left];
  new DominatorTree(order, dominator).walk(
    root,
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
  private readonly entered: Int32Array;
  private readonly left: Int32Array;
  private readonly known: Uint8Array;

  constructor(graph: Graph) {
    const { body } = graph;
    const exit = body.blockCount;
    const ends = graph.order.filter((block) => body.successors(block).length === 0 && body.endOf(block) !== End.Stuck);
    const before = (block: number): ArrayLike<number> => (block === exit ? ends : graph.predecessors(block));
    const order = postorderFrom(exit, before, exit + 1).reverse();
    const position = int32s(exit + 1).fill(NONE);
    order.forEach((block, index) => {
      position[block] = index;
    });
    this.known = new Uint8Array(exit + 1);
    for (const block of order) this.known[block] = 1;
    const after = (block: number): Int32Array => {
      if (block === exit) return Int32Array.of();
      const successors = body.successors(block).filter((each) => position[each]! >= 0);
      return successors.length === 0 ? Int32Array.of(exit) : successors;
    };
    const dominator = dominators(order, position, after);
    [this.entered, this.left] = intervals(order, dominator);
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

const graphs = new WeakMap<FunctionBody, Graph>();

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
