// What functions of Go's standard library are known to do, as far as the analyses count on it.

import { Role } from '../../model/objects.ts';

const mutex: Readonly<Record<string, Role>> = {
  Lock: Role.Lock,
  Unlock: Role.Unlock,
  TryLock: Role.TryLock,
};

const fails: Readonly<Record<string, Role>> = {
  FailNow: Role.Unwinds,
  Fatal: Role.Unwinds,
  Fatalf: Role.Unwinds,
  SkipNow: Role.Unwinds,
  Skip: Role.Unwinds,
  Skipf: Role.Unwinds,
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
  os: { Exit: Role.Exits },
  syscall: { Exit: Role.Exits },
  runtime: { Goexit: Role.Unwinds },
  log: {
    Fatal: Role.Exits,
    Fatalf: Role.Exits,
    Fatalln: Role.Exits,
    Panic: Role.Unwinds,
    Panicf: Role.Unwinds,
    Panicln: Role.Unwinds,
    ...methods('Logger', {
      Fatal: Role.Exits,
      Fatalf: Role.Exits,
      Fatalln: Role.Exits,
      Panic: Role.Unwinds,
      Panicf: Role.Unwinds,
      Panicln: Role.Unwinds,
    }),
  },
  testing: { ...methods('common', fails), ...methods('T', fails), ...methods('B', fails), ...methods('F', fails), ...methods('TB', fails) },
  sync: {
    ...methods('Mutex', mutex),
    ...methods('RWMutex', { ...mutex, RLock: Role.ReadLock, RUnlock: Role.ReadUnlock, TryRLock: Role.TryReadLock }),
    ...methods('Locker', mutex),
    ...methods('WaitGroup', { Add: Role.CounterAdd, Done: Role.CounterDone, Wait: Role.CounterWait, Go: Role.GroupSpawn }),
    ...methods('Once', { Do: Role.Once }),
    ...methods('Cond', { Wait: Role.ConditionWait, Signal: Role.ConditionSignal, Broadcast: Role.ConditionSignal }),
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
  time: { AfterFunc: Role.RunsLater },
  context: { AfterFunc: Role.RunsLater },
  'golang.org/x/sync/errgroup': methods('Group', { Go: Role.GroupSpawn, TryGo: Role.GroupSpawn, Wait: Role.GroupWait }),
};

function methods(type: string, of: Readonly<Record<string, Role>>): Record<string, Role> {
  const result: Record<string, Role> = {};
  for (const [name, role] of Object.entries(of)) result[`${type}.${name}`] = role;
  return result;
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

/** What a function of another package is known to do; `name` as `Function` or `Type.Method`. */
export function roleOf(packagePath: string | undefined, name: string): Role {
  return (packagePath !== undefined && byPath.get(packagePath)?.get(name)) || Role.None;
}

/** True if functions of the package have roles: saves making names for others. */
export function packageHasRoles(packagePath: string | undefined): boolean {
  return packagePath !== undefined && byPath.has(packagePath);
}
