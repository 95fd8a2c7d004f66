// What a call calls, and which types stand behind an interface: the edges of the call graph.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { walk } from '../syntax/walk.ts';
import { unparen } from './collect.ts';
import type { TypeInfo } from './info.ts';
import { lookupFieldOrMethod, missingMethod } from './lookup.ts';
import { ObjectKind } from './objects.ts';
import type { BuiltinId, Func, Obj, Package, Variable } from './objects.ts';
import { isGeneric, isInterface } from './predicates.ts';
import { typeSetOf } from './type-set.ts';
import { Pointer, TypeKind } from './types.ts';
import type { Interface, Named, Type } from './types.ts';

export type Callee =
  /** A function, or a method of a type that is not an interface. For an instance of a generic one see `func.origin`. */
  | { readonly kind: 'function'; readonly func: Func }
  /** A method of an interface: any implementer's. */
  | { readonly kind: 'interface'; readonly method: Func; readonly interface: Type }
  /** A function literal, called where it stands or through a variable that holds nothing else. */
  | { readonly kind: 'literal'; readonly literal: ast.FuncLit }
  | { readonly kind: 'builtin'; readonly id: BuiltinId }
  | { readonly kind: 'conversion'; readonly type: Type }
  | { readonly kind: 'unknown' };

const unknown: Callee = { kind: 'unknown' };

/** Variables that hold each other: no program has longer chains. */
const maxChain = 10;

/** Finds out what the calls in one top-level declaration call. */
export class Callees {
  private assignments: Map<Obj, ast.Expr | 'several'> | undefined;

  constructor(private readonly info: TypeInfo, private readonly declaration: ast.Decl) {}

  calleeOf(call: ast.CallExpr): Callee {
    const { info } = this;
    const fun = unparen(call.fun);
    if (info.modeOf(fun) === 'type') return { kind: 'conversion', type: info.typeOf(fun) };
    const name = nameOf(fun);
    const object = name && info.useOf(name);
    if (object?.kind === ObjectKind.Builtin) return { kind: 'builtin', id: object.id };
    return this.functionOf(fun, 0);
  }

  /** The function that an expression of function type is. */
  functionOf(expression: ast.Expr, depth = 0): Callee {
    const e = unparen(expression);
    switch (e.kind) {
      case NodeKind.FuncLit:
        return { kind: 'literal', literal: e };
      case NodeKind.IndexExpr:
        return isInstance(e.x, this.info) ? this.functionOf(e.x, depth) : unknown;
      case NodeKind.SelectorExpr:
        return this.selected(e);
      case NodeKind.Ident: {
        const object = this.info.useOf(e);
        if (object?.kind === ObjectKind.Func) return { kind: 'function', func: object };
        return object?.kind === ObjectKind.Variable && depth < maxChain ? this.heldBy(object, depth) : unknown;
      }
      default:
        return unknown;
    }
  }

  private selected(e: ast.SelectorExpr): Callee {
    const selection = this.info.selectionOf(e);
    if (!selection) {
      const object = this.info.useOf(e.sel);
      return object?.kind === ObjectKind.Func ? { kind: 'function', func: object } : unknown;
    }
    if (selection.object.kind !== ObjectKind.Func) return unknown;
    const method = selection.object;
    const receiver = method.signature?.recv?.type;
    // A method promoted from an embedded interface is called through that interface.
    if (receiver && isInterface(receiver)) return { kind: 'interface', method, interface: receiver };
    return { kind: 'function', func: method };
  }

  /** The function in a local variable that is assigned once, in this declaration. */
  private heldBy(variable: Variable, depth: number): Callee {
    if (variable.isParameter || variable.isField || variable.isPackageLevel) return unknown;
    this.assignments ??= assignmentsIn(this.declaration, this.info);
    const value = this.assignments.get(variable);
    return value === undefined || value === 'several' ? unknown : this.functionOf(value, depth + 1);
  }
}

function nameOf(e: ast.Expr): ast.Ident | undefined {
  if (e.kind === NodeKind.Ident) return e;
  return e.kind === NodeKind.SelectorExpr ? e.sel : undefined;
}

/** True for the f of `f[int]`, as opposed to the f of an index `f[0]`. */
function isInstance(e: ast.Expr, info: TypeInfo): boolean {
  const name = nameOf(unparen(e));
  return name !== undefined && info.instanceOf(name) !== undefined;
}

/** The one value that each variable is given in a declaration, or 'several' if there may be others. */
function assignmentsIn(declaration: ast.Decl, info: TypeInfo): Map<Obj, ast.Expr | 'several'> {
  const values = new Map<Obj, ast.Expr | 'several'>();
  const assign = (lhs: ast.Expr, value: ast.Expr | 'several'): void => {
    const e = unparen(lhs);
    const object = e.kind === NodeKind.Ident ? info.objectOf(e) : undefined;
    if (object) values.set(object, values.has(object) ? 'several' : value);
  };
  const share = (shared: ast.Expr): void => {
    const e = unparen(shared);
    const object = e.kind === NodeKind.Ident ? info.objectOf(e) : undefined;
    if (object) values.set(object, 'several');
  };
  walk(declaration, (node) => {
    switch (node.kind) {
      case NodeKind.AssignStmt: {
        const plain = (node.token === Token.ASSIGN || node.token === Token.DEFINE) && node.lhs.length === node.rhs.length;
        node.lhs.forEach((lhs, index) => assign(lhs, plain ? (node.rhs[index] ?? 'several') : 'several'));
        return;
      }
      case NodeKind.ValueSpec:
        // `var f func()` gives no value: what is assigned later is the only one.
        if (node.values.length > 0) node.names.forEach((name, index) => assign(name, node.values.length === node.names.length ? (node.values[index] ?? 'several') : 'several'));
        return;
      case NodeKind.RangeStmt:
        if (node.key) assign(node.key, 'several');
        if (node.value) assign(node.value, 'several');
        return;
      case NodeKind.UnaryExpr:
        // Whoever has the address may assign.
        if (node.op === Token.AND) share(node.x);
        return;
      default:
    }
  });
  return values;
}

export interface Implementer {
  readonly type: Named;
  /** True if only the pointer to the type implements the interface. */
  readonly byPointer: boolean;
}

/**
 * The package-level types of packages that implement an interface, in the order of packages and declarations. Generic types
 * and interfaces are left out, and so is an interface without methods, which everything implements.
 */
export function implementersOf(target: Interface, packages: Iterable<Package>): readonly Implementer[] {
  if (typeSetOf(target).methods.length === 0) return [];
  const found: Implementer[] = [];
  for (const pkg of packages) {
    for (const object of pkg.scope.objects) {
      const type = object.kind === ObjectKind.TypeName ? object.type : undefined;
      if (type?.kind !== TypeKind.Named || type.obj !== object || isGeneric(type) || isInterface(type)) continue;
      if (missingMethod(type, target, true) === undefined) found.push({ type, byPointer: false });
      else if (missingMethod(new Pointer(type), target, true) === undefined) found.push({ type, byPointer: true });
    }
  }
  return found;
}

/** The method that a call of an interface's method reaches in an implementer, declared or promoted; undefined if it has none. */
export function implementationOf(method: Func, implementer: Implementer): Func | undefined {
  const receiver = implementer.byPointer ? new Pointer(implementer.type) : implementer.type;
  const found = lookupFieldOrMethod(receiver, false, method.packagePath, method.name);
  return typeof found !== 'string' && found.object.kind === ObjectKind.Func ? found.object : undefined;
}
