declare function connect(id: string): Promise<void>;

class Call {
  constructor(readonly id: string) {}

  stop(): void {
    console.log(this.id);
  }
}

export class Group {
  readonly #calls: Call[] = [];
  #kept: readonly Call[] = [];

  find(id: string): Call | undefined {
    return this.#calls.find((each) => each.id === id);
  }

  async invite(id: string): Promise<void> {
    if (this.find(id)) return;
    const call = new Call(id);
    await connect(id);
    this.#add(call); // want `this\.#calls was missing before the await, and is added after it`
  }

  async replaceOrAdd(id: string): Promise<void> {
    const known = this.find(id);
    const call = new Call(id);
    await connect(id);
    if (known) this.#replace(known, call);
    else this.#add(call); // want `this\.#calls was missing before the await`
  }

  async inviteFirst(id: string): Promise<void> {
    if (this.find(id)) return;
    const call = new Call(id);
    // ok: added before the await
    this.#add(call);
    await connect(id);
  }

  async inviteUnlessThere(id: string): Promise<void> {
    if (this.find(id)) return;
    const call = new Call(id);
    await connect(id);
    // ok: what is called looks itself
    this.#addUnlessThere(call);
  }

  async removeAllBut(names: ReadonlySet<string>): Promise<void> {
    for (const { id } of this.#kept) {
      if (names.has(id)) continue;
      await connect(id);
      // ok: what is set is made of what is there by then
      this.#remove(id);
    }
  }

  async restart(): Promise<void> {
    if (this.#kept.length > 0) return;
    await connect('a');
    this.#reset('a'); // want `this\.#kept was tested before the await`
  }

  #remove(id: string): void {
    this.#kept = this.#kept.filter((each) => each.id !== id);
  }

  #reset(id: string): void {
    this.#kept = [new Call(id)];
  }

  #add(call: Call): void {
    this.#calls.push(call);
  }

  #addUnlessThere(call: Call): void {
    if (!this.#calls.includes(call)) this.#calls.push(call);
  }

  #replace(known: Call, by: Call): void {
    known.stop();
    this.#calls.splice(this.#calls.indexOf(known), 1, by);
  }
}
