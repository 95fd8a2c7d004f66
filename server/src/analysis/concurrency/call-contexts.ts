// Under which locks the functions of a package are called, seen from the functions: what `resetLocked` may count on is
// what all its callers hold. A lock that the caller holds is told by where it is from the callee's parameter on:
//
//   c.mu.Lock(); c.reset()          mu of what parameter 0 points to
//   c.mu.Lock(); c.list.push(v)     mu of the object whose field list parameter 0 points to
//
// Functions that code outside may call, and tasks, start with nothing held.

import { valuesOf } from '../values.ts';
import { leadsTo } from '../walk.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { Callee } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { Effect } from '../../model/summary.ts';
import { accessPathsOf, fieldStep, globalPath, isOfVisitedElement } from './access-paths.ts';
import type { AccessPath, Step } from './access-paths.ts';
import { inTermsOf } from './lock-events.ts';
import { givesNew } from './new-objects.ts';
import { ownFieldsOf } from './own-fields.ts';
import { Hold, closuresOf, lockSummariesOf, usersOfClosure } from './lock-state.ts';
import type { LockFlow, LockSummaries } from './lock-state.ts';

export type LockMode = 'exclusive' | 'shared';

/** A lock that callers hold. */
export interface InheritedLock {
  /** The parameter it is found from; NONE for locks of package level. */
  readonly parameter: number;
  /** How the object of the parameter is reached from the object that the lock belongs to. */
  readonly down: readonly Step[];
  /** From that object to the lock; for locks of package level its path. */
  readonly lock: readonly Step[];
  readonly global: AccessPath | undefined;
  readonly mode: LockMode;
  readonly key: string;
}

/** One way in which a function is called. */
export interface CallContext {
  /** The outermost caller: a function that others may call, or a task. */
  readonly root: ProgramFunction;
  /** The call in the direct caller; undefined for a root itself. */
  readonly site: { readonly body: FunctionBody; readonly operation: number } | undefined;
  readonly held: readonly InheritedLock[];
  /** Parameters whose object nobody else knows yet, or any more. */
  readonly unpublished: ReadonlySet<number>;
  /** True if some lock may be held or not where the call is made. */
  readonly isUnclear: boolean;
}

/** A lock held in a closure because its function holds it around the call. */
interface AroundLock {
  readonly lock: AccessPath;
  readonly mode: LockMode;
}

/** How a closure is called: at once, with locks around it; as a task, with locks that it is left to release; in a way that is not known. */
export type ClosureUse = { readonly kind: 'now' | 'task'; readonly around: readonly AroundLock[] } | { readonly kind: 'unknown' };

const contextLimit = 12;

const nothing: ReadonlySet<number> = new Set();

/** What a call passes on whoever calls the function that makes it. */
interface KnownCall {
  readonly caller: ProgramFunction;
  readonly site: { readonly body: FunctionBody; readonly operation: number };
  readonly isSpawned: boolean;
  readonly isTask: boolean;
  readonly isMixed: boolean;
  readonly held: readonly InheritedLock[];
  readonly unpublished: readonly number[];
}

interface CallOfFunction {
  readonly called: ProgramFunction;
  readonly call: KnownCall;
}

export class CallContexts {
  private readonly contexts = new Map<string, CallContext[]>();
  private readonly keys = new WeakMap<readonly CallContext[], Set<string>>();
  private readonly calls = new Map<ProgramFunction, readonly CallOfFunction[]>();
  /** How many of a function's contexts were passed on to what it calls. */
  private readonly passed = new Map<ProgramFunction, number>();
  /** Functions that are called in ways that are not known. */
  private readonly unclear = new Set<string>();
  /** Functions that are handed to code which starts them as tasks of their own: `time.AfterFunc(d, c.expire)`. */
  private readonly started = new Set<string>();
  /** Functions that closures call of which it is not known how they are called. */
  private readonly calledSomehow = new Set<string>();
  /** Exported methods that only the package calls, each time with a lock held of the object that the receiver is a part of. */
  private readonly hidden: ProgramFunction[] = [];
  private readonly uses = new Map<FunctionBody, ClosureUse>();
  readonly summaries: LockSummaries;

