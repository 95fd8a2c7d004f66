// What names stand for. One object per declared name; fields, methods, parameters and results are objects too.

import type * as ast from '../syntax/ast.ts';
import type { Constant as ConstantValue } from './constants/constant.ts';
import type { Scope } from './scope.ts';
import { unknownType } from './types.ts';
import type { Signature, Type } from './types.ts';

export const enum ObjectKind {
  PackageName,
  Constant,
  TypeName,
  Variable,
  Func,
  Label,
  Builtin,
  Nil,
}

/** A package as seen by its importers. */
export class Package {
  private populate: (() => void) | undefined;
  /**
   * @param path the import path; packages with equal paths are the same package
   * @param name the name in its package clauses
   * @param fake true if the package could not be found: every name in it is unknown, none is known to be missing
   * @param populate declares the names of the package in its scope; called when the scope is first looked into
   */
  constructor(readonly path: string, readonly name: string, private readonly names: Scope, readonly fake: boolean, populate?: () => void) {
    this.populate = populate;
  }

  /** The names the package declares; importers see the exported ones. */
  get scope(): Scope {
    const populate = this.populate;
    if (populate) {
      this.populate = undefined;
      populate();
    }
    return this.names;
  }
}

/** What finds out the type of an object when somebody first asks; implemented by the checker. */
export interface ObjectResolver {
  /** Sets `typ` (and the value of a constant) of the object. */
  resolve(object: Obj): void;
}

/** The file that declares an object. */
export interface DeclaringFile {
  readonly path: string;
}

/** True if a name starts with an upper-case letter (Unicode class Lu), that is: if other packages see it. */
export function isExported(name: string): boolean {
  const first = name.charCodeAt(0);
  if (first < 0x80) return first >= 65 && first <= 90;
  return /^\p{Lu}/u.test(name);
}

abstract class ObjectBase {
  /** The scope that declares the object; undefined for fields, methods and results without a name. */
  parent: Scope | undefined;
  /** The offset from which a local name is in scope; -1 where it always is. */
  scopeStart: number;
  /** The type, or undefined while nobody has asked for it; read `type`. Set by the checker. */
  typ: Type | undefined;
  /** Finds out `typ`; undefined once that is known or for objects whose type is always known. */
  resolver: ObjectResolver | undefined;
  /** The file that declares the object; undefined for predeclared ones. */
  file: DeclaringFile | undefined;

  /**
   * @param pkg the declaring package; undefined for predeclared objects
   * @param ident the name where it is declared; undefined for predeclared and unnamed objects
   */
  constructor(
    readonly kind: ObjectKind,
    readonly name: string,
    readonly pkg: Package | undefined,
    public ident: ast.Ident | undefined,
    typ: Type | undefined,
  ) {
    this.parent = undefined;
    this.scopeStart = -1;
    this.typ = typ;
    this.resolver = undefined;
    this.file = undefined;
  }

  /** The type of the object; `unknownType` if it is not known. Resolves the declaration if that has not been read yet. */
  get type(): Type {
    if (this.typ === undefined) this.resolver?.resolve(this as unknown as Obj);
    return this.typ ?? unknownType;
  }

  /** The offset of the declaring name in its file, or -1 for predeclared and unnamed objects. */
  get pos(): number {
    return this.ident ? this.ident.pos : -1;
  }

  /** The import path of the declaring package, or undefined for predeclared objects. */
  get packagePath(): string | undefined {
    return this.pkg?.path;
  }

  /** True for a name of package level, of any package. */
  get isPackageLevel(): boolean {
    return this.pkg !== undefined && this.parent !== undefined && this.parent === this.pkg.scope;
  }

  /** True if a selector in the given package can mean this object: exported, or of the same package. */
  isVisibleFrom(packagePath: string | undefined): boolean {
    return this.pkg?.path === packagePath || isExported(this.name);
  }
}

/** The name of an imported package in one file. */
export class PackageName extends ObjectBase {
  declare readonly kind: ObjectKind.PackageName;
  constructor(name: string, pkg: Package, ident: ast.Ident | undefined, readonly imported: Package, readonly spec: ast.ImportSpec) {
    super(ObjectKind.PackageName, name, pkg, ident, unknownType);
  }
}

export class Constant extends ObjectBase {
  declare readonly kind: ObjectKind.Constant;
  /** The value as far as it is known; before the declaration has been read, the value of iota in it. Set by the checker. */
  known: ConstantValue | undefined;
  constructor(name: string, pkg: Package | undefined, ident: ast.Ident | undefined, typ: Type | undefined, value: ConstantValue | undefined) {
    super(ObjectKind.Constant, name, pkg, ident, typ);
    this.known = value;
  }

