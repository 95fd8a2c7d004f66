import assert from 'node:assert/strict';
import test from 'node:test';
import { changeBetween, movedOffset } from './change.ts';

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
  assert.deepEqual([0, 4, 6, 9].map((offset) => movedOffset(offset, change)), [0, 4, 9, 12]);
});