  constructor(readonly program: Program) {
    this.summaries = lockSummariesOf(program);
    const work: ProgramFunction[] = [];
    const dynamic = this.findUnclear();
    for (const each of program.functions.values()) {
      if (each.isTest) continue;
      if (dynamic.has(each.name)) this.unclear.add(each.key);
      if (!each.exported && each.entry !== 'main' && !this.started.has(each.key)) continue;
      if (each.exported && each.isOfHiddenType && !this.started.has(each.key) && !this.unclear.has(each.key)) {
        this.hidden.push(each);
        continue;
      }
      this.addRoot(each);
      work.push(each);
    }
    this.passAllOn(work);
    // Those first that all of the package call with a lock held: what the others do may show that they do not.
    for (let open = this.openOf(this.hidden); open.length > 0; open = this.openOf(this.hidden)) {
      for (const each of open) {
        this.hidden.splice(this.hidden.indexOf(each), 1);
        this.addRoot(each);
      }
      this.passAllOn(open);
    }
    for (const { key } of this.hidden) if (this.calledSomehow.has(key)) this.unclear.add(key);
  }

  private addRoot(function_: ProgramFunction): void {
    const root = { root: function_, site: undefined, held: requiredLocks(function_), unpublished: givenToPool(function_.body), isUnclear: false };
    this.contexts.set(function_.key, [...this.of(function_), root]);
  }

  private passAllOn(from: readonly ProgramFunction[]): void {
    const work = [...from];
    for (let caller = work.pop(); caller; caller = work.pop()) for (const callee of this.passOn(caller)) if (!work.includes(callee)) work.push(callee);
  }

  /** Those of some methods that are called without a lock of the object around theirs, or not at all. */
  private openOf(methods: readonly ProgramFunction[]): readonly ProgramFunction[] {
    const isOpen = (each: ProgramFunction): boolean => {
      const ways = this.of(each);
      return this.unclear.has(each.key) || ways.length === 0 || ways.some((way) => !isOwnersLock(way) && !isOnOwnPart(way));
    };
    return methods.filter(isOpen);
  }

  /**
   * How every caller of a method of a type that only the package knows holds a lock of the object that the receiver belongs to; undefined
   * if not every one does.
   */
  ownersLockOf(function_: ProgramFunction): LockMode | undefined {
    if (!this.hidden.includes(function_)) return undefined;
    return this.of(function_).some(({ held, unpublished }) => !unpublished.has(0) && held.every(({ mode }) => mode === 'shared')) ? 'shared' : 'exclusive';
  }

  /**
   * True for a method that only the package calls, each time of an object that its function has made, or of one that a field of such an object
   * came with: all but the tasks of the object come later.
   */
  isOnlyForSetUp(function_: ProgramFunction): boolean {
    if ((function_.exported && !function_.isOfHiddenType) || this.unclear.has(function_.key) || this.started.has(function_.key) || this.calledSomehow.has(function_.key)) return false;
    const ways = this.of(function_).filter(({ site }) => site !== undefined);
    return ways.length > 0 && ways.every(({ site, unpublished }) => unpublished.has(0) && this.isAllOwn(site!));
  }

