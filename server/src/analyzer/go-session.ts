// The Go half of the façade: which package a file belongs to, what was found in each of its declarations, and what of that
// survives an edit.

import { containerFacts } from '../analysis/concurrency/container-facts.ts';
import type { ContainerFacts } from '../analysis/concurrency/container-facts.ts';
import { concernsTasks } from '../analysis/concurrency/roots.ts';
import { SummaryStore } from '../analysis/summaries/store.ts';
import { folderLimit, ModuleFunctions } from '../go/module-functions.ts';
import { commentsIn } from '../go/syntax/comments.ts';
import type * as ast from '../go/syntax/ast.ts';
import { clearCompletionAt, snippetPlaceAt } from '../go/completion.ts';
import type { ClearCompletion, SnippetPlace } from '../go/completion.ts';
import { fallbackFilesFor } from '../go/fallback-files.ts';
import type { FallbackAnswer } from '../go/fallback-files.ts';
import { mapOperationAt } from '../go/map-operations.ts';
import type { MapOperation } from '../go/map-operations.ts';
import { reparse } from '../go/syntax/reparse.ts';
import { PackageGraph } from '../go/packages/graph.ts';
import { PackageDigests } from '../go/packages/package-digest.ts';
import { letGeneratedBodiesGo } from '../go/generated-bodies.ts';
import { programOf } from '../go/program.ts';
import type { Callee } from '../model/objects.ts';
import type { Program } from '../model/program.ts';
import type { Summary } from '../model/summary.ts';
import type { GoFile, GoModule, GoPackage } from '../go/packages/package.ts';
import { formatGoVersion, parseGoVersion } from '../go/packages/version.ts';
import { standardPackage } from '../go/types/std/standard-library.ts';
import { TypeStore } from '../go/types/store.ts';
import { rules, ruleById } from '../rules/registry.ts';
import type { Fix, Finding } from '../rules/rule.ts';
import type { FileSettings, Notice } from '../config/settings.ts';
import type { AnalyzerEnvironment, FileAnalysis, LogEvent, TextChange } from '../analyzer.ts';
import type { Edit } from '../text/span.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { digest } from '../text/digest.ts';
import { dirname, join, relative } from '../workspace/paths.ts';
import { importOrder, lastUses } from './import-order.ts';
import type { FolderImports } from './import-order.ts';
import { completeGoEdits } from './go-imports.ts';
import { GoWalker } from './go-walker.ts';
import { goConversions } from './go-conversions.ts';
import type { GoConversion } from './go-conversions.ts';
import { goStrategies } from './go-strategies.ts';
import type { GoStrategyEdits } from './go-strategies.ts';
import { goRegionAfter } from './go-regions.ts';
import { byPlace, findingOf, isActive, shifted, withoutSuperseded, type RuleReport } from './reports.ts';
import type { Tier } from '../rules/typescript-context.ts';
import { applySuppressions } from './suppressions.ts';

export interface GoSessionOptions {
  readonly fileSystem: FileSystem;
  readonly environment: AnalyzerEnvironment;
  settingsOf(path: string): FileSettings;
  log(event: LogEvent): void;
}

/** What the rules found in one declaration, and where the declaration stood when they did. */
interface DeclarationResult {
  readonly walker: GoWalker;
  readonly epoch: number;
  readonly pos: number;
  readonly reports: readonly RuleReport[];
}

/** What the rules that look at folders found in one. */
interface FolderResult {
  readonly walker: GoWalker;
  readonly reports: readonly RuleReport[];
}

/** What the rules that look at whole packages found in one, as of a revision. */
interface ProgramResult extends FolderResult {
  readonly revision: number;
  readonly failed: ReadonlySet<string>;
}

/** The summaries of a module's functions, and where they come from. */
interface ModuleSummaries {
  readonly functions: ModuleFunctions;
  readonly store: SummaryStore;
}

/** What findings came from beside the imports of their folder: calls of interfaces lead to functions that are not imported. */
export interface BesideImports {
  /** Relative to the folder of the module. */
  readonly folders: readonly string[];
  /** True if it was asked what implements an interface: any declaration of the module may. */
  readonly asksForImplementers: boolean;
  /** Of the texts of all that. */
  readonly hash: string;
}

