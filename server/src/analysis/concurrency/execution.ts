// An execution: what a root does, call by call, with the tasks it starts. Calls are followed into their callees as far as
// those are known, up to a bound, so that one object is one location however it was passed, stored and captured.

import { graphOf } from '../graph.ts';
import { ValueKind } from '../value-table.ts';
import { heldAt } from '../held-functions.ts';
import { globalKey, partsOf, stepsIn } from '../summaries/paths.ts';
import { valuesOf } from '../values.ts';
import { walkForward, Walk } from '../walk.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, VariableKind, isContainer } from '../../model/objects.ts';
import type { Callee, RunArgument } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { Effect } from '../../model/summary.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { Activation, EpochMap, isRunning } from './activation.ts';
import type { Abstract, Abstracts, Origin } from './activation.ts';
import { AccessKind, SyncKind } from './events.ts';
import type { AccessEvent, SyncEvent } from './events.ts';
import { LocationKind, Memory, anyKey } from './locations.ts';
import type { Location } from './locations.ts';
import { isReadLocker } from './lock-events.ts';
import { mayOrderTasks } from './roots.ts';
import { interestingOperations } from './skeleton.ts';
import { Task } from './task.ts';
import type { Start } from './task.ts';

/** Calls are followed so deep. */
const depthLimit = 5;
/** An execution follows so many calls, and looks at so many operations. */
const activationLimit = 200;
const operationLimit = 15_000;
/** A value that may be more things than this is not known. */
const alternativeLimit = 6;
/** Evaluation goes so deep. */
const evaluationDepth = 60;

/** The part of a channel that says whether it is closed. */
const closedField = 'closed';
/** The part of a scope that can be cancelled which says that it is: a channel. */
const doneField = 'done';
/** See Role.ProcessStart. */
const processField = 'Process';

const plain: Abstracts = [{ kind: 'plain' }];
const nil: Abstracts = [{ kind: 'nil' }];

interface Store {
  readonly activation: Activation;
  readonly value: number;
}

/** A function that a call runs. */
interface Target {
  readonly body: FunctionBody;
  /** False if another function may run in its place. */
  readonly isCertain?: boolean;
  readonly around: Activation | undefined;
  readonly function: ProgramFunction | undefined;
  readonly parameters: readonly Abstracts[];
  /** What the receiver of a method that code outside calls refers to. */
  readonly shared?: Location;
}

interface PendingTask {
  readonly body: FunctionBody;
  readonly run: () => void;
}

export class Execution {
  readonly memory = new Memory();
  readonly tasks: Task[] = [];
  readonly activations: Activation[] = [];
  readonly accesses: AccessEvent[] = [];
  readonly syncs: SyncEvent[] = [];
  /** Every body that was looked at: the execution is the same as long as these are. */
  readonly bodies = new Set<FunctionBody>();
  /** True if a bound was reached: something may be missing. */
  truncated = false;
  /** What closures can use that were given to code which is not known. */
  readonly handedOn = new Set<Location>();
  /** True if the first task begins with a function whose callers may hold locks. */
  mayBeCalledLocked = false;
  private readonly stores = new Map<Location, Store[]>();
  private readonly functionsOfBodies = new Map<FunctionBody, ProgramFunction>();
  /** Activations with a call whose result was asked for before the call was followed, if it ever is. */
  private readonly awaited = new Set<Activation>();
  /** Locations whose content was asked for. */
  private readonly looked = new Set<Location>();
  private epoch = 0;
  private readonly contents = new EpochMap<Location, Abstracts>();
  private readonly pending: PendingTask[] = [];
  /** How many tasks began with a body. */
  private readonly begun = new Map<FunctionBody, number>();
  private evaluating = 0;

  /** What of the bounds is left to what runs now, and to the tasks that it starts. */
  private callsLeft = 0;
  private operationsLeft = 0;
  private allowed: number;

  /** @param limit so many calls are followed */
  constructor(readonly program: Program, limit = activationLimit) {
    this.allowed = limit;
  }

  /** What is added next follows so many calls, and whatever others did not need is not added to it. */
  allow(calls: number): void {
    this.allowed = calls;
  }

  private bound(calls: number): void {
    this.callsLeft = calls;
    this.operationsLeft = operationsFor(calls);
  }

  /** The declared function that an activation runs; undefined for closures. */
  functionOf(activation: Activation): ProgramFunction | undefined {
    return this.functionsOfBodies.get(activation.body);
  }

  /** The declared function that an activation's code stands in, its own or one around a closure; undefined if it is not known. */
  functionAround(activation: Activation): ProgramFunction | undefined {
    for (let at: Activation | undefined = activation; at; at = at.around) {
      const found = this.functionsOfBodies.get(at.body);
      if (found) return found;
    }
    return undefined;
  }

  /** The file that an activation's code stands in; undefined if it is not known. */
  pathOf(activation: Activation): string | undefined {
    return this.functionAround(activation)?.path;
  }

  /** Adds a task that starts with a function, its parameters as given or, where they are not, from outside. */
  addRoot(root: ProgramFunction, start: Start, parent: Task | undefined = undefined, parameters: readonly Abstracts[] | undefined = undefined): Task {
    const task = this.addTask(start, parent, undefined, NONE, root.name);
    this.functionsOfBodies.set(root.body, root);
    this.runAll(() => {
      task.first = this.activate({ body: root.body, around: undefined, function: root, parameters: [] }, task, undefined, [], NONE, false, undefined, parameters ?? null);
    });
    return task;
  }

  /** A task that does nothing itself: whatever uses the program from outside. */
  addWorld(): Task {
    return this.addTask('root', undefined, undefined, NONE, '');
  }

  /** Adds a method that code outside may call at any time, of the object at a location. */
  addMethod(method: ProgramFunction, world: Task, shared: Location): Task {
    const task = this.addTask('outside', world, undefined, NONE, method.name);
    this.functionsOfBodies.set(method.body, method);
    this.runAll(() => {
      task.first = this.activate({ body: method.body, around: undefined, function: method, parameters: [], shared }, task, undefined, [], NONE, false, undefined, null);
    });
    return task;
  }

  /** Says that two locations are one: what is stored in the first is what is found at the second. */
  unify(made: Location, known: Location): void {
    const from = made.canonical;
    const to = known.canonical;
    if (from === to || to.isWithin(from)) return;
    const children = [...from.children.values()];
    const stored = this.stores.get(from);
    from.same = to;
    for (const child of children) {
      if (child.same) continue;
      if (child.kind === LocationKind.Field) this.unify(child, this.memory.field(to, child.name));
      else if (child.kind === LocationKind.Element) this.unify(child, this.memory.element(to, child.name));
      else this.unify(child, this.memory.content(to));
    }
    const [only] = stored ?? [];
    const value = stored?.length === 1 && only ? this.valueOf(only.activation, only.value) : undefined;
    const fields = children.filter((each) => each.kind === LocationKind.Field && this.stores.has(each)).map((each) => each.name);
    this.unifyContent(value, to);
    const [record] = value ?? [];
    if (value?.length === 1 && record?.kind === 'aggregate') {
      const { body } = record.activation;
      const list = body.list(record.operation);
      for (let i = 0; i < list.length; i += 2) {
        const name = body.unit.fields[list[i]!]?.name;
        // A field that is assigned later holds something else then.
        if (name !== undefined && list[i + 1] !== NONE && !fields.includes(name)) this.unifyContent(this.valueOf(record.activation, list[i + 1]!), this.memory.field(to, name));
      }
    }
    this.epoch++;
  }

  /** Says that what was made for a place is what is found there. */
  private unifyContent(value: Abstracts, at: Location): void {
    const [reference] = value ?? [];
    if (value?.length === 1 && reference?.kind === 'reference' && reference.to.root.kind === LocationKind.Heap) this.unify(reference.to, this.memory.content(at));
  }

  /** Runs a task's code and then the tasks that it starts: these share what it leaves of the bound, or half as much again. */
  private runAll(first: () => void): void {
    const { allowed } = this;
    const before = this.activations.length;
    this.bound(allowed);
    first();
    const end = Math.max(before + allowed, this.activations.length + Math.ceil(allowed / 2));
    for (let next = this.nextPending(); next; next = this.nextPending()) {
      const { body } = next;
      const isNew = ({ body: other }: PendingTask): boolean => other !== body && !this.begun.has(other);
      this.bound(Math.ceil((end - this.activations.length) / (this.pending.filter(isNew).length + 1)));
      this.begun.set(body, (this.begun.get(body) ?? 0) + 1);
      next.run();
    }
  }

