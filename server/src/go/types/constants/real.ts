// Real numbers of Go's constant arithmetic. As in go/constant a real is an exact fraction as long as numerator and
// denominator stay below 4096 bits, and a binary floating-point number of 512 bits beyond. Both forms are bounded,
// so that no constant expression can take time or memory without limit.

/** A fraction in lowest terms with a positive denominator. */
export interface Fraction {
  readonly form: 'fraction';
  readonly num: bigint;
  readonly den: bigint;
}

/** mantissa × 2^exponent, the mantissa odd (or zero) and at most 512 bits long. */
export interface BinaryFloat {
  readonly form: 'binary';
  readonly mantissa: bigint;
  readonly exponent: number;
}

export type Real = Fraction | BinaryFloat;

const PRECISION = 512;
const FRACTION_BITS = 4096;
/** math/big's exponents are 32 bits wide; a value beyond them is an infinity there, and unknown here. */
const MAX_EXPONENT = 0x7fff_ffff;

export const zero: Fraction = { form: 'fraction', num: 0n, den: 1n };

/** Smaller integers have at most 31 bits. */
const smallest = 2n ** 31n;

/** The number of bits of |x|; 0 for 0. */
export function bitLength(x: bigint): number {
  if (-smallest < x && x < smallest) return 32 - Math.clz32(Math.abs(Number(x)));
  const hex = (x < 0n ? -x : x).toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex.charAt(0), 16)) - 28);
}

export function realFromInt(x: bigint): Real {
  return bitLength(x) < FRACTION_BITS ? { form: 'fraction', num: x, den: 1n } : binaryFloat(x, 0) ?? zero;
}

/** num/den as a real; undefined for a zero denominator. */
export function quotientOf(num: bigint, den: bigint): Real | undefined {
  if (den === 0n) return undefined;
  const divisor = greatestCommonDivisor(num, den);
  const sign = den < 0n ? -1n : 1n;
  const n = (sign * num) / divisor;
  const d = (sign * den) / divisor;
  if (bitLength(n) < FRACTION_BITS && bitLength(d) < FRACTION_BITS) return { form: 'fraction', num: n, den: d };
  return divided(n, d, 0);
}

/** mantissa × 2^exponent rounded half to even; undefined past the range of exponents. */
export function binaryFloat(mantissa: bigint, exponent: number, precision = PRECISION): BinaryFloat | undefined {
  if (mantissa === 0n) return { form: 'binary', mantissa: 0n, exponent: 0 };
  const rounded = roundedTo(mantissa, precision);
  const e = exponent + rounded.shift;
  const magnitude = bitLength(rounded.mantissa) + e;
  if (magnitude > MAX_EXPONENT) return undefined;
  if (magnitude < -MAX_EXPONENT) return { form: 'binary', mantissa: 0n, exponent: 0 };
  const odd = withoutTrailingZeros(rounded.mantissa);
  return { form: 'binary', mantissa: odd.mantissa, exponent: e + odd.shift };
}

/** x as a binary float; undefined never happens for the fractions made here. */
function asBinary(x: Real): BinaryFloat | undefined {
  if (x.form === 'binary') return x;
  return x.den === 1n ? binaryFloat(x.num, 0) : divided(x.num, x.den, 0);
}

/** num/den × 2^exponent, correctly rounded. */
function divided(num: bigint, den: bigint, exponent: number): BinaryFloat | undefined {
  // Two more bits than the precision and a sticky bit make the one rounding that follows exact.
  const shift = Math.max(0, PRECISION + 2 - (bitLength(num) - bitLength(den)));
  const scaled = num << BigInt(shift);
  const quotient = scaled / den;
  const sticky = scaled % den === 0n ? 0n : scaled < 0n !== den < 0n ? -1n : 1n;
  return binaryFloat(quotient * 2n + sticky, exponent - shift - 1);
}

export function negated(x: Real): Real {
  return x.form === 'fraction' ? { form: 'fraction', num: -x.num, den: x.den } : { form: 'binary', mantissa: -x.mantissa, exponent: x.exponent };
}

