import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartLimit } from './restarts.ts';

test('restarts: four crashes in three minutes are forgiven, the fifth is not', () => {
  const limit = new RestartLimit();
  assert.deepEqual([0, 1000, 2000, 3000, 4000].map((time) => limit.allows(time)), [true, true, true, true, false]);
});

test('restarts: old crashes are forgotten', () => {
  const limit = new RestartLimit();
  for (const time of [0, 1000, 2000, 3000]) limit.allows(time);
  assert.equal(limit.allows(181_500), true);
});

test('restarts: a reset begins anew', () => {
  const limit = new RestartLimit();
  for (const time of [0, 1, 2, 3, 4]) limit.allows(time);
  limit.reset();
  assert.equal(limit.allows(5), true);
});
