// Go files as they are read: texts by version, their headers, and their trees once somebody asks for them.

import type { File } from '../syntax/ast.ts';
import { parseFile, parseOutline, parseWithBodiesLater } from '../syntax/parser.ts';
import type { FileSystem } from '../../workspace/file-system.ts';
import { dirname, isInside } from '../../workspace/paths.ts';
import { readHeader } from './header.ts';
import type { FileHeader } from './header.ts';
import type { FileOrigin, GoFile } from './package.ts';
import type { FileVersions, VersionWithReason } from './version.ts';

/** One text of a file. */
export class Source {
  readonly version: string;
  readonly header: FileHeader;
  readonly #readAgain: () => string;
  readonly #sparing: boolean;
  #text: string | undefined;
  #syntax: File | undefined;
  #outline: File | undefined;

  /**
   * @param readAgain the text after `release`
   * @param sparing bodies of generated functions are read when somebody asks, and so is the text behind an outline
   */
  constructor(text: string, version: string, syntax: File | undefined, readAgain: () => string, sparing = false) {
    this.#text = text;
    this.version = version;
    this.header = readHeader(text);
    this.#syntax = syntax;
    this.#readAgain = readAgain;
    this.#sparing = sparing;
  }

  get text(): string {
    return (this.#text ??= this.#readAgain());
  }

  /** True if the text is held, and that one. */
  holds(text: string): boolean {
    return this.#text === text;
  }

  get syntax(): File {
    return (this.#syntax ??= this.#sparing && this.header.generated ? parseWithBodiesLater(this.text) : parseFile(this.text));
  }

  get outline(): File {
    if (!this.#outline) {
      this.#outline = parseOutline(this.text);
      if (this.#sparing && !this.#syntax) this.#text = undefined;
    }
    return this.#outline;
  }

  /** Lets go of the text and its trees, which are read again when asked for; the header stays. */
  release(): void {
    this.#text = undefined;
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
  /** Those of the entries by folder. */
  readonly #paths = new Map<string, Set<string>>();
  /** The folders with files whose texts may be held. */
  readonly #holding = new Set<string>();
  readonly #changed = new Set<string>();
  /** Of files that are read from now on: bodies of generated functions, and texts behind outlines, are read when somebody asks. */
  sparing = false;
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

  /** Drops the files of a folder. Answers their paths. */
  release(directory: string): Iterable<string> {
    this.keepHeaders((each) => each === directory);
    const paths = this.#paths.get(directory) ?? [];
    for (const path of paths) this.#entries.delete(path);
    this.#paths.delete(directory);
    return paths;
  }

  /** Drops the texts and trees of folders, and keeps the headers. */
  keepHeaders(isMeant: (directory: string) => boolean): void {
    for (const directory of this.#holding) {
      if (!isMeant(directory)) continue;
      this.#holding.delete(directory);
      for (const path of this.#paths.get(directory) ?? []) {
        const entry = this.#entries.get(path);
        if (entry && 'source' in entry) entry.source.release();
      }
    }
  }

  #entry(path: string): Entry {
    const known = this.#entries.get(path);
    if (known && !this.#changed.has(path)) return known;
    this.#changed.delete(path);
    const entry = this.#read(path, known && 'source' in known ? known.source : undefined);
    this.#entries.set(path, entry);
    const directory = dirname(path);
    this.#holding.add(directory);
    const beside = this.#paths.get(directory);
    if (beside) beside.add(path);
    else this.#paths.set(directory, new Set([path]));
    return entry;
  }

  #read(path: string, known: Source | undefined): Entry {
    const adopted = this.#adopted.get(path);
    this.#adopted.delete(path);
    const read = this.#fileSystem.readFile(path);
    if (read.kind !== 'text') return { skipped: read.detail === '' ? read.kind : read.detail };
    if (read.text.length > this.#maxFileSize) return { skipped: `larger than ${this.#maxFileSize} characters` };
    if (known?.version === read.version && known.holds(read.text)) return { source: known };
    return { source: new Source(read.text, read.version, adopted?.text === read.text ? adopted.syntax : undefined, () => this.#textOf(path), this.sparing) };
  }

  /** What cannot be read any more is empty: parsing that is no failure. */
  #textOf(path: string): string {
    this.#holding.add(dirname(path));
    const read = this.#fileSystem.readFile(path);
    return read.kind === 'text' ? read.text : '';
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
