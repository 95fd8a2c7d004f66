// Cuts Go text into tokens. Accepts and rejects what go/scanner does, and notes two things more, on which the recovery of the parser leans: whether a
// token is the first on its line, and how far that line is indented.

import { detached } from '../../text/detached.ts';
import type { Comment } from './ast.ts';
import { Token } from './token.ts';

const keywords: ReadonlyMap<string, Token> = new Map([
  ['break', Token.BREAK],
  ['case', Token.CASE],
  ['chan', Token.CHAN],
  ['const', Token.CONST],
  ['continue', Token.CONTINUE],
  ['default', Token.DEFAULT],
  ['defer', Token.DEFER],
  ['else', Token.ELSE],
  ['fallthrough', Token.FALLTHROUGH],
  ['for', Token.FOR],
  ['func', Token.FUNC],
  ['go', Token.GO],
  ['goto', Token.GOTO],
  ['if', Token.IF],
  ['import', Token.IMPORT],
  ['interface', Token.INTERFACE],
  ['map', Token.MAP],
  ['package', Token.PACKAGE],
  ['range', Token.RANGE],
  ['return', Token.RETURN],
  ['select', Token.SELECT],
  ['struct', Token.STRUCT],
  ['switch', Token.SWITCH],
  ['type', Token.TYPE],
  ['var', Token.VAR],
]);
const longestKeyword = 'fallthrough'.length;

const enum Char {
  Tab = 0x09,
  Newline = 0x0a,
  Return = 0x0d,
  Space = 0x20,
  Exclamation = 0x21,
  Quote = 0x22,
  Percent = 0x25,
  Ampersand = 0x26,
  Apostrophe = 0x27,
  OpenParen = 0x28,
  CloseParen = 0x29,
  Star = 0x2a,
  Plus = 0x2b,
  Comma = 0x2c,
  Minus = 0x2d,
  Dot = 0x2e,
  Slash = 0x2f,
  Zero = 0x30,
  Seven = 0x37,
  Nine = 0x39,
  Colon = 0x3a,
  Semicolon = 0x3b,
  Less = 0x3c,
  Equal = 0x3d,
  Greater = 0x3e,
  OpenBracket = 0x5b,
  Backslash = 0x5c,
  CloseBracket = 0x5d,
  Caret = 0x5e,
  Underscore = 0x5f,
  Backtick = 0x60,
  LowerA = 0x61,
  LowerB = 0x62,
  LowerE = 0x65,
  LowerF = 0x66,
  LowerI = 0x69,
  LowerO = 0x6f,
  LowerP = 0x70,
  LowerU = 0x75,
  UpperU = 0x55,
  LowerX = 0x78,
  OpenBrace = 0x7b,
  Bar = 0x7c,
  CloseBrace = 0x7d,
  Tilde = 0x7e,
  ByteOrderMark = 0xfeff,
}

const enum CharClass {
  Other,
  Letter,
  Digit,
}

const asciiClass = new Uint8Array(128);
for (let c = Char.Zero; c <= Char.Nine; c++) asciiClass[c] = CharClass.Digit;
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') asciiClass[c.charCodeAt(0)] = CharClass.Letter;

// The language defines letters and digits by Unicode category; these two properties are how JavaScript asks for one.
const unicodeLetter = /^\p{L}$/u;
const unicodeDigit = /^\p{Nd}$/u;

/** A place to go back to. */
export interface Mark {
  readonly pos: number;
  readonly lineStart: number;
  readonly indent: number;
  readonly first: boolean;
  readonly forbidden: number;
  readonly comments: number;
}

