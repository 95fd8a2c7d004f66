// What the analysis sees of a disk. Everything is synchronous and free of `node:*`: the Node entry point reads the disk,
// the browser reads a snapshot that was handed over, tests read a table.
//
// A *path* is absolute with `/` between its parts. A document that is not on disk has its URI as path
// (`vscode-vfs://github/owner/name/main.go`, `untitled:Untitled-1`); the functions of paths.ts work on both.

export type ReadResult =
  | {
      readonly kind: 'text';
      /** Decoded text without a byte order mark; line endings as they are. */
      readonly text: string;
      /** Changes whenever the text changes: a content hash, or a document version. */
      readonly version: string;
    }
  | { readonly kind: 'missing' | 'unreadable' | 'binary' | 'too-large'; readonly detail: string };

export interface DirectoryEntry {
  readonly name: string;
  /** What the entry is after symbolic links are followed; `other` for sockets, broken links and the like. */
  readonly kind: 'file' | 'directory' | 'other';
  readonly symbolicLink: boolean;
}

export interface FileSystem {
  readFile(path: string): ReadResult;
  /** Sorted by name; empty when the folder is missing or unreadable. */
  readDirectory(path: string): readonly DirectoryEntry[];
  /** What a path is, links followed, or undefined when there is nothing. */
  kindOf(path: string): 'file' | 'directory' | undefined;
  /** The path with symbolic links resolved; the path itself when that cannot be known. */
  realPath(path: string): string;
}

/** A file system that is a table from path to text: tests, snippets, and the browser's snapshot. */
export class MemoryFileSystem implements FileSystem {
  readonly #files = new Map<string, { text: string; version: string }>();
  readonly #folders = new Map<string, Map<string, 'file' | 'directory'>>();
  #writes = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    this.#files.set(path, { text, version: `${++this.#writes}` });
    let child = path;
    let kind: 'file' | 'directory' = 'file';
    for (;;) {
      const slash = child.lastIndexOf('/');
      if (slash < 0) return;
      const folder = child.slice(0, slash) || '/';
      let entries = this.#folders.get(folder);
      if (!entries) this.#folders.set(folder, (entries = new Map()));
      const name = child.slice(slash + 1);
      if (name !== '') entries.set(name, kind);
      if (folder === '/' || folder === child) return;
      child = folder;
      kind = 'directory';
    }
  }

  delete(path: string): void {
    this.#files.delete(path);
    const slash = path.lastIndexOf('/');
    this.#folders.get(path.slice(0, slash) || '/')?.delete(path.slice(slash + 1));
  }

  readFile(path: string): ReadResult {
    const file = this.#files.get(path);
    return file ? { kind: 'text', ...file } : { kind: 'missing', detail: 'no such file' };
  }

  readDirectory(path: string): readonly DirectoryEntry[] {
    const entries = this.#folders.get(path);
    if (!entries) return [];
    return [...entries].map(([name, kind]) => ({ name, kind, symbolicLink: false })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    if (this.#files.has(path)) return 'file';
    return this.#folders.has(path) ? 'directory' : undefined;
  }

  realPath(path: string): string {
    return path;
  }
}
