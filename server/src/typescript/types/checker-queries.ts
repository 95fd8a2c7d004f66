// Types from the compiler's checker.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import { isLibraryPath } from '../program/platform.ts';
import { KeptAnswers } from './kept-answers.ts';
import type { ContainerKind, Imported, StaticType, TypeQueries } from './queries.ts';

const containers: Readonly<Record<string, ContainerKind>> = {
  Map: 'map',
  ReadonlyMap: 'map',
  Set: 'set',
  ReadonlySet: 'set',
  WeakMap: 'weak-map',
  WeakSet: 'weak-set',
  Array: 'array',
  ReadonlyArray: 'array',
  Int8Array: 'typed-array',
  Uint8Array: 'typed-array',
  Uint8ClampedArray: 'typed-array',
  Int16Array: 'typed-array',
  Uint16Array: 'typed-array',
  Int32Array: 'typed-array',
  Uint32Array: 'typed-array',
  Float16Array: 'typed-array',
  Float32Array: 'typed-array',
  Float64Array: 'typed-array',
  BigInt64Array: 'typed-array',
  BigUint64Array: 'typed-array',
};

const readonlyNames: ReadonlySet<string> = new Set(['ReadonlyMap', 'ReadonlySet', 'ReadonlyArray']);

/** How far up a type's bases a container is looked for. */
const deepestBase = 8;

export class CheckerQueries implements TypeQueries {
  readonly checker: ts.TypeChecker;
  /** Who wants to know what is looked for. */
  onLookedFor: ((symbol: ts.Symbol) => void) | undefined;
  readonly #types = new Map<ts.Type, CheckedType>();
  readonly #platform = new Map<ts.SourceFile, boolean>();
  #kept: KeptAnswers | undefined;

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  /**
   * Keeps the answers about nodes for the next program, and goes on with those of the one before, where that is given: they take
   * room, and are of use where somebody types.
   * @param edited what has to be asked anew, with all that is below
   */
  keepAnswers(before?: CheckerQueries, edited: readonly ts.Node[] = []): void {
    this.#kept = (before && before.#kept) ?? this.#kept ?? new KeptAnswers();
    for (const node of edited) this.#kept.forget(node);
  }

  typesAt(nodes: readonly ts.Node[]): readonly StaticType[] {
    return nodes.map((node) => this.typeAt(node));
  }

  typeAt(node: ts.Node): StaticType {
    const ask = (): CheckedType => this.of(this.checker.getTypeAtLocation(node));
    return this.#kept ? this.#kept.typeAt(node, ask) : ask();
  }

  of(type: ts.Type): CheckedType {
    let known = this.#types.get(type);
    if (!known) this.#types.set(type, (known = new CheckedType(type, this)));
    return known;
  }

  symbolAt(node: ts.Node): ts.Symbol | undefined {
    const at = compiler.isPropertyAccessExpression(node) ? node.name : node;
    return this.#kept ? this.#kept.symbolAt(at, this.checker, () => this.#symbolAt(at)) : this.#symbolAt(at);
  }

