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
