// Receives that nobody may be there for any more: whether to wait was decided under a lock, the wait comes after it, and whoever is
// to end the wait does not wait itself.
//
//   s.mu.Lock(); dirty := s.dirty; s.mu.Unlock()          s.mu.Lock(); s.dirty = false
//   if dirty { <-s.clean }                                select { case s.clean <- struct{}{}: default: }; s.mu.Unlock()

import { comesBefore, graphOf } from '../graph.ts';
import { declaredOf } from '../declared.ts';
import type { Place } from '../fields.ts';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { isDecidedBy } from './loaded-values.ts';
import { lockIdentity } from './lock-state.ts';
import type { LockSummaries } from './lock-state.ts';
import { sharedAccessesIn } from './shared-accesses.ts';
import { syncFieldsOf } from './sync-fields.ts';
import type { SyncField } from './sync-fields.ts';

export interface LostWakeup {
  readonly receive: Place;
  /** The test, under the lock, of what says that there is something to wait for. */
  readonly check: number;
  /** A send that goes on when nobody receives. */
  readonly send: Place;
}

export function lostWakeupsIn(program: Program, summaries: LockSummaries): readonly LostWakeup[] {
  const found: LostWakeup[] = [];
  for (const [origin, field] of syncFieldsOf(program)) {
    if (field.field.shape !== Shape.Channel || !field.isKept || field.made.length === 0 || field.made.some(({ capacity }) => capacity !== 0)) continue;
    const uses = usesOf(program, origin, field);
    const sends = uses.filter(({ body, operation }) => body.kind(operation) === Op.Send);
    const receives = uses.filter(({ body, operation }) => body.kind(operation) === Op.Receive && !body.has(operation, Flag.Chosen));
    if (sends.length === 0 || receives.length === 0 || sends.length + receives.length < uses.length || !sends.every(isTried)) continue;
    for (const receive of receives) {
      const check = testBefore(receive, sends, summaries);
      if (check !== NONE) found.push({ receive, check, send: sends[0]! });
    }
  }
  return found;
}

/** All that is done with the channel of a field, beyond giving it a new one. */
function usesOf(program: Program, origin: object, { users }: SyncField): readonly Place[] {
  const found: Place[] = [];
  for (const each of program.functions.values()) {
    for (const body of each.body.unit.bodies) {
      if (!users.has(body)) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const kind = body.kind(operation);
        if ((kind === Op.Send || kind === Op.Receive || kind === Op.Close || kind === Op.Iterate || kind === Op.Call) && declaredOf(body, channelOf(body, operation)) === origin) found.push({ function: each, body, operation });
      }
    }
  }
  return found;
}

function channelOf(body: FunctionBody, operation: number): number {
  return body.kind(operation) === Op.Call ? (body.list(operation)[0] ?? NONE) : body.a(operation);
}

/** True for a send that is given up when nobody receives: `select { case ch <- v: default: }`. */
function isTried({ body, operation }: Place): boolean {
  const graph = graphOf(body);
  return body.has(operation, Flag.Chosen) && graph.predecessors(graph.blockOf(operation)).every((before) => body.endOf(before) === End.Choose && body.condition(before) === 1);
}

/** A read under a lock that decides about a receive after it, of what every send's section of that lock sets; NONE if there is none. */
function testBefore({ body, operation }: Place, sends: readonly Place[], summaries: LockSummaries): number {
  for (const flow of summaries.locksOf(body)?.flows ?? []) {
    if (!flow.isFreeAt(operation)) continue;
    const lock = lockIdentity(flow.lock);
    for (const check of sharedAccessesIn(body)) {
      if (check.mode !== 'read' || !flow.isHeldAt(check.operation) || !comesBefore(body, check.operation, operation) || !isDecidedBy(body, operation, check.operation)) continue;
      if (sends.every((send) => isSetWith(send, check.member, lock, summaries))) return check.operation;
    }
  }
  return NONE;
}

/** True if a member is assigned in the section of a lock in which an operation stands. */
function isSetWith({ body, operation }: Place, member: string, lock: string | undefined, summaries: LockSummaries): boolean {
  return (summaries.locksOf(body)?.heldAt(operation) ?? []).some((flow) => {
    if (lock === undefined || lockIdentity(flow.lock) !== lock) return false;
    const section = flow.takenBy(operation);
    return sharedAccessesIn(body).some((access) => access.mode === 'assign' && access.member === member && flow.takenBy(access.operation).some((by) => section.includes(by)));
  });
}
