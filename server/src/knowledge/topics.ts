// Everything that can be explained, by one name each: the id of a rule or of a page, `section-2.3`, `contents`.

import type { Locale } from '../rules/rule.ts';
import { pages } from './registry.ts';
import { pageById, renderContents, renderPage, renderRule, renderSection, titleOf } from './render.ts';
import type { ExplainedRule } from './render.ts';
import { sections } from './sections.ts';

export const contentsTopic = 'contents';
const sectionPrefix = 'section-';

export interface Explanation {
  readonly title: string;
  /** The whole page; begins with the title. Its links are `rule:ID`, `strategy:ID`, `section:N` and `contents:`. */
  readonly markdown: string;
}

/** The page of a topic, or undefined when there is none of that name. */
export function explanationOf(topic: string, rules: readonly ExplainedRule[], locale: Locale): Explanation | undefined {
  const markdown = markdownOf(topic, rules, locale);
  return markdown === undefined ? undefined : { title: titleOf(markdown), markdown };
}

function markdownOf(topic: string, rules: readonly ExplainedRule[], locale: Locale): string | undefined {
  if (topic === contentsTopic) return renderContents(locale);
  if (topic.startsWith(sectionPrefix)) return renderSection(topic.slice(sectionPrefix.length), rules, locale);
  const rule = rules.find(({ id }) => id === topic);
  if (rule) return renderRule(rule, locale);
  const page = pageById(topic);
  return page && renderPage(page, rules, locale);
}

export function topicOfSection(number: string): string {
  return `${sectionPrefix}${number}`;
}

/** The names of all topics but rules. */
export function otherTopics(): readonly string[] {
  return [...pages.map(({ id }) => id), ...sections.map(({ number }) => topicOfSection(number)), contentsTopic];
}

const linkPattern = /\]\((rule|strategy|section|contents):([^)]*)\)/g;

/** The page with its links as a surface opens them; `target` is told the topic. */
export function withLinks(markdown: string, target: (topic: string) => string): string {
  return markdown.replace(linkPattern, (_, kind: string, id: string) => `](${target(kind === 'contents' ? contentsTopic : kind === 'section' ? topicOfSection(id) : id)})`);
}

/** The page with its links replaced by what to say to `mapwarden explain`, for where nothing can be clicked. */
export function withCommands(markdown: string, locale: Locale): string {
  return markdown.replace(/\[([^\]\n]+)\]\((rule|strategy|section|contents):([^)]*)\)/g, (_, text: string, kind: string, id: string) => {
    if (kind === 'section') return text;
    const [colon, open, close] = locale === 'zh-cn' ? ['：', '（', '）'] : [': ', ' (', ')'];
    return kind === 'contents' ? `${text}${colon}\`mapwarden explain --contents\`` : `${text}${open}\`${id}\`${close}`;
  });
}
