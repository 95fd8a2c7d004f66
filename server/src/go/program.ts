// The functions of a Go package in the form that whole-package analyses take (model/program.ts).

import type { FunctionBody } from '../model/function-body.ts';
import type { Callee } from '../model/objects.ts';
import type { EntryKind, LockRequirement, Program, ProgramFunction, StatedGuard } from '../model/program.ts';
import { receiverTypeName } from './expressions.ts';
import { HeldFunctions } from './held-functions.ts';
import { fieldsUsedElsewhere } from './mentions.ts';
import { keyOf } from './lowering/context.ts';
import { lowerFunction, standsAt } from './lowering/lower.ts';
import type { GoFile, GoPackage } from './packages/package.ts';
import { lockRequirementsOf, statedGuardsIn, typesForOneTask } from './guard-facts.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { implementationOf, implementersOf } from './types/implementers.ts';
import type { TypeInfo } from './types/info.ts';
import { ObjectKind, isExported } from './types/objects.ts';
import type { Func, Package } from './types/objects.ts';
import { asNamed, deref, isInterface, underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Signature, Type } from './types/types.ts';

export interface ProgramOptions {
  /** The types of a package. */
  infoOf(of: GoPackage): TypeInfo;
  /** The package that the types of a file are found out in: one build of many that the file may be part of. */
  ownerOf(file: GoFile): GoPackage | undefined;
  /** What calls do, also of functions of other packages. Default: unknown. */
  readonly summaryOf?: Program['summaryOf'];
  /** Files of the folder that are not part of the package. Default: none. */
  besides?(): readonly GoFile[];
  /** The files of the package that no other program has; all if left out. */
  readonly ownPaths?: ReadonlySet<string> | undefined;
}

export function programOf(package_: GoPackage, { infoOf, ownerOf, summaryOf = () => undefined, besides = () => [], ownPaths }: ProgramOptions): Program {
  const info = infoOf(package_);
  const parts = new Map<TypeInfo, GoFile[]>();
  const add = (file: GoFile, from: GoPackage): void => {
    // What other builds share with the current platform's is lowered with it, and once.
    const owner = package_.foreign ? ownerOf(file) : undefined;
    const of = infoOf(owner?.foreign === false && owner.path === from.path ? owner : from);
    const files = parts.get(of);
    if (files) files.push(file);
    else parts.set(of, [file]);
  };
  // Files of the library that a test package tests are read as part of the library: that is whose types their trees carry.
  const library = package_.library;
  const ofLibrary = new Set(library?.files);
  for (const file of library?.files ?? []) add(file, library!);
  for (const file of package_.files) if (!ofLibrary.has(file)) add(file, package_);
  const functions = new Map<string, ProgramFunction>();
  for (const [of, files] of parts) addFunctions(functions, files, of);
  return new GoProgram(functions, [...parts].map(([of, files]) => ({ files, info: of })), info, summaryOf, () => fieldsUsedElsewhere(package_, besides()), ownPaths);
}

/** Files of the program with the types of their package. */
interface Part {
  readonly files: readonly GoFile[];
  readonly info: TypeInfo;
}

/**
 * A class and no literal: the engine keeps the getter of a literal with the literal's shape, and so everything that the getter knows, for
 * several collections longer than the program itself.
 */
class GoProgram implements Program {
  readonly #implementers = new Map<Callee, readonly ProgramFunction[] | undefined>();
  readonly #held: HeldFunctions;
  #stated: readonly StatedGuard[] | undefined;
  #fieldsElsewhere: ReadonlySet<string> | undefined;

  constructor(
    readonly functions: ReadonlyMap<string, ProgramFunction>,
    private readonly parts: readonly Part[],
    private readonly info: TypeInfo,
    private readonly summaries: Program['summaryOf'],
    private readonly collectFieldsElsewhere: () => ReadonlySet<string>,
    readonly ownPaths: ReadonlySet<string> | undefined,
  ) {
    this.#held = new HeldFunctions(parts, this);
  }

