// Writes server/src/go/types/std/facts.txt: what Mapwarden knows of Go's standard library.
//
//   node server/tools/go-facts/generate.mjs            writes the file
//   node server/tools/go-facts/generate.mjs --check    says whether it is stale, and writes nothing
//
// It needs a Go installation with an api folder no older than the release before the pinned one; Go's own toolchain
// switching fetches the pinned release.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findGo } from '../../../test/harness/go.mjs';

/** The newest Go release: the facts describe its standard library. */
export const release = 'go1.27.0';

const folder = dirname(fileURLToPath(import.meta.url));
export const factsFile = join(folder, '..', '..', 'src', 'go', 'types', 'std', 'facts.txt');

/** Changes whenever the generator does. */
export function generatorHash() {
  const hash = createHash('sha256');
  for (const name of sources()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}

function sources() {
  return readdirSync(folder).filter((name) => name.endsWith('.go')).sort();
}

/** True if the committed facts were not written by this generator for this release. Needs no Go. */
export function factsAreStale() {
  const [, writtenFor, writtenBy] = existsSync(factsFile) ? readFileSync(factsFile, 'utf8').split('\n', 3) : [];
  return writtenFor !== release || writtenBy !== generatorHash();
}

/**
 * The text of the facts.
 * @param {{ download?: boolean }} options `download: false` only uses what is in the module cache.
 * @returns {{ text: string } | { missing: string }} `missing` says what this machine lacks.
 * @throws Error when the generator fails.
 */
export function generateFacts({ download = true } = {}) {
  const go = findGo();
  if (!go) return { missing: 'Go is not installed' };
  const goroot = spawnSync(go, ['env', 'GOROOT'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } }).stdout.trim();
  const api = join(goroot, 'api');
  if (!existsSync(api)) return { missing: `${api} does not exist` };
  const env = { ...process.env, GOTOOLCHAIN: release, GOFLAGS: '', GOWORK: 'off', ...(download ? {} : { GOPROXY: 'off' }) };
  const version = spawnSync(go, ['version'], { encoding: 'utf8', env });
  if (version.status !== 0) return { missing: `${release} is not available: ${version.stderr.trim().split('\n')[0]}` };
  const run = spawnSync(go, ['run', ...sources(), '-api', api, '-generator', generatorHash()], { cwd: folder, encoding: 'utf8', env, maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`the generator ended with ${run.status ?? run.signal}:\n${run.stderr}`);
  return { text: run.stdout };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

function main() {
  const facts = generateFacts();
  if (facts.missing !== undefined) {
    console.error(`cannot generate the facts about Go's standard library: ${facts.missing}`);
    process.exit(1);
  }
  const current = existsSync(factsFile) ? readFileSync(factsFile, 'utf8') : '';
  if (current === facts.text) return;
  if (process.argv.includes('--check')) {
    console.error('stale, run node server/tools/go-facts/generate.mjs: server/src/go/types/std/facts.txt');
    process.exit(1);
  }
  writeFileSync(factsFile, facts.text);
}
