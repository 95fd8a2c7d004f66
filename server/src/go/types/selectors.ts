// Selectors: names of packages, fields, methods, method expressions, after go/types' call.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { exprOrType } from './expressions.ts';
import { OperandMode } from './info.ts';
import { lookupFieldOrMethod } from './lookup.ts';
import { ObjectKind, Variable, VariableKind, isExported } from './objects.ts';
import type { Func, Package } from './objects.ts';
import type { Operand } from './operand.ts';
import { isKnown } from './predicates.ts';
import { Signature, Tuple } from './types.ts';

export function selector(check: Checker, x: Operand, e: ast.SelectorExpr, wantType: boolean): void {
  if (e.x.kind === NodeKind.Ident) {
    const object = check.lookup(e.x.name);
    if (object?.kind === ObjectKind.PackageName) {
      check.recordObject(e.x, object);
      qualified(check, x, e, object.imported);
      return;
    }
  }
  exprOrType(check, x, e.x, false);
  if (x.mode === OperandMode.Invalid || x.mode === OperandMode.Builtin || wantType) {
    fail(check, x, e);
    return;
  }
  const name = e.sel.name;
  const found = lookupFieldOrMethod(x.type, x.mode === OperandMode.Variable, check.package.path, name);
  if (typeof found === 'string') {
    fail(check, x, e);
    return;
  }
  const { object, index, indirect } = found;
  const receiver = x.type;
  const isTypeOperand = x.mode === OperandMode.TypeExpr;
  if (object.kind === ObjectKind.Variable) {
    if (isTypeOperand) {
      fail(check, x, e);
      return;
    }
    check.recordSelection(e, { kind: 'field', receiver, object, index, indirect });
    x.mode = x.mode === OperandMode.Variable || indirect ? OperandMode.Variable : OperandMode.Value;
    x.type = object.type;
    x.value = undefined;
    x.expr = e;
    if (!isKnown(x.type)) x.invalidate();
    return;
  }
  const signature = object.signature;
  if (!signature) {
    fail(check, x, e);
    return;
  }
  check.recordSelection(e, { kind: isTypeOperand ? 'method-expression' : 'method', receiver, object, index, indirect });
  if (isTypeOperand) methodExpression(check, x, object, signature);
  else x.setValue(signature.methodValue);
  x.expr = e;
}

function fail(check: Checker, x: Operand, e: ast.SelectorExpr): void {
  check.recordObject(e.sel, undefined);
  x.invalidate();
  x.expr = e;
}

/** A name of an imported package. */
function qualified(check: Checker, x: Operand, e: ast.SelectorExpr, imported: Package): void {
  x.invalidate();
  x.expr = e;
  const object = imported.fake ? undefined : imported.scope.lookup(e.sel.name);
  check.recordObject(e.sel, object);
  if (!object || !isExported(object.name)) return;
  const type = object.type;
  if (!isKnown(type) && object.kind !== ObjectKind.Builtin) return;
  switch (object.kind) {
    case ObjectKind.Constant:
      x.mode = OperandMode.Constant;
      x.value = object.value;
      break;
    case ObjectKind.TypeName:
      x.mode = OperandMode.TypeExpr;
      break;
    case ObjectKind.Variable:
      x.mode = OperandMode.Variable;
      break;
    case ObjectKind.Func:
      x.mode = OperandMode.Value;
      break;
    case ObjectKind.Builtin:
      x.mode = OperandMode.Builtin;
      x.builtin = object.id;
      break;
    default:
      return;
  }
  x.type = type;
}

/** `T.m`: a function with the receiver as first parameter. */
function methodExpression(check: Checker, x: Operand, method: Func, signature: Signature): void {
  const params = signature.params.vars;
  let name = '';
  // Parameters have names all or none.
  if (params[0] && params[0].name !== '') name = signature.recv?.name || '_';
  const receiver = new Variable(VariableKind.Parameter, name, method.pkg ?? check.package, signature.recv?.ident, x.type);
  const made = new Signature(new Tuple([receiver, ...params]), signature.results, signature.variadic);
  made.typeParameters = signature.typeParameters;
  x.setValue(made);
}
