import type { Report } from './report.ts';
import { ruleUrl } from './rule-url.ts';

/** The report in version 1 of the format that scripts read. Keys may be added; none changes its meaning. */
export function renderJson(report: Report): string {
  const document = {
    version: 1,
    findings: report.findings.map((finding) => ({
      rule: finding.rule,
      messageId: finding.messageId,
      severity: finding.severity,
      message: finding.message,
      url: ruleUrl(finding.rule),
      location: finding.location,
      related: finding.related.map(({ file, line, column, message }) => ({ file, line, column, message })),
      fixes: finding.fixes.map(({ title, safe, caution, edits, creates }) => ({
        title,
        safe,
        ...(caution === undefined ? {} : { caution }),
        edits,
        ...(creates.length === 0 ? {} : { creates }),
      })),
    })),
    notices: report.notices,
    stats: report.stats,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
