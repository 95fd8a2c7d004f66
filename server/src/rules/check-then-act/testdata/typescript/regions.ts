// Regions of locks around what is decided: those who call wait for each other.

declare class Mutex {
  lock(): Promise<() => void>;
}
declare function replace(id: string): Promise<{ stop(): void }>;
declare function capture(id: string): Promise<{ stop(): void }>;

// ok: whoever calls it has the lock
export class Track {
  private readonly changing = new Mutex();
  private device: { stop(): void } | undefined;
  private id = '';

  constructor(id: string) {
    void this.changing.lock().then(async (unlock) => {
      try {
        await this.set(id);
      } finally {
        unlock();
      }
    });
  }

  private async set(id: string): Promise<void> {
    if (id === this.id && this.device) return;
    const made = await replace(id);
    this.device?.stop();
    this.device = made;
    this.id = id;
  }

  async change(id: string): Promise<void> {
    const unlock = await this.changing.lock();
    try {
      await this.set(id);
    } finally {
      unlock();
    }
  }

  async stop(): Promise<void> {
    const unlock = await this.changing.lock();
    try {
      await this.reset();
    } finally {
      unlock();
    }
  }

  protected async reset(): Promise<void> {
    await this.set('');
  }
}

// ok: the promise of the lock runs it
export class Camera {
  private readonly changing = new Mutex();
  private stream: { stop(): void } | undefined;

  start(id: string): Promise<void> {
    return this.changing.lock().then(async (unlock) => {
      if (!this.stream) this.stream = await capture(id);
      unlock();
    });
  }
}

// One of those who call has no lock.
export class Unlocked {
  private readonly changing = new Mutex();
  private device: { stop(): void } | undefined;

  private async set(id: string): Promise<void> {
    if (this.device) return;
    this.device = await replace(id); // want `this\.device`
  }

  async change(id: string): Promise<void> {
    const unlock = await this.changing.lock();
    try {
      await this.set(id);
    } finally {
      unlock();
    }
  }

  async force(id: string): Promise<void> {
    await this.reset(id);
  }

  protected async reset(id: string): Promise<void> {
    await this.set(id);
  }
}

// Nobody here calls it: those who extend the class do.
export abstract class Screen {
  private stream: { stop(): void } | undefined;

  protected async share(id: string): Promise<void> {
    if (this.stream) return;
    this.stream = await capture(id); // want `this\.stream`
  }
}

// The lock is given back before what is decided.
export class Early {
  private readonly changing = new Mutex();
  private stream: { stop(): void } | undefined;

  start(id: string): Promise<void> {
    return this.changing.lock().then(async (unlock) => {
      unlock();
      if (!this.stream) this.stream = await capture(id); // want `this\.stream`
    });
  }
}
