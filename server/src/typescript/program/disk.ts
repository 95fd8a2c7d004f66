// The file system as programs ask for it: mostly whether files exist that do not. The answers are kept until something in
// the workspace comes or goes.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';
import type { FileSystem, ReadResult } from '../../workspace/file-system.ts';
import { join } from '../../workspace/paths.ts';

interface FolderEntries {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/** The part of `matchFiles` that is used; the compiler has it without declaring it. */
interface FileMatcher {
  matchFiles(
    path: string,
    extensions: readonly string[] | undefined,
    excludes: readonly string[] | undefined,
    includes: readonly string[] | undefined,
    useCaseSensitiveFileNames: boolean,
    currentDirectory: string,
    depth: number | undefined,
    entriesOf: (path: string) => FolderEntries,
    realpath: (path: string) => string,
  ): string[];
}

export class ProgramDisk {
  readonly #fileSystem: FileSystem;
  readonly #kinds = new Map<string, 'file' | 'directory' | undefined>();
  readonly #realPaths = new Map<string, string>();
  readonly #folders = new Map<string, FolderEntries>();
  /** Files outside open documents, as of the last look. */
  readonly #texts = new Map<string, ReadResult>();

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Something came or went. */
  forget(): void {
    this.#kinds.clear();
    this.#realPaths.clear();
    this.#folders.clear();
    this.#texts.clear();
  }

  /** The text of a file changed. */
  forgetText(path: string): void {
    this.#texts.delete(path);
    if (this.#kinds.get(path) !== 'file') this.#kinds.delete(path);
  }

  read(path: string): ReadResult {
    let read = this.#texts.get(path);
    if (!read) this.#texts.set(path, (read = this.#fileSystem.readFile(path)));
    return read;
  }

  /** Keeps no more than the version of texts that a program has taken. */
  release(path: string): void {
    this.#texts.delete(path);
  }

  kindOf(path: string): 'file' | 'directory' | undefined {
    if (this.#kinds.has(path)) return this.#kinds.get(path);
    const kind = this.#fileSystem.kindOf(path);
    this.#kinds.set(path, kind);
    return kind;
  }

  realPath(path: string): string {
    let real = this.#realPaths.get(path);
    if (real === undefined) this.#realPaths.set(path, (real = this.#fileSystem.realPath(path)));
    return real;
  }

  entriesOf(path: string): FolderEntries {
    let entries = this.#folders.get(path);
    if (!entries) {
      const found = this.#fileSystem.readDirectory(path);
      entries = {
        files: found.filter(({ kind }) => kind === 'file').map(({ name }) => name),
        directories: found.filter(({ kind }) => kind === 'directory').map(({ name }) => name),
      };
      this.#folders.set(path, entries);
    }
    return entries;
  }

  /** What the compiler asks for while it reads configurations and resolves modules. */
  readonly configHost: ts.ParseConfigFileHost = {
    useCaseSensitiveFileNames: true,
    getCurrentDirectory: () => '/',
    fileExists: (path) => this.kindOf(path) === 'file',
    readFile: (path) => {
      const read = this.read(path);
      return read.kind === 'text' ? read.text : undefined;
    },
    readDirectory: (path, extensions, excludes, includes, depth) =>
      (compiler as unknown as FileMatcher).matchFiles(path, extensions, excludes, includes, true, '/', depth, (folder) => this.entriesOf(folder), (folder) => this.realPath(folder)),
    onUnRecoverableConfigFileDiagnostic: () => {},
  };

  childrenOf(path: string): readonly string[] {
    return this.entriesOf(path).directories.map((name) => join(path, name));
  }
}
