// Which files are TypeScript or JavaScript.

import type { FileKind } from '../workspace/discover.ts';

const extensions: readonly string[] = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const declarationEndings: readonly string[] = ['.d.ts', '.d.mts', '.d.cts'];

/** Folders of code that somebody else wrote, and that nobody edits. */
const foldersOfOthers: ReadonlySet<string> = new Set(['node_modules', 'bower_components', 'jspm_packages']);

/** True for source files. Declaration files hold no code. */
export function isTypeScriptPath(path: string): boolean {
  return extensions.some((extension) => path.endsWith(extension)) && !isDeclarationPath(path);
}

/** True for source files without types. */
export function isJavaScriptPath(path: string): boolean {
  return extensions.slice(extensions.indexOf('.js')).some((extension) => path.endsWith(extension));
}

/** `x.d.ts`, and `x.d.css.ts` for files of other kinds. */
function isDeclarationPath(path: string): boolean {
  if (declarationEndings.some((ending) => path.endsWith(ending))) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.ts') && name.includes('.d.');
}

/** True for `jquery.min.js`: what a tool made of another file. */
function isMinified(name: string): boolean {
  return name.endsWith('.min.js') || name.endsWith('.min.mjs') || name.endsWith('.min.cjs');
}

export const typeScriptFiles: FileKind = {
  wants: (name) => isTypeScriptPath(name) && !isMinified(name),
  accepts: isTypeScriptPath,
  enters: (name) => !foldersOfOthers.has(name),
};

/** True for files that decide how a project's sources are read. */
export function isTypeScriptProjectFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'package.json' || name === 'jsconfig.json' || (name.startsWith('tsconfig') && name.endsWith('.json'));
}

/** True for files that only tests run: `x.test.ts`, `x.spec.tsx`, and what lies in a folder of tests. */
export function isTestPath(path: string): boolean {
  const parts = path.split('/');
  const words = parts.pop()!.split('.');
  if (words.slice(1, -1).some((word) => word === 'test' || word === 'spec')) return true;
  return parts.some((part) => testFolders.has(part));
}

const testFolders: ReadonlySet<string> = new Set(['__tests__', '__mocks__', 'test', 'tests', 'e2e', 'spec']);
