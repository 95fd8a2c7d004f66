const pool: Map<string, number>[] = [];

export function distinct(words: readonly string[]): number {
  const counts = pool.pop() ?? new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const found = counts.size;
  pool.push(counts); // want `counts goes back into the pool with its entries, and nobody clears it: line 6 sees`
  return found;
}

export class Walker {
  private readonly sets: Set<string>[] = [];

  private borrow(): Set<string> {
    return this.sets.pop() ?? new Set();
  }

  private giveBack(set: Set<string>): void {
    this.sets.push(set); // want `set goes back into the pool with its entries`
  }

  walk(names: readonly string[]): string[] {
    const seen = this.borrow();
    for (const name of names) seen.add(name);
    const all = [...seen];
    this.giveBack(seen);
    return all;
  }
}

const cleared: Map<string, number>[] = [];

// ok: cleared before it goes back
export function count(words: readonly string[]): number {
  const counts = cleared.pop() ?? new Map<string, number>();
  for (const word of words) counts.set(word, 1);
  const found = counts.size;
  counts.clear();
  cleared.push(counts);
  return found;
}

const clearedLater: Set<string>[] = [];

// ok: cleared when it is taken
export function unique(words: readonly string[]): number {
  const seen = clearedLater.pop() ?? new Set<string>();
  seen.clear();
  for (const word of words) seen.add(word);
  const found = seen.size;
  clearedLater.push(seen);
  return found;
}

const caches: Map<string, number>[] = [];

// ok: entries are looked up, never all of them
export function lengthOf(word: string): number {
  const cache = caches.pop() ?? new Map<string, number>();
  const known = cache.get(word) ?? word.length;
  cache.set(word, known);
  caches.push(cache);
  return known;
}

const stack: Map<string, number>[] = [];

// ok: no pool; what is taken is what was put there
export function leave(): number {
  return stack.pop()?.size ?? 0;
}

export function enter(scope: Map<string, number>): void {
  stack.push(scope);
}

declare function use(map: Map<string, number>): void;
const lent: Map<string, number>[] = [];

// ok: whoever gets it may clear it
export function lend(): number {
  const map = lent.pop() ?? new Map<string, number>();
  map.set('a', 1);
  use(map);
  const found = map.size;
  lent.push(map);
  return found;
}

// ok: other files may clear what they borrow
export class Shared {
  private readonly maps: Map<string, number>[] = [];

  borrow(): Map<string, number> {
    return this.maps.pop() ?? new Map();
  }

  giveBack(map: Map<string, number>): void {
    this.maps.push(map);
  }
}
