// Replacing type parameters by types, and instances of generic types, after go/types' subst.go, instantiate.go and
// context.go. Instances are expanded when somebody looks inside; the same instance is made once per context.

import { Alias, GoArray, GoMap, Chan, Interface, Named, Pointer, Signature, Slice, Struct, Tuple, TypeKind, TypeParam, Union, unknownType } from './types.ts';
import type { NamedResolver, Type, UnionTerm } from './types.ts';
import type { Func, Variable } from './objects.ts';
import { TypeName } from './objects.ts';
import { deref, identical } from './predicates.ts';
import { typeKey } from './type-string.ts';

export type Substitution = ReadonlyMap<TypeParam, Type>;

/** How deep a type may be nested for substitution to go on; only types that grow without end are deeper. */
const maxDepth = 100;

interface InstanceEntry {
  readonly origin: Named;
  readonly typeArguments: readonly Type[];
  readonly instance: Named;
}

/** Makes instances of generic types, each once. */
export class InstanceContext implements NamedResolver {
  private readonly instances = new Map<string, InstanceEntry[]>();
  private readonly ids = new Map<Type, number>();

  /** A number for a type that is the same for the same type object only. */
  idOf(type: Type): number {
    let id = this.ids.get(type);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(type, id);
    }
    return id;
  }

  /** The generic type with its type arguments; unknown if the arguments are nested absurdly deep. */
  instanceOf(origin: Named, typeArguments: readonly Type[]): Named | typeof unknownType {
    const key = typeKey(this, origin, typeArguments);
    if (key === undefined) return unknownType;
    let entries = this.instances.get(key);
    if (!entries) this.instances.set(key, (entries = []));
    for (const entry of entries) {
      if (entry.origin === origin && sameTypes(entry.typeArguments, typeArguments)) return entry.instance;
    }
    const instance = new Named(origin.obj, origin, typeArguments, this);
    entries.push({ origin, typeArguments, instance });
    return instance;
  }

  expandInstance(type: Named): Type | undefined {
    const origin = type.origin;
    if (origin.rhs === undefined) {
      // The declaration may not have been read yet.
      void origin.obj.type;
      if (origin.rhs === undefined) return undefined;
    }
    const parameters = origin.declaredParameters;
    if (parameters.length !== type.typeArguments.length) return unknownType;
    const rhs = substitute(this, origin.rhs, substitutionOf(parameters, type.typeArguments));
    if (rhs.kind !== TypeKind.Interface || !rhs.complete) return rhs;
    const methods = withReceiver(rhs.methods, origin, type);
    return methods === rhs.methods ? rhs : new Interface(methods, rhs.embeddeds, false, true);
  }

  expandMethod(instance: Named, method: Func): Func {
    const signature = method.signature;
    if (!signature) return method;
    const receiver = signature.recv;
    if (!receiver || deref(receiver.type)[0] === instance) return method;
    const parameters = signature.recvTypeParameters;
    const made =
      parameters.length === instance.typeArguments.length
        ? substituteSignature(this, signature, substitutionOf(parameters, instance.typeArguments)).clone()
        : signature.clone();
    made.recv = receiver.withType(method.pointerReceiver ? new Pointer(instance) : instance);
    return method.withType(made);
  }
}

function sameTypes(x: readonly Type[], y: readonly Type[]): boolean {
  return x.length === y.length && x.every((type, index) => identical(type, y[index]!));
}

/** Methods whose receiver is one type, with another as receiver; the same list if there is none. */
function withReceiver(methods: readonly Func[], from: Type, to: Type): readonly Func[] {
  if (!methods.some((method) => method.signature?.recv?.type === from)) return methods;
  return methods.map((method) => {
    const signature = method.signature;
    if (!signature?.recv || signature.recv.type !== from) return method;
    const copy = signature.clone();
    copy.recv = signature.recv.withType(to);
    return method.withType(copy);
  });
}

