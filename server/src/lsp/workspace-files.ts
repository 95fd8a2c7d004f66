import ignore, { type Ignore } from 'ignore';
import type { CancellationToken } from 'vscode-languageserver';
import type { FileSystem } from '../workspace/file-system.ts';
import { isInside, join, relative } from '../workspace/paths.ts';
import { isAnalysed } from './analysed-files.ts';
import { throwIfCancelled, turn } from './answering.ts';
import type { Session } from './session.ts';

const slice = 12;

/** Folders that hold code of others, whatever .gitignore says. */
const skippedFolders: ReadonlySet<string> = new Set(['vendor', 'node_modules', '.git', '.hg', '.svn']);

/** The files of all workspace folders that are analysed, sorted, each once; without those that .gitignore leaves out. */
export async function workspaceFiles(session: Session, token: CancellationToken): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const folder of session.configuration.folders) await collect(session.files, folder, token, found);
  return [...found].sort();
}

/** `.gitignore` of a folder, with the path it is relative to. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

async function collect(files: FileSystem, root: string, token: CancellationToken, found: Set<string>): Promise<void> {
  const open: { readonly folder: string; readonly ignores: readonly IgnoreFile[] }[] = [{ folder: root, ignores: [] }];
  // Links into other folders are not followed, so no folder can be met twice.
  let sliceEnd = performance.now() + slice;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (performance.now() >= sliceEnd) {
      await turn();
      throwIfCancelled(token);
      sliceEnd = performance.now() + slice;
    }
    const ignores = withIgnoreFile(files, next.folder, next.ignores);
    for (const entry of files.readDirectory(next.folder)) {
      const path = join(next.folder, entry.name);
      if (entry.kind === 'file' && isAnalysed(path) && !isIgnored(ignores, path, '')) found.add(path);
      if (entry.kind !== 'directory' || entry.symbolicLink || skippedFolders.has(entry.name) || isIgnored(ignores, path, '/')) continue;
      open.push({ folder: path, ignores });
    }
  }
}

function withIgnoreFile(files: FileSystem, folder: string, ignores: readonly IgnoreFile[]): readonly IgnoreFile[] {
  const read = files.readFile(join(folder, '.gitignore'));
  return read.kind === 'text' ? [...ignores, { folder, rules: ignore().add(read.text) }] : ignores;
}

/** The innermost .gitignore that says anything about a path decides; `ending` is `/` for folders. */
function isIgnored(ignores: readonly IgnoreFile[], path: string, ending: '' | '/'): boolean {
  for (const { folder, rules } of [...ignores].reverse()) {
    if (!isInside(folder, path)) continue;
    const answer = rules.test(relative(folder, path) + ending);
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}
