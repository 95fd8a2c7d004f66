import type { CommandLineIo } from './io.ts';
import type { Words } from './words.ts';

/** Milliseconds between two looks at the world. */
const interval = 100;

/** One line on the error output that says how far a run is; nothing where that is no terminal. */
export class ProgressLine {
  readonly #io: CommandLineIo;
  readonly #words: Words;
  readonly #total: number;
  #done = 0;
  #shown = false;
  #last: number;

  constructor(io: CommandLineIo, total: number, words: Words) {
    this.#io = io;
    this.#total = total;
    this.#words = words;
    this.#last = io.now();
  }

  /** Counts one more file. Lets signals through now and then, so that Ctrl-C works. */
  async step(): Promise<void> {
    const now = this.#io.now();
    if (now - this.#last >= interval) {
      this.#last = now;
      this.#show();
      await this.#io.breathe();
    }
    this.#done++;
  }

  clear(): void {
    if (this.#shown) this.#io.stderr.write(erase);
    this.#shown = false;
  }

  #show(): void {
    if (!this.#io.stderr.isTerminal) return;
    this.#io.stderr.write(`${erase}${this.#words.progress(this.#done, this.#total)}`);
    this.#shown = true;
  }
}

/** Back to the start of the line, and nothing on it. */
export const erase = '\r\u001b[K';
