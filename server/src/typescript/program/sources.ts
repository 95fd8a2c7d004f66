// Parsed files, kept while their text stays the same. Of a file that changed the tree of before is taken apart (replaced-trees.ts).

import type ts from 'typescript';
import { changesBetween, movedOffset } from '../../text/change.ts';
import { compiler } from '../compiler.ts';
import { noteReplaced } from '../replaced-trees.ts';

interface Entry {
  readonly version: string;
  readonly syntax: ts.SourceFile;
}

export class SourceCache {
  readonly #entries = new Map<string, Map<string, Entry>>();

  readonly #updated = new WeakSet<ts.SourceFile>();

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
    if (before) this.#updated.add(syntax);
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
  let [tree, changed] = [before, before.text];
  const changes = changesBetween(before.text, text);
  // From the end, so that offsets hold: what is between two changes keeps its nodes.
  for (let i = changes.length - 1; i >= 0; i--) {
    const { start, length, newLength } = changes[i]!;
    // What comes before is as it was still, what comes behind as it will be.
    changed = changed.slice(0, start) + text.slice(movedOffset(start + length, changes) - newLength, movedOffset(start + length, changes)) + changed.slice(start + length);
    const next = compiler.updateSourceFile(tree, changed, { span: { start, length }, newLength });
    noteReplaced(tree);
    tree = next;
  }
  return tree;
}
