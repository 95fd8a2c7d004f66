// MAPWARDEN_FUZZ_SECONDS says how long, MAPWARDEN_FUZZ_SEED with which seed.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { findGo } from '../../harness/go.mjs';
import { fuzz } from './fuzz.ts';

const seconds = Number(process.env.MAPWARDEN_FUZZ_SECONDS ?? 5);
const seed = Number(process.env.MAPWARDEN_FUZZ_SEED ?? 1);

test('go parser: damaged and half-typed files neither break it nor its trees', (t) => {
  const texts = [...goFilesIn('server/src/rules'), ...goFilesIn('test/samples/go'), ...standardLibrary()].map((path) => readFileSync(path, 'utf8'));
  assert.ok(texts.length > 20);
  const report = fuzz({ texts, seconds, seed });
  t.diagnostic(`seed ${seed}: ${report.parsed} damaged texts, ${report.edits} edits, of which ${report.reparsed} read one declaration only`);
  assert.deepEqual(report.failures, []);
  assert.ok(report.reparsed > 0);
});

function goFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.go'))
    .map((path) => join(folder, path))
    .sort();
}

/** Packages with much syntax in few lines. None where Go is not installed. */
function standardLibrary(): string[] {
  const go = findGo();
  const src = go && join(dirname(dirname(go)), 'src');
  if (!src || !existsSync(src)) return [];
  return ['maps', 'slices', 'sync', 'context', 'errors', 'iter', 'cmp', 'go/ast', 'go/types', 'text/scanner', 'encoding/csv', 'internal/types/testdata/fixedbugs']
    .map((name) => join(src, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.go'))
    .sort();
}
