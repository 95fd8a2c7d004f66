/** One stretch in which two texts differ: `length` units from `start` became `newLength` units. */
export interface Change {
  readonly start: number;
  readonly length: number;
  readonly newLength: number;
}

/** How much is compared at once. Texts of an editor are alike but for a few letters, and comparing slices is fast. */
const stride = 4096;

export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start + stride <= shorter && before.slice(start, start + stride) === after.slice(start, start + stride)) start += stride;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const most = shorter - start;
  while (same + stride <= most && tail(before, same) === tail(after, same)) same += stride;
  while (same < most && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, length: before.length - same - start, newLength: after.length - same - start };
}

/** The stretch that ends `same` units before the end. */
function tail(text: string, same: number): string {
  return text.slice(text.length - same - stride, text.length - same);
}

/** Where an offset outside a change lies after it. */
export function movedOffset(offset: number, { start, length, newLength }: Change): number {
  return offset >= start + length ? offset + newLength - length : offset;
}
