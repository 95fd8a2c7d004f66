import picomatch from 'picomatch';
import { isInside, relative } from '../workspace/paths.ts';
import type { FaultValue } from './faults.ts';

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
export function faultOf(glob: string): FaultValue | undefined {
  const pattern = clean(glob);
  if (pattern === '') return { en: 'it is empty', 'zh-cn': '它是空的' };
  if (pattern.startsWith('!')) return { en: 'a glob cannot be negated', 'zh-cn': '不支持取反' };
  if (pattern === '..' || pattern.startsWith('../')) return { en: 'it leaves the folder of the configuration', 'zh-cn': '它超出了配置所在的文件夹' };
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError && error.message.includes('maximum')) return { en: 'it is too long', 'zh-cn': '它太长了' };
    return { en: 'its brackets do not match', 'zh-cn': '括号不匹配' };
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