  /** True if the receiver of a call is reached by fields that hold nothing but their object's own. */
  private isAllOwn({ body, operation }: NonNullable<CallContext['site']>): boolean {
    const steps = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE)?.steps ?? [];
    return steps.every(({ kind, field }) => kind !== 'element' && (kind !== 'field' || (field !== undefined && ownFieldsOf(this.program).has(field))));
  }

  /** How a function is called; empty if nothing in the package does. */
  of(function_: ProgramFunction): readonly CallContext[] {
    return this.contexts.get(function_.key) ?? [];
  }

  /** True if the function is also called in ways that are not known. */
  isUnclear(function_: ProgramFunction): boolean {
    return this.unclear.has(function_.key);
  }

  /**
   * True if all who call a function in the package hold a lock of an object that they give it besides its receiver, the kind of which a
   * key ends in: whoever gives it the object has to, code outside too.
   */
  isGivenLocked(function_: ProgramFunction, key: string): boolean {
    const receiver = function_.receiverType === undefined ? NONE : 0;
    const calls = this.of(function_).filter(({ site }) => site !== undefined);
    return calls.length > 0 && calls.every(({ held }) => held.some(({ global, parameter, lock }) => !global && parameter !== receiver && lock.length > 0 && key.endsWith(lock.findLast((step) => step.kind === 'field')?.key ?? lock.at(-1)!.key)));
  }

  /** Names of methods that are called through interfaces, and functions whose value is taken. */
  private findUnclear(): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { body: first } of this.program.functions.values()) {
      for (const body of first.unit.bodies) {
        for (let operation = 0; operation < body.operationCount; operation++) {
          const kind = body.kind(operation);
          if (kind !== Op.Call && kind !== Op.FunctionValue) continue;
          const callee = body.calleeOf(operation);
          if (kind === Op.FunctionValue && callee?.key !== undefined) (isOnlyStarted(body, operation) ? this.started : this.unclear).add(callee.key);
          if (callee?.kind === 'interface') names.add(callee.name.slice(callee.name.lastIndexOf('.') + 1));
        }
      }
    }
    return names;
  }

  /** Passes on those contexts of a function that it has not passed on yet. Answers the functions that are called in a new way. */
  private passOn(caller: ProgramFunction): ReadonlySet<ProgramFunction> {
    const grown = new Set<ProgramFunction>();
    const all = this.of(caller);
    const added = all.slice(this.passed.get(caller) ?? 0);
    this.passed.set(caller, all.length);
    for (const { called, call } of this.callsOf(caller)) for (const context of added) if (this.add(called, this.contextOf(call, context))) grown.add(called);
    return grown;
  }

  private callsOf(caller: ProgramFunction): readonly CallOfFunction[] {
    let calls = this.calls.get(caller);
    if (!calls) this.calls.set(caller, (calls = caller.body.unit.bodies.flatMap((body) => this.callsIn(caller, body))));
    return calls;
  }

  private callsIn(caller: ProgramFunction, body: FunctionBody): readonly CallOfFunction[] {
    const found: CallOfFunction[] = [];
    const use = this.useOf(body);
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.Call) continue;
      const callee = body.calleeOf(operation);
      const called = callee && this.summaries.functionOf(callee);
      if (!called || called.isTest) continue;
      const call = this.callAt(caller, body, operation, use);
      if (call) found.push({ called, call });
      else this.calledSomehow.add(called.key);
    }
    return found;
  }

  /** The ways in which a function makes a call, as the called function finds them. */
  contextsAt(caller: ProgramFunction, body: FunctionBody, operation: number): readonly CallContext[] {
    const call = this.callAt(caller, body, operation, this.useOf(body));
    return call ? this.of(caller).map((context) => this.contextOf(call, context)) : [];
  }

  /** Undefined if it is not known how the body is called. */
  private callAt(caller: ProgramFunction, body: FunctionBody, operation: number, use: ClosureUse): KnownCall | undefined {
    if (use.kind === 'unknown') return undefined;
    const isSpawned = body.has(operation, Flag.Spawned);
    const isTask = use.kind === 'task' || isSpawned;
    const own = isSpawned ? [] : body.has(operation, Flag.Deferred) ? this.heldAtExits(body, operation, use) : this.heldIn(body, operation, use);
    return {
      caller,
      site: { body, operation },
      isSpawned,
      isTask,
      isMixed: !isTask && mayHoldOrNot(this.summaries.locksOf(body)?.flows ?? [], operation),
      held: own.flatMap(({ lock, mode }) => inherited(body, operation, lock, mode)),
      unpublished: isSpawned ? [] : [...ownArguments(this.program, body, operation)],
    };
  }

  private contextOf({ caller, site, isSpawned, isTask, isMixed, held, unpublished }: KnownCall, context: CallContext): CallContext {
    const { body, operation } = site;
    const all = isTask ? held : unique([...held, ...passedOn(body, operation, context, this.summaries)]);
    return {
      root: isTask ? caller : context.root,
      site,
      isUnclear: isMixed || (!isTask && (context.isUnclear || (all.length === 0 && expectsSomeLock(caller)))),
      held: all,
      unpublished: isSpawned ? nothing : new Set([...unpublished, ...passedOnUnpublished(body, operation, context)]),
    };
  }

  private add(called: ProgramFunction, from: CallContext): boolean {
    // What its comment says holds whoever calls; a caller that does not is another defect.
    const required = requiredLocks(called).filter(({ key }) => !from.held.some((each) => each.key === key));
    const context = required.length > 0 ? { ...from, held: [...from.held, ...required] } : from;
    const list = this.contexts.get(called.key);
    if (!list) {
      this.contexts.set(called.key, [context]);
      return true;
    }
    const keys = this.keysOf(list);
    const key = contextKey(context);
    if (keys.has(key)) return false;
    if (list.length >= contextLimit) {
      this.unclear.add(called.key);
      return false;
    }
    list.push(context);
    keys.add(key);
    return true;
  }

  /** What tells the contexts of a list apart. */
  private keysOf(list: readonly CallContext[]): Set<string> {
    let keys = this.keys.get(list);
    if (!keys) this.keys.set(list, (keys = new Set(list.map(contextKey))));
    return keys;
  }

  /** The locks that are held at an operation, in terms of its body: taken in it, or around a closure. */
  heldIn(body: FunctionBody, operation: number, use: ClosureUse = this.useOf(body)): readonly AroundLock[] {
    const locks = this.summaries.locksOf(body);
    const found: AroundLock[] = (locks?.heldAt(operation) ?? []).map((flow) => ({ lock: flow.lock, mode: modeAt(flow, operation) }));
    if (use.kind !== 'unknown') {
      for (const around of use.around) {
        const flow = locks?.flowOf(around.lock);
        if (!flow || flow.before[operation] === Hold.Before) found.push(around);
      }
    }
    return found;
  }

  /** The locks that are held when a deferred call runs: those that only what was deferred before it releases, which runs after it. */
  private heldAtExits(body: FunctionBody, call: number, use: ClosureUse): readonly AroundLock[] {
    const locks = this.summaries.locksOf(body);
    return this.heldIn(body, call, use).filter(({ lock }) =>
      (locks?.flowOf(lock)?.events ?? []).every(({ operation, action, deferred }) => {
        if (action === 'lock' || action === 'read-lock') return true;
        return deferred ? operation < call : !leadsTo(body, call, operation);
      }),
    );
  }

  // Closures. --------------------------------------------------------------------------------------------------------------

  /** How the body is called; the body of a declared function is called with nothing around it. */
  useOf(body: FunctionBody): ClosureUse {
    if (body.parent === NONE) return { kind: 'now', around: [] };
    let use = this.uses.get(body);
    if (!use) {
      this.uses.set(body, { kind: 'unknown' });
      this.uses.set(body, (use = this.findUse(body)));
    }
    return use;
  }

  private findUse(closure: FunctionBody): ClosureUse {
    const parent = closure.unit.bodies[closure.parent]!;
    const uses: ClosureUse[] = [];
    for (const operation of usersOfClosure(parent, closure)) {
      if (parent.kind(operation) === Op.Read) continue;
      const use = this.useAt(parent, operation, closure);
      if (use) uses.push(use);
    }
    if (uses.some((use) => use.kind === 'unknown') || uses.length === 0) return { kind: 'unknown' };
    if (uses.length > 1 && uses.every((use) => use.kind === 'task')) return { kind: 'task', around: [] };
    return uses.length > 1 ? { kind: 'unknown' } : uses[0]!;
  }

  private useAt(parent: FunctionBody, operation: number, closure: FunctionBody): ClosureUse | undefined {
    if (parent.kind(operation) === Op.Write) return parent.variableOf(parent.a(operation)) !== NONE ? undefined : { kind: 'unknown' };
    if (parent.kind(operation) !== Op.Call) return { kind: 'unknown' };
    if (parent.has(operation, Flag.Spawned)) return { kind: 'task', around: this.handedOver(parent, operation, closure) };
    if (parent.has(operation, Flag.Deferred)) return { kind: 'unknown' };
    const outer = this.useOf(parent);
    if (outer.kind === 'unknown') return outer;
    const around = this.heldIn(parent, operation, outer);
    const callee = parent.calleeOf(operation);
    if (!callee) return { kind: 'now', around };
    const argument = [...parent.list(operation)].findIndex((value) => isClosure(parent, value, closure));
    const run = callee.runs.find((each) => each.argument === argument);
    if (run) return run.when === 'now' ? { kind: 'now', around } : run.when === 'concurrent' ? { kind: 'task', around: this.handedOver(parent, operation, closure) } : { kind: 'unknown' };
    const called = this.summaries.functionOf(callee);
    return called ? this.useInside(called, argument, parent, operation, around) : useOutside(callee, around);
  }

  /** The locks that are held where a task starts, and that the task's closure releases without having taken them. */
  private handedOver(parent: FunctionBody, start: number, closure: FunctionBody): readonly AroundLock[] {
    const outer = this.useOf(parent);
    const flows = this.summaries.locksOf(closure)?.flows ?? [];
    return this.heldIn(parent, start, outer).filter(({ lock }) => flows.some((flow) => flow.lock.key === lock.key && flow.steps.some(({ event, hold }) => hold === Hold.Before && (event.action === 'unlock' || event.action === 'read-unlock'))));
  }

  /** A closure that is given to a function of the package which calls it. */
  private useInside(called: ProgramFunction, argument: number, parent: FunctionBody, operation: number, around: readonly AroundLock[]): ClosureUse {
    const { body } = called;
    const values = valuesOf(body);
    let found: ClosureUse | undefined;
    for (let at = 0; at < body.operationCount; at++) {
      let isUsed = false;
      body.forEachOperand(at, (value) => {
        isUsed ||= values.incoming(values.number(value)) === argument;
      });
      if (!isUsed || body.kind(at) === Op.Read || (body.kind(at) === Op.Write && body.variableOf(body.a(at)) !== NONE)) continue;
      if (body.kind(at) !== Op.Call || found || body.has(at, Flag.Deferred)) return { kind: 'unknown' };
      if (body.b(at) === NONE || values.incoming(values.number(body.b(at))) !== argument) {
        const callee = body.calleeOf(at);
        const isHeld = around.length > 0 || (this.summaries.locksOf(body)?.heldAt(at) ?? []).length > 0;
        if (!callee || isHeld || callee.runs.length > 0 || this.summaries.functionOf(callee) || body.has(at, Flag.Spawned)) return { kind: 'unknown' };
        found = useOutside(callee, []);
        continue;
      }
      if (body.has(at, Flag.Spawned)) {
        found = { kind: 'task', around: [] };
        continue;
      }
      const inside = (this.summaries.locksOf(body)?.heldAt(at) ?? []).flatMap((flow) => {
        const lock = inTermsOf(parent, operation, body, flow.lock);
        return lock ? [{ lock, mode: modeAt(flow, at) }] : [];
      });
      found = { kind: 'now', around: [...around, ...inside] };
    }
    return found ?? this.useInClosures(called, argument, around);
  }

  /** A closure that is called by closures of the function that it is given to, with nothing locked there. */
  private useInClosures({ body }: ProgramFunction, argument: number, around: readonly AroundLock[]): ClosureUse {
    const parameter = body.parameters[argument] ?? NONE;
    if (parameter === NONE || around.length > 0 || !body.unit.variables[parameter]!.captured) return { kind: 'unknown' };
    let found: ClosureUse = { kind: 'unknown' };
    for (const inner of body.unit.bodies) {
      if (inner.parent === NONE) continue;
      const reads = new Set<number>();
      for (let at = 0; at < inner.operationCount; at++) if (inner.kind(at) === Op.Read && inner.variableOf(inner.a(at)) === parameter) reads.add(at);
      for (let at = 0; at < inner.operationCount; at++) {
        let isUsed = false;
        inner.forEachOperand(at, (value) => {
          isUsed ||= reads.has(value);
        });
        if (!isUsed) continue;
        const use = inner.kind(at) === Op.Call && reads.has(inner.b(at)) && !(inner.flags(at) & (Flag.Spawned | Flag.Deferred)) ? this.useOf(inner) : undefined;
        if (use?.kind !== 'now' || found.kind !== 'unknown' || this.heldIn(inner, at, use).length > 0) return { kind: 'unknown' };
        found = { kind: 'now', around: [] };
      }
    }
    return found;
  }
}

