declare function load(key: string): Promise<string>;
declare function connect(): Promise<{ close(): void }>;

const cache = new Map<string, string>();
const inflight = new Map<string, Promise<string>>();

// ok: the promise is stored before anything is awaited
export async function claimed(key: string): Promise<string> {
  let promise = inflight.get(key);
  if (!promise) {
    promise = load(key);
    inflight.set(key, promise);
  }
  return await promise;
}

// ok: checked again after the await
export async function rechecked(key: string): Promise<string> {
  if (!cache.has(key)) {
    const value = await load(key);
    if (!cache.has(key)) cache.set(key, value);
  }
  return cache.get(key)!;
}

// ok: a second lookup after the await decides
export async function reread(key: string): Promise<string> {
  const known = cache.get(key);
  if (known) return known;
  const value = await load(key);
  const other = cache.get(key);
  if (other) return other;
  cache.set(key, value);
  return value;
}

// ok: another cell keeps the others out
export async function guardedByOther(key: string): Promise<string> {
  const known = cache.get(key);
  if (known) return known;
  const running = inflight.get(key);
  if (running) return running;
  const promise = load(key);
  inflight.set(key, promise);
  const value = await promise;
  cache.set(key, value);
  return value;
}

// ok: nothing is suspended between the check and the write
export async function synchronous(key: string): Promise<void> {
  const value = await load(key);
  if (!cache.has(key)) cache.set(key, value);
}

// ok: the map belongs to this call
export async function local(keys: readonly string[]): Promise<Map<string, string>> {
  const own = new Map<string, string>();
  for (const key of keys) {
    if (!own.has(key)) own.set(key, await load(key));
  }
  return own;
}

// ok: the caller owns it
export async function given(own: Map<string, string>, key: string): Promise<void> {
  if (!own.has(key)) own.set(key, await load(key));
}

interface Context {
  state: { user?: string };
}

// ok: every request has its own context
export async function handler(ctx: Context): Promise<void> {
  if (!ctx.state.user) ctx.state.user = await load('user');
}

export class Worker {
  private busy = false;
  private closed = false;
  private epoch = 0;
  private client: { close(): void } | undefined;
  private tail: Promise<void> = Promise.resolve();
  private readonly entries = new Map<string, string>();

  // ok: the flag is set before the await
  async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await load('x');
    } finally {
      this.busy = false;
    }
  }

  // ok: the flag of the run keeps others out
  async fill(key: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    if (!this.entries.has(key)) {
      this.entries.set(key, await load(key));
    }
    this.busy = false;
  }

  // ok: an epoch is compared after the await
  async refresh(key: string): Promise<void> {
    if (this.entries.has(key)) return;
    const mine = ++this.epoch;
    const value = await load(key);
    if (mine !== this.epoch) return;
    this.entries.set(key, value);
  }

  // ok: whether this is closed is asked after the await
  async open(): Promise<void> {
    if (this.client) return;
    const client = await connect();
    if (this.closed) return client.close();
    this.client = client;
  }

  // ok: each call waits for the one before
  async queued(key: string): Promise<void> {
    const before = this.tail;
    let leave: () => void = () => {};
    this.tail = new Promise((resolve) => (leave = resolve));
    await before;
    if (!this.entries.has(key)) this.entries.set(key, await load(key));
    leave();
  }

  close(): void {
    this.closed = true;
    this.epoch++;
  }
}

interface Mutex {
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  acquire(): Promise<() => void>;
}
declare const mutex: Mutex;

// ok: a region of a lock
export async function exclusive(key: string): Promise<void> {
  await mutex.runExclusive(async () => {
    if (!cache.has(key)) cache.set(key, await load(key));
  });
}

// ok: the lock is given back afterwards
export async function acquired(key: string): Promise<void> {
  const release = await mutex.acquire();
  try {
    if (!cache.has(key)) cache.set(key, await load(key));
  } finally {
    release();
  }
}

// ok: a lock of the platform
export async function platform(key: string): Promise<void> {
  await navigator.locks.request('cache', async () => {
    if (!cache.has(key)) cache.set(key, await load(key));
  });
}

const locks = new Map<string, Promise<string>>();

// ok: the loop looks again after each await
export async function looped(key: string): Promise<string> {
  while (locks.has(key)) await locks.get(key);
  const promise = load(key);
  locks.set(key, promise);
  try {
    return await promise;
  } finally {
    locks.delete(key);
  }
}

// ok: nobody else has this key
export async function fresh(): Promise<string> {
  const id = crypto.randomUUID();
  if (!cache.has(id)) cache.set(id, await load('new'));
  return id;
}

let started: string | undefined;

// ok: called once, when the module starts
async function start(): Promise<void> {
  if (!started) started = await load('start');
}
void start();

// ok: each call is awaited before the next
async function step(key: string): Promise<void> {
  if (!cache.has(key)) cache.set(key, await load(key));
}
for (const key of ['a', 'b']) await step(key);

