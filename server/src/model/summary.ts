// What a call of a function does to what its caller can see, without looking into the function again. Summaries are plain
// data: they are compared, kept in caches and handed between workers as text.
//
// A path says what is touched, from where the caller stands:
//
//   p0          the value of argument 0 (the receiver, if there is one)
//   g:pkg.name  a variable of package level
//   c3          variable 3 of the unit, in the summary of a closure that captures it
//   new         an object that the function made
//
// followed by steps: `*` what a pointer points to, `.f` a field, `[]` an element. `p0*.m` is the field m of the receiver a
// method was called on through a pointer, and the map in it; `p0*.m[]` the elements' own insides. A path that would be
// longer than the bound ends in `~`: something below that place.

/** What is done to what a path names, to be combined with `|`. The first three are about the place, the rest about the container in it. */
export const enum Effect {
  /** The place is read. */
  Look = 1,
  /** The place is assigned to. */
  Assign = 2,
  /** Another container is put into the place. */
  Replace = 4,
  Read = 8,
  Write = 16,
  Delete = 32,
  Clear = 64,
  Range = 128,
  Length = 256,
  Append = 512,
  /** Handed to code that is not known: it may do anything to it, and keep it. */
  Passed = 1024,
  /** Stored, sent, or captured by a closure that outlives the call: others can reach it afterwards. */
  Kept = 2048,
  Atomic = 4096,
  /** Handed to code that looks at all of it, and keeps nothing: it may call methods of what it finds. */
  Shown = 8192,
}

/** How a lock is after the call, compared with before; `varies`: it depends on the path taken, or is not known. */
export type LockChange = 'locked' | 'read-locked' | 'unlocked' | 'read-unlocked' | 'varies';

/** A lock that is taken at some time during the call. */
export const enum Taken {
  Exclusive = 1,
  Shared = 2,
}

export interface Summary {
  /** What happens before the call returns, in the same task: path → effects. */
  readonly accesses: ReadonlyMap<string, number>;
  /** What tasks that it starts and functions that it hands on do, at an unknown time: path → effects. */
  readonly later: ReadonlyMap<string, number>;
  /** Locks that are in another state after the call: path → change. */
  readonly locks: ReadonlyMap<string, LockChange>;
  /** Locks that are taken during the call, released or not: path → `Taken` flags. */
  readonly takes: ReadonlyMap<string, number>;
  /** By result: the path it always is, `new` for a new object, undefined if that is not one path. */
  readonly results: readonly (string | undefined)[];
  /** False if no path through the function comes to a return. */
  readonly mayReturn: boolean;
  /** True if code that is not known is called during the call: it may touch whatever others can reach. */
  readonly callsUnknown: boolean;
  /** True if the call may wait for another task by a channel or a counter of tasks; not for a lock. */
  readonly waits: boolean;
  /** True if a limit was reached: the call may do anything. */
  readonly incomplete: boolean;
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

/** Where the fixpoint starts: no effect, and no return. */
export const noSummary: Summary = {
  accesses: nothing,
  later: nothing,
  locks: nothing,
  takes: nothing,
  results: [],
  mayReturn: false,
  callsUnknown: false,
  waits: false,
  incomplete: false,
};

/** The summary of a function about which nothing can be said. */
export const unknownSummary: Summary = { ...noSummary, mayReturn: true, callsUnknown: true, waits: true, incomplete: true };

/** What a call does that runs one of several functions, with the same arguments. */
export function joinedSummary(summaries: readonly Summary[]): Summary {
  const [first = unknownSummary, ...more] = summaries;
  return more.reduce(joinedPair, first);
}

function joinedPair(a: Summary, b: Summary): Summary {
  // A function that never returns leaves nothing behind.
  if (!a.mayReturn || !b.mayReturn) {
    const { locks, results } = a.mayReturn ? a : b;
    return { ...joinedAccesses(a, b), locks, results };
  }
  const locks = new Map<string, LockChange>();
  for (const key of new Set([...a.locks.keys(), ...b.locks.keys()])) {
    const change = a.locks.get(key);
    locks.set(key, change !== undefined && change === b.locks.get(key) ? change : 'varies');
  }
  return { ...joinedAccesses(a, b), locks, results: a.results.map((each, i) => (each === b.results[i] ? each : undefined)) };
}

function joinedAccesses(a: Summary, b: Summary): Omit<Summary, 'locks' | 'results'> {
  return {
    accesses: joinedFlags(a.accesses, b.accesses),
    later: joinedFlags(a.later, b.later),
    takes: joinedFlags(a.takes, b.takes),
    mayReturn: a.mayReturn || b.mayReturn,
    callsUnknown: a.callsUnknown || b.callsUnknown,
    waits: a.waits || b.waits,
    incomplete: a.incomplete || b.incomplete,
  };
}

function joinedFlags(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const result = new Map(a);
  for (const [key, flags] of b) result.set(key, (result.get(key) ?? 0) | flags);
  return result;
}

/** True if two summaries say the same. */
export function sameSummary(a: Summary, b: Summary): boolean {
  return (
    a.mayReturn === b.mayReturn &&
    a.callsUnknown === b.callsUnknown &&
    a.waits === b.waits &&
    a.incomplete === b.incomplete &&
    a.results.length === b.results.length &&
    a.results.every((each, index) => each === b.results[index]) &&
    sameEntries(a.accesses, b.accesses) &&
    sameEntries(a.later, b.later) &&
    sameEntries(a.locks, b.locks) &&
    sameEntries(a.takes, b.takes)
  );
}

function sameEntries<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}

/** The summary as text: equal for equal summaries. */
export function summaryText(summary: Summary): string {
  const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const { accesses, later, locks, takes, results, mayReturn, callsUnknown, waits, incomplete } = summary;
  return JSON.stringify([
    sorted(accesses),
    sorted(later),
    sorted(locks),
    sorted(takes),
    results.map((each) => each ?? null),
    [mayReturn, callsUnknown, waits, incomplete].map(Number),
  ]);
}

/** The summary that `summaryText` gave the text of. */
export function summaryFromText(text: string): Summary {
  const [accesses, later, locks, takes, results, flags] = JSON.parse(text) as [
    [string, number][],
    [string, number][],
    [string, LockChange][],
    [string, number][],
    (string | null)[],
    number[],
  ];
  return {
    accesses: new Map(accesses),
    later: new Map(later),
    locks: new Map(locks),
    takes: new Map(takes),
    results: results.map((each) => each ?? undefined),
    mayReturn: flags[0] === 1,
    callsUnknown: flags[1] === 1,
    waits: flags[2] === 1,
    incomplete: flags[3] === 1,
  };
}
