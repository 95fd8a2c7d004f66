// The parser's place in the text: the current token, the errors, and what recovery knows about lines.
//
// A declaration is first read by the grammar alone (`recovering` is false). The first error ends that reading: every further token is EOF, so that all
// loops of the grammar end at once. Then it is read again with `recovering`, where a line's indentation says what the brackets do not. Valid code is
// therefore never subject to a guess.
//
// How recovered nodes keep their order: a node that starts with a token starts there and consumes it; a node that starts with a child starts where the
// child does; what is missing is an empty node at `previousEnd`; and a node ends at `previousEnd`. As `previousEnd` never moves back, pos <= end holds,
// children lie inside their parents, and siblings follow each other.

import { BadExpr, Ident } from './ast.ts';
import type { Reading, SyntaxError } from './ast.ts';
import { Excerpts } from '../../text/detached.ts';
import { Scanner } from './scanner.ts';
import type { Mark } from './scanner.ts';
import { Token } from './token.ts';

/**
 * How many expressions, types and statements may lie inside each other. Deeper code is reported and read as a BadExpr or BadStmt, so that
 * neither the parser nor who walks its trees runs out of stack. Code that people write stays below 40.
 */
export const deepestNesting = 300;

/**
 * How deep a tree may get by that and by chains: `a + b + c`, `a.b().c()`, `else if`, which lean to one side. Generated tables add up to 960 strings.
 */
export const deepestChain = 2000;

/** How many characters behind its end a token depends on: `...` is told from two dots two further on, and a character may take two units. */
const lookahead = 2;

export class Cursor {
  readonly scanner: Scanner;
  /** In an outline: what is passed over. */
  readonly excerpts = new Excerpts();
  /** The current token and its span. */
  token: Token = Token.EOF;
  pos = 0;
  end = 0;
  /** Where the token before the current one ended. */
  previousEnd = 0;
  /** The current token is the first on its line, which is indented by `indent` blanks. */
  first = false;
  indent = 0;
  /** Tokens read so far, to see whether a loop got on. */
  count = 0;

  recovering = false;
  errors: SyntaxError[] = [];

  /** Below zero inside the header of if, for and switch, where `{` starts the block and no composite literal. */
  exprLevel = 0;
  private nesting = 0;
  private depth = 0;

  /** In recovery: the indentation of the statement, spec or field being read, and where it starts. */
  floor = -1;
  itemPos = -1;

  private failed = false;
  private reach = 0;

  /**
   * @param outline function bodies and the elements of literals are passed over where their end is plain, and what is read does not hold the text
   * @param bodiesLater function bodies whose end is plain are read when somebody asks
   */
  constructor(readonly text: string, readonly outline = false, readonly bodiesLater = false) {
    this.scanner = new Scanner(text, (pos, message) => this.report(pos, message), outline);
  }

  next(): void {
    const { scanner } = this;
    this.previousEnd = this.end;
    scanner.scan();
    if (this.failed) this.stop();
    this.token = scanner.token;
    this.pos = scanner.pos;
    this.end = scanner.end;
    this.first = scanner.first;
    this.indent = scanner.indent;
    this.count++;
  }

  at(token: Token): boolean {
    return this.token === token;
  }

  got(token: Token): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  /** Consumes the token, or reports that it is missing. */
  expect(token: Token, name: string): void {
    if (this.token === token) this.next();
    else this.expected(name);
  }

  /** Goes on with the token at or behind `offset`, the end of a body that was not read. */
  skipTo(offset: number): void {
    this.scanner.skipTo(offset);
    this.end = offset;
    this.next();
  }

  // Readings

  /** Makes the token at or behind `offset` the current one. A declaration or the package clause starts there. */
  open(offset: number): void {
    this.recovering = true;
    this.scanner.moveTo(offset);
    this.end = this.scanner.end;
    this.next();
  }

  /** Starts reading a declaration at the current token, by the grammar alone. */
  begin(): Mark {
    this.recovering = false;
    this.clear();
    this.reach = this.scanner.reach = 0;
    return this.scanner.mark();
  }

  /** Reads the same declaration again. */
  beginAgain(mark: Mark, recovering = true): void {
    this.recovering = recovering;
    this.clear();
    this.scanner.reset(mark);
    this.end = mark.pos;
    this.next();
  }

  private clear(): void {
    this.errors = [];
    this.failed = false;
    this.exprLevel = 0;
    this.nesting = 0;
    this.depth = 0;
    this.floor = -1;
    this.itemPos = -1;
  }

  /** The grammar did not fit what was read since `begin`. */
  get hasFailed(): boolean {
    return this.failed;
  }

