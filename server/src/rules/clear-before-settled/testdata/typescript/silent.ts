declare function send(name: string): Promise<void>;

async function sendAll(jobs: Map<string, number>): Promise<void> {
  await send('begin');
  for (const name of jobs.keys()) await send(name);
}

// ok: waited for
export async function drain(jobs: Map<string, number>): Promise<void> {
  try {
    return await sendAll(jobs);
  } finally {
    jobs.clear();
  }
}

// ok: all are waited for
export async function every(names: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  await Promise.all(
    names.map(async (name) => {
      await send(name);
      seen.add(name);
    }),
  );
  seen.clear();
}

async function copyFirst(jobs: Map<string, number>): Promise<void> {
  const names = [...jobs.keys()];
  for (const name of names) await send(name);
}

// ok: it takes a copy before it waits
export function handOver(jobs: Map<string, number>): Promise<void> {
  try {
    return copyFirst(jobs);
  } finally {
    jobs.clear();
  }
}

// ok: emptied when the work is done
export function later(jobs: Map<string, number>): Promise<void> {
  return sendAll(jobs).finally(() => jobs.clear());
}

// ok: emptied before the work begins
export function fresh(jobs: Map<string, number>): Promise<void> {
  jobs.clear();
  jobs.set('a', 1);
  return sendAll(jobs);
}

function sum(jobs: Map<string, number>): number {
  let total = 0;
  for (const count of jobs.values()) total += count;
  return total;
}

// ok: nothing goes on after the call
export function total(jobs: Map<string, number>): number {
  try {
    return sum(jobs);
  } finally {
    jobs.clear();
  }
}

// ok: the work has a map of its own
export function copied(jobs: Map<string, number>): Promise<void> {
  const own = new Map(jobs);
  try {
    return sendAll(own);
  } finally {
    jobs.clear();
  }
}

const queue: string[] = [];

async function flushQueue(): Promise<void> {
  const batch = queue.splice(0);
  for (const name of batch) await send(name);
}

// ok: what is sent was taken out before
export function stop(): void {
  void flushQueue();
  queue.length = 0;
}

export class Index {
  private readonly names = new Set<string>();
  private all: readonly string[] = [];

  private rebuild(all: readonly string[]): void {
    this.all = all;
    this.names.clear();
    for (const name of this.all) this.names.add(name);
  }

  // ok: what goes on fills it anew
  add(name: string): Promise<void> {
    const work = (async () => {
      await send(name);
      this.rebuild([...this.all, name]);
    })();
    this.rebuild([]);
    return work;
  }
}
