declare function send(events: readonly string[]): Promise<void>;
declare function one(key: string): Promise<void>;

export class Recorder {
  private buffer: string[] = [];
  private readonly pending = new Map<string, string>();

  record(event: string): void {
    this.buffer.push(event);
    this.pending.set(event, event);
  }

  async flush(): Promise<void> {
    await send([...this.buffer]);
    this.buffer = []; // want `this\.buffer is emptied after the await, and with it what found\.ts:9 added`
  }

  async drain(): Promise<void> {
    for (const key of this.pending.keys()) await one(key);
    this.pending.clear(); // want `this\.pending is emptied after the await`
  }
}
