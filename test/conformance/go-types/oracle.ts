// Runs the program that asks go/types, and reads what it prints.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** A package as the go command lists it. */
export interface Description {
  readonly path: string;
  readonly name: string;
  readonly dir: string;
  readonly files: readonly string[];
  readonly importMap?: Readonly<Record<string, string>>;
  readonly standard?: boolean;
  readonly version?: string;
}

export interface ReportedType {
  /** `map`, `chan`, `func`, `named`, `basic`, `untyped`, … */
  readonly class: string;
  readonly text: string;
}

export interface ReportedExpression {
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly mode: string;
  readonly type: ReportedType;
  readonly value: string | undefined;
}

export interface ReportedDefinition {
  readonly start: number;
  readonly end: number;
  readonly type: ReportedType;
}

export interface ReportedSelection extends ReportedDefinition {
  readonly kind: string;
  readonly indirect: boolean;
  /** Field indices; the last of a method is `m`. */
  readonly index: string;
}

export interface ReportedFile {
  readonly path: string;
  readonly expressions: readonly ReportedExpression[];
  readonly definitions: readonly ReportedDefinition[];
  readonly selections: readonly ReportedSelection[];
}

export interface ReportedPackage {
  readonly path: string;
  readonly errors: readonly string[];
  readonly files: readonly ReportedFile[];
}

export interface OracleOptions {
  readonly go: string;
  readonly directory: string;
  readonly patterns: readonly string[];
  /** Flags of oracle/main.go. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const program = join('test', 'conformance', 'go-types', 'oracle', 'main.go');

/**
 * Reports each package as soon as it is known; `descriptions` is complete by then. The program waits while a package is
 * being compared. Throws if the program fails.
 */
export async function* reportedPackages(options: OracleOptions, descriptions: Map<string, Description>): AsyncGenerator<ReportedPackage> {
  const child = spawn(options.go, ['run', join(process.cwd(), program), ...(options.flags ?? []), ...options.patterns], {
    cwd: options.directory,
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0', ...options.environment },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const reader = new Reader(descriptions);
  let rest = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const text = rest + String(chunk);
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      const complete = reader.line(text.slice(at, end));
      if (complete) yield complete;
      at = end + 1;
    }
    rest = text.slice(at);
  }
  const code = await ended;
  if (code !== 0 || errors !== '') throw new Error(`the oracle ended with ${code}: ${errors.slice(0, 2000)}`);
}

interface OpenFile extends ReportedFile {
  readonly expressions: ReportedExpression[];
  readonly definitions: ReportedDefinition[];
  readonly selections: ReportedSelection[];
}

const noType: ReportedType = { class: 'none', text: 'none' };

class Reader {
  private path = '';
  private errors: string[] = [];
  private files: OpenFile[] = [];
  private file: OpenFile = { path: '', expressions: [], definitions: [], selections: [] };
  private types: ReportedType[] = [];
  constructor(private readonly descriptions: Map<string, Description>) {}

  /** Takes a line; the package if the line ends one. */
  line(line: string): ReportedPackage | undefined {
    const text = line.slice(1);
    switch (line.charAt(0)) {
      case 'D': {
        const description = JSON.parse(text) as Description;
        this.descriptions.set(description.path, description);
        return undefined;
      }
      case 'P':
        this.path = text;
        this.errors = [];
        this.files = [];
        this.types = [];
        return undefined;
      case '!':
        this.errors.push(text);
        return undefined;
      case 'F':
        this.file = { path: text, expressions: [], definitions: [], selections: [] };
        this.files.push(this.file);
        return undefined;
      case 'T': {
        const space = text.indexOf(' ');
        this.types.push({ class: text.slice(0, space), text: text.slice(space + 1) });
        return undefined;
      }
      case 'E': {
        const [start, end, kind = '', mode = '', type] = text.split(' ', 5);
        const value = valueOf(text);
        this.file.expressions.push({ start: Number(start), end: Number(end), kind, mode, type: this.types[Number(type)] ?? noType, value });
        return undefined;
      }
      case 'd': {
        const [start, end, type] = text.split(' ');
        this.file.definitions.push({ start: Number(start), end: Number(end), type: this.types[Number(type)] ?? noType });
        return undefined;
      }
      case 's': {
        const [start, end, kind = '', indirect, index = '', type] = text.split(' ');
        this.file.selections.push({ start: Number(start), end: Number(end), kind, indirect: indirect === 'true', index, type: this.types[Number(type)] ?? noType });
        return undefined;
      }
      case '.':
        return { path: this.path, errors: this.errors, files: this.files };
      default:
        throw new Error(`unexpected line: ${line.slice(0, 200)}`);
    }
  }
}

/** What follows the fifth field. */
function valueOf(text: string): string | undefined {
  let at = -1;
  for (let i = 0; i < 5; i++) {
    at = text.indexOf(' ', at + 1);
    if (at < 0) return undefined;
  }
  return text.slice(at + 1);
}
