interface Store {
  get<T>(key: string): Promise<T | undefined>;
  set<T>(key: string, value: T, ttl?: number): Promise<void>;
}

export function caching(store: Store): { wrap<T>(key: string, make: () => Promise<T>): Promise<T>; own<T>(key: string, value: T): Promise<T> } {
  return {
    wrap: async <T>(key: string, make: () => Promise<T>) => {
      const value = await store.get<T>(key);
      if (value === undefined) {
        const result = await make();
        await store.set<T>(key, result); // want `store\[key\]`
        return result;
      }
      return value;
    },
    // ok: nothing is waited for between the answer and the write
    own: async <T>(key: string, value: T) => {
      const known = await store.get<T>(key);
      if (known === undefined) await store.set<T>(key, value);
      return known ?? value;
    },
  };
}

declare function attachTarget(id: string): Promise<string>;
declare function onTarget(handle: (id: string) => void): void;

export function waitForTarget(targets: Map<string, string>): void {
  let tail: Promise<void> = Promise.resolve();
  const attach = async (id: string): Promise<void> => {
    if (targets.has(id)) return;
    // ok: one after the other
    targets.set(id, await attachTarget(id));
  };
  onTarget((id) => {
    tail = tail.then(() => attach(id));
  });
}

export class Client {
  private topology: object | undefined;
  private lock: Promise<void> | undefined;

  async connect(): Promise<void> {
    if (this.lock) return this.lock;
    try {
      this.lock = this.open();
      await this.lock;
    } finally {
      this.lock = undefined;
    }
  }

  private async open(): Promise<void> {
    if (this.topology) return;
    const host = await attachTarget('host');
    // ok: called by one at a time
    this.topology = { host };
  }
}
