// Build targets: what decides whether a file is built.

import type { GoVersion } from './version.ts';

/** A platform with the build tags that hold on it. */
export interface BuildTarget {
  readonly goos: string;
  readonly goarch: string;
  /** Release tags go1.1 … go1.N hold. */
  readonly release: GoVersion;
  readonly cgo: boolean;
  readonly compiler: 'gc' | 'gccgo';
  /** Further tags that hold, sorted. */
  readonly tags: readonly string[];
}
