declare function fetchAll(): Promise<readonly string[]>;
enum Kind {
  Short,
  Long,
}

declare function fetchOne(key: string): Promise<string>;

export class Slots {
  private slots = new Map<string, string>();
  private names: string[] = [];

  slotOf(name: string): string | undefined {
    return this.slots.get(name);
  }

  private reset(): void {
    this.slots = new Map();
  }

  async discover(): Promise<void> {
    this.reset(); // want `this\.slots is emptied before the await and filled after it: in between it has nothing`
    for (const name of await fetchAll()) this.slots.set(name, name);
  }

  async list(keys: readonly string[]): Promise<void> {
    this.names = []; // want `this\.names is emptied before the await and filled after it: two calls at once fill it twice`
    for (const key of keys) {
      const name = await fetchOne(key);
      if (Kind[key.length] !== Kind[Kind.Long]) this.names.push(name);
    }
  }

  // ok: emptied when the new ones are there
  async rediscover(): Promise<void> {
    const all = await fetchAll();
    this.reset();
    for (const name of all) this.slots.set(name, name);
  }
}

export class Owned {
  private seen = new Set<string>();
  private items: string[] = [];

  // ok: nobody looks at it meanwhile
  async load(): Promise<void> {
    this.seen.clear();
    for (const name of await fetchAll()) this.seen.add(name);
  }

  // ok: given up by an older call
  async latest(token: object): Promise<void> {
    this.items = [];
    this.current = token;
    const all = await fetchAll();
    if (this.current !== token) return;
    this.items.push(...all);
  }

  private current: object | undefined;

  // ok: what is filled is the caller's own
  async own(): Promise<string[]> {
    let found: string[] = ['none'];
    found = [];
    for (const name of await fetchAll()) found.push(name);
    return found;
  }
}

export class Panel {
  private segments: string[] = [];
  private parts: string[] = [];

  // ok: what fills it empties it first, whoever comes before
  async start(): Promise<void> {
    try {
      await this.navigate('/a/b');
    } catch {
      await this.navigate('/');
    }
  }

  async navigate(path: string): Promise<void> {
    this.segments = [];
    for (const each of path.split('/')) this.segments.push(each);
    await fetchAll();
  }

  async restart(): Promise<void> {
    this.parts = []; // want `this\.parts is emptied before the await and filled after it: two calls at once fill it twice`
    await fetchAll();
    this.fill('/a/b');
  }

  private fill(path: string): void {
    for (const each of path.split('/')) this.parts.push(each);
  }
}
