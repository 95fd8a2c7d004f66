// How a function leaves the locks it touches: for each lock, what is held at its returns compared with its start.
// States are sets, so that paths that differ stay apart: a lock with a deferred unlock is told from one without.

import { ENTRY, End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, Op } from '../../model/operations.ts';
import { graphOf } from '../graph.ts';
import type { LockChange } from '../../model/summary.ts';

/** What an operation does to a lock. */
export interface LockEvent {
  readonly lock: string;
  readonly change: LockChange;
}

/** The states of one lock compared with the start, as bits of a set; each once without and once with a deferred unlock ahead. */
const enum State {
  Unchanged,
  Locked,
  ReadLocked,
  Unlocked,
  ReadUnlocked,
  Other,
  Count,
}

/** Functions that touch more locks than this have no lock summary. */
const lockLimit = 12;

/**
 * The changes of all locks over the body; undefined if there are too many.
 * @param events what each operation does to locks, by operation; deferred calls do it at the exits
 * @param isLive false for operations that are never reached
 */
export function lockChanges(body: FunctionBody, events: ReadonlyMap<number, readonly LockEvent[]>, isLive: (operation: number) => boolean): ReadonlyMap<string, LockChange> | undefined {
  const locks = new Set<string>();
  for (const list of events.values()) for (const { lock } of list) locks.add(lock);
  if (locks.size > lockLimit) return undefined;
  const result = new Map<string, LockChange>();
  for (const lock of locks) {
    const change = changeOf(body, lock, events, isLive);
    if (change) result.set(lock, change);
  }
  return result;
}

function changeOf(body: FunctionBody, lock: string, events: ReadonlyMap<number, readonly LockEvent[]>, isLive: (operation: number) => boolean): LockChange | undefined {
  const graph = graphOf(body);
  const before = new Int32Array(body.blockCount);
  before[ENTRY] = bit(State.Unchanged, 0);
  let atReturn = 0;
  for (let changed = true; changed; ) {
    changed = false;
    atReturn = 0;
    for (const block of graph.order) {
      const after = through(body, block, before[block]!, lock, events, isLive);
      if (after === 0) continue;
      if (body.endOf(block) === End.Return) atReturn |= after;
      for (const next of body.successors(block)) {
        if ((before[next]! | after) === before[next]) continue;
        before[next] = before[next]! | after;
        changed = true;
      }
    }
  }
  return changeFrom(atReturn);
}

/** The states after a block; 0 if its end is never reached. */
function through(body: FunctionBody, block: number, states: number, lock: string, events: ReadonlyMap<number, readonly LockEvent[]>, isLive: (operation: number) => boolean): number {
  let at = states;
  for (let operation = body.firstOperation(block); operation < body.endOperation(block) && at !== 0; operation++) {
    if (!isLive(operation)) return 0;
    if (body.kind(operation) === Op.RunDefers) at = map(at, runDeferred);
    for (const { lock: touched, change } of events.get(operation) ?? []) {
      if (touched !== lock) continue;
      const deferred = body.has(operation, Flag.Deferred);
      at = map(at, (state, pending) => (deferred ? deferral(state, pending, change) : bit(applied(state, change), pending)));
    }
  }
  return at;
}

function bit(state: State, pending: number): number {
  return 1 << (state * 2 + pending);
}

function map(states: number, to: (state: State, pending: number) => number): number {
  let result = 0;
  for (let index = 0; index < State.Count * 2; index++) if (states & (1 << index)) result |= to(index >> 1, index & 1);
  return result;
}

/** A deferred unlock is remembered; other deferred changes, or a second one, are not followed. */
function deferral(state: State, pending: number, change: LockChange): number {
  const releases = change === 'unlocked' || change === 'read-unlocked';
  return releases && !pending ? bit(state, 1) : bit(State.Other, pending);
}

function runDeferred(state: State, pending: number): number {
  if (!pending) return bit(state, 0);
  return bit(applied(state, state === State.ReadLocked ? 'read-unlocked' : 'unlocked'), 0);
}

function applied(state: State, change: LockChange): State {
  switch (change) {
    case 'locked':
      return state === State.Unchanged ? State.Locked : state === State.Unlocked ? State.Unchanged : State.Other;
    case 'read-locked':
      return state === State.Unchanged ? State.ReadLocked : state === State.ReadUnlocked ? State.Unchanged : State.Other;
    case 'unlocked':
      return state === State.Locked ? State.Unchanged : state === State.Unchanged ? State.Unlocked : State.Other;
    case 'read-unlocked':
      return state === State.ReadLocked ? State.Unchanged : state === State.Unchanged ? State.ReadUnlocked : State.Other;
    default:
      return State.Other;
  }
}

/** The one state at all returns as a change; undefined if the lock is as before. */
function changeFrom(states: number): LockChange | undefined {
  switch (states) {
    case 0:
    case bit(State.Unchanged, 0):
      return undefined;
    case bit(State.Locked, 0):
      return 'locked';
    case bit(State.ReadLocked, 0):
      return 'read-locked';
    case bit(State.Unlocked, 0):
      return 'unlocked';
    case bit(State.ReadUnlocked, 0):
      return 'read-unlocked';
    default:
      return 'varies';
  }
}
