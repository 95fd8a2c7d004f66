// Calls and instantiations of functions, after go/types' call.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { assignment } from './assignments.ts';
import { builtinCall } from './builtins.ts';
import type { Checker } from './checker.ts';
import { conversion } from './conversions.ts';
import { expr, exprOrType, genericExpr, nonGeneric, rawExpr, use } from './expressions.ts';
import { indexExpr } from './indexing.ts';
import { infer, isParameterized } from './infer.ts';
import { OperandMode } from './info.ts';
import { Variable, VariableKind } from './objects.ts';
import { Operand, operandOf } from './operand.ts';
import { asSignature, coreType, everyUnderlying } from './predicates.ts';
import { instantiateSignature, renamedParameters, substituteSignature, substituteTuple, substitutionOf } from './subst.ts';
import { typeList } from './type-expressions.ts';
import { Signature, Tuple, TypeKind, emptyTuple } from './types.ts';
import type { Type, TypeParam } from './types.ts';

/**
 * Gives the generic function operand x, written `f[…]`, its type arguments.
 * @param deduce false if missing type arguments will be inferred later; the ones there are come back
 */
export function instantiateFunction(check: Checker, target: Signature | undefined, x: Operand, index: ast.IndexExpr, deduce: boolean): Type[] | undefined {
  x.expr = index;
  const typeArguments = typeList(check, index.indices);
  if (!typeArguments) {
    x.invalidate();
    return undefined;
  }
  return completeInstance(check, target, x, typeArguments, deduce);
}

/** Gives the generic function operand x its type arguments from the signature that is wanted. */
export function instantiateFromTarget(check: Checker, target: Signature, x: Operand, typeArguments: Type[] | undefined): void {
  completeInstance(check, target, x, typeArguments ?? [], true);
}

function completeInstance(check: Checker, target: Signature | undefined, x: Operand, written: Type[], deduce: boolean): Type[] | undefined {
  const signature = x.type;
  if (signature.kind !== TypeKind.Signature || written.length > signature.typeParameters.length) {
    x.invalidate();
    return undefined;
  }
  let typeArguments: readonly Type[] | undefined = written;
  if (written.length < signature.typeParameters.length) {
    if (!deduce) return written;
    const args: Operand[] = [];
    let params = emptyTuple;
    if (target) {
      const plain = new Signature(signature.params, signature.results, signature.variadic);
      params = new Tuple([new Variable(VariableKind.Parameter, '', check.package, undefined, plain)]);
      args.push(operandOf(OperandMode.Value, target, x.expr));
    }
    // The function may be used inside itself: its own parameters must not be mixed up with those to be found.
    const renamed = renamedParameters(check.context, signature.typeParameters);
    typeArguments = infer(check, renamed.parameters, written, substituteTuple(check.context, params, renamed.map), args);
    if (!typeArguments) {
      x.invalidate();
      return undefined;
    }
  }
  x.setValue(instantiated(check, x.expr, signature, typeArguments));
  return undefined;
}

function instantiated(check: Checker, e: ast.Expr | undefined, signature: Signature, typeArguments: readonly Type[]): Signature {
  const made = instantiateSignature(check.context, signature, typeArguments);
  if (e) check.recordInstance(e, typeArguments, made);
  return made;
}

export function callExpr(check: Checker, x: Operand, call: ast.CallExpr): void {
  let index: ast.IndexExpr | undefined;
  if (call.fun.kind === NodeKind.IndexExpr) {
    if (indexExpr(check, x, call.fun)) index = call.fun;
    x.expr = call.fun;
    check.record(x);
    if (x.mode === OperandMode.NoValue || x.type.kind === TypeKind.Tuple) x.invalidate();
  } else {
    exprOrType(check, x, call.fun, true);
  }
  switch (x.mode) {
    case OperandMode.Invalid:
      use(check, ...call.args);
      x.expr = call;
      return;
    case OperandMode.TypeExpr:
      conversionCall(check, x, call);
      return;
    case OperandMode.Builtin:
      if (x.builtin === undefined || !builtinCall(check, x, call, x.builtin)) x.invalidate();
      x.expr = call;
      if ((x.mode as OperandMode) !== OperandMode.Invalid && (x.mode as OperandMode) !== OperandMode.Constant) check.env.hasCallOrReceive = true;
      return;
    default:
      functionCall(check, x, call, index);
  }
}

