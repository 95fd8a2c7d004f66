// Counters of tasks (Go's sync.WaitGroup) in fields that only count inside the tasks that they are there for: whoever waits may
// come before any of them has begun. What is needed for it is in the functions themselves, so it is seen in programs too, of which
// an execution cannot be followed to its end.
//
//	func (r *reader) Start() { go r.pump() }          nothing is counted here
//	func (r *reader) pump()  { r.wg.Add(1); … }
//	func (r *reader) Stop()  { close(r.done); r.wg.Wait() }

import { graphOf } from '../graph.ts';
import { Walk, walkBackward, walkForward } from '../walk.ts';
import { ENTRY } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import { keysOf } from './call-contexts.ts';
import { syncFieldsOf } from './sync-fields.ts';
import type { SyncField } from './sync-fields.ts';

export interface CountPlace {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly operation: number;
}

export interface CountedInside {
  readonly add: CountPlace;
  readonly wait: CountPlace;
  /** Where the task is started that counts itself. */
  readonly start: CountPlace;
}

/** @param isUsedElsewhere true for names of fields that code outside the program uses */
export function countedInside(program: Program, isUsedElsewhere: (name: string) => boolean): readonly CountedInside[] {
  const found: CountedInside[] = [];
  let callers: Callers | undefined;
  for (const sync of syncFieldsOf(program).values()) {
    if (sync.field.shape !== Shape.Record || !sync.isKept) continue;
    const { adds, waits } = countsOf(program, sync);
    if (adds.length === 0 || waits.length === 0 || isUsedElsewhere(sync.field.name)) continue;
    const known = (callers ??= new Callers(program));
    const starts = adds.map((add) => known.startOf(add));
    // Somebody counts before: the counter is not zero then, perhaps.
    if (!starts.every((start) => start !== undefined)) continue;
    adds.forEach((add, index) => {
      const start = starts[index]!;
      const wait = waits.find((each) => each.function !== add.function && each.function !== start.function && isOfReceiver(each) && !waitsBefore(each));
      if (wait && !waitsAfter(start.body, start.operation)) found.push({ add, wait, start });
    });
  }
  return found;
}

function countsOf(program: Program, { field, users }: SyncField): { readonly adds: readonly CountPlace[]; readonly waits: readonly CountPlace[] } {
  const adds: CountPlace[] = [];
  const waits: CountPlace[] = [];
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      if (!users.has(body)) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const role = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.role : undefined;
        if (role !== Role.CounterAdd && role !== Role.CounterWait) continue;
        const path = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE);
        if (path?.steps.at(-1)?.field === field.origin) (role === Role.CounterAdd ? adds : waits).push({ function: function_, body, operation });
      }
    }
  }
  return { adds, waits };
}

/** True if the counter is a part of the object that the function is a method of: of any object of the type. */
function isOfReceiver({ body, operation }: CountPlace): boolean {
  const path = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE);
  return path?.root.kind === 'parameter' && path.root.body === 0 && path.steps[0]?.kind === 'target' && path.steps.slice(1).every((step) => step.kind === 'field');
}

/** True if the function waits for something else first, which the tasks may bring about. */
function waitsBefore({ body, operation }: CountPlace): boolean {
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
  private readonly sites = new Map<string, CountPlace[]>();
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

  /**
   * Where the task is started that begins with an addition: a function of the package that is only ever started as a task, for a
   * counter of its own receiver. Undefined for others.
   */
  startOf(add: CountPlace): CountPlace | undefined {
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
function isOnReceiver({ body, operation }: CountPlace): boolean {
  const path = accessPathsOf(body).ofTarget(body.list(operation)[0] ?? NONE);
  return path?.root.kind === 'parameter' && keysOf(path.steps) === '*';
}
