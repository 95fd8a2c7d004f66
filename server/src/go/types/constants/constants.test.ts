import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Token } from '../../syntax/token.ts';
import { complexOf, imaginaryPart, intConstant, realPart, smallInt, stringLength, stringText, textConstant, toInt } from './constant.ts';
import type { Constant } from './constant.ts';
import { exactString } from './exact-string.ts';
import { constantOfLiteral } from './literal.ts';
import { binaryConstant, compareConstants, shiftConstant, unaryConstant } from './operators.ts';
import { toNumber } from './real.ts';
import { converted, represented } from './representable.ts';
import type { ConstantType } from './representable.ts';

function shown(x: Constant | undefined): string {
  return x ? exactString(x) : 'unknown';
}

function literal(token: Token, text: string): Constant {
  const value = constantOfLiteral(token, text);
  assert.ok(value, `${text} is a literal`);
  return value;
}

const int = (text: string): Constant => literal(Token.INT, text);
const float = (text: string): Constant => literal(Token.FLOAT, text);
const string = (text: string): Constant => literal(Token.STRING, text);

test('literals: integers in every base', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['0', '0'], ['42', '42'], ['4_2', '42'], ['0600', '384'], ['0_600', '384'], ['0o600', '384'], ['0O17', '15'],
    ['0xBadFace', '195951310'], ['0x_67_7a_2f', '6781487'], ['0b1011', '11'], ['0B_1', '1'],
    ['170141183460469231731687303715884105727', '170141183460469231731687303715884105727'],
  ];
  for (const [text, value] of cases) assert.equal(shown(int(text)), value, text);
});

test('literals: text that is no number is unknown', () => {
  for (const text of ['', '08', '0x', '0b', '0b2', '0xg', '1e', '1x', `1${'0'.repeat(1_000_000)}`]) {
    assert.equal(constantOfLiteral(Token.INT, text), undefined, text.slice(0, 10));
  }
  for (const text of ['', '.', 'e5', '1e', '1e+', '0xp1', '1e99999999999', '1e9999999999']) {
    assert.equal(constantOfLiteral(Token.FLOAT, text), undefined, text);
  }
});

test('literals: floats in decimal and hexadecimal', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['0.', '0'], ['72.40', '362/5'], ['072.40', '362/5'], ['2.71828', '67957/25000'], ['1.e+0', '1'], ['1E6', '1000000'], ['.25', '1/4'], ['1_5.', '15'], ['0.15e+02', '15'],
    ['0x1p-2', '1/4'], ['0x2.p10', '2048'], ['0x1.Fp+0', '31/16'], ['0X.8p-0', '1/2'], ['0x_1FFFP-16', '8191/65536'], ['0e1000000000', '0'], ['1e-9999999999', '0'],
  ];
  for (const [text, value] of cases) assert.equal(shown(float(text)), value, text);
});

test('literals: imaginary numbers, with the decimal exception', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['0i', '(0 + 0i)'], ['0123i', '(0 + 123i)'], ['0o123i', '(0 + 83i)'], ['0xabci', '(0 + 2748i)'], ['0.i', '(0 + 0i)'], ['1e1i', '(0 + 10i)'], ['.25i', '(0 + 1/4i)'], ['0x1p-2i', '(0 + 1/4i)'], ['09i', '(0 + 9i)'],
  ];
  for (const [text, value] of cases) assert.equal(shown(literal(Token.IMAG, text)), value, text);
});

test('literals: runes with every escape', () => {
  const cases: readonly (readonly [string, string])[] = [
    ["'a'", '97'], ["'ä'", '228'], ["'本'", '26412'], ["'\\t'", '9'], ["'\\000'", '0'], ["'\\007'", '7'], ["'\\377'", '255'], ["'\\x07'", '7'], ["'\\xff'", '255'],
    ["'\\u12e4'", '4836'], ["'\\U00101234'", '1053236'], ["'\\''", '39'], ["'\\\\'", '92'], ["'\"'", '34'], ["'😀'", '128512'],
  ];
  for (const [text, value] of cases) assert.equal(shown(literal(Token.CHAR, text)), value, text);
  for (const text of ["''", "'aa'", "'\\k'", "'\\xa'", "'\\0'", "'\\400'", "'\\uDFFF'", "'\\U00110000'", "'\\\"'", "'", "'a"]) {
    assert.equal(constantOfLiteral(Token.CHAR, text), undefined, text);
  }
});

