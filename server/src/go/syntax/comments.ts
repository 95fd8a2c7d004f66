// The comments of a file, by their place.

import type { Comment, File } from './ast.ts';

/** The comment with its delimiters. `text` is the text the file was parsed from. */
export function commentText(text: string, comment: Comment): string {
  return text.slice(comment.pos, comment.end);
}

export function isLineComment(text: string, comment: Comment): boolean {
  return text.startsWith('//', comment.pos);
}

/** The comments that lie at least in part inside [start, end), in their order. UTF-16 offsets. */
export function commentsIn(file: File, span: { readonly start: number; readonly end: number }): readonly Comment[] {
  const { comments } = file;
  let from = firstCommentAt(comments, span.start);
  // Comments do not overlap, so that only the one before can reach in.
  const before = comments[from - 1];
  if (before && before.end > span.start) from--;
  return comments.slice(from, Math.max(from, firstCommentAt(comments, span.end)));
}

/** The index of the first comment that starts at or behind the offset. */
export function firstCommentAt(comments: readonly Comment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.pos < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
