import assert from 'node:assert/strict';
import test from 'node:test';
import { LineMap } from './line-map.ts';

const diff = ['--- a/x.go', '+++ b/x.go', '@@ -3,0 +4,2 @@ func f() {', '+a', '+b', '@@ -10,2 +12 @@', '-c', '-d', '+e', '@@ -20 +19,0 @@', '-f'].join('\n');

test('line map: lines move along with what was inserted and removed before them', () => {
  const lines = new LineMap(diff);
  assert.deepEqual([3, 4, 9, 12, 19, 21].map((line) => lines.map(line)), [[3], [6], [11], [13], [20], [21]]);
});

test('line map: a replaced line becomes all that replaced it, a removed one nothing', () => {
  const lines = new LineMap(diff);
  assert.deepEqual(lines.mapAll([10, 11]), [12]);
  assert.deepEqual(lines.map(20), []);
});

test('line map: without a change nothing moves', () => {
  assert.deepEqual(new LineMap('').map(7), [7]);
});
