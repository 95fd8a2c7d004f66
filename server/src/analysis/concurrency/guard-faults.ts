// Accesses that do not fit the guard of their field: without it, or with the read lock only where they change something.

import { fieldUsesOf } from '../fields.ts';
import { comesBefore, graphOf } from '../graph.ts';
import { loopsAround } from '../loops.ts';
import { valuesOf } from '../values.ts';
import { Walk, walkForward } from '../walk.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, VariableKind } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction, StatedGuard } from '../../model/program.ts';
import { accessPathsOf, endsIn } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { keysOf } from './call-contexts.ts';
import type { CallContexts } from './call-contexts.ts';
import { expectsLock, guardsOf, isUnknownOf, partsOf, relate } from './guards.ts';
import type { Guards, LocatedAccess, Member } from './guards.ts';
import { Hold, closuresOf, lockIdentity } from './lock-state.ts';
import type { LockFlow } from './lock-state.ts';
import { isSetByOnce } from './once-set-up.ts';
import { isInSetUp } from './set-up.ts';
import { isSetWhereMissing, isSettledMember } from './settled-members.ts';
import { isWriting, sharedAccessesIn } from './shared-accesses.ts';
import type { SharedAccess } from './shared-accesses.ts';

/** So many accesses have to hold a lock, in so many functions, and this share of all. */
const leastAccesses = 3;
const leastFunctions = 2;
const leastShare = 0.75;

/** The accesses of one operation, in all ways its function is called. */
interface Place {
  readonly body: FunctionBody;
  readonly operation: number;
  readonly ways: readonly LocatedAccess[];
}

/** A lock and the accesses that hold it. */
export interface Guard {
  readonly relation: string;
  /** The lock's own name, from the object that both belong to. */
  readonly name: string;
  readonly guarded: readonly LocatedAccess[];
  /** Those in functions that say that callers hold a lock are made by a call without it, beside others with it. */
  readonly unguarded: readonly LocatedAccess[];
  /** The comment that says it; undefined for a guard that only the uses tell. */
  readonly stated: StatedGuard | undefined;
}

function placesOf(member: Member): readonly Place[] {
  const places = new Map<FunctionBody, Map<number, LocatedAccess[]>>();
  for (const located of member.accesses) {
    const { body, operation } = located.access;
    let own = places.get(body);
    if (!own) places.set(body, (own = new Map()));
    const ways = own.get(operation);
    if (ways) ways.push(located);
    else own.set(operation, [located]);
  }
  return [...places].flatMap(([body, own]) => [...own].map(([operation, ways]) => ({ body, operation, ways })));
}

/** The lock that most accesses of a member hold, whether those are enough or not; undefined if none holds one. */
export function guardOf(member: Member): Guard | undefined {
  let guard = known.get(member);
  if (guard === undefined && !known.has(member)) known.set(member, (guard = findGuard(member)));
  return guard;
}

const known = new WeakMap<Member, Guard | undefined>();

function findGuard(member: Member): Guard | undefined {
  const places = placesOf(member);
  const counts = new Map<string, { name: string; count: number }>();
  for (const { ways } of places) {
    for (const lock of ways[0]!.locks) {
      if (!ways.every((way) => way.locks.some((each) => each.relation === lock.relation))) continue;
      const known = counts.get(lock.relation);
      if (known) known.count++;
      else counts.set(lock.relation, { name: lock.name, count: 1 });
    }
  }
  const { stated } = member;
  const [best] = [...counts].filter(([key]) => !stated || endsIn(key, stated.lock)).sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
  if (!best) return undefined;
  const [relation, { name }] = best;
  const guarded: LocatedAccess[] = [];
  const unguarded: LocatedAccess[] = [];
  for (const { ways } of places) {
    const holds = (way: LocatedAccess): boolean => way.locks.some((each) => each.relation === relation);
    if (ways.every(holds)) guarded.push(ways[0]!);
    else {
      // Who says that callers hold a lock is right if some hold this one: a caller that does not is wrong.
      const isTold = ways.some((way) => holds(way) && way.context.site);
      const without = ways.find((way) => !holds(way) && !isUnknownOf(way, relation, member.program) && (!expectsLock(way.function) || (isTold && way.context.site)));
      if (without && isInWhole(without, relation)) unguarded.push(without);
    }
  }
  return { relation, name, guarded, unguarded, stated };
}

