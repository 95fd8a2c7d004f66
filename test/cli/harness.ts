// Runs the built command line in a folder of its own. `npm test` builds dist/ first; run alone, these tests use what is there.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

export const commandLine = join(process.cwd(), 'dist', 'cli.js');

/** What runs keep for each other is not kept on the machine. */
const cacheFolder = mkdtempSync(join(tmpdir(), 'mapwarden-cache-'));
after(() => rmSync(cacheFolder, { recursive: true, force: true }));

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with files that is removed when the tests are over; a repository, so that nothing around it has a say. */
export function workspace(files: Readonly<Record<string, string | Uint8Array>>): Workspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mapwarden-cli-')));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const space = new Workspace(folder);
  mkdirSync(join(folder, '.git'));
  for (const [name, content] of Object.entries(files)) space.write(name, content);
  return space;
}

export class Workspace {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  run(commandArguments: readonly string[], options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {}): Outcome {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [commandLine, ...commandArguments], {
      cwd: join(this.folder, options.cwd ?? ''),
      env: { ...withoutColor(process.env), MAPWARDEN_CACHE_DIR: cacheFolder, ...options.env },
      encoding: 'utf8',
      maxBuffer: 256_000_000,
    });
    if (error) throw error;
    return { status: status ?? -1, stdout, stderr };
  }

  /** Runs `check --format json` with further arguments and reads what it prints. */
  check(...commandArguments: readonly string[]): Outcome & { readonly report: JsonReport } {
    const outcome = this.run(['check', '--format', 'json', ...commandArguments]);
    return { ...outcome, report: JSON.parse(outcome.stdout) as JsonReport };
  }
}

function withoutColor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NO_COLOR: _none, FORCE_COLOR: _force, ...rest } = env;
  return rest;
}

export interface JsonReport {
  readonly version: number;
  readonly findings: readonly JsonFinding[];
  readonly notices: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly stats: {
    readonly files: number;
    readonly bytes: number;
    readonly packages: number;
    readonly milliseconds: number;
    readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  };
}

export interface JsonFinding {
  readonly rule: string;
  readonly messageId: string;
  readonly severity: string;
  readonly message: string;
  readonly url: string;
  readonly location: { readonly file: string; readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
  readonly related: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly safe: boolean; readonly edits: readonly { readonly file: string; readonly start: number; readonly end: number; readonly newText: string }[] }[];
}

export const goMod = 'module example.com/m\n\ngo 1.26\n';

/** A file of one function with one finding of `delete-loop`, a hint whose fix is safe. */
export function hint(name = 'f'): string {
  return `package p\n\nfunc ${name}(m map[string]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n`;
}

export function hintFixed(name = 'f'): string {
  return `package p\n\nfunc ${name}(m map[string]int) {\n\tclear(m)\n}\n`;
}

/** A file of one function with one finding of `nan-key-survives`, a warning whose fix is unsafe. */
export function warning(name = 'w'): string {
  return `package p\n\nfunc ${name}(m map[float64]int) {\n\tfor k := range m {\n\t\tdelete(m, k)\n\t}\n}\n`;
}

export function filesOf(report: JsonReport): readonly string[] {
  return report.findings.map(({ location }) => location.file);
}
