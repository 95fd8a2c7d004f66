// One run of a function body in an execution: a call that was followed into its callee. A function that is called at two places
// is two activations, so that what its parameters refer to is known in each.

import { addTo } from '../lists-by-key.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { ProgramFunction } from '../../model/program.ts';
import type { Task } from './task.ts';
import type { Location } from './locations.ts';

/** What a value may be; `undefined` in place of a list means that it is not known. */
export type Abstract =
  /** A pointer, map, list or channel that refers to a location. */
  | Reference
  /** A record or array with the contents of a location. */
  | { readonly kind: 'copy'; readonly of: Location }
  /** A record or array made by an Aggregate. */
  | { readonly kind: 'aggregate'; readonly activation: Activation; readonly operation: number }
  | { readonly kind: 'closure'; readonly activation: Activation; readonly body: FunctionBody }
  | { readonly kind: 'function'; readonly function: ProgramFunction; readonly receiver: Abstracts | undefined; readonly bound: boolean }
  | { readonly kind: 'nil' }
  /** A number, a string: nothing is reached through it. */
  | { readonly kind: 'plain' };

export interface Reference extends Origin {
  readonly kind: 'reference';
  readonly to: Location;
}

/** How a task came by a reference. */
export interface Origin {
  /** True if the location stands for several, of which this is one. */
  readonly isOneOfMany?: true;
  /** The channel that the reference, or what led to it, was received from. */
  readonly received?: Location;
}

export type Abstracts = readonly Abstract[] | undefined;

/** What was found out in an epoch of an execution, and holds no longer. */
export class EpochMap<K, V> {
  private entries: Map<K, V> | undefined = undefined;
  private epoch = -1;

  in(epoch: number): Map<K, V> {
    const entries = (this.entries ??= new Map());
    if (this.epoch !== epoch) entries.clear();
    this.epoch = epoch;
    return entries;
  }
}

const noCalls: ReadonlyMap<number, readonly Activation[]> = new Map();

export class Activation {
  private ownCalls: Map<number, Activation[]> | undefined = undefined;
  private ownDeferredCalls: Map<number, Activation[]> | undefined = undefined;
  /** True if a call in it was not followed, for a limit or because it calls itself. */
  truncated = false;
  /** False if it is one of several functions that may run, or others may run in its place. */
  isCertain = true;
  /** True if a loop further up may run it again. */
  isRepeated = false;
  /** What the receiver refers to, of a method that code outside calls. */
  shared: Location | undefined = undefined;
  /** By value number, what it is; of one epoch of the execution. */
  readonly known = new EpochMap<number, Abstracts>();

  constructor(
    readonly id: number,
    readonly body: FunctionBody,
    readonly task: Task,
    /** The activation that calls this one; undefined for the first of a task. */
    readonly caller: Activation | undefined,
    /** The operations of the caller's body at which this runs: the call, or the ends of the function for a deferred call. */
    readonly callOperations: readonly number[],
    /** The call, defer or go operation itself. */
    readonly callSite: number,
    /** The activation that made the closure which this is a run of. */
    readonly around: Activation | undefined,
    /** What the parameters are; undefined for those of a root. */
    readonly parameters: readonly Abstracts[] | undefined,
    readonly depth: number,
    readonly deferred: boolean,
    /** The guard of a Once that runs this. */
    readonly onceGuard: Location | undefined,
  ) {}

  /** The activations that each operation of the body starts in the same task, by operation. */
  get calls(): ReadonlyMap<number, readonly Activation[]> {
    return this.ownCalls ?? noCalls;
  }

  /** Calls that run at the exits: by the RunDefers operation. */
  get deferredCalls(): ReadonlyMap<number, readonly Activation[]> {
    return this.ownDeferredCalls ?? noCalls;
  }

  /** @param at the operations at which it runs: the call, or the RunDefers operations of a deferred one */
  addCall(callee: Activation, at: readonly number[], deferred: boolean): void {
    const table = deferred ? (this.ownDeferredCalls ??= new Map<number, Activation[]>()) : (this.ownCalls ??= new Map<number, Activation[]>());
    for (const each of at) addTo(table, each, callee);
  }

  /** The activation that declares a variable of the unit; undefined if that is not known. */
  ownerOf(variable: number): Activation | undefined {
    const { owner } = this.body.unit.variables[variable]!;
    let at: Activation | undefined = this;
    while (at && (at.body.unit !== this.body.unit || at.body.index !== owner)) at = at.around;
    return at;
  }

  /** True if this is the other activation or was called, at any depth, by it. */
  isWithin(outer: Activation): boolean {
    for (let at: Activation | undefined = this; at; at = at.caller) if (at === outer) return true;
    return false;
  }
}

/** True if a body runs in an activation, or in one further up. */
export function isRunning(activation: Activation | undefined, body: FunctionBody): boolean {
  for (let at = activation; at; at = at.caller) if (at.body === body) return true;
  return false;
}
