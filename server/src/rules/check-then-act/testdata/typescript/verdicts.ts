declare function exists(path: string): Promise<boolean>;
declare function load(key: string): Promise<string>;

const present = new Map<string, boolean>();

export async function isPresent(path: string): Promise<boolean> {
  const found = present.get(path) ?? (await exists(path));
  present.set(path, found); // want `present\[path\] was missing before the await, and is set after it: calls in between do the work again`
  return found;
}

const texts = new Map<string, string>();

export async function text(key: string): Promise<string> {
  const found = texts.get(key) ?? (await load(key));
  texts.set(key, found); // want `texts\[key\] was missing before the await, and is set after it: calls in between do the work again`
  return found;
}