  /** Takes out the first of those tasks whose like began least often. */
  private nextPending(): PendingTask | undefined {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    this.pending.forEach(({ body }, index) => {
      const count = this.begun.get(body) ?? 0;
      if (count < least) [best, least] = [index, count];
    });
    return best < 0 ? undefined : this.pending.splice(best, 1)[0];
  }

  private addTask(start: Start, parent: Task | undefined, spawner: Activation | undefined, operation: number, name: string): Task {
    const task = new Task(this.tasks.length, start, parent, spawner, operation, name);
    this.tasks.push(task);
    return task;
  }

  // Activations. -----------------------------------------------------------------------------------------------------------

  /** @param parameters null for those of a root, which are symbolic */
  private activate(
    target: Target,
    task: Task,
    caller: Activation | undefined,
    callOperations: readonly number[],
    callSite: number,
    deferred: boolean,
    onceGuard: Location | undefined,
    parameters: readonly Abstracts[] | null,
  ): Activation | undefined {
    const { body } = target;
    const depth = caller ? caller.depth + 1 : 0;
    const isRecursive = isRunning(caller, body);
    if (body.incomplete || depth > depthLimit || this.callsLeft <= 0 || this.operationsLeft < 0 || isRecursive) {
      if (caller) {
        caller.truncated = true;
        if (!isRecursive && mayOrderTasks(this.program, body)) this.syncs.push({ activation: caller, operation: callSite, kind: SyncKind.Unfollowed, location: undefined, at: callOperations, deferred });
      }
      this.truncated = true;
      return undefined;
    }
    this.callsLeft--;
    if (target.function) this.functionsOfBodies.set(body, target.function);
    this.bodies.add(body);
    const activation = new Activation(this.activations.length, body, task, caller, callOperations, callSite, target.around, parameters ?? undefined, depth, deferred, onceGuard);
    activation.shared = target.shared;
    activation.isRepeated = caller !== undefined && (caller.isRepeated || caller.body.loopOf(graphOf(caller.body).blockOf(callSite)) !== NONE);
    activation.isCertain = target.isCertain !== false && (caller?.isCertain ?? task.spawner?.isCertain ?? true);
    this.activations.push(activation);
    task.first ??= activation;
    this.run(activation);
    return activation;
  }

  private run(activation: Activation): void {
    const operations = interestingOperations(activation.body);
    this.operationsLeft -= operations.length;
    for (const operation of operations) this.visit(activation, operation);
  }

  private visit(activation: Activation, operation: number): void {
    const { body } = activation;
    switch (body.kind(operation)) {
      case Op.Read:
        return this.readPlace(activation, operation);
      case Op.Write:
        return this.writePlace(activation, operation);
      case Op.Allocate:
        if (body.a(operation) !== NONE) this.store(this.memory.heap(activation, operation), activation, body.a(operation));
        return;
      case Op.Make:
        return this.storeElements(activation, operation);
      case Op.Delete:
        return this.accessContainer(activation, operation, AccessKind.Delete, true);
      case Op.Clear:
        return this.accessContainer(activation, operation, AccessKind.Clear, true);
      case Op.Length:
      case Op.Capacity:
        if (body.shape(body.a(operation)) === Shape.Map) this.accessContainer(activation, operation, AccessKind.Length, false);
        return;
      case Op.Append:
        return this.append(activation, operation);
      case Op.CopyElements:
        this.accessContainer(activation, operation, AccessKind.Write, true);
        return this.accessReferred(activation, operation, body.b(operation), AccessKind.Range, false);
      case Op.Iterate:
        if (body.shape(operation) === Shape.Map || (body.shape(operation) === Shape.List && looksAtElements(body, operation))) this.accessContainer(activation, operation, AccessKind.Range, false);
        return;
      case Op.Convert:
        return this.accessContainer(activation, operation, AccessKind.Range, false);
      case Op.Next:
        if (body.shape(body.a(operation)) === Shape.Channel) this.sync(activation, operation, SyncKind.Receive, body.a(body.a(operation)));
        return;
      case Op.Send:
        this.storeSent(activation, operation);
        this.useChannel(activation, operation, body.a(operation), false);
        return this.sync(activation, operation, SyncKind.Send, body.a(operation));
      case Op.Receive:
        return this.sync(activation, operation, SyncKind.Receive, body.a(operation));
      case Op.Close:
        this.useChannel(activation, operation, body.a(operation), true);
        return this.sync(activation, operation, SyncKind.Close, body.a(operation));
      case Op.Call:
        return this.call(activation, operation);
      case Op.Opaque:
        for (const value of body.list(operation)) this.escape(activation, operation, value);
        return;
      default:
    }
  }

  // Memory. ----------------------------------------------------------------------------------------------------------------

  private readPlace(activation: Activation, operation: number): void {
    const { body } = activation;
    this.accessPlace(activation, operation, body.a(operation), AccessKind.Read, false);
  }

  private writePlace(activation: Activation, operation: number): void {
    const { body } = activation;
    const place = body.a(operation);
    const isInitial = body.has(operation, Flag.Define) && body.placeKind(place) === PlaceKind.Variable && body.unit.variables[body.placeA(place)]!.perIteration !== false;
    // `return x` with a result named x assigns x to itself; nothing is written.
    const isItself = body.has(operation, Flag.Implicit) && body.b(operation) !== NONE && body.kind(body.b(operation)) === Op.Read && body.a(body.b(operation)) === place;
    if (!isInitial && !isItself) this.accessPlace(activation, operation, place, AccessKind.Write, true);
    const value = body.b(operation);
    if (value === NONE || isPlain(body.shape(value))) return;
    for (const location of this.placesAt(activation, place) ?? []) this.store(location, activation, value);
  }

  private accessPlace(activation: Activation, operation: number, place: number, kind: AccessKind, isWrite: boolean): void {
    const { body } = activation;
    const root = body.rootOf(place);
    if (body.placeKind(root) === PlaceKind.Element && body.shape(body.placeA(root)) === Shape.Map) {
      return this.accessReferred(activation, operation, body.placeA(root), kind, isWrite);
    }
    const variable = body.variableOf(place);
    if (variable !== NONE && !isShared(body, variable)) return;
    const places = this.placesAt(activation, place) ?? [];
    const origin = originOf(this.valueOf(activation, pointerOf(body, root)));
    for (const location of places) this.access(activation, operation, location, kind, isWrite, false, places.length === 1, origin);
  }

  private accessContainer(activation: Activation, operation: number, kind: AccessKind, isWrite: boolean): void {
    this.accessReferred(activation, operation, activation.body.a(operation), kind, isWrite);
  }

  /** An access of what a value refers to; a copy is nobody else's. */
  private accessReferred(activation: Activation, operation: number, value: number, kind: AccessKind, isWrite: boolean, field?: string): void {
    const values = this.valueOf(activation, value)?.filter((each) => each.kind !== 'nil') ?? [];
    for (const each of values) {
      if (each.kind === 'reference') this.access(activation, operation, field === undefined ? each.to : this.memory.field(each.to, field), kind, isWrite, false, values.length === 1, each);
    }
  }

  /** True while nothing else runs yet, and what runs now does not run again. */
  private isAlone(activation: Activation, operation: number): boolean {
    return this.tasks.length === 1 && !activation.isRepeated && activation.body.loopOf(graphOf(activation.body).blockOf(operation)) === NONE;
  }

  private access(activation: Activation, operation: number, location: Location, kind: AccessKind, isWrite: boolean, isAtomic = false, isCertain = true, origin: Origin = {}): void {
    if (this.isAlone(activation, operation)) return;
    this.accesses.push({ activation, operation, location, kind, isWrite, isAtomic, isCertain: isCertain && !origin.isOneOfMany && activation.isCertain, received: origin.received });
  }

  private append(activation: Activation, operation: number): void {
    const { body } = activation;
    for (const value of body.list(operation)) {
      if (isPlain(body.shape(value))) continue;
      for (const each of this.valueOf(activation, operation) ?? []) {
        if (each.kind === 'reference') this.store(this.memory.element(each.to, anyKey), activation, value);
      }
    }
    this.accessAppended(activation, operation);
    if (!body.has(operation, Flag.Spread)) return;
    const spread = body.list(operation).at(-1);
    if (spread !== undefined) this.accessReferred(activation, operation, spread, AccessKind.Range, false);
  }

