interface Exit {
  readonly index: number;
}

declare function load(): Promise<readonly Exit[]>;
declare function read(index: number): Promise<Exit>;

export class Pool {
  readonly #exits = new Map<string, Exit>();

  async restore(): Promise<void> {
    // ok: the key came with what was awaited, so nobody can have removed it before
    for (const exit of await load()) this.#insert(exit);
  }

  async refresh(index: number): Promise<void> {
    const exit = await read(index);
    this.#insertAt(index, exit); // want `this\.#exits\[.*\] is stored after an await`
  }

  prune(index: number): void {
    this.#exits.delete(`${index}`);
  }

  #insert(exit: Exit): void {
    const key = `${exit.index}`;
    this.#exits.set(key, exit);
  }

  #insertAt(index: number, exit: Exit): void {
    this.#exits.set(`${index}`, exit);
  }
}
