// Versions of Go, of modules, and of what a file may use.

import { impliedGoVersion } from './constraint.ts';
import type { BuildLines } from './header.ts';

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
 * The versions of a file from the version its module says and its build constraint. Only a `//go:build` line touches the language
 * version; the library floor follows from either kind of line, as the file is never built below the version that it implies.
 * See golang/go#68658 for how the meaning of a minimum below Go 1.21 changed within Go 1.23.
 */
export function fileVersions(module: VersionWithReason | undefined, build: BuildLines): FileVersions {
  const implied = build.kind === 'constraint' ? impliedGoVersion(build.constraint) : undefined;
  if (build.kind !== 'constraint' || implied === undefined) return { language: module, languageCeiling: module, libraryFloor: module };
  const constraint: VersionWithReason = { version: implied, reason: build.goBuild ? `//go:build ${build.text}` : `// ${build.text}` };
  const libraryFloor = module && module.version >= implied ? module : constraint;
  if (!build.goBuild) return { language: module, languageCeiling: module, libraryFloor };
  // From 1.21 on every toolchain that builds the file agrees: the constraint decides, upwards and downwards.
  if (implied >= 21) return { language: constraint, languageCeiling: constraint, libraryFloor };
  const raised: VersionWithReason = { version: 21, reason: constraint.reason };
  // Have: an implied minimum below 1.21. A module of 1.24 or later is built only by toolchains that take max(minimum, 1.21).
  if (module && module.version >= 24) return { language: raised, languageCeiling: raised, libraryFloor };
  // Go 1.20 and earlier ignore the constraint: the go line counts there, as long as one of them can build the module.
  const language = module && module.version < implied ? module : constraint;
  return { language, languageCeiling: raised, libraryFloor };
}

/** Orders two module versions as semantic versions do; build metadata does not count. */
export function compareModuleVersions(a: string, b: string): number {
  const x = semanticParts(a);
  const y = semanticParts(b);
  for (let i = 0; i < 3; i++) {
    const difference = x.numbers[i]! - y.numbers[i]!;
    if (difference !== 0) return difference;
  }
  // A version without a pre-release is newer than the same with one.
  if (x.pre.length === 0 || y.pre.length === 0) return y.pre.length - x.pre.length;
  for (let i = 0; i < Math.max(x.pre.length, y.pre.length); i++) {
    const order = comparePreRelease(x.pre[i], y.pre[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function semanticParts(version: string): { readonly numbers: readonly number[]; readonly pre: readonly string[] } {
  const [core = ''] = version.replace(/^v/, '').split('+');
  const dash = core.indexOf('-');
  const numbers = (dash < 0 ? core : core.slice(0, dash)).split('.').map((part) => Number(part) || 0);
  return { numbers: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0], pre: dash < 0 ? [] : core.slice(dash + 1).split('.') };
}

function comparePreRelease(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const numeric = /^[0-9]+$/;
  if (numeric.test(a) && numeric.test(b)) return Number(a) - Number(b);
  if (numeric.test(a) !== numeric.test(b)) return numeric.test(a) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