function conversionCall(check: Checker, x: Operand, call: ast.CallExpr): void {
  nonGeneric(check, undefined, x);
  const target = x.type;
  const isInvalid = x.mode === OperandMode.Invalid;
  x.invalidate();
  const [argument] = call.args;
  if (isInvalid || call.args.length !== 1 || !argument) {
    use(check, ...call.args);
    x.expr = call;
    return;
  }
  expr(check, asSignature(target), x, argument);
  if ((x.mode as OperandMode) === OperandMode.Invalid) {
    // The type of a conversion does not depend on its operand.
    if (!call.ellipsis) x.setValue(target);
  } else if (call.ellipsis) {
    x.invalidate();
  } else {
    conversion(check, x, target);
  }
  x.expr = call;
}

function functionCall(check: Checker, x: Operand, call: ast.CallExpr, index: ast.IndexExpr | undefined): void {
  const callable = everyUnderlying(x.type, (under) => under?.kind === TypeKind.Signature);
  const core = callable ? coreType(x.type) : undefined;
  if (core?.kind !== TypeKind.Signature) {
    use(check, ...call.args);
    x.invalidate();
    x.expr = call;
    return;
  }
  let signature: Signature = core;
  const wasGeneric = signature.typeParameters.length > 0;
  let typeArguments: Type[] = [];
  if (index) {
    const written = typeList(check, index.indices);
    if (!written || written.length > signature.typeParameters.length) {
      use(check, ...call.args);
      x.invalidate();
      x.expr = call;
      return;
    }
    typeArguments = written;
    if (written.length === signature.typeParameters.length) {
      signature = instantiated(check, index, signature, written);
      typeArguments = [];
    }
  }
  const { args, partial } = genericArguments(check, call.args);
  signature = passArguments(check, call, signature, typeArguments, args, partial) ?? signature;
  if (wasGeneric && signature.typeParameters.length === 0) check.setFact(call.fun, OperandMode.Value, signature, undefined);
  const results = signature.results.vars;
  const [only] = results;
  if (!only) {
    x.mode = OperandMode.NoValue;
    x.type = emptyTuple;
    x.value = undefined;
  } else {
    x.setValue(results.length === 1 ? only.type : signature.results);
  }
  x.expr = call;
  check.env.hasCallOrReceive = true;
  // The type arguments are not known, and neither is a result that depends on them.
  if (x.mode === OperandMode.Value && signature.typeParameters.length > 0 && isParameterized(signature.typeParameters, x.type)) x.invalidate();
  else if (x.mode === OperandMode.Value && x.type.kind === TypeKind.Unknown) x.invalidate();
}

interface Arguments {
  readonly args: Operand[];
  /** The type arguments that were written for arguments that are generic functions, by index. */
  readonly partial: readonly (readonly Type[] | undefined)[];
}

const noArguments: Arguments = { args: [], partial: [] };

/** The arguments of a call, where generic functions may lack type arguments; `f()` with several results is several. */
function genericArguments(check: Checker, list: readonly ast.Expr[]): Arguments {
  const [first] = list;
  if (!first) return noArguments;
  // Before Go 1.21 type arguments of an argument had to be complete.
  const deduce = !check.allows(21);
  if (list.length > 1) {
    const partial: (readonly Type[] | undefined)[] = [];
    const args: Operand[] = [];
    for (const e of list) {
      const x = new Operand();
      if (e.kind !== NodeKind.IndexExpr) genericExpr(check, x, e);
      else partial[args.length] = instantiatedArgument(check, x, e, deduce);
      args.push(x);
    }
    return { args, partial };
  }
  const x = new Operand();
  if (first.kind === NodeKind.IndexExpr) return { args: [x], partial: [instantiatedArgument(check, x, first, deduce)] };
  rawExpr(check, undefined, x, first, undefined, true);
  if (x.mode === OperandMode.NoValue || x.mode === OperandMode.Builtin || x.mode === OperandMode.TypeExpr) x.invalidate();
  if (x.mode !== OperandMode.Invalid && x.type.kind === TypeKind.Tuple) {
    return { args: x.type.vars.map((variable) => operandOf(OperandMode.Value, variable.type, first)), partial: [] };
  }
  return { args: [x], partial: [] };
}

/** Checks an argument `f[…]`. If f is a generic function and type arguments are missing: those that were written. */
function instantiatedArgument(check: Checker, x: Operand, e: ast.IndexExpr, deduce: boolean): readonly Type[] | undefined {
  if (!indexExpr(check, x, e)) {
    // Already checked: finish as `rawExpr` would.
    x.expr = e;
    nonGeneric(check, undefined, x);
    check.record(x);
    if (x.mode === OperandMode.NoValue || x.mode === OperandMode.Builtin || x.mode === OperandMode.TypeExpr) x.invalidate();
    return undefined;
  }
  const types = instantiateFunction(check, undefined, x, e, deduce);
  x.expr = e;
  if (!types) check.record(x);
  return types;
}

