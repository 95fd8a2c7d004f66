// The locks that may be held at a point of an execution. For races "may" is the careful side: two accesses that may share a
// lock are left alone.

import { graphOf } from '../graph.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import { Op } from '../../model/operations.ts';
import type { Activation } from './activation.ts';
import { SyncKind } from './events.ts';
import type { Point, SyncEvent } from './events.ts';
import type { Execution } from './execution.ts';
import { capacityOf } from './locations.ts';
import type { Location } from './locations.ts';
import { mayFollow } from './passages.ts';
import type { Task } from './task.ts';

export const enum LockMode {
  Exclusive = 1,
  Shared = 2,
  /** Taken for reading by who has it for reading: released once it is still held. */
  SharedAgain = 4,
}

/** By lock: `LockMode` flags. A lock that is not known is `undefined`. */
export type HeldLocks = ReadonlyMap<Location | undefined, number>;

const none: HeldLocks = new Map();
/** What callers that are not looked at may hold: a lock that is not known. */
const callersLock: Readonly<Record<'exclusive' | 'shared', HeldLocks>> = { exclusive: new Map([[undefined, LockMode.Exclusive]]), shared: new Map([[undefined, LockMode.Shared]]) };

/** One pass over a body that calls itself through loops is repeated so often. */
const roundLimit = 8;

interface HeldFrom {
  readonly from: number;
  readonly held: HeldLocks;
}

export class LocksHeld {
  private readonly changes = new Map<Activation, (readonly HeldFrom[] | undefined)[]>();
  /** By activation, what is held when each block is entered. */
  private readonly states = new Map<Activation, (HeldLocks | undefined)[]>();
  private readonly events = new Map<Activation, Map<number, SyncEvent[]>>();
  private readonly locking = new Set<Activation>();

  constructor(execution: Execution) {
    const tokens = channelsAsLocks(execution);
    for (const event of execution.syncs) {
      if (!isLockKind(event.kind) && !(event.location && tokens.has(event.location.canonical))) continue;
      let own = this.events.get(event.activation);
      if (!own) this.events.set(event.activation, (own = new Map()));
      for (const operation of event.at) {
        const list = own.get(operation);
        if (list) list.push(event);
        else own.set(operation, [event]);
      }
      for (let at: Activation | undefined = event.activation; at && !this.locking.has(at); at = at.caller) this.locking.add(at);
    }
    const released = releasedOnly(execution);
    for (const activation of execution.activations) {
      if (activation.caller) continue;
      const mode = activation.task === execution.tasks[0] && execution.mayBeCalledLocked ? 'exclusive' : activation.task.callersLock;
      this.run(activation, mode ? callersLock[mode] : this.handedTo(activation.task, released.get(activation.task)));
    }
  }

  /** The locks that are held where a task starts, and that the task is left to release. */
  private handedTo({ spawner, spawnOperation }: Task, released: ReadonlySet<Location> | undefined): HeldLocks {
    if (!spawner || !released) return none;
    return new Map([...this.at({ activation: spawner, operation: spawnOperation })].filter(([lock]) => lock && released.has(lock)));
  }

  /** The locks that may be held just before an operation runs. */
  at({ activation, operation }: Point): HeldLocks {
    const states = this.states.get(activation);
    if (!states) return none;
    const changes = this.changesIn(activation, graphOf(activation.body).blockOf(operation), states);
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (changes[middle]!.from <= operation) low = middle + 1;
      else high = middle;
    }
    return changes[low - 1]!.held;
  }

  /** What is held from which operation of a block on; the first entry holds from its start. */
  private changesIn(activation: Activation, block: number, states: readonly (HeldLocks | undefined)[]): readonly HeldFrom[] {
    let blocks = this.changes.get(activation);
    if (!blocks) this.changes.set(activation, (blocks = []));
    const known = blocks[block];
    if (known) return known;
    let held = states[block] ?? none;
    const { body } = activation;
    const found: HeldFrom[] = [{ from: 0, held }];
    for (let at = body.firstOperation(block); at < body.endOperation(block); at++) {
      const after = this.after(activation, at, held, false);
      if (after !== held) found.push({ from: at + 1, held: (held = after) });
    }
    return (blocks[block] = found);
  }

  /** What is held at the end, when the function starts with some locks held. */
  private run(activation: Activation, entry: HeldLocks): HeldLocks {
    const { body } = activation;
    const before = this.states.get(activation);
    if (before && before[ENTRY] && !adds(entry, before[ENTRY])) return this.exits.get(activation) ?? entry;
    const states: (HeldLocks | undefined)[] = before ?? [];
    states[ENTRY] = union(states[ENTRY], entry);
    this.states.set(activation, states);
    let exit: HeldLocks | undefined;
    for (let round = 0; round < roundLimit; round++) {
      let changed = false;
      exit = undefined;
      for (const block of graphOf(body).order) {
        let held = states[block];
        if (!held) continue;
        if (this.locking.has(activation) || activation.calls.size > 0 || activation.deferredCalls.size > 0) {
          for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) held = this.after(activation, operation, held, true);
        }
        if (body.endOf(block) === End.Return) exit = union(exit, held);
        for (const next of body.successors(block)) {
          if (states[next] && !adds(held, states[next])) continue;
          states[next] = union(states[next], held);
          changed = true;
        }
      }
      if (!changed) break;
    }
    this.exits.set(activation, exit ?? none);
    return exit ?? none;
  }

  private readonly exits = new Map<Activation, HeldLocks>();

  private after(activation: Activation, operation: number, held: HeldLocks, enter: boolean): HeldLocks {
    const events = this.events.get(activation)?.get(operation);
    const callees = activation.body.kind(operation) === Op.RunDefers ? activation.deferredCalls.get(operation) : activation.calls.get(operation);
    if (!events && !callees) return held;
    let result = held;
    const steps: (SyncEvent | Activation)[] = [...(events ?? []), ...(callees ?? [])];
    // Of what is deferred the later one runs first.
    if (activation.body.kind(operation) === Op.RunDefers) steps.sort((a, b) => siteOf(b) - siteOf(a));
    const alternatives = callees && activation.body.kind(operation) !== Op.RunDefers ? callees.length : 1;
    let joined: HeldLocks | undefined;
    for (const step of steps) {
      if ('kind' in step) {
        result = applied(step, result);
        continue;
      }
      const after: HeldLocks = this.passed(step, result, enter);
      if (alternatives > 1) joined = union(joined, after);
      else result = after;
    }
    return joined ?? result;
  }

  private passed(callee: Activation, held: HeldLocks, enter: boolean): HeldLocks {
    if (enter) return this.run(callee, held);
    return this.locking.has(callee) ? (this.exits.get(callee) ?? held) : held;
  }
}