// ok: the function in between is synchronous
export function mapped(keys: readonly string[]): void {
  keys.forEach((key) => {
    if (!cache.has(key)) cache.set(key, key);
  });
}

export class Lazy {
  private connecting: Promise<string> | undefined;
  private text = '';
  private until = 1;
  private ready: string | undefined;

  // ok: everybody waits for one promise, and stores the same
  async get(): Promise<string> {
    this.connecting ??= load('once');
    if (!this.ready) this.ready = await this.connecting;
    return this.ready;
  }

  // ok: given back, not taken
  async wait(): Promise<void> {
    if (this.until === 1) {
      await load(this.text);
      this.until = 0;
    }
  }
}

// ok: what the parameter holds is marked before the await, and others see it
export async function marked(job: { started: boolean; readonly key: string }): Promise<void> {
  if (job.started || cache.has(job.key)) return;
  job.started = true;
  cache.set(job.key, await load(job.key));
}

let parser: unknown;
let formatter: unknown;

// ok: a module is loaded once, whoever asks
export async function loaded(): Promise<unknown> {
  if (!parser) parser = await import('./cache.js');
  formatter ??= (await import('./cache.js')).stampede;
  return formatter;
}

const records: Record<string, { announced: boolean }> = {};

function recordOf(key: string): { announced: boolean } {
  if (!(key in records)) records[key] = { announced: false };
  return records[key]!;
}

// ok: the function that is called looks itself, and gives way to nobody before it writes
export async function announced(key: string): Promise<void> {
  if (recordOf(key).announced) return;
  await load(key);
  recordOf(key).announced = true;
}

interface Note {
  readonly id: string;
}

export class Notes {
  private waiting: Note[] = [];
  private loading: Promise<string> | undefined;
  private isLoaded = false;
  private byName = new Map<string, Note[]>();

  // ok: what is there by then is what the new value is made of
  async settle(id: string): Promise<void> {
    if (!this.waiting.some((each) => each.id === id)) return;
    await load(id);
    this.waiting = this.waiting.filter((each) => each.id !== id);
  }

  // ok: whoever comes while it is loaded waits for the same promise
  async ready(): Promise<void> {
    if (!this.isLoaded) {
      if (this.loading) {
        await this.loading;
      } else {
        this.loading = load('notes');
        await this.loading;
        this.isLoaded = true;
      }
    }
  }

  // ok: nothing is missing where it is written
  async move(from: string | undefined): Promise<void> {
    const notes = from ? this.byName.get(from) : undefined;
    if (from && notes) {
      await load(from);
      this.byName.set(from, []);
    }
  }
}

let nextServer = 0;
declare const servers: readonly { readonly ready: boolean }[];

function pick(): { readonly ready: boolean } {
  nextServer = (nextServer + 1) % servers.length;
  return servers[nextServer]!;
}

// ok: it is a counter that every turn moves on
export async function whenReady(): Promise<void> {
  while (!pick().ready) await load('server');
}

export class Steps {
  private step = 0;
  private state: 'idle' | 'waiting' = 'idle';
  private answer: ((text: string) => void) | undefined;
  private closers: (() => Promise<void>)[] = [];

  // ok: the loop counts
  async all(): Promise<void> {
    for (this.step = 0; this.step < 3; this.step++) await load('step');
  }

  // ok: the promise's function runs at once, and keeps others out
  async ask(): Promise<string | undefined> {
    if (this.state !== 'idle') return undefined;
    const text = await new Promise<string>((resolve) => {
      this.answer = resolve;
      this.state = 'waiting';
    });
    this.state = 'idle';
    return text + String(this.answer);
  }

  // ok: nothing is kept
  async close(): Promise<void> {
    for (const each of this.closers) await each();
    this.closers = [];
  }
}

enum Status {
  Idle,
  Running,
  Failed,
  Stopped,
}

export class Server {
  private status: Status = Status.Idle;

  private isStopped(): boolean {
    return this.status === Status.Stopped;
  }

  // ok: the test comes out the same after the write
  async fail(): Promise<void> {
    if (this.status === Status.Stopped) return;
    await load('close');
    this.status = Status.Failed;
  }

  // ok: nor does this one
  async failed(): Promise<void> {
    if (this.isStopped()) return;
    await load('close');
    this.status = Status.Failed;
  }
}

declare class Mutex {
  lock(): Promise<() => void>;
}

export class Camera {
  private readonly turns = new Mutex();
  private device: string | undefined;

  async use(device: string): Promise<void> {
    const unlock = await this.turns.lock();
    try {
      await this.open(device);
    } finally {
      unlock();
    }
  }

  // ok: whoever calls it has the lock
  private async open(device: string): Promise<void> {
    if (this.device !== undefined) return;
    await load(device);
    this.device = device;
  }
}
