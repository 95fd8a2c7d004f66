import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importOrder } from './import-order.ts';

test('import order: what is imported comes first, the rest stays', () => {
  const imports: Readonly<Record<string, readonly string[]>> = { a: ['c', 'x'], b: [], c: ['d'], d: ['c'] };
  assert.deepEqual(importOrder(['a', 'b', 'c', 'd'], (each) => imports[each] ?? []), ['d', 'c', 'a', 'b']);
  assert.deepEqual(importOrder([], () => []), []);
});

test('import order: long chains', () => {
  const folders = Array.from({ length: 20_000 }, (_, i) => String(i));
  assert.deepEqual(importOrder(folders, (each) => (Number(each) + 1 < folders.length ? [String(Number(each) + 1)] : [])), [...folders].reverse());
});
