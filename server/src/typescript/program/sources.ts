// Parsed files, kept while their text stays the same. A file that changed is parsed again where it changed: what the edit
// did not touch keeps its nodes, so the tree of before must not be used any more.

import type ts from 'typescript';
import { compiler } from '../compiler.ts';

interface Entry {
  readonly version: string;
  readonly syntax: ts.SourceFile;
}

export class SourceCache {
  readonly #entries = new Map<string, Map<string, Entry>>();

  /**
   * @param kind tells apart the settings under which files are parsed and bound; files of different kinds are never shared
   */
  parse(path: string, read: { readonly text: string; readonly version: string }, kind: string, options: ts.CreateSourceFileOptions): ts.SourceFile {
    let byPath = this.#entries.get(kind);
    if (!byPath) this.#entries.set(kind, (byPath = new Map<string, Entry>()));
    const before = byPath.get(path);
    if (before && (before.version === read.version || before.syntax.text === read.text)) return before.syntax;
    const syntax = before
      ? compiler.updateSourceFile(before.syntax, read.text, changeBetween(before.syntax.text, read.text))
      : compiler.createSourceFile(path, read.text, options, false);
    byPath.set(path, { version: read.version, syntax });
    return syntax;
  }

  /** Forgets the files that no program uses any more. */
  retain(isUsed: (path: string, kind: string) => boolean): void {
    for (const [kind, byPath] of this.#entries) {
      for (const path of byPath.keys()) if (!isUsed(path, kind)) byPath.delete(path);
      if (byPath.size === 0) this.#entries.delete(kind);
    }
  }
}

/** The one stretch in which two texts differ. */
export function changeBetween(before: string, after: string): ts.TextChangeRange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { span: { start, length: before.length - same - start }, newLength: after.length - same - start };
}