/** True for a call made with a lock held of an object that the receiver is a part of, or reached from, and not of the receiver itself. */
function isOwnersLock({ held, isUnclear }: CallContext): boolean {
  return !isUnclear && held.some(({ parameter, down }) => parameter === 0 && down.length > 0);
}

/** True for a call on a part of an object that its function has made: nobody knows the whole yet. */
function isOnOwnPart({ site, unpublished }: CallContext): boolean {
  const [receiver = NONE] = site ? site.body.list(site.operation) : [];
  return site !== undefined && receiver !== NONE && unpublished.has(0) && accessPathsOf(site.body).ofTarget(receiver)?.steps.at(-1)?.kind === 'field';
}

/** True for a function value of which nothing is done but that a library starts it as a task. */
function isOnlyStarted(body: FunctionBody, value: number): boolean {
  let users = 0;
  for (let operation = value + 1; operation < body.operationCount; operation++) {
    let isUsed = false;
    body.forEachOperand(operation, (each) => {
      isUsed ||= each === value;
    });
    if (!isUsed) continue;
    users++;
    const runs = body.kind(operation) === Op.Call && !body.has(operation, Flag.Deferred) ? (body.calleeOf(operation)?.runs ?? []) : [];
    if (!runs.some((run) => run.when === 'concurrent' && body.list(operation)[run.argument] === value)) return false;
  }
  return users > 0;
}

