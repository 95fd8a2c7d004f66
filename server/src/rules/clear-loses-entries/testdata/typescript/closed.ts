// Nothing is added once it is said that nothing shall be.

declare function send(events: readonly string[]): Promise<void>;

export class Queue {
  private closed = false;
  private items: string[] = [];

  add(item: string): void {
    if (this.closed) throw new Error('closed');
    this.items.push(item);
  }

  // ok: nobody adds any more
  async flushLast(): Promise<void> {
    this.closed = true;
    await send([...this.items]);
    this.items = [];
  }
}

export function merged(): { add(item: string): void; flushLast(): Promise<void> } {
  let state: 'idle' | 'pending' | 'done' = 'pending';
  const items = new Set<string>();

  function put(item: string): void {
    items.add(item);
  }

  return {
    add: (item) => {
      if (state !== 'pending') return;
      put(item);
    },
    // ok: who adds asks first
    flushLast: async () => {
      state = 'done';
      await send([...items]);
      items.clear();
    },
  };
}

// Said after the await.
export class Late {
  private closed = false;
  private items: string[] = [];

  add(item: string): void {
    if (this.closed) return;
    this.items.push(item);
  }

  async flushLast(): Promise<void> {
    await send([...this.items]);
    this.closed = true;
    this.items = []; // want `this\.items is emptied after the await`
  }
}

// One of those who add does not ask.
export class Half {
  private closed = false;
  private items: string[] = [];

  add(item: string): void {
    if (this.closed) return;
    this.items.push(item);
  }

  addAlways(item: string): void {
    this.items.push(item);
  }

  async flushLast(): Promise<void> {
    this.closed = true;
    await send([...this.items]);
    this.items = []; // want `this\.items is emptied after the await`
  }
}

// Pausing is what lets them in.
export class Paused {
  private state: 'running' | 'paused' = 'running';
  private items: string[] = [];

  add(item: string): void {
    if (this.state === 'paused') this.items.push(item);
  }

  async flush(): Promise<void> {
    this.state = 'paused';
    await send([...this.items]);
    this.items = []; // want `this\.items is emptied after the await`
    this.state = 'running';
  }
}
