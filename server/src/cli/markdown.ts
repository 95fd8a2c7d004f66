// Markdown for a terminal: enough of it for the pages of the rules.

import { lexer, type Token, type Tokens } from 'marked';
import type { Colors } from 'picocolors/types';
import { plain, shownLine, widthOf, wrap } from './terminal.ts';
import { renderTable } from './render-text.ts';

/** @param columns text is wrapped to this width; code and tables are not */
export function renderMarkdown(markdown: string, colors: Colors, columns: number): string {
  const blocks = lexer(markdown).flatMap((token) => renderBlock(token, colors, columns) ?? []);
  return `${blocks.join('\n\n')}\n`;
}

function renderBlock(token: Token, colors: Colors, columns: number): string | undefined {
  switch (token.type) {
    case 'heading':
      return renderHeading(token as Tokens.Heading, colors, columns);
    case 'paragraph':
      return wrap(inline((token as Tokens.Paragraph).tokens, colors), columns).join('\n');
    case 'code':
      return (token as Tokens.Code).text.split('\n').map((line) => `    ${colors.cyan(shownLine(line).text)}`.trimEnd()).join('\n');
    case 'list':
      return renderList(token as Tokens.List, colors, columns);
    case 'blockquote':
      return indented((token as Tokens.Blockquote).tokens.flatMap((inner) => renderBlock(inner, colors, columns - 2) ?? []).join('\n\n'), colors.dim('| '));
    case 'table':
      return renderTable([(token as Tokens.Table).header, ...(token as Tokens.Table).rows].map((row) => row.map((cell) => plain(cell.text)))).trimEnd();
    case 'hr':
      return colors.dim('-'.repeat(Math.min(columns, 40)));
    case 'text':
      return wrap(inline((token as Tokens.Text).tokens ?? [token], colors), columns).join('\n');
    case 'html':
      // Markers for other tools.
      return undefined;
    default:
      return token.type === 'space' ? undefined : plain(token.raw);
  }
}

function renderHeading(token: Tokens.Heading, colors: Colors, columns: number): string {
  const text = wrap(inline(token.tokens, colors), columns).join('\n');
  if (token.depth > 1) return colors.bold(text);
  return `${colors.bold(text)}\n${colors.dim('='.repeat(Math.min(columns, widthOf(plainText(token.tokens)))))}`;
}

function renderList(list: Tokens.List, colors: Colors, columns: number): string {
  const first = typeof list.start === 'number' ? list.start : 1;
  const items = list.items.map((item, i) => {
    const mark = list.ordered ? `${first + i}. ` : '- ';
    const text = item.tokens.flatMap((token) => renderBlock(token, colors, columns - mark.length) ?? []).join('\n');
    return indented(text, ' '.repeat(mark.length)).replace(' '.repeat(mark.length), mark);
  });
  return items.join('\n');
}

function indented(text: string, prefix: string): string {
  return text.split('\n').map((line) => `${prefix}${line}`).join('\n');
}

function inline(tokens: readonly Token[], colors: Colors): string {
  return tokens.map((token) => inlineToken(token, colors)).join('');
}

function inlineToken(token: Token, colors: Colors): string {
  switch (token.type) {
    case 'codespan':
      return colors.cyan(unescaped(token as Tokens.Codespan));
    case 'strong':
      return colors.bold(inline((token as Tokens.Strong).tokens, colors));
    case 'em':
      return colors.italic(inline((token as Tokens.Em).tokens, colors));
    case 'link':
      return `${inline((token as Tokens.Link).tokens, colors)} ${colors.dim(`(${plain((token as Tokens.Link).href)})`)}`;
    case 'br':
      return ' ';
    case 'text':
    case 'escape':
      return 'tokens' in token && token.tokens ? inline(token.tokens, colors) : unescaped(token as Tokens.Text);
    default:
      return plain(token.raw);
  }
}

/** The text of a token on one line; marked leaves entities as they are written. */
function unescaped(token: { readonly text: string }): string {
  return plain(token.text.replace(/\s*\n\s*/g, ' '));
}

function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => ('tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? String(token.text) : token.raw)).join('');
}
