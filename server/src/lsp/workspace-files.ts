import type { CancellationToken } from 'vscode-languageserver';
import { discover, type FileKind } from '../workspace/discover.ts';
import { skippedFolders } from '../workspace/ignored.ts';
import { isAnalysed } from './analysed-files.ts';
import { throwIfCancelled, turn } from './answering.ts';
import type { Session } from './session.ts';

/** Milliseconds of work between two looks at the messages. */
const slice = 12;

const analysedFiles: FileKind = { wants: isAnalysed, accepts: isAnalysed, enters: (name) => !skippedFolders.has(name) };

/** The files of all workspace folders that are analysed, folder by folder, each once; without those that .gitignore leaves out. */
export async function workspaceFiles(session: Session, token: CancellationToken): Promise<readonly string[]> {
  const found: string[] = [];
  let sliceEnd = performance.now() + slice;
  for (const place of discover({ fileSystem: session.files, paths: session.configuration.folders, kinds: [analysedFiles] })) {
    if (place.kind === 'file') found.push(place.path);
    if (performance.now() < sliceEnd) continue;
    await turn();
    throwIfCancelled(token);
    sliceEnd = performance.now() + slice;
  }
  return found;
}
