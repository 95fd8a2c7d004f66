// Pairs of locks that are taken in both orders. A pair is told by where the two are from one object, or by being of package
// level, so that both orders are certainly about the same two locks, or may be about any object of one type at a time.

import type { FunctionBody } from '../../model/function-body.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { keysOf } from './call-contexts.ts';
import type { AccessPath, Step } from './access-paths.ts';
import { Hold, lockIdentity, lockSummariesOf } from './lock-state.ts';
import type { BodyLocks, LockFlow } from './lock-state.ts';

/** One lock is taken while another one is held. */
export interface Nesting {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly held: AccessPath;
  readonly heldBy: number;
  readonly heldShared: boolean;
  readonly taken: AccessPath;
  /** The operation that takes it, or the call of a function that does. */
  readonly takenBy: number;
  readonly takenShared: boolean;
  /** Kinds of all other locks that are held. */
  readonly gates: ReadonlySet<string>;
}

export interface OrderFault {
  readonly first: Nesting;
  readonly second: Nesting;
}

export function lockOrdersIn(program: Program): readonly OrderFault[] {
  const nestings = new Map<string, Nesting[]>();
  const summaries = lockSummariesOf(program);
  for (const each of program.functions.values()) {
    if (each.isTest || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      const locks = summaries.locksOf(body);
      if (!locks) continue;
      for (const nesting of nestingsIn(each, body, locks, summaries)) {
        const pair = pairOf(nesting.held, nesting.taken);
        if (pair === undefined || !summaries.isStable(nesting.held) || !summaries.isStable(nesting.taken)) continue;
        const list = nestings.get(pair);
        if (list) list.push(nesting);
        else nestings.set(pair, [nesting]);
      }
    }
  }
  const found: OrderFault[] = [];
  for (const [pair, list] of nestings) {
    const [a, b] = pair.split(' > ') as [string, string];
    if (a >= b) continue;
    for (const other of nestings.get(`${b} > ${a}`) ?? []) {
      const first = list.find((each) => each.function !== other.function && mayBlock(each, other));
      if (!first) continue;
      const inOrder = isEarlier(first, other);
      found.push(inOrder ? { first, second: other } : { first: other, second: first });
      break;
    }
  }
  return found;
}

function isEarlier(x: Nesting, y: Nesting): boolean {
  return x.function.path === y.function.path ? x.body.start(x.takenBy) < y.body.start(y.takenBy) : x.function.path < y.function.path;
}

function nestingsIn(function_: ProgramFunction, body: FunctionBody, locks: BodyLocks, summaries: ReturnType<typeof lockSummariesOf>): readonly Nesting[] {
  const found: Nesting[] = [];
  const add = (taken: AccessPath, takenBy: number, takenShared: boolean): void => {
    const held = locks.heldAt(takenBy);
    for (const flow of held) {
      const [heldBy] = flow.takenBy(takenBy);
      if (heldBy === undefined || flow.lock.key === taken.key) continue;
      const gates = new Set(held.filter((each) => each !== flow && each.lock.key !== taken.key).map((each) => lockIdentity(each.lock) ?? each.lock.key));
      found.push({ function: function_, body, held: flow.lock, heldBy, heldShared: !flow.isHeldExclusivelyAt(takenBy), taken, takenBy, takenShared, gates });
    }
  };
  for (const flow of locks.flows) for (const event of takes(flow)) add(flow.lock, event.operation, event.action === 'read-lock');
  for (const { operation, lock, acquisition } of locks.acquisitionsThrough(summaries)) {
    if (!acquisition.conditional && (locks.flowOf(lock)?.before[operation] ?? Hold.Before) === Hold.Before) add(lock, operation, acquisition.mode === 'shared');
  }
  return found;
}

function takes(flow: LockFlow): LockFlow['events'] {
  return flow.complete ? flow.events.filter((event) => !event.deferred && (event.action === 'lock' || event.action === 'read-lock')) : [];
}

/** The two locks as text; the same for the same two, whichever object they belong to. */
function pairOf(held: AccessPath, taken: AccessPath): string | undefined {
  if (held.root.kind === 'global' && taken.root.kind === 'global') {
    if (hasElement(held.steps) || hasElement(taken.steps)) return undefined;
    return `${held.key} > ${taken.key}`;
  }
  if (held.root.key !== taken.root.key || held.root.kind !== 'parameter') return undefined;
  let shared = 0;
  while (shared < held.steps.length && shared < taken.steps.length && held.steps[shared]!.key === taken.steps[shared]!.key) shared++;
  const [a, b] = [held.steps.slice(shared), taken.steps.slice(shared)];
  // Only locks that are parts of one object.
  if (a.length === 0 || b.length === 0 || [...a, ...b].some((step) => step.kind !== 'field')) return undefined;
  return `${keysOf(a)} > ${keysOf(b)}`;
}

function hasElement(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === 'element');
}

/** Each waits for what the other holds, and no third lock keeps them apart. */
function mayBlock(x: Nesting, y: Nesting): boolean {
  if (x.heldShared && y.takenShared) return false;
  if (y.heldShared && x.takenShared) return false;
  for (const gate of x.gates) if (y.gates.has(gate)) return false;
  return true;
}
