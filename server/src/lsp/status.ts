import type { FileAnalysis } from '../analyzer.ts';
import { basename } from '../workspace/paths.ts';
import type { ServerStatus } from './protocol.ts';
import type { Session } from './session.ts';

/** What the client's status item shows. Indexing hides a degraded state, and that one hides `ready`. */
export class Status {
  readonly #session: Pick<Session, 'client' | 'connection' | 'log' | 'strings' | 'analyzer'>;
  readonly #skipped = new Map<string, string>();
  #indexing: { readonly done: number; readonly total: number } | undefined;
  #sent = '';

  constructor(session: Pick<Session, 'client' | 'connection' | 'log' | 'strings' | 'analyzer'>) {
    this.#session = session;
  }

  get current(): ServerStatus {
    if (this.#indexing) return { state: 'indexing', ...this.#indexing };
    const reason = [...this.#skipped.values()].at(-1);
    return reason === undefined ? { state: 'ready' } : { state: 'degraded', reason };
  }

  /** Undefined: done. */
  indexing(progress: { readonly done: number; readonly total: number } | undefined): void {
    this.#indexing = progress;
    this.tell();
  }

  /** Remembers an open document that could not be analysed, unless the user wants it left out. */
  analyzed(analysis: FileAnalysis): void {
    const reason = this.#reasonOf(analysis);
    if (reason === this.#skipped.get(analysis.path)) return;
    if (reason === undefined) this.#skipped.delete(analysis.path);
    else {
      this.#skipped.set(analysis.path, reason);
      this.#session.log.warning(reason);
    }
    this.tell();
  }

  closed(path: string): void {
    if (this.#skipped.delete(path)) this.tell();
  }

  tell(): void {
    const status = this.current;
    const text = JSON.stringify(status);
    if (text === this.#sent || this.#session.client.commands.size === 0) return;
    this.#sent = text;
    void this.#session.connection.sendNotification('mapwarden/statusChanged', status);
  }

  #reasonOf(analysis: FileAnalysis): string | undefined {
    if (analysis.skipped === undefined) return undefined;
    const settings = this.#session.analyzer.settingsOf(analysis.path);
    if (!settings.enable || settings.excluded) return undefined;
    return this.#session.strings.skipped(basename(analysis.path), analysis.skipped);
  }
}
