import { isTypeScriptPath, isTypeScriptProjectFile } from '../typescript/files.ts';
import { basename } from '../workspace/paths.ts';

const projectFiles: ReadonlySet<string> = new Set(['go.mod', 'go.work', '.mapwarden.json', '.gitignore']);

/** What the server asks the client to watch. */
export const watchedGlobs: readonly string[] = ['**/*.go', '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', '**/{go.mod,go.work,.mapwarden.json,.gitignore}', '**/{tsconfig*.json,jsconfig.json,package.json}'];

/** True for files that can have findings. */
export function isAnalysed(path: string): boolean {
  return path.endsWith('.go') || isTypeScriptPath(path);
}

/** True for files that decide how others are analysed. */
export function isProjectFile(path: string): boolean {
  return projectFiles.has(basename(path)) || isTypeScriptProjectFile(path);
}
