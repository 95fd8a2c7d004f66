// What the checker reads: files and how their imports resolve. Packages from the file system have this form, and so have
// the facts about the standard library: a file of theirs is Go source whose functions have no bodies.

import type { File } from '../syntax/ast.ts';

export interface SourceFile {
  readonly path: string;
  readonly syntax: File;
  /** The same declarations without function bodies, in nodes of their own. Importers look at this tree where there is one. */
  readonly outline?: File;
  /** The N of the language version 1.N; undefined if nothing says. */
  readonly languageVersion: { readonly version: number } | undefined;
}

export interface SourcePackage {
  /** Tells packages apart: the same for the same package at any time. */
  readonly id: string;
  /** The import path. Packages of one path are the same package to the type system. */
  readonly path: string;
  readonly name: string;
  readonly directory?: string;
  readonly files: readonly SourceFile[];
  /** The files whose expressions are asked about through this package; every file if left out. */
  readonly ownFiles?: readonly SourceFile[];
  /** True if only declarations are asked for, by those who import the package. */
  readonly isOutline?: boolean;
  /** True for a build of another platform than the environment's. */
  readonly foreign?: boolean;
  /** The platform that chose the files. */
  readonly target?: { readonly goos: string };
  /** The package an import path means in this package's files, or undefined. */
  resolveImport(path: string): SourcePackage | undefined;
}
