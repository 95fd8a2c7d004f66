// Lines that gofmt sets in columns: the fields of a struct, the elements of a literal, the specs of a group. Who changes one may have to
// set the others anew.

import { lineEndOf } from '../text/lines.ts';
import type { Edit, Span } from '../text/span.ts';

/** A line as its cells, without its indentation: `mu`, `sync.Mutex`, `// guards what follows`. An empty cell is an empty span. */
export type Row = readonly Span[];

/**
 * The edits that put other cells in the place of one row, or take it out with its line, and set those around it anew.
 * @param rows in the order of the text; those that directly follow each other are set together
 * @param cells the texts of the new row; undefined to take it out
 */
export function rowEdits(text: string, rows: readonly Row[], index: number, cells: readonly string[] | undefined): readonly Edit[] {
  const section = sectionAround(text, rows, index);
  const at = section.indexOf(rows[index]!);
  const texts = textsOf(text, section);
  const isSet = isSetAsGofmt(text, section, texts);
  const after = cells ? texts.with(at, [...cells]) : texts.toSpliced(at, 1);
  const own = wholeOf(rows[index]!);
  const edit: Edit = cells ? { ...own, newText: isSet ? aligned(after)[at]! : cells.join(' ') } : lineAround(text, own);
  return isSet ? [edit, ...gapEdits(text, section, at, after, cells ? at : undefined)] : [edit];
}

/** The edits that put a new row on a line of its own before another one, and set those around it anew. */
export function rowAdded(text: string, rows: readonly Row[], index: number, cells: readonly string[]): readonly Edit[] {
  const section = sectionAround(text, rows, index);
  const at = section.indexOf(rows[index]!);
  const texts = textsOf(text, section);
  const isSet = isSetAsGofmt(text, section, texts);
  const after = texts.toSpliced(at, 0, [...cells]);
  const { start } = wholeOf(rows[index]!);
  const indentation = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const edit: Edit = { start, end: start, newText: `${isSet ? aligned(after)[at]! : cells.join(' ')}${lineEndOf(text)}${indentation}` };
  return isSet ? [edit, ...gapEdits(text, section, undefined, after, at)] : [edit];
}

function textsOf(text: string, section: readonly Row[]): readonly (readonly string[])[] {
  return section.map((row) => row.map(({ start, end }) => text.slice(start, end)));
}

/** False for what is not set as gofmt would set it, which is left alone. */
function isSetAsGofmt(text: string, section: readonly Row[], texts: readonly (readonly string[])[]): boolean {
  return aligned(texts).every((line, row) => line === lineOf(text, section[row]!));
}

/**
 * The edits that make the blanks between cells as wide as the new rows want them.
 * @param changed the row of the section whose text an edit replaces or takes out; undefined if none
 * @param written the row of `after` that is written as a whole; undefined if none
 */
function gapEdits(text: string, section: readonly Row[], changed: number | undefined, after: readonly (readonly string[])[], written: number | undefined): readonly Edit[] {
  const edits: Edit[] = [];
  const rows = after.map((_, index) => index).filter((index) => index !== written);
  section.filter((_, index) => index !== changed).forEach((row, each) => {
    const number = rows[each]!;
    row.slice(1).forEach((cell, column) => {
      const gap = { start: row[column]!.end, end: cell.start };
      const wide = after[number]!.slice(column + 1).some((each) => each !== '') ? ' '.repeat(widthOf(after, number, column) - [...after[number]![column]!].length) : '';
      if (text.slice(gap.start, gap.end) !== wide) edits.push({ ...gap, newText: wide });
    });
  });
  return edits;
}

/**
 * The lines as gofmt writes them: a cell is as wide as the widest of the rows above and below that have one behind it, and a column
 * of empty cells takes no room.
 */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  return rows.map((row, at) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widthOf(rows, at, column)))).join('').trimEnd());
}

function widthOf(rows: readonly (readonly string[])[], at: number, column: number): number {
  let first = at;
  let last = at;
  while (first > 0 && rows[first - 1]!.length > column + 1) first--;
  while (last + 1 < rows.length && rows[last + 1]!.length > column + 1) last++;
  const widest = Math.max(...rows.slice(first, last + 1).map((row) => [...row[column]!].length));
  return widest === 0 ? 0 : widest + 1;
}

function sectionAround(text: string, rows: readonly Row[], index: number): readonly Row[] {
  const follows = (a: Row | undefined, b: Row | undefined): boolean => a !== undefined && b !== undefined && isOneLine(text, a) && isOneLine(text, b) && linesBetween(text, wholeOf(a).end, wholeOf(b).start) === 1;
  let first = index;
  let last = index;
  while (follows(rows[first - 1], rows[first])) first--;
  while (follows(rows[last], rows[last + 1])) last++;
  return rows.slice(first, last + 1);
}

function isOneLine(text: string, row: Row): boolean {
  const { start, end } = wholeOf(row);
  return linesBetween(text, start, end) === 0;
}

function linesBetween(text: string, start: number, end: number): number {
  return text.slice(start, end).split('\n').length - 1;
}

function wholeOf(row: Row): Span {
  return { start: row[0]!.start, end: row.at(-1)!.end };
}

function lineOf(text: string, row: Row): string {
  const { start, end } = wholeOf(row);
  return text.slice(start, end);
}

/** The whole line of a row, with what ends it. */
function lineAround(text: string, { start, end }: Span): Edit {
  const lineEnd = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: lineEnd < 0 ? text.length : lineEnd + 1, newText: '' };
}
