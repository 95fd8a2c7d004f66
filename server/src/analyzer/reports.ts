// What rules report, on its way to a reader: checked, given a severity, freed of what another rule says better, sorted. The
// same for all languages.

import { Cancelled } from './cancelled.ts';
import type { FileSettings } from '../config/settings.ts';
import type { Finding, Report, Rule, Severity } from '../rules/rule.ts';

export interface RuleReport {
  readonly rule: Rule;
  /** The file the report is about. */
  readonly path: string;
  readonly report: Report;
}

/** @throws Error if a report names a message that the rule does not have: a bug in the rule. */
export function checked(rule: Rule, report: Report): Report {
  const ids = [report.message, ...(report.related ?? []).map((place) => place.message), ...(report.fixes ?? []).flatMap((fix) => (fix.caution ? [fix.title, fix.caution] : [fix.title]))];
  for (const { id } of ids) if (rule.messages.en[id] === undefined) throw new Error(`rule ${rule.id} has no message '${id}'`);
  for (const fix of report.fixes ?? []) if (fix.safe === (fix.caution !== undefined)) throw new Error(`rule ${rule.id}: an unsafe fix says why, a safe one does not`);
  return report;
}

/** Runs a part of a rule; one that throws is noted in `failed` and stops nothing else. */
export function guarded(rule: Rule, input: { failed(rule: string, error: unknown): void }, failed: Set<string>, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    failed.add(rule.id);
    input.failed(rule.id, error);
  }
}

export function isActive(rule: Rule, settings: FileSettings): boolean {
  const set = settings.severityOf(rule.id);
  if (set !== undefined) return set !== 'off';
  if (rule.preview === true) return false;
  // A rule that is off may have messages that are not.
  return rule.severity !== 'off' || Object.keys(rule.messageSeverities ?? {}).length > 0;
}

/** Undefined for a message that is off. */
export function findingOf(rule: Rule, report: Report, path: string, settings: FileSettings): Finding | undefined {
  const byDefault = rule.messageSeverities?.[report.message.id] ?? rule.severity;
  const own: Severity = settings.severityOf(rule.id) ?? (report.plausible && (byDefault === 'error' || byDefault === 'warning') ? 'information' : byDefault);
  if (own === 'off') return undefined;
  return {
    ...report,
    rule: rule.id,
    path,
    subject: report.subject ?? report.span,
    related: report.related ?? [],
    fixes: report.fixes ?? [],
    severity: own,
  };
}

/** One defect, one finding: a rule's report goes when another about the same subject comes from a rule that supersedes it. */
export function withoutSuperseded(reports: readonly RuleReport[]): readonly RuleReport[] {
  const superseded = new Set<string>();
  for (const { rule, report } of reports) {
    for (const other of rule.supersedes ?? []) for (const key of subjectKeys(other, report)) superseded.add(key);
  }
  return superseded.size === 0 ? reports : reports.filter(({ rule, report }) => !subjectKeys(rule.id, report).some((key) => superseded.has(key)));
}

/** What a report is about, and where it stands: two rules may name the container, or the element that is used. */
function subjectKeys(rule: string, { subject, span }: Report): readonly string[] {
  return [subject ?? span, span].map(({ start, end }) => `${rule} ${start} ${end}`);
}

export function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

/** A report about code that moved. Places in other files stay; those in its own file move along. */
export function shifted<R extends Report>(report: R, path: string, delta: number): R {
  return delta === 0 ? report : moved(report, path, (offset) => offset + delta);
}

/** The same, where `to` says for each offset where it lies now. */
export function moved<R extends Report>(report: R, path: string, to: (offset: number) => number): R {
  const move = <T extends { readonly start: number; readonly end: number }>(span: T): T => ({ ...span, start: to(span.start), end: to(span.end) });
  return {
    ...report,
    span: move(report.span),
    ...(report.subject && { subject: move(report.subject) }),
    ...(report.related && { related: report.related.map((place) => (place.path === path ? { ...place, span: move(place.span) } : place)) }),
    ...(report.fixes && { fixes: report.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(move) })) }),
  };
}
