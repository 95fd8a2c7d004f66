// Questions about types, after go/types' predicates.go and under.go. All of them accept unknown types.

import { TypeKind, BasicInfo, BasicKind, ChannelDirection, Interface, unknownType } from './types.ts';
import type { Alias, Basic, Chan, GoMap, Named, Signature, Struct, Tuple, Type, TypeParam } from './types.ts';
import type { Func } from './objects.ts';
import { substitutedSignature } from './subst.ts';
import { isAllTerms, termListsEqual, typeSetHasTerms, typeSetOf, unionTypeSet } from './type-set.ts';
import type { Term } from './type-set.ts';

/** How many aliases or named types a chain of declarations may go through before it counts as unknown. */
const maxChain = 1000;
/** How deep two types are compared. Only types that grow without end are deeper; they count as different. */
const maxDepth = 200;

/** The type an alias stands for; any other type as it is. Unknown while the alias is being declared. */
export function unalias(type: Type): Type {
  if (type.kind !== TypeKind.Alias) return type;
  let at: Type | undefined = type;
  for (let steps = 0; at?.kind === TypeKind.Alias; steps++) {
    if (steps > maxChain) return unknownType;
    at = (at as Alias).rhs;
  }
  return at ?? unknownType;
}

/** The underlying type (spec: "Underlying types"); of a type parameter its constraint interface. */
export function underlying(type: Type): Type {
  switch (type.kind) {
    case TypeKind.Named:
      return type.resolved ?? resolveUnderlying(type);
    case TypeKind.Alias:
      return underlying(unalias(type));
    case TypeKind.TypeParam:
      return constraintOf(type);
    default:
      return type;
  }
}

function resolveUnderlying(type: Named): Type {
  const path: Named[] = [];
  let at: Type | undefined = type;
  let known = true;
  for (;;) {
    if (at === undefined) {
      // The declaration is being read: nothing is known yet, and nothing must be remembered.
      at = unknownType;
      known = false;
    } else if (at.kind === TypeKind.Alias) {
      at = (at as Alias).rhs === undefined ? undefined : unalias(at);
      continue;
    } else if (at.kind === TypeKind.Named) {
      const named: Named = at;
      if (named.resolved) at = named.resolved;
      else if (path.includes(named) || path.length > maxChain) at = unknownType;
      else {
        path.push(named);
        at = named.expandedRhs();
        continue;
      }
    }
    break;
  }
  // A type parameter cannot be the right-hand side of a declaration.
  const result = at.kind === TypeKind.TypeParam ? unknownType : at;
  if (known) {
    for (const named of path) named.resolved ??= result;
  }
  return result;
}

const emptyConstraint = new Interface([], [], true, true);

/** The constraint of a type parameter as an interface. */
export function constraintOf(parameter: TypeParam): Interface {
  if (parameter.boundInterface) return parameter.boundInterface;
  const bound = parameter.bound;
  const under = underlying(bound);
  if (under.kind === TypeKind.Unknown || isTypeParam(bound)) return emptyConstraint;
  const made = under.kind === TypeKind.Interface ? under : new Interface([], [bound], true, true);
  parameter.boundInterface = made;
  return made;
}

/** False for the unknown type. An alias that is being declared counts as known. */
export function isKnown(type: Type): boolean {
  let at: Type | undefined = type;
  for (let steps = 0; at?.kind === TypeKind.Alias && steps < maxChain; steps++) at = (at as Alias).rhs;
  return at?.kind !== TypeKind.Unknown;
}

export function asNamed(type: Type): Named | undefined {
  const t = unalias(type);
  return t.kind === TypeKind.Named ? t : undefined;
}

export function asTypeParam(type: Type): TypeParam | undefined {
  const t = unalias(type);
  return t.kind === TypeKind.TypeParam ? t : undefined;
}

