// The facts about the standard library against Go itself, where it is installed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findGo } from '../../harness/go.mjs';
import { parseGoVersion } from '../../../server/src/go/packages/version.ts';
import { factsOrigin } from '../../../server/src/go/types/std/standard-library.ts';
import { sinceOf } from '../../../server/src/go/types/std/since.ts';

const go = findGo();
const goFacts = join(process.cwd(), 'server', 'tools', 'go-facts');

/** The generator's script finds files beside itself, so that it is not bundled. */
async function generator(): Promise<typeof import('../../../server/tools/go-facts/generate.mjs')> {
  const path = join(goFacts, 'generate.mjs');
  return import(/* not bundled */ `${path}`);
}

test('facts: were written by the generator as it is', async () => {
  const { generatorHash, release } = await generator();
  assert.deepEqual(factsOrigin(), { release, generator: generatorHash() }, 'stale: run node server/tools/go-facts/generate.mjs');
});

test('facts: generating them again gives the same text', async (context) => {
  const { generateFacts, factsFile } = await generator();
  // The pinned release is downloaded in the full run only.
  const facts = generateFacts({ download: process.env['MAPWARDEN_FULL'] === '1' });
  if (facts.missing !== undefined) {
    context.skip(facts.missing);
    return;
  }
  assert.ok(facts.text === readFileSync(factsFile, 'utf8'), 'stale: run node server/tools/go-facts/generate.mjs');
});

test('facts: know every symbol of the installed standard library, none as newer than it', { skip: go ? false : 'Go is not installed' }, () => {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'off' };
  const folder = join(goFacts, 'symbols');
  const version = parseGoVersion(spawnSync(go ?? '', ['env', 'GOVERSION'], { encoding: 'utf8', env, cwd: folder }).stdout.trim());
  assert.ok(version !== undefined);
  // The program runs here and lists what the facts describe.
  const run = spawnSync(go ?? '', ['run', 'main.go'], { cwd: folder, encoding: 'utf8', env: { ...env, MAPWARDEN_GOOS: 'linux', MAPWARDEN_GOARCH: 'amd64' }, maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const symbols = run.stdout.trim().split('\n');
  const wrong = symbols.flatMap((line) => {
    const [path = '', symbol = ''] = line.split(' ');
    const since = sinceOf(path, symbol);
    return since !== undefined && since <= version ? [] : [`${line}: ${since ?? 'unknown'}`];
  });
  console.log(`facts: ${symbols.length} symbols of Go 1.${version}, ${wrong.length} wrong`);
  assert.ok(symbols.length > 10_000);
  assert.deepEqual(wrong.slice(0, 20), []);
});
