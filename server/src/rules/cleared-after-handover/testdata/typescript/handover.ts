class Collector {
  private batch: string[] = [];
  private entries = new Map<string, number>();
  readonly fixed = new Set<string>();
  private batches: string[][] = [];
  private byName = new Map<string, string[]>();
  private last: Map<string, number> | undefined;

  take(): string[] {
    const out = this.batch;
    this.batch.length = 0; // want `this\.batch is emptied here, and out with it: both are the same array`
    return out;
  }

  takeEntries(): Map<string, number> {
    const out = this.entries;
    console.log(out.size);
    this.entries.clear(); // want `this\.entries is emptied here, and out with it`
    return out;
  }

  takeFixed(): Set<string> {
    const out = this.fixed;
    this.fixed.clear(); // want `and out with it: both are the same Set`
    return out;
  }

  wrapped(): { items: string[] } {
    const result = { items: this.batch };
    this.batch.length = 0; // want `this\.batch is emptied here, and result with it`
    return result;
  }

  store(name: string): void {
    this.batches.push(this.batch);
    this.batch.length = 0; // want `this\.batch is emptied here after it was handed over`
    this.byName.set(name, this.batch);
    this.batch.splice(0); // want `emptied here after it was handed over`
    this.last = this.entries;
    this.entries.clear(); // want `this\.entries is emptied here after it was handed over`
  }

  later(send: (items: string[]) => void): void {
    setTimeout(() => send(this.batch), 10);
    this.batch.length = 0; // want `emptied here before the function that uses it runs`
  }

  swapped(): string[] {
    const out = this.batch;
    this.batch = []; // ok: a new array
    return out;
  }

  copied(): string[] {
    const out = [...this.batch];
    this.batch.length = 0; // ok: out is a copy
    return out;
  }

  copiedEntries(): Map<string, number> {
    const out = new Map(this.entries);
    this.entries.clear(); // ok: out is a copy
    this.batches.push(this.batch.slice());
    this.batch.length = 0; // ok: a copy was stored
    return out;
  }

  unused(): void {
    const out = this.batch;
    console.log(out.length);
    this.batch.length = 0; // ok: nobody uses out afterwards
  }

  sent(send: (items: string[]) => void): void {
    send(this.batch);
    this.batch.length = 0; // ok: the call is over
  }

  laterCopy(send: (items: string[]) => void): void {
    const out = [...this.batch];
    setTimeout(() => send(out), 10);
    this.batch.length = 0; // ok: out is a copy
  }

  use(): Map<string, number> | undefined {
    return this.last;
  }
}

export function promised(): Promise<string[]> {
  const found: string[] = ['a'];
  return new Promise((resolve) => {
    resolve(found);
    found.length = 0; // want `before anybody who waits for the promise can look at it`
  });
}

export function grouped(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  const current: string[] = [];
  for (const line of lines) {
    if (line === '') {
      groups.push(current);
      current.length = 0; // want `current is emptied here after it was handed over`
    } else current.push(line);
  }
  return groups;
}

export function groupedRight(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  let current: string[] = [];
  for (const line of lines) {
    if (line === '') {
      groups.push(current);
      current = []; // ok: a new array
    } else current.push(line);
  }
  return groups;
}

const pool: string[][] = [];

export function acquire(): string[] {
  return pool.pop() ?? [];
}

export function release(list: string[]): void {
  pool.push(list);
  list.length = 0; // ok: what is taken from the pool shall be empty
}

export function reassigned(list: string[]): string[] {
  let out = list;
  list.length = 0; // ok: out is another one by then
  out = ['a'];
  return out;
}

export const collector = new Collector();
