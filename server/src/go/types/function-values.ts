// Which functions the variables of a package may hold. Every assignment in the package counts, in whatever order it runs: what is
// answered for a variable is true at any time. A variable that code outside the package can assign to, whose address is taken, or
// that gets a value which cannot be followed, holds an unknown function.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { forEachChild } from '../syntax/walk.ts';
import { unparen } from '../syntax/receiver.ts';
import type { TypeInfo } from './info.ts';
import { ObjectKind, isExported } from './objects.ts';
import type { Func, Obj, Variable } from './objects.ts';
import { isInterface, underlying } from './predicates.ts';
import { TypeKind } from './types.ts';
import type { Type } from './types.ts';

export type FunctionValue =
  /** `isBound`: it has its receiver with it, which is not among the arguments of calls then. */
  | { readonly kind: 'function'; readonly func: Func; readonly isBound: boolean }
  /** A method of whatever implements an interface. */
  | { readonly kind: 'interface'; readonly method: Func; readonly interface: Type; readonly isBound: boolean }
  | { readonly kind: 'literal'; readonly literal: ast.FuncLit; readonly path: string; readonly info: TypeInfo };

/** Files with the types of what stands in them. */
export interface ValueSource {
  readonly files: readonly { readonly path: string; readonly syntax: ast.File }[];
  readonly info: TypeInfo;
}

/** What an expression of function type may be. */
type Source =
  | { readonly kind: 'value'; readonly value: FunctionValue }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'result'; readonly func: Func; readonly index: number }
  /** An element of a map, slice or array of functions. */
  | { readonly kind: 'element'; readonly of: Variable }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

/** What one declaration says about variables. */
type Statement =
  | { readonly kind: 'variable'; readonly to: Variable; readonly from: Source }
  | { readonly kind: 'result'; readonly of: Func; readonly index: number; readonly from: Source }
  /** A function is put into a container of functions, or those of another one are. */
  | { readonly kind: 'element'; readonly to: Variable; readonly from: Source }
  | { readonly kind: 'elements'; readonly to: Variable; readonly from: Variable }
  /** A call that gives function values to a function or method of the package. */
  | { readonly kind: 'call'; readonly of: Func; readonly index: number; readonly from: Source }
  /** A call that gives one to a method of an interface. */
  | { readonly kind: 'interface-call'; readonly name: string; readonly index: number; readonly from: Source }
  /** A function whose callers are not all known. */
  | { readonly kind: 'open'; readonly func: Func }
  | { readonly kind: 'parameters'; readonly of: Func };

const unknown: Source = { kind: 'unknown' };
const nothing: Source = { kind: 'nothing' };

/** A variable that may hold more functions than this holds an unknown one. */
const valueLimit = 16;

// What a declaration says is the same as long as its types are.
const said = new WeakMap<TypeInfo, WeakMap<ast.Decl, readonly Statement[]>>();

/** Reads what a declaration says now, while its nodes are there. */
export function readFunctionValues(declaration: ast.Decl, path: string, info: TypeInfo): void {
  statementsOf(declaration, path, info);
}

export class FunctionValues {
  private readonly held = new Map<string, Held>();
  /** By what is held: where it goes. */
  private readonly flows = new Map<string, Held[]>();
  /** Methods by name, for calls through interfaces. */
  private readonly methods = new Map<string, Func[]>();
  private readonly paths: ReadonlySet<string>;
  private readonly isMain: boolean;

  /** @param sources the files of one package and those of its tests, each with their own types */
  constructor(sources: readonly ValueSource[]) {
    this.paths = new Set(sources.map(({ info }) => info.package.path));
    this.isMain = sources.some(({ info }) => info.package.name === 'main');
    const statements = sources.flatMap(({ files, info }) => files.flatMap(({ path, syntax }) => syntax.decls.flatMap((declaration) => statementsOf(declaration, path, info))));
    for (const each of statements) this.declare(each);
    for (const each of statements) this.take(each);
    this.spread();
  }

  /** The functions that a variable, parameter or field may hold, nil aside; undefined if others may be among them or it holds none. */
  heldBy(variable: Variable): readonly FunctionValue[] | undefined {
    const held = this.held.get(keyOf(variable.origin));
    if (!held || held.isOpen || held.values.size === 0 || this.isOpen(variable)) return undefined;
    return [...held.values.values()];
  }

  /**
   * Functions that were seen to get into a variable, parameter or field, or into the container in it; there may be others. Empty if there
   * are more than a few.
   */
  seenIn(variable: Variable, isElement: boolean): readonly FunctionValue[] {
    const values = this.held.get(isElement ? elementKey(variable) : keyOf(variable.origin))?.values;
    return values && values.size <= valueLimit ? [...values.values()] : [];
  }