/**
 * False for a part that is reached by a pointer of its own, where the lock is beside the part in a whole: whose part it is, or whether it is
 * a copy, is not known. `func send(p *Progress) { … p.Height … }`, and `s.mu` beside `s.Progress`.
 */
function isInWhole({ access: { path }, context: { site } }: LocatedAccess, relation: string): boolean {
  const { member } = partsOf(relation);
  if (keysOf(path.steps).endsWith(member)) return true;
  const { root, steps } = path;
  if (!site || root.kind !== 'parameter' || root.body !== 0) return false;
  const given = site.body.list(site.operation)[root.index] ?? NONE;
  const from = given === NONE ? undefined : accessPathsOf(site.body).ofTarget(given);
  return from !== undefined && keysOf([...from.steps, ...steps.slice(1)]).endsWith(member);
}

/** True if the accesses that hold the lock are enough to call it the member's guard. */
export function isProven({ guarded, unguarded, stated }: Guard): boolean {
  if (stated?.isExact) return true;
  const count = mentions(guarded);
  if (count < leastAccesses) return false;
  if (new Set(guarded.map((each) => each.function.key)).size < leastFunctions) return false;
  if (!guarded.some((each) => isWriting(each.access))) return false;
  return count >= leastShare * (count + mentions(unguarded));
}

/** How many mentions in the source some accesses are. */
export function mentions(accesses: readonly LocatedAccess[]): number {
  const seen = new Map<FunctionBody, Set<number>>();
  let count = 0;
  for (const { access } of accesses) {
    let own = seen.get(access.body);
    if (!own) seen.set(access.body, (own = new Set()));
    if (own.has(access.mention)) continue;
    own.add(access.mention);
    count++;
  }
  return count;
}

export interface GuardFault {
  readonly member: Member;
  readonly guard: Guard;
  readonly at: LocatedAccess;
  /** The other side: a guarded access, a write if there is one. */
  readonly other: LocatedAccess;
}

const knownFaults = new WeakMap<Program, readonly GuardFault[]>();

/** Accesses without the lock that guards their member elsewhere. */
export function inconsistentAccesses(program: Program): readonly GuardFault[] {
  let faults = knownFaults.get(program);
  if (!faults) knownFaults.set(program, (faults = findInconsistent(program)));
  return faults;
}

function findInconsistent(program: Program): readonly GuardFault[] {
  const found: GuardFault[] = [];
  const initialisers = initialisersOf(program);
  const sorted = sortedTypesOf(program);
  const guards = guardsOf(program);
  const { contexts } = guards;
  const told = new Map<FunctionBody, Set<number>>();
  const inspect = (member: Member, sideOf: (guard: Guard, at: LocatedAccess) => LocatedAccess | undefined): void => {
    const guard = guardOf(member);
    if (!guard || !isProven(guard)) return;
    const first = new Set<FunctionBody>();
    for (const at of guard.unguarded) {
      const { body, mention } = at.access;
      // One finding for each function: the first access says it.
      if (first.has(body) || told.get(body)?.has(mention) || !isReachedUnguarded(contexts, at, guard, initialisers, sorted) || isSettledMember(program, member, guard, at) || isSetByOnce(program, member, at) || makesOnlyMap(program, member, at) || asksWhetherThere(member, at)) continue;
      const other = sideOf(guard, at);
      if (!other || (at.isTask && spawnerLock(at, guard, (each) => contexts.summaries.locksOf(each)?.flows ?? []))) continue;
      first.add(body);
      told.set(body, (told.get(body) ?? new Set()).add(mention));
      found.push({ member, guard, at, other });
    }
  };
  for (const member of guards.members.values()) inspect(member, (guard) => guard.guarded.find((each) => isWriting(each.access)) ?? guard.guarded[0]!);
  // Who calls a method of a type that only the package knows through an interface may hold a lock of what it gives it.
  for (const record of guards.records.values()) inspect(record, (guard, at) => (at.context.root.isOfHiddenType && contexts.isUnclear(at.context.root) ? undefined : wholeOf(guard, at)));
  return found;
}

