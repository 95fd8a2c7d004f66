// The values of Go's constant expressions, after go/constant. A value that is not known (wrong code, or past the
// bounds below) is `undefined` everywhere; no function here throws.

import { bitLength, integerOf, realFromInt, signOf, zero } from './real.ts';
import type { Real } from './real.ts';

export type Constant =
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `bytes` holds one UTF-8 byte per UTF-16 unit (0–255), so that its length and order are those of the Go string. */
  | { readonly kind: 'string'; readonly bytes: string }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: Real }
  | { readonly kind: 'complex'; readonly re: Real; readonly im: Real };

export type StringConstant = Extract<Constant, { kind: 'string' }>;

/** Integers beyond this many bits are unknown. The compiler refuses untyped integers of more than 512 bits. */
export const MAX_INT_BITS = 16_384;
/** Shift counts beyond this are unknown. The compiler refuses constant shifts by 1,075 bits or more. */
export const MAX_SHIFT = 10_000;
/** Strings of more bytes are unknown. */
export const MAX_STRING_BYTES = 1 << 24;

export function boolConstant(value: boolean): Constant {
  return { kind: 'bool', value };
}

export function intConstant(value: bigint | number): Constant {
  return { kind: 'int', value: BigInt(value) };
}

/** The integer, or undefined if it is too long to keep. */
export function boundedInt(value: bigint): Constant | undefined {
  return bitLength(value) > MAX_INT_BITS ? undefined : { kind: 'int', value };
}

/** A string constant from its UTF-8 bytes, one per UTF-16 unit. */
export function bytesConstant(bytes: string): Constant | undefined {
  return bytes.length > MAX_STRING_BYTES ? undefined : { kind: 'string', bytes };
}

/** A string constant from text; a lone surrogate becomes U+FFFD. */
export function textConstant(text: string): Constant | undefined {
  return bytesConstant(utf8Bytes(text));
}

export function floatConstant(value: Real | undefined): Constant | undefined {
  return value && { kind: 'float', value };
}

export function complexConstant(re: Real | undefined, im: Real | undefined): Constant | undefined {
  return re && im && { kind: 'complex', re, im };
}

/** The value as an integer, if it is one: 2.0 and 2+0i are 2. */
export function toInt(x: Constant): Constant | undefined {
  if (x.kind === 'int') return x;
  const real = realOf(x);
  const integer = real && integerOf(real);
  return integer === undefined ? undefined : { kind: 'int', value: integer };
}

/** The value as a float, if it is a real number. */
export function toFloat(x: Constant): Constant | undefined {
  return x.kind === 'float' ? x : floatConstant(realOf(x));
}

export function toComplex(x: Constant): Constant | undefined {
  return x.kind === 'complex' ? x : complexConstant(realOf(x), zero);
}

/** The real number x is: integers, floats, and complex numbers without an imaginary part. */
export function realOf(x: Constant): Real | undefined {
  switch (x.kind) {
    case 'int':
      return realFromInt(x.value);
    case 'float':
      return x.value;
    case 'complex':
      return signOf(x.im) === 0 ? x.re : undefined;
    default:
      return undefined;
  }
}

/** real(x) as a float. */
export function realPart(x: Constant): Constant | undefined {
  return x.kind === 'complex' ? floatConstant(x.re) : toFloat(x);
}

/** imag(x) as a float: 0 for every real number. */
export function imaginaryPart(x: Constant): Constant | undefined {
  if (x.kind === 'complex') return floatConstant(x.im);
  return realOf(x) && floatConstant(zero);
}

/** complex(re, im); undefined unless both are real numbers. */
export function complexOf(re: Constant, im: Constant): Constant | undefined {
  return complexConstant(realOf(re), realOf(im));
}

/** The value as a JavaScript number, if it is an integer that a number holds exactly. */
export function smallInt(x: Constant | undefined): number | undefined {
  const int = x && toInt(x);
  if (int?.kind !== 'int') return undefined;
  const value = Number(int.value);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** len of a constant string: its bytes. */
export function stringLength(x: StringConstant): number {
  return x.bytes.length;
}

/** The text of a constant string; bytes that are not UTF-8 read as U+FFFD. */
export function stringText(x: StringConstant): string {
  return isAscii(x.bytes) ? x.bytes : new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(x.bytes, (c) => c.charCodeAt(0)));
}

/** string(i): the UTF-8 form of a code point, U+FFFD for a number that is none. */
export function stringOfCodePoint(code: bigint): Constant {
  const valid = code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code <= 0xdfffn);
  return { kind: 'string', bytes: codePointBytes(valid ? Number(code) : 0xfffd) };
}

/** The UTF-8 bytes of one code point, one per UTF-16 unit. A surrogate is encoded as it stands. */
export function codePointBytes(code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
}

/** The UTF-8 bytes of text, one per UTF-16 unit. */
export function utf8Bytes(text: string): string {
  if (isAscii(text)) return text;
  const parts: string[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0xfffd;
    parts.push(codePointBytes(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code));
  }
  return parts.join('');
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return false;
  }
  return true;
}

