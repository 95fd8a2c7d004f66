// The type checker of one package, after go/types. It reports no errors: what is wrong becomes unknown and checking goes
// on. Everything is found out on demand: package-level names when they are first used, function bodies when somebody
// asks about an expression in them.
//
// The checker's parts are functions that get the checker as first argument: declarations.ts, type-expressions.ts,
// expressions.ts, calls.ts, builtins.ts, literals.ts, indexing.ts, assignments.ts, statements.ts. This file holds their
// common state: the current environment, scopes, and what was found out.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { walk } from '../syntax/walk.ts';
import { collectObjects } from './collect.ts';
import { constDecl, funcDecl, typeDecl, varDecl } from './declarations.ts';
import type { ConstantValue, Fact, Instance, Selection } from './info.ts';
import { OperandMode } from './info.ts';
import { ObjectKind, Package } from './objects.ts';
import type { Func, Obj, ObjectResolver, TypeName, Variable } from './objects.ts';
import { sharedFact } from './operand.ts';
import type { Operand } from './operand.ts';
import { isGeneric, isUntyped } from './predicates.ts';
import { Scope } from './scope.ts';
import { funcBody } from './statements.ts';
import type { SourceFile, SourcePackage } from './source.ts';
import { InstanceContext } from './subst.ts';
import { TypeKind, emptyTuple, unknownType } from './types.ts';
import type { Signature, Type } from './types.ts';
import { universe, unsafePackage } from './universe.ts';

/**
 * How deep expressions, types, statements and declarations may be nested, all together, before the innermost are
 * unknown. It keeps the checker within a stack of 1 MB.
 */
const maxNesting = 1000;

/** When so many declarations wait for each other, what the next one names is found out first. */
const longPath = 40;

/** What one checker needs from outside: the packages its files import, and the common limit of nesting. */
export interface CheckerHost {
  /** The package an import path means in files of the package; undefined if it cannot be found. */
  importedBy(source: SourcePackage, path: string): Package | undefined;
  /** How deep the checking of all packages is nested at the moment. */
  nesting: number;
}

/** A file of the package with its scope and what is known about its declarations. */
export interface FileState {
  source: SourceFile;
  syntax: ast.File;
  readonly scope: Scope;
  /** False for files that another package records: their declarations are read, but nothing is kept at their nodes. */
  readonly recording: boolean;
  /** The N of the file's language version 1.N; undefined if nothing says. */
  readonly version: number | undefined;
}

// There are many declarations, most of them in packages that are only imported: lists are made when something is put into them.
const noObjects: readonly Obj[] = [];
const noScopes: readonly Scope[] = [];

/** A top-level declaration and what has been found out about it. */
export class DeclarationState {
  private declared: Obj[] | undefined = undefined;
  /** True once everything in it, also function bodies, has been checked. */
  checked = false;
  /** True once anything may have been kept at its nodes. */
  touched = false;
  /** Where the declaration stood when it was checked; its scopes count from there. */
  checkedAt = 0;
  /** Bodies of function literals that are still to be checked. */
  pending: (() => void)[] | undefined = undefined;
  /** The function scopes directly below the file's scope. */
  scopes: readonly Scope[] = noScopes;
  /** The scope of a function declaration's parameters, once its signature is known. */
  functionScope: Scope | undefined = undefined;
  /** How many names of that scope the signature declares; the others are the body's. */
  signatureNames = 0;
  constructor(readonly node: ast.Decl, readonly file: FileState) {}

  /** The objects it declares, also blank ones. */
  get objects(): readonly Obj[] {
    return this.declared ?? noObjects;
  }

  declares(object: Obj): void {
    if (this.declared) this.declared.push(object);
    else this.declared = [object];
  }
}

/** How a package-level object is declared. */
export class DeclarationOf {
  /** All variables of `var a, b = f()`. */
  lhs: readonly Variable[] | undefined = undefined;
  type: ast.Expr | undefined = undefined;
  /** Where its value is among others; a constant may repeat those of another one. */
  values: ast.ValueSpec | undefined = undefined;
  index = 0;
  spec: ast.TypeSpec | undefined = undefined;
  func: ast.FuncDecl | undefined = undefined;
  /** True if nothing is to be kept at the nodes: the next constant of the group uses the same ones. */
  silent = false;
  constructor(readonly state: DeclarationState) {}

