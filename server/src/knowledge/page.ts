// A page of the knowledge base: a Markdown file in each language with a head of metadata, and claims of the source document
// as list items `- C6 outdated nan-keys: statement`. The files are in pages/.

import type { Locale } from '../rules/rule.ts';

export type Verdict = 'true' | 'true-with-limits' | 'false' | 'outdated' | 'unverifiable';
export const verdicts: readonly Verdict[] = ['true', 'true-with-limits', 'false', 'outdated', 'unverifiable'];

/** Why a claim has no program that can be run again. */
export type NoProgram = 'needs-redis' | 'private-layout';

export interface Claim {
  /** Such as `C6`. */
  readonly id: string;
  readonly verdict: Verdict;
  /** The name of the program in test/evidence that shows it, or why there is none. */
  readonly evidence: { readonly program: string } | { readonly none: NoProgram };
  /** The corrected statement by language. */
  readonly statement: Readonly<Record<Locale, string>>;
}

export interface Page {
  readonly id: string;
  /** A strategy of a language, or a page about something else. */
  readonly kind: 'go' | 'typescript' | 'page';
  /** Sections of the source document that the page answers, in order. */
  readonly sections: readonly string[];
  /** Ids of rules whose defects the strategy avoids or may have. */
  readonly rules: readonly string[];
  readonly title: Readonly<Record<Locale, string>>;
  /** The first paragraph. */
  readonly summary: Readonly<Record<Locale, string>>;
  /** The Markdown from the title on, as written. */
  readonly body: Readonly<Record<Locale, string>>;
  readonly claims: readonly Claim[];
}

/** @throws Error for a file that is not written as a page */
export function readPage(id: string, texts: Readonly<Record<Locale, string>>): Page {
  const en = readText(id, texts.en);
  const zh = readText(id, texts['zh-cn']);
  const kind = en.head.get('kind');
  if (kind !== 'go' && kind !== 'typescript' && kind !== 'page') throw new Error(`${id}: unknown kind ${kind}`);
  const statements = new Map(claimLines(zh.body).map((line) => [line.id, line.statement]));
  return {
    id,
    kind,
    sections: listOf(en.head.get('sections')),
    rules: listOf(en.head.get('rules')),
    title: { en: en.title, 'zh-cn': zh.title },
    summary: { en: en.summary, 'zh-cn': zh.summary },
    body: { en: en.body, 'zh-cn': zh.body },
    claims: claimLines(en.body).map((line) => claimOf(line, statements.get(line.id))),
  };
}

interface ClaimLine {
  readonly id: string;
  readonly verdict: string;
  readonly evidence: string;
  readonly statement: string;
}

const claimPattern = /^- (C\d+) ([a-z-]+) (-?[a-z-]+): (.*)$/;

/** The claims of a page, as written. */
export function claimLines(body: string): readonly ClaimLine[] {
  return body.split('\n').flatMap((line) => claimLine(line) ?? []);
}

export function claimLine(line: string): ClaimLine | undefined {
  const match = claimPattern.exec(line);
  return match ? { id: match[1]!, verdict: match[2]!, evidence: match[3]!, statement: match[4]! } : undefined;
}

function claimOf({ id, verdict, evidence, statement }: ClaimLine, zh: string | undefined): Claim {
  const known = verdicts.find((word) => word === verdict);
  if (!known) throw new Error(`${id}: unknown verdict ${verdict}`);
  if (zh === undefined) throw new Error(`${id}: the other language does not have it`);
  return { id, verdict: known, evidence: evidence.startsWith('-') ? { none: reasonOf(id, evidence.slice(1)) } : { program: evidence }, statement: { en: statement, 'zh-cn': zh } };
}

function reasonOf(id: string, reason: string): NoProgram {
  if (reason === 'needs-redis' || reason === 'private-layout') return reason;
  throw new Error(`${id}: unknown reason ${reason}`);
}

function readText(id: string, text: string): { head: ReadonlyMap<string, string>; title: string; summary: string; body: string } {
  const match = /^---\n([^]*?)\n---\n\n(# (.+)\n\n([^\n]+)\n[^]*)$/.exec(text);
  if (!match) throw new Error(`${id}: a page begins with its metadata, a title and a paragraph`);
  const head = new Map(match[1]!.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  return { head, title: match[3]!, summary: match[4]!, body: match[2]! };
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '');
}

const sectionEnds: readonly (readonly [section: string, lastClaim: number])[] = [
  ['1', 14], ['2.1', 22], ['2.2', 30], ['2.3', 39], ['2.4', 48], ['2.5', 56], ['3.1', 64], ['3.2', 73], ['3.3', 78],
  ['4', 79], ['4.1', 87], ['4.2', 94], ['4.3', 99], ['4.4', 108],
];

/** The section of the source document that makes a claim. Claims are numbered in its order. */
export function sectionOfClaim(id: string): string {
  const number = Number(id.slice(1));
  const found = sectionEnds.find(([, last]) => number <= last);
  if (!found) throw new Error(`${id} is no claim of the document`);
  return found[0];
}