  /** A list without room is copied; one with room gets its next element. Which it is is only known for lists made with constant sizes. */
  private accessAppended(activation: Activation, operation: number): void {
    for (const each of this.valueOf(activation, activation.body.a(operation)) ?? []) {
      const made = each.kind === 'reference' && each.to.kind === LocationKind.Heap ? each.to : undefined;
      if (!made?.activation || made.activation.body.kind(made.index) !== Op.Make) continue;
      const { body } = made.activation;
      const [length, capacity] = [body.a(made.index), body.b(made.index)];
      const size = length === NONE ? undefined : this.numberOf(made.activation, length);
      if (size === undefined || size === 0) continue;
      if (capacity === NONE) this.access(activation, operation, made, AccessKind.Range, false);
      else if ((this.numberOf(made.activation, capacity) ?? 0) > size) this.access(activation, operation, this.memory.element(made, String(size)), AccessKind.Append, true);
    }
  }

  /** Sending looks at whether a channel is closed; closing says that it is. */
  private useChannel(activation: Activation, operation: number, channel: number, closes: boolean): void {
    const values = this.valueOf(activation, channel);
    for (const each of referred(values) ?? []) {
      this.access(activation, operation, this.memory.field(each, closedField), closes ? AccessKind.Close : AccessKind.Send, closes, false, true, originOf(values));
    }
  }

  private storeElements(activation: Activation, operation: number): void {
    const { body } = activation;
    const list = body.list(operation);
    if (list.length === 0) return;
    const container = this.memory.heap(activation, operation);
    for (let i = 0; i < list.length; i += 2) {
      const value = list[i + 1]!;
      if (value !== NONE && !isPlain(body.shape(value))) this.store(this.memory.element(container, this.keyOf(activation, list[i]!)), activation, value);
    }
  }

  private storeSent(activation: Activation, operation: number): void {
    const { body } = activation;
    const value = body.b(operation);
    if (value === NONE || isPlain(body.shape(value))) return;
    for (const each of this.valueOf(activation, body.a(operation)) ?? []) {
      if (each.kind === 'reference') this.store(this.memory.element(each.to, anyKey), activation, value);
    }
  }

  private store(location: Location, activation: Activation, value: number): void {
    const at = location.canonical;
    const stores = this.stores.get(at);
    if (stores?.some((each) => each.activation === activation && each.value === value)) return;
    if (stores) stores.push({ activation, value });
    else this.stores.set(at, [{ activation, value }]);
    // What nobody looked at yet is news to nobody.
    for (let around: Location | undefined = at; around; around = around.parent?.canonical) {
      if (!this.looked.has(around)) continue;
      this.epoch++;
      return;
    }
  }

  /** The locations of a place; undefined if they are not known. */
  placesAt(activation: Activation, place: number): readonly Location[] | undefined {
    const { body } = activation;
    const a = body.placeA(place);
    switch (body.placeKind(place)) {
      case PlaceKind.Variable: {
        const location = this.variableAt(activation, a);
        return location && [location];
      }
      case PlaceKind.Target:
        return referred(this.valueOf(activation, a));
      case PlaceKind.Element:
        return this.elementsAt(referred(this.valueOf(activation, a)), this.keyOf(activation, body.placeB(place)));
      case PlaceKind.Field:
        return this.fieldsAt(this.placesAt(activation, a), body.unit.fields[body.placeB(place)]!.name);
      default:
        return this.elementsAt(this.placesAt(activation, a), this.keyOf(activation, body.placeB(place)));
    }
  }

  private elementsAt(places: readonly Location[] | undefined, key: string): readonly Location[] | undefined {
    return places?.map((each) => this.memory.element(each, key));
  }

  private fieldsAt(places: readonly Location[] | undefined, name: string): readonly Location[] | undefined {
    return places?.map((each) => this.memory.field(each, name));
  }

  private variableAt(activation: Activation, index: number): Location | undefined {
    const variable = activation.body.unit.variables[index]!;
    if (variable.kind === VariableKind.Global) return variable.key === undefined ? undefined : this.memory.global(variable.key);
    const owner = activation.ownerOf(index);
    return owner && this.memory.cell(owner, index);
  }

  /** The key of an element: a constant, or one that is not known. */
  private keyOf(activation: Activation, value: number): string {
    if (value === NONE) return anyKey;
    const { body } = activation;
    const constant = body.constantOf(value);
    if (constant !== undefined) return String(constant);
    const number = valuesOf(body).constantNumber(valuesOf(body).number(value));
    return number === undefined ? anyKey : String(number);
  }

  // Values. ----------------------------------------------------------------------------------------------------------------

  /** What the value that an operation gives may be. */
  valueOf(activation: Activation, operation: number): Abstracts {
    return operation === NONE ? undefined : this.evaluate(activation, valuesOf(activation.body).number(operation));
  }

  private evaluate(activation: Activation, value: number): Abstracts {
    if (value === NONE || this.evaluating > evaluationDepth) return undefined;
    const known = activation.known.in(this.epoch);
    if (known.has(value)) return known.get(value);
    known.set(value, undefined);
    this.evaluating++;
    const result = valuesOf(activation.body).table.kind(value) === ValueKind.Join ? this.joinedAt(activation, value) : this.single(activation, value);
    this.evaluating--;
    known.set(value, result);
    return result;
  }

  private joinedAt(activation: Activation, value: number): Abstracts {
    return this.joined(valuesOf(activation.body).alternatives(value)?.map((each) => this.single(activation, each)));
  }

  /** What may be one of several. Alternatives that are not known make all unknown. */
  private joined(lists: readonly Abstracts[] | undefined): Abstracts {
    if (!lists) return undefined;
    const [only] = lists;
    if (lists.length === 1) return only;
    const result: Abstract[] = [];
    for (const list of lists) {
      if (!list) return undefined;
      for (const each of list) {
        const index = result.findIndex((other) => sameAbstract(each, other));
        if (index < 0) result.push(each);
        else result[index] = withBothOrigins(result[index]!, each);
      }
    }
    return result.length > alternativeLimit ? undefined : result;
  }

  private single(activation: Activation, value: number): Abstracts {
    const { body } = activation;
    const { table } = valuesOf(body);
    const a = table.a(value);
    const b = table.b(value);
    switch (table.kind(value)) {
      case ValueKind.Operation:
        return this.given(activation, a);
      case ValueKind.Zero:
        return isPlain(a) ? plain : nil;
      case ValueKind.Load: {
        const places = this.addressed(activation, a);
        const content = this.joined(places?.map((each) => this.contentOf(each)));
        return content && withOrigin(content, this.originOfPart(activation, a));
      }
      case ValueKind.Captured:
        return this.joined(this.placesAt(activation, a)?.map((each) => this.contentOf(each)));
      case ValueKind.Pair:
        return this.evaluate(activation, a);
      case ValueKind.Part:
        return this.partsOf(this.evaluate(activation, a), body.unit.fields[b]!.name, body.unit.fields[b]!.shape);
      case ValueKind.ArrayElement:
        return this.elementsOf(this.evaluate(activation, a), this.keyNumber(activation, b));
      case ValueKind.Extract:
        return this.extracted(activation, a, b);
      case ValueKind.AddressOfVariable:
      case ValueKind.AddressOfTarget:
      case ValueKind.AddressOfElement:
      case ValueKind.AddressOfField:
      case ValueKind.AddressOfIndex:
        return this.addressed(activation, value)?.map((to) => ({ kind: 'reference', to }));
      case ValueKind.Versions:
        return undefined;
      default:
        return plain;
    }
  }

  /** The locations with an address. */
  private addressed(activation: Activation, address: number): readonly Location[] | undefined {
    const { table } = valuesOf(activation.body);
    const a = table.a(address);
    switch (table.kind(address)) {
      case ValueKind.AddressOfVariable: {
        const location = this.variableAt(activation, a);
        return location && [location];
      }
      case ValueKind.AddressOfTarget:
        return referred(this.evaluate(activation, a));
      case ValueKind.AddressOfElement:
        return this.elementsAt(referred(this.evaluate(activation, a)), this.keyNumber(activation, table.b(address)));
      case ValueKind.AddressOfField:
        return this.fieldsAt(this.addressed(activation, a), activation.body.unit.fields[table.b(address)]!.name);
      case ValueKind.AddressOfIndex:
        return this.elementsAt(this.addressed(activation, a), this.keyNumber(activation, table.b(address)));
      default:
        return referred(this.evaluate(activation, address));
    }
  }

