// `mapwarden check`: from what was asked to a report and an exit status.

import { createColors } from 'picocolors';
import { Analyzer, type FileAnalysis } from '../analyzer.ts';
import { fixedText, fixUntilStable } from '../analyzer/apply-fixes.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { defaultMaxFileSize, noticeText, type Notice } from '../config/settings.ts';
import { goFiles } from '../go/packages/discover.ts';
import { ruleById, rules } from '../rules/registry.ts';
import type { Locale, Severity } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import { LineIndex } from '../text/line-index.ts';
import { typeScriptFiles } from '../typescript/files.ts';
import { discover } from '../workspace/discover.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { basename, dirname } from '../workspace/paths.ts';
import { RecordedFileSystem } from '../workspace/recorded.ts';
import { UsageError, type CommandLineIo } from './io.ts';
import { ProgressLine } from './progress.ts';
import { renderJson } from './render-json.ts';
import { renderText } from './render-text.ts';
import { Reporter, severityRanks, type Report, type ReportedFinding, type ReportedNotice } from './report.ts';
import { ResultCache, type Part, type Seen, type SourceFile } from './result-cache.ts';
import { wordsFor, type Words } from './words.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly fix: boolean;
  readonly failOn: Severity;
  readonly config: string | undefined;
  /** Undefined: every rule that the settings let run. */
  readonly rules: readonly string[] | undefined;
  readonly locale: Locale;
  readonly stats: boolean;
  readonly color: boolean;
  /** Results of earlier runs are looked for and kept; `folder` in place of the platform's. */
  readonly cache: { readonly folder: string | undefined } | undefined;
}

/** @throws UsageError when what was asked for cannot be done */
export async function check(named: readonly string[], options: CheckOptions, io: CommandLineIo): Promise<number> {
  const run = new CheckRun(options, io);
  return run.check(named.length > 0 ? named : ['.']);
}

/** What has been seen so far. */
class Gathered {
  readonly findings: ReportedFinding[] = [];
  readonly skipped: { readonly file: string; readonly reason: string }[] = [];
  readonly #notices = new Map<string, ReportedNotice>();
  readonly #folders = new Set<string>();
  #files = 0;
  #bytes = 0;

  /** Many files may say the same of a configuration. */
  addNotice(notice: ReportedNotice): void {
    this.#notices.set(JSON.stringify(notice), notice);
  }

  addFile(folder: string, bytes: number): void {
    this.#folders.add(folder);
    this.#files++;
    this.#bytes += bytes;
  }

  add({ findings, notices, skipped, folders, files, bytes }: Seen): void {
    for (const finding of findings) this.findings.push(finding);
    for (const notice of notices) this.addNotice(notice);
    for (const each of skipped) this.skipped.push(each);
    for (const folder of folders) this.#folders.add(folder);
    this.#files += files;
    this.#bytes += bytes;
  }

