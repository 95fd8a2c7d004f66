declare function query(key: string): Promise<string>;

interface Network {
  query(key: string): Promise<string>;
}

export class Deduplicator {
  private readonly inFlight: Record<string, Promise<string>>;
  private readonly ended: Record<string, Promise<string>> = {};
  private readonly network: Network;

  constructor(network: Network) {
    this.network = network;
    this.inFlight = {};
  }

  // Removed when it succeeded, and kept when it failed.
  run(key: string): Promise<string> {
    if (!this.inFlight[key]) this.inFlight[key] = this.network.query(key); // want `this\.inFlight\[key\]`
    return this.inFlight[key]!.then((result) => {
      delete this.inFlight[key];
      return result;
    });
  }

  // ok: removed both ways
  both(key: string): Promise<string> {
    if (!this.ended[key]) this.ended[key] = this.network.query(key);
    return this.ended[key]!.then(
      (result) => {
        delete this.ended[key];
        return result;
      },
      (error: unknown) => {
        delete this.ended[key];
        throw error;
      },
    );
  }
}

export class Repositories {
  private readonly pending = new Map<string, Promise<string>>();
  private readonly settled = new Map<string, Promise<string>>();

  async repository(key: string): Promise<string> {
    let promise = this.pending.get(key);
    if (promise === undefined) {
      async function find(this: Repositories): Promise<string> {
        const found = await query(key);
        this.pending.delete(key);
        return found;
      }
      promise = find.call(this);
      this.pending.set(key, promise); // want `this\.pending\[key\]`
    }
    return promise;
  }

  // ok: removed in finally
  async other(key: string): Promise<string> {
    const known = this.settled.get(key);
    if (known) return known;
    const promise = this.find(key);
    this.settled.set(key, promise);
    return promise;
  }

  private async find(key: string): Promise<string> {
    try {
      return await query(key);
    } finally {
      this.settled.delete(key);
    }
  }
}

export function memoize<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  const made: Record<string, Promise<T>> = {};
  return (key, make) => {
    const known = made[key];
    if (known) return known;
    made[key] = make(); // want `made\[key\]`
    return made[key]!;
  };
}

async function careful(key: string): Promise<string> {
  try {
    return await query(key);
  } catch {
    return '';
  }
}

const careless = new Map<string, Promise<string>>();

// ok: never rejects
export function lookUp(key: string): Promise<string> {
  let known = careless.get(key);
  if (!known) careless.set(key, (known = careful(key)));
  return known;
}
