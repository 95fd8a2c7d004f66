// A file that changed is parsed again where it changed: what the edit did not touch keeps its nodes, so the tree of before must not be
// used any more.

import type ts from 'typescript';

const replaced = new WeakSet<ts.SourceFile>();

/** Notes that a later tree was made from this one. */
export function noteReplaced(tree: ts.SourceFile): void {
  replaced.add(tree);
}

/** True for a tree that an edit took apart, and for a node of one, unless the later tree has the node as well. */
export function isReplaced(node: ts.Node): boolean {
  return replaced.has(node.getSourceFile());
}