export function substitutionOf(parameters: readonly TypeParam[], types: readonly (Type | undefined)[]): Substitution {
  const map = new Map<TypeParam, Type>();
  for (let index = 0; index < parameters.length; index++) {
    const type = types[index];
    if (type) map.set(parameters[index]!, type);
  }
  return map;
}

/** The type with type parameters replaced; the same object if none occurs in it. */
export function substitute(context: InstanceContext, type: Type, map: Substitution): Type {
  return map.size === 0 ? type : subst(context, type, map, 0);
}

export function substituteTuple(context: InstanceContext, tuple: Tuple, map: Substitution): Tuple {
  return map.size === 0 ? tuple : substTuple(context, tuple, map, 0);
}

/** A signature with type parameters replaced; its own list of type parameters stays. */
export function substituteSignature(context: InstanceContext, signature: Signature, map: Substitution): Signature {
  return map.size === 0 ? signature : substSignature(context, signature, map, 0);
}

/** A generic signature with its type arguments. */
export function instantiateSignature(context: InstanceContext, signature: Signature, typeArguments: readonly Type[]): Signature {
  const made = substituteSignature(context, signature, substitutionOf(signature.typeParameters, typeArguments)).clone();
  made.typeParameters = [];
  return made;
}

/** A generic alias with its type arguments. */
export function instantiateAlias(context: InstanceContext, alias: Alias, typeArguments: readonly Type[]): Type {
  if (alias.typeParameters.length !== typeArguments.length || alias.rhs === undefined) return unknownType;
  return new Alias(alias.obj, alias, typeArguments, substitute(context, alias.rhs, substitutionOf(alias.typeParameters, typeArguments)));
}

/** y with the type parameters `from` replaced by `to`, and the bounds of `from` so replaced: to compare generic signatures. */
export function substitutedSignature(y: Signature, from: readonly TypeParam[], to: readonly TypeParam[]): { readonly signature: Signature; readonly bounds: readonly Type[] } {
  const context = new InstanceContext();
  const map = substitutionOf(from, to);
  return { signature: substituteSignature(context, y, map), bounds: from.map((parameter) => substitute(context, parameter.bound, map)) };
}

/** Fresh type parameters in place of the given ones, so that a generic function can be used inside itself. */
export function renamedParameters(context: InstanceContext, parameters: readonly TypeParam[]): RenamedParameters {
  return renamedWithin(context, parameters, noSubstitution);
}

export interface RenamedParameters {
  readonly parameters: readonly TypeParam[];
  readonly map: Substitution;
}

const noSubstitution: Substitution = new Map();

/** Fresh type parameters whose constraints have a substitution done; the substitution together with the renaming. */
function renamedWithin(context: InstanceContext, parameters: readonly TypeParam[], outer: Substitution): RenamedParameters {
  const map = new Map<TypeParam, Type>(outer);
  const renamed = parameters.map((parameter) => {
    const name = new TypeName(parameter.obj.name, parameter.obj.pkg, parameter.obj.ident, undefined);
    const copy = new TypeParam(name, parameter.index, unknownType);
    name.typ = copy;
    map.set(parameter, copy);
    return copy;
  });
  for (let index = 0; index < renamed.length; index++) renamed[index]!.bound = substitute(context, parameters[index]!.bound, map);
  return { parameters: renamed, map };
}

