import type { Hover, HoverParams } from 'vscode-languageserver';
import type { Finding, Rule } from '../rules/rule.ts';
import { explainUri, textOf } from './messages.ts';
import type { Session } from './session.ts';

/** What a finding under the pointer means; nothing anywhere else. */
export function hover(session: Session, params: HoverParams): Hover | undefined {
  const path = session.analysedPath(params.textDocument.uri);
  if (path === undefined) return undefined;
  const places = session.places.of(path);
  const offset = places.offset(params.position);
  const here = session.analyzer.analyze(path).findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const [first] = here;
  if (!first) return undefined;
  // One rule is explained once, the first in full: a hover is read at a glance.
  const others = here.slice(1).filter((finding) => finding.rule !== first.rule);
  const value = [explained(session, first), ...others.map((finding) => headline(session, finding))].join('\n\n');
  return { contents: { kind: 'markdown', value }, range: places.range(first.span) };
}

function explained(session: Session, finding: Finding): string {
  const { strings } = session;
  const rule = session.rules.get(finding.rule);
  const link = explainUri(session, finding.rule);
  return [
    headline(session, finding),
    rule ? firstParagraph(rule, session) : undefined,
    fixSafety(session, finding),
    link === undefined ? undefined : `[${strings.hoverExplain(finding.rule)}](${link})`,
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

function headline(session: Session, finding: Finding): string {
  return `**mapwarden** \`${finding.rule}\`: ${escapeMarkdown(textOf(session, finding.rule, finding.message))}`;
}

function fixSafety(session: Session, finding: Finding): string {
  const [best] = session.analyzer.fixesOf(finding);
  if (!best) return session.strings.hoverNoFix;
  if (best.safe || !best.caution) return session.strings.hoverSafeFix;
  return session.strings.hoverUnsafeFix(escapeMarkdown(textOf(session, finding.rule, best.caution)));
}

/** The paragraph under the title of a docs page, on one line. */
function firstParagraph(rule: Rule, session: Session): string | undefined {
  const lines = rule.docs[session.configuration.locale].split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  if (start < 0) return undefined;
  const end = lines.findIndex((line, i) => i > start && (line.trim() === '' || line.startsWith('#')));
  return lines.slice(start, end < 0 ? undefined : end).join(session.configuration.locale === 'zh-cn' ? '' : ' ');
}

/** Messages hold code such as `*p` and `m[k]`, which is not markup. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}
