/** Follows lines of a file through a change, read from a unified diff without context. */
export class LineMap {
  readonly #hunks: readonly { readonly oldStart: number; readonly oldCount: number; readonly newStart: number; readonly newCount: number }[];

  /** @param diff the output of `git diff -U0` for one file; empty where the file did not change. */
  constructor(diff: string) {
    this.#hunks = diff.split('\n').flatMap((line) => {
      const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
      if (!header) return [];
      const count = (text: string | undefined): number => (text === undefined ? 1 : Number(text));
      return [{ oldStart: Number(header[1]), oldCount: count(header[2]), newStart: Number(header[3]), newCount: count(header[4]) }];
    });
  }

  /** The lines that a line (1-based) becomes: itself moved along, or all that replaced its hunk; none where it was only removed. */
  map(line: number): readonly number[] {
    let shift = 0;
    for (const { oldStart, oldCount, newStart, newCount } of this.#hunks) {
      // A hunk that only inserts names the line it follows.
      const first = oldCount === 0 ? oldStart + 1 : oldStart;
      if (line < first) break;
      if (line < first + oldCount) return Array.from({ length: newCount }, (_, i) => newStart + i);
      shift += newCount - oldCount;
    }
    return [line + shift];
  }

  mapAll(lines: readonly number[]): readonly number[] {
    return [...new Set(lines.flatMap((line) => this.map(line)))].sort((a, b) => a - b);
  }
}
