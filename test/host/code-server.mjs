// code-server and the browser that opens it, as the wrapper, the user-interface test and `npm run editor` need them.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installChromium, installCodeServer } from './install.mjs';

/** Settings that keep a test's profile quiet. Saving is the test's business: the web build saves by itself otherwise. */
export const quietSettings = {
  'files.autoSave': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

// Built-in extensions that only make noise here. Those with a `browser` entry stay: skipping them breaks the web host.
const skippedExtensions = ['vscode.git', 'vscode.grunt', 'vscode.gulp', 'vscode.jake', 'vscode.npm', 'vscode.tunnel-forwarding'];

/** Adds the quiet settings (and `more`) to the user settings of a profile. */
export function writeUserSettings(userDataDir, more = {}) {
  const file = join(userDataDir, 'User', 'settings.json');
  const present = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  mkdirSync(join(userDataDir, 'User'), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...quietSettings, ...present, ...more }, undefined, 2));
}

/** A port nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The environment of code-server: a home of its own, no gallery. */
function environmentIn(home) {
  return {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    VSCODE_SKIP_BUILTIN_EXTENSIONS: skippedExtensions.join(','),
    NODE_OPTIONS: '',
    PASSWORD: '',
  };
}

function commonArguments({ home, userDataDir, extensionsDir }) {
  const config = join(home, 'config.yaml');
  if (!existsSync(config)) writeFileSync(config, '');
  return ['--config', config, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir, '--disable-telemetry', '--disable-update-check'];
}

/**
 * Starts code-server and waits until it answers.
 * @param {{home: string, userDataDir: string, extensionsDir: string, environment?: object, smokeTest?: boolean, endsWhenIdle?: boolean}} options
 *   `home` is an empty folder for everything it writes besides the profile.
 * @returns {Promise<{url: string, authority: string, log: () => string, stop: () => void}>}
 */
export async function startCodeServer(options) {
  const { node, entry } = installCodeServer();
  const port = await freePort();
  const authority = `127.0.0.1:${port}`;
  const child = spawn(
    node,
    [
      entry,
      ...commonArguments(options),
      ...['--auth', 'none', '--bind-addr', authority, '--session-socket', join(options.home, 's.sock')],
      ...['--disable-workspace-trust', ...(process.env.MAPWARDEN_HOST_LOG ? ['--log', process.env.MAPWARDEN_HOST_LOG] : []), '--disable-getting-started-override', '--ignore-last-opened'],
      ...(options.smokeTest ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
      // Nothing is left behind, even if this process is killed without a chance to clean up.
      ...(options.endsWhenIdle ? ['--idle-timeout-seconds', '90'] : []),
    ],
    { env: { ...environmentIn(options.home), ...options.environment }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  const keep = (chunk) => (log = (log + chunk).slice(-200_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(error.message));
  const stop = stopper(child);
  const url = `http://${authority}/`;
  await answers(`${url}healthz`, child, () => log).catch((error) => {
    stop();
    throw error;
  });
  return { url, authority, log: () => log, stop };
}

/** Ends the whole process group of a detached child, once; also when this process exits or is interrupted. */
function stopper(child) {
  const stop = () => {
    process.off('exit', stop);
    for (const [signal, handler] of handlers) process.off(signal, handler);
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [
    signal,
    () => {
      stop();
      process.exit(130);
    },
  ]);
  process.on('exit', stop);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return stop;
}

async function answers(url, child, log) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) break;
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`code-server does not answer\n${log()}`);
}

/** Installs a .vsix into a profile, as a user does. Rejects with what code-server said. */
export function installExtension(options, vsix) {
  const { node, entry } = installCodeServer();
  return new Promise((resolve, reject) => {
    const child = spawn(node, [entry, ...commonArguments(options), '--install-extension', vsix], {
      env: environmentIn(options.home),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`--install-extension ended with ${code}\n${output}`))));
  });
}

/** A headless Chromium under Playwright. */
export async function launchBrowser() {
  const { executablePath, headlessShell, libraries } = installChromium();
  const { chromium } = createRequire(import.meta.url)(installCodeServer().playwright);
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
      ...(headlessShell ? ['--headless=shell'] : []),
    ],
    env: {
      ...process.env,
      ...(libraries ? { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') } : {}),
    },
  });
}

/** The logs that VS Code wrote into a profile, with their ends, for a failure's report. */
export function profileLogs(userDataDir, charactersEach = 3000) {
  const logs = join(userDataDir, 'logs');
  if (!existsSync(logs)) return '';
  const files = readdirSync(logs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.log'));
  return files
    .map((entry) => [join(entry.parentPath ?? entry.path, entry.name), entry.name])
    .map(([path, name]) => [name, readFileSync(path, 'utf8').slice(-charactersEach).trim()])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `--- ${name}\n${text}`)
    .join('\n');
}
