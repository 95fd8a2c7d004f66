// What a directive that stands alone on its line covers: a statement without the blocks in it.

import type { Span } from '../text/span.ts';

/** A stretch of text with holes. */
export interface Region extends Span {
  /** The end of the first line: holes before it do not count. */
  readonly firstLineEnd: number;
  readonly holes: readonly Span[];
}

export function regionHolds(region: Region, offset: number): boolean {
  if (offset < region.start || offset >= region.end) return false;
  return offset < region.firstLineEnd || !region.holes.some((hole) => hole.start <= offset && offset < hole.end);
}