/** The other side of an access of a record: what replaces or changes it, one of the two the whole of it. Parts that differ do not meet. */
function wholeOf({ guarded }: Guard, at: LocatedAccess): LocatedAccess | undefined {
  const meets = ({ access }: LocatedAccess): boolean => access.part === undefined || at.access.part === undefined;
  return guarded.find((each) => meets(each) && isWriting(each.access)) ?? guarded.find((each) => meets(each) && isWriting(at.access));
}

/** True for what alone gives a member its map: who puts something into it comes after that. */
function makesOnlyMap(program: Program, { shape, accesses }: Member, { access: { body, operation, mode, path } }: LocatedAccess): boolean {
  const declared = path.steps.at(-1)?.field;
  if (mode !== 'assign' || shape !== Shape.Map || declared === undefined || body.parent !== NONE || body.kind(operation) !== Op.Write || !isMade(body, body.b(operation))) return false;
  return accesses.some(({ access }) => access.mode === 'mutate') && fieldUsesOf(program).get(declared)?.assignments.length === 1;
}

/** `if allocations == nil`: looks at none of the elements, which the lock is there for, where nobody puts another container into the member. */
export function asksWhetherThere(member: Member, { access: { body, operation, mode } }: LocatedAccess): boolean {
  if (mode !== 'read' || !isContainerMember(member) || member.accesses.some(({ access }) => access.mode === 'assign')) return false;
  return !usedIn(body).has(operation);
}

const used = new BodyFacts<ReadonlySet<number>>();

/** The operations whose value is used for more than a comparison with nil. */
function usedIn(body: FunctionBody): ReadonlySet<number> {
  let found = used.get(body);
  if (!found) used.set(body, (found = findUsed(body)));
  return found;
}

function findUsed(body: FunctionBody): ReadonlySet<number> {
  const found = new Set<number>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (!isNilComparison(body, operation)) body.forEachOperand(operation, (value) => void found.add(value));
  }
  return found;
}

function isNilComparison(body: FunctionBody, operation: number): boolean {
  if (body.kind(operation) !== Op.Compute || (body.c(operation) !== Operator.Equal && body.c(operation) !== Operator.NotEqual)) return false;
  return [body.a(operation), body.b(operation)].some((value) => value !== NONE && body.kind(value) === Op.Zero);
}

/** An access outside the sections of a lock that its own function takes. */
export interface OutsideFault extends GuardFault {
  /** Where the function takes the lock. */
  readonly taken: number;
}

/** The members of which too few uses tell the guard, with what seems to be it. */
export function perhapsGuarded(program: Program): readonly { readonly member: Member; readonly guard: Guard }[] {
  return [...guardsOf(program).members.values()].flatMap((member) => {
    const guard = guardOf(member);
    return !guard || isProven(guard) || (!guard.stated && namesOthers(program, guard)) || isSetUpOnce(member) ? [] : [{ member, guard }];
  });
}

/**
 * Accesses of members of which too few uses tell the guard, where the function itself takes the lock under which others use the member:
 * it knows that it has company, and every other use that matters holds the lock.
 *
 *   func (h *heap) Top() int { top := h.top; h.mu.RLock(); … }   ← top is only assigned under mu
 */