test('literals: strings are bytes', () => {
  const cases: readonly (readonly [string, string, number])[] = [
    ['`abc`', '"abc"', 3], ['`\\n\n\\n`', '"\\\\n\\n\\\\n"', 5], ['`a\r\nb`', '"a\\nb"', 3], ['"\\n"', '"\\n"', 1], ['"\\""', '"\\""', 1], ['"日本語"', '"日本語"', 9],
    ['"\\u65e5本\\U00008a9e"', '"日本語"', 9], ['"\\xff\\u00FF"', '"\\xffÿ"', 3], ['"\\xe6\\x97\\xa5"', '"日"', 3], ['"\\345"', '"\\xe5"', 1], ['"\\xed\\xa0\\x80"', '"\\xed\\xa0\\x80"', 3],
    ['"\\u200b\\x7f\\x00"', '"\\u200b\\x7f\\x00"', 5], ['"😀"', '"😀"', 4], ['""', '""', 0],
  ];
  for (const [text, value, length] of cases) {
    const constant = string(text);
    assert.equal(shown(constant), value, text);
    assert.ok(constant.kind === 'string');
    assert.equal(stringLength(constant), length, text);
  }
  for (const text of ['"', '"\\uD800"', '"\\k"', '"\\\'"', '"\\x1"', '`', 'abc', '"\\']) assert.equal(constantOfLiteral(Token.STRING, text), undefined, text);
});

test('strings: concatenation and order follow bytes, text follows UTF-8', () => {
  const joined = binaryConstant(string('"\\xe6\\x97"'), Token.ADD, string('"\\xa5"'));
  assert.ok(joined?.kind === 'string');
  assert.equal(stringText(joined), '日');
  // U+FF5E sorts below U+1F600 in UTF-8, above its surrogates in UTF-16.
  assert.equal(compareConstants(string('"\uff5e"'), Token.LSS, string('"😀"')), true);
  assert.equal(shown(textConstant('a\ud800')), '"a\ufffd"');
});

test('integers: division truncates toward zero, and by zero is unknown', () => {
  assert.equal(shown(binaryConstant(int('7'), Token.QUO, intConstant(-2))), '-3');
  assert.equal(shown(binaryConstant(intConstant(-7), Token.REM, int('2'))), '-1');
  assert.equal(binaryConstant(int('7'), Token.QUO, int('0')), undefined);
  assert.equal(binaryConstant(int('7'), Token.REM, int('0')), undefined);
  assert.equal(binaryConstant(float('7.'), Token.QUO, float('0.')), undefined);
  assert.equal(binaryConstant(literal(Token.IMAG, '1i'), Token.QUO, int('0')), undefined);
});

test('mixed kinds: meet in the wider kind', () => {
  assert.equal(shown(binaryConstant(int('1'), Token.QUO, float('3.0'))), '1/3');
  assert.equal(shown(binaryConstant(literal(Token.CHAR, "'a'"), Token.ADD, int('1'))), '98');
  assert.equal(shown(binaryConstant(int('1'), Token.ADD, literal(Token.IMAG, '2i'))), '(1 + 2i)');
  assert.equal(shown(binaryConstant(literal(Token.IMAG, '2i'), Token.MUL, literal(Token.IMAG, '2i'))), '(-4 + 0i)');
  assert.equal(compareConstants(int('2'), Token.EQL, float('2.0')), true);
  assert.equal(compareConstants(literal(Token.IMAG, '0i'), Token.EQL, int('0')), true);
  assert.equal(compareConstants(literal(Token.IMAG, '1i'), Token.LSS, int('0')), undefined);
});

test('wrong kinds: no operator, no value', () => {
  assert.equal(binaryConstant(int('1'), Token.ADD, string('"a"')), undefined);
  assert.equal(binaryConstant(float('1.5'), Token.REM, int('1')), undefined);
  assert.equal(unaryConstant(Token.NOT, int('1')), undefined);
  assert.equal(unaryConstant(Token.SUB, string('"a"')), undefined);
  assert.equal(compareConstants(int('1'), Token.EQL, string('"1"')), undefined);
});

test('unary: complement stays within an unsigned type', () => {
  assert.equal(shown(unaryConstant(Token.XOR, int('1'))), '-2');
  assert.equal(shown(unaryConstant(Token.XOR, int('1'), 8)), '254');
  assert.equal(shown(unaryConstant(Token.SUB, float('0.5'))), '-1/2');
});

test('shifts: integers of any kind, bounded', () => {
  assert.equal(shown(shiftConstant(float('1.0'), Token.SHL, int('3'))), '8');
  assert.equal(shown(shiftConstant(intConstant(-5), Token.SHR, int('1'))), '-3');
  assert.equal(shown(shiftConstant(int('1'), Token.SHR, int('100000000000000'))), '0');
  assert.equal(shiftConstant(int('1'), Token.SHL, int('100000000000000')), undefined);
  assert.equal(shiftConstant(float('1.5'), Token.SHL, int('1')), undefined);
  assert.equal(shiftConstant(int('1'), Token.SHL, intConstant(-1)), undefined);
});

