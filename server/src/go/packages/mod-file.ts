// Readers for go.mod, go.work and vendor/modules.txt. They follow the grammar of golang.org/x/mod/modfile, but go on after a
// fault: each fault becomes a notice at its line, and what could be read counts.

import type { ModuleNotice, ModuleVersion } from './package.ts';
import { parseGoVersion } from './version.ts';
import type { GoVersion } from './version.ts';

/** A replace directive. */
export interface ReplaceLine {
  readonly path: string;
  /** Undefined: every version. */
  readonly version: string | undefined;
  /** A path as written: relative to the file's folder, with `/` between its parts, if there is no version. */
  readonly newPath: string;
  /** Undefined if the replacement is a folder. */
  readonly newVersion: string | undefined;
}

export interface GoLine {
  /** As written: `1.21.3`. */
  readonly text: string;
  /** Undefined if it is no version of Go. */
  readonly version: GoVersion | undefined;
  readonly line: number;
}

export interface ModFile {
  /** Undefined if the file does not say. */
  readonly module: string | undefined;
  readonly go: GoLine | undefined;
  readonly toolchain: string | undefined;
  readonly requires: readonly ModuleVersion[];
  readonly replaces: readonly ReplaceLine[];
  readonly notices: readonly ModuleNotice[];
}

export interface WorkFile {
  readonly go: GoLine | undefined;
  readonly toolchain: string | undefined;
  /** The folders of `use` directives as written, with `/` between their parts, and their 1-based lines. */
  readonly uses: readonly { readonly directory: string; readonly line: number }[];
  readonly replaces: readonly ReplaceLine[];
  readonly notices: readonly ModuleNotice[];
}

/** Directives that say nothing about how imports resolve. */
const ignoredInMod: ReadonlySet<string> = new Set(['exclude', 'retract', 'tool', 'godebug', 'ignore']);

/** Reads a go.mod file; `path` is where its notices say they are. */
export function parseModFile(path: string, text: string): ModFile {
  const { statements, notices } = readStatements(path, text);
  const reader = new DirectiveReader(path, notices);
  let module: string | undefined;
  const requires: ModuleVersion[] = [];
  for (const statement of statements) {
    const { verb, line, words } = statement;
    if (verb === 'module') {
      if (module !== undefined) reader.fault(line, 'repeated module statement');
      else if (words.length !== 1) reader.fault(line, 'usage: module module/path');
      else module = reader.string(line, words[0]!);
    } else if (verb === 'require') {
      const [modulePath, version] = words.map((word) => reader.string(line, word));
      if (words.length !== 2) reader.fault(line, 'usage: require module/path v1.2.3');
      else if (modulePath !== undefined && version !== undefined) requires.push({ path: modulePath, version });
    } else if (!reader.common(statement) && !ignoredInMod.has(verb)) {
      reader.fault(line, `unknown directive: ${verb}`);
    }
  }
  if (module === undefined && notices.length === 0) reader.fault(0, 'no module declaration');
  return { module, go: reader.go, toolchain: reader.toolchain, requires, replaces: reader.replaces, notices };
}

/** Reads a go.work file. */
export function parseWorkFile(path: string, text: string): WorkFile {
  const { statements, notices } = readStatements(path, text);
  const reader = new DirectiveReader(path, notices);
  const uses: { directory: string; line: number }[] = [];
  for (const statement of statements) {
    const { verb, line, words } = statement;
    if (verb === 'use') {
      const directory = words.length === 1 ? reader.string(line, words[0]!) : undefined;
      if (words.length !== 1) reader.fault(line, 'usage: use local/dir');
      else if (directory !== undefined) uses.push({ directory: withSlashes(directory), line });
    } else if (!reader.common(statement) && verb !== 'godebug') {
      reader.fault(line, `unknown directive: ${verb}`);
    }
  }
  return { go: reader.go, toolchain: reader.toolchain, uses, replaces: reader.replaces, notices };
}

export interface VendoredModule {
  readonly path: string;
  readonly version: string | undefined;
  /** The version of its go line; undefined if modules.txt does not say. */
  readonly go: string | undefined;
}

