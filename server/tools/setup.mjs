// What every entry script does first: dependencies as the lock file says, then the bundles. Uses only `node:*`, because
// on a fresh clone nothing else is there yet.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Installs the dependencies unless they already are what package-lock.json says.
 * @throws Error with a readable message when Node is too old or npm fails.
 */
export function installDependencies() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Mapwarden needs Node.js 20 or newer; this is ${process.version}.`);
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(process.version).digest('hex');
  const stamp = join(root, 'node_modules', '.mapwarden-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('installing dependencies (npm ci)');
  rmSync(stamp, { force: true });
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** Bundles the extension, the server and the command line into dist/. */
export function build() {
  run(process.execPath, [join(root, 'esbuild.mjs')]);
}

/**
 * Runs a command in the project's folder, its output on stderr so that stdout stays the caller's.
 * @throws Error when it fails.
 */
export function run(command, commandArguments, options = {}) {
  const windows = process.platform === 'win32' && command === 'npm';
  const result = spawnSync(windows ? 'npm.cmd' : command, commandArguments, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
    ...options,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${command} ${commandArguments.join(' ')} ended with ${result.status ?? result.signal}`);
}
