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
