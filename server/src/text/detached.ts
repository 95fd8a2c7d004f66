// Strings that are kept for longer than the text they were cut from.

/** Engines copy shorter parts in any case. */
const copied = 12;

/** The same string in memory of its own: a part of a text keeps the whole text as long as the part is kept. */
export function detached(part: string): string {
  return part.length <= copied ? part : (JSON.parse(JSON.stringify(part)) as string);
}
