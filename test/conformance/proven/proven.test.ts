// What the fixtures say is found does happen: each claim (see programs.ts) is run. A seeded part by default, with at least one
// case of each rule; MAPWARDEN_FULL=1 runs all. MAPWARDEN_SEED chooses another part.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFixtures } from '../../harness/fixtures.ts';
import { findGo } from '../../harness/go.mjs';
import { writeProgram } from './programs.ts';
import type { Claim, ProvenCase } from './programs.ts';

const go = findGo();
const full = process.env['MAPWARDEN_FULL'] === '1';
const seed = process.env['MAPWARDEN_SEED'] ?? '1';
const capabilities = process.env['MAPWARDEN_CAPABILITIES']?.split(',');
const skip = !go ? 'no Go installed' : capabilities && !capabilities.includes('race') ? 'the race detector does not work here' : false;

/** Of so many cases one is run, and the first of each rule. */
const share = 6;
/** A race, a deadlock or a leak shows within so many runs. */
const attempts = 15;
const silentRuns = 20;
const atOnce = 4;

test('fixtures do what they claim', { skip, timeout: 600_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-proven-'));
  try {
    const { cases, silent } = writeProgram(folder, readFixtures(join(process.cwd(), 'server/src/rules')), () => true);
    assert.ok(cases.length > 0, 'no fixture claims anything');
    const binary = join(folder, process.platform === 'win32' ? 'proven.exe' : 'proven');
    const build = spawnSync(go!, ['build', '-race', '-o', binary, '.'], { cwd: folder, encoding: 'utf8', env: { ...process.env, CGO_ENABLED: '1', GOFLAGS: '-mod=mod', GOWORK: 'off', GOPROXY: 'off' } });
    assert.equal(build.status, 0, build.stderr);
    const chosen = full ? cases : part(cases);
    const faults: string[] = [];
    const queue = [...chosen];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const fault = await faultOf(binary, next);
        if (fault !== undefined) faults.push(fault);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    context.diagnostic(`note: ${chosen.length} of ${cases.length} claims run (${cases.filter(({ claim }) => claim.kind !== 'nothing').length} of a hazard), ${silent.length} positive functions that could be run claim nothing`);
    assert.deepEqual(faults, []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a function in which something is found does not claim to be silent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-proven-'));
  try {
    const { cases } = writeProgram(folder, readFixtures(join(process.cwd(), 'server/src/rules')), () => true);
    const wrong = cases.filter(({ claim, isPositive }) => isPositive && claim.kind === 'nothing');
    assert.deepEqual(wrong.map(({ name }) => name), []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The first case of each rule, and a seeded part of the others. */
function part(cases: readonly ProvenCase[]): readonly ProvenCase[] {
  const rules = new Set<string>();
  return cases.filter(({ rule, name }) => {
    const isFirst = !rules.has(rule);
    rules.add(rule);
    return isFirst || hashOf(`${seed} ${name}`) % share === 0;
  });
}

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619) >>> 0;
  return hash;
}

/** What is wrong with a claim; undefined if it holds. */
async function faultOf(binary: string, { name, claim }: ProvenCase): Promise<string | undefined> {
  if (claim.kind === 'nothing') {
    const output = await run(binary, name, silentRuns);
    return output.includes('DATA RACE') || !output.includes('proven: returned') ? `${name} is not silent:\n${output.slice(0, 2000)}` : undefined;
  }
  let output = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    output = await run(binary, name, 1);
    if (holds(claim, output)) return undefined;
  }
  return `${name} does not prove ${claim.kind}:\n${output.slice(0, 2000)}`;
}

function holds(claim: Claim, output: string): boolean {
  switch (claim.kind) {
    case 'race':
      return output.includes('WARNING: DATA RACE');
    case 'deadlock':
      return output.includes('proven: blocked') || output.includes('all goroutines are asleep');
    case 'leak':
      return output.includes('proven: leak');
    case 'panic':
      return (output.includes('panic: ') || output.includes('fatal error: ')) && output.includes(claim.text);
    case 'output':
      return output.includes(claim.text);
    default:
      return false;
  }
}

function run(binary: string, name: string, times: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(binary, [name, String(times)], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000, env: { ...process.env, GORACE: 'atexit_sleep_ms=0' } });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve(error.message));
    child.on('close', () => resolve(output));
  });
}