  /** The functions that an expression of a package's function may be; undefined if others may be among them. */
  valuesOf(expression: ast.Expr, info: TypeInfo): readonly FunctionValue[] | undefined {
    const source = sourceOf(expression, '', info);
    switch (source.kind) {
      case 'value':
        return [source.value];
      case 'variable':
        return this.heldBy(source.variable);
      case 'result': {
        const held = this.held.get(resultKey(source.func, source.index));
        return !held || held.isOpen || held.values.size === 0 ? undefined : [...held.values.values()];
      }
      default:
        return undefined;
    }
  }

  private declare(statement: Statement): void {
    if (statement.kind !== 'parameters') return;
    const func = statement.of;
    if (func.signature?.recv) {
      const list = this.methods.get(func.name);
      if (list) list.push(func);
      else this.methods.set(func.name, [func]);
    }
    const isOpen = isExported(func.name) && (!this.isMain || func.signature?.recv !== undefined);
    for (const parameter of func.signature?.params.vars ?? []) {
      if (isFunction(parameter.type)) this.node(keyOf(parameter.origin)).isOpen ||= isOpen;
    }
  }

  private take(statement: Statement): void {
    switch (statement.kind) {
      case 'variable':
        return this.flow(statement.from, keyOf(statement.to.origin));
      case 'result':
        return this.flow(statement.from, resultKey(statement.of, statement.index));
      case 'element':
        return this.flow(statement.from, elementKey(statement.to));
      case 'elements':
        return this.connect(elementKey(statement.from), this.node(elementKey(statement.to)));
      case 'call':
        return this.flowToParameter(statement.from, statement.of, statement.index);
      case 'interface-call':
        for (const method of this.methods.get(statement.name) ?? []) this.flowToParameter(statement.from, method, statement.index);
        return;
      case 'open':
        for (const parameter of statement.func.origin.signature?.params.vars ?? []) this.node(keyOf(parameter.origin)).isOpen = true;
        return;
      default:
    }
  }

  private flowToParameter(from: Source, func: Func, index: number): void {
    const parameter = func.origin.signature?.params.vars[index];
    if (parameter) this.flow(from, keyOf(parameter.origin));
  }

  private flow(from: Source, key: string): void {
    const to = this.node(key);
    switch (from.kind) {
      case 'value':
        to.values.set(valueKey(from.value), from.value);
        return;
      case 'variable':
        to.isOpen ||= this.isOpen(from.variable);
        return this.connect(keyOf(from.variable.origin), to);
      // Have: others may put more into the container.
      case 'element':
        to.isOpen = true;
        return this.connect(elementKey(from.of), to);
      case 'result':
        return this.connect(resultKey(from.func, from.index), to);
      case 'unknown':
        to.isOpen = true;
        return;
      default:
    }
  }

  private connect(key: string, to: Held): void {
    const list = this.flows.get(key);
    if (list) list.push(to);
    else this.flows.set(key, [to]);
  }

  private node(key: string): Held {
    let held = this.held.get(key);
    if (!held) this.held.set(key, (held = { key, values: new Map(), isOpen: false }));
    return held;
  }

  private spread(): void {
    // Have: no statement gives these anything; parameters of function literals, variables of type switches.
    for (const key of this.flows.keys()) if (!this.held.has(key)) this.node(key).isOpen = true;
    const work = [...this.held.values()];
    for (let from = work.pop(); from; from = work.pop()) {
      if (from.values.size > valueLimit) from.isOpen = true;
      for (const to of this.flows.get(from.key) ?? []) {
        const before = to.values.size;
        const wasOpen = to.isOpen;
        to.isOpen ||= from.isOpen;
        for (const [key, value] of from.values) to.values.set(key, value);
        if (to.values.size !== before || to.isOpen !== wasOpen) work.push(to);
      }
    }
  }

  /** True if code outside the package may assign to a variable. */
  private isOpen(variable: Variable): boolean {
    if (variable.packagePath === undefined || !this.paths.has(variable.packagePath)) return true;
    return (variable.isField || variable.isPackageLevel) && !this.isMain && isExported(variable.name);
  }
}

interface Held {
  readonly key: string;
  readonly values: Map<string, FunctionValue>;
  isOpen: boolean;
}

/** Equal for the objects that a library and its tests have for one declaration. */
function keyOf(object: Obj): string {
  return `${object.file?.path ?? ''}:${object.pos}`;
}

