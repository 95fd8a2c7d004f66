// The programs behind the verdicts do what the pages say, on the installed Go, and in the full test on other releases.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pages } from '../../server/src/knowledge/registry.ts';
import verdicts from '../../server/src/knowledge/verdicts.json';
import { findGo } from '../harness/go.mjs';
import { runEvidence } from './evidence.ts';
import { programs } from './programs.ts';
import type { Program } from './programs.ts';

const go = findGo();
const full = process.env['MAPWARDEN_FULL'] === '1';
const race = (process.env['MAPWARDEN_CAPABILITIES'] ?? 'race').split(',').includes('race');
const otherReleases = ['go1.21.13', 'go1.23.12', 'go1.25.7'];

for (const toolchain of ['local', ...(full ? otherReleases : [])]) {
  test(`evidence: every program does what is expected of it, ${toolchain}`, { skip: go ? false : 'no Go installed' }, (context) => {
    const run = runEvidence({ go: go!, toolchain, root: process.cwd(), race });
    if (!run) return context.skip(`${toolchain} is out of reach`);
    assert.deepEqual([...run.faults].flatMap(([program, faults]) => faults.map((fault) => `${program}: ${fault}`)), []);
  });
}

test('evidence: a program that does something else is noticed', { skip: go ? false : 'no Go installed' }, () => {
  const wrong: Program = {
    name: 'wrong',
    checks: [
      { kind: 'prints', command: 'nil-map', lines: ['is nil: true', 'alias: 0'] },
      { kind: 'dies', command: 'nil-map', text: 'fatal error' },
      { kind: 'is lost', command: 'nil-map' },
      { kind: 'does not compile', folder: 'unusedvalue', messages: [/undefined: v/] },
      { kind: 'calls mapclear', functions: ['BlankValue'] },
      { kind: 'stays a loop', functions: ['Plain'] },
      { kind: 'does not escape', names: ['kept'] },
      { kind: 'escapes', names: ['addressed'] },
    ],
  };
  const run = runEvidence({ go: go!, toolchain: 'local', root: process.cwd(), race: false, programs: [wrong] });
  assert.equal(run!.faults.get('wrong')!.length, wrong.checks.length);
});

test('evidence: programs and claims belong together', () => {
  const named = new Set(pages.flatMap((page) => page.claims.flatMap(({ evidence }) => ('program' in evidence ? [evidence.program] : []))));
  assert.deepEqual([...named].sort(), programs.map(({ name }) => name).sort());
});

test('evidence: each program was run on three releases or more, as expected', () => {
  const runs = readdirSync('test/evidence/runs').map((name) => JSON.parse(readFileSync(join('test/evidence/runs', name), 'utf8')) as { readonly go: string; readonly programs: Readonly<Record<string, string>> });
  for (const { go: version, programs: results } of runs) assert.deepEqual(Object.entries(results).filter(([, result]) => result !== 'as expected'), [], version);
  for (const { claim, program, versions } of verdicts) if (program !== null) assert.ok(versions.length >= 3, `${claim}: ${program} was run on ${versions.join(', ')}`);
});
