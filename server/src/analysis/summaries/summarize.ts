// The summary of a function from its body and the summaries of what it calls.

import { accessOf, Access, containerOf } from '../../model/accesses.ts';
import { End, ENTRY } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, isContainer, isReference } from '../../model/objects.ts';
import type { Callee, RunArgument } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import type { Values } from '../values.ts';
import { lockChanges } from './lock-changes.ts';
import type { LockEvent } from './lock-changes.ts';
import { Paths, isCaptured, leadsOutside, partsOf, step, translated } from './paths.ts';
import type { PathParts } from './paths.ts';
import { globalBase, pathAt, rootsOf } from './roots.ts';
import type { Root } from './roots.ts';
import { Effect, Taken, joinedSummary, unknownSummary } from '../../model/summary.ts';
import type { LockChange, Summary } from '../../model/summary.ts';

/** The summaries of the functions that a call by name may run, one of them each time; undefined if they are not all known. */
export type SummaryOf = (callee: Callee) => readonly Summary[] | undefined;

/** Summaries with more paths are given up. */
const pathLimit = 400;

/** The summary of a function, its closures included. */
export function summarize(body: FunctionBody, summaryOf: SummaryOf): Summary {
  const { bodies } = body.unit;
  const summaries: Summary[] = [];
  // Closures come after the function they are written in.
  for (let index = bodies.length - 1; index >= 0; index--) {
    const each = bodies[index]!;
    summaries[index] = each.incomplete ? unknownSummary : new Summarizer(each, summaryOf, summaries).summary();
  }
  return summaries[body.index] ?? unknownSummary;
}

class Summarizer {
  private readonly values: Values;
  private readonly paths: Paths;
  private readonly accesses = new Map<string, number>();
  private readonly later = new Map<string, number>();
  private readonly takes = new Map<string, number>();
  private readonly lockEvents = new Map<number, LockEvent[]>();
  private readonly capturedValues = new Map<number, readonly string[]>();
  private readonly live: Uint8Array;
  private callsUnknown = false;
  private waits = false;
  private mayReturn = false;

  constructor(private readonly body: FunctionBody, private readonly summaryOf: SummaryOf, private readonly closures: readonly Summary[]) {
    this.values = valuesOf(body);
    this.paths = new Paths(body, (call, result) => this.resultPath(call, result));
    this.live = new Uint8Array(body.operationCount);
  }

  summary(): Summary {
    this.findLive();
    for (let operation = 0; operation < this.body.operationCount; operation++) if (this.live[operation]) this.visit(operation);
    const locks = lockChanges(this.body, this.lockEvents, (operation) => this.live[operation] === 1);
    if (!locks || this.accesses.size + this.later.size > pathLimit) return { ...unknownSummary, mayReturn: this.mayReturn };
    return {
      accesses: this.accesses,
      later: this.later,
      locks,
      takes: this.takes,
      results: this.results(),
      mayReturn: this.mayReturn,
      callsUnknown: this.callsUnknown,
      waits: this.waits,
      incomplete: false,
    };
  }

  // What is reached. -----------------------------------------------------------------------------------------------------

  /** Marks the operations that can be reached when calls of functions that never return end the path. */
  private findLive(): void {
    const { body } = this;
    const seen = new Uint8Array(body.blockCount);
    const stack = [ENTRY];
    seen[ENTRY] = 1;
    for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
      if (!this.markBlock(block)) continue;
      if (body.endOf(block) === End.Return) this.mayReturn = true;
      for (const next of body.successors(block)) {
        if (seen[next]) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
  }

  /** Marks the operations of a block; false if its end is not reached. */
  private markBlock(block: number): boolean {
    const { body } = this;
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      this.live[operation] = 1;
      if (body.kind(operation) !== Op.Call || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) continue;
      if (this.called(operation)?.mayReturn === false) return false;
    }
    return true;
  }

  // Operations. ------------------------------------------------------------------------------------------------------------

  private visit(operation: number): void {
    const { body } = this;
    switch (body.kind(operation)) {
      case Op.Read:
        this.touchPlace(operation, Effect.Look);
        return this.touchContainer(operation);
      case Op.Write:
        this.touchPlace(operation, Effect.Assign | (isContainer(body.shape(operation)) ? Effect.Replace : 0));
        this.touchContainer(operation);
        if (body.b(operation) !== NONE && !this.isOwnVariable(operation)) this.keep(body.b(operation));
        return;
      case Op.Delete:
      case Op.Clear:
      case Op.Length:
      case Op.Append:
      case Op.Iterate:
        this.touchContainer(operation);
        if (body.kind(operation) === Op.Append) this.keepList(operation);
        return;
      case Op.CopyElements:
        this.touchContainer(operation);
        return this.touch(this.paths.ofOperation(body.b(operation)), Effect.Read);
      case Op.Send:
        return this.keep(body.b(operation));
      case Op.Make:
      case Op.Aggregate:
        return this.keepList(operation);
      case Op.Call:
        return this.call(operation);
      case Op.Return:
        return this.handOnClosures(operation);
      case Op.Receive:
        this.waits = true;
        return;
      case Op.Next:
        if (body.shape(body.a(operation)) === Shape.Channel) this.waits = true;
        return;
      case Op.Opaque:
        this.callsUnknown = true;
        return body.list(operation).forEach((value) => this.pass(value));
      default:
    }
  }

