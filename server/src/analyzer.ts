// The façade: files in, findings out. What it answers depends on the files, the settings and nothing else; its caches only
// save work. It knows no editor and no command line.

import { GoSession, type BesideImports } from './analyzer/go-session.ts';
import type { GoConversion } from './analyzer/go-conversions.ts';
import type { GoStrategyEdits } from './analyzer/go-strategies.ts';
import { TypeScriptSession } from './analyzer/typescript-session.ts';
import type { ContainerFacts } from './analysis/concurrency/container-facts.ts';
import { ConfigurationStore } from './config/configuration.ts';
import type { ClearCompletion } from './go/completion.ts';
import type { FallbackAnswer } from './go/fallback-files.ts';
import type { MapOperation } from './go/map-operations.ts';
import type { FileSystem } from './workspace/file-system.ts';
import type { FileSettings, Notice, Settings } from './config/settings.ts';
import type { Finding, Fix, Message } from './rules/rule.ts';
import type { Tier } from './rules/typescript-context.ts';
import { overlaps } from './text/span.ts';
import type { Edit, Span } from './text/span.ts';
import type { ContainerOperation } from './typescript/container-operations.ts';
import type { TypeScriptPackage } from './typescript/compiler.ts';
import { digest } from './text/digest.ts';
import { isJavaScriptPath, isTypeScriptPath } from './typescript/files.ts';
import { relative } from './workspace/paths.ts';

export interface AnalyzerOptions {
  readonly fileSystem: FileSystem;
  readonly environment: AnalyzerEnvironment;
  /**
   * Loads the TypeScript compiler, when the first file needs it. Without it, and while it is not there yet (undefined),
   * TypeScript and JavaScript are not analysed.
   */
  readonly typescript?: () => TypeScriptPackage | undefined;
  /** How TypeScript files are analysed: each with its whole project (the default), or by itself. */
  readonly tier?: Tier;
  /** Asked while a TypeScript file is analysed: if true, `analyze` throws `Cancelled`. */
  readonly isCancelled?: () => boolean;
  /** What the editor's settings say for a file; without it defaults hold. */
  readonly settingsFor?: (path: string) => Settings;
  /** What the command line says: wins over every other source. */
  readonly overrides?: Settings;
  /** A configuration file that replaces the search for `.mapwarden.json`. */
  readonly configurationFile?: string;
  /** Told of a rule that threw, once per rule and file, and of timings. */
  readonly log?: (event: LogEvent) => void;
}

/** Where Go's own files are on the user's machine, as far as known. Nothing here is needed; sources sharpen types. */
export interface AnalyzerEnvironment {
  readonly goos: string;
  readonly goarch: string;
  readonly goroot?: string;
  readonly gomodcache?: string;
}

export type LogEvent =
  | { readonly kind: 'rule-failed'; readonly rule: string; readonly path: string; readonly error: unknown }
  | { readonly kind: 'analyzed'; readonly path: string; readonly reused: number; readonly declarations: number };

export type { BesideImports };

export interface FileAnalysis {
  readonly path: string;
  /** The decoded text that offsets refer to; empty when the file was skipped. */
  readonly text: string;
  /** Changes whenever the findings may have: usable as a result id together with the locale. */
  readonly version: string;
  /** Sorted by place, then rule. */
  readonly findings: readonly Finding[];
  /** Faults in the configuration, go.mod or go.work files that this file depends on. */
  readonly notices: readonly Notice[];
  /** True for code that a tool wrote. */
  readonly generated?: boolean;
  /** Set when the file was not analysed: too large, binary, unreadable, excluded by a setting. */
  readonly skipped?: string;
  /** What is wrong with the text first, if it does not parse. The findings are then those of what could be read. */
  readonly syntaxError?: { readonly offset: number; readonly message: string };
}

/** One change of a text: [start, oldEnd) became newText. Offsets of the text before the change. */
export interface TextChange extends Span {
  readonly newText: string;
}