/** A closure that is given to code outside, which has no lock of the package's own objects to hold around it. */
function useOutside(callee: Callee, around: readonly AroundLock[]): ClosureUse {
  return around.length === 0 && callee.kind === 'function' && callee.key !== undefined ? { kind: 'now', around } : { kind: 'unknown' };
}

function isClosure(body: FunctionBody, value: number, closure: FunctionBody): boolean {
  return closuresOf(body, value)?.includes(closure) ?? false;
}

export function modeAt(flow: LockFlow, operation: number): LockMode {
  return flow.isHeldExclusivelyAt(operation) ? 'exclusive' : 'shared';
}

/** The arguments of a call that are objects this body made, or parts of them: a constructor is not done with them yet. */
function ownArguments(program: Program, body: FunctionBody, call: number): ReadonlySet<number> {
  const found = new Set<number>();
  body.list(call).forEach((argument, index) => {
    if (isOwn(program, body, argument)) found.add(index);
  });
  return found;
}

/** Calls that give back what they are given are followed so deep. */
const givingDepth = 3;

function isOwn(program: Program, body: FunctionBody, value: number, depth = 0): boolean {
  const root = value === NONE ? undefined : accessPathsOf(body).ofTarget(value)?.root;
  const maker = root && body.unit.bodies[root.body];
  if (!maker || root.kind !== 'value') return root?.kind === 'variable';
  const values = valuesOf(maker);
  if (values.creation(root.index) !== undefined) return true;
  if (isGivenNew(program, maker, values.origin(root.index))) return true;
  const given = depth < givingDepth ? givenBack(program, maker, values.origin(root.index)) : NONE;
  return given !== NONE && isOwn(program, maker, given, depth + 1);
}

