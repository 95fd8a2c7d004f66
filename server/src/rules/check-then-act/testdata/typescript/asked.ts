// Questions about a cell that another function answers, and how they come out.

declare function capture(id: string): Promise<{ stop(): void }>;
declare function load(): Promise<{ parse(text: string): string }>;

export class Call {
  private feed: { stop(): void } | undefined;

  isSharing(): boolean {
    return !!this.feed;
  }

  isIdle(): boolean {
    return !this.feed;
  }

  // Compared with what is wanted: it is not there where it is wanted.
  async setSharing(wanted: boolean, id: string): Promise<void> {
    if (wanted === this.isSharing()) return;
    if (wanted) {
      this.feed = await capture(id); // want `this\.feed`
    } else {
      this.feed?.stop();
      this.feed = undefined;
    }
  }

  async share(id: string): Promise<void> {
    if (this.isSharing()) return;
    this.feed = await capture(id); // want `this\.feed`
  }

  async shareIfIdle(id: string): Promise<void> {
    if (!this.isIdle()) return;
    this.feed = await capture(id); // want `this\.feed`
  }

  // ok: it is there, and is replaced in any case
  async replaceFeed(id: string): Promise<void> {
    if (this.isIdle()) return;
    this.feed = await capture(id);
  }

  // ok: what is wanted is what there is
  async again(wanted: boolean, id: string): Promise<void> {
    if (wanted !== this.isSharing()) return;
    if (wanted) this.feed = await capture(id);
  }
}

export function lazyParser(): (text: string) => Promise<string> {
  let loading: Promise<{ parse(text: string): string }> | undefined = load();
  let parser: { parse(text: string): string } | undefined;
  // ok: everybody waits for one promise
  return async (text) => {
    if (!parser) {
      parser = await loading!;
      loading = undefined;
    }
    return parser.parse(text);
  };
}

export class Session {
  private client: { stop(): void } | undefined;
  private id: string | undefined;

  // One test and one wait are said once, however many parts are written.
  async ensure(make: () => Promise<{ id: string; client: { stop(): void } }>): Promise<void> {
    if (this.client && this.id) return;
    const made = await make();
    this.client = made.client; // want `this\.client`
    this.id = made.id;
  }
}
