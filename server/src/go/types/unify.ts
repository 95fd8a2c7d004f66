// Unification of types, after go/types' unify.go (spec: "Type unification").

import { lookupFieldOrMethod } from './lookup.ts';
import { ObjectKind } from './objects.ts';
import type { Func } from './objects.ts';
import { asNamed, asTypeParam, coreType, identical, isInterface, isTypeLiteral, isTypeParam, sameMethodName, sameOrigin, unalias, underlying } from './predicates.ts';
import { termListsEqual, typeSetOf } from './type-set.ts';
import { ChannelDirection, TypeKind } from './types.ts';
import type { Interface, Signature, Struct, Tuple, Type, TypeParam } from './types.ts';

/** Combined with `|`. */
export const enum UnifyMode {
  /** The types must match as for an assignment: channel directions and named types may differ at the outermost level. */
  Assign = 1,
  /** The types must be identical. */
  Exact = 2,
}

/** As in go/types. Deeper types count as not matching. */
const maxDepth = 50;

/** The type found for a type parameter, shared by parameters that were found to be the same. */
interface Handle {
  type: Type | undefined;
}

interface InterfacePair {
  readonly x: Interface;
  readonly y: Interface;
  readonly previous: InterfacePair | undefined;
}

export class Unifier {
  private readonly handles = new Map<TypeParam, Handle>();
  private depth = 0;

  /** @param interfaces true to let methods of interfaces tell types (Go 1.21) */
  constructor(typeParams: readonly TypeParam[], known: readonly (Type | undefined)[], private readonly interfaces: boolean) {
    typeParams.forEach((parameter, index) => this.handles.set(parameter, { type: known[index] }));
  }

  unify(x: Type, y: Type, mode: number): boolean {
    return this.match(x, y, mode, undefined);
  }

  /** The type found for a type parameter so far. */
  at(parameter: TypeParam): Type | undefined {
    return this.handles.get(parameter)?.type;
  }

  set(parameter: TypeParam, type: Type): void {
    const handle = this.handles.get(parameter);
    if (handle) handle.type = type;
  }

  unknowns(): number {
    let count = 0;
    for (const handle of this.handles.values()) {
      if (!handle.type) count++;
    }
    return count;
  }

  private bound(type: Type): TypeParam | undefined {
    const parameter = asTypeParam(type);
    return parameter && this.handles.has(parameter) ? parameter : undefined;
  }

  /** Makes two parameters share what is found; false if both have a type already. */
  private join(x: TypeParam, y: TypeParam): boolean {
    const hx = this.handles.get(x);
    const hy = this.handles.get(y);
    if (hx === hy || !hx || !hy) return true;
    if (hx.type && hy.type) return false;
    const [from, to] = hx.type ? [hy, hx] : [hx, hy];
    for (const [parameter, handle] of this.handles) {
      if (handle === from) this.handles.set(parameter, to);
    }
    return true;
  }

  private match(x: Type, y: Type, mode: number, pair: InterfacePair | undefined): boolean {
    if (x === y || unalias(x) === unalias(y)) return true;
    if (this.depth >= maxDepth) return false;
    this.depth++;
    const result = this.matchDifferent(x, y, mode, pair);
    this.depth--;
    return result;
  }

  private matchDifferent(x0: Type, y0: Type, mode: number, pair: InterfacePair | undefined): boolean {
    let x = x0;
    let y = y0;
    // A named type, or else a type parameter to be found, goes to the right and to the left.
    if (asNamed(x) || this.bound(y)) [x, y] = [y, x];
    const named = asNamed(y);
    if ((mode & UnifyMode.Exact) === 0 && named && isTypeLiteral(x) && !(this.interfaces && isInterface(x))) {
      y = underlying(named);
      if (x === y || unalias(x) === unalias(y)) return true;
    }
    const px = this.bound(x);
    const py = this.bound(y);
    if (px && py) {
      if (this.join(px, py)) return true;
      const tx = this.at(px);
      const ty = this.at(py);
      return tx !== undefined && ty !== undefined && this.match(tx, ty, mode, pair);
    }
    if (px) return this.matchParameter(px, y, mode, pair);
    if (this.interfaces && (mode & UnifyMode.Exact) === 0) {
      const decided = this.matchInterfaces(x, y, pair);
      if (decided !== undefined) return decided;
    }
    if (isTypeParam(y)) [x, y] = [y, x];
    return this.matchStructure(x, y, mode, pair);
  }

  private matchParameter(parameter: TypeParam, y: Type, mode: number, pair: InterfacePair | undefined): boolean {
    const x = this.at(parameter);
    if (!x) {
      this.set(parameter, y);
      return true;
    }
    if (!this.match(x, y, mode, pair)) return false;
    const xi = asInterface(x);
    const yi = asInterface(y);
    const xNamed = asNamed(x) !== undefined;
    const yNamed = asNamed(y) !== undefined;
    if (xi && yi) {
      if (xNamed && yNamed) return identical(x, y);
      if (typeSetOf(xi).methods.length !== typeSetOf(yi).methods.length) return false;
    } else if (xi || yi) {
      return false;
    }
    if ((mode & UnifyMode.Exact) !== 0 || xNamed) return true;
    if (yNamed) {
      this.set(parameter, y);
      return true;
    }
    const under = underlying(y);
    // A channel with a direction is what both can be assigned to.
    if (under.kind === TypeKind.Chan && under.direction !== ChannelDirection.Both) this.set(parameter, y);
    return true;
  }

