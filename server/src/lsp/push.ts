import { describe, turn } from './answering.ts';
import { diagnosticsOf, resultIdOf } from './diagnostics.ts';
import type { Session } from './session.ts';

/** Long enough that a fast typist is not answered for every key, short enough not to be noticed. */
const typingPause = 120;
/** Somebody who never pauses is answered all the same. */
const longestWait = 1000;

/** Diagnostics for clients that cannot pull: those of every open document, sent when they differ from what was sent last. */
export class Publisher {
  readonly #session: Session;
  readonly #published = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  #stopped = false;
  #waitingSince: number | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something changed that may change findings of any open document. */
  soon(): void {
    this.#schedule(typingPause);
  }

  /** The same without waiting for a pause in typing. */
  now(): void {
    this.#schedule(0);
  }

  /** A document was closed: what was said about it goes. */
  closed(uri: string): void {
    if (this.#published.delete(uri)) void this.#session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** Nothing is published any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#stopped = true;
  }

  #schedule(delay: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#waitingSince ??= performance.now();
    const left = Math.max(0, longestWait - (performance.now() - this.#waitingSince));
    this.#timer = setTimeout(() => {
      this.#waitingSince = undefined;
      void this.#publishAll(++this.#run);
    }, Math.min(delay, left));
  }

  async #publishAll(run: number): Promise<void> {
    const { configuration, documents, log } = this.#session;
    await configuration.ready();
    const begun = performance.now();
    for (const { uri } of documents.analysed()) {
      await turn();
      if (run !== this.#run || this.#stopped) return;
      this.#publish(uri);
    }
    if (this.#stopped) return;
    log.trace(`publishing took ${(performance.now() - begun).toFixed(1)} ms`);
  }

  #publish(uri: string): void {
    const { configuration, connection, documents, log } = this.#session;
    const document = documents.byUri(uri);
    if (!document) return;
    const before = this.#published.get(uri);
    if (before !== undefined && document.changedSinceSave && configuration.settingsFor(document.path).run === 'onSave') return;
    try {
      const diagnostics = diagnosticsOf(this.#session, this.#session.analyze(document.path));
      const content = resultIdOf(diagnostics);
      if (content === before) return;
      this.#published.set(uri, content);
      void connection.sendDiagnostics({ uri, version: document.version, diagnostics });
    } catch (error) {
      log.error(`publishing the diagnostics of ${uri} failed: ${describe(error)}`);
    }
  }
}
