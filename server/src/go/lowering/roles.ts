// What functions of Go's standard library and of golang.org/x/sync are known to do, as far as the analyses count on it. `Role` says
// what each word means and which argument it is about.

import { Role } from '../../model/objects.ts';
import type { RunArgument } from '../../model/objects.ts';
import { behaviorOf } from '../types/std/behavior.ts';

const mutex: Readonly<Record<string, Role>> = {
  Lock: Role.Lock,
  Unlock: Role.Unlock,
  TryLock: Role.TryLock,
};

const atomicType: Readonly<Record<string, Role>> = {
  Load: Role.AtomicRead,
  Store: Role.AtomicWrite,
  Swap: Role.AtomicUpdate,
  CompareAndSwap: Role.AtomicUpdate,
  Add: Role.AtomicUpdate,
  And: Role.AtomicUpdate,
  Or: Role.AtomicUpdate,
};

/** By import path, then `Function` or `Type.Method`. */
const roles: Readonly<Record<string, Readonly<Record<string, Role>>>> = {
  // What their documentation says of several goroutines: nothing, or that callers have to see to it themselves.
  'container/list': {
    ...methods('List', { ...named('Front Back Len', Role.Observes), ...named('Init InsertAfter InsertBefore MoveAfter MoveBefore MoveToBack MoveToFront PushBack PushBackList PushFront PushFrontList Remove', Role.Changes) }),
    ...methods('Element', named('Next Prev', Role.Observes)),
  },
  'container/ring': methods('Ring', { ...named('Len Next Prev Move', Role.Observes), ...named('Link Unlink', Role.Changes) }),
  bytes: {
    ...methods('Buffer', { ...named('Available Bytes Cap Len String', Role.Observes), ...named('Grow Next Read ReadByte ReadBytes ReadRune ReadString Reset Truncate UnreadByte UnreadRune Write WriteByte WriteRune WriteString', Role.Changes) }),
    ...methods('Reader', { ...named('Len Size', Role.Observes), ...named('Read ReadByte ReadRune Reset Seek UnreadByte UnreadRune', Role.Changes) }),
  },
  strings: {
    ...methods('Builder', { ...named('Cap Len String', Role.Observes), ...named('Grow Reset Write WriteByte WriteRune WriteString', Role.Changes) }),
    ...methods('Reader', { ...named('Len Size', Role.Observes), ...named('Read ReadByte ReadRune Reset Seek UnreadByte UnreadRune', Role.Changes) }),
  },
  hash: { ...methods('Hash', { Sum: Role.Observes, Reset: Role.Changes }), ...methods('Hash32', { Sum32: Role.Observes }), ...methods('Hash64', { Sum64: Role.Observes }) },
  'math/rand': methods('Rand', named('ExpFloat64 Float32 Float64 Int Int31 Int31n Int63 Int63n Intn NormFloat64 Perm Read Seed Uint32 Uint64', Role.Changes)),
  'math/rand/v2': methods('Rand', named('ExpFloat64 Float32 Float64 Int Int32 Int32N Int64 Int64N IntN NormFloat64 Perm Uint Uint32 Uint32N Uint64 Uint64N UintN', Role.Changes)),
  'net/http': methods('Header', { ...named('Clone Get Values Write', Role.Observes), ...named('Add Del Set', Role.Changes) }),
  'os/exec': methods('Cmd', named('CombinedOutput Output Run Start', Role.ProcessStart)),
  'net/textproto': methods('MIMEHeader', { ...named('Get Values', Role.Observes), ...named('Add Del Set', Role.Changes) }),
  'net/url': methods('Values', { ...named('Encode Get Has', Role.Observes), ...named('Add Del Set', Role.Changes) }),
  sync: {
    ...methods('Mutex', mutex),
    ...methods('RWMutex', { ...mutex, RLock: Role.ReadLock, RUnlock: Role.ReadUnlock, TryRLock: Role.TryReadLock, RLocker: Role.ReadLocker }),
    ...methods('Locker', mutex),
    ...methods('WaitGroup', { Add: Role.CounterAdd, Done: Role.CounterDone, Wait: Role.CounterWait, Go: Role.CounterAdd }),
    ...methods('Once', { Do: Role.Once }),
    ...methods('Cond', { Wait: Role.ConditionWait, Signal: Role.ConditionSignal, Broadcast: Role.ConditionSignal }),
    NewCond: Role.ConditionMake,
    ...methods('Map', {
      Load: Role.SharedMapRead,
      Store: Role.SharedMapWrite,
      Delete: Role.SharedMapWrite,
      Clear: Role.SharedMapWrite,
      LoadOrStore: Role.SharedMapUpdate,
      LoadAndDelete: Role.SharedMapUpdate,
      Swap: Role.SharedMapUpdate,
      CompareAndSwap: Role.SharedMapUpdate,
      CompareAndDelete: Role.SharedMapUpdate,
    }),
  },
  'sync/atomic': {
    ...methods('Bool', atomicType),
    ...methods('Int32', atomicType),
    ...methods('Int64', atomicType),
    ...methods('Uint32', atomicType),
    ...methods('Uint64', atomicType),
    ...methods('Uintptr', atomicType),
    ...methods('Pointer', atomicType),
    ...methods('Value', atomicType),
    ...atomicFunctions(),
  },
  maps: { All: Role.Views, Keys: Role.Views, Values: Role.Views, Copy: Role.Fills, DeleteFunc: Role.Fills, Insert: Role.Fills },
  slices: {
    ...each(['All', 'Backward', 'Values', 'Chunk'], Role.Views),
    ...each(['Sort', 'SortFunc', 'SortStableFunc', 'Reverse', 'DeleteFunc', 'Delete', 'Compact', 'CompactFunc', 'Replace', 'Insert'], Role.Fills),
  },
  sort: each(['Ints', 'Strings', 'Float64s', 'Slice', 'SliceStable'], Role.Fills),
  context: {
    WithCancel: Role.CancellationMake,
    WithCancelCause: Role.CancellationMake,
    WithTimeout: Role.DeadlineMake,
    WithTimeoutCause: Role.DeadlineMake,
    WithDeadline: Role.DeadlineMake,
    WithDeadlineCause: Role.DeadlineMake,
    Cause: Role.CancellationRead,
    ...methods('Context', { Done: Role.CancellationChannel, Err: Role.CancellationRead }),
  },
  // Signals cancel it at any time.
  'os/signal': { NotifyContext: Role.DeadlineMake },
  time: { ...methods('Timer', { Stop: Role.Rearms, Reset: Role.Rearms }), ...methods('Ticker', { Stop: Role.Rearms, Reset: Role.Rearms }) },
  testing: methods('T', { Parallel: Role.OverlapsSiblings }),
  io: {
    Pipe: Role.PipeMake,
    ...methods('PipeWriter', { Write: Role.PipeWrite, Close: Role.PipeClose, CloseWithError: Role.PipeClose }),
    ...methods('PipeReader', { Read: Role.PipeRead, Close: Role.PipeStop, CloseWithError: Role.PipeStop }),
  },
  // Their ends are files and connections, which other code may hold as well: what is done with one may be known to the other.
  os: { Pipe: Role.PipeMake },
  net: { Pipe: Role.PipeMake },
  'testing/synctest': { Wait: Role.WaitsForBlocked },
  'internal/synctest': { Wait: Role.WaitsForBlocked },
  // `SetLimit` and `WithContext` have to do with who may start, not with who waits for whom.
  'golang.org/x/sync/errgroup': { ...methods('Group', { Go: Role.CounterAdd, TryGo: Role.CounterAdd, Wait: Role.CounterWait, SetLimit: Role.Reads }), WithContext: Role.Reads },
  'golang.org/x/sync/semaphore': {
    NewWeighted: Role.SemaphoreMake,
    ...methods('Weighted', { Acquire: Role.SemaphoreAcquire, TryAcquire: Role.SemaphoreTryAcquire, Release: Role.SemaphoreRelease }),
  },
};