  get seen(): Seen {
    return { findings: this.findings, notices: [...this.#notices.values()], skipped: this.skipped, folders: [...this.#folders], files: this.#files, bytes: this.#bytes };
  }
}

class CheckRun {
  readonly #options: CheckOptions;
  readonly #io: CommandLineIo;
  readonly #words: Words;
  readonly #fileSystem: FileSystem;
  readonly #analyzer: Analyzer;
  readonly #reporter: Reporter;
  readonly #cache: ResultCache | undefined;
  readonly #fixedFiles = new Set<string>();
  readonly #notWritten = new Map<string, string>();
  /** How many rules failed. */
  #failures = 0;
  /** How many files an earlier run has analysed. */
  #known = 0;

  constructor(options: CheckOptions, io: CommandLineIo) {
    this.#options = options;
    this.#io = io;
    this.#words = wordsFor(options.locale);
    // Only sources are as large as a setting says; everything else that is read is small.
    this.#fileSystem = io.fileSystem((path) => (isSource(path) ? this.#analyzer.settingsOf(path).maxFileSize : defaultMaxFileSize));
    const config = options.config === undefined ? undefined : io.absolute(options.config);
    const recorded = new RecordedFileSystem(this.#fileSystem);
    this.#analyzer = new Analyzer({
      fileSystem: recorded,
      environment: io.environment,
      typescript: () => io.typescript(),
      ...(options.rules && { overrides: { only: options.rules } }),
      ...(config !== undefined && { configurationFile: config }),
      log: (event) => {
        if (event.kind !== 'rule-failed') return;
        this.#failures++;
        this.#tell(this.#words.ruleFailed(event.rule, this.#reporter.nameOf(event.path), errorText(event.error)));
      },
    });
    const excerptColumns = options.format === 'text' ? Math.max(60, (io.stdout.columns ?? 140) - 14) : undefined;
    this.#reporter = new Reporter({
      analyzer: this.#analyzer,
      fileSystem: this.#fileSystem,
      workingDirectory: io.workingDirectory,
      locale: options.locale,
      excerptColumns,
    });
    const store = options.fix ? undefined : options.cache && io.resultStore(options.cache.folder, (error) => this.#tell(this.#words.notKept(errorText(error))));
    const basis = JSON.stringify([io.program, options.locale, excerptColumns, io.environment.goos, io.environment.goarch]);
    this.#cache = store && new ResultCache({ analyzer: this.#analyzer, fileSystem: this.#fileSystem, recorded, store, workingDirectory: io.workingDirectory, basis });
  }

