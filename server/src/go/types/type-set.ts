// Type sets of interfaces (spec: "Interface types"), after go/types' typeset.go, termlist.go and typeterm.go.

import { TypeKind } from './types.ts';
import type { Interface, Type, Union } from './types.ts';
import { isExported } from './objects.ts';
import type { Func } from './objects.ts';
import { identical, strictlyComparable, underlying } from './predicates.ts';

/** `T` or `~T`; without a type it stands for all types. */
export interface Term {
  readonly tilde: boolean;
  readonly type: Type | undefined;
}

/** The union of its terms; an empty list is the empty set. */
export type TermList = readonly Term[];

export interface TypeSet {
  /** All methods, also of embedded interfaces, sorted by `methodOrder`. */
  readonly methods: readonly Func[];
  readonly terms: TermList;
  /** True if the set is restricted to comparable types. Then `terms` are all types. */
  readonly comparable: boolean;
}

const allTerms: TermList = [{ tilde: false, type: undefined }];
export const topTypeSet: TypeSet = { methods: [], terms: allTerms, comparable: false };
export const comparableTypeSet: TypeSet = { methods: [], terms: allTerms, comparable: true };

/** The compiler refuses longer unions. */
const maxTerms = 100;

/** True if the set has specific types. */
export function typeSetHasTerms(set: TypeSet): boolean {
  return set.terms.length > 0 && !isAllTerms(set.terms);
}

/** True for an ordinary interface: one that only has methods. */
export function isMethodSet(set: TypeSet): boolean {
  return !set.comparable && isAllTerms(set.terms);
}

/** True if every type is in the set. */
export function isTop(set: TypeSet): boolean {
  return isMethodSet(set) && set.methods.length === 0;
}

export function isAllTerms(terms: TermList): boolean {
  return terms === allTerms || terms.some((term) => term.type === undefined);
}

/** The order of methods in a type set: exported ones first, then by name, then by package (as go/types has them). */
export function methodOrder(a: Func, b: Func): number {
  if (a === b) return 0;
  const exported = isExported(a.name);
  if (exported !== isExported(b.name)) return exported ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  if (exported) return 0;
  const p = a.packagePath ?? '';
  const q = b.packagePath ?? '';
  return p === q ? 0 : p < q ? -1 : 1;
}

/** The type set of an interface. While the interface is being declared it is taken for the set of all types. */
export function typeSetOf(type: Interface): TypeSet {
  if (type.typeSet) return type.typeSet;
  if (!type.complete) return topTypeSet;
  // An interface that embeds itself is invalid; it ends here.
  type.typeSet = topTypeSet;
  type.typeSet = computeTypeSet(type);
  return type.typeSet;
}

function computeTypeSet(type: Interface): TypeSet {
  if (type.embeddeds.length === 0) {
    return type.methods.length === 0 ? topTypeSet : { methods: type.methods, terms: allTerms, comparable: false };
  }
  const methods = [...type.methods];
  const names = new Map<string, Func[]>();
  for (const method of methods) addName(names, method);
  let terms: TermList = allTerms;
  let comparable = false;
  for (const embedded of type.embeddeds) {
    const under = underlying(embedded);
    if (under.kind === TypeKind.Unknown) continue;
    const set = under.kind === TypeKind.Interface ? typeSetOf(under) : undefined;
    for (const method of set?.methods ?? []) {
      if (addName(names, method)) methods.push(method);
    }
    const ofEmbedded = set ? set.terms : under.kind === TypeKind.Union ? unionTypeSet(under).terms : [{ tilde: false, type: embedded }];
    [terms, comparable] = intersection(terms, comparable, ofEmbedded, set?.comparable ?? false);
  }
  return { methods: methods.sort(methodOrder), terms, comparable };
}

/** Adds a method; false if there is one of that name already. */
function addName(names: Map<string, Func[]>, method: Func): boolean {
  const same = names.get(method.name);
  if (!same) {
    names.set(method.name, [method]);
    return true;
  }
  if (same.some((other) => other.isVisibleFrom(method.packagePath))) return false;
  same.push(method);
  return true;
}

