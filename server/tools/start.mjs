// `npm start [-- folder]`: sets everything up, analyses a folder (the sample workspace by default) and prints what it
// found. Ends with 0 when the analysis ran, whatever it found, and with 2 when it could not.

import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build, installDependencies, root } from './setup.mjs';

try {
  installDependencies();
  build();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

const named = process.argv.slice(2);
const paths = named.length > 0 ? named.map((path) => (path.startsWith('-') ? path : resolve(process.env.INIT_CWD ?? '.', path))) : ['.'];
const cwd = named.length > 0 ? (process.env.INIT_CWD ?? process.cwd()) : join(root, 'test', 'samples');
const run = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), 'check', '--fail-on', 'error', '--stats', ...paths], {
  cwd,
  stdio: 'inherit',
});
process.exit(run.status === 0 || run.status === 1 ? 0 : 2);