  async check(named: readonly string[]): Promise<number> {
    const started = this.#io.now();
    this.#checkRules();
    this.#checkConfiguration();
    const paths = this.#existing(named);
    const seen = await this.#run(this.#sourcesAt(paths));
    if (seen.files === 0) this.#tell(this.#words.nothingToAnalyse);
    const report = this.#report(seen, this.#io.now() - started);
    // Where results come from is no part of the report.
    if (this.#options.stats && this.#known > 0) this.#tell(this.#words.known(this.#known, seen.files));
    this.#print(report);
    const threshold = severityRanks[this.#options.failOn];
    return report.findings.some(({ severity }) => severityRanks[severity] >= threshold) ? 1 : 0;
  }

  #sourcesAt(paths: readonly string[]): readonly SourceFile[] {
    const isExcluded = (path: string): boolean => this.#analyzer.settingsOf(path).excluded;
    return [...discover({ fileSystem: this.#fileSystem, paths, kinds: [goFiles, typeScriptFiles], isExcluded })].flatMap((found) => {
      if (found.kind === 'folder') return [];
      // What is there and yet neither file nor folder is left to whoever reads it: they can say why it cannot be read.
      return [{ path: found.path, named: found.kind !== 'file' || found.named }];
    });
  }

  async #run(sources: readonly SourceFile[]): Promise<Seen> {
    if (!this.#options.fix) return this.#pass(sources, () => {});
    let seen = new Gathered().seen;
    await fixUntilStable(async (apply) => {
      const changed: string[] = [];
      seen = await this.#pass(sources, (analysis) => {
        if (apply && this.#fix(analysis)) changed.push(analysis.path);
      });
      for (const path of changed) this.#analyzer.changed(path);
      return changed.length;
    });
    return seen;
  }

  async #pass(sources: readonly SourceFile[], look: (analysis: FileAnalysis) => void): Promise<Seen> {
    const gathered = new Gathered();
    const progress = new ProgressLine(this.#io, sources.length, this.#words);
    try {
      for (const part of this.#parts(sources)) gathered.add(await this.#lookAt(part, progress, look));
    } finally {
      progress.clear();
    }
    this.#cache?.finish();
    return gathered.seen;
  }

  async #lookAt(part: Part, progress: ProgressLine, look: (analysis: FileAnalysis) => void): Promise<Seen> {
    const key = this.#cache?.keyOf(part) ?? '';
    const known = this.#cache?.find(key, part);
    const gathered = new Gathered();
    const failures = this.#failures;
    if (!known) this.#io.partBegins(part.sources.reduce((sum, { path }) => sum + this.#io.sizeOf(path), 0));
    for (const source of part.sources) {
      await progress.step();
      if (!known) this.#look(source, gathered, look);
    }
    const { seen } = gathered;
    if (!known && this.#failures === failures) this.#cache?.keep(key, part, seen);
    if (part.folder !== undefined) this.#analyzer.finish(part.folder, known === undefined);
    if (!known) this.#io.partEnded();
    if (known) this.#known += known.files;
    return known ?? seen;
  }

  /** The folders of Go files in import order, and all other files. */
  #parts(sources: readonly SourceFile[]): readonly Part[] {
    const folders = new Map<string, SourceFile[]>();
    const others: SourceFile[] = [];
    for (const source of sources) {
      const folder = dirname(source.path);
      const files = folders.get(folder);
      if (!goFiles.accepts(basename(source.path))) others.push(source);
      else if (files) files.push(source);
      else folders.set(folder, [source]);
    }
    const withGenerated = sources.some(({ named }) => named);
    const parts: Part[] = this.#analyzer.inImportOrder([...folders.keys()], { withGenerated }).map((folder) => ({ folder, sources: this.#inPackageOrder(folders.get(folder)!) }));
    if (others.length > 0) parts.push({ folder: undefined, sources: this.#inPackageOrder(others) });
    return parts;
  }

  #inPackageOrder(files: readonly SourceFile[]): readonly SourceFile[] {
    const byPath = new Map(files.map((each) => [each.path, each]));
    return this.#analyzer.inPackageOrder([...byPath.keys()]).map((path) => byPath.get(path)!);
  }

  #look(source: SourceFile, seen: Gathered, look: (analysis: FileAnalysis) => void): void {
    const { path, named } = source;
    const skip = (reason: string): void => {
      seen.skipped.push({ file: this.#reporter.nameOf(path), reason });
    };
    if (!isSource(path)) return skip(this.#words.notAnalysed);
    const settings = this.#analyzer.settingsOf(path);
    if (settings.excluded || !settings.enable) {
      if (named) skip(this.#words.excludedBySettings);
      return;
    }
    const analysis = this.#analyzer.analyze(path, { withGenerated: named });
    for (const notice of analysis.notices) this.#keepNotice(notice, seen);
    if (analysis.skipped !== undefined) return skip(analysis.skipped);
    if (!named && analysis.generated) return;
    if (analysis.syntaxError) return skip(this.#syntaxErrorText(analysis));
    look(analysis);
    seen.addFile(this.#reporter.nameOf(dirname(path)), this.#io.sizeOf(path));
    seen.findings.push(...this.#reporter.findingsOf(analysis));
  }

  #syntaxErrorText({ text, syntaxError }: FileAnalysis): string {
    const { line, column } = new LineIndex(text).position(syntaxError!.offset);
    return this.#words.syntaxError(line + 1, column + 1, syntaxError!.message);
  }

  #keepNotice(notice: Notice, seen: Gathered): void {
    seen.addNotice({ file: this.#reporter.nameOf(notice.path), line: notice.line, message: noticeText(notice, this.#options.locale) });
  }

  /** Writes the file with its safe fixes. False if there are none, or if the file must stay as it is. */
  #fix(analysis: FileAnalysis): boolean {
    const { path } = analysis;
    const text = this.#notWritten.has(path) ? undefined : fixedText(analysis, this.#analyzer);
    if (text === undefined) return false;
    const obstacle = this.#obstacle(analysis);
    if (obstacle !== undefined) {
      this.#notWritten.set(path, obstacle);
      return false;
    }
    this.#io.replace(path, text);
    this.#fixedFiles.add(path);
    return true;
  }

  #obstacle({ path, text, generated }: FileAnalysis): string | undefined {
    if (generated) return this.#words.generated;
    if (isCopy(this.#fileSystem, path)) return this.#words.vendored;
    return this.#io.canReplace(path, text) ? undefined : this.#words.readOnly;
  }

  #report(seen: Seen, milliseconds: number): Report {
    return {
      findings: [...seen.findings].sort(byPlace),
      notices: [...seen.notices].sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message)),
      stats: {
        files: seen.files,
        bytes: seen.bytes,
        packages: seen.folders.length,
        milliseconds: Math.round(milliseconds),
        skipped: [...seen.skipped].sort((a, b) => compare(a.file, b.file)),
      },
    };
  }

  #print(report: Report): void {
    const { format, stats, color, fix } = this.#options;
    for (const [path, reason] of this.#notWritten) this.#tell(this.#words.notWritten(this.#reporter.nameOf(path), reason));
    if (format === 'json') return this.#io.stdout.write(renderJson(report));
    const fixedFiles = fix ? this.#fixedFiles.size : undefined;
    this.#io.stdout.write(renderText(report, { words: this.#words, colors: createColors(color), withStatistics: stats, fixedFiles }));
  }

  #checkRules(): void {
    const asked = this.#options.rules;
    if (asked === undefined) return;
    if (asked.length === 0) throw new UsageError(this.#words.noRules);
    const ids = rules.map(({ id }) => id);
    const unknown = asked.filter((id) => ruleById(id) === undefined).map((id) => this.#words.unknownRule(id, closest(id, ids)));
    if (unknown.length > 0) throw new UsageError(unknown.join('\n'));
  }

  /** A configuration that was asked for by name must be right. */
  #checkConfiguration(): void {
    const { config, locale } = this.#options;
    if (config === undefined) return;
    const path = this.#io.absolute(config);
    const read = this.#fileSystem.readFile(path);
    if (read.kind !== 'text') throw new UsageError(this.#words.noSuchConfiguration(config, read.detail));
    const { notices } = readConfiguration(path, read.text, new Set(rules.map(({ id }) => id)));
    if (notices.length > 0) throw new UsageError(notices.map((notice) => `${config}:${notice.line}: ${noticeText(notice, locale)}`).join('\n'));
  }

  /** The absolute paths of what was named; `x/...` means x. */
  #existing(named: readonly string[]): readonly string[] {
    const missing: string[] = [];
    const paths = named.map((name) => {
      const path = this.#io.absolute(withoutDots(name));
      if (this.#fileSystem.kindOf(path) === undefined && this.#fileSystem.readFile(path).kind === 'missing') missing.push(name);
      return path;
    });
    if (missing.length > 0) throw new UsageError(missing.map((name) => this.#words.noSuchPath(name)).join('\n'));
    return paths;
  }

  #tell(text: string): void {
    this.#io.stderr.write(`mapwarden: ${text}\n`);
  }
}

/** `x/...`, Go's way of saying x and everything below, means the folder x here. */
function withoutDots(name: string): string {
  if (name === '...') return '.';
  if (!name.endsWith('/...') && !name.endsWith('\\...')) return name;
  return name.slice(0, -'/...'.length) || '/';
}

function isSource(path: string): boolean {
  return goFiles.accepts(basename(path)) || typeScriptFiles.accepts(basename(path));
}

/** True for code that came from elsewhere: below node_modules, or below the vendor folder of a module or workspace. */
function isCopy(fileSystem: FileSystem, path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const name = basename(folder);
    if (name === 'node_modules') return true;
    if (name !== 'vendor') continue;
    const beside = dirname(folder);
    if ([`${folder}/modules.txt`, `${beside}/go.mod`, `${beside}/go.work`].some((file) => fileSystem.kindOf(file) === 'file')) return true;
  }
  return false;
}

function byPlace(a: ReportedFinding, b: ReportedFinding): number {
  const [at, bt] = [a.location, b.location];
  return (
    compare(at.file, bt.file) ||
    at.startLine - bt.startLine ||
    at.startColumn - bt.startColumn ||
    at.endLine - bt.endLine ||
    at.endColumn - bt.endColumn ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
