declare function load(key: string): Promise<string>;

const inflight = new Map<string, Promise<string>>();
const running = new Set<Promise<string>>();
const byPromise = new Map<Promise<string>, string>();

// ok: nobody else removes entries, and nobody overwrites one
export async function get(key: string): Promise<string> {
  const known = inflight.get(key);
  if (known) return known;
  const promise = load(key);
  inflight.set(key, promise);
  try {
    return await promise;
  } finally {
    inflight.delete(key);
  }
}

// ok: the element is the promise itself
export async function track(key: string): Promise<string> {
  const promise = load(key);
  running.add(promise);
  try {
    return await promise;
  } finally {
    running.delete(promise);
  }
}

// ok: the key is the promise itself
export async function name(key: string): Promise<string> {
  const promise = load(key);
  byPromise.set(promise, key);
  try {
    return await promise;
  } finally {
    byPromise.delete(promise);
  }
}

export function stop(): void {
  running.clear();
  byPromise.clear();
}

const checked = new Map<string, Promise<string>>();

// ok: compared before removing
export async function identity(key: string): Promise<string> {
  const promise = load(key);
  checked.set(key, promise);
  try {
    return await promise;
  } finally {
    if (checked.get(key) === promise) checked.delete(key);
  }
}

export function forget(key: string): void {
  checked.delete(key);
}