/** Scans one text, token by token: `scan` moves on, the fields describe the current token. All offsets are UTF-16. */
export class Scanner {
  token: Token = Token.EOF;
  /** Where the current token starts and ends. A semicolon that stands for a line break is empty. */
  pos = 0;
  end = 0;
  /** The source text of an identifier or literal; stale for other tokens. */
  literal = '';
  /** The current token is a semicolon that the text does not contain. */
  automatic = false;
  /** Nothing but blanks and comments stands before the current token on its line. */
  first = false;
  /** Blanks at the start of the line on which the last `first` token stands. */
  indent = 0;
  /** Where the line of the current token starts. */
  lineStart = 0;
  /** The comments passed so far. */
  readonly comments: Comment[] = [];

  /** Where the search for the next token starts. */
  offset = 0;
  /** The end of what was looked at beyond the current token. */
  reach = 0;
  private insertSemicolon = false;
  private atLineStart = true;
  /** The next NUL or byte order mark, which may stand nowhere, not even in a comment. */
  private forbidden = 0;

  constructor(
    readonly text: string,
    private readonly report: (pos: number, message: string) => void,
    /** Names and literals do not hold the text. */
    private readonly detaches = false,
  ) {
    this.moveTo(0);
  }

  /** Starts anew at an offset where a token may start and no line break can become a semicolon. */
  moveTo(offset: number): void {
    const { text } = this;
    const afterMark = text.charCodeAt(0) === Char.ByteOrderMark ? 1 : 0;
    this.offset = Math.max(offset, afterMark);
    this.lineStart = offset === 0 ? this.offset : Math.max(text.lastIndexOf('\n', offset - 1) + 1, afterMark);
    this.indent = this.blanksAt(this.lineStart);
    this.atLineStart = this.lineStart + this.indent >= this.offset;
    this.insertSemicolon = false;
    this.comments.length = 0;
    this.end = this.offset;
    this.findForbidden(this.offset);
  }

  /** Goes on behind the body of a function that nobody looks into, as if its closing brace had just been read. */
  skipTo(offset: number): void {
    const { text } = this;
    this.offset = offset;
    this.lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    this.indent = this.blanksAt(this.lineStart);
    this.atLineStart = false;
    this.insertSemicolon = true;
    this.end = offset;
    if (this.forbidden < offset) this.findForbidden(offset);
  }

  /** Remembers the current token, so that it and what follows can be scanned again. It must not be an automatic semicolon. */
  mark(): Mark {
    return {
      pos: this.pos,
      lineStart: this.lineStart,
      indent: this.indent,
      first: this.first,
      forbidden: this.forbidden,
      comments: this.comments.length,
    };
  }

  /** Goes back, so that the next `scan` finds the token that was current at the mark. */
  reset(mark: Mark): void {
    this.offset = this.end = mark.pos;
    this.lineStart = mark.lineStart;
    this.indent = mark.indent;
    this.atLineStart = mark.first;
    this.forbidden = mark.forbidden;
    this.comments.length = mark.comments;
    this.insertSemicolon = false;
  }

  /** Makes every further token EOF. */
  moveToEnd(): void {
    this.offset = this.text.length;
    this.insertSemicolon = false;
    this.pos = this.end = this.text.length;
    this.token = Token.EOF;
  }

  /** The offset of the first character at or after `offset` that is no blank of the same line. */
  afterBlanks(offset: number): number {
    let p = offset;
    for (;;) {
      const c = this.text.charCodeAt(p);
      if (c !== Char.Space && c !== Char.Tab && c !== Char.Return) return p;
      p++;
    }
  }

  /** The start of the first line behind the current one that is neither empty nor a line comment: its first character that is no blank. */
  nextLine(): { readonly pos: number; readonly indent: number } {
    const { text } = this;
    let lineStart = this.end;
    let pos = lineStart;
    do {
      const lineEnd = text.indexOf('\n', pos);
      lineStart = lineEnd < 0 ? text.length : lineEnd + 1;
      pos = this.afterBlanks(lineStart);
    } while (text.startsWith('\n', pos) || text.startsWith('//', pos));
    this.reach = Math.max(this.reach, pos + longestKeyword);
    return { pos, indent: pos - lineStart };
  }

