let seen = new WeakSet<object>();

export function reset(): void {
  (seen as any).clear(); // want `WeakSet has no clear\(\)`
}

interface Store {
  clear(): void;
}

export function unrelated(store: Store): void {
  store.clear(); // ok: no weak collection
  seen.add(store);
}
