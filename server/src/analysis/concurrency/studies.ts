// What rules ask about the executions of a program: each is built once for all that is asked, and its locks and order when they
// are first asked for.

import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { heldAt } from '../held-functions.ts';
import { isForSorting, sortedTypesOf } from './guard-faults.ts';
import { expectsLockByName, guardsOf } from './guards.ts';
import { Execution } from './execution.ts';
import { LocksHeld } from './held-locks.ts';
import { Order } from './order.ts';
import { LocationKind } from './locations.ts';
import type { Location } from './locations.ts';
import { allocationsFor, isConstructorOf, isOwn, rootsOf, startsTasks, takesLocks } from './roots.ts';
import type { Task } from './task.ts';

/** The methods of a type that starts tasks of its own, or takes locks: they run at the same time as those, and as each other. */
export interface SharedObject {
  /** What the receivers of the methods refer to. */
  readonly location: Location;
  /** Tasks that make an object: nobody else knows it yet. */
  readonly makers: ReadonlySet<Task>;
}

export class Study {
  private heldLocks: LocksHeld | undefined;
  private knownOrder: Order | undefined;

  constructor(
    readonly root: ProgramFunction,
    readonly execution: Execution,
    readonly shared: SharedObject | undefined = undefined,
  ) {}

  get locks(): LocksHeld {
    return (this.heldLocks ??= new LocksHeld(this.execution));
  }

  get order(): Order {
    return (this.knownOrder ??= new Order(this.execution, this.locks));
  }
}

/** What is found in one study. */
type Question<Answer> = (study: Study, program: Program) => readonly Answer[];

/** What is found in all studies of a program. */
export interface Asked<Answer> {
  (program: Program): readonly Answer[];
  /** Of one study, for the other questions. */
  of(study: Study, program: Program): readonly Answer[];
}

/** All that is ever asked of studies. */
const questions: Question<unknown>[] = [];

/**
 * Takes a question that will be asked of the studies of every program. A study is large: all questions are asked when it is made, and then it
 * goes, unless an answer holds it. A question that fails fails whenever its answers are asked for, and does no harm to others.
 */
export function askOfStudies<Answer>(question: Question<Answer>): Asked<Answer> {
  const once = oncePerStudy(question);
  questions.push(once);
  const asked = (program: Program): readonly Answer[] => {
    const { answers, failed } = lookedThrough(program);
    if (failed.has(once)) throw failed.get(once);
    return answers.get(once) as readonly Answer[];
  };
  return Object.assign(asked, { of: once });
}

function oncePerStudy<Answer>(question: Question<Answer>): Question<Answer> {
  const known = new WeakMap<Study, readonly Answer[]>();
  return (study, program) => {
    let found = known.get(study);
    if (!found) known.set(study, (found = question(study, program)));
    return found;
  };
}

interface LookedThrough {
  /** Where executions of their own began. */
  readonly roots: ReadonlySet<ProgramFunction>;
  /** Those of the roots' studies come first. */
  readonly answers: ReadonlyMap<Question<unknown>, readonly unknown[]>;
  readonly failed: ReadonlyMap<Question<unknown>, unknown>;
}

const programs = new WeakMap<Program, LookedThrough>();

/** The functions of a program that executions of their own begin with. */
export function studiedIn(program: Program): ReadonlySet<ProgramFunction> {
  return lookedThrough(program).roots;
}

function lookedThrough(program: Program): LookedThrough {
  let found = programs.get(program);
  if (!found) programs.set(program, (found = lookThrough(program)));
  return found;
}

function lookThrough(program: Program): LookedThrough {
  const roots = new Set<ProgramFunction>();
  const answers = new Map<Question<unknown>, unknown[]>(questions.map((question) => [question, []]));
  const failed = new Map<Question<unknown>, unknown>();
  const ask = (study: Study): void => {
    for (const [question, list] of answers) {
      if (failed.has(question)) continue;
      try {
        for (const answer of question(study, program)) list.push(answer);
      } catch (error) {
        failed.set(question, error);
      }
    }
  };
  for (const study of studiesOf(program)) {
    roots.add(study.root);
    ask(study);
  }
  for (const study of objectStudiesOf(program)) ask(study);
  return { roots, answers, failed };
}

/** The executions of a program, one for each of its roots. */
function* studiesOf(program: Program): Iterable<Study> {
  // By root, the bodies that its execution follows to their ends.
  const followed = new Map<string, ReadonlySet<FunctionBody>>();
  for (const { root, callers } of rootsOf(program)) {
    const isInternal = callers.length > 0 && !root.exported && root.entry === undefined;
    // All that calls it was looked at, and what it is given is known there.
    if (isInternal && callers.every((caller) => followed.get(caller)?.has(root.body))) continue;
    const study = studyFrom(program, root, isInternal);
    if (!study.execution.truncated) followed.set(root.key, study.execution.bodies);
    yield study;
  }
}

/**
 * The execution that begins with a function.
 * @param mayBeLocked true if callers may hold locks
 */
export function studyFrom(program: Program, root: ProgramFunction, mayBeLocked = false): Study {
  const execution = new Execution(program);
  execution.mayBeCalledLocked = mayBeLocked;
  execution.addRoot(root, 'root');
  return new Study(root, execution);
}

