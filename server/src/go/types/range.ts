// Range statements, after go/types' range.go.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { assignOperand, assignment, initVar } from './assignments.ts';
import type { Checker } from './checker.ts';
import { expr } from './expressions.ts';
import { OperandMode } from './info.ts';
import { Variable, VariableKind } from './objects.ts';
import { Operand, operandOf } from './operand.ts';
import { coreType, everyUnderlying, isInteger, isKnown, isString, underlying } from './predicates.ts';
import { stmt } from './statements.ts';
import { ChannelDirection, TypeKind, unknownType } from './types.ts';
import type { Signature, Type } from './types.ts';
import { intType, runeType } from './universe.ts';

export function rangeStmt(check: Checker, s: ast.RangeStmt): void {
  const x = new Operand();
  expr(check, undefined, x, s.x);
  const values = x.mode === OperandMode.Invalid ? undefined : rangeValues(x.type);
  check.openScope(s.pos, s.end);
  const overInteger = x.mode !== OperandMode.Invalid && isInteger(x.type);
  if (s.token === Token.DEFINE) defineVariables(check, s, x, values, overInteger);
  else if (s.key) assignValues(check, s, x, values, overInteger);
  else if (overInteger) assignment(check, x, undefined);
  stmt(check, s.body);
  check.closeScope();
}

/** The types of the iteration values; undefined where there is no such value. */
export interface RangeValues {
  readonly key: Type | undefined;
  readonly value: Type | undefined;
}

/** What ranging over a value of the type gives (spec: "For statements with range clause"); undefined if it cannot be ranged over. */
export function rangeValues(type: Type): RangeValues | undefined {
  if (!everyUnderlying(type, (under) => !(under?.kind === TypeKind.Chan && under.direction === ChannelDirection.SendOnly))) return undefined;
  const core = coreType(type);
  if (!core) return undefined;
  const pointee = core.kind === TypeKind.Pointer ? underlying(core.elem) : undefined;
  const ranged = pointee?.kind === TypeKind.Array ? pointee : core;
  switch (ranged.kind) {
    case TypeKind.Basic:
      if (isString(ranged)) return { key: intType, value: runeType };
      return isInteger(ranged) ? { key: type, value: undefined } : undefined;
    case TypeKind.Array:
    case TypeKind.Slice:
      return { key: intType, value: ranged.elem };
    case TypeKind.Map:
      return { key: ranged.key, value: ranged.elem };
    case TypeKind.Chan:
      return { key: ranged.elem, value: undefined };
    case TypeKind.Signature:
      return iteratorValues(ranged);
    default:
      return undefined;
  }
}

/** `func(yield func(K, V) bool)` gives Ks and Vs. */
function iteratorValues(iterator: Signature): RangeValues | undefined {
  const [only] = iterator.params.vars;
  if (!only || iterator.params.vars.length !== 1 || iterator.results.vars.length !== 0) return undefined;
  const core = coreType(only.type);
  if (core?.kind !== TypeKind.Signature || core.params.vars.length > 2 || core.results.vars.length !== 1) return undefined;
  return { key: core.params.vars[0]?.type, value: core.params.vars[1]?.type };
}

function defineVariables(check: Checker, s: ast.RangeStmt, x: Operand, values: RangeValues | undefined, overInteger: boolean): void {
  const variables: Variable[] = [];
  const define = (lhs: ast.Expr | undefined, type: Type | undefined): void => {
    if (lhs?.kind !== NodeKind.Ident) return;
    const variable = new Variable(VariableKind.Local, lhs.name, check.package, lhs, undefined);
    variable.file = check.env.file.source;
    check.recordObject(lhs, variable);
    if (lhs.name !== '_') variables.push(variable);
    if (!type || !isKnown(type)) variable.typ = unknownType;
    else if (overInteger) initVar(check, variable, x);
    else initVar(check, variable, operandOf(OperandMode.Value, type, undefined));
  };
  define(s.key, values?.key);
  define(s.value, values?.value);
  for (const variable of variables) check.declare(check.env.scope, undefined, variable, s.body.pos);
}

function assignValues(check: Checker, s: ast.RangeStmt, x: Operand, values: RangeValues | undefined, overInteger: boolean): void {
  const assign = (lhs: ast.Expr | undefined, type: Type | undefined): void => {
    if (!lhs) return;
    if (overInteger && type) assignOperand(check, lhs, x);
    else assignOperand(check, lhs, operandOf(type ? OperandMode.Value : OperandMode.Invalid, type ?? unknownType, undefined));
  };
  assign(s.key, values?.key);
  assign(s.value, values?.value);
}
