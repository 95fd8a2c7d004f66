// Comments that tools read, by the rules of the tool that reads them. Each function takes the file and the text it was parsed from.

import type { Comment, File } from './ast.ts';
import { commentText, firstCommentAt, isLineComment } from './comments.ts';

/**
 * Whether a line of a comment before the package clause reads `// Code generated … DO NOT EDIT.`, from its first to its last character. The rule is
 * go/ast's IsGenerated, which looks into general comments, too.
 */
export function isGenerated(file: File, text: string): boolean {
  return commentsBeforePackage(file).some((comment) => {
    const content = commentText(text, comment);
    return content.includes(generatedStart) && content.replaceAll('\r', '').split('\n').some(isGeneratedLine);
  });
}

const generatedStart = '// Code generated ';
const generatedEnd = ' DO NOT EDIT.';

function isGeneratedLine(line: string): boolean {
  return line.startsWith(generatedStart) && line.slice(generatedStart.length).endsWith(generatedEnd);
}

function commentsBeforePackage(file: File): readonly Comment[] {
  return file.comments.slice(0, firstCommentAt(file.comments, file.packagePos));
}

/** A build constraint: `expression` is what stands behind `//go:build` or `+build`. */
export interface BuildLine extends Comment {
  readonly expression: string;
}

export interface BuildLines {
  /** The `//go:build` line. If there are several, which the go command rejects, the first. */
  readonly goBuild: BuildLine | undefined;
  readonly moreGoBuild: readonly BuildLine[];
  /** The `// +build` lines. The go command reads them only without a `//go:build` line. */
  readonly plusBuild: readonly BuildLine[];
}

/**
 * The build constraints that the go command sees (go/build, parseFileHeader): line comments, alone on their line, above the package clause.
 * `// +build` must further stand above a blank line, with nothing but line comments before that.
 */
export function buildLinesIn(file: File, text: string): BuildLines {
  const goBuild: BuildLine[] = [];
  const plusBuild: BuildLine[] = [];
  const header = commentsBeforePackage(file).filter((comment) => isAloneOnLine(text, comment.pos));
  const general = header.find((comment) => !isLineComment(text, comment));
  const plusEnd = lastBlankLineBefore(text, general ? general.pos : file.packagePos);
  for (const comment of header) {
    if (!isLineComment(text, comment)) continue;
    const content = commentText(text, comment).trim();
    const expression = wordsBehind(content, '//go:build');
    if (expression !== undefined) goBuild.push({ pos: comment.pos, end: comment.end, expression });
    if (comment.pos >= plusEnd) continue;
    const tags = wordsBehind(content.slice(2).trim(), '+build');
    if (tags !== undefined) plusBuild.push({ pos: comment.pos, end: comment.end, expression: tags });
  }
  return { goBuild: goBuild[0], moreGoBuild: goBuild.slice(1), plusBuild };
}

/** What follows the word, without the blanks around; undefined if the line does not start with the whole word. */
function wordsBehind(line: string, word: string): string | undefined {
  if (!line.startsWith(word)) return undefined;
  const rest = line.slice(word.length);
  return rest === '' || isBlank(rest[0]) ? rest.trim() : undefined;
}

function isBlank(c: string | undefined): boolean {
  return c === ' ' || c === '\t' || c === '\r';
}

function isAloneOnLine(text: string, pos: number): boolean {
  return text.slice(text.lastIndexOf('\n', pos - 1) + 1, pos).replace('\ufeff', '').trim() === '';
}

/** Where the last blank line above `offset` starts, or 0. */
function lastBlankLineBefore(text: string, offset: number): number {
  let lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  while (lineStart > 0) {
    const previous = text.lastIndexOf('\n', lineStart - 2) + 1;
    if (text.slice(previous, lineStart).trim() === '') return previous;
    lineStart = previous;
  }
  return 0;
}

/** `//go:linkname local target`. The form without a target only makes `local` reachable from elsewhere; then `target` is `local`. */
export interface Linkname {
  readonly local: string;
  readonly target: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** The linknames the compiler acts on, wherever they stand. */
export function linknamesIn(file: File, text: string): readonly Linkname[] {
  const linknames: Linkname[] = [];
  for (const comment of file.comments) {
    if (!text.startsWith('//go:linkname', comment.pos)) continue;
    const words = wordsBehind(commentText(text, comment), '//go:linkname');
    const [local, target, ...more] = words?.replaceAll('\t', ' ').split(' ').filter((word) => word !== '') ?? [];
    if (!local || more.length > 0) continue;
    linknames.push({ local, target: target ?? local, span: { start: comment.pos, end: comment.end } });
  }
  return linknames;
}

/** `//go:generate command`. */
export interface Generate {
  readonly command: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** The `//go:generate` lines, which must start their line. */
export function generatesIn(file: File, text: string): readonly Generate[] {
  const generates: Generate[] = [];
  for (const comment of file.comments) {
    if (comment.pos > 0 && text[comment.pos - 1] !== '\n') continue;
    const command = wordsBehind(commentText(text, comment), '//go:generate');
    if (command) generates.push({ command, span: { start: comment.pos, end: comment.end } });
  }
  return generates;
}
