// How fast Go files are read: MB/s over all files of a Go installation (or another folder), best of three passes, with and without a walk over the tree.
//
//   npx esbuild test/bench/go-parse.ts --bundle --platform=node --outfile=dist/bench/go-parse.js && node dist/bench/go-parse.js [folder]

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFile } from '../../server/src/go/syntax/parser.ts';
import { walk } from '../../server/src/go/syntax/walk.ts';

const root = process.argv[2] ?? join(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(), 'src');
const texts = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.go') && !path.includes('testdata'))
  .map((path) => readFileSync(join(root, path), 'utf8'));
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;

let recovered = 0;
let nodes = 0;
const parse = bestOf(3, () => {
  recovered = 0;
  for (const text of texts) if (parseFile(text).recovered) recovered++;
});
const both = bestOf(3, () => {
  nodes = 0;
  for (const text of texts) {
    walk(parseFile(text), () => {
      nodes++;
    });
  }
});
console.log(`${texts.length} files, ${megabytes.toFixed(1)} MB, ${nodes} nodes, ${recovered} files with errors`);
console.log(`parse ${(megabytes / parse).toFixed(1)} MB/s, parse and walk ${(megabytes / both).toFixed(1)} MB/s`);

/** Seconds. */
function bestOf(times: number, run: () => void): number {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}
