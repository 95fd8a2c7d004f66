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

const computed = new Map<string, Promise<string>>();

export function getComputed(key: string): Promise<string> {
  return computed.getOrInsertComputed(key, () => load(key)); // want `the promise stored in computed\[key\] stays there if it rejects`
}

const named = new Map<string, Promise<string>>();

export function getNamed(key: string): Promise<string> {
  return named.getOrInsertComputed(key, load); // want `the promise stored in named\[key\] stays there if it rejects`
}

const inserted = new Map<string, Promise<string>>();

export function getInserted(key: string): Promise<string> {
  return inserted.getOrInsert(key, load(key)); // want `the promise stored in inserted\[key\] stays there if it rejects`
}

const removed = new Map<string, Promise<string>>();

// ok: removed when it rejects
export function getRemoved(key: string): Promise<string> {
  return removed.getOrInsertComputed(key, () => {
    const promise = load(key);
    promise.catch(() => removed.delete(key));
    return promise;
  });
}

const caught = new Map<string, Promise<string>>();

// ok: it never rejects
export function getCaught(key: string): Promise<string> {
  return caught.getOrInsertComputed(key, () => loadOrEmpty(key));
}

const caughtToo = new Map<string, Promise<string>>();

// ok: the same by its name
export function getCaughtToo(key: string): Promise<string> {
  return caughtToo.getOrInsertComputed(key, loadOrEmpty);
}

const lists = new Map<string, string[]>();

// ok: no promise
export function listOf(key: string): string[] {
  return lists.getOrInsertComputed(key, () => []);
}
