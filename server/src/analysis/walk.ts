// Walks along the paths of a body, from an operation on or back. Each operation is visited once, however many paths lead
// to it; the operation the walk starts from is visited if a loop leads back to it.
//
// All walks through one body together have a bound, so that many questions about a huge function do not take for ever.
// Past it the answer is undefined: nothing was found, and nothing was proven.

import { BodyFacts } from '../model/body-facts.ts';
import { ENTRY } from '../model/function-body.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { graphOf } from './graph.ts';

/** What to do after a visit. */
export const enum Walk {
  On,
  /** Go no further on this path. */
  Stop,
  /** End the walk: it found what it looked for. */
  Found,
}

/** How many operations all walks through one body may visit. */
const visitLimit = 4_000_000;

const visited = new BodyFacts<{ count: number }>();

/** True while there is room for another walk through the body. */
function mayWalk(body: FunctionBody): boolean {
  let spent = visited.get(body);
  if (!spent) visited.set(body, (spent = { count: 0 }));
  // A walk is counted as if it went everywhere; short functions are never near the limit.
  spent.count += body.operationCount < 1000 ? 0 : body.operationCount;
  return spent.count <= visitLimit;
}

/** Visits what may run after an operation. True if a visit said Found; undefined if the bound is reached. */
export function walkForward(body: FunctionBody, from: number, visit: (operation: number) => Walk): boolean | undefined {
  if (!mayWalk(body)) return undefined;
  const graph = graphOf(body);
  const block = graph.blockOf(from);
  const seen = new Uint8Array(body.blockCount);
  const stack: number[] = [];
  const run = (first: number, at: number): boolean => {
    for (let operation = first; operation < body.endOperation(at); operation++) {
      const next = visit(operation);
      if (next === Walk.Found) return true;
      if (next === Walk.Stop) return false;
    }
    for (const successor of body.successors(at)) {
      if (seen[successor]) continue;
      seen[successor] = 1;
      stack.push(successor);
    }
    return false;
  };
  if (run(from + 1, block)) return true;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    // What follows the start in its own block has been visited already.
    if (at === block) {
      if (runUntil(body.firstOperation(at), from, visit)) return true;
    } else if (run(body.firstOperation(at), at)) return true;
  }
  return false;
}

function runUntil(first: number, last: number, visit: (operation: number) => Walk): boolean {
  for (let operation = first; operation <= last; operation++) {
    const next = visit(operation);
    if (next === Walk.Found) return true;
    if (next === Walk.Stop) return false;
  }
  return false;
}

/** True if some way leads from behind an operation to another, or to the same one again; also where the bound is reached. */
export function leadsTo(body: FunctionBody, from: number, to: number): boolean {
  return walkForward(body, from, (next) => (next === to ? Walk.Found : Walk.On)) !== false;
}

/**
 * Visits what may have run before an operation, last first. True if a visit said Found, or if a path came from the start
 * of the function without being stopped and `atEntry` is `Walk.Found`; undefined if the bound is reached.
 */
export function walkBackward(body: FunctionBody, from: number, visit: (operation: number) => Walk, atEntry: Walk = Walk.Stop): boolean | undefined {
  if (!mayWalk(body)) return undefined;
  const graph = graphOf(body);
  const block = graph.blockOf(from);
  const seen = new Uint8Array(body.blockCount);
  const stack: number[] = [];
  const run = (last: number, first: number, at: number): boolean => {
    for (let operation = last; operation >= first; operation--) {
      const next = visit(operation);
      if (next === Walk.Found) return true;
      if (next === Walk.Stop) return false;
    }
    if (first !== body.firstOperation(at)) return false;
    if (at === ENTRY && atEntry === Walk.Found) return true;
    for (const predecessor of graph.predecessors(at)) {
      if (seen[predecessor]) continue;
      seen[predecessor] = 1;
      stack.push(predecessor);
    }
    return false;
  };
  if (run(from - 1, body.firstOperation(block), block)) return true;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const first = at === block ? from : body.firstOperation(at);
    if (run(body.endOperation(at) - 1, first, at)) return true;
  }
  return false;
}
