// Fields and methods, and who implements what, after go/types' lookup.go and instantiate.go.

import { TypeKind } from './types.ts';
import type { Interface, Named, Struct, Type } from './types.ts';
import { ObjectKind } from './objects.ts';
import type { Func, Variable } from './objects.ts';
import { asNamed, comparable, deref, hasNil, identical, isInterface, isKnown, strictlyComparable, unalias, underlying } from './predicates.ts';
import { isSubset, isTop, isAllTerms, termIncludes, typeSetHasTerms, typeSetMethod, typeSetOf } from './type-set.ts';

/** How deep fields may be embedded in each other. Only generic types that grow without end go deeper. */
const maxEmbedding = 50;
/** How many types are looked into for one name. Only generic types that multiply without end are more. */
const maxEmbedded = 2000;

export interface Lookup {
  readonly object: Variable | Func;
  /** Field indices to the object; for a method the last is its index among the methods of its type. */
  readonly index: readonly number[];
  /** True if a pointer is followed on the way to the object, counting the type itself. */
  readonly indirect: boolean;
}

/** Why nothing was found. */
export type LookupFailure = 'missing' | 'ambiguous' | 'needs-pointer';

/**
 * The field or method that `x.name` means for an x of the type (spec: "Selectors").
 * @param addressable true if x is a variable, so that methods with pointer receivers can be called
 * @param packagePath the package that asks: names that are not exported differ between packages
 */
export function lookupFieldOrMethod(type: Type, addressable: boolean, packagePath: string | undefined, name: string): Lookup | LookupFailure {
  const named = asNamed(type);
  const under = named ? underlying(named) : undefined;
  if (under?.kind === TypeKind.Pointer) {
    // A defined pointer type has the fields of what it points to, but no methods.
    const found = search(under, false, packagePath, name);
    return typeof found !== 'string' && found.object.kind === ObjectKind.Func ? 'missing' : found;
  }
  return search(type, addressable, packagePath, name);
}

interface Embedded {
  readonly type: Type;
  readonly index: readonly number[];
  readonly indirect: boolean;
  /** True if the type occurs more than once at this depth: what it has is ambiguous. */
  multiple: boolean;
}

const noIndex: readonly number[] = [];

function search(type: Type, addressable: boolean, packagePath: string | undefined, name: string): Lookup | LookupFailure {
  if (name === '_') return 'missing';
  const [base, isPointer] = deref(type);
  if (isPointer && isInterface(base)) return 'missing';
  const direct = declaredIn(base, isPointer, packagePath, name);
  if (direct) return callable(direct, addressable);
  const under = underlying(base);
  return under.kind === TypeKind.Struct && under.fields.some(isEmbedded) ? searchEmbedded(base, isPointer, addressable, packagePath, name) : 'missing';
}

function isEmbedded({ embedded }: Variable): boolean {
  return embedded;
}

function searchEmbedded(base: Type, isPointer: boolean, addressable: boolean, packagePath: string | undefined, name: string): Lookup | LookupFailure {
  let current: Embedded[] = [{ type: base, index: noIndex, indirect: isPointer, multiple: false }];
  const seen = new Set<Named>();
  for (let depth = 0; current.length > 0 && depth < maxEmbedding && seen.size < maxEmbedded; depth++) {
    const next: Embedded[] = [];
    let found: Lookup | undefined;
    for (const embedded of current) {
      const here = lookupHere(embedded, seen, packagePath, name, found === undefined ? next : undefined);
      if (!here) continue;
      if (found || embedded.multiple) return 'ambiguous';
      found = here;
    }
    if (found) return callable(found, addressable);
    current = consolidated(next);
  }
  return 'missing';
}

function callable(found: Lookup, addressable: boolean): Lookup | LookupFailure {
  const { object } = found;
  return object.kind === ObjectKind.Func && object.pointerReceiver && !found.indirect && !addressable ? 'needs-pointer' : found;
}

/** Field indices of one step, shared: nearly all selectors select what the type itself declares. */
const steps: readonly (readonly number[])[] = Array.from({ length: 32 }, (_, index) => [index]);

function step(index: number): readonly number[] {
  return steps[index] ?? [index];
}

