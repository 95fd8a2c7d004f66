declare function work(job: string): Promise<void>;

export class Queue {
  private readonly jobs: string[] = [];
  private readonly fixed: string[] = [];

  async run(): Promise<void> {
    for (let i = 0; i < this.jobs.length; i++) { // want `this\.jobs is iterated with an await in each turn, and counted\.ts:\d+ may move`
      await work(this.jobs[i]!);
    }
  }

  // ok: the length of before, of a snapshot
  async runSnapshot(): Promise<void> {
    const snapshot = [...this.jobs];
    for (let i = 0; i < snapshot.length; i++) await work(snapshot[i]!);
  }

  // ok: nothing waits in the loop
  list(): string {
    let text = '';
    for (let i = 0; i < this.jobs.length; i++) text += this.jobs[i];
    return text;
  }

  // ok: the loop keeps count of what was taken out
  async drain(): Promise<void> {
    for (let i = 0; i < this.jobs.length; i++) {
      await work(this.jobs[i]!);
      this.jobs.splice(i--, 1);
    }
  }

  // ok: nobody removes elements
  async each(): Promise<void> {
    for (let i = 0; i < this.fixed.length; i++) await work(this.fixed[i]!);
  }

  take(): string | undefined {
    return this.jobs.shift();
  }
}

const listeners: (() => Promise<void>)[] = [];

// One finding: whoever takes one out while this waits moves the others.
export async function notify(): Promise<void> {
  for (const listener of listeners) await listener(); // want `listeners is iterated with an await in each turn, and counted\.ts:\d+ may move`
}

export function unsubscribe(listener: () => Promise<void>): void {
  const index = listeners.indexOf(listener);
  if (index >= 0) listeners.splice(index, 1);
}
