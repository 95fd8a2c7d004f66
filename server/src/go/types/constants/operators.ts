// Operators on constants (spec: "Constant expressions"). Operands of different kinds meet in the wider one, as in
// go/constant; the checker has made sure that they may. A result that is not known is undefined: division by zero,
// operators that the kinds do not have, numbers past the bounds.

import { Token } from '../../syntax/token.ts';
import { boolConstant, boundedInt, bytesConstant, complexConstant, floatConstant, MAX_INT_BITS, MAX_SHIFT, toComplex, toFloat, toInt } from './constant.ts';
import type { Constant } from './constant.ts';
import { bitLength, compareReals, difference, negated, product, quotient, signOf, sum } from './real.ts';
import type { Real } from './real.ts';

/** +x, -x, ^x and !x. `unsignedBits` is the width of an unsigned operand of ^, whose result has no other bits. */
export function unaryConstant(op: Token, x: Constant, unsignedBits?: number): Constant | undefined {
  switch (op) {
    case Token.ADD:
      return x.kind === 'bool' || x.kind === 'string' ? undefined : x;
    case Token.SUB:
      return minus(x);
    case Token.XOR:
      if (x.kind !== 'int') return undefined;
      return { kind: 'int', value: unsignedBits === undefined ? ~x.value : BigInt.asUintN(unsignedBits, ~x.value) };
    case Token.NOT:
      return x.kind === 'bool' ? boolConstant(!x.value) : undefined;
    default:
      return undefined;
  }
}

function minus(x: Constant): Constant | undefined {
  if (x.kind === 'int') return { kind: 'int', value: -x.value };
  if (x.kind === 'float') return { kind: 'float', value: negated(x.value) };
  return x.kind === 'complex' ? { kind: 'complex', re: negated(x.re), im: negated(x.im) } : undefined;
}

/** x op y for arithmetic, bit, logical and string operators. Dividing two integers truncates toward zero. */
export function binaryConstant(x: Constant, op: Token, y: Constant): Constant | undefined {
  if (x.kind === 'bool' || y.kind === 'bool') return x.kind === y.kind ? logical(x, op, y) : undefined;
  if (x.kind === 'string' || y.kind === 'string') {
    return x.kind === 'string' && y.kind === 'string' && op === Token.ADD ? bytesConstant(x.bytes + y.bytes) : undefined;
  }
  if (x.kind === 'int' && y.kind === 'int') return integers(x.value, op, y.value);
  if (x.kind === 'complex' || y.kind === 'complex') return complexes(toComplex(x), op, toComplex(y));
  const a = toFloat(x);
  const b = toFloat(y);
  return a?.kind === 'float' && b?.kind === 'float' ? floatConstant(reals(a.value, op, b.value)) : undefined;
}

function logical(x: Constant, op: Token, y: Constant): Constant | undefined {
  if (x.kind !== 'bool' || y.kind !== 'bool') return undefined;
  if (op === Token.LAND) return boolConstant(x.value && y.value);
  return op === Token.LOR ? boolConstant(x.value || y.value) : undefined;
}

function integers(x: bigint, op: Token, y: bigint): Constant | undefined {
  switch (op) {
    case Token.ADD:
      return boundedInt(x + y);
    case Token.SUB:
      return boundedInt(x - y);
    case Token.MUL:
      return boundedInt(x * y);
    case Token.QUO:
      return y === 0n ? undefined : boundedInt(x / y);
    case Token.REM:
      return y === 0n ? undefined : boundedInt(x % y);
    case Token.AND:
      return boundedInt(x & y);
    case Token.OR:
      return boundedInt(x | y);
    case Token.XOR:
      return boundedInt(x ^ y);
    case Token.AND_NOT:
      return boundedInt(x & ~y);
    default:
      return undefined;
  }
}

function reals(x: Real, op: Token, y: Real): Real | undefined {
  switch (op) {
    case Token.ADD:
      return sum(x, y);
    case Token.SUB:
      return difference(x, y);
    case Token.MUL:
      return product(x, y);
    case Token.QUO:
      return quotient(x, y);
    default:
      return undefined;
  }
}

function complexes(x: Constant | undefined, op: Token, y: Constant | undefined): Constant | undefined {
  if (x?.kind !== 'complex' || y?.kind !== 'complex') return undefined;
  if (op === Token.ADD || op === Token.SUB) return complexConstant(reals(x.re, op, y.re), reals(x.im, op, y.im));
  const ac = product(x.re, y.re);
  const bd = product(x.im, y.im);
  const bc = product(x.im, y.re);
  const ad = product(x.re, y.im);
  if (!ac || !bd || !bc || !ad) return undefined;
  if (op === Token.MUL) return complexConstant(difference(ac, bd), sum(bc, ad));
  if (op !== Token.QUO) return undefined;
  const cc = product(y.re, y.re);
  const dd = product(y.im, y.im);
  const norm = cc && dd && sum(cc, dd);
  const re = sum(ac, bd);
  const im = difference(bc, ad);
  if (!norm || !re || !im || signOf(norm) === 0) return undefined;
  return complexConstant(quotient(re, norm), quotient(im, norm));
}

/** x << count or x >> count; x may be a float that is an integer. */
export function shiftConstant(x: Constant, op: Token, count: Constant): Constant | undefined {
  const value = toInt(x);
  const by = toInt(count);
  if (value?.kind !== 'int' || by?.kind !== 'int' || by.value < 0n) return undefined;
  if (op === Token.SHR) return { kind: 'int', value: value.value >> (by.value > MAX_INT_BITS ? BigInt(MAX_INT_BITS) : by.value) };
  if (op !== Token.SHL || by.value > MAX_SHIFT) return undefined;
  return bitLength(value.value) + Number(by.value) > MAX_INT_BITS ? undefined : { kind: 'int', value: value.value << by.value };
}

/** The truth of x op y for ==, !=, <, <=, > and >=; undefined where the kinds have no such order. */
export function compareConstants(x: Constant, op: Token, y: Constant): boolean | undefined {
  if (x.kind === 'bool' || y.kind === 'bool') return x.kind === 'bool' && y.kind === 'bool' ? equality(x.value === y.value, op) : undefined;
  if (x.kind === 'string' || y.kind === 'string') {
    return x.kind === 'string' && y.kind === 'string' ? ordered(x.bytes < y.bytes ? -1 : x.bytes > y.bytes ? 1 : 0, op) : undefined;
  }
  if (x.kind === 'int' && y.kind === 'int') return ordered(x.value < y.value ? -1 : x.value > y.value ? 1 : 0, op);
  if (x.kind !== 'complex' && y.kind !== 'complex') {
    const a = toFloat(x);
    const b = toFloat(y);
    return a?.kind === 'float' && b?.kind === 'float' ? ordered(compareReals(a.value, b.value), op) : undefined;
  }
  const a = toComplex(x);
  const b = toComplex(y);
  if (a?.kind !== 'complex' || b?.kind !== 'complex') return undefined;
  return equality(compareReals(a.re, b.re) === 0 && compareReals(a.im, b.im) === 0, op);
}

function equality(equal: boolean, op: Token): boolean | undefined {
  if (op === Token.EQL) return equal;
  return op === Token.NEQ ? !equal : undefined;
}

function ordered(order: number, op: Token): boolean | undefined {
  switch (op) {
    case Token.LSS:
      return order < 0;
    case Token.LEQ:
      return order <= 0;
    case Token.GTR:
      return order > 0;
    case Token.GEQ:
      return order >= 0;
    default:
      return equality(order === 0, op);
  }
}
