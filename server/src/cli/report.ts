// What a run found, free of offsets and analyzer objects: both output formats are written from this.

import type { Analyzer, FileAnalysis, ResolvedFix } from '../analyzer.ts';
import { formatMessage } from '../rules/messages.ts';
import { ruleById } from '../rules/registry.ts';
import type { Finding, Locale, Message, RelatedPlace, Severity } from '../rules/rule.ts';
import { LineIndex } from '../text/line-index.ts';
import type { FileSystem } from '../workspace/file-system.ts';
import { relative } from '../workspace/paths.ts';
import { excerptOf, type Excerpt } from './excerpt.ts';

/** Lines and columns are 1-based, columns in UTF-16 units; ends are exclusive. Files are relative to the working directory. */
export interface ReportedFinding {
  readonly rule: string;
  readonly messageId: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly message: string;
  readonly location: {
    readonly file: string;
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
  readonly excerpt: Excerpt | undefined;
  readonly related: readonly ReportedPlace[];
  readonly fixes: readonly ReportedFix[];
}

export interface ReportedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly excerpt: Excerpt | undefined;
}

export interface ReportedFix {
  readonly title: string;
  readonly safe: boolean;
  /** Why the fix asks for a look; set when it is not safe. */
  readonly caution: string | undefined;
  /** 0-based offsets over the decoded text without a byte order mark. */
  readonly edits: readonly { readonly file: string; readonly start: number; readonly end: number; readonly newText: string }[];
  readonly creates: readonly { readonly file: string; readonly text: string }[];
}

export interface ReportedNotice {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Report {
  readonly findings: readonly ReportedFinding[];
  readonly notices: readonly ReportedNotice[];
  readonly stats: {
    readonly files: number;
    readonly bytes: number;
    readonly packages: number;
    readonly milliseconds: number;
    readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  };
}

export interface ReporterOptions {
  readonly analyzer: Analyzer;
  readonly fileSystem: FileSystem;
  readonly workingDirectory: string;
  readonly locale: Locale;
  /** The columns of an excerpt; undefined where nobody will look at one. */
  readonly excerptColumns: number | undefined;
}

/** Turns findings into what is reported, while the analyzer still has their files. */
export class Reporter {
  readonly #options: ReporterOptions;
  #file: { readonly path: string; readonly text: string; readonly lines: LineIndex } | undefined;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  findingsOf(analysis: FileAnalysis): readonly ReportedFinding[] {
    if (analysis.findings.length === 0) return [];
    const lines = new LineIndex(analysis.text);
    return analysis.findings.map((finding) => this.#finding(finding, analysis.text, lines));
  }

  /** A path as the reader has it: from the working directory, as it was reached. */
  nameOf(path: string): string {
    return relative(this.#options.workingDirectory, path);
  }

  #finding(finding: Finding, text: string, lines: LineIndex): ReportedFinding {
    const start = lines.position(finding.span.start);
    const end = lines.position(finding.span.end);
    return {
      rule: finding.rule,
      messageId: finding.message.id,
      severity: finding.severity,
      message: this.#text(finding.rule, finding.message),
      location: {
        file: this.nameOf(finding.path),
        startLine: start.line + 1,
        startColumn: start.column + 1,
        endLine: end.line + 1,
        endColumn: end.column + 1,
      },
      excerpt: this.#excerpt(text, lines, finding.span),
      related: finding.related.map((place) => this.#place(finding.rule, place)),
      fixes: this.#options.analyzer.fixesOf(finding).map((fix) => this.#fix(finding.rule, fix)),
    };
  }

  #place(rule: string, place: RelatedPlace): ReportedPlace {
    const { text, lines } = this.#fileAt(place.path);
    const start = lines.position(place.span.start);
    return {
      file: this.nameOf(place.path),
      line: start.line + 1,
      column: start.column + 1,
      message: this.#text(rule, place.message),
      excerpt: this.#excerpt(text, lines, place.span),
    };
  }

  #fix(rule: string, fix: ResolvedFix): ReportedFix {
    return {
      title: this.#text(rule, fix.title),
      safe: fix.safe,
      caution: fix.caution && this.#text(rule, fix.caution),
      edits: [...fix.edits].flatMap(([path, edits]) => edits.map(({ start, end, newText }) => ({ file: this.nameOf(path), start, end, newText }))),
      creates: fix.creates.map(({ path, text }) => ({ file: this.nameOf(path), text })),
    };
  }

  #text(rule: string, message: Message): string {
    const known = ruleById(rule);
    if (!known) throw new Error(`a finding of the unknown rule ${rule}`);
    return formatMessage(known, message, this.#options.locale);
  }

  #excerpt(text: string, lines: LineIndex, span: Finding['span']): Excerpt | undefined {
    const { excerptColumns } = this.#options;
    return excerptColumns === undefined ? undefined : excerptOf(text, lines, span, excerptColumns);
  }

  /** The text of another file that a finding points to; the last one is kept, because pairs come in runs. */
  #fileAt(path: string): { readonly text: string; readonly lines: LineIndex } {
    if (this.#file?.path === path) return this.#file;
    const read = this.#options.fileSystem.readFile(path);
    const text = read.kind === 'text' ? read.text : '';
    this.#file = { path, text, lines: new LineIndex(text) };
    return this.#file;
  }
}

export const severityRanks: Readonly<Record<Severity, number>> = { off: 0, hint: 1, information: 2, warning: 3, error: 4 };
