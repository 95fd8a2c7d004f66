// Counters of tasks (Go's sync.WaitGroup) in fields that only count inside the tasks that they are there for: whoever waits may
// come before any of them has begun. What is needed for it is in the functions themselves, so it is seen in programs too, of which
// an execution cannot be followed to its end.
//
//	func (r *reader) Start() { go r.pump() }          nothing is counted here
//	func (r *reader) pump()  { r.wg.Add(1); … }
//	func (r *reader) Stop()  { close(r.done); r.wg.Wait() }

import type { Place } from '../fields.ts';
import { graphOf } from '../graph.ts';
import { Walk, walkBackward, walkForward } from '../walk.ts';
import { ENTRY } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import { keysOf } from './call-contexts.ts';
import { lockSummariesOf } from './lock-state.ts';
import { syncFieldsOf } from './sync-fields.ts';
import type { SyncField } from './sync-fields.ts';

/** Counts of tasks that may come too late for who waits. */
export interface LateCounts {
  readonly inside: readonly CountedInside[];
  readonly meanwhile: readonly CountedMeanwhile[];
}

export interface CountedInside {
  readonly add: Place;
  readonly wait: Place;
  /** Where the task is started that counts itself. */
  readonly start: Place;
}

/** Additions in an endless loop, and a wait of another method that ends it: what comes in last is counted while the other one waits, or after. */
export interface CountedMeanwhile {
  readonly add: Place;
  readonly wait: Place;
  /** What the waiting method does to end the loop: the field that both use. */
  readonly signal: Place;
}

export function lateCountsIn(program: Program): LateCounts {
  const inside: CountedInside[] = [];
  const meanwhile: CountedMeanwhile[] = [];
  let callers: Callers | undefined;
  for (const sync of syncFieldsOf(program).values()) {
    if (sync.field.shape !== Shape.Record || !sync.isKept) continue;
    const counts = countsOf(program, sync);
    if (counts.adds.length === 0 || counts.waits.length === 0 || program.usesFieldElsewhere(sync.field.name)) continue;
    callers ??= new Callers(program);
    inside.push(...countedInside(counts, callers));
    meanwhile.push(...countedMeanwhile(program, counts, callers));
  }
  return { inside, meanwhile };
}

function countedInside({ adds, waits }: Counts, callers: Callers): readonly CountedInside[] {
  const starts = adds.map((add) => callers.startOf(add));
  // Somebody counts before: the counter is not zero then, perhaps.
  if (!starts.every((start) => start !== undefined)) return [];
  return adds.flatMap((add, index) => {
    const start = starts[index]!;
    const wait = waits.find((each) => each.function !== add.function && each.function !== start.function && isOfReceiver(each) && !waitsBefore(each));
    return wait && !waitsAfter(start.body, start.operation) ? [{ add, wait, start }] : [];
  });
}

/**
 * `for { c, _ := l.Accept(); s.wg.Add(1); go s.serve(c) }`, in a task that is not counted itself, and `s.l.Close(); s.wg.Wait()`: between an
 * Accept that succeeds and its Add the counter may be zero.
 */
function countedMeanwhile(program: Program, { adds, waits, dones }: Counts, callers: Callers): readonly CountedMeanwhile[] {
  const found: CountedMeanwhile[] = [];
  for (const add of adds) {
    if (!isOfReceiver(add) || add.body.parent !== NONE || !add.function.exported || !isInEndlessLoop(add) || heldAnywhere(program, add)) continue;
    const { unit } = add.body;
    // The loop is counted itself, or waits itself.
    const isCounted = dones.some((done) => done.body === add.body && done.body.has(done.operation, Flag.Deferred)) || adds.some((each) => each !== add && (each.body.unit === unit || callers.starts(each, add.function)));
    if (isCounted || waits.some((each) => each.body.unit === unit)) continue;
    for (const wait of waits) {
      if (!isOfReceiver(wait) || !wait.function.exported || wait.body.parent !== NONE || waitsBefore(wait) || heldAnywhere(program, wait)) continue;
      const signal = signalBefore(wait, add);
      if (signal === NONE) continue;
      found.push({ add, wait, signal: { ...wait, operation: signal } });
      break;
    }
  }
  return found;
}

function isInEndlessLoop({ body, operation }: Place): boolean {
  const loop = body.loops[body.loopOf(graphOf(body).blockOf(operation))];
  return loop !== undefined && loop.iterate === NONE && ![...body.successors(loop.head)].includes(loop.exit);
}

/** True if some lock is held at an operation, or may be. */
function heldAnywhere(program: Program, { body, operation }: Place): boolean {
  return lockSummariesOf(program).locksOf(body)?.flows.some((flow) => !flow.isFreeAt(operation)) ?? true;
}

/** A call on a field, or an atomic change of one, that comes before the wait, if the function with the loop uses the field as well; NONE if there is none. */
function signalBefore({ body, operation }: Place, loop: Place): number {
  const used = new Set<object>();
  for (const each of loop.body.unit.bodies) {
    for (let at = 0; at < each.operationCount; at++) {
      const field = fieldOf(each, at);
      if (field) used.add(field);
    }
  }
  let signal = NONE;
  walkBackward(body, operation, (before) => {
    if (body.kind(before) !== Op.Call || body.has(before, Flag.Spawned)) return Walk.On;
    const role = body.calleeOf(before)?.role;
    if (role !== Role.None && role !== Role.AtomicWrite && role !== Role.AtomicUpdate) return Walk.On;
    const [object = NONE] = body.list(before);
    const field = object === NONE ? undefined : fieldOf(body, object);
    if (!field || !used.has(field)) return Walk.On;
    signal = before;
    return Walk.Found;
  });
  return signal;
}

