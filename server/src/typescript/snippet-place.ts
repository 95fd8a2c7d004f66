// Where a snippet may stand in TypeScript or JavaScript: alone at the start of a statement.

import type ts from 'typescript';
import type { Span } from '../text/span.ts';
import { compiler } from './compiler.ts';
import { commentsOf } from './syntax/comments.ts';

/** What has been typed of a snippet's name; undefined in comments, strings, imports, expressions and the bodies of classes. */
export function snippetWordAt(file: ts.SourceFile, offset: number): Span | undefined {
  const { text } = file;
  let start = offset;
  while (start > 0 && isWordPart(text.charCodeAt(start - 1))) start--;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  if (text.slice(lineStart, start).trim() !== '' || text.slice(offset, lineEnd < 0 ? undefined : lineEnd).trim() !== '') return undefined;
  if (commentsOf(file).some(({ pos, end }) => pos < start && start <= end)) return undefined;
  return beginsStatement(innermostAt(file, start, offset), start) ? { start, end: offset } : undefined;
}

function innermostAt(file: ts.SourceFile, start: number, offset: number): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    const isAround = start === offset ? node.getStart(file) < start && offset < node.end : node.getStart(file) <= start && offset <= node.end;
    if (!isAround) return;
    found = node;
    compiler.forEachChild(node, visit);
  };
  compiler.forEachChild(file, visit);
  return found;
}

function beginsStatement(node: ts.Node, start: number): boolean {
  let at = node;
  if (compiler.isIdentifier(at) && compiler.isExpressionStatement(at.parent)) at = at.parent;
  if (compiler.isExpressionStatement(at)) {
    if (at.getStart() !== start) return false;
    at = at.parent;
  }
  return compiler.isSourceFile(at) || compiler.isBlock(at) || compiler.isModuleBlock(at) || compiler.isCaseOrDefaultClause(at);
}

function isWordPart(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || unit === 36 || (unit >= 97 && unit <= 122) || unit >= 128;
}
