// The edits that silence a finding in a TypeScript file by a comment.

import type ts from 'typescript';
import type { Finding } from '../rules/rule.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import { SyntaxKind, compiler } from '../typescript/compiler.ts';
import { commentsOf } from '../typescript/syntax/comments.ts';
import { isAloneOnLine } from './directives.ts';
import { regionHolds } from './regions.ts';
import { typeScriptRegionOf } from './typescript-regions.ts';

/** The same as `ignoreEdits` for Go files. `words` is the reason, on one line. */
export function typeScriptIgnoreEdits(path: string, text: string, finding: Pick<Finding, 'rule' | 'span'>, kind: 'line' | 'file', words: string): readonly Edit[] | undefined {
  const file = compiler.createSourceFile(path, text, compiler.ScriptTarget.Latest, true);
  if (kind === 'file') return [fileDirective(text, `//mapwarden:ignore-file ${finding.rule} ${words}`)];
  const directive = `//mapwarden:ignore ${finding.rule} ${words}`;
  const above = statementAbove(file, finding.span.start);
  if (above) {
    const at = above.getStart(file);
    const start = text.lastIndexOf('\n', at - 1) + 1;
    return [{ start, end: start, newText: `${indentAt(text, at)}${directive}${newlineOf(text)}` }];
  }
  const end = lineEndAt(text, finding.span.start);
  if (!mayEndInComment(file, end)) return undefined;
  const lineStart = text.lastIndexOf('\n', finding.span.start - 1) + 1;
  return [{ start: lineStart + text.slice(lineStart, end).trimEnd().length, end, newText: ` ${directive}` }];
}

/** At the top, below the line that names an interpreter. */
function fileDirective(text: string, directive: string): Edit {
  const newline = newlineOf(text);
  const shebang = compiler.getShebang(text)?.length;
  const start = shebang === undefined ? 0 : Math.min(text.length, lineEndAt(text, shebang) + newline.length);
  return { start, end: start, newText: `${directive}${newline}` };
}

/** The innermost statement or member that begins its line and whose directive covers the offset. */
function statementAbove(file: ts.SourceFile, offset: number): ts.Node | undefined {
  const candidates = nodesAround(file, offset).filter((node) => isListed(node) && isAloneOnLine(file.text, node.getStart(file)));
  return candidates.reverse().find((node) => regionHolds(typeScriptRegionOf(file, node, node.getStart(file)), offset));
}

/** True for nodes that stand in a list of statements or members. */
function isListed(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (compiler.isClassLike(parent)) return compiler.isClassElement(node);
  return compiler.isSourceFile(parent) || compiler.isBlock(parent) || compiler.isModuleBlock(parent) || compiler.isCaseOrDefaultClause(parent) ? compiler.isStatement(node) : false;
}

/** False where a comment goes on, or where slashes are text. */
function mayEndInComment(file: ts.SourceFile, end: number): boolean {
  if (commentsOf(file).some((comment) => comment.pos <= end && end <= comment.end)) return false;
  return !nodesAround(file, end).some((node) => {
    if (compiler.isTemplateLiteral(node) || compiler.isTemplateSpan(node)) return node.getStart(file) < end;
    return node.kind === SyntaxKind.JsxText || compiler.isJsxElement(node) || compiler.isJsxFragment(node);
  });
}

/** The file and the nodes that hold the character at the offset, outermost first. */
function nodesAround(file: ts.SourceFile, offset: number): ts.Node[] {
  const path: ts.Node[] = [file];
  for (;;) {
    const inner = compiler.forEachChild(path[path.length - 1]!, (child) => (child.getStart(file) <= offset && offset < child.end ? child : undefined));
    if (!inner) return path;
    path.push(inner);
  }
}

function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

function newlineOf(text: string): string {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
