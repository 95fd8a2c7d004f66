// What each stage costs over a tree: parse alone, types, rules. The stages run in a process of their own over the same
// files, bundled from the sources.

import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../server/tools/setup.mjs';

/** Ratios of the stages over a folder, the median of several runs. */
export async function measureStages(folder, runs) {
  const outfile = join(root, 'dist', 'bench', 'stages.js');
  await build({
    entryPoints: [join(root, 'test', 'bench', 'stages-run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    loader: { '.md': 'text', '.txt': 'text' },
    logLevel: 'warning',
  });
  const results = [];
  for (let at = 0; at < runs; at++) {
    const run = spawnSync(process.execPath, ['--max-old-space-size=4096', outfile, folder], { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (run.status !== 0) throw new Error(run.stderr);
    results.push(JSON.parse(run.stdout));
  }
  const median = (key) => results.map((result) => result[key]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
  const read = median('readSeconds');
  const parse = median('parseSeconds');
  const types = median('typesSeconds');
  const rules = median('rulesSeconds');
  const round = (value) => Math.round(value * 100) / 100;
  return {
    files: results[0].files,
    megabytes: round(results[0].bytes / 1e6),
    parseMegabytesPerSecond: round(results[0].bytes / 1e6 / parse),
    readToParse: round(read / parse),
    typesToParse: round(types / parse),
    rulesToParseAndTypes: round(rules / (parse + types)),
    totalToParse: round((parse + types + rules) / parse),
    seconds: { read: round(read), parse: round(parse), types: round(types), rules: round(rules) },
  };
}
