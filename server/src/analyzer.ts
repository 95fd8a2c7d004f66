// The façade: files in, findings out. What it answers depends on the files, the settings and nothing else; its caches only
// save work. It knows no editor and no command line.

import type { FileSystem } from './workspace/file-system.ts';
import type { FileSettings, Notice, Settings } from './config/settings.ts';
import type { Finding, Message } from './rules/rule.ts';
import type { Edit, Span } from './text/span.ts';

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

/** A fix with every edit it makes, ready to be applied: imports added, files to create named. */
export interface ResolvedFix {
  readonly title: Message;
  readonly caution: Message | undefined;
  readonly safe: boolean;
  /** Edits by absolute path, each list sorted and free of overlaps. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly creates: readonly { readonly path: string; readonly text: string }[];
}

export declare class Analyzer {
  constructor(options: AnalyzerOptions);

  /** The findings in one file. Never throws; what could not be analysed says why in `skipped`. */
  analyze(path: string): FileAnalysis;

  /** What the settings, flags and the nearest `.mapwarden.json` say for a file. */
  settingsOf(path: string): FileSettings;

  /** The fixes of a finding that `analyze` returned for the current text of its file. */
  fixesOf(finding: Finding): readonly ResolvedFix[];

  /** The Go language version of a file with where it comes from, or undefined when nothing tells. */
  goVersionOf(path: string): { readonly version: string; readonly reason: string } | undefined;

  /**
   * Says that the text of a file is another one. With `change`, the single edit that led from the last text to the new
   * one, only the declaration it lies in is read and analysed again.
   */
  changed(path: string, change?: TextChange): void;

  /** Says that a file or folder came or went, or that a configuration file, go.mod or go.work changed. */
  invalidate(path: string): void;

  /** Says that `settingsFor` answers differently now. */
  settingsChanged(): void;

  /** Drops what is kept for a folder; a later `analyze` reads it again. For runs over many packages. */
  release(directory: string): void;
}
