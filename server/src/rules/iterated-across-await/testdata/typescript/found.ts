declare function work(job: string): Promise<void>;

export class Queue {
  private readonly jobs: string[] = [];

  async run(): Promise<void> {
    for (const job of this.jobs) { // want `this\.jobs is iterated with an await in each turn, and found\.ts:13 may move`
      await work(job);
    }
  }

  take(): string | undefined {
    return this.jobs.shift();
  }
}

const tabs: string[] = [];

export async function closeAll(): Promise<void> {
  for (const tab of tabs) await work(tab); // want `tabs is iterated with an await in each turn, and found\.ts:\d+ may move`
}

export function replace(tab: string, index: number): void {
  tabs.splice(index, 1, tab);
}
