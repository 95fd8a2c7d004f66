import assert from 'node:assert/strict';
import test from 'node:test';
import { randomFrom } from '../../../test/harness/random.ts';
import { changeBetween, changesBetween, movedOffset } from './change.ts';

const long = Array.from({ length: 3000 }, (_, i) => `line ${i}\n`).join('');

test('change: the stretch is where the texts differ, and never overlaps itself', () => {
  for (const [before, after, expected] of [
    ['abc', 'abc', { start: 3, length: 0, newLength: 0 }],
    ['abc', 'abXc', { start: 2, length: 0, newLength: 1 }],
    ['aaa', 'aa', { start: 2, length: 1, newLength: 0 }],
    ['', 'a', { start: 0, length: 0, newLength: 1 }],
    ['aXb', 'aYYb', { start: 1, length: 1, newLength: 2 }],
  ] as const) {
    assert.deepEqual(changeBetween(before, after), expected, `${before} → ${after}`);
  }
});

test('change: in long texts it is as short as in short ones', () => {
  for (const at of [0, 1, 4095, 4096, 4097, 12000, long.length - 4096, long.length - 1, long.length]) {
    assert.deepEqual(changeBetween(long, `${long.slice(0, at)}§${long.slice(at)}`), { start: at, length: 0, newLength: 1 });
    assert.deepEqual(changeBetween(`${long.slice(0, at)}§${long.slice(at)}`, long), { start: at, length: 1, newLength: 0 });
  }
});

test('change: what lies behind moves along', () => {
  const change = { start: 4, length: 2, newLength: 5 };
  assert.deepEqual([0, 4, 6, 9].map((offset) => movedOffset(offset, [change])), [0, 4, 9, 12]);
});

test('change: several stretches, held together by lines that stand once', () => {
  const before = 'a {\n  one\n}\nb {\n  two\n}\nc {\n}\n';
  const after = 'a {\n  one;\n}\nb {\n  two\n}\nc {\n  more\n}\n';
  assert.deepEqual(changesBetween(before, after), [
    { start: before.indexOf('one') + 3, length: 0, newLength: 1 },
    { start: before.indexOf('c {') + 3, length: 0, newLength: '\n  more'.length },
  ]);
  assert.deepEqual(changesBetween(before, before), [changeBetween(before, before)]);
  assert.deepEqual(changesBetween('x\nx\nx\n', 'y\nx\nx\ny\n'), [changeBetween('x\nx\nx\n', 'y\nx\nx\ny\n')]);
});

test('change: what the stretches say makes the one text of the other', () => {
  const random = randomFrom(7);
  for (let round = 0; round < 400; round++) {
    const lines = Array.from({ length: 1 + random(30) }, () => `${'abc'[random(3)]}${random(12)}\n`);
    const edited = lines.flatMap((line) => [[line], [line], [line], [], [`${line}x\n`], [`y${random(3)}\n`, line]][random(6)]!);
    const [before, after] = [lines.join(''), edited.join('')];
    const changes = changesBetween(before, after);
    let [made, at] = ['', 0];
    for (const { start, length, newLength } of changes) {
      assert.ok(start >= at);
      made += before.slice(at, start);
      made += after.slice(made.length, made.length + newLength);
      at = start + length;
      assert.equal(movedOffset(at, changes), made.length);
    }
    assert.equal(made + before.slice(at), after);
  }
});
