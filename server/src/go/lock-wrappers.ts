// Locks that another package built around one of package sync: a type that is a sync.Locker and keeps a Mutex or RWMutex in place,
// to count who waits, to check in tests who holds it. To those who use it, it is a lock.

import { Role } from '../model/objects.ts';
import type { Func } from './types/objects.ts';
import { asNamed, deref, underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Named } from './types/types.ts';

const exclusive: Readonly<Record<string, Role>> = { Lock: Role.Lock, Unlock: Role.Unlock, TryLock: Role.TryLock };
const shared: Readonly<Record<string, Role>> = { ...exclusive, RLock: Role.ReadLock, RUnlock: Role.ReadUnlock, TryRLock: Role.TryReadLock };

/** What a method does to its receiver if that is such a lock; Role.None for other functions. */
export function lockWrapperRole(func: Func): Role {
  const { signature } = func;
  const role = shared[func.name];
  if (role === undefined || !signature?.recv || signature.params.vars.length > 0) return Role.None;
  const [type] = deref(signature.recv.type);
  const named = asNamed(type);
  const lock = named && wrappedLock(named);
  if (!lock) return Role.None;
  return lock === 'RWMutex' ? role : (exclusive[func.name] ?? Role.None);
}

/** The lock of package sync in a struct with methods Lock and Unlock of its own; undefined if it has none or several. */
function wrappedLock(named: Named): string | undefined {
  const own = new Set(named.origin.declaredMethods.map(({ name }) => name));
  const under = underlying(named);
  if (!own.has('Lock') || !own.has('Unlock') || under.kind !== TypeKind.Struct) return undefined;
  const locks = under.fields.flatMap(({ type }) => {
    const held = asNamed(type)?.obj;
    return held?.packagePath === 'sync' && (held.name === 'Mutex' || held.name === 'RWMutex') ? [held.name] : [];
  });
  return locks.length === 1 ? locks[0] : undefined;
}
