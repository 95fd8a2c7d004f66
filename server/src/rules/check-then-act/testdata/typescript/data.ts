interface Meta {
  readonly name: string;
  readonly sizes: readonly number[];
}

interface Feed {
  readonly name: string;
  readonly stop: () => void;
}

declare function fetchMeta(name: string): Promise<Meta>;
declare function openFeed(name: string): Promise<Feed>;
declare function listen(name: string): Promise<() => void>;

export class Cache {
  readonly #metas = new Map<string, Meta>();
  readonly #feeds = new Map<string, Feed>();
  readonly #listeners = new Map<string, () => void>();
  #latest: Meta | undefined;
  #main: Feed | undefined;
  #state: 'idle' | 'active' = 'idle';

  async meta(name: string): Promise<Meta> {
    const known = this.#metas.get(name);
    if (known) return known;
    const meta = await fetchMeta(name);
    this.#metas.set(name, meta); // want `calls in between do the work again`
    return meta;
  }

  async fresh(name: string): Promise<Meta> {
    const known = this.#metas.get(name);
    if (known?.sizes.length === 2) return known;
    const meta = await fetchMeta(name);
    this.#metas.set(name, meta); // want `calls in between ask again`
    return meta;
  }

  async latest(): Promise<Meta | undefined> {
    if (this.#latest?.sizes.length === 2) return this.#latest;
    this.#latest = await fetchMeta('latest'); // want `calls in between ask again`
    return this.#latest;
  }

  async main(): Promise<void> {
    if (this.#main?.name === 'main') return;
    this.#main = await openFeed('main'); // want `a second call in between passes the same test`
  }

  async feed(name: string): Promise<void> {
    if (this.#feeds.has(name)) return;
    const feed = await openFeed(name);
    this.#feeds.set(name, feed); // want `each makes one, and the first one is dropped`
  }

  async listen(name: string): Promise<void> {
    if (this.#listeners.has(name)) return;
    const stop = await listen(name);
    this.#listeners.set(name, stop); // want `one result is lost`
  }

  async touch(name: string): Promise<void> {
    const meta = this.#metas.get(name);
    await fetchMeta(name);
    // ok: the same as was there
    if (meta) this.#metas.set(name, meta);
  }

  async stay(name: string): Promise<void> {
    const before = this.#state;
    await fetchMeta(name);
    // ok: set to what it was tested to be
    if (before === 'active') this.#state = 'active';
  }

  async borrow(name: string): Promise<void> {
    const before = typeof this.#latest === 'object' ? this.#latest : undefined;
    this.#latest = { name, sizes: [] };
    await fetchMeta(name);
    // ok: what was set aside is put back
    if (before) this.#latest = before;
  }

  async replaceAll(name: string): Promise<void> {
    for (const listed of this.#metas.get(name)?.sizes ?? []) await fetchMeta(`${name}${listed}`);
    // ok: the loop ends whatever it went through
    this.#metas.set(name, { name, sizes: [] });
  }

  async replaceOnce(name: string): Promise<void> {
    for (const listed of [1, 2]) {
      if (this.#metas.has(name)) return;
      await fetchMeta(`${name}${listed}`);
      this.#metas.set(name, { name, sizes: [] }); // want `a second call in between`
    }
  }

  async start(name: string): Promise<void> {
    const before = this.#state;
    if (before === 'active') return;
    await fetchMeta(name);
    this.#state = 'active'; // want `this\.#state was tested before the await`
  }
}
