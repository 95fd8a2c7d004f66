// Assignments and initialisations, after go/types' assignments.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { unparen } from '../syntax/receiver.ts';
import { adoptImplicit, implicitType, operandAssignableTo } from './conversions.ts';
import { expr, multiExpr, nonGeneric, use } from './expressions.ts';
import { OperandMode } from './info.ts';
import { ObjectKind, Variable, VariableKind } from './objects.ts';
import type { Constant } from './objects.ts';
import { Operand } from './operand.ts';
import { asSignature, isKnown, isNonTypeParamInterface, isUntyped } from './predicates.ts';
import { signatureTarget } from './type-expressions.ts';
import { TypeKind, unknownType } from './types.ts';
import type { Type } from './types.ts';
import { defaultType, untypedNil } from './universe.ts';

/** Makes the operand a value of a type, or of its default type without one; invalid if it cannot be assigned to it. */
export function assignment(check: Checker, x: Operand, target: Type | undefined): void {
  if (x.mode === OperandMode.Invalid) return;
  if (x.mode === OperandMode.NoValue || x.mode === OperandMode.Builtin || x.mode === OperandMode.TypeExpr || x.type.kind === TypeKind.Tuple) {
    x.invalidate();
    return;
  }
  if (isUntyped(x.type)) {
    let wanted = target;
    if (target === undefined || isNonTypeParamInterface(target)) {
      if (target === undefined && x.type === untypedNil) {
        x.invalidate();
        return;
      }
      wanted = defaultType(x.type);
    }
    const type = implicitType(check, x, wanted ?? unknownType);
    if (type === undefined) {
      x.invalidate();
      return;
    }
    adoptImplicit(check, x, type);
  }
  if (x.type.kind === TypeKind.Signature && x.type.typeParameters.length > 0) {
    // A generic function gets its type arguments from where it goes (Go 1.21 and 1.27).
    nonGeneric(check, target && asSignature(target), x);
    if ((x.mode as OperandMode) === OperandMode.Invalid) return;
    check.record(x);
  }
  if (target !== undefined && !operandAssignableTo(check, x, target)) x.invalidate();
}

export function initConst(check: Checker, object: Constant, x: Operand): void {
  if (x.mode !== OperandMode.Constant || !isKnown(x.type) || (object.typ && !isKnown(object.typ))) {
    object.typ ??= unknownType;
    return;
  }
  object.typ ??= x.type;
  assignment(check, x, object.typ);
  if ((x.mode as OperandMode) !== OperandMode.Invalid) object.known = x.value;
}

export function initVar(check: Checker, variable: Variable, x: Operand): void {
  if (x.mode === OperandMode.Invalid || !isKnown(x.type) || (variable.typ && !isKnown(variable.typ))) {
    variable.typ ??= unknownType;
    x.invalidate();
    return;
  }
  if (!variable.typ) {
    if (x.type === untypedNil) {
      variable.typ = unknownType;
      x.invalidate();
      return;
    }
    variable.typ = defaultType(x.type);
  }
  assignment(check, x, variable.typ);
}

/** The type of what is assigned to; undefined for `_`, unknown for what cannot be assigned to. */
function assignedType(check: Checker, lhs: ast.Expr): Type | undefined {
  const inner = unparen(lhs);
  if (inner.kind === NodeKind.Ident && inner.name === '_') {
    check.recordObject(inner, undefined);
    return undefined;
  }
  const x = new Operand();
  expr(check, undefined, x, lhs);
  return x.mode === OperandMode.Variable || x.mode === OperandMode.MapIndex ? x.type : unknownType;
}

/** Assigns an operand that has been checked. */
export function assignOperand(check: Checker, lhs: ast.Expr, x: Operand): void {
  const type = assignedType(check, lhs);
  if (type !== undefined && !isKnown(type)) x.invalidate();
  else assignment(check, x, type);
}

