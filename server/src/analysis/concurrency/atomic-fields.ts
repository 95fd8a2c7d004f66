// Plain accesses of what is accessed atomically elsewhere.

import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, VariableKind } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { Effect } from '../../model/summary.ts';
import type { Summary } from '../../model/summary.ts';
import { declaredAt } from '../declared.ts';
import { valuesOf } from '../values.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { atomicUsesOf } from './atomic-values.ts';
import type { AtomicUse } from './atomic-values.ts';
import { expectsLock, guardsOf } from './guards.ts';
import { usersOfClosure } from './lock-state.ts';
import { returnsOf } from './execution.ts';
import { racesIn } from './races.ts';
import type { Race } from './races.ts';
import type { AccessEvent } from './events.ts';

/** Two accesses that may overlap, one of them atomic. */
export interface MixedRace {
  readonly race: Race;
  readonly plain: AccessEvent;
  readonly atomic: AccessEvent;
}

/** The races of which one side is an atomic operation. */
export function mixedRacesIn(program: Program): readonly MixedRace[] {
  return racesIn(program).flatMap((race) => {
    const { first, second } = race;
    if (first.isAtomic === second.isAtomic) return [];
    const [atomic, plain] = first.isAtomic ? [first, second] : [second, first];
    // Operations of locks count as atomic, too; a lock that is overwritten is another defect.
    return isAtomicRole(atomic.activation.body, atomic.operation) && !isOfSomePart(program, plain, atomic) ? [{ race, plain, atomic }] : [];
  });
}

/** True for a call of a function of the package itself of which it is only known that it looks at an object, not at which of its fields. */
function isOfSomePart(program: Program, { activation: { body }, operation, location }: AccessEvent, atomic: AccessEvent): boolean {
  const key = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.key : undefined;
  return key !== undefined && program.functions.has(key) && location.canonical !== atomic.location.canonical;
}

function isAtomicRole(body: FunctionBody, operation: number): boolean {
  const role = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.role : undefined;
  return role === Role.AtomicRead || role === Role.AtomicWrite || role === Role.AtomicUpdate;
}

/** A plain access of a field or package variable, in a function of its own, of what another function accesses atomically. */
export interface MixedAccess {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly access: number;
  readonly use: AtomicUse;
  /** False if only the program itself calls the function: its callers may know that nobody else is there. */
  readonly isOpen: boolean;
}

/**
 * Plain accesses of numbers that the package otherwise changes with atomic functions: through the receiver of a method, or what
 * its fields lead to, or in variables of package level, and where no lock keeps the atomic change away.
 */
export function mixedAccessesIn(program: Program): readonly MixedAccess[] {
  const atomics = new Map<object, AtomicUse[]>();
  for (const use of [...atomicUsesOf(program).filter(isUpdateOfField), ...updatesByMethods(program)]) {
    if (!use.declared || use.function.isTest || use.function.entry === 'init') continue;
    const uses = atomics.get(use.declared);
    if (uses) uses.push(use);
    else atomics.set(use.declared, [use]);
  }
  if (atomics.size === 0) return [];
  const hasGlobals = [...atomics.values()].some(([use]) => isGlobal(use!.body, use!.body.a(use!.body.list(use!.call)[0]!)));
  const found: MixedAccess[] = [];
  for (const each of program.functions.values()) {
    const { body } = each;
    if (each.isTest || each.generated || body.incomplete) continue;
    const isMethod = each.receiverType !== undefined && isCalledOnShared(program, each);
    const isLater = hasGlobals && isCalledLater(program, each);
    if (!isMethod && !isLater) continue;
    const isOpen = each.exported && !waits(body);
    for (let access = 0; access < body.operationCount; access++) {
      const kind = body.kind(access);
      if (kind !== Op.Read && kind !== Op.Write) continue;
      const declared = declaredAt(body, body.a(access));
      const uses = declared ? atomics.get(declared) : undefined;
      if (!uses) continue;
      const isOfPackage = isGlobal(body, body.a(access));
      const isNear = isOfPackage ? isLater : isMethod && isOfReceiver(body, body.a(access));
      if (!isNear && (isOfPackage || !isMethod || !(kind === Op.Read && (isReachedFromReceiver(body, access) || isGivenByReceiver(program, body, access))))) continue;
      const isLocked = mayBeLocked(program, each, body, access);
      // A lock here helps only against those that take one, too.
      const use = uses.find((other) => other.function !== each && (!isLocked || !mayBeLocked(program, other.function, other.body, other.call)));
      if (use) found.push({ function: each, body, access, use, isOpen: isOpen && isNear && !isLocked });
    }
  }
  return found;
}

