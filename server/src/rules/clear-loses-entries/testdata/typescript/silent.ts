declare function send(events: readonly string[]): Promise<void>;

export class Recorder {
  private buffer: string[] = [];
  private readonly other: string[] = [];

  record(event: string): void {
    this.buffer.push(event);
    this.other.push(event);
  }

  // ok: swapped before the await
  async flush(): Promise<void> {
    const batch = this.buffer;
    this.buffer = [];
    await send(batch);
  }

  // ok: cleared before the await
  async copy(): Promise<void> {
    const batch = [...this.buffer];
    this.buffer.length = 0;
    await send(batch);
  }

  // ok: only what was sent is removed
  async part(): Promise<void> {
    const count = this.other.length;
    await send(this.other.slice(0, count));
    this.other.splice(0, count);
  }
}

const fixed: string[] = ['a'];

// ok: nobody adds to it
export async function once(): Promise<void> {
  await send(fixed);
  fixed.length = 0;
}

export class Messages {
  private queue: string[] = [];

  handle(message: string): void {
    this.queue.push(message);
  }

  // ok: given up when sending failed
  async process(): Promise<void> {
    while (this.queue.length > 0) {
      try {
        await send([...this.queue]);
      } catch {
        this.queue.length = 0;
        return;
      }
      this.queue.shift();
    }
  }
}

export class Outbox {
  private waiting: string[] = [];

  add(event: string): void {
    this.waiting.push(event);
  }

  // ok: what could not be sent is put back
  async flush(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    try {
      await send(batch);
    } catch {
      this.waiting.push(...batch);
    }
  }
}

export class Watchers {
  private readonly open = new Map<string, { close(): Promise<void> }>();
  private names: Map<string, string> | undefined;

  add(name: string, watcher: { close(): Promise<void> }): void {
    this.open.set(name, watcher);
  }

  // ok: nothing comes after the end
  async dispose(): Promise<void> {
    await Promise.all([...this.open.values()].map((each) => each.close()));
    this.open.clear();
  }

  // ok: it is made where there is none
  async nameOf(key: string): Promise<string> {
    this.names ??= new Map();
    await send([key]);
    this.names.set(key, key);
    return this.names.get(key) ?? key;
  }

  // ok: without a map readers see that nothing is loaded
  async reload(): Promise<void> {
    this.names = undefined;
    await send([]);
    this.names = new Map([['a', 'b']]);
  }
}