export function accessesOutsideOwnSections(program: Program): readonly OutsideFault[] {
  const found: OutsideFault[] = [];
  const guards = guardsOf(program);
  const initialisers = initialisersOf(program);
  const sorted = sortedTypesOf(program);
  for (const { member, guard } of perhapsGuarded(program)) {
    const seen = new Set<FunctionBody>();
    const outside = member.accesses.filter((each) => !each.locks.some((lock) => lock.relation === guard.relation));
    for (const at of outside) {
      // Who takes the lock itself is not called with it, whatever else is not known of its callers.
      const taken = seen.has(at.access.body) || at.isTask ? undefined : takenOutside(guards, at, guard);
      if (taken === undefined || !isReachedUnguarded(guards.contexts, at, guard, initialisers, sorted)) continue;
      if (isAfterWait(program, at.access) || isSettledMember(program, member, guard, at) || asksWhetherThere(member, at) || (isAfterOwnSection(guards, at, guard) && isSetWhereMissing(program, member, guard))) continue;
      const told = membersSetBefore(at.access);
      const other = guard.guarded.find((each) => isOtherSide(each, at) && each.context.root !== at.context.root && !asks(each, told));
      if (!other || outside.some((each) => isOtherSide(each, at) && !initialisers.has(each.access.body))) continue;
      seen.add(at.access.body);
      found.push({ member, guard, at, other, taken });
    }
  }
  return found;
}

/** True for a channel, or a pointer, that only one function ever assigns, something new: the lock is there for what else it sets up. */
function isSetUpOnce({ shape, accesses }: Member): boolean {
  if (shape !== Shape.Channel && shape !== Shape.Pointer) return false;
  const writes = accesses.filter(({ access }) => isWriting(access));
  return new Set(writes.map(({ access }) => access.body)).size === 1 && writes.every(({ access: { body, operation, mode } }) => mode === 'assign' && body.kind(operation) === Op.Write && isMade(body, body.b(operation)));
}

function isMade(body: FunctionBody, value: number): boolean {
  return value !== NONE && valuesOf(body).creation(valuesOf(body).number(value)) !== undefined;
}

/** True if comments say what the lock of a guard is there for: `mu sync.Mutex // protects subscriptions and pool`. */
function namesOthers({ statedGuards }: Program, { relation }: Guard): boolean {
  return statedGuards.some(({ isExact, lock }) => isExact && endsIn(relation, lock));
}

/** True if a call before an access, on every path to it, may wait for other tasks: `c.mu.Unlock(); c.stop(); return c.err`. */
export function isAfterWait(program: Program, { body, operation }: SharedAccess): boolean {
  return marksIn(body).calls.some((call) => comesBefore(body, call, operation) && program.summaryOf(body.calleeOf(call)!)?.waits === true);
}

/** The members of the same object that a body assigns before an access: others may be told by them. */
function membersSetBefore({ body, operation, path }: SharedAccess): ReadonlySet<string> {
  return new Set(sharedAccessesIn(body).flatMap((each) => (each.mode === 'assign' && each.operation < operation && each.path.root.key === path.root.key ? [each.member] : [])));
}

/** True if the function of an access, or one that calls it, reads one of some members. */
function asks({ function: function_, context }: LocatedAccess, members: ReadonlySet<string>): boolean {
  const bodies = [...function_.body.unit.bodies, ...context.root.body.unit.bodies, ...(context.site ? [context.site.body] : [])];
  return members.size > 0 && bodies.some((body) => sharedAccessesIn(body).some((each) => each.mode === 'read' && members.has(each.member)));
}

/** True for an access in another function, one of the two a change. */
function isOtherSide(each: LocatedAccess, at: LocatedAccess): boolean {
  return each.function !== at.function && (isWriting(each.access) || isWriting(at.access));
}