/** Reads vendor/modules.txt: the vendored modules in its order. Lines that say nothing known are passed over. */
export function parseModulesTxt(text: string): readonly VendoredModule[] {
  const modules: { path: string; version: string | undefined; go: string | undefined }[] = [];
  for (const line of text.split('\n')) {
    const words = line.trim().split(/[ \t]+/);
    const last = modules.at(-1);
    if (words[0] === '#' && words[1] !== undefined) {
      modules.push({ path: words[1], version: words[2] === '=>' ? undefined : words[2], go: undefined });
    } else if (words[0] === '##' && last) {
      const go = line.split(';').map((part) => part.replace('##', '').trim()).find((part) => part.startsWith('go '));
      if (go !== undefined) last.go = go.slice('go '.length).trim();
    }
  }
  return modules;
}

/** One line of a directive; the lines of a block are told apart. */
interface Statement {
  readonly verb: string;
  /** 1-based. */
  readonly line: number;
  /** The words behind the verb, strings with their quotes. */
  readonly words: readonly string[];
}

/** The directives that go.mod and go.work share. */
class DirectiveReader {
  readonly #path: string;
  readonly #notices: ModuleNotice[];
  go: GoLine | undefined;
  toolchain: string | undefined;
  readonly replaces: ReplaceLine[] = [];

  constructor(path: string, notices: ModuleNotice[]) {
    this.#path = path;
    this.#notices = notices;
  }

  fault(line: number, message: string): void {
    this.#notices.push({ path: this.#path, line, message });
  }

  /** True if the statement is one of the shared directives, whether or not it could be read. */
  common(statement: Statement): boolean {
    const { verb, line, words } = statement;
    if (verb === 'go') this.#goLine(line, words);
    else if (verb === 'toolchain') {
      if (this.toolchain !== undefined) this.fault(line, 'repeated toolchain statement');
      else if (words.length !== 1) this.fault(line, 'toolchain directive expects exactly one argument');
      else this.toolchain = words[0];
    } else if (verb === 'replace') this.#replaceLine(line, words);
    else return false;
    return true;
  }

  #goLine(line: number, words: readonly string[]): void {
    if (this.go) return this.fault(line, 'repeated go statement');
    if (words.length !== 1) return this.fault(line, 'go directive expects exactly one argument');
    const text = words[0]!;
    const valid = /^[1-9][0-9]*\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?$/.test(text);
    if (!valid) this.fault(line, `invalid go version '${text}': must match format 1.23.0`);
    this.go = { text, version: valid ? parseGoVersion(text) : undefined, line };
  }

  #replaceLine(line: number, words: readonly string[]): void {
    const arrow = words[1] === '=>' ? 1 : 2;
    const count = words.length - arrow - 1;
    if (words[arrow] !== '=>' || count < 1 || count > 2) {
      return this.fault(line, 'usage: replace module/path [v1.2.3] => other/module v1.4 (or => ../local/directory)');
    }
    const path = this.string(line, words[0]!);
    const version = arrow === 2 ? this.string(line, words[1]!) : undefined;
    const newPath = this.string(line, words[arrow + 1]!);
    const newVersion = count === 2 ? this.string(line, words[arrow + 2]!) : undefined;
    if (path === undefined || newPath === undefined || (arrow === 2 && version === undefined) || (count === 2 && newVersion === undefined)) return;
    const local = isDirectoryPath(newPath);
    if (local && newVersion !== undefined) return this.fault(line, `replacement module directory path "${newPath}" cannot have version`);
    if (!local && newVersion === undefined) {
      return this.fault(line, 'replacement module without version must be directory path (rooted or starting with . or ..)');
    }
    this.replaces.push({ path, version, newPath: local ? withSlashes(newPath) : newPath, newVersion });
  }

  /** The value of a word that may be quoted; undefined, with a notice, if its quotes are wrong. */
  string(line: number, word: string): string | undefined {
    const quote = word[0];
    if (quote === '`' && word.endsWith('`') && word.length > 1) return word.slice(1, -1);
    if (quote === '"') {
      const value = unquote(word);
      if (value === undefined) this.fault(line, `invalid quoted string: ${word}`);
      return value;
    }
    if (/["'`]/.test(word)) {
      this.fault(line, 'invalid quoted string: unquoted string cannot contain quote');
      return undefined;
    }
    return word;
  }
}