/** The map type underneath, or undefined. A type parameter is no map; ask `coreType` if it should count. */
export function asMap(type: Type): GoMap | undefined {
  const t = underlying(type);
  return t.kind === TypeKind.Map ? t : undefined;
}

export function isMap(type: Type): boolean {
  return underlying(type).kind === TypeKind.Map;
}

export function asChan(type: Type): Chan | undefined {
  const t = underlying(type);
  return t.kind === TypeKind.Chan ? t : undefined;
}

export function asSignature(type: Type): Signature | undefined {
  const t = underlying(type);
  return t.kind === TypeKind.Signature ? t : undefined;
}

export function isTypeParam(type: Type): boolean {
  return unalias(type).kind === TypeKind.TypeParam;
}

/** True for interface types, and for type parameters, whose underlying type is one. */
export function isInterface(type: Type): boolean {
  return underlying(type).kind === TypeKind.Interface;
}

export function isNonTypeParamInterface(type: Type): boolean {
  return !isTypeParam(type) && isInterface(type);
}

export function isPointer(type: Type): boolean {
  return underlying(type).kind === TypeKind.Pointer;
}

/** What a pointer points to and true, or the type itself and false. Looks through aliases, not through named types. */
export function deref(type: Type): [Type, boolean] {
  const t = unalias(type);
  return t.kind === TypeKind.Pointer ? [t.elem, true] : [type, false];
}

export function isTyped(type: Type): boolean {
  return type.kind !== TypeKind.Basic || (type.info & BasicInfo.Untyped) === 0;
}

export function isUntyped(type: Type): type is Basic {
  return type.kind === TypeKind.Basic && (type.info & BasicInfo.Untyped) !== 0;
}

export function isUntypedNil(type: Type): boolean {
  return type.kind === TypeKind.Basic && type.basic === BasicKind.UntypedNil;
}

function isUntypedNumeric(type: Type): type is Basic {
  return isUntyped(type) && (type.info & BasicInfo.Numeric) !== 0;
}

/** True if the underlying type is basic and has one of the properties. */
export function isBasic(type: Type, info: BasicInfo): boolean {
  const t = underlying(type);
  return t.kind === TypeKind.Basic && (t.info & info) !== 0;
}

/** Like `isBasic`; for a type parameter every type of its type set must have one of the properties. */
export function allBasic(type: Type, info: BasicInfo): boolean {
  const parameter = asTypeParam(type);
  return parameter ? everyTermBasic(parameter, info) : isBasic(type, info);
}

function everyTermBasic(parameter: TypeParam, info: BasicInfo): boolean {
  return everyTerm(parameter, (term) => term?.type !== undefined && isBasic(term.type, info));
}

export function isBoolean(type: Type): boolean {
  return isBasic(type, BasicInfo.Boolean);
}

export function isInteger(type: Type): boolean {
  return isBasic(type, BasicInfo.Integer);
}

export function isNumeric(type: Type): boolean {
  return isBasic(type, BasicInfo.Numeric);
}

export function isString(type: Type): boolean {
  return isBasic(type, BasicInfo.String);
}

export function isConstType(type: Type): boolean {
  return isBasic(type, BasicInfo.ConstType);
}

export function isBasicKind(type: Type, kind: BasicKind): boolean {
  const t = underlying(type);
  return t.kind === TypeKind.Basic && t.basic === kind;
}

/** True for []byte and []rune. */
export function isBytesOrRunes(type: Type): boolean {
  const t = underlying(type);
  return t.kind === TypeKind.Slice && (isBasicKind(t.elem, BasicKind.Uint8) || isBasicKind(t.elem, BasicKind.Int32));
}

/** True for predeclared and defined types and type parameters. */
export function hasName(type: Type): boolean {
  const kind = unalias(type).kind;
  return kind === TypeKind.Basic || kind === TypeKind.Named || kind === TypeKind.TypeParam;
}

export function isTypeLiteral(type: Type): boolean {
  const kind = unalias(type).kind;
  return kind !== TypeKind.Named && kind !== TypeKind.TypeParam;
}

