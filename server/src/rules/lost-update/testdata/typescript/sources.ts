declare function numbers(): AsyncIterable<number>;
declare function work(): Promise<number>;

interface Store {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

export class Visits {
  constructor(private readonly store: Store) {}

  async count(key: string): Promise<void> {
    const count = Number(await this.store.get(key));
    await this.store.set(key, String(count + 1)); // want `this\.store\[key\] is computed from what it was before the await`
  }

  // ok: what is written is not made of what is there
  async reset(key: string): Promise<string | undefined> {
    const before = await this.store.get(key);
    await this.store.set(key, '0');
    return before;
  }

  // ok: another key
  async rename(from: string, to: string): Promise<void> {
    const value = await this.store.get(from);
    await this.store.set(to, `${value}`);
  }
}

let total = 0;
let kept = 0;

export async function sum(): Promise<void> {
  let so = total;
  for await (const each of numbers()) so += each;
  total = so; // want `total is computed from what it was before the await`
}

// ok: added to what is there by then
export async function sumAfter(): Promise<void> {
  let so = 0;
  for await (const each of numbers()) so += each;
  total += so;
}

// ok: what was read is written as it was, or something else is
export async function keep(): Promise<void> {
  let value = kept;
  if (value < 0) value = await work();
  kept = value;
}

export class Meter {
  private amount = 0;

  get value(): number {
    return this.amount;
  }

  set value(amount: number) {
    this.amount = amount;
  }

  async add(): Promise<void> {
    this.value = this.value + (await work()); // want `this\.value is computed from what it was before the await`
  }

  async addBehind(): Promise<void> {
    const before = this.value;
    await work();
    this.amount = before + 1; // want `this\.amount is computed from what it was before the await`
  }

  // ok: read after the await
  async addAfter(): Promise<void> {
    this.value = (await work()) + this.value;
  }
}