function methods(type: string, of: Readonly<Record<string, Role>>): Record<string, Role> {
  const result: Record<string, Role> = {};
  for (const [name, role] of Object.entries(of)) result[`${type}.${name}`] = role;
  return result;
}

function named(names: string, role: Role): Record<string, Role> {
  return each(names.split(' '), role);
}

function each(names: readonly string[], role: Role): Record<string, Role> {
  return Object.fromEntries(names.map((name) => [name, role]));
}

function atomicFunctions(): Record<string, Role> {
  const result: Record<string, Role> = {};
  for (const type of ['Int32', 'Int64', 'Uint32', 'Uint64', 'Uintptr', 'Pointer']) {
    result[`Load${type}`] = Role.AtomicRead;
    result[`Store${type}`] = Role.AtomicWrite;
    for (const update of ['Swap', 'CompareAndSwap', 'Add', 'And', 'Or']) result[`${update}${type}`] = Role.AtomicUpdate;
  }
  return result;
}

const byPath = new Map(Object.entries(roles).map(([path, names]) => [path, new Map(Object.entries(names))]));

/**
 * What a function is known to do.
 * @param name `Function` or `Type.Method`
 */
export function roleOf(packagePath: string, name: string): Role {
  const known = byPath.get(packagePath)?.get(name);
  if (known !== undefined) return known;
  const behavior = behaviorOf(packagePath, name);
  if (behavior?.ends) return behavior.ends === 'exit' ? Role.Exits : Role.Unwinds;
  if (behavior?.looks) return Role.Looks;
  return behavior?.pure || behavior?.quiet ? Role.Reads : Role.None;
}

/**
 * The arguments a function is known to run.
 * @param hasReceiver true if calls pass a receiver as argument 0
 */
export function runsOf(packagePath: string, name: string, hasReceiver: boolean): readonly RunArgument[] {
  const runs = behaviorOf(packagePath, name)?.runs;
  return runs ? runs.map((each) => ({ argument: each.argument + (hasReceiver ? 1 : 0), when: each.when, times: each.times })) : none;
}

/** The arguments of which a function runs one method, if they are values with methods. Their index does not count the receiver. */
export function methodsRun(packagePath: string, name: string): readonly { readonly argument: number; readonly method: string }[] {
  const runs = behaviorOf(packagePath, name)?.runs ?? [];
  return runs.flatMap(({ argument, methods }) => {
    const [method, ...more] = methods ?? [];
    return method === undefined || method === '*' || more.length > 0 ? [] : [{ argument, method }];
  });
}

const none: readonly RunArgument[] = [];
