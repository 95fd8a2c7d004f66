// The TypeScript half of the façade: which program a file belongs to, what the rules found in it, and how long that holds.

import type ts from 'typescript';
import type { FileAnalysis, LogEvent } from '../analyzer.ts';
import type { FileSettings } from '../config/settings.ts';
import { rules, ruleById } from '../rules/registry.ts';
import type { Finding, Fix } from '../rules/rule.ts';
import type { Tier, TypeScriptProject } from '../rules/typescript-context.ts';
import { overlaps } from '../text/span.ts';
import type { Edit, Span } from '../text/span.ts';
import { linkCompiler, type TypeScriptPackage } from '../typescript/compiler.ts';
import type { TypeScriptFile } from '../typescript/file.ts';
import { isTypeScriptPath, isTypeScriptProjectFile } from '../typescript/files.ts';
import { containerOperationAt, mayOperateOnContainer } from '../typescript/container-operations.ts';
import type { ContainerOperation } from '../typescript/container-operations.ts';
import { Programs, type ProgramView } from '../typescript/program/programs.ts';
import { goOnLowering } from '../typescript/lowering/lower.ts';
import { isReplaced } from '../typescript/replaced-trees.ts';
import { commentsOf } from '../typescript/syntax/comments.ts';
import { isGeneratedText } from '../typescript/syntax/generated.ts';
import { snippetWordAt } from '../typescript/snippet-place.ts';
import { CheckerQueries } from '../typescript/types/checker-queries.ts';
import type { FileSystem, ReadResult } from '../workspace/file-system.ts';
import { Cancelled } from './cancelled.ts';
import { byPlace, findingOf, isActive, withoutSuperseded, type RuleReport } from './reports.ts';
import { applySuppressions } from './suppressions.ts';
import { typeScriptRegionAfter } from './typescript-regions.ts';
import { checkByUnits, continuationOf, type KeptUnits } from './typescript-units.ts';
import { TypeScriptWalker } from './typescript-walker.ts';

export interface TypeScriptSessionOptions {
  readonly fileSystem: FileSystem;
  readonly load: () => TypeScriptPackage;
  /** True if what is being analysed is not wanted any more: the analysis then throws `Cancelled`. */
  readonly isCancelled?: () => boolean;
  log(event: LogEvent): void;
}

interface KeptAnalysis {
  readonly walker: TypeScriptWalker;
  /** Of the file in the syntax tier, of everything in the typed one. */
  readonly version: string;
  readonly analysis: FileAnalysis;
}

/** Analyses that are kept: those of the files that an editor asks about again and again. */
const analysesKept = 50;
/** Files whose findings are kept unit by unit, with their trees: the last ones, before all those that somebody types in. */
const unitsKept = 10;

export class TypeScriptSession {
  readonly #options: TypeScriptSessionOptions;
  readonly #programs: Programs;
  readonly #walkers = new Map<string, TypeScriptWalker>();
  readonly #analyses = new Map<string, KeptAnalysis>();
  /** Of files that may be typed in next, the one looked at last at the end. */
  readonly #units = new Map<string, KeptUnits>();
  readonly #projects = new WeakMap<ts.Program, TypeScriptProject>();
  readonly #files = new WeakMap<ts.SourceFile, TypeScriptFile>();
  readonly #queries = new WeakMap<ts.Program, CheckerQueries>();
  /** By the types of a program that edits took no more from than what is in bodies: those of the next one. */
  readonly #goneOn = new WeakMap<CheckerQueries, CheckerQueries>();
  /** Files that somebody typed in. */
  readonly #edited = new Set<string>();
  readonly #failed = new Set<string>();
  #revision = 0;

  constructor(options: TypeScriptSessionOptions) {
    this.#options = options;
    this.#programs = new Programs(options.fileSystem, linkCompiler(options.load));
  }