/** Passes arguments to a function; the signature with its type arguments, or undefined if they do not fit. */
export function passArguments(
  check: Checker,
  call: ast.CallExpr,
  signature: Signature,
  written: readonly Type[],
  args: readonly Operand[],
  partial: readonly (readonly Type[] | undefined)[],
): Signature | undefined {
  const adjusted = adjustedParams(check, call, signature, args.length);
  if (!adjusted) return undefined;
  const own = signature.typeParameters.length;
  if (own > 0 || args.some(isGenericFunction)) return passGenericArguments(check, call, signature, adjusted, written, args, partial);
  for (let at = 0; at < args.length; at++) assignment(check, args[at]!, adjusted.vars[at]?.type);
  return signature;
}

function isGenericFunction(operand: Operand): operand is Operand & { type: Signature } {
  const { mode, type } = operand;
  return mode !== OperandMode.Invalid && type.kind === TypeKind.Signature && type.typeParameters.length > 0;
}

/** As `passArguments`, where type arguments are to be inferred. */
function passGenericArguments(
  check: Checker,
  call: ast.CallExpr,
  signature: Signature,
  adjusted: Tuple,
  written: readonly Type[],
  args: readonly Operand[],
  partial: readonly (readonly Type[] | undefined)[],
): Signature | undefined {
  let params = adjusted;
  const typeParams: TypeParam[] = [];
  const typeArguments: (Type | undefined)[] = [...written];
  const own = signature.typeParameters.length;
  if (own > 0) {
    const renamed = renamedParameters(check.context, signature.typeParameters);
    typeParams.push(...renamed.parameters);
    params = substituteTuple(check.context, params, renamed.map);
    while (typeArguments.length < own) typeArguments.push(undefined);
  }
  const genericArgs = renameGenericArguments(check, args, partial, typeParams, typeArguments);
  const inferred = infer(check, typeParams, typeArguments, params, args);
  if (!inferred) return undefined;
  let result = signature;
  if (own > 0) {
    const types = inferred.slice(0, own);
    result = instantiated(check, call.fun, signature, types);
    params = params === signature.params ? result.params : substituteTuple(check.context, params, substitutionOf(typeParams.slice(0, own), types));
  }
  let from = own;
  for (const at of genericArgs) {
    const arg = args[at]!;
    if (arg.type.kind !== TypeKind.Signature) continue;
    const to = from + arg.type.typeParameters.length;
    arg.type = instantiated(check, arg.expr, arg.type, inferred.slice(from, to));
    check.record(arg);
    from = to;
  }
  for (let at = 0; at < args.length; at++) assignment(check, args[at]!, params.vars[at]?.type);
  return result;
}

/** The parameters as many as there are arguments, or undefined if their numbers do not fit. */
function adjustedParams(check: Checker, call: ast.CallExpr, signature: Signature, count: number): Tuple | undefined {
  const params = signature.params.vars;
  if (!signature.variadic) return !call.ellipsis && count === params.length ? signature.params : undefined;
  if (call.ellipsis) return count === params.length && !(call.args.length === 1 && count > 1) ? signature.params : undefined;
  const last = params[params.length - 1];
  if (!last || count < params.length - 1 || last.type.kind !== TypeKind.Slice) return undefined;
  const vars = params.slice(0, -1);
  if (vars.length === count) return new Tuple(vars);
  const each = new Variable(VariableKind.Parameter, last.name, last.pkg ?? check.package, last.ident, last.type.elem);
  while (vars.length < count) vars.push(each);
  return new Tuple(vars);
}

/** Gives each generic function among the arguments type parameters of its own, to be inferred with the others. */
function renameGenericArguments(
  check: Checker,
  args: readonly Operand[],
  partial: readonly (readonly Type[] | undefined)[],
  typeParams: TypeParam[],
  typeArguments: (Type | undefined)[],
): number[] {
  const generic: number[] = [];
  args.forEach((arg, at) => {
    if (!isGenericFunction(arg)) return;
    const renamed = renamedParameters(check.context, arg.type.typeParameters);
    const made = substituteSignature(check.context, arg.type, renamed.map).clone();
    made.typeParameters = renamed.parameters;
    arg.type = made;
    typeParams.push(...renamed.parameters);
    typeArguments.push(...(partial[at] ?? []));
    while (typeArguments.length < typeParams.length) typeArguments.push(undefined);
    generic.push(at);
  });
  return generic;
}