/** True for what a call gives that made it, and has handed it to nobody else. */
function isGivenNew(program: Program, body: FunctionBody, value: number): boolean {
  const isExtracted = value !== NONE && body.kind(value) === Op.Extract;
  const call = isExtracted ? body.a(value) : value;
  if (call === NONE || body.kind(call) !== Op.Call || body.has(call, Flag.Spawned)) return false;
  const callee = body.calleeOf(call);
  return callee !== undefined && givesNew(program, callee, isExtracted ? body.b(value) : 0);
}

/** The argument that a call gives back, and keeps nowhere: `h, err := fill(row, &host{})`; NONE if a value is not that. */
function givenBack(program: Program, body: FunctionBody, value: number): number {
  const isExtracted = value !== NONE && body.kind(value) === Op.Extract;
  const call = isExtracted ? body.a(value) : value;
  if (call === NONE || body.kind(call) !== Op.Call || body.has(call, Flag.Spawned)) return NONE;
  const callee = body.calleeOf(call);
  const summary = callee && program.summaryOf(callee);
  const path = summary?.results[isExtracted ? body.b(value) : 0];
  if (!summary || summary.incomplete || path === undefined) return NONE;
  const argument = [...body.list(call)].findIndex((_, index) => path === `p${index}`);
  const isKept = ((summary.accesses.get(path) ?? 0) | (summary.later.get(path) ?? 0)) & (Effect.Kept | Effect.Passed);
  return argument < 0 || isKept ? NONE : body.list(call)[argument]!;
}

