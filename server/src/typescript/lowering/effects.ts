// What the library's functions do with the functions they are given, and which of its methods touch the elements of what.

import { Role } from '../../model/objects.ts';
import type { RunArgument, StoreEffect } from '../../model/objects.ts';
import type { StaticType } from '../types/queries.ts';

type When = RunArgument['when'];
type Times = RunArgument['times'];

function runs(argument: number, when: When, times: Times): readonly RunArgument[] {
  return [{ argument, when, times }];
}

/** Methods of containers that run their first argument for each element before they return. Argument 0 is the receiver. */
const runsNow: readonly RunArgument[] = runs(1, 'now', 'many');

export const elementCallbacks: ReadonlySet<string> = new Set([
  'forEach', 'map', 'flatMap', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'reduce', 'reduceRight', 'sort', 'toSorted',
]);

export interface LibraryEffect {
  readonly role: Role;
  readonly runs: readonly RunArgument[];
  readonly listens?: boolean;
}

const reads: LibraryEffect = { role: Role.Reads, runs: [] };
const settles: LibraryEffect = { role: Role.Reads, runs: [...runs(1, 'later', 'once'), ...runs(2, 'later', 'once')] };
const later: LibraryEffect = { role: Role.Reads, runs: runs(0, 'later', 'once') };
const events: LibraryEffect = { role: Role.Reads, runs: runs(2, 'later', 'many-at-once') };
const listening: LibraryEffect = { ...events, listens: true };
const eachNow: LibraryEffect = { role: Role.Reads, runs: runsNow };

/** `addEventListener(type, listener, { once: true })` */
export const listeningOnce: LibraryEffect = { role: Role.Reads, runs: runs(2, 'later', 'once'), listens: true };

const globalFunctions: Readonly<Record<string, LibraryEffect>> = {
  setTimeout: later,
  setImmediate: later,
  queueMicrotask: later,
  requestAnimationFrame: later,
  setInterval: { role: Role.Reads, runs: runs(0, 'later', 'many-at-once') },
};

const eventMethods: ReadonlySet<string> = new Set(['addEventListener', 'on', 'once', 'addListener', 'prependListener', 'off']);
const settlingMethods: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** The effect of a function of the language's library or the platform. Without a receiver `owner` is undefined. */
export function libraryEffect(name: string, owner: string | undefined): LibraryEffect {
  if (owner === undefined) return Object.hasOwn(globalFunctions, name) ? globalFunctions[name]! : reads;
  if (settlingMethods.has(name) && owner.startsWith('Promise')) return settles;
  if (eventMethods.has(name)) return name === 'once' ? { role: Role.Reads, runs: runs(2, 'later', 'once') } : name === 'addEventListener' ? listening : events;
  if (name === 'nextTick') return { role: Role.Reads, runs: runs(1, 'later', 'once') };
  if (elementCallbacks.has(name)) return eachNow;
  if (name === 'replace' || name === 'replaceAll') return { role: Role.Reads, runs: runs(2, 'now', 'many') };
  if (name === 'from') return { role: Role.Reads, runs: runs(2, 'now', 'many') };
  if (name === 'request' && owner === 'LockManager') return { role: Role.Lock, runs: [...runs(2, 'later', 'once'), ...runs(3, 'later', 'once')] };
  return reads;
}

const controls: ReadonlySet<string> = new Set(['HTMLButtonElement', 'HTMLInputElement', 'HTMLSelectElement', 'HTMLTextAreaElement']);

/** `button.disabled`: nobody can click on what is disabled. */
export function isDisabling(owner: string | undefined, name: string): boolean {
  return name === 'disabled' && owner !== undefined && controls.has(owner);
}

/** `new Promise(executor)` runs it before it returns. */
export const promiseExecutor: readonly RunArgument[] = runs(0, 'now', 'once');

export type ElementEffect = 'read' | 'has' | 'write' | 'add' | 'delete' | 'clear' | 'length' | 'append' | 'remove' | 'ensure' | 'compute' | 'overwrite' | 'iterate';

const ofMap: Readonly<Record<string, ElementEffect>> = {
  get: 'read', has: 'has', set: 'write', delete: 'delete', clear: 'clear', size: 'length',
  getOrInsert: 'ensure', getOrInsertComputed: 'compute', keys: 'iterate', values: 'iterate', entries: 'iterate', forEach: 'iterate',
};
const ofSet: Readonly<Record<string, ElementEffect>> = {
  has: 'has', add: 'add', delete: 'delete', clear: 'clear', size: 'length', keys: 'iterate', values: 'iterate', entries: 'iterate', forEach: 'iterate',
};
const ofList: Readonly<Record<string, ElementEffect>> = {
  push: 'append', unshift: 'append', pop: 'remove', shift: 'remove', splice: 'remove', length: 'length',
  includes: 'iterate', indexOf: 'iterate', lastIndexOf: 'iterate', slice: 'iterate', concat: 'iterate', join: 'iterate', at: 'iterate',
  keys: 'iterate', values: 'iterate', entries: 'iterate', forEach: 'iterate', map: 'iterate', flatMap: 'iterate', filter: 'iterate', find: 'iterate', findIndex: 'iterate',
  findLast: 'iterate', findLastIndex: 'iterate', toSorted: 'iterate', toReversed: 'iterate', toSpliced: 'iterate', with: 'iterate',
  some: 'iterate', every: 'iterate', reduce: 'iterate', reduceRight: 'iterate',
};

/** Typed arrays have as many elements as they were made with: nothing comes or goes. */
const ofTypedArray: Readonly<Record<string, ElementEffect>> = {
  ...Object.fromEntries(Object.entries(ofList).filter(([, effect]) => effect === 'iterate')), set: 'overwrite', fill: 'overwrite',
};

const elementTables = { map: ofMap, set: ofSet, list: ofList, 'typed-array': ofTypedArray } as const;

/** What a method (or `size`, `length`) of a container does with its elements; undefined for methods that are not in the table. */
export function elementEffect(kind: keyof typeof elementTables, name: string): ElementEffect | undefined {
  const table = elementTables[kind];
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

const ofStore: Readonly<Record<string, StoreEffect>> = { get: 'read', has: 'has', set: 'write', put: 'write', delete: 'remove', del: 'remove', remove: 'remove', clear: 'clear' };

/** What a method of a client of Redis and the like does: of a type that has `get` and `set` (or `put`), both answering with promises. */
export function storeEffect(type: StaticType, name: string): StoreEffect | undefined {
  if (!Object.hasOwn(ofStore, name) || type.isUnknown || type.container) return undefined;
  const answers = (method: string): boolean => type.property(method)?.called?.promised !== undefined;
  return answers('get') && (answers('set') || answers('put')) && answers(name) ? ofStore[name] : undefined;
}
