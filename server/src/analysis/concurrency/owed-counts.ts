// What a counter is still owed: a wait for it does not end while a task is between a point and the Done that always follows it.
//
//	for v := range results { use(v); wg.Done() }   ← who waits for wg waits for the last use
//	results <- v                                   ← and for whoever sends, where each receive is followed by a Done
//	use(v); go func() { send(v); wg.Done() }()     ← and for whoever starts a task that comes to a Done
//
// More is never taken from a counter than was added to it: if all was added before the wait, no Done is left when the wait ends.

import { withoutNegation } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { ValueKind } from '../value-table.ts';
import { valuesOf } from '../values.ts';
import { ENTRY, End } from '../../model/function-body.ts';
import { NONE, Op } from '../../model/operations.ts';
import { SyncKind } from './events.ts';
import type { SyncEvent } from './events.ts';
import { returnsOf } from './execution.ts';
import type { Location } from './locations.ts';
import { Barrier, mayFollow, startOfBlock } from './passages.ts';
import type { Moment } from './passages.ts';
import type { Task } from './task.ts';

/** The operations that order tasks, by what they are about and by who does them. */
export interface SyncEvents {
  about(location: Location): readonly SyncEvent[];
  by(task: Task): readonly SyncEvent[];
  startedBy(task: Task): readonly Task[];
  /** Where a new one of a location is made. */
  madeAt(location: Location): readonly Moment[];
}

/** True if a wait for a counter only ends when the task of a point has come to a Done after it, or another task has, for what it was sent after it. */
export function isOwed(point: Moment, wait: SyncEvent, events: SyncEvents): boolean {
  const counter = wait.location?.canonical;
  if (!counter) return false;
  const counts = events.about(counter);
  const dones = counts.filter((each) => each.kind === SyncKind.CounterDone);
  const adds = counts.filter((each) => each.kind === SyncKind.CounterAdd);
  if (dones.length === 0 || adds.length === 0) return false;
  // A call that makes a counter of its own has nothing to do with the one before.
  const made = new Barrier(events.madeAt(counter));
  if (!adds.every((each) => isBefore(each, wait, made))) return false;
  const { task } = point.activation;
  if (isAlwaysNext(point, [...dones, ...startsOf(task, dones, events)], events)) return true;
  const channels = new Set(events.by(task).flatMap((each) => (each.kind === SyncKind.Send && each.location ? [each.location.canonical] : [])));
  return [...channels].some((channel) => {
    if (channel.escapes || !channel.isOne) return false;
    const uses = events.about(channel);
    const receives = uses.filter((each) => each.kind === SyncKind.Receive);
    const sends = uses.filter((each) => each.kind === SyncKind.Send);
    return receives.length > 0 && isAlwaysNext(point, sends, events) && receives.every((each) => isAlwaysNext(each, dones, events, withoutValue(each)));
  });
}

/** Where a task starts others that come to one of some operations whatever happens. */
function startsOf(task: Task, operations: readonly SyncEvent[], events: SyncEvents): readonly Moment[] {
  return events.startedBy(task).flatMap(({ first, spawner, spawnOperation, start }) => {
    if (!first || !spawner || start !== 'spawned') return [];
    const at = startOfBlock(first.body, ENTRY);
    const isOwed = at !== NONE && isAlwaysNext({ activation: first, at: [at], operation: Math.ceil(at) }, operations, events);
    return isOwed ? [{ activation: spawner, at: [spawnOperation], operation: spawnOperation }] : [];
  });
}

/** True if nothing is added when the wait is over, nor while the task that waits is on its way to it. */
function isBefore(add: SyncEvent, wait: SyncEvent, made: Barrier): boolean {
  const adder = add.activation.task;
  const { chain } = wait.activation.task;
  const index = chain.indexOf(adder);
  const next = chain[index + 1];
  const start: Moment | undefined = next?.spawner ? { activation: next.spawner, at: [next.spawnOperation], operation: next.spawnOperation } : next ? undefined : wait;
  return index >= 0 && start !== undefined && !mayFollow(start, add, made);
}

/**
 * True if a task that is at a point comes to one of some operations whatever happens: it neither ends nor waits for others before.
 * @param beside where ways lead that do not count
 */
function isAlwaysNext(point: Moment, operations: readonly Moment[], events: SyncEvents, beside: readonly Moment[] = []): boolean {
  const { task } = point.activation;
  const own = operations.filter((each) => each.activation.task === task);
  if (own.some((each) => each.activation === point.activation && each.at.length === 1 && each.at[0] === point.operation)) return true;
  const { first } = task;
  if (!first || own.length === 0 || !own.some((each) => mayFollow(point, each))) return false;
  const barrier = new Barrier([...own, ...beside]);
  const ends = returnsOf(first.body).map((operation): Moment => ({ activation: first, at: [operation], operation }));
  return !ends.some((end) => mayFollow(point, end, barrier)) && !events.by(task).some((each) => waitsForOthers(each.kind) && !own.includes(each) && mayFollow(point, each, barrier));
}

/** True for what may take for ever. */
function waitsForOthers(kind: SyncKind): boolean {
  return kind === SyncKind.Receive || kind === SyncKind.CounterWait || kind === SyncKind.ConditionWait || kind === SyncKind.AllBlocked;
}

/** Where a task goes on when a channel is closed and a receive gave nothing: behind the loop, `if !ok`. */
function withoutValue({ activation, operation }: SyncEvent): readonly Moment[] {
  const { body } = activation;
  const graph = graphOf(body);
  const blocks: number[] = [];
  if (body.kind(operation) === Op.Next) {
    const exit = body.loops.find((each) => each.next === operation)?.exit ?? NONE;
    // A break may lead there as well.
    if (exit !== NONE && graph.predecessors(exit).length === 1) blocks.push(exit);
  }
  const values = valuesOf(body);
  for (const block of graph.order) {
    if (body.endOf(block) !== End.Branch) continue;
    const [whenTrue, whenFalse] = body.successors(block);
    const { condition, holds } = withoutNegation(body, { condition: body.condition(block), holds: true });
    const number = condition < 0 ? NONE : values.number(condition);
    if (number === NONE || values.table.kind(number) !== ValueKind.Extract || values.table.b(number) !== 1 || values.operationOf(values.table.a(number)) !== operation) continue;
    const next = holds ? whenFalse : whenTrue;
    if (next !== undefined && graph.predecessors(next).length === 1) blocks.push(next);
  }
  return blocks.flatMap((block) => {
    const at = startOfBlock(body, block);
    return at === NONE ? [] : [{ activation, at: [at], operation: Math.ceil(at) }];
  });
}
