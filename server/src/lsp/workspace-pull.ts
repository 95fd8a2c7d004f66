import {
  DocumentDiagnosticReportKind,
  type CancellationToken,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { dirname } from '../workspace/paths.ts';
import { throwIfCancelled, turn } from './answering.ts';
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
  /** The result id of each file as far as it is known to hold; `none` for a file without findings. */
  readonly #ids = new Map<string, string>();
  #seen: { readonly text: number; readonly project: number };
  /** Set when the user stopped the walk: nothing is analysed on its own until files, settings or folders change. */
  #stopped = false;

  constructor(session: Session, changes: Changes, status: Status) {
    this.#session = session;
    this.#changes = changes;
    this.#status = status;
    this.#seen = changes.count;
  }

  /**
   * Answers when there is something new to say, and waits for it otherwise: clients ask again right after each answer. Files
   * that have no findings and had none are not mentioned.
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
    for (const [path, { uri }] of known) {
      if (!present.has(path) && !this.#session.documents.byPath(path)) reports.add({ uri, version: null, kind: DocumentDiagnosticReportKind.Full, items: [] });
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

  #analyze(path: string, shown: string, reports: Reports): void {
    if (this.#ids.get(path) === shown) return;
    const { session, document } = { session: this.#session, document: this.#session.documents.byPath(path) };
    if (document?.changedSinceSave && session.configuration.settingsFor(path).run === 'onSave') return;
    const items = diagnosticsOf(session, session.analyzer.analyze(path));
    const id = items.length === 0 ? none : resultIdOf(items);
    this.#ids.set(path, id);
    if (id === shown) return;
    const uri = session.uriOf(path);
    const resultId = id === none ? {} : { resultId: id };
    reports.add({ uri, version: document?.version ?? null, kind: DocumentDiagnosticReportKind.Full, ...resultId, items });
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
