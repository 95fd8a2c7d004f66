// `npm run bench`: what the analysis costs, as ratios measured side by side in one run.
//
//   npm run bench               everything; writes test/bench/results.json
//   npm run bench -- --quick    one folder of the standard library instead of all, and fewer repetitions; writes nothing
//
// CPU is user and system time of the whole process with its children; a figure is the median of the repetitions.

import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, installDependencies, root } from '../../server/tools/setup.mjs';
import { findGo } from '../harness/go.mjs';

const quick = process.argv.includes('--quick');
installDependencies();
build();

const { measureKeystrokes, measureStart } = await import('./keystrokes.mjs');
const { measureStages } = await import('./stages.mjs');
const { measureTypeScript } = await import('./typescript.mjs');

const go = findGo();
const goroot = go && spawnSync(go, ['env', 'GOROOT'], { encoding: 'utf8' }).stdout.trim();
const results = { machine: machine(), command: `npm run bench${quick ? ' -- --quick' : ''}` };

if (goroot) {
  const tree = copyOfGoroot();
  try {
    results.stages = await measureStages(join(tree, 'src', quick ? 'net' : ''), quick ? 1 : 2);
    results.standardLibrary = standardLibrary(tree);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
} else console.log('no Go installed: the standard library is left out');
results.start = await measureStart(quick ? 3 : 7);
results.keystrokes = await measureKeystrokes(quick ? 40 : 300);
results.typescript = await measureTypeScript(quick);

print(results);
if (!quick) writeFileSync(join(root, 'test', 'bench', 'results.json'), `${JSON.stringify(results, undefined, 2)}\n`);

/** A copy of GOROOT/src, so that nothing of the installation is written and `go vet` sees an ordinary tree. */
function copyOfGoroot() {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-goroot-'));
  for (const name of ['src', 'VERSION', 'go.env', 'pkg/include', 'pkg/tool', 'bin', 'api', 'lib']) {
    try {
      cpSync(join(goroot, name), join(folder, name), { recursive: true });
    } catch {
      // Not every distribution has each of them.
    }
  }
  return folder;
}

/** The whole run beside `go vet` on the same tree, one after the other, and a second run. A cold go vet takes minutes: once is enough. */
function standardLibrary(tree) {
  const folder = join(tree, 'src', quick ? 'net' : '');
  const environment = { ...process.env, GOROOT: tree, GOFLAGS: '-mod=vendor', GOTOOLCHAIN: 'local', GOCACHE: join(tree, 'cache') };
  const check = () => {
    const peak = join(tree, 'peak');
    const run = timed(process.execPath, ['--require', join(root, 'test', 'bench', 'peak.cjs'), join(root, 'dist', 'cli.js'), 'check', '--format', 'json', '--cache-dir', join(tree, 'mapwarden-cache'), '--fail-on', 'error', folder], root, { ...process.env, PEAK_FILE: peak });
    return { ...run, peakMegabytes: Math.round(Number(readFileSync(peak, 'utf8')) / 1e6) };
  };
  const mine = check();
  const again = check();
  // A cold cache: vet then does what a first run in CI does.
  const vet = timed(join(tree, 'bin', 'go'), ['vet', './...'], folder, environment);
  return { mapwarden: mine, goVet: vet, cpuRatio: round(vet.cpu / mine.cpu), wallRatio: round(vet.wall / mine.wall), secondRun: { ...again, ratio: round(again.cpu / mine.cpu) } };
}

/** CPU and wall seconds of a command. */
function timed(command, commandArguments, cwd, env) {
  const script = `
    const { spawnSync } = require('node:child_process');
    const begun = process.hrtime.bigint();
    const run = spawnSync(process.argv[1], process.argv.slice(2), { stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 1 });
    const wall = Number(process.hrtime.bigint() - begun) / 1e9;
    process.stdout.write(JSON.stringify({ wall, status: run.status }));`;
  // The children's CPU time is what /proc or getrusage says of the helper process's children, so it is asked of a shell's `times`.
  const shell = spawnSync('sh', ['-c', '"$@"; status=$?; times >&2; exit $status', 'sh', process.execPath, '-e', script, command, ...commandArguments], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const { wall, status } = JSON.parse(shell.stdout);
  const [, children] = shell.stderr.trim().split('\n').slice(-2);
  const cpu = children.split(/\s+/).map(seconds).reduce((a, b) => a + b, 0);
  return { cpu: round(cpu), wall: round(wall), status };
}

/** `0m1.234s` as seconds. */
function seconds(text) {
  const [minutes, rest] = text.split('m');
  return Number(minutes) * 60 + Number(rest.replace('s', ''));
}

function round(value) {
  return Math.round(value * 100) / 100;
}

function machine() {
  const goVersion = go && spawnSync(go, ['version'], { encoding: 'utf8' }).stdout.trim();
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version, go: goVersion };
}

function print({ stages, standardLibrary: library, start, keystrokes, typescript }) {
  const rows = [];
  if (stages) {
    rows.push(['parse', `${stages.megabytes} MB at ${stages.parseMegabytesPerSecond} MB/s`, '']);
    rows.push(['reading the disk / parse', `${stages.readToParse}×`, '']);
    rows.push(['types / parse', `${stages.typesToParse}×`, '≤ 3×']);
    rows.push(['rules that look at declarations / (parse + types)', `${stages.rulesToParseAndTypes}×`, '≤ 1×']);
    rows.push(['parse, types and rules that look at declarations / parse', `${stages.totalToParse}×`, '']);
  }
  if (stages && library) rows.push(['a whole run / parse, CPU', `${round(library.mapwarden.cpu / stages.seconds.parse)}×`, '≤ 8×']);
  if (library) rows.push(['peak memory of a whole run', `${library.mapwarden.peakMegabytes} MB`, '≤ 600 MB']);
  if (library) rows.push(['go vet / mapwarden, CPU', `${library.cpuRatio}×`, '']);
  if (library) rows.push(['go vet / mapwarden, wall', `${library.wallRatio}×`, '']);
  if (library) rows.push(['second run / first, CPU', `${library.secondRun.ratio}×`, '≤ 0.1×']);
  if (start) rows.push(['server start to first findings', `${start.median} ms`, '≤ 300 ms']);
  if (keystrokes) rows.push(['keystroke to findings, p50 / p95', `${keystrokes.p50} / ${keystrokes.p95} ms`, '≤ 30 ms p95']);
  if (typescript) {
    const { functions, signature, keystroke: { syntax, typed } } = typescript;
    rows.push(['TypeScript keystroke, file alone, CPU p50 / p95', `${syntax.p50} / ${syntax.p95} ms`, '≤ 40 ms p95']);
    rows.push(['TypeScript keystroke, with the project, CPU p50 / p95', `${typed.p50} / ${typed.p95} ms`, '≤ 500 ms']);
    rows.push(['TypeScript, three functions edited at once, with the project, CPU p50 / p95', `${functions.p50} / ${functions.p95} ms`, '≤ 500 ms']);
    rows.push(['TypeScript, an edited signature, with the project, CPU p50 / p95', `${signature.p50} / ${signature.p95} ms`, '≤ 500 ms']);
    rows.push(['mapwarden / tsc --noEmit, CPU', `${typescript.project.cpuRatio}×`, '≤ 2×']);
  }
  console.log('\n| measure | result | budget |\n|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