/** True for a read, not a look whether something is there, that the body only comes to through a section of the guard. */
export function isAfterOwnSection({ contexts }: Guards, { access }: LocatedAccess, guard: Guard): boolean {
  if (access.mode !== 'read' || !usedIn(access.body).has(access.operation)) return false;
  return (contexts.summaries.locksOf(access.body)?.flows ?? []).some((flow) => flow.complete && flow.before[access.operation] === Hold.Free && isGuardOf(access, flow.lock, guard));
}

/** Where the body takes the guard, which it does not hold at an access; for a change, before it: what comes first may set up. */
function takenOutside(guards: Guards, { access }: LocatedAccess, guard: Guard): number | undefined {
  for (const flow of guards.contexts.summaries.locksOf(access.body)?.flows ?? []) {
    const isFree = isWriting(access) ? flow.before[access.operation] === Hold.Free : flow.isFreeAt(access.operation);
    if (!flow.complete || !isFree || !isGuardOf(access, flow.lock, guard)) continue;
    const event = flow.events.find(({ action, through }) => !through && (action === 'lock' || action === 'read-lock'));
    if (event) return event.operation;
  }
  return undefined;
}

/** True if a lock, as it is found in the body of an access, is the guard of its member. */
function isGuardOf({ path }: SharedAccess, lock: AccessPath, { relation }: Guard): boolean {
  return relate(path, lock, 'exclusive').some((each) => each.relation === relation);
}

export function isReachedUnguarded(contexts: CallContexts, at: LocatedAccess, guard: Guard, initialisers: ReadonlySet<FunctionBody>, sorted: ReadonlySet<string>): boolean {
  const { access, function: fn, context, isTask } = at;
  if (isLockedOtherwise(at, guard) || (expectsLock(fn) && !guard.unguarded.includes(at)) || expectsLock(context.root)) return false;
  // A lock of this kind is held, by another path: it may be this one.
  const { lock } = partsOf(guard.relation);
  for (const kind of at.kinds) if (lock.endsWith(kind)) return false;
  if (!isTask && contexts.isGivenLocked(context.root, lock)) return false;
  // Code of main runs on its own until it starts something.
  if (context.root.entry !== undefined && !isTask) return false;
  // What a local variable holds was read before, perhaps under the lock: that is another defect, or a swap.
  if (!namesMember(access)) return false;
  if (initialisers.has(access.body) || isAfterJoin(access.body, access.operation) || (isTask && startsAfterJoin(access.body))) return false;
  // Sorting calls these while the caller holds the lock.
  if (isForSorting(fn, sorted)) return false;
  if (isInSetUp(contexts, at)) return false;
  if (access.mode !== 'assign') return true;
  const { site } = context;
  return !startsTaskAfter(access.body, access.operation) && !(site && startsTaskAfter(site.body, site.operation));
}

/** True if another lock of the same object is held: at a change, any; at a read, one that everybody holds who changes the member. */
function isLockedOtherwise(at: LocatedAccess, { guarded }: Guard): boolean {
  if (at.locks.length === 0) return false;
  const changes = guarded.filter((each) => isWriting(each.access));
  return isWriting(at.access) || changes.every((each) => each.locks.some((lock) => at.locks.some(({ relation }) => relation === lock.relation)));
}

/** True if the code reaches the member itself here, and not what a local variable got from it. */
function namesMember({ body, mention }: SharedAccess): boolean {
  const kind = body.kind(mention);
  if (kind !== Op.Read && kind !== Op.Write) return true;
  const variable = body.variableOf(body.a(mention));
  return variable === NONE || body.placeKind(body.a(mention)) !== PlaceKind.Variable || body.unit.variables[variable]!.kind === VariableKind.Global;
}

const knownInitialisers = new WeakMap<Program, ReadonlySet<FunctionBody>>();