  /** The value, or undefined if it is not known. */
  get value(): ConstantValue | undefined {
    if (this.typ === undefined) this.resolver?.resolve(this);
    return this.known;
  }
}

/** The name of a defined type, an alias, a predeclared type or a type parameter. */
export class TypeName extends ObjectBase {
  declare readonly kind: ObjectKind.TypeName;
  constructor(name: string, pkg: Package | undefined, ident: ast.Ident | undefined, typ: Type | undefined) {
    super(ObjectKind.TypeName, name, pkg, ident, typ);
  }
}

export const enum VariableKind {
  PackageLevel,
  Local,
  Receiver,
  Parameter,
  Result,
  Field,
}

export class Variable extends ObjectBase {
  declare readonly kind: ObjectKind.Variable;
  /** True for an embedded field. */
  readonly embedded: boolean;
  /** The field of the generic type that this field of an instance was made from; the variable itself otherwise. */
  readonly origin: Variable;
  constructor(
    readonly variableKind: VariableKind,
    name: string,
    pkg: Package | undefined,
    ident: ast.Ident | undefined,
    typ: Type | undefined,
    embedded = false,
    origin: Variable | undefined = undefined,
  ) {
    super(ObjectKind.Variable, name, pkg, ident, typ);
    this.embedded = embedded;
    this.origin = origin ?? this;
  }

  get isField(): boolean {
    return this.variableKind === VariableKind.Field;
  }

  /** True for parameters, receivers and results. */
  get isParameter(): boolean {
    return this.variableKind === VariableKind.Parameter || this.variableKind === VariableKind.Receiver || this.variableKind === VariableKind.Result;
  }

  /** The variable with another type, as instantiation makes them. */
  withType(typ: Type): Variable {
    const copy = new Variable(this.variableKind, this.name, this.pkg, this.ident, typ, this.embedded, this.origin);
    copy.file = this.file;
    copy.parent = this.parent;
    return copy;
  }
}

/** A function, a method, or a method of an interface. */
export class Func extends ObjectBase {
  declare readonly kind: ObjectKind.Func;
  /** The declaration; undefined for methods of interfaces and predeclared ones. */
  declaration: ast.FuncDecl | undefined;
  /** The method of the generic type that this method of an instance was made from; the function itself otherwise. */
  readonly origin: Func;
  /** True if the receiver was written with a pointer; known before the signature is. */
  pointerReceiver: boolean;
  constructor(
    name: string,
    pkg: Package | undefined,
    ident: ast.Ident | undefined,
    typ: Type | undefined,
    declaration: ast.FuncDecl | undefined,
    origin: Func | undefined = undefined,
  ) {
    super(ObjectKind.Func, name, pkg, ident, typ);
    this.declaration = declaration;
    this.origin = origin ?? this;
    this.pointerReceiver = origin ? origin.pointerReceiver : false;
  }

  override get pos(): number {
    return this.origin.ident ? this.origin.ident.pos : -1;
  }

  /** The signature; undefined only for functions whose declaration could not be read. */
  get signature(): Signature | undefined {
    const type = this.type;
    return 'params' in type ? type : undefined;
  }

  withType(typ: Type): Func {
    const copy = new Func(this.name, this.pkg, this.ident, typ, this.declaration, this.origin);
    copy.file = this.file;
    copy.parent = this.parent;
    copy.pointerReceiver = this.pointerReceiver;
    return copy;
  }
}

export class Label extends ObjectBase {
  declare readonly kind: ObjectKind.Label;
  constructor(name: string, pkg: Package, ident: ast.Ident) {
    super(ObjectKind.Label, name, pkg, ident, unknownType);
  }
}

export const enum BuiltinId {
  Append,
  Cap,
  Clear,
  Close,
  Complex,
  Copy,
  Delete,
  Imag,
  Len,
  Make,
  Max,
  Min,
  New,
  Panic,
  Print,
  Println,
  Real,
  Recover,
  UnsafeAdd,
  UnsafeAlignof,
  UnsafeOffsetof,
  UnsafeSizeof,
  UnsafeSlice,
  UnsafeSliceData,
  UnsafeString,
  UnsafeStringData,
}

/** A predeclared function, or a function of package unsafe. */
export class Builtin extends ObjectBase {
  declare readonly kind: ObjectKind.Builtin;
  constructor(name: string, pkg: Package | undefined, readonly id: BuiltinId) {
    super(ObjectKind.Builtin, name, pkg, undefined, unknownType);
  }
}

/** The predeclared value nil. */
export class Nil extends ObjectBase {
  declare readonly kind: ObjectKind.Nil;
  constructor(typ: Type) {
    super(ObjectKind.Nil, 'nil', undefined, undefined, typ);
  }
}

export type Obj = PackageName | Constant | TypeName | Variable | Func | Label | Builtin | Nil;
