// Snapshots of public repositories with their history, and the command line run over trees taken from them.
//
// A folder of snapshots holds `<owner>+<name>/repo`, each a git directory. Nothing is fetched, and nothing of a snapshot is
// copied into the project.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const typeScriptEndings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const outputLimit = 1 << 30;
const pathsAtOnce = 1000;

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly messageId: string;
  readonly severity: string;
  readonly message: string;
  readonly location: { readonly file: string; readonly startLine: number };
  readonly related: readonly (Place & { readonly message: string })[];
}

export interface CommandReport {
  readonly findings: readonly ReportedFinding[];
  readonly stats?: { readonly files: number; readonly bytes: number; readonly packages: number; readonly milliseconds: number; readonly skipped: readonly unknown[] };
}

export class Snapshot {
  readonly #gitDirectory: string;

  constructor(folder: string, readonly repository: string) {
    this.#gitDirectory = join(folder, repository.replace('/', '+'), 'repo');
  }

  /** False where the folder of snapshots lacks this one. */
  get exists(): boolean {
    return existsSync(this.#gitDirectory);
  }

  /** The output of a git command. @throws Error when it fails. */
  git(...commandArguments: readonly string[]): string {
    const run = spawnSync('git', ['--git-dir', this.#gitDirectory, ...commandArguments], { encoding: 'utf8', maxBuffer: outputLimit });
    if (run.status !== 0) throw new Error(`git ${commandArguments.join(' ')}: ${run.stderr}`);
    return run.stdout;
  }

  /**
   * The Go files of a commit under a folder, which is made unless it is there already. A tree from before modules becomes
   * a module of the given path: that is where GOPATH would have put it.
   */
  extract(commit: string, folder: string, modulePath = `github.com/${this.repository}`): void {
    if (existsSync(folder)) return;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const asked = this.git('ls-tree', '-r', '-z', commit).split('\0').flatMap((entry) => {
      const [, hash, path] = /^100\d+ blob (\w+)\t(.+)$/s.exec(entry) ?? [];
      return hash !== undefined && path !== undefined && isOfGo(path) ? [{ hash, path }] : [];
    });
    this.write(partial, asked);
    if (!existsSync(join(partial, 'go.mod'))) writeFileSync(join(partial, 'go.mod'), `module ${modulePath}\n\ngo 1.16\n`);
    renameSync(partial, folder);
  }

  /** Writes blobs as files. A snapshot may lack some, large ones above all: those are left out. */
  private write(folder: string, blobs: readonly { readonly hash: string; readonly path: string }[]): void {
    const run = spawnSync('git', ['--git-dir', this.#gitDirectory, 'cat-file', '--batch'], { input: blobs.map(({ hash }) => `${hash}\n`).join(''), maxBuffer: outputLimit });
    if (run.status !== 0) throw new Error(`git cat-file: ${String(run.stderr)}`);
    const output = run.stdout;
    let at = 0;
    for (const { path } of blobs) {
      const start = output.indexOf('\n', at) + 1;
      const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', at, start - 1))?.[1]);
      at = start;
      if (Number.isNaN(size)) continue;
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), output.subarray(start, start + size));
      at = start + size + 1;
    }
  }

  /** The TypeScript and JavaScript files of a commit below some of its folders (`.` for all) or files, with their projects' files and those of the folders around it. */
  extractTypeScript(commit: string, folder: string, parts: readonly string[] = ['.']): void {
    if (existsSync(folder)) return;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    const around = new Set<string>();
    for (const part of parts) for (let at = part; at !== '.'; at = dirname(at)) around.add(dirname(at));
    // A folder of that name may be where a project keeps its own packages: if it is asked for, it is not left out.
    const isIn = (path: string): boolean => parts.some((part) => (part === '.' && !path.includes('node_modules/')) || path === part || (path.startsWith(`${part}/`) && !path.slice(part.length).includes('/node_modules/')));
    const isAsked = (path: string): boolean => isOfTypeScript(path) && (isIn(path) || (path.endsWith('.json') && around.has(dirname(path))));
    const asked = this.git('ls-tree', '-r', '--name-only', '-z', commit).split('\0').filter(isAsked);
    // A command line has room for some thousand paths.
    for (let from = 0; from < asked.length; from += pathsAtOnce) {
      const archive = spawnSync('git', ['--git-dir', this.#gitDirectory, '--literal-pathspecs', 'archive', '--format=tar', commit, '--', ...asked.slice(from, from + pathsAtOnce)], { maxBuffer: outputLimit });
      if (archive.status !== 0) throw new Error(`git archive ${commit}: ${String(archive.stderr)}`);
      const unpacked = spawnSync('tar', ['-x', '-C', partial], { input: archive.stdout });
      if (unpacked.status !== 0) throw new Error(`tar: ${String(unpacked.stderr)}`);
    }
    renameSync(partial, folder);
  }
}

/** What of a tree the analysis of Go can use. */
function isOfGo(path: string): boolean {
  return path.endsWith('.go') || ['go.mod', 'go.work', 'modules.txt'].includes(basename(path));
}

/** What projects are made of: sources, and the files that say which belong together. */
function isOfTypeScript(path: string): boolean {
  const name = basename(path);
  return typeScriptEndings.some((ending) => name.endsWith(ending)) || name === 'package.json' || ((name.startsWith('tsconfig') || name.startsWith('jsconfig')) && name.endsWith('.json'));
}

/** Runs the built command line over paths of a folder. @throws Error when it crashes. */
export function check(root: string, folder: string, paths: readonly string[]): CommandReport {
  const run = spawnSync(process.execPath, ['--max-old-space-size=4000', join(root, 'dist', 'cli.js'), 'check', ...paths, '--format', 'json', '--stats', '--no-cache', '--fail-on', 'error'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: outputLimit,
  });
  if (run.status !== 0 && run.status !== 1) throw new Error(`check ${folder}: ended with ${run.status ?? run.signal}: ${run.stderr.slice(0, 500)}`);
  return JSON.parse(run.stdout) as CommandReport;
}
