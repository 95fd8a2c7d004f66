import type { Hover, HoverParams } from 'vscode-languageserver';
import { sectionNumbered } from '../knowledge/sections.ts';
import { contentsTopic, topicOfSection } from '../knowledge/topics.ts';
import type { Finding, Locale, Rule } from '../rules/rule.ts';
import type { Span } from '../text/span.ts';
import { basename } from '../workspace/paths.ts';
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
  return { contents: { kind: 'markdown', value: withContents(session, lines).join('  \n') }, range: session.places.of(path).range(span) };
}

/** The last line of a card leads to the page of the strategy, and to the contents of the document. */
function withContents(session: Session, lines: readonly string[]): readonly string[] {
  return topicTarget(session, contentsTopic) === undefined ? lines : [...lines.slice(0, -1), `${lines.at(-1)} · ${contentsLink(session)}`];
}

/** The editor shows the message itself above or below; repeating it would only make the hover longer. */
function explained(session: Session, finding: Finding, loop: string | undefined): string[] {
  const rule = session.rules.get(finding.rule);
  const why = `${named(session, finding)}${(rule && firstParagraph(session, rule)) ?? ''}`;
  const parts = [why, loop, interleaving(session, finding), fixSafety(session, finding), link(session, finding), rule && verdict(session, rule)];
  return parts.filter((part) => part !== undefined);
}

/** Steps of an interleaving that are shown. */
const stepsShown = 5;

/** What happens at the same time, or between two steps, in the order in which the finding tells it. */
function interleaving(session: Session, { rule, path, related }: Finding): string | undefined {
  if (session.rules.get(rule)?.category !== 'concurrency' || related.length < 2) return undefined;
  const steps = related.slice(0, stepsShown).map((place) => {
    const line = session.places.of(place.path).position(place.span.start).line + 1;
    const step = session.strings.hoverStep(line, escaped(session, textOf(session, rule, place.message)));
    return place.path === path ? step : `${basename(place.path)} ${step}`;
  });
  return steps.map((step, i) => `${i + 1}. ${step}`).join('\n');
}

/** What the document says of it, and what of that holds. */
function verdict(session: Session, rule: Rule): string | undefined {
  const { locale } = session.configuration;
  return paragraphUnder(rule.docs[locale], session.strings.verdictHeading, locale);
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
  const parts = [`[${session.strings.hoverExplain(finding.rule)}](${target})`, contentsLink(session), ...(links.length > 0 ? [session.strings.hoverSections(links)] : [])];
  return parts.join(' · ');
}

/** Leads to the contents of the document, with the verdicts by section. */
export function contentsLink(session: Session): string {
  return `[${session.strings.hoverDocument}](${topicTarget(session, contentsTopic) ?? ''})`;
}

/** Where a topic is explained. A command works in every product that is built on VS Code, a link by scheme only in the one that owns the scheme. */
export function topicTarget(session: Session, topic: string): string | undefined {
  if (session.client.commands.has('mapwarden.explainRule')) return `command:mapwarden.explainRule?${encodeURIComponent(JSON.stringify([topic]))}`;
  return explainUri(session, topic);
}

/** The paragraph under the title of a docs page, on one line. */
function firstParagraph(session: Session, rule: Rule): string | undefined {
  const { locale } = session.configuration;
  return paragraphUnder(rule.docs[locale], undefined, locale);
}

/** The first paragraph under a heading of a page (without one: under its title) on one line. */
function paragraphUnder(page: string, heading: string | undefined, locale: Locale): string | undefined {
  const lines = page.split(/\r?\n/);
  const from = heading === undefined ? 0 : lines.indexOf(heading) + 1;
  if (heading !== undefined && from === 0) return undefined;
  const start = lines.findIndex((line, i) => i >= from && line.trim() !== '' && !line.startsWith('# '));
  if (start < 0 || lines[start]!.startsWith('#')) return undefined;
  const end = lines.findIndex((line, i) => i > start && (line.trim() === '' || line.startsWith('#')));
  return lines.slice(start, end < 0 ? undefined : end).join(locale === 'zh-cn' ? '' : ' ');
}

/** Messages hold code such as `*p` and `m[k]`, which is not markup. */
function escaped(session: Session, text: string): string {
  return session.client.readsMarkdown ? text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&') : text;
}