  /** Call when the declaration is read and the current token is the one behind it. */
  finish(): Reading {
    this.see();
    const errors = this.errors.length > 1 ? this.errors.sort((a, b) => a.pos - b.pos) : this.errors;
    return { errors, reach: this.reach };
  }

  /** Extends the reach to the current token. */
  see(): void {
    const { token, end, reach, offset } = this.scanner;
    const isWord = token === Token.IDENT || (token >= Token.BREAK && token <= Token.VAR);
    const ahead = isWord && this.text.charCodeAt(end) < 128 ? 1 : lookahead;
    this.reach = Math.max(this.reach, end + ahead, reach, offset);
  }

  private stop(): void {
    this.see();
    this.scanner.moveToEnd();
  }

  // Errors

  report(pos: number, message: string): void {
    const last = this.errors.at(-1);
    // A second error at one place is a consequence of the first.
    if (last?.pos === pos) return;
    if (this.recovering) {
      this.errors.push({ pos, message });
      return;
    }
    if (this.failed) return;
    this.failed = true;
    this.errors.push({ pos, message });
    this.token = Token.EOF;
    this.stop();
  }

  expected(what: string): void {
    this.report(this.pos, `expected ${what}, found ${this.found()}`);
  }

  private found(): string {
    if (this.token === Token.EOF) return 'end of file';
    if (this.scanner.automatic) return 'newline';
    const text = this.text.slice(this.pos, Math.min(this.end, this.pos + 40));
    return text.includes('\n') ? 'string' : `'${text}'`;
  }

  /** An empty expression where one is missing. */
  missing(what: string): BadExpr {
    this.expected(what);
    return this.empty();
  }

  empty(): BadExpr {
    return new BadExpr(this.previousEnd, this.previousEnd);
  }

  ident(): Ident {
    if (this.token === Token.IDENT && !this.dedented()) {
      const name = new Ident(this.pos, this.end, this.scanner.literal);
      this.next();
      return name;
    }
    this.expected('name');
    return new Ident(this.previousEnd, this.previousEnd, '_');
  }

  // Lines

  /** Whether the current token starts a line that, by its indentation, is not part of what is being read. Never outside recovery. */
  dedented(): boolean {
    return this.first && this.indent <= this.floor && this.pos !== this.itemPos;
  }

  /** In recovery: the current token starts a statement, spec or field. */
  beginItem(): void {
    this.floor = this.indent;
    this.itemPos = this.pos;
  }

  /** Whether the current token is a keyword at the start of a line that can only start a declaration of the file. */
  atTopLevel(): boolean {
    return this.first && this.indent === 0 && startsDeclaration(this.token);
  }

  // Nesting

  /** Goes one level down. False if that is too deep: then the rest of the declaration was skipped. Call `leave` in both cases. */
  enter(): boolean {
    this.nesting++;
    this.depth++;
    return (this.nesting <= deepestNesting && this.depth <= deepestChain) || this.tooDeep();
  }

  leave(): void {
    this.nesting--;
    this.depth--;
  }

  /** Puts what was read so far one level down, as the left or first part of a longer chain. False as for `enter`. Call `unchain` in both cases. */
  chain(): boolean {
    this.depth++;
    return this.depth <= deepestChain || this.tooDeep();
  }

  unchain(levels: number): void {
    this.depth -= levels;
  }

  private tooDeep(): boolean {
    this.report(this.pos, 'nesting too deep');
    while (!this.at(Token.EOF) && !this.atTopLevel()) this.next();
    return false;
  }

  // Semicolons

  /** The semicolon behind a statement, spec or field. It may be missing before a closing bracket. */
  semicolon(): void {
    const { token } = this;
    if (token === Token.SEMICOLON) return this.next();
    if (token === Token.RPAREN || token === Token.RBRACE) return;
    this.expected('newline or ;');
    this.skipLine();
  }

  /** Skips to the end of the statement, over balanced brackets, but not beyond the lines that belong to it. */
  private skipLine(): void {
    if (this.first) return;
    let depth = 0;
    while (!this.at(Token.EOF) && !this.dedented() && !this.atTopLevel()) {
      switch (this.token) {
        case Token.SEMICOLON:
          if (depth <= 0) return this.next();
          break;
        case Token.LBRACE:
        case Token.LPAREN:
        case Token.LBRACK:
          depth++;
          break;
        case Token.RBRACE:
          if (depth <= 0) return;
          depth--;
          break;
        case Token.RPAREN:
        case Token.RBRACK:
          depth--;
          break;
      }
      this.next();
    }
  }
}

export function startsDeclaration(token: Token): boolean {
  return token === Token.FUNC || token === Token.TYPE || token === Token.VAR || token === Token.CONST || token === Token.IMPORT;
}
