// Collects garbage between the parts of a run. V8 lets a heap grow to several times what is alive before it looks through
// all of it; what was needed for one part is nearly all garbage when the next begins, so that a look then is cheap and
// finds much. Over Go's standard library it takes 5 % of the time and saves 40 % of the memory.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const megabyte = 1 << 20;

/** A function that collects if there is probably much to collect. */
export function garbageCollector(): () => void {
  let collect: (() => void) | undefined;
  let alive = 0;
  return () => {
    if (process.memoryUsage().heapUsed < 1.3 * alive + 100 * megabyte) return;
    collect ??= exposed();
    collect();
    alive = process.memoryUsage().heapUsed;
  };
}

function exposed(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