export class GoSession {
  readonly #options: GoSessionOptions;
  readonly #graph: PackageGraph;
  readonly #types: TypeStore;
  /** Counts the changes that reach beyond one function body; results of an older epoch are not used. */
  #epoch = 0;
  #results = new WeakMap<ast.Decl, DeclarationResult>();
  /** Of the current epoch. */
  readonly #folders = new Map<string, FolderResult>();
  /** By package id. */
  readonly #programs = new Map<string, ProgramResult>();
  /** The package that was looked at last: what is asked of it by and by shares what was found out. */
  #lastProgram: { readonly package: GoPackage; readonly revision: number; readonly program: Program } | undefined;
  /** By the module's folder. */
  readonly #summaries = new Map<string, ModuleSummaries>();
  readonly #digests = new PackageDigests();
  readonly #declarations = new Map<GoModule, string>();
  /** By folder, the keys of the functions of other packages whose summaries were asked for, and of methods of interfaces. */
  readonly #asked = new Map<string, { readonly functions: Set<string>; readonly dispatches: Set<string> }>();
  /** True if a rule has run that may ask what functions of other packages do. */
  #asksForSummaries = false;
  /** The folders with files that were analysed, and not released since. */
  readonly #inUse = new Set<string>();
  /** True if nobody asks for findings in generated files. */
  #spares = false;
  /** In a run over many folders: those that are not asked for any more once a folder has been finished. */
  #lastUses: ReadonlyMap<string, readonly string[]> = new Map();
  /** In a run over many folders: those that are to be analysed, and what these import. */
  readonly #needed = new Set<string>();
  /** The last package of another platform's build that was looked at as a whole. */
  #foreign: GoPackage | undefined;
  readonly #walkers = new Map<string, GoWalker>();
  readonly #failed = new Set<string>();
  #revision = 0;