/** True if code outside may call a method, or code of the program calls it on an object that others may have. */
function isCalledOnShared(program: Program, function_: ProgramFunction): boolean {
  return function_.exported || guardsOf(program).contexts.of(function_).some(({ site, unpublished }) => site !== undefined && !unpublished.has(0));
}

/** True if a function runs when the package is set up and others may run: code outside calls it, or a function that it calls. */
function isCalledLater(program: Program, function_: ProgramFunction): boolean {
  if (function_.entry !== undefined) return false;
  return function_.exported || guardsOf(program).contexts.of(function_).some(({ root }) => root.entry === undefined);
}

/** True if some lock is held at an operation, by the function itself or a caller. */
function mayBeLocked(program: Program, function_: ProgramFunction, body: FunctionBody, operation: number): boolean {
  const { contexts } = guardsOf(program);
  const use = contexts.useOf(body);
  if (expectsLock(function_) || contexts.heldIn(body, operation, use).length > 0) return true;
  // A closure that is kept runs later, when what is locked around it here is not any more.
  if (use.kind === 'unknown') return !isKept(body);
  return use.kind !== 'task' && contexts.of(function_).some(({ held }) => held.length > 0);
}

/** True for a closure that is put into a record, and nothing else is done with it. */
function isKept(closure: FunctionBody): boolean {
  const parent = closure.parent === NONE ? undefined : closure.unit.bodies[closure.parent];
  if (!parent) return false;
  const users = usersOfClosure(parent, closure);
  return users.length === 1 && parent.kind(users[0]!) === Op.Aggregate;
}

/** True for `atomic.AddInt64(&s.n, 1)` and the like: a field that is changed while others may look. */
function isUpdateOfField(use: AtomicUse): boolean {
  return use.role !== Role.AtomicRead && !use.body.calleeOf(use.call)?.name.includes('.') && isOfKnown(use);
}

/** True for the address of a field of what the receiver points to, or of a variable of package level, or of one that a closure is about. */
function isOfKnown({ body, call, function: { body: outer } }: AtomicUse): boolean {
  const address = body.list(call)[0]!;
  return body.kind(address) === Op.AddressOf && (body !== outer || isOfReceiver(body, body.a(address)) || isGlobal(body, body.a(address)));
}

/**
 * Calls of methods that change nothing but the number they are called on, atomically, wherever they are declared:
 *
 *	func (c *Counter) Inc() { atomic.AddInt32((*int32)(c), 1) }     s.open.Inc(), and elsewhere return s.open
 */
function updatesByMethods(program: Program): readonly AtomicUse[] {
  const found: AtomicUse[] = [];
  for (const each of program.functions.values()) {
    if (each.isTest) continue;
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let call = 0; call < body.operationCount; call++) {
        const callee = body.kind(call) === Op.Call && body.has(call, Flag.HasReceiver) ? body.calleeOf(call) : undefined;
        const [address = NONE] = callee?.role === Role.None ? body.list(call) : [];
        if (!callee || address === NONE || body.kind(address) !== Op.AddressOf || shapeAt(body, body.a(address)) !== Shape.Number) continue;
        const use = { function: each, body, call, role: Role.AtomicUpdate, declared: declaredAt(body, body.a(address)) };
        if (isOfKnown(use) && changesAtomically(program.summaryOf(callee))) found.push(use);
      }
    }
  }
  return found;
}