/** By type whose methods start tasks or take locks, and so say that they are called at the same time: an execution in which all its exported methods run at any time. */
function* objectStudiesOf(program: Program): Iterable<Study> {
  for (const [type, methods] of methodsByType(program)) {
    const study = objectStudy(program, type, methods);
    if (study) yield study;
  }
}

function methodsByType(program: Program): ReadonlyMap<string, readonly ProgramFunction[]> {
  const byType = new Map<string, ProgramFunction[]>();
  // The library of a test package is looked at with the library.
  if ([...program.functions.values()].some((each) => each.isTest)) return byType;
  for (const each of program.functions.values()) {
    if (each.receiverType === undefined || each.isTest || each.generated || each.body.incomplete) continue;
    const list = byType.get(each.receiverType);
    if (list) list.push(each);
    else byType.set(each.receiverType, [each]);
  }
  return byType;
}

/** An object study follows so many calls, so many of them from constructors, and looks at so many methods. */
const callLimit = 800;
const makerLimit = 200;
const methodLimit = 40;
/** Each method may follow so many calls, and what others did not need. */
const leastCalls = 16;

function objectStudy(program: Program, type: string, methods: readonly ProgramFunction[]): Study | undefined {
  if (!methods.some((each) => isOwn(program, each))) return undefined;
  const constructors = [...program.functions.values()].filter((each) => !each.isTest && !each.generated && isConstructorOf(program, each, methods));
  if (constructors.length === 0 && !methods.some((each) => startsTasks(each.body) || takesLocks(each.body))) return undefined;
  const execution = new Execution(program, callLimit);
  const location = execution.memory.shared(type);
  const world = execution.addWorld();
  const makers = new Set<Task>();
  const made: Location[] = [];
  for (const each of constructors.slice(0, 3)) {
    execution.allow(makerLimit / Math.min(constructors.length, 3));
    const task = execution.addRoot(each, 'root', world);
    makers.add(task);
    for (const each of [...receiversOf(execution, task, type), ...madeIn(execution, task, methods)]) {
      made.push(each);
      execution.unify(each, location);
    }
  }
  location.canonical.made = made.filter(({ kind }) => kind === LocationKind.Heap);
  const started = startedMethodsOf(program);
  const sorted = sortedTypesOf(program);
  const callable = methods.filter((method) => (method.exported || started.has(method)) && !isUpToCallers(method) && !isForSorting(method, sorted)).slice(0, methodLimit);
  callable.forEach((each, index) => {
    execution.allow(Math.max(leastCalls, (callLimit - execution.activations.length) / (callable.length - index)));
    const task = execution.addMethod(each, world, location);
    const { contexts } = guardsOf(program);
    task.callersLock = contexts.ownersLockOf(each);
    task.isAlone = each.isOfTypeForOneTask;
    task.isSetUp = contexts.isOnlyForSetUp(each);
  });
  return new Study(methods[0]!, execution, { location, makers });
}

/** True if a comment names a lock that callers hold, or forbids two calls at a time, or the name says that a lock is held: what else runs is their business. */
function isUpToCallers(function_: ProgramFunction): boolean {
  return expectsLockByName(function_) || function_.requires.some(({ name, isAlone }) => name !== undefined || isAlone);
}

const knownStarted = new WeakMap<Program, ReadonlySet<ProgramFunction>>();

/** Methods that run as goroutines because somebody was given them as values: `events: newQueue(s.handle)`, and there `go q.callback()`. */
function startedMethodsOf(program: Program): ReadonlySet<ProgramFunction> {
  let found = knownStarted.get(program);
  if (found) return found;
  const started = new Set<ProgramFunction>();
  for (const { body: first, isTest } of program.functions.values()) {
    if (isTest) continue;
    for (const body of first.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) !== Op.Call || !body.has(operation, Flag.Spawned) || body.calleeOf(operation)) continue;
        for (const each of heldAt(program, body, body.b(operation)) ?? []) if (each.kind === 'function' && each.isBound) started.add(each.function);
      }
    }
  }
  knownStarted.set(program, (found = started));
  return found;
}

/** The objects that a constructor makes itself, and tasks of which it has in closures. */
function madeIn(execution: Execution, maker: Task, methods: readonly ProgramFunction[]): readonly Location[] {
  const first = maker.first;
  const bodies = new Set(methods.map(({ body }) => body));
  if (!first || execution.activations.some(({ body, task }) => bodies.has(body) && task.chain.includes(maker))) return [];
  return allocationsFor(first.body, methods).map((allocation) => execution.memory.heap(first, allocation).canonical);
}

/** The objects made by a constructor on which it calls or starts methods of a type. */
function receiversOf(execution: Execution, maker: Task, type: string): readonly Location[] {
  const found = new Set<Location>();
  for (const activation of execution.activations) {
    if (execution.functionOf(activation)?.receiverType !== type || !activation.task.chain.includes(maker)) continue;
    const receiver = activation.parameters?.[0];
    const [only] = receiver ?? [];
    if (receiver?.length === 1 && only?.kind === 'reference' && only.to.root.activation?.task === maker) found.add(only.to.canonical);
  }
  return [...found];
}
