// Parsed files, kept while their text stays the same. A file that changed is parsed again where it changed: what the edit
// did not touch keeps its nodes, so the tree of before must not be used any more.

import type ts from 'typescript';
import { changeBetween } from '../../text/change.ts';
import { compiler } from '../compiler.ts';

interface Entry {
  readonly version: string;
  readonly syntax: ts.SourceFile;
}

export class SourceCache {
  readonly #entries = new Map<string, Map<string, Entry>>();

  readonly #updated = new WeakSet<ts.SourceFile>();

  /** Trees that edits took apart. */
  readonly #replaced = new WeakSet<ts.SourceFile>();

  /** True if a later tree was made from this one: it must not be used any more. */
  isReplaced(file: ts.SourceFile): boolean {
    return this.#replaced.has(file);
  }

  /** True if a tree was made from the one before. */
  isUpdated(file: ts.SourceFile): boolean {
    return this.#updated.has(file);
  }

  /**
   * @param kind tells apart the settings under which files are parsed and bound; files of different kinds are never shared
   */
  parse(path: string, read: { readonly text: string; readonly version: string }, kind: string, options: ts.CreateSourceFileOptions): ts.SourceFile {
    let byPath = this.#entries.get(kind);
    if (!byPath) this.#entries.set(kind, (byPath = new Map<string, Entry>()));
    const before = byPath.get(path);
    if (before && (before.version === read.version || before.syntax.text === read.text)) return before.syntax;
    const syntax = before ? updated(before.syntax, read.text) : compiler.createSourceFile(path, read.text, options, false);
    if (before) {
      this.#updated.add(syntax);
      this.#replaced.add(before.syntax);
    }
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

function updated(before: ts.SourceFile, text: string): ts.SourceFile {
  const { start, length, newLength } = changeBetween(before.text, text);
  return compiler.updateSourceFile(before, text, { span: { start, length }, newLength });
}
