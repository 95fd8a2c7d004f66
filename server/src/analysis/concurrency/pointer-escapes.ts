// Pointers that are elements of a guarded container and are used after the lock of that container was released, where the lock
// guards what they point to as well:
//
//   c.mu.Lock(); c.lists[k].Add(x); c.mu.Unlock()       Add changes items of what the pointer leads to, under mu
//   c.mu.Lock(); list := c.lists[k]; c.mu.Unlock()
//   for _, each := range list.items { … }               ← without mu

import { comesBefore, graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { Access, accessOf, containerOf, keyOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import type { Callee } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { Effect } from '../../model/summary.ts';
import { accessPathsOf, fieldStep } from './access-paths.ts';
import { guardOf, isAfterJoin } from './guard-faults.ts';
import type { Guard } from './guard-faults.ts';
import { ownLock } from './guard-escapes.ts';
import { expectsLock, guardsOf, partsOf } from './guards.ts';
import type { Guards, LocatedAccess, Member } from './guards.ts';
import type { BodyLocks, LockFlow } from './lock-state.ts';
import { isWriting } from './shared-accesses.ts';

export interface PointerEscape {
  readonly kind: 'used' | 'passed';
  /** The container that the pointer was taken from. */
  readonly container: Member;
  readonly guard: Guard;
  /** Where it was taken, under the lock. */
  readonly taken: LocatedAccess;
  readonly operation: number;
  /** What it leads to, and where that is changed under the lock. */
  readonly field: Member;
  readonly change: LocatedAccess;
}

/** A field that a container's lock guards in what the container's elements point to. */
interface GuardedField {
  readonly member: Member;
  readonly changes: readonly LocatedAccess[];
  /** The steps from the pointer to the field, as keys of paths. */
  readonly steps: string;
}

export function pointerEscapesOf(program: Program): readonly PointerEscape[] {
  const found: PointerEscape[] = [];
  const guards = guardsOf(program);
  const fields = guardedFields(guards);
  if (fields.size === 0) return found;
  for (const container of guards.members.values()) {
    const guard = guardOf(container);
    const own = guard && fields.get(guard.relation);
    if (!guard || !own) continue;
    const seen = new Set<FunctionBody>();
    for (const taken of container.accesses) {
      const { body } = taken.access;
      if (seen.has(body) || taken.access.mode !== 'look' || expectsLock(taken.function)) continue;
      const escape = escapeFrom(program, guards, taken, guard, own);
      if (!escape) continue;
      seen.add(body);
      found.push({ ...escape, container, guard, taken });
    }
  }
  return found;
}

/** By the relation of the container to its lock: the fields behind its elements that the same lock guards, and of which every change holds it. */
function guardedFields(guards: Guards): ReadonlyMap<string, readonly GuardedField[]> {
  const found = new Map<string, GuardedField[]>();
  for (const member of guards.members.values()) {
    const ways = member.accesses.filter(isSeenCall);
    const changes = ways.filter((each) => isWriting(each.access));
    const [first] = changes;
    for (const { relation } of first?.locks ?? []) {
      const holds = ({ locks }: LocatedAccess): boolean => locks.some((each) => each.relation === relation && each.mode === 'exclusive');
      const { member: path, lock } = partsOf(relation);
      const at = path.lastIndexOf(pointedTo);
      if (at < 0 || !changes.every(holds) || ways.filter((each) => each.locks.some((one) => one.relation === relation)).length < 2) continue;
      const key = `${path.slice(0, at)}|${lock}`;
      const list = found.get(key) ?? [];
      found.set(key, list);
      list.push({ member, changes, steps: path.slice(at + pointedTo.length) });
    }
  }
  return found;
}

/** False for what a function does to its own argument when code outside calls it: what the package itself does shows how it is meant. */
function isSeenCall({ context, access: { path }, isTask }: LocatedAccess): boolean {
  return isTask || context.site !== undefined || path.root.kind !== 'parameter' || path.steps.some((step) => step.kind === 'element');
}

/** What an element points to, in the keys of paths. */
const pointedTo = '[]*';

function escapeFrom(program: Program, guards: Guards, taken: LocatedAccess, guard: Guard, fields: readonly GuardedField[]): Pick<PointerEscape, 'kind' | 'operation' | 'field' | 'change'> | undefined {
  const { body, operation } = taken.access;
  const locks = guards.contexts.summaries.locksOf(body);
  const flow = locks && ownLock(locks.flows, operation, taken, guard);
  const pointer = flow ? pointerFrom(body, operation) : NONE;
  if (!locks || !flow || pointer === NONE || isAfterJoin(body, operation) || isTakenOut(body, taken, flow) || mayBeLocked(guards, taken)) return undefined;
  const pointers = new Pointers(body, pointer);
  for (const use of pointers.uses()) {
    if (!isUnlocked(locks, use) || !comesBefore(body, operation, use)) continue;
    for (const field of fields) {
      const kind = useOf(program, body, use, pointers, field);
      const change = kind && field.changes.find((each) => each.function !== taken.function && each.context.root !== taken.context.root);
      if (kind && change) return { kind, operation: use, field: field.member, change };
    }
  }
  return undefined;
}

/** The pointer that a look at an element, or a loop over the elements, gives; NONE if it gives none. */
function pointerFrom(body: FunctionBody, operation: number): number {
  if (body.kind(operation) === Op.Read && keyOf(body, operation) !== NONE) return body.accessedShape(operation) === Shape.Pointer && !body.has(operation, Flag.CommaOk) ? operation : pairOf(body, operation);
  if (body.kind(operation) !== Op.Iterate) return NONE;
  const next = body.loops.find((loop) => loop.iterate === operation)?.next ?? NONE;
  for (let at = operation; next !== NONE && at < body.operationCount; at++) if (body.kind(at) === Op.IterationValue && body.a(at) === next) return body.shape(at) === Shape.Pointer ? at : NONE;
  return NONE;
}

/** The pointer in `p, ok := c.m[k]`. */
function pairOf(body: FunctionBody, read: number): number {
  if (!body.has(read, Flag.CommaOk) || body.accessedShape(read) !== Shape.Pointer) return NONE;
  for (let at = read + 1; at < body.operationCount; at++) if (body.kind(at) === Op.Extract && body.a(at) === read && body.b(at) === 0) return at;
  return NONE;
}

/** True if the section takes elements out of the container, or puts another container in its place: what was taken may be the taker's own. */
function isTakenOut(body: FunctionBody, taken: LocatedAccess, flow: LockFlow): boolean {
  const paths = accessPathsOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (!flow.isHeldAt(operation)) continue;
    const access = accessOf(body, operation);
    const isRemoval = (access === Access.Delete || access === Access.Clear) && paths.ofValue(containerOf(body, operation))?.key === taken.access.path.key;
    if (isRemoval || (body.kind(operation) === Op.Write && paths.ofPlaceOf(operation)?.key === taken.access.path.key)) return true;
  }
  return false;
}

/** True if callers may hold a lock. */
function mayBeLocked(guards: Guards, { function: function_, isTask, context }: LocatedAccess): boolean {
  if (isTask) return false;
  return context.isUnclear || guards.contexts.isUnclear(function_) || guards.contexts.of(function_).some((each) => each.held.length > 0 || each.isUnclear);
}

function isUnlocked(locks: BodyLocks, operation: number): boolean {
  return locks.flows.every((flow) => flow.isFreeAt(operation));
}

/** A pointer, and what of it was put into local containers and read from these again. */
class Pointers {
  private readonly numbers = new Set<number>();
  /** The operations that made local containers which hold the pointer. */
  private readonly holders = new Set<number>();

  constructor(private readonly body: FunctionBody, pointer: number) {
    const values = valuesOf(body);
    this.numbers.add(values.number(pointer));
    this.numbers.delete(NONE);
    for (let operation = 0; operation < body.operationCount; operation++) this.hold(operation);
    for (let operation = 0; operation < body.operationCount; operation++) if (this.isFromHolder(operation)) this.numbers.add(values.number(operation));
    this.numbers.delete(NONE);
  }

  isIt(value: number): boolean {
    return value !== NONE && this.numbers.has(valuesOf(this.body).number(value));
  }

  /** The operations that have the pointer as an operand, or read or write something through it. */
  *uses(): Generator<number> {
    const { body } = this;
    for (const block of graphOf(body).order) {
      for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
        let isUsed = false;
        body.forEachOperand(operation, (value) => {
          isUsed ||= this.isIt(value);
        });
        if (isUsed) yield operation;
      }
    }
  }

  /** `own[k] = p`, `own = append(own, p)`. */
  private hold(operation: number): void {
    const { body } = this;
    if (body.kind(operation) === Op.Write && body.placeKind(body.a(operation)) === PlaceKind.Element && this.isIt(body.b(operation))) {
      const made = valuesOf(body).creation(valuesOf(body).number(body.placeA(body.a(operation))));
      if (made !== undefined) this.holders.add(made);
    }
    if (body.kind(operation) === Op.Append && !body.has(operation, Flag.Spread) && [...body.list(operation)].some((value) => this.isIt(value))) this.holders.add(operation);
  }

  private isFromHolder(operation: number): boolean {
    const { body } = this;
    if (body.shape(operation) !== Shape.Pointer) return false;
    if (body.kind(operation) === Op.IterationValue) return this.isHolder(body.a(body.a(body.a(operation))));
    return body.kind(operation) === Op.Read && body.placeKind(body.a(operation)) === PlaceKind.Element && this.isHolder(body.placeA(body.a(operation)));
  }

  private isHolder(container: number): boolean {
    const values = valuesOf(this.body);
    return (values.alternatives(values.number(container)) ?? []).some((each) => this.holders.has(values.operationOf(each)));
  }
}