export function sum(x: Real, y: Real): Real | undefined {
  if (x.form === 'fraction' && y.form === 'fraction') return quotientOf(x.num * y.den + y.num * x.den, x.den * y.den);
  const a = asBinary(x);
  const b = asBinary(y);
  if (!a || !b) return undefined;
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const [high, low] = magnitudeOf(a) >= magnitudeOf(b) ? [a, b] : [b, a];
  // A number far below the last bit of the other can only decide which way to round.
  if (magnitudeOf(high) - magnitudeOf(low) > 3 * PRECISION) {
    const spread = 2 * PRECISION;
    const sticky = low.mantissa < 0n ? -1n : 1n;
    return binaryFloat((high.mantissa << BigInt(spread)) + sticky, high.exponent - spread);
  }
  const exponent = Math.min(a.exponent, b.exponent);
  return binaryFloat((a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent)), exponent);
}

export function difference(x: Real, y: Real): Real | undefined {
  return sum(x, negated(y));
}

export function product(x: Real, y: Real): Real | undefined {
  if (x.form === 'fraction' && y.form === 'fraction') return quotientOf(x.num * y.num, x.den * y.den);
  const a = asBinary(x);
  const b = asBinary(y);
  return a && b && binaryFloat(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

/** x / y; undefined for a zero divisor. */
export function quotient(x: Real, y: Real): Real | undefined {
  if (signOf(y) === 0) return undefined;
  if (x.form === 'fraction' && y.form === 'fraction') return quotientOf(x.num * y.den, x.den * y.num);
  const a = asBinary(x);
  const b = asBinary(y);
  if (!a || !b) return undefined;
  return a.mantissa === 0n ? a : divided(a.mantissa, b.mantissa, a.exponent - b.exponent);
}

export function signOf(x: Real): -1 | 0 | 1 {
  const n = x.form === 'fraction' ? x.num : x.mantissa;
  return n === 0n ? 0 : n < 0n ? -1 : 1;
}

/** Negative, zero or positive as x is below, equal to or above y. */
export function compareReals(x: Real, y: Real): number {
  if (x.form === 'fraction' && y.form === 'fraction') return orderOf(x.num * y.den, y.num * x.den);
  const sx = signOf(x);
  const sy = signOf(y);
  if (sx !== sy) return sx - sy;
  if (sx === 0) return 0;
  const a = asBinary(x);
  const b = asBinary(y);
  if (!a || !b) return 0;
  const apart = magnitudeOf(a) - magnitudeOf(b);
  if (apart !== 0) return apart * sx;
  const exponent = Math.min(a.exponent, b.exponent);
  return orderOf(a.mantissa << BigInt(a.exponent - exponent), b.mantissa << BigInt(b.exponent - exponent));
}

/**
 * The integer that x is, or undefined. Like go/constant, a 512-bit float that is an integer but for its last bits is
 * taken as that integer, because its computation has rounded before.
 */
export function integerOf(x: Real): bigint | undefined {
  if (x.form === 'fraction') return x.den === 1n ? x.num : undefined;
  if (x.mantissa === 0n) return 0n;
  if (Math.abs(magnitudeOf(x)) >= FRACTION_BITS) return undefined;
  if (x.exponent >= 0) return x.mantissa << BigInt(x.exponent);
  const dropped = bitLength(x.mantissa) - (PRECISION - 4);
  if (dropped <= 0) return undefined;
  const shift = BigInt(dropped);
  // An arithmetic shift rounds down; the other neighbour is one above.
  const below = x.mantissa >> shift;
  return scaledInteger(below, x.exponent + dropped) ?? scaledInteger(below + 1n, x.exponent + dropped);
}

function scaledInteger(mantissa: bigint, exponent: number): bigint | undefined {
  if (exponent >= 0) return mantissa << BigInt(exponent);
  const unit = 1n << BigInt(-exponent);
  return mantissa % unit === 0n ? mantissa / unit : undefined;
}

/**
 * x rounded half to even to an IEEE number of `precision` bits whose smallest positive value is 2^minExponent and
 * whose largest is below 2^limit; undefined if it rounds to an infinity.
 */
export function roundedToIeee(x: Real, precision: number, minExponent: number, limit: number): Fraction | undefined {
  if (signOf(x) === 0) return zero;
  if (x.form === 'binary' && magnitudeOf(x) > limit) return undefined;
  if (x.form === 'binary' && magnitudeOf(x) < minExponent) return zero;
  const num = x.form === 'fraction' ? x.num : x.mantissa << BigInt(Math.max(0, x.exponent));
  const den = x.form === 'fraction' ? x.den : 1n << BigInt(Math.max(0, -x.exponent));
  const size = num < 0n ? -num : num;
  let exponent = Math.max(minExponent, bitLength(size) - bitLength(den) - precision);
  let mantissa = roundedQuotient(size, den, exponent);
  // The estimate of the exponent is one too low for about half of all numbers.
  if (bitLength(mantissa) > precision) {
    exponent += 1;
    mantissa = roundedQuotient(size, den, exponent);
  }
  if (bitLength(mantissa) + exponent > limit) return undefined;
  const signed = num < 0n ? -mantissa : mantissa;
  const result = exponent >= 0 ? quotientOf(signed << BigInt(exponent), 1n) : quotientOf(signed, 1n << BigInt(-exponent));
  return result?.form === 'fraction' ? result : undefined;
}

/** num / (den × 2^exponent) to the nearest integer, half to even. */
function roundedQuotient(num: bigint, den: bigint, exponent: number): bigint {
  const n = exponent < 0 ? num << BigInt(-exponent) : num;
  const d = exponent > 0 ? den << BigInt(exponent) : den;
  const floor = n / d;
  const twice = (n - floor * d) * 2n;
  return twice > d || (twice === d && (floor & 1n) === 1n) ? floor + 1n : floor;
}

/** The nearest float64 of x, ±Infinity beyond its range. */
export function toNumber(x: Real): number {
  const rounded = roundedToIeee(x, 53, -1074, 1024);
  if (!rounded) return signOf(x) * Number.POSITIVE_INFINITY;
  const bits = bitLength(rounded.den) - 1;
  // A numerator of more than 53 bits ends in zeros, so that Number() is exact; the scaling is done in two exact steps.
  const half = Math.floor(bits / 2);
  return (Number(rounded.num) * 2 ** -half) * 2 ** -(bits - half);
}

/** The exact value of a finite float64; undefined for NaN and infinities. */
export function realFromNumber(x: number): Real | undefined {
  if (!Number.isFinite(x)) return undefined;
  let scaled = x;
  let shift = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift += 1;
  }
  return quotientOf(BigInt(scaled), 1n << BigInt(shift));
}

/** 10^power with 64 more bits than a result has, as math/big computes it for literals with large exponents. */
export function powerOfTen(power: number): BinaryFloat | undefined {
  let result = binaryFloat(1n, 0);
  let square = binaryFloat(10n, 0);
  for (let rest = power; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result && square && binaryFloat(result.mantissa * square.mantissa, result.exponent + square.exponent, PRECISION + 64);
    square = square && binaryFloat(square.mantissa * square.mantissa, square.exponent * 2, PRECISION + 64);
  }
  return result;
}

/** The e of x = f × 2^e with 0.5 ≤ |f| < 1. */
export function magnitudeOf(x: BinaryFloat): number {
  return bitLength(x.mantissa) + x.exponent;
}

function roundedTo(mantissa: bigint, precision: number): { readonly mantissa: bigint; readonly shift: number } {
  const extra = bitLength(mantissa) - precision;
  if (extra <= 0) return { mantissa, shift: 0 };
  const size = mantissa < 0n ? -mantissa : mantissa;
  const rounded = roundedQuotient(size, 1n, extra);
  return { mantissa: mantissa < 0n ? -rounded : rounded, shift: extra };
}

function withoutTrailingZeros(mantissa: bigint): { readonly mantissa: bigint; readonly shift: number } {
  const lowest = mantissa & -mantissa;
  const shift = bitLength(lowest) - 1;
  return { mantissa: mantissa >> BigInt(shift), shift };
}

function greatestCommonDivisor(x: bigint, y: bigint): bigint {
  let a = x < 0n ? -x : x;
  let b = y < 0n ? -y : y;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function orderOf(x: bigint, y: bigint): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
