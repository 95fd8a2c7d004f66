// From paths that somebody names to the files that are analysed. Each language says which names are its files and which
// folders it passes over; .gitignore, links and order are the same for all.

import type { FileSystem } from './file-system.ts';
import { ignoreFilesAround, isIgnored, withIgnoreFile } from './ignored.ts';
import type { IgnoreFile } from './ignored.ts';
import { basename, join, normalize, relative } from './paths.ts';

export interface FileKind {
  /** True for names of files of this kind. A file that is named itself is asked by `accepts`. */
  readonly wants: (name: string) => boolean;
  /** True for names of files that can be analysed when somebody asks for them. */
  readonly accepts: (name: string) => boolean;
  /** False for names of folders whose files are left out, unless the folder or one in it is named. */
  readonly enters: (name: string) => boolean;
}

export interface Discovery {
  readonly fileSystem: FileSystem;
  /** Absolute paths of files and folders; `folder/...` is the same as `folder`. */
  readonly paths: readonly string[];
  readonly kinds: readonly FileKind[];
  /** True for files and folders that a setting leaves out. Files that are named are never asked about. */
  readonly isExcluded?: (path: string) => boolean;
}

export type Discovered =
  /** A file to analyse; `named`: the file itself was named, and not a folder around it. */
  | { readonly kind: 'file'; readonly path: string; readonly named: boolean }
  /** A named path that is no file of any kind, or does not exist. */
  | { readonly kind: 'missing' | 'unknown'; readonly path: string }
  /** A folder is about to be read: a place to pause. */
  | { readonly kind: 'folder'; readonly path: string };

/**
 * The files at and below the named paths, in the order of the paths; within a folder its files by name, then its folders. A file that
 * is reached in two ways is given once, under the name that reached it first. Folders honour .gitignore. A link to a folder is
 * followed if it is named and passed over if it is met, so that no walk runs in circles.
 */
export function* discover(discovery: Discovery): Generator<Discovered, void> {
  const { fileSystem, kinds } = discovery;
  const roots = discovery.paths.map((path) => normalize(path.endsWith('/...') ? path.slice(0, -'...'.length) : path));
  const reached: Reached = { files: new Set(), named: new Set() };
  for (const path of roots) {
    if (fileSystem.kindOf(path) === 'file') reached.named.add(fileSystem.realPath(path));
  }
  for (const path of roots) {
    const kind = fileSystem.kindOf(path);
    if (kind === undefined) yield { kind: 'missing', path };
    else if (kind === 'directory') yield* walk(discovery, path, reached);
    else if (!kinds.some(({ accepts }) => accepts(basename(path)))) yield { kind: 'unknown', path };
    else if (isNew(reached.files, fileSystem.realPath(path))) yield { kind: 'file', path, named: true };
  }
}

/** Real paths: of the files that were given, and of those that were named themselves. */
interface Reached {
  readonly files: Set<string>;
  readonly named: Set<string>;
}

/** A folder that is still to be read. */
interface Open {
  readonly folder: string;
  readonly ignores: readonly IgnoreFile[];
  /** The kinds whose files count here. */
  readonly kinds: readonly FileKind[];
}

function* walk({ fileSystem, kinds, isExcluded = () => false }: Discovery, root: string, reached: Reached): Generator<Discovered, void> {
  const realRoot = fileSystem.realPath(root);
  // No link to a folder is followed below the root, so that names there are real.
  const real = (path: string, isLink: boolean): string => (isLink ? fileSystem.realPath(path) : join(realRoot, relative(root, path)));
  const around = ignoreFilesAround(fileSystem, root);
  // What is named is wanted: where .gitignore leaves the root itself out, only files below it have a say.
  const open: Open[] = [{ folder: root, ignores: isIgnored(around, root, '/') ? [] : around, kinds }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { folder } = next;
    yield { kind: 'folder', path: folder };
    const entries = fileSystem.readDirectory(folder);
    const ignores = withIgnoreFile(fileSystem, folder, isRepository(entries) ? [] : next.ignores);
    const folders: Open[] = [];
    for (const { name, kind, symbolicLink } of entries) {
      const path = join(folder, name);
      if (kind === 'file' && next.kinds.some(({ wants }) => wants(name)) && !isIgnored(ignores, path, '') && !isExcluded(path)) {
        const file = real(path, symbolicLink);
        if (isNew(reached.files, file)) yield { kind: 'file', path, named: reached.named.has(file) };
      }
      if (kind !== 'directory' || symbolicLink) continue;
      const entering = next.kinds.filter(({ enters }) => enters(name));
      if (entering.length > 0 && !isIgnored(ignores, path, '/') && !isExcluded(path)) folders.push({ folder: path, ignores, kinds: entering });
    }
    open.push(...folders.reverse());
  }
}

/** True for the listing of a repository's root: the ignore files of the repository around it do not speak for it. */
function isRepository(entries: readonly { readonly name: string }[]): boolean {
  return entries.some(({ name }) => name === '.git');
}

function isNew(reached: Set<string>, path: string): boolean {
  if (reached.has(path)) return false;
  reached.add(path);
  return true;
}