/** Functions that do nothing to an object but assign its fields: they set it up. */
export function initialisersOf(program: Program): ReadonlySet<FunctionBody> {
  let found = knownInitialisers.get(program);
  if (!found) knownInitialisers.set(program, (found = collectInitialisers(program)));
  return found;
}

function collectInitialisers(program: Program): ReadonlySet<FunctionBody> {
  const members = new Map<FunctionBody, Set<string>>();
  const others = new Set<FunctionBody>();
  for (const { accesses } of guardsOf(program).members.values()) {
    for (const { access } of accesses) {
      if (access.mode !== 'assign') others.add(access.body);
      const own = members.get(access.body);
      if (own) own.add(access.member);
      else members.set(access.body, new Set([access.member]));
    }
  }
  return new Set([...members].filter(([body, own]) => own.size > 1 && !others.has(body)).map(([body]) => body));
}

const sortMethods: ReadonlySet<string> = new Set(['Len', 'Less', 'Swap', 'Push', 'Pop']);

/** True for a method that package sort or heap calls, for who holds the lock. */
export function isForSorting({ receiverType, name }: ProgramFunction, sorted: ReadonlySet<string>): boolean {
  return receiverType !== undefined && sorted.has(receiverType) && sortMethods.has(name);
}

const connectionMethods: readonly string[] = ['Read', 'Write', 'Close', 'LocalAddr', 'RemoteAddr', 'SetDeadline', 'SetReadDeadline', 'SetWriteDeadline'];

/** True for a type that is a `net.Conn`: several goroutines may call its methods at the same time, as that says. */
export function isConnection(program: Program, type: string | undefined): boolean {
  if (type === undefined) return false;
  const names = new Set<string>();
  for (const { name, receiverType } of program.functions.values()) if (receiverType === type) names.add(name);
  return connectionMethods.every((each) => names.has(each));
}

const knownSortedTypes = new WeakMap<Program, ReadonlySet<string>>();

/** Types with the methods that package sort calls. */
export function sortedTypesOf(program: Program): ReadonlySet<string> {
  let found = knownSortedTypes.get(program);
  if (!found) knownSortedTypes.set(program, (found = collectSortedTypes(program)));
  return found;
}

function collectSortedTypes(program: Program): ReadonlySet<string> {
  const methods = new Map<string, number>();
  for (const { name, receiverType } of program.functions.values()) {
    if (receiverType !== undefined && (name === 'Len' || name === 'Less' || name === 'Swap')) methods.set(receiverType, (methods.get(receiverType) ?? 0) + 1);
  }
  return new Set([...methods].filter(([, count]) => count === 3).map(([type]) => type));
}

/** True if the body waited for something before an operation, on every path: what it waited for may order the access. */
export function isAfterJoin(body: FunctionBody, operation: number): boolean {
  return marksIn(body).joins.some((at) => comesBefore(body, at, operation));
}

/** The operations of a body that wait for others, calls of functions by name, and what starts tasks. */
interface Marks {
  readonly joins: readonly number[];
  readonly calls: readonly number[];
  readonly starts: readonly number[];
}

const knownMarks = new BodyFacts<Marks>();

function marksIn(body: FunctionBody): Marks {
  let marks = knownMarks.get(body);
  if (marks) return marks;
  const joins: number[] = [];
  const starts: number[] = [];
  const calls: number[] = [];
  for (let at = 0; at < body.operationCount; at++) {
    const kind = body.kind(at);
    if (kind === Op.Receive) joins.push(at);
    if (kind !== Op.Call) continue;
    const callee = body.calleeOf(at);
    if (callee?.role === Role.CounterWait) joins.push(at);
    if (callee?.kind === 'function' && !(body.flags(at) & (Flag.Deferred | Flag.Spawned))) calls.push(at);
    if (body.has(at, Flag.Spawned) || callee?.runs.some((run) => run.when === 'concurrent')) starts.push(at);
  }
  knownMarks.set(body, (marks = { joins, starts, calls }));
  return marks;
}