  /** How a task came by the object that an address is in. */
  private originOfPart(activation: Activation, address: number): Origin {
    const { table } = valuesOf(activation.body);
    const a = table.a(address);
    switch (table.kind(address)) {
      case ValueKind.AddressOfTarget:
      case ValueKind.AddressOfElement:
        return originOf(this.evaluate(activation, a));
      case ValueKind.AddressOfField:
      case ValueKind.AddressOfIndex:
        return this.originOfPart(activation, a);
      default:
        return {};
    }
  }

  private keyNumber(activation: Activation, value: number): string {
    if (value === NONE) return anyKey;
    const values = valuesOf(activation.body);
    if (values.table.kind(value) !== ValueKind.Constant) return anyKey;
    const constant = activation.body.unit.constants[values.table.a(value)];
    return constant === undefined ? anyKey : String(constant);
  }

  /** What one operation gave. */
  private given(activation: Activation, operation: number): Abstracts {
    const { body } = activation;
    if (isPlain(body.shape(operation))) return plain;
    switch (body.kind(operation)) {
      case Op.Incoming:
        return this.incoming(activation, operation);
      case Op.Read:
        return this.copied(activation, operation);
      case Op.Make:
      case Op.Allocate:
        return [{ kind: 'reference', to: this.memory.heap(activation, operation) }];
      case Op.Aggregate:
        return [{ kind: 'aggregate', activation, operation }];
      case Op.Closure:
        return [{ kind: 'closure', activation, body: body.unit.bodies[body.a(operation)]! }];
      case Op.FunctionValue:
        return this.functionValue(activation, operation);
      case Op.Slice:
        return this.sliced(activation, operation);
      case Op.Convert:
        if (body.shape(body.a(operation)) === Shape.String) return [{ kind: 'reference', to: this.memory.heap(activation, operation) }];
        return this.valueOf(activation, body.a(operation));
      case Op.Append: {
        const before = this.valueOf(activation, body.a(operation));
        if (before?.every((each) => each.kind === 'nil')) return [{ kind: 'reference', to: this.memory.heap(activation, operation) }];
        return before;
      }
      case Op.Call:
        if (body.calleeOf(operation)?.role === Role.CancellationChannel) return this.cancellationChannel(activation, operation);
        if (body.calleeOf(operation)?.role === Role.ReadLocker) return this.valueOf(activation, body.list(operation)[0] ?? NONE);
        return this.resultOf(activation, operation, 0);
      case Op.IterationValue:
      case Op.IterationKey: {
        const iterate = body.a(body.a(operation));
        const subject = body.shape(iterate);
        if (body.kind(operation) === Op.IterationKey && subject !== Shape.Channel) return undefined;
        return subject === Shape.Channel ? this.received(this.valueOf(activation, body.a(iterate))) : this.elementsOf(this.valueOf(activation, body.a(iterate)), anyKey);
      }
      case Op.Receive:
        return this.received(this.valueOf(activation, body.a(operation)));
      case Op.Narrow:
        return this.valueOf(activation, body.a(operation));
      default:
        return undefined;
    }
  }

  /** Part of a list: the list itself if all of it, some of its elements if the bounds are known. */
  private sliced(activation: Activation, operation: number): Abstracts {
    const { body } = activation;
    const [low = NONE, high = NONE, max = NONE] = body.list(operation);
    const whole = this.valueOf(activation, body.a(operation));
    if (low === NONE && high === NONE && max === NONE) return whole;
    const from = low === NONE ? 0 : this.numberOf(activation, low);
    const to = high === NONE ? Number.POSITIVE_INFINITY : this.numberOf(activation, high);
    const part = (of: Location): Location => (from === undefined || to === undefined ? this.memory.element(of, anyKey) : this.memory.range(of, from, to));
    return whole?.map((each) => (each.kind === 'reference' ? { kind: 'reference', to: part(each.to) } : each));
  }

  private numberOf({ body }: Activation, operation: number): number | undefined {
    return valuesOf(body).constantNumber(valuesOf(body).number(operation));
  }

  private incoming(activation: Activation, operation: number): Abstracts {
    const { body } = activation;
    const index = body.a(operation);
    if (activation.parameters) return activation.parameters[index];
    const location = (index === 0 ? activation.shared : undefined) ?? this.memory.parameter(activation, index);
    const shape = body.shape(operation);
    if (shape === Shape.Record || shape === Shape.Array) return [{ kind: 'copy', of: location }];
    if (shape === Shape.Function || shape === Shape.Unknown) return undefined;
    return [{ kind: 'reference', to: location }];
  }

  /** The value of a place that has a number of its own: records, and what changes at unknown times. */
  private copied(activation: Activation, operation: number): Abstracts {
    const { body } = activation;
    const places = this.placesAt(activation, body.a(operation));
    const shape = body.accessedShape(operation);
    if (shape === Shape.Record || shape === Shape.Array) return places?.map((of) => ({ kind: 'copy', of }));
    return this.joined(places?.map((each) => this.contentOf(each)));
  }

  private functionValue(activation: Activation, operation: number): Abstracts {
    const { body } = activation;
    const callee = body.calleeOf(operation);
    const receiver = body.b(operation);
    const found = callee && this.functionsFor(callee);
    if (!found || found.length > 3) return undefined;
    return found.map((each) => ({ kind: 'function', function: each, receiver: receiver === NONE ? undefined : this.valueOf(activation, receiver), bound: receiver !== NONE }));
  }

  private functionsFor(callee: Callee): readonly ProgramFunction[] | undefined {
    if (callee.kind === 'interface') return this.program.implementersOf(callee);
    const found = callee.key === undefined ? undefined : this.program.functions.get(callee.key);
    return found && [found];
  }

  private extracted(activation: Activation, tuple: number, index: number): Abstracts {
    const { body } = activation;
    const operation = valuesOf(body).operationOf(tuple);
    if (operation === NONE) return undefined;
    switch (body.kind(operation)) {
      case Op.Call:
        return this.resultOf(activation, operation, index);
      case Op.Narrow:
        return index === 0 ? this.valueOf(activation, body.a(operation)) : plain;
      case Op.Receive:
        return index === 0 ? this.received(this.valueOf(activation, body.a(operation))) : plain;
      case Op.Read:
        return index === 0 ? this.copied(activation, operation) : plain;
      default:
        return undefined;
    }
  }

  /** What a call gives: what its callees return, or something new that only this call knows. */
  private resultOf(activation: Activation, call: number, index: number): Abstracts {
    const callees = activation.calls.get(call);
    if (!callees) this.awaited.add(activation);
    if (!callees || callees.length === 0) {
      return this.onceResult(activation, call) ?? this.unknownResult(activation, call, index);
    }
    const lists: Abstracts[] = [];
    for (const callee of callees) {
      for (const operation of returnsOf(callee.body)) lists.push(this.valueOf(callee, callee.body.list(operation)[index] ?? NONE));
    }
    return lists.length === 0 ? undefined : this.joined(lists.length > 4 ? undefined : lists);
  }

  /** The channel that says that a scope is cancelled. */
  private cancellationChannel(activation: Activation, call: number): Abstracts {
    return referred(this.valueOf(activation, activation.body.list(call)[0] ?? NONE))?.map((scope) => ({ kind: 'reference', to: this.memory.field(scope, doneField) }));
  }

  /** The scope that a function cancels, if it is one that came with a scope. */
  private scopeCancelledBy(activation: Activation, value: number): Location | undefined {
    const location = referred(this.valueOf(activation, value))?.[0];
    const tuple = location?.kind === LocationKind.Content && location.parent?.name === '1' ? location.parent.parent : undefined;
    if (tuple?.kind !== LocationKind.Heap || !tuple.activation) return undefined;
    const role = tuple.activation.body.calleeOf(tuple.index)?.role;
    return role === Role.CancellationMake || role === Role.DeadlineMake ? this.memory.field(this.memory.content(this.memory.field(tuple, '0')), doneField) : undefined;
  }

