#!/usr/bin/env node
// Stands where @vscode/test-electron expects the VS Code executable: takes the same arguments, opens code-server in a
// headless browser, runs the tests in its extension host, and exits with their exit code.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, profileLogs, startCodeServer, writeUserSettings } from './code-server.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const limit = Number(process.env.MAPWARDEN_HOST_TIMEOUT ?? 300_000);
const values = (name) => process.argv.slice(2).filter((argument) => argument.startsWith(`--${name}=`)).map((argument) => argument.slice(name.length + 3));
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('-'));
const [tests] = values('extensionTestsPath');
const extensions = values('extensionDevelopmentPath');
if (!tests || extensions.length === 0) {
  console.error('usage: code-server-wrapper.mjs [folder or .code-workspace] --extensionDevelopmentPath=… --extensionTestsPath=… [--user-data-dir=…] [--extensions-dir=…]');
  process.exit(2);
}

const home = mkdtempSync(join(tmpdir(), 'mapwarden-host-'));
const userDataDir = values('user-data-dir')[0] ?? join(home, 'profile');
const extensionsDir = values('extensions-dir')[0] ?? join(home, 'extensions');
mkdirSync(extensionsDir, { recursive: true });
writeUserSettings(userDataDir);

let server;
let browser;
let page;
const browserLog = [];
const testLine = '[test] ';
let code = 1;
try {
  code = await within(limit, run());
} catch (error) {
  console.error(error.message);
}
if (code !== 0) await reportFailure();
await browser?.close().catch(() => {});
server?.stop();
rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
process.exit(code);

async function run() {
  [server, browser] = await Promise.all([startCodeServer({ home, userDataDir, extensionsDir, smokeTest: true, endsWhenIdle: true }), launchBrowser()]);
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('pageerror', (error) => browserLog.push(`uncaught: ${error.message}`));
  // What the tests print arrives here between the workbench's own lines, and at their end the exit code.
  await page.exposeFunction('codeAutomationLog', (type, parts) => {
    const line = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
    if (line.startsWith(testLine)) console.log(line.slice(testLine.length));
    else browserLog.push(`${type}: ${line}`);
  });
  const ended = new Promise((done, failed) => {
    page.on('crash', () => failed(new Error('the browser page crashed')));
    page.exposeFunction('codeAutomationExit', (exitCode) => done(exitCode)).catch(failed);
  });
  await page.goto(address(), { waitUntil: 'domcontentloaded' });
  return ended;
}

function address() {
  const remote = (path) => `vscode-remote://${server.authority}${resolve(path)}`;
  const payload = [
    ...extensions.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ['extensionTestsPath', remote(tests)],
    ['enableProposedApi', ''],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder?.endsWith('.code-workspace')) query.set('workspace', resolve(folder));
  else if (folder) query.set('folder', resolve(folder));
  else query.set('ew', 'true');
  return `${server.url}?${query}`;
}

function within(milliseconds, promise) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`no result after ${milliseconds / 1000} s`)), milliseconds);
    promise.then(done, failed).finally(() => clearTimeout(timer));
  });
}

async function reportFailure() {
  const screenshot = join(root, 'dist', 'screenshots', 'host-failure.png');
  mkdirSync(dirname(screenshot), { recursive: true });
  await page?.screenshot({ path: screenshot, timeout: 5000 }).catch(() => {});
  console.error(`--- browser console\n${browserLog.slice(-30).join('\n').slice(-6000)}`);
  console.error(`--- code-server\n${(server?.log() ?? '').slice(-3000)}`);
  console.error(profileLogs(userDataDir));
}
