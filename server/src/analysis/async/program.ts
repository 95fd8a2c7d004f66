// Functions of one or several files together, for races across suspensions: which function is which, who calls whom, and
// what a value is when it is followed through variables that are assigned once.

import { addTo } from '../lists-by-key.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody, Unit } from '../../model/function-body.ts';
import { VariableKind } from '../../model/objects.ts';
import type { RunArgument } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';

export interface AsyncFunction {
  readonly body: FunctionBody;
  /** The front end's object for it: what `Callee.origin` says. */
  readonly node: object;
  readonly kind: 'module' | 'function' | 'method' | 'constructor' | 'closure' | 'initializers';
  readonly isExported: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** True for methods that their class and those that extend it can call. */
  readonly isProtected?: boolean;
  /** Of methods, not of static ones, and of the values that fields start with. */
  readonly class?: AsyncClass;
  /** The function that gives a property's value, or the one that takes it. */
  readonly accessor?: 'get' | 'set';
  /** Of one that gives a property's value, the other one. */
  readonly setter?: object;
}

/** A class, as far as it says who has its objects. */
export interface AsyncClass {
  /** What the function of its fields' values has, too. */
  readonly node: object;
  /** False if only its own file can name it. */
  readonly isExported: boolean;
  /** True if there are other types that its objects are used as. */
  readonly isExtending: boolean;
  /** The class that it extends, if that is declared in the program. */
  readonly base: object | undefined;
  /** True if it extends what is declared elsewhere: not here, nor by the platform. */
  readonly isOfOthers: boolean;
}

export interface AsyncFile {
  readonly path: string;
  readonly unit: Unit;
  readonly functions: readonly AsyncFunction[];
}

/** An operation of a function. */
export interface Point {
  readonly file: AsyncFile;
  readonly function: AsyncFunction;
  readonly operation: number;
}

/** How a closure comes to run, as far as it is seen. */
export type Start =
  | { readonly kind: 'call'; readonly at: Point; readonly run: RunArgument }
  /** Given to code that is not known. `isResultUsed`: what that code returns is waited for or handed on. */
  | { readonly kind: 'given'; readonly at: Point; readonly isResultUsed: boolean }
  /** Stored, returned: it may run at any time, any number of times. */
  | { readonly kind: 'kept' };

/** Where a program's files come from. Each is made when somebody asks for it, so that a question costs the files it is about. */
export interface AsyncSources {
  /** The file that a declaration stands in; undefined for declarations of others. */
  fileOf(declaration: object): AsyncFile | undefined;
  /** The files that may name a declaration, its own among them, in the order of the program. */
  filesNaming(declaration: object): readonly AsyncFile[];
  /** Those of them that may name a member of what is declared: `Account.find`. */
  filesNamingMembers(declaration: object): readonly AsyncFile[];
}

/** What one file has, by who is meant. */
interface FileIndex {
  readonly functions: Map<object, Point>;
  readonly writes: Map<number, Point[]>;
  readonly calls: Map<object, Point[]>;
  /** Where functions are used as values. */
  readonly values: Map<object, Point[]>;
}

export class AsyncProgram {
  readonly #sources: AsyncSources;
  readonly #indices = new Map<AsyncFile, FileIndex>();
  readonly #calls = new Map<object, readonly Point[]>();
  readonly #values = new Map<object, readonly Point[]>();
  readonly #starts = new Map<FunctionBody, readonly Start[]>();
  readonly #closureUses = new Map<AsyncFile, ReadonlyMap<AsyncFunction, readonly Point[]>>();

  constructor(sources: AsyncSources) {
    this.#sources = sources;
  }

