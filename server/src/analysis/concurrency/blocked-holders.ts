// Tasks that wait for another one while they hold the lock that the other one needs first.

import type { Program } from '../../model/program.ts';
import { comesBefore } from '../graph.ts';
import type { Activation } from './activation.ts';
import type { Point, SyncEvent } from './events.ts';
import { SyncKind } from './events.ts';
import type { Execution } from './execution.ts';
import type { Location } from './locations.ts';
import { momentOf } from './order.ts';
import { Barrier, isReached, mayFollow } from './passages.ts';
import { isChosen, seenChannelsOf } from './seen-channels.ts';
import { askOfStudies } from './studies.ts';
import type { Study } from './studies.ts';
import { SeenFields } from './sync-fields.ts';

export interface BlockedHolder {
  readonly study: Study;
  /** False if the other side comes to the lock on some ways only. */
  readonly isAlways: boolean;
  /** The send, receive or wait, and where its task locked what it holds. */
  readonly event: SyncEvent;
  readonly lock: SyncEvent;
  /** The other side, and where that locks the same lock first. */
  readonly other: SyncEvent;
  readonly otherLock: SyncEvent;
}

export const blockedHoldersIn = askOfStudies(blockedHoldersOf);

function blockedHoldersOf(study: Study, program: Program): readonly BlockedHolder[] {
  const { execution } = study;
  if (execution.truncated || !execution.syncs.some(({ kind }) => kind === SyncKind.Lock)) return [];
  const found: BlockedHolder[] = [];
  const fields = study.shared && new SeenFields(program, study);
  for (const { event, others } of waitsOf(execution, fields)) {
    // The same task, or nobody, is another defect.
    if (others.length === 0 || others.some((other) => other.activation.task === event.activation.task || other.activation.task.overlapsItself)) continue;
    for (const lock of locksHeldAt(execution, event)) {
      const otherLocks = others.map((other) => lockNeededBefore(study, other, lock, event));
      if (otherLocks.every((each) => each !== undefined)) {
        found.push({ study, isAlways: true, event, lock, other: others[0]!, otherLock: otherLocks[0]! });
        continue;
      }
      // A counter waits for each of its tasks, and a channel that is only closed for one: a task that stands at the lock is enough.
      const isForOne = event.kind === SyncKind.CounterWait || (event.kind === SyncKind.Receive && others[0]!.kind === SyncKind.Close);
      const mayStand = isForOne && others.length === 1 ? lockMetBefore(study, others[0]!, lock, event) : undefined;
      if (mayStand) found.push({ study, isAlways: false, event, lock, other: others[0]!, otherLock: mayStand });
    }
  }
  return found;
}

/** Operations that wait, with every operation that can end the wait. */
function waitsOf(execution: Execution, fields: SeenFields | undefined): readonly { readonly event: SyncEvent; readonly others: readonly SyncEvent[] }[] {
  const waits: { readonly event: SyncEvent; readonly others: readonly SyncEvent[] }[] = [];
  for (const { sends, receives, closes, capacity } of [...seenChannelsOf(execution), ...(fields?.channels() ?? [])]) {
    for (const event of receives) if (!isChosen(event) && !event.deferred) waits.push({ event, others: [...sends, ...closes] });
    if (capacity === 0) for (const event of sends) if (!isChosen(event) && !event.deferred) waits.push({ event, others: receives });
  }
  for (const event of execution.syncs) {
    if (event.kind !== SyncKind.CounterWait || event.deferred || !event.location || event.location.escapes) continue;
    if (fields && event.location.root === fields.object && !fields.at(event.location)) continue;
    const counter = event.location.canonical;
    const dones = execution.syncs.filter((each) => each.kind === SyncKind.CounterDone && each.location?.canonical === counter);
    // One task that cannot say that it is done is enough.
    for (const done of dones) waits.push({ event, others: [done] });
  }
  return waits;
}

/** The lock operations whose locks are surely held at an event: they come first on every way, and nothing unlocks between. */
function locksHeldAt(execution: Execution, event: SyncEvent): readonly SyncEvent[] {
  return execution.syncs.filter((lock) => lock.kind === SyncKind.Lock && !lock.deferred && lock.location?.isOne && isHeldFrom(execution, lock, event));
}

function isHeldFrom(execution: Execution, lock: SyncEvent, event: SyncEvent): boolean {
  if (lock.activation.task !== event.activation.task) return false;
  const site = siteIn(lock.activation, event);
  if (site === undefined || !comesBefore(lock.activation.body, lock.operation, site)) return false;
  return !execution.syncs.some((each) => each.kind === SyncKind.Unlock && (each.location === undefined || each.location.canonical === lock.location!.canonical) && each.activation.task === lock.activation.task && !each.deferred && mayFollow(momentOf(lock), momentOf(each)) && mayFollow(momentOf(each), momentOf(event)));
}

/** The operation of an activation during which a point happens. */
function siteIn(outer: Activation, { activation, operation }: Point): number | undefined {
  if (activation === outer) return operation;
  for (let at: Activation | undefined = activation; at; at = at.caller) if (at.caller === outer) return at.deferred ? undefined : at.callSite;
  return undefined;
}

/** A lock operation of the same lock that the other side's task has to come through first, and that nothing orders before ours. */
function lockNeededBefore({ execution, order }: Study, other: SyncEvent, lock: SyncEvent, event: SyncEvent): SyncEvent | undefined {
  const location: Location = lock.location!.canonical;
  const { task } = other.activation;
  const own = execution.syncs.filter((each) => (each.kind === SyncKind.Lock || each.kind === SyncKind.ReadLock) && !each.deferred && each.activation.task === task && each.location?.canonical === location);
  if (own.length === 0 || isReached(other, new Barrier(own))) return undefined;
  // A task that was made to pass its lock before is not kept out.
  return own.find((each) => order.overlap(each, event, location) !== undefined);
}

/** A lock operation of the same lock that the other side's task may come through before, whenever ours is held. */
function lockMetBefore({ execution, order }: Study, other: SyncEvent, lock: SyncEvent, event: SyncEvent): SyncEvent | undefined {
  const location: Location = lock.location!.canonical;
  const { task } = other.activation;
  return execution.syncs.find(
    (each) =>
      (each.kind === SyncKind.Lock || each.kind === SyncKind.ReadLock) &&
      !each.deferred &&
      each.activation.task === task &&
      each.location?.canonical === location &&
      mayFollow(each, other) &&
      order.overlap(each, event, location) !== undefined,
  );
}
