/** The one stretch in which two texts differ: `length` units from `start` became `newLength` units. */
export function changeBetween(before: string, after: string): { readonly start: number; readonly length: number; readonly newLength: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, length: before.length - same - start, newLength: after.length - same - start };
}