  #indexOf(file: AsyncFile): FileIndex {
    let index = this.#indices.get(file);
    if (!index) this.#indices.set(file, (index = indexed(file)));
    return index;
  }

  /** The files in which a variable, field or function may be used, in the order of the program. */
  filesNaming(declaration: object): readonly AsyncFile[] {
    return this.#sources.filesNaming(declaration);
  }

  /** True if a declaration stands in a file of the program. */
  declares(declaration: object): boolean {
    return this.#sources.fileOf(declaration) !== undefined;
  }

  functionOf(origin: object | undefined): Point | undefined {
    const file = origin && this.#sources.fileOf(origin);
    return file && this.#indexOf(file).functions.get(origin!);
  }

  /** The same, if it stands in a file. */
  functionIn(file: AsyncFile, origin: object | undefined): Point | undefined {
    return origin && this.#indexOf(file).functions.get(origin);
  }

  /** The function that runs where a property is read or written; undefined for plain fields, and for what is not read or written. */
  accessorAt({ file, function: { body }, operation }: Point): Point | undefined {
    const kind = body.kind(operation);
    if (kind !== Op.Read && kind !== Op.Write) return undefined;
    const place = body.a(operation);
    if (body.placeKind(place) !== PlaceKind.Field) return undefined;
    const field = file.unit.fields[body.placeB(place)]!;
    const declared = field.isAccessor ? this.functionOf(field.origin) : undefined;
    if (kind === Op.Read) return declared?.function.accessor === 'get' ? declared : undefined;
    return declared?.function.accessor === 'set' ? declared : this.functionOf(declared?.function.setter);
  }

  /** The calls that name a function. */
  callsOf(of: AsyncFunction): readonly Point[] {
    let known = this.#calls.get(of.node);
    if (!known) this.#calls.set(of.node, (known = this.filesNaming(of.node).flatMap((file) => this.#indexOf(file).calls.get(of.node) ?? [])));
    return known;
  }

  /** True if the function is used as a value: others may call it. */
  escapes(of: AsyncFunction): boolean {
    return this.valuesOf(of).length > 0;
  }

  /** Where the function is used as a value. */
  valuesOf(of: AsyncFunction): readonly Point[] {
    let known = this.#values.get(of.node);
    if (!known) this.#values.set(of.node, (known = this.filesNaming(of.node).flatMap((file) => this.#indexOf(file).values.get(of.node) ?? [])));
    return known;
  }

  /** The same, where a member of it may be named. */
  valuesWithMembersOf(of: AsyncFunction): readonly Point[] {
    return this.#sources.filesNamingMembers(of.node).flatMap((file) => this.#indexOf(file).values.get(of.node) ?? []);
  }

  writesOf(file: AsyncFile, variable: number): readonly Point[] {
    return this.#indexOf(file).writes.get(variable) ?? [];
  }

  /**
   * Where a value comes from: through variables that are assigned once, if what they are assigned is a variable or field
   * again. The end of the chain is the last read.
   */
  resolve(at: Point): Point {
    let point = at;
    for (let steps = 0; steps < 20; steps++) {
      const before = this.#assigned(point);
      if (!before) return point;
      const kind = before.function.body.kind(before.operation);
      if (kind !== Op.Read && kind !== Op.Closure && kind !== Op.Narrow && kind !== Op.FunctionValue) return point;
      point = before;
    }
    return point;
  }

  /** The same, whatever the value is in the end. */
  source(at: Point): Point {
    let point = at;
    for (let steps = 0; steps < 20; steps++) {
      const before = this.#assigned(point);
      if (!before) return point;
      point = before;
    }
    return point;
  }

  /** The value that the only assignment of a read variable gives. */
  #assigned({ file, function: of, operation }: Point): Point | undefined {
    if (operation === NONE) return undefined;
    const { body } = of;
    if (body.kind(operation) !== Op.Read) return undefined;
    const place = body.a(operation);
    if (body.placeKind(place) !== PlaceKind.Variable) return undefined;
    const index = body.placeA(place);
    const variable = file.unit.variables[index]!;
    if (variable.kind === VariableKind.Parameter || variable.kind === VariableKind.Receiver) return undefined;
    const [only, ...others] = this.writesOf(file, index);
    if (!only || others.length > 0) return undefined;
    const value = only.function.body.b(only.operation);
    return value === NONE ? undefined : { ...only, operation: value };
  }

  /** How a closure is started. */
  startsOf(file: AsyncFile, closure: AsyncFunction): readonly Start[] {
    const known = this.#starts.get(closure.body);
    if (known) return known;
    const found = this.#findStarts(file, closure);
    this.#starts.set(closure.body, found);
    return found;
  }

  #closureUsesIn(file: AsyncFile): ReadonlyMap<AsyncFunction, readonly Point[]> {
    let uses = this.#closureUses.get(file);
    if (!uses) this.#closureUses.set(file, (uses = closureUses(this, file)));
    return uses;
  }

  #findStarts(file: AsyncFile, closure: AsyncFunction): readonly Start[] {
    const parent = file.functions[closure.body.parent];
    if (!parent) return [{ kind: 'kept' }];
    const value = closureValue(parent.body, closure.body.index);
    if (value === NONE) return [{ kind: 'kept' }];
    const starts = (this.#closureUsesIn(file).get(closure) ?? []).map((at) => startAt(at, this, parent, value));
    return starts.length === 0 ? [{ kind: 'kept' }] : starts;
  }
}