  scan(): void {
    const { text } = this;
    const wantsSemicolon = this.insertSemicolon;
    let p = this.offset;
    let first = this.atLineStart;
    // After `reset` a comment may stand before the token on its line; it does not indent the line.
    let passedComment = first;
    this.insertSemicolon = false;
    this.atLineStart = false;
    let c: number;
    for (;;) {
      c = text.charCodeAt(p);
      if (c === Char.Space || c === Char.Tab || c === Char.Return) {
        p++;
        continue;
      }
      if (c === Char.Newline) {
        if (wantsSemicolon) return this.lineBreak(p);
        p++;
        this.lineStart = p;
        first = true;
        passedComment = false;
        continue;
      }
      if (c === Char.Slash) {
        const next = text.charCodeAt(p + 1);
        if (next === Char.Slash) {
          // The comment reaches to a line break, so that the semicolon may as well stand before it.
          if (wantsSemicolon) return this.lineBreak(p);
          p = this.lineComment(p);
          continue;
        }
        if (next === Char.Star) {
          const end = this.blockCommentEnd(p);
          this.reach = Math.max(this.reach, end);
          const lineEnd = this.lastLineBreak(p, end);
          // A comment that holds a line break acts like one, and so does one at the end of the text.
          if (wantsSemicolon && (lineEnd >= 0 || end >= text.length)) return this.lineBreak(p);
          this.addComment(p, end);
          passedComment = true;
          if (lineEnd >= 0) {
            this.lineStart = lineEnd + 1;
            first = true;
          }
          p = end;
          continue;
        }
      }
      if (c !== c) {
        if (wantsSemicolon) return this.lineBreak(text.length);
        return this.endOfText();
      }
      if (c >= 128 ? !isLetterAt(text, p) : asciiClass[c] === CharClass.Other && !isOperatorStart(c)) {
        this.report(p, this.illegal(p));
        p += widthAt(text, p);
        // An illegal character leaves the decision about the line break to what follows, as if it were not there.
        continue;
      }
      break;
    }
    this.pos = p;
    this.first = first;
    if (first) this.indent = passedComment ? this.blanksAt(this.lineStart) : p - this.lineStart;
    this.automatic = false;
    if (c >= 128 || asciiClass[c] === CharClass.Letter) this.word(p, c);
    else if (asciiClass[c] === CharClass.Digit) this.number(p);
    else this.operator(p, c);
  }

  private endOfText(): void {
    const end = this.text.length;
    this.token = Token.EOF;
    this.pos = this.end = this.offset = end;
    this.automatic = false;
    this.first = true;
    this.indent = 0;
    this.lineStart = end;
  }

  private lineBreak(p: number): void {
    this.token = Token.SEMICOLON;
    this.pos = this.end = this.offset = p;
    this.automatic = true;
    this.first = false;
  }

  /** The last line break in a span, or -1. The slice keeps the search from running on to the start of a long line. */
  private lastLineBreak(pos: number, end: number): number {
    const found = this.text.slice(pos, end).lastIndexOf('\n');
    return found < 0 ? -1 : pos + found;
  }

  private blanksAt(lineStart: number): number {
    return this.afterBlanks(lineStart) - lineStart;
  }

