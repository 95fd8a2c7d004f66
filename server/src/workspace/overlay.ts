import { basename, dirname } from './paths.ts';
import type { DirectoryEntry, FileSystem, ReadResult } from './file-system.ts';

/**
 * Open documents over another file system: their text wins over what lies below, also where nothing lies below.
 * A document in a folder that does not exist makes that folder.
 */
export class OverlayFileSystem implements FileSystem {
  readonly #base: FileSystem;
  readonly #documents = new Map<string, Extract<ReadResult, { kind: 'text' }>>();
  #writes = 0;

  constructor(base: FileSystem) {
    this.#base = base;
  }

  /** What lies below the open documents. */
  get base(): FileSystem {
    return this.#base;
  }

  set(path: string, text: string): void {
    this.#documents.set(path, { kind: 'text', text, version: `open ${++this.#writes}` });
  }

  delete(path: string): void {
    this.#documents.delete(path);
  }

  has(path: string): boolean {
    return this.#documents.has(path);
  }

  readFile(path: string): ReadResult {
    return this.#documents.get(path) ?? this.#base.readFile(path);
  }

  readDirectory(path: string): readonly DirectoryEntry[] {
    const entries = this.#base.readDirectory(path);
    const added = this.#childrenOf(path, new Set(entries.map((entry) => entry.name)));
    if (added.length === 0) return entries;
    return [...entries, ...added].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    if (this.#documents.has(path)) return 'file';
    return this.#base.kindOf(path) ?? (this.#childrenOf(path, new Set()).length > 0 ? 'directory' : undefined);
  }

  realPath(path: string): string {
    return this.#base.realPath(path);
  }

  /** What open documents add to a folder besides the names it already has. */
  #childrenOf(folder: string, known: ReadonlySet<string>): DirectoryEntry[] {
    const children = new Map<string, DirectoryEntry>();
    for (const path of this.#documents.keys()) {
      let child = path;
      let parent = dirname(child);
      while (parent !== folder && parent !== child && parent.length > folder.length) {
        child = parent;
        parent = dirname(child);
      }
      if (parent !== folder || child === folder) continue;
      const name = basename(child);
      if (known.has(name)) continue;
      children.set(name, { name, kind: child === path ? 'file' : 'directory', symbolicLink: false });
    }
    return [...children.values()];
  }
}
