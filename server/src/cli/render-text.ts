import type { Colors } from 'picocolors/types';
import { severities, type Severity } from '../rules/rule.ts';
import type { Excerpt } from './excerpt.ts';
import type { Report, ReportedFinding, ReportedFix } from './report.ts';
import { padTo, plain, widthOf } from './terminal.ts';
import type { Words } from './words.ts';

export interface TextOptions {
  readonly words: Words;
  readonly colors: Colors;
  /** Say how much was analysed. */
  readonly withStatistics: boolean;
  /** The number of files that were changed by fixes; undefined where none were asked for. */
  readonly fixedFiles: number | undefined;
}

/**
 * Findings for a person:
 *
 *   metrics/histogram.go:23:2: warning: entries of h.buckets whose key is NaN survive [nan-key-survives]
 *
 *     23 |     for b := range h.buckets {
 *        |     ^^^^^^^^^^^^^^^^^^^^^^^^
 *     fix: replace with clear(h.buckets)
 */
export function renderText(report: Report, options: TextOptions): string {
  const blocks = report.findings.map((finding) => renderFinding(finding, options));
  return [...blocks.map((block) => `${block}\n`), ...closingLines(report, options)].map((line) => `${line}\n`).join('');
}

function renderFinding(finding: ReportedFinding, options: TextOptions): string {
  const { colors, words } = options;
  const { file, startLine, startColumn } = finding.location;
  const paint = painterOf(finding.severity, colors);
  const place = colors.bold(`${plain(file)}:${startLine}:${startColumn}`);
  const head = `${place}: ${paint(words.severity(finding.severity))}: ${plain(finding.message)} ${colors.dim(`[${finding.rule}]`)}`;
  const excerpts = [finding.excerpt, ...finding.related.map(({ excerpt }) => excerpt)];
  const gutter = Math.max(...excerpts.map((excerpt) => String(excerpt?.line ?? 0).length));
  const lines = [head, ...excerptLines(finding.excerpt, gutter, paint, options)];
  for (const related of finding.related) {
    lines.push(`  ${colors.bold(`${plain(related.file)}:${related.line}:${related.column}`)}: ${plain(related.message)}`);
    lines.push(...excerptLines(related.excerpt, gutter, colors.blue, options));
  }
  lines.push(...finding.fixes.map((fix) => renderFix(fix, options)));
  return lines.join('\n');
}

function excerptLines(excerpt: Excerpt | undefined, gutter: number, paint: (text: string) => string, { colors, words }: TextOptions): readonly string[] {
  if (!excerpt) return [];
  const number = String(excerpt.line).padStart(gutter);
  const bar = colors.dim('|');
  const underline = ' '.repeat(excerpt.from) + paint('^'.repeat(excerpt.to - excerpt.from));
  const rest = excerpt.lastLine === undefined ? '' : ` ${colors.dim(words.toLine(excerpt.lastLine))}`;
  return [`    ${colors.dim(number)} ${bar} ${excerpt.text}`, `    ${' '.repeat(gutter)} ${bar} ${underline}${rest}`];
}

function renderFix(fix: ReportedFix, { colors, words }: TextOptions): string {
  const label = fix.safe ? colors.green(words.safeFix) : colors.yellow(words.unsafeFix);
  const caution = fix.caution === undefined ? '' : ` ${colors.dim(`(${plain(fix.caution)})`)}`;
  return `    ${label}: ${plain(fix.title)}${caution}`;
}

function closingLines(report: Report, { words, colors, withStatistics, fixedFiles }: TextOptions): readonly string[] {
  const { findings, notices, stats } = report;
  const lines: string[] = [];
  for (const { file, line, message } of notices) lines.push(`${colors.bold(line > 0 ? `${plain(file)}:${line}` : plain(file))}: ${plain(message)}`);
  for (const { file, reason } of stats.skipped) lines.push(words.skipped(plain(file), plain(reason)));
  if (fixedFiles !== undefined && fixedFiles > 0) lines.push(words.fixed(fixedFiles));
  if (withStatistics) lines.push(colors.dim(words.statistics(stats)));
  if (stats.files === 0) return lines;
  const fixable = findings.filter(({ fixes }) => fixes.some(({ safe }) => safe)).length;
  const files = new Set(findings.map(({ location }) => location.file)).size;
  const summary = findings.length === 0 ? colors.green(words.clean(stats.files)) : words.summary({ findings: findings.length, bySeverity: bySeverity(findings, words), files, analysed: stats.files });
  lines.push(fixable > 0 ? `${summary}; ${words.fixable(fixable)}` : summary);
  return lines;
}

function bySeverity(findings: readonly ReportedFinding[], words: Words): string {
  return severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => words.severityCount(count, severity))
    .join(', ');
}

function painterOf(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'error') return colors.red;
  if (severity === 'warning') return colors.yellow;
  return severity === 'information' ? colors.blue : colors.cyan;
}

/** Rows as columns; the last column is left as long as it is. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((known, row) => row.map((cell, i) => Math.max(known[i] ?? 0, widthOf(cell))), []);
  return rows.map((row) => `${row.map((cell, i) => (i === row.length - 1 ? cell : padTo(cell, widths[i]!))).join('  ').trimEnd()}\n`).join('');
}
