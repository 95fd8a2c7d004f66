// What happens in an execution: accesses of memory, and operations that order tasks.

import type { Activation } from './activation.ts';
import type { Location } from './locations.ts';

/** A place in an execution: an operation of an activation. */
export interface Point {
  readonly activation: Activation;
  readonly operation: number;
}

export const enum AccessKind {
  Read,
  Write,
  Delete,
  Clear,
  Range,
  Length,
  Append,
  /** Of a channel. */
  Send,
  Close,
}

/** One access of memory, by the task of its activation. */
export interface AccessEvent extends Point {
  readonly location: Location;
  readonly kind: AccessKind;
  readonly isWrite: boolean;
  readonly isAtomic: boolean;
  /** False if it may be another location, or may not happen at all: which function runs, or what a value is, is not certain. */
  readonly isCertain: boolean;
  /** The channel from which the task got what it accesses; undefined if it got it in another way, or made it. */
  readonly received: Location | undefined;
}

export const enum SyncKind {
  Lock,
  ReadLock,
  TryLock,
  TryReadLock,
  Unlock,
  ReadUnlock,
  Send,
  Receive,
  Close,
  CounterAdd,
  CounterDone,
  CounterWait,
  /** A call that runs a function once, or waits until it has run. */
  Once,
  ConditionWait,
  ConditionSignal,
  AtomicRead,
  AtomicWrite,
  AtomicUpdate,
  /** Waits until other tasks do nothing but wait. */
  AllBlocked,
  /** Code that is not known, given something by which tasks may be ordered. */
  Unknown,
  /** A call that was not followed for a bound, of code that may order tasks by anything it reaches. */
  Unfollowed,
  /** Of a pipe, whose two ends are one location: who writes waits until it is read, who reads until something is written or the end. */
  PipeWrite,
  PipeClose,
  PipeRead,
  /** Who reads wants no more: who writes, or comes to write, is told. */
  PipeStop,
}

/** An operation by which tasks may be ordered. */
export interface SyncEvent extends Point {
  readonly kind: SyncKind;
  /** The lock, channel, counter, …; undefined if it is not known which. */
  readonly location: Location | undefined;
  /** Where in the body it happens: the operation itself, or the exits at which a deferred call runs. */
  readonly at: readonly number[];
  readonly deferred: boolean;
}
