// Finding the type arguments of a call, after go/types' infer.go (spec: "Type inference").

import type { Checker } from './checker.ts';
import { OperandMode } from './info.ts';
import { hasAllMethods } from './lookup.ts';
import type { Operand } from './operand.ts';
import { constraintOf, coreType, everyTerm, isTyped, maxType, unalias } from './predicates.ts';
import { substitute, substituteTuple, substitutionOf } from './subst.ts';
import { typeSetHasTerms, typeSetOf } from './type-set.ts';
import type { Term } from './type-set.ts';
import { TypeKind } from './types.ts';
import type { Tuple, Type, TypeParam } from './types.ts';
import { Unifier, UnifyMode } from './unify.ts';
import { defaultType } from './universe.ts';

/** How often types inferred from each other are put into one another; go/types needs as often as there are parameters. */
const maxRounds = 50;

/**
 * The type arguments for type parameters, or undefined if they cannot all be found.
 * @param known type arguments that are given, undefined for others; may be shorter than the list of parameters
 * @param params as many parameters as there are arguments
 */
export function infer(check: Checker, typeParams: readonly TypeParam[], known: readonly (Type | undefined)[], params: Tuple, args: readonly Operand[]): Type[] | undefined {
  const given = typeParams.map((_, index) => known[index]);
  if (given.every((type) => type !== undefined)) return given as Type[];
  // With an argument that is wrong the others may still say all there is to know. go/types gives up there.
  return inferAll(check, typeParams, given, params, args);
}

function inferAll(check: Checker, typeParams: readonly TypeParam[], given: readonly (Type | undefined)[], params0: Tuple, args: readonly Operand[]): Type[] | undefined {
  const params = substituteTuple(check.context, params0, substitutionOf(typeParams, given));
  const unifier = new Unifier(typeParams, given, check.allows(21));
  const untyped: number[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    const par = params.vars[index];
    if (!par || arg.mode === OperandMode.Invalid) continue;
    if (!isParameterized(typeParams, par.type) && !isParameterized(typeParams, arg.type)) continue;
    if (isTyped(arg.type)) {
      if (!unifier.unify(par.type, arg.type, UnifyMode.Assign)) return undefined;
    } else if (par.type.kind === TypeKind.TypeParam && !arg.isNil) {
      untyped.push(index);
    }
  }
  if (!unifyConstraints(check, typeParams, unifier)) return undefined;
  if (!defaultUntyped(params, args, untyped, unifier)) return undefined;
  return simplified(check, typeParams, given, unifier);
}

/** Type arguments that constraints imply: from core types and methods, until nothing new is found. */
function unifyConstraints(check: Checker, typeParams: readonly TypeParam[], unifier: Unifier): boolean {
  for (;;) {
    const before = unifier.unknowns();
    for (const parameter of typeParams) {
      const type = unifier.at(parameter);
      const core = coreTerm(parameter);
      if (core) {
        if (type) {
          if (!unifier.unify(type, core.type, 0)) return false;
        } else if (core.single && !core.tilde) {
          unifier.set(parameter, core.type);
        }
      }
      if (!type || isParameterized(typeParams, type)) continue;
      const matches = hasAllMethods(type, constraintOf(parameter), true, (x, y) => unifier.unify(x, y, UnifyMode.Exact));
      if (!matches) return false;
    }
    if (unifier.unknowns() === before) return true;
  }
}

/** Parameters that only got untyped constants have the default type of the largest kind (Go 1.21). */
function defaultUntyped(params: Tuple, args: readonly Operand[], untyped: readonly number[], unifier: Unifier): boolean {
  const largest = new Map<TypeParam, Type>();
  for (const index of untyped) {
    const parameter = params.vars[index]!.type;
    if (parameter.kind !== TypeKind.TypeParam || unifier.at(parameter)) continue;
    const { type } = args[index]!;
    const before = largest.get(parameter);
    const max = before ? maxType(before, type) : type;
    if (!max) return false;
    largest.set(parameter, max);
  }
  for (const [parameter, type] of largest) unifier.set(parameter, defaultType(type));
  return true;
}

