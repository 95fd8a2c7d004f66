// The standard library as facts that are shipped with Mapwarden: the declarations of every importable package of the newest
// Go release, without function bodies, as Go source. Written by server/tools/go-facts; its main.go says how the file is laid out.
// A package is cut out of the text and parsed when it is first asked for.

import type { File } from '../../syntax/ast.ts';
import { parseFile } from '../../syntax/parser.ts';
import { newestGoVersion } from '../../packages/version.ts';
import type { SourceFile, SourcePackage } from '../source.ts';
import facts from './facts.txt';
import { syncPackages } from './sync-packages.ts';

/** A package of the facts. Its one file has the path `std:` and the import path. */
export interface StandardPackage extends SourcePackage {
  readonly files: readonly [StandardFile];
}

export interface StandardFile extends SourceFile {
  readonly text: string;
}

const sectionMark = '\f';
const packages = new Map<string, StandardPackage>();
let sections: ReadonlyMap<string, Section> | undefined;

/** Where a section's Go file is in the facts. */
interface Section {
  readonly start: number;
  readonly end: number;
}

/**
 * The package of the standard library, or of golang.org/x/sync, with that import path; undefined if there is none. `unsafe` is not among them. The internal
 * packages that declarations mention are; who may import them is the importer's question.
 *
 * @param goos the operating system, where that decides what the package declares (`syscall`)
 */
export function standardPackage(path: string, goos = 'linux'): StandardPackage | undefined {
  const key = `${path}@${goos}`;
  const known = packages.get(key);
  if (known) return known;
  const section = hasStandardPackage(path) ? (sectionsByName().get(key) ?? sectionsByName().get(path)) : undefined;
  const text = section ? facts.slice(section.start, section.end) : syncPackages.get(path);
  const made = text === undefined ? undefined : new ParsedPackage(path, goos, text);
  if (made) packages.set(key, made);
  return made;
}

/** True if the standard library has a package of that path; cheaper than reading it. */
export function hasStandardPackage(path: string): boolean {
  return !path.includes('@') && sectionsByName().has(path);
}

/** The import paths of the packages that programs can import, sorted. */
export function standardPackagePaths(): readonly string[] {
  return [...sectionsByName().keys()].filter((path) => !path.includes('@') && !path.split('/').includes('internal'));
}

/** The Go release the facts describe, as `go1.27.0`, and the hash of what wrote them. */
export function factsOrigin(): { readonly release: string; readonly generator: string } {
  const [, release = '', generator = ''] = facts.slice(0, facts.indexOf(sectionMark)).split('\n');
  return { release, generator };
}

function sectionsByName(): ReadonlyMap<string, Section> {
  sections ??= findSections();
  return sections;
}

function findSections(): ReadonlyMap<string, Section> {
  const found = new Map<string, Section>();
  for (let mark = facts.indexOf(sectionMark); mark >= 0; ) {
    const line = facts.indexOf('\n', mark);
    const next = facts.indexOf(sectionMark, line);
    found.set(facts.slice(mark + 1, line), { start: line + 1, end: next < 0 ? facts.length : next });
    mark = next;
  }
  return found;
}

class ParsedPackage implements StandardPackage {
  readonly id: string;
  readonly name: string;
  readonly files: readonly [StandardFile];
  /** Nobody asks about expressions in the facts, and their trees are shared. */
  readonly ownFiles: readonly StandardFile[] = [];
  constructor(readonly path: string, private readonly goos: string, text: string) {
    this.id = `std:${path}@${goos}`;
    // The section begins with the package clause, which may end in a comment.
    this.name = text.slice('package '.length, text.indexOf('\n')).split('//', 1)[0] ?? '';
    this.files = [new ParsedFile(`std:${path}`, text)];
  }

  resolveImport(path: string): SourcePackage | undefined {
    return standardPackage(path, this.goos);
  }
}

class ParsedFile implements StandardFile {
  readonly languageVersion = { version: newestGoVersion };
  private tree: File | undefined;
  constructor(readonly path: string, readonly text: string) {}

  get syntax(): File {
    this.tree ??= parseFile(this.text);
    return this.tree;
  }
}