  #symbolAt(at: ts.Node): ts.Symbol | undefined {
    const parent = at.parent as ts.Node | undefined;
    const symbol = parent && compiler.isShorthandPropertyAssignment(parent) && parent.name === at ? this.checker.getShorthandAssignmentValueSymbol(parent) : this.checker.getSymbolAtLocation(at);
    if (!symbol) return undefined;
    return symbol.flags & compiler.SymbolFlags.Alias ? this.#followed(symbol) : this.#declared(symbol);
  }

  /**
   * The member that a class or interface declares, of which the checker may have made another one for a receiver's type:
   * whether it did depends on what it was asked before.
   */
  #declared(symbol: ts.Symbol): ts.Symbol {
    const [declaration, ...others] = symbol.flags & compiler.SymbolFlags.Transient ? (symbol.declarations ?? []) : [];
    const name = declaration && others.length === 0 ? compiler.getNameOfDeclaration(declaration) : undefined;
    return (name && this.checker.getSymbolAtLocation(name)) ?? symbol;
  }

  /** What an import stands for; undefined if it was not found. */
  #followed(alias: ts.Symbol): ts.Symbol | undefined {
    const symbol = this.checker.getAliasedSymbol(alias);
    return symbol.declarations === undefined ? undefined : symbol;
  }

  importedAs(name: ts.Identifier): Imported | undefined {
    const declaration = this.checker.getSymbolAtLocation(name)?.declarations?.[0];
    if (!declaration) return undefined;
    if (compiler.isImportSpecifier(declaration)) return imported(declaration.parent.parent.parent, (declaration.propertyName ?? declaration.name).text);
    if (compiler.isNamespaceImport(declaration)) return imported(declaration.parent.parent, '*');
    return compiler.isImportClause(declaration) ? imported(declaration.parent, 'default') : undefined;
  }

  calleeOf(call: ts.CallExpression | ts.NewExpression): ts.SignatureDeclaration | undefined {
    return this.#kept ? this.#kept.calleeOf(call, () => this.#calleeOf(call)) : this.#calleeOf(call);
  }

  #calleeOf(call: ts.CallExpression | ts.NewExpression): ts.SignatureDeclaration | undefined {
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    return declaration && declaration.kind !== compiler.SyntaxKind.JSDocSignature ? declaration : undefined;
  }

  lookedFor(symbol: ts.Symbol): void {
    this.onLookedFor?.(symbol);
  }

  isLibrary(symbol: ts.Symbol): boolean {
    const declarations = symbol.declarations ?? [];
    return declarations.length > 0 && declarations.every((declaration) => this.#isPlatformFile(declaration.getSourceFile()));
  }

  /** True if the language's library or the platform has a part in it: users may add members to the library's interfaces. */
  isPartlyLibrary(symbol: ts.Symbol): boolean {
    return (symbol.declarations ?? []).some((declaration) => this.#isPlatformFile(declaration.getSourceFile()));
  }

  #isPlatformFile(file: ts.SourceFile): boolean {
    let known = this.#platform.get(file);
    if (known === undefined) this.#platform.set(file, (known = isPlatformPath(file.fileName)));
    return known;
  }
}

const platformPackages: readonly string[] = ['/node_modules/@types/node/', '/node_modules/@types/web/', '/node_modules/bun-types/', '/node_modules/@types/bun/', '/node_modules/@cloudflare/workers-types/'];

function isPlatformPath(path: string): boolean {
  return isLibraryPath(path) || platformPackages.some((part) => path.includes(part));
}

function imported(from: ts.Node, name: string): Imported | undefined {
  return compiler.isImportDeclaration(from) && compiler.isStringLiteral(from.moduleSpecifier) ? { module: from.moduleSpecifier.text, name } : undefined;
}

/** How deep the parts of a record are looked at. */
const dataDepth = 3;

class CheckedType implements StaticType {
  readonly #type: ts.Type;
  readonly #queries: CheckerQueries;
  #parts: readonly ts.Type[] | undefined;
  #containerType: ts.Type | undefined | null = null;

  constructor(type: ts.Type, queries: CheckerQueries) {
    this.#type = type;
    this.#queries = queries;
  }

  get type(): ts.Type {
    return this.#type;
  }

  /** What the value may be besides `null` and `undefined`. */
  get #values(): readonly ts.Type[] {
    if (!this.#parts) {
      const apparent = constraintOf(this.#type, this.#queries.checker);
      const nothing = compiler.TypeFlags.Undefined | compiler.TypeFlags.Null | compiler.TypeFlags.Void | compiler.TypeFlags.Never;
      this.#parts = (apparent.isUnion() ? apparent.types : [apparent]).filter((part) => !(part.flags & nothing)).map((part) => constraintOf(part, this.#queries.checker));
    }
    return this.#parts;
  }

