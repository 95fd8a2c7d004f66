// What runs at the same time: goroutines, timer callbacks, handlers, tests. Tasks form a tree of who started whom.

import type { Activation } from './activation.ts';
import type { Location } from './locations.ts';

/** How a task comes to run. */
export type Start =
  /** The first task of an execution. */
  | 'root'
  /** Started by an operation of another task. */
  | 'spawned'
  /** Started by code outside the program, at any time: a handler, a method of a type that says it may be called by anybody. */
  | 'outside';

export class Task {
  /** Where it starts; set when the task is looked into. */
  first: Activation | undefined = undefined;
  /** Counters that count one less when the task ends: groups that started it. */
  readonly countsAtEnd: Location[] = [];
  /** True if a group started it of which it is not known which. */
  countsUnknown = false;
  /** True if several instances of it may run at once, beyond those that loops around its start make. */
  overlapsItself = false;

  /** For a method that is only called with a lock held, which belongs to what the object is a part of: how. */
  callersLock: 'exclusive' | 'shared' | undefined = undefined;
  /** True for a method that is only called while the object is made: nobody else has it yet but the tasks that it comes with. */
  isSetUp = false;
  /** True for a method that, by its type's comment, does not run beside other methods of the object. */
  isAlone = false;
  /** True if it runs only when what its parent does is over, beside others that do the same. */
  afterParent = false;
  /** From the root to this task. */
  readonly chain: readonly Task[];

  constructor(
    readonly id: number,
    readonly start: Start,
    readonly parent: Task | undefined,
    /** The activation that starts it. */
    readonly spawner: Activation | undefined,
    /** The operation of the spawner that starts it; NONE for tasks that nothing in the program starts. */
    readonly spawnOperation: number,
    readonly name: string,
  ) {
    this.chain = parent ? [...parent.chain, this] : [this];
  }
}
