// What each program of the evidence is expected to do. A claim of the knowledge base names its program; the Go sources are
// in go/ and old/.

/** What one run must do. `prints` are whole lines of its output. */
export type Check =
  | { readonly kind: 'prints'; readonly command: string; readonly lines: readonly string[] }
  | { readonly kind: 'races' | 'is clean'; readonly command: string }
  | { readonly kind: 'dies'; readonly command: string; readonly text: string }
  /** Neither ends in order nor says that it survived; it may have to be stopped. */
  | { readonly kind: 'is lost'; readonly command: string }
  | { readonly kind: 'does not compile'; readonly folder: string; readonly messages: readonly RegExp[] }
  | { readonly kind: 'calls mapclear'; readonly functions: readonly string[] }
  | { readonly kind: 'stays a loop'; readonly functions: readonly string[] }
  /** The machine code of functions in the linked program. */
  | { readonly kind: 'machine code has'; readonly functions: string; readonly texts: readonly RegExp[] }
  | { readonly kind: 'does not escape'; readonly names: readonly string[] }
  | { readonly kind: 'escapes'; readonly names: readonly string[] }
  | { readonly kind: 'needs a newer go line' }
  | { readonly kind: 'compile alone finds no fmt' };

export interface Program {
  readonly name: string;
  readonly checks: readonly (Check & {
    /** Go 1.N, the first and last release that the check is about. */
    readonly since?: number;
    readonly until?: number;
  })[];
}

function prints(command: string, ...lines: string[]): Check {
  return { kind: 'prints', command, lines };
}