  private illegal(p: number): string {
    const c = this.text.charCodeAt(p);
    if (c === Char.ByteOrderMark) return 'illegal byte order mark';
    if (c === 0) return 'illegal character NUL';
    const code = this.text.codePointAt(p)!;
    return `illegal character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }

  // Comments

  private addComment(pos: number, end: number): void {
    if (this.forbidden < end) this.reportForbidden(pos, end);
    this.comments.push({ pos, end });
  }

  /** Returns the offset of the line break. */
  private lineComment(p: number): number {
    let end = this.text.indexOf('\n', p);
    if (end < 0) end = this.text.length;
    this.addComment(p, this.text.charCodeAt(end - 1) === Char.Return ? end - 1 : end);
    return end;
  }

  private blockCommentEnd(p: number): number {
    const end = this.text.indexOf('*/', p + 2);
    if (end >= 0) return end + 2;
    this.report(p, 'comment not terminated');
    return this.text.length;
  }

  private findForbidden(from: number): void {
    const nul = this.text.indexOf('\0', from);
    const mark = this.text.indexOf('\ufeff', from);
    this.forbidden = Math.min(nul < 0 ? Infinity : nul, mark < 0 ? Infinity : mark);
  }

  private reportForbidden(pos: number, end: number): void {
    this.findForbidden(pos);
    while (this.forbidden < end) {
      this.report(this.forbidden, this.illegal(this.forbidden));
      this.findForbidden(this.forbidden + 1);
    }
  }

  // Names and keywords

  private word(p: number, c: number): void {
    const { text } = this;
    let end = p;
    for (;;) {
      const d = text.charCodeAt(end);
      if (d < 128) {
        if (asciiClass[d] === CharClass.Other) break;
        end++;
      } else if (d >= 128 && (isLetterAt(text, end) || isDigitAt(text, end))) end += widthAt(text, end);
      else break;
    }
    const word = text.slice(p, end);
    this.offset = this.end = end;
    this.literal = this.detaches ? detached(word) : word;
    const length = end - p;
    const keyword = length > 1 && length <= longestKeyword && c >= Char.LowerA ? keywords.get(word) : undefined;
    if (keyword === undefined) {
      this.token = Token.IDENT;
      this.insertSemicolon = true;
      return;
    }
    this.token = keyword;
    this.insertSemicolon = keyword === Token.BREAK || keyword === Token.CONTINUE || keyword === Token.FALLTHROUGH || keyword === Token.RETURN;
  }

  // Literals

  private finishLiteral(token: Token, pos: number, end: number): void {
    this.token = token;
    const literal = this.text.slice(pos, end);
    this.literal = this.detaches ? detached(literal) : literal;
    this.offset = this.end = end;
    this.insertSemicolon = true;
  }

  private interpretedString(p: number): void {
    const { text } = this;
    let e = p + 1;
    for (;;) {
      const c = text.charCodeAt(e);
      if (c !== c || c === Char.Newline) {
        this.report(p, 'string literal not terminated');
        break;
      }
      e++;
      if (c === Char.Quote) break;
      if (c !== Char.Backslash) continue;
      const after = this.escape(e, Char.Quote);
      e = after < 0 ? ~after : after;
    }
    if (this.forbidden < e) this.reportForbidden(p, e);
    this.finishLiteral(Token.STRING, p, e);
  }

  private rawString(p: number): void {
    const { text } = this;
    let end = text.indexOf('`', p + 1);
    if (end < 0) {
      this.report(p, 'raw string literal not terminated');
      end = text.length;
    } else end++;
    if (this.forbidden < end) this.reportForbidden(p, end);
    this.finishLiteral(Token.STRING, p, end);
    const lineEnd = this.lastLineBreak(p, end);
    if (lineEnd >= 0) this.lineStart = lineEnd + 1;
  }

  private rune(p: number): void {
    const { text } = this;
    let e = p + 1;
    let characters = 0;
    let valid = true;
    for (;;) {
      const c = text.charCodeAt(e);
      if (c !== c || c === Char.Newline) {
        if (valid) this.report(p, 'rune literal not terminated');
        valid = false;
        break;
      }
      if (c === Char.Apostrophe) {
        e++;
        break;
      }
      e += widthAt(text, e);
      characters++;
      if (c !== Char.Backslash) continue;
      const after = this.escape(e, Char.Apostrophe);
      if (after < 0) valid = false;
      e = after < 0 ? ~after : after;
    }
    if (valid && characters !== 1) this.report(p, characters === 0 ? 'empty rune literal' : 'more than one character in rune literal');
    if (this.forbidden < e) this.reportForbidden(p, e);
    this.finishLiteral(Token.CHAR, p, e);
  }

