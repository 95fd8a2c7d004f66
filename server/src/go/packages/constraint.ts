// Build constraints: `//go:build` expressions and the older `// +build` lines. Follows go/build/constraint.

import type { GoVersion } from './version.ts';

export type Constraint =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'not'; readonly x: Constraint }
  | { readonly kind: 'and' | 'or'; readonly x: Constraint; readonly y: Constraint };

/** Expressions with more operands than this are refused, as by the go command. */
const largestExpression = 1000;
const largestPlusBuild = 100;

/** The text after `//go:build`, trimmed, or undefined if the line is something else. `line` has no line terminator. */
export function goBuildText(line: string): string | undefined {
  const prefix = '//go:build';
  if (!line.startsWith(prefix)) return undefined;
  const rest = line.slice(prefix.length);
  const text = rest.trim();
  // `//go:buildsomething` is another directive.
  return text !== '' && text.length === rest.trimEnd().length ? undefined : text;
}

/** The text after `// +build`, trimmed, or undefined if the line is something else. */
export function plusBuildText(line: string): string | undefined {
  if (!line.startsWith('//')) return undefined;
  const comment = line.slice(2).trim();
  if (!comment.startsWith('+build')) return undefined;
  const rest = comment.slice('+build'.length);
  const text = rest.trim();
  return text !== '' && text.length === rest.length ? undefined : text;
}

/** The expression of a `//go:build` line, or undefined if it has a syntax error. */
export function parseConstraint(text: string): Constraint | undefined {
  const tokens = tokenize(text);
  if (!tokens) return undefined;
  const parser = new ConstraintParser(tokens);
  const expression = parser.or();
  return parser.atEnd ? expression : undefined;
}

/** The expression of one `// +build` line: options separated by spaces are alternatives, terms separated by commas must all hold. */
export function parsePlusBuild(text: string): Constraint | undefined {
  let operators = 0;
  let line: Constraint | undefined;
  for (const option of text.split(/[ \t]+/).filter(Boolean)) {
    let all: Constraint | undefined;
    for (const literal of option.split(',')) {
      if (all) operators++;
      all = all ? { kind: 'and', x: all, y: plusBuildTerm(literal) } : plusBuildTerm(literal);
    }
    if (line) operators++;
    line = line && all ? { kind: 'or', x: line, y: all } : all;
  }
  if (operators > largestPlusBuild) return undefined;
  return line ?? { kind: 'tag', tag: 'ignore' };
}

function plusBuildTerm(literal: string): Constraint {
  // The go command reads a malformed term as the tag that never holds.
  if (literal === '!' || literal.startsWith('!!')) return { kind: 'tag', tag: 'ignore' };
  const negated = literal.startsWith('!');
  const word = negated ? literal.slice(1) : literal;
  const tag: Constraint = { kind: 'tag', tag: word !== '' && tagLength(word, 0) === word.length ? word : 'ignore' };
  return negated ? { kind: 'not', x: tag } : tag;
}

/** True if the constraint holds where exactly the tags hold that `has` confirms. */
export function satisfies(constraint: Constraint, has: (tag: string) => boolean): boolean {
  switch (constraint.kind) {
    case 'tag':
      return has(constraint.tag);
    case 'not':
      return !satisfies(constraint.x, has);
    case 'and':
      return satisfies(constraint.x, has) && satisfies(constraint.y, has);
    case 'or':
      return satisfies(constraint.x, has) || satisfies(constraint.y, has);
  }
}

/** Adds every tag that the constraint names to `tags`. */
export function collectTags(constraint: Constraint, tags: Set<string>): void {
  if (constraint.kind === 'tag') {
    tags.add(constraint.tag);
    return;
  }
  collectTags(constraint.x, tags);
  if (constraint.kind !== 'not') collectTags(constraint.y, tags);
}

/**
 * The lowest Go version that the constraint implies, or undefined if it can hold without any release tag. The reading is
 * structural, as the compiler's: every tag may be true or false on its own.
 */
export function impliedGoVersion(constraint: Constraint): GoVersion | undefined {
  const version = leastVersion(constraint, true);
  return version < 0 ? undefined : version;
}

/** The least version implied by the constraint, or by its negation; -1 for none. */
function leastVersion(constraint: Constraint, positive: boolean): number {
  if (constraint.kind === 'not') return leastVersion(constraint.x, !positive);
  if (constraint.kind === 'tag') {
    // The compiler reads what follows the first `go1.` anywhere in the tag.
    return positive ? releaseOf(constraint.tag.slice(Math.max(0, constraint.tag.indexOf('go1.')))) : -1;
  }
  const x = leastVersion(constraint.x, positive);
  const y = leastVersion(constraint.y, positive);
  return (constraint.kind === 'and') === positive ? Math.max(x, y) : Math.min(x, y);
}

/** The N of a release tag `go1.N`, 0 for `go1`, -1 for any other tag. */
export function releaseOf(tag: string): number {
  if (tag === 'go1') return 0;
  if (!tag.startsWith('go1.')) return -1;
  const digits = tag.slice('go1.'.length);
  return /^[0-9]{1,6}$/.test(digits) ? Number(digits) : -1;
}

/** The tokens of an expression: `(`, `)`, `!`, `&&`, `||` and tags; undefined where a character fits none. */
function tokenize(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i]!;
    if (c === ' ' || c === '\t') {
      i++;
      continue;
    }
    const length = c === '(' || c === ')' || c === '!' ? 1 : c === '&' || c === '|' ? 2 : tagLength(text, i);
    if (length === 0 || (length === 2 && (c === '&' || c === '|') && text[i + 1] !== c)) return undefined;
    tokens.push(text.slice(i, i + length));
    i += length;
  }
  return tokens;
}

/** How many UTF-16 units from `start` on make up a tag: letters, digits, `_` and `.`. */
function tagLength(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    const c = String.fromCodePoint(text.codePointAt(end)!);
    if (!/^[\p{L}\p{Nd}_.]$/u.test(c)) break;
    end += c.length;
  }
  return end - start;
}

/** Recursive descent over the tokens. Once a token does not fit, every part answers undefined. */
class ConstraintParser {
  readonly #tokens: readonly string[];
  #next = 0;
  #operands = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  or(): Constraint | undefined {
    let x = this.#and();
    while (x && this.#take('||')) {
      const y = this.#and();
      x = y && { kind: 'or', x, y };
    }
    return x;
  }

  #and(): Constraint | undefined {
    let x = this.#not();
    while (x && this.#take('&&')) {
      const y = this.#not();
      x = y && { kind: 'and', x, y };
    }
    return x;
  }

  #not(): Constraint | undefined {
    if (++this.#operands > largestExpression) return undefined;
    if (!this.#take('!')) return this.#atom();
    // `!!` is an error, and so falls through to an atom that cannot start with `!`.
    const x = this.#atom();
    return x && { kind: 'not', x };
  }

  #atom(): Constraint | undefined {
    if (this.#take('(')) {
      const x = this.or();
      return this.#take(')') ? x : undefined;
    }
    const tag = this.#tokens[this.#next];
    if (tag === undefined || tag === ')' || tag === '!' || tag === '&&' || tag === '||') return undefined;
    this.#next++;
    return { kind: 'tag', tag };
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next++;
    return true;
  }
}
