const counts = new Int32Array(new SharedArrayBuffer(16));

export function view(): Int32Array<SharedArrayBuffer> {
  return counts;
}

export function hit(index: number): void {
  counts[index]++; // want `counts\[index\] is read and written in two steps`
  counts[0] += 2; // want `counts\[0\] is read and written in two steps`
  counts[1] = (counts[1] ?? 0) + 1; // want `counts\[1\] is read and written in two steps`
}

export class Mutex {
  constructor(private readonly state: Int32Array<SharedArrayBuffer>) {}

  tryLock(): boolean {
    if (this.state[0] === 0) {
      this.state[0] = 1; // want `this\.state\[0\] is tested and then set in two steps`
      return true;
    }
    return false;
  }

  tryLockAtomically(): boolean {
    if (Atomics.load(this.state, 0) === 0) {
      Atomics.store(this.state, 0, 1); // want `Atomics\.load\(this\.state, 0\) is tested and then set`
      return true;
    }
    return false;
  }

  wait(): void {
    while (this.state[0] === 1) {} // want `this\.state\[0\] is read plainly in a loop`
  }
}

export function transfer(bytes: number): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes);
  const copy = structuredClone(buffer, { transfer: [buffer] });
  return copy;
}

export function reuse(bytes: number): Uint8Array {
  const buffer = new ArrayBuffer(bytes);
  structuredClone(buffer, { transfer: [buffer] });
  return new Uint8Array(buffer); // want `buffer was transferred and has no memory here any more`
}

const levels = new Int32Array(new SharedArrayBuffer(16));

export function levelsOf(): SharedArrayBuffer {
  return levels.buffer;
}

export function raise(): void {
  levels.set([levels[2]! + 1], 2); // want `levels\[2\]! is read and written in two steps|levels\[2\] is read and written in two steps`
}

export function raiseAll(): void {
  levels.fill(levels[0]! + 1); // want `levels\[0\] is read and written in two steps`
}

export function filled(): void {
  levels.fill(levels[0]! + 1, 0, 1); // want `levels\[0\] is read and written in two steps`
}
