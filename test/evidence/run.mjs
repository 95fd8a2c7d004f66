// `npm run evidence`: runs the programs of the evidence with the installed Go and with the releases named, prints what is
// not as expected, and records the runs in runs/.
//
//   npm run evidence -- go1.21.13 go1.22.12 go1.23.12 go1.24.13 go1.25.7

import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../server/tools/setup.mjs';
import { probeCapabilities } from '../harness/capabilities.mjs';
import { findGo } from '../harness/go.mjs';

const go = findGo();
if (!go) {
  console.error('no Go found');
  process.exit(2);
}
const { runEvidence } = await load(join(root, 'test', 'evidence', 'evidence.ts'));
const { race } = await probeCapabilities();
let faulty = false;
for (const toolchain of ['local', ...process.argv.slice(2)]) {
  const run = runEvidence({ go, toolchain, root, race: race.available });
  if (!run) {
    console.error(`${toolchain} is out of reach`);
    faulty = true;
    continue;
  }
  for (const [program, faults] of run.faults) for (const fault of faults) console.log(`go${run.version} ${program}: ${fault}`);
  const programs = Object.fromEntries([...run.faults].map(([name, faults]) => [name, faults.length === 0 ? 'as expected' : 'not as expected']));
  const failed = Object.values(programs).filter((result) => result !== 'as expected').length;
  faulty ||= failed > 0;
  console.log(`go${run.version}: ${Object.keys(programs).length - failed} programs as expected, ${failed} not`);
  const record = { go: run.version, platform: `${process.platform}/${process.arch}`, command: `npm run evidence -- go${run.version}`, programs };
  writeFileSync(join(root, 'test', 'evidence', 'runs', `${run.version}.json`), `${JSON.stringify(record, undefined, 2)}\n`);
}
process.exit(faulty ? 1 : 0);

async function load(file) {
  const result = await build({ entryPoints: [file], bundle: true, write: false, platform: 'node', format: 'cjs', logLevel: 'error' });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', result.outputFiles[0].text)(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}