function subst(context: InstanceContext, type: Type, map: Substitution, depth: number): Type {
  if (depth > maxDepth) return unknownType;
  switch (type.kind) {
    case TypeKind.TypeParam:
      return map.get(type) ?? type;
    case TypeKind.Pointer: {
      const elem = subst(context, type.elem, map, depth + 1);
      return elem === type.elem ? type : new Pointer(elem);
    }
    case TypeKind.Slice: {
      const elem = subst(context, type.elem, map, depth + 1);
      return elem === type.elem ? type : new Slice(elem);
    }
    case TypeKind.Array: {
      const elem = subst(context, type.elem, map, depth + 1);
      return elem === type.elem ? type : new GoArray(type.length, elem);
    }
    case TypeKind.Chan: {
      const elem = subst(context, type.elem, map, depth + 1);
      return elem === type.elem ? type : new Chan(type.direction, elem);
    }
    case TypeKind.Map: {
      const key = subst(context, type.key, map, depth + 1);
      const elem = subst(context, type.elem, map, depth + 1);
      return key === type.key && elem === type.elem ? type : new GoMap(key, elem);
    }
    case TypeKind.Struct: {
      const fields = substVariables(context, type.fields, map, depth);
      return fields === type.fields ? type : new Struct(fields, type.tags);
    }
    case TypeKind.Tuple:
      return substTuple(context, type, map, depth);
    case TypeKind.Signature:
      return substSignature(context, type, map, depth);
    case TypeKind.Interface:
      return substInterface(context, type, map, depth);
    case TypeKind.Union: {
      const terms = substList(type.terms, (term) => substTerm(context, term, map, depth));
      return terms === type.terms ? type : new Union(terms);
    }
    case TypeKind.Named: {
      if (!type.isInstance) return type;
      const typeArguments = substList(type.typeArguments, (argument) => subst(context, argument, map, depth + 1));
      return typeArguments === type.typeArguments ? type : context.instanceOf(type.origin, typeArguments);
    }
    case TypeKind.Alias: {
      if (type.typeArguments.length === 0) return type;
      const typeArguments = substList(type.typeArguments, (argument) => subst(context, argument, map, depth + 1));
      return typeArguments === type.typeArguments ? type : instantiateAlias(context, type.origin, typeArguments);
    }
    default:
      return type;
  }
}

function substTuple(context: InstanceContext, tuple: Tuple, map: Substitution, depth: number): Tuple {
  const vars = substVariables(context, tuple.vars, map, depth);
  return vars === tuple.vars ? tuple : new Tuple(vars);
}

function substSignature(context: InstanceContext, signature: Signature, map: Substitution, depth: number): Signature {
  const own = signature.typeParameters;
  // A generic method of a generic type: its own parameters are others in each instance, as their constraints may be.
  const renamed = own[0] && !map.has(own[0]) ? renamedWithin(context, own, map) : undefined;
  const params = substTuple(context, signature.params, renamed?.map ?? map, depth);
  const results = substTuple(context, signature.results, renamed?.map ?? map, depth);
  if (params === signature.params && results === signature.results && !renamed) return signature;
  const copy = signature.clone();
  copy.params = params;
  copy.results = results;
  if (renamed) copy.typeParameters = renamed.parameters;
  return copy;
}

function substInterface(context: InstanceContext, type: Interface, map: Substitution, depth: number): Type {
  const methods = substList(type.methods, (method) => {
    const signature = method.signature;
    if (!signature) return method;
    const made = substSignature(context, signature, map, depth + 1);
    return made === signature ? method : method.withType(made);
  });
  const embeddeds = substList(type.embeddeds, (embedded) => subst(context, embedded, map, depth + 1));
  if (methods === type.methods && embeddeds === type.embeddeds) return type;
  const made = new Interface(methods, embeddeds, type.implicit, type.complete);
  made.methods = withReceiver(methods, type, made);
  return made;
}

function substTerm(context: InstanceContext, term: UnionTerm, map: Substitution, depth: number): UnionTerm {
  const type = subst(context, term.type, map, depth + 1);
  return type === term.type ? term : { tilde: term.tilde, type };
}

function substVariables(context: InstanceContext, variables: readonly Variable[], map: Substitution, depth: number): readonly Variable[] {
  return substList(variables, (variable) => {
    const before = variable.type;
    const after = subst(context, before, map, depth + 1);
    return before === after ? variable : variable.withType(after);
  });
}

/** The list with each element replaced; the same list if no element changes. */
function substList<T>(list: readonly T[], replace: (element: T) => T): readonly T[] {
  let copy: T[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const before = list[index]!;
    const after = replace(before);
    if (after === before) continue;
    copy ??= [...list];
    copy[index] = after;
  }
  return copy ?? list;
}
