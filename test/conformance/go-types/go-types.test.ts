// The type of every expression as go/types records it against ours. A seeded twentieth of GOROOT's packages and of the
// compiler's test files by default; MAPWARDEN_FULL=1 compares all of them, their tests, the newest release and two large
// modules. MAPWARDEN_SEED chooses another twentieth.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findGo } from '../../harness/go.mjs';
import { factsOrigin } from '../../../server/src/go/types/std/standard-library.ts';
import type { Tally } from './comparison.ts';
import { sharesOf, tableOf } from './report.ts';
import { compare } from './run.ts';

const go = findGo() ?? '';
const full = process.env['MAPWARDEN_FULL'] === '1';
const seed = process.env['MAPWARDEN_SEED'] ?? '1';
const share = full ? [] : ['-seed', seed, '-one-in', '20'];
const skip = go === '' ? 'Go is not installed' : false;
const needsFull = full ? skip : 'only in the full run';

/** Two large modules, at versions that Go 1.22 and later build. */
const modules = ['golang.org/x/tools@v0.30.0', 'k8s.io/apimachinery@v0.31.0'];

function pass(title: string, tally: Tally, atLeast: number): void {
  console.log(`${title}${full ? '' : ` (seed ${seed})`}${tableOf(tally, 5)}`);
  const { important, all, wrong, total } = sharesOf(tally);
  assert.deepEqual(tally.crashes, []);
  assert.ok(total >= atLeast, `${total} expressions compared`);
  assert.ok(important >= 99.5, `${important} % of maps, channels, functions, pointers, structs, interfaces and named types are alike`);
  assert.ok(all >= 98, `${all} % of all expressions are alike`);
  assert.ok(wrong <= 0.05, `${wrong} % of all expressions are wrong`);
  for (const { alike, unknown, wrong: different } of [tally.definitions, tally.selections]) {
    assert.ok(different <= 0.0005 * (alike + unknown + different) && alike >= 0.98 * (alike + unknown + different), `${alike} alike, ${unknown} unknown, ${different} wrong`);
  }
}

test('types: GOROOT, from its sources', { skip }, async () => {
  const { tally } = await compare({ go, directory: tmpdir(), patterns: ['std', 'cmd'], flags: share, facts: false });
  pass('GOROOT', tally, full ? 3_000_000 : 20_000);
});

test('types: GOROOT with its tests', { skip: needsFull }, async () => {
  const { tally } = await compare({ go, directory: tmpdir(), patterns: ['std'], flags: ['-tests'], facts: false });
  pass('GOROOT with its tests', tally, 1_500_000);
});

/** Small files that try every corner of the language; many do not compile, and must not do harm. */
for (const folder of ['test', join('src', 'internal', 'types', 'testdata')]) {
  test(`types: the files of GOROOT's ${folder}, each on its own`, { skip }, async (context) => {
    const goroot = spawnSync(go, ['env', 'GOROOT'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } }).stdout.trim();
    if (!existsSync(join(goroot, folder))) {
      context.skip(`${join(goroot, folder)} does not exist`);
      return;
    }
    const { tally, broken } = await compare({ go, directory: tmpdir(), patterns: ['std'], flags: [...share, '-loose', join(goroot, folder)], facts: false });
    pass(folder, tally, 30);
    const { all, wrong, total } = sharesOf(broken);
    console.log(`${broken.packages} files with errors: ${total} expressions, ${all.toFixed(2)} % alike, ${wrong.toFixed(2)} % wrong`);
    assert.deepEqual(broken.crashes, []);
    // go/types keeps some types of wrong expressions and drops others; ours need not do the same. A twentieth is too few to tell.
    if (full) assert.ok(wrong <= 1, `${wrong} % of the expressions in files with errors are wrong`);
  });
}

/** The environment in which the facts' own release is the toolchain; undefined if it is not at hand. */
function releaseOfFacts(): Readonly<Record<string, string>> | undefined {
  const environment = { GOTOOLCHAIN: factsOrigin().release, ...(full ? {} : { GOPROXY: 'off' }) };
  const found = spawnSync(go, ['version'], { encoding: 'utf8', env: { ...process.env, ...environment } });
  return found.status === 0 ? environment : undefined;
}

test('types: GOROOT of the newest release', { skip: needsFull }, async (context) => {
  const environment = releaseOfFacts();
  if (!environment) {
    context.skip(`${factsOrigin().release} is not at hand`);
    return;
  }
  const { tally } = await compare({ go, directory: tmpdir(), patterns: ['std'], facts: false, environment });
  pass(factsOrigin().release, tally, 1_000_000);
});

test('types: commands of GOROOT, with the standard library from the facts', { skip }, async (context) => {
  const environment = releaseOfFacts();
  if (!environment) {
    context.skip(`${factsOrigin().release} is not at hand`);
    return;
  }
  const flags = [...share, '-without-imports-of', 'internal'];
  const { tally } = await compare({ go, directory: tmpdir(), patterns: ['cmd'], flags, facts: true, environment });
  pass('commands over facts', tally, full ? 400_000 : 5_000);
});

for (const module of modules) {
  for (const facts of [false, true]) {
    test(`types: ${module}, the standard library from ${facts ? 'the facts' : 'its sources'}`, { skip: needsFull }, async (context) => {
      const environment = facts ? releaseOfFacts() : {};
      const directory = environment && downloaded(module);
      if (directory === undefined) {
        context.skip('cannot be downloaded');
        return;
      }
      const { tally } = await compare({ go, directory, patterns: ['./...'], facts, ...(environment ? { environment } : {}) });
      pass(module, tally, 100_000);
    });
  }
}

/** The folder of a module in the module cache, with what it needs; undefined if that cannot be had. */
function downloaded(module: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-types-'));
  try {
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off' };
    const run = spawnSync(go, ['mod', 'download', '-json', module], { cwd: folder, encoding: 'utf8', env });
    if (run.status !== 0) return undefined;
    const directory = String(JSON.parse(run.stdout).Dir);
    return spawnSync(go, ['list', '-deps', './...'], { cwd: directory, env }).status === 0 ? directory : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
