import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { FileAnalysis } from '../analyzer.ts';
import { noticeText, type Notice } from '../config/settings.ts';
import { digest } from '../text/digest.ts';
import { isAnalysed } from './analysed-files.ts';
import { source } from './diagnostics.ts';
import type { Session } from './session.ts';

/**
 * Faults in `.mapwarden.json`, go.mod and go.work. They belong to files that no client asks about, so they are pushed, each
 * at its line, as long as an open document depends on the faulty file.
 */
export class NoticeBoard {
  readonly #session: Session;
  readonly #byDocument = new Map<string, readonly Notice[]>();
  readonly #published = new Map<string, string>();

  constructor(session: Session) {
    this.#session = session;
  }

  analyzed(analysis: FileAnalysis): void {
    const notices = analysis.notices.filter((notice) => !isAnalysed(notice.path));
    if (notices.length === 0 && !this.#byDocument.has(analysis.path)) return;
    this.#byDocument.set(analysis.path, notices);
    this.#publish();
  }

  closed(path: string): void {
    if (this.#byDocument.delete(path)) this.#publish();
  }

  #publish(): void {
    const byFile = new Map<string, Diagnostic[]>([...this.#published.keys()].map((path) => [path, []]));
    const said = new Set<string>();
    for (const notice of [...this.#byDocument.values()].flat()) {
      const key = JSON.stringify([notice.path, notice.line, notice.message]);
      if (said.has(key)) continue;
      said.add(key);
      byFile.set(notice.path, [...(byFile.get(notice.path) ?? []), this.#diagnostic(notice)]);
    }
    for (const [path, diagnostics] of byFile) {
      const content = digest(JSON.stringify(diagnostics));
      if (this.#published.get(path) === content) continue;
      if (diagnostics.length > 0) this.#published.set(path, content);
      else this.#published.delete(path);
      void this.#session.connection.sendDiagnostics({ uri: this.#session.uriOf(path), diagnostics });
    }
  }

  #diagnostic(notice: Notice): Diagnostic {
    return {
      range: this.#session.places.of(notice.path).lineRange(notice.line),
      severity: DiagnosticSeverity.Warning,
      source,
      message: noticeText(notice, this.#session.configuration.locale),
    };
  }
}
