// `npm run bench:strategies`: measures the ways to empty a map with this machine's Go, prints the table, and writes it to
// server/src/knowledge/costs.json, from where the pages and hovers take it.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../server/tools/setup.mjs';
import { findGo } from '../harness/go.mjs';

const go = findGo();
if (!go) {
  console.error('no Go found');
  process.exit(2);
}
const run = spawnSync(go, ['run', '.'], { cwd: join(root, 'test', 'bench', 'strategies'), encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off' } });
if (run.status !== 0) {
  console.error(run.stderr);
  process.exit(1);
}
const { rows, ...measured } = JSON.parse(run.stdout);
const file = join('server', 'src', 'knowledge', 'costs.json');
const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
writeFileSync(join(root, file), `{\n${Object.entries(measured).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join('')}  "rows": [\n${lines}\n  ]\n}\n`);
console.log(`go${measured.go}, ${measured.platform}, ${measured.processors} processors, minimum of ${measured.repetitions}; clear = 1`);
console.table(Object.fromEntries(rows.map(({ strategy, entries, empty, refill }) => [`${strategy} ${entries}`, { empty, 'empty and refill': refill }])));
console.log(`written to ${file}`);
