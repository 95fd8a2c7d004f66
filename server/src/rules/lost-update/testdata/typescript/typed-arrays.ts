declare function price(id: string): Promise<number>;

const bytes = new Uint8Array(16);

export async function set(id: string): Promise<void> {
  const before = bytes[3]!;
  const amount = await price(id);
  bytes.set([before + amount], 3); // want `bytes\[3\] is computed from what it was before the await`
}

export async function fill(id: string): Promise<void> {
  const before = bytes[0]!;
  const amount = await price(id);
  bytes.fill(before + amount, 0, 1); // want `bytes\[0\] is computed from what it was before the await`
}

// ok: what was read is put back as it was
export async function restore(id: string): Promise<void> {
  const before = bytes.slice();
  await price(id);
  bytes.set(before);
}

// ok: another element
export async function other(id: string): Promise<void> {
  const before = bytes[0]!;
  const amount = await price(id);
  bytes.set([before + amount], 1);
}

// ok: read after the await
export async function after(id: string): Promise<void> {
  const amount = await price(id);
  bytes.set([bytes[0]! + amount]);
}

// ok: nothing of it was read
export async function fresh(id: string): Promise<void> {
  if (bytes.length === 0) return;
  const amount = await price(id);
  bytes.fill(amount);
  bytes.set([amount, amount]);
}

// ok: memory of this call
export async function own(id: string): Promise<Uint8Array> {
  const view = new Uint8Array(4);
  const before = view[0]!;
  view.set([before + (await price(id))]);
  return view;
}