test('bounds: numbers that grow without limit become unknown soon', () => {
  let square: Constant | undefined = int('3');
  let steps = 0;
  for (; square && steps < 100; steps++) square = binaryConstant(square, Token.MUL, square);
  assert.ok(steps < 20, `${steps} squarings`);
  let real: Constant | undefined = float('1e300');
  for (steps = 0; real && steps < 100; steps++) real = binaryConstant(real, Token.MUL, real);
  assert.ok(steps < 100, `${steps} squarings`);
  let text: Constant | undefined = string('"ab"');
  for (steps = 0; text && steps < 100; steps++) text = binaryConstant(text, Token.ADD, text);
  assert.ok(steps < 100, `${steps} doublings`);
});

test('bounds: far exponents add without building their digits', () => {
  const sum = binaryConstant(float('1e100000000'), Token.ADD, float('1.0'));
  assert.ok(sum);
  assert.equal(compareConstants(sum, Token.GTR, float('1e99999999')), true);
  assert.equal(compareConstants(float('1e-100000000'), Token.GTR, float('0.0')), true);
});

test('representable: integers by range', () => {
  const cases: readonly (readonly [string, ConstantType, string])[] = [
    ['127', 'int8', '127'], ['128', 'int8', 'unknown'], ['255', 'uint8', '255'], ['256', 'uint8', 'unknown'],
    ['9223372036854775807', 'int', '9223372036854775807'], ['9223372036854775808', 'int64', 'unknown'], ['18446744073709551615', 'uintptr', '18446744073709551615'],
    ['18446744073709551616', 'uint', 'unknown'], ['18446744073709551616', 'untyped int', '18446744073709551616'], ['1', 'string', 'unknown'], ['1', 'bool', 'unknown'],
  ];
  for (const [text, type, value] of cases) assert.equal(shown(represented(int(text), type)), value, `${text} as ${type}`);
  assert.equal(represented(intConstant(-1), 'uint'), undefined);
  assert.equal(shown(represented(intConstant(-128), 'int8')), '-128');
});

test('representable: floats only where they are integers, rounded in float types', () => {
  assert.equal(shown(represented(float('3.0'), 'int')), '3');
  assert.equal(represented(float('3.5'), 'int'), undefined);
  assert.equal(shown(represented(float('0.1'), 'float32')), '13421773/134217728');
  assert.equal(shown(represented(float('0.1'), 'float64')), '3602879701896397/36028797018963968');
  assert.equal(represented(float('1e39'), 'float32'), undefined);
  assert.equal(shown(represented(float('1e-1000'), 'float64')), '0');
  assert.equal(represented(float('1e1000'), 'float64'), undefined);
  assert.equal(shown(represented(literal(Token.IMAG, '0i'), 'int')), '0');
  assert.equal(represented(literal(Token.IMAG, '1i'), 'float64'), undefined);
  assert.equal(shown(represented(int('16777217'), 'complex64')), '(16777216 + 0i)');
});

test('conversions: an integer as a string is its code point', () => {
  assert.equal(shown(converted(int('65'), 'string')), '"A"');
  assert.equal(shown(converted(int('0x65e5'), 'string')), '"日"');
  for (const value of [intConstant(-1), int('0xd800'), int('0x110000'), int('1_000_000_000_000')]) assert.equal(shown(converted(value, 'string')), '"\ufffd"');
  assert.equal(converted(float('65.0'), 'string'), undefined);
});

test('complex: parts and their composition', () => {
  const value = complexOf(int('1'), float('0.5'));
  assert.ok(value);
  assert.equal(shown(realPart(value)), '1');
  assert.equal(shown(imaginaryPart(value)), '1/2');
  assert.equal(shown(imaginaryPart(int('7'))), '0');
  assert.equal(complexOf(string('"a"'), int('1')), undefined);
});

test('numbers: float64 values agree with JavaScript', () => {
  for (const text of ['0.1', '1e308', '1.7976931348623157e308', '5e-324', '2.2250738585072011e-308', '123456789.123456789', '9007199254740993', '4.9e-324', '2e-324']) {
    const value = float(text);
    assert.ok(value.kind === 'float');
    assert.equal(toNumber(value.value), Number(text), text);
  }
  assert.equal(smallInt(float('1e3')), 1000);
  assert.equal(smallInt(int('9007199254740993')), undefined);
  assert.equal(toInt(float('1e3'))?.kind, 'int');
});
