// Applies safe fixes until none is left. Knows no disk: texts come from analyses and go to whoever keeps them.

import type { FileAnalysis } from '../analyzer.ts';
import type { Finding } from '../rules/rule.ts';
import { applyEdits, type Edit } from '../text/span.ts';

/** What makes fixes of findings into edits: the analyzer. */
export interface FixSource {
  /** The edits of as many safe fixes as go together; empty if that cannot be done. */
  safeEdits(path: string, findings: readonly Finding[]): readonly Edit[];
}

/**
 * The text of an analysed file after as many of its safe fixes as go together. Undefined if there is none, or if nothing
 * changes. What overlaps is left for another pass.
 */
export function fixedText(analysis: FileAnalysis, source: FixSource): string | undefined {
  const fixable = analysis.findings.filter(({ fixes }) => fixes.some(({ safe }) => safe));
  if (fixable.length === 0) return undefined;
  const text = applyEdits(analysis.text, firstEdits(analysis.path, fixable, source));
  return text === analysis.text ? undefined : text;
}

/** Together if possible; where the fixes do not go together (imports that collide), those of the first that goes alone. */
function firstEdits(path: string, findings: readonly Finding[], source: FixSource): readonly Edit[] {
  const together = source.safeEdits(path, findings);
  if (together.length > 0) return together;
  for (const finding of findings) {
    const alone = source.safeEdits(path, [finding]);
    if (alone.length > 0) return alone;
  }
  return [];
}

/** Fixes that call for each other forever end here. */
export const mostPasses = 10;

/**
 * Runs passes over some files until one changes nothing, at most `mostPasses` that change something. `pass` analyses every
 * file and answers how many it changed; its last call changed none, unless the passes were used up: then one more call
 * is made with `apply` false, so that what it saw is what remains.
 */
export async function fixUntilStable(pass: (apply: boolean) => Promise<number>): Promise<void> {
  for (let passes = 0; passes < mostPasses; passes++) if ((await pass(true)) === 0) return;
  await pass(false);
}
