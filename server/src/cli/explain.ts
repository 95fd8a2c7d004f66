// `mapwarden explain` and `mapwarden rules`: what there is to know about rules, strategies and the document.

import { createColors } from 'picocolors';
import { titleOf } from '../knowledge/render.ts';
import { sections } from '../knowledge/sections.ts';
import { contentsTopic, explanationOf, otherTopics, topicOfSection, withCommands } from '../knowledge/topics.ts';
import { rules } from '../rules/registry.ts';
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
  /** True for the contents of the document, which need no topic. */
  readonly contents: boolean;
  readonly locale: Locale;
  readonly color: boolean;
}

/**
 * Shows the page of a rule or a strategy, what the document says in a section, or its contents.
 * @throws UsageError if there is nothing to show
 */
export function explain(topic: string | undefined, options: ExplainOptions, io: CommandLineIo): void {
  const markdown = withCommands(pageOf(topic, options), options.locale);
  // What goes into a file or another program is left as Markdown.
  if (!io.stdout.isTerminal) return io.stdout.write(markdown);
  io.stdout.write(renderMarkdown(markdown, createColors(options.color), Math.min(io.stdout.columns ?? 80, 100)));
}

function pageOf(topic: string | undefined, { section, contents, locale }: ExplainOptions): string {
  const words = wordsFor(locale);
  const asked = contents ? contentsTopic : section === undefined ? topic : topicOfSection(section);
  if (asked === undefined) throw new UsageError(words.nothingToExplain);
  const found = explanationOf(asked, rules, locale);
  if (found) return found.markdown;
  if (section !== undefined) throw new UsageError(words.unknownSection(section, sections.map(({ number }) => number).join(', ')));
  throw new UsageError(words.unknownTopic(asked, closest(asked, [...rules.map(({ id }) => id), ...otherTopics()])));
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
      title: titleOf(rule.docs[locale]),
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
    return [rule.id, `${words.severity(rule.severity)}${preview}`, languagesOf(rule).join(', '), titleOf(rule.docs[locale])];
  });
  const [head, ...body] = renderTable([words.tableHead, ...rows]).split('\n');
  io.stdout.write([createColors(color).bold(head!), ...body].join('\n'));
}

/** The languages that a rule looks at; a rule about comments looks at all. */
function languagesOf(rule: Rule): readonly string[] {
  return Object.keys(rule.detectors).length > 0 ? Object.keys(rule.detectors) : ['go'];
}
