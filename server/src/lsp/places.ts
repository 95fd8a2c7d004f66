import type { Position, Range } from 'vscode-languageserver';
import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import type { FileSystem } from '../workspace/file-system.ts';

const keptFiles = 64;

/** Offsets become positions here and nowhere else. Both count UTF-16 units. */
export class Places {
  readonly #files: FileSystem;
  readonly #kept = new Map<string, { readonly version: string; readonly places: FilePlaces }>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** The places of a file as it is now; those of an empty text when it cannot be read. */
  of(path: string): FilePlaces {
    const read = this.#files.readFile(path);
    if (read.kind !== 'text') return new FilePlaces('');
    const kept = this.#kept.get(path);
    if (kept?.version === read.version && kept.places.text === read.text) return kept.places;
    if (this.#kept.size >= keptFiles) this.#kept.clear();
    const places = new FilePlaces(read.text);
    this.#kept.set(path, { version: read.version, places });
    return places;
  }
}

export class FilePlaces {
  readonly text: string;
  readonly #index: LineIndex;

  constructor(text: string) {
    this.text = text;
    this.#index = new LineIndex(text);
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** Offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const { line, column } = this.#index.position(offset);
    return { line, character: column };
  }

  /** Positions outside the text are moved to the nearest inside. */
  offset(place: Position): number {
    return this.#index.offset({ line: place.line, column: place.character });
  }

  span(range: Range): Span {
    const start = this.offset(range.start);
    return { start, end: Math.max(start, this.offset(range.end)) };
  }

  /** A whole 1-based line without the white space around it; the start of the file for line 0. */
  lineRange(line: number): Range {
    if (line <= 0) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const start = this.#index.lineStart(line - 1);
    const content = this.text.slice(start, this.#index.lineEnd(line - 1));
    const indentation = content.length - content.trimStart().length;
    return this.range({ start: start + indentation, end: start + Math.max(indentation, content.trimEnd().length) });
  }

  /** The white space that the line of an offset starts with. */
  indentation(offset: number): string {
    const start = this.#index.lineStart(this.#index.line(offset));
    const line = this.text.slice(start, offset);
    return line.slice(0, line.length - line.trimStart().length);
  }
}
