import picomatch from 'picomatch';
import { isInside, relative } from '../workspace/paths.ts';

/** Globs and the folder that they are relative to; undefined where there is none (settings that belong to no folder). */
export interface GlobSet {
  readonly folder: string | undefined;
  readonly patterns: readonly Pattern[];
}

interface Pattern {
  /** Begins with `**`: matches wherever the file lies. */
  readonly anywhere: boolean;
  readonly matches: (path: string) => boolean;
}

/** What is wrong with a glob, or undefined when it can be used. */
export function faultOf(glob: string): string | undefined {
  const pattern = clean(glob);
  if (pattern === '') return 'it is empty';
  if (pattern.startsWith('!')) return 'a glob cannot be negated';
  if (pattern === '..' || pattern.startsWith('../')) return 'it leaves the folder of the configuration';
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return firstClause(error instanceof Error ? error.message : String(error));
  }
}

/** Globs that cannot be used are left out; `faultOf` says why. */
export function globSet(folder: string | undefined, globs: readonly string[]): GlobSet {
  const patterns = globs.filter((glob) => faultOf(glob) === undefined).map((glob) => {
    const pattern = clean(glob);
    return { anywhere: pattern.startsWith('**'), matches: compile(pattern) };
  });
  return { folder, patterns };
}

/** True if a glob matches the path or a folder around it: `internal/old` speaks for everything in that folder. */
export function matchesAny(globs: GlobSet, path: string): boolean {
  if (globs.patterns.length === 0) return false;
  const inside = globs.folder !== undefined && isInside(globs.folder, path);
  const tail = inside ? relative(globs.folder, path) : path.replace(/^[/]+/, '');
  return globs.patterns.some((pattern) => (inside || pattern.anywhere) && matchesWithin(pattern, tail));
}

function matchesWithin({ matches }: Pattern, path: string): boolean {
  if (matches(path)) return true;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    if (slash > 0 && matches(path.slice(0, slash))) return true;
  }
  return false;
}

/** Without the ways of writing a relative path that mean nothing: `./`, `/` in front, `/` at the end. */
function clean(glob: string): string {
  return glob.trim().replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
}

function compile(pattern: string): (path: string) => boolean {
  return picomatch(pattern, { dot: true, windows: false, posix: true, strictBrackets: true });
}

/** picomatch's message without its advice. */
function firstClause(message: string): string {
  const text = message.split(' - ')[0]!;
  return text.charAt(0).toLowerCase() + text.slice(1);
}
