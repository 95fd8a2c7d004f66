// The nouns of the model: what memory there is, and what functions can be called. Every language's front end lowers its
// code into these words, and everything that counts (aliases, ownership, locks, order) is decided over them alone.
//
// Start reading here, then operations.ts (what code does), function-body.ts (in which order), and
// analysis/flow.ts (what can be asked).

/**
 * How values of a kind behave: whether they are shared when copied, whether they hold elements, whether nil is one of
 * them. Nothing else of a language's types is in the model.
 */
export const enum Shape {
  /** The type is not known, or it is a type parameter whose instantiations differ. */
  Unknown,
  Boolean,
  Number,
  String,
  /** Keyed elements behind a shared header: Go's map, JavaScript's Map. Copying the value shares the elements. */
  Map,
  /** Unordered elements behind a shared header: JavaScript's Set. */
  Set,
  /** Indexed elements behind a shared header: Go's slice, JavaScript's array. */
  List,
  /** Indexed elements stored in place: Go's array. Copying the value copies the elements. */
  Array,
  /** Fields stored in place: Go's struct. Copying the value copies the fields, and shares what they refer to. */
  Record,
  /** The address of a place. */
  Pointer,
  /** A reference to fields: a JavaScript object. */
  Object,
  Channel,
  Function,
  /** A value of any of several types: Go's interface. */
  Interface,
  /** Several values at once: results of a call, a value with its `ok`. */
  Tuple,
  /** A value that comes later, or an error: JavaScript's promise. */
  Promise,
}

/** True for values that refer to elements: copies of the value share them. */
export function isContainer(shape: Shape): boolean {
  return shape === Shape.Map || shape === Shape.Set || shape === Shape.List;
}

/** True if the zero value of the shape is a reference to nothing (nil, undefined). */
export function isReference(shape: Shape): boolean {
  return isContainer(shape) || shape === Shape.Pointer || shape === Shape.Object || shape === Shape.Channel || shape === Shape.Function || shape === Shape.Interface || shape === Shape.Promise;
}

export const enum VariableKind {
  Local,
  Parameter,
  /** Go's receiver, JavaScript's `this`. */
  Receiver,
  Result,
  /** Made by lowering to hold a value between blocks or to give it an address; no name in the source. */
  Temporary,
  /** Of package or module level. */
  Global,
  /** Of a function around the lowered one, which was not lowered with it. */
  Outer,
}

/**
 * A variable. Closures share the variables of the functions around them: one object in all bodies of a unit.
 * The counts say what happens to the variable anywhere in the unit; lowering completes them before anybody can ask.
 */
export class Variable {
  /** Assignments, the one at the declaration included, to the variable or a part of it. */
  writes = 0;
  /** True if a closure uses the variable: later calls of it see and may change it. */
  captured = false;
  /** True if a closure assigns to the variable or a part of it. */
  writtenByClosure = false;
  /** True if the address of the variable is taken. */
  addressTaken = false;
  /** The fields whose address, or the address of a part of them, is taken; their index in the unit's fields. */
  addressedFields: Set<number> | undefined = undefined;
  /** Loop variables: true if each iteration has its own, false if all share one; undefined for others or if that is not known. */
  perIteration: boolean | undefined = undefined;
  /** Tells variables of package level apart; stable between runs. Undefined for others. */
  key: string | undefined = undefined;
  /** True for variables that a loop assigns at the start of each iteration or that its head declares. */
  loopVariable = false;

  /**
   * @param owner the index of the declaring body in the unit, or -1 for variables of kind Global and Outer
   * @param start 0-based UTF-16 offset of the declaring name, -1 if there is none
   * @param origin the front end's own object for the variable, by which it can be found again
   */
  constructor(
    readonly name: string,
    readonly kind: VariableKind,
    readonly shape: Shape,
    readonly owner: number,
    readonly start: number,
    readonly origin: object | undefined,
  ) {}
}

/** A field of records or objects. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** True if code outside the program can name it. */
  readonly exported: boolean;
  /** True if an object whose field is true cannot be used by hand: a button's `disabled`. */
  readonly disables?: boolean;
  /** True for a property that functions read and write; the origin is the one that reads it, if there is one. */
  readonly isAccessor?: boolean;
  /** The front end's own object for the field: the same for all instances of a type. */
  readonly origin: object | undefined;
}