/** The field of the receiver that an operation reads, assigns or takes the address of. */
function fieldOf(body: FunctionBody, operation: number): object | undefined {
  const kind = body.kind(operation);
  if (kind !== Op.Read && kind !== Op.Write && kind !== Op.AddressOf) return undefined;
  const path = accessPathsOf(body).ofPlaceOf(operation);
  return path?.root.kind === 'parameter' && path.steps.length === 2 ? path.steps[1]!.field : undefined;
}

/** What is done with one counter. */
interface Counts {
  readonly adds: readonly Place[];
  readonly waits: readonly Place[];
  readonly dones: readonly Place[];
}

function countsOf(program: Program, { field, users }: SyncField): Counts {
  const adds: Place[] = [];
  const waits: Place[] = [];
  const dones: Place[] = [];
  const lists: Partial<Record<Role, Place[]>> = { [Role.CounterAdd]: adds, [Role.CounterWait]: waits, [Role.CounterDone]: dones };
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      if (!users.has(body)) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const role = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.role : undefined;
        const list = role === undefined ? undefined : lists[role];
        if (!list) continue;
        const path = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE);
        if (path?.steps.at(-1)?.field === field.origin) list.push({ function: function_, body, operation });
      }
    }
  }
  return { adds, waits, dones };
}

/** True if the counter is a part of the object that the function is a method of: of any object of the type. */
function isOfReceiver({ body, operation }: Place): boolean {
  const path = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE);
  return path?.root.kind === 'parameter' && path.root.body === 0 && path.steps[0]?.kind === 'target' && path.steps.slice(1).every((step) => step.kind === 'field');
}

/** True if the function waits for something else first, which the tasks may bring about. */
function waitsBefore({ body, operation }: Place): boolean {
  return walkBackward(body, operation, (before) => (blocks(body, before) ? Walk.Found : Walk.On)) !== false;
}

/** True if a function that starts a task waits for something once it has started it: perhaps for what the task does first. */
export function waitsAfter(body: FunctionBody, operation: number): boolean {
  return walkForward(body, operation, (after) => (blocks(body, after) ? Walk.Found : Walk.On)) !== false;
}

function blocks(body: FunctionBody, operation: number): boolean {
  const kind = body.kind(operation);
  if (kind === Op.Receive || kind === Op.Send) return true;
  if (kind !== Op.Call || body.has(operation, Flag.Spawned)) return false;
  const role = body.calleeOf(operation)?.role;
  return role === Role.CounterWait || role === Role.ConditionWait || role === Role.SemaphoreAcquire;
}

/** How functions are called: from where, or in ways that are not seen. */
class Callers {
  private readonly sites = new Map<string, Place[]>();
  private readonly handedOn = new Set<string>();
  private readonly interfaceNames = new Set<string>();

  constructor(program: Program) {
    for (const function_ of program.functions.values()) {
      for (const body of function_.body.unit.bodies) {
        for (let operation = 0; operation < body.operationCount; operation++) this.note(function_, body, operation);
      }
    }
  }

  private note(function_: ProgramFunction, body: FunctionBody, operation: number): void {
    const kind = body.kind(operation);
    if (kind !== Op.Call && kind !== Op.FunctionValue) return;
    const callee = body.calleeOf(operation);
    if (callee?.kind === 'interface') this.interfaceNames.add(callee.name.slice(callee.name.lastIndexOf('.') + 1));
    if (callee?.key === undefined) return;
    if (kind === Op.FunctionValue) this.handedOn.add(callee.key);
    else if (!this.sites.has(callee.key)) this.sites.set(callee.key, [{ function: function_, body, operation }]);
    else this.sites.get(callee.key)!.push({ function: function_, body, operation });
  }

  /** True if the function of an addition also starts another function as a task: it counts that one, perhaps. */
  starts(add: Place, started: ProgramFunction): boolean {
    return (this.sites.get(started.key) ?? []).some((site) => site.body.unit === add.body.unit);
  }

  /**
   * Where the task is started that begins with an addition: a function of the package that is only ever started as a task, for a
   * counter of its own receiver. Undefined for others.
   */
  startOf(add: Place): Place | undefined {
    const { function: function_, body, operation } = add;
    if (body.parent !== NONE || function_.exported || function_.isTest || this.handedOn.has(function_.key) || this.interfaceNames.has(function_.name)) return undefined;
    if (!isOfReceiver(add) || graphOf(body).blockOf(operation) !== ENTRY) return undefined;
    for (let before = body.firstOperation(ENTRY); before < operation; before++) if (blocks(body, before)) return undefined;
    const sites = this.sites.get(function_.key) ?? [];
    const [first] = sites;
    if (!first || !sites.every((site) => site.body.has(site.operation, Flag.Spawned) && site.body.parent === NONE && isOnReceiver(site))) return undefined;
    return first;
  }
}

/** True for `go r.pump()` in a method of r: the counter was there when the method was called. */
function isOnReceiver({ body, operation }: Place): boolean {
  const path = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE);
  return path?.root.kind === 'parameter' && keysOf(path.steps) === '*';
}
