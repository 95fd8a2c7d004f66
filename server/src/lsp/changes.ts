import type { CancellationToken } from 'vscode-languageserver';

/** `text`: an open document changed. `project`: files on disk, settings or folders did, which can change any finding. */
export type ChangeKind = 'text' | 'project';

/** Counts what happened, so that a waiting request can tell whether there is anything new. */
export class Changes {
  #text = 0;
  #project = 0;
  #lastAt = 0;
  readonly #waiting = new Set<() => void>();

  happened(kind: ChangeKind): void {
    if (kind === 'text') this.#text++;
    else this.#project++;
    this.#lastAt = performance.now();
    for (const wake of [...this.#waiting]) wake();
  }

  /** Numbers that only grow. */
  get count(): { readonly text: number; readonly project: number } {
    return { text: this.#text, project: this.#project };
  }

  /** Milliseconds since the last change; huge before the first. */
  get quietFor(): number {
    return this.#lastAt === 0 ? Number.MAX_SAFE_INTEGER : performance.now() - this.#lastAt;
  }

  /** Resolves when anything happened after `seen`, or when the token is cancelled. */
  async beyond(seen: { readonly text: number; readonly project: number }, token: CancellationToken): Promise<void> {
    if (this.#text !== seen.text || this.#project !== seen.project || token.isCancellationRequested) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        cancellation.dispose();
        resolve();
      };
      const cancellation = token.onCancellationRequested(wake);
      this.#waiting.add(wake);
    });
  }

  /** Resolves when nothing has happened for some milliseconds, or when the token is cancelled. */
  async quiet(milliseconds: number, token: CancellationToken): Promise<void> {
    while (this.quietFor < milliseconds && !token.isCancellationRequested) {
      const rest = milliseconds - this.quietFor;
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, rest)));
    }
  }
}
