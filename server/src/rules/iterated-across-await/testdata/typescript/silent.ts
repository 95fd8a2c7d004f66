declare function work(job: string): Promise<void>;

export class Queue {
  private readonly jobs: string[] = [];
  private readonly names = new Set<string>();
  private readonly fixed: string[] = [];

  // ok: a snapshot is iterated
  async run(): Promise<void> {
    const snapshot = [...this.jobs];
    for (const job of snapshot) await work(job);
  }

  // ok: nothing waits in the loop
  list(): number {
    let length = 0;
    for (const job of this.jobs) length += job.length;
    return length;
  }

  // ok: deleting from a Set during its iteration is well defined
  async all(): Promise<void> {
    for (const name of this.names) await work(name);
  }

  // ok: nobody removes elements
  async each(): Promise<void> {
    for (const job of this.fixed) await work(job);
  }

  take(): string | undefined {
    return this.jobs.shift();
  }

  drop(name: string): void {
    this.names.delete(name);
  }
}

const tabs: string[] = [];

// ok: what others put in takes nothing out
export async function closeAll(): Promise<void> {
  for (const tab of tabs) await work(tab);
}

export function open(tab: string, index: number): void {
  tabs.splice(index, 0, tab);
}
