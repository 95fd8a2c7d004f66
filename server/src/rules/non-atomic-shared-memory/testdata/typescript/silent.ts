const counts = new Int32Array(new SharedArrayBuffer(16));
const own = new Int32Array(4);

export function view(): Int32Array<SharedArrayBuffer> {
  return counts;
}

// ok: one step
export function hit(index: number): void {
  Atomics.add(counts, index, 1);
}

// ok: nobody shares this memory
export function count(index: number): void {
  own[index]++;
  if (own[0] === 0) own[0] = 1;
}

// ok: a write that does not depend on what was there
export function reset(): void {
  counts[0] = 0;
}

// ok: nobody else can have it yet
export function make(): Int32Array {
  const memory = new SharedArrayBuffer(16);
  const made = new Int32Array(memory);
  made[0] = 1;
  made[0]++;
  return made;
}

// ok: nothing tells whose memory it is
export function sum(given: Int32Array, index: number): void {
  given[index]++;
}

// ok: the exchange tells who was first
export function tryLock(): boolean {
  return Atomics.compareExchange(counts, 0, 0, 1) === 0;
}

// ok: another element
export function follow(): void {
  if (counts[0] === 0) counts[1] = 1;
}

// ok: it changes what it waits for
export function drain(): void {
  while (counts[0] === 1) {
    hit(1);
  }
}

// ok: it waits without spinning
export function wait(): void {
  Atomics.wait(counts, 0, 0);
}

// ok: a buffer that takes the place of the other one
export function renewed(bytes: number): Uint8Array {
  let buffer = new ArrayBuffer(bytes);
  structuredClone(buffer, { transfer: [buffer] });
  buffer = new ArrayBuffer(bytes);
  return new Uint8Array(buffer);
}

// ok: it asks what is left
export function left(bytes: number): number {
  const buffer = new ArrayBuffer(bytes);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer.byteLength;
}

// ok: copied, not transferred
export function copied(bytes: number): Uint8Array {
  const buffer = new ArrayBuffer(bytes);
  structuredClone(buffer);
  return new Uint8Array(buffer);
}

const steps = new Int32Array(new SharedArrayBuffer(16));

export function stepsOf(): SharedArrayBuffer {
  return steps.buffer;
}

// ok: one element is written with what another one is
export function move(): void {
  steps.set([steps[0]!], 1);
  steps.fill(steps[3]!, 0, 2);
}

// ok: nothing of it was read
export function refill(): void {
  steps.fill(0);
  steps.set([1, 2]);
}