  analyze(path: string, settings: FileSettings, tier: Tier, withGenerated = true): FileAnalysis {
    const read = this.#programs.read(path);
    if (read.kind !== 'text') return skipped(path, read.kind === 'too-large' ? `too large: ${read.detail}` : read.detail);
    if (read.text.length > settings.maxFileSize) return skipped(path, `larger than ${settings.maxFileSize} bytes (setting maxFileSize)`);
    const generated = isGeneratedText(read.text);
    if (generated && !withGenerated) return { path, text: read.text, version: read.version, findings: [], notices: [], generated };
    const walker = this.#walkerFor(settings);
    const version = `${tier} ${read.version} ${tier === 'typed' ? this.#revision : ''}`;
    const kept = this.#analyses.get(path);
    if (kept?.walker === walker && kept.version === version) return kept.analysis;
    const analysis = this.#analyze(path, read, generated, tier, walker, settings, version);
    this.#analyses.delete(path);
    this.#analyses.set(path, { walker, version, analysis });
    if (this.#analyses.size > analysesKept) this.#analyses.delete(this.#analyses.keys().next().value!);
    return analysis;
  }

  /** The operation on a container at an offset; `unknown` where only the shape of one is seen: with the whole project there may be one. */
  containerOperationAt(path: string, offset: number, tier: Tier): ContainerOperation | 'unknown' | undefined {
    const read = this.#programs.read(path);
    if (read.kind !== 'text') return undefined;
    const typed = tier === 'typed' ? this.#projectOf(path) : undefined;
    const view = typed?.program.getSourceFile(path) ? typed : this.#programs.ofFile(path);
    const syntax = view.program.getSourceFile(path);
    if (!syntax || syntax.text !== read.text || !mayOperateOnContainer(syntax, offset)) return undefined;
    const others = view === typed ? ownFilesOf(view.program) : [];
    return containerOperationAt(syntax, this.#queriesOf(view), offset, others) ?? (view === typed ? undefined : 'unknown');
  }

  snippetPlaceAt(path: string, offset: number): { readonly word: Span; readonly year: number } | undefined {
    const read = this.#programs.read(path);
    const syntax = read.kind === 'text' ? this.#programs.ofFile(path).program.getSourceFile(path) : undefined;
    const word = syntax && read.kind === 'text' && syntax.text === read.text ? snippetWordAt(syntax, offset) : undefined;
    return word && { word, year: this.#programs.libraryYearFor(path) };
  }

  /** The edits of fixes that do not overlap, sorted; undefined if that cannot be done. */
  completeEdits(fixes: readonly Fix[]): readonly Edit[] | undefined {
    const edits = fixes.flatMap((fix) => fix.edits).sort((a, b) => a.start - b.start || a.end - b.end);
    const collides = edits.some((edit, i) => i > 0 && overlaps(edits[i - 1]!, edit));
    return collides || fixes.some((fix) => fix.imports?.length) ? undefined : edits;
  }

  changed(path: string): void {
    if (!isTypeScriptPath(path) && !path.endsWith('.d.ts') && !path.endsWith('.json')) return;
    this.#revision++;
    this.#edited.add(path);
    if (isTypeScriptProjectFile(path)) this.#programs.invalidate();
    else this.#programs.changed(path);
  }

  invalidate(): void {
    this.#revision++;
    this.#programs.invalidate();
  }

  settingsChanged(): void {
    this.#analyses.clear();
  }

  #analyze(path: string, read: ReadResult & { readonly kind: 'text' }, generated: boolean, tier: Tier, walker: TypeScriptWalker, settings: FileSettings, version: string): FileAnalysis {
    const kept = this.#units.get(path);
    const continuation = kept?.walker === walker && !isReplaced(kept.syntax) ? continuationOf(kept, read.text) : undefined;
    const typed = tier === 'typed' ? this.#projectOf(path) : undefined;
    const view = typed?.program.getSourceFile(path) ? typed : this.#programs.ofFile(path);
    const syntax = view.program.getSourceFile(path);
    if (!syntax || syntax.text !== read.text) return skipped(path, 'cannot be read as TypeScript');
    const file: TypeScriptFile = { path, text: read.text, syntax, generated };
    const types = this.#queriesOf(view);
    const failedRules = new Set<string>();
    const throwIfCancelled = this.#throwIfCancelled;
    throwIfCancelled();
    const failed = (rule: string, error: unknown): void => this.#ruleFailed(rule, path, error);
    const project = tier === 'typed' ? this.#ownOf(view) : undefined;
    const input = { file: project?.file(path) ?? file, types, project, throwIfCancelled, failed };
    // In a project, what others may see of an edit anywhere else starts the file anew.
    const holds = tier === 'syntax' || (kept !== undefined && this.#goneOn.get(kept.types) === types);
    this.#units.delete(path);
    if (tier === 'typed') this.#goOnWith(types);
    const byUnits = checkByUnits(file, input, walker, failedRules, holds ? continuation : undefined);
    if (byUnits.kept) this.#keepUnits(path, byUnits.kept);
    const { reports } = byUnits;
    const sound = withoutSuperseded(reports.filter(({ rule }) => !failedRules.has(rule.id)));
    // In the syntax tier a rule may be silent for want of other files: that a directive matches nothing is not known.
    const ranRules = view === typed ? new Set([...walker.ruleIds].filter((id) => !failedRules.has(id))) : new Set<string>();
    const findings = this.#conclude(file, sound, ranRules, settings);
    this.#options.log({ kind: 'analyzed', path, reused: byUnits.reused, declarations: byUnits.units });
    const [error] = (syntax as unknown as { readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics;
    const syntaxError = error && { syntaxError: { offset: error.start, message: typeof error.messageText === 'string' ? error.messageText : error.messageText.messageText } };
    return { path, text: read.text, version, findings, notices: [], generated, ...syntaxError };
  }

  readonly #throwIfCancelled = (): void => {
    if (this.#options.isCancelled?.()) throw new Cancelled();
  };

  /** What is kept of other files goes on with these types, or is given up with the program that it holds. */
  #goOnWith(types: CheckerQueries): void {
    for (const [path, kept] of this.#units) {
      if (kept.types === types) continue;
      if (this.#goneOn.get(kept.types) === types && !isReplaced(kept.syntax)) this.#units.set(path, { ...kept, types });
      else this.#units.delete(path);
    }
  }

  #keepUnits(path: string, kept: KeptUnits): void {
    this.#units.set(path, kept);
    if (this.#units.size <= unitsKept) return;
    const [oldest] = this.#units.keys();
    const unedited = [...this.#units.keys()].find((each) => !this.#edited.has(each));
    this.#units.delete(unedited ?? oldest!);
  }

  /** Undefined where the compiler cannot make a program of the project: the file is then analysed by itself. */
  #projectOf(path: string): ProgramView | undefined {
    try {
      return this.#programs.ofProject(path);
    } catch (error) {
      this.#ruleFailed('typescript', path, error);
      return undefined;
    }
  }

  #queriesOf(view: ProgramView): CheckerQueries {
    const known = this.#queries.get(view.program);
    if (known) return known;
    const types = new CheckerQueries(view.checker);
    this.#queries.set(view.program, types);
    const continued = this.#programs.takeContinued(view);
    const before = continued && this.#queries.get(continued.before);
    if (before) {
      goOnLowering(before, types, continued.edits);
      if (continued.isInside) this.#goneOn.set(before, types);
      types.keepAnswers(before, continued.edits.map(({ region }) => region));
    }
    return types;
  }

  /** What a program has of its own; a file that is analysed by itself is all there is. */
  #ownOf({ program }: ProgramView): TypeScriptProject {
    let project = this.#projects.get(program);
    if (!project) {
      const files = ownFilesOf(program).map((syntax) => this.#fileOf(syntax));
      const byPath = new Map(files.map((file) => [file.path, file]));
      this.#projects.set(program, (project = { files, file: (path) => byPath.get(path), throwIfCancelled: this.#throwIfCancelled }));
    }
    return project;
  }

  /** The same object for the same tree. */
  #fileOf(syntax: ts.SourceFile): TypeScriptFile {
    let file = this.#files.get(syntax);
    if (!file) this.#files.set(syntax, (file = { path: syntax.fileName, text: syntax.text, syntax, generated: isGeneratedText(syntax.text) }));
    return file;
  }

  /** Severities, suppressions and order: what a reader sees. */
  #conclude(file: TypeScriptFile, reports: readonly RuleReport[], ranRules: ReadonlySet<string>, settings: FileSettings): readonly Finding[] {
    const findings = reports.flatMap(({ rule, report }) => findingOf(rule, report, file.path, settings) ?? []);
    const { kept, reports: directives } = applySuppressions({
      language: 'typescript',
      text: file.text,
      comments: file.text.includes('mapwarden:') ? commentsOf(file.syntax) : [],
      regionAfter: (directive) => typeScriptRegionAfter(file.syntax, directive),
      findings,
      ranRules,
    });
    const rule = ruleById('suppression');
    const own = rule && isActive(rule, settings) ? directives.flatMap((report) => findingOf(rule, report, file.path, settings) ?? []) : [];
    return [...kept, ...own].sort(byPlace);
  }

  #walkerFor(settings: FileSettings): TypeScriptWalker {
    const active = rules.filter((rule) => isActive(rule, settings));
    const key = active.map((rule) => rule.id).join();
    let walker = this.#walkers.get(key);
    if (!walker) this.#walkers.set(key, (walker = new TypeScriptWalker(active)));
    return walker;
  }

  #ruleFailed(rule: string, path: string, error: unknown): void {
    const key = `${rule} ${path}`;
    if (this.#failed.has(key)) return;
    this.#failed.add(key);
    this.#options.log({ kind: 'rule-failed', rule, path, error });
  }
}

/** The files of a program that are not somebody else's, nor declarations alone. */
function ownFilesOf(program: ts.Program): readonly ts.SourceFile[] {
  return program.getSourceFiles().filter(({ fileName }) => isTypeScriptPath(fileName) && !fileName.includes('/node_modules/'));
}

function skipped(path: string, reason: string): FileAnalysis {
  return { path, text: '', version: reason, findings: [], notices: [], skipped: reason };
}
