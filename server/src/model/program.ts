// The functions of one package together: what the analyses of things that run at the same time look at.

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

export interface ProgramFunction {
  /** Tells functions of a program apart; what `Callee.key` says. */
  readonly key: string;
  /** The declared name, without the type of the receiver. */
  readonly name: string;
  /** The file it stands in. */
  readonly path: string;
  /** True if code outside the package may call it: by name, through an interface, or by an entry of the language. */
  readonly exported: boolean;
  /** True for functions in files that only tests build. */
  readonly isTest: boolean;
  /** True for functions that a program wrote. */
  readonly generated: boolean;
  /** The key of the type whose method it is; undefined for functions. */
  readonly receiverType: string | undefined;
  readonly entry: EntryKind | undefined;
  /** What the comment above it says; empty if there is none. */
  readonly comment: string;
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
   * What a call of a function does, wherever in the module it is declared, or of an interface's method, whichever of the module's
   * types implements it; undefined if that is not known. Asking looks at the function and at all it calls.
   */
  summaryOf(callee: Callee): Summary | undefined;
}
