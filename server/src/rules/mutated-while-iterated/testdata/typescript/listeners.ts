type Listener = (value: number) => void;

export class Emitter {
  #listeners: Listener[] = [];
  private hooks: Listener[] = [];
  private tasks: { run(): void }[] = [];
  private handlers = new Set<Listener>();

  on(listener: Listener): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners.splice(this.#listeners.indexOf(listener), 1);
    };
  }

  emit(value: number): void {
    for (const listener of this.#listeners) listener(value); // want `a listener that unsubscribes while it is called makes the next one in this\.#listeners go unheard`
    this.#listeners.forEach((listener) => listener(value)); // want `go unheard`
  }

  emitSafely(value: number): void {
    const snapshot = [...this.#listeners];
    for (const listener of snapshot) listener(value); // ok: a snapshot
    for (const listener of this.#listeners.slice()) listener(value); // ok: a copy
  }

  hook(listener: Listener): () => void {
    this.hooks = [...this.hooks, listener];
    return () => {
      this.hooks = this.hooks.filter((each) => each !== listener);
    };
  }

  run(value: number): void {
    for (const hook of this.hooks) hook(value); // ok: every change makes a new array
  }

  remove(index: number): void {
    this.tasks.splice(index, 1);
  }

  all(): void {
    for (const task of this.tasks) task.run(); // ok: objects, not callbacks
  }

  subscribe(listener: Listener): () => void {
    this.handlers.add(listener);
    return () => void this.handlers.delete(listener);
  }

  notify(value: number): void {
    for (const handler of this.handlers) handler(value); // ok: deleting from a Set is well defined
  }
}
