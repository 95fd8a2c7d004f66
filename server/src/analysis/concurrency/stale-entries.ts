// What is added for an entry in a later section than the one in which the entry was looked up, where whoever removes entries goes
// through what was added as well: it may have been there already, and then what is added stays for ever.
//
//   s.mu.RLock(); peer, ok := s.peers[id]; s.mu.RUnlock()          s.mu.Lock()
//   if !ok { return }                                              delete(s.peers, id)
//   s.mu.Lock(); s.pipes = append(s.pipes, open(peer))             for _, p := range s.pipes { … }

import { comesBefore } from '../graph.ts';
import { keyOf, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { isContainer } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { valuesOf } from '../values.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import type { LockFlow, LockSummaries } from './lock-state.ts';
import { lockIdentity } from './lock-state.ts';
import { dependsOn, isDecidedBy } from './loaded-values.ts';
import { isWriting, sharedAccessesIn } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';

export interface StaleEntry {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly flow: LockFlow;
  /** The lookup, and the operation that puts something that belongs to the entry elsewhere. */
  readonly check: number;
  readonly act: number;
  /** Where entries are removed, in the section in which what belongs to them is gone through. */
  readonly removal: { readonly function: ProgramFunction; readonly access: SharedAccess };
}

/** A section that removes elements of one member and uses another one. */
interface Removal {
  readonly function: ProgramFunction;
  readonly access: SharedAccess;
  readonly lock: string;
  /** The other members that are used in the section. */
  readonly members: ReadonlySet<string>;
}

/** What is added because of an entry that may be gone, one for each function. */
export function staleEntriesIn(program: Program, summaries: LockSummaries): readonly StaleEntry[] {
  const found: StaleEntry[] = [];
  let removals: readonly Removal[] | undefined;
  for (const each of program.functions.values()) {
    if (each.isTest || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      for (const flow of summaries.locksOf(body)?.flows ?? []) {
        if (!flow.complete || flow.events.filter(({ action }) => action === 'lock' || action === 'read-lock').length < 2) continue;
        const stale = staleEntry(body, flow, (removals ??= removalsIn(program, summaries)));
        if (stale) found.push({ function: each, body, flow, ...stale });
      }
    }
  }
  return found;
}

function staleEntry(body: FunctionBody, flow: LockFlow, removals: readonly Removal[]): Pick<StaleEntry, 'check' | 'act' | 'removal'> | undefined {
  const accesses = sharedAccessesIn(body);
  for (const act of accesses) {
    if (!isWriting(act) || !isContainer(act.shape) || !flow.isHeldExclusivelyAt(act.operation)) continue;
    const taken = flow.takenBy(act.operation);
    for (const check of accesses) {
      if (check.member === act.member || check.path.root.key !== act.path.root.key || !isLookup(check) || !flow.isHeldAt(check.operation)) continue;
      if (taken.some((by) => flow.takenBy(check.operation).includes(by)) || !comesBefore(body, check.operation, act.operation)) continue;
      // Looked again in the section of the act.
      if (accesses.some((each) => each.member === check.member && flow.takenBy(each.operation).some((by) => taken.includes(by)))) continue;
      if (!isDecidedBy(body, act.operation, check.operation) || !isMadeOf(body, act.operation, check.operation)) continue;
      const removal = removals.find(({ access, lock, members }) => access.body !== body && access.member === check.member && lock === identityOf(flow.lock) && members.has(act.member));
      if (removal) return { check: check.operation, act: act.operation, removal };
    }
  }
  return undefined;
}

/** `v, ok := m[k]` */
function isLookup({ body, operation }: SharedAccess): boolean {
  return body.kind(operation) === Op.Read && keyOf(body, operation) !== NONE;
}

/** True if what an operation puts somewhere was made of what another one read, also by a call. */
function isMadeOf(body: FunctionBody, act: number, check: number): boolean {
  const value = body.kind(act) === Op.Write ? body.b(act) : NONE;
  const parts = value !== NONE && body.kind(value) === Op.Append ? [...body.list(value)] : [value];
  return parts.some((part) => isPartlyOf(body, part, check, 0));
}

/** What is made is looked into so deep. */
const nesting = 4;

function isPartlyOf(body: FunctionBody, value: number, check: number, depth: number): boolean {
  if (value === NONE || depth > nesting) return false;
  if (dependsOn(body, value, check)) return true;
  const made = valuesOf(body).origin(valuesOf(body).number(value));
  if (made === NONE) return false;
  const parts = body.kind(made) === Op.Allocate ? [body.a(made)] : body.kind(made) === Op.Aggregate ? [...body.list(made)].filter((_, index) => index % 2 === 1) : body.kind(made) === Op.Call ? [...body.list(made)] : [];
  return parts.some((part) => isPartlyOf(body, part, check, depth + 1));
}

/** The sections of a program that remove elements of a member, with what else they use. */
function removalsIn(program: Program, summaries: LockSummaries): readonly Removal[] {
  const found: Removal[] = [];
  for (const each of program.functions.values()) {
    if (each.isTest || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      const accesses = sharedAccessesIn(body);
      for (const access of accesses) {
        if (!removes(access)) continue;
        for (const flow of summaries.locksOf(body)?.heldAt(access.operation) ?? []) {
          if (!flow.isHeldExclusivelyAt(access.operation)) continue;
          const section = flow.takenBy(access.operation);
          const members = new Set(accesses.filter((other) => other.member !== access.member && other.path.root.key === access.path.root.key && isContainer(other.shape) && flow.takenBy(other.operation).some((by) => section.includes(by))).map(({ member }) => member));
          if (members.size > 0) found.push({ function: each, access, lock: identityOf(flow.lock), members });
        }
      }
    }
  }
  return found;
}

function removes({ body, operation }: SharedAccess): boolean {
  const kind = body.kind(operation);
  return (kind === Op.Delete || kind === Op.Clear) && containerOf(body, operation) !== NONE && accessPathsOf(body).ofValue(containerOf(body, operation)) !== undefined;
}

function identityOf(lock: AccessPath): string {
  return lockIdentity(lock) ?? lock.key;
}
