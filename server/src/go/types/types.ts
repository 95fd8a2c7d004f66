// How Go's types are represented. The structure and the names are go/types', so that anybody who knows that package can
// read a rule or the checker. Types are immutable once the checker has finished with their declaration; composite types
// are not interned, so compare them with `identical` (predicates.ts), never with ===. Named types and type parameters
// have one object per declaration or instantiation *in one package's view*: compare these with `identical` too.
//
// Aliases are kept where the source wrote them (so that a type prints as it was written): look through them with
// `unalias`, or with `underlying`, which also looks through named types.

import type { Fact } from './info.ts';
import type { Func, TypeName, Variable } from './objects.ts';
import type { TypeSet } from './type-set.ts';

export const enum TypeKind {
  Unknown,
  Basic,
  Named,
  Alias,
  Pointer,
  Slice,
  Array,
  Map,
  Chan,
  Struct,
  Interface,
  Signature,
  Tuple,
  TypeParam,
  Union,
}

abstract class TypeBase {
  /** Facts about expressions of this type, one per operand mode; the checker shares them between expressions. */
  facts: Fact[] | undefined;
  constructor(readonly kind: TypeKind) {
    this.facts = undefined;
  }
}

/** The type of everything that is not known: wrong code, missing packages, limits reached. There is one: `unknownType`. */
export class Unknown extends TypeBase {
  declare readonly kind: TypeKind.Unknown;
  constructor() {
    super(TypeKind.Unknown);
  }
}

export const unknownType = new Unknown();

export const enum BasicKind {
  Bool,
  Int,
  Int8,
  Int16,
  Int32,
  Int64,
  Uint,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Uintptr,
  Float32,
  Float64,
  Complex64,
  Complex128,
  String,
  UnsafePointer,
  UntypedBool,
  UntypedInt,
  UntypedRune,
  UntypedFloat,
  UntypedComplex,
  UntypedString,
  UntypedNil,
}

/** Properties of basic types, to be combined with `|`. */
export const enum BasicInfo {
  Boolean = 1,
  Integer = 2,
  Unsigned = 4,
  Float = 8,
  Complex = 16,
  String = 32,
  Untyped = 64,
  Ordered = Integer | Float | String,
  Numeric = Integer | Float | Complex,
  ConstType = Boolean | Numeric | String,
}

/** A predeclared type. `byte` and `rune` are objects of their own, of kind Uint8 and Int32, so that they print as written. */
export class Basic extends TypeBase {
  declare readonly kind: TypeKind.Basic;
  constructor(readonly basic: BasicKind, readonly info: number, readonly name: string) {
    super(TypeKind.Basic);
  }
}

/** What completes a named type when somebody first asks; implemented by the checker. */
export interface NamedResolver {
  /** The right-hand side of the instance's declaration with its type arguments in place; undefined while that declaration is still being read. */
  expandInstance(type: Named): Type | undefined;
  /** The method of the origin with the instance's type arguments in place. */
  expandMethod(instance: Named, method: Func): Func;
}

/** A defined type, or an instance of a generic one. */
export class Named extends TypeBase {
  declare readonly kind: TypeKind.Named;
  /** The generic type this is an instance of; the type itself otherwise. */
  readonly origin: Named;
  /** Empty unless this is an instance. */
  readonly typeArguments: readonly Type[];
  /** The declaration's right-hand side; undefined until it is known. Set by the checker. */
  rhs: Type | undefined;
  /** The type parameters of a generic declaration. Set by the checker; read `typeParameters`. */
  declaredParameters: readonly TypeParam[];
  /** Methods in order of declaration. Set by the checker; read `methods`. */
  declaredMethods: Func[];
  private expanded: Map<Func, Func> | undefined;
  /** The resolved underlying type. Set by the checker; ask `underlying(type)`. */
  resolved: Type | undefined;
  /** Whether values of the type have a finite size; undefined until somebody asked. */
  finite: boolean | undefined;

  constructor(
    readonly obj: TypeName,
    origin: Named | undefined,
    typeArguments: readonly Type[],
    private readonly resolver: NamedResolver | undefined,
  ) {
    super(TypeKind.Named);
    this.origin = origin ?? this;
    this.typeArguments = typeArguments;
    this.rhs = undefined;
    this.declaredParameters = noTypeParams;
    this.declaredMethods = [];
    this.expanded = undefined;
    this.resolved = undefined;
    this.finite = undefined;
  }

