interface Session {
  end(): void;
  isOpen(): boolean;
  commit(): Promise<void>;
}

declare function save(): Promise<void>;

export class Client {
  #session: Session | undefined;
  #isClosing = false;
  readonly #sessions = new Map<string, Session>();
  #table: { [id: string]: Session } = {};

  open(id: string, session: Session): void {
    this.#session = session;
    this.#sessions.set(id, session);
    this.#table[id] = session;
  }

  async close(): Promise<void> {
    if (this.#session === undefined) return;
    await save();
    const session = this.#session; // want `this\.#session was there before the await, and is used after it`
    this.#session = undefined;
    session.end();
  }

  async closeInOrder(): Promise<void> {
    if (!this.#session) return;
    // ok: taken before the await
    const session = this.#session;
    this.#session = undefined;
    await save();
    session.end();
  }

  async closeOnce(): Promise<void> {
    if (!this.#session || this.#isClosing) return;
    this.#isClosing = true;
    await save();
    // ok: the second call has gone by then
    this.#session.end();
    this.#session = undefined;
  }

  async closeIfThere(): Promise<void> {
    if (!this.#session) return;
    await save();
    // ok: it looks again
    this.#session?.end();
    this.#session = undefined;
  }

  async closeChecked(): Promise<void> {
    if (!this.#session) return;
    await save();
    if (!this.#session) return;
    // ok: it looks again
    this.#session.end();
    this.#session = undefined;
  }

  async closeLoudly(): Promise<void> {
    // ok: nobody looks whether it is there, so nobody thinks that it may be gone
    await save();
    this.#session!.end();
    this.#session = undefined;
  }

  async commit(id: string): Promise<void> {
    if (!this.#sessions.has(id)) return;
    await this.#sessions.get(id)!.commit();
    this.#sessions.get(id)!.end(); // want `this\.#sessions\[id\] was there before the await`
    this.#sessions.delete(id);
  }

  async commitHeld(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (!session) return;
    await session.commit();
    // ok: the session is the one that was found
    session.end();
    this.#sessions.delete(id);
  }

  async commitIfOpen(id: string): Promise<void> {
    if (!this.#table[id]?.isOpen()) return;
    await this.#table[id]!.commit();
    this.#table[id]!.end(); // want `this\.#table\[id\] was there before the await`
    delete this.#table[id];
  }

  async commitAtBest(id: string): Promise<void> {
    if (!this.#table[id]) return;
    await this.#table[id]!.commit();
    try {
      // ok: nothing is made of a failure
      this.#table[id]!.end();
    } catch (_) {
      // best effort
    }
    delete this.#table[id];
  }

  async commitAndTell(id: string): Promise<void> {
    if (!this.#table[id]) return;
    await this.#table[id]!.commit();
    try {
      this.#table[id]!.end(); // want `this\.#table\[id\] was there before the await`
    } catch (error) {
      console.error(error);
    }
    delete this.#table[id];
  }

  async renew(session: Session): Promise<void> {
    if (!this.#session) return;
    await save();
    this.#session = session;
    // ok: set after the await
    this.#session.end();
    this.#session = undefined;
  }
}

export async function once(session: Session): Promise<void> {
  let held: Session | undefined = session;
  if (!held) return;
  await save();
  // ok: each call has its own
  held.end();
  held = undefined;
}
