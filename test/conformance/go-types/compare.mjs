// Compares our types with those of go/types for a few packages and prints where they differ.
//
//   node test/conformance/go-types/compare.mjs <patterns> [--examples 20] [--facts] [--dir folder] [--first]
//
//   node test/conformance/go-types/compare.mjs sync net/http
//   node test/conformance/go-types/compare.mjs cmd/go/... --facts --examples 5
//   node test/conformance/go-types/compare.mjs ./... --dir ../module
//
// `--facts` answers imports of the standard library from the facts that are shipped. Differences inside others are not
// listed: what is printed is what does not follow from another difference.

import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findGo } from '../../harness/capabilities.mjs';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const options = { examples: '20', dir: root, 'without-imports-of': '' };
const patterns = [];
let facts = false;
for (let i = 2; i < process.argv.length; i++) {
  const argument = process.argv[i];
  if (argument === '--facts') facts = true;
  else if (argument.startsWith('--')) options[argument.slice(2)] = process.argv[++i] ?? '';
  else patterns.push(argument);
}
const go = findGo();
if (!go || patterns.length === 0) {
  console.error(go ? 'usage: node compare.mjs <patterns> [--examples N] [--facts] [--dir folder]' : 'Go is not installed');
  process.exit(2);
}
process.chdir(root);
const outfile = join(root, 'dist', 'test-one', `compare-${process.pid}.cjs`);
mkdirSync(dirname(outfile), { recursive: true });
await build({
  stdin: { contents: "export { compare } from './run.ts'; export { tableOf } from './report.ts';", resolveDir: dirname(fileURLToPath(import.meta.url)), loader: 'ts' },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  loader: { '.txt': 'text', '.md': 'text' },
  logLevel: 'warning',
});
const { compare, tableOf } = createRequire(import.meta.url)(outfile);
const flags = options['without-imports-of'] ? ['-without-imports-of', options['without-imports-of']] : [];
const tally = await compare({ go, directory: resolve(options.dir), patterns, facts, flags });
console.log(tableOf(tally, Number(options.examples)));
