// Which constants a basic type can hold, and what becomes of them there (spec: "Representability", "Conversions").
// The sizes are those of 64-bit platforms.

import { complexConstant, floatConstant, stringOfCodePoint, toComplex, toFloat, toInt } from './constant.ts';
import type { Constant } from './constant.ts';
import { roundedToIeee } from './real.ts';
import type { Real } from './real.ts';

export type ConstantType =
  | 'bool' | 'string'
  | 'int' | 'int8' | 'int16' | 'int32' | 'int64'
  | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'uintptr'
  | 'float32' | 'float64' | 'complex64' | 'complex128'
  | 'untyped bool' | 'untyped string' | 'untyped int' | 'untyped rune' | 'untyped float' | 'untyped complex';

/** The width in bits of an integer type; negative for signed types. */
const integerBits: Readonly<Partial<Record<ConstantType, number>>> = {
  int: -64, int8: -8, int16: -16, int32: -32, int64: -64,
  uint: 64, uint8: 8, uint16: 16, uint32: 32, uint64: 64, uintptr: 64,
};

/** The width in bits of an unsigned integer type; undefined for every other type. */
export function unsignedBits(type: ConstantType): number | undefined {
  const bits = integerBits[type];
  return bits !== undefined && bits > 0 ? bits : undefined;
}

/** x as a value of the type, rounded where the type rounds; undefined if the type cannot represent it. */
export function represented(x: Constant, type: ConstantType): Constant | undefined {
  switch (type) {
    case 'bool':
    case 'untyped bool':
      return x.kind === 'bool' ? x : undefined;
    case 'string':
    case 'untyped string':
      return x.kind === 'string' ? x : undefined;
    case 'untyped int':
    case 'untyped rune':
      return toInt(x);
    case 'untyped float':
      return toFloat(x);
    case 'untyped complex':
      return toComplex(x);
    case 'float32':
    case 'float64':
      return roundedFloat(toFloat(x), type === 'float32' ? roundedToFloat32 : roundedToFloat64);
    case 'complex64':
    case 'complex128':
      return roundedComplex(toComplex(x), type === 'complex64' ? roundedToFloat32 : roundedToFloat64);
    default:
      return integerInRange(toInt(x), integerBits[type] ?? 0);
  }
}

/** T(x) for a constant x: its value where T represents it, and the code point's string for an integer as a string. */
export function converted(x: Constant, type: ConstantType): Constant | undefined {
  const same = represented(x, type);
  if (same || type !== 'string' || x.kind !== 'int') return same;
  return stringOfCodePoint(x.value);
}

function integerInRange(x: Constant | undefined, bits: number): Constant | undefined {
  if (x?.kind !== 'int' || bits === 0) return undefined;
  const fits = bits < 0 ? BigInt.asIntN(-bits, x.value) === x.value : BigInt.asUintN(bits, x.value) === x.value;
  return fits ? x : undefined;
}

type Rounding = (x: Real) => Real | undefined;

function roundedToFloat32(x: Real): Real | undefined {
  return roundedToIeee(x, 24, -149, 128);
}

function roundedToFloat64(x: Real): Real | undefined {
  return roundedToIeee(x, 53, -1074, 1024);
}

function roundedFloat(x: Constant | undefined, round: Rounding): Constant | undefined {
  return x?.kind === 'float' ? floatConstant(round(x.value)) : undefined;
}

function roundedComplex(x: Constant | undefined, round: Rounding): Constant | undefined {
  return x?.kind === 'complex' ? complexConstant(round(x.re), round(x.im)) : undefined;
}
