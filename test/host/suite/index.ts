// The entry point that VS Code calls in its extension host: runs every bundled test file beside this one with mocha and
// leaves the counts where test/host/run.mjs reads them.

import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: 'base' });
  if (process.env['MAPWARDEN_HOST_GREP']) mocha.grep(process.env['MAPWARDEN_HOST_GREP']);
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
  }
  const counts = { passed: 0, failed: 0, skipped: 0, failures: [] as string[], skips: [] as string[] };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      counts.passed++;
      say(`ok   ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test) => {
      counts.skipped++;
      say(`skip ${test.fullTitle()}`);
      counts.skips.push(test.fullTitle());
    });
    runner.on('fail', (test, error: Error) => {
      counts.failed++;
      say(`FAIL ${test.fullTitle()}: ${error.message}`);
      counts.failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
  const target = process.env['MAPWARDEN_HOST_RESULT'];
  if (target) writeFileSync(target, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

/** The mark tells these lines from VS Code's own. */
function say(line: string): void {
  console.log(`[test] ${line}`);
}
