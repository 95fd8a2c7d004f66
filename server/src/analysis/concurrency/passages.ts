// Paths through an execution: whether one point may be followed by another in the same task, without passing through certain
// points between. Everything about order is asked in these terms: a join is a point that every path has to pass.

import { graphOf } from '../graph.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { Activation } from './activation.ts';
import { feasibleOf } from './feasible.ts';

/** Taken from an operation, this is the moment just before it. */
export const beforeIt = 0.5;

/** Something that happens at one of some operations of an activation. */
export interface Moment {
  readonly activation: Activation;
  /** One operation (less `beforeIt`: the moment before it), or the exits at which a deferred call runs. */
  readonly at: readonly number[];
  /** The defer statement; NONE or the operation itself for what is not deferred. Of two deferred calls the later one runs first. */
  readonly operation: number;
}

/** Points that no path may pass. */
export class Barrier {
  private readonly stops = new Map<Activation, Set<number>>();
  /** By activation: true if some path leads through it. */
  private readonly passable = new Map<Activation, boolean>();

  constructor(moments: Iterable<Moment>) {
    const touched = new Set<Activation>();
    for (const { activation, at } of moments) {
      for (const operation of at) this.add(activation, operation);
      touched.add(activation);
    }
    this.lift(touched);
  }

  get isEmpty(): boolean {
    return this.stops.size === 0;
  }

  stopsIn(activation: Activation): ReadonlySet<number> | undefined {
    return this.stops.get(activation);
  }

  private add(activation: Activation, operation: number): void {
    const stops = this.stops.get(activation);
    if (stops) stops.add(operation);
    else this.stops.set(activation, new Set([operation]));
  }

  /** A call that cannot return without passing a stop is a stop. */
  private lift(touched: Set<Activation>): void {
    const work = [...touched].sort((a, b) => b.depth - a.depth);
    for (let activation = work.shift(); activation; activation = work.shift()) {
      const { caller } = activation;
      if (!caller) continue;
      this.passable.set(activation, reachFrom(activation, undefined, this).returns);
      let changed = false;
      for (const operation of activation.callOperations) {
        const beside = (activation.deferred ? caller.deferredCalls : caller.calls).get(operation) ?? [];
        // Of deferred calls at one exit all run; of what a call may call only one does.
        const stopped = activation.deferred ? this.passable.get(activation) === false : beside.every((each) => this.passable.get(each) === false);
        if (!stopped || this.stops.get(caller)?.has(operation)) continue;
        this.add(caller, operation);
        changed = true;
      }
      if (!changed) continue;
      const index = work.findIndex((each) => each.depth < caller.depth);
      if (!work.includes(caller)) work.splice(index < 0 ? work.length : index, 0, caller);
    }
  }
}

export const noBarrier = new Barrier([]);

/** What can be reached in one activation. */
interface Reach {
  /** True if an operation can be reached; it may be a stop itself. */
  hits(operation: number): boolean;
  /** True if the end of the function can be reached. */
  readonly returns: boolean;
}

/** What can be reached when nothing is in the way, by where the way starts. */
const free = new WeakMap<FunctionBody, Map<string, Reach>>();

/** @param from the operations to start after; undefined for the start of the function */
function reachFrom(activation: Activation, from: readonly number[] | undefined, barrier: Barrier): Reach {
  const { body } = activation;
  const stops = barrier.stopsIn(activation);
  if (stops) return reachIn(body, from, stops);
  let known = free.get(body);
  if (!known) free.set(body, (known = new Map()));
  const key = from ? from.join() : '';
  let reach = known.get(key);
  if (!reach) known.set(key, (reach = reachIn(body, from, undefined)));
  return reach;
}

