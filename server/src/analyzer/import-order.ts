// The order in which many packages are analysed: what is imported before what imports it, so that what importers ask is known. And which of
// them nobody asks for any more.

/**
 * @param importsOf the folders that one imports; asked once for each folder
 * @returns the same folders; those that import each other, and those that do not, in the order given
 */
export function importOrder(directories: readonly string[], importsOf: (directory: string) => readonly string[]): readonly string[] {
  const wanted = new Set(directories);
  const seen = new Set<string>();
  const ordered: string[] = [];
  for (const root of directories) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack: { readonly directory: string; readonly imports: readonly string[]; next: number }[] = [];
    const enter = (directory: string): void => {
      stack.push({ directory, imports: [...new Set(importsOf(directory))].filter((each) => wanted.has(each)), next: 0 });
    };
    enter(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const imported = top.imports[top.next++];
      if (imported === undefined) {
        ordered.push(top.directory);
        stack.pop();
      } else if (!seen.has(imported)) {
        seen.add(imported);
        enter(imported);
      }
    }
  }
  return ordered;
}

/** What a folder imports: itself, with its tests, and what is asked through it by those who import it. */
export interface FolderImports {
  readonly all: readonly string[];
  /** Imports of tests left out. */
  readonly library: readonly string[];
}

/**
 * For each folder of the order, the folders that are not asked for once it and those before it have been analysed: neither are they still
 * to be analysed, nor does one that is import them, directly or through others.
 */
export function lastUses(ordered: readonly string[], importsOf: (directory: string) => FolderImports | undefined): ReadonlyMap<string, readonly string[]> {
  const seen = new Set<string>();
  const found = new Map<string, readonly string[]>();
  for (const directory of [...ordered].reverse()) {
    const first: string[] = [];
    const stack = [directory, ...(importsOf(directory)?.all ?? [])];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      first.push(at);
      stack.push(...(importsOf(at)?.library ?? []));
    }
    if (first.length > 0) found.set(directory, first);
  }
  return found;
}
