// `npm run package`: builds the .vsix, with what package.json's `files` names and nothing else.

import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { installDependencies, root, run } from './setup.mjs';

try {
  installDependencies();
  run(process.execPath, [join(root, 'esbuild.mjs'), '--production']);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const output = process.argv[2] ?? join('dist', `${name}-${version}.vsix`);
  // Links inside the repository lead nowhere from the gallery; they stay as they are.
  const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  run(process.execPath, [join(root, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', ...flags, '--out', output]);
  console.log(output);
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
