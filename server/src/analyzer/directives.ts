// The comments that speak to Mapwarden:
//
//   //mapwarden:ignore <rule>[,<rule>] <reason>         its own line, or the next statement when it stands alone on its line
//   //mapwarden:ignore-file <rule>[,<rule>] <reason>    the whole file
//
// TypeScript also takes a space before `mapwarden:`. A second `//` behind white space ends the reason.

import type { Span } from '../text/span.ts';

export type DirectiveScope = 'line' | 'next' | 'file';

export interface NamedRule extends Span {
  readonly id: string;
}

export interface Directive extends Span {
  readonly kind: 'directive';
  readonly scope: DirectiveScope;
  /** At least one; each with the place of its name. */
  readonly rules: readonly NamedRule[];
  /** Empty if there is none. */
  readonly reason: string;
}

/** A comment that was meant as a directive and is none. */
export interface MalformedDirective extends Span {
  readonly kind: 'malformed';
  readonly fault:
    | { readonly kind: 'verb'; readonly verb: Span & { readonly text: string } }
    | { readonly kind: 'no-rule' }
    /** Go: a directive has no space behind the slashes. */
    | { readonly kind: 'space'; readonly space: Span };
}

export type CommentLanguage = 'go' | 'typescript';

const marker = 'mapwarden:';

/** The directives among the comments of a file, in their order. */
export function directivesIn(language: CommentLanguage, text: string, comments: readonly { readonly pos: number; readonly end: number }[]): readonly (Directive | MalformedDirective)[] {
  const found: (Directive | MalformedDirective)[] = [];
  for (const { pos, end } of comments) {
    if (text.charCodeAt(pos + 1) !== slash) continue;
    const start = text.charCodeAt(pos + 2) === space ? pos + 3 : pos + 2;
    if (!text.startsWith(marker, start)) continue;
    const spaced = start === pos + 3 && language === 'go';
    const directive = readDirective(text, { start: pos, end: endWithoutSpace(text, start, end) }, start + marker.length);
    if (!spaced) found.push(directive);
    // Prose may begin with the word; what reads as a whole directive is no prose.
    else if (directive.kind === 'directive') found.push({ kind: 'malformed', start: pos, end: directive.end, fault: { kind: 'space', space: { start: pos + 2, end: pos + 3 } } });
  }
  return found;
}

const slash = 47;
const space = 32;

function endWithoutSpace(text: string, start: number, end: number): number {
  while (end > start && isSpace(text, end - 1)) end--;
  return end;
}

function readDirective(text: string, { start, end }: Span, verbStart: number): Directive | MalformedDirective {
  const verb = wordAt(text, verbStart, end);
  if (verb.text !== 'ignore' && verb.text !== 'ignore-file') return { kind: 'malformed', start, end, fault: { kind: 'verb', verb } };
  const words = wordsAt(text, verb.end, end);
  const rules: NamedRule[] = [];
  let last = 0;
  rules.push(...namesIn(words[last]));
  for (; continues(words[last], words[last + 1]); last++) rules.push(...namesIn(words[last + 1]));
  if (rules.length === 0) return { kind: 'malformed', start, end, fault: { kind: 'no-rule' } };
  const first = words[last + 1];
  const reason = first ? text.slice(first.start, reasonEnd(words, last + 1)) : '';
  const scope = verb.text === 'ignore-file' ? 'file' : isAloneOnLine(text, start) ? 'next' : 'line';
  return { kind: 'directive', start, end, scope, rules, reason };
}

interface Word extends Span {
  readonly text: string;
}

/** `a, b` and `a ,b`: a comma at the end of a word or the start of the next says that the list goes on. */
function continues(word: Word | undefined, next: Word | undefined): boolean {
  return (word?.text.endsWith(',') ?? false) || (next?.text.startsWith(',') ?? false);
}

/** The names in a comma-separated word. */
function namesIn(word: Word | undefined): NamedRule[] {
  const names: NamedRule[] = [];
  if (!word || word.text.startsWith('//')) return names;
  let start = word.start;
  for (const id of word.text.split(',')) {
    if (id !== '') names.push({ id, start, end: start + id.length });
    start += id.length + 1;
  }
  return names;
}

/** The end of the last word before one that begins with `//`. */
function reasonEnd(words: readonly Word[], first: number): number {
  let end = words[first]!.start;
  for (const word of words.slice(first)) {
    if (word.text.startsWith('//')) break;
    end = word.end;
  }
  return end;
}

function wordsAt(text: string, start: number, end: number): readonly Word[] {
  const words: Word[] = [];
  for (let at = start; at < end; ) {
    if (isSpace(text, at)) {
      at++;
      continue;
    }
    const word = wordAt(text, at, end);
    words.push(word);
    at = word.end;
  }
  return words;
}

/** The text from `start` to the next white space. */
function wordAt(text: string, start: number, limit: number): Word {
  let end = start;
  while (end < limit && !isSpace(text, end)) end++;
  return { start, end, text: text.slice(start, end) };
}

function isSpace(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c === space || c === 9 || c === 13 || c === 10;
}

/** True if only white space stands before the offset on its line. */
export function isAloneOnLine(text: string, offset: number): boolean {
  for (let at = offset - 1; at >= 0; at--) {
    const c = text.charCodeAt(at);
    if (c === 10 || c === 13) return true;
    if (c !== space && c !== 9) return false;
  }
  return true;
}