function reachIn(body: FunctionBody, from: readonly number[] | undefined, stops: ReadonlySet<number> | undefined): Reach {
  const graph = graphOf(body);
  const { successors } = feasibleOf(body);
  const entered = new Uint8Array(body.blockCount);
  const stack: number[] = [];
  let returns = false;
  const isFree = (first: number, end: number): boolean => {
    if (!stops) return true;
    for (const stop of stops) if (stop >= first && stop < end) return false;
    return true;
  };
  const leave = (block: number): void => {
    if (body.endOf(block) === End.Return) returns = true;
    const next = successors[block];
    for (let i = 0; next && i < next.length; i++) {
      const at = next[i]!;
      if (entered[at]) continue;
      entered[at] = 1;
      stack.push(at);
    }
  };
  if (from) {
    for (const operation of from) {
      const block = graph.blockOf(Math.ceil(operation));
      if (isFree(operation + 1, body.endOperation(block) - beforeIt)) leave(block);
    }
  } else {
    entered[ENTRY] = 1;
    stack.push(ENTRY);
  }
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    if (isFree(body.firstOperation(block) - beforeIt, body.endOperation(block) - beforeIt)) leave(block);
  }
  return {
    returns,
    hits(operation) {
      const block = graph.blockOf(Math.ceil(operation));
      if (entered[block] && isFree(body.firstOperation(block) - beforeIt, operation)) return true;
      return from?.some((start) => graph.blockOf(Math.ceil(start)) === block && start < operation && isFree(start + 1, operation)) ?? false;
    },
  };
}

/** The moment, in an activation further up, during which another moment happens; itself if it is that activation's own. */
function seenFrom(outer: Activation, moment: Moment): { readonly at: readonly number[]; readonly inner: Activation | undefined; readonly site: number } | undefined {
  if (moment.activation === outer) return { at: moment.at, inner: undefined, site: moment.operation };
  for (let at: Activation | undefined = moment.activation; at; at = at.caller) {
    if (at.caller === outer) return { at: at.callOperations, inner: at, site: at.callSite };
  }
  return undefined;
}

function firstOf(moment: Moment): Activation {
  let at = moment.activation;
  while (at.caller) at = at.caller;
  return at;
}

/** True if a moment may come after the start of an activation that it is in. */
function isReachedIn(activation: Activation, moment: Moment, barrier: Barrier): boolean {
  const seen = seenFrom(activation, moment);
  if (!seen) return false;
  const reach = reachFrom(activation, undefined, barrier);
  if (!seen.at.some((operation) => reach.hits(operation))) return false;
  return !seen.inner || isReachedIn(seen.inner, moment, barrier);
}

/** True if a task may come to a moment of it from its start without passing the barrier. */
export function isReached(moment: Moment, barrier: Barrier): boolean {
  return isReachedIn(firstOf(moment), moment, barrier);
}

/** True if a moment may follow another one of the same task, without passing the barrier between. */
export function mayFollow(before: Moment, after: Moment, barrier: Barrier = noBarrier): boolean {
  let activation: Activation | undefined = before.activation;
  let starts = before.at;
  let site = before.operation;
  let startsDeferred = before.at.length !== 1 || before.at[0] !== before.operation;
  while (activation) {
    const reach = reachFrom(activation, starts, barrier);
    const seen = seenFrom(activation, after);
    if (seen) {
      const isHit = seen.at.some((operation) => reach.hits(operation));
      // Deferred calls of one exit: the one deferred later runs first.
      const isNext = startsDeferred && seen.site < site && seen.site !== seen.at[0] && seen.at.some((operation) => starts.includes(operation));
      if ((isHit || isNext) && (!seen.inner || isReachedIn(seen.inner, after, barrier))) return true;
    }
    if (!reach.returns) return false;
    const { caller, callOperations, callSite, deferred }: Activation = activation;
    if (!caller) {
      // What a task runs one after another, such as the parts of a program's start.
      const next = firstOf(after);
      return next !== activation && next.task === activation.task && next.id > activation.id && isReachedIn(next, after, barrier);
    }
    activation = caller;
    starts = callOperations;
    site = callSite;
    startsDeferred = deferred;
  }
  return false;
}
