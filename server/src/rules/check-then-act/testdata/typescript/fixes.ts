declare function load(key: string): Promise<string>;
declare function connect(): Promise<Connection>;
declare function notify(key: string): Promise<void>;

class Connection {
  close(): void {}
}

let connection: Connection | undefined;

export async function opened(): Promise<Connection> {
  if (connection === undefined) {
    connection = await connect(); // want `connection was missing before the await`
  }
  return connection;
}

export class Kept {
  #client: Connection | null = null
  readonly #texts: Map<string, string> = new Map()
  private readonly told = new Set<string>()
  private length = 0

  async client(): Promise<Connection> {
    if (!this.#client) {
      this.#client = await connect() // want `this\.#client was missing`
    }
    return this.#client
  }

  async text(key: string): Promise<string> {
    const known = this.#texts.get(key)
    if (known) return known
    const value = await load(key)
    this.#texts.set(key, value) // want `this\.#texts\[key\] was missing`
    return value
  }

  // What is written comes from the wait, or from what was computed meanwhile: no fix.
  async measured(key: string): Promise<void> {
    if (this.length > 0) return
    const text = await load(key)
    this.length = text.length // want `this\.length was missing|this\.length was tested`
  }

  // The comment belongs to what would be moved: no fix.
  async tell(key: string): Promise<void> {
    if (this.told.has(key)) return
    await notify(key)
    // Told by now.
    this.told.add(key) // want `this\.told\[key\] was missing`
  }

  // The function may be left before the key is added: no fix.
  async ask(key: string): Promise<void> {
    if (this.told.has(key)) return
    const answer = await load(key)
    if (answer === 'no') return
    this.told.add(key) // want `this\.told\[key\] was missing`
  }

  // ok: added before anything waits
  async once(key: string): Promise<void> {
    if (this.told.has(key)) return
    this.told.add(key)
    await notify(key)
  }
}

export class Shared {
  static client: Connection | undefined;
  static readonly byName = new Map<string, Connection>();
  static limit = 10;

  static async open(): Promise<Connection> {
    if (!Shared.client) {
      Shared.client = await connect(); // want `Shared\.client was missing before the await`
    }
    return Shared.client;
  }

  async named(name: string): Promise<Connection> {
    const known = Shared.byName.get(name);
    if (known) return known;
    const made = await connect();
    Shared.byName.set(name, made); // want `Shared\.byName\[name\] was missing before the await`
    return made;
  }

  // ok: looked for again after the await
  async again(name: string): Promise<Connection> {
    const known = Shared.byName.get(name);
    if (known) return known;
    const made = await connect();
    const other = Shared.byName.get(name);
    if (other) return other;
    Shared.byName.set(name, made);
    return made;
  }
}
