declare function connect(id: string): Promise<void>;

class Call {
  constructor(readonly id: string) {}

  stop(): void {
    console.log(this.id);
  }
}

export class Group {
  readonly #calls: Call[] = [];

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
