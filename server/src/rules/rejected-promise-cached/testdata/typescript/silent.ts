async function load(key: string): Promise<string> {
  const response = await fetch(key);
  return response.text();
}

async function loadOrEmpty(key: string): Promise<string> {
  try {
    const response = await fetch(key);
    return await response.text();
  } catch {
    return '';
  }
}

const cache = new Map<string, Promise<string>>();

// ok: removed when it rejects
export function get(key: string): Promise<string> {
  const known = cache.get(key);
  if (known) return known;
  const promise = load(key);
  cache.set(key, promise);
  promise.catch(() => cache.delete(key));
  return promise;
}

const safe = new Map<string, Promise<string>>();

// ok: it never rejects
export function getSafe(key: string): Promise<string> {
  const known = safe.get(key);
  if (known) return known;
  const promise = loadOrEmpty(key);
  safe.set(key, promise);
  return promise;
}

const latest = new Map<string, Promise<string>>();

// ok: the next call stores another one
export function refresh(key: string): Promise<string> {
  const promise = load(key);
  latest.set(key, promise);
  return promise;
}

const values = new Map<string, string>();

// ok: a value, not a promise
export function put(key: string): void {
  if (!values.has(key)) values.set(key, key);
}

interface Client {
  get(path: string): Promise<{ readonly account: string }>;
  put(path: string, value: string): Promise<void>;
}
declare const client: Client;

const accounts: Record<string, string> = {};

// ok: what is kept is what the promise gave
export async function accountOf(project: string): Promise<string> {
  const known = accounts[project];
  if (known) return known;
  const response = await client.get(project);
  accounts[project] = response.account;
  return response.account;
}
