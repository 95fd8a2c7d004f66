// Where executions begin. A program's start, each test, and each function that starts tasks is a root: what its callers do with
// what it is given is not known then, and nothing is said of it.

import { valuesOf } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import { Role, Shape } from '../../model/objects.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';

/** What a body does by itself, without what it calls. */
interface Traits {
  readonly startsTasks: boolean;
  readonly takesLocks: boolean;
  /** True if it uses channels, locks, counters or atomic operations. */
  readonly ordersTasks: boolean;
  /** Keys of the functions it calls or hands on. */
  readonly callees: ReadonlySet<string>;
}

const known = new BodyFacts<Traits>();

function traitsOf(body: FunctionBody): Traits {
  let traits = known.get(body);
  if (traits) return traits;
  let startsTasks = false;
  let takesLocks = false;
  let ordersTasks = false;
  const callees = new Set<string>();
  for (const each of body.unit.bodies) {
    if (each.incomplete) continue;
    for (let operation = 0; operation < each.operationCount; operation++) {
      const kind = each.kind(operation);
      if (kind === Op.Send || kind === Op.Receive || kind === Op.Close) ordersTasks = true;
      if (kind !== Op.Call && kind !== Op.FunctionValue) continue;
      const callee = each.calleeOf(operation);
      if (kind === Op.FunctionValue) {
        if (callee?.key !== undefined) callees.add(callee.key);
        continue;
      }
      if (each.has(operation, Flag.Spawned) || callee?.role === Role.OverlapsSiblings || callee?.runs.some((run) => run.when === 'concurrent')) startsTasks = true;
      if (callee && isOrder(callee.role)) ordersTasks = true;
      if (callee?.role === Role.Lock || callee?.role === Role.ReadLock) takesLocks = true;
      if (callee?.key !== undefined && callee.role === Role.None) callees.add(callee.key);
    }
  }
  known.set(body, (traits = { startsTasks, takesLocks, ordersTasks, callees }));
  return traits;
}

function isOrder(role: Role): boolean {
  return (role >= Role.Lock && role <= Role.AtomicUpdate) || (role >= Role.SharedMapRead && role <= Role.SharedMapUpdate) || role === Role.OverlapsSiblings || (role >= Role.PipeWrite && role <= Role.PipeStop);
}

/** Callers so far away from the start of a task are roots as well: they see what happens while it runs. */
const callerLevels = 2;

export interface ExecutionRoot {
  readonly root: ProgramFunction;
  /** Keys of the functions of the program that call it or hand it on. */
  readonly callers: readonly string[];
}

/** The functions that executions begin with, the ones that call others first. */
export function rootsOf(program: Program): readonly ExecutionRoot[] {
  const levels = new Map<string, number>();
  let frontier: string[] = [];
  const callers = new Map<string, string[]>();
  const hasTests = [...program.functions.values()].some((each) => each.isTest);
  for (const [key, each] of program.functions) {
    if (each.generated || each.body.incomplete) continue;
    const traits = traitsOf(each.body);
    // What the library of a test package starts by itself is looked at with the library.
    if (traits.startsTasks && (each.isTest || !hasTests) && isOwn(program, each)) {
      levels.set(key, 0);
      frontier.push(key);
    }
    for (const callee of traits.callees) {
      const list = callers.get(callee);
      if (list) list.push(key);
      else callers.set(callee, [key]);
    }
  }
  for (let level = 1; level <= callerLevels; level++) {
    const next: string[] = [];
    for (const key of frontier) {
      for (const caller of callers.get(key) ?? []) {
        if (levels.has(caller) || (hasTests && !program.functions.get(caller)!.isTest)) continue;
        levels.set(caller, level);
        next.push(caller);
      }
    }
    frontier = next;
  }
  return [...levels]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([key]) => {
      const root = program.functions.get(key);
      return root ? [{ root, callers: callers.get(key) ?? [] }] : [];
    });
}

const knownMains = new WeakMap<Program, boolean>();

/** True for a program that nobody calls from outside. */
export function isCommand(program: Program): boolean {
  let has = knownMains.get(program);
  if (has === undefined) knownMains.set(program, (has = [...program.functions.values()].some((each) => each.entry === 'main')));
  return has;
}

/** False for functions that another build of the package has, too. */
export function isOwn({ ownPaths }: Program, { path }: ProgramFunction): boolean {
  return ownPaths === undefined || ownPaths.has(path);
}

/** True if the files that only this program has hold anything that is about tasks, locks or channels. */
export function concernsTasks(program: Program): boolean {
  for (const each of program.functions.values()) {
    if (!isOwn(program, each) || each.generated) continue;
    const { startsTasks: starts, ordersTasks } = traitsOf(each.body);
    if (starts || ordersTasks) return true;
  }
  return false;
}

