// The edits that silence a finding by a comment. Formatted code stays formatted, line ends stay what they are.

import { isLineComment } from '../go/syntax/comments.ts';
import { NodeKind, type File, type Node } from '../go/syntax/ast.ts';
import { parseFile } from '../go/syntax/parser.ts';
import { forEachChild } from '../go/syntax/walk.ts';
import type { Finding } from '../rules/rule.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';
import { isAloneOnLine } from './directives.ts';
import { regionOf } from './go-regions.ts';
import { regionHolds } from './regions.ts';

/** The words of a reason on one line; undefined if there are none. A comma in front would carry on the list of rules. */
export function reasonWords(reason: string): string | undefined {
  const words = reason.split(/\s+/).filter(Boolean).join(' ').replace(/^[, ]+/, '');
  return words === '' || words.startsWith('//') ? undefined : words;
}

/**
 * The edits that make a finding in a Go file silent: `line` speaks for its place, `file` for its rule in the whole file.
 * Undefined if the reason is blank, or if there is no place for a comment that would cover the finding.
 */
export function ignoreEdits(text: string, finding: Pick<Finding, 'rule' | 'span'>, kind: 'line' | 'file', reason: string): readonly Edit[] | undefined {
  const words = reasonWords(reason);
  if (words === undefined) return undefined;
  const file = parseFile(text);
  if (kind === 'file') return [fileDirective(text, file, `//mapwarden:ignore-file ${finding.rule} ${words}`)];
  const directive = `//mapwarden:ignore ${finding.rule} ${words}`;
  const above = statementAbove(text, file, finding.span.start);
  if (above) return [lineAbove(text, above, directive)];
  const edit = behindLine(text, file, finding.span.start, directive);
  return edit && [edit];
}

/** A directive for the file stands below the package clause, where it is part of no doc comment. */
function fileDirective(text: string, file: File, directive: string): Edit {
  const newline = newlineAt(text, file.packagePos);
  if (!text.startsWith('package', file.packagePos)) return { start: 0, end: 0, newText: `${directive}${newline}${newline}` };
  const end = lineEndAt(text, file.name.end);
  const blankBelow = isBlankLine(text, end);
  return { start: end, end, newText: `${newline}${newline}${directive}${blankBelow ? '' : newline}` };
}

/**
 * The innermost statement or declaration that begins its line and whose directive covers the offset. Elements and fields are
 * no such places: gofmt aligns them, and a comment between them would change the alignment.
 */
function statementAbove(text: string, file: File, offset: number): Node | undefined {
  const path = nodesAround(file, offset);
  const candidates = path.filter((node, i) => i > 0 && listsStatements(path[i - 1]!) && isAloneOnLine(text, node.pos));
  return candidates.reverse().find((candidate) => regionHolds(regionOf(candidate, text, candidate.pos), offset));
}

function listsStatements(node: Node): boolean {
  return [NodeKind.File, NodeKind.BlockStmt, NodeKind.CaseClause, NodeKind.CommClause, NodeKind.LabeledStmt].includes(node.kind);
}

function lineAbove(text: string, statement: Node, directive: string): Edit {
  const start = text.lastIndexOf('\n', statement.pos - 1) + 1;
  const indentation = indentAt(text, statement.pos);
  const newline = newlineAt(text, statement.pos);
  const isDeclaration = statement.kind === NodeKind.FuncDecl || statement.kind === NodeKind.GenDecl;
  const separator = isDeclaration && indentation === '' && endsInDocText(text, start) ? `//${newline}` : '';
  return { start, end: start, newText: `${separator}${indentation}${directive}${newline}` };
}

/** True if the line above is text of a doc comment: gofmt wants an empty comment line between that and a directive. */
function endsInDocText(text: string, lineStart: number): boolean {
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, Math.max(0, lineStart - 1)).trimEnd();
  return above.startsWith('//') && above !== '//' && !isDirectiveComment(above);
}

/** What go/ast takes for a directive: `//name:word`, `//line `, `//extern `, `//export `. */
function isDirectiveComment(line: string): boolean {
  return /^\/\/(?:[a-z0-9]+:[a-z0-9]|(?:line|extern|export) )/.test(line);
}

/** A directive at the end of the offset's line; undefined if a comment or a string goes on there. */
function behindLine(text: string, file: File, offset: number, directive: string): Edit | undefined {
  const end = lineEndAt(text, offset);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const inLiteral = nodesAround(file, end).some((node) => node.kind === NodeKind.BasicLit && node.pos < end);
  const inComment = file.comments.some((comment) => comment.pos <= end && end <= comment.end && (isLineComment(text, comment) || end < comment.end));
  if (inComment || inLiteral) return undefined;
  const content = text.slice(lineStart, end).trimEnd().length;
  return { start: lineStart + content, end, newText: ` ${directive}` };
}

/** The file and the nodes that hold the character at the offset, outermost first. */
function nodesAround(file: File, offset: number): Node[] {
  const path: Node[] = [];
  const descend = (node: Node): void => {
    path.push(node);
    let inner: Node | undefined;
    forEachChild(node, (child) => {
      if (child.pos <= offset && offset < child.end) inner = child;
    });
    if (inner) descend(inner);
  };
  descend(file);
  return path;
}

/** The offset of the end of the line, before its terminator. */
function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The terminator of the offset's line; of the first line where it has none. */
function newlineAt(text: string, offset: number): string {
  const newline = text.indexOf('\n', offset);
  const at = newline < 0 ? text.indexOf('\n') : newline;
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** True if the line below the one that ends at `lineEnd` is blank, or if there is none. */
function isBlankLine(text: string, lineEnd: number): boolean {
  const start = text.indexOf('\n', lineEnd) + 1;
  if (start === 0) return true;
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end).trim() === '';
}