/** True for a task's closure whose function waited for something before it starts the task. */
function startsAfterJoin(closure: FunctionBody): boolean {
  const parent = closure.parent === NONE ? undefined : closure.unit.bodies[closure.parent];
  if (!parent) return false;
  for (let operation = 0; operation < parent.operationCount; operation++) {
    if (parent.kind(operation) === Op.Closure && parent.unit.bodies[parent.a(operation)] === closure) return isAfterJoin(parent, operation);
  }
  return false;
}

/** `s.conns = …; go s.loop()`: what is assigned before the only task starts is not shared yet. */
export function startsTaskAfter(body: FunctionBody, operation: number): boolean {
  const graph = graphOf(body);
  const block = graph.blockOf(operation);
  return marksIn(body).starts.some((at) => at > operation && graph.dominates(block, graph.blockOf(at)));
}

export interface ReadLockFault extends GuardFault {
  /** The call that is made under the read lock; undefined if the access' own body takes it. */
  readonly site: { readonly body: FunctionBody; readonly operation: number } | undefined;
}

/** Writes with only the read lock of the member's guard held. */
export function writesUnderReadLock(program: Program): readonly ReadLockFault[] {
  const found: ReadLockFault[] = [];
  const guards = guardsOf(program);
  for (const member of guards.members.values()) {
    const guard = guardOf(member);
    if (!guard) continue;
    const seen = new Set<string>();
    for (const at of member.accesses) {
      const { access } = at;
      if (!isWriting(access) || at.isUnknown) continue;
      const lock = at.locks.find((each) => each.relation === guard.relation);
      if (lock?.mode !== 'shared' || isKeptAlone(member, guard, at) || !isWorthGuarding(at, guard) || isPublishedAtomically(access)) continue;
      const other = otherSide(guard, at);
      const key = `${access.body.unit.bodies[0]!.name} ${access.body.index} ${access.operation}`;
      if (!other || seen.has(key)) continue;
      seen.add(key);
      found.push({ member, guard, at, other, site: siteOf(guards, at) });
    }
  }
  return found;
}

/** True for an access under some other write lock too, unless another function is seen to use the member without that, with the read lock of the guard alone. */
function isKeptAlone({ accesses }: Member, { relation }: Guard, at: LocatedAccess): boolean {
  const locks = at.locks.filter(({ mode }) => mode === 'exclusive');
  if (locks.length === 0) return false;
  const isBeside = (each: LocatedAccess): boolean =>
    each.function !== at.function && !each.isUnknown && each.locks.some((lock) => lock.relation === relation && lock.mode === 'shared') && !locks.some((lock) => each.locks.some((own) => own.relation === lock.relation) || [...each.kinds].some((kind) => partsOf(lock.relation).lock.endsWith(kind)));
  return !accesses.some(isBeside);
}

/** `q.slots[i] = v; q.head.Add(1)`: an element of a list that an atomic number of the same object hands over; the lock is there for the list. */
function isPublishedAtomically({ body, operation, mode, shape, path }: SharedAccess): boolean {
  if (mode !== 'mutate' || shape !== Shape.List) return false;
  const paths = accessPathsOf(body);
  for (let at = operation + 1; at < body.operationCount; at++) {
    const role = body.kind(at) === Op.Call ? body.calleeOf(at)?.role : undefined;
    if ((role === Role.AtomicWrite || role === Role.AtomicUpdate) && paths.ofTarget(body.list(at)[0] ?? NONE)?.root.key === path.root.key) return true;
  }
  return false;
}

/** A member of the very object that the lock belongs to, or one further away that others change under the write lock. */
function isWorthGuarding(at: LocatedAccess, guard: Guard): boolean {
  const { member } = partsOf(guard.relation);
  const isNear = !member.includes('*') && !member.includes('[');
  return isNear || guard.guarded.some((each) => each.access.operation !== at.access.operation && isWriting(each.access) && modeOf(each, guard) === 'exclusive');
}

