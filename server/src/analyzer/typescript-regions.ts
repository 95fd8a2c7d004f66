// What a directive that stands alone on its line speaks for in TypeScript: the next statement, member or element, without the
// blocks in it.

import type ts from 'typescript';
import { compiler } from '../typescript/compiler.ts';
import type { Span } from '../text/span.ts';
import type { Region } from './regions.ts';

export function typeScriptRegionAfter(file: ts.SourceFile, { start, end }: Span): Region | undefined {
  const next = nodeAfter(file, innermostAround(file, start, end), end);
  return next && typeScriptRegionOf(file, next, end);
}

/** The region of a directive that ends at `start` and stands before the node. */
export function typeScriptRegionOf(file: ts.SourceFile, node: ts.Node, start: number): Region {
  const lineEnd = file.text.indexOf('\n', node.getStart(file));
  return { start, end: node.end, firstLineEnd: lineEnd < 0 ? file.text.length : lineEnd, holes: blocksOf(file, node) };
}

function innermostAround(file: ts.SourceFile, start: number, end: number): ts.Node {
  let innermost: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = compiler.forEachChild(innermost, (child) => (child.getStart(file) <= start && end <= child.end ? child : undefined));
    if (!inner) return innermost;
    innermost = inner;
  }
}

function nodeAfter(file: ts.SourceFile, parent: ts.Node, offset: number): ts.Node | undefined {
  let next: ts.Node | undefined;
  compiler.forEachChild(parent, (child) => {
    const start = child.getStart(file);
    if (start >= offset && child.kind !== compiler.SyntaxKind.EndOfFileToken && (!next || start < next.getStart(file))) next = child;
  });
  return next;
}

function blocksOf(file: ts.SourceFile, node: ts.Node): readonly Span[] {
  const blocks: Span[] = [];
  const visit = (inner: ts.Node): void => {
    if (compiler.isCaseOrDefaultClause(inner) && inner.statements.length > 0) blocks.push({ start: inner.statements[0]!.getStart(file), end: inner.end });
    if (compiler.isBlock(inner) || compiler.isModuleBlock(inner)) {
      blocks.push({ start: inner.getStart(file) + 1, end: inner.end });
      return;
    }
    compiler.forEachChild(inner, visit);
  };
  visit(node);
  return blocks;
}
