// Which files below a folder are somebody's own work: .gitignore, and the folders that hold code of others.

import ignore, { type Ignore } from 'ignore';
import type { FileSystem } from './file-system.ts';
import { dirname, isInside, join, relative } from './paths.ts';

/** Folders that hold the code of others or none, unless they are named. */
export const skippedFolders: ReadonlySet<string> = new Set(['vendor', 'node_modules', '.git', '.hg', '.svn']);

/** A `.gitignore` with the folder that its patterns are relative to. */
export interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The ignore files of the folders around a folder, up to the root of its repository, outermost first. */
export function ignoreFilesAround(files: FileSystem, folder: string): readonly IgnoreFile[] {
  const around: string[] = [];
  let inner = folder;
  while (files.kindOf(join(inner, '.git')) === undefined) {
    const outer = dirname(inner);
    // Outside a repository git would ignore nothing.
    if (outer === inner) return [];
    around.unshift(outer);
    inner = outer;
  }
  return around.reduce<readonly IgnoreFile[]>((known, outer) => withIgnoreFile(files, outer, known), []);
}

/** The ignore files that hold in a folder, when `above` hold around it. */
export function withIgnoreFile(files: FileSystem, folder: string, above: readonly IgnoreFile[]): readonly IgnoreFile[] {
  const read = files.readFile(join(folder, '.gitignore'));
  return read.kind === 'text' ? [...above, { folder, rules: ignore().add(read.text) }] : above;
}

/** The innermost file that says anything about a path decides; `ending` is `/` for folders. */
export function isIgnored(ignores: readonly IgnoreFile[], path: string, ending: '' | '/'): boolean {
  for (const { folder, rules } of [...ignores].reverse()) {
    if (path === folder || !isInside(folder, path)) continue;
    const answer = rules.test(relative(folder, path) + ending);
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}