  /** Matches types of which at least one is an interface by their methods; undefined if none is. */
  private matchInterfaces(x: Type, y: Type, pair: InterfacePair | undefined): boolean | undefined {
    const xi = asInterface(x);
    const yi = asInterface(y);
    if (xi && yi) {
      const xs = typeSetOf(xi);
      const ys = typeSetOf(yi);
      if (xs.comparable !== ys.comparable || !termListsEqual(xs.terms, ys.terms)) return false;
      if (isCompared(pair, xi, yi)) return true;
      const [few, many] = xs.methods.length > ys.methods.length ? [ys.methods, xs.methods] : [xs.methods, ys.methods];
      return few.every((method) => {
        const other = many.find((each) => sameMethodName(method, each));
        return other !== undefined && this.match(method.type, other.type, UnifyMode.Exact, { x: xi, y: yi, previous: pair });
      });
    }
    const only = xi ?? yi;
    if (!only) return undefined;
    const type = xi ? y : x;
    return typeSetOf(only).methods.every((method) => {
      const found = lookupFieldOrMethod(type, false, method.packagePath, method.name);
      return typeof found !== 'string' && found.object.kind === ObjectKind.Func && this.match(method.type, found.object.type, UnifyMode.Exact, pair);
    });
  }

  private matchStructure(x0: Type, y0: Type, mode: number, pair: InterfacePair | undefined): boolean {
    // Only at the outermost level may types differ as in an assignment.
    const inner = (mode & UnifyMode.Assign) !== 0 ? mode | UnifyMode.Exact : mode;
    const x = unalias(x0);
    const y = unalias(y0);
    if (x.kind === TypeKind.TypeParam) {
      const core = coreType(x);
      return core !== undefined && this.match(core, y0, UnifyMode.Assign, pair);
    }
    if (x.kind !== y.kind) return false;
    switch (x.kind) {
      case TypeKind.Basic:
        return y.kind === TypeKind.Basic && x.basic === y.basic;
      case TypeKind.Array:
        return y.kind === TypeKind.Array && (x.length < 0 || y.length < 0 || x.length === y.length) && this.match(x.elem, y.elem, inner, pair);
      case TypeKind.Slice:
      case TypeKind.Pointer:
        return 'elem' in y && this.match(x.elem, y.elem, inner, pair);
      case TypeKind.Map:
        return y.kind === TypeKind.Map && this.match(x.key, y.key, inner, pair) && this.match(x.elem, y.elem, inner, pair);
      case TypeKind.Chan:
        return y.kind === TypeKind.Chan && ((mode & UnifyMode.Exact) === 0 || x.direction === y.direction) && this.match(x.elem, y.elem, inner, pair);
      case TypeKind.Struct:
        return y.kind === TypeKind.Struct && this.matchStructs(x, y, inner, pair);
      case TypeKind.Tuple:
        return y.kind === TypeKind.Tuple && this.matchTuples(x, y, mode, pair);
      case TypeKind.Signature:
        return y.kind === TypeKind.Signature && this.matchSignatures(x, y, inner, pair);
      case TypeKind.Interface:
        return y.kind === TypeKind.Interface && this.matchExactInterfaces(x, y, pair);
      case TypeKind.Named:
        if (y.kind !== TypeKind.Named || x.typeArguments.length !== y.typeArguments.length) return false;
        return x.typeArguments.every((argument, index) => this.match(argument, y.typeArguments[index]!, mode, pair)) && sameOrigin(x, y);
      default:
        return false;
    }
  }

  private matchStructs(x: Struct, y: Struct, mode: number, pair: InterfacePair | undefined): boolean {
    if (x.fields.length !== y.fields.length) return false;
    return x.fields.every((field, index) => {
      const other = y.fields[index]!;
      if (field.embedded !== other.embedded || field.name !== other.name || x.tag(index) !== y.tag(index)) return false;
      return field.isVisibleFrom(other.packagePath) && this.match(field.type, other.type, mode, pair);
    });
  }

  private matchTuples(x: Tuple, y: Tuple, mode: number, pair: InterfacePair | undefined): boolean {
    return x.vars.length === y.vars.length && x.vars.every((variable, index) => this.match(variable.type, y.vars[index]!.type, mode, pair));
  }

  private matchSignatures(x: Signature, y: Signature, mode: number, pair: InterfacePair | undefined): boolean {
    return x.variadic === y.variadic && this.matchTuples(x.params, y.params, mode, pair) && this.matchTuples(x.results, y.results, mode, pair);
  }

  private matchExactInterfaces(x: Interface, y: Interface, pair: InterfacePair | undefined): boolean {
    const xs = typeSetOf(x);
    const ys = typeSetOf(y);
    if (xs.comparable !== ys.comparable || xs.methods.length !== ys.methods.length || !termListsEqual(xs.terms, ys.terms)) return false;
    if (isCompared(pair, x, y)) return true;
    const next: InterfacePair = { x, y, previous: pair };
    return xs.methods.every((method: Func, index) => {
      const other = ys.methods[index]!;
      return sameMethodName(method, other) && this.match(method.type, other.type, UnifyMode.Exact, next);
    });
  }
}

function isCompared(pair: InterfacePair | undefined, x: Interface, y: Interface): boolean {
  for (let at = pair; at; at = at.previous) {
    if ((at.x === x && at.y === y) || (at.x === y && at.y === x)) return true;
  }
  return false;
}

function asInterface(type: Type): Interface | undefined {
  if (isTypeParam(type)) return undefined;
  const under = underlying(type);
  return under.kind === TypeKind.Interface ? under : undefined;
}
