// Reads a changed file by reading one declaration again.
//
// Why the result is that of a full parse: how a declaration is read depends on the text from its first token to the end of its `reach`, on its
// line's indentation, and on whether an import stands behind another declaration. The declarations before the edit are settled because it lies beyond
// their reach; those behind it because the edited one ends where it did, at the start of a line that the edit left alone.

import { NodeKind } from './ast.ts';
import type { Comment, Decl, File, Reading } from './ast.ts';
import { firstCommentAt } from './comments.ts';
import { Cursor } from './cursor.ts';
import { makeFile, parseDecl } from './parser.ts';
import { Token } from './token.ts';
import { shift } from './walk.ts';

/** The text [start, oldEnd) of the old text became [start, newEnd) of the new one. UTF-16 offsets. */
export interface TextEdit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

export interface Reparsed {
  readonly file: File;
  /** The declaration that was read anew, and the one it replaces. */
  readonly changed: Decl;
  readonly previous: Decl;
}

/**
 * The file after an edit that lies inside one declaration. The other declarations are taken over, those behind the edit shifted in place: `file` must
 * not be used any more. Undefined, with `file` left as it was, if the edit may have changed more than one declaration: then parse the new text.
 */
export function reparse(file: File, newText: string, edit: TextEdit): Reparsed | undefined {
  const index = declIndexAt(file.decls, edit.start);
  const previous = file.decls[index];
  const next = file.decls[index + 1];
  if (!previous || edit.start <= previous.pos || edit.oldEnd > previous.end || (next && edit.oldEnd >= next.pos)) return undefined;
  if (reachBefore(file, index) > edit.start || !startsLine(newText, previous.pos)) return undefined;
  const p = new Cursor(newText);
  p.open(previous.pos);
  const { decl: changed, reading } = parseDecl(p, file.decls[index - 1]);
  const delta = edit.newEnd - edit.oldEnd;
  if (!isSameKind(changed, previous) || !(next ? endsBefore(p, next.pos + delta, edit) : p.at(Token.EOF))) return undefined;
  const comments = replaceComments(file.comments, previous.pos, next ? next.pos : file.end, p.scanner.comments, delta);
  if (delta !== 0) for (const decl of file.decls.slice(index + 1)) shift(decl, delta);
  const decls = file.decls.with(index, changed);
  const readings = file.readings.map((old, i) => (i < index ? old : i === index ? reading : shiftReading(old, delta)));
  const clause = { pos: file.packagePos, name: file.name, reading: file.clause };
  return { file: makeFile(newText.length, clause, decls, readings, comments), changed, previous };
}

/** The index of the last declaration that starts before the offset, or -1. */
function declIndexAt(decls: readonly Decl[], offset: number): number {
  let low = -1;
  let high = decls.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decls[middle]!.pos < offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function reachBefore(file: File, index: number): number {
  let { reach } = file.clause;
  for (let i = 0; i < index; i++) reach = Math.max(reach, file.readings[i]!.reach);
  return reach;
}

function startsLine(text: string, pos: number): boolean {
  for (let p = pos - 1; p >= 0; p--) {
    const c = text[p];
    if (c === '\n') return true;
    if (c !== ' ' && c !== '\t' && c !== '\r') return false;
  }
  return true;
}

/** Whether an import behind the declaration is misplaced must not change. */
function isSameKind(a: Decl, b: Decl): boolean {
  if (a.kind !== NodeKind.GenDecl || b.kind !== NodeKind.GenDecl) return a.kind === b.kind;
  return a.token === b.token;
}

/** Whether the parser arrived at the declaration that starts at `pos`, on a line that starts behind the edit. */
function endsBefore(p: Cursor, pos: number, edit: TextEdit): boolean {
  return p.pos === pos && p.first && p.scanner.lineStart > edit.newEnd;
}

function shiftReading({ errors, reach }: Reading, delta: number): Reading {
  return { errors: errors.map(({ pos, message }) => ({ pos: pos + delta, message })), reach: reach + delta };
}

/** Puts `inserted` in the place of the comments in [start, end) and shifts those behind by `delta`. */
function replaceComments(comments: readonly Comment[], start: number, end: number, inserted: readonly Comment[], delta: number): readonly Comment[] {
  const from = firstCommentAt(comments, start);
  const to = firstCommentAt(comments, end);
  for (let i = to; delta !== 0 && i < comments.length; i++) {
    const comment = comments[i]!;
    comment.pos += delta;
    comment.end += delta;
  }
  return [...comments.slice(0, from), ...inserted, ...comments.slice(to)];
}
