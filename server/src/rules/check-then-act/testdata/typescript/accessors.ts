declare function load(key: string): Promise<string>;
declare function connect(): Promise<{ close(): void }>;

export class Session {
  #connection: { close(): void } | undefined;
  private entries: string[] = [];
  private busy = false;
  private cached: string | undefined;
  private closed = false;

  get connection(): { close(): void } | undefined {
    return this.#connection;
  }

  get size(): number {
    return this.entries.length;
  }

  get isBusy(): boolean {
    return this.busy;
  }

  set isBusy(busy: boolean) {
    this.busy = busy;
  }

  get isOpen(): boolean {
    return !this.closed;
  }

  async open(): Promise<void> {
    if (this.connection) return;
    this.#connection = await connect(); // want `this\.#connection was missing before the await, and is set after it`
  }

  async fill(): Promise<void> {
    if (this.size === 0) {
      const first = await load('first');
      this.entries.push(first); // want `this\.entries was missing before the await`
    }
  }

  // ok: what the getter gives is looked at again
  async reopen(): Promise<void> {
    if (this.connection) return;
    const made = await connect();
    if (this.connection) made.close();
    else this.#connection = made;
  }

  // ok: the field behind the getter is set before the await
  async once(): Promise<void> {
    if (this.isBusy) return;
    this.busy = true;
    this.cached ??= await load('a');
    this.busy = false;
  }

  // ok: the setter sets it before the await
  async alone(): Promise<void> {
    if (this.busy) return;
    this.isBusy = true;
    this.cached ??= await load('b');
    this.isBusy = false;
  }

  // ok: asked after the await whether it is still wanted
  async late(key: string): Promise<void> {
    if (this.cached !== undefined) return;
    const value = await load(key);
    if (this.isOpen) this.cached = value;
  }

  close(): void {
    this.closed = true;
  }
}