  /** The value it is declared with. */
  get init(): ast.Expr | undefined {
    return this.values?.values[this.index];
  }
}

/** How the package-level objects and methods of a package are declared. Of functions, which are most of them, little is kept. */
export class Declarations {
  private readonly known = new Map<Obj, DeclarationOf | DeclarationState>();

  set(object: Obj, declaration: DeclarationOf): void {
    this.known.set(object, declaration);
  }

  /** @param func with its `declaration` */
  setFunction(func: Func, state: DeclarationState): void {
    this.known.set(func, state);
  }

  has(object: Obj): boolean {
    return this.known.has(object);
  }

  get(object: Obj): DeclarationOf | undefined {
    const known = this.known.get(object);
    if (!(known instanceof DeclarationState)) return known;
    const declaration = new DeclarationOf(known);
    declaration.func = (object as Func).declaration;
    return declaration;
  }

  objects(): Iterable<Obj> {
    return this.known.keys();
  }
}

/** What surrounds the code being checked. */
interface Environment {
  file: FileState;
  declaration: DeclarationState;
  scope: Scope;
  /** The value of iota, inside a constant declaration. */
  iota: ConstantValue | undefined;
  /** The signature of the function whose body is being checked. */
  signature: Signature | undefined;
  /** True if an operand contained a call or a receive: len of it is no constant then. */
  hasCallOrReceive: boolean;
}

export class Checker implements ObjectResolver {
  readonly package: Package;
  readonly context = new InstanceContext();
  readonly files: FileState[] = [];
  readonly states = new Map<ast.Decl, DeclarationState>();
  readonly declarations = new Declarations();
  /** Methods by the name of their receiver's base type. */
  readonly methods = new Map<TypeName, Func[]>();

  env!: Environment;
  /** True while a list of type parameters is being read. */
  inTypeParameters = false;
  /** See `implicitType` in conversions.ts. */
  implicitValue: ConstantValue | undefined = undefined;
  /** Work for the end of the current statement or declaration. */
  private delayed: (() => void)[] = [];
  /** The package-level objects whose declarations are being read, outermost first. */
  private readonly path: Obj[] = [];
  /** The objects whose declarations are read after what they name. */
  private readonly preparing = new Set<Obj>();
  /** Untyped expressions of files that are not recorded. */
  private readonly shadow = new Map<ast.Expr, Fact>();

  private readonly instances = new WeakMap<ast.Ident, Instance>();
  private readonly implicits = new WeakMap<ast.Node, Obj>();
  private readonly commaOks = new WeakSet<ast.Expr>();
  /** Embedded fields by the identifier that names them, which is also a use of the type. */
  private readonly embeddedFields = new WeakMap<ast.Ident, Obj>();

  constructor(readonly source: SourcePackage, readonly host: CheckerHost) {
    const scope = new Scope(universe, -1, -1);
    this.package = new Package(source.path, source.name, scope, false, () => collectObjects(this, scope));
  }

  // Scopes and environment.

  /** True if the language version of the current file is 1.N or later, or unknown. */
  allows(version: number): boolean {
    return this.env.file.version === undefined || this.env.file.version >= version;
  }

  lookup(name: string): Obj | undefined {
    return this.env.scope.lookupParent(name);
  }

  openScope(pos: number, end: number, isFunction = false): void {
    const parent = this.env.scope;
    const shift = this.shift();
    const scope = new Scope(parent, pos + shift, end + shift, isFunction);
    if (parent === this.env.file.scope) {
      const { declaration } = this.env;
      if (this.env.file.recording) declaration.scopes = [...declaration.scopes, scope];
    } else {
      parent.addChild(scope);
    }
    this.env.scope = scope;
  }

  closeScope(): void {
    this.env.scope = this.env.scope.parent ?? universe;
  }

  declare(scope: Scope, ident: ast.Ident | undefined, object: Obj, scopeStart: number): void {
    object.file ??= this.env.file.source;
    if (!scope.insert(object)) object.scopeStart = scopeStart + this.shift();
    if (ident) this.recordObject(ident, object);
  }

