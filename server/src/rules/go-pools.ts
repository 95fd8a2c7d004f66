// Which functions are those of sync.Pool.

import type { PoolWords } from '../analysis/pools.ts';
import { isFunction } from '../go/expressions.ts';
import type { Func } from '../go/types/objects.ts';
import type { Callee } from '../model/objects.ts';

function is(callee: Callee, path: string, name: string): boolean {
  return callee.name === name && isFunction(callee.origin as Func | undefined, path, name);
}

export const poolWords: PoolWords = {
  isGet: (callee) => is(callee, 'sync', 'Pool.Get'),
  isPut: (callee) => is(callee, 'sync', 'Pool.Put'),
  isView: (callee) => is(callee, 'bytes', 'Buffer.Bytes') || is(callee, 'bytes', 'Buffer.Next') || is(callee, 'bytes', 'Buffer.AvailableBuffer'),
};
