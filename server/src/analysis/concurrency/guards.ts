// Which lock guards which field: every access of a field of the package with the locks that are held at it, by all ways
// in which its function is called. Where most accesses hold one lock, found from the field's own object, that lock is its
// guard.

import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Op } from '../../model/operations.ts';
import type { Program, ProgramFunction, StatedGuard } from '../../model/program.ts';
import { accessPathsOf, endsIn } from './access-paths.ts';
import type { AccessPath, Step } from './access-paths.ts';
import { CallContexts, isTouched, keysOf, mayHoldOrNot } from './call-contexts.ts';
import type { CallContext, LockMode } from './call-contexts.ts';
import { Hold, lockIdentity } from './lock-state.ts';
import { neverRunsLocked } from './locked-calls.ts';
import type { LockFlow } from './lock-state.ts';
import { elementAccessesIn, recordAccessesIn, sharedAccessesIn } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';

/** A lock at an access, by where it is from the object that both belong to. */
export interface RelatedLock {
  /** Equal for equal positions of field and lock. */
  readonly relation: string;
  readonly mode: LockMode;
  readonly name: string;
  /** True if the field holds a pointer to the lock: those of other objects, or other fields, may lead to the same one. */
  readonly isBehindPointer: boolean;
}

/** An access in one of the ways its function is called. */
export interface LocatedAccess {
  readonly access: SharedAccess;
  readonly function: ProgramFunction;
  readonly context: CallContext;
  /** True if the body around it is a task. */
  readonly isTask: boolean;
  readonly locks: readonly RelatedLock[];
  /** The kinds of all locks that are held, whatever object they belong to. */
  readonly kinds: ReadonlySet<string>;
  /** Some lock may be held or not: nothing can be said, but of the locks that its body takes itself. */
  readonly isUnknown: boolean;
  /** True if nothing but that the function is called in ways which are not known makes it unknown. */
  readonly isCalledSomehow: boolean;
  /** The relations of locks that a body takes itself which is called in unknown ways, and does not hold here. */
  readonly without: readonly string[];
}

/** True if nothing is known of whether some lock is held at an access; what a function never runs under is known whoever calls it. */
export function isUnknownOf({ isUnknown, isCalledSomehow, without, function: function_ }: LocatedAccess, relation: string, program: Program): boolean {
  if (!isUnknown || without.includes(relation)) return false;
  return !isCalledSomehow || !neverRunsLocked(program, function_, partsOf(relation).lock);
}

/** Everything known of one field or variable of package level. */
export interface Member {
  readonly key: string;
  /** The lock that a comment says guards it. */
  readonly stated: StatedGuard | undefined;
  readonly name: string;
  readonly shape: Shape;
  readonly accesses: readonly LocatedAccess[];
  readonly program: Program;
}

export class Guards {
  readonly contexts: CallContexts;
  readonly members: ReadonlyMap<string, Member>;
  private knownElements: ReadonlyMap<string, Member> | undefined;
  private knownRecords: ReadonlyMap<string, Member> | undefined;
  /** Fields that are accessed atomically, or whose address goes elsewhere. */
  private readonly excluded = new Set<string>();

  constructor(readonly program: Program) {
    this.contexts = new CallContexts(program);
    for (const each of program.functions.values()) if (!each.isTest) for (const body of each.body.unit.bodies) this.exclude(body);
    const members = this.collect(sharedAccessesIn);
    for (const key of this.excluded) members.delete(key);
    this.members = members;
  }

  /** The containers that are elements of containers in members: `c.lists[k]`, all elements as one. */
  get elements(): ReadonlyMap<string, Member> {
    return (this.knownElements ??= this.collect(elementAccessesIn));
  }

  /** The records in members that are read or assigned as a whole somewhere and in part elsewhere, with all of these accesses: `n.config`, `n.config.limit`. */
  get records(): ReadonlyMap<string, Member> {
    if (this.knownRecords) return this.knownRecords;
    const records = this.collect(recordAccessesIn);
    for (const [key, { accesses }] of records) if (accesses.every(({ access }) => access.part !== undefined) || accesses.every(({ access }) => access.part === undefined)) records.delete(key);
    return (this.knownRecords = records);
  }

