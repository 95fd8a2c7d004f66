import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importOrder, lastUses } from './import-order.ts';

test('import order: what is imported comes first, the rest stays', () => {
  const imports: Readonly<Record<string, readonly string[]>> = { a: ['c', 'x'], b: [], c: ['d'], d: ['c'] };
  assert.deepEqual(importOrder(['a', 'b', 'c', 'd'], (each) => imports[each] ?? []), ['d', 'c', 'a', 'b']);
  assert.deepEqual(importOrder([], () => []), []);
});

test('import order: long chains', () => {
  const folders = Array.from({ length: 20_000 }, (_, i) => String(i));
  assert.deepEqual(importOrder(folders, (each) => (Number(each) + 1 < folders.length ? [String(Number(each) + 1)] : [])), [...folders].reverse());
});

test('last uses: a folder is let go after the last that imports it, directly or through others; tests count for their own folder only', () => {
  const library: Readonly<Record<string, readonly string[]>> = { base: [], mid: ['base'], late: [], top: ['mid', 'outside'] };
  const tests: Readonly<Record<string, readonly string[]>> = { base: ['late'] };
  const importsOf = (each: string): { readonly all: readonly string[]; readonly library: readonly string[] } | undefined => {
    const own = library[each];
    return own && { all: [...own, ...(tests[each] ?? [])], library: own };
  };
  const found = lastUses(['late', 'base', 'mid', 'top', 'alone'], importsOf);
  assert.deepEqual([...found].map(([after, gone]) => `${after}: ${[...gone].sort().join(' ')}`), ['alone: alone', 'top: base mid outside top', 'base: late']);
});
