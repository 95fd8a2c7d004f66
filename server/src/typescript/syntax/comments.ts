// The comments of a file. The compiler keeps none: they are what lies between tokens, so they are found by passing over the
// tokens that may look like one.

import type ts from 'typescript';
import { SyntaxKind, compiler } from '../compiler.ts';

export interface Comment {
  readonly pos: number;
  readonly end: number;
}

const known = new WeakMap<ts.SourceFile, { readonly text: string; readonly comments: readonly Comment[] }>();

/** In the order of the text. */
export function commentsOf(file: ts.SourceFile): readonly Comment[] {
  const kept = known.get(file);
  if (kept?.text === file.text) return kept.comments;
  const comments = findComments(file);
  known.set(file, { text: file.text, comments });
  return comments;
}

/** The comments that lie wholly or partly in a stretch of the file. */
export function commentsIn(file: ts.SourceFile, start: number, end: number): readonly Comment[] {
  const slash = file.text.indexOf('/', start);
  if (slash < 0 || slash >= end) return [];
  return commentsOf(file).filter((comment) => comment.pos < end && comment.end > start);
}

function findComments(file: ts.SourceFile): readonly Comment[] {
  const { text } = file;
  const opaque = opaqueTokensOf(file);
  const comments: Comment[] = [];
  let next = 0;
  let at = compiler.getShebang(text)?.length ?? 0;
  for (;;) {
    const slash = text.indexOf('/', at);
    if (slash < 0) return comments;
    while (next < opaque.length && opaque[next]!.end <= slash) next++;
    const token = opaque[next];
    if (token && token.pos <= slash) {
      at = token.end;
      continue;
    }
    const kind = text[slash + 1];
    if (kind !== '/' && kind !== '*') {
      at = slash + 1;
      continue;
    }
    const end = kind === '/' ? lineEndAt(text, slash) : blockEndAt(text, slash);
    comments.push({ pos: slash, end });
    at = end;
  }
}

/** Literals and text in which slashes are no comments, in order. */
function opaqueTokensOf(file: ts.SourceFile): readonly Comment[] {
  const tokens: Comment[] = [];
  const visit = (node: ts.Node): void => {
    switch (node.kind) {
      case SyntaxKind.JsxText:
        tokens.push({ pos: node.pos, end: node.end });
        return;
      case SyntaxKind.StringLiteral:
      case SyntaxKind.NoSubstitutionTemplateLiteral:
      case SyntaxKind.TemplateHead:
      case SyntaxKind.TemplateMiddle:
      case SyntaxKind.TemplateTail:
      case SyntaxKind.RegularExpressionLiteral:
        tokens.push({ pos: node.getStart(file), end: node.end });
        return;
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return tokens;
}

function lineEndAt(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (compiler.isLineBreak(text.charCodeAt(at))) return at;
  return text.length;
}

function blockEndAt(text: string, from: number): number {
  const end = text.indexOf('*/', from + 2);
  return end < 0 ? text.length : end + 2;
}
