declare function load(key: string): Promise<string>;

export class Store {
  private entries = new Map<string, string>();
  private epoch = 0;
  private closed = false;

  // ok: the epoch is compared after the await
  async refresh(key: string): Promise<void> {
    const mine = this.epoch;
    const value = await load(key);
    if (mine !== this.epoch) return;
    this.entries.set(key, value);
  }

  // ok: whether it is closed is asked after the await
  async fill(key: string): Promise<void> {
    const value = await load(key);
    if (this.closed) return;
    this.entries.set(key, value);
  }

  // ok: what is stored does not come from before the clear
  async touch(key: string): Promise<void> {
    await load(key);
    this.entries.set(key, key);
  }

  reset(): void {
    this.epoch++;
    this.entries.clear();
  }

  close(): void {
    this.closed = true;
  }
}

const kept = new Map<string, string>();

// ok: nobody clears it
export async function keep(key: string): Promise<void> {
  kept.set(key, await load(key));
}

declare function acquire(key: string): Promise<string>;
declare function release(lock: string): Promise<void>;
const locks = new Map<string, string>();

// ok: what is removed at the end of the work is what that work began with
export async function begin(key: string): Promise<void> {
  locks.set(key, await acquire(key));
}

export async function end(key: string): Promise<void> {
  const lock = locks.get(key);
  if (lock === undefined) return;
  try {
    await release(lock);
  } finally {
    locks.delete(key);
  }
}

export class Accounts {
  private byToken: Map<string, string> | undefined;
  private readonly windows = new Map<string, { readonly id: string }>();

  async refresh(token: string): Promise<void> {
    const account = await load(token);
    this.byToken ??= new Map();
    this.byToken.set(token, account);
  }

  // ok: nothing is emptied where there was nothing
  nameOf(token: string): string | undefined {
    this.byToken ??= new Map();
    return this.byToken.get(token);
  }

  // ok: the key came with the value, so nobody removed it before
  async openWindow(): Promise<void> {
    const opened = { id: await load('window') };
    this.windows.set(opened.id, opened);
  }

  closeWindow(id: string): void {
    this.windows.delete(id);
  }
}

export class Sync {
  private seasons = new Map<string, string>();
  private names: Record<string, string> = {};

  // ok: each run begins with nothing, and what its parts store was just fetched
  async run(keys: readonly string[]): Promise<void> {
    this.seasons.clear();
    this.names = {};
    for (const key of keys) await this.check(key);
  }

  private async check(key: string): Promise<void> {
    if (this.seasons.size > 100) return;
    await this.find(key);
  }

  private async find(key: string): Promise<void> {
    this.seasons.set(key, await load(key));
    this.names[key] = await load(key);
  }
}