  /** How far offsets in the current declaration are from where it stood when it was first read. */
  private shift(): number {
    const { declaration } = this.env;
    return declaration.checkedAt - declaration.node.pos;
  }

  /** Runs `work` in the environment of a package-level declaration, then comes back. */
  within(state: DeclarationState, work: () => void): void {
    const env = this.env;
    const delayed = this.delayed;
    const inTypeParameters = this.inTypeParameters;
    if (!state.touched) {
      state.touched = true;
      state.checkedAt = state.node.pos;
    }
    this.env = { file: state.file, declaration: state, scope: state.file.scope, iota: undefined, signature: undefined, hasCallOrReceive: false };
    this.delayed = state.pending ??= [];
    this.inTypeParameters = false;
    try {
      work();
    } finally {
      if (!this.env.file.recording) this.shadow.clear();
      this.env = env;
      this.delayed = delayed;
      this.inTypeParameters = inTypeParameters;
      if (!state.file.recording) state.pending = undefined;
    }
  }

  /** Puts work off to the end of the statement, in the environment of now. */
  later(work: () => void): void {
    if (!this.env.file.recording) return;
    this.delayed.push(work);
  }

  get delayedCount(): number {
    return this.delayed.length;
  }

  /** Does the work put off since there were `from` pieces of it. */
  processDelayed(from: number): void {
    const delayed = this.delayed;
    if (delayed.length === from) return;
    for (let index = from; index < delayed.length; index++) delayed[index]!();
    delayed.length = from;
  }

  /** Enters one more level of nesting; false (and not entered) if that would be too deep. */
  enter(): boolean {
    if (this.host.nesting >= maxNesting) return false;
    this.host.nesting++;
    return true;
  }

  leave(): void {
    this.host.nesting--;
  }

  // Objects.

  resolve(object: Obj): void {
    if (object.typ !== undefined) return;
    if (!this.env) {
      const declaration = this.declarations.get(object);
      if (!declaration) return;
      this.within(declaration.state, () => this.objDecl(object));
      return;
    }
    this.objDecl(object);
  }

  /** Finds out the type of a package-level object or method, unless that is known. */
  objDecl(object: Obj): void {
    if (object.typ !== undefined && this.path.length === 0) return;
    const at = this.path.indexOf(object);
    if (at >= 0) {
      this.cycle(object, at);
      return;
    }
    if (object.typ !== undefined) return;
    const declaration = this.declarations.get(object);
    if (!declaration) {
      // The object of another package, or one whose type is being found out.
      object.resolver?.resolve(object);
      return;
    }
    if (this.host.nesting > maxNesting - 20) {
      // Too deep to go on. Not remembered: asked again from a shallower place it is known.
      return;
    }
    if (this.path.length >= longPath && !this.preparing.has(object)) this.prepare(object, declaration);
    if (object.typ !== undefined) return;
    this.host.nesting += 4;
    this.path.push(object);
    this.within(declaration.state, () => this.declareObject(object, declaration));
    this.path.pop();
    this.host.nesting -= 4;
  }