  constructor(options: GoSessionOptions) {
    this.#options = options;
    this.#graph = new PackageGraph({
      fileSystem: options.fileSystem,
      environment: options.environment,
      goVersionFor: (directory) => {
        const setting = options.settingsOf(`${directory}/x.go`).goVersion;
        const version = setting === undefined ? undefined : parseGoVersion(setting);
        return version === undefined ? undefined : { version, reason: 'setting go.version' };
      },
    });
    this.#types = new TypeStore({ standardPackage });
  }

  /** @param tier `syntax` leaves out the rules that look at whole packages: they take longer than a keystroke */
  analyze(path: string, settings: FileSettings, tier: Tier, withGenerated = true): FileAnalysis {
    this.#inUse.add(dirname(path));
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    if (package_ !== this.#foreign) this.#dropForeign();
    const notices = this.#noticesFor(path);
    if (!file || !package_) {
      const skipped = this.#graph.skipReason(path) ?? 'belongs to no package';
      return { path, text: '', version: skipped, findings: [], notices, skipped };
    }
    if (file.text.length > settings.maxFileSize) {
      const skipped = `larger than ${settings.maxFileSize} bytes (setting maxFileSize)`;
      return { path, text: '', version: skipped, findings: [], notices, skipped };
    }
    // Its declarations are read when a file beside it needs them.
    if (!withGenerated && file.generated) return { path, text: file.text, version: file.version, findings: [], notices, generated: true };
    const walker = this.#walkerFor(settings);
    const findings = this.#findingsIn(file, package_, walker, settings, tier);
    const [error] = file.syntax.errors;
    const syntaxError = error && { syntaxError: { offset: error.pos, message: error.message } };
    return { path, text: file.text, version: `${file.version}.${this.#epoch}.${this.#revision}`, findings, notices, generated: file.generated, ...syntaxError };
  }

  versionOf(path: string): { readonly version: string; readonly reason: string } | undefined {
    const version = this.#graph.file(path)?.languageVersion;
    return version && { version: formatGoVersion(version.version), reason: version.reason };
  }

  mapOperationAt(path: string, offset: number): MapOperation | undefined {
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    return file && package_ && mapOperationAt(file, this.#types.infoFor(package_), package_.path, offset);
  }

  /** What the package tells of the map or lock of the operation at an offset; undefined where it is no variable or field. Looks at the whole package. */
  mapFactsAt(path: string, offset: number): ContainerFacts | undefined {
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    const operation = file && package_ && !package_.dependency ? this.mapOperationAt(path, offset) : undefined;
    if (!package_ || !operation?.declared) return undefined;
    const { declared, expression } = operation;
    return containerFacts(this.#programOf(package_), { declared, path, span: { start: expression.pos, end: expression.end } });
  }

  /** The ways to empty the map of the operation at an offset, each with all its edits. */
  strategiesAt(path: string, offset: number, facts: ContainerFacts | undefined): readonly GoStrategyEdits[] {
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    const operation = package_ && this.mapOperationAt(path, offset);
    if (!file || !package_ || !operation) return [];
    const info = this.#types.infoFor(package_);
    return goStrategies(file, package_, info, operation, facts).flatMap(({ fix, ...strategy }) => {
      const edits = completeGoEdits(file, info, [fix]);
      return edits ? [{ ...strategy, edits }] : [];
    });
  }

  /** What else the map of the operation at an offset could be, with the edits of all files that takes, or why not. */
  conversionsAt(path: string, offset: number): readonly GoConversion[] {
    const file = this.#graph.file(path);
    const own = file && this.#graph.packageOf(path);
    const operation = own && !own.dependency ? this.mapOperationAt(path, offset) : undefined;
    if (!file || !own || !operation?.statement || operation.kind === 'sync-map-emptied') return [];
    const variants = this.#graph.variantsOf(own.directory);
    // A test of the package may empty the map, too: what it is declared in is the library then.
    const library = own.kind === 'test' ? (own.library ?? own) : own;
    const tests = variants.filter((each) => each.kind === 'test' && each.library === library);
    const parts = [library, ...tests].map((each) => ({ files: each.ownFiles, info: this.#types.infoFor(each) }));
    return goConversions({ package: library, info: this.#types.infoFor(library), parts, operation, folder: variants.flatMap(({ ownFiles }) => ownFiles) });
  }

  /** The two files that let a place compile with Go before the function that it wants, with all edits of the file itself. */
  fallbackFilesAt(path: string, offset: number): FallbackAnswer {
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    if (!file || !package_) return 'not-possible';
    const info = this.#types.infoFor(package_);
    const operation = this.mapOperationAt(path, offset);
    const folder = dirname(path);
    const empties = operation?.kind === 'clear' || operation?.kind === 'delete-loop' || operation?.kind === 'sync-map-emptied';
    const answer = fallbackFilesFor(file, info, empties ? operation : undefined, (name) => this.#options.fileSystem.kindOf(`${folder}/${name}`) !== undefined);
    if (typeof answer === 'string') return answer;
    const edits = completeGoEdits(file, info, [{ title: { id: '' }, safe: true, edits: answer.edits }]);
    return edits ? { ...answer, edits } : 'not-possible';
  }

  /** Where a snippet may stand, with the oldest Go release (21 for Go 1.21) that may compile the file. */
  snippetPlaceAt(path: string, offset: number): (SnippetPlace & { readonly minor: number | undefined }) | undefined {
    const file = this.#graph.file(path);
    const place = file && snippetPlaceAt(file, offset);
    if (!file || !place) return undefined;
    const versions = [file.languageVersion?.version, file.libraryFloor?.version].filter((version) => version !== undefined);
    return { ...place, minor: versions.length === 0 ? undefined : Math.min(...versions) };
  }

  /** The edits that import packages; those whose name means something else here are left out. */
  importEdits(path: string, imports: readonly string[]): readonly Edit[] {
    const importing = (paths: readonly string[]): readonly Edit[] | undefined => this.completeEdits(path, [{ title: { id: '' }, safe: true, edits: [], imports: paths }]);
    return importing(imports) ?? importing(imports.filter((each) => importing([each]))) ?? [];
  }

  clearCompletionAt(path: string, offset: number): ClearCompletion | undefined {
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    return file && package_ && clearCompletionAt(file, this.#types.infoFor(package_), offset);
  }

  /** The edits of fixes that do not overlap, with the imports they add and make unused; undefined if that cannot be done. */
  completeEdits(path: string, fixes: readonly Fix[]): readonly Edit[] | undefined {
    const file = this.#graph.file(path);
    const package_ = file && this.#graph.packageOf(path);
    if (!file || !package_) return undefined;
    return completeGoEdits(file, this.#types.infoFor(package_), fixes);
  }

  changed(path: string, change: TextChange | undefined): void {
    const before = change && path.endsWith('.go') ? this.#graph.file(path) : undefined;
    const package_ = before && this.#graph.packageOf(path);
    this.#textsChanged();
    if (before && package_ && change && this.#replaceDeclaration(before, package_, change)) return;
    this.#graph.invalidate(path, 'content');
    // What belongs to which module may be another one.
    if (!path.endsWith('.go')) this.#summaries.clear();
    this.#reset();
  }

  /** Reads only the declaration that the change lies in. False if the change may reach further. */
  #replaceDeclaration(before: GoFile, package_: GoPackage, change: TextChange): boolean {
    const text = before.text.slice(0, change.start) + change.newText + before.text.slice(change.end);
    const edit = { start: change.start, oldEnd: change.end, newEnd: change.start + change.newText.length };
    const result = reparse(before.syntax, text, edit);
    if (!result) return false;
    this.#graph.invalidate(before.path, 'content');
    this.#graph.adopt(before.path, text, result.file);
    const after = this.#graph.file(before.path);
    if (!after || after.text !== text) return false;
    return this.#types.replaceDeclaration(package_, after, result.previous, result.changed) === 'body';
  }

  invalidate(path: string): void {
    this.#graph.invalidate(path, 'list');
    this.#textsChanged();
    this.#summaries.clear();
    this.#reset();
  }

  settingsChanged(): void {
    this.#graph.versionsChanged();
    this.#textsChanged();
    this.#reset();
  }

  /** The package that a file is analysed in: the files of one are best analysed one after another. */
  packageIdOf(path: string): string | undefined {
    return this.#graph.packageOf(path)?.id;
  }

  /**
   * Folders in an order in which those that are imported come first, as far as imports can be followed. It is the order in which
   * `finish` expects them, and begins a run over them.
   * @param sparing nobody will ask for findings in generated files: less is kept of these
   */
  inImportOrder(directories: readonly string[], sparing: boolean): readonly string[] {
    this.#spares = sparing;
    if (sparing) this.#graph.spareGenerated();
    const imports = new Map<string, FolderImports>();
    const importsOf = (directory: string): FolderImports => {
      let known = imports.get(directory);
      if (!known) {
        known = this.#importsOf(directory);
        imports.set(directory, known);
        this.#keepHeaders();
      }
      return known;
    };
    const ordered = importOrder(directories, (directory) => importsOf(directory).all);
    this.#lastUses = lastUses(ordered, (directory) => imports.get(directory));
    this.#needed.clear();
    for (const folders of this.#lastUses.values()) for (const each of folders) this.#needed.add(each);
    return ordered;
  }

  /** Lets go of the texts and trees of all folders that are not being analysed. */
  #keepHeaders(): void {
    const held = this.#types.folders();
    this.#graph.keepHeaders((directory) => !held.has(directory) && !this.#inUse.has(directory));
  }

  #importsOf(directory: string): FolderImports {
    const packages = this.#graph.packagesIn(directory);
    const of = (some: readonly GoPackage[]): readonly string[] => [...new Set(some.flatMap((package_) => importedFolders(package_)))];
    return { all: of(packages), library: of(packages.filter(({ kind }) => kind === 'library')) };
  }

  /**
   * A hash that is another one whenever what is found in files of a folder may be, as far as texts of the folder and of what it imports
   * make it: settings are not in it, nor is what `besideImports` tells.
   */
  digestOf(directory: string, paths: readonly string[]): string {
    const packages = this.#graph.variantsOf(directory).map((each) => this.#digests.of(each));
    const skipped = paths.map((path) => this.#graph.skipReason(path) ?? '');
    const notices = this.#graph.noticesFor(directory).map(({ path, line, message }) => [relative(directory, path), line, message]);
    return digest(JSON.stringify([packages, skipped, notices]));
  }

  /** What the findings of a folder that was analysed came from, beside what it imports; undefined if that is nothing. */
  besideImports(directory: string): BesideImports | undefined {
    const asked = this.#asked.get(directory);
    const module = this.#graph.moduleOf(directory);
    const summaries = module && this.#summaries.get(module.directory);
    if (!asked || !summaries) return undefined;
    const { functions, dispatches } = summaries.store.sourcesOf(asked.functions, asked.dispatches);
    const reached = new Set([...functions].flatMap((key) => summaries.functions.foldersFor(key)));
    reached.delete(directory);
    const folders = [...reached].map((each) => relative(module.directory, each)).sort();
    const asksForImplementers = dispatches.size > 0;
    return { folders, asksForImplementers, hash: this.#hashBeside(module, folders, asksForImplementers) };
  }

  /** False if anything changed that the findings of a folder came from, beside what it imports. */
  isBesideAsBefore(directory: string, { folders, asksForImplementers, hash }: BesideImports): boolean {
    const module = this.#graph.moduleOf(directory);
    return module !== undefined && this.#hashBeside(module, folders, asksForImplementers) === hash;
  }

  #hashBeside(module: GoModule, folders: readonly string[], asksForImplementers: boolean): string {
    const parts = folders.map((each) => this.#graph.packagesIn(join(module.directory, each)).map((package_) => this.#digests.of(package_)).join());
    if (asksForImplementers) parts.push(this.#declarationsOf(module));
    return digest(parts.join('\n'));
  }

  /** A hash of what may implement an interface in a module. */
  #declarationsOf(module: GoModule): string {
    let known = this.#declarations.get(module);
    if (known === undefined) {
      const folders = this.#graph.foldersOf(module);
      const libraries = folders.length > folderLimit ? [] : folders.flatMap((each) => this.#graph.packagesIn(each).filter(({ kind }) => kind === 'library'));
      this.#declarations.set(module, (known = this.#digests.ofDeclarations(libraries)));
      this.#keepHeaders();
    }
    return known;
  }

  /**
   * Lets go of a folder after finding out what its importers will ask, and of all that no folder to come asks for.
   * @param isAnalysed false where its findings were known from before: who asks anything of it will be answered then
   */
  finish(directory: string, isAnalysed = true): void {
    const [package_] = this.#asksForSummaries && isAnalysed ? this.#graph.packagesIn(directory) : [];
    const summaries = package_ && this.#summariesFor(package_);
    for (const key of summaries?.functions.keysIn(directory) ?? []) summaries?.store.summaryOf(key);
    const last = this.#lastUses.get(directory);
    for (const each of last ?? []) this.#needed.delete(each);
    this.release(directory);
    if (!last) return;
    for (const each of last) if (each !== directory) this.#drop(each);
    this.#types.releaseOutlines((each) => this.#needed.has(each));
    this.#keepHeaders();
  }

  release(directory: string): void {
    this.#inUse.delete(directory);
    this.#drop(directory);
    // Folders that were read only for what the functions of this one call.
    for (const { functions } of this.#summaries.values()) {
      for (const each of functions.folders) if (!this.#inUse.has(each)) this.#drop(each);
    }
    this.#types.releaseForeign();
  }

  #drop(directory: string): void {
    this.#types.release(directory);
    if (this.#needed.has(directory)) this.#graph.keepHeaders((each) => each === directory);
    else this.#graph.release(directory);
    for (const { functions } of this.#summaries.values()) functions.release(directory);
    this.#folders.delete(directory);
    this.#asked.delete(directory);
    this.#programs.clear();
    this.#lastProgram = undefined;
  }

  /** A folder may have dozens of builds beside the current platform's: one at a time is kept. */
  #dropForeign(): void {
    if (!this.#foreign) return;
    this.#types.dropPackage(this.#foreign);
    this.#types.releaseForeign();
    this.#programs.delete(this.#foreign.id);
    this.#lastProgram = undefined;
    this.#foreign = undefined;
  }

  #textsChanged(): void {
    this.#revision++;
    this.#digests.changed();
    this.#declarations.clear();
    for (const { functions, store } of this.#summaries.values()) {
      functions.changed();
      store.changed();
    }
  }

  #reset(): void {
    this.#epoch++;
    this.#folders.clear();
    this.#programs.clear();
    this.#lastProgram = undefined;
    this.#types.invalidate();
  }

  #noticesFor(path: string): readonly Notice[] {
    return this.#graph.noticesFor(dirname(path));
  }

  /**
   * The summaries of the functions of a package's module; undefined outside any module. What the standard library does is known from
   * its facts, also where its own sources are looked at.
   */
  #summariesFor({ module, standardLibrary }: GoPackage): ModuleSummaries | undefined {
    if (!module || standardLibrary) return undefined;
    let known = this.#summaries.get(module.directory);
    if (!known) {
      const functions = new ModuleFunctions(module, {
        packagesIn: (directory) => this.#graph.packagesIn(directory),
        foldersOf: (of) => this.#graph.foldersOf(of),
        infoOf: (of) => this.#types.infoFor(of),
        outlineOf: (of) => this.#types.outlineFor(of),
      });
      this.#summaries.set(module.directory, (known = { functions, store: new SummaryStore(functions) }));
    }
    return known;
  }

  #walkerFor(settings: FileSettings): GoWalker {
    const active = rules.filter((rule) => isActive(rule, settings));
    const key = active.map((rule) => rule.id).join();
    let walker = this.#walkers.get(key);
    if (!walker) this.#walkers.set(key, (walker = new GoWalker(active)));
    return walker;
  }

  #findingsIn(file: GoFile, package_: GoPackage, walker: GoWalker, settings: FileSettings, tier: Tier): readonly Finding[] {
    const info = this.#types.infoFor(package_);
    if (package_.foreign) this.#foreign = package_;
    const input = { file, package: package_, info, commentsIn: (start: number, end: number) => commentsIn(file.syntax, { start, end }), failed: (rule: string, error: unknown) => this.#ruleFailed(rule, file.path, error) };
    const failedRules = new Set<string>();
    const reports: RuleReport[] = [];
    let reused = 0;
    const walk = walker.over(input, failedRules);
    for (const declaration of file.syntax.decls) {
      const kept = this.#results.get(declaration);
      if (kept && kept.walker === walker && kept.epoch === this.#epoch) {
        reused++;
        reports.push(...kept.reports.map((entry) => ({ ...entry, report: shifted(entry.report, entry.path, declaration.pos - kept.pos) })));
        continue;
      }
      const found = walk.reportsIn(declaration);
      if (failedRules.size === 0) this.#results.set(declaration, { walker, epoch: this.#epoch, pos: declaration.pos, reports: found });
      reports.push(...found);
    }
    reports.push(...walker.checkFile(input, failedRules));
    reports.push(...this.#folderReports(file, walker, failedRules));
    if (tier === 'typed') reports.push(...this.#programReports(file, package_, walker, failedRules));
    this.#options.log({ kind: 'analyzed', path: file.path, reused, declarations: file.syntax.decls.length });
    const sound = reports.filter(({ rule }) => !failedRules.has(rule.id));
    const skipped = tier === 'typed' ? failedRules : new Set([...failedRules, ...walker.programRuleIds]);
    const ranRules = skipped.size === 0 ? walker.ruleIds : new Set([...walker.ruleIds].filter((id) => !skipped.has(id)));
    return this.#conclude(file, withoutSuperseded(sound), ranRules, settings);
  }

  #folderReports(file: GoFile, walker: GoWalker, failedRules: Set<string>): readonly RuleReport[] {
    if (!walker.looksAtFolders) return [];
    const directory = dirname(file.path);
    const kept = this.#folders.get(directory);
    if (kept?.walker === walker) return kept.reports.filter((report) => report.path === file.path);
    const files = this.#graph.variantsOf(directory).flatMap((variant) => variant.ownFiles);
    const failed = new Set<string>();
    const reports = walker.checkFolder({ directory, files, failed: (rule, error) => this.#ruleFailed(rule, file.path, error) }, failed);
    if (failed.size === 0) this.#folders.set(directory, { walker, reports });
    for (const rule of failed) failedRules.add(rule);
    return reports.filter((report) => report.path === file.path);
  }

  #programReports(file: GoFile, package_: GoPackage, walker: GoWalker, failedRules: Set<string>): readonly RuleReport[] {
    if (!walker.looksAtPrograms || package_.dependency || isRuntime(package_)) return [];
    this.#asksForSummaries = true;
    let kept = this.#programs.get(package_.id);
    if (kept?.walker !== walker || kept.revision !== this.#revision) {
      const byPath = new Map(package_.files.map((each) => [each.path, each]));
      const failed = new Set<string>();
      const program = this.#programOf(package_);
      if (this.#spares && !package_.foreign) letGeneratedBodiesGo(package_.ownFiles, this.#types.infoFor(package_));
      // A package may have dozens of builds that differ by a few files of numbers.
      const isWorthIt = program.ownPaths === undefined || concernsTasks(program);
      const input = {
        package: package_,
        info: this.#types.infoFor(package_),
        program,
        besides: this.#besides(package_),
        file: (each: string) => byPath.get(each),
        failed: (rule: string, error: unknown) => this.#ruleFailed(rule, file.path, error),
      };
      const reports = isWorthIt ? walker.checkProgram(input, failed) : [];
      kept = { walker, reports, revision: this.#revision, failed };
      this.#programs.set(package_.id, kept);
    }
    for (const rule of kept.failed) failedRules.add(rule);
    return kept.reports.filter((report) => report.path === file.path);
  }

  /** The files of a package's folder that are not part of it. */
  #besides(package_: GoPackage): readonly GoFile[] {
    const own = new Set(package_.files.map(({ path }) => path));
    return this.#graph.variantsOf(package_.directory).flatMap((variant) => variant.ownFiles).filter(({ path }) => !own.has(path));
  }

  #programOf(package_: GoPackage): Program {
    if (this.#lastProgram?.package !== package_ || this.#lastProgram.revision !== this.#revision) {
      const ownPaths = package_.foreign ? new Set(package_.ownFiles.map(({ path }) => path)) : undefined;
      const program = programOf(package_, {
        infoOf: (of) => this.#types.infoFor(of),
        ownerOf: ({ path }) => this.#graph.packageOf(path),
        summaryOf: (callee) => this.#summaryOf(callee, package_),
        besides: () => this.#besides(package_),
        ownPaths,
      });
      this.#lastProgram = { package: package_, revision: this.#revision, program };
    }
    return this.#lastProgram.program;
  }

  #summaryOf(callee: Callee, package_: GoPackage): Summary | undefined {
    const summaries = this.#summariesFor(package_);
    if (!summaries || callee.key === undefined) return undefined;
    let asked = this.#asked.get(package_.directory);
    if (!asked) this.#asked.set(package_.directory, (asked = { functions: new Set(), dispatches: new Set() }));
    (callee.kind === 'interface' ? asked.dispatches : asked.functions).add(callee.key);
    return summaries.store.summaryOfCall(callee);
  }

  /** Severities, suppressions and order: what a reader sees. */
  #conclude(file: GoFile, reports: readonly RuleReport[], ranRules: ReadonlySet<string>, settings: FileSettings): readonly Finding[] {
    const findings = reports.flatMap(({ rule, report }) => findingOf(rule, report, file.path, settings) ?? []);
    const { kept, reports: directives } = applySuppressions({
      language: 'go',
      text: file.text,
      comments: file.syntax.comments,
      regionAfter: (directive) => goRegionAfter(file.syntax, file.text, directive),
      findings,
      ranRules,
    });
    const rule = ruleById('suppression');
    const own = rule && isActive(rule, settings) ? directives.flatMap((report) => findingOf(rule, report, file.path, settings) ?? []) : [];
    const shown = settings.shownByVet ? kept : kept.filter((finding) => !finding.shownByVet);
    return [...shown, ...own].sort(byPlace);
  }

  #ruleFailed(rule: string, path: string, error: unknown): void {
    const key = `${rule} ${path}`;
    if (this.#failed.has(key)) return;
    this.#failed.add(key);
    this.#options.log({ kind: 'rule-failed', rule, path, error });
  }
}

/**
 * True for packages that make goroutines, locks and memory what they are: what orders accesses elsewhere does not there. The race
 * detector leaves them out, too (NoInstrumentPkgs in cmd/internal/objabi/pkgspecial.go).
 */
function isRuntime({ standardLibrary, kind, path }: GoPackage): boolean {
  return standardLibrary && kind !== 'external-test' && (path === 'runtime' || path.startsWith('internal/runtime/') || path === 'internal/cpu' || path === 'internal/abi');
}

function importedFolders(package_: GoPackage): readonly string[] {
  return package_.files.flatMap((file) => file.imports.flatMap((path) => package_.resolveImport(path)?.directory ?? []));
}
