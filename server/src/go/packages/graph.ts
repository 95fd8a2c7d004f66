// The packages of everything that is analysed.

import type { File } from '../syntax/ast.ts';
import type { FileSystem } from '../../workspace/file-system.ts';
import type { GoFile, GoPackage, GoModule, ModuleNotice } from './package.ts';
import type { GoVersion } from './version.ts';

/** Where Go's own files are, as far as known, and the platform that files are chosen for. */
export interface GoEnvironment {
  readonly goos: string;
  readonly goarch: string;
  readonly goroot?: string;
  readonly gomodcache?: string;
  /** As the variable GOWORK: `off`, or the path of a go.work file that replaces the search for one. */
  readonly gowork?: string;
  /** Build tags that hold besides those of the platform. */
  readonly tags?: readonly string[];
}

export interface PackageGraphOptions {
  readonly fileSystem: FileSystem;
  readonly environment: GoEnvironment;
  /** The version that a setting puts in the place of a go line, for the files of a folder. */
  readonly goVersionFor?: (directory: string) => { readonly version: GoVersion; readonly reason: string } | undefined;
  /** Texts of more UTF-16 units than this are skipped. */
  readonly maxFileSize?: number;
}

/** `content`: the text of a file changed. `list`: a file or folder came or went. */
export type ChangeKind = 'content' | 'list';

export declare class PackageGraph {
  constructor(options: PackageGraphOptions);

  /** The file, or undefined if it cannot be read as text (then `skipReason` says why). */
  file(path: string): GoFile | undefined;

  /** Why a file cannot be analysed: missing, unreadable, binary, too large. Undefined if it can. */
  skipReason(path: string): string | undefined;

  /** The package that findings of the file are reported from (`ownFiles` holds it); undefined if the file cannot be read. */
  packageOf(path: string): GoPackage | undefined;

  /** The packages of a folder for the environment's platform: library, test, external-test, as far as they have files. */
  packagesIn(directory: string): readonly GoPackage[];

  /**
   * All packages of a folder: those of the environment's platform, then the file sets in which the remaining files build.
   * Each readable Go file of the folder is in `ownFiles` of exactly one of them.
   */
  variantsOf(directory: string): readonly GoPackage[];

  /** The module that the files of a folder belong to; undefined outside any module. */
  moduleOf(directory: string): GoModule | undefined;

  /** The faults in the go.mod and go.work files that a folder depends on. */
  noticesFor(directory: string): readonly ModuleNotice[];

  /** The loaded packages with a file that imports a package of this folder. */
  importersOf(directory: string): readonly GoPackage[];

  /** Says that something changed on disk or in an editor. Answers the folders whose packages may be others now. */
  invalidate(path: string, change: ChangeKind): readonly string[];

  /** Hands over the tree of a changed text, so that it is not parsed again. It is used if `text` is the file's text when it is next asked for. */
  adopt(path: string, text: string, syntax: File): void;

  /** Says that `goVersionFor` answers differently now. */
  versionsChanged(): void;

  /** Drops trees and packages kept for a folder; they are read again when asked for. */
  release(directory: string): void;
}