  /** What unknown code gave: one thing, of which no more is known. */
  private unknownResult(activation: Activation, call: number, index: number): Abstracts {
    const { body } = activation;
    const shape = body.shape(call);
    if (isPlain(shape) || shape === Shape.Function || shape === Shape.Unknown) return isPlain(shape) ? plain : undefined;
    const given = this.memory.heap(activation, call);
    // The two ends of a pipe are one thing, as far as order goes.
    if (index < 2 && body.calleeOf(call)?.role === Role.PipeMake) return [{ kind: 'reference', to: this.memory.content(given) }];
    const location = this.memory.content(shape === Shape.Tuple ? this.memory.field(given, String(index)) : given);
    return shape === Shape.Record || shape === Shape.Array ? [{ kind: 'copy', of: location }] : [{ kind: 'reference', to: location }];
  }

  /** `sync.OnceFunc(f)` is f, as far as calls of it go. */
  private onceResult(activation: Activation, call: number): Abstracts {
    const { body } = activation;
    const run = body.calleeOf(call)?.runs.find((each) => each.when === 'with-result');
    return run && this.valueOf(activation, body.list(call)[run.argument] ?? NONE);
  }

  private partsOf(records: Abstracts, name: string, shape: Shape): Abstracts {
    return this.joined(
      records?.map((each): Abstracts => {
        switch (each.kind) {
          case 'copy': {
            const field = this.memory.field(each.of, name);
            return shape === Shape.Record || shape === Shape.Array ? [{ kind: 'copy', of: field }] : this.contentOf(field);
          }
          case 'aggregate':
            return this.partOfAggregate(each, name, shape);
          default:
            return each.kind === 'plain' ? plain : undefined;
        }
      }),
    );
  }

  private partOfAggregate({ activation, operation }: { readonly activation: Activation; readonly operation: number }, name: string, shape: Shape): Abstracts {
    const { body } = activation;
    const list = body.list(operation);
    for (let i = 0; i < list.length; i += 2) {
      if (body.unit.fields[list[i]!]?.name === name) return this.valueOf(activation, list[i + 1]!);
    }
    return isPlain(shape) ? plain : nil;
  }

  /** What comes out of channels. */
  private received(channels: Abstracts): Abstracts {
    const [only] = channels ?? [];
    // One value at a time: what a loop makes and sends is another object each time.
    const values = this.elementsOf(channels, anyKey)?.map((each): Abstract => (each.kind === 'reference' ? { kind: 'reference', to: each.to } : each));
    return values && channels?.length === 1 && only?.kind === 'reference' ? withOrigin(values, { received: only.to.canonical }) : values;
  }

  private elementsOf(containers: Abstracts, key: string): Abstracts {
    return this.joined(
      containers?.map((each): Abstracts => {
        const of = each.kind === 'reference' ? each.to : each.kind === 'copy' ? each.of : undefined;
        return of && this.contentOf(this.memory.element(of, key));
      }),
    );
  }

  /** What the reference stored at a location refers to. */
  contentOf(location: Location): Abstracts {
    this.looked.add(location.canonical);
    if (this.evaluating > evaluationDepth) return undefined;
    const known = this.contents.in(this.epoch);
    if (known.has(location)) return known.get(location);
    // A record may be copied from itself.
    known.set(location, undefined);
    this.evaluating++;
    const content = this.storedAt(location);
    this.evaluating--;
    known.set(location, content);
    return content;
  }

  private storedAt(location: Location): Abstracts {
    const stores = this.storesAt(location);
    if (isFromOutside(location)) {
      const functions = stores?.flatMap((each) => this.valueOf(each.activation, each.value) ?? []).filter((each) => each.kind === 'closure' || each.kind === 'function');
      if (functions && functions.length > 0 && functions.length === stores!.length) return functions;
      return [{ kind: 'reference', to: this.memory.content(location) }];
    }
    if (!stores) return this.contentOfWhole(location) ?? (location.name === anyKey ? undefined : nil);
    if (stores.length > alternativeLimit) return undefined;
    const content = this.joined(stores.map((each) => this.valueOf(each.activation, each.value)));
    return location.name === anyKey && location.kind === LocationKind.Element ? content?.map(pickedFromMany) : content;
  }

  private storesAt(location: Location): readonly Store[] | undefined {
    const own = this.stores.get(location.canonical);
    if (location.kind !== LocationKind.Element || !location.parent) return own;
    // An element whose key is not known may be each of the others.
    this.looked.add(location.parent.canonical);
    if (location.name !== anyKey) {
      const any = this.stores.get(this.memory.element(location.parent, anyKey));
      return any ? [...(own ?? []), ...any] : own;
    }
    const all: Store[] = [];
    for (const child of location.parent.canonical.children.values()) if (child.kind === LocationKind.Element) all.push(...(this.stores.get(child.canonical) ?? []));
    return all.length > 0 ? all : undefined;
  }

  /** What a field holds because a whole record was stored around it. */
  private contentOfWhole(location: Location): Abstracts {
    const { parent } = location;
    if (!parent || (location.kind !== LocationKind.Field && location.kind !== LocationKind.Element)) return undefined;
    const stores = this.storesAt(parent.canonical);
    const records = stores ? this.joined(stores.map((each) => this.valueOf(each.activation, each.value))) : this.contentOfWhole(parent.canonical);
    if (!records) return undefined;
    return location.kind === LocationKind.Field ? this.partsOf(records, location.name, Shape.Unknown) : this.elementsOf(records, location.name);
  }

  // Calls. -----------------------------------------------------------------------------------------------------------------

  private call(activation: Activation, operation: number): void {
    const { body } = activation;
    const callee = body.calleeOf(operation);
    if (callee && this.knownRole(activation, operation, callee)) return;
    if (callee && callee.runs.length > 0) return this.runArguments(activation, operation, callee.runs);
    const targets = this.targetsOf(activation, operation);
    const cancelled = !targets && !callee ? this.scopeCancelledBy(activation, body.b(operation)) : undefined;
    if (cancelled) {
      this.syncs.push({ activation, operation, kind: SyncKind.Close, location: cancelled, at: this.timesOf(activation, operation), deferred: body.has(operation, Flag.Deferred) });
      return;
    }
    if (!targets) return this.unknownCall(activation, operation);
    for (const target of targets) this.enter(activation, operation, target, undefined);
  }

  /** Follows a call, or starts a task, as the operation says. */
  private enter(activation: Activation, operation: number, target: Target, onceGuard: Location | undefined): void {
    const { body } = activation;
    if (body.has(operation, Flag.Spawned)) return this.spawn(activation, operation, target, undefined);
    const deferred = body.has(operation, Flag.Deferred);
    const at = deferred ? exitsAfter(body, operation) : [operation];
    const callee = this.activate(target, activation.task, activation, at, operation, deferred, onceGuard, target.parameters);
    if (!callee) return;
    activation.addCall(callee, at, deferred);
    if (this.awaited.has(activation)) this.epoch++;
  }

  private spawn(activation: Activation, operation: number, target: Target, counter: Location | 'unknown' | undefined, overlapsItself = false, afterParent = false): void {
    const task = this.addTask('spawned', activation.task, activation, operation, target.function?.name ?? '');
    task.overlapsItself = overlapsItself;
    task.afterParent = afterParent;
    if (counter === 'unknown') task.countsUnknown = true;
    else if (counter) task.countsAtEnd.push(counter);
    this.pending.push({ body: target.body, run: () => this.activate(target, task, undefined, [], NONE, false, undefined, target.parameters) });
  }

  /** The functions that a call runs; undefined if others may be run as well. */
  private targetsOf(activation: Activation, operation: number): readonly Target[] | undefined {
    const { body } = activation;
    const callee = body.calleeOf(operation);
    const given = [...body.list(operation)].map((value) => this.valueOf(activation, value));
    if (!callee) return this.targetsIn(this.valueOf(activation, body.b(operation)), given) ?? this.heldTargets(activation, body.b(operation), given);
    if (callee.kind === 'builtin') return undefined;
    if (callee.kind === 'interface') return this.interfaceTargets(callee, given);
    const functions = this.functionsFor(callee);
    return functions?.map((each) => ({ body: each.body, around: undefined, function: each, parameters: given }));
  }

  private interfaceTargets(callee: Callee, given: readonly Abstracts[]): readonly Target[] | undefined {
    const functions = this.program.implementersOf(callee);
    if (!functions || functions.length > 3) return undefined;
    return functions.map((each) => ({ body: each.body, around: undefined, function: each, parameters: given, isCertain: false }));
  }

