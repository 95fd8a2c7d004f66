declare function send(name: string): Promise<void>;

async function sendAll(jobs: Map<string, number>): Promise<void> {
  await send('begin');
  for (const name of jobs.keys()) await send(name);
}

export function drain(jobs: Map<string, number>): Promise<void> {
  try {
    return sendAll(jobs);
  } finally {
    jobs.clear(); // want `jobs is emptied here while sendAll\(jobs\) goes on and uses it at found\.ts:5`
  }
}

export function start(names: readonly string[]): number {
  const seen = new Set<string>();
  names.forEach(async (name) => {
    await send(name);
    seen.add(name);
  });
  const count = seen.size;
  seen.clear(); // want `seen is emptied here while names\.forEach`
  return count;
}

const queue: string[] = [];

async function flushQueue(): Promise<void> {
  await send('begin');
  for (const name of queue) await send(name);
}

export function stop(): void {
  void flushQueue();
  queue.length = 0; // want `queue is emptied here while flushQueue\(\) goes on`
}

export async function drainAsync(jobs: Map<string, number>): Promise<void> {
  try {
    return sendAll(jobs);
  } finally {
    jobs.clear(); // want `jobs is emptied here while sendAll`
  }
}
