import { basename } from '../workspace/paths.ts';

const projectFiles: ReadonlySet<string> = new Set(['go.mod', 'go.work', '.mapwarden.json', '.gitignore']);

/** What the server asks the client to watch. */
export const watchedGlobs: readonly string[] = ['**/*.go', '**/{go.mod,go.work,.mapwarden.json,.gitignore}'];

/** True for files that can have findings. */
export function isAnalysed(path: string): boolean {
  return path.endsWith('.go');
}

/** True for files that decide how others are analysed. */
export function isProjectFile(path: string): boolean {
  return projectFiles.has(basename(path));
}
