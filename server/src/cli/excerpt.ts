import { LineIndex } from '../text/line-index.ts';
import type { Span } from '../text/span.ts';
import { shownLine, widthOf } from './terminal.ts';

/** The line a span starts on as it looks on screen, with the columns to underline. */
export interface Excerpt {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  /** Columns on screen, from 0. */
  readonly from: number;
  readonly to: number;
  /** The 1-based line the span ends on, where that is another. */
  readonly lastLine: number | undefined;
}

/** Columns kept in front of the span when a line is too long to be shown. */
const lead = 30;

/** @param columns what fits beside the line number; longer lines are cut around the span */
export function excerptOf(text: string, lines: LineIndex, span: Span, columns: number): Excerpt {
  const first = lines.line(span.start);
  const start = lines.lineStart(first);
  const line = text.slice(start, lines.lineEnd(first));
  const last = lines.line(Math.max(span.start, span.end - 1));
  const endInLine = last === first ? span.end - start : line.trimEnd().length;
  const shown = shownLine(line);
  const from = shown.columns[Math.min(span.start - start, line.length)]!;
  const to = Math.max(from + 1, shown.columns[Math.min(Math.max(0, endInLine), line.length)]!);
  return { line: first + 1, ...cut(shown.text.trimEnd(), from, to, columns), lastLine: last === first ? undefined : last + 1 };
}

function cut(text: string, from: number, to: number, columns: number): Pick<Excerpt, 'text' | 'from' | 'to'> {
  if (widthOf(text) <= columns) return { text, from, to };
  const begin = to < columns ? 0 : Math.max(0, from - lead);
  const first = begin === 0 ? 0 : begin + 1;
  const end = begin + columns - 1;
  let kept = begin === 0 ? '' : '…';
  let column = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (column + width > end) {
      kept += '…';
      break;
    }
    if (column >= first) kept += character;
    // Half of a wide character is left: a space keeps its place.
    else if (column + width > first) kept += ' ';
    column += width;
  }
  return { text: kept, from: from - begin, to: Math.max(from + 1, Math.min(to, end)) - begin };
}
