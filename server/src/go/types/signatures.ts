// Function types: receivers, parameters and results, after go/types' signature.go.

import { NodeKind, Ident } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { unpackReceiver } from '../syntax/receiver.ts';
import { collectTypeParams, declareTypeParam } from './declarations.ts';
import { Variable, VariableKind } from './objects.ts';
import { asNamed, isKnown } from './predicates.ts';
import type { Scope } from './scope.ts';
import { substitute, substitutionOf } from './subst.ts';
import { genericType, varType } from './type-expressions.ts';
import { Pointer, Signature, Slice, TypeKind, Tuple, emptyTuple, unknownType } from './types.ts';
import type { Type, TypeParam } from './types.ts';

export interface FunctionType {
  readonly signature: Signature;
  /** The scope of parameters, results and body. */
  readonly scope: Scope;
}

/**
 * Reads a function's type.
 * @param pos where the scope of the function starts; `end` where it ends: those of the declaration or literal
 * @param early gets the signature before it is complete, for functions that refer to themselves
 */
export function functionType(
  check: Checker,
  receivers: ast.FieldList | undefined,
  type: ast.FuncType,
  pos: number,
  end: number,
  early?: (signature: Signature) => void,
): FunctionType {
  const signature = new Signature(emptyTuple, emptyTuple, false);
  early?.(signature);
  check.openScope(pos, end, true);
  const scope = check.env.scope;
  const receiver = receivers?.list[0];
  const recv = receiver && collectReceiver(check, signature, receiver, type.pos);
  if (type.typeParams) {
    collectTypeParams(check, type.typeParams, (parameters) => {
      signature.typeParameters = parameters;
    });
  }
  const params = collectParams(check, VariableKind.Parameter, type.params);
  const results = collectParams(check, VariableKind.Result, type.results);
  if (recv && receiver.names[0]) check.declare(scope, receiver.names[0], recv, type.end);
  declareAll(check, scope, params, type.end);
  declareAll(check, scope, results, type.end);
  signature.recv = recv;
  signature.params = params.variables.length > 0 ? new Tuple(params.variables) : emptyTuple;
  signature.results = results.variables.length > 0 ? new Tuple(results.variables) : emptyTuple;
  signature.variadic = params.variadic;
  check.closeScope();
  return { signature, scope };
}

function collectReceiver(check: Checker, signature: Signature, field: ast.Field, scopeStart: number): Variable {
  const { pointer, base, parameters } = unpackReceiver(field.type);
  const type = parameters ? genericReceiver(check, signature, field.type, base, parameters, pointer, scopeStart) : varType(check, field.type);
  const name = field.names[0];
  const recv = new Variable(VariableKind.Receiver, name?.name ?? '', check.package, name, type);
  recv.file = check.env.file.source;
  if (!name) check.recordImplicit(field, recv);
  return recv;
}

/** The receiver type T[P] of `func (x T[P]) m()`, which declares P. */
function genericReceiver(
  check: Checker,
  signature: Signature,
  written: ast.Expr,
  base: ast.Expr,
  parameters: readonly ast.Expr[],
  pointer: boolean,
  scopeStart: number,
): Type {
  const generic = asNamed(genericType(check, base));
  const declared: TypeParam[] = [];
  for (const parameter of parameters) {
    const ident = parameter.kind === NodeKind.Ident ? parameter : new Ident(parameter.pos, parameter.pos, '_');
    const made = declareTypeParam(check, ident, scopeStart, declared.length);
    check.recordType(ident, made);
    declared.push(made);
  }
  signature.recvTypeParameters = declared;
  if (!generic) return unknownType;
  const parametersOfBase = generic.declaredParameters;
  if (parametersOfBase.length !== declared.length) return unknownType;
  const map = substitutionOf(parametersOfBase, declared);
  declared.forEach((parameter, index) => {
    parameter.bound = substitute(check.context, parametersOfBase[index]!.bound, map);
  });
  const instance = check.context.instanceOf(generic, declared);
  check.recordInstance(base, declared, instance);
  const type = pointer && isKnown(instance) ? new Pointer(instance) : instance;
  recordReceiverTypes(check, written, type);
  return type;
}

function recordReceiverTypes(check: Checker, written: ast.Expr, type: Type): void {
  let at = written;
  let inner = type;
  for (;;) {
    check.recordType(at, inner);
    if (at.kind === NodeKind.ParenExpr) {
      at = at.x;
      continue;
    }
    if (at.kind !== NodeKind.StarExpr || inner.kind !== TypeKind.Pointer) return;
    at = at.x;
    inner = inner.elem;
  }
}

interface Parameters {
  readonly names: readonly (ast.Ident | undefined)[];
  readonly variables: readonly Variable[];
  readonly variadic: boolean;
}

const noParameters: Parameters = { names: [], variables: [], variadic: false };

function collectParams(check: Checker, kind: VariableKind, list: ast.FieldList | undefined): Parameters {
  if (!list || list.list.length === 0) return noParameters;
  const names: (ast.Ident | undefined)[] = [];
  const variables: Variable[] = [];
  let variadic = false;
  const last = list.list[list.list.length - 1];
  for (const field of list.list) {
    const isVariadic = field.type.kind === NodeKind.Ellipsis && kind === VariableKind.Parameter && field === last && field.names.length <= 1;
    const type = parameterType(check, field.type);
    const final = isVariadic ? new Slice(type) : type;
    if (isVariadic) {
      variadic = true;
      check.recordType(field.type, final);
    }
    if (field.names.length === 0) {
      const variable = new Variable(kind, '', check.package, undefined, final);
      check.recordImplicit(field, variable);
      names.push(undefined);
      variables.push(variable);
      continue;
    }
    for (const name of field.names) {
      names.push(name);
      variables.push(new Variable(kind, name.name, check.package, name, final));
    }
  }
  return { names, variables, variadic };
}

function parameterType(check: Checker, type: ast.Expr): Type {
  if (type.kind !== NodeKind.Ellipsis) return varType(check, type);
  return type.elt ? varType(check, type.elt) : unknownType;
}

function declareAll(check: Checker, scope: Scope, { names, variables }: Parameters, scopeStart: number): void {
  if (!check.env.file.recording) {
    // Nobody looks into the body.
    for (const variable of variables) variable.file = check.env.file.source;
    return;
  }
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (name) check.declare(scope, name, variables[index]!, scopeStart);
  }
}
