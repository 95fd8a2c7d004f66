// The functions of one package together: what the analyses of things that run at the same time look at.

import type { Span } from '../text/span.ts';
import type { FunctionBody } from './function-body.ts';
import type { Callee } from './objects.ts';
import type { Summary } from './summary.ts';

/** How the world outside the package calls a function. */
export type EntryKind =
  /** Runs before anything else of the package, one after another. */
  | 'init'
  | 'main'
  /** Each is a task of its own; they run one after another unless they say otherwise. */
  | 'test'
  /** Runs around all tests of the package. */
  | 'test-main'
  | 'benchmark'
  | 'fuzz'
  | 'example';

/** What a comment says of a field or variable of package level: a lock guards it. */
export interface StatedGuard {
  /** The `origin` of the field or variable. */
  readonly member: object;
  /** The `origin` of the lock: a field beside the member, or a variable of package level. */
  readonly lock: object;
  readonly name: string;
  /** Where the comment is. */
  readonly path: string;
  readonly span: Span;
  /** False for what only stands behind a lock that protects the `following fields`: authors do not mean all of them. */
  readonly isExact: boolean;
}

/** What a comment says of a function: its callers hold a lock. */
export interface LockRequirement {
  /** The parameter, the receiver counted, that points to what the lock is a field of; NONE for others. */
  readonly parameter: number;
  /** From there to the lock; empty for others. */
  readonly fields: readonly { readonly name: string; readonly origin: object }[];
  /** A lock of package level, with the `key` and `origin` of its variable; undefined for others. */
  readonly global: { readonly name: string; readonly key: string; readonly origin: object } | undefined;
  /** As the comment writes it; undefined if the comment does not say which lock it is. */
  readonly name: string | undefined;
  /** True if others may hold the lock at the same time, for reading. */
  readonly canRead: boolean;
  readonly mode: 'exclusive' | 'shared';
  readonly path: string;
  readonly span: Span;
  readonly isAnnotation: boolean;
  /** True if it says that callers see to it that no two calls run at the same time, by a lock that it does not name or in another way. */
  readonly isAlone: boolean;
}

export interface ProgramFunction {
  /** Tells functions of a program apart; what `Callee.key` says. */
  readonly key: string;
  /** The declared name, without the type of the receiver. */
  readonly name: string;
  /** The file it stands in. */
  readonly path: string;
  /** True if code outside the package may call it: by name, through an interface, or by an entry of the language. */
  readonly exported: boolean;
  /** True for methods of a type that code outside the package cannot name, nor gets with a type that embeds it. */
  readonly isOfHiddenType: boolean;
  /** True for functions in files that only tests build. */
  readonly isTest: boolean;
  /** True for functions that only tests call, wherever they stand: they take what a test is given. */
  readonly isForTests: boolean;
  /** True for functions that a program wrote. */
  readonly generated: boolean;
  /** The key of the type whose method it is; undefined for functions. */
  readonly receiverType: string | undefined;
  /** True for methods of a type whose comment says that no two of them may run at the same time. */
  readonly isOfTypeForOneTask: boolean;
  readonly entry: EntryKind | undefined;
  /** The front end's own object for it; undefined if there is none. */
  readonly origin: object | undefined;
  /** The locks that its callers hold, by the comment above it. */
  readonly requires: readonly LockRequirement[];
  /** The body, lowered when it is first asked for. The same object as long as nothing in it changes. */
  readonly body: FunctionBody;
}

/** A function that a variable, parameter or field may hold. */
export type HeldFunction =
  /** `isBound`: it has a receiver with it, of which nothing is known, and which is not among the arguments of calls. */
  | { readonly kind: 'function'; readonly function: ProgramFunction; readonly isBound: boolean }
  /** A closure; what it captures is that of an activation which is not known, or of none. */
  | { readonly kind: 'closure'; readonly body: FunctionBody }
  /** A function outside the program. */
  | { readonly kind: 'external'; readonly callee: Callee; readonly isBound: boolean };

export interface Program {
  /** By key, in the order of files and declarations. */
  readonly functions: ReadonlyMap<string, ProgramFunction>;
  /** What comments say of guards, in the order of files. */
  readonly statedGuards: readonly StatedGuard[];
  /**
   * Files that only this program has: the others were looked at in another build of the package, and only what has to do with these
   * is worth a look. Undefined: all are new.
   */
  readonly ownPaths: ReadonlySet<string> | undefined;
  /** True if code outside the program, such as files of other platforms, uses a field of that name. */
  usesFieldElsewhere(name: string): boolean;
  /**
   * The functions of the program that a call of an interface's method may run; undefined if others may be run as well.
   */
  implementersOf(callee: Callee): readonly ProgramFunction[] | undefined;
  /**
   * The functions that a variable of package level, a local variable, a parameter or a field may hold at any time, nil aside;
   * undefined if there may be others. See heldAt in analysis/held-functions.ts for what is called at an operation.
   * @param origin the `origin` of a Variable or Field of the model
   */
  heldBy(origin: object): readonly HeldFunction[] | undefined;
  /**
   * Functions that some code of the program puts into a variable, parameter or field; of elements: into the container in it. There may be
   * others, and code outside may put them there.
   * @param origin the `origin` of a Variable or Field of the model
   */
  seenIn(origin: object, isElement: boolean): readonly HeldFunction[];
  /**
   * What a call of a function does, wherever in the module it is declared, or of an interface's method, whichever of the module's
   * types implements it; undefined if that is not known. Asking looks at the function and at all it calls.
   */
  summaryOf(callee: Callee): Summary | undefined;
}
