// Results of earlier runs on the disk: one file for each, in folders by the first two digits of its key.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ResultStore } from '../cli/result-cache.ts';

/** Bytes; when there are more, the oldest are dropped until there are a fifth less. */
const largestStore = 256_000_000;
/** Milliseconds after which the use of a file is noted again. */
const useNoted = 3_600_000;

/** The folder that the platform has for what programs keep and can do without; undefined where there is none. */
export function defaultCacheFolder(variables: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return variables['LOCALAPPDATA'] && join(variables['LOCALAPPDATA'], 'mapwarden', 'cache');
  if (platform !== 'darwin' && variables['XDG_CACHE_HOME']) return join(variables['XDG_CACHE_HOME'], 'mapwarden');
  const home = homedir();
  return home === '' ? undefined : join(home, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'mapwarden');
}

export class DiskResultStore implements ResultStore {
  readonly #folder: string;
  readonly #failed: (error: unknown) => void;
  readonly #limit: number;
  #hasWritten = false;
  #hasFailed = false;

  /** @param failed told of the first result that could not be kept */
  constructor(folder: string, failed: (error: unknown) => void, limit = largestStore) {
    this.#folder = folder;
    this.#failed = failed;
    this.#limit = limit;
  }

  read(key: string): string | undefined {
    const path = this.#pathOf(key);
    try {
      const text = readFileSync(path, 'utf8');
      if (Date.now() - statSync(path).mtimeMs > useNoted) utimesSync(path, new Date(), new Date());
      return text;
    } catch {
      return undefined;
    }
  }

  write(key: string, text: string): void {
    if (this.#hasFailed) return;
    const path = this.#pathOf(key);
    // Whoever reads at the same time finds a whole file or none.
    const unfinished = `${path}.${process.pid}`;
    try {
      mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, text);
      renameSync(unfinished, path);
      this.#hasWritten = true;
    } catch (error) {
      this.#hasFailed = true;
      this.#failed(error);
    }
  }

  trim(): void {
    if (!this.#hasWritten) return;
    const files = this.#files();
    let total = files.reduce((sum, { size }) => sum + size, 0);
    if (total <= this.#limit) return;
    for (const { path, size } of files.sort((a, b) => a.used - b.used)) {
      if (total <= this.#limit * 0.8) return;
      rmSync(path, { force: true });
      total -= size;
    }
  }

  #files(): { readonly path: string; readonly size: number; readonly used: number }[] {
    try {
      return readdirSync(this.#folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name)).flatMap(({ name }) => filesIn(join(this.#folder, name)));
    } catch {
      return [];
    }
  }

  #pathOf(key: string): string {
    return join(this.#folder, key.slice(0, 2), `${key.slice(2)}.json`);
  }
}

function filesIn(folder: string): { readonly path: string; readonly size: number; readonly used: number }[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
  });
}