  /** True if the type was made by giving type arguments to a generic type. */
  get isInstance(): boolean {
    return this.origin !== this;
  }

  /** The parameters of the generic type, also for its instances; empty for a type that is not generic. */
  get typeParameters(): readonly TypeParam[] {
    return this.origin.declaredParameters;
  }

  /** The methods declared for the type (not promoted ones), in order of declaration. */
  get methods(): readonly Func[] {
    if (!this.isInstance) return this.declaredMethods;
    return this.origin.declaredMethods.map((method) => this.instanceMethod(method));
  }

  /** The declared method of that name, without looking at embedded fields, or undefined. */
  method(name: string): Func | undefined {
    if (name === '_') return undefined;
    for (const method of this.origin.declaredMethods) {
      if (method.name === name) return this.isInstance ? this.instanceMethod(method) : method;
    }
    return undefined;
  }

  /** The right-hand side, expanded on first use for an instance; undefined while the declaration is being read. */
  expandedRhs(): Type | undefined {
    if (this.rhs === undefined && this.isInstance) this.rhs = this.resolver?.expandInstance(this);
    return this.rhs;
  }

  private instanceMethod(method: Func): Func {
    this.expanded ??= new Map();
    let made = this.expanded.get(method);
    if (!made) {
      made = this.resolver?.expandMethod(this, method) ?? method;
      this.expanded.set(method, made);
    }
    return made;
  }
}

/** `type A = T`: another name for a type. */
export class Alias extends TypeBase {
  declare readonly kind: TypeKind.Alias;
  readonly origin: Alias;
  readonly typeArguments: readonly Type[];
  /** The right-hand side, which may be an alias again; undefined while it is being read. Set by the checker. */
  rhs: Type | undefined;
  /** Set by the checker for a generic alias. */
  typeParameters: readonly TypeParam[];
  constructor(readonly obj: TypeName, origin: Alias | undefined, typeArguments: readonly Type[], rhs: Type | undefined) {
    super(TypeKind.Alias);
    this.origin = origin ?? this;
    this.typeArguments = typeArguments;
    this.rhs = rhs;
    this.typeParameters = origin ? origin.typeParameters : noTypeParams;
  }
}

export class Pointer extends TypeBase {
  declare readonly kind: TypeKind.Pointer;
  constructor(public elem: Type) {
    super(TypeKind.Pointer);
  }
}

export class Slice extends TypeBase {
  declare readonly kind: TypeKind.Slice;
  constructor(public elem: Type) {
    super(TypeKind.Slice);
  }
}

/** `[n]T`; `length` is -1 where it is not known. */
export class GoArray extends TypeBase {
  declare readonly kind: TypeKind.Array;
  constructor(public length: number, public elem: Type) {
    super(TypeKind.Array);
  }
}

export class GoMap extends TypeBase {
  declare readonly kind: TypeKind.Map;
  constructor(public key: Type, public elem: Type) {
    super(TypeKind.Map);
  }
}

export const enum ChannelDirection {
  Both,
  SendOnly,
  ReceiveOnly,
}

export class Chan extends TypeBase {
  declare readonly kind: TypeKind.Chan;
  constructor(readonly direction: ChannelDirection, public elem: Type) {
    super(TypeKind.Chan);
  }
}

/** From how many fields on a struct keeps an index of its field names. */
const indexedFields = 12;

export class Struct extends TypeBase {
  declare readonly kind: TypeKind.Struct;
  fields: readonly Variable[];
  /** The tags' values by field index; empty if no field has one. */
  tags: readonly string[];
  private byName: Map<string, number> | undefined;
  constructor(fields: readonly Variable[], tags: readonly string[]) {
    super(TypeKind.Struct);
    this.fields = fields;
    this.tags = tags;
    this.byName = undefined;
  }

  /** The tag of a field, '' if it has none. */
  tag(index: number): string {
    return this.tags[index] ?? '';
  }

  /** The index of the field of that name as seen from a package, or -1. */
  fieldIndex(name: string, packagePath: string | undefined): number {
    if (name === '_') return -1;
    const fields = this.fields;
    if (fields.length < indexedFields) {
      for (let index = 0; index < fields.length; index++) {
        const field = fields[index]!;
        if (field.name === name) return field.isVisibleFrom(packagePath) ? index : -1;
      }
      return -1;
    }
    if (!this.byName) {
      this.byName = new Map();
      for (let index = fields.length - 1; index >= 0; index--) this.byName.set(fields[index]!.name, index);
    }
    const index = this.byName.get(name) ?? -1;
    return index >= 0 && fields[index]!.isVisibleFrom(packagePath) ? index : -1;
  }
}

