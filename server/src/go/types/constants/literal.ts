// Go's literals as constants (spec: "Integer literals" to "String literals"). Text that is no literal, or one past the
// bounds, is undefined.

import { Token } from '../../syntax/token.ts';
import { bytesConstant, boundedInt, codePointBytes, complexConstant, floatConstant, utf8Bytes } from './constant.ts';
import type { Constant } from './constant.ts';
import { binaryFloat, powerOfTen, product, quotient, quotientOf, realFromInt, zero } from './real.ts';
import type { Real } from './real.ts';

/** Longer number literals are not read; nobody wrote them by hand. */
const MAX_NUMBER_LENGTH = 4096;
/** Fractions may have 4096 bits; a decimal exponent beyond this is computed in binary floating point. */
const MAX_EXACT_EXPONENT = 1233;
const MAX_EXPONENT_DIGITS = 10;

/** The value of a BasicLit; `text` is its source text with quotes, prefixes and underscores. */
export function constantOfLiteral(token: Token, text: string): Constant | undefined {
  switch (token) {
    case Token.INT:
      return intLiteral(text);
    case Token.FLOAT:
      return floatConstant(floatLiteral(text));
    case Token.IMAG:
      return imaginaryLiteral(text);
    case Token.CHAR:
      return runeLiteral(text);
    case Token.STRING:
      return stringLiteral(text);
    default:
      return undefined;
  }
}

/** Of literals of one digit: most are. */
const oneDigit: readonly Constant[] = Array.from({ length: 10 }, (_, digit) => ({ kind: 'int', value: BigInt(digit) }));

function intLiteral(text: string): Constant | undefined {
  const known = text.length === 1 ? oneDigit[digitOf(text.charCodeAt(0))] : undefined;
  if (known) return known;
  const value = intValue(text);
  return value === undefined ? undefined : boundedInt(value);
}

function intValue(text: string): bigint | undefined {
  if (text.length === 0 || text.length > MAX_NUMBER_LENGTH) return undefined;
  const second = text.charAt(1).toLowerCase();
  if (text.charAt(0) !== '0' || text.length === 1) return digitsValue(text, 10);
  if (second === 'x') return digitsValue(text.slice(2), 16);
  if (second === 'b') return digitsValue(text.slice(2), 2);
  if (second === 'o') return digitsValue(text.slice(2), 8);
  return digitsValue(text.slice(1), 8);
}

const prefixes: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

/** The value of digits with underscores between them, or undefined if one is not a digit of the base. */
function digitsValue(text: string, base: number): bigint | undefined {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (digits.length === 0) return undefined;
  let value = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digitOf(digits.charCodeAt(i));
    if (digit >= base) return undefined;
    value = value * base + digit;
  }
  // All integers up to this one are exact.
  return value <= Number.MAX_SAFE_INTEGER ? BigInt(value) : BigInt(`${prefixes[base] ?? ''}${digits}`);
}

