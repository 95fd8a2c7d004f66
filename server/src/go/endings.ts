// What ends the life of a value, by types.

import type { EndingWords } from '../analysis/endings.ts';
import { ObjectKind } from './types/objects.ts';
import type { Func, Variable } from './types/objects.ts';
import { identical } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Type } from './types/types.ts';
import { errorType } from './types/universe.ts';

/** True for the Close of io.Closer (https://pkg.go.dev/io#Closer), and for one that cannot fail. */
export function isCloser(func: Func | undefined): boolean {
  const signature = func?.signature;
  if (!signature?.recv || func?.name !== 'Close' || signature.params.vars.length > 0) return false;
  const [result, ...more] = signature.results.vars;
  return more.length === 0 && (!result || identical(result.type, errorType));
}

/** True for context.CancelFunc and context.CancelCauseFunc. */
export function isCancelFunction(type: Type | undefined): boolean {
  return type?.kind === TypeKind.Named && type.obj.packagePath === 'context' && (type.obj.name === 'CancelFunc' || type.obj.name === 'CancelCauseFunc');
}

export const endingWords: EndingWords = {
  isCloser: (callee) => isCloser(callee.origin as Func | undefined),
  isCancel: (declared) => {
    const variable = declared as Variable;
    return variable.kind === ObjectKind.Variable && isCancelFunction(variable.type);
  },
};
