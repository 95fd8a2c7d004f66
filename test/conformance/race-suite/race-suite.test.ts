// How much of the race detector's own test suite is seen without running it. The levels reached are recorded by Go version
// in levels.json; falling below one fails. UPDATE_GOLDEN=1 records what is reached now. MAPWARDEN_FULL=1 measures other
// releases too, where the module proxy can be asked.
//
//   node test/run-one.mjs test/conformance/race-suite/race-suite.test.ts      prints what is missed

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findGo } from '../../harness/go.mjs';
import type { Level } from './suite.ts';
import { levelOf, runSuite, suiteFolder, tableOf } from './suite.ts';

const go = findGo();
const full = process.env['MAPWARDEN_FULL'] === '1';
const levelsFile = join(process.cwd(), 'test/conformance/race-suite/levels.json');
const otherReleases = ['go1.23.12', 'go1.25.5'];

function readLevels(): Record<string, Level> {
  return existsSync(levelsFile) ? (JSON.parse(readFileSync(levelsFile, 'utf8')) as Record<string, Level>) : {};
}

/** What `go env` says of a toolchain; undefined if it cannot be had. */
function goEnv(toolchain: string, name: string): string | undefined {
  const run = spawnSync(go!, ['env', name], { cwd: tmpdir(), encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: toolchain, GOWORK: 'off' } });
  return run.status === 0 ? run.stdout.trim() : undefined;
}

for (const toolchain of ['local', ...(full ? otherReleases : [])]) {
  test(`race suite: ${toolchain === 'local' ? 'the installed Go' : toolchain}`, { skip: go ? false : 'no Go installed' }, (context) => {
    const goroot = goEnv(toolchain, 'GOROOT');
    const folder = goroot === undefined ? undefined : suiteFolder(goroot);
    if (folder === undefined) return context.skip(`${toolchain} has no race suite at hand`);
    const version = /^go(1\.\d+)/.exec(goEnv(toolchain, 'GOVERSION') ?? '')?.[1];
    assert.ok(version, 'the version of Go is not known');
    const tests = runSuite(folder, version);
    const level = levelOf(tests);
    const summary = `Go ${version}: found ${level.found} of ${level.racy} races, ${level.false} of ${level.raceFree} others wrongly`;
    console.log([summary, ...tableOf(tests)].join('\n'));
    context.diagnostic(`note: ${summary}`);
    assert.ok(level.racy >= 200 && level.raceFree >= 100, 'the suite was not read');
    const levels = readLevels();
    if (process.env['UPDATE_GOLDEN']) {
      writeFileSync(levelsFile, `${JSON.stringify({ ...levels, [version]: level }, undefined, 2)}\n`);
      return;
    }
    const recorded = levels[version];
    if (!recorded) return context.diagnostic(`note: no level is recorded for Go ${version}`);
    assert.ok(level.found >= recorded.found, `${summary}; recorded are ${recorded.found}`);
    assert.ok(level.false <= recorded.false, `${summary}; recorded are ${recorded.false}`);
  });
}
