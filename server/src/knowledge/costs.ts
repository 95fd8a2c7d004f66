// What the strategies cost beside `clear`, as `npm run bench:strategies` measured it last.

import costs from './costs.json';

export interface Cost {
  readonly strategy: string;
  readonly entries: number;
  /** Emptying alone, as a ratio to `clear`. */
  readonly empty: number;
  /** Emptying and filling again with the same keys, as a ratio to `clear`. */
  readonly refill: number;
}

export const measuredCosts: { readonly go: string; readonly platform: string; readonly processors: number; readonly repetitions: number; readonly rows: readonly Cost[] } = costs;

/** The measured strategies that a page is about. */
export const costsOfPage: Readonly<Record<string, readonly string[]>> = {
  clear: ['clear'],
  'range-and-delete': ['loop', 'slow-loop'],
  remake: ['make', 'make-sized'],
  'sync-map': ['sync-map-range', 'sync-map-clear'],
  reflect: ['reflect-clear'],
};
