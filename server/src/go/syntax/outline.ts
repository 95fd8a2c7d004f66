// Finds the end of a function's body, or of a literal's elements, without reading it: for packages that are only imported,
// whose declarations matter and whose code and values do not.

import type { Cursor } from './cursor.ts';
import { Token } from './token.ts';

const enum Char {
  Newline = 0x0a,
  Quote = 0x22,
  Apostrophe = 0x27,
  Star = 0x2a,
  Slash = 0x2f,
  Backslash = 0x5c,
  Backtick = 0x60,
  LowerF = 0x66,
  OpenBrace = 0x7b,
  CloseBrace = 0x7d,
}

/** In an outline: passes over what stands in braces here. False where it has to be read. */
export function passOver(p: Cursor): boolean {
  const end = p.outline && p.at(Token.LBRACE) ? endOfBody(p.text, p.pos) : undefined;
  if (end === undefined) return false;
  p.skipTo(end);
  return true;
}

/**
 * The offset behind the brace that closes the one at `open`; undefined where the text leaves doubt: no closing brace, a
 * literal or comment without an end, or a line inside that starts a function at its very beginning, as it does when a
 * brace is missing.
 */
export function endOfBody(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case Char.OpenBrace:
        depth++;
        break;
      case Char.CloseBrace:
        if (--depth === 0) return at + 1;
        break;
      case Char.Newline:
        if (text.charCodeAt(at + 1) === Char.LowerF && text.startsWith('func ', at + 1)) return undefined;
        break;
      case Char.Quote:
      case Char.Apostrophe: {
        const end = endOfQuoted(text, at);
        if (end === undefined) return undefined;
        at = end;
        break;
      }
      case Char.Backtick: {
        const end = text.indexOf('`', at + 1);
        if (end < 0) return undefined;
        at = end;
        break;
      }
      case Char.Slash: {
        const end = endOfComment(text, at);
        if (end === undefined) return undefined;
        at = end;
        break;
      }
    }
  }
  return undefined;
}

/** The offset of the closing quote of the string or rune at `start`; undefined if the line ends first. */
function endOfQuoted(text: string, start: number): number | undefined {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === quote) return at;
    if (c === Char.Newline) return undefined;
    if (c === Char.Backslash) at++;
  }
  return undefined;
}

/** The offset of the last character of the comment at `start`, or `start` if there is a division. */
function endOfComment(text: string, start: number): number | undefined {
  const next = text.charCodeAt(start + 1);
  if (next === Char.Slash) {
    const newline = text.indexOf('\n', start);
    return newline < 0 ? undefined : newline - 1;
  }
  if (next !== Char.Star) return start;
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? undefined : end + 1;
}
