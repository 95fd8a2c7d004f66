// What is asked of types. Rules and lowering see nothing of the checker behind it, so that another compiler can take its
// place. Types are those of one program at one time: none is kept beyond the analysis it was asked in.

import type ts from 'typescript';

/** What a value holds its elements in. A dictionary is a plain object that is indexed by keys of run time. */
export type ContainerKind = 'map' | 'set' | 'weak-map' | 'weak-set' | 'array' | 'typed-array' | 'dictionary';

export interface StaticType {
  /** True for `any`, `unknown`, types that could not be resolved, and type parameters without a constraint: nothing is known. */
  readonly isUnknown: boolean;
  /** Set if the value is a container, `null` and `undefined` aside. */
  readonly container: ContainerKind | undefined;
  /** True if the container is declared as the library's own type and not as one that extends it. */
  readonly isExact: boolean;
  /** True for `ReadonlyMap`, `readonly T[]` and the like. */
  readonly isReadonly: boolean;
  /** True for a view over memory that threads share: a typed array over a `SharedArrayBuffer`, as far as its type says. */
  readonly isSharedMemory: boolean;
  /** True if the value may be `null` or `undefined`, as far as the project's options tell. */
  readonly isNullable: boolean;
  /** The name of the class or interface if the language's library or the platform declares it: `Promise`, `AbortController`, `ProcessEnv`. */
  readonly libraryName: string | undefined;
  /** The user's class or interface, or the library's; undefined for types without a declaration of their own. */
  readonly symbol: ts.Symbol | undefined;
  /** Values of a map or dictionary, elements of a set or array; undefined for anything else. */
  readonly elements: StaticType | undefined;
  /** Keys of a map or weak map. */
  readonly keys: StaticType | undefined;
  /** What awaiting the value gives; undefined if it has no `then`. */
  readonly promised: StaticType | undefined;
  /** The type of a property; undefined if there is none. */
  property(name: string): StaticType | undefined;
  /** True if the value can be called. */
  readonly isCallable: boolean;
  /** True for objects that do something: the class, interface or literal type declares methods, and it is not the language's. Two of them are not one. */
  readonly hasMethods: boolean;
  /** True for texts, numbers and records and lists of them, as far as that is known: nothing in them does anything, and two that are the same are as good as one. */
  readonly isData: boolean;
  /** What calling the value gives, if all its signatures agree. */
  readonly called: StaticType | undefined;
  /** True for strings, numbers and other values without identity. */
  readonly isPrimitive: boolean;
  /** True if there are only so many values: literals, booleans, members of an enum. */
  readonly isFinite: boolean;
  /** True for `string`, string literals and unions of them. */
  readonly isString: boolean;
  /** True for `number`, number literals and unions of them. */
  readonly isNumber: boolean;
  /** True if nothing is left: `never`, `void`, `undefined` or `null` alone. */
  readonly isNothing: boolean;
  /** As a person would write it. */
  readonly text: string;
}

export interface Imported {
  /** As it is written: `react`, `./cache.ts`. */
  readonly module: string;
  /** The exported name; `default`, or `*` for the module as a whole. */
  readonly name: string;
}

export interface TypeQueries {
  /** The types of expressions or declared names, in their order. */
  typesAt(nodes: readonly ts.Node[]): readonly StaticType[];
  typeAt(node: ts.Node): StaticType;
  /** What a name or property access refers to, imports followed; the same object for the same variable, field or function. */
  symbolAt(node: ts.Node): ts.Symbol | undefined;
  /** What a name was imported as, also where the module is not found; undefined for other names. */
  importedAs(name: ts.Identifier): Imported | undefined;
  /** The declaration that a call or `new` resolves to; undefined if it is not resolved. */
  calleeOf(call: ts.CallExpression | ts.NewExpression): ts.SignatureDeclaration | undefined;
  /** True if every declaration of the symbol is the language's library or the platform's. */
  isLibrary(symbol: ts.Symbol): boolean;
  /**
   * Told of each symbol whose places somebody looks for beyond the function they are in: what they conclude holds while those
   * places stay as they are.
   */
  lookedFor(symbol: ts.Symbol): void;
}
