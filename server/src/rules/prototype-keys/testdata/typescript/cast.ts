const counts = new Map<string, number>();

export function store(key: string): void {
  (counts as any)[key] = 1; // want `sets a property of the Map object`
  counts.set(key, 1); // ok: an entry
}