  /**
   * Reads an escape sequence after its backslash and returns where it ends; for one that was reported, the complement (`~`) of where the
   * character stands that does not fit. It is then read as part of the literal.
   */
  private escape(p: number, quote: Char): number {
    const { text } = this;
    const c = text.charCodeAt(p);
    let digits: number;
    let base = 16;
    let e = p + 1;
    if (c === quote || c === Char.Backslash || (c >= Char.LowerA && 'abfnrtv'.includes(String.fromCharCode(c)))) return e;
    if (c >= Char.Zero && c <= Char.Seven) {
      digits = 3;
      base = 8;
      e = p;
    } else if (c === Char.LowerX) digits = 2;
    else if (c === Char.LowerU) digits = 4;
    else if (c === Char.UpperU) digits = 8;
    else {
      this.report(p, c !== c ? 'escape sequence not terminated' : 'unknown escape sequence');
      return ~p;
    }
    let value = 0;
    for (let i = 0; i < digits; i++, e++) {
      const digit = digitValue(text.charCodeAt(e));
      if (digit >= base) {
        this.report(e, 'illegal character in escape sequence');
        return ~e;
      }
      value = value * base + digit;
    }
    const tooLarge = base === 8 ? value > 255 : value > 0x10ffff;
    if (!tooLarge && (value < 0xd800 || value >= 0xe000)) return e;
    this.report(p, 'escape sequence is invalid Unicode code point');
    return ~e;
  }

  private number(p: number): void {
    const { text } = this;
    let e = p;
    let token = Token.INT;
    let base = 10;
    let prefix = 0;
    let hasDigits = false;
    if (text.charCodeAt(e) === Char.Zero) {
      const d = text.charCodeAt(e + 1) | 0x20;
      if (d === Char.LowerX || d === Char.LowerO || d === Char.LowerB) {
        prefix = d;
        base = d === Char.LowerX ? 16 : d === Char.LowerO ? 8 : 2;
        e += 2;
      }
    }
    const mantissa = e;
    e = this.digits(e, base === 16);
    hasDigits = holdsDigit(text, mantissa, e);
    if (text.charCodeAt(e) === Char.Dot) {
      token = Token.FLOAT;
      if (prefix === Char.LowerO || prefix === Char.LowerB) this.report(e, 'invalid radix point in number');
      const fraction = e + 1;
      e = this.digits(fraction, base === 16);
      hasDigits ||= holdsDigit(text, fraction, e);
    }
    if (!hasDigits) this.report(p, 'number has no digits');
    const mantissaEnd = e;
    const exponent = text.charCodeAt(e) | 0x20;
    if (exponent === Char.LowerE || exponent === Char.LowerP) {
      if (exponent === Char.LowerE && prefix !== 0) this.report(e, "'e' exponent requires decimal mantissa");
      if (exponent === Char.LowerP && prefix !== Char.LowerX) this.report(e, "'p' exponent requires hexadecimal mantissa");
      token = Token.FLOAT;
      e++;
      const sign = text.charCodeAt(e);
      if (sign === Char.Plus || sign === Char.Minus) e++;
      const power = e;
      e = this.digits(e, false);
      if (!holdsDigit(text, power, e)) this.report(e, 'exponent has no digits');
    } else if (prefix === Char.LowerX && token === Token.FLOAT) this.report(e, "hexadecimal mantissa requires a 'p' exponent");
    if (text.charCodeAt(e) === Char.LowerI) {
      token = Token.IMAG;
      e++;
    }
    if (token === Token.INT) this.checkDigits(p, mantissa, mantissaEnd, base);
    this.finishLiteral(token, p, e);
    if (this.literal.includes('_')) this.checkSeparators(p);
  }