  /** The only thing the value may be; undefined if there are several. */
  get #only(): ts.Type | undefined {
    const [first, ...rest] = this.#values;
    return rest.length === 0 ? first : undefined;
  }

  get isUnknown(): boolean {
    const vague = compiler.TypeFlags.Any | compiler.TypeFlags.Unknown | compiler.TypeFlags.TypeParameter | compiler.TypeFlags.Conditional | compiler.TypeFlags.IndexedAccess;
    return this.#values.some((part) => (part.flags & vague) !== 0);
  }

  get isNothing(): boolean {
    return this.#values.length === 0;
  }

  get isNullable(): boolean {
    const { flags } = this.#type;
    if (flags & (compiler.TypeFlags.Undefined | compiler.TypeFlags.Null | compiler.TypeFlags.Void)) return true;
    return this.#type.isUnion() && this.#type.types.some((part) => (part.flags & (compiler.TypeFlags.Undefined | compiler.TypeFlags.Null)) !== 0);
  }

  get container(): ContainerKind | undefined {
    const kinds = new Set(this.#values.map((part) => this.#kindOf(part)));
    const [kind, ...others] = kinds;
    return others.length === 0 ? kind : undefined;
  }

  #kindOf(type: ts.Type): ContainerKind | undefined {
    const container = this.#queries.checker.isTupleType(type) ? 'array' : undefined;
    if (container) return container;
    const library = libraryContainer(type, this.#queries, deepestBase);
    if (library) return containers[library.symbol.name];
    return this.#isDictionary(type) ? 'dictionary' : undefined;
  }

  /** An object type with an index signature for strings, or an object literal; not a function, not a class with one. */
  #isDictionary(type: ts.Type): boolean {
    if (!(type.flags & compiler.TypeFlags.Object)) return false;
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
    if (type.isClass()) return false;
    if (type.getStringIndexType() !== undefined) return true;
    return ((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.ObjectLiteral) !== 0 && type.getProperties().length === 0;
  }

  get isExact(): boolean {
    return this.#values.length > 0 && this.#values.every((part) => isContainerItself(part, this.#queries));
  }

  get isReadonly(): boolean {
    return this.#values.some((part) => {
      if (this.#queries.checker.isTupleType(part)) return ((part as ts.TupleTypeReference).target).readonly;
      const library = libraryContainer(part, this.#queries, deepestBase);
      return library !== undefined && readonlyNames.has(library.symbol.name);
    });
  }

  get isSharedMemory(): boolean {
    return this.#values.length > 0 && this.#values.every((part) => {
      const library = this.#kindOf(part) === 'typed-array' ? libraryContainer(part, this.#queries, deepestBase) : undefined;
      const [buffer] = library ? this.#queries.checker.getTypeArguments(library as ts.TypeReference) : [];
      return buffer?.symbol !== undefined && buffer.symbol.name === 'SharedArrayBuffer' && this.#queries.isPartlyLibrary(buffer.symbol);
    });
  }

  get symbol(): ts.Symbol | undefined {
    const only = this.#only;
    const symbol = only?.getSymbol() ?? only?.aliasSymbol;
    return symbol && symbol.name !== '__type' && symbol.name !== '__object' ? symbol : undefined;
  }

  get libraryName(): string | undefined {
    const { symbol } = this;
    return symbol && this.#queries.isPartlyLibrary(symbol) ? symbol.name : undefined;
  }

  /** The library's container type that the value is or extends, with its arguments. */
  get #container(): ts.Type | undefined {
    if (this.#containerType === null) {
      const only = this.#only;
      this.#containerType = only && libraryContainer(only, this.#queries, deepestBase);
    }
    return this.#containerType;
  }

  get elements(): CheckedType | undefined {
    const only = this.#only;
    if (!only) return undefined;
    const kind = this.#kindOf(only);
    if (kind === 'array' || kind === 'typed-array') return this.#wrap(only.getNumberIndexType());
    if (kind === 'dictionary') return this.#wrap(only.getStringIndexType());
    if (kind === undefined || !this.#container) return undefined;
    const given = this.#queries.checker.getTypeArguments(this.#container as ts.TypeReference);
    return this.#wrap(kind === 'set' || kind === 'weak-set' ? given[0] : given[1]);
  }

  get keys(): StaticType | undefined {
    const container = this.#container;
    const kind = this.container;
    if (!container || (kind !== 'map' && kind !== 'weak-map')) return undefined;
    return this.#wrap(this.#queries.checker.getTypeArguments(container as ts.TypeReference)[0]);
  }

  get promised(): StaticType | undefined {
    if (this.isUnknown || !this.#values.some((part) => part.getProperty('then') !== undefined)) return undefined;
    return this.#wrap(this.#queries.checker.getAwaitedType(this.#type));
  }

  property(name: string): StaticType | undefined {
    const symbol = this.#only?.getProperty(name);
    return symbol && this.#wrap(this.#queries.checker.getTypeOfSymbol(symbol));
  }

  get isCallable(): boolean {
    return this.#values.length > 0 && this.#values.every((part) => part.getCallSignatures().length > 0);
  }

  get hasMethods(): boolean {
    // A project may add methods to `String`; texts have no identity all the same.
    return this.#values.length > 0 && !this.isPrimitive && this.#values.every((part) => part.getProperties().some((member) => this.#isMethod(member)));
  }

  /** A method, or a property that holds a function, of the user's; of the platform's objects those that take listeners. */
  #isMethod(member: ts.Symbol): boolean {
    if (this.#queries.isPartlyLibrary(member)) return member.name === 'addEventListener';
    if (member.flags & compiler.SymbolFlags.Method) return true;
    return (member.flags & compiler.SymbolFlags.Property) !== 0 && (member.declarations ?? []).some((each) => (compiler.isPropertySignature(each) || compiler.isPropertyDeclaration(each)) && each.type !== undefined && compiler.isFunctionTypeNode(each.type));
  }

  get isData(): boolean {
    return this.#isDataWithin(dataDepth);
  }

  #isDataWithin(depth: number): boolean {
    if (this.isPrimitive || depth === 0) return true;
    if (this.isUnknown || this.isCallable || this.promised) return false;
    const { elements, container } = this;
    if (container) return elements !== undefined && elements.#isDataWithin(depth - 1);
    if (this.libraryName !== undefined || this.#values.length === 0) return false;
    return this.#values.every((part) => part.getProperties().every((member) => {
      if (member.flags & compiler.SymbolFlags.Method) return false;
      const held = this.#wrap(this.#queries.checker.getTypeOfSymbol(member));
      return held !== undefined && held.#isDataWithin(depth - 1);
    }));
  }

  get called(): StaticType | undefined {
    const results = new Set(this.#values.flatMap((part) => part.getCallSignatures().map((signature) => signature.getReturnType())));
    const [result, ...others] = results;
    return others.length === 0 ? this.#wrap(result) : undefined;
  }

  get isPrimitive(): boolean {
    const { StringLike, NumberLike, BigIntLike, BooleanLike, ESSymbolLike } = compiler.TypeFlags;
    return this.#all(StringLike | NumberLike | BigIntLike | BooleanLike | ESSymbolLike);
  }

  get isFinite(): boolean {
    return this.#all(compiler.TypeFlags.Unit | compiler.TypeFlags.BooleanLike);
  }

  get isString(): boolean {
    return this.#all(compiler.TypeFlags.StringLike);
  }

  get isNumber(): boolean {
    return this.#all(compiler.TypeFlags.NumberLike);
  }

  #all(flags: ts.TypeFlags): boolean {
    return this.#values.length > 0 && this.#values.every((part) => (part.flags & flags) !== 0);
  }

  get text(): string {
    return this.#queries.checker.typeToString(this.#type);
  }

  #wrap(type: ts.Type | undefined): CheckedType | undefined {
    return type && this.#queries.of(type);
  }
}

