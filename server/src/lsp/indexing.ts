import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Session } from './session.ts';
import type { Status } from './status.ts';

/** Work that is over sooner than this is not announced. */
const notWorthMentioning = 300;
const betweenReports = 150;

/** Shows the walk over a workspace: in the status item and, where the client has that, as progress that can be cancelled. */
export class IndexingReporter {
  readonly #session: Session;
  readonly #status: Status;
  readonly #begun = performance.now();
  #progress: WorkDoneProgressServerReporter | undefined;
  #asked = false;
  #over = false;
  #reportedAt = 0;

  constructor(session: Session, status: Status) {
    this.#session = session;
    this.#status = status;
  }

  /** True when the user stopped it. */
  get cancelled(): boolean {
    return this.#progress?.token.isCancellationRequested === true;
  }

  progress(done: number, total: number): void {
    const now = performance.now();
    if (now - this.#begun < notWorthMentioning || now - this.#reportedAt < betweenReports) return;
    this.#reportedAt = now;
    this.#status.indexing({ done, total });
    this.#open();
    this.#progress?.report(total === 0 ? 0 : (100 * done) / total, this.#session.strings.indexed(done, total));
  }

  done(done: number, total: number): void {
    this.#over = true;
    this.#status.indexing(undefined);
    this.#progress?.done();
    this.#progress = undefined;
    const milliseconds = performance.now() - this.#begun;
    if (milliseconds >= notWorthMentioning) this.#session.log.info(`analysed ${done} of ${total} files in ${milliseconds.toFixed(0)} ms`);
  }

  #open(): void {
    if (this.#asked || !this.#session.client.showsProgress) return;
    this.#asked = true;
    this.#session.connection.window.createWorkDoneProgress().then(
      (progress) => {
        progress.begin(this.#session.strings.indexing, 0, undefined, true);
        if (this.#over) progress.done();
        else this.#progress = progress;
      },
      () => undefined,
    );
  }
}
