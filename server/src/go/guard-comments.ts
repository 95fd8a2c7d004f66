// What comments say about locks, read as sentences of words:
//
//   entries map[string]int // guarded by mu             a field and the lock that guards it
//   // +checklocks:mu                                    the same, for gVisor's analyzer
//   mu sync.Mutex // protects entries and order          a lock and what it guards
//   mu sync.Mutex // protects following fields           … up to the next empty line
//   // Callers must hold c.mu.                           a function that counts on its callers
//
// Only the grammar is here; what a name means is decided by types (guard-facts.ts).

/** A name with its parts: `mu`, `c.mu`, `Server.mu`. */
export type Name = readonly string[];

export interface Requirement {
  /** The lock, as the comment names it; undefined if it only says that a lock is held. */
  readonly lock: Name | undefined;
  readonly mode: 'exclusive' | 'shared';
  /** True for `+checklocks`, which a program reads. */
  readonly isAnnotation: boolean;
  /** True if callers see to it that no two calls run at the same time, by a lock that is not named or in another way. */
  readonly isAlone: boolean;
}

/** What a lock's comment says that it guards. */
export type Guarded = { readonly kind: 'names'; readonly names: readonly Name[] } | { readonly kind: 'following' };

interface Word {
  readonly text: string;
  /** In lower case. */
  readonly lower: string;
  /** What follows directly: `,`, `;`, `:`, or '' for nothing. */
  readonly after: string;
}

type Sentence = readonly Word[];

/** The text of comments without what makes them comments, line by line. */
function linesOf(comments: readonly string[]): readonly string[] {
  return comments.flatMap((comment) => {
    if (comment.startsWith('//')) return [comment.slice(2)];
    return comment.slice(2, comment.endsWith('*/') ? -2 : undefined).split('\n').map((line) => (line.trimStart().startsWith('*') ? line.trimStart().slice(1) : line));
  });
}

const annotation = '+checklocks';

/** `+checklocks:mu`, `+checklocksread:c.mu`, `+checklocksignore`: the word after `+checklocks` and what it is about. */
function annotationsIn(lines: readonly string[]): readonly { readonly verb: string; readonly name: Name | undefined }[] {
  return lines.flatMap((line) => {
    const text = line.trim();
    if (!text.startsWith(annotation)) return [];
    const colon = text.indexOf(':');
    const verb = text.slice(annotation.length, colon < 0 ? undefined : colon).trim();
    const name = colon < 0 ? undefined : nameOf(text.slice(colon + 1).trim());
    return [{ verb, name }];
  });
}

function isNamePart(character: string): boolean {
  return character === '_' || (character >= '0' && character <= '9') || character.toLowerCase() !== character.toUpperCase();
}

function nameOf(text: string): Name | undefined {
  const parts = text.split('.');
  return parts.every((part) => part !== '' && [...part].every(isNamePart)) ? parts : undefined;
}

