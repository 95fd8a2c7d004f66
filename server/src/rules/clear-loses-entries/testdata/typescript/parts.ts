interface Item {
  readonly path: string;
}

declare function remove(path: string): Promise<void>;
declare function send(items: readonly Item[]): Promise<void>;

export class Found {
  readonly #items: Item[] = [];

  add(item: Item): void {
    this.#items.push(item);
  }

  async removeOne(path: string): Promise<void> {
    const item = this.#items.find((each) => each.path === path);
    if (!item) return;
    await remove(item.path);
    // ok: one of them was handed on, and all are read anew
    this.#items.length = 0;
    for (const each of ['a', 'b']) this.#items.push({ path: each });
  }

  async removeAll(): Promise<void> {
    const items = this.#items.filter((each) => each.path !== '');
    await send(items);
    this.#items.length = 0; // want `this\.#items is emptied after the await`
  }
}

export class Providers {
  readonly #providers = new Map<string, Item>();
  #starting: Promise<void> | undefined;

  start(): Promise<void> {
    if (this.#starting) return this.#starting;
    this.#starting = this.#run();
    return this.#starting;
  }

  async #run(): Promise<void> {
    const items = [...this.#providers.values()];
    await send(items);
    // ok: those who add are called from here alone, and there is one of this at a time
    this.#providers.clear();
    this.#create();
  }

  #create(): void {
    this.#providers.set('a', { path: 'a' });
  }
}

export class Registry {
  readonly #providers = new Map<string, Item>();

  async restart(): Promise<void> {
    const items = [...this.#providers.values()];
    await send(items);
    this.#providers.clear(); // want `this\.#providers is emptied after the await`
    this.create();
  }

  create(): void {
    this.#providers.set('a', { path: 'a' });
  }
}