/** By task, the locks that it releases and never takes. */
function releasedOnly({ syncs }: Execution): ReadonlyMap<Task, ReadonlySet<Location>> {
  const found = new Map<Task, Set<Location>>();
  for (const { kind, location, activation: { task } } of syncs) {
    if (!location || !task.spawner || (kind !== SyncKind.Unlock && kind !== SyncKind.ReadUnlock)) continue;
    const own = found.get(task);
    if (own) own.add(location.canonical);
    else found.set(task, new Set([location.canonical]));
  }
  for (const { kind, location, activation: { task } } of syncs) if (kind < SyncKind.Unlock && location) found.get(task)?.delete(location.canonical);
  return found;
}

function siteOf(step: SyncEvent | Activation): number {
  return 'callSite' in step ? step.callSite : step.operation;
}

function isLockKind(kind: SyncKind): boolean {
  return kind <= SyncKind.ReadUnlock;
}

/**
 * Channels that serve as locks: with room for one value, where every task that sends takes a value out again afterwards and
 * nobody else does.
 */
function channelsAsLocks(execution: Execution): ReadonlySet<Location> {
  const uses = new Map<Location, SyncEvent[]>();
  for (const event of execution.syncs) {
    if (!event.location || (event.kind !== SyncKind.Send && event.kind !== SyncKind.Receive && event.kind !== SyncKind.Close)) continue;
    const at = event.location.canonical;
    const list = uses.get(at);
    if (list) list.push(event);
    else uses.set(at, [event]);
  }
  const found = new Set<Location>();
  for (const [channel, events] of uses) {
    if (capacityOf(channel) !== 1 || events.some((each) => each.kind === SyncKind.Close)) continue;
    const isPaired = (event: SyncEvent): boolean => {
      const [first, second] = event.kind === SyncKind.Send ? [event, undefined] : [undefined, event];
      return events.some((other) => other.activation.task === event.activation.task && other.kind !== event.kind && mayFollow(first ?? other, second ?? other));
    };
    if (events.every(isPaired)) found.add(channel);
  }
  return found;
}

function applied(event: SyncEvent, held: HeldLocks): HeldLocks {
  const lock = event.location?.canonical;
  const result = new Map(held);
  switch (event.kind) {
    case SyncKind.Lock:
    case SyncKind.TryLock:
    case SyncKind.Send:
      result.set(lock, (held.get(lock) ?? 0) | LockMode.Exclusive);
      break;
    case SyncKind.ReadLock:
    case SyncKind.TryReadLock: {
      const before = held.get(lock) ?? 0;
      result.set(lock, before | (before & LockMode.Shared ? LockMode.SharedAgain : LockMode.Shared));
      break;
    }
    case SyncKind.Unlock:
    case SyncKind.ReadUnlock:
    case SyncKind.Receive:
      // Which lock an unknown unlock opens is not known: all may still be held.
      if (lock !== undefined) letGo(result, lock, event.kind === SyncKind.ReadUnlock);
      break;
    default:
  }
  return result;
}

/** What is held in the other way stays: a function that locks for reading what its caller has locked for writing gives back its own. */
function letGo(held: Map<Location | undefined, number>, lock: Location, isShared: boolean): void {
  const modes = held.get(lock) ?? 0;
  const own: number = !isShared ? LockMode.Exclusive : modes & LockMode.SharedAgain ? LockMode.SharedAgain : LockMode.Shared;
  if (modes & own && modes !== own) held.set(lock, modes & ~own);
  else held.delete(lock);
}

function union(a: HeldLocks | undefined, b: HeldLocks): HeldLocks {
  if (!a || a === b) return b;
  if (!adds(b, a)) return a;
  const result = new Map(a);
  for (const [lock, modes] of b) result.set(lock, (result.get(lock) ?? 0) | modes);
  return result;
}

/** True if the first has something that the second has not. */
function adds(more: HeldLocks, to: HeldLocks): boolean {
  for (const [lock, modes] of more) if (((to.get(lock) ?? 0) | modes) !== (to.get(lock) ?? 0)) return true;
  return false;
}

/** A lock that may keep two accesses apart: both may hold it, one of them exclusively. A lock that is not known may be each. */
export function mayExclude(a: HeldLocks, b: HeldLocks): boolean {
  for (const [lock, modes] of a) {
    for (const [other, otherModes] of b) {
      if (lock !== other && lock !== undefined && other !== undefined) continue;
      if ((modes | otherModes) & LockMode.Exclusive) return true;
    }
  }
  return false;
}