  private digits(p: number, hexadecimal: boolean): number {
    let e = p;
    for (;;) {
      const c = this.text.charCodeAt(e);
      if (c === Char.Underscore || (hexadecimal ? digitValue(c) < 16 : c >= Char.Zero && c <= Char.Nine)) e++;
      else return e;
    }
  }

  /** A leading 0 makes an octal number; unlike the digits of 0b and 0o, those are checked only when it turned out to be an integer. */
  private checkDigits(p: number, from: number, to: number, base: number): void {
    const { text } = this;
    const allowed = base === 10 && text.charCodeAt(p) === Char.Zero ? 8 : base;
    if (allowed >= 10) return;
    for (let i = from; i < to; i++) {
      const c = text.charCodeAt(i);
      if (c !== Char.Underscore && digitValue(c) >= allowed) return this.report(i, `invalid digit '${text[i]}' in number`);
    }
  }

  /** `_` must stand between two digits, where the prefix (0x, 0o, 0b, 0) counts as a digit. */
  private checkSeparators(pos: number): void {
    const { literal } = this;
    const second = literal.charCodeAt(1) | 0x20;
    const hasPrefix = literal.charCodeAt(0) === Char.Zero && (second === Char.LowerX || second === Char.LowerO || second === Char.LowerB);
    const hexadecimal = hasPrefix && second === Char.LowerX;
    const isDigit = (i: number): boolean => {
      const value = digitValue(literal.charCodeAt(i));
      return value < 10 || (hexadecimal && value < 16);
    };
    for (let i = 0; i < literal.length; i++) {
      if (literal.charCodeAt(i) !== Char.Underscore) continue;
      const afterDigit = i > 0 && (isDigit(i - 1) || (hasPrefix && i === 2));
      if (!afterDigit || !isDigit(i + 1)) return this.report(pos + i, "'_' must separate successive digits");
    }
  }

  // Operators

