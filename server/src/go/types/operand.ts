// The intermediate result of checking an expression.

import type * as ast from '../syntax/ast.ts';
import type { ConstantValue, Fact } from './info.ts';
import { OperandMode } from './info.ts';
import type { BuiltinId } from './objects.ts';
import { unknownType } from './types.ts';
import type { Type } from './types.ts';
import { untypedNil } from './universe.ts';

export class Operand {
  mode: OperandMode = OperandMode.Invalid;
  type: Type = unknownType;
  /** The value of a constant; undefined if it is not known. */
  value: ConstantValue | undefined = undefined;
  /** Undefined for operands that stand for nothing written: the 1 of x++. */
  expr: ast.Expr | undefined = undefined;
  /** Which function a builtin is. */
  builtin: BuiltinId | undefined = undefined;

  invalidate(): void {
    this.mode = OperandMode.Invalid;
    this.type = unknownType;
    this.value = undefined;
  }

  /** Makes this a value that is no constant. */
  setValue(type: Type): void {
    this.mode = OperandMode.Value;
    this.type = type;
    this.value = undefined;
  }

  assign(other: Operand): void {
    this.mode = other.mode;
    this.type = other.type;
    this.value = other.value;
    this.expr = other.expr;
    this.builtin = other.builtin;
  }

  get isNil(): boolean {
    return this.mode === OperandMode.Value && this.type === untypedNil;
  }
}

export function operandOf(mode: OperandMode, type: Type, expr: ast.Expr | undefined): Operand {
  const x = new Operand();
  x.mode = mode;
  x.type = type;
  x.expr = expr;
  return x;
}

/** The fact of expressions that have a mode, a type and no value: one for each pair. */
export function sharedFact(mode: OperandMode, type: Type): Fact {
  const facts = (type.facts ??= []);
  return (facts[mode] ??= { mode, type, value: undefined });
}