function elementKey(variable: Variable): string {
  return `${keyOf(variable.origin)}[]`;
}

function resultKey(func: Func, index: number): string {
  return `${keyOf(func.origin)}:${index}`;
}

function valueKey(value: FunctionValue): string {
  switch (value.kind) {
    case 'function':
      return `${keyOf(value.func)} ${value.func.packagePath ?? ''}.${value.func.name} ${value.isBound}`;
    case 'interface':
      return `${keyOf(value.method)} ${value.method.packagePath ?? ''}.${value.method.name} ${value.isBound}`;
    default:
      return `${literalNumber(value.literal)}`;
  }
}

const literalNumbers = new WeakMap<ast.FuncLit, number>();
let literalCount = 0;

function literalNumber(literal: ast.FuncLit): number {
  let number = literalNumbers.get(literal);
  if (number === undefined) literalNumbers.set(literal, (number = literalCount++));
  return number;
}

function isFunction(type: Type): boolean {
  return underlying(type).kind === TypeKind.Signature;
}

/** True for maps, slices and arrays of functions. */
function holdsFunctions(type: Type): boolean {
  const under = underlying(type);
  return (under.kind === TypeKind.Map || under.kind === TypeKind.Slice || under.kind === TypeKind.Array) && isFunction(under.elem);
}

// What is said. ------------------------------------------------------------------------------------------------------------------

function statementsOf(declaration: ast.Decl, path: string, info: TypeInfo): readonly Statement[] {
  let known = said.get(info);
  if (!known) said.set(info, (known = new WeakMap()));
  let statements = known.get(declaration);
  if (!statements) known.set(declaration, (statements = new Reader(path, info).read(declaration)));
  return statements;
}

/** Reads one declaration. */
class Reader {
  private readonly statements: Statement[] = [];
  /** The identifiers that name the function of a call. */
  private readonly called = new Set<ast.Ident>();

  constructor(private readonly path: string, private readonly info: TypeInfo) {}

  read(declaration: ast.Decl): readonly Statement[] {
    this.info.prepare(declaration);
    let owner: Func | undefined;
    if (declaration.kind === NodeKind.FuncDecl) {
      const object = this.info.definitionOf(declaration.name);
      owner = object?.kind === ObjectKind.Func ? object : undefined;
      if (owner) this.declared(owner, declaration);
    }
    const stack: { readonly node: ast.Node; readonly owner: Func | undefined }[] = [{ node: declaration, owner }];
    for (let at = stack.pop(); at; at = stack.pop()) {
      const { node } = at;
      this.visit(node, at.owner);
      // The results of a function literal are not followed.
      const within = node.kind === NodeKind.FuncLit ? undefined : at.owner;
      forEachChild(node, (child) => {
        stack.push({ node: child, owner: within });
      });
    }
    return this.statements;
  }

  private declared(func: Func, declaration: ast.FuncDecl): void {
    this.statements.push({ kind: 'parameters', of: func });
    func.signature?.results.vars.forEach((result, index) => {
      if (!isFunction(result.type)) return;
      // Have: a result with a name is a variable; without a body nothing says what it becomes.
      if (!declaration.body) this.statements.push({ kind: 'result', of: func, index, from: unknown });
      else if (result.name) this.statements.push({ kind: 'variable', to: result, from: nothing }, { kind: 'result', of: func, index, from: { kind: 'variable', variable: result } });
    });
  }

  private visit(node: ast.Node, owner: Func | undefined): void {
    switch (node.kind) {
      case NodeKind.AssignStmt:
        if (node.token === Token.ASSIGN || node.token === Token.DEFINE) this.assign(node.lhs, node.rhs);
        return;
      case NodeKind.ValueSpec:
        if (node.values.length > 0) return this.assign(node.names, node.values);
        for (const name of node.names) this.give(name, nothing);
        return;
      case NodeKind.RangeStmt:
        if (node.key) this.give(node.key, unknown);
        if (node.value) this.give(node.value, elementOf(node.x, this.info) ?? unknown);
        return;
      case NodeKind.UnaryExpr:
        // Whoever has the address may assign.
        if (node.op === Token.AND) this.give(node.x, unknown);
        return;
      case NodeKind.CompositeLit:
        return this.literal(node);
      case NodeKind.ReturnStmt:
        if (owner) this.returned(node, owner);
        return;
      case NodeKind.CallExpr:
        return this.call(node);
      case NodeKind.Ident: {
        const object = this.called.has(node) ? undefined : this.info.useOf(node);
        if (object?.kind === ObjectKind.Func && object.origin.packagePath === this.info.package.path) this.statements.push({ kind: 'open', func: object });
        return;
      }
      default:
    }
  }

