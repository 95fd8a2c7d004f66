import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type Diagnostic,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { dirname } from '../workspace/paths.ts';
import { describe, throwIfCancelled, turn } from './answering.ts';
import type { Changes } from './changes.ts';
import { diagnosticsOf, resultIdOf } from './diagnostics.ts';
import { IndexingReporter } from './indexing.ts';
import { pathOfUri } from './uris.ts';
import type { Session } from './session.ts';
import type { Status } from './status.ts';
import { workspaceFiles } from './workspace-files.ts';

type PartialResult = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;

/** The background work stands aside for this long after each change, and works for this long between two looks at the messages. */
const restAfterChange = 400;
const slice = 12;
/** In a workspace above this many files, what a change of text means is looked at in the folders of open documents only. */
const largeWorkspace = 2000;
const reportsAtOnce = 50;
const none = '';

/** Diagnostics of whole workspaces. What it keeps between requests only saves work. */
export class WorkspacePull {
  readonly #session: Session;
  readonly #changes: Changes;
  readonly #status: Status;
  #files: readonly string[] | undefined;
  /** The result id of each file as far as it is known to hold; `none` for a file that the client shows nothing of. */
  readonly #ids = new Map<string, string>();
  /**
   * Files that the client may show something of. It forgets its result ids for a document that is closed or hidden, and keeps
   * what it shows: for these files, that there is nothing is said too, with a result id of its own.
   */
  readonly #touched = new Set<string>();
  #seen: { readonly text: number; readonly project: number };
  /** Set when the user stopped the walk: nothing is analysed on its own until files, settings or folders change. */
  #stopped = false;

  constructor(session: Session, changes: Changes, status: Status) {
    this.#session = session;
    this.#changes = changes;
    this.#status = status;
    this.#seen = changes.count;
  }

