declare function fetchOne(key: string): Promise<string>;

export function memoized(): { get(key: string): Promise<string>; clear(): void } {
  const cache = new Map<string, Promise<string>>();
  return {
    get: (key) => {
      const known = cache.get(key);
      if (known) return known;
      const pending = fetchOne(key);
      pending.catch(() => cache.delete(key)); // want `cache\[key\]`
      cache.set(key, pending);
      return pending;
    },
    clear() {
      cache.clear();
    },
  };
}

export function checked(): { get(key: string): Promise<string>; clear(): void } {
  const cache = new Map<string, Promise<string>>();
  return {
    // ok: its own entry
    get: (key) => {
      const known = cache.get(key);
      if (known) return known;
      const pending = fetchOne(key);
      pending.catch(() => {
        if (cache.get(key) === pending) cache.delete(key);
      });
      cache.set(key, pending);
      return pending;
    },
    clear() {
      cache.clear();
    },
  };
}

export function debounced(run: (key: string) => Promise<void>): (key: string) => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const running = new Map<string, Promise<void>>();
  return (key) => {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(async () => {
      await running.get(key);
      timers.delete(key); // want `timers\[key\]`
      running.set(key, run(key));
    }, 100));
  };
}

export function debouncedAtOnce(run: (key: string) => Promise<void>): (key: string) => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return (key) => {
    clearTimeout(timers.get(key));
    // ok: removed before anything is waited for
    timers.set(key, setTimeout(async () => {
      timers.delete(key);
      await run(key);
    }, 100));
  };
}

const inFlight = new Map<string, Promise<string>>();

// ok: two ends of one promise
export function once(key: string): Promise<string> {
  const known = inFlight.get(key);
  if (known) return known;
  const pending = fetchOne(key);
  inFlight.set(key, pending);
  pending.then(() => { inFlight.delete(key); }, () => { inFlight.delete(key); });
  return pending;
}

export class Cache {
  private readonly entries = new Map<string, Promise<string>>();

  get(kind: string, key: string): Promise<string> {
    return this.entries.get(`${kind}:${key}`) ?? this.store(kind, key, fetchOne(key));
  }

  delete(kind: string, key: string): void {
    this.entries.delete(`${kind}:${key}`);
  }

  private store(kind: string, key: string, value: Promise<string>): Promise<string> {
    value.catch(() => this.delete(kind, key)); // want `this\.entries`
    this.entries.set(`${kind}:${key}`, value);
    return value;
  }
}

declare function ask(question: string): Promise<boolean>;

const answers = new Map<string, (answer: boolean) => void>();

// ok: whichever is there by then is called before it goes
export async function decide(question: string, answer: (yes: boolean) => void): Promise<void> {
  if (answers.has(question)) {
    answers.set(question, answer);
    return;
  }
  answers.set(question, answer);
  const yes = await ask(question);
  answers.get(question)!(yes);
  answers.delete(question);
}

const waiting = new Map<string, (answer: boolean) => void>();

export async function forget(question: string, answer: (yes: boolean) => void): Promise<void> {
  if (waiting.has(question)) {
    waiting.set(question, answer);
    return;
  }
  waiting.set(question, answer);
  waiting.get(question)!(false);
  await ask(question);
  waiting.delete(question); // want `waiting\[question\] may be a newer entry by now`
}

export function cancel(question: string): void {
  answers.delete(question);
  waiting.delete(question);
}
