declare function send(items: readonly string[]): Promise<void>;

const items: string[] = [];

export async function flush(): Promise<void> {
  await send(items);
  items.splice(0); // want `items is emptied after the await`
}

// ok: what is sent was taken out before
export async function flushTaken(): Promise<void> {
  await send(items.splice(0));
}

export function add(item: string): void {
  items.push(item);
}
