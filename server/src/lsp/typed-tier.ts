// Findings in two tiers. What a file (of Go: a declaration with its types) tells is said at once. What takes the whole project
// or package is worked out beside the server, when typing rests, and comes with the next answer. Until then the findings that
// only the whole tells stay where they are, moved along with the text, and those that the edit touches go.

import type { FileAnalysis, ResolvedFix, SnippetPlaceIn, TextChange } from '../analyzer.ts';
import type { GoConversion } from '../analyzer/go-conversions.ts';
import type { GoStrategyEdits } from '../analyzer/go-strategies.ts';
import { byPlace, shifted } from '../analyzer/reports.ts';
import type { ContainerFacts } from '../analysis/concurrency/container-facts.ts';
import type { FileSettings, Settings } from '../config/settings.ts';
import type { ClearCompletion } from '../go/completion.ts';
import type { FallbackAnswer } from '../go/fallback-files.ts';
import type { MapOperation } from '../go/map-operations.ts';
import type { Finding } from '../rules/rule.ts';
import type { Edit, Span } from '../text/span.ts';
import { touches } from '../text/span.ts';
import type { ContainerOperation } from '../typescript/container-operations.ts';
import { changeBetween } from '../text/change.ts';
import type { OverlayFileSystem } from '../workspace/overlay.ts';
import { isAnalysed } from './analysed-files.ts';
import type { AnalyzerFacade } from './facade.ts';

/** What happened since the last request, in order. */
export type TypedUpdate =
  /** The text of an open document; without a text it was closed. */
  | { readonly kind: 'document'; readonly path: string; readonly text?: string }
  | { readonly kind: 'changed' | 'invalidated'; readonly path: string }
  | { readonly kind: 'settings' };

export interface TypedRequest {
  readonly path: string;
  readonly settings: Settings;
  readonly updates: readonly TypedUpdate[];
}

/** What takes the whole project or package to say of the operation at a place. */
export interface Insight {
  readonly facts: ContainerFacts | undefined;
  readonly operation: ContainerOperation | undefined;
}

export interface TypedChannel {
  /** Undefined if it was cancelled. Requests are answered one after another. */
  analyze(request: TypedRequest): Promise<FileAnalysis | undefined>;
  insightAt(request: TypedRequest & { readonly offset: number }): Promise<Insight | undefined>;
  /** Ends the request that is being worked on. */
  cancel(): void;
  close(): void;
}

export interface TieredOptions {
  readonly analyzer: AnalyzerFacade;
  open(): TypedChannel;
  readonly files: OverlayFileSystem;
  /** The open documents that can have findings. */
  openPaths(): readonly string[];
  settingsFor(path: string): Settings;
  /** Told when an open document has other findings than before. */
  found(): void;
  failed(error: unknown): void;
}

interface Typed {
  readonly analysis: FileAnalysis;
  /** What the file alone does not tell. */
  readonly extra: readonly Finding[];
  /** False after a change anywhere: it is asked for again. */
  isCurrent: boolean;
  readonly serial: number;
}

/** How long somebody waits for what the whole project tells of a place, before they are told without it. */
const insightMilliseconds = 600;

/** The same where the thread knows the project already: a card comes without what takes longer. */
const settledMilliseconds = 60;

/** How long typing must rest. */
const idleMilliseconds = 250;

export class TieredAnalyzer implements AnalyzerFacade {
  readonly #options: TieredOptions;
  readonly #typed = new Map<string, Typed>();
  #updates: TypedUpdate[] = [];
  #channel: TypedChannel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWorking = false;
  #serial = 0;
  /** How often something happened. */
  #happenings = 0;
  /** The open documents, the one changed last at the end. */
  readonly #recent = new Set<string>();

  constructor(options: TieredOptions) {
    this.#options = options;
  }

