// Pages as HTML, for a view that knows no Markdown: headings with anchors and a table of contents, links that are commands
// of the client, figures that follow the theme.

import { Marked } from 'marked';
import type { Tokens } from 'marked';
import { costChart, interleavingDiagram } from '../knowledge/figures.ts';
import { pageById } from '../knowledge/render.ts';
import { costsOfPage } from '../knowledge/costs.ts';
import { contentsTopic, explanationOf, withLinks } from '../knowledge/topics.ts';
import type { Locale } from '../rules/rule.ts';
import { topicTarget } from './hover.ts';
import type { ExplainedTopic } from './protocol.ts';
import type { Session } from './session.ts';

export function explained(session: Session, topic: string): ExplainedTopic | null {
  const { locale } = session.configuration;
  const explanation = explanationOf(topic, [...session.rules.values()], locale);
  if (!explanation) return null;
  const markdown = withLinks(explanation.markdown, (target) => topicTarget(session, target) ?? '#');
  return { title: explanation.title, markdown, html: htmlOf(topic, markdown, locale), language: locale, back: session.strings.pageBack };
}

function htmlOf(topic: string, markdown: string, locale: Locale): string {
  const headings: { readonly id: string; readonly text: string }[] = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const text = this.parser.parseInline(tokens);
        if (depth !== 2) return `<h${depth}>${text}</h${depth}>\n`;
        const id = `part-${headings.length + 1}`;
        headings.push({ id, text });
        return `<h2 id="${id}">${text}</h2>\n`;
      },
      // Pages hold no HTML of their own; what looks like it is text.
      html({ text }: Tokens.HTML | Tokens.Tag): string {
        return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
      },
    },
  });
  const body = marked.parse(markdown, { async: false });
  const first = body.indexOf('<h2');
  const [top, rest] = first < 0 ? [body, ''] : [body.slice(0, first), body.slice(first)];
  const contents = headings.length < 2 ? '' : `<nav><ul>${headings.map(({ id, text }) => `<li><a href="#${id}">${text}</a></li>`).join('')}</ul></nav>`;
  return `${top}${contents}${figuresOf(topic, locale)}${rest}`;
}

function figuresOf(topic: string, locale: Locale): string {
  const figures = [
    topic === contentsTopic || (pageById(topic) && costsOfPage[topic]) ? costChart(topic, locale) : undefined,
    interleavingDiagram(topic, locale),
  ];
  return figures.flatMap((figure) => (figure === undefined ? [] : [`<figure>${figure}</figure>`])).join('');
}