  /** Says that a document was opened: the client will show what it asks for. */
  opened(path: string): void {
    if (this.#touched.has(path)) return;
    this.#touched.add(path);
    this.#ids.delete(path);
  }

  /**
   * Answers when there is something new to say, and waits for it otherwise: clients ask again right after each answer. Files
   * that have no findings, had none and were never open are not mentioned.
   */
  async answer(params: WorkspaceDiagnosticParams, token: CancellationToken, partial: PartialResult): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(params.previousResultIds.map(({ uri, value }) => [pathOfUri(uri), { uri, value }]));
    for (;;) {
      await this.#changes.quiet(restAfterChange, token);
      throwIfCancelled(token);
      const seen = this.#changes.count;
      this.#forgetChanged(seen);
      const reports = new Reports(partial);
      if (!this.#stopped) await this.#walk(known, reports, token);
      if (reports.count > 0) return { items: reports.rest() };
      await this.#changes.beyond(seen, token);
    }
  }

  /** Drops what the changes since the last walk may have made wrong. */
  #forgetChanged(now: { readonly text: number; readonly project: number }): void {
    const before = this.#seen;
    this.#seen = now;
    if (before.project !== now.project) {
      this.#files = undefined;
      this.#ids.clear();
      this.#stopped = false;
    }
    if (before.text === now.text) return;
    if (!this.#isLarge) this.#ids.clear();
    const folders = this.#openFolders();
    for (const path of this.#ids.keys()) if (folders.has(dirname(path))) this.#ids.delete(path);
  }

  async #walk(known: ReadonlyMap<string, { readonly uri: string; readonly value: string }>, reports: Reports, token: CancellationToken): Promise<void> {
    const files = (this.#files ??= await workspaceFiles(this.#session, token));
    const present = new Set(files);
    for (const path of new Set([...known.keys(), ...this.#touched])) {
      if (!present.has(path) && !this.#session.documents.byPath(path)) this.#reportGone(path, known.get(path), reports);
    }
    const indexing = new IndexingReporter(this.#session, this.#status);
    let done = 0;
    let sliceEnd = performance.now() + slice;
    try {
      for (const [i, path] of files.entries()) {
        if (performance.now() >= sliceEnd) {
          indexing.progress(done, files.length);
          await turn();
          await this.#changes.quiet(restAfterChange, token);
          throwIfCancelled(token);
          if (indexing.cancelled) {
            this.#stopped = true;
            return;
          }
          // What was looked at before a change is looked at again by the next walk.
          if (this.#changes.count.project !== this.#seen.project) return;
          sliceEnd = performance.now() + slice;
        }
        this.#analyze(path, known.get(path)?.value ?? none, reports);
        done++;
        if (this.#isLarge && dirname(path) !== dirname(files[i + 1] ?? none)) this.#release(dirname(path));
      }
    } finally {
      indexing.done(done, files.length);
    }
  }

  /** A file that was deleted, renamed or left out, or whose folder was closed. */
  #reportGone(path: string, known: { readonly uri: string; readonly value: string } | undefined, reports: Reports): void {
    const resultId = resultIdOf([]);
    if (known?.value === resultId) return;
    reports.add({ uri: known?.uri ?? this.#session.uriOf(path), version: null, kind: DocumentDiagnosticReportKind.Full, resultId, items: [] });
  }

  #analyze(path: string, shown: string, reports: Reports): void {
    if (this.#ids.get(path) === shown) return;
    const { session, document } = { session: this.#session, document: this.#session.documents.byPath(path) };
    if (document?.changedSinceSave && session.configuration.settingsFor(path).run === 'onSave') return;
    const items = this.#diagnostics(path);
    if (items === undefined) return;
    if (items.length > 0 || shown !== none) this.#touched.add(path);
    const id = this.#touched.has(path) ? resultIdOf(items) : none;
    this.#ids.set(path, id);
    if (id === shown) return;
    reports.add({ uri: session.uriOf(path), version: document?.version ?? null, kind: DocumentDiagnosticReportKind.Full, resultId: id, items });
  }

  /** Undefined if a bug got in the way: one file must not keep the others from being reported. */
  #diagnostics(path: string): Diagnostic[] | undefined {
    try {
      const analysis = this.#session.analyzer.analyze(path);
      // Nobody mends generated code; whoever opens it is told all the same.
      const isUnwanted = analysis.findings.length > 0 && !this.#session.files.has(path) && analysis.generated === true;
      return isUnwanted ? [] : diagnosticsOf(this.#session, analysis);
    } catch (error) {
      this.#session.log.error(`analysing ${path} failed: ${describe(error)}`);
      return undefined;
    }
  }

  get #isLarge(): boolean {
    return (this.#files?.length ?? 0) > largeWorkspace;
  }

  #openFolders(): ReadonlySet<string> {
    return new Set(this.#session.documents.analysed().map(({ path }) => dirname(path)));
  }

  #release(folder: string): void {
    if (!this.#openFolders().has(folder)) this.#session.analyzer.release(folder);
  }
}

/** Collects reports, or sends them in groups to a client that takes partial results. */
class Reports {
  readonly #partial: PartialResult;
  #waiting: WorkspaceDocumentDiagnosticReport[] = [];
  count = 0;

  constructor(partial: PartialResult) {
    this.#partial = partial;
  }

  add(report: WorkspaceDocumentDiagnosticReport): void {
    this.count++;
    this.#waiting.push(report);
    if (this.#partial && this.#waiting.length >= reportsAtOnce) this.#send(this.#partial);
  }

  /** What belongs into the answer itself: nothing, once anything was sent as a part. */
  rest(): WorkspaceDocumentDiagnosticReport[] {
    if (!this.#partial) return this.#waiting;
    this.#send(this.#partial);
    return [];
  }

  #send(partial: NonNullable<PartialResult>): void {
    if (this.#waiting.length > 0) partial.report({ items: this.#waiting });
    this.#waiting = [];
  }
}