/** True for a generic type without type arguments. */
export function isGeneric(type: Type): boolean {
  if (type.kind === TypeKind.Alias && type.typeParameters.length > 0 && type.typeArguments.length === 0) return true;
  const named = asNamed(type);
  return named !== undefined && !named.isInstance && named.declaredParameters.length > 0;
}

/** True if values of the type can be nil. */
export function hasNil(type: Type): boolean {
  const t = underlying(type);
  switch (t.kind) {
    case TypeKind.Basic:
      return t.basic === BasicKind.UnsafePointer;
    case TypeKind.Slice:
    case TypeKind.Pointer:
    case TypeKind.Signature:
    case TypeKind.Map:
    case TypeKind.Chan:
      return true;
    case TypeKind.Interface:
      return !isTypeParam(type) || everyUnderlying(type, (u) => u !== undefined && hasNil(u));
    default:
      return false;
  }
}

/** Calls `holds` for each term of the type set, or once with undefined if it has no terms; true if all calls are. */
export function everyTerm(parameter: TypeParam, holds: (term: Term | undefined) => boolean): boolean {
  const set = typeSetOf(constraintOf(parameter));
  if (!typeSetHasTerms(set)) return holds(undefined);
  return set.terms.every(holds);
}

/**
 * Calls `holds` with the underlying type of each type of a type parameter's type set, or with undefined if it has no
 * specific types; with the underlying type itself for other types. True if all calls are.
 */
export function everyUnderlying(type: Type, holds: (under: Type | undefined, type: Type | undefined) => boolean): boolean {
  const parameter = asTypeParam(type);
  return parameter ? everyTermUnderlying(parameter, holds) : holds(underlying(type), type);
}

function everyTermUnderlying(parameter: TypeParam, holds: (under: Type | undefined, type: Type | undefined) => boolean): boolean {
  const set = typeSetOf(constraintOf(parameter));
  if (!typeSetHasTerms(set)) return holds(undefined, undefined);
  return set.terms.every((term) => {
    const t = term.type ?? unknownType;
    return holds(term.tilde ? unalias(t) : underlying(t), t);
  });
}

/**
 * The one underlying type that all types of a type parameter's type set share, the underlying type of other types, or
 * undefined. Channel types may differ in direction; the restricted one is the answer.
 */
export function coreType(type: Type): Type | undefined {
  const parameter = asTypeParam(type);
  return parameter ? coreTypeOfTerms(parameter) : underlying(type);
}

function coreTypeOfTerms(parameter: TypeParam): Type | undefined {
  let core: Type | undefined;
  const found = everyTermUnderlying(parameter, (under) => {
    if (under === undefined) return false;
    if (core === undefined) {
      core = under;
      return true;
    }
    if (core.kind === TypeKind.Chan && under.kind === TypeKind.Chan) {
      if (!identical(core.elem, under.elem)) return false;
      if (core.direction === under.direction) return true;
      if (core.direction === ChannelDirection.Both) {
        core = under;
        return true;
      }
      return under.direction === ChannelDirection.Both;
    }
    return identical(core, under);
  });
  return found ? core : undefined;
}

/** True if values of the type can be compared with ==; interfaces can, even where it may panic. */
export function comparable(type: Type): boolean {
  return isComparable(type, true, []);
}

/** True if comparing two values of the type never panics. */
export function strictlyComparable(type: Type, seen: Type[] = []): boolean {
  return isComparable(type, false, seen);
}

