// Arrays of numbers for bodies and what is found out about them. Each of its own buffer would cost more than most bodies have
// operations, so they are cut from larger ones; a buffer is freed with the last body that uses it.

const chunkLength = 1 << 13;
/** Longer arrays get a buffer of their own. */
const ownBufferFrom = chunkLength >> 2;

let chunk = new ArrayBuffer(0);
let used = 0;

/** An array of zeros. */
export function int32s(length: number): Int32Array {
  if (length >= ownBufferFrom) return new Int32Array(length);
  if (used + length > chunk.byteLength / Int32Array.BYTES_PER_ELEMENT) {
    chunk = new ArrayBuffer(chunkLength * Int32Array.BYTES_PER_ELEMENT);
    used = 0;
  }
  const array = new Int32Array(chunk, used * Int32Array.BYTES_PER_ELEMENT, length);
  used += length;
  return array;
}

/** A copy of the first numbers of an array. */
export function int32sOf(values: Int32Array, length: number): Int32Array {
  const copy = int32s(length);
  for (let i = 0; i < length; i++) copy[i] = values[i]!;
  return copy;
}