  get statedGuards(): readonly StatedGuard[] {
    return (this.#stated ??= this.parts.flatMap((part) => part.files.flatMap((file) => statedGuardsIn(file, part.info))));
  }

  usesFieldElsewhere(name: string): boolean {
    return (this.#fieldsElsewhere ??= this.collectFieldsElsewhere()).has(name);
  }

  implementersOf(callee: Callee): readonly ProgramFunction[] | undefined {
    if (!this.#implementers.has(callee)) this.#implementers.set(callee, implementing(callee, this.functions, this.info));
    return this.#implementers.get(callee);
  }

  heldBy(origin: object): ReturnType<Program['heldBy']> {
    return this.#held.heldBy(origin);
  }

  seenIn(origin: object, isElement: boolean): ReturnType<Program['seenIn']> {
    return this.#held.seenIn(origin, isElement);
  }

  summaryOf(callee: Callee): ReturnType<Program['summaryOf']> {
    return this.summaries(callee);
  }
}

function addFunctions(functions: Map<string, ProgramFunction>, files: readonly GoFile[], info: TypeInfo): void {
  const forOneTask = new TypesForOneTask(files);
  for (const file of files) {
    let inits = 0;
    for (const declaration of file.syntax.decls) {
      if (declaration.kind !== NodeKind.FuncDecl || !declaration.hasBody) continue;
      const object = info.definitionOf(declaration.name);
      const func = object?.kind === ObjectKind.Func ? object : undefined;
      // Several functions of a package may be named init; nothing can call them.
      const isInit = !declaration.recv && declaration.name.name === 'init';
      const key = isInit ? `${info.package.path}.init ${file.path} ${inits++}` : func && keyOf(func);
      if (key === undefined || declaration.name.name === '_' || functions.has(key)) continue;
      functions.set(key, new GoFunction(key, declaration, func, info, file, forOneTask));
    }
  }
}

/** The names of types that are for one task at a time, read when somebody asks. */
class TypesForOneTask {
  #names: ReadonlySet<string> | undefined;

  constructor(private readonly files: readonly GoFile[]) {}

  has(name: string): boolean {
    return (this.#names ??= new Set(this.files.flatMap(typesForOneTask))).has(name);
  }
}

class GoFunction implements ProgramFunction {
  readonly name: string;
  readonly path: string;
  readonly isTest: boolean;
  readonly generated: boolean;
  readonly exported: boolean;
  readonly receiverType: string | undefined;
  readonly isOfHiddenType: boolean;
  readonly entry: EntryKind | undefined;
  private lowered: FunctionBody | undefined;
  private required: readonly LockRequirement[] | undefined;
  private forTests: boolean | undefined;

  constructor(
    readonly key: string,
    private readonly declaration: ast.FuncDecl,
    readonly origin: Func | undefined,
    private readonly info: TypeInfo,
    private readonly file: GoFile,
    private readonly forOneTask: TypesForOneTask,
  ) {
    this.name = declaration.name.name;
    this.path = file.path;
    this.isTest = file.isTest;
    this.generated = file.generated;
    this.exported = isExported(this.name);
    const type = origin && receiverTypeName(origin);
    this.isOfHiddenType = type !== undefined && !isExported(type) && !embeddedInExported(info.package).has(type);
    this.receiverType = type === undefined ? undefined : `${info.package.path}.${type}`;
    this.entry = declaration.recv ? undefined : entryKind(this.name, info.package.name, file.isTest);
  }

  get isOfTypeForOneTask(): boolean {
    const type = this.origin && receiverTypeName(this.origin);
    return type !== undefined && this.forOneTask.has(type);
  }

  get isForTests(): boolean {
    return (this.forTests ??= this.isTest || takesTest(this.info.signatureOf(this.declaration)));
  }

  get body(): FunctionBody {
    const { lowered, declaration } = this;
    if (lowered && standsAt(lowered, declaration)) return lowered;
    return (this.lowered = lowerFunction(declaration, this.info, this.file));
  }

  get requires(): readonly LockRequirement[] {
    return (this.required ??= lockRequirementsOf(this.declaration, this.info.signatureOf(this.declaration), this.file, this.info));
  }
}

const knownEmbedded = new WeakMap<Package, ReadonlySet<string>>();

/** The names of types that exported types of a package embed, and so offer the methods of. */
function embeddedInExported(package_: Package): ReadonlySet<string> {
  let found = knownEmbedded.get(package_);
  if (found) return found;
  const names = new Set<string>();
  const seen = new Set<Type>();
  const look = (type: Type): void => {
    const under = underlying(type);
    if (under.kind !== TypeKind.Struct || seen.has(under)) return;
    seen.add(under);
    for (const field of under.fields) {
      const named = field.embedded ? asNamed(deref(field.type)[0]) : undefined;
      if (!named) continue;
      names.add(named.obj.name);
      look(named);
    }
  };
  for (const object of package_.scope.objects) if (object.kind === ObjectKind.TypeName && isExported(object.name)) look(object.type);
  knownEmbedded.set(package_, (found = names));
  return found;
}

/** True for `func setUp(t *testing.T)`: helpers of tests that a library offers to other packages. */
function takesTest(signature: Signature | undefined): boolean {
  return signature?.params.vars.some(({ type }) => {
    const name = asNamed(deref(type)[0])?.obj;
    return name?.packagePath === 'testing' && (name.name === 'T' || name.name === 'B' || name.name === 'F' || name.name === 'TB');
  }) ?? false;
}

function entryKind(name: string, packageName: string, isTest: boolean): EntryKind | undefined {
  if (name === 'init') return 'init';
  if (name === 'main') return packageName === 'main' ? 'main' : undefined;
  if (!isTest) return undefined;
  if (name === 'TestMain') return 'test-main';
  if (isTestName(name, 'Test')) return 'test';
  if (isTestName(name, 'Benchmark')) return 'benchmark';
  if (isTestName(name, 'Fuzz')) return 'fuzz';
  return isTestName(name, 'Example') ? 'example' : undefined;
}

/** `TestX` but not `Testify`: what `go test` runs (https://pkg.go.dev/testing). */
function isTestName(name: string, prefix: string): boolean {
  if (!name.startsWith(prefix)) return false;
  const next = name.charAt(prefix.length);
  return next === '' || next.toLowerCase() !== next || !/\p{L}/u.test(next);
}

/** The methods that a call of an interface's method may run: those of the package's types, if the interface cannot be met outside. */
function implementing(callee: Callee, functions: ReadonlyMap<string, ProgramFunction>, info: TypeInfo): readonly ProgramFunction[] | undefined {
  const method = callee.origin as Func | undefined;
  const receiver = method?.signature?.recv?.type;
  if (!method || !receiver || !isInterface(receiver)) return undefined;
  const under = underlying(receiver);
  if (under.kind !== TypeKind.Interface || method.packagePath !== info.package.path) return undefined;
  const found: ProgramFunction[] = [];
  for (const implementer of implementersOf(under, [info.package])) {
    const implementation = implementationOf(method, implementer);
    const key = implementation && keyOf(implementation.origin);
    const known = key === undefined ? undefined : functions.get(key);
    if (!known) return undefined;
    found.push(known);
  }
  return found.length > 0 ? found : undefined;
}
