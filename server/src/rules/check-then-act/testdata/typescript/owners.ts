// Who has the object: activations that are not known to have the same one do not disturb each other.

declare function read(path: string): Promise<Uint8Array>;
declare function connect(): Promise<{ close(): void }>;
declare function rotate(token: string): Promise<string>;

declare class Row {
  static findOne<T extends Row>(this: new () => T, id: string): Promise<T | undefined>;
  save(): Promise<void>;
}

// ok: every request finds a row of its own
export class Account extends Row {
  token = '';
  expires: number | undefined;
  client: { close(): void } | undefined;

  async refresh(now: number): Promise<void> {
    if (this.expires !== undefined && this.expires > now) return;
    this.token = await rotate(this.token);
    this.expires = now + 60;
    await this.save();
  }

  connected = async (): Promise<void> => {
    if (!this.client) this.client = await connect();
  };
}

export async function signIn(id: string, now: number): Promise<string | undefined> {
  const account = await Account.findOne(id);
  await account?.refresh(now);
  return account?.token;
}

// Extends the same, but it is this program that makes the one there is.
class Registry extends Row {
  client: { close(): void } | undefined;

  static create(): Registry {
    return new Registry();
  }

  async open(): Promise<void> {
    if (!this.client) this.client = await connect(); // want `this\.client`
  }
}

const registry = Registry.create();

export async function openRegistry(): Promise<void> {
  await registry.open();
}

// ok: each call collects a content that it made
class Content {
  private bytes: Uint8Array | undefined;
  private readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static of(path: string): Content {
    return new Content(path);
  }

  async collect(): Promise<Uint8Array> {
    if (!this.bytes) this.bytes = await read(this.path);
    return this.bytes;
  }

  async collectTwice(): Promise<number> {
    const bytes = await this.collect();
    return bytes.length;
  }
}

export async function size(path: string, isLarge: boolean): Promise<number> {
  let content = isLarge ? Content.of(path) : null;
  if (content) {
    const bytes = await content.collect();
    if (bytes.length > 1) return bytes.length;
  }
  content ??= Content.of(`${path}.small`);
  return await content.collectTwice();
}

// Made by each call, too, but nobody waits for the first before the second begins.
class Page {
  private bytes: Uint8Array | undefined;

  constructor(private readonly path: string) {}

  async collect(): Promise<Uint8Array> {
    if (!this.bytes) this.bytes = await read(this.path); // want `this\.bytes`
    return this.bytes;
  }
}

export async function twice(path: string): Promise<number> {
  const page = new Page(path);
  const [a, b] = await Promise.all([page.collect(), page.collect()]);
  return a.length + b.length;
}

// Kept for all calls.
class Template {
  private bytes: Uint8Array | undefined;

  async collect(): Promise<Uint8Array> {
    if (!this.bytes) this.bytes = await read('template'); // want `this\.bytes`
    return this.bytes;
  }
}

const templates = new Map<string, Template>();

export async function templateFor(name: string): Promise<Uint8Array> {
  let template = templates.get(name);
  if (!template) templates.set(name, (template = new Template()));
  return await template.collect();
}