  private assign(targets: readonly ast.Expr[], values: readonly ast.Expr[]): void {
    targets.forEach((target, index) => {
      const variable = functionVariableAt(target, this.info);
      if (variable) this.statements.push({ kind: 'variable', to: variable, from: this.nth(values, targets.length, index) });
      const value = values.length === targets.length ? values[index] : undefined;
      if (!value) return;
      const t = unparen(target);
      const container = t.kind === NodeKind.IndexExpr ? containerAt(t.x, this.info) : undefined;
      if (container) this.statements.push({ kind: 'element', to: container, from: sourceOf(value, this.path, this.info) });
      const whole = containerAt(target, this.info);
      if (whole) this.fill(whole, value);
    });
  }

  /** What a container of functions gets with a value: `append(c.hooks, f)`, `[]func(){f, g}`, another one. */
  private fill(to: Variable, value: ast.Expr): void {
    const e = unparen(value);
    const put = (element: ast.Expr): void => {
      this.statements.push({ kind: 'element', to, from: sourceOf(element, this.path, this.info) });
    };
    const from = containerAt(e, this.info);
    if (from) {
      if (from.origin !== to.origin) this.statements.push({ kind: 'elements', to, from });
    } else if (e.kind === NodeKind.CompositeLit) {
      for (const element of e.elts) put(element.kind === NodeKind.KeyValueExpr ? element.value : element);
    } else if (e.kind === NodeKind.CallExpr && this.info.modeOf(e.fun) === 'builtin' && holdsFunctions(this.info.typeOf(e))) {
      const [first, ...more] = e.args;
      if (first) this.fill(to, first);
      if (!e.ellipsis) more.forEach(put);
    }
  }

  /** The value at an index of a list that may be one call with several results. */
  private nth(values: readonly ast.Expr[], count: number, index: number): Source {
    const value = values[index];
    if (values.length === count) return value ? sourceOf(value, this.path, this.info) : unknown;
    const [only] = values;
    const func = only && values.length === 1 ? this.calledFunction(only) : undefined;
    return func ? { kind: 'result', func, index } : unknown;
  }

  private calledFunction(expression: ast.Expr): Func | undefined {
    const call = unparen(expression);
    return call.kind === NodeKind.CallExpr ? declaredFunction(call, this.info) : undefined;
  }

  private give(target: ast.Expr, from: Source): void {
    const variable = functionVariableAt(target, this.info);
    if (variable) this.statements.push({ kind: 'variable', to: variable, from });
  }

  private literal(node: ast.CompositeLit): void {
    const type = underlying(this.info.typeOf(node));
    const struct = type.kind === TypeKind.Pointer ? underlying(type.elem) : type;
    if (struct.kind !== TypeKind.Struct) return;
    node.elts.forEach((element, index) => {
      const keyed = element.kind === NodeKind.KeyValueExpr;
      const key = keyed && element.key.kind === NodeKind.Ident ? this.info.useOf(element.key) : undefined;
      const field = keyed ? key : struct.fields[index];
      if (field?.kind === ObjectKind.Variable && isFunction(field.type)) {
        this.statements.push({ kind: 'variable', to: field, from: sourceOf(keyed ? element.value : element, this.path, this.info) });
      }
      if (field?.kind === ObjectKind.Variable && holdsFunctions(field.type)) this.fill(field, keyed ? element.value : element);
    });
  }

  private returned(node: ast.ReturnStmt, owner: Func): void {
    const results = owner.signature?.results.vars ?? [];
    if (node.results.length === 0) return;
    results.forEach((result, index) => {
      if (isFunction(result.type)) this.statements.push({ kind: 'result', of: owner, index, from: this.nth(node.results, results.length, index) });
    });
  }

  private call(node: ast.CallExpr): void {
    const fun = functionPart(node.fun);
    const name = fun.kind === NodeKind.SelectorExpr ? fun.sel : fun;
    if (name.kind !== NodeKind.Ident) return;
    const object = this.info.useOf(name);
    if (object?.kind !== ObjectKind.Func) return;
    const selection = fun.kind === NodeKind.SelectorExpr ? this.info.selectionOf(fun) : undefined;
    if (selection?.kind === 'method-expression') return;
    this.called.add(name);
    const receiver = object.signature?.recv?.type;
    const through = receiver !== undefined && isInterface(receiver);
    if (!through && object.packagePath !== this.info.package.path) return;
    const parameters = object.signature?.params.vars ?? [];
    parameters.forEach((parameter, index) => {
      if (!isFunction(parameter.type)) return;
      const from = node.ellipsis ? unknown : this.nth(node.args, node.args.length === 1 && parameters.length > 1 ? parameters.length : node.args.length, index);
      this.statements.push(through ? { kind: 'interface-call', name: object.name, index, from } : { kind: 'call', of: object, index, from });
    });
  }
}

