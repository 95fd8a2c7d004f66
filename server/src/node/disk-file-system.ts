// The disk as the analysis sees it. Paths are absolute with `/` on every platform; Node takes them on Windows, too.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import type { DirectoryEntry, FileSystem, ReadResult } from '../workspace/file-system.ts';
import { join } from '../workspace/paths.ts';

export interface DiskOptions {
  /** The largest size in bytes at which a file is read. What is larger is not even opened. */
  readonly limitFor?: (path: string) => number;
}

/** More than any text that can be worked on; keeps a stray image of a disk out of memory. */
const largestText = 256_000_000;

/** A NUL byte this near to the start tells that a file holds no text. */
const binaryProbe = 8_000;

export class DiskFileSystem implements FileSystem {
  readonly #limitFor: (path: string) => number;

  constructor(options: DiskOptions = {}) {
    this.#limitFor = options.limitFor ?? (() => largestText);
  }

  readFile(path: string): ReadResult {
    try {
      // A pipe or device would block or never end; only stat tells before it is opened.
      const stats = statSync(path);
      if (stats.isDirectory()) return { kind: 'unreadable', detail: 'is a folder' };
      if (!stats.isFile()) return { kind: 'unreadable', detail: 'is no regular file' };
      const limit = Math.min(this.#limitFor(path), largestText);
      if (stats.size > limit) return { kind: 'too-large', detail: `${stats.size} bytes, the limit is ${limit}` };
      return decode(readFileSync(path));
    } catch (error) {
      return failure(error);
    }
  }

  readDirectory(path: string): readonly DirectoryEntry[] {
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch {
      return [];
    }
    return entries
      .map((entry) => ({ name: entry.name, kind: kindOfEntry(path, entry), symbolicLink: entry.isSymbolicLink() }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    const kind = kindOfStats(statsOf(path));
    return kind === 'other' ? undefined : kind;
  }

  realPath(path: string): string {
    try {
      return fromPlatform(realpathSync.native(path));
    } catch {
      return path;
    }
  }
}

/** A path of the platform with `/` between its parts. */
export function fromPlatform(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/**
 * UTF-8 with or without a byte order mark. Bytes that are no UTF-8 become U+FFFD, as the Go compiler has them: the rest of
 * the file is as good as any.
 */
function decode(bytes: Buffer): ReadResult {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return { kind: 'binary', detail: 'UTF-16 text; sources are UTF-8' };
  if (bytes.subarray(0, binaryProbe).includes(0)) return { kind: 'binary', detail: 'holds NUL bytes' };
  const text = bytes.toString('utf8', startsWith(bytes, ...byteOrderMark) ? byteOrderMark.length : 0);
  return { kind: 'text', text, version: createHash('sha1').update(bytes).digest('base64') };
}

export const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

export function startsWith(bytes: Buffer, ...start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function failure(error: unknown): ReadResult {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing', detail: 'no such file' };
  const known: Readonly<Record<string, string>> = { EACCES: 'permission denied', EPERM: 'permission denied', ELOOP: 'its symbolic links form a loop' };
  return { kind: 'unreadable', detail: known[code ?? ''] ?? (error instanceof Error ? error.message : String(error)) };
}

function kindOfEntry(folder: string, entry: Dirent): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? kindOfStats(statsOf(join(folder, entry.name))) : 'other';
}

/** What lies at a path, links followed; undefined when there is nothing or it cannot be told. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function kindOfStats(stats: Stats | undefined): DirectoryEntry['kind'] {
  if (stats?.isFile()) return 'file';
  return stats?.isDirectory() ? 'directory' : 'other';
}