  private operator(p: number, c: number): void {
    const { text } = this;
    const d = text.charCodeAt(p + 1);
    let token: Token;
    let length = 1;
    switch (c) {
      case Char.Quote:
        return this.interpretedString(p);
      case Char.Backtick:
        return this.rawString(p);
      case Char.Apostrophe:
        return this.rune(p);
      case Char.OpenParen:
        token = Token.LPAREN;
        break;
      case Char.CloseParen:
        token = Token.RPAREN;
        this.insertSemicolon = true;
        break;
      case Char.OpenBracket:
        token = Token.LBRACK;
        break;
      case Char.CloseBracket:
        token = Token.RBRACK;
        this.insertSemicolon = true;
        break;
      case Char.OpenBrace:
        token = Token.LBRACE;
        break;
      case Char.CloseBrace:
        token = Token.RBRACE;
        this.insertSemicolon = true;
        break;
      case Char.Comma:
        token = Token.COMMA;
        break;
      case Char.Semicolon:
        token = Token.SEMICOLON;
        break;
      case Char.Tilde:
        token = Token.TILDE;
        break;
      case Char.Dot:
        if (d >= Char.Zero && d <= Char.Nine) return this.number(p);
        token = Token.PERIOD;
        if (d === Char.Dot && text.charCodeAt(p + 2) === Char.Dot) {
          token = Token.ELLIPSIS;
          length = 3;
        }
        break;
      case Char.Colon:
        token = Token.COLON;
        if (d === Char.Equal) {
          token = Token.DEFINE;
          length = 2;
        }
        break;
      case Char.Equal:
        token = Token.ASSIGN;
        if (d === Char.Equal) {
          token = Token.EQL;
          length = 2;
        }
        break;
      case Char.Exclamation:
        token = Token.NOT;
        if (d === Char.Equal) {
          token = Token.NEQ;
          length = 2;
        }
        break;
      case Char.Plus:
        token = Token.ADD;
        if (d === Char.Plus) {
          token = Token.INC;
          length = 2;
          this.insertSemicolon = true;
        } else if (d === Char.Equal) {
          token = Token.ADD_ASSIGN;
          length = 2;
        }
        break;
      case Char.Minus:
        token = Token.SUB;
        if (d === Char.Minus) {
          token = Token.DEC;
          length = 2;
          this.insertSemicolon = true;
        } else if (d === Char.Equal) {
          token = Token.SUB_ASSIGN;
          length = 2;
        }
        break;
      case Char.Star:
        token = Token.MUL;
        if (d === Char.Equal) {
          token = Token.MUL_ASSIGN;
          length = 2;
        }
        break;
      case Char.Slash:
        token = Token.QUO;
        if (d === Char.Equal) {
          token = Token.QUO_ASSIGN;
          length = 2;
        }
        break;
      case Char.Percent:
        token = Token.REM;
        if (d === Char.Equal) {
          token = Token.REM_ASSIGN;
          length = 2;
        }
        break;
      case Char.Caret:
        token = Token.XOR;
        if (d === Char.Equal) {
          token = Token.XOR_ASSIGN;
          length = 2;
        }
        break;
      case Char.Ampersand:
        token = Token.AND;
        if (d === Char.Ampersand) {
          token = Token.LAND;
          length = 2;
        } else if (d === Char.Caret) {
          token = Token.AND_NOT;
          length = 2;
          if (text.charCodeAt(p + 2) === Char.Equal) {
            token = Token.AND_NOT_ASSIGN;
            length = 3;
          }
        } else if (d === Char.Equal) {
          token = Token.AND_ASSIGN;
          length = 2;
        }
        break;
      case Char.Bar:
        token = Token.OR;
        if (d === Char.Bar) {
          token = Token.LOR;
          length = 2;
        } else if (d === Char.Equal) {
          token = Token.OR_ASSIGN;
          length = 2;
        }
        break;
      case Char.Less:
        token = Token.LSS;
        if (d === Char.Minus) {
          token = Token.ARROW;
          length = 2;
        } else if (d === Char.Equal) {
          token = Token.LEQ;
          length = 2;
        } else if (d === Char.Less) {
          token = Token.SHL;
          length = 2;
          if (text.charCodeAt(p + 2) === Char.Equal) {
            token = Token.SHL_ASSIGN;
            length = 3;
          }
        }
        break;
      default: // Char.Greater, the last one for which isOperatorStart holds.
        token = Token.GTR;
        if (d === Char.Equal) {
          token = Token.GEQ;
          length = 2;
        } else if (d === Char.Greater) {
          token = Token.SHR;
          length = 2;
          if (text.charCodeAt(p + 2) === Char.Equal) {
            token = Token.SHR_ASSIGN;
            length = 3;
          }
        }
    }
    this.token = token;
    this.offset = this.end = p + length;
  }
}

const operatorStarts = new Uint8Array(128);
for (const c of '"`\'()[]{},;~.:=!+-*/%^&|<>') operatorStarts[c.charCodeAt(0)] = 1;

function isOperatorStart(c: number): boolean {
  return operatorStarts[c] === 1;
}

/** UTF-16 units of the character at `p`. A lone surrogate is a character of its own, and no letter. */
function widthAt(text: string, p: number): number {
  return text.codePointAt(p)! > 0xffff ? 2 : 1;
}

function isLetterAt(text: string, p: number): boolean {
  return unicodeLetter.test(String.fromCodePoint(text.codePointAt(p)!));
}

function isDigitAt(text: string, p: number): boolean {
  return unicodeDigit.test(String.fromCodePoint(text.codePointAt(p)!));
}

/** The value of a hexadecimal digit; 16 for any other character, also beyond the end of the text. */
function digitValue(c: number): number {
  if (c >= Char.Zero && c <= Char.Nine) return c - Char.Zero;
  const lower = c | 0x20;
  if (lower >= Char.LowerA && lower <= Char.LowerF) return lower - Char.LowerA + 10;
  return 16;
}

function holdsDigit(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== Char.Underscore) return true;
  return false;
}