  /**
   * Finds out the types of what a declaration names, and of what that names, last first: a chain of declarations may be longer than
   * the platform's stack is deep.
   */
  private prepare(object: Obj, declaration: DeclarationOf): void {
    const stack: { readonly object: Obj; readonly needs: readonly Obj[]; next: number }[] = [];
    const entered: Obj[] = [];
    const enter = (each: Obj, declared: DeclarationOf): void => {
      this.preparing.add(each);
      entered.push(each);
      stack.push({ object: each, needs: namedIn(declared, this.declarations), next: 0 });
    };
    enter(object, declaration);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const need = top.needs[top.next++];
      if (need === undefined) {
        stack.pop();
        if (stack.length > 0) this.objDecl(top.object);
        continue;
      }
      const declared = need.typ === undefined && !this.preparing.has(need) && !this.path.includes(need) ? this.declarations.get(need) : undefined;
      if (declared) enter(need, declared);
    }
    for (const each of entered) this.preparing.delete(each);
  }

  /** Marks a local type as being declared while `work` runs. */
  declaring(object: Obj, work: () => void): void {
    this.path.push(object);
    work();
    this.path.pop();
  }

  private declareObject(object: Obj, declaration: DeclarationOf): void {
    if (declaration.silent) this.env.file = { ...this.env.file, recording: false };
    switch (object.kind) {
      case ObjectKind.Constant:
        constDecl(this, object, declaration.type, declaration.init);
        break;
      case ObjectKind.Variable:
        varDecl(this, object, declaration.lhs, declaration.type, declaration.init);
        break;
      case ObjectKind.TypeName:
        if (declaration.spec) typeDecl(this, object, declaration.spec);
        break;
      case ObjectKind.Func:
        if (declaration.func) funcDecl(this, object, declaration.func, declaration.state);
        break;
      default:
        break;
    }
    object.typ ??= unknownType;
  }

  /** The declaration of an object refers to the object itself; makes it unknown if that is not valid Go. */
  private cycle(object: Obj, start: number): void {
    let values = 0;
    let definitions = 0;
    let length = 0;
    let throughParameters = false;
    for (const each of this.path.slice(start)) {
      length++;
      if (each.kind === ObjectKind.Constant || each.kind === ObjectKind.Variable) values++;
      if (each.kind !== ObjectKind.TypeName) continue;
      if (this.inTypeParameters && each.typ && isGeneric(each.typ)) {
        throughParameters = true;
        break;
      }
      const alias = this.declarations.get(each)?.spec?.alias ?? each.typ?.kind === TypeKind.Alias;
      if (!alias) definitions++;
    }
    const valid = throughParameters || values === length || (values === 0 && definitions > 0);
    if (object.kind === ObjectKind.Constant || object.kind === ObjectKind.Variable) {
      if (!valid || object.typ === undefined) object.typ = unknownType;
    } else if (object.kind === ObjectKind.TypeName && !valid) {
      if (object.typ?.kind === TypeKind.Alias) object.typ.rhs = unknownType;
      object.typ = unknownType;
    }
  }

  // Checking on demand.

  /** Makes sure that the package's names are declared. */
  collect(): void {
    void this.package.scope;
  }

  /** Checks a top-level declaration with everything in it. */
  check(state: DeclarationState): void {
    if (state.checked) return;
    state.checked = true;
    const nesting = this.host.nesting;
    try {
      this.within(state, () => this.checkDeclaration(state));
    } catch (error) {
      // The stack of the platform is smaller than `maxNesting` assumes: what was not reached stays unknown.
      if (!(error instanceof RangeError)) throw error;
      this.path.length = 0;
      this.preparing.clear();
    } finally {
      this.host.nesting = nesting;
    }
  }

  /** Takes note that the nodes of a function's body are no more: what it says is found out again when somebody asks about new ones. */
  bodyIsGone(state: DeclarationState): void {
    state.checked = false;
    state.functionScope?.shrinkTo(state.signatureNames);
  }

  private checkDeclaration(state: DeclarationState): void {
    for (const object of state.objects) this.objDecl(object);
    const { node } = state;
    const [func] = state.objects;
    if (node.kind === NodeKind.FuncDecl && node.body && func?.kind === ObjectKind.Func && func.signature && state.functionScope) {
      funcBody(this, func.signature, state.functionScope, node.body, undefined);
    }
    this.processDelayed(0);
  }

  // What was found out.

  factOf(expression: ast.Expr): Fact | undefined {
    return this.env.file.recording ? expression.fact : this.shadow.get(expression);
  }

  setFact(expression: ast.Expr, mode: OperandMode, type: Type, value: ConstantValue | undefined): void {
    if (this.env.file.recording) {
      expression.fact = value === undefined ? sharedFact(mode, type) : { mode, type, value };
      return;
    }
    if (isUntyped(type)) this.shadow.set(expression, { mode, type, value });
    else if (this.shadow.size > 0) this.shadow.delete(expression);
  }

  /** Keeps what an operand is at its expression. */
  record(x: Operand): void {
    const expression = x.expr;
    if (!expression) return;
    switch (x.mode) {
      case OperandMode.Invalid:
        if (this.env.file.recording) expression.fact = undefined;
        else this.shadow.delete(expression);
        return;
      case OperandMode.NoValue:
        this.setFact(expression, x.mode, emptyTuple, undefined);
        return;
      case OperandMode.Constant:
        this.setFact(expression, x.mode, x.type, x.value);
        return;
      default:
        this.setFact(expression, x.mode, x.type, undefined);
    }
  }

  recordType(expression: ast.Expr, type: Type): void {
    if (this.env.file.recording) expression.fact = sharedFact(OperandMode.TypeExpr, type);
  }

  /** Replaces the value kept at an untyped constant by what it is in the type it is converted to. */
  updateValue(expression: ast.Expr, value: ConstantValue): void {
    const fact = this.factOf(expression);
    if (fact && isUntyped(fact.type) && fact.mode === OperandMode.Constant) this.setFact(expression, fact.mode, fact.type, value);
  }

  recordObject(identifier: ast.Ident, object: Obj | undefined): void {
    if (this.env.file.recording) identifier.object = object;
  }

  recordSelection(selector: ast.SelectorExpr, selection: Selection): void {
    if (!this.env.file.recording) return;
    selector.selection = selection;
    selector.sel.object = selection.object;
  }

  recordInstance(expression: ast.Expr, typeArguments: readonly Type[], type: Type): void {
    if (!this.env.file.recording) return;
    const identifier = instantiatedIdentifier(expression);
    if (identifier) this.instances.set(identifier, { typeArguments, type });
  }

  recordImplicit(node: ast.Node, object: Obj): void {
    object.file ??= this.env.file.source;
    if (this.env.file.recording) this.implicits.set(node, object);
  }

  /** Like `recordImplicit`, before any environment is set up. */
  recordImplicitOf(node: ast.Node, object: Obj): void {
    this.implicits.set(node, object);
  }

  recordEmbedded(identifier: ast.Ident, field: Obj): void {
    if (this.env.file.recording) this.embeddedFields.set(identifier, field);
  }

  recordCommaOk(expression: ast.Expr): void {
    if (!this.env.file.recording) return;
    let at = expression;
    this.commaOks.add(at);
    while (at.kind === NodeKind.ParenExpr) {
      at = at.x;
      this.commaOks.add(at);
    }
  }

  instanceAt(identifier: ast.Ident): Instance | undefined {
    return this.instances.get(identifier);
  }

  implicitAt(node: ast.Node): Obj | undefined {
    return this.implicits.get(node);
  }

  embeddedFieldAt(identifier: ast.Ident): Obj | undefined {
    return this.embeddedFields.get(identifier);
  }

  isCommaOk(expression: ast.Expr): boolean {
    return this.commaOks.has(expression);
  }

  // Imports.

  /** The package an import path means here; a fake one if it cannot be found. */
  importPackage(path: string): Package {
    if (path === 'unsafe') return unsafePackage;
    const found = path === 'C' ? undefined : this.host.importedBy(this.source, path);
    if (found) return found;
    // The name that the path suggests; what is selected from it is unknown in any case.
    const name = path.slice(path.lastIndexOf('/') + 1);
    return new Package(path, name, new Scope(universe, -1, -1), true);
  }
}

/** The name of what is instantiated: the F of F[int], p.F[int] and F. */
function instantiatedIdentifier(expression: ast.Expr): ast.Ident | undefined {
  let at = expression;
  for (;;) {
    if (at.kind === NodeKind.Ident) return at;
    if (at.kind === NodeKind.SelectorExpr) return at.sel;
    if (at.kind !== NodeKind.IndexExpr && at.kind !== NodeKind.ParenExpr) return undefined;
    at = at.x;
  }
}

/** The package-level objects that a declaration names outside function bodies. */
function namedIn(declaration: DeclarationOf, declarations: Declarations): readonly Obj[] {
  const { type, init, spec, func, state } = declaration;
  const found = new Set<Obj>();
  for (const root of [type, init, spec, func?.recv, func?.type]) {
    if (!root) continue;
    walk(root, (node) => {
      if (node.kind === NodeKind.BlockStmt) return false;
      if (node.kind !== NodeKind.Ident) return true;
      const object = state.file.scope.lookupParent(node.name);
      if (object && declarations.has(object)) found.add(object);
      return true;
    });
  }
  return [...found];
}
