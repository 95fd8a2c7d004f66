declare function work(item: object): Promise<void>;
declare function after(run: () => void, milliseconds: number): { cancel(): void };

export class Delay {
  #timers: object[] = [];

  add(timer: object): void {
    this.#timers.push(timer);
    setTimeout(() => {
      this.#timers.splice(this.#timers.indexOf(timer), 1); // want `an index of -1 takes the last one`
    }, 100);
  }

  addOwn(): void {
    const timer = after(() => {
      this.#timers.splice(this.#timers.indexOf(timer), 1); // want `may not be in this\.#timers by now`
    }, 100);
    this.#timers.push(timer);
  }

  addChecked(timer: object): void {
    this.#timers.push(timer);
    setTimeout(() => {
      const index = this.#timers.indexOf(timer);
      // ok: looked at
      if (index !== -1) this.#timers.splice(index, 1);
    }, 100);
  }

  addIfThere(timer: object): void {
    this.#timers.push(timer);
    setTimeout(() => {
      // ok: looked at
      if (this.#timers.includes(timer)) this.#timers.splice(this.#timers.indexOf(timer), 1);
    }, 100);
  }

  async run(item: object): Promise<void> {
    this.#timers.push(item);
    await work(item);
    const index = this.#timers.findIndex((each) => each === item);
    this.#timers.splice(index, 1); // want `an index of -1 takes the last one`
  }

  remove(item: object): void {
    // ok: nothing is waited for
    this.#timers.splice(this.#timers.indexOf(item), 1);
  }

  keep(timer: object): void {
    this.#timers.push(timer);
  }

  get size(): number {
    return this.#timers.length;
  }

  reset(): void {
    this.#timers = [];
  }
}

export class Kept {
  readonly #items: object[] = [];

  add(item: object): void {
    this.#items.push(item);
    setTimeout(() => {
      // ok: nobody else takes anything out
      this.#items.splice(this.#items.indexOf(item), 1);
    }, 100);
  }
}
