declare function load(key: string): Promise<string>;

export class Store {
  private entries = new Map<string, string>();

  async refresh(key: string): Promise<void> {
    this.entries.set(key, await load(key)); // want `this\.entries\[key\] is stored after an await, and found\.ts:11 may have cleared`
  }

  reset(): void {
    this.entries.clear();
  }
}

export class Sessions {
  private entries = new Map<string, string>();

  async refresh(key: string): Promise<void> {
    const value = await load(key);
    this.entries.set(key, value); // want `may have removed it meanwhile`
  }

  drop(key: string): void {
    this.entries.delete(key);
  }
}

export class Registry {
  private byName = new Map<string, string>();
  private byText = new Map<string, string>();

  private store(name: string, text: string): void {
    this.byName.set(name, text);
    this.byText.set(text, name);
  }

  async add(name: string): Promise<void> {
    this.store(name, await load(name)); // want `may have cleared it meanwhile`
  }

  clear(): void {
    this.byName.clear();
    this.byText.clear();
  }
}

export class Resync {
  private seasons = new Map<string, string>();
  private names = new Map<string, string>();

  async run(keys: readonly string[]): Promise<void> {
    this.seasons.clear();
    for (const key of keys) await this.find(key);
    for (const key of keys) await this.name(key);
    this.names.clear();
  }

  // Others look one up as well.
  async lookup(key: string): Promise<string | undefined> {
    await this.find(key);
    return this.seasons.get(key);
  }

  private async find(key: string): Promise<void> {
    this.seasons.set(key, await load(key)); // want `this\.seasons\[key\] is stored after an await, and found\.ts:\d+ may have cleared it meanwhile: the old value comes back`
  }

  // What empties is the end of the work.
  private async name(key: string): Promise<void> {
    this.names.set(key, await load(key)); // want `this\.names\[key\] is stored after an await, and found\.ts:\d+ may have cleared it meanwhile: the old value comes back`
  }
}
