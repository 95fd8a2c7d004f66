// Snippets as the editor reads them, and what is left of one when nothing is typed over its stops.

import { readFileSync } from 'node:fs';

export interface Snippet {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

export function readSnippets(language: 'go' | 'typescript' | 'javascript'): readonly Snippet[] {
  const file = JSON.parse(readFileSync(`snippets/${language}.json`, 'utf8')) as Readonly<Record<string, Omit<Snippet, 'name'>>>;
  return Object.entries(file).map(([name, snippet]) => ({ name, ...snippet }));
}

/** The text with every stop at its default. */
export function defaultsOf({ body }: Snippet): string {
  return body.join('\n').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
}