  /** The functions that a function value may be. */
  private targetsIn(functions: Abstracts, given: readonly Abstracts[]): readonly Target[] | undefined {
    if (!functions) return undefined;
    const targets: Target[] = [];
    for (const each of functions) {
      if (each.kind === 'nil') continue;
      if (each.kind === 'closure') targets.push({ body: each.body, around: each.activation, function: undefined, parameters: given });
      else if (each.kind === 'function') targets.push({ body: each.function.body, around: undefined, function: each.function, parameters: each.bound ? [each.receiver, ...given] : given });
      else return undefined;
    }
    if (targets.length > 1) return targets.map((each) => ({ ...each, isCertain: false }));
    return targets.length > 0 ? targets : undefined;
  }

  /** The functions that code outside the program runs when it is given a value. */
  private functionsRun(activation: Activation, value: number): readonly Target[] | undefined {
    return this.targetsIn(this.valueOf(activation, value), []) ?? this.heldTargets(activation, value, []);
  }

  /** The functions that the place a value was read from may hold at any time. What closures among them captured is not known. */
  private heldTargets({ body }: Activation, value: number, given: readonly Abstracts[]): readonly Target[] | undefined {
    const held = heldAt(this.program, body, value);
    if (!held || held.length > 3) return undefined;
    const targets: Target[] = [];
    for (const each of held) {
      if (each.kind === 'external') return undefined;
      if (each.kind === 'closure') targets.push({ body: each.body, around: undefined, function: undefined, parameters: given, isCertain: false });
      else targets.push({ body: each.function.body, around: undefined, function: each.function, parameters: each.isBound ? [undefined, ...given] : given, isCertain: held.length === 1 });
    }
    return targets;
  }

  private runArguments(activation: Activation, operation: number, runs: readonly RunArgument[]): void {
    const { body } = activation;
    const list = body.list(operation);
    list.forEach((value, index) => {
      const run = runs.find((each) => each.argument === index);
      if (!run) return this.accessReferred(activation, operation, value, AccessKind.Range, false);
      const targets = this.functionsRun(activation, value);
      if (!targets) return this.escape(activation, operation, value);
      for (const target of targets) this.runArgument(activation, operation, run, target, undefined);
    });
  }

  private runArgument(activation: Activation, operation: number, run: RunArgument, target: Target, counter: Location | 'unknown' | undefined): void {
    switch (run.when) {
      case 'now-elsewhere':
        if (overlapsSiblings(target.body)) return this.spawn(activation, operation, target, undefined, false, true);
        return this.enter(activation, operation, target, undefined);
      case 'now':
        return this.enter(activation, operation, target, undefined);
      case 'concurrent':
        return this.spawn(activation, operation, target, counter, run.times === 'many-at-once');
      default:
    }
  }

  private unknownCall(activation: Activation, operation: number): void {
    const { body } = activation;
    const callee = body.calleeOf(operation);
    const reads = callee?.role === Role.Reads;
    // What it touches nothing else touches yet; what it keeps may order tasks later.
    if (callee && this.isAlone(activation, operation) && ![...body.list(operation)].some((value) => carriesOrder(body.shape(value)))) return;
    if (callee && !reads && this.summarized(activation, operation, callee)) return;
    for (const value of body.list(operation)) {
      if (!reads) this.escape(activation, operation, value);
    }
    if (body.b(operation) !== NONE) this.escape(activation, operation, body.b(operation));
  }

  /**
   * A function of another package whose summary says all that it does: no locks, no tasks, nothing kept, nothing unknown. False if
   * there is none of that kind.
   */
  private summarized(activation: Activation, operation: number, callee: Callee): boolean {
    const { body } = activation;
    if (body.flags(operation) & (Flag.Spawned | Flag.Deferred)) return false;
    const summary = this.program.summaryOf(callee);
    if (!summary || summary.incomplete || summary.callsUnknown || summary.later.size > 0 || summary.takes.size > 0) return false;
    const list = body.list(operation);
    for (const [path, effects] of summary.accesses) {
      const parts = partsOf(path);
      if (effects & (Effect.Passed | Effect.Kept | Effect.Shown) && parts.root === 'p') this.escape(activation, operation, list[parts.index] ?? NONE);
    }
    for (const [path, effects] of summary.accesses) this.accessAlong(activation, operation, path, effects);
    return true;
  }

  /** The accesses that a summary tells of one path. */
  private accessAlong(activation: Activation, operation: number, path: string, effects: number): void {
    const steps = stepsIn(path);
    const parts = partsOf(path);
    if (!steps || effects & Effect.Atomic || parts.root === 'c') return;
    let values = parts.root === 'p' ? this.valueOf(activation, activation.body.list(operation)[parts.index] ?? NONE) : undefined;
    let places: readonly Location[] | undefined = parts.root === 'g' ? [this.memory.global(globalKey(path))] : undefined;
    // Fields of what was copied for the call are nobody else's.
    let isOfCopy = false;
    for (const next of steps) {
      const referredTo = places ? undefined : referred(values);
      if (next === '*') places = places ? referred(this.joined(places.map((each) => this.contentOf(each)))) : referredTo;
      else if (next === '[]') places = (places ? referred(this.joined(places.map((each) => this.contentOf(each)))) : referredTo)?.map((each) => this.memory.element(each, anyKey));
      else {
        isOfCopy ||= !places;
        places = (places ?? copies(values))?.map((each) => this.memory.field(each, next.slice(1)));
      }
      if (next === '*' || next === '[]') isOfCopy = false;
      if (!places) return;
      values = undefined;
    }
    for (const place of isOfCopy ? [] : (places ?? [])) {
      if (effects & Effect.Assign) this.access(activation, operation, place, AccessKind.Write, true);
      else if (effects & Effect.Look) this.access(activation, operation, place, AccessKind.Read, false);
    }
    const kind = containerAccess(effects);
    if (kind === undefined) return;
    const containers = places ? this.joined(places.map((each) => this.contentOf(each))) : values;
    for (const each of referred(containers) ?? []) this.access(activation, operation, each, kind, kind !== AccessKind.Read && kind !== AccessKind.Range && kind !== AccessKind.Length);
  }

  /** Hands a value to code that is not known. That code may order tasks by what it is given. */
  private escape(activation: Activation, operation: number, value: number): void {
    const { body } = activation;
    if (value === NONE || isPlain(body.shape(value))) return;
    const shape = body.shape(value);
    const values = this.valueOf(activation, value);
    for (const each of values ?? []) {
      if (each.kind === 'reference') each.to.escapes = true;
      if (each.kind === 'reference' || each.kind === 'copy') this.unknownSync(activation, operation, each.kind === 'copy' ? each.of : each.to);
    }
    if (carriesOrder(shape) || values?.some((each) => each.kind === 'closure' || each.kind === 'function')) this.unknownSync(activation, operation, undefined);
    for (const each of values ?? []) if (each.kind === 'closure') this.handOverCaptured(activation, operation, each);
  }

  /** Code that may run a closure may wait for what the closure can wait for. */
  private handOverCaptured(activation: Activation, operation: number, closure: { readonly activation: Activation; readonly body: FunctionBody }): void {
    for (const index of capturedBy(closure.body)) {
      const { shape } = closure.body.unit.variables[index]!;
      if (isPlain(shape)) continue;
      const cell = this.variableAt(closure.activation, index);
      if (!cell) continue;
      this.unknownSync(activation, operation, cell);
      if (shape !== Shape.Record && shape !== Shape.Array) for (const to of referred(this.contentOf(cell)) ?? []) {
        this.handedOn.add(to);
        this.unknownSync(activation, operation, to);
      }
    }
  }

  private unknownSync(activation: Activation, operation: number, location: Location | undefined): void {
    if (this.isAlone(activation, operation)) return;
    this.syncs.push({ activation, operation, kind: SyncKind.Unknown, location, at: this.timesOf(activation, operation), deferred: activation.body.has(operation, Flag.Deferred) });
  }

  // Order. -----------------------------------------------------------------------------------------------------------------