export const programs: readonly Program[] = [
  { name: 'nil-map', checks: [prints('nil-map', 'is nil: true', 'read: 0', 'write panics: assignment to entry in nil map', 'increment panics: assignment to entry in nil map', 'alias: 1')] },
  { name: 'aliases', checks: [prints('aliases', 'after nil in a callee: 2', 'variable: 0', 'alias: 2', 'field: 2', 'closure over the variable: 0', 'closure over a copy: 2', 'alias after clear in a callee: 0')] },
  { name: 'sorted-print', checks: [prints('sorted-print', 'map[a:1 b:2 c:3]', 'map[]')] },
  {
    name: 'nan-keys',
    checks: [prints('nan-keys', 'loop leaves: 1', 'loop over any leaves: 1', 'loop over structs leaves: 1', 'DeleteFunc leaves: 1', 'Range and Delete leaves: 1', 'clear leaves: 0', 'Value.Clear leaves: 0')],
  },
  {
    name: 'range-changes',
    checks: [
      prints('range-changes', 'visited twice: 0', 'left: 0', 'number of added keys visited differs: true', 'goes on after clear: 0'),
      { kind: 'dies', command: 'map-fault-iteration', text: 'fatal error: concurrent map' },
    ],
  },
  {
    name: 'compile-errors',
    checks: [
      { kind: 'does not compile', folder: 'unusedvalue', messages: [/declared and not used/] },
      { kind: 'does not compile', folder: 'openparenthesis', messages: [/missing ,? ?(comma|or|')|newline in argument list/] },
      { kind: 'does not compile', folder: 'reflectnames', messages: [/undefined: reflect\.MapClear/, /v\.MapClear undefined/, /undefined: reflect\.DeleteMap/, /v\.MapDelete undefined/] },
      { kind: 'does not compile', folder: 'header', messages: [/neverShrink undefined/, /undefined: hmap\b/, /undefined: hmapFlagIndirectKey/, /undefined: hmapFlagIndirectValue/] },
    ],
  },
  {
    name: 'capacity-cost',
    checks: [
      prints('capacity-cost', 'clear of ten entries in a large table takes 20 times as long: true', 'the loop takes 20 times as long: true'),
      { ...prints('capacity-cost', 'clear of a full large table takes 15 times as long as of ten entries in it: false'), until: 24 },
      { ...prints('capacity-cost', 'clear of a full large table takes 15 times as long as of ten entries in it: true'), since: 25 },
    ],
  },
  { name: 'memory-kept', checks: [prints('memory-kept', 'clear keeps at least nine tenths: true', 'make gives it back: true')] },
  {
    name: 'refill-allocations',
    checks: [
      prints('refill-allocations', 'make: 1', 'make with 1000 allocates more: true', 'clear: 0', 'clear and refill of 1000 is at most 8: true', 'a size saves allocations: true', 'collections by ten makes: 0'),
      { ...prints('refill-allocations', 'clear and refill of 100000 allocates: true'), since: 22, until: 23 },
      { ...prints('refill-allocations', 'clear and refill of 100000 allocates: false'), since: 24 },
    ],
  },
  {
    name: 'delete-allocates',
    checks: [
      prints('delete-allocates', 'in a map that does not grow: 0'),
      { ...prints('delete-allocates', 'growing maps in which delete allocates: true'), until: 23 },
      { ...prints('delete-allocates', 'growing maps in which delete allocates: false'), since: 24 },
    ],
  },
  { name: 'sync-map-cost', checks: [prints('sync-map-cost', 'Range and Delete takes 10 times as long as clear: true', 'filling it takes longer: true')] },
  {
    name: 'sync-map-range',
    checks: [
      prints('sync-map-range', 'left alone: 0', 'runs in which something stored meanwhile stays: true', 'keys visited twice: 0'),
      { ...prints('sync-map-clear', 'left: 0'), since: 23 },
      { ...prints('sync-map-clear', 'not in this version'), until: 22 },
    ],
  },
  { name: 'sync-map-memory', checks: [prints('sync-map-memory', 'mallocs of Range and Delete are few: true', 'mallocs of clear: 0', 'refilling allocates for each key: true')] },
  { name: 'sync-map-race', checks: [{ kind: 'is clean', command: 'sync-map-race' }, { kind: 'races', command: 'make-race' }] },
  { name: 'sync-map-replaced', checks: [{ kind: 'races', command: 'sync-map-replaced' }, { kind: 'is clean', command: 'sync-map-race' }] },
  { name: 'make-race', checks: [{ kind: 'races', command: 'make-race' }] },
  { name: 'guarded-map', checks: [{ kind: 'is clean', command: 'guarded-map' }, { kind: 'races', command: 'cleared-under-read-lock' }] },
  {
    name: 'read-lock-deadlock',
    checks: [
      { kind: 'dies', command: 'read-lock-deadlock', text: 'all goroutines are asleep - deadlock!' },
      { kind: 'dies', command: 'read-lock-twice', text: 'all goroutines are asleep - deadlock!' },
    ],
  },
  {
    name: 'channel-order',
    checks: [
      { kind: 'is clean', command: 'channel-order' },
      prints('channel-order', 'done: true'),
      { kind: 'dies', command: 'no-receiver', text: 'all goroutines are asleep - deadlock!' },
    ],
  },
  {
    name: 'owner',
    checks: [
      prints('owner', 'sends before one blocks: 10', 'entries after the clear: 0', 'a nil reply channel blocks the owner: true'),
      { kind: 'is clean', command: 'owner' },
      { kind: 'does not compile', folder: 'undefineddata', messages: [/undefined: data/] },
    ],
  },
  { name: 'owner-cost', checks: [prints('owner-cost', 'a command takes four times as long as a lock: true')] },
  { name: 'loaded-map-changed', checks: [{ kind: 'races', command: 'loaded-map-changed' }] },
  {
    name: 'atomic-value',
    checks: [
      prints(
        'atomic-value', 'before the first Store: <nil>', 'Store of nil panics: sync/atomic: store of nil value into Value',
        'another type panics: sync/atomic: store of inconsistently typed value into Value', 'a named map panics: sync/atomic: store of inconsistently typed value into Value', 'after a Store: 0',
      ),
    ],
  },
  { name: 'store-assembly', checks: [{ kind: 'machine code has', functions: '^sync/atomic\\.Store(Pointer|Uintptr)$', texts: [/\b(XCHGQ|STLR|SWPALD)\b/, /runtime\.writeBarrier/] }] },
  { name: 'stale-reader', checks: [prints('stale-reader', 'new: 0', 'old: true', 'held map survives collections: true')] },
  { name: 'lost-clear', checks: [prints('lost-clear', 'entries after the clear: 2')] },
  { name: 'once', checks: [prints('once', 'callers that returned early: 0', 'entries after the second clear: 1', 'runs again after a panic: false'), { kind: 'is clean', command: 'once' }] },
  { name: 'wait-before-add', checks: [prints('wait-before-add', 'Wait returned before the clear: true', 'the second caller returned before the clear: true', 'after Add and Wait: true')] },
  { name: 'flag-without-wait', checks: [{ kind: 'races', command: 'flag-without-wait' }] },
  { name: 'generation', checks: [prints('generation', 'entries: 0', 'stale writes turned away: true'), { kind: 'is clean', command: 'generation' }] },
  {
    name: 'escape',
    checks: [
      { kind: 'does not escape', names: ['m', 'make(map[string]int, 8)'] },
      { kind: 'escapes', names: ['kept'] },
      prints('refill-allocations', 'clear: 0'),
    ],
  },
  { name: 'tool-compile', checks: [{ kind: 'compile alone finds no fmt' }, { kind: 'calls mapclear', functions: ['Plain'] }] },
  {
    name: 'mapclear-assembly',
    checks: [
      { kind: 'calls mapclear', functions: ['Builtin', 'Plain', 'Field', 'Element', 'OfMaps', 'Pointer'] },
      { kind: 'stays a loop', functions: ['BlankValue', 'UsedValue', 'SecondStatement', 'OuterKey', 'FloatKey', 'AnyKey', 'Call'] },
    ],
  },
  { name: 'overwrite', checks: [prints('overwrite', 'mallocs: 0', 'length: 1000', 'present: true', 'NaN entries: 2', 'clear of 1000 in microseconds is below 200: true')] },
  { name: 'language-version', checks: [{ kind: 'needs a newer go line' }, prints('nan-keys', 'clear leaves: 0')] },
  {
    name: 'reflect-clear',
    checks: [
      prints(
        'reflect-clear', 'can interface: false', 'unexported field after Clear: 0', 'SetMapIndex there panics: true', 'Clear of an int panics: true', 'after SetMapIndex with a zero: 3', 'Clear allocates: 0',
        'MapKeys allocates once for each key: true', 'SetIterKey allocates at most 10: true', 'MapKeys and SetMapIndex takes 10 times as long: true',
      ),
      { ...prints('reflect-clear', 'Clear of a full table takes 50 times as long as of one entry in it: false'), until: 24 },
      { ...prints('reflect-clear', 'Clear of a full table takes 50 times as long as of one entry in it: true'), since: 25 },
    ],
  },
  {
    name: 'build-constraints',
    checks: [
      { ...prints('build-constraints', 'file: for older versions'), until: 21 },
      { ...prints('build-constraints', 'file: for go1.22 and newer'), since: 22 },
    ],
  },
  { name: 'version-strings', checks: [prints('version-strings', 'go1.9.7 >= go1.21: true', 'go1.100 >= go1.21: false', 'devel go1.25-0123456 >= go1.21: false')] },
  { name: 'remove-all', checks: [prints('remove-all', 'error: <nil>', 'target kept: true', 'missing path: <nil>')] },
  {
    name: 'header-surgery',
    checks: [
      { ...prints('header-surgery', 'length: 0', 'B after one insertion: 0', 'deleted keys are back: true'), until: 23 },
      { kind: 'is lost', command: 'header-surgery-insert', until: 23 },
      { kind: 'is lost', command: 'header-surgery-growing', until: 23 },
    ],
  },
  {
    name: 'map-fault',
    checks: ['iteration', 'writes', 'clear'].map((fault) => ({ kind: 'dies', command: `map-fault-${fault}`, text: 'fatal error: concurrent map' }) as const),
  },
];
