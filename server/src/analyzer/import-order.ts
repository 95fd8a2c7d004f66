// The order in which many packages are analysed: what is imported before what imports it, so that what importers ask is known.

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