  private touch(paths: readonly string[], effects: number, to = this.accesses): void {
    for (const path of paths) {
      const place = path.endsWith('&') ? path.slice(0, -1) : path;
      to.set(place, (to.get(place) ?? 0) | effects);
    }
  }

  /** The place of a Read or Write, unless it is an element as a whole, which counts as an access of its container. */
  private touchPlace(operation: number, effects: number): void {
    const { body } = this;
    const place = body.a(operation);
    if (body.placeKind(place) === PlaceKind.Element) return;
    if (this.values.addressAt(operation) !== NONE) return this.touch(this.paths.ofPlaceOf(operation), effects);
    const variable = body.variableOf(place);
    if (variable !== NONE && isCaptured(body, variable)) this.touch([this.capturedPath(place)], effects);
  }

  /** The path of a captured variable or a field of one. */
  private capturedPath(place: number): string {
    const { body } = this;
    const a = body.placeA(place);
    switch (body.placeKind(place)) {
      case PlaceKind.Variable:
        return `c${a}`;
      case PlaceKind.Field:
        return step(this.capturedPath(a), `.${body.unit.fields[body.placeB(place)]!.name}`);
      default:
        return step(this.capturedPath(a), '[]');
    }
  }

  private touchContainer(operation: number): void {
    const container = containerOf(this.body, operation);
    if (container === NONE) return;
    const effect = effectOf(accessOf(this.body, operation));
    if (effect) this.touch(this.paths.ofOperation(container), effect);
  }

  /** True for a write to a variable of this body: it keeps nothing beyond the call. */
  private isOwnVariable(write: number): boolean {
    const variable = this.body.variableOf(this.body.a(write));
    return variable !== NONE && this.body.unit.variables[variable]!.owner === this.body.index;
  }

  private keep(value: number): void {
    if (value === NONE) return;
    if (mayRefer(this.body.shape(value))) this.touch(this.paths.ofOperation(value), Effect.Kept);
    this.handOn(value);
  }

  private keepList(operation: number): void {
    const list = this.body.list(operation);
    const paired = this.body.kind(operation) !== Op.Append;
    for (let i = paired ? 1 : 0; i < list.length; i += paired ? 2 : 1) this.keep(list[i]!);
  }

  private pass(value: number, effect = Effect.Passed): void {
    if (value === NONE) return;
    if (mayRefer(this.body.shape(value))) this.touch(this.paths.ofOperation(value), effect);
    this.handOn(value);
  }

  private handOnClosures(operation: number): void {
    this.body.forEachOperand(operation, (value) => this.handOn(value));
  }

  /** A closure that is stored, returned or passed on runs at an unknown time. */
  private handOn(value: number): void {
    for (const closure of this.closuresIn(value) ?? []) this.apply(closure, NONE, this.later);
  }

  // Calls. -------------------------------------------------------------------------------------------------------------------

  private call(operation: number): void {
    const { body } = this;
    const callee = body.calleeOf(operation);
    if (callee && this.knownRole(operation, callee.role)) return;
    const to = body.has(operation, Flag.Spawned) ? this.later : this.accesses;
    const called = this.called(operation);
    if (called) {
      this.apply({ summary: called }, operation, to);
      if (body.has(operation, Flag.Spawned)) body.list(operation).forEach((value) => this.keep(value));
      return;
    }
    if (callee?.kind === 'builtin') return;
    if (callee?.runs.length) return this.callRunner(operation, callee.runs);
    if (to === this.accesses) this.callsUnknown = true;
    body.list(operation).forEach((value) => this.pass(value, callee?.role === Role.Looks ? Effect.Shown : Effect.Passed));
    if (body.b(operation) !== NONE) this.pass(body.b(operation));
  }

