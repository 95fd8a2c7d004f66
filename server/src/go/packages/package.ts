// What a Go file belongs to: its package, its module, and how its imports resolve. Everything is read from sources and
// go.mod files; no Go toolchain is asked.

import type { File } from '../syntax/ast.ts';
import type { BuildTarget } from './target.ts';
import type { GoVersion, VersionWithReason } from './version.ts';

/** Where a file comes from; `workspace` is what the user works on (GOROOT too, when that is what is analysed). */
export type FileOrigin = 'workspace' | 'vendor' | 'module-cache';

/**
 * One Go source file. The object is replaced when the text changes, and shared by every package that the file is part of, so
 * that it (or its syntax tree) can be used as the key of a cache. The tree is read when it is first asked for.
 */
export interface GoFile {
  readonly path: string;
  /** The decoded text that offsets refer to. */
  readonly text: string;
  /** Changes whenever the text does. */
  readonly version: string;
  readonly syntax: File;
  /** The declarations without function bodies: nodes of their own, for those who import the package. */
  readonly outline: File;
  /** The name of the package clause; empty if the file has none that can be read. */
  readonly packageName: string;
  /** The unquoted import paths in source order, each once, without `C`. */
  readonly imports: readonly string[];
  /** The lowest language version any toolchain applies to the file; undefined if nothing says. See FileVersions. */
  readonly languageVersion: VersionWithReason | undefined;
  /** The highest language version some toolchain applies to the file; nearly always the same. */
  readonly languageCeiling: VersionWithReason | undefined;
  /** The oldest standard library the file is built with; undefined if nothing says. */
  readonly libraryFloor: VersionWithReason | undefined;
  /** True if a line `// Code generated … DO NOT EDIT.` stands before the package clause. */
  readonly generated: boolean;
  readonly origin: FileOrigin;
  /** True if the file imports "C": names from C are unknown. */
  readonly usesCgo: boolean;
  /** True for `_test.go` files. */
  readonly isTest: boolean;
  /** The build constraint as written (`linux && !cgo`), file-name constraints not included; undefined if there is none. */
  readonly constraint: string | undefined;
  /** Why the file is not built for the environment's platform, in words; undefined if it is. */
  readonly excludedBy: string | undefined;
}

/**
 * One unit of type checking. A folder gives several: the library, the library with its in-package tests, the external
 * tests, and those again for each build target that the files of the current platform leave something out for.
 *
 * The object stays the same while the same files belong to it; `files` holds the current file objects.
 */
export interface GoPackage {
  /** Tells packages apart: import path, kind and build target. Stable between runs. */
  readonly id: string;
  /** The import path: `example.com/m/a`; `example.com/m/a_test` for external tests; the folder's path for loose files. */
  readonly path: string;
  /** The name of the package clauses. */
  readonly name: string;
  readonly directory: string;
  /**
   * `library`: the files without `_test.go`. `test`: those and the `_test.go` files of the same package name.
   * `external-test`: the `_test.go` files of package `x_test`; its import of `x` resolves to the `test` package.
   */
  readonly kind: 'library' | 'test' | 'external-test';
  /** All files of the package, sorted by path. */
  readonly files: readonly GoFile[];
  /**
   * The files that findings are reported from in this package, so that each file is analysed once: the whole library, the
   * `_test.go` files of a `test` package, the files that no other target selects of another target's package.
   */
  readonly ownFiles: readonly GoFile[];
  /** For `test` and `external-test` the library they test, if it has files; undefined for a library. */
  readonly library: GoPackage | undefined;
  /** Undefined for loose files. */
  readonly module: GoModule | undefined;
  /** True for packages of the modules `std` and `cmd`, when their sources are what is analysed. */
  readonly standardLibrary: boolean;
  /** True for a package that was reached by an import from another module (vendor, module cache): only its declarations matter. */
  readonly dependency: boolean;
  /** True for a build of another platform or other tags than the environment's. */
  readonly foreign: boolean;
  /** The platform and tags that chose the files. */
  readonly target: BuildTarget;
  /**
   * The package that an import path means in this package's files, for this package's target. Undefined if the path is unknown, not
   * visible (`internal`), or known only from the facts about the standard library. Cheap; never cached by the package.
   */
  resolveImport(path: string): GoPackage | undefined;
}

/** A fault in a go.mod, go.work or modules.txt file; 1-based line, 0 for the whole file. */
export interface ModuleNotice {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
}

export interface ModuleReplace {
  readonly path: string;
  /** Undefined: every version is replaced. */
  readonly version: string | undefined;
  readonly replacement:
    | { readonly kind: 'module'; readonly path: string; readonly version: string }
    | { readonly kind: 'directory'; readonly directory: string };
}

export interface GoModule {
  /** The module path; empty if go.mod does not say. */
  readonly path: string;
  /** The folder of its go.mod (for a vendored module: its folder below `vendor`). */
  readonly directory: string;
  /** Set for a dependency from the module cache or vendor folder. */
  readonly version: string | undefined;
  /** The version of the go line; 16 if there is no go line; undefined if there is one that cannot be read. A setting may put another one in its place for single files. */
  readonly goVersion: GoVersion | undefined;
  /** The same, with where it comes from. */
  readonly goVersionReason: VersionWithReason | undefined;
  readonly toolchain: string | undefined;
  readonly requires: readonly ModuleVersion[];
  readonly replaces: readonly ModuleReplace[];
  readonly notices: readonly ModuleNotice[];
}
