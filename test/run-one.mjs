// Runs single test files without building the product: node test/run-one.mjs server/src/go/syntax/parser.test.ts [...]

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../server/tools/setup.mjs';
import { bundleTests } from './harness/bundle.mjs';

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const outdir = join(root, 'dist', 'test-one', String(process.pid));
await bundleTests(files, outdir);
const outputs = files.map((file) => join(outdir, file.replace(/\.ts$/, '.js')));
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...flags, ...outputs], { stdio: 'inherit', cwd: root });
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);
