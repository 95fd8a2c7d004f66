// `npm run editor [-- folder]`: opens a VS Code with the extension, built from here, on a folder (the sample workspace by
// default). The installed VS Code if there is one, else the embedded code-server, whose address it prints. Ctrl-C ends it.

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, installDependencies, root } from '../../server/tools/setup.mjs';

try {
  installDependencies();
  build();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

const { installHost, runsCodeServer } = await import('./install.mjs');
const temporary = mkdtempSync(join(tmpdir(), 'mapwarden-editor-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
const folder = folderToOpen(process.argv[2]);
const code = installedCode();
if (code) await openDesktop(code);
else if (process.env.MAPWARDEN_HOST !== 'vscode' && runsCodeServer()) await openCodeServer();
else await openDownloaded();

/** The sample is opened as a copy, so that fixes can be tried. */
function folderToOpen(named) {
  if (named) return resolve(process.env.INIT_CWD ?? '.', named);
  const copy = join(temporary, 'samples');
  cpSync(join(root, 'test', 'samples'), copy, { recursive: true });
  return copy;
}

/** The command of an installed VS Code. As root it refuses to start. */
function installedCode() {
  if (process.env.MAPWARDEN_HOST === 'code-server' || process.getuid?.() === 0) return undefined;
  const run = spawnSync('code', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return run.status === 0 ? 'code' : undefined;
}

function openDesktop(command) {
  const parameters = [folder, `--extensionDevelopmentPath=${root}`, `--user-data-dir=${join(temporary, 'profile')}`, '--wait', '--disable-workspace-trust'];
  console.log(`VS Code opens ${folder}; close it or press Ctrl-C to end`);
  const child = spawn(command, parameters, { stdio: 'inherit', shell: process.platform === 'win32' && !command.endsWith('.exe') });
  process.on('SIGINT', () => child.kill());
  return new Promise((ended) => child.on('close', ended));
}

async function openDownloaded() {
  const host = await installHost();
  if (host.skipped) {
    console.error(host.skipped);
    process.exitCode = 2;
    return;
  }
  await openDesktop(host.executablePath);
}

async function openCodeServer() {
  const { startCodeServer, writeUserSettings } = await import('./code-server.mjs');
  const profile = { home: join(temporary, 'home'), userDataDir: join(temporary, 'profile'), extensionsDir: join(temporary, 'extensions') };
  for (const path of [profile.home, profile.userDataDir, profile.extensionsDir]) mkdirSync(path, { recursive: true });
  writeUserSettings(profile.userDataDir);
  // code-server knows no --extensionDevelopmentPath without its test driver: a link is an installed extension too.
  symlinkSync(root, join(profile.extensionsDir, 'mapwarden.mapwarden-0.0.0'));
  const server = await startCodeServer(profile);
  console.log(`open ${server.url}?folder=${encodeURIComponent(folder)}\nCtrl-C ends it`);
  if (!existsSync(folder)) console.error(`${folder} does not exist`);
  process.on('SIGINT', () => {
    server.stop();
    process.exit(0);
  });
  await new Promise(() => {});
}
