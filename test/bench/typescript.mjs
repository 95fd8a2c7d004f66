// What TypeScript costs: a keystroke in a file of 5,000 lines, and a project of 500 files beside `tsc --noEmit`.
// By itself: node test/bench/typescript.mjs; only keystrokes: node test/bench/typescript.mjs --keystrokes [--quick]
//
// The same beside the compiler over a checkout: node test/bench/typescript.mjs --repository <folder with a tsconfig.json>
// What typing in one of its files costs with the whole project: node test/bench/typescript.mjs --typing <file of a checkout>,
// and what other edits cost: the same with --edits functions (three at once) or --edits signature.
// What was measured so is in typescript-repositories.json.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from '../../server/tools/setup.mjs';
import { bundleTests } from '../harness/bundle.mjs';

/**
 * @param quick fewer edits, and a smaller project
 * @param onlyKeystrokes without the project
 */
export async function measureTypeScript(quick, onlyKeystrokes = false) {
  const folder = mkdtempSync(join(tmpdir(), 'mapwarden-typescript-'));
  const outdir = join(root, 'dist', 'bench');
  try {
    const single = writeProject(join(folder, 'single'), 1, 5000);
    await bundleTests(['test/bench/typescript-run.ts'], outdir);
    const measured = (...kind) => {
      const run = spawnSync(process.execPath, [join(outdir, 'test/bench/typescript-run.js'), join(single, 'src/module0.ts'), ...kind], { cwd: root, encoding: 'utf8' });
      if (run.status !== 0) throw new Error(run.stderr);
      return JSON.parse(run.stdout);
    };
    const keystroke = measured(quick ? '40' : '200');
    const [functions, signature] = ['functions', 'signature'].map((kind) => measured(quick ? '20' : '60', 'typed', kind).typed);
    const edits = { keystroke, functions, signature };
    if (onlyKeystrokes) return edits;
    const project = writeProject(join(folder, 'project'), quick ? 50 : 500, 240);
    const mapwarden = timed(process.execPath, [join(root, 'dist', 'cli.js'), 'check', '--format', 'json', '--no-cache', '--fail-on', 'error', project]);
    const tsc = timed(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', project]);
    return { ...edits, project: { files: quick ? 50 : 500, linesEach: 240, mapwarden, tsc, cpuRatio: Math.round((mapwarden.cpu / tsc.cpu) * 100) / 100 } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The command line over a checkout, and the compiler over the files of its tsconfig.json. Nothing is installed in it: the
 * compiler is told to go on without types and with options that it calls old, so that it checks what there is.
 */
export function measureRepository(folder) {
  const scratch = mkdtempSync(join(tmpdir(), 'mapwarden-tsc-'));
  try {
    const options = { types: [], ignoreDeprecations: '6.0', noEmit: true, composite: false, incremental: false, declaration: false, emitDeclarationOnly: false, skipLibCheck: true };
    writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({ extends: join(folder, 'tsconfig.json'), compilerOptions: options }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const files = spawnSync(process.execPath, [compiler, '--listFilesOnly', '-p', scratch], { encoding: 'utf8', maxBuffer: 100_000_000 }).stdout.split('\n').filter((path) => path.startsWith(`${folder}/`) && !path.endsWith('.d.ts'));
    const lines = files.reduce((sum, path) => sum + readFileSync(path, 'utf8').split('\n').length, 0);
    const mapwarden = timed(process.execPath, [join(root, 'dist', 'cli.js'), 'check', '--format', 'json', '--no-cache', '--fail-on', 'error', folder], scratch);
    const tsc = timed(process.execPath, [compiler, '-p', scratch], scratch);
    return { files: files.length, lines, mapwarden, tsc, cpuRatio: Math.round((mapwarden.cpu / tsc.cpu) * 100) / 100 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * CPU milliseconds and waiting for edits in the middle of a file, whose project is looked at as a whole.
 * @param kind what is edited: `letters` in a function, `functions`, `signature`
 */
export async function measureTyping(file, kind, edits = 40) {
  const outdir = join(root, 'dist', 'bench');
  await bundleTests(['test/bench/typescript-run.ts'], outdir);
  const run = spawnSync(process.execPath, [join(outdir, 'test/bench/typescript-run.js'), file, String(edits), 'typed', kind], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return { lines: readFileSync(file, 'utf8').split('\n').length, edits, kind, ...JSON.parse(run.stdout) };
}

/** CPU seconds, wall seconds and, if there is a folder for it, peak memory (MB) of a command. */
function timed(command, given, scratch) {
  const peak = scratch === undefined ? undefined : join(scratch, 'peak.cjs');
  if (peak) writeFileSync(peak, `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(`${peak}.txt`)}, String(process.resourceUsage().maxRSS)));`);
  const script = "const { spawnSync } = require('node:child_process'); const begun = process.hrtime.bigint(); spawnSync(process.argv[1], process.argv.slice(2), { stdio: 'ignore' }); process.stdout.write(String(Number(process.hrtime.bigint() - begun) / 1e9));";
  const measured = peak ? ['--require', peak, ...given] : given;
  const shell = spawnSync('sh', ['-c', '"$@"; times >&2', 'sh', process.execPath, '-e', script, command, ...measured], { encoding: 'utf8', cwd: root });
  const children = shell.stderr.trim().split('\n').at(-1);
  const cpu = children.split(/\s+/).reduce((sum, text) => sum + Number(text.split('m')[0]) * 60 + Number(text.split('m')[1].replace('s', '')), 0);
  return { cpu: Math.round(cpu * 100) / 100, wall: Math.round(Number(shell.stdout) * 100) / 100, ...(peak && { megabytes: Math.round(Number(readFileSync(`${peak}.txt`, 'utf8')) / 1024) }) };
}

/** A project of classes that keep maps, each file importing the one before. */
function writeProject(folder, files, lines) {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, target: 'es2022', module: 'preserve', types: [], allowImportingTsExtensions: true, noEmit: true }, include: ['src'] }));
  for (let i = 0; i < files; i++) writeFileSync(join(folder, 'src', `module${i}.ts`), moduleText(i, lines));
  return folder;
}

function moduleText(i, lines) {
  const parts = i > 0 ? [`import { Store0 as Before } from './module${i - 1}.ts';`, 'export const before = new Before();'] : [];
  for (let n = 0; parts.length < lines; n++) parts.push(...classText(n));
  return `${parts.join('\n')}\n`;
}

function classText(n) {
  return `
export class Store${n} {
  private entries = new Map<string, { count: number; names: string[] }>();
  private readonly seen = new Set<string>();
  private timers = new Map<string, ReturnType<typeof Date.now>>();

  add(key: string, names: readonly string[]): number {
    const entry = this.entries.get(key) ?? { count: 0, names: [] };
    entry.count += names.length;
    for (const name of names) {
      if (this.seen.has(name)) continue;
      this.seen.add(name);
      entry.names.push(name);
    }
    this.entries.set(key, entry);
    return [...this.entries.values()].map((each) => each.count).reduce((a, b) => a + b, 0);
  }

  prune(limit: number): void {
    for (const [key, entry] of this.entries) {
      if (entry.count < limit) this.entries.delete(key);
    }
    this.timers.clear();
  }

  reset(): void {
    for (const key of this.entries.keys()) this.entries.delete(key);
  }

  async load(key: string, names: (key: string) => Promise<string[]>): Promise<string[]> {
    const known = this.entries.get(key);
    if (known) return known.names;
    const found = await names(key);
    this.entries.set(key, { count: found.length, names: found });
    return found;
  }
}`.split('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  build();
  const repository = process.argv.indexOf('--repository');
  const typing = process.argv.indexOf('--typing');
  const edits = process.argv.indexOf('--edits');
  if (typing > 0) console.log(JSON.stringify(await measureTyping(realpathSync(process.argv[typing + 1]), edits > 0 ? process.argv[edits + 1] : 'letters'), undefined, 2));
  else if (repository > 0) console.log(JSON.stringify(measureRepository(realpathSync(process.argv[repository + 1])), undefined, 2));
  else console.log(JSON.stringify(await measureTypeScript(process.argv.includes('--quick'), process.argv.includes('--keystrokes')), undefined, 2));
}