/** The field or method that a type declares itself. Nothing embedded can be in its way. */
function declaredIn(type: Type, indirect: boolean, packagePath: string | undefined, name: string): Lookup | undefined {
  const named = asNamed(type);
  if (named) {
    const methods = named.origin.declaredMethods;
    for (let index = 0; index < methods.length; index++) {
      const method = methods[index]!;
      if (method.name !== name || !method.isVisibleFrom(packagePath)) continue;
      return { object: named.isInstance ? (named.method(name) ?? method) : method, index: step(index), indirect };
    }
  }
  const under = underlying(type);
  if (under.kind === TypeKind.Struct) {
    const at = under.fieldIndex(name, packagePath);
    return at >= 0 ? { object: under.fields[at]!, index: step(at), indirect } : undefined;
  }
  if (under.kind !== TypeKind.Interface) return undefined;
  const set = typeSetOf(under);
  const method = typeSetMethod(set, name, packagePath);
  return method && { object: method, index: step(set.methods.indexOf(method)), indirect };
}

/** The field or method of one type, without those of embedded fields; these go to `next`. */
function lookupHere(embedded: Embedded, seen: Set<Named>, packagePath: string | undefined, name: string, next: Embedded[] | undefined): Lookup | undefined {
  const named = asNamed(embedded.type);
  if (named) {
    // Seen at a shallower depth: anything found here is shadowed.
    if (seen.has(named)) return undefined;
    if (named.isInstance) {
      for (const other of seen) {
        if (other.origin === named.origin && identical(other, named)) return undefined;
      }
    }
    seen.add(named);
  }
  const own = declaredIn(embedded.type, embedded.indirect, packagePath, name);
  if (own) return { ...own, index: [...embedded.index, ...own.index] };
  const under = underlying(embedded.type);
  if (next && under.kind === TypeKind.Struct) addEmbedded(under, embedded, next);
  return undefined;
}

function addEmbedded(struct: Struct, embedded: Embedded, next: Embedded[]): void {
  for (let index = 0; index < struct.fields.length; index++) {
    const field = struct.fields[index]!;
    if (!field.embedded) continue;
    const [type, isPointer] = deref(field.type);
    next.push({ type, index: [...embedded.index, index], indirect: embedded.indirect || isPointer, multiple: embedded.multiple });
  }
}

function consolidated(list: Embedded[]): Embedded[] {
  if (list.length <= 1) return list;
  const unique: Embedded[] = [];
  const byDeclaration = new Map<Type | undefined, Embedded[]>();
  for (const embedded of list) {
    const key = asNamed(embedded.type)?.origin;
    let alike = byDeclaration.get(key);
    if (!alike) byDeclaration.set(key, (alike = []));
    const same = alike.find((other) => identical(other.type, embedded.type));
    if (same) {
      same.multiple = true;
      continue;
    }
    alike.push(embedded);
    unique.push(embedded);
  }
  return unique;
}

/** A method of a method set, with the way to it. */
export interface MethodSetEntry {
  readonly method: Func;
  readonly index: readonly number[];
  readonly indirect: boolean;
}

/** The method set of a type (spec: "Method sets"): declared and promoted methods that a value of the type has. */
export function methodSet(type: Type): readonly MethodSetEntry[] {
  const names = new Map<string, Func>();
  collectMethodNames(type, names, new Set(), 0);
  const set: MethodSetEntry[] = [];
  for (const [name, method] of names) {
    const found = lookupFieldOrMethod(type, false, method.packagePath, name);
    if (typeof found === 'string' || found.object.kind !== ObjectKind.Func) continue;
    set.push({ method: found.object, index: found.index, indirect: found.indirect });
  }
  return set.sort((a, b) => (a.method.name < b.method.name ? -1 : a.method.name > b.method.name ? 1 : 0));
}

function collectMethodNames(type: Type, names: Map<string, Func>, seen: Set<Type>, depth: number): void {
  const [base] = deref(type);
  if (seen.has(base) || depth > maxEmbedding || seen.size > maxEmbedded) return;
  seen.add(base);
  for (const method of asNamed(base)?.methods ?? []) {
    if (!names.has(method.name)) names.set(method.name, method);
  }
  const under = underlying(base);
  if (under.kind === TypeKind.Interface) {
    for (const method of typeSetOf(under).methods) {
      if (!names.has(method.name)) names.set(method.name, method);
    }
  }
  if (under.kind !== TypeKind.Struct) return;
  for (const field of under.fields) {
    if (field.embedded) collectMethodNames(field.type, names, seen, depth + 1);
  }
}

/**
 * The first method of an interface that a type lacks or has with another signature, or undefined.
 * @param whole false if a type that is an interface may lack methods, as in a type assertion
 * @param equivalent decides whether two signatures match
 */
export function missingMethod(type: Type, target: Interface, whole: boolean, equivalent: (x: Type, y: Type) => boolean = identical): Func | undefined {
  const methods = typeSetOf(target).methods;
  if (methods.length === 0) return undefined;
  const under = underlying(type);
  if (under.kind === TypeKind.Interface) {
    const set = typeSetOf(under);
    return methods.find((method) => {
      const found = typeSetMethod(set, method.name, method.packagePath);
      return found ? !equivalent(found.type, method.type) : whole;
    });
  }
  return methods.find((method) => {
    const found = search(type, false, method.packagePath, method.name);
    return typeof found === 'string' || found.object.kind !== ObjectKind.Func || !equivalent(found.object.type, method.type);
  });
}

