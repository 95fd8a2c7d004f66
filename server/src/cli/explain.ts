// `mapwarden explain` and `mapwarden rules`: what the rules say about themselves.

import { createColors } from 'picocolors';
import { ruleById, rules } from '../rules/registry.ts';
import type { Locale, Rule } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import { UsageError, type CommandLineIo } from './io.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTable } from './render-text.ts';
import { ruleUrl } from './rule-url.ts';
import { wordsFor } from './words.ts';

export interface ExplainOptions {
  /** The number of a section of the source document. */
  readonly section: string | undefined;
  readonly locale: Locale;
  readonly color: boolean;
}

/**
 * Shows the page of a rule, or what the rules say about a section.
 * @throws UsageError if there is nothing to show
 */
export function explain(topic: string | undefined, options: ExplainOptions, io: CommandLineIo): void {
  const markdown = options.section === undefined ? pageOf(topic, options.locale) : sectionPage(options.section, options.locale);
  // What goes into a file or another program is left as Markdown.
  if (!io.stdout.isTerminal) return io.stdout.write(markdown.endsWith('\n') ? markdown : `${markdown}\n`);
  io.stdout.write(renderMarkdown(markdown, createColors(options.color), Math.min(io.stdout.columns ?? 80, 100)));
}

function pageOf(topic: string | undefined, locale: Locale): string {
  const words = wordsFor(locale);
  if (topic === undefined) throw new UsageError(words.nothingToExplain);
  const rule = ruleById(topic);
  if (!rule) throw new UsageError(words.unknownTopic(topic, closest(topic, rules.map(({ id }) => id))));
  return rule.docs[locale];
}

/** What the pages of the rules that answer a section say about the document. */
function sectionPage(section: string, locale: Locale): string {
  const words = wordsFor(locale);
  const speaking = rules.filter((rule) => rule.sections.includes(section));
  if (speaking.length === 0) throw new UsageError(words.unknownSection(section, knownSections().join(', ')));
  const parts = speaking.map((rule) => `## ${titleOf(rule, locale)} (\`${rule.id}\`)\n\n${verdictOf(rule.docs[locale])}`);
  return [`# ${words.sectionHeading(section)}`, ...parts].join('\n\n');
}

function knownSections(): readonly string[] {
  const sections = new Set(rules.flatMap((rule) => rule.sections));
  return [...sections].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** The title of a page: the text of its first line. */
function titleOf(rule: Rule, locale: Locale): string {
  return rule.docs[locale].split('\n', 1)[0]!.replace(/^# /, '').trim();
}

/** The last section but one of a page: what the document says, before the references. */
function verdictOf(page: string): string {
  const sections = page.split(/^## .*$/m);
  return (sections.at(-2) ?? page).trim();
}

export interface ListOptions {
  readonly format: 'text' | 'json';
  readonly locale: Locale;
  readonly color: boolean;
}

export function listRules({ format, locale, color }: ListOptions, io: CommandLineIo): void {
  if (format === 'json') {
    const list = rules.map((rule) => ({
      id: rule.id,
      title: titleOf(rule, locale),
      category: rule.category,
      severity: rule.severity,
      languages: languagesOf(rule),
      sections: rule.sections,
      since: rule.since,
      preview: rule.preview === true,
      url: ruleUrl(rule.id),
    }));
    io.stdout.write(`${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`);
    return;
  }
  const words = wordsFor(locale);
  const rows = rules.map((rule) => {
    const preview = rule.preview === true ? ` (${words.preview})` : '';
    return [rule.id, `${words.severity(rule.severity)}${preview}`, languagesOf(rule).join(', '), titleOf(rule, locale)];
  });
  const [head, ...body] = renderTable([words.tableHead, ...rows]).split('\n');
  io.stdout.write([createColors(color).bold(head!), ...body].join('\n'));
}

/** The languages that a rule looks at; a rule about comments looks at all. */
function languagesOf(rule: Rule): readonly string[] {
  return Object.keys(rule.detectors).length > 0 ? Object.keys(rule.detectors) : ['go'];
}
