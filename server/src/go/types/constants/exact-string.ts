// Constants as text, in the form of go/constant's ExactString.

import { stringText } from './constant.ts';
import type { Constant, StringConstant } from './constant.ts';
import { bitLength, magnitudeOf } from './real.ts';
import type { Real } from './real.ts';

/** Decimal integers, fractions as `a/b`, quoted strings, `(re + imi)`; large floats in hexadecimal. */
export function exactString(x: Constant): string {
  switch (x.kind) {
    case 'bool':
      return String(x.value);
    case 'string':
      return quoted(x);
    case 'int':
      return x.value.toString();
    case 'float':
      return realString(x.value);
    case 'complex':
      return `(${realString(x.re)} + ${realString(x.im)}i)`;
  }
}

function realString(x: Real): string {
  if (x.form === 'fraction') return x.den === 1n ? x.num.toString() : `${x.num}/${x.den}`;
  if (x.mantissa === 0n) return '0';
  const size = x.mantissa < 0n ? -x.mantissa : x.mantissa;
  // math/big's %p: a hexadecimal mantissa in [0.5, 1) without trailing zeros, and a binary exponent.
  const bits = bitLength(size);
  const padded = size << BigInt((4 - (bits % 4)) % 4);
  const digits = padded.toString(16).replace(/0+$/, '');
  const exponent = magnitudeOf(x);
  return `${x.mantissa < 0n ? '-' : ''}0x.${digits}p${exponent < 0 ? '' : '+'}${exponent}`;
}

const namedEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', '"': '\\"',
};

/** Letters, marks, numbers, punctuation, symbols and the ASCII space: what strconv.IsPrint prints. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** strconv.Quote of the string. */
function quoted(x: StringConstant): string {
  const parts: string[] = ['"'];
  let at = 0;
  while (at < x.bytes.length) {
    const size = sequenceLength(x.bytes, at);
    parts.push(size === 0 ? byteEscape(x.bytes.charCodeAt(at)) : characterText(x.bytes.slice(at, at + size)));
    at += size === 0 ? 1 : size;
  }
  parts.push('"');
  return parts.join('');
}

function byteEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

function characterText(bytes: string): string {
  const character = stringText({ kind: 'string', bytes });
  const named = namedEscapes[character];
  if (named !== undefined) return named;
  if (printable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return byteEscape(code);
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The length of the valid UTF-8 sequence at an offset, 0 if there is none (RFC 3629). */
function sequenceLength(bytes: string, at: number): number {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes.charCodeAt(at + 1);
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    if ((bytes.charCodeAt(at + i) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
