declare function price(id: string): Promise<number>;

let total = 0;
let version = 0;

// ok: read after the await
export async function after(id: string): Promise<void> {
  total = (await price(id)) + total;
}

// ok: read in the same step as the write
export async function separate(id: string): Promise<void> {
  const amount = await price(id);
  total += amount;
}

// ok: a variable of this call, one await after the other
export async function sequential(ids: readonly string[]): Promise<number> {
  let result = 0;
  for (const id of ids) result += await price(id);
  return result;
}

// ok: what is written does not depend on what was read
export async function unrelated(id: string): Promise<void> {
  if (total > 10) return;
  const amount = await price(id);
  total = amount;
}

// ok: what was set aside is put back
export async function restored(id: string): Promise<void> {
  const before = total;
  total = 0;
  await price(id);
  total = before;
}

// ok: compared again after the await
export async function optimistic(id: string): Promise<void> {
  const before = version;
  const amount = await price(id);
  if (before !== version) return;
  version = before + amount;
}

// ok: parts of the results, added by one function
export async function collected(ids: readonly string[]): Promise<number> {
  const parts = await Promise.all(ids.map((id) => price(id)));
  let result = 0;
  parts.forEach((part) => (result += part));
  return result;
}

interface Request {
  count: number;
}

// ok: every request has its own
export async function handle(request: Request): Promise<void> {
  request.count = request.count + (await price('x'));
}

// ok: only called at the start, and awaited
async function main(): Promise<void> {
  total = total + (await price('start'));
}
await main();

// ok: a claim keeps others out
let busy = false;
export async function guarded(id: string): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    total = total + (await price(id));
  } finally {
    busy = false;
  }
}

let device = 'first';

// ok: what was there before is put back if the new one does not work
export async function choose(id: string): Promise<void> {
  const before = device || 'first';
  device = id;
  try {
    await price(id);
  } catch (error) {
    device = before;
    throw error;
  }
}

const prices = new Map<string, number>();

// ok: what was there stays as it was
export async function priceOf(id: string): Promise<number> {
  const known = prices.get(id) ?? (await price(id));
  prices.set(id, known);
  return known;
}

let servers: readonly string[] = [];
declare function neighbours(server: string): Promise<readonly string[]>;

// ok: one of the list says what the new list is
export async function discover(): Promise<void> {
  for (const server of servers) {
    const found = await neighbours(server);
    servers = [server].concat(found);
    return;
  }
}

// ok: a generator that its caller drives
export function* steps(): Generator<number, void, number> {
  let own = 0;
  own = own + (yield own);
}
export {};
