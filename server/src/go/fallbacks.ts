// Pairs of files that give the same declarations for different Go releases, and where such a pair is wrong: a release that
// builds both, or one between them that builds neither.

import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { collectTags, goBuildText, parseConstraint, releaseOf, satisfies } from './packages/constraint.ts';
import type { Constraint } from './packages/constraint.ts';
import type { GoFile } from './packages/package.ts';
import { newestGoVersion } from './packages/version.ts';
import type { GoVersion } from './packages/version.ts';
import type { Span } from '../text/span.ts';

export interface FallbackFault {
  readonly kind: 'overlap' | 'gap';
  /** The file for older releases, where the fault is shown. */
  readonly file: GoFile;
  readonly constraint: Span;
  readonly other: GoFile;
  readonly otherConstraint: Span;
  /** The base name of the other file. */
  readonly otherName: string;
  /** A declaration that both files give. */
  readonly name: string;
  /** The first release for which it goes wrong. */
  readonly version: GoVersion;
}

interface VersionedFile {
  readonly file: GoFile;
  readonly span: Span;
  /** By release: true where the file is built. */
  readonly built: readonly boolean[];
  readonly names: ReadonlySet<string>;
}

/** The faults among the files of one folder, sorted by path; at most one for each pair of files. */
export function fallbackFaults(files: readonly GoFile[]): readonly FallbackFault[] {
  const versioned = files.flatMap((file) => versionedFile(file) ?? []);
  const floor = oldestRelease(files);
  const faults: FallbackFault[] = [];
  for (const [at, first] of versioned.entries()) {
    for (const second of versioned.slice(at + 1)) {
      const fault = faultBetween(first, second, versioned, floor);
      if (fault) faults.push(fault);
    }
  }
  return faults.sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** The file with the releases that build it, if its constraint speaks of releases only. */
function versionedFile(file: GoFile): VersionedFile | undefined {
  // Asked of the header, so that a file without a constraint is not parsed for this.
  if (file.constraint === undefined || file.isTest || hasPlatformName(file)) return undefined;
  const line = goBuildLine(file);
  const constraint = line && parseConstraint(line.text);
  if (!line || !constraint || !speaksOfReleasesOnly(constraint)) return undefined;
  const built = Array.from({ length: newestGoVersion + 1 }, (_, release) => satisfies(constraint, (tag) => releaseOf(tag) <= release));
  return { file, span: line.span, built, names: declaredNames(file.syntax) };
}

function speaksOfReleasesOnly(constraint: Constraint): boolean {
  const tags = new Set<string>();
  collectTags(constraint, tags);
  return [...tags].every((tag) => releaseOf(tag) >= 0);
}

function goBuildLine(file: GoFile): { text: string; span: Span } | undefined {
  for (const comment of file.syntax.comments) {
    if (comment.pos > file.syntax.name.pos) return undefined;
    const text = goBuildText(file.text.slice(comment.pos, comment.end));
    if (text !== undefined) return { text, span: { start: comment.pos, end: comment.end } };
  }
  return undefined;
}

/** True if the file's name may choose a platform: then two files may differ by more than the release. */
function hasPlatformName(file: GoFile): boolean {
  return file.path.slice(file.path.lastIndexOf('/') + 1).includes('_');
}

function declaredNames(syntax: ast.File): ReadonlySet<string> {
  const names = new Set<string>();
  for (const declaration of syntax.decls) {
    if (declaration.kind === NodeKind.FuncDecl && !declaration.recv && declaration.name.name !== 'init') names.add(declaration.name.name);
    if (declaration.kind !== NodeKind.GenDecl) continue;
    for (const spec of declaration.specs) {
      if (spec.kind === NodeKind.TypeSpec) names.add(spec.name.name);
      if (spec.kind === NodeKind.ValueSpec) for (const name of spec.names) names.add(name.name);
    }
  }
  names.delete('_');
  return names;
}

/** Releases below the module's go line are not asked about. */
function oldestRelease(files: readonly GoFile[]): GoVersion {
  const versions = files.filter((file) => file.constraint === undefined).flatMap((file) => file.languageVersion?.version ?? []);
  return versions.length === 0 ? 1 : Math.min(...versions);
}

function faultBetween(first: VersionedFile, second: VersionedFile, all: readonly VersionedFile[], floor: GoVersion): FallbackFault | undefined {
  const name = [...first.names].find((each) => second.names.has(each));
  if (name === undefined) return undefined;
  const releases = Array.from({ length: newestGoVersion - floor + 1 }, (_, at) => floor + at);
  const overlap = releases.find((release) => first.built[release] && second.built[release]);
  const [older, newer] = first.built[newestGoVersion] ? [second, first] : [first, second];
  if (overlap !== undefined) return faultAt('overlap', older, newer, name, overlap);
  const declaring = all.filter((each) => each.names.has(name));
  const missing = (release: GoVersion): boolean => !declaring.some((each) => each.built[release]);
  const gap = releases.find((release) => missing(release) && releases.some((r) => r < release && older.built[r]) && releases.some((r) => r > release && newer.built[r]));
  return gap === undefined ? undefined : faultAt('gap', older, newer, name, gap);
}

function faultAt(kind: 'overlap' | 'gap', older: VersionedFile, newer: VersionedFile, name: string, version: GoVersion): FallbackFault {
  const otherName = newer.file.path.slice(newer.file.path.lastIndexOf('/') + 1);
  return { kind, file: older.file, constraint: older.span, other: newer.file, otherConstraint: newer.span, otherName, name, version };
}