/** What a call is known to do, beyond what its callee's body says. Set by a front end's facts about its standard library. */
export const enum Role {
  None,
  /** The process ends; nothing deferred runs. */
  Exits,
  /** The task or function is unwound: what is deferred runs, the call does not return. */
  Unwinds,
  /** Stops an unwinding. */
  Recovers,
  /** Operations of the language itself, deferred or spawned, on argument 0 (and the key in argument 1). */
  Clears,
  Deletes,
  Closes,
  /** Locks: argument 0 is the lock. */
  Lock,
  ReadLock,
  TryLock,
  TryReadLock,
  Unlock,
  ReadUnlock,
  /** A counter of tasks, or a group that counts what it starts; argument 0 is it. */
  CounterAdd,
  CounterDone,
  CounterWait,
  /** A guard that lets its function run once; argument 0 is the guard. */
  Once,
  ConditionWait,
  ConditionSignal,
  /** Argument 0 is, or points to, what is accessed atomically. */
  AtomicRead,
  AtomicWrite,
  AtomicUpdate,
  /** Reads its arguments, changes nothing and orders nothing; what it gives is new, or not reachable from them. */
  Reads,
  /**
   * Reads everything that can be reached from its arguments, while it runs. It keeps nothing and orders nothing itself, but it may
   * call methods of what it finds.
   */
  Looks,
  /**
   * Methods of an object that is not made for several tasks at once, in argument 0: the one looks at it, the other changes it. They
   * read what else they are given, and order nothing.
   */
  Observes,
  Changes,
  /** Writes elements of the container in argument 0, and reads those of the containers in the other arguments. */
  Fills,
  /** Gives an iterator over the container in argument 0, which is read whenever the iterator runs. */
  Views,
  /** Gives a pointer to a condition whose lock (the field L) is argument 0. */
  ConditionMake,
  /** Accesses of a map that orders them itself; argument 0 points to it, argument 1 is the key, argument 2 a new value. */
  SharedMapRead,
  SharedMapWrite,
  SharedMapUpdate,
  /** Gives a pointer to a semaphore; argument 0 is how much it has. */
  SemaphoreMake,
  /**
   * Argument 0 is a semaphore, the last argument how much of it is taken or given back. Taking all it has makes it a lock. `Acquire`
   * gives nil if it was taken, `TryAcquire` true.
   */
  SemaphoreAcquire,
  SemaphoreTryAcquire,
  SemaphoreRelease,
  /**
   * Gives a tuple: a scope that can be cancelled, and the function that cancels it. Argument 0 is the scope around it, whose
   * cancellation cancels it too.
   */
  CancellationMake,
  /** The same, and time cancels it as well. */
  DeadlineMake,
  /** Gives the channel that is closed when the scope in argument 0 is cancelled; nil or never closed if nothing can cancel it. */
  CancellationChannel,
  /** Whether and why the scope in argument 0 was cancelled: nil before. */
  CancellationRead,
  /** Stops or starts again what the handle in argument 0 stands for: a timer and the function it runs. */
  Rearms,
  /** From here on the test in argument 0 overlaps other tests that said the same. */
  OverlapsSiblings,
  /** Waits until all other tasks of the same bubble wait for something that only the bubble can bring about. */
  WaitsForBlocked,
  /** Gives a tuple that begins with the two ends of a pipe: what is read from one was written to the other. */
  PipeMake,
  /** Gives a lock: taking it is taking the lock in argument 0 for reading. */
  ReadLocker,
  /** On an end of a pipe in argument 0: waits until it is read; from now on nothing more is written; waits for what is written. */
  PipeWrite,
  PipeClose,
  PipeRead,
  /** Starts the program that argument 0 describes, and sets the description's field `Process`. */
  ProcessStart,
  /** On the end of a pipe that is read in argument 0: from now on writing gives an error. */
  PipeStop,
}

/** A function value that a call runs, of those it is given. */
export interface RunArgument {
  /** Index in the call's arguments, the receiver included. */
  readonly argument: number;
  /**
   * `now`: before the call returns, in the same task. `now-elsewhere`: before it returns, in another task. `with-result`:
   * when what the call returned is called. `later`: after the call, one run at a time. `concurrent`: in another task.
   */
  readonly when: 'now' | 'now-elsewhere' | 'with-result' | 'later' | 'concurrent';
  /** How often; runs may overlap if it is `many-at-once`. */
  readonly times: 'at-most-once' | 'once' | 'many' | 'many-at-once';
}

/** What a call calls, when that is known. */
export interface Callee {
  /** As a person would write it: `Clone`, `Mutex.Lock`, `clear`. */
  readonly name: string;
  /** Tells functions of a program apart; stable between runs. Undefined for functions without a name of their own. */
  readonly key: string | undefined;
  /** `interface`: one of several methods, chosen at run time. `builtin`: part of the language. */
  readonly kind: 'function' | 'interface' | 'builtin';
  readonly role: Role;
  /** The function values it is known to run. */
  readonly runs: readonly RunArgument[];
  /** The front end's own object for the function. */
  readonly origin: object | undefined;
  /** For methods of a container that answers with promises: what they do with the element under their first argument. */
  readonly store?: StoreEffect;
  /** True for what makes argument 2 a listener for the events of argument 0 that argument 1 names. */
  readonly listens?: boolean;
}

export type StoreEffect = 'read' | 'has' | 'write' | 'remove' | 'clear';

/** A constant of the source as far as it is known; undefined where it has no such form (big floats, complex numbers). */
export type Constant = string | number | bigint | boolean | undefined;
