// How often things happen in an execution, where that can be told.

import type { FunctionBody } from '../../model/function-body.ts';
import { End } from '../../model/function-body.ts';
import { NONE } from '../../model/operations.ts';
import { graphOf } from '../graph.ts';
import { iterationCount, loopsAround } from '../loops.ts';
import type { Activation } from './activation.ts';

/** How often an operation runs in each run of its body: a constant; undefined if that is not known or depends on the path taken. */
function timesInBody(body: FunctionBody, operation: number): number | undefined {
  const graph = graphOf(body);
  let block = graph.blockOf(operation);
  let times = 1;
  for (const loop of loopsAround(body, operation)) {
    const { head, exit } = body.loops[loop]!;
    const count = iterationCount(body, loop);
    if (count === undefined || !runsInEachRound(body, loop, block) || isLeftEarly(body, loop)) return undefined;
    times *= count;
    block = head;
    if (!graph.isReachable(exit)) return undefined;
  }
  return isOnEveryPath(body, block) ? times : undefined;
}

/** True if every round of a loop that comes back to its head passes a block. */
function runsInEachRound(body: FunctionBody, loop: number, block: number): boolean {
  const graph = graphOf(body);
  const { head } = body.loops[loop]!;
  for (const latch of graph.predecessors(head)) if (graph.dominates(head, latch) && !graph.dominates(block, latch)) return false;
  return true;
}

/** True if a loop has another way out than its head. */
export function isLeftEarly(body: FunctionBody, loop: number): boolean {
  const graph = graphOf(body);
  const { head } = body.loops[loop]!;
  const isInside = (block: number): boolean => {
    for (let at = body.loopOf(block); at !== NONE; at = body.loops[at]!.parent) if (at === loop) return true;
    return false;
  };
  return graph.order.some((block) => block !== head && isInside(block) && (body.endOf(block) === End.Return || Array.from(body.successors(block)).some((next) => !isInside(next))));
}

/** True if every way through the function that comes to a return passes a block. */
function isOnEveryPath(body: FunctionBody, block: number): boolean {
  const graph = graphOf(body);
  const returns = graph.order.filter((each) => body.endOf(each) === End.Return);
  return returns.length > 0 && returns.every((each) => graph.dominates(block, each));
}

/** How often an operation of an activation runs in the whole execution; undefined if that is not known. */
export function timesOf(activation: Activation, operation: number): number | undefined {
  let times = timesInBody(activation.body, operation);
  for (let at: Activation = activation; times !== undefined; ) {
    const { caller } = at;
    if (caller) {
      const own = timesInBody(caller.body, at.callSite);
      times = own === undefined || (caller.calls.get(at.callSite)?.length ?? 1) > 1 ? undefined : times * own;
      at = caller;
      continue;
    }
    const { spawner, spawnOperation, overlapsItself, parent } = at.task;
    if (!parent) return at.caller ? undefined : times;
    if (!spawner || overlapsItself) return undefined;
    const own = timesInBody(spawner.body, spawnOperation);
    times = own === undefined ? undefined : times * own;
    at = spawner;
  }
  return undefined;
}
