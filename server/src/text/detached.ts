// Strings that are kept for longer than the text they were cut from.

/** Engines copy shorter parts in any case. */
const copied = 12;

/** Parts of a text that are kept together, in one string of their own: one copy for many. */
export class Excerpts {
  private parts: string[] = [];
  private text = '';
  private length = 0;

  /** Where the part begins in the excerpts. */
  add(part: string): number {
    const at = this.length;
    this.parts.push(part);
    this.length += part.length;
    return at;
  }

  /** To be called when the last part has been added: none may hold the text any more. */
  seal(): void {
    this.text = this.parts.length === 1 ? detached(this.parts[0]!) : this.parts.join('');
    this.parts = [];
  }

  /** A part, once they are sealed. */
  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }
}

/** The same string in memory of its own: a part of a text keeps the whole text as long as the part is kept. */
export function detached(part: string): string {
  return part.length <= copied ? part : (JSON.parse(JSON.stringify(part)) as string);
}
