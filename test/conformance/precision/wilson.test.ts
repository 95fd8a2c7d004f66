import assert from 'node:assert/strict';
import test from 'node:test';
import { wilsonLowerBound } from './wilson.ts';

test('wilson: the bound of known samples', () => {
  assert.deepEqual(
    [
      [30, 30],
      [29, 30],
      [7, 7],
      [1, 1],
      [0, 1],
    ].map(([right = 0, read = 0]) => wilsonLowerBound(right, read).toFixed(2)),
    ['0.89', '0.83', '0.65', '0.21', '0.00'],
  );
});
