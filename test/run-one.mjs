// Runs single test files: node test/run-one.mjs server/src/go/syntax/parser.test.ts [...]
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const outdir = join(root, 'dist', 'test-one', String(process.pid));
mkdirSync(outdir, { recursive: true });
await build({
  entryPoints: files,
  outdir,
  outbase: root,
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  mainFields: ['module', 'main'],
  target: 'node20',
  format: 'cjs',
  sourcemap: 'inline',
  loader: { '.md': 'text', '.txt': 'text' },
  external: ['esbuild', 'vscode', 'typescript'],
  logLevel: 'warning',
});
const outputs = files.map((file) => join(outdir, file.replace(/\.ts$/, '.js')));
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...flags, ...outputs], { stdio: 'inherit', cwd: root });
process.exit(run.status ?? 1);
