declare function load(key: string): Promise<string>;

const own: Record<string, string> = {};

export async function asked(key: string): Promise<string> {
  if (!Object.hasOwn(own, key)) own[key] = await load(key); // want `own\[key\] was missing before the await`
  return own[key]!;
}

const older: Record<string, string> = {};

export async function askedBefore(key: string): Promise<string> {
  if (!older.hasOwnProperty(key)) older[key] = await load(key); // want `older\[key\] was missing before the await`
  return older[key]!;
}

const again: Record<string, string> = {};

// ok: asked again after the await
export async function askedAgain(key: string): Promise<string> {
  if (!Object.hasOwn(again, key)) {
    const value = await load(key);
    if (!Object.hasOwn(again, key)) again[key] = value;
  }
  return again[key]!;
}

const names: string[] = [];

export async function last(name: string): Promise<void> {
  if (names.findLast((each) => each === name) === undefined) {
    await load(name);
    names.push(name); // want `names was missing before the await`
  }
}

const ensured = new Map<string, string>();

// ok: what is there by now stays
export async function ensure(key: string): Promise<string> {
  if (ensured.has(key)) return ensured.get(key)!;
  const value = await load(key);
  return ensured.getOrInsert(key, value);
}

export function listen(target: EventTarget): void {
  let first: string | undefined;
  let every: string | undefined;
  // ok: the listener runs once
  target.addEventListener('open', async () => {
    if (first === undefined) first = await load('first');
  }, { once: true });
  target.addEventListener('message', async () => {
    if (every === undefined) every = await load('every'); // want `every was missing before the await`
  });
}