  /** A library function that runs functions it is given; nothing else is known of it. */
  private callRunner(operation: number, runs: readonly RunArgument[]): void {
    const list = this.body.list(operation);
    list.forEach((value, index) => {
      const run = runs.find((each) => each.argument === index);
      const closures = run && this.closuresIn(value);
      if (!run || !closures) {
        if (run) this.callsUnknown = true;
        return this.pass(value);
      }
      const to = run.when === 'now' && !this.body.has(operation, Flag.Spawned) ? this.accesses : this.later;
      for (const closure of closures) this.apply(closure, NONE, to);
    });
  }

  /** Calls whose effect is known without a summary. */
  private knownRole(operation: number, role: Role): boolean {
    const { body } = this;
    const [first, second] = body.list(operation);
    const argument = first ?? NONE;
    switch (role) {
      case Role.Lock:
        return this.lock(operation, argument, 'locked');
      case Role.ReadLock:
        return this.lock(operation, argument, 'read-locked');
      case Role.TryLock:
      case Role.TryReadLock:
        return this.lock(operation, argument, 'varies');
      case Role.Unlock:
        return this.lock(operation, argument, 'unlocked');
      case Role.ReadUnlock:
        return this.lock(operation, argument, 'read-unlocked');
      case Role.Clears:
        this.touch(this.paths.ofOperation(argument), Effect.Clear);
        return true;
      case Role.Deletes:
        this.touch(this.paths.ofOperation(argument), Effect.Delete);
        return true;
      case Role.AtomicRead:
      case Role.AtomicWrite:
      case Role.AtomicUpdate:
        this.touch(this.pointees(argument), Effect.Atomic | (role === Role.AtomicRead ? Effect.Look : Effect.Assign));
        if (second !== undefined) this.keep(second);
        return true;
      case Role.Observes:
      case Role.ProcessStart:
      case Role.Changes:
        this.touch(this.pointees(argument), role === Role.Changes ? Effect.Assign : Effect.Look);
        this.handOnClosures(operation);
        return true;
      case Role.Reads:
      case Role.Exits:
      case Role.Unwinds:
      case Role.Recovers:
      case Role.Closes:
        this.handOnClosures(operation);
        return true;
      case Role.CounterWait:
        this.waits = true;
        return true;
      case Role.CounterDone:
      case Role.ConditionSignal:
      case Role.ReadLocker:
        return true;
      default:
        return false;
    }
  }

  private pointees(pointer: number): readonly string[] {
    return this.paths.ofOperation(pointer).map((path) => step(path, '*'));
  }

  private lock(operation: number, pointer: number, change: LockChange): boolean {
    const [lock, ...more] = this.pointees(pointer);
    // A lock without a path is one that the caller cannot see, or that is not known.
    if (lock === undefined || more.length > 0) return true;
    this.noteLock(operation, lock, change);
    const taken = change === 'read-locked' ? Taken.Shared : change === 'unlocked' || change === 'read-unlocked' ? 0 : Taken.Exclusive;
    if (taken) this.takes.set(lock, (this.takes.get(lock) ?? 0) | taken);
    return true;
  }

  private noteLock(operation: number, lock: string, change: LockChange): void {
    const events = this.lockEvents.get(operation);
    if (events) events.push({ lock, change });
    else this.lockEvents.set(operation, [{ lock, change }]);
  }

  /** What a call does if everything that it may call is known: functions and methods, or closures of this function. */
  private called(operation: number): Summary | undefined {
    const { body } = this;
    const callee = body.calleeOf(operation);
    if (!callee) return joined(this.closuresIn(body.b(operation))?.map(({ summary }) => summary));
    if (callee.kind === 'builtin' || callee.role !== Role.None || callee.runs.length > 0) return undefined;
    return joined(this.summaryOf(callee));
  }

  /** The closures that a function value is, if it can be nothing else. */
  private closuresIn(value: number): readonly CalledFunction[] | undefined {
    if (value === NONE) return undefined;
    const alternatives = this.values.alternatives(this.values.number(value));
    const found: CalledFunction[] = [];
    for (const each of alternatives ?? []) {
      const creation = this.values.creation(each);
      if (creation === undefined || this.body.kind(creation) !== Op.Closure) return undefined;
      found.push({ summary: this.closures[this.body.a(creation)] ?? unknownSummary });
    }
    return found.length > 0 ? found : undefined;
  }

  /** Adds what a function does, its paths put in terms of this one. `call` is NONE if nothing is known of its arguments. */
  private apply({ summary }: CalledFunction, call: number, to: Map<string, number>): void {
    const bases = this.basesAt(call);
    for (const root of rootsOf(summary)) this.applyRoot(root, root.parts.root === 'g' ? globalBase : bases(root.parts.root, root.parts.index), to);
    if (to === this.later) return;
    if (summary.callsUnknown) this.callsUnknown = true;
    if (summary.waits) this.waits = true;
    for (const [path, taken] of summary.takes) {
      for (const lock of translated(path, partsOf(path), bases)) this.takes.set(lock, (this.takes.get(lock) ?? 0) | taken);
    }
    if (call === NONE) return;
    for (const [path, change] of summary.locks) {
      const [lock, ...more] = translated(path, partsOf(path), bases);
      if (lock !== undefined && more.length === 0) this.noteLock(call, lock, change);
    }
  }

