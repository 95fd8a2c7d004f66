const cache = new Map<string, { close(): void; old: boolean }>();

export function filters(): void {
  for (const [key, value] of cache) { // ok: a condition
    if (value.old) cache.delete(key);
  }
  cache.forEach((value, key) => { // ok: a condition
    if (value.old) cache.delete(key);
  });
}

export function closes(): void {
  for (const [key, value] of cache) { // ok: does more than delete
    value.close();
    cache.delete(key);
  }
}

export function evicts(limit: number): void {
  while (cache.size > limit) { // ok: down to a limit, not to nothing
    cache.delete(cache.keys().next().value!);
  }
}

export function other(another: Map<string, unknown>): void {
  for (const key of another.keys()) cache.delete(key); // ok: another map
}

export function values(flags: Map<string, string>): void {
  flags.forEach((value) => flags.delete(value)); // ok: the first parameter is the value
  for (const value of flags.values()) flags.delete(value); // ok: values are no keys
}

export function early(): void {
  for (const key of cache.keys()) { // ok: only the first
    cache.delete(key);
    break;
  }
}

// A class that extends Map may do more when an entry goes.
class Observed extends Map<string, number> {
  override delete(key: string): boolean {
    console.log(key);
    return super.delete(key);
  }
}

export function observed(map: Observed): void {
  for (const key of map.keys()) map.delete(key); // ok: its delete is its own
}

class Registry {
  keys(): string[] {
    return [];
  }
  delete(key: string): void {
    console.log(key);
  }
}

export function notAMap(registry: Registry, anything: any): void {
  for (const key of registry.keys()) registry.delete(key); // ok: no map, whatever its methods are called
  for (const key of anything.keys()) anything.delete(key); // ok: nothing is known of it
}

export async function later(remove: (key: string) => Promise<void>): Promise<void> {
  for (const key of cache.keys()) { // ok: waits between the deletions
    await remove(key);
    cache.delete(key);
  }
}

export function optional(map: Map<string, number> | undefined): void {
  map?.forEach((_, key) => map.delete(key)); // ok: the map may be missing
}

function pick(): Map<string, number> {
  return new Map();
}

export function called(): void {
  for (const key of pick().keys()) pick().delete(key); // ok: two calls, perhaps two maps
}