/** Lines as sentences: what stands between full stops. A line of an annotation or directive is none. */
function sentencesOf(lines: readonly string[]): readonly Sentence[] {
  const sentences: Word[][] = [[]];
  for (const line of lines) {
    // A list item or an empty line ends what stood before.
    if (line.trim() === '' || line.trimStart().startsWith('- ')) sentences.push([]);
    if (line.trim().startsWith('+')) continue;
    for (const part of line.split(' ')) addWord(sentences, part.trim());
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

const quotes = '`\'"[]*<>';

function addWord(sentences: Word[][], part: string): void {
  let start = 0;
  let end = part.length;
  while (start < end && (quotes.includes(part[start]!) || part[start] === '(' || part[start] === '&')) start++;
  let after = '';
  let ends = false;
  for (; end > start; end--) {
    const last = part[end - 1]!;
    if (last === '.' || last === '!' || last === '?') ends = true;
    else if (last === ',' || last === ';' || last === ':') after = last;
    else if (last === ')') after ||= ')';
    else if (!quotes.includes(last)) break;
  }
  // `mu.Lock()` names mu's method.
  const text = part.slice(start, end).split('(')[0]!;
  if (text !== '') sentences.at(-1)!.push({ text, lower: text.toLowerCase(), after });
  if (ends || after === ';') sentences.push([]);
}

const guardedWords: ReadonlySet<string> = new Set(['guarded', 'protected', 'synchronized']);
const negations: ReadonlySet<string> = new Set(['not', "isn't", "aren't", "don't", "doesn't", 'never', 'no', 'without', 'cannot', "can't", "needn't", 'unless', 'longer']);
const lockNouns: ReadonlySet<string> = new Set(['lock', 'mutex', 'rwmutex', 'locked', 'mu']);
const articles: ReadonlySet<string> = new Set(['the', 'a', 'an', 'by', 'its', 'this', 'embedded', 'field', 'parent']);

/** The lock of `guarded by mu`, or undefined. What is guarded by several things, or now and then, is not said to be guarded. */
export function guardNamedBy(comments: readonly string[]): Name | undefined {
  const lines = linesOf(comments);
  for (const { verb, name } of annotationsIn(lines)) if (verb === '' && name) return name;
  for (const sentence of sentencesOf(lines)) {
    const at = sentence.findIndex((word, index) => guardedWords.has(word.lower) && sentence[index + 1]?.lower === 'by');
    if (at < 0 || sentence.slice(0, at).some((word) => negations.has(word.lower))) continue;
    let next = at + 2;
    while (articles.has(sentence[next]?.lower ?? '')) next++;
    const word = sentence[next];
    const name = word && nameOf(word.text);
    if (!word || !name) continue;
    // `guarded by mu mutex`
    const rest = sentence.slice(word.after === '' && lockNouns.has(sentence[next + 1]?.lower ?? '') ? next + 2 : next + 1);
    const isWhole = rest.length === 0 || (word.after !== '' && word.after !== ':' && !isAlternative(rest[0]));
    if (isWhole) return name;
  }
  return undefined;
}

function isAlternative(word: Word | undefined): boolean {
  return word !== undefined && ['or', 'and', 'except', 'but', 'unless', 'when', 'if', 'only'].includes(word.lower);
}

const guardingVerbs: ReadonlySet<string> = new Set(['guards', 'protects', 'guard', 'protect', 'guarding', 'protecting']);

/** What a lock's comment says that it guards, or undefined. */
export function guardedNamedBy(comments: readonly string[]): Guarded | undefined {
  for (const sentence of sentencesOf(linesOf(comments))) {
    const at = sentence.findIndex((word) => guardingVerbs.has(word.lower));
    if (at < 0 || sentence.slice(0, at).some((word) => negations.has(word.lower))) continue;
    const rest = sentence.slice(at + 1).filter((word) => !['the', 'all', 'of', 'and', 'both', 'fields', 'access', 'to'].includes(word.lower));
    if (rest.length === 0) continue;
    const following = ['following', 'below', 'remaining', 'rest'].includes(rest[0]!.lower);
    if (following) return rest.length === 1 || (rest.length === 2 && rest[1]!.lower === 'field') ? { kind: 'following' } : undefined;
    const names = rest.map((word) => nameOf(word.text));
    return names.every((name) => name !== undefined) ? { kind: 'names', names } : undefined;
  }
  return undefined;
}

const obligations: ReadonlySet<string> = new Set(['caller', 'callers', 'must', 'should', 'requires', 'require', 'required', 'expects', 'expected', 'assumes', 'assume', 'assuming', 'called', 'needs', 'need', 'has', 'shall']);
const holdings: ReadonlySet<string> = new Set(['hold', 'holds', 'holding', 'held', 'locked', 'acquired', 'taken']);
/** The same of a lock, and something else of anything else: `the machine's own`. */
const ownings: ReadonlySet<string> = new Set(['own', 'owns']);
/** Weaker words that still say that somebody else has the lock. */
const circumstances: ReadonlySet<string> = new Set(['with', 'while', 'under', 'lock', 'locked', 'is', 'are', 'when']);

/**
 * What a function's comment says about locks that its callers hold. A lock is named only by a sentence that says nothing else;
 * any sentence about held locks is a requirement without a name.
 */
export function requirementsIn(comments: readonly string[], isLock: (name: Name) => boolean): readonly Requirement[] {
  const lines = linesOf(comments);
  const found: Requirement[] = [];
  for (const { verb, name } of annotationsIn(lines)) {
    if (name && (verb === '' || verb === 'read')) found.push({ lock: name, mode: verb === '' ? 'exclusive' : 'shared', isAnnotation: true, isAlone: false });
    else if (verb !== 'acquire' && verb !== 'acquireread') found.push({ lock: undefined, mode: 'exclusive', isAnnotation: true, isAlone: false });
  }
  for (const sentence of sentencesOf(lines)) {
    const requirement = requirementOf(sentence, isLock);
    if (requirement) found.push(requirement);
  }
  return found;
}

function requirementOf(sentence: Sentence, isLock: (name: Name) => boolean): Requirement | undefined {
  const has = (words: ReadonlySet<string>): boolean => sentence.some((word) => words.has(word.lower));
  if (isUnsafe(sentence) || isForCallersToOrder(sentence)) return { lock: undefined, mode: 'exclusive', isAnnotation: false, isAlone: true };
  const holds = has(holdings) || (has(ownings) && has(lockNouns));
  if (!has(obligations) && !(has(circumstances) && holds) && !sentence.some(({ lower }) => lower === 'with' || lower === 'under')) return undefined;
  const locks = sentence.flatMap(({ text }) => {
    const name = nameOf(text);
    return name && isLock(name) ? [name] : [];
  });
  if (locks.length === 0 && !has(lockNouns) && !holds) return undefined;
  const [only, ...others] = locks;
  const isClear = only !== undefined && others.length === 0 && has(obligations) && (holds || has(ownings)) && !has(negations) && !has(conditions);
  const isShared = sentence.some(({ lower }, index) => lower === 'rlock' || lower === 'rlocked' || (lower === 'reading' && sentence[index - 1]?.lower === 'for') || (lower === 'read' && lockNouns.has(sentence[index + 1]?.lower ?? '')) || lower === 'least');
  const isHeld = locks.length === 0 && sentence.some(isCaller) && has(obligations) && holds && !has(negations) && !has(conditions);
  return { lock: isClear ? only : undefined, mode: isShared ? 'shared' : 'exclusive', isAnnotation: false, isAlone: isHeld };
}

function isCaller({ lower }: Word): boolean {
  return lower === 'caller' || lower === 'callers';
}

/** `callers must synchronize access to it` */
function isForCallersToOrder(sentence: Sentence): boolean {
  const at = sentence.findIndex(({ lower }) => ['synchronize', 'synchronise', 'serialize', 'serialise'].includes(lower));
  const before = sentence.slice(0, Math.max(0, at));
  return before.some(isCaller) && ['must', 'should', 'shall'].includes(before.at(-1)?.lower ?? '');
}

const conditions: ReadonlySet<string> = new Set(['if', 'unless', 'or', 'either', 'when', 'may', 'acquires', 'takes', 'releases', 'unlocks', 'after', 'before']);

/** True if a type's comment says that its methods must not be called at the same time: `It is not safe for concurrent use.` */
export function isForOneTask(comments: readonly string[]): boolean {
  return sentencesOf(linesOf(comments)).some((sentence) => isUnsafe(sentence) && !sentence.some(({ lower }) => exceptions.has(lower)));
}

/** Words of sentences that speak of less than the whole type. */
const exceptions: ReadonlySet<string> = new Set(['method', 'methods', 'function', 'functions', 'call', 'calls', 'calling', 'field', 'fields', 'copy', 'if', 'when', 'unless', 'except', 'only', 'while', 'until', 'before', 'after']);

/** `not safe for concurrent use`, `not goroutine-safe`. */
function isUnsafe(sentence: Sentence): boolean {
  const not = sentence.findIndex((word) => word.lower === 'not' || word.lower === "isn't");
  if (not < 0) return false;
  return sentence.slice(not + 1, not + 5).some(({ lower }) => ['thread', 'goroutine', 'concurrency', 'concurrent', 'concurrently'].some((word) => lower.startsWith(word)));
}