  private collect(accessesIn: (body: FunctionBody) => readonly SharedAccess[]): Map<string, Member> {
    const members = new Map<string, { key: string; stated: StatedGuard | undefined; name: string; shape: Shape; accesses: LocatedAccess[]; program: Program }>();
    for (const each of this.program.functions.values()) {
      if (each.isForTests || each.entry === 'init' || each.generated) continue;
      for (const body of each.body.unit.bodies) {
        for (const located of this.locate(each, body, accessesIn(body))) {
          const { member, name, shape } = located.access;
          let known = members.get(member);
          if (!known) members.set(member, (known = { key: member, stated: this.program.statedGuards.find((each) => endsIn(member, each.member)), name, shape, accesses: [], program: this.program }));
          if (known.shape === Shape.Unknown) known.shape = shape;
          known.accesses.push(located);
        }
      }
    }
    return members;
  }

  private exclude(body: FunctionBody): void {
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.AddressOf || !isScalar(body, operation)) continue;
      const last = accessPathsOf(body).ofPlaceOf(operation)?.steps.at(-1);
      if (last?.kind === 'field') this.excluded.add(last.key);
    }
  }

  private locate(function_: ProgramFunction, body: FunctionBody, accesses: readonly SharedAccess[]): readonly LocatedAccess[] {
    if (accesses.length === 0) return [];
    const use = this.contexts.useOf(body);
    // Of what runs at unknown times, a closure or a method whose value goes elsewhere, it is known what it locks itself: with that it is not called.
    const isSomehow = use.kind === 'unknown' || (use.kind === 'now' && this.contexts.of(function_).length === 0 && this.contexts.isUnclear(function_));
    if (isSomehow && !this.contexts.summaries.locksOf(body)?.flows.some(locksItself)) return [];
    const isTask = use.kind === 'task';
    const contexts = isTask || isSomehow ? [{ root: function_, site: undefined, held: [], unpublished: new Set<number>(), isUnclear: false }] : this.contexts.of(function_);
    const flows = this.contexts.summaries.locksOf(body)?.flows ?? [];
    const found: LocatedAccess[] = [];
    for (const access of accesses) {
      const around = this.contexts.heldIn(body, access.operation, use);
      const own = around.flatMap(({ lock, mode }) => (isOneLock(this.contexts, lock) ? relate(access.path, lock, mode) : []));
      const isUnclear = mayHoldOrNot(flows, access.operation);
      const freeOf = (isFree: (flow: LockFlow) => boolean): readonly string[] => flows.flatMap((flow) => (isFree(flow) && flow.isFreeAt(access.operation) ? relate(access.path, flow.lock, 'exclusive').map(({ relation }) => relation) : []));
      const without = isSomehow ? freeOf(locksItself) : freeOf(takesFromCallers);
      for (const context of contexts) {
        if (isUnpublished(access.path, context)) continue;
        const inherited = context.held.flatMap((lock) => {
          if (lock.global) return relate(access.path, lock.global, lock.mode);
          if (access.path.root.kind !== 'parameter' || access.path.root.body !== 0 || access.path.root.index !== lock.parameter) return [];
          const [first, ...rest] = access.path.steps;
          if (first?.kind !== 'target' || isTouched(flows, lock, access.operation)) return [];
          return isPart([...lock.down, ...rest], lock.lock) ? [relation([...lock.down, ...rest], lock.lock, lock.mode)] : [];
        });
        const isUnknownHere = isSomehow || isUnclear || context.isUnclear;
        const isCalledSomehow = !isUnknownHere && !isTask && this.contexts.isUnclear(function_);
        found.push({ access, function: function_, context, isTask, locks: [...own, ...inherited], kinds: kindsOf(around.map((each) => each.lock), context), isUnknown: isUnknownHere || isCalledSomehow, isCalledSomehow, without });
      }
    }
    return found;
  }
}

function locksItself({ complete, events }: LockFlow): boolean {
  return complete && events.some(({ action, through }) => !through && (action === 'lock' || action === 'read-lock'));
}

/** True for a lock that the body takes as its callers left it: none of them holds it, whoever they are. */
function takesFromCallers({ complete, steps }: LockFlow): boolean {
  return complete && steps.some(({ event, hold, vague }) => hold === Hold.Before && !vague && !event.through && !event.deferred && (event.action === 'lock' || event.action === 'read-lock'));
}