function assignExpression(check: Checker, lhs: ast.Expr, rhs: ast.Expr): void {
  const type = assignedType(check, lhs);
  if (type !== undefined && !isKnown(type)) {
    use(check, rhs);
    return;
  }
  const x = new Operand();
  expr(check, type && asSignature(type), x, rhs);
  assignment(check, x, type);
}

/** Initialises variables; those without a type get one. `isReturn`: they are results, and there is no comma-ok form. */
export function initVars(check: Checker, lhs: readonly Variable[], rhs: readonly ast.Expr[], isReturn: boolean): void {
  const [first] = rhs;
  const isCall = rhs.length === 1 && first !== undefined && unparen(first).kind === NodeKind.CallExpr;
  if (lhs.length === rhs.length && !isCall) {
    for (let index = 0; index < lhs.length; index++) {
      const variable = lhs[index]!;
      const x = new Operand();
      expr(check, signatureTarget(variable.typ), x, rhs[index]!);
      initVar(check, variable, x);
    }
    return;
  }
  if (rhs.length !== 1 || !first) {
    use(check, ...rhs);
    for (const variable of lhs) variable.typ ??= unknownType;
    return;
  }
  const { operands, commaOk } = multiExpr(check, first, lhs.length === 2 && !isReturn);
  if (operands.length !== lhs.length) {
    for (const variable of lhs) variable.typ ??= unknownType;
    return;
  }
  for (let index = 0; index < lhs.length; index++) initVar(check, lhs[index]!, operands[index]!);
  if (commaOk) check.recordCommaOk(first);
}

export function assignVars(check: Checker, lhs: readonly ast.Expr[], rhs: readonly ast.Expr[]): void {
  const [first] = rhs;
  const isCall = rhs.length === 1 && first !== undefined && unparen(first).kind === NodeKind.CallExpr;
  if (lhs.length === rhs.length && !isCall) {
    for (let index = 0; index < lhs.length; index++) assignExpression(check, lhs[index]!, rhs[index]!);
    return;
  }
  if (rhs.length !== 1 || !first) {
    use(check, ...lhs, ...rhs);
    return;
  }
  const { operands, commaOk } = multiExpr(check, first, lhs.length === 2);
  if (operands.length !== lhs.length) {
    use(check, ...lhs);
    return;
  }
  for (let index = 0; index < lhs.length; index++) assignOperand(check, lhs[index]!, operands[index]!);
  if (commaOk) check.recordCommaOk(first);
}

/** `lhs := rhs`: declares the names that are new in the current scope. */
export function shortVarDecl(check: Checker, lhs: readonly ast.Expr[], rhs: readonly ast.Expr[], end: number): void {
  const top = check.delayedCount;
  const scope = check.env.scope;
  const seen: string[] = [];
  const created: Variable[] = [];
  const variables: Variable[] = [];
  for (const each of lhs) {
    const variable = each.kind === NodeKind.Ident ? shortVariable(check, each, seen, created) : undefined;
    if (each.kind !== NodeKind.Ident) use(check, each);
    variables.push(variable ?? new Variable(VariableKind.Local, '_', check.package, undefined, undefined));
  }
  initVars(check, variables, rhs, false);
  // Function literals on the right do not see the new variables.
  check.processDelayed(top);
  for (const variable of created) check.declare(scope, undefined, variable, end);
}

function shortVariable(check: Checker, ident: ast.Ident, seen: string[], created: Variable[]): Variable | undefined {
  if (ident.name !== '_') {
    if (seen.includes(ident.name)) return undefined;
    seen.push(ident.name);
  }
  const existing = check.env.scope.lookup(ident.name);
  if (existing) {
    check.recordObject(ident, existing);
    return existing.kind === ObjectKind.Variable ? existing : undefined;
  }
  const variable = new Variable(VariableKind.Local, ident.name, check.package, ident, undefined);
  variable.file = check.env.file.source;
  if (ident.name !== '_') created.push(variable);
  check.recordObject(ident, variable);
  return variable;
}
