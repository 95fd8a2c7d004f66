declare function load(key: string): Promise<string>;
declare function notify(key: string): Promise<void>;

const cache = new Map<string, string>();

export async function stampede(key: string): Promise<string> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = await load(key);
  cache.set(key, value); // want `cache\[key\] was missing before the await, and is set after it: calls in between do the work again`
  return value;
}

export async function nested(key: string): Promise<void> {
  if (!cache.has(key)) {
    cache.set(key, await load(key)); // want `cache\[key\] was missing before the await`
  }
}

const seen = new Set<string>();

export async function visit(id: string): Promise<void> {
  if (seen.has(id)) return;
  await notify(id);
  seen.add(id); // want `seen\[id\] was missing before the await, and is added after it`
}

const byName: Record<string, string> = {};

export async function dictionary(name: string): Promise<string> {
  byName[name] ??= await load(name); // want `byName\[name\] was missing before the await`
  return byName[name];
}

class Connection {
  close(): void {}
}

declare function connect(): Promise<Connection>;

export class Pool {
  private client: Connection | undefined;
  private busy = false;
  private readonly entries = new Map<string, Connection>();

  async get(): Promise<Connection> {
    if (!this.client) {
      this.client = await connect(); // want `this\.client was missing before the await, and is set after it: of two calls at once each makes one`
    }
    return this.client;
  }

  async flush(): Promise<void> {
    if (this.busy) return;
    await notify('flush');
    this.busy = true; // want `this\.busy was tested before the await, and is set after it`
  }

  async entry(key: string): Promise<Connection> {
    let entry = this.entries.get(key);
    if (!entry) {
      entry = await connect();
      this.entries.set(key, entry); // want `this\.entries\[key\] was missing`
    }
    return entry;
  }
}

export async function all(keys: readonly string[]): Promise<Map<string, string>> {
  const result = new Map<string, string>();
  await Promise.all(
    keys.map(async (key) => {
      if (!result.has(key)) result.set(key, await load(key)); // want `result\[key\] was missing`
    }),
  );
  return result;
}

export async function renamed(name?: string): Promise<string> {
  name = (name || 'default').trim();
  const known = cache.get(name);
  if (known) return known;
  const value = await load(name);
  cache.set(name, value); // want `cache\[name\] was missing before the await`
  return value;
}

const sizes: Record<string, number> = {};

export async function measured(name: string): Promise<void> {
  if (name in sizes) return;
  sizes[name] = (await load(name)).length; // want `sizes\[name\] was missing before the await`
}

let table: Map<string, unknown> | undefined;

export async function tableOf(): Promise<Map<string, unknown>> {
  if (!table) {
    const { measured: measure } = await import('./calls.ts' as string);
    table = new Map([['measure', measure]]); // want `table was missing before the await`
  }
  return table;
}

export async function mutual(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  async function one(key: string): Promise<void> {
    if (!found.has(key)) found.set(key, await load(key)); // want `found\[key\] was missing before the await`
    await other(`${key}.`);
  }
  async function other(key: string): Promise<void> {
    await Promise.all([...key].map((each) => one(each)));
  }
  await other('a');
  return found;
}

let settings: { readonly lines: readonly string[] } | undefined;

export async function readSettings(): Promise<{ readonly lines: readonly string[] }> {
  settings ??= { lines: [await load('settings')] }; // want `settings was missing before the await, and is set after it: calls in between do the work again`
  return settings;
}

enum Phase {
  New,
  Open,
}

export class Door {
  private phase = Phase.New;
  private name: string | undefined;

  private has(): boolean {
    return this.name !== undefined;
  }

  async open(): Promise<void> {
    if (this.phase !== Phase.New) return;
    await notify('open');
    this.phase = Phase.Open; // want `this\.phase was tested before the await`
  }

  async label(): Promise<void> {
    if (this.has()) return;
    const found = await load('name');
    if (found.length > 0) {
      this.name = found; // want `this\.name was missing before the await`
    } else {
      this.name = 'none';
    }
  }
}

const nothing = '';

export async function unlessEmpty(key: string): Promise<string> {
  const known = cache.get(key);
  if (known) return known;
  const value = await load(key);
  if (value !== nothing) cache.set(key, value); // want `cache\[key\] was missing before the await`
  return value;
}

export class Names {
  private all: readonly string[] | undefined;

  async get(options?: { readonly force?: boolean }): Promise<readonly string[]> {
    if (this.all === undefined || options?.force) {
      this.all = [await load('names')]; // want `this\.all was missing before the await`
    }
    return this.all;
  }
}

export namespace Inner {
  const texts = new Map<string, string>();

  export async function text(key: string): Promise<string> {
    const known = texts.get(key);
    if (known) return known;
    const value = await load(key);
    texts.set(key, value); // want `texts\[key\] was missing before the await`
    return value;
  }
}
