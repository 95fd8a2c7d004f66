// What earlier runs found, so that a run over a tree that did not change has little to do. A run has parts: each folder of Go files is
// one, and all TypeScript and JavaScript together are another. What a part found is kept under a hash of everything it was found with:
// for Go the texts of the folder and of all that it imports, and what its interfaces lead to; for TypeScript every answer that the disk
// gave. So what is kept cannot be wrong, only of no use any more.

import type { Analyzer, BesideImports } from '../analyzer.ts';
import { rules } from '../rules/registry.ts';
import { digest } from '../text/digest.ts';
import { answersAlike, type Answer, type RecordedFileSystem } from '../workspace/recorded.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { join, relative } from '../workspace/paths.ts';
import type { ReportedFinding, ReportedNotice } from './report.ts';

/** Keeps texts under hashes between runs. What it cannot keep is lost, and nothing more. */
export interface ResultStore {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
  /** To be called at the end of a run: drops what was not used for longest until a limit of size holds. */
  trim(): void;
}

export interface SourceFile {
  readonly path: string;
  /** True if the file itself was named, and not a folder around it: then it is analysed whatever it is. */
  readonly named: boolean;
}

export interface Part {
  /** The folder of Go files; undefined for the part of all other files. */
  readonly folder: string | undefined;
  readonly sources: readonly SourceFile[];
}

/** What the files of a part gave. */
export interface Seen {
  readonly findings: readonly ReportedFinding[];
  readonly notices: readonly ReportedNotice[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** The folders of files that were analysed, from the working directory. */
  readonly folders: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

interface Kept {
  readonly seen: Seen;
  /** For Go: what the findings came from beside imports. */
  readonly beside?: BesideImports | undefined;
  /** For other files: what the disk answered, with paths from the working directory. */
  readonly answers?: readonly Answer[];
}

export interface ResultCacheOptions {
  readonly analyzer: Analyzer;
  readonly fileSystem: FileSystem;
  /** The file system that the analyzer reads. */
  readonly recorded: RecordedFileSystem;
  readonly store: ResultStore;
  readonly workingDirectory: string;
  /** Everything that findings depend on beside files and settings: the program, the environment, the form of the report. */
  readonly basis: string;
}

export class ResultCache {
  readonly #options: ResultCacheOptions;

  constructor(options: ResultCacheOptions) {
    this.#options = options;
  }

  /** A hash of all that findings in a part depend on, as far as that is known before it is looked at. */
  keyOf({ folder, sources }: Part): string {
    const { analyzer, workingDirectory, basis } = this.#options;
    const files = sources.map(({ path, named }) => [relative(workingDirectory, path), named, this.#settingsText(path)].join(' '));
    return digest([basis, ...files, folder === undefined ? '' : analyzer.digestOf(folder, sources.map(({ path }) => path))].join('\n'));
  }

  /** What a part gave when nothing was different; undefined if that is not known. The part is then to be looked at, and `keep` to be called. */
  find(key: string, part: Part): Seen | undefined {
    const { store, recorded } = this.#options;
    const kept = parsed(store.read(key));
    if (kept && this.#holds(part, kept)) return kept.seen;
    if (part.folder === undefined) recorded.start();
    return undefined;
  }

  /** Keeps what a part gave; before the analyzer lets go of it. */
  keep(key: string, { folder }: Part, seen: Seen): void {
    const { analyzer, store, recorded, workingDirectory } = this.#options;
    const kept: Kept =
      folder === undefined
        ? { seen, answers: recorded.stop().map(([question, path, hash]) => [question, relative(workingDirectory, path), hash]) }
        : { seen, beside: analyzer.besideImports(folder) };
    store.write(key, JSON.stringify(kept));
  }

  /** To be called at the end of a run. */
  finish(): void {
    this.#options.store.trim();
  }

  #settingsText(path: string): string {
    const settings = this.#options.analyzer.settingsOf(path);
    const severities = rules.map(({ id }) => settings.severityOf(id) ?? '').join();
    return [severities, settings.enable, settings.excluded, settings.goVersion, settings.shownByVet, settings.maxFileSize].join();
  }

  #holds({ folder }: Part, { beside, answers }: Kept): boolean {
    const { analyzer, fileSystem, workingDirectory } = this.#options;
    if (folder !== undefined) return !beside || analyzer.isBesideAsBefore(folder, beside);
    return answers !== undefined && answersAlike(fileSystem, answers.map(([question, path, hash]) => [question, join(workingDirectory, path), hash]));
  }
}

/** Undefined for what nobody wrote so, or not to its end. */
function parsed(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    return kept?.seen ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}
