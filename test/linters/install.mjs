// Brings other linters for tests, the same way as a VS Code: from npm, into the cache folder. Prints where they are, or why not.

import { npmFolder } from '../host/install.mjs';

const packages = {
  '@biomejs/biome': '2.6.8',
  eslint: '9.39.5',
  'eslint-plugin-unicorn': '62.0.0',
  oxlint: '1.94.0',
  typescript: '6.0.3',
  'typescript-eslint': '8.74.0',
};

try {
  const folder = npmFolder('linters', packages, () => {});
  console.log(JSON.stringify({ folder, detail: Object.entries(packages).map((pair) => pair.join(' ')).join(', ') }));
} catch (error) {
  console.log(JSON.stringify({ skipped: error.message }));
}
