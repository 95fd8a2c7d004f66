// What stands at the top of a Go file: its build constraint, package clause and imports. Reading it takes a look at the
// first lines only, so that a folder can be sorted into packages before any of its files is parsed.

import { detached } from '../../text/detached.ts';
import { goBuildText, parseConstraint, parsePlusBuild, plusBuildText, type Constraint } from './constraint.ts';

export interface FileHeader {
  /** The name of the package clause; empty if there is none that can be read. */
  readonly packageName: string;
  /** The unquoted import paths in source order, each once, `C` left out. */
  readonly imports: readonly string[];
  readonly usesCgo: boolean;
  readonly generated: boolean;
  readonly build: BuildLines;
}

/** The build constraint of a file. */
export type BuildLines =
  | { readonly kind: 'none' }
  /** A constraint; `text` as written. `goBuild`: from a `//go:build` line, which also sets the language version. */
  | { readonly kind: 'constraint'; readonly text: string; readonly constraint: Constraint; readonly goBuild: boolean }
  /** A `//go:build` line with a syntax error, or more than one of them: the go command refuses the file. */
  | { readonly kind: 'malformed'; readonly text: string };

/** Reads the top of a file. Never fails: what cannot be read is missing from the answer. What is answered does not hold the text. */
export function readHeader(text: string): FileHeader {
  const build = readBuildLines(text);
  const reader = new HeaderReader(text);
  if (reader.word() !== 'package') {
    return { packageName: '', imports: [], usesCgo: false, generated: isGenerated(text, reader.wordStart), build };
  }
  const generated = isGenerated(text, reader.wordStart);
  const packageName = detached(reader.word());
  const imports = new Set<string>();
  while (reader.word() === 'import') {
    if (!reader.take('(')) {
      addImport(imports, reader.importSpec());
      continue;
    }
    for (;;) {
      const path = reader.importSpec();
      if (path === undefined) break;
      addImport(imports, path);
    }
    if (!reader.take(')')) break;
  }
  const usesCgo = imports.delete('C');
  return { packageName, imports: [...imports], usesCgo, generated, build };
}

function addImport(imports: Set<string>, path: string | undefined): void {
  if (path !== undefined && path !== '') imports.add(detached(path));
}

/** Skips blanks and comments, and reads words, punctuation and string literals. Positions only move forward. */
class HeaderReader {
  readonly #text: string;
  #at = 0;
  /** The offset of the word that was asked for last. */
  wordStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The identifier at the current place, which is passed; empty if there is none. */
  word(): string {
    this.#skip();
    this.wordStart = this.#at;
    let end = this.#at;
    while (end < this.#text.length) {
      const c = String.fromCodePoint(this.#text.codePointAt(end)!);
      if (!/^[\p{L}\p{Nd}_]$/u.test(c)) break;
      end += c.length;
    }
    const word = this.#text.slice(this.#at, end);
    this.#at = end;
    return word;
  }

  take(character: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** The path of the import spec at the current place, which is passed; undefined if there is none. */
  importSpec(): string | undefined {
    const start = this.#at;
    if (!this.take('.')) this.word();
    this.#skip();
    const path = this.#string();
    if (path === undefined) this.#at = start;
    return path;
  }

  #string(): string | undefined {
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== '`') return undefined;
    const end = this.#text.indexOf(quote, this.#at + 1);
    const newline = this.#text.indexOf('\n', this.#at + 1);
    if (end < 0 || (newline >= 0 && newline < end)) return undefined;
    // Have: the text of the literal. Escapes are allowed in it, but no import path needs one: such a path stays unknown.
    const path = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return quote === '"' && path.includes('\\') ? '' : path;
  }

  #skip(): void {
    for (;;) {
      const c = this.#text[this.#at];
      if (c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === ';') {
        this.#at++;
      } else if (c === '/' && this.#text[this.#at + 1] === '/') {
        const newline = this.#text.indexOf('\n', this.#at);
        this.#at = newline < 0 ? this.#text.length : newline + 1;
      } else if (c === '/' && this.#text[this.#at + 1] === '*') {
        const close = this.#text.indexOf('*/', this.#at + 2);
        this.#at = close < 0 ? this.#text.length : close + 2;
      } else {
        return;
      }
    }
  }
}

/** True if a comment line `// Code generated … DO NOT EDIT.` stands before the offset of the package clause. */
function isGenerated(text: string, packageStart: number): boolean {
  const top = text.slice(0, packageStart);
  if (!top.includes('// Code generated ')) return false;
  return top.split(/\r?\n/).some((line) => line.startsWith('// Code generated ') && line.endsWith(' DO NOT EDIT.'));
}

/**
 * The constraint lines above the package clause. They stand among `//` comments and blank lines at the top; a `//go:build` line also
 * counts after a general comment. `// +build` lines count only without a `//go:build` line, and only where a blank line
 * separates them from what follows, as a comment above the package clause documents the package.
 */
function readBuildLines(text: string): BuildLines {
  const top = readTop(text);
  const [goBuild, ...others] = top.goBuild;
  if (goBuild !== undefined) {
    const constraint = others.length > 0 ? undefined : parseConstraint(goBuild);
    if (!constraint) return { kind: 'malformed', text: `//go:build ${goBuild}` };
    return { kind: 'constraint', text: goBuild, constraint, goBuild: true };
  }
  let all: Constraint | undefined;
  const written: string[] = [];
  for (const line of top.plusBuild) {
    const constraint = parsePlusBuild(line);
    // The go command leaves out a line that it cannot read.
    if (!constraint) continue;
    written.push(line);
    all = all ? { kind: 'and', x: all, y: constraint } : constraint;
  }
  if (!all) return { kind: 'none' };
  return { kind: 'constraint', text: `+build ${written.join('; ')}`, constraint: all, goBuild: false };
}

interface TopOfFile {
  /** The expressions of `//go:build` lines. */
  readonly goBuild: readonly string[];
  /** The expressions of `// +build` lines that stand above a blank line. */
  readonly plusBuild: readonly string[];
}

function readTop(text: string): TopOfFile {
  const goBuild: string[] = [];
  const plusBuild: string[] = [];
  // Lines since the last blank line; they count only once another blank line follows.
  let pending: string[] = [];
  let onlyLineComments = true;
  let inGeneralComment = false;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    let line = text.slice(at, newline < 0 ? text.length : newline).trim();
    at = newline < 0 ? text.length : newline + 1;
    if (line === '') {
      if (onlyLineComments) {
        plusBuild.push(...pending);
        pending = [];
      }
      continue;
    }
    if (!line.startsWith('//')) onlyLineComments = false;
    if (!inGeneralComment && line.startsWith('//')) {
      const expression = goBuildText(line);
      if (expression !== undefined) goBuild.push(detached(expression));
      const old = onlyLineComments ? plusBuildText(line) : undefined;
      if (old !== undefined) pending.push(detached(old));
      continue;
    }
    // Pass the general comments of the line; what is left is the package clause or another line comment.
    while (line !== '' && !line.startsWith('//')) {
      if (!inGeneralComment) {
        if (!line.startsWith('/*')) return { goBuild, plusBuild };
        inGeneralComment = true;
        line = line.slice(2);
      }
      const close = line.indexOf('*/');
      if (close < 0) break;
      inGeneralComment = false;
      line = line.slice(close + 2).trim();
    }
  }
  return { goBuild, plusBuild };
}
