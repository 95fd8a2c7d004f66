// Runs the suite of test/host/suite inside a real VS Code, on a copy of the sample workspace. Leaves {passed, failed,
// skipped, failures} in the file that MAPWARDEN_HOST_RESULT names.
//
//   node test/host/run.mjs [--grep title]

import { build } from 'esbuild';
import { runTests } from '@vscode/test-electron';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeUserSettings } from './code-server.mjs';
import { installHost } from './install.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const suite = join(root, 'test', 'host', 'suite');
const output = join(root, 'dist', 'host-suite');
const result = process.env.MAPWARDEN_HOST_RESULT ?? join(root, 'dist', 'host-run.json');
const grep = process.argv.includes('--grep') ? process.argv[process.argv.indexOf('--grep') + 1] : undefined;

const host = await installHost();
if (host.skipped) {
  console.log(`skipped: ${host.skipped}`);
  writeFileSync(result, JSON.stringify({ passed: 0, failed: 0, skipped: 1, failures: [], skips: [host.skipped] }));
  process.exit(0);
}
console.log(`host: ${host.detail}`);

await bundleSuite();
const temporary = mkdtempSync(join(tmpdir(), 'mapwarden-suite-'));
const samples = join(temporary, 'samples');
const workspace = join(temporary, 'suite.code-workspace');
const userDataDir = join(temporary, 'profile');
cpSync(join(root, 'test', 'samples'), samples, { recursive: true });
mkdirSync(join(temporary, 'extra'));
// Two folders, because closing the only one would end the extension host and with it the tests.
writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'samples' }, { path: 'extra' }], settings: {} }));
writeUserSettings(userDataDir);
rmSync(result, { force: true });

let failed = false;
try {
  await runTests({
    vscodeExecutablePath: host.executablePath,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(output, 'index.js'),
    launchArgs: [workspace, `--user-data-dir=${userDataDir}`, `--extensions-dir=${join(temporary, 'extensions')}`],
    // The extension host of code-server does not inherit what is set here for the wrapper, so both read the file too.
    extensionTestsEnv: { MAPWARDEN_HOST_RESULT: result, ...(grep ? { MAPWARDEN_HOST_GREP: grep } : {}) },
  });
} catch {
  failed = true;
} finally {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
if (!existsSync(result)) {
  writeFileSync(result, JSON.stringify({ passed: 0, failed: 1, skipped: 0, failures: ['the host ended without a result'] }));
}
const counts = JSON.parse(readFileSync(result, 'utf8'));
for (const failure of counts.failures) console.log(`\nFAILED ${failure}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(failed || counts.failed > 0 ? 1 : 0);

async function bundleSuite() {
  const tests = readdirSync(suite).filter((name) => name.endsWith('.test.ts'));
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  await build({
    entryPoints: [join(suite, 'index.ts'), ...tests.map((name) => join(suite, name))],
    outdir: output,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}
