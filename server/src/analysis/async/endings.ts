// Functions that end an object's life: what they empty is not filled again for anybody to read.

import { NONE } from '../../model/operations.ts';
import type { AsyncFile, AsyncFunction } from './program.ts';

const endings: ReadonlySet<string> = new Set(['close', 'stop', 'dispose', 'destroy', 'shutdown', 'teardown', 'end', 'finish', 'unmount', 'disconnect', 'disconnectedCallback', 'ngOnDestroy', 'componentWillUnmount', 'onunload', 'deactivate', 'cleanup']);

/** True for the names by which languages, editors and frameworks call the end of an object's life, also where an underscore says that they are not for everybody. */
export function isEndingName(name: string): boolean {
  let start = 0;
  while (name[start] === '_') start++;
  return endings.has(name.slice(start));
}

/** True for functions of such a name, and for closures in them. */
export function isEnding(file: AsyncFile, of: AsyncFunction): boolean {
  for (let at: AsyncFunction | undefined = of; at; at = at.body.parent === NONE ? undefined : file.functions[at.body.parent]) {
    if (isEndingName(at.body.name)) return true;
  }
  return false;
}
