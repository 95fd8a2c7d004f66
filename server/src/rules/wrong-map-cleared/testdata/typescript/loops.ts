export class Store {
  private entries = new Map<string, number>();
  private names = new Set<string>();

  reset(): void {
    const old = this.entries;
    this.entries = new Map();
    for (const key of old.keys()) this.entries.delete(key); // want `this loop ranges old but deletes from this\.entries, which is empty here`
  }

  forget(others: ReadonlySet<string>): void {
    this.names.clear();
    others.forEach((name) => this.names.delete(name)); // want `ranges others but deletes from this\.names`
  }

  // ok: the other one may hold them
  subtract(done: ReadonlySet<string>): void {
    for (const name of done) this.names.delete(name);
  }

  // ok: filled in between
  refill(done: ReadonlySet<string>, all: readonly string[]): void {
    this.names = new Set();
    for (const name of all) this.names.add(name);
    for (const name of done) this.names.delete(name);
  }

  // ok: who knows what the call puts in
  load(done: ReadonlySet<string>): void {
    this.names = new Set();
    this.fill();
    for (const name of done) this.names.delete(name);
  }

  private fill(): void {
    this.names.add('a');
  }

  // ok: not empty
  copy(done: ReadonlySet<string>, all: readonly string[]): Set<string> {
    const left = new Set(all);
    for (const name of done) left.delete(name);
    return left;
  }

  // ok: the same map
  clear(): void {
    this.entries = new Map();
    for (const key of this.entries.keys()) this.entries.delete(key);
  }
}

export function strip(old: Record<string, number>): Record<string, number> {
  const fresh: Record<string, number> = {};
  for (const key in old) delete fresh[key]; // want `ranges old but deletes from fresh`
  return fresh;
}

// ok: it does more than delete
export function move(old: Map<string, number>): Map<string, number> {
  const fresh = new Map<string, number>();
  for (const [key, value] of old) {
    fresh.delete(key);
    fresh.set(key, value);
  }
  return fresh;
}
