// What is set at most once, in a section that looks first whether that was done: who has passed the section finds what nobody changes.
//
//	c.mu.Lock(); if c.conn == nil { c.conn = dial(); c.reader = newReader(c.conn) }; c.mu.Unlock()
//	… c.reader …   ← no other task comes to assign it again

import { conditionsAt } from '../conditions.ts';
import type { Passed } from '../conditions.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { NONE, Op, Operator } from '../../model/operations.ts';
import { isRunning } from './activation.ts';
import type { Activation } from './activation.ts';
import { AccessKind } from './events.ts';
import type { AccessEvent } from './events.ts';
import { mayExclude } from './held-locks.ts';
import type { HeldLocks } from './held-locks.ts';
import { momentOf } from './order.ts';
import { Barrier, isReached } from './passages.ts';

/**
 * True for an access that only comes when its task has been through the section in which another task, or another instance of it, assigns
 * the same thing.
 * @param all what happens to the object that both belong to
 */
export function isSettledBefore(reader: AccessEvent, writer: AccessEvent, all: readonly AccessEvent[], heldAt: (access: AccessEvent) => HeldLocks): boolean {
  if (reader.isWrite || writer.kind !== AccessKind.Write) return false;
  return looksBefore(writer, all, heldAt).some(({ body, operation }) => {
    const looks = all.filter((each) => each.activation.task === reader.activation.task && each.activation.body === body && each.operation === operation);
    return looks.length > 0 && !isReached(momentOf(reader), new Barrier(looks.map(momentOf)));
  });
}

/** A look by which the functions around a write decide that it was not done yet. */
interface Look {
  readonly body: FunctionBody;
  readonly operation: number;
}

function looksBefore(writer: AccessEvent, all: readonly AccessEvent[], heldAt: (access: AccessEvent) => HeldLocks): readonly Look[] {
  const found: Look[] = [];
  const locks = heldAt(writer);
  let operation = writer.operation;
  for (let at: Activation | undefined = writer.activation; at; operation = at.callSite, at = at.caller) {
    const { body } = at;
    for (const passed of conditionsAt(body, operation)) {
      const read = askedIn(body, passed);
      const look = read === NONE ? undefined : all.find((each) => each.activation === at && each.operation === read && !each.isWrite);
      if (!look || !mayExclude(heldAt(look), locks)) continue;
      // What is asked is set in this section and nowhere else, and so is what the access wants.
      const isOurs = (each: AccessEvent): boolean => isRunning(each.activation, body) && mayExclude(heldAt(each), locks);
      const sets = (each: AccessEvent, of: AccessEvent): boolean => each.isWrite && each.location.canonical === of.location.canonical;
      if (all.some((each) => sets(each, look)) && all.every((each) => !(sets(each, look) || sets(each, writer)) || isOurs(each))) found.push({ body, operation: read });
    }
    if (at.deferred) break;
  }
  return found;
}

/** The read in `f == nil`, `f == ""`, `!f`, `!f.Load()` that came out so; NONE for other conditions. */
export function askedIn(body: FunctionBody, { condition, holds }: Passed): number {
  const kind = body.kind(condition);
  if (kind === Op.Read) return holds ? NONE : condition;
  if (kind === Op.Call) return !holds && body.calleeOf(condition)?.role === Role.AtomicRead ? condition : NONE;
  if (kind !== Op.Compute) return NONE;
  const operator: Operator = body.c(condition);
  const isEqual = operator === Operator.Equal;
  if ((!isEqual && operator !== Operator.NotEqual) || isEqual !== holds) return NONE;
  const [x, y] = [body.a(condition), body.b(condition)];
  const isNothing = y !== NONE && (body.kind(y) === Op.Zero || body.constantOf(y) === '' || body.constantOf(y) === 0);
  return isNothing && body.kind(x) === Op.Read ? x : NONE;
}