  private knownRole(activation: Activation, operation: number, callee: Callee): boolean {
    const { body } = activation;
    const [first = NONE] = body.list(operation);
    switch (callee.role) {
      case Role.Lock:
        return this.synced(activation, operation, isReadLocker(body, first) ? SyncKind.ReadLock : SyncKind.Lock, first);
      case Role.ReadLock:
        return this.synced(activation, operation, SyncKind.ReadLock, first);
      case Role.TryLock:
        return this.synced(activation, operation, SyncKind.TryLock, first);
      case Role.TryReadLock:
        return this.synced(activation, operation, SyncKind.TryReadLock, first);
      case Role.Unlock:
        return this.synced(activation, operation, SyncKind.Unlock, first);
      case Role.ReadUnlock:
        return this.synced(activation, operation, SyncKind.ReadUnlock, first);
      case Role.CounterDone:
        return this.synced(activation, operation, SyncKind.CounterDone, first);
      case Role.CounterWait:
        return this.synced(activation, operation, SyncKind.CounterWait, first);
      case Role.CounterAdd:
        this.synced(activation, operation, isNegative(body, body.list(operation)[1] ?? NONE) ? SyncKind.CounterDone : SyncKind.CounterAdd, first);
        this.startCounted(activation, operation, callee);
        return true;
      case Role.Once:
        return this.once(activation, operation, callee);
      case Role.ConditionWait:
        return this.synced(activation, operation, SyncKind.ConditionWait, first);
      case Role.ConditionSignal:
        return this.synced(activation, operation, SyncKind.ConditionSignal, first);
      case Role.AtomicRead:
        return this.atomic(activation, operation, SyncKind.AtomicRead, first);
      case Role.AtomicWrite:
        return this.atomic(activation, operation, SyncKind.AtomicWrite, first);
      case Role.AtomicUpdate:
        return this.atomic(activation, operation, SyncKind.AtomicUpdate, first);
      case Role.Closes:
        this.useChannel(activation, operation, first, true);
        return this.synced(activation, operation, SyncKind.Close, first);
      case Role.Rearms:
        this.escape(activation, operation, first);
        return true;
      case Role.WaitsForBlocked:
        this.syncs.push({ activation, operation, kind: SyncKind.AllBlocked, location: undefined, at: this.timesOf(activation, operation), deferred: false });
        return true;
      case Role.PipeWrite:
        return this.synced(activation, operation, SyncKind.PipeWrite, first);
      case Role.PipeClose:
        return this.synced(activation, operation, SyncKind.PipeClose, first);
      case Role.PipeRead:
        return this.synced(activation, operation, SyncKind.PipeRead, first);
      case Role.PipeStop:
        return this.synced(activation, operation, SyncKind.PipeStop, first);
      case Role.PipeMake:
      case Role.ReadLocker:
      case Role.OverlapsSiblings:
      case Role.Views:
      case Role.ConditionMake:
      case Role.SemaphoreMake:
      case Role.CancellationMake:
      case Role.DeadlineMake:
      case Role.CancellationChannel:
      case Role.CancellationRead:
        return true;
      case Role.SemaphoreAcquire:
      case Role.SemaphoreTryAcquire:
      case Role.SemaphoreRelease:
        return this.semaphore(activation, operation, callee.role);
      case Role.Fills:
        body.list(operation).forEach((value, index) => this.accessReferred(activation, operation, value, index === 0 ? AccessKind.Write : AccessKind.Range, index === 0));
        return callee.runs.length === 0;
      case Role.Observes:
      case Role.Changes:
        this.useObject(activation, operation, callee.role === Role.Changes);
        return true;
      case Role.ProcessStart:
        // Others read it to end the program.
        this.accessReferred(activation, operation, first, AccessKind.Write, true, processField);
        return true;
      case Role.Clears:
      case Role.Deletes:
        this.accessReferred(activation, operation, first, callee.role === Role.Clears ? AccessKind.Clear : AccessKind.Delete, true);
        return true;
      case Role.Reads:
        if (callee.runs.length > 0) return false;
        for (const value of body.list(operation)) this.accessReferred(activation, operation, value, AccessKind.Range, false);
        return true;
      case Role.Looks:
        // What is behind a pointer may have methods that read it in their own way.
        for (const value of body.list(operation)) {
          if (isContainer(body.shape(value))) this.accessReferred(activation, operation, value, AccessKind.Range, false);
        }
        return true;
      case Role.Exits:
      case Role.Unwinds:
      case Role.Recovers:
      case Role.OverlapsSiblings:
      case Role.CancellationRead:
        return true;
      default:
        return false;
    }
  }

  /** A method that looks at, or changes, the object it is called on. */
  private useObject(activation: Activation, operation: number, changes: boolean): void {
    const { body } = activation;
    const [object = NONE, ...others] = body.list(operation);
    const [read, written] = isContainer(body.shape(object)) ? [AccessKind.Range, AccessKind.Delete] : [AccessKind.Read, AccessKind.Write];
    this.accessReferred(activation, operation, object, changes ? written : read, changes);
    for (const value of others) this.accessReferred(activation, operation, value, AccessKind.Range, false);
  }

  private synced(activation: Activation, operation: number, kind: SyncKind, value: number): boolean {
    this.sync(activation, operation, kind, value);
    // A lock that is replaced while it is used.
    if (kind <= SyncKind.ReadUnlock) for (const location of referred(this.valueOf(activation, value)) ?? []) this.access(activation, operation, location, AccessKind.Read, false, true);
    return true;
  }

  /** @param value the channel, or the pointer to the lock or counter */
  private sync(activation: Activation, operation: number, kind: SyncKind, value: number): void {
    const known = referred(this.valueOf(activation, value));
    const location = known?.length === 1 ? known[0] : undefined;
    this.syncs.push({ activation, operation, kind, location, at: this.timesOf(activation, operation), deferred: activation.body.has(operation, Flag.Deferred) });
  }

  private timesOf(activation: Activation, operation: number): readonly number[] {
    return activation.body.has(operation, Flag.Deferred) ? exitsAfter(activation.body, operation) : [operation];
  }

  private atomic(activation: Activation, operation: number, kind: SyncKind, value: number): boolean {
    this.sync(activation, operation, kind, value);
    for (const location of referred(this.valueOf(activation, value)) ?? []) {
      this.access(activation, operation, location, kind === SyncKind.AtomicRead ? AccessKind.Read : AccessKind.Write, kind !== SyncKind.AtomicRead, true);
    }
    const stored = activation.body.list(operation).at(-1);
    if (kind !== SyncKind.AtomicRead && stored !== undefined && stored !== value && !isPlain(activation.body.shape(stored))) {
      for (const location of referred(this.valueOf(activation, value)) ?? []) this.store(location, activation, stored);
    }
    return true;
  }

  /** A semaphore of which all is taken is a lock; one of which less is taken orders nothing. */
  private semaphore(activation: Activation, operation: number, role: Role): boolean {
    const { body } = activation;
    const [first = NONE] = body.list(operation);
    const amount = this.numberOf(activation, body.list(operation).at(-1) ?? NONE);
    const root = referred(this.valueOf(activation, first))?.[0]?.root;
    const make = root?.kind === LocationKind.Heap ? root : undefined;
    const isMade = make?.activation?.body.calleeOf(make.index)?.role === Role.SemaphoreMake;
    const size = isMade ? this.numberOf(make!.activation!, make!.activation!.body.list(make!.index)[0] ?? NONE) : undefined;
    if (amount === undefined || size === undefined) return false;
    if (amount < size) return true;
    return this.synced(activation, operation, role === Role.SemaphoreRelease ? SyncKind.Unlock : role === Role.SemaphoreAcquire ? SyncKind.Lock : SyncKind.TryLock, first);
  }

  private once(activation: Activation, operation: number, callee: Callee): boolean {
    const { body } = activation;
    const [first = NONE] = body.list(operation);
    this.sync(activation, operation, SyncKind.Once, first);
    const guard = referred(this.valueOf(activation, first));
    for (const run of callee.runs) {
      const targets = this.functionsRun(activation, body.list(operation)[run.argument] ?? NONE);
      for (const target of targets ?? []) this.enter(activation, operation, target, guard?.[0]);
    }
    return true;
  }

  /** `wg.Go(f)`, `g.Go(f)`: the counter waits for f to return. */
  private startCounted(activation: Activation, operation: number, callee: Callee): void {
    const { body } = activation;
    const counters = referred(this.valueOf(activation, body.list(operation)[0] ?? NONE));
    const counter = counters?.length === 1 ? counters[0] : 'unknown';
    for (const run of callee.runs) {
      const targets = this.functionsRun(activation, body.list(operation)[run.argument] ?? NONE);
      if (!targets) this.escape(activation, operation, body.list(operation)[run.argument] ?? NONE);
      for (const target of targets ?? []) this.runArgument(activation, operation, run, target, counter);
    }
  }
}

