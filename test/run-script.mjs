// Builds the product, bundles a script of the tests and runs it: node test/run-script.mjs test/conformance/recall/run.ts [...]

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, installDependencies, root } from '../server/tools/setup.mjs';

const [file, ...scriptArguments] = process.argv.slice(2);
installDependencies();
if (!scriptArguments.includes('--no-build')) build();
const { bundleTests } = await import('./harness/bundle.mjs');
const outdir = join(root, 'dist', 'test-one', String(process.pid));
await bundleTests([file], outdir);
const script = join(outdir, file.replace(/\.ts$/, '.js'));
const run = spawnSync(process.execPath, ['--enable-source-maps', script, ...scriptArguments.filter((argument) => argument !== '--no-build')], { stdio: 'inherit', cwd: root });
rmSync(outdir, { recursive: true, force: true });
process.exit(run.status ?? 1);