/** The value of a hexadecimal digit; 36 for anything else. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 36;
}

function floatLiteral(text: string): Real | undefined {
  if (text.length === 0 || text.length > MAX_NUMBER_LENGTH) return undefined;
  const plain = text.replaceAll('_', '').toLowerCase();
  const hexadecimal = plain.startsWith('0x');
  const body = hexadecimal ? plain.slice(2) : plain;
  const mark = body.indexOf(hexadecimal ? 'p' : 'e');
  const mantissa = mark < 0 ? body : body.slice(0, mark);
  const exponent = mark < 0 ? 0 : exponentOf(body.slice(mark + 1));
  if (exponent === undefined) return undefined;
  const point = mantissa.indexOf('.');
  const whole = point < 0 ? mantissa : mantissa.slice(0, point);
  const fraction = point < 0 ? '' : mantissa.slice(point + 1);
  const digits = digitsValue(whole + fraction, hexadecimal ? 16 : 10);
  if (digits === undefined) return undefined;
  if (digits === 0n) return zero;
  return hexadecimal ? timesPowerOfTwo(digits, exponent - 4 * fraction.length) : timesPowerOfTen(digits, exponent - fraction.length);
}

function exponentOf(text: string): number | undefined {
  const unsigned = text.startsWith('+') || text.startsWith('-') ? text.slice(1) : text;
  const value = unsigned.length > MAX_EXPONENT_DIGITS ? undefined : digitsValue(unsigned, 10);
  if (value === undefined) return undefined;
  return text.startsWith('-') ? -Number(value) : Number(value);
}

function timesPowerOfTwo(digits: bigint, exponent: number): Real | undefined {
  if (Math.abs(exponent) > MAX_NUMBER_LENGTH) return binaryFloat(digits, exponent);
  return exponent >= 0 ? quotientOf(digits << BigInt(exponent), 1n) : quotientOf(digits, 1n << BigInt(-exponent));
}

function timesPowerOfTen(digits: bigint, exponent: number): Real | undefined {
  if (Math.abs(exponent) <= MAX_EXACT_EXPONENT + MAX_NUMBER_LENGTH) {
    return exponent >= 0 ? quotientOf(digits * 10n ** BigInt(exponent), 1n) : quotientOf(digits, 10n ** BigInt(-exponent));
  }
  const power = powerOfTen(Math.abs(exponent));
  // A number below every float is zero, as in math/big.
  if (!power) return exponent < 0 ? zero : undefined;
  return exponent >= 0 ? product(realFromInt(digits), power) : quotient(realFromInt(digits), power);
}

function imaginaryLiteral(text: string): Constant | undefined {
  if (!text.endsWith('i')) return undefined;
  const number = text.slice(0, -1);
  if (number.length > MAX_NUMBER_LENGTH) return undefined;
  // For backward compatibility 0755i is decimal, unlike 0755 (spec: "Imaginary literals").
  const legacy = digitsValue(number, 10);
  if (legacy !== undefined) return complexConstant(zero, realFromInt(legacy));
  const int = intValue(number);
  return complexConstant(zero, int === undefined ? floatLiteral(number) : realFromInt(int));
}

function runeLiteral(text: string): Constant | undefined {
  if (text.length < 3 || !text.startsWith("'") || !text.endsWith("'")) return undefined;
  const body = text.slice(1, -1);
  if (!body.startsWith('\\')) {
    const code = body.codePointAt(0) ?? 0;
    return body.length === (code > 0xffff ? 2 : 1) ? { kind: 'int', value: BigInt(code) } : undefined;
  }
  const escape = escapeAt(body, 0, "'");
  return escape?.end === body.length ? { kind: 'int', value: BigInt(escape.value) } : undefined;
}

function stringLiteral(text: string): Constant | undefined {
  const quote = text.charAt(0);
  if (text.length < 2 || !text.endsWith(quote)) return undefined;
  const body = text.slice(1, -1);
  // Carriage returns are dropped from raw strings (spec: "String literals").
  if (quote === '`') return bytesConstant(utf8Bytes(body.replaceAll('\r', '')));
  return quote === '"' ? interpretedString(body) : undefined;
}

function interpretedString(body: string): Constant | undefined {
  if (!body.includes('\\')) return bytesConstant(utf8Bytes(body));
  const parts: string[] = [];
  let at = 0;
  for (let backslash = body.indexOf('\\'); backslash >= 0; backslash = body.indexOf('\\', at)) {
    const escape = escapeAt(body, backslash, '"');
    if (!escape) return undefined;
    parts.push(utf8Bytes(body.slice(at, backslash)), escape.byte ? String.fromCharCode(escape.value) : codePointBytes(escape.value));
    at = escape.end;
  }
  parts.push(utf8Bytes(body.slice(at)));
  return bytesConstant(parts.join(''));
}

interface Escape {
  readonly value: number;
  /** True for \x and octal escapes, which name a byte, not a code point. */
  readonly byte: boolean;
  /** The offset after the escape. */
  readonly end: number;
}

const simpleEscapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

/** The escape that begins with the backslash at `at`; `quote` is the only quote it may escape. */
function escapeAt(text: string, at: number, quote: string): Escape | undefined {
  const letter = text.charAt(at + 1);
  const simple = letter === quote ? quote.charCodeAt(0) : simpleEscapes[letter];
  if (simple !== undefined) return { value: simple, byte: false, end: at + 2 };
  if (letter === 'x') return digitsEscape(text, at + 2, 2, 16);
  if (letter === 'u') return digitsEscape(text, at + 2, 4, 16);
  if (letter === 'U') return digitsEscape(text, at + 2, 8, 16);
  return letter >= '0' && letter <= '7' ? digitsEscape(text, at + 1, 3, 8) : undefined;
}

function digitsEscape(text: string, start: number, count: number, base: number): Escape | undefined {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const digit = i < text.length ? digitOf(text.charCodeAt(i)) : 36;
    if (digit >= base) return undefined;
    value = value * base + digit;
  }
  const byte = count < 4;
  const valid = byte ? value <= 0xff : value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
  return valid ? { value, byte, end: start + count } : undefined;
}
