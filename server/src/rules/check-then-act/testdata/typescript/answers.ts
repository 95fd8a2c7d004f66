declare global {
  interface String {
    quoted(): string;
  }
}

declare function ask(question: string): Promise<boolean>;
declare function count(of: string): Promise<number | undefined>;
declare function read(path: string): Promise<string>;
declare function open(): Promise<{ close(): void; readonly name: string }>;

export class Tool {
  private isThere: boolean | undefined;
  private version: number | undefined;
  private text: string | undefined;
  private connected = false;
  private state: 'new' | 'open' | { readonly name: string } = 'new';

  async check(): Promise<boolean> {
    if (typeof this.isThere === 'boolean') return this.isThere;
    this.isThere = await ask('there?'); // want `this\.isThere was tested before the await, and is set to the answer after it`
    return this.isThere;
  }

  async checkLater(): Promise<boolean> {
    if (typeof this.isThere === 'boolean') return this.isThere;
    return count('tools').then((found) => (this.isThere = found !== undefined)); // want `this\.isThere was tested before the await, and is set to the answer after it`
  }

  // Texts are texts, whatever methods the project gives them.
  async load(): Promise<string> {
    if (this.text) return this.text;
    this.text = await read('a'); // want `this\.text was missing before the await, and is set after it: calls in between do the work again`
    return this.text.quoted();
  }

  // What is set is not what came back: it says that something was done.
  async connect(): Promise<void> {
    if (this.connected === true) return;
    await ask('may I?');
    this.connected = true; // want `this\.connected was tested before the await, and is set after it: a second call`
  }

  // The answer is an object.
  async start(): Promise<void> {
    if (this.state !== 'new') return;
    this.state = await open(); // want `this\.state was tested before the await, and is set after it: a second call`
  }

  // ok: looked at again after the answer
  async once(): Promise<number | undefined> {
    if (typeof this.version === 'number') return this.version;
    const found = await count('versions');
    if (typeof this.version !== 'number') this.version = found;
    return this.version;
  }

  // ok: nothing decides, whoever asks last is right
  async refresh(): Promise<void> {
    this.isThere = await ask('there?');
  }
}