function isComparable(type: Type, dynamic: boolean, seen: Type[]): boolean {
  const t = underlying(type);
  switch (t.kind) {
    case TypeKind.Basic:
      return t.basic !== BasicKind.UntypedNil;
    case TypeKind.Pointer:
    case TypeKind.Chan:
      return true;
    case TypeKind.Struct:
      // A type that contains itself is as comparable as the rest of it.
      if (seen.includes(type) || seen.length > maxDepth) return true;
      seen.push(type);
      return t.fields.every((field) => isComparable(field.type, dynamic, seen));
    case TypeKind.Array:
      if (seen.includes(type) || seen.length > maxDepth) return true;
      seen.push(type);
      return isComparable(t.elem, dynamic, seen);
    case TypeKind.Interface: {
      if (dynamic && !isTypeParam(type)) return true;
      const set = typeSetOf(t);
      if (isAllTerms(set.terms)) return set.comparable;
      return typeSetHasTerms(set) && set.terms.every((term) => term.type !== undefined && isComparable(term.type, false, seen));
    }
    case TypeKind.Unknown:
      return true;
    default:
      return false;
  }
}

interface InterfacePair {
  readonly x: Type;
  readonly y: Type;
  readonly previous: InterfacePair | undefined;
}

/** True if two types are identical (spec: "Type identity"). An unknown type is identical only to itself. */
export function identical(x: Type, y: Type): boolean {
  return compare(x, y, false, undefined, 0);
}

export function identicalIgnoringTags(x: Type, y: Type): boolean {
  return compare(x, y, true, undefined, 0);
}

function compare(x0: Type, y0: Type, ignoreTags: boolean, pair: InterfacePair | undefined, depth: number): boolean {
  if (x0 === y0) return true;
  const x = unalias(x0);
  const y = unalias(y0);
  if (x === y) return true;
  if (x.kind !== y.kind || depth > maxDepth) return false;
  switch (x.kind) {
    case TypeKind.Basic:
      return x.basic === (y as Basic).basic;
    case TypeKind.Named:
      return y.kind === TypeKind.Named && identicalNamed(x, y, depth);
    case TypeKind.Pointer:
    case TypeKind.Slice:
      return 'elem' in y && compare(x.elem, y.elem, ignoreTags, pair, depth + 1);
    case TypeKind.Array:
      return y.kind === TypeKind.Array && (x.length < 0 || y.length < 0 || x.length === y.length) && compare(x.elem, y.elem, ignoreTags, pair, depth + 1);
    case TypeKind.Map:
      return y.kind === TypeKind.Map && compare(x.key, y.key, ignoreTags, pair, depth + 1) && compare(x.elem, y.elem, ignoreTags, pair, depth + 1);
    case TypeKind.Chan:
      return y.kind === TypeKind.Chan && x.direction === y.direction && compare(x.elem, y.elem, ignoreTags, pair, depth + 1);
    case TypeKind.Struct:
      return y.kind === TypeKind.Struct && compareStructs(x, y, ignoreTags, pair, depth + 1);
    case TypeKind.Tuple:
      return y.kind === TypeKind.Tuple && compareTuples(x, y, ignoreTags, pair, depth + 1);
    case TypeKind.Signature:
      return y.kind === TypeKind.Signature && compareSignatures(x, y, ignoreTags, pair, depth);
    case TypeKind.Union:
      return y.kind === TypeKind.Union && termListsEqual(unionTypeSet(x).terms, unionTypeSet(y).terms);
    case TypeKind.Interface:
      return y.kind === TypeKind.Interface && compareInterfaces(x, y, ignoreTags, pair, depth);
    default:
      return false;
  }
}

function identicalNamed(x: Named, y: Named, depth: number): boolean {
  if (!sameOrigin(x, y)) return false;
  const xs = x.typeArguments;
  const ys = y.typeArguments;
  if (xs.length !== ys.length) return false;
  for (let index = 0; index < xs.length; index++) {
    if (!compare(xs[index]!, ys[index]!, false, undefined, depth + 1)) return false;
  }
  return true;
}

/**
 * True if two named types come from one declaration. The package of a declaration may have been read more than once: with
 * and without its tests.
 */
export function sameOrigin(x: Named, y: Named): boolean {
  const a = x.origin.obj;
  const b = y.origin.obj;
  if (a === b) return true;
  return a.name === b.name && a.pkg !== b.pkg && a.packagePath === b.packagePath && a.isPackageLevel && b.isPackageLevel;
}

