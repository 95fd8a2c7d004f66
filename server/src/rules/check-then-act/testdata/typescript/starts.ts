declare function connect(name: string): Promise<void>;

export class Service {
  #started = false;
  #ready = false;
  #opened = false;

  async start(): Promise<void> {
    if (this.#started) return;
    await connect('service');
    this.#started = true; // want `a second start meanwhile passes the same test`
  }

  async prepare(): Promise<void> {
    if (this.#ready) return;
    await connect('service');
    this.#ready = true; // want `a second call in between passes the same test`
  }

  async open(): Promise<void> {
    if (this.#opened) return;
    await connect('service');
    this.#opened = true; // want `a second call in between passes the same test`
  }

  async send(): Promise<void> {
    await this.prepare();
  }

  reset(): void {
    this.#opened = false;
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.#ready = false;
  }
}

export class Queue {
  #tail: Promise<void> = Promise.resolve();
  #busy = false;

  push(name: string, isInner: boolean): void {
    if (this.#busy && isInner) return;
    this.#tail = this.#tail.then(async () => {
      // ok: one after the other
      this.#busy = true;
      await connect(name);
      this.#busy = false;
    });
  }
}