function changesAtomically(summary: Summary | undefined): boolean {
  if (!summary || summary.incomplete) return false;
  const effects = summary.accesses.get('p0*') ?? 0;
  return (effects & Effect.Atomic) !== 0 && (effects & Effect.Assign) !== 0;
}

/** The shape of a field or variable; `Unknown` for other places. */
function shapeAt(body: FunctionBody, place: number): Shape {
  if (body.placeKind(place) === PlaceKind.Field) return body.unit.fields[body.placeB(place)]!.shape;
  return body.placeKind(place) === PlaceKind.Variable ? body.unit.variables[body.placeA(place)]!.shape : Shape.Unknown;
}

/** True for a variable of package level, itself. */
function isGlobal(body: FunctionBody, place: number): boolean {
  return body.placeKind(place) === PlaceKind.Variable && body.unit.variables[body.placeA(place)]!.kind === VariableKind.Global;
}

/** True for a field of what a pointer receiver points to, itself. */
function isOfReceiver(body: FunctionBody, place: number): boolean {
  if (body.placeKind(place) !== PlaceKind.Field) return false;
  const root = body.rootOf(place);
  if (body.placeKind(root) !== PlaceKind.Target) return false;
  const pointer = body.placeA(root);
  const variable = body.kind(pointer) === Op.Read ? body.variableOf(body.a(pointer)) : -1;
  return variable >= 0 && body.unit.variables[variable]!.kind === VariableKind.Receiver && body.placeKind(body.a(pointer)) === PlaceKind.Variable;
}

/** True for a field of an object that the receiver's object points to, by fields alone. */
function isReachedFromReceiver(body: FunctionBody, access: number): boolean {
  const path = accessPathsOf(body).ofPlaceOf(access);
  return path?.root.kind === 'parameter' && path.root.body === 0 && path.root.index === 0 && path.steps.every((step) => step.kind !== 'element');
}

/** `usage := d.usages.of(kind); usage.count`: a field of what a method gives that finds it in its own object, or puts it there. */
function isGivenByReceiver(program: Program, body: FunctionBody, access: number): boolean {
  const paths = accessPathsOf(body);
  const root = paths.ofPlaceOf(access)?.root;
  const call = root?.kind === 'value' && root.body === body.index ? valuesOf(body).operationOf(root.index) : NONE;
  if (call === NONE || body.kind(call) !== Op.Call || body.shape(call) !== Shape.Pointer) return false;
  const from = paths.ofTarget(body.list(call)[0] ?? NONE);
  if (from?.root.kind !== 'parameter' || from.root.body !== 0 || from.root.index !== 0 || from.steps.some((step) => step.kind === 'element')) return false;
  const callee = program.functions.get(body.calleeOf(call)?.key ?? '');
  return callee?.receiverType !== undefined && !callee.body.incomplete && givesItsOwn(callee.body);
}

/** True if a method gives nothing but what its receiver's object leads to, or something new that it puts there. */
function givesItsOwn(body: FunctionBody): boolean {
  const values = valuesOf(body);
  const own = new Set<number>();
  const paths = accessPathsOf(body);
  const isOfReceiver = (path: AccessPath | undefined): boolean => path?.root.kind === 'parameter' && path.root.body === 0 && path.root.index === 0 && path.steps.length > 1;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Write && isOfReceiver(paths.ofPlaceOf(operation))) own.add(values.number(body.b(operation)));
    else if (body.shape(operation) === Shape.Pointer && isOfReceiver(paths.ofValue(operation))) own.add(values.number(operation));
  }
  own.delete(NONE);
  const given = returnsOf(body).flatMap((operation) => values.alternatives(values.number(body.list(operation)[0] ?? NONE)) ?? [NONE]);
  return given.length > 0 && given.every((each) => own.has(each));
}

/** True if the function waits for something: others may be over by then. */
function waits(body: FunctionBody): boolean {
  if (body.unit.callees.some(({ role }) => role === Role.CounterWait || role === Role.Once)) return true;
  return body.unit.bodies.some((each) => {
    for (let operation = 0; operation < each.operationCount; operation++) if (each.kind(operation) === Op.Receive || each.kind(operation) === Op.Next) return true;
    return false;
  });
}