/** What a type parameter is at least. */
function constraintOf(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  if (!(type.flags & (compiler.TypeFlags.TypeParameter | compiler.TypeFlags.Conditional | compiler.TypeFlags.IndexedAccess))) return type;
  return checker.getBaseConstraintOfType(type) ?? type;
}

/** The library's container type that a type is, or that it extends. */
function libraryContainer(type: ts.Type, queries: CheckerQueries, depth: number): ts.Type | undefined {
  if (depth === 0 || !(type.flags & compiler.TypeFlags.Object)) return undefined;
  const { symbol } = type as { symbol?: ts.Symbol };
  if (!symbol) return undefined;
  if (Object.hasOwn(containers, symbol.name) && queries.isPartlyLibrary(symbol)) return type;
  if (!type.isClassOrInterface() && !(((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.Reference) !== 0)) return undefined;
  const bases = type.getBaseTypes() ?? ((type as ts.TypeReference).target as ts.Type | undefined)?.getBaseTypes() ?? [];
  for (const base of bases) {
    const found = libraryContainer(base, queries, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** True unless the type only extends a container of the library. */
function isContainerItself(type: ts.Type, queries: CheckerQueries): boolean {
  const library = libraryContainer(type, queries, deepestBase);
  return library === undefined || library === type;
}