  private applyRoot({ entries }: Root, bases: readonly string[], to: Map<string, number>): void {
    if (bases.length === 0) return;
    for (const each of entries) {
      const effects = this.visible(each.parts, each.effects);
      if (!effects) continue;
      const target = each.isLater ? this.later : to;
      for (const base of bases) {
        const path = pathAt(each, base);
        target.set(path, (target.get(path) ?? 0) | effects);
      }
    }
  }

  /** The paths that a callee's arguments and captured variables have here. */
  private basesAt(call: number): (root: 'p' | 'c', index: number) => readonly string[] {
    const list = call === NONE ? undefined : this.body.list(call);
    return (root, index) => (root === 'c' ? this.capturedValue(index) : this.paths.ofOperation(list?.[index] ?? NONE));
  }

  /** The effects on a path that this function's caller may see: not those on a variable of this function, or a field in it, but those on what it holds. */
  private visible(parts: PathParts, effects: number): number {
    if (parts.root !== 'c' || isCaptured(this.body, parts.index) || leadsOutside(parts)) return effects;
    return effects & ~(Effect.Look | Effect.Assign | Effect.Replace);
  }

  /** What a captured variable may hold: the paths of everything assigned to it in its own function. */
  private capturedValue(index: number): readonly string[] {
    const { body } = this;
    if (isCaptured(body, index)) return [`c${index}`];
    const before = this.capturedValues.get(index);
    if (before) return before;
    const found = new Set<string>();
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.Write || body.b(operation) === NONE) continue;
      const place = body.a(operation);
      if (body.placeKind(place) === PlaceKind.Variable && body.placeA(place) === index) for (const path of this.paths.ofOperation(body.b(operation))) found.add(path);
    }
    this.capturedValues.set(index, [...found]);
    return [...found];
  }

  // Results. -------------------------------------------------------------------------------------------------------------------

  private resultPath(call: number, result: number): string | undefined {
    const path = this.called(call)?.results[result];
    if (path === undefined || path === 'new') return undefined;
    const found = translated(path, partsOf(path), this.basesAt(call));
    return found.length === 1 ? found[0] : undefined;
  }

  private results(): readonly (string | undefined)[] {
    const { body } = this;
    const results: (string | undefined)[] = [];
    let returns = 0;
    for (const block of graphOf(body).order) {
      for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
        if (body.kind(operation) !== Op.Return || !this.live[operation]) continue;
        const values = [...body.list(operation)].map((value) => this.returned(value));
        if (returns++ === 0) results.push(...values);
        else results.forEach((before, index) => (results[index] = merged(before, values[index])));
      }
    }
    return results.map((each) => (each === 'nil' ? undefined : each));
  }

  /** The path of a returned value, `new`, `nil`, or undefined. */
  private returned(value: number): string | undefined {
    if (value === NONE || !mayRefer(this.body.shape(value))) return undefined;
    const number = this.values.number(value);
    if (this.values.isNil(number)) return 'nil';
    const alternatives = this.values.alternatives(number) ?? [];
    if (alternatives.length > 0 && alternatives.every((each) => this.values.creation(each) !== undefined)) return 'new';
    const paths = this.paths.ofValue(number);
    return alternatives.length === 1 && paths.length === 1 ? paths[0] : undefined;
  }
}

interface CalledFunction {
  readonly summary: Summary;
}

function joined(summaries: readonly Summary[] | undefined): Summary | undefined {
  return summaries && joinedSummary(summaries);
}

function merged(a: string | undefined, b: string | undefined): string | undefined {
  if (a === 'nil') return b;
  return b === 'nil' || a === b ? a : undefined;
}

function effectOf(access: Access | undefined): number {
  switch (access) {
    case Access.Read:
      return Effect.Read;
    case Access.Write:
      return Effect.Write;
    case Access.Delete:
      return Effect.Delete;
    case Access.Clear:
      return Effect.Clear;
    case Access.Range:
      return Effect.Range;
    case Access.Length:
      return Effect.Length;
    case Access.Append:
      return Effect.Append;
    default:
      return 0;
  }
}

/** True for values through which something else can be reached. */
function mayRefer(shape: Shape): boolean {
  return isReference(shape) || shape === Shape.Record || shape === Shape.Array || shape === Shape.Unknown;
}