function kindsOf(locks: readonly AccessPath[], context: CallContext): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const lock of locks) kinds.add(lockIdentity(lock) ?? lock.key);
  for (const { lock, global } of context.held) kinds.add(global ? (lockIdentity(global) ?? global.key) : (lock.findLast((step) => step.kind === 'field')?.key ?? lock.at(-1)?.key ?? ''));
  return kinds;
}

/** True if an address is that of a number, a boolean, a pointer: something that is read and written as a whole. */
function isScalar(body: FunctionBody, address: number): boolean {
  const place = body.a(address);
  const field = body.placeB(place);
  const shape = body.unit.fields[field]?.shape ?? Shape.Unknown;
  return shape !== Shape.Record && shape !== Shape.Array;
}

function isUnpublished({ root }: AccessPath, context: CallContext): boolean {
  return root.kind === 'parameter' && root.body === 0 && context.unpublished.has(root.index);
}

/** A lock by where it is from the member of an access; none if it belongs to neither the member's object nor the package. */
export function relate(access: AccessPath, lock: AccessPath, mode: LockMode): readonly RelatedLock[] {
  if (access.root.key === lock.root.key) return isPart(access.steps, lock.steps) ? [relation(access.steps, lock.steps, mode)] : [];
  return lock.root.kind === 'global' ? [{ relation: `|${lock.key}`, mode, name: [lock.root.name, ...lock.steps.map((step) => step.name)].filter((name) => name !== '').join('.'), isBehindPointer: lock.steps.at(-1)?.kind === 'target' }] : [];
}

/** False for a lock behind a pointer that may point to another one later. */
function isOneLock({ summaries }: CallContexts, lock: AccessPath): boolean {
  return lock.steps.at(-1)?.kind !== 'target' || summaries.isStable(lock);
}

/** True if the lock is part of an object that leads to the member, or behind a pointer of it, and not part of one that the object points to. */
function isPart(access: readonly Step[], lock: readonly Step[]): boolean {
  let shared = 0;
  while (shared < access.length && shared < lock.length && access[shared]!.key === lock[shared]!.key) shared++;
  return withoutPointer(lock.slice(shared)).every((step) => step.kind === 'field');
}

/** The way to a lock, or to the pointer to it: `mu *sync.Mutex` is as good as `mu sync.Mutex`. */
function withoutPointer(lock: readonly Step[]): readonly Step[] {
  return lock.length > 1 && lock.at(-1)!.kind === 'target' ? lock.slice(0, -1) : lock;
}

function relation(access: readonly Step[], lock: readonly Step[], mode: LockMode): RelatedLock {
  let shared = 0;
  while (shared < access.length && shared < lock.length && access[shared]!.key === lock[shared]!.key) shared++;
  const way = withoutPointer(lock.slice(shared));
  const name = way.map((step) => step.name).filter((each) => each !== '').join('.');
  return { relation: `${keysOf(access.slice(shared))}|${keysOf(way)}`, mode, name, isBehindPointer: way.length < lock.length - shared };
}

/** A relation's way to the member and its way to the lock, from the object that both belong to; '' for a lock of package level's member. */
export function partsOf(relation: string): { readonly member: string; readonly lock: string } {
  const [member = '', lock = ''] = relation.split('|');
  return { member, lock };
}

/** True if a function says, by its name or the comment above it, that its callers hold a lock. */
export function expectsLock(function_: ProgramFunction): boolean {
  return expectsLockByName(function_) || function_.requires.length > 0;
}

/** True if a function says by its name that its callers hold a lock: `evictLocked`, `RangeUnsafe`. */
export function expectsLockByName({ name }: ProgramFunction): boolean {
  const lower = name.toLowerCase();
  return lockedEndings.some((ending) => lower.endsWith(ending)) || lower.startsWith('unsafe') || lower.startsWith('locked');
}

/** How Go code names functions that are called with the lock held. */
const lockedEndings: readonly string[] = ['locked', 'nolock', 'lockheld', 'withlock', 'lockfree', 'unsafe'];

const known = new WeakMap<Program, Guards>();

export function guardsOf(program: Program): Guards {
  let guards = known.get(program);
  if (!guards) known.set(program, (guards = new Guards(program)));
  return guards;
}
