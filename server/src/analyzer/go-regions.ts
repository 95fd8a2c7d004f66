// What a directive that stands alone on its line speaks for: the next statement, declaration, field or element.
//
//   //mapwarden:ignore delete-loop the order of deletions is logged
//   for k := range m {        covered: the head
//       delete(m, k)          not covered: another statement
//   }
//
// Covered are the statement's first line and everything of it that lies in no nested block, so that a directive above a
// function does not silence its body. Comments between the directive and the statement belong to it.

import { NodeKind, type File, type Node } from '../go/syntax/ast.ts';
import { forEachChild, walk } from '../go/syntax/walk.ts';
import type { Span } from '../text/span.ts';
import type { Region } from './regions.ts';

/** The region of a directive between two offsets; undefined if nothing follows it in its block. */
export function goRegionAfter(file: File, text: string, { start, end }: Span): Region | undefined {
  const next = nodeAfter(innermostAround(file, start, end), end);
  return next && regionOf(next, text, end);
}

/** The region of a directive that ends at `start` and stands before the node. */
export function regionOf(node: Node, text: string, start: number): Region {
  const lineEnd = text.indexOf('\n', node.pos);
  return { start, end: node.end, firstLineEnd: lineEnd < 0 ? text.length : lineEnd, holes: blocksOf(node) };
}

function innermostAround(file: File, start: number, end: number): Node {
  let innermost: Node = file;
  for (;;) {
    let inner: Node | undefined;
    forEachChild(innermost, (child) => {
      if (child.pos <= start && end <= child.end) inner = child;
    });
    if (!inner) return innermost;
    innermost = inner;
  }
}

/** The first child that starts at or behind the offset; the outermost of the nodes that start there. */
function nodeAfter(parent: Node, offset: number): Node | undefined {
  let next: Node | undefined;
  forEachChild(parent, (child) => {
    if (child.pos >= offset && (!next || child.pos < next.pos)) next = child;
  });
  return next;
}

function blocksOf(node: Node): readonly Span[] {
  const blocks: Span[] = [];
  walk(node, (inner) => {
    if (inner.kind === NodeKind.CaseClause || inner.kind === NodeKind.CommClause) {
      blocks.push({ start: inner.colon + 1, end: inner.end });
      return true;
    }
    if (inner.kind !== NodeKind.BlockStmt) return true;
    blocks.push({ start: inner.pos + 1, end: inner.end });
    return false;
  });
  return blocks;
}