/** True if the type has all methods of the interface, or nobody can tell because something in it is unknown. */
export function hasAllMethods(type: Type, target: Interface, whole: boolean, equivalent: (x: Type, y: Type) => boolean = identical): boolean {
  if (!isKnown(type)) return true;
  return missingMethod(type, target, whole, equivalent) === undefined || embedsUnknown(type, []);
}

/** True if a struct embeds something unknown, which may have any method. */
export function embedsUnknown(type: Type, seen: Type[]): boolean {
  const under = underlying(deref(underlying(type))[0]);
  if (under.kind !== TypeKind.Struct || seen.includes(under) || seen.length > maxEmbedding) return false;
  seen.push(under);
  return under.fields.some((field) => field.embedded && (!isKnown(field.type) || embedsUnknown(field.type, seen)));
}

/** True if the type implements the interface type (spec: "Implementing an interface"). True if either is unknown. */
export function implementsInterface(type: Type, target: Type): boolean {
  return satisfies(type, target, false);
}

/** True if the type implements the interface, or with `asConstraint` satisfies it as a constraint. */
export function satisfies(type: Type, target: Type, asConstraint: boolean): boolean {
  const under = underlying(type);
  const targetUnder = underlying(target);
  if (under.kind === TypeKind.Unknown || targetUnder.kind === TypeKind.Unknown) return true;
  if (under.kind === TypeKind.Pointer && underlying(under.elem).kind === TypeKind.Unknown) return true;
  if (targetUnder.kind !== TypeKind.Interface) return false;
  const targetSet = typeSetOf(targetUnder);
  if (isTop(targetSet)) return true;
  const set = under.kind === TypeKind.Interface ? typeSetOf(under) : undefined;
  if (set && set.terms.length === 0) return true;
  if (targetSet.terms.length === 0) return false;
  if (!hasAllMethods(type, targetUnder, true)) return false;
  const isRestricted = targetSet.comparable || (!isAllTerms(targetSet.terms) && targetSet.terms.every((term) => term.type !== undefined && strictlyComparable(term.type)));
  const comparableEnough = !isRestricted || strictlyComparable(type) || (asConstraint && comparable(type));
  if (!comparableEnough) return false;
  if (!typeSetHasTerms(targetSet)) return true;
  if (set) return isSubset(set.terms, targetSet.terms);
  return targetSet.terms.some((term) => termIncludes(term, type));
}

/**
 * True if a value of a typed operand's type can be assigned to a variable of another type (spec: "Assignability"). True
 * if either is unknown. For untyped constants ask the checker: their value matters.
 */
export function assignableTo(from: Type, to: Type): boolean {
  const v = unalias(from);
  const t = unalias(to);
  if (v.kind === TypeKind.Unknown || t.kind === TypeKind.Unknown || identical(v, t)) return true;
  const vu = underlying(v);
  const tu = underlying(t);
  const vNamed = v.kind === TypeKind.Named || v.kind === TypeKind.Basic || v.kind === TypeKind.TypeParam;
  const tNamed = t.kind === TypeKind.Named || t.kind === TypeKind.Basic || t.kind === TypeKind.TypeParam;
  if (vu.kind === TypeKind.Basic && vu.name === 'untyped nil') return hasNil(t);
  const noParameters = v.kind !== TypeKind.TypeParam && t.kind !== TypeKind.TypeParam;
  if (noParameters && (!vNamed || !tNamed) && identical(vu, tu)) return true;
  if (tu.kind === TypeKind.Interface && t.kind !== TypeKind.TypeParam) return implementsInterface(v, t);
  if (vu.kind === TypeKind.Chan && vu.direction === 0 && tu.kind === TypeKind.Chan && identical(vu.elem, tu.elem)) return !vNamed || !tNamed;
  if (t.kind === TypeKind.TypeParam && !vNamed) return everySpecificType(t, (type) => assignableTo(v, type));
  if (v.kind === TypeKind.TypeParam && !tNamed) return everySpecificType(v, (type) => assignableTo(type, t));
  return false;
}

function everySpecificType(parameter: Type, holds: (type: Type) => boolean): boolean {
  const under = underlying(parameter);
  if (under.kind !== TypeKind.Interface) return false;
  const set = typeSetOf(under);
  return typeSetHasTerms(set) && set.terms.every((term) => term.type !== undefined && holds(term.type));
}