export class Interface extends TypeBase {
  declare readonly kind: TypeKind.Interface;
  /** Methods written in the interface itself, sorted by name; for all of them see `typeSetOf` in type-set.ts. */
  methods: readonly Func[];
  /** Embedded interfaces, unions and other types. */
  embeddeds: readonly Type[];
  /** True for the interface around a constraint that was written as a plain type or union: `[P ~int]`. */
  implicit: boolean;
  /** False while the interface's declaration is being read. */
  complete: boolean;
  /** Computed on first use by `typeSetOf`. */
  typeSet: TypeSet | undefined;
  constructor(methods: readonly Func[], embeddeds: readonly Type[], implicit: boolean, complete: boolean) {
    super(TypeKind.Interface);
    this.methods = methods;
    this.embeddeds = embeddeds;
    this.implicit = implicit;
    this.complete = complete;
    this.typeSet = undefined;
  }
}

/** A list of variables: parameters, results, or the type of a call with several results. */
export class Tuple extends TypeBase {
  declare readonly kind: TypeKind.Tuple;
  constructor(readonly vars: readonly Variable[]) {
    super(TypeKind.Tuple);
  }
}

export const emptyTuple = new Tuple([]);

export class Signature extends TypeBase {
  declare readonly kind: TypeKind.Signature;
  /** Undefined for functions; methods keep theirs. A method value (`x.m`) has none, a method expression (`T.m`) has it as first parameter. */
  recv: Variable | undefined;
  /** The receiver's type parameters: the P of `func (x *T[P]) m()`. */
  recvTypeParameters: readonly TypeParam[];
  typeParameters: readonly TypeParam[];
  params: Tuple;
  results: Tuple;
  /** True if the last parameter was written `...T`; its type is then `[]T`. */
  variadic: boolean;
  #methodValue: Signature | undefined;
  constructor(params: Tuple, results: Tuple, variadic: boolean) {
    super(TypeKind.Signature);
    this.recv = undefined;
    this.recvTypeParameters = noTypeParams;
    this.typeParameters = noTypeParams;
    this.params = params;
    this.results = results;
    this.variadic = variadic;
  }

  clone(): Signature {
    const copy = new Signature(this.params, this.results, this.variadic);
    copy.recv = this.recv;
    copy.recvTypeParameters = this.recvTypeParameters;
    copy.typeParameters = this.typeParameters;
    return copy;
  }

  /** The type of `x.m` for a method m with this signature: the same without a receiver. */
  get methodValue(): Signature {
    const known = this.#methodValue;
    // A declaration that refers to itself may ask while its signature is still being read.
    if (known && known.params === this.params && known.results === this.results && known.variadic === this.variadic && known.typeParameters === this.typeParameters) return known;
    const made = this.clone();
    made.recv = undefined;
    this.#methodValue = made;
    return made;
  }
}

export class TypeParam extends TypeBase {
  declare readonly kind: TypeKind.TypeParam;
  /** The constraint as written. Set by the checker after all parameters of the list are declared. */
  bound: Type;
  /** The interface that stands for `bound` when that is not one; made on first use. */
  boundInterface: Interface | undefined;
  constructor(readonly obj: TypeName, readonly index: number, bound: Type) {
    super(TypeKind.TypeParam);
    this.bound = bound;
    this.boundInterface = undefined;
  }
}

/** A term of a union: `T` or `~T`. */
export interface UnionTerm {
  readonly tilde: boolean;
  readonly type: Type;
}

/** `A | ~B`, as an element of an interface. */
export class Union extends TypeBase {
  declare readonly kind: TypeKind.Union;
  /** Computed on first use. */
  typeSet: TypeSet | undefined;
  constructor(readonly terms: readonly UnionTerm[]) {
    super(TypeKind.Union);
    this.typeSet = undefined;
  }
}

export type Type =
  | Unknown
  | Basic
  | Named
  | Alias
  | Pointer
  | Slice
  | GoArray
  | GoMap
  | Chan
  | Struct
  | Interface
  | Signature
  | Tuple
  | TypeParam
  | Union;

const noTypeParams: readonly TypeParam[] = [];
