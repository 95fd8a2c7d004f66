// Kinds of locks that wait for each other in a circle: one function takes a lock of kind B while it holds one of kind A, and
// another one A while it holds B, or by way of a third kind. That both are about the same two objects is not proven: an object of the one
// type mostly has, or is registered with, one of the other.

import { leadsTo } from '../walk.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { LockKinds, kindOf } from './lock-kinds.ts';
import type { KindTake } from './lock-kinds.ts';
import type { LockFlow } from './lock-state.ts';

/** A lock of one kind is taken while one of another kind is held. */
export interface KindNesting {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly flow: LockFlow;
  readonly held: string;
  readonly heldBy: number;
  readonly heldShared: boolean;
  readonly take: KindTake;
  /** Other kinds that are held. */
  readonly gates: ReadonlySet<string>;
}

/** Nestings of which each takes what the next one holds, and the last what the first one holds. */
export type LockCycle = readonly KindNesting[];

/** More nestings of two kinds are not compared. */
const nestingLimit = 12;

/** @param isKnown true for pairs of kinds that are reported otherwise */
export function lockCyclesIn(program: Program, isKnown: (held: string, taken: string) => boolean): readonly LockCycle[] {
  const nestings = nestingsIn(program);
  const found: LockCycle[] = [];
  const paired = new Set<string>();
  for (const [a, takenBy] of nestings) {
    for (const [b, list] of takenBy) {
      const back = nestings.get(b)?.get(a);
      if (!back) continue;
      paired.add(`${a} ${b}`);
      if (a >= b || isKnown(a, b) || isKnown(b, a)) continue;
      const cycle = pairOf(list, back);
      if (cycle) found.push(cycle);
    }
  }
  for (const [a, takenBy] of nestings) {
    for (const [b, first] of takenBy) {
      for (const [c, second] of nestings.get(b) ?? []) {
        const third = nestings.get(c)?.get(a);
        if (!third || a >= b || a >= c || c === a || [`${a} ${b}`, `${b} ${c}`, `${c} ${a}`].some((pair) => paired.has(pair))) continue;
        const cycle = tripleOf(first, second, third);
        if (cycle) found.push(cycle);
      }
    }
  }
  return found.map(fromFirst);
}

function nestingsIn(program: Program): ReadonlyMap<string, ReadonlyMap<string, readonly KindNesting[]>> {
  const found = new Map<string, Map<string, KindNesting[]>>();
  const kinds = new LockKinds(program);
  for (const function_ of program.functions.values()) {
    if (function_.isTest || function_.generated) continue;
    for (const body of function_.body.unit.bodies) {
      const locks = kinds.summaries.locksOf(body);
      if (!locks || locks.flows.length === 0) continue;
      const own = kinds.ownTakes(body);
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Call) continue;
        const held = locks.heldAt(operation);
        if (held.length === 0) continue;
        const takes = [...own.filter((each) => each.operation === operation), ...kinds.takesThrough(body, operation)];
        for (const nesting of takes.flatMap((take) => nestingsOf(kinds, function_, take, held))) {
          let takenBy = found.get(nesting.held);
          if (!takenBy) found.set(nesting.held, (takenBy = new Map()));
          const list = takenBy.get(nesting.take.kind);
          if (!list) takenBy.set(nesting.take.kind, [nesting]);
          else if (list.length < nestingLimit) list.push(nesting);
        }
      }
    }
  }
  return found;
}

/** A take in each of the locks that are held around it. */
function nestingsOf(kinds: LockKinds, function_: ProgramFunction, take: KindTake, held: readonly LockFlow[]): readonly KindNesting[] {
  const { body, operation } = take;
  const onTheWay = kinds.heldOnTheWay(take);
  return held.flatMap((flow) => {
    const kind = kindOf(flow.lock);
    const [heldBy] = flow.takenBy(operation);
    if (kind === undefined || kind === take.kind || heldBy === undefined || kinds.letsGo(take, kind) || isUnlockedByAnotherName(kinds, body, flow, heldBy, operation)) return [];
    const gates = new Set([...onTheWay].filter((each) => each !== kind && each !== take.kind));
    return [{ function: function_, body, flow, held: kind, heldBy, heldShared: !flow.isHeldExclusivelyAt(operation), take, gates }];
  });
}

/**
 * True if on the way from where a lock is taken to an operation one of its kind is unlocked that nobody has locked by that name: a loop
 * has put another object into the variable, or the same one.
 *
 *	s.mu.Lock(); for s.removed { s.mu.Unlock(); m.mu.Lock(); s = m.states[k]; m.mu.Unlock(); s.mu.Lock() }
 */
function isUnlockedByAnotherName(kinds: LockKinds, body: FunctionBody, flow: LockFlow, heldBy: number, operation: number): boolean {
  const kind = kindOf(flow.lock);
  return (kinds.summaries.locksOf(body)?.flows ?? []).some(
    (other) =>
      other !== flow &&
      kindOf(other.lock) === kind &&
      other.events.some((event) => (event.action === 'unlock' || event.action === 'read-unlock') && !event.deferred && other.takenBy(event.operation).length === 0 && leadsTo(body, heldBy, event.operation) && leadsTo(body, event.operation, operation)),
  );
}

function pairOf(list: readonly KindNesting[], back: readonly KindNesting[]): LockCycle | undefined {
  for (const x of list) for (const y of back) if (mayFollow(x, y) && mayFollow(y, x)) return [x, y];
  return undefined;
}

function tripleOf(first: readonly KindNesting[], second: readonly KindNesting[], third: readonly KindNesting[]): LockCycle | undefined {
  for (const x of first) for (const y of second) {
    if (!mayFollow(x, y)) continue;
    for (const z of third) if (mayFollow(y, z) && mayFollow(z, x)) return [x, y, z];
  }
  return undefined;
}

/** True if the one may wait for what the other holds: not both for reading, in different functions, and no third lock keeps them apart. */
function mayFollow(x: KindNesting, y: KindNesting): boolean {
  if (x.take.mode === 'shared' && y.heldShared) return false;
  if (x.function === y.function) return false;
  for (const gate of x.gates) if (y.gates.has(gate)) return false;
  return true;
}

/** The same circle from its first place in the program on. */
function fromFirst(cycle: LockCycle): LockCycle {
  let first = 0;
  cycle.forEach((each, index) => {
    if (isEarlier(each, cycle[first]!)) first = index;
  });
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function isEarlier(x: KindNesting, y: KindNesting): boolean {
  return x.function.path === y.function.path ? x.body.start(x.take.operation) < y.body.start(y.take.operation) : x.function.path < y.function.path;
}
