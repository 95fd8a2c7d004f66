declare const worker: Worker;

export function post(): number {
  const bytes = new Uint8Array(8);
  worker.postMessage(bytes, [bytes.buffer]);
  return bytes[0]!; // want `bytes was transferred and has no memory here any more`
}

export function postBuffer(): void {
  const buffer = new ArrayBuffer(8);
  const view = new Uint8Array(buffer);
  worker.postMessage(buffer, [buffer]);
  view[0] = 1; // want `view was transferred and has no memory here any more`
}

export function clone(): readonly unknown[] {
  const buffer = new ArrayBuffer(8);
  const copy = structuredClone(buffer, { transfer: [buffer] });
  return [copy, new Uint8Array(buffer)]; // want `buffer was transferred and has no memory here any more`
}

// ok: the memory of a copy went along
export function postCopy(): number {
  const bytes = new Uint8Array(8);
  const copy = bytes.slice();
  worker.postMessage(copy, [copy.buffer]);
  return bytes[0]!;
}

// ok: a view of other memory
export function postOther(): number {
  const buffer = new ArrayBuffer(8);
  const other = new ArrayBuffer(8);
  const view = new Uint8Array(other);
  worker.postMessage(buffer, [buffer]);
  return view[0]!;
}

// ok: a new one takes its place
export function postAgain(): Uint8Array {
  let bytes = new Uint8Array(8);
  worker.postMessage(bytes, [bytes.buffer]);
  bytes = new Uint8Array(8);
  return bytes;
}

const state = new Int32Array(new SharedArrayBuffer(16));

export function lock(): void {
  while (Atomics.load(state, 0) === 1) Atomics.wait(state, 0, 1);
  Atomics.store(state, 0, 1); // want `Atomics\.load\(state, 0\) is tested and then set`
}

export function lockUnequal(): void {
  while (Atomics.load(state, 0) !== 0) Atomics.wait(state, 0, 1);
  Atomics.store(state, 0, 1); // want `Atomics\.load\(state, 0\) is tested and then set`
}

// ok: one thread alone gets it
export function lockAtomically(): void {
  while (Atomics.compareExchange(state, 0, 0, 1) !== 0) Atomics.wait(state, 0, 1);
}

// ok: the answer to what the other side wrote
export function acknowledge(): void {
  while (Atomics.load(state, 1) === 0) Atomics.wait(state, 1, 0);
  Atomics.store(state, 1, 2);
}

export function view(): Int32Array<SharedArrayBuffer> {
  return state;
}