/** How an operation uses a field through a pointer; undefined if it does not. */
function useOf(program: Program, body: FunctionBody, operation: number, pointers: Pointers, field: GuardedField): PointerEscape['kind'] | undefined {
  switch (body.kind(operation)) {
    case Op.Read:
    case Op.Write:
      return stepsFrom(body, body.a(operation), pointers) === field.steps ? 'used' : undefined;
    case Op.Call:
      return isUsedBy(program, body, operation, pointers, field) ? 'passed' : undefined;
    default:
      return undefined;
  }
}

/** The fields between a pointer and a place, as keys of paths; undefined if the place is not reached by fields alone. */
function stepsFrom(body: FunctionBody, place: number, pointers: Pointers): string | undefined {
  let steps = '';
  let at = place;
  for (; body.placeKind(at) === PlaceKind.Field; at = body.placeA(at)) steps = fieldStep(body.unit.fields[body.placeB(at)]!).key + steps;
  return body.placeKind(at) === PlaceKind.Target && pointers.isIt(body.placeA(at)) ? steps : undefined;
}

/** True if a call is known to use the field of what it is given, and to take no lock for it. */
function isUsedBy(program: Program, body: FunctionBody, call: number, pointers: Pointers, field: GuardedField): boolean {
  const callee = body.calleeOf(call);
  if (!callee || body.flags(call) & (Flag.Deferred | Flag.Spawned)) return false;
  return [...body.list(call)].some((value, index) => pointers.isIt(value) && (isUsedIn(callee, index, field) || isUsedBySummary(program, callee, index, field)));
}

/** A function of the package that uses the field itself, with no lock at all where none is held around the call. */
function isUsedIn(callee: Callee, parameter: number, { member, steps }: GuardedField): boolean {
  return member.accesses.some(({ access: { path }, function: { key }, kinds, isUnknown }) => {
    if (key !== callee.key || kinds.size > 0 || isUnknown) return false;
    return path.root.kind === 'parameter' && path.root.body === 0 && path.root.index === parameter && path.steps.map((each) => each.key).join('') === `*${steps}`;
  });
}

function isUsedBySummary(program: Program, callee: Callee, parameter: number, { steps }: GuardedField): boolean {
  const summary = program.summaryOf(callee);
  if (!summary || summary.incomplete || summary.takes.size > 0 || summary.locks.size > 0) return false;
  const effects = summary.accesses.get(`p${parameter}*${namesOf(steps)}`) ?? 0;
  return effects !== 0 && (effects & Effect.Atomic) === 0;
}

/** Steps by their names, as summaries write them. */
function namesOf(steps: string): string {
  return steps.replaceAll(/#\d+/g, '');
}
