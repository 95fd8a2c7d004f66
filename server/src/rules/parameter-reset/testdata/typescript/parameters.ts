export function map(entries: Map<string, number>): void {
  entries = new Map(); // want `this replaces only the parameter entries: the caller keeps its Map`
}

export function set(names: Set<string>): void {
  console.log(names.size);
  names = new Set(); // want `the caller keeps its Set`
}

export function list(items: string[]): void {
  items = []; // want `the caller keeps its array`
}

export function dictionary(counts: Record<string, number>): void {
  counts = {}; // want `the caller keeps its object`
}

export const arrow = (entries: Map<string, number>): void => {
  entries = new Map<string, number>(); // want `replaces only the parameter entries`
};

class Store {
  reset(entries: Map<string, number>, all: boolean): void {
    if (all) {
      entries = new Map(); // want `replaces only the parameter entries`
    }
  }
}

export function used(entries: Map<string, number>): number {
  entries = new Map(); // ok: used afterwards
  entries.set('a', 1);
  return entries.size;
}

export function returned(items: string[]): string[] {
  if (items.length === 0) return [];
  items = []; // ok: returned
  return items;
}

export function missing(items?: string[]): void {
  if (!items) items = []; // ok: used afterwards
  console.log(items.length);
}

export function captured(items: string[]): () => number {
  const size = (): number => items.length;
  items = []; // ok: the closure sees it
  return size;
}

export function loop(batch: string[], all: readonly string[]): void {
  for (const each of all) {
    batch.push(each);
    if (batch.length > 10) {
      console.log(batch);
      batch = []; // ok: used by the next round
    }
  }
}

export function local(): void {
  let entries = new Map<string, number>([['a', 1]]);
  console.log(entries.size);
  entries = new Map(); // ok: no parameter
}

export function filled(entries: Map<string, number>): void {
  console.log(entries.size);
  entries = new Map([['a', 1]]); // ok: not empty, so no reset
}

export function other(value: number, anything: any): void {
  value = 0; // ok: no container
  anything = {}; // ok: nothing is known of it
}

export function optional(entries: Map<string, number> | undefined): void {
  console.log(entries?.size);
  entries = new Map(); // want `replaces only the parameter entries`
}

export const store = new Store();