function isDirectoryPath(path: string): boolean {
  return /^(\.\.?$|\.\.?[/\\]|[/\\]|[A-Za-z]:)/.test(path);
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The value of an interpreted string literal, or undefined if it is none. */
function unquote(literal: string): string | undefined {
  if (literal.length < 2 || !literal.endsWith('"')) return undefined;
  const body = literal.slice(1, -1);
  if (!body.includes('\\')) return body.includes('"') ? undefined : body;
  let value = '';
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== '\\') {
      value += body[i];
      continue;
    }
    const escape = /^(?:[abfnrtv\\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{3})/.exec(body.slice(i + 1))?.[0];
    if (escape === undefined) return undefined;
    value += escapeValue(escape);
    i += escape.length;
  }
  return value;
}

function escapeValue(escape: string): string {
  if (escape[0] === 'x' || escape[0] === 'u') return String.fromCharCode(parseInt(escape.slice(1), 16));
  if (escape.length === 3) return String.fromCharCode(parseInt(escape, 8));
  const named: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return named[escape] ?? escape;
}

/** The statements of a file, blocks taken apart. Nothing in the grammar spans lines but a block, so a fault costs one line. */
function readStatements(path: string, text: string): { readonly statements: readonly Statement[]; readonly notices: ModuleNotice[] } {
  const statements: Statement[] = [];
  const notices: ModuleNotice[] = [];
  let block: { readonly verb: string; readonly line: number; readonly known: boolean } | undefined;
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    const scan = scanLine(content);
    if (scan.fault !== undefined) {
      notices.push({ path, line, message: scan.fault });
      continue;
    }
    const [first, ...rest] = scan.words;
    if (first === undefined) continue;
    if (block && first === ')') {
      if (rest.length > 0) notices.push({ path, line, message: 'syntax error (expected newline after closing paren)' });
      block = undefined;
      continue;
    }
    const opens = rest.at(-1) === '(';
    const empty = rest.at(-2) === '(' && rest.at(-1) === ')';
    if (block && !(opens && rest.length === 1)) {
      if (block.known) statements.push({ verb: block.verb, line, words: scan.words });
      continue;
    }
    // A block that opens inside another one: the closing parenthesis of the other one is missing.
    if (block) notices.push({ path, line: block.line, message: `syntax error (unterminated block started at line ${block.line})` });
    if (!opens && !(empty && rest.length === 2)) {
      statements.push({ verb: first, line, words: rest });
      continue;
    }
    if (opens) block = { verb: first, line, known: rest.length === 1 };
    if (rest.length > 1 && opens) notices.push({ path, line, message: `unknown block type: ${[first, ...rest.slice(0, -1)].join(' ')}` });
  }
  if (block) notices.push({ path, line: block.line, message: `syntax error (unterminated block started at line ${block.line})` });
  return { statements, notices };
}

/** The words of a line up to its comment; strings keep their quotes, `( ) [ ] { } ,` are words of their own. */
function scanLine(content: string): { readonly words: readonly string[]; readonly fault?: string } {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (at < content.length && ' \t\r'.includes(content[at]!)) at++;
    if (at >= content.length || content.startsWith('//', at)) return { words };
    if (content.startsWith('/*', at)) return { words, fault: 'mod files must use // comments (not /* */ comments)' };
    const c = content[at]!;
    let end = at + 1;
    if (c === '"' || c === '`') {
      while (end < content.length && content[end] !== c) end += c === '"' && content[end] === '\\' ? 2 : 1;
      if (end >= content.length) return { words, fault: 'unexpected newline in string' };
      end++;
    } else if (!'()[]{},'.includes(c)) {
      while (end < content.length && isWordPart(content, end)) end++;
    }
    words.push(content.slice(at, end));
    at = end;
  }
}

function isWordPart(content: string, at: number): boolean {
  const c = content[at]!;
  return !' \t\r()[]{},'.includes(c) && !content.startsWith('//', at) && !content.startsWith('/*', at);
}
