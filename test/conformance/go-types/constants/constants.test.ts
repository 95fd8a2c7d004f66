// Compares our constant arithmetic with go/constant and go/types, where Go is installed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { findGo } from '../../../harness/go.mjs';
import { intConstant } from '../../../../server/src/go/types/constants/constant.ts';
import type { Constant } from '../../../../server/src/go/types/constants/constant.ts';
import { exactString } from '../../../../server/src/go/types/constants/exact-string.ts';
import { constantOfLiteral } from '../../../../server/src/go/types/constants/literal.ts';
import { binaryConstant, compareConstants, shiftConstant, unaryConstant } from '../../../../server/src/go/types/constants/operators.ts';
import { converted } from '../../../../server/src/go/types/constants/representable.ts';
import type { ConstantType } from '../../../../server/src/go/types/constants/representable.ts';
import { Token } from '../../../../server/src/go/syntax/token.ts';

const program = join('test', 'conformance', 'go-types', 'constants', 'main.go');

const tokens: Readonly<Record<string, Token>> = {
  INT: Token.INT, FLOAT: Token.FLOAT, IMAG: Token.IMAG, CHAR: Token.CHAR, STRING: Token.STRING,
  '+': Token.ADD, '-': Token.SUB, '*': Token.MUL, '/': Token.QUO, '%': Token.REM, '&': Token.AND, '|': Token.OR, '^': Token.XOR, '&^': Token.AND_NOT, '!': Token.NOT,
  '<<': Token.SHL, '>>': Token.SHR, '==': Token.EQL, '!=': Token.NEQ, '<': Token.LSS, '<=': Token.LEQ, '>': Token.GTR, '>=': Token.GEQ,
};

const literals: Readonly<Record<string, readonly string[]>> = {
  INT: ['0', '1', '2', '3', '7', '10', '017', '0x7fffffffffffffff', '0xffff_ffff_ffff_ffff', '18446744073709551616', '255', '65', '0xd800', '0x10ffff', '0x110000', '0b101', '16777217', '340282356779733661637539395458142568447', '1267650600228229401496703205376'],
  FLOAT: ['0.0', '1.0', '2.5', '0.1', '.3333', '1e10', '1e-10', '1e38', '3.4e38', '3.5e38', '1e-46', '1.5e-45', '1e308', '1.8e308', '5e-324', '2e-324', '1e400', '1e-400', '1e1500', '1e-1500', '1e20000', '3.7e-20000', '0x1p-1074', '0x1.fffffep127', '0x1.ffffffp127', '0x1p5000', '0x1.8p-5000', '65.0', '123456789.987654321', '1e1000000', '7e-1000001'],
  IMAG: ['0i', '1i', '2.5i', '010i', '1e400i', '0x1p-2i', '3e20000i'],
  CHAR: ["'a'", "'\\n'", "'\\xff'", "'\\u12e4'", "'\\U0010ffff'", "'日'", "'\\377'", "'\\''"],
  STRING: ['""', '"a"', '"abc"', '`a\\n`', '"日本"', '"\\xff\\xfe"', '"\\u00e9\\t\\x00\\x7f"', '"\\U0001f600"', '"\\ufeff\\u2028 \\u00a0"', '"\\345\\""'],
};

interface Operand {
  readonly request: string;
  readonly source: string;
  readonly value: Constant;
}

function operands(): readonly Operand[] {
  const all: Operand[] = [];
  for (const [kind, texts] of Object.entries(literals)) {
    for (const text of texts) {
      const value = constantOfLiteral(tokens[kind] ?? Token.ILLEGAL, text);
      assert.ok(value, text);
      all.push({ request: `${kind}:${text}`, source: text, value });
      const negative = unaryConstant(Token.SUB, value);
      if (negative) all.push({ request: `-${kind}:${text}`, source: `-${text}`, value: negative });
    }
  }
  return all;
}

interface Question {
  readonly request: string;
  readonly ours: string;
}

function shown(x: Constant | boolean | undefined): string {
  if (x === undefined) return 'unknown';
  return typeof x === 'boolean' ? String(x) : exactString(x);
}

const conversionTypes: readonly ConstantType[] = ['bool', 'string', 'int', 'int8', 'int16', 'int32', 'int64', 'uint', 'uint8', 'uint16', 'uint32', 'uint64', 'uintptr', 'float32', 'float64', 'complex64', 'complex128'];

function* questions(): Generator<Question> {
  const all = operands();
  for (const x of all) {
    for (const op of ['+', '-', '^', '!']) yield { request: `unary\t${op}\t${x.request}`, ours: shown(unaryConstant(tokens[op] ?? Token.ILLEGAL, x.value)) };
    for (const bits of [8, 16, 32, 64]) yield { request: `unary\t^\t${x.request}\t${bits}`, ours: shown(unaryConstant(Token.XOR, x.value, bits)) };
    for (const op of ['<<', '>>']) {
      for (const count of [0, 1, 5, 64, 1000]) yield { request: `shift\t${op}\t${x.request}\t${count}`, ours: shown(shiftConstant(x.value, tokens[op] ?? Token.ILLEGAL, intConstant(count))) };
    }
    for (const type of conversionTypes) yield { request: `convert\t${type}\t${x.source}`, ours: shown(converted(x.value, type)) };
    for (const y of all) {
      for (const op of ['+', '-', '*', '/', '%', '&', '|', '^', '&^']) yield { request: `binary\t${op}\t${x.request}\t${y.request}`, ours: shown(binaryConstant(x.value, tokens[op] ?? Token.ILLEGAL, y.value)) };
      for (const op of ['==', '!=', '<', '<=', '>', '>=']) yield { request: `compare\t${op}\t${x.request}\t${y.request}`, ours: shown(compareConstants(x.value, tokens[op] ?? Token.ILLEGAL, y.value)) };
    }
  }
}

const go = findGo();

test('constants: go/constant gives the same values', { skip: go ? false : 'Go is not installed' }, () => {
  const asked = [...questions()];
  const run = spawnSync(go ?? '', ['run', program], { input: `${asked.map((question) => question.request).join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 30 });
  assert.equal(run.status, 0, run.stderr);
  const answers = run.stdout.split('\n');
  const different = asked.flatMap((question, index) => (question.ours === answers[index] ? [] : [`${question.request}: ours ${question.ours.slice(0, 200)}, Go's ${answers[index]?.slice(0, 200)}`]));
  assert.equal(answers.length - 1, asked.length);
  console.log(`constants: ${asked.length} compared, ${different.length} different`);
  assert.deepEqual(different.slice(0, 20), []);
});
