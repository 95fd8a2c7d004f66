// What a user can set, from wherever it comes. Precedence: command-line flag > `.mapwarden.json` > folder > workspace >
// user setting > default; the editor merges the three before the last into one before they reach the server.

import type { Locale, Severity } from '../rules/rule.ts';

export interface Settings {
  /** False switches the analysis of a file off. */
  readonly enable?: boolean;
  /** Severity by rule id; `*` speaks for every rule that is not named. */
  readonly rules?: Readonly<Record<string, Severity>>;
  /** Only these rules run, also those that are off or a preview otherwise. */
  readonly only?: readonly string[];
  /** Globs relative to the folder that the settings belong to; matching files are not analysed. */
  readonly exclude?: readonly string[];
  /** The folder that `exclude` is relative to; without it only globs that begin with `**` can match. */
  readonly folder?: string;
  /** A Go version such as `1.21` that replaces what go.mod says. */
  readonly goVersion?: string;
  /** False leaves out what `go vet` and gopls show at the same place. */
  readonly shownByVet?: boolean;
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
  readonly shownByVet: boolean;
  readonly maxFileSize: number;
}

/** Something said about a file that is no finding: a fault in a configuration, a file left out. 1-based line, 0 for the whole file. */
export interface Notice {
  readonly path: string;
  readonly line: number;
  readonly message: string;
  /** The message in other languages than English, where there is one. */
  readonly translations?: Readonly<Partial<Record<Locale, string>>>;
}

/** The text of a notice in a language; English where it is not translated. */
export function noticeText(notice: Notice, locale: Locale): string {
  return notice.translations?.[locale] ?? notice.message;
}

export const defaultMaxFileSize = 5_000_000;