function indexed(file: AsyncFile): FileIndex {
  const index: FileIndex = { functions: new Map(), writes: new Map(), calls: new Map(), values: new Map() };
  for (const of of file.functions) {
    index.functions.set(of.node, { file, function: of, operation: NONE });
    const { body } = of;
    for (let operation = 0; operation < body.operationCount; operation++) {
      const kind = body.kind(operation);
      if (kind === Op.Write) {
        const place = body.a(operation);
        if (body.placeKind(place) === PlaceKind.Variable) addTo(index.writes, body.placeA(place), { file, function: of, operation });
      } else if (kind === Op.Call || kind === Op.FunctionValue) {
        const origin = body.calleeOf(operation)?.origin;
        if (!origin) continue;
        if (kind === Op.Call) addTo(index.calls, origin, { file, function: of, operation });
        else addTo(index.values, origin, { file, function: of, operation });
      }
    }
  }
  return index;
}

/** A table of what is known of functions in each program. */
export class PerFunction<T> {
  readonly #known = new WeakMap<AsyncProgram, WeakMap<FunctionBody, T>>();

  get(program: AsyncProgram, body: FunctionBody): T | undefined {
    return this.#known.get(program)?.get(body);
  }

  set(program: AsyncProgram, body: FunctionBody, value: T): T {
    let ofProgram = this.#known.get(program);
    if (!ofProgram) this.#known.set(program, (ofProgram = new WeakMap<FunctionBody, T>()));
    ofProgram.set(body, value);
    return value;
  }
}

function closureValue(body: FunctionBody, index: number): number {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Closure && body.a(operation) === index) return operation;
  }
  return NONE;
}

/** By closure the operations of a file that use it, reads of the constant it is held in included. */
function closureUses(program: AsyncProgram, file: AsyncFile): ReadonlyMap<AsyncFunction, readonly Point[]> {
  const found = new Map<AsyncFunction, Point[]>();
  for (const of of file.functions) {
    const { body } = of;
    for (let operation = 0; operation < body.operationCount; operation++) {
      const kind = body.kind(operation);
      if (kind !== Op.Call && kind !== Op.Write && kind !== Op.Return && kind !== Op.Make && kind !== Op.Opaque && kind !== Op.Append) continue;
      // The assignment to the constant itself is no use.
      if (kind === Op.Write && body.placeKind(body.a(operation)) === PlaceKind.Variable && program.writesOf(file, body.placeA(body.a(operation))).length === 1) continue;
      const used = new Set<AsyncFunction>();
      body.forEachOperand(operation, (operand) => {
        const end = program.resolve({ file, function: of, operation: operand });
        const closure = end.function.body.kind(end.operation) === Op.Closure ? file.functions[end.function.body.a(end.operation)] : undefined;
        if (closure) used.add(closure);
      });
      for (const closure of used) addTo(found, closure, { file, function: of, operation });
    }
  }
  return found;
}

function startAt(at: Point, program: AsyncProgram, parent: AsyncFunction, value: number): Start {
  const { body } = at.function;
  if (body.kind(at.operation) !== Op.Call) return { kind: 'kept' };
  const isIt = (operand: number): boolean => {
    const end = program.resolve({ ...at, operation: operand });
    return end.function === parent && end.operation === value;
  };
  if (isIt(body.b(at.operation))) return { kind: 'call', at, run: { argument: NONE, when: 'now', times: 'once' } };
  const callee = body.calleeOf(at.operation);
  const position = [...body.list(at.operation)].findIndex(isIt);
  const run = callee?.runs.find((each) => each.argument === position);
  if (run) return { kind: 'call', at, run };
  return { kind: 'given', at, isResultUsed: isUsed(body, at.operation) };
}

/** True if another operation uses the value of an operation. */
export function isUsed(body: FunctionBody, value: number): boolean {
  for (let operation = value + 1; operation < body.operationCount; operation++) {
    let uses = false;
    body.forEachOperand(operation, (operand) => (uses ||= operand === value));
    if (uses) return true;
  }
  return false;
}

/** The suspensions of a function, in the order of the text. */
export function suspensionsOf(of: AsyncFunction): readonly number[] {
  let known = suspensions.get(of.body);
  if (!known) {
    const found: number[] = [];
    // A plain generator runs when its caller wants, and not beside it.
    if (!of.isGenerator || of.isAsync) for (let i = 0; i < of.body.operationCount; i++) if (of.body.kind(i) === Op.Suspend) found.push(i);
    suspensions.set(of.body, (known = found));
  }
  return known;
}

/** True if a suspension waits for the value itself. */
export function isAwaited(of: AsyncFunction, value: number): boolean {
  return suspensionsOf(of).some((suspension) => of.body.a(suspension) === value);
}

const suspensions = new BodyFacts<readonly number[]>();
