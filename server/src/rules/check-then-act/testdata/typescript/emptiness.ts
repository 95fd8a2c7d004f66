declare function load(): Promise<Record<string, string>>;
declare function read(): Promise<string>;

const entries: Record<string, string> = {};

export async function ensure(): Promise<void> {
  if (Object.keys(entries).length === 0) {
    const value = await read();
    entries['first'] = value; // want `entries\['first'\] was missing before the await`
  }
}

let settings: Record<string, string> = {};

export async function ensureSettings(): Promise<void> {
  if (Object.entries(settings).length > 0) return;
  settings = await load(); // want `settings was tested before the await`
}

export class Names {
  private names: string[] = [];

  async all(): Promise<readonly string[]> {
    if (this.names.length === 0) this.names = (await read()).split(','); // want `this\.names was tested before the await`
    return this.names;
  }

  // ok: looked at again
  async again(): Promise<readonly string[]> {
    if (this.names.length === 0) {
      const read = await this.read();
      if (this.names.length === 0) this.names = read;
    }
    return this.names;
  }

  private async read(): Promise<string[]> {
    return (await read()).split(',');
  }
}

const known: Record<string, string> = {};

// ok: looked at again, and filled in one step
export async function again(): Promise<void> {
  if (Object.keys(known).length > 0) return;
  const value = await read();
  if (Object.keys(known).length > 0) return;
  known['first'] = value;
}

const others: Record<string, string> = {};

// ok: only where there is something already
export async function more(): Promise<void> {
  if (Object.keys(others).length === 0) return;
  others['last'] = await read();
}

// ok: a dictionary of this call
export async function own(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  if (Object.values(found).length === 0) found['first'] = await read();
  return found;
}
