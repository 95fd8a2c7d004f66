declare function load(key: string): Promise<string>;
declare function attach(id: string): Promise<string>;
declare function open(): Promise<object>;
declare function resolveName(): Promise<string>;

interface Topology {
  isConnected(): boolean;
}
declare function newTopology(host: string): Topology;

export class Targets {
  private readonly targets = new Map<string, string>();
  private sessions: { readonly id: string }[] = [];
  private readonly names = new Set<string>();
  private readonly opening = new Set<string>();
  private readonly known = new Map<string, string>();

  private add(id: string, value: string): void {
    this.targets.set(id, value);
  }

  // The first one is wanted, and several may find that there is none.
  async attachFirst(id: string): Promise<void> {
    if (this.targets.size) return;
    this.add(id, await attach(id)); // want `this\.targets\[id\]`
  }

  private find(id: string): { readonly id: string } | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  async restore(id: string): Promise<{ readonly id: string }> {
    const known = this.find(id);
    if (known) return known;
    await load(id);
    const session = { id };
    this.sessions.push(session); // want `this\.sessions`
    return session;
  }

  private readonly ids: string[] = [];

  async addOnce(id: string): Promise<void> {
    if (this.ids.indexOf(id) >= 0) return;
    await load(id);
    this.ids.push(id); // want `this\.ids`
  }

  // ok: what is there is noted again
  async addAgain(id: string): Promise<void> {
    if (this.ids.indexOf(id) === -1) return;
    await load(id);
    this.ids.push(id);
  }

  // ok: claimed before the await
  async once(id: string): Promise<void> {
    if (this.opening.has(id)) return;
    this.claim(id);
    await attach(id);
    this.opening.add(id);
  }

  private claim(id: string): void {
    this.opening.add(id);
  }

  // ok: looked for again after the await
  async again(id: string): Promise<void> {
    if (this.names.has(id)) return;
    await attach(id);
    if (this.names.has(id)) return;
    this.names.add(id);
  }

  // ok: every session is asked, and one is added in any case
  async notify(id: string): Promise<void> {
    for (const session of this.sessions) await load(session.id);
    this.sessions.push({ id });
  }

  // ok: another key
  async other(id: string): Promise<void> {
    if (this.known.has(id)) return;
    const value = await load(id);
    this.put('other', value);
  }

  private put(id: string, value: string): void {
    this.known.set(id, value);
  }
}

export class Connection {
  private db: object | undefined;
  private other: object | undefined;
  private isOpening = false;
  private topology: Topology | undefined;

  connect(): Promise<void> {
    if (this.db) return Promise.resolve();
    return open().then((opened) => {
      this.db = opened; // want `this\.db`
    });
  }

  // ok: the others are kept out before the promise is waited for
  connectOnce(): Promise<void> {
    if (this.other || this.isOpening) return Promise.resolve();
    this.isOpening = true;
    return open().then((opened) => {
      this.other = opened;
    });
  }

  async join(): Promise<void> {
    if (this.topology && this.topology.isConnected()) return;
    const host = await resolveName();
    this.topology = newTopology(host); // want `this\.topology`
  }
}

class Watcher {
  constructor(readonly path: string) {}
  dispose(): void {}
}

export class Storage {
  private watcher: Watcher | undefined;
  private latest: Watcher | undefined;
  private generation = 0;

  async watch(): Promise<void> {
    this.watcher?.dispose();
    this.watcher = undefined;
    const path = await resolveName();
    this.watcher = new Watcher(path); // want `this\.watcher is given up before the await`
  }

  // ok: an older call gives up
  async watchLatest(): Promise<void> {
    const own = ++this.generation;
    this.latest?.dispose();
    this.latest = undefined;
    const path = await resolveName();
    if (own !== this.generation) return;
    this.latest = new Watcher(path);
  }
}
