let cache = new Map<string, number>();
let followed = new Map<string, number>();

export default cache;
export { followed };

export function put(key: string): void {
  cache.set(key, 1);
  followed.set(key, 1);
}

export function reset(): void {
  cache = new Map(); // want `cache gets a new Map here, but the default export keeps the old one`
  followed = new Map(); // ok: a named export follows the variable
}

class View {
  entries: Map<string, number> | undefined;
  names: string[] = [];

  show(): void {
    console.log(this.entries?.size, this.names.length);
  }
}

export class Store {
  private entries = new Map<string, number>();
  private names: string[] = [];
  private swapped = new Map<string, number>();
  private given = new Map<string, number>();
  private view = new View();
  private before: Map<string, number> | undefined;

  attach(): void {
    this.view.entries = this.entries;
    this.view.names = this.names;
  }

  add(name: string): void {
    this.entries.set(name, 1);
    this.names.push(name);
    this.swapped.set(name, 1);
    this.given.set(name, 1);
  }

  reset(): void {
    this.entries = new Map(); // want `this\.entries gets a new Map here, but this\.view\.entries keeps the old one`
    this.names = []; // want `this\.names gets a new array here`
  }

  clear(): void {
    this.entries.clear(); // ok: everybody sees it
    this.names.length = 0; // ok: everybody sees it
  }

  remember(): void {
    this.before = this.swapped;
  }

  previous(): number {
    return this.before?.size ?? 0;
  }

  swap(): Map<string, number> {
    const old = this.swapped;
    this.swapped = new Map(); // ok: the old one is passed on
    return old;
  }

  hand(): void {
    this.view.entries = this.given;
  }

  again(): void {
    this.given = new Map(); // ok: the view gets the new one
    this.view.entries = this.given;
  }
}

export class Snapshots {
  private current: readonly string[] = [];
  private last: readonly string[] = [];

  add(name: string): void {
    this.current = [...this.current, name];
  }

  keep(): void {
    this.last = this.current;
  }

  lastCount(): number {
    return this.last.length;
  }

  reset(): void {
    this.current = []; // ok: copied on write, nobody changes the old one
  }
}

interface Message {
  thoughts: string[];
}

export class Recorder {
  private thoughts: string[] = [];
  private notes: string[] = [];
  readonly log: string[] = [];

  think(thought: string): void {
    this.thoughts.push(thought);
    this.notes.push(thought);
  }

  record(message: Message): void {
    message.thoughts = this.thoughts;
    this.thoughts = [];
  }

  share(message: Message): void {
    message.thoughts = this.notes;
  }

  count(message: Message): number {
    return message.thoughts.length;
  }

  start(): void {
    this.thoughts = []; // ok: what a message was given was given away
  }

  forget(): void {
    this.notes = []; // want `this\.notes gets a new array here, but message\.thoughts keeps the old one`
  }
}