/** So many operations are looked at where so many calls are followed. */
function operationsFor(calls: number): number {
  return operationLimit * (calls / activationLimit);
}

function carriesOrder(shape: Shape): boolean {
  return shape === Shape.Channel || shape === Shape.Function;
}

function isPlain(shape: Shape): boolean {
  return shape === Shape.Boolean || shape === Shape.Number || shape === Shape.String;
}

/** True for a variable that other activations or pointers can reach. */
function isShared(body: FunctionBody, index: number): boolean {
  const variable = body.unit.variables[index]!;
  if (variable.kind === VariableKind.Global) return true;
  return variable.captured || variable.addressTaken || variable.addressedFields !== undefined || variable.owner !== body.index;
}

/** True for memory that was there before the execution began, or that code outside may set. */
function isFromOutside(location: Location): boolean {
  for (let at: Location | undefined = location.canonical; at; at = at.parent?.canonical) {
    if (at.kind === LocationKind.Content || at.kind === LocationKind.Parameter || at.kind === LocationKind.Global) return true;
  }
  return false;
}

/** What a summary says of the container in a place, the strongest first. */
function containerAccess(effects: number): AccessKind | undefined {
  if (effects & Effect.Clear) return AccessKind.Clear;
  if (effects & Effect.Delete) return AccessKind.Delete;
  if (effects & Effect.Write) return AccessKind.Write;
  if (effects & Effect.Range) return AccessKind.Range;
  if (effects & Effect.Read) return AccessKind.Read;
  return effects & Effect.Length ? AccessKind.Length : undefined;
}

/** The locations of records that values are copies of. */
function copies(values: Abstracts): readonly Location[] | undefined {
  const found: Location[] = [];
  for (const each of values ?? []) {
    if (each.kind !== 'copy') return undefined;
    found.push(each.of);
  }
  return found.length > 0 ? found : undefined;
}

/** The locations that references lead to; undefined if one is not known. Nil leads nowhere. */
function referred(values: Abstracts): readonly Location[] | undefined {
  if (!values) return undefined;
  const found: Location[] = [];
  for (const each of values) {
    if (each.kind === 'reference') found.push(each.to.canonical);
    else if (each.kind === 'copy') found.push(each.of.canonical);
    else if (each.kind !== 'nil' && each.kind !== 'plain') return undefined;
  }
  return found;
}

/** What is at an element whose key is not known: of objects that a loop, or several tasks, made, any of them. */
function pickedFromMany(value: Abstract): Abstract {
  return value.kind === 'reference' && isMadeAgain(value.to.root) ? oneOfMany(value) : value;
}

function isMadeAgain({ kind, activation, index }: Location): boolean {
  if (!activation || (kind !== LocationKind.Heap && kind !== LocationKind.Cell)) return false;
  const { body } = activation;
  const isInside = kind === LocationKind.Heap ? isInLoop(activation, index) : activation.isRepeated || body.loops.some((loop) => loop.start <= body.unit.variables[index]!.start && body.unit.variables[index]!.start < loop.end);
  if (isInside) return true;
  // Or in a task of which there are several.
  return activation.task.chain.some((task) => task.overlapsItself || task.start === 'outside' || (task.spawner !== undefined && isInLoop(task.spawner, task.spawnOperation)));
}

function isInLoop({ isRepeated, body }: Activation, operation: number): boolean {
  return isRepeated || body.loopOf(graphOf(body).blockOf(operation)) !== NONE;
}

function oneOfMany(value: Abstract): Abstract {
  return value.kind === 'reference' ? { ...value, isOneOfMany: true } : value;
}

/** How a task came by what values refer to: any of them. */
function originOf(values: Abstracts): Origin {
  const references = values?.flatMap((each) => (each.kind === 'reference' ? [each] : [])) ?? [];
  const [first] = references;
  if (!first) return {};
  return {
    ...(references.some((each) => each.isOneOfMany) && { isOneOfMany: true }),
    ...(first.received && references.every((each) => each.received === first.received) && { received: first.received }),
  };
}

/** What is found in an object came by the way that the object did. */
function withOrigin(values: readonly Abstract[], { isOneOfMany, received }: Origin): readonly Abstract[] {
  if (!isOneOfMany && !received) return values;
  return values.map((each) => (each.kind === 'reference' ? { ...each, ...(isOneOfMany && { isOneOfMany }), ...(received && { received }) } : each));
}

/** Equal values that come by two ways. */
function withBothOrigins(a: Abstract, b: Abstract): Abstract {
  return a.kind === 'reference' && b.kind === 'reference' ? { kind: 'reference', to: a.to, ...originOf([a, b]) } : a;
}

/** The pointer or container that the root of a place is reached through; NONE for variables. */
function pointerOf(body: FunctionBody, root: number): number {
  const kind = body.placeKind(root);
  return kind === PlaceKind.Target || kind === PlaceKind.Element ? body.placeA(root) : NONE;
}

function sameAbstract(a: Abstract, b: Abstract): boolean {
  switch (a.kind) {
    case 'reference':
      return b.kind === 'reference' && a.to.canonical === b.to.canonical;
    case 'copy':
      return b.kind === 'copy' && a.of.canonical === b.of.canonical;
    case 'aggregate':
      return b.kind === 'aggregate' && a.activation === b.activation && a.operation === b.operation;
    case 'closure':
      return b.kind === 'closure' && a.activation === b.activation && a.body === b.body;
    case 'function':
      return b.kind === 'function' && a.function === b.function && a.receiver === b.receiver;
    default:
      return a.kind === b.kind;
  }
}

/** True if a loop over a list reads its elements, not only counts them. */
function looksAtElements(body: FunctionBody, iterate: number): boolean {
  const next = body.loops.find((loop) => loop.iterate === iterate)?.next;
  for (let operation = iterate; operation < body.operationCount; operation++) if (body.kind(operation) === Op.IterationValue && body.a(operation) === next) return true;
  return false;
}

function isNegative(body: FunctionBody, value: number): boolean {
  const constant = value === NONE ? undefined : body.constantOf(value);
  return typeof constant === 'number' && constant < 0;
}

/** True for a test that goes on beside others when the test that runs it is over. */
function overlapsSiblings(body: FunctionBody): boolean {
  return interestingOperations(body).some((operation) => body.kind(operation) === Op.Call && body.calleeOf(operation)?.role === Role.OverlapsSiblings);
}

const captured = new BodyFacts<ReadonlySet<number>>();

/** The variables of functions around it that a closure uses. */
function capturedBy(closure: FunctionBody): ReadonlySet<number> {
  let found = captured.get(closure);
  if (!found) {
    const all = new Set<number>();
    for (let operation = 0; operation < closure.operationCount; operation++) {
      const kind = closure.kind(operation);
      if (kind === Op.Closure) for (const index of capturedBy(closure.unit.bodies[closure.a(operation)]!)) all.add(index);
      if (kind !== Op.Read && kind !== Op.Write && kind !== Op.AddressOf) continue;
      const index = closure.variableOf(closure.a(operation));
      if (index !== NONE) all.add(index);
    }
    captured.set(closure, (found = new Set([...all].filter((index) => closure.unit.variables[index]!.owner !== closure.index))));
  }
  return found;
}

const exits = new BodyFacts<Map<number, readonly number[]>>();

/** The RunDefers operations that may follow a defer statement. */
export function exitsAfter(body: FunctionBody, operation: number): readonly number[] {
  let known = exits.get(body);
  if (!known) exits.set(body, (known = new Map()));
  const before = known.get(operation);
  if (before) return before;
  const found: number[] = [];
  walkForward(body, operation, (next) => {
    if (body.kind(next) === Op.RunDefers) found.push(next);
    return Walk.On;
  });
  known.set(operation, found);
  return found;
}

const returns = new BodyFacts<readonly number[]>();

/** The Return operations of a body that can be reached. */
export function returnsOf(body: FunctionBody): readonly number[] {
  let found = returns.get(body);
  if (!found) {
    const all: number[] = [];
    for (const block of graphOf(body).order) {
      for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) if (body.kind(operation) === Op.Return) all.push(operation);
    }
    returns.set(body, (found = all));
  }
  return found;
}
