// The command `mapwarden`: the command line with the disk, the streams and the signals of a Node process.

import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CommandLineIo, Output } from '../cli/io.ts';
import { erase } from '../cli/progress.ts';
import { run } from '../cli/run.ts';
import { byteOrderMark, DiskFileSystem, fromPlatform, startsWith } from './disk-file-system.ts';
import { goEnvironment } from './go-environment.ts';
import { DiskResultStore, defaultCacheFolder } from './result-store.ts';
import { serveClient } from './server.ts';
import { loadTypeScript } from './typescript-package.ts';
import { version } from '../../../package.json';

const workingDirectory = fromPlatform(process.cwd());

const io: CommandLineIo = {
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  environment: goEnvironment(),
  variables: process.env,
  version,
  get program() {
    const hash = createHash('sha1');
    for (const path of [__filename, join(__dirname, 'typescript.js')]) if (statSync(path, { throwIfNoEntry: false })) hash.update(readFileSync(path));
    return `${version} ${hash.digest('base64')}`;
  },
  workingDirectory,
  absolute: (path) => fromPlatform(resolve(path)),
  fileSystem: (limitFor) => new DiskFileSystem({ limitFor }),
  resultStore: (folder, failed) => {
    const own = folder === undefined ? defaultCacheFolder(process.env, process.platform) : resolve(folder);
    return own === undefined ? undefined : new DiskResultStore(own, folder === undefined ? () => {} : failed);
  },
  typescript: loadTypeScript,
  sizeOf,
  canReplace,
  replace: (path, text) => writeFileSync(path, Buffer.concat([Buffer.from(hasByteOrderMark(path) ? byteOrderMark : []), Buffer.from(text, 'utf8')])),
  now: () => performance.now(),
  breathe: () => new Promise((done) => setImmediate(done)),
  partBegins,
  partEnded,
  serve,
};

// A package that has been looked at is nearly all garbage. V8 would let it be until the heap has grown to a multiple of what was alive,
// and then find the next package alive. So garbage is collected between packages once there is much, and always around a large one,
// within which the heap grows by little. (All sizes are bytes.)

/** A run over a few packages stays below it. */
const smallHeap = 150 * 2 ** 20;
const largeHeap = 380 * 2 ** 20;
const largePart = 4 * 2 ** 20;
const mediumPart = 2 ** 20;

/** By so many percent of what is alive the heap may grow before V8 collects garbage by itself. */
const enum Growth {
  InLargePart = 20,
  InMediumPart = 60,
  InSmallPart = 120,
  /** After garbage was collected between parts: up to where that is done again. */
  Between = 150,
}

let collect: (() => void) | undefined;
/** What was alive when garbage was last collected here. */
let alive = 0;
let growth = Growth.InSmallPart;

function partBegins(size: number): void {
  growth = size > largePart ? Growth.InLargePart : size > mediumPart ? Growth.InMediumPart : Growth.InSmallPart;
  const used = usedMemory();
  if (used > smallHeap) letGrowBy(growth);
  if (growth === Growth.InLargePart && used > Math.max(smallHeap, alive * 1.1)) collectGarbage();
}

function partEnded(): void {
  if (usedMemory() > (growth === Growth.InLargePart ? smallHeap : Math.max(largeHeap, alive * 1.3))) collectGarbage();
}

function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  letGrowBy(growth === Growth.InLargePart ? growth : Growth.Between);
  collect();
  letGrowBy(growth);
  alive = usedMemory();
}

function letGrowBy(percent: Growth): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

function usedMemory(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

export function runCommandLine(): void {
  process.once('SIGINT', () => {
    if (process.stderr.isTTY) process.stderr.write(erase);
    process.exit(130);
  });
  // The process ends by itself when everything is written: `process.exit` would cut off what a pipe has not taken yet.
  void run(process.argv.slice(2), io).then((exitStatus) => {
    process.exitCode = exitStatus;
  });
}

/** Zero for what is not there or cannot be looked at, such as a link to itself. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

function outputTo(stream: NodeJS.WriteStream): Output {
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(2);
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    columns: stream.columns,
  };
}

/** A file nobody may write to stays as it is, even for a user whom the system would let. */
function canReplace(path: string, text: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    if ((statSync(path).mode & 0o222) === 0) return false;
    const bytes = readFileSync(path);
    return bytes.subarray(startsWith(bytes, ...byteOrderMark) ? byteOrderMark.length : 0).equals(Buffer.from(text, 'utf8'));
  } catch {
    return false;
  }
}

function hasByteOrderMark(path: string): boolean {
  return startsWith(readFileSync(path), ...byteOrderMark);
}

/** The server takes over the process and ends it. */
function serve(): Promise<number> {
  process.removeAllListeners('SIGINT');
  serveClient();
  return new Promise(() => {});
}
