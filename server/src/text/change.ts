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

/** Where an offset outside of all changes lies after them; each is said in offsets of the text before. */
export function movedOffset(offset: number, changes: readonly Change[]): number {
  return changes.reduce((moved, { start, length, newLength }) => (offset >= start + length ? moved + newLength - length : moved), offset);
}

/** How many stretches are told apart. */
const mostChanges = 16;

/**
 * The stretches in which two texts differ, in their order, in offsets of the text before. Lines that stand once in what differs
 * hold the two together; where there is none, or too many stretches, it is one.
 */
export function changesBetween(before: string, after: string): readonly Change[] {
  const whole = changeBetween(before, after);
  if (whole.length === 0 || whole.newLength === 0) return [whole];
  const old = linesOf(before, whole.start, whole.start + whole.length);
  const now = linesOf(after, whole.start, whole.start + whole.newLength);
  const found: Change[] = [];
  let [i, j] = [0, 0];
  for (const [oldEnd, newEnd] of [...anchorsOf(before, old, after, now), [old.length - 1, now.length - 1] as const]) {
    const [oldFrom, oldTo, newFrom, newTo] = [old[i]!, old[oldEnd]!, now[j]!, now[newEnd]!];
    const { start, length, newLength } = changeBetween(before.slice(oldFrom, oldTo), after.slice(newFrom, newTo));
    if (length > 0 || newLength > 0) found.push({ start: oldFrom + start, length, newLength });
    [i, j] = [oldEnd, newEnd];
  }
  return found.length === 0 || found.length > mostChanges ? [whole] : found;
}

/** Where the lines of a stretch start, and where the last one ends. */
function linesOf(text: string, start: number, end: number): readonly number[] {
  const offsets = [start];
  for (let at = text.indexOf('\n', start); at >= 0 && at + 1 < end; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  offsets.push(end);
  return offsets;
}

/** Pairs of equal lines that stand once in each stretch, as many as follow each other in both. */
function anchorsOf(before: string, old: readonly number[], after: string, now: readonly number[]): readonly (readonly [number, number])[] {
  const places = onceIn(after, now);
  const pairs: (readonly [number, number])[] = [];
  for (const [line, index] of onceIn(before, old)) {
    const other = places.get(line);
    if (other !== undefined) pairs.push([index, other]);
  }
  return longestRising(pairs.sort(([a], [b]) => a - b));
}

function onceIn(text: string, lines: readonly number[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const again = new Set<string>();
  for (let index = 0; index + 1 < lines.length; index++) {
    const line = text.slice(lines[index], lines[index + 1]);
    if (found.has(line)) again.add(line);
    else found.set(line, index);
  }
  for (const line of again) found.delete(line);
  return found;
}

/** The longest part of the pairs, sorted by their first, whose second rises too. */
function longestRising(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tails: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, second], index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]![1] < second) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  });
  const found: (readonly [number, number])[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at]!) found.unshift(pairs[at]!);
  return found;
}
