// From what somebody names to the files that are analysed.

import ignore, { type Ignore } from 'ignore';
import type { FileSystem } from '../workspace/file-system.ts';
import { dirname, isInside, join, relative } from '../workspace/paths.ts';

export interface SourceFile {
  readonly path: string;
  /** True if the file itself was named, and not a folder around it: then it is analysed whatever it is. */
  readonly named: boolean;
}

/** Folders that hold the code of others or none, unless they are named. */
const skippedFolders: ReadonlySet<string> = new Set(['vendor', 'node_modules', '.git', '.hg', '.svn']);

/**
 * The source files at and below some paths, folder by folder in the order of their names, each file once. Folders honour
 * .gitignore; a link to a folder is followed when it is named, and not when it is met.
 */
export function sourcesAt(fileSystem: FileSystem, paths: readonly string[], isSource: (path: string) => boolean): readonly SourceFile[] {
  const found = new Map<string, SourceFile>();
  // One file reached in two ways is analysed once, under the name it was reached by first.
  const take = (real: string, path: string, named: boolean): void => {
    if (!found.has(real)) found.set(real, { path, named });
  };
  for (const path of paths) {
    const real = fileSystem.realPath(path);
    // What is neither file nor folder is left to whoever reads it: they can say why it cannot be read.
    if (fileSystem.kindOf(path) !== 'directory') take(real, path, true);
    else {
      new FolderWalk(fileSystem, path, (file, symbolicLink) => {
        // No link to a folder is followed on the way, so that below the root names are real.
        if (isSource(file)) take(symbolicLink ? fileSystem.realPath(file) : join(real, relative(path, file)), file, false);
      }).run();
    }
  }
  return [...found.values()];
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

class FolderWalk {
  readonly #fileSystem: FileSystem;
  readonly #root: string;
  readonly #visit: (path: string, symbolicLink: boolean) => void;

  constructor(fileSystem: FileSystem, root: string, visit: (path: string, symbolicLink: boolean) => void) {
    this.#fileSystem = fileSystem;
    this.#root = root;
    this.#visit = visit;
  }

  run(): void {
    const around = ignoreFilesAround(this.#fileSystem, this.#root);
    // What is named is wanted: where .gitignore leaves the folder itself out, only those below it have a say.
    this.#folder(this.#root, isIgnored(around, this.#root, '/') ? [] : around);
  }

  #folder(folder: string, above: readonly IgnoreFile[]): void {
    const ignores = withIgnoreFile(this.#fileSystem, folder, above);
    const entries = this.#fileSystem.readDirectory(folder);
    for (const { name, kind, symbolicLink } of entries) {
      const path = join(folder, name);
      if (kind === 'file' && !isIgnored(ignores, path, '')) this.#visit(path, symbolicLink);
    }
    for (const { name, kind, symbolicLink } of entries) {
      const path = join(folder, name);
      if (kind !== 'directory' || symbolicLink || skippedFolders.has(name) || isIgnored(ignores, path, '/')) continue;
      this.#folder(path, ignores);
    }
  }
}

/** The ignore files of the folders around a folder, up to the root of its repository, outermost first. */
function ignoreFilesAround(fileSystem: FileSystem, folder: string): readonly IgnoreFile[] {
  if (fileSystem.kindOf(join(folder, '.git')) !== undefined) return [];
  const folders: string[] = [];
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    folders.unshift(parent);
    if (fileSystem.kindOf(join(parent, '.git')) !== undefined) break;
    // Outside a repository git would ignore nothing.
    if (parent === dirname(parent)) return [];
  }
  return folders.reduce<readonly IgnoreFile[]>((known, around) => withIgnoreFile(fileSystem, around, known), []);
}

function withIgnoreFile(fileSystem: FileSystem, folder: string, above: readonly IgnoreFile[]): readonly IgnoreFile[] {
  const read = fileSystem.readFile(join(folder, '.gitignore'));
  return read.kind === 'text' ? [...above, { folder, rules: ignore().add(read.text) }] : above;
}

/** The innermost file that says anything about a path decides; `ending` is `/` for folders. */
function isIgnored(ignores: readonly IgnoreFile[], path: string, ending: '' | '/'): boolean {
  for (const { folder, rules } of [...ignores].reverse()) {
    if (path === folder || !isInside(folder, path)) continue;
    const answer = rules.test(relative(folder, path) + ending);
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}