/** Puts inferred types into each other until none mentions a type parameter that was to be found. */
function simplified(check: Checker, typeParams: readonly TypeParam[], given: readonly (Type | undefined)[], unifier: Unifier): Type[] | undefined {
  const inferred = typeParams.map((parameter) => unifier.at(parameter));
  killCycles(typeParams, inferred);
  let dirty = inferred.flatMap((type, index) => (type && !given[index] ? [index] : []));
  for (let round = 0; dirty.length > 0; round++) {
    if (round > maxRounds) return undefined;
    const map = substitutionOf(typeParams, inferred);
    dirty = dirty.filter((index) => {
      const before = inferred[index]!;
      const after = substitute(check.context, before, map);
      if (after === before) return false;
      if (after.kind === TypeKind.Signature && after.typeParameters.length > 0 && !isParameterized(typeParams, after)) {
        // A generic function whose own parameters were inferred is generic no more.
        after.typeParameters = [];
      }
      inferred[index] = after;
      return true;
    });
  }
  const complete = inferred.every((type) => type !== undefined && !isParameterized(typeParams, type));
  return complete ? (inferred as Type[]) : undefined;
}

interface CoreTerm {
  readonly tilde: boolean;
  readonly type: Type;
  /** True if the type set has this one term only. */
  readonly single: boolean;
}

function coreTerm(parameter: TypeParam): CoreTerm | undefined {
  let count = 0;
  let only: Term | undefined;
  let tilde = false;
  everyTerm(parameter, (term) => {
    if (!term) return false;
    count++;
    only = term;
    if (term.tilde) tilde = true;
    return true;
  });
  const found = only as Term | undefined;
  if (count === 1 && found?.type) return { tilde: found.tilde, type: found.type, single: true };
  const core = coreType(parameter);
  return core && { tilde, type: core, single: false };
}

/** True if one of the type parameters occurs in a type. */
export function isParameterized(typeParams: readonly TypeParam[], type: Type): boolean {
  return new ParameterFinder(typeParams).contains(type);
}

class ParameterFinder {
  private readonly seen = new Set<Type>();
  constructor(private readonly typeParams: readonly TypeParam[]) {}

  contains(type: Type): boolean {
    switch (type.kind) {
      case TypeKind.Basic:
      case TypeKind.Unknown:
        return false;
      case TypeKind.TypeParam:
        return this.typeParams.includes(type);
      case TypeKind.Alias:
        return this.contains(unalias(type));
      case TypeKind.Named:
        return type.typeArguments.length > 0 && type.typeArguments.some((argument) => this.contains(argument));
      case TypeKind.Pointer:
      case TypeKind.Slice:
      case TypeKind.Array:
      case TypeKind.Chan:
        return this.contains(type.elem);
      case TypeKind.Map:
        return this.contains(type.key) || this.contains(type.elem);
      default:
    }
    // Only these can contain themselves.
    if (this.seen.has(type)) return false;
    this.seen.add(type);
    switch (type.kind) {
      case TypeKind.Struct:
        return type.fields.some((field) => this.contains(field.type));
      case TypeKind.Tuple:
        return type.vars.some((variable) => this.contains(variable.type));
      case TypeKind.Signature:
        return this.contains(type.params) || this.contains(type.results);
      case TypeKind.Interface: {
        const set = typeSetOf(type);
        if (set.methods.some((method) => this.contains(method.type))) return true;
        return typeSetHasTerms(set) && set.terms.some((term) => term.type !== undefined && this.contains(term.type));
      }
      case TypeKind.Union:
        return type.terms.some((term) => this.contains(term.type));
    }
  }
}

/** Forgets inferred types that contain themselves. */
function killCycles(typeParams: readonly TypeParam[], inferred: (Type | undefined)[]): void {
  const path: Type[] = [];
  const walk = (type0: Type): void => {
    const type = unalias(type0);
    if (path.includes(type)) {
      const index = type.kind === TypeKind.TypeParam ? typeParams.indexOf(type) : -1;
      if (index >= 0) inferred[index] = undefined;
      return;
    }
    path.push(type);
    visit(type);
    path.pop();
  };
  const visit = (type: Type): void => {
    switch (type.kind) {
      case TypeKind.Pointer:
      case TypeKind.Slice:
      case TypeKind.Array:
      case TypeKind.Chan:
        return walk(type.elem);
      case TypeKind.Map:
        walk(type.key);
        return walk(type.elem);
      case TypeKind.Struct:
        return type.fields.forEach((field) => walk(field.type));
      case TypeKind.Signature:
        type.params.vars.forEach((variable) => walk(variable.type));
        return type.results.vars.forEach((variable) => walk(variable.type));
      case TypeKind.Union:
        return type.terms.forEach((term) => walk(term.type));
      case TypeKind.Interface:
        type.methods.forEach((method) => walk(method.type));
        return type.embeddeds.forEach(walk);
      case TypeKind.Named:
        return type.typeArguments.forEach(walk);
      case TypeKind.TypeParam: {
        const index = typeParams.indexOf(type);
        const found = index >= 0 ? inferred[index] : undefined;
        if (found) walk(found);
        return;
      }
      default:
    }
  };
  typeParams.forEach(walk);
}