  analyze(path: string, options?: { readonly withGenerated?: boolean }): FileAnalysis {
    const alone = this.#options.analyzer.analyze(path, options);
    const typed = this.#typed.get(path);
    if (typed?.isCurrent !== true && isAnalysed(path) && this.#options.files.has(path)) this.#wake();
    if (!typed || alone.skipped !== undefined) return alone;
    const version = `${alone.version} ${typed.serial}`;
    if (typed.analysis.text === alone.text) return { ...typed.analysis, notices: alone.notices, version };
    const findings = [...alone.findings, ...movedAlong(typed.extra, typed.analysis.text, alone.text)].sort(byPlace);
    return { ...alone, findings, version };
  }

  changed(path: string, change?: TextChange): void {
    this.#options.analyzer.changed(path, change);
    if (!isAnalysed(path)) this.#typed.clear();
    this.#happened(this.#documentUpdate(path) ?? { kind: 'changed', path });
    this.#recent.delete(path);
    this.#recent.add(path);
  }

  invalidate(path: string): void {
    this.#options.analyzer.invalidate(path);
    if (!isAnalysed(path)) this.#typed.clear();
    this.#happened({ kind: 'invalidated', path });
    this.#recent.add(path);
  }

  settingsChanged(): void {
    this.#options.analyzer.settingsChanged();
    // Settings act at once: no severity of before is shown.
    this.#typed.clear();
    this.#happened({ kind: 'settings' });
  }

  settingsOf(path: string): FileSettings {
    return this.#options.analyzer.settingsOf(path);
  }

  fixesOf(finding: Finding): readonly ResolvedFix[] {
    return this.#options.analyzer.fixesOf(finding);
  }

  safeEdits(path: string, findings: readonly Finding[]): readonly Edit[] {
    return this.#options.analyzer.safeEdits(path, findings);
  }

  goVersionOf(path: string): { readonly version: string; readonly reason: string } | undefined {
    return this.#options.analyzer.goVersionOf(path);
  }

  clearCompletionAt(path: string, offset: number): ClearCompletion | undefined {
    return this.#options.analyzer.clearCompletionAt(path, offset);
  }

  snippetPlaceAt(path: string, offset: number): SnippetPlaceIn | undefined {
    return this.#options.analyzer.snippetPlaceAt(path, offset);
  }

  fallbackFilesAt(path: string, offset: number): FallbackAnswer {
    return this.#options.analyzer.fallbackFilesAt(path, offset);
  }

  importEdits(path: string, imports: readonly string[]): readonly Edit[] {
    return this.#options.analyzer.importEdits(path, imports);
  }

  mapOperationAt(path: string, offset: number): MapOperation | undefined {
    return this.#options.analyzer.mapOperationAt(path, offset);
  }

  strategiesAt(path: string, offset: number, facts: ContainerFacts | undefined): readonly GoStrategyEdits[] {
    return this.#options.analyzer.strategiesAt(path, offset, facts);
  }

  conversionsAt(path: string, offset: number): readonly GoConversion[] {
    return this.#options.analyzer.conversionsAt(path, offset);
  }

  containerOperationAt(path: string, offset: number): ContainerOperation | 'unknown' | undefined {
    return this.#options.analyzer.containerOperationAt(path, offset);
  }

  async mapFactsAt(path: string, offset: number): Promise<ContainerFacts | undefined> {
    return (await this.#insightAt(path, offset))?.facts;
  }

  async typedOperationAt(path: string, offset: number): Promise<ContainerOperation | undefined> {
    const operation = this.containerOperationAt(path, offset);
    if (operation === 'unknown') return (await this.#insightAt(path, offset))?.operation;
    // Other files are asked about only where they have been read already.
    if (!operation || !this.#isSettled(path)) return operation;
    return { ...operation, holders: (await this.#insightAt(path, offset, settledMilliseconds))?.operation?.holders ?? operation.holders };
  }

  /** True if the thread knows the whole project of a document as it is now, and has nothing to do. */
  #isSettled(path: string): boolean {
    return this.#channel !== undefined && !this.#isWorking && this.#updates.length === 0 && this.#typed.get(path)?.isCurrent === true;
  }

  /** Undefined if the thread has something else to do for too long. */
  async #insightAt(path: string, offset: number, milliseconds = insightMilliseconds): Promise<Insight | undefined> {
    const channel = this.#channelOpened();
    const updates = this.#updates;
    this.#updates = [];
    // The updates are on their way now; what was found before them is asked for again as it would have been.
    if (updates.length > 0) this.#schedule();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const impatience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), milliseconds);
    });
    const asked = channel.insightAt({ path, settings: this.#settingsOf(path), updates, offset }).catch((error: unknown) => {
      this.#options.failed(error);
      if (this.#channel === channel) this.#channel = undefined;
      return undefined;
    });
    return Promise.race([asked, impatience]).finally(() => clearTimeout(timer));
  }

  release(directory: string): void {
    this.#options.analyzer.release(directory);
  }

  #documentUpdate(path: string): TypedUpdate | undefined {
    if (!this.#options.files.has(path)) return undefined;
    const read = this.#options.files.readFile(path);
    return read.kind === 'text' ? { kind: 'document', path, text: read.text } : undefined;
  }

  #happened(update: TypedUpdate): void {
    this.#happenings++;
    // A later text of a document replaces an earlier one that nobody has asked with.
    if (update.kind === 'document') this.#updates = this.#updates.filter((earlier) => earlier.kind !== 'document' || earlier.path !== update.path);
    // Of an open document the text in the editor counts, whatever happened on the disk.
    if (update.kind === 'changed' || update.kind === 'invalidated') this.#updates.push(this.#documentUpdate(update.path) ?? { kind: 'document', path: update.path });
    this.#updates.push(update);
    for (const typed of this.#typed.values()) typed.isCurrent = false;
    this.#channel?.cancel();
    this.#schedule();
  }

  /** Somebody looks at a document that has not been analysed as it is. */
  #wake(): void {
    if (this.#timer === undefined && !this.#isWorking) this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#work();
    }, idleMilliseconds);
    // A server that has nothing else to do may end.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let path = this.#next(); path !== undefined; path = this.#next()) if (!(await this.#ask(path))) break;
    } catch (error) {
      this.#options.failed(error);
      this.#channel?.close();
      this.#channel = undefined;
    } finally {
      this.#isWorking = false;
      // What came while the last request was worked on found nobody to do it.
      if (this.#updates.length > 0) this.#schedule();
    }
  }

  /** The document that was changed last, of those that have not been analysed as they are. */
  #next(): string | undefined {
    const open = this.#options.openPaths().filter(isAnalysed);
    const isOpen = new Set(open);
    for (const path of this.#typed.keys()) if (!isOpen.has(path)) this.#typed.delete(path);
    for (const path of this.#recent) if (!isOpen.has(path)) this.#recent.delete(path);
    return [...this.#recent, ...open].reverse().find((path) => isOpen.has(path) && this.#typed.get(path)?.isCurrent !== true);
  }

  #channelOpened(): TypedChannel {
    if (!this.#channel) {
      this.#channel = this.#options.open();
      // A new thread knows of no document.
      this.#updates = this.#options.openPaths().flatMap((open) => this.#documentUpdate(open) ?? []);
    }
    return this.#channel;
  }

  #settingsOf(path: string): Settings {
    const { folder, ...settings } = this.#options.settingsFor(path);
    return { ...settings, ...(folder !== undefined && { folder }) };
  }

  /** False if something happened meanwhile: there will be another time. */
  async #ask(path: string): Promise<boolean> {
    const channel = this.#channelOpened();
    const updates = this.#updates;
    this.#updates = [];
    const happenings = this.#happenings;
    const analysis = await channel.analyze({ path, settings: this.#settingsOf(path), updates });
    if (!analysis || this.#happenings !== happenings) return false;
    const before = this.#options.files.has(path) ? this.analyze(path) : undefined;
    if (before?.text !== analysis.text) return false;
    const alone = new Set(this.#options.analyzer.analyze(path).findings.map(keyOf));
    const extra = analysis.findings.filter((finding) => !alone.has(keyOf(finding)));
    this.#typed.set(path, { analysis, extra, isCurrent: true, serial: ++this.#serial });
    if (before.findings.map(keyOf).join() !== analysis.findings.map(keyOf).join()) this.#options.found();
    return true;
  }
}

function keyOf({ rule, severity, span, message }: Finding): string {
  return `${rule} ${severity} ${message.id} ${span.start} ${span.end}`;
}

/** The findings that an edit leaves alone, where they are in the text after it. */
function movedAlong(findings: readonly Finding[], before: string, after: string): readonly Finding[] {
  const change = changeBetween(before, after);
  const edited = { start: change.start, end: change.start + change.length };
  const delta = change.newLength - change.length;
  return findings.flatMap((finding) => {
    const spans: readonly Span[] = [finding.span, finding.subject, ...finding.related.filter(({ path }) => path === finding.path).map(({ span }) => span), ...finding.fixes.flatMap(({ edits }) => edits)];
    if (spans.some((span) => touches(span, edited))) return [];
    if (spans.every((span) => span.end < edited.start)) return [finding];
    return spans.every((span) => span.start > edited.end) ? [shifted(finding, finding.path, delta)] : [];
  });
}