/** A fix with every edit it makes, ready to be applied: imports added, files to create named. */
export interface ResolvedFix {
  readonly title: Message;
  readonly caution: Message | undefined;
  readonly safe: boolean;
  /** Edits by absolute path, each list sorted and free of overlaps. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly creates: readonly { readonly path: string; readonly text: string }[];
}

/** A place for a snippet; `minor` is the Go release (21 for Go 1.21), `year` that of the ECMAScript library. */
export type SnippetPlaceIn =
  | { readonly language: 'go'; readonly word: Span; readonly kind: 'statement' | 'declaration'; readonly minor: number | undefined }
  | { readonly language: 'typescript' | 'javascript'; readonly word: Span; readonly year: number };

export class Analyzer {
  readonly #options: AnalyzerOptions;
  readonly #configurations: ConfigurationStore;
  readonly #go: GoSession;
  /** Made when the first TypeScript file is analysed. */
  #typescript: TypeScriptSession | undefined;

  constructor(options: AnalyzerOptions) {
    this.#options = options;
    this.#configurations = new ConfigurationStore({
      fileSystem: options.fileSystem,
      settingsFor: options.settingsFor,
      overrides: options.overrides,
      configurationFile: options.configurationFile,
    });
    this.#go = new GoSession({
      fileSystem: options.fileSystem,
      environment: options.environment,
      settingsOf: (path) => this.#configurations.settingsOf(path),
      log: options.log ?? (() => {}),
    });
  }

  /**
   * The findings in one file. Never throws; what could not be analysed says why in `skipped`.
   * @param options `withGenerated: false` leaves generated files without findings, and saves the work
   */
  analyze(path: string, options: { readonly withGenerated?: boolean } = {}): FileAnalysis {
    const settings = this.#configurations.settingsOf(path);
    const notices = this.#configurations.noticesFor(path);
    if (!settings.enable || settings.excluded) return nothing(path, notices, settings.enable ? 'excluded by the settings' : 'switched off by the settings');
    const analysis = this.#analyze(path, settings, options.withGenerated);
    if (!analysis) return nothing(path, notices, 'no language that is analysed');
    return notices.length === 0 ? analysis : { ...analysis, notices: [...notices, ...analysis.notices] };
  }

  #analyze(path: string, settings: FileSettings, withGenerated: boolean | undefined): FileAnalysis | undefined {
    if (path.endsWith('.go')) return this.#go.analyze(path, settings, this.#options.tier ?? 'typed', withGenerated);
    if (!isTypeScriptPath(path)) return undefined;
    return this.#typeScriptSession()?.analyze(path, settings, this.#options.tier ?? 'typed', withGenerated);
  }

  #typeScriptSession(): TypeScriptSession | undefined {
    const { fileSystem, typescript: load, isCancelled } = this.#options;
    if (this.#typescript || !load) return this.#typescript;
    const loaded = load();
    if (!loaded) return undefined;
    this.#typescript = new TypeScriptSession({ fileSystem, load: () => loaded, ...(isCancelled && { isCancelled }), log: this.#options.log ?? (() => {}) });
    return this.#typescript;
  }

  #completeEdits(path: string, fixes: readonly Fix[]): readonly Edit[] | undefined {
    return path.endsWith('.go') ? this.#go.completeEdits(path, fixes) : this.#typescript?.completeEdits(fixes);
  }

  /** What the settings, flags and the nearest `.mapwarden.json` say for a file. */
  settingsOf(path: string): FileSettings {
    return this.#configurations.settingsOf(path);
  }

  /** The fixes of a finding that `analyze` returned for the current text of its file. */
  fixesOf(finding: Finding): readonly ResolvedFix[] {
    return finding.fixes.flatMap((fix) => {
      if (fix.creates?.some(({ path }) => this.#options.fileSystem.kindOf(path) !== undefined)) return [];
      const edits = this.#completeEdits(finding.path, [fix]);
      if (!edits) return [];
      return [{ title: fix.title, caution: fix.caution, safe: fix.safe, edits: new Map([[finding.path, edits]]), creates: fix.creates ?? [] }];
    });
  }

  /**
   * The edits of as many fixes of one file as go together, sorted: the first ones, without those that overlap an earlier
   * one, which are left for another pass. The fixes are those of findings in the current text of the file.
   */
  combinedEdits(path: string, fixes: readonly Fix[]): readonly Edit[] {
    let taken: readonly Fix[] = [];
    for (const fix of fixes) {
      const free = fix.edits.every((edit) => !taken.some((other) => other.edits.some((own) => overlaps(edit, own))));
      if (free && fix.creates === undefined && this.#completeEdits(path, [...taken, fix])) taken = [...taken, fix];
    }
    return this.#completeEdits(path, taken) ?? [];
  }

  /** The edits of as many safe fixes as go together, the first of each finding. */
  safeEdits(path: string, findings: readonly Finding[]): readonly Edit[] {
    return this.combinedEdits(path, findings.flatMap((finding) => finding.fixes.find((fix) => fix.safe) ?? []));
  }

  /** The Go language version of a file with where it comes from, or undefined when nothing tells. */
  goVersionOf(path: string): { readonly version: string; readonly reason: string } | undefined {
    return this.#go.versionOf(path);
  }

  /** What empties the map before `.` or a word behind it, where somebody types at an offset; undefined anywhere else. */
  clearCompletionAt(path: string, offset: number): ClearCompletion | undefined {
    return path.endsWith('.go') ? this.#go.clearCompletionAt(path, offset) : undefined;
  }

  /** The two files, for newer and for older Go, that let the place compile with both. */
  fallbackFilesAt(path: string, offset: number): FallbackAnswer {
    return path.endsWith('.go') ? this.#go.fallbackFilesAt(path, offset) : 'not-possible';
  }

  /** Where a snippet may stand, and for which version; undefined in comments, strings, imports and expressions. */
  snippetPlaceAt(path: string, offset: number): SnippetPlaceIn | undefined {
    if (path.endsWith('.go')) {
      const place = this.#go.snippetPlaceAt(path, offset);
      return place && { language: 'go', ...place };
    }
    const place = isTypeScriptPath(path) ? this.#typeScriptSession()?.snippetPlaceAt(path, offset) : undefined;
    return place && { language: isJavaScriptPath(path) ? 'javascript' : 'typescript', ...place };
  }

  /** The edits that import Go packages into a file. */
  importEdits(path: string, imports: readonly string[]): readonly Edit[] {
    return path.endsWith('.go') ? this.#go.importEdits(path, imports) : [];
  }

  /** What the code at an offset does to a map as a whole (empties it, replaces it, guards it); undefined for anything else. */
  mapOperationAt(path: string, offset: number): MapOperation | undefined {
    return path.endsWith('.go') ? this.#go.mapOperationAt(path, offset) : undefined;
  }

  /**
   * What the TypeScript or JavaScript code at an offset does to a container as a whole; undefined for anything else. In the syntax tier
   * `unknown` says that the types of other files may tell more.
   */
  containerOperationAt(path: string, offset: number): ContainerOperation | 'unknown' | undefined {
    return isTypeScriptPath(path) ? this.#typeScriptSession()?.containerOperationAt(path, offset, this.#options.tier ?? 'typed') : undefined;
  }

  /** The same, with the whole project if it takes that. */
  typedOperationAt(path: string, offset: number): ContainerOperation | undefined | Promise<ContainerOperation | undefined> {
    const operation = this.containerOperationAt(path, offset);
    return operation === 'unknown' ? undefined : operation;
  }

  /** The ways to empty the Go map of the operation at an offset, best first, by what is known of the map. */
  strategiesAt(path: string, offset: number, facts: ContainerFacts | undefined): readonly GoStrategyEdits[] {
    return path.endsWith('.go') ? this.#go.strategiesAt(path, offset, facts) : [];
  }

  /** What else the Go map of the operation at an offset could be, with the edits of every use, or why not. */
  conversionsAt(path: string, offset: number): readonly GoConversion[] {
    return path.endsWith('.go') ? this.#go.conversionsAt(path, offset) : [];
  }

  /**
   * Which lock guards the map of the operation at an offset, and who else has it. Looks at the whole package, which takes longer than
   * a keystroke.
   */
  mapFactsAt(path: string, offset: number): ContainerFacts | undefined | Promise<ContainerFacts | undefined> {
    return path.endsWith('.go') ? this.#go.mapFactsAt(path, offset) : undefined;
  }

  /**
   * Says that the text of a file is another one. With `change`, the single edit that led from the last text to the new
   * one, only the declaration it lies in is read and analysed again.
   */
  changed(path: string, change?: TextChange): void {
    this.#configurations.invalidate(path);
    if (!isTypeScriptPath(path)) this.#go.changed(path, change);
    if (!path.endsWith('.go')) this.#typescript?.changed(path);
  }

  /** Says that a file or folder came or went, or that a configuration file, go.mod or go.work changed. */
  invalidate(path: string): void {
    this.#configurations.invalidate(path);
    if (!isTypeScriptPath(path)) this.#go.invalidate(path);
    if (!path.endsWith('.go')) this.#typescript?.invalidate();
  }

  /** Says that `settingsFor` answers differently now. */
  settingsChanged(): void {
    this.#configurations.settingsChanged();
    this.#go.settingsChanged();
    this.#typescript?.settingsChanged();
  }

  /**
   * Folders in the order in which a run over all of them does least: what is imported before what imports it.
   * @param options `withGenerated: false` says that none of the generated files will be asked about
   */
  inImportOrder(directories: readonly string[], options: { readonly withGenerated?: boolean } = {}): readonly string[] {
    return this.#go.inImportOrder(directories, options.withGenerated === false);
  }

  /** The files of a folder in the order in which a run over all of them does least. */
  inPackageOrder(paths: readonly string[]): readonly string[] {
    const groups = new Map<string | undefined, string[]>();
    for (const path of paths) {
      const id = path.endsWith('.go') ? this.#go.packageIdOf(path) : undefined;
      const group = groups.get(id);
      if (group) group.push(path);
      else groups.set(id, [path]);
    }
    return [...groups.values()].flat();
  }

  /**
   * A hash that is another one whenever what `analyze` answers for Go files of a folder may be, with the same settings, as far as that comes
   * from the folder and what it imports. What else it came from is known once it is there: see `besideImports`.
   */
  digestOf(directory: string, paths: readonly string[]): string {
    const notices = paths.map((path) => this.#configurations.noticesFor(path).map((notice) => [relative(directory, notice.path), notice.line, notice.message]));
    return digest(JSON.stringify([this.#go.digestOf(directory, paths), notices]));
  }

  /** What the findings in the Go files of a folder came from beside its imports; to be asked between `analyze` and `finish`. */
  besideImports(directory: string): BesideImports | undefined {
    return this.#go.besideImports(directory);
  }

  /** False if anything of that changed. */
  isBesideAsBefore(directory: string, beside: BesideImports): boolean {
    return this.#go.isBesideAsBefore(directory, beside);
  }

  /**
   * Says that a folder has been analysed, in a run over many: keeps what its importers need, and drops the rest.
   * @param isAnalysed false where it was not necessary, because its findings are known
   */
  finish(directory: string, isAnalysed = true): void {
    this.#go.finish(directory, isAnalysed);
  }

  /** Drops what is kept for a folder; a later `analyze` reads it again. For runs over many packages. */
  release(directory: string): void {
    this.#go.release(directory);
  }
}

function nothing(path: string, notices: readonly Notice[], skipped: string): FileAnalysis {
  return { path, text: '', version: skipped, findings: [], notices, skipped };
}
