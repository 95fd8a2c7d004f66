declare function price(id: string): Promise<number>;

let total = 0;

export async function add(id: string): Promise<void> {
  total = total + (await price(id)); // want `total is computed from what it was before the await`
}

export async function compound(id: string): Promise<void> {
  total += await price(id); // want `total is computed from what it was before the await`
}

const counts = new Map<string, number>();

export async function count(key: string): Promise<void> {
  counts.set(key, (counts.get(key) ?? 0) + (await price(key))); // want `counts\[key\] is computed`
}

export class Account {
  private balance = 0;
  private readonly items: Record<string, number> = {};

  async deposit(id: string): Promise<void> {
    const before = this.balance;
    const amount = await price(id);
    this.balance = before + amount; // want `this\.balance is computed`
  }

  async item(key: string): Promise<void> {
    const next = (this.items[key] ?? 0) + 1;
    await price(key);
    this.items[key] = next; // want `this\.items\[key\] is computed`
  }
}

export async function sum(ids: readonly string[]): Promise<number> {
  let result = 0;
  await Promise.all(
    ids.map(async (id) => {
      result += await price(id); // want `result is computed`
    }),
  );
  return result;
}

let state = { count: 0, name: '' };

export async function rename(name: string): Promise<void> {
  const next = { ...state, name };
  await price(name);
  state = next; // want `state is computed`
}
