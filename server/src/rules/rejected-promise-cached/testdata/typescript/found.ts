async function load(key: string): Promise<string> {
  const response = await fetch(key);
  return response.text();
}

const cache = new Map<string, Promise<string>>();

export function get(key: string): Promise<string> {
  const known = cache.get(key);
  if (known) return known;
  const promise = load(key);
  cache.set(key, promise); // want `the promise stored in cache\[key\] stays there if it rejects`
  return promise;
}