function passedOnUnpublished(body: FunctionBody, call: number, context: CallContext): readonly number[] {
  const paths = accessPathsOf(body);
  const found: number[] = [];
  body.list(call).forEach((argument, index) => {
    const root = argument === NONE ? undefined : paths.ofTarget(argument)?.root;
    if (root?.kind === 'parameter' && root.body === 0 && context.unpublished.has(root.index)) found.push(index);
  });
  return found;
}

/** True if some lock may be held or not at an operation. */
export function mayHoldOrNot(flows: readonly LockFlow[], operation: number): boolean {
  return flows.some((flow) => !flow.complete || isMixed(flow.before[operation]!));
}

/** Held on one path, not on another. */
function isMixed(holds: number): boolean {
  if (holds & Hold.Unknown) return true;
  const held = holds & (Hold.Exclusive | Hold.Shared);
  return held !== 0 && held !== holds;
}

/** The parameters that a body gives back to a pool: who does that is the last to have the object. */
function givenToPool(body: FunctionBody): ReadonlySet<number> {
  const found = new Set<number>();
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || body.calleeOf(operation)?.key !== poolPut) continue;
    for (const value of body.list(operation)) {
      for (const each of value === NONE ? [] : (values.alternatives(values.number(value)) ?? [])) {
        const parameter = values.incoming(each);
        if (parameter !== undefined) found.add(parameter);
      }
    }
  }
  return found;
}

export const poolPut = 'sync.Pool.Put';

/** How many steps two paths have in common. */
function common(a: readonly Step[], b: readonly Step[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count]!.key === b[count]!.key) count++;
  return count;
}

