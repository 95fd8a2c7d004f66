// Where Go is.

import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The `go` command of this machine, or undefined: PATH first, then the usual places. */
export function findGo() {
  const executable = process.platform === 'win32' ? 'go.exe' : 'go';
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin', ...versionedGoFolders()];
  return folders.map((folder) => join(folder, executable)).find((path) => existsSync(path));
}

function versionedGoFolders() {
  if (!existsSync('/usr/lib')) return [];
  const names = readdirSync('/usr/lib').filter((name) => /^go-\d/.test(name));
  names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return names.map((name) => join('/usr/lib', name, 'bin'));
}
