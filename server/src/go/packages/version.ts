// Versions of Go.

/**
 * The N of Go 1.N: 21 stands for Go 1.21 and each of its patch releases and candidates. What the language and the
 * standard library offer changes with N only.
 */
export type GoVersion = number;

/** The newest Go release that this analyzer knows: release tags up to this one hold when files are chosen. */
export const newestGoVersion: GoVersion = 27;

/** The language version of a module whose go.mod has no go line. */
export const versionWithoutGoLine: GoVersion = 16;

/**
 * The N of a Go version as it is written in go.mod, settings and toolchain names: `1.21`, `1.21.3`, `1.22rc1`, `go1.21`,
 * `go1.21.3-custom`. Undefined for anything that is no version of Go 1.
 */
export function parseGoVersion(text: string): GoVersion | undefined {
  const match = /^(?:go)?1(?:\.(0|[1-9][0-9]{0,4})(?:\.(?:0|[1-9][0-9]*)|(?:alpha|beta|rc)(?:0|[1-9][0-9]*))?)?(?:-.*)?$/.exec(text.trim());
  return match ? Number(match[1] ?? 0) : undefined;
}

/** `1.21` for 21. */
export function formatGoVersion(version: GoVersion): string {
  return `1.${version}`;
}

/** A version with where it comes from, in words for messages: `go 1.20 in go.mod line 3`, `//go:build go1.18`. */
export interface VersionWithReason {
  readonly version: GoVersion;
  readonly reason: string;
}

/** What a file may use. Undefined fields: nothing says (a loose file without go.mod). */
export interface FileVersions {
  /**
   * The lowest language version that any toolchain which can build the file applies to it. A fix may use a language
   * feature (a builtin, per-iteration loop variables) only if it is in this version.
   */
  readonly language: VersionWithReason | undefined;
  /**
   * The highest language version that some such toolchain applies. It differs from `language` only under a `//go:build` line that
   * implies a version below Go 1.21: Go 1.21 and 1.22 apply that version, Go 1.23.1 and later apply 1.21. Saying that something is
   * too new for a file is true for every toolchain only above this version.
   */
  readonly languageCeiling: VersionWithReason | undefined;
  /** The oldest standard library that the file is ever built with: the larger of the go line and the implied minimum. */
  readonly libraryFloor: VersionWithReason | undefined;
}

/**
 * The versions of a file from the version its module says and the minimum that its build constraint implies.
 * See golang/go#68658 for how the meaning of a minimum below Go 1.21 changed within Go 1.23.
 */
export function fileVersions(module: VersionWithReason | undefined, constraint: VersionWithReason | undefined): FileVersions {
  if (!constraint) return { language: module, languageCeiling: module, libraryFloor: module };
  const libraryFloor = module && module.version >= constraint.version ? module : constraint;
  // From 1.21 on every toolchain that builds the file agrees: the constraint decides, upwards and downwards.
  if (constraint.version >= 21) return { language: constraint, languageCeiling: constraint, libraryFloor };
  const raised: VersionWithReason = { version: 21, reason: constraint.reason };
  // Have: an implied minimum below 1.21. A module of 1.24 or later is built only by toolchains that take max(minimum, 1.21).
  if (module && module.version >= 24) return { language: raised, languageCeiling: raised, libraryFloor };
  // Go 1.20 and earlier ignore the constraint: the go line counts there, as long as one of them can build the module.
  const language = module && module.version < constraint.version ? module : constraint;
  return { language, languageCeiling: raised, libraryFloor };
}
