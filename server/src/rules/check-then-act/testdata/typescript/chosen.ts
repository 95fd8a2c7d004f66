declare function load(key: string): Promise<string>;
declare function connect(): Promise<{ close(): void }>;

let database: { close(): void } | undefined;

export async function open(): Promise<{ close(): void }> {
  database = database ?? (await connect()); // want `database was missing before the await, and is set after it`
  return database;
}

const values = new Map<string, string>();

export async function value(key: string): Promise<string> {
  const found = values.get(key) ?? (await load(key));
  values.set(key, found); // want `values\[key\] was missing before the await`
  return found;
}

const promises = new Map<string, Promise<string>>();

// ok: the promise is chosen and stored before anybody waits
export async function shared(key: string): Promise<string> {
  const promise = promises.get(key) ?? load(key);
  promises.set(key, promise);
  try {
    return await promise;
  } catch (error) {
    promises.delete(key);
    throw error;
  }
}

const counts = new Map<string, number>();

// ok: chosen after the await
export async function count(key: string): Promise<void> {
  const { length } = await load(key);
  counts.set(key, counts.get(key) ?? length);
}

declare function restart(): Promise<void>;

export class Track {
  private effect: object | undefined;
  private other: object | undefined;

  private start(effect: object | undefined): void {
    this.effect = effect;
  }

  private startOther(effect: object | undefined): void {
    this.other = effect;
  }

  // ok: what is set is what is there by then
  async again(): Promise<void> {
    if (this.effect) return;
    await restart();
    this.start(this.effect);
  }

  async made(): Promise<void> {
    if (this.other) return;
    await restart();
    this.startOther({}); // want `this\.other was (missing|tested) before the await`
  }
}