/** The other side; undefined if the lock is used the other way round: writers share it, readers do not. */
function otherSide(guard: Guard, at: LocatedAccess): LocatedAccess | undefined {
  const others = guard.guarded.filter((each) => each.access.body !== at.access.body || each.access.operation !== at.access.operation);
  const writer = others.find((each) => isWriting(each.access) && modeOf(each, guard) === 'exclusive');
  if (writer) return writer;
  if (others.some((each) => modeOf(each, guard) === 'exclusive')) return undefined;
  return isProven(guard) ? others.find((each) => each.function !== at.function) : undefined;
}

function modeOf(at: LocatedAccess, guard: Guard): string | undefined {
  return at.locks.find((each) => each.relation === guard.relation)?.mode;
}

function siteOf(guards: Guards, at: LocatedAccess): ReadLockFault['site'] {
  const { body, operation } = at.access;
  return guards.contexts.heldIn(body, operation).length > 0 ? undefined : at.context.site;
}

/** True for what several parts of a program share: maps and lists. */
export function isContainerMember(member: Member): boolean {
  return member.shape === Shape.Map || member.shape === Shape.List || member.shape === Shape.Set;
}

/** The guard, held by the function that starts the goroutine when it starts it. */
export function spawnerLock(at: LocatedAccess, guard: Guard, flowsOf: (body: FunctionBody) => readonly LockFlow[]): { readonly body: FunctionBody; readonly flow: LockFlow; readonly heldBy: number; readonly start: number } | undefined {
  const { body } = at.access;
  const parent = body.parent === NONE ? undefined : body.unit.bodies[body.parent];
  if (!parent) return undefined;
  const { lock } = partsOf(guard.relation);
  for (let operation = 0; operation < parent.operationCount; operation++) {
    if (parent.kind(operation) !== Op.Call) continue;
    const starts = (parent.has(operation, Flag.Spawned) && closuresOf(parent, parent.b(operation))?.includes(body)) || [...parent.list(operation)].some((value) => closuresOf(parent, value)?.includes(body));
    if (!starts) continue;
    for (const flow of flowsOf(parent)) {
      const [heldBy] = flow.takenBy(operation);
      const last = lockIdentity(flow.lock) ?? flow.lock.root.key;
      if (flow.isHeldAt(operation) && heldBy !== undefined && last !== '' && lock.endsWith(last) && (flow.lock.root.kind === 'global' ? lock === flow.lock.key : flow.lock.root.key === at.access.path.root.key)) return { body: parent, flow, heldBy, start: operation };
    }
  }
  return undefined;
}

/**
 * True if a body that started a task waits for something before it releases a lock, whichever way it takes: for the task, perhaps, which then
 * has the lock as well. A loop that waits in its rounds waits for as many as there are.
 */
export function waitsWhileHeld({ program }: Guards, body: FunctionBody, start: number, flow: LockFlow): boolean {
  const { joins, calls } = marksIn(body);
  const waits = new Set([...joins, ...calls.filter((call) => program.summaryOf(body.calleeOf(call)!)?.waits === true)]);
  const around = loopsAround(body, start);
  const heads = new Set([...waits].flatMap((wait) => loopsAround(body, wait).filter((loop) => !around.includes(loop)).map((loop) => body.loops[loop]!.head)));
  const graph = graphOf(body);
  const releases = new Set(flow.events.filter(({ action, deferred }) => !deferred && (action === 'unlock' || action === 'read-unlock')).map(({ operation }) => operation));
  const visit = (operation: number): Walk => {
    if (waits.has(operation) || heads.has(graph.blockOf(operation))) return Walk.Stop;
    return releases.has(operation) || body.kind(operation) === Op.Return ? Walk.Found : Walk.On;
  };
  return waits.size > 0 && walkForward(body, start, visit) === false;
}
