// What a user can set, from wherever it comes. Precedence: command-line flag > `.mapwarden.json` > folder > workspace >
// user setting > default; the editor merges the last four before they reach the server.

import type { Severity } from '../rules/rule.ts';

export interface Settings {
  /** False switches the analysis of a file off. */
  readonly enable?: boolean;
  /** Severity by rule id; `*` speaks for every rule that is not named. */
  readonly rules?: Readonly<Record<string, Severity>>;
  /** Globs relative to the folder that the settings belong to; matching files are not analysed. */
  readonly exclude?: readonly string[];
  /** A Go version such as `1.21` that replaces what go.mod says. */
  readonly goVersion?: string;
  /** Files above this many bytes are skipped with a notice. */
  readonly maxFileSize?: number;
}

/** What holds for one file after every source has been asked. */
export interface FileSettings {
  readonly enable: boolean;
  readonly excluded: boolean;
  /** Undefined where the rule's own default and message severities hold. */
  severityOf(rule: string): Severity | undefined;
  readonly goVersion: string | undefined;
  readonly maxFileSize: number;
}

/** Something said about a file that is no finding: a fault in a configuration, a file left out. 1-based line, 0 for the whole file. */
export interface Notice {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export const defaultMaxFileSize = 5_000_000;