function intersection(x: TermList, xComparable: boolean, y: TermList, yComparable: boolean): [TermList, boolean] {
  let terms = intersectTerms(x, y);
  let comparable = xComparable || yComparable;
  if (comparable && !isAllTerms(terms)) {
    terms = terms.filter((term) => term.type !== undefined && strictlyComparable(term.type));
    comparable = false;
  }
  return [terms, comparable];
}

/** The type set of a union. */
export function unionTypeSet(union: Union): TypeSet {
  if (union.typeSet) return union.typeSet;
  union.typeSet = { methods: [], terms: [], comparable: false };
  let terms: TermList = [];
  for (const term of union.terms) {
    const under = underlying(term.type);
    if (under.kind === TypeKind.Unknown) continue;
    if (under.kind === TypeKind.Interface) {
      terms = uniteTerms(terms, typeSetOf(under).terms);
      continue;
    }
    // ~T of a T that is not its own underlying type is an error; nothing is in it.
    if (term.tilde && !identical(term.type, under)) continue;
    terms = uniteTerms(terms, [term]);
    if (terms.length > maxTerms) {
      terms = allTerms;
      break;
    }
  }
  union.typeSet = { methods: [], terms, comparable: false };
  return union.typeSet;
}

/** The method of that name as seen from a package, or undefined. */
export function typeSetMethod(set: TypeSet, name: string, packagePath: string | undefined): Func | undefined {
  if (name === '_') return undefined;
  for (const method of set.methods) {
    if (method.name === name && method.isVisibleFrom(packagePath)) return method;
  }
  return undefined;
}

export function termListsEqual(x: TermList, y: TermList): boolean {
  return x === y || (isSubset(x, y) && isSubset(y, x));
}

/** True if every type of x is in y. */
export function isSubset(x: TermList, y: TermList): boolean {
  if (y.length === 0) return x.length === 0;
  return x.every((term) => y.some((other) => termIsSubset(term, other)));
}

/** True if a type is in the term's set. */
export function termIncludes(term: Term, type: Type): boolean {
  if (term.type === undefined) return true;
  return identical(term.type, term.tilde ? underlying(type) : type);
}

function uniteTerms(x: TermList, y: TermList): TermList {
  return normalised([...x, ...y]);
}

function intersectTerms(x: TermList, y: TermList): TermList {
  if (isAllTerms(x)) return y;
  if (isAllTerms(y)) return x;
  const both: Term[] = [];
  for (const a of x) {
    for (const b of y) {
      const term = intersectTerm(a, b);
      if (term) both.push(term);
    }
  }
  return normalised(both);
}

/** The same set without terms that others contain. */
function normalised(terms: readonly Term[]): TermList {
  const used = new Set<number>();
  const result: Term[] = [];
  for (let i = 0; i < terms.length; i++) {
    if (used.has(i)) continue;
    let term = terms[i]!;
    if (term.type === undefined) return allTerms;
    for (let j = i + 1; j < terms.length; j++) {
      const other = terms[j]!;
      if (used.has(j)) continue;
      if (other.type === undefined) return allTerms;
      if (disjoint(term, other)) continue;
      if (!term.tilde && other.tilde) term = other;
      used.add(j);
    }
    result.push(term);
  }
  return result;
}

function intersectTerm(x: Term, y: Term): Term | undefined {
  if (x.type === undefined) return y;
  if (y.type === undefined) return x;
  if (disjoint(x, y)) return undefined;
  return !x.tilde || y.tilde ? x : y;
}

function termIsSubset(x: Term, y: Term): boolean {
  if (y.type === undefined) return true;
  if (x.type === undefined) return false;
  return !disjoint(x, y) && (!x.tilde || y.tilde);
}

function disjoint(x: Term, y: Term): boolean {
  if (x.type === undefined || y.type === undefined) return false;
  return !identical(y.tilde ? underlying(x.type) : x.type, x.tilde ? underlying(y.type) : y.type);
}
