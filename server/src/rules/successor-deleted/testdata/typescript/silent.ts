declare function load(key: string): Promise<string>;

const inflight = new Map<string, Promise<string>>();
const running = new Set<Promise<string>>();
const byPromise = new Map<Promise<string>, string>();

// ok: nobody else removes entries, and nobody overwrites one
export async function get(key: string): Promise<string> {
  const known = inflight.get(key);
  if (known) return known;
  const promise = load(key);
  inflight.set(key, promise);
  try {
    return await promise;
  } finally {
    inflight.delete(key);
  }
}

// ok: the element is the promise itself
export async function track(key: string): Promise<string> {
  const promise = load(key);
  running.add(promise);
  try {
    return await promise;
  } finally {
    running.delete(promise);
  }
}

// ok: the key is the promise itself
export async function name(key: string): Promise<string> {
  const promise = load(key);
  byPromise.set(promise, key);
  try {
    return await promise;
  } finally {
    byPromise.delete(promise);
  }
}

export function stop(): void {
  running.clear();
  byPromise.clear();
}

const checked = new Map<string, Promise<string>>();

// ok: compared before removing
export async function identity(key: string): Promise<string> {
  const promise = load(key);
  checked.set(key, promise);
  try {
    return await promise;
  } finally {
    if (checked.get(key) === promise) checked.delete(key);
  }
}

export function forget(key: string): void {
  checked.delete(key);
}

interface Task {
  readonly number: number;
}

const tasks = new Map<number, Task>();
let nextNumber = 0;

// ok: the key is a number that no other call has
export async function numbered(work: () => Promise<void>): Promise<void> {
  const task: Task = { number: nextNumber++ };
  tasks.set(task.number, task);
  try {
    await work();
  } finally {
    tasks.delete(task.number);
  }
}

const delays = new Map<string, number>();

function settle(key: string, succeeded: boolean): void {
  if (succeeded) delays.delete(key);
}

// ok: the function that removes decides by what it is given, and not because this call stored something
export async function retry(key: string, succeeded: boolean): Promise<void> {
  if (!succeeded) delays.set(key, 2);
  await load(key);
  settle(key, succeeded);
}

export function unblock(key: string): void {
  delays.delete(key);
}

const answers = new Map<string, Promise<string>>();

// ok: what nobody looks for before it is stored may be a number of its own
export async function answer(request: { readonly id: string }): Promise<string> {
  const promise = load(request.id);
  answers.set(request.id, promise);
  try {
    return await promise;
  } finally {
    answers.delete(request.id);
  }
}

export class Loader {
  private readonly loading = new Map<string, Promise<string>>();

  async get(key: string): Promise<string> {
    const known = this.loading.get(key);
    if (known) return known;
    const promise = load(key);
    this.loading.set(key, promise);
    try {
      return await promise;
    } finally {
      this.loading.delete(key);
    }
  }

  // ok: after the end nobody loads
  dispose(): void {
    this.loading.clear();
  }
}

declare function begin(name: string): Promise<string>;

export class Starting {
  readonly #starting = new Map<string, Promise<string>>();

  async first(name: string): Promise<void> {
    let start = this.#starting.get(name);
    if (!start) {
      // ok: who stores looks first, and who removes ends what it stored
      start = begin(name).finally(() => this.#starting.delete(name));
      this.#starting.set(name, start);
    }
    await start;
  }

  async second(name: string): Promise<void> {
    let start = this.#starting.get(name);
    if (!start) {
      // ok: the same
      start = begin(`${name}!`).finally(() => this.#starting.delete(name));
      this.#starting.set(name, start);
    }
    await start;
  }
}
