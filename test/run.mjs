// `npm test` (`--full`, `--fuzz`, `--only part`): sets everything up, says what the machine has, runs every suite and
// closes with one line `N passed, N failed, N skipped`.
//
//   npm test -- --only rules      only the suites whose name or file contains `rules`
//   npm run test:full             all of GOROOT instead of a seeded twentieth, other Go versions
//   npm run fuzz                  the fuzzers, for MAPWARDEN_FUZZ_SECONDS (default 600) each

import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build as bundle, installDependencies, root } from '../server/tools/setup.mjs';

const flags = process.argv.slice(2);
const full = flags.includes('--full');
const fuzz = flags.includes('--fuzz');
const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : undefined;
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const started = Date.now();

try {
  installDependencies();
  bundle();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const { probeCapabilities } = await import('./harness/capabilities.mjs');
const capabilities = await probeCapabilities();
for (const [name, { available, detail }] of Object.entries(capabilities)) {
  console.log(`${available ? 'has ' : 'no  '} ${name}: ${detail}`);
}
const required = (process.env.MAPWARDEN_REQUIRE ?? '').split(',').filter(Boolean);
for (const name of required) {
  if (capabilities[name]?.available) continue;
  failures.push(`required capability missing: ${name}: ${capabilities[name]?.detail ?? 'unknown name'}`);
  total.failed++;
}

process.env.MAPWARDEN_CAPABILITIES = Object.keys(capabilities).filter((name) => capabilities[name].available).join(',');
if (full) process.env.MAPWARDEN_FULL = '1';
if (fuzz) process.env.MAPWARDEN_FUZZ_SECONDS ??= '600';
else process.env.MAPWARDEN_FUZZ_SECONDS ??= '20';

if (wanted('types') && !fuzz) await command('types', process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
await unitSuites();
if (!fuzz) await hostSuite();

for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${((Date.now() - started) / 1000).toFixed(0)} s`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function wanted(name) {
  return only === undefined || name.includes(only);
}

/** Every `*.test.ts` of the project, bundled, each file in a process of its own, as many at once as there are cores. */
async function unitSuites() {
  const files = testFiles(['server/src', 'client/src', 'test']).filter((file) => wanted(file) && (!fuzz || file.includes('fuzz')));
  if (files.length === 0) return;
  const { bundleTests } = await import('./harness/bundle.mjs');
  const outdir = join(root, 'dist', 'test');
  rmSync(outdir, { recursive: true, force: true });
  await bundleTests(files, outdir);
  const queue = [...files].sort((a, b) => Number(b.includes('conformance')) - Number(a.includes('conformance')));
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) await nodeTest(file, join(outdir, file.replace(/\.ts$/, '.js')));
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, cpus().length)) }, worker));
}

function testFiles(folders) {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !['testdata', 'samples', 'suite', 'node_modules'].includes(entry.name)) visit(path);
      else if (entry.isFile() && entry.name.endsWith('.test.ts')) found.push(path);
    }
  };
  folders.forEach(visit);
  return found.sort();
}

/** Runs one bundled file with node's test runner and adds what its reporter counted. */
async function nodeTest(name, file) {
  const begun = Date.now();
  const counts = join(root, 'dist', 'test', `${name.replaceAll('/', '_')}.json`);
  mkdirSync(join(root, 'dist', 'test'), { recursive: true });
  const { code, output } = await capture(process.execPath, [
    '--enable-source-maps',
    '--test-reporter', join(root, 'test', 'harness', 'reporter.mjs'),
    '--test-reporter-destination', 'stdout',
    '--test',
    file,
  ], { MAPWARDEN_COUNTS: counts });
  add(name, code, output, counts, begun);
}

/** The suite inside a real VS Code; it leaves its counts in a file. */
async function hostSuite() {
  if (!wanted('host') || !existsSync(join(root, 'test', 'host', 'run.mjs'))) return;
  for (const part of ['run', 'ui']) {
    const script = join(root, 'test', 'host', `${part}.mjs`);
    if (!existsSync(script)) continue;
    const name = relative(root, script);
    const begun = Date.now();
    if (!capabilities.host?.available) {
      total.skipped++;
      console.log(`skip ${name}: ${capabilities.host?.detail}`);
      continue;
    }
    const counts = join(root, 'dist', `host-${part}.json`);
    rmSync(counts, { force: true });
    const { code, output } = await capture(process.execPath, [script], { MAPWARDEN_HOST_RESULT: counts });
    add(name, code, output, counts, begun);
  }
}

async function command(name, program, programArguments) {
  const begun = Date.now();
  const { code, output } = await capture(program, programArguments, {});
  total[code === 0 ? 'passed' : 'failed']++;
  if (code !== 0) failures.push(`${name}\n${output}`);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds(begun)})`);
}

function add(name, code, output, countsFile, begun) {
  const counts = existsSync(countsFile)
    ? JSON.parse(readFileSync(countsFile, 'utf8'))
    : { passed: 0, failed: 1, skipped: 0, failures: ['ended without a result'] };
  const broken = code !== 0 && counts.failed === 0;
  total.passed += counts.passed;
  total.failed += counts.failed + (broken ? 1 : 0);
  total.skipped += counts.skipped;
  const failed = counts.failed > 0 || broken;
  const skipped = (counts.skips ?? []).map((reason) => `\n       skipped ${reason}`).join('');
  console.log(`${failed ? 'FAIL' : 'ok  '} ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds(begun)})${skipped}`);
  for (const line of counts.notes ?? []) console.log(`       ${line}`);
  if (failed) failures.push(`${name} (exit ${code})\n${(counts.failures ?? []).join('\n')}\n${output.slice(-4000)}`);
}

function seconds(begun) {
  return `${((Date.now() - begun) / 1000).toFixed(1)} s`;
}

function capture(program, programArguments, environment) {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