function compareStructs(x: Struct, y: Struct, ignoreTags: boolean, pair: InterfacePair | undefined, depth: number): boolean {
  if (x.fields.length !== y.fields.length) return false;
  return x.fields.every((field, index) => {
    const other = y.fields[index]!;
    if (field.name !== other.name || field.embedded !== other.embedded || !field.isVisibleFrom(other.packagePath)) return false;
    return (ignoreTags || x.tag(index) === y.tag(index)) && compare(field.type, other.type, ignoreTags, pair, depth);
  });
}

function compareTuples(x: Tuple, y: Tuple, ignoreTags: boolean, pair: InterfacePair | undefined, depth: number): boolean {
  if (x.vars.length !== y.vars.length) return false;
  for (let index = 0; index < x.vars.length; index++) {
    if (!compare(x.vars[index]!.type, y.vars[index]!.type, ignoreTags, pair, depth)) return false;
  }
  return true;
}

function compareSignatures(x: Signature, y: Signature, ignoreTags: boolean, pair: InterfacePair | undefined, depth: number): boolean {
  if (x.variadic !== y.variadic || x.typeParameters.length !== y.typeParameters.length) return false;
  let other = y;
  if (x.typeParameters.length > 0) {
    const renamed = substitutedSignature(y, y.typeParameters, x.typeParameters);
    for (let index = 0; index < x.typeParameters.length; index++) {
      const bound = renamed.bounds[index] ?? unknownType;
      if (!compare(x.typeParameters[index]!.bound, bound, ignoreTags, pair, depth + 1)) return false;
    }
    other = renamed.signature;
  }
  return compareTuples(x.params, other.params, ignoreTags, pair, depth + 1) && compareTuples(x.results, other.results, ignoreTags, pair, depth + 1);
}

function compareInterfaces(x: Interface, y: Interface, ignoreTags: boolean, pair: InterfacePair | undefined, depth: number): boolean {
  const xs = typeSetOf(x);
  const ys = typeSetOf(y);
  if (xs.comparable !== ys.comparable || xs.methods.length !== ys.methods.length || !termListsEqual(xs.terms, ys.terms)) return false;
  for (let seen = pair; seen; seen = seen.previous) {
    // Interfaces may refer to themselves: a pair that is being compared counts as identical.
    if ((seen.x === x && seen.y === y) || (seen.x === y && seen.y === x)) return true;
  }
  const next: InterfacePair = { x, y, previous: pair };
  for (let index = 0; index < xs.methods.length; index++) {
    const f = xs.methods[index]!;
    const g = ys.methods[index]!;
    if (!sameMethodName(f, g) || !compare(f.type, g.type, ignoreTags, next, depth + 1)) return false;
  }
  return true;
}

/** True if two methods have one name; names that are not exported differ between packages. */
export function sameMethodName(f: Func, g: Func): boolean {
  return f.name === g.name && f.isVisibleFrom(g.packagePath);
}

/** The larger of two untyped types, or undefined if they do not mix. */
export function maxType(x: Type, y: Type): Type | undefined {
  if (x === y) return x;
  if (isUntypedNumeric(x) && isUntypedNumeric(y)) return x.basic > y.basic ? x : y;
  return undefined;
}

const deepestPointerSearch = 20;

/** True if values of the type hold pointers that the garbage collector follows; true in doubt. */
export function holdsPointers(type: Type, depth = 0): boolean {
  if (depth > deepestPointerSearch) return true;
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Basic:
      return (under.info & (BasicInfo.Boolean | BasicInfo.Numeric)) === 0;
    case TypeKind.Array:
      return holdsPointers(under.elem, depth + 1);
    case TypeKind.Struct:
      return under.fields.some((field) => holdsPointers(field.type, depth + 1));
    default:
      return true;
  }
}
