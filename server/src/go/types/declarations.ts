// Declarations of constants, variables, types and functions, after go/types' decl.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { initConst, initVar, initVars } from './assignments.ts';
import type { Checker, DeclarationState } from './checker.ts';
import { intConstant } from './constants/constant.ts';
import { expr } from './expressions.ts';
import { Constant, TypeName, Variable, VariableKind } from './objects.ts';
import type { Func } from './objects.ts';
import { Operand } from './operand.ts';
import { isConstType, isTypeParam } from './predicates.ts';
import { declaredType, signatureTarget, typeOf, unionType, varType } from './type-expressions.ts';
import { functionType } from './signatures.ts';
import { Alias, Interface, Named, TypeKind, TypeParam, unknownType } from './types.ts';
import type { Type } from './types.ts';

export function constDecl(check: Checker, object: Constant, type: ast.Expr | undefined, init: ast.Expr | undefined): void {
  const iota = check.env.iota;
  check.env.iota = object.known;
  object.known = undefined;
  const declared = type && typeOf(check, type);
  if (declared && !isConstType(declared)) {
    object.typ = unknownType;
  } else {
    if (declared) object.typ = declared;
    const x = new Operand();
    if (init) expr(check, undefined, x, init);
    initConst(check, object, x);
  }
  check.env.iota = iota;
}

export function varDecl(check: Checker, object: Variable, lhs: readonly Variable[] | undefined, type: ast.Expr | undefined, init: ast.Expr | undefined): void {
  if (type) object.typ = varType(check, type);
  if (!init) {
    object.typ ??= unknownType;
    return;
  }
  if (!lhs || lhs.length === 1) {
    const x = new Operand();
    expr(check, signatureTarget(object.typ), x, init);
    initVar(check, object, x);
    return;
  }
  if (type) {
    for (const variable of lhs) variable.typ = object.typ;
  }
  initVars(check, lhs, [init], false);
}

export function typeDecl(check: Checker, object: TypeName, spec: ast.TypeSpec): void {
  if (spec.alias) {
    aliasDecl(check, object, spec);
    return;
  }
  const named = new Named(object, undefined, [], check.context);
  object.typ = named;
  // Methods are known before the type is: their signatures are read when somebody asks.
  named.declaredMethods = uniqueMethods(check, object);
  if (spec.typeParams) {
    check.openScope(spec.pos, spec.end);
    collectTypeParams(check, spec.typeParams, (parameters) => {
      named.declaredParameters = parameters;
    });
  }
  const rhs = declaredType(check, spec.type, object);
  named.rhs = isTypeParam(rhs) ? unknownType : rhs;
  if (spec.typeParams) check.closeScope();
}

function uniqueMethods(check: Checker, object: TypeName): Func[] {
  const names = new Set<string>();
  return (check.methods.get(object) ?? []).filter((method) => {
    if (names.has(method.name)) return false;
    names.add(method.name);
    return true;
  });
}

function aliasDecl(check: Checker, object: TypeName, spec: ast.TypeSpec): void {
  const alias = new Alias(object, undefined, [], undefined);
  object.typ = alias;
  if (spec.typeParams) {
    check.openScope(spec.pos, spec.end);
    collectTypeParams(check, spec.typeParams, (parameters) => {
      alias.typeParameters = parameters;
    });
  }
  const rhs = declaredType(check, spec.type, object);
  // A cycle may have made it unknown meanwhile.
  alias.rhs ??= rhs.kind === TypeKind.TypeParam && alias.typeParameters.includes(rhs) ? unknownType : rhs;
  if (spec.typeParams) check.closeScope();
}

/** Declares type parameters in the current scope. `bind` gets them before their constraints are read, which may refer to them. */
export function collectTypeParams(check: Checker, list: ast.FieldList, bind: (parameters: readonly TypeParam[]) => void): void {
  const parameters: TypeParam[] = [];
  for (const field of list.list) {
    for (const name of field.names) parameters.push(declareTypeParam(check, name, list.pos, parameters.length));
  }
  bind(parameters);
  const before = check.inTypeParameters;
  check.inTypeParameters = true;
  let index = 0;
  for (const field of list.list) {
    const bound = constraint(check, field.type);
    for (let i = 0; i < field.names.length; i++) parameters[index + i]!.bound = isTypeParam(bound) ? unknownType : bound;
    index += field.names.length;
  }
  check.inTypeParameters = before;
}

/** The type of a constraint; `~T` and `A | B` stand for interfaces that embed them. */
function constraint(check: Checker, x: ast.Expr): Type {
  const wrapped = (x.kind === NodeKind.UnaryExpr && x.op === Token.TILDE) || (x.kind === NodeKind.BinaryExpr && x.op === Token.OR);
  if (!wrapped) return typeOf(check, x);
  const union = unionType(check, x);
  return new Interface([], [union], true, true);
}

export function declareTypeParam(check: Checker, ident: ast.Ident, scopeStart: number, index: number): TypeParam {
  const name = new TypeName(ident.name, check.package, ident, undefined);
  const parameter = new TypeParam(name, index, unknownType);
  name.typ = parameter;
  check.declare(check.env.scope, ident, name, scopeStart);
  return parameter;
}

export function funcDecl(check: Checker, object: Func, node: ast.FuncDecl, state: DeclarationState): void {
  const { signature, scope } = functionType(check, node.recv, node.type, node.pos, node.end, (early) => {
    object.typ = early;
  });
  object.typ = signature;
  if (!state.file.recording) return;
  state.functionScope = scope;
  state.signatureNames = scope.objects.length;
}

/** A declaration inside a function. */
export function declStmt(check: Checker, declaration: ast.GenDecl): void {
  let last: ast.ValueSpec | undefined;
  for (const spec of declaration.specs) {
    switch (spec.kind) {
      case NodeKind.TypeSpec:
        localType(check, spec);
        break;
      case NodeKind.ValueSpec:
        if (declaration.token === Token.VAR) {
          localVariables(check, spec);
          break;
        }
        if (spec.type || spec.valueCount > 0) last = spec;
        localConstants(check, spec, last);
        break;
      default:
        break;
    }
  }
}

function localConstants(check: Checker, spec: ast.ValueSpec, last: ast.ValueSpec | undefined): void {
  const top = check.delayedCount;
  const constants = spec.names.map((name, index) => {
    const object = new Constant(name.name, check.package, name, undefined, intConstant(spec.iota));
    constDecl(check, object, last?.type, last?.values[index]);
    return object;
  });
  check.processDelayed(top);
  // The scope of a constant or variable begins after its specification.
  constants.forEach((object, index) => check.declare(check.env.scope, spec.names[index], object, spec.end));
}

function localVariables(check: Checker, spec: ast.ValueSpec): void {
  const top = check.delayedCount;
  const variables = spec.names.map((name) => new Variable(VariableKind.Local, name.name, check.package, name, undefined));
  const single = spec.values.length === 1;
  for (let index = 0; index < variables.length; index++) {
    varDecl(check, variables[index]!, single ? variables : undefined, spec.type, single ? spec.values[0] : spec.values[index]);
    if (single) break;
  }
  for (const variable of variables) variable.typ ??= unknownType;
  check.processDelayed(top);
  variables.forEach((object, index) => check.declare(check.env.scope, spec.names[index], object, spec.end));
}

function localType(check: Checker, spec: ast.TypeSpec): void {
  const object = new TypeName(spec.name.name, check.package, spec.name, undefined);
  // The scope of a type begins at its name, so that it may refer to itself.
  check.declare(check.env.scope, spec.name, object, spec.name.pos);
  check.declaring(object, () => typeDecl(check, object, spec));
}

