// Damages Go files, and types in them, and looks whether anything breaks. Everything follows from the seed, but for how far the time reaches.

import { parseFile } from '../../../server/src/go/syntax/parser.ts';
import { reparse } from '../../../server/src/go/syntax/reparse.ts';
import { dump, violationIn } from './invariants.ts';

export interface FuzzOptions {
  readonly texts: readonly string[];
  readonly seconds: number;
  readonly seed: number;
}

export interface FuzzReport {
  readonly parsed: number;
  /** How many edits were made, and how many of those were answered by reading one declaration. */
  readonly edits: number;
  readonly reparsed: number;
  /** What broke, with the text it broke on. */
  readonly failures: readonly string[];
}

export function fuzz({ texts, seconds, seed }: FuzzOptions): FuzzReport {
  const random = randomFrom(seed);
  const report = { parsed: 0, edits: 0, reparsed: 0, failures: [] as string[] };
  const deadline = performance.now() + seconds * 1000;
  const small = texts.filter((text) => text.length < 3000);
  for (let round = 0; performance.now() < deadline && report.failures.length < 5; round++) {
    const text = pick(random, round % 2 === 0 ? small : texts);
    if (round % 8 === 7) everyPrefix(pick(random, small), deadline, report);
    else if (round % 2 === 0) typing(text, random, deadline, report);
    else damage(text, random, report);
  }
  return report;
}

type MutableReport = { -readonly [K in keyof FuzzReport]: FuzzReport[K] extends readonly (infer T)[] ? T[] : FuzzReport[K] };

function check(text: string, report: MutableReport): void {
  report.parsed++;
  try {
    const violation = violationIn(parseFile(text), text);
    if (violation) report.failures.push(`${violation}\n${JSON.stringify(text)}`);
  } catch (error) {
    report.failures.push(`${String(error)}\n${JSON.stringify(text)}`);
  }
}

function everyPrefix(text: string, deadline: number, report: MutableReport): void {
  for (let end = 0; end <= text.length && performance.now() < deadline; end++) check(text.slice(0, end), report);
}

const pieces = [
  ...'(){}[]<>"\'`;:,.=+-*/&|~!\\\n\t 0_xé𝒳\0\r',
  '//',
  '/*',
  '*/',
  ':=',
  '...',
  '<-',
  'func ',
  'type ',
  'var ',
  'import ',
  'case ',
  'default:',
  'if ',
  'else ',
  'for ',
  'range ',
  'struct {',
  'interface {',
  'map[',
  'return ',
  '\nfunc f() {\n',
  '\n}\n',
  '\ud800',
  '\ufeff',
];

/** One to three wounds: tokens deleted, doubled, exchanged or put in, or the end cut off. */
function damage(text: string, random: () => number, report: MutableReport): void {
  const tokens = tokensOf(text);
  const wounds = 1 + Math.floor(random() * 3);
  for (let i = 0; i < wounds && tokens.length > 1; i++) {
    const at = Math.floor(random() * (tokens.length - 1));
    switch (Math.floor(random() * 5)) {
      case 0:
        tokens.splice(at, 1 + Math.floor(random() * 4));
        break;
      case 1:
        tokens.splice(at, 0, tokens[at]!);
        break;
      case 2: {
        const other = Math.floor(random() * tokens.length);
        [tokens[at], tokens[other]] = [tokens[other]!, tokens[at]!];
        break;
      }
      case 3:
        tokens.splice(at, 0, pick(random, pieces));
        break;
      default:
        tokens.length = at + 1;
    }
  }
  check(tokens.join(''), report);
}

/** Words, and every other character by itself: good enough to be cut anywhere. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let start = 0;
  for (let i = 1; i <= text.length; i++) {
    if (i < text.length && isWord(text, i - 1) && isWord(text, i)) continue;
    tokens.push(text.slice(start, i));
    start = i;
  }
  return tokens;
}

function isWord(text: string, i: number): boolean {
  const c = text.charCodeAt(i);
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
}

/** A run of edits near each other. Wherever `reparse` answers, its answer must be that of a full parse in every respect. */
function typing(original: string, random: () => number, deadline: number, report: MutableReport): void {
  let text = original;
  let file = parseFile(text);
  let caret = Math.floor(random() * (text.length + 1));
  for (let step = 0; step < 60 && performance.now() < deadline; step++) {
    if (random() < 0.1) caret = Math.floor(random() * (text.length + 1));
    const start = Math.min(caret, text.length);
    const removes = random() < 0.35 ? 1 + Math.floor(random() * random() * 12) : 0;
    const oldEnd = Math.min(text.length, start + removes);
    const inserted = removes > 0 && random() < 0.7 ? '' : typed(random, original);
    const newText = text.slice(0, start) + inserted + text.slice(oldEnd);
    const newEnd = start + inserted.length;
    report.edits++;
    try {
      const expected = parseFile(newText);
      const violation = violationIn(expected, newText);
      if (violation) report.failures.push(`${violation}\n${JSON.stringify(newText)}`);
      const result = reparse(file, newText, { start, oldEnd, newEnd });
      if (result) {
        report.reparsed++;
        const difference = firstDifference(dump(result.file, newText), dump(expected, newText));
        if (difference) report.failures.push(`edit ${start} ${oldEnd} ${newEnd}: ${difference}\n${JSON.stringify(text)}\n${JSON.stringify(newText)}`);
        if (!result.file.decls.includes(result.changed) || result.file.decls.includes(result.previous)) report.failures.push('changed or previous is wrong');
      }
      file = result ? result.file : expected;
    } catch (error) {
      report.failures.push(`${error instanceof Error ? error.stack : String(error)}\n${JSON.stringify(newText)}`);
    }
    if (report.failures.length > 0) return;
    text = newText;
    caret = newEnd;
  }
}

/** Mostly letters and what is between them in real code, taken from the file itself. */
function typed(random: () => number, original: string): string {
  if (random() < 0.3) return pick(random, pieces);
  const at = Math.floor(random() * original.length);
  return original.slice(at, at + 1 + Math.floor(random() * random() * 30));
}

function firstDifference(actual: string, expected: string): string | undefined {
  if (actual === expected) return undefined;
  const ours = actual.split('\n');
  const theirs = expected.split('\n');
  const i = theirs.findIndex((line, at) => line !== ours[at]);
  return `reparse has ${ours[i]}\na full parse ${theirs[i]}`;
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

/** The generator mulberry32: numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
