// How text looks in a terminal: how wide it is, and what must not reach the terminal as it is.

const tabWidth = 4;

/** Text as it is shown, with the column on screen of every UTF-16 unit; one more than there are units. */
export interface ShownLine {
  readonly text: string;
  readonly columns: readonly number[];
}

/**
 * A line of source for the screen: tabs become spaces to the next stop, control characters and those that change the
 * direction of text become signs, so that no source can move the cursor or hide itself.
 */
export function shownLine(line: string): ShownLine {
  const columns: number[] = [];
  let text = '';
  let column = 0;
  for (let at = 0; at < line.length; ) {
    const point = line.codePointAt(at)!;
    const units = point > 0xffff ? 2 : 1;
    for (let i = 0; i < units; i++) columns.push(column);
    const shown = point === tab ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(point);
    text += shown;
    column += point === tab ? shown.length : widthOf(shown);
    at += units;
  }
  columns.push(column);
  return { text, columns };
}

const tab = 9;

/** Text from elsewhere (a path, a name in a message) on one line, without anything that a terminal would obey. */
export function plain(text: string): string {
  let result = '';
  for (const character of text) result += visible(character.codePointAt(0)!);
  return result;
}

function visible(point: number): string {
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  if (point === 0x7f) return '\u2421';
  const invisible = (point >= 0x80 && point < 0xa0) || (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069) || (point >= 0xd800 && point <= 0xdfff);
  return invisible ? '\ufffd' : String.fromCodePoint(point);
}

/** The number of columns a text takes. Clusters that a terminal may or may not join count as their parts. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += pointWidth(character);
  return width;
}

function pointWidth(character: string): 0 | 1 | 2 {
  const point = character.codePointAt(0)!;
  if (point < 0x300) return point === 0xad ? 0 : 1;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0;
  return isWide(point) || /^\p{Emoji_Presentation}$/u.test(character) ? 2 : 1;
}

/** East Asian Wide and Fullwidth (UAX 11), in pairs of first and last. */
const wideRanges: readonly number[] = [
  0x1100, 0x115f, 0x2329, 0x232a, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97c, 0xac00, 0xd7a3,
  0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18aff, 0x1aff0, 0x1b2ff, 0x20000, 0x3fffd,
];

function isWide(point: number): boolean {
  for (let i = 0; i < wideRanges.length; i += 2) {
    if (point < wideRanges[i]!) return false;
    if (point <= wideRanges[i + 1]!) return true;
  }
  return false;
}

/** Pads with spaces to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/** Breaks text at spaces, and between wide characters where it must, so that no line is wider than `columns`. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const piece of piecesOf(text)) {
    const isSpace = piece === ' ';
    const own = shownWidth(piece);
    if (width + own > columns && width > 0) {
      lines.push(line.trimEnd());
      line = '';
      width = 0;
    }
    if (isSpace && width === 0) continue;
    line += piece;
    width += own;
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Words, spaces, and single wide characters. Escape sequences stay with what they stand beside. */
function piecesOf(text: string): readonly string[] {
  return text.replace(/\s+/g, ' ').match(/ |(?:\u001b\[\d+m)*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef][，。；：、？！）》”’]*|[^ \p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]+)/gu) ?? [];
}

function shownWidth(text: string): number {
  return widthOf(text.replace(/\u001b\[\d+m/g, ''));
}
