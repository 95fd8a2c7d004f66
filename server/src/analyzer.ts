// The façade: files in, findings out. What it answers depends on the files, the settings and nothing else; its caches only
// save work. It knows no editor and no command line.

import type { FileSystem } from './workspace/file-system.ts';
import type { Notice, Settings } from './config/settings.ts';
import type { Finding } from './rules/rule.ts';
import type { Span } from './text/span.ts';

export interface AnalyzerOptions {
  readonly fileSystem: FileSystem;
  readonly environment: AnalyzerEnvironment;
  /** What the editor's settings say for a file; without it defaults hold. */
  readonly settingsFor?: (path: string) => Settings;
  /** What the command line says: wins over every other source. */
  readonly overrides?: Settings;
  /** A configuration file that replaces the search for `.mapwarden.json`. */
  readonly configurationFile?: string;
  /** Told of a rule that threw, once per rule and file, and of timings. */
  readonly log?: (event: LogEvent) => void;
}

/** Where Go's own files are on the user's machine, as far as known. Nothing here is needed; sources sharpen types. */
export interface AnalyzerEnvironment {
  readonly goos: string;
  readonly goarch: string;
  readonly goroot?: string;
  readonly gomodcache?: string;
}

export type LogEvent =
  | { readonly kind: 'rule-failed'; readonly rule: string; readonly path: string; readonly error: unknown }
  | { readonly kind: 'analyzed'; readonly path: string; readonly reused: number; readonly declarations: number };

export interface FileAnalysis {
  readonly path: string;
  /** The decoded text that offsets refer to; empty when the file was skipped. */
  readonly text: string;
  /** Changes whenever the findings may have: usable as a result id together with the locale. */
  readonly version: string;
  /** Sorted by place, then rule. */
  readonly findings: readonly Finding[];
  /** Faults in the configuration, go.mod or go.work files that this file depends on. */
  readonly notices: readonly Notice[];
  /** Set when the file was not analysed: too large, binary, unreadable, excluded by a setting. */
  readonly skipped?: string;
}

/** One change of a text: [start, oldEnd) became newText. Offsets of the text before the change. */
export interface TextChange extends Span {
  readonly newText: string;
}
