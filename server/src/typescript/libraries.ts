// The declarations of JavaScript's library as they are shipped: many lines stand in several files (what a page has, a worker has,
// too), so each line is there once. What unpacks them runs in Node and in a browser alike.

export interface PackedLibraries {
  /** Every different line once, joined by line feeds. */
  readonly lines: string;
  /** By file name: pairs of a line's index and how many lines follow from there on. */
  readonly files: Readonly<Record<string, readonly number[]>>;
}

/** The texts by file name. */
export function unpackLibraries({ lines, files }: PackedLibraries): ReadonlyMap<string, string> {
  const all = lines.split('\n');
  return new Map(
    Object.entries(files).map(([name, runs]) => {
      const text: string[] = [];
      for (let i = 0; i < runs.length; i += 2) for (let line = 0; line < runs[i + 1]!; line++) text.push(all[runs[i]! + line]!);
      return [name, text.join('\n')];
    }),
  );
}
