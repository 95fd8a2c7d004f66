export class Reminders {
  private timers = new Map<string, ReturnType<typeof setTimeout>>();
  private requests = new Map<string, AbortController>();
  private listeners = new Map<string, { unsubscribe(): void }>();
  private names = new Map<string, string>();

  add(id: string, run: () => void): void {
    this.timers.set(id, setTimeout(run, 1000));
    this.requests.set(id, new AbortController());
    this.names.set(id, id);
  }

  remove(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.requests.get(id)?.abort();
    this.requests.delete(id);
    this.names.delete(id);
  }

  unlisten(id: string): void {
    const listener = this.listeners.get(id);
    if (!listener) return;
    listener.unsubscribe();
    this.listeners.delete(id);
  }

  reset(): void {
    this.timers.clear(); // want `this drops the values of this\.timers without clearTimeout\(\)`
    this.listeners.clear(); // want `without \.unsubscribe\(\)`
    this.names.clear(); // ok: nobody stops a name
  }

  replace(): void {
    this.timers = new Map(); // want `this drops the values of this\.timers`
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear(); // ok: each was stopped
    this.listeners.forEach((listener) => listener.unsubscribe());
    this.listeners.clear(); // ok: each was stopped
  }

  stopAll(): void {
    this.#stopTimers();
    this.timers.clear(); // ok: a function that is called knows the map
  }

  #stopTimers(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  each(ids: readonly string[]): void {
    for (const id of ids) this.remove(id);
    this.timers.clear(); // ok: removed one by one before
  }
}

const caches = new Map<string, Map<string, number>>();

export function drop(): void {
  caches.clear(); // ok: nothing that must be stopped
}

export class Sockets {
  private open = new Map<string, { close(): void }>();

  closed(id: string): void {
    this.open.delete(id);
  }

  reset(): void {
    this.open.clear(); // ok: no other place stops them
  }
}