/** The function expression without parentheses and without type arguments. */
function functionPart(expression: ast.Expr): ast.Expr {
  const fun = unparen(expression);
  return fun.kind === NodeKind.IndexExpr ? unparen(fun.x) : fun;
}

function functionVariableAt(expression: ast.Expr, info: TypeInfo): Variable | undefined {
  const variable = variableAt(expression, info);
  return variable && isFunction(variable.type) ? variable : undefined;
}

/** The variable or field that holds a container of functions; undefined for other expressions. */
function containerAt(expression: ast.Expr, info: TypeInfo): Variable | undefined {
  const variable = variableAt(expression, info);
  return variable && holdsFunctions(variable.type) ? variable : undefined;
}

function variableAt(expression: ast.Expr, info: TypeInfo): Variable | undefined {
  const e = unparen(expression);
  const object = e.kind === NodeKind.Ident ? info.objectOf(e) : e.kind === NodeKind.SelectorExpr ? (info.selectionOf(e)?.object ?? info.useOf(e.sel)) : undefined;
  return object?.kind === ObjectKind.Variable ? object : undefined;
}

function elementOf(container: ast.Expr, info: TypeInfo): Source | undefined {
  const of = containerAt(container, info);
  return of && { kind: 'element', of };
}

/** The function or method of this package that a call names; undefined for methods of interfaces and everything else. */
function declaredFunction(call: ast.CallExpr, info: TypeInfo): Func | undefined {
  const fun = functionPart(call.fun);
  const name = fun.kind === NodeKind.SelectorExpr ? fun.sel : fun;
  const object = name.kind === NodeKind.Ident ? info.useOf(name) : undefined;
  if (object?.kind !== ObjectKind.Func || object.packagePath !== info.package.path) return undefined;
  const receiver = object.signature?.recv?.type;
  return receiver && isInterface(receiver) ? undefined : object;
}

/** What an expression of function type may be. */
function sourceOf(expression: ast.Expr, path: string, info: TypeInfo): Source {
  const e = unparen(expression);
  switch (e.kind) {
    case NodeKind.FuncLit:
      return { kind: 'value', value: { kind: 'literal', literal: e, path, info } };
    case NodeKind.IndexExpr: {
      const name = functionPart(e);
      const instance = name.kind === NodeKind.SelectorExpr ? name.sel : name;
      if (instance.kind === NodeKind.Ident && info.instanceOf(instance)) return sourceOf(name, path, info);
      return elementOf(e.x, info) ?? unknown;
    }
    case NodeKind.SelectorExpr:
      return selected(e, info);
    case NodeKind.Ident:
      return info.modeOf(e) === 'nil' ? nothing : objectSource(info.objectOf(e));
    case NodeKind.CallExpr: {
      // A conversion to another type of functions keeps the function.
      const [only] = e.args;
      if (only && e.args.length === 1 && info.modeOf(e.fun) === 'type') return isFunction(info.typeOf(e)) ? sourceOf(only, path, info) : unknown;
      const func = declaredFunction(e, info);
      return func ? { kind: 'result', func, index: 0 } : unknown;
    }
    default:
      return unknown;
  }
}

function objectSource(object: Obj | undefined): Source {
  if (object?.kind === ObjectKind.Func) return { kind: 'value', value: { kind: 'function', func: object.origin, isBound: false } };
  return object?.kind === ObjectKind.Variable ? { kind: 'variable', variable: object } : unknown;
}

function selected(e: ast.SelectorExpr, info: TypeInfo): Source {
  const selection = info.selectionOf(e);
  if (!selection || selection.object.kind !== ObjectKind.Func) return objectSource(selection ? selection.object : info.useOf(e.sel));
  const method = selection.object;
  const receiver = method.signature?.recv?.type;
  const isBound = selection.kind === 'method';
  // A method promoted from an embedded interface is called through that interface.
  if (receiver && isInterface(receiver)) return { kind: 'value', value: { kind: 'interface', method, interface: receiver, isBound } };
  return { kind: 'value', value: { kind: 'function', func: method.origin, isBound } };
}
