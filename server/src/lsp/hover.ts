import type { Hover, HoverParams } from 'vscode-languageserver';
import { sectionNumbered } from '../knowledge/sections.ts';
import { topicOfSection } from '../knowledge/topics.ts';
import type { Finding, Rule } from '../rules/rule.ts';
import type { Span } from '../text/span.ts';
import { compiledLoop, containerCard, strategyCard } from './cards.ts';
import { explainUri, textOf } from './messages.ts';
import type { Session } from './session.ts';

/** What a finding under the pointer means, or which strategy an operation on a container is; nothing anywhere else. */
export async function hover(session: Session, params: HoverParams): Promise<Hover | undefined> {
  const path = session.analysedPath(params.textDocument.uri);
  if (path === undefined) return undefined;
  const { hover: wanted } = session.configuration.settingsFor(path);
  if (wanted === 'off') return undefined;
  const places = session.places.of(path);
  const offset = places.offset(params.position);
  const here = session.analyzer.analyze(path).findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const [first] = here;
  if (!first) return wanted === 'operations' ? operationHover(session, path, offset) : undefined;
  // The first is explained, others only named: a hover is read at a glance.
  const others = here.slice(1).filter((finding) => finding.rule !== first.rule);
  const loop = wanted === 'operations' ? session.analyzer.mapOperationAt(path, offset) : undefined;
  const value = [...explained(session, first, loop && compiledLoop(session, loop)), ...others.map((finding) => headline(session, finding))].join('\n\n');
  return { contents: { kind: session.client.readsMarkdown ? 'markdown' : 'plaintext', value }, range: places.range(first.span) };
}

/** The strategy card of what is done to a container here. */
async function operationHover(session: Session, path: string, offset: number): Promise<Hover | undefined> {
  if (!session.client.readsMarkdown) return undefined;
  const { enable, excluded } = session.analyzer.settingsOf(path);
  if (!enable || excluded) return undefined;
  const target = (topic: string): string | undefined => topicTarget(session, topic);
  const container = await session.analyzer.typedOperationAt(path, offset);
  if (container) return cardHover(session, path, containerCard(session, path, container, target), container.span);
  const operation = session.analyzer.mapOperationAt(path, offset);
  if (!operation) return undefined;
  const facts = await session.analyzer.mapFactsAt(path, offset);
  return cardHover(session, path, strategyCard(session, path, operation, facts, target), operation.span);
}

function cardHover(session: Session, path: string, lines: readonly string[], span: Span): Hover {
  // Two spaces end a line of Markdown without a paragraph.
  return { contents: { kind: 'markdown', value: lines.join('  \n') }, range: session.places.of(path).range(span) };
}

/** The editor shows the message itself above or below; repeating it would only make the hover longer. */
function explained(session: Session, finding: Finding, loop: string | undefined): string[] {
  const rule = session.rules.get(finding.rule);
  const why = `${named(session, finding)}${(rule && firstParagraph(session, rule)) ?? ''}`;
  const parts = [why, loop, fixSafety(session, finding), link(session, finding)];
  return parts.filter((part) => part !== undefined);
}

function headline(session: Session, finding: Finding): string {
  return `${named(session, finding)}${escaped(session, textOf(session, finding.rule, finding.message))}`;
}

function named(session: Session, { rule }: Finding): string {
  return session.client.readsMarkdown ? `**${rule}**: ` : `${rule}: `;
}

function fixSafety(session: Session, finding: Finding): string {
  const [best] = session.analyzer.fixesOf(finding);
  if (!best) return session.strings.hoverNoFix;
  if (best.safe || !best.caution) return session.strings.hoverSafeFix;
  return session.strings.hoverUnsafeFix(escaped(session, textOf(session, finding.rule, best.caution)));
}

/** Leads to the page of the rule, and to what the document says about it. */
function link(session: Session, finding: Finding): string | undefined {
  if (!session.client.readsMarkdown) return undefined;
  const target = topicTarget(session, finding.rule);
  if (target === undefined) return undefined;
  const sections = (session.rules.get(finding.rule)?.sections ?? []).filter((number) => sectionNumbered(number));
  const links = sections.map((number) => `[${number}](${topicTarget(session, topicOfSection(number))})`);
  const document = links.length > 0 ? ` · ${session.strings.hoverDocument(links.join(', '))}` : '';
  return `[${session.strings.hoverExplain(finding.rule)}](${target})${document}`;
}

/** Where a topic is explained. A command works in every product that is built on VS Code, a link by scheme only in the one that owns the scheme. */
export function topicTarget(session: Session, topic: string): string | undefined {
  if (session.client.commands.has('mapwarden.explainRule')) return `command:mapwarden.explainRule?${encodeURIComponent(JSON.stringify([topic]))}`;
  return explainUri(session, topic);
}

/** The paragraph under the title of a docs page, on one line. */
function firstParagraph(session: Session, rule: Rule): string | undefined {
  const { locale } = session.configuration;
  const lines = rule.docs[locale].split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'));
  if (start < 0) return undefined;
  const end = lines.findIndex((line, i) => i > start && (line.trim() === '' || line.startsWith('#')));
  return lines.slice(start, end < 0 ? undefined : end).join(locale === 'zh-cn' ? '' : ' ');
}

/** Messages hold code such as `*p` and `m[k]`, which is not markup. */
function escaped(session: Session, text: string): string {
  return session.client.readsMarkdown ? text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&') : text;
}
