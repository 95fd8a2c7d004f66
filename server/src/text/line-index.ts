/** A place in a text: 0-based line and 0-based UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Translates between offsets and lines. Lines end with LF, CRLF or CR, as in the Language Server Protocol. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #text: string;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#text = text;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const bounded = Math.max(0, Math.min(offset, this.#text.length));
    const line = this.line(bounded);
    return { line, column: bounded - this.#starts[line]! };
  }

  /** The 0-based line of an offset. */
  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offset of a position; columns past the end of a line are moved to its end, lines past the last to the end of the text. */
  offset(position: Position): number {
    if (position.line >= this.#starts.length) return this.#text.length;
    if (position.line < 0) return 0;
    return Math.min(this.lineStart(position.line) + Math.max(0, position.column), this.lineEnd(position.line));
  }

  /** The offset at which a 0-based line starts; the length of the text for lines past the last. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** The offset of the end of a 0-based line, before its line terminator. */
  lineEnd(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.#text.length;
    let end = next;
    while (end > this.#starts[line]! && (this.#text.charCodeAt(end - 1) === 10 || this.#text.charCodeAt(end - 1) === 13)) end--;
    return end;
  }
}
