const cache = new Map<string, number>();

class Store {
  readonly entries = new Map<string, number>();
  readonly names: Set<string>;

  constructor(names: Set<string>) {
    this.names = names;
  }

  reset(): void {
    for (const key of this.entries.keys()) { // want `deletes every key of this\.entries; use this\.entries\.clear\(\)`
      this.entries.delete(key);
    }
    this.names.forEach((name) => this.names.delete(name)); // want `this call deletes every element of this\.names`
  }
}

export function keys(): void {
  for (const key of cache.keys()) cache.delete(key); // want `deletes every key of cache`
}

export function pairs(): void {
  for (const [key] of cache) { // want `deletes every key of cache`
    cache.delete(key);
  }
  for (const [key, _value] of cache.entries()) cache.delete(key); // want `deletes every key of cache`
}

export function snapshots(names: Set<string>): void {
  for (const key of [...cache.keys()]) cache.delete(key); // want `deletes every key of cache`
  for (const key of Array.from(cache.keys())) { cache.delete(key); } // want `deletes every key of cache`
  for (const name of [...names]) names.delete(name); // want `deletes every element of names`
  for (const name of new Set(names)) names.delete(name); // want `deletes every element of names`
  Array.from(cache.keys()).forEach((key) => cache.delete(key)); // want `this call deletes every key of cache`
  [...names.values()].forEach((name) => { names.delete(name); }); // want `this call deletes every element of names`
}

export function calls(): void {
  cache.forEach((_, key) => cache.delete(key)); // want `this call deletes every key of cache`
  cache.forEach(function (_value, key) { // want `this call deletes every key of cache`
    cache.delete(key);
  });
}

export function elements(names: Set<string>): void {
  for (const name of names) names.delete(name); // want `deletes every element of names`
  for (const name of names.values()) void names.delete(name); // want `deletes every element of names`
}

export function oneAtATime(names: Set<string>): void {
  while (names.size > 0) names.delete(names.values().next().value!); // want `looks for the first entry of names from the start`
  while (cache.size) { // want `looks for the first entry of cache from the start`
    const key = cache.keys().next().value!;
    cache.delete(key);
  }
  while (names.size !== 0) { // want `looks for the first entry`
    const [first] = names;
    names.delete(first!);
  }
  while (0 < names.size) names.delete([...names][0]!); // want `looks for the first entry`
}

// A generic function: the type parameter is at least a map.
export function generic<M extends Map<string, unknown>>(map: M): void {
  for (const key of map.keys()) map.delete(key); // want `deletes every key of map`
}

export const store = new Store(new Set());
