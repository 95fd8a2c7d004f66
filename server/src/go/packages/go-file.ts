// Go files as they are read: texts by version, their headers, and their trees once somebody asks for them.

import type { File } from '../syntax/ast.ts';
import { parseFile, parseOutline } from '../syntax/parser.ts';
import type { FileSystem } from '../../workspace/file-system.ts';
import { dirname, isInside } from '../../workspace/paths.ts';
import { readHeader } from './header.ts';
import type { FileHeader } from './header.ts';
import type { FileOrigin, GoFile } from './package.ts';
import type { FileVersions, VersionWithReason } from './version.ts';

/** One text of a file. */
export class Source {
  readonly text: string;
  readonly version: string;
  readonly header: FileHeader;
  #syntax: File | undefined;
  #outline: File | undefined;

  constructor(text: string, version: string, syntax: File | undefined) {
    this.text = text;
    this.version = version;
    this.header = readHeader(text);
    this.#syntax = syntax;
  }

  get syntax(): File {
    return (this.#syntax ??= parseFile(this.text));
  }

  get outline(): File {
    return (this.#outline ??= parseOutline(this.text));
  }

  /** Lets go of the trees, which are read again when asked for: what outlives a folder holds its files, too. */
  release(): void {
    this.#syntax = undefined;
    this.#outline = undefined;
  }
}

type Entry = { readonly source: Source } | { readonly skipped: string };

/** The texts of Go files, each read once until something says that it changed. */
export class SourceCache {
  readonly #fileSystem: FileSystem;
  readonly #maxFileSize: number;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Set<string>();
  readonly #adopted = new Map<string, { readonly text: string; readonly syntax: File }>();

  constructor(fileSystem: FileSystem, maxFileSize = Number.POSITIVE_INFINITY) {
    this.#fileSystem = fileSystem;
    this.#maxFileSize = maxFileSize;
  }

  source(path: string): Source | undefined {
    const entry = this.#entry(path);
    return 'source' in entry ? entry.source : undefined;
  }

  skipReason(path: string): string | undefined {
    const entry = this.#entry(path);
    return 'skipped' in entry ? entry.skipped : undefined;
  }

  invalidate(path: string): void {
    this.#changed.add(path);
  }

  invalidateBelow(directory: string): void {
    for (const path of this.#entries.keys()) {
      if (isInside(directory, path)) this.#changed.add(path);
    }
  }

  adopt(path: string, text: string, syntax: File): void {
    this.#adopted.set(path, { text, syntax });
    this.#changed.add(path);
  }

  release(directory: string): void {
    for (const [path, entry] of this.#entries) {
      if (dirname(path) !== directory) continue;
      if ('source' in entry) entry.source.release();
      this.#entries.delete(path);
    }
  }

  #entry(path: string): Entry {
    const known = this.#entries.get(path);
    if (known && !this.#changed.has(path)) return known;
    this.#changed.delete(path);
    const entry = this.#read(path, known && 'source' in known ? known.source : undefined);
    this.#entries.set(path, entry);
    return entry;
  }

  #read(path: string, known: Source | undefined): Entry {
    const adopted = this.#adopted.get(path);
    this.#adopted.delete(path);
    const read = this.#fileSystem.readFile(path);
    if (read.kind !== 'text') return { skipped: read.detail === '' ? read.kind : read.detail };
    if (read.text.length > this.#maxFileSize) return { skipped: `larger than ${this.#maxFileSize} characters` };
    if (known?.version === read.version && known.text === read.text) return { source: known };
    return { source: new Source(read.text, read.version, adopted?.text === read.text ? adopted.syntax : undefined) };
  }
}

export interface FileFacts {
  readonly versions: FileVersions;
  readonly isTest: boolean;
  readonly excludedBy: string | undefined;
  readonly origin: FileOrigin;
}

export class GoFileNode implements GoFile {
  readonly path: string;
  readonly source: Source;
  readonly languageVersion: VersionWithReason | undefined;
  readonly languageCeiling: VersionWithReason | undefined;
  readonly libraryFloor: VersionWithReason | undefined;
  readonly isTest: boolean;
  readonly excludedBy: string | undefined;
  readonly origin: FileOrigin;

  constructor(path: string, source: Source, facts: FileFacts) {
    this.path = path;
    this.source = source;
    this.languageVersion = facts.versions.language;
    this.languageCeiling = facts.versions.languageCeiling;
    this.libraryFloor = facts.versions.libraryFloor;
    this.isTest = facts.isTest;
    this.excludedBy = facts.excludedBy;
    this.origin = facts.origin;
  }

  get text(): string {
    return this.source.text;
  }

  get version(): string {
    return this.source.version;
  }

  get syntax(): File {
    return this.source.syntax;
  }

  get outline(): File {
    return this.source.outline;
  }

  get packageName(): string {
    return this.source.header.packageName;
  }

  get imports(): readonly string[] {
    return this.source.header.imports;
  }

  get generated(): boolean {
    return this.source.header.generated;
  }

  get usesCgo(): boolean {
    return this.source.header.usesCgo;
  }

  get constraint(): string | undefined {
    const { build } = this.source.header;
    return build.kind === 'none' ? undefined : build.text;
  }
}