export function startsTasks(body: FunctionBody): boolean {
  return traitsOf(body).startsTasks;
}

export function takesLocks(body: FunctionBody): boolean {
  return traitsOf(body).takesLocks;
}

/** True for a function, or a method of another type, that starts tasks, by itself or by what it calls, and hands on or calls one of some methods: it may make an object and set it going. */
export function isConstructorOf(program: Program, maker: ProgramFunction, methods: readonly ProgramFunction[]): boolean {
  // Who uses an object from its first to its last moment does not hand it out.
  if (maker.body.incomplete || maker.entry !== undefined || maker.receiverType === methods[0]?.receiverType) return false;
  const { callees } = traitsOf(maker.body);
  if (!reachesOf(program).starts.has(maker.key)) return false;
  if (!methods.some((each) => callees.has(each.key))) return maker.receiverType === undefined && traitsOf(maker.body).startsTasks && allocationsFor(maker.body, methods).length > 0;
  return maker.receiverType === undefined || callsOnNew(maker.body, new Set(methods.map((each) => each.key)));
}

/** The operations of a body that allocate an object of a type and set a field of it that methods of the type use: `s := &session{data: …}; go func() { clear(s.data) }()`. */
export function allocationsFor(body: FunctionBody, methods: readonly ProgramFunction[]): readonly number[] {
  const found: number[] = [];
  let fields: Set<object> | undefined;
  for (let operation = 0; operation < body.operationCount; operation++) {
    const made = body.kind(operation) === Op.Allocate ? body.a(operation) : NONE;
    if (made === NONE || body.kind(made) !== Op.Aggregate || body.shape(made) !== Shape.Record) continue;
    fields ??= new Set(methods.flatMap((each) => [...receiverFieldsOf(each.body)]));
    const parts = body.list(made);
    for (let i = 0; i < parts.length; i += 2) {
      const origin = body.unit.fields[parts[i]!]?.origin;
      if (origin === undefined || !fields.has(origin)) continue;
      found.push(operation);
      break;
    }
  }
  return found;
}

const knownReceiverFields = new BodyFacts<ReadonlySet<object>>();

/** The fields of its receiver that a method uses. */
function receiverFieldsOf(body: FunctionBody): ReadonlySet<object> {
  const before = knownReceiverFields.get(body);
  if (before) return before;
  const found = new Set<object>();
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount && !body.incomplete; operation++) {
    const kind = body.kind(operation);
    if (kind !== Op.Read && kind !== Op.Write && kind !== Op.AddressOf) continue;
    const place = body.a(operation);
    const pointer = body.pointerOf(place);
    if (pointer === NONE || values.incoming(values.number(pointer)) !== 0) continue;
    const { origin } = body.unit.fields[body.placeB(place)]!;
    if (origin) found.add(origin);
  }
  knownReceiverFields.set(body, found);
  return found;
}

/** True if a body calls one of some methods on an object that it allocates. */
function callsOnNew(body: FunctionBody, methods: ReadonlySet<string>): boolean {
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || !methods.has(body.calleeOf(operation)?.key ?? '')) continue;
    const [receiver = NONE] = body.list(operation);
    const made = receiver === NONE ? NONE : values.operationOf(values.number(receiver));
    if (made !== NONE && body.kind(made) === Op.Allocate) return true;
  }
  return false;
}

/** The keys of functions that do something, or call others of the program that do. */
interface Reaches {
  readonly starts: ReadonlySet<string>;
  readonly orders: ReadonlySet<string>;
}

const knownReaches = new WeakMap<Program, Reaches>();

function reachesOf(program: Program): Reaches {
  let reaches = knownReaches.get(program);
  if (reaches) return reaches;
  const callers = new Map<string, string[]>();
  const starts = new Set<string>();
  const orders = new Set<string>();
  for (const [key, { body }] of program.functions) {
    const traits = traitsOf(body);
    if (traits.startsTasks) starts.add(key);
    if (traits.ordersTasks || body.incomplete) orders.add(key);
    for (const callee of traits.callees) {
      const list = callers.get(callee);
      if (list) list.push(key);
      else callers.set(callee, [key]);
    }
  }
  // A set is walked to what is added on the way.
  for (const found of [starts, orders]) for (const key of found) for (const caller of callers.get(key) ?? []) found.add(caller);
  knownReaches.set(program, (reaches = { starts, orders }));
  return reaches;
}

/** True if a body, or one around it, or what these call, uses channels, locks, counters or atomic operations. */
export function mayOrderTasks(program: Program, body: FunctionBody): boolean {
  const traits = traitsOf(body);
  if (traits.ordersTasks || body.incomplete) return true;
  const { orders } = reachesOf(program);
  return [...traits.callees].some((key) => orders.has(key));
}