/** A lock held at a call, as the called function finds it. */
function inherited(body: FunctionBody, call: number, lock: AccessPath, mode: LockMode): readonly InheritedLock[] {
  if (lock.root.kind === 'global') return [inheritedLock(NONE, [], [], lock, mode)];
  const found: InheritedLock[] = [];
  const paths = accessPathsOf(body);
  body.list(call).forEach((argument, index) => {
    const target = argument === NONE ? undefined : paths.ofTarget(argument);
    if (!target || target.root.key !== lock.root.key) return;
    const shared = common(target.steps, lock.steps);
    if (isOfVisitedElement(lock.steps.slice(shared))) return;
    found.push(inheritedLock(index, target.steps.slice(shared), lock.steps.slice(shared), undefined, mode));
  });
  return found;
}

/** The locks that a function's callers hold, as the functions that it calls find them. */
function passedOn(body: FunctionBody, call: number, context: CallContext, summaries: LockSummaries): readonly InheritedLock[] {
  const found: InheritedLock[] = [];
  const paths = accessPathsOf(body);
  const flows = summaries.locksOf(body)?.flows ?? [];
  for (const lock of context.held) {
    if (lock.global) {
      const { global } = lock;
      const flow = flows.find((each) => each.lock.key === global.key);
      if (!flow || flow.before[call] === Hold.Before) found.push(lock);
      continue;
    }
    if (isTouched(flows, lock, call)) continue;
    body.list(call).forEach((argument, index) => {
      const target = argument === NONE ? undefined : paths.ofTarget(argument);
      if (!target || target.root.kind !== 'parameter' || target.root.body !== 0 || target.root.index !== lock.parameter) return;
      const [first, ...rest] = target.steps;
      if (first?.kind !== 'target') return;
      const shared = lock.down.length > 0 ? 0 : common(rest, lock.lock);
      found.push(inheritedLock(index, [...lock.down, ...rest.slice(shared)], lock.lock.slice(shared), undefined, lock.mode));
    });
  }
  return found;
}

/** True if the body itself does something to a lock that its callers hold, before an operation. */
export function isTouched(flows: readonly LockFlow[], lock: InheritedLock, operation: number): boolean {
  if (lock.down.length > 0) return false;
  const key = ['*', ...lock.lock.map((step) => step.key)].join(' ');
  return flows.some((flow) => flow.lock.root.kind === 'parameter' && flow.lock.root.index === lock.parameter && flow.lock.steps.map((step) => step.key).join(' ') === key && flow.before[operation] !== Hold.Before);
}

function inheritedLock(parameter: number, down: readonly Step[], lock: readonly Step[], global: AccessPath | undefined, mode: LockMode): InheritedLock {
  const key = global ? `${global.key} ${mode}` : `${parameter} ${keysOf(down)} ${keysOf(lock)} ${mode}`;
  return { parameter, down, lock, global, mode, key };
}

/** True if the comment above a function says that its callers hold a lock, and not clearly which. */
function expectsSomeLock({ requires }: ProgramFunction): boolean {
  return requires.some(({ name, isAlone }) => name === undefined && !isAlone);
}

/** The locks that a function's comment says its callers hold. */
export function requiredLocks({ requires }: ProgramFunction): readonly InheritedLock[] {
  return requires.flatMap(({ parameter, fields, global, mode }) => {
    if (global) return [inheritedLock(NONE, [], [], globalPath(global), mode)];
    return parameter === NONE ? [] : [inheritedLock(parameter, [], fields.map(fieldStep), undefined, mode)];
  });
}

/** The keys of steps; elements are not told apart. */
export function keysOf(steps: readonly Step[]): string {
  return steps.map((step) => (step.kind === 'element' ? '[]' : step.key)).join('');
}

function unique(locks: readonly InheritedLock[]): readonly InheritedLock[] {
  return [...new Map(locks.map((lock) => [lock.key, lock])).values()];
}

function contextKey({ held, unpublished, isUnclear }: CallContext): string {
  return `${isUnclear ? '?' : ''}${held.map((lock) => lock.key).sort().join(';')}|${[...unpublished].sort().join()}`;
}
