// Paths through an execution: whether one point may be followed by another in the same task, without passing through certain
// points between. Everything about order is asked in these terms: a join is a point that every path has to pass.

import { graphOf } from '../graph.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { Activation } from './activation.ts';
import { VariableKind } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import { feasibleOf } from './feasible.ts';
import { Outcome, callResultOf, outcomeAt, outcomeWaysOf } from './outcomes.ts';
import type { OutcomeWay } from './outcomes.ts';

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
  /** By activation and number of a result: what it may be when no stop was passed. */
  private readonly outcomes = new Map<Activation, Map<number, Outcome>>();
  /** Stops that only count for ways that make a call: it would have passed a stop to give the result that leads there. */
  private readonly afterCalls = new Map<Activation, { readonly way: OutcomeWay; readonly at: number }[]>();
  /** What is reached from the start of activations with stops, as long as none is added. */
  private readonly reached = new Map<Activation, Reach>();

  constructor(moments: Iterable<Moment>) {
    this.extend(moments);
  }

  /** Adds points. */
  extend(moments: Iterable<Moment>): void {
    const touched = new Set<Activation>();
    for (const { activation, at } of moments) {
      for (const operation of at) this.add(activation, operation);
      touched.add(activation);
    }
    if (touched.size === 0) return;
    this.lift(touched);
    this.reached.clear();
  }

  /** What can be reached in an activation from its start. */
  reachOf(activation: Activation): Reach {
    if (!this.stops.has(activation)) return reachFrom(activation, undefined, this);
    let reach = this.reached.get(activation);
    if (!reach) this.reached.set(activation, (reach = reachFrom(activation, undefined, this)));
    return reach;
  }

  get isEmpty(): boolean {
    return this.stops.size === 0;
  }

  /**
   * @param from the operations that a way starts after; undefined for the start of the function
   * @param returned the call that the way comes out of, where it starts there
   */
  stopsIn(activation: Activation, from: readonly number[] | undefined, returned?: Returned): ReadonlySet<number> | undefined {
    const stops = this.stops.get(activation);
    const after = this.afterCalls.get(activation);
    if (!after) return stops;
    const counts = ({ result: { call, index }, outcome }: OutcomeWay): boolean => {
      if (!from?.some((operation) => follows(activation.body, call, operation))) return true;
      return returned?.call === call && ((returned.outcomes.get(index) ?? Outcome.Either) & outcome) === 0;
    };
    return new Set([...(stops ?? []), ...after.flatMap(({ way, at }) => (counts(way) ? [at] : []))]);
  }

  /** What the results of an activation may be for the ways that reach its returns; undefined if no test of them stops anything. */
  returned(activation: Activation, reach: Reach): Returned | undefined {
    const { caller, callSite, deferred } = activation;
    if (!caller || deferred || !this.afterCalls.has(caller)) return undefined;
    return { call: callSite, outcomes: this.outcomesOf(activation, reach), rulesOut: false };
  }

  /** The same, to rule out the ways that a test of the results does not lead to; undefined if there is no such test. */
  returnedForSure(activation: Activation, reach: Reach): Returned | undefined {
    const { caller, callSite, deferred } = activation;
    if (!caller || deferred || !outcomeWaysOf(caller.body).some((way) => way.result.call === callSite)) return this.returned(activation, reach);
    return { call: callSite, outcomes: this.outcomesOf(activation, reach), rulesOut: true };
  }

  private add(activation: Activation, operation: number): void {
    const stops = this.stops.get(activation);
    if (stops) stops.add(operation);
    else this.stops.set(activation, new Set([operation]));
  }

  /** Where a call that passes no stop gives other results than those that lead on, there is a stop. True if one is new. */
  private stopByOutcome(activation: Activation, caller: Activation, reach: Reach): boolean {
    const [operation] = activation.callOperations;
    if (operation === undefined) return false;
    this.outcomes.set(activation, this.outcomesOf(activation, reach));
    const beside = caller.calls.get(operation) ?? [];
    // The caller may return what it gets.
    let changed = [...this.outcomes.get(activation)!.values()].some((each) => each !== Outcome.Either);
    for (const way of outcomeWaysOf(caller.body)) {
      const { result, outcome, block } = way;
      if (result.call !== operation || beside.some((each) => this.passable.get(each) !== false && (this.outcomes.get(each)?.get(result.index) ?? Outcome.Either) & outcome)) continue;
      const at = startOfBlock(caller.body, block);
      const own = this.afterCalls.get(caller);
      if (at === NONE || own?.some((each) => each.at === at)) continue;
      if (own) own.push({ way, at });
      else this.afterCalls.set(caller, [{ way, at }]);
      if (!this.stops.has(caller)) this.stops.set(caller, new Set());
      changed = true;
    }
    return changed;
  }

  private outcomesOf(activation: Activation, { returnBlocks }: Reach): Map<number, Outcome> {
    const { body } = activation;
    const found = new Map<number, Outcome>();
    // What is deferred may change it.
    if (body.unit.variables.some((each) => each.owner === body.index && each.kind === VariableKind.Result && each.writtenByClosure)) return found;
    for (const block of returnBlocks) {
      let operation = body.endOperation(block) - 1;
      while (operation >= body.firstOperation(block) && body.kind(operation) !== Op.Return) operation--;
      const list = operation < body.firstOperation(block) ? [] : body.list(operation);
      for (let index = 0; index < list.length; index++) {
        const result = callResultOf(body, list[index]!);
        const callees = result && activation.calls.get(result.call);
        const called = callees && callees.length > 0 ? callees.reduce((sum, each) => sum | (this.passable.get(each) === false ? 0 : (this.outcomes.get(each)?.get(result.index) ?? Outcome.Either)), 0) : Outcome.Either;
        found.set(index, (found.get(index) ?? 0) | (called & outcomeAt(body, list[index]!, operation)));
      }
    }
    return found;
  }

  /** A call that cannot return without passing a stop is a stop. */
  private lift(touched: Set<Activation>): void {
    const work = [...touched].sort((a, b) => b.depth - a.depth);
    for (let activation = work.shift(); activation; activation = work.shift()) {
      const { caller } = activation;
      if (!caller) continue;
      const reach = reachFrom(activation, undefined, this);
      this.passable.set(activation, reach.returns);
      let changed = false;
      if (reach.returns && !activation.deferred) changed = this.stopByOutcome(activation, caller, reach);
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

/** True if an operation is only reached when another one has run before. */
function follows(body: FunctionBody, first: number, second: number): boolean {
  const graph = graphOf(body);
  const before = graph.blockOf(first);
  const block = graph.blockOf(Math.ceil(second));
  return before === block ? first <= second : graph.dominates(before, block);
}

export const noBarrier = new Barrier([]);

/** A call that a way comes out of, with what its results may be. */
interface Returned {
  readonly call: number;
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** True if what else the call may give in other runs does not count. */
  readonly rulesOut: boolean;
}

/** What can be reached in one activation. */
interface Reach {
  /** True if an operation can be reached; it may be a stop itself. */
  hits(operation: number): boolean;
  /** True if the end of the function can be reached. */
  readonly returns: boolean;
  /** The blocks in which it does. */
  readonly returnBlocks: readonly number[];
}

/** The moment just before what a block begins with; NONE if it leads on to several. */
export function startOfBlock(body: FunctionBody, block: number): number {
  let at = block;
  for (let steps = 0; steps < 20 && body.firstOperation(at) === body.endOperation(at); steps++) {
    const [next, ...more] = body.successors(at);
    if (next === undefined || more.length > 0 || graphOf(body).predecessors(next).length !== 1) return NONE;
    at = next;
  }
  const operation = body.firstOperation(at);
  return operation < body.endOperation(at) ? operation - beforeIt : NONE;
}

/** What can be reached when nothing is in the way, by where the way starts. */
const free = new BodyFacts<Map<string | number, Reach>>();

/** @param from the operations to start after; undefined for the start of the function */
function reachFrom(activation: Activation, from: readonly number[] | undefined, barrier: Barrier, returned?: Returned): Reach {
  const { body } = activation;
  const stops = barrier.stopsIn(activation, from, returned);
  const others = returned?.rulesOut ? otherWays(body, returned) : [];
  if (stops || others.length > 0) return reachIn(body, from, others.length > 0 ? new Set([...(stops ?? []), ...others]) : stops);
  let known = free.get(body);
  if (!known) free.set(body, (known = new Map()));
  const key = from?.length === 1 ? from[0]! : (from?.join() ?? '');
  let reach = known.get(key);
  if (!reach) known.set(key, (reach = reachIn(body, from, undefined)));
  return reach;
}

/**
 * Where ways begin that a call does not lead to from where it comes back: `go f(); return nil` in the call, `if err != nil` after it. In
 * a loop the call may be made again, and come back from elsewhere.
 */
function otherWays(body: FunctionBody, { call, outcomes }: Returned): readonly number[] {
  if (body.loopOf(graphOf(body).blockOf(call)) !== NONE) return [];
  return outcomeWaysOf(body).flatMap(({ result, outcome, block }) => {
    if (result.call !== call || (outcomes.get(result.index) ?? Outcome.Either) & outcome) return [];
    const at = startOfBlock(body, block);
    return at === NONE ? [] : [at];
  });
}

const noOperations: readonly number[] = [];

function reachIn(body: FunctionBody, from: readonly number[] | undefined, stops: ReadonlySet<number> | undefined): Reach {
  const graph = graphOf(body);
  const { successors } = feasibleOf(body);
  const entered = new Uint8Array(body.blockCount);
  const stack: number[] = [];
  const returnBlocks: number[] = [];
  const stopList = stops ? [...stops] : noOperations;
  const isFree = (first: number, end: number): boolean => {
    for (let at = 0; at < stopList.length; at++) if (stopList[at]! >= first && stopList[at]! < end) return false;
    return true;
  };
  const leave = (block: number): void => {
    if (body.endOf(block) === End.Return && !returnBlocks.includes(block)) returnBlocks.push(block);
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
    returns: returnBlocks.length > 0,
    returnBlocks,
    hits(operation) {
      const block = graph.blockOf(Math.ceil(operation));
      if (entered[block] && isFree(body.firstOperation(block) - beforeIt, operation)) return true;
      for (const start of from ?? noOperations) if (start < operation && graph.blockOf(Math.ceil(start)) === block && isFree(start + 1, operation)) return true;
      return false;
    },
  };
}

/** The activation that `outer` called and that another one is in, or is; `outer` for itself; undefined if it is not in it. */
function stepTowards(outer: Activation, activation: Activation): Activation | undefined {
  if (activation === outer) return outer;
  for (let at: Activation | undefined = activation; at; at = at.caller) if (at.caller === outer) return at;
  return undefined;
}

function hitsOne(reach: Reach, operations: readonly number[]): boolean {
  for (const operation of operations) if (reach.hits(operation)) return true;
  return false;
}

function firstOf(moment: Moment): Activation {
  let at = moment.activation;
  while (at.caller) at = at.caller;
  return at;
}

/** True if a moment may come after the start of an activation that it is in. */
function isReachedIn(activation: Activation, moment: Moment, barrier: Barrier): boolean {
  for (let outer = activation; ; ) {
    const inner = stepTowards(outer, moment.activation);
    if (!inner || !hitsOne(barrier.reachOf(outer), inner === outer ? moment.at : inner.callOperations)) return false;
    if (inner === outer) return true;
    outer = inner;
  }
}

/** True if a task may come to a moment of it from its start without passing the barrier. */
export function isReached(moment: Moment, barrier: Barrier): boolean {
  return isReachedIn(firstOf(moment), moment, barrier);
}

/** True if a moment may follow another one of the same task, without passing the barrier between. */
export function mayFollow(before: Moment, after: Moment, barrier: Barrier = noBarrier): boolean {
  return leadsTo(before, after, barrier, false);
}

/** The same in one run: where the call that the first is in says by its result that it did not come there, the other does not follow. */
export function mayFollowInOneRun(before: Moment, after: Moment, barrier: Barrier): boolean {
  return leadsTo(before, after, barrier, true);
}

function shareOne(x: readonly number[], y: readonly number[]): boolean {
  return x.some((each) => y.includes(each));
}

function leadsTo(before: Moment, after: Moment, barrier: Barrier, inOneRun: boolean): boolean {
  let activation: Activation | undefined = before.activation;
  let starts = before.at;
  let site = before.operation;
  let startsDeferred = before.at.length !== 1 || before.at[0] !== before.operation;
  let returned: Returned | undefined;
  while (activation) {
    const reach: Reach = reachFrom(activation, starts, barrier, returned);
    const inner = stepTowards(activation, after.activation);
    if (inner) {
      const isOwn = inner === activation;
      const at = isOwn ? after.at : inner.callOperations;
      const seenSite = isOwn ? after.operation : inner.callSite;
      // Deferred calls of one exit: the one deferred later runs first.
      const isNext = startsDeferred && seenSite < site && seenSite !== at[0] && shareOne(at, starts);
      if ((isNext || hitsOne(reach, at)) && (isOwn || isReachedIn(inner, after, barrier))) return true;
    }
    if (!reach.returns) return false;
    const { caller, callOperations, callSite, deferred }: Activation = activation;
    if (!caller) {
      // What a task runs one after another, such as the parts of a program's start.
      const next = firstOf(after);
      return next !== activation && next.task === activation.task && next.id > activation.id && isReachedIn(next, after, barrier);
    }
    returned = inOneRun ? barrier.returnedForSure(activation, reach) : barrier.returned(activation, reach);
    activation = caller;
    starts = callOperations;
    site = callSite;
    startsDeferred = deferred;
  }
  return false;
}
