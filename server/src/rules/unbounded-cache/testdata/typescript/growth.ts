const users = new Map<string, { readonly name: string }>(); // want `users only ever grows`
const seen = new Set<number>(); // want `seen only ever grows`

export function remember(id: string, name: string): boolean {
  users.set(id, { name });
  return users.has(id);
}

export function see(id: number): void {
  if (!seen.has(id)) seen.add(id);
}

const bounded = new Map<string, number>();

// ok: the oldest goes when it is full
export function limit(id: string): void {
  bounded.set(id, 1);
  if (bounded.size > 100) bounded.delete(bounded.keys().next().value!);
}

const emptied = new Map<string, number>();

export function fill(id: string): void {
  emptied.set(id, 1);
}

// ok: emptied
export function reset(): void {
  emptied.clear();
}

// ok: other files may empty it
export const exported = new Map<string, number>();

export function add(id: string): void {
  exported.set(id, 1);
}

const levels = new Map<'info' | 'warning', number>();

// ok: two keys
export function count(level: 'info' | 'warning'): void {
  levels.set(level, (levels.get(level) ?? 0) + 1);
}

const constant = new Map<string, number>();

// ok: always the same key
export function last(value: number): void {
  constant.set('last', value);
}

const table = new Map<string, number>();
// ok: filled once, when the module is loaded
for (const [i, name] of ['a', 'b'].entries()) table.set(name, i);

export function numberOf(name: string): number | undefined {
  return table.get(name);
}

declare function register(map: Map<string, number>): void;
const given = new Map<string, number>();
register(given);

// ok: whoever got it may take out
export function put(id: string): void {
  given.set(id, 1);
}

let replaced = new Map<string, number>();

// ok: another one takes its place
export function renew(id: string): void {
  if (replaced.size > 100) replaced = new Map();
  replaced.set(id, 1);
}

// ok: entries go with their keys
const weak = new WeakMap<object, number>();

export function note(of: object): void {
  weak.set(of, 1);
}

// ok: it goes with the call
export function unique(names: readonly string[]): number {
  const own = new Set<string>();
  for (const name of names) own.add(name);
  return own.size;
}
