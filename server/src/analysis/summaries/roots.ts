// A summary as it is put in place at calls: its paths taken apart, and remembered at the bases they were put to.

import { partsOf, placedAt } from './paths.ts';
import type { PathParts } from './paths.ts';
import type { Summary } from '../../model/summary.ts';

/** An access of a summary with its path taken apart, for the many calls it is put in place at. */
export interface EffectEntry {
  readonly path: string;
  readonly parts: PathParts;
  readonly effects: number;
  readonly isLater: boolean;
  /** The path at the bases it was put in place at before. */
  readonly placed: Map<string, string>;
}

/** The accesses of a summary that start from one argument or captured variable, or from package variables. */
export interface Root {
  readonly parts: PathParts;
  readonly entries: EffectEntry[];
}

/** Paths of package variables are the same in every caller. */
export const globalBase: readonly string[] = [''];

const knownRoots = new WeakMap<Summary, readonly Root[]>();

/** The accesses of a summary, grouped by where their paths start. */
export function rootsOf(summary: Summary): readonly Root[] {
  const known = knownRoots.get(summary);
  if (known) return known;
  const roots = new Map<string, Root>();
  const add = (path: string, effects: number, isLater: boolean): void => {
    const parts = partsOf(path);
    const key = parts.root + parts.index;
    let root = roots.get(key);
    if (!root) roots.set(key, (root = { parts, entries: [] }));
    root.entries.push({ path, parts, effects, isLater, placed: new Map() });
  };
  for (const [path, effects] of summary.accesses) add(path, effects, false);
  for (const [path, effects] of summary.later) add(path, effects, true);
  const list = [...roots.values()];
  knownRoots.set(summary, list);
  return list;
}

/** The place that an access is about at one base. */
export function pathAt(entry: EffectEntry, base: string): string {
  if (entry.parts.root === 'g') return entry.path;
  let path = entry.placed.get(base);
  if (path === undefined) {
    const placed = placedAt(base, entry.parts);
    path = placed.endsWith('&') ? placed.slice(0, -1) : placed;
    entry.placed.set(base, path);
  }
  return path;
}
