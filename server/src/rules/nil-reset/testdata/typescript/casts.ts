let cache = new Map<string, number>();

export function reset(): void {
  cache = null as any; // want `cache becomes null here`
}

export function lookup(key: string): number | undefined {
  return cache.get(key);
}

let optional: Map<string, number> | undefined = new Map();

export function drop(): void {
  optional = undefined; // ok: every use looks first
}

export function find(key: string): number | undefined {
  return optional?.get(key);
}

let text: string | null = 'a';

export function clearText(): void {
  text = null; // ok: no container
  console.log(text);
}
