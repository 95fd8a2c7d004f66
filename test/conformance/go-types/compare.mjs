// Compares our types with those of go/types for a few packages and prints where they differ.
//
//   node test/conformance/go-types/compare.mjs <patterns> [--examples 20] [--facts] [--dir folder] [--tests] [--loose folder] [--toolchain go1.27.0]
//
//   node test/conformance/go-types/compare.mjs sync net/http
//   node test/conformance/go-types/compare.mjs cmd/go/... --facts --examples 5
//   node test/conformance/go-types/compare.mjs ./... --dir ../module
//   node test/conformance/go-types/compare.mjs std --loose "$(go env GOROOT)/test"     each file on its own
//
// `--tests` compares packages with their tests, and external tests. `--facts` answers imports of the standard library from the facts that are shipped. Differences inside others are not
// listed: what is printed is what does not follow from another difference. Packages that go/types has errors about are counted
// apart; `--broken 5` prints examples of those.

import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findGo } from '../../harness/go.mjs';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const options = { examples: '20', dir: root, 'without-imports-of': '', loose: '', broken: '0', toolchain: 'local' };
const patterns = [];
let facts = false;
let tests = false;
for (let i = 2; i < process.argv.length; i++) {
  const argument = process.argv[i];
  if (argument === '--facts') facts = true;
  else if (argument === '--tests') tests = true;
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
const flags = ['without-imports-of', 'loose'].flatMap((name) => (options[name] ? [`-${name}`, options[name]] : []));
if (tests) flags.push('-tests');
const { tally, broken } = await compare({ go, directory: resolve(options.dir), patterns, facts, flags, environment: { GOTOOLCHAIN: options.toolchain } });
console.log(tableOf(tally, Number(options.examples)));
if (broken.packages > 0) console.log(`\n${broken.packages} packages with errors${tableOf(broken, Number(options.broken))}`);
