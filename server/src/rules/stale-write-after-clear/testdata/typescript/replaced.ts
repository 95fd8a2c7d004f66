declare function load(key: string): Promise<string>;

let current = new Map<string, string>();

export async function fill(key: string): Promise<void> {
  const value = await load(key);
  current.set(key, value); // want `current\[key\] is stored after an await, and replaced\.ts:23 may have cleared it meanwhile`
}

// ok: the map is taken before the value is there, and another has its place by then
export async function fillTaken(key: string): Promise<void> {
  current.set(key, await load(key));
}

// ok: the same, with a name
export async function fillNamed(key: string): Promise<void> {
  const taken = current;
  const value = await load(key);
  taken.set(key, value);
}

export function reset(): void {
  current = new Map();
}

export function valueOf(key: string): string | undefined {
  return current.get(key);
}

const counted = new Map<string, string>();

export async function fillCounted(key: string): Promise<void> {
  const value = await load(key);
  counted.set(key, value); // want `counted\[key\] is stored after an await`
}

export function resetCounted(isFull: boolean): void {
  if (isFull) {
    counted.clear();
  }
}

export function dropCounted(key: string): void {
  counted.delete(key);
}

export class Latest {
  private entries = new Map<string, string>();

  // ok: another map is there by then, and this one is not written to
  async fill(key: string): Promise<void> {
    const entries = this.entries;
    const value = await load(key);
    if (entries === this.entries) this.entries.set(key, value);
  }

  reset(): void {
    this.entries = new Map();
  }
}
