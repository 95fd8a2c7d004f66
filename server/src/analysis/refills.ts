// What is put into a container after it was cleared: how much at most, and under which keys.

import { Access, accessOf, containerOf, keyOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { Constant } from '../model/objects.ts';
import { Shape } from '../model/objects.ts';
import { NONE, Op } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { emptyingsIn } from './emptyings.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldAccess, Place } from './fields.ts';
import { exposes } from './contents.ts';
import { iterationCount, loopsAround } from './loops.ts';
import { makesEmpty } from './stores.ts';
import { valuesOf } from './values.ts';

export interface OversizedClear {
  readonly body: FunctionBody;
  /** The operation that clears. */
  readonly operation: number;
  readonly container: number;
  readonly make: number;
  readonly capacity: number;
  /** How many elements there are at most when it is cleared. */
  readonly elements: number;
}

/** Below this size clearing costs little. */
const largeCapacity = 10_000;
/** A container that is filled to one part in so many is nearly empty. */
const sparse = 100;

/** Containers that are made large and cleared in a loop in which they get few elements. */
export function oversizedClears(body: FunctionBody): readonly OversizedClear[] {
  const found: OversizedClear[] = [];
  const values = valuesOf(body);
  for (const { operation, container, deferred } of emptyingsIn(body)) {
    if (deferred || container === NONE || body.shape(container) !== Shape.Map) continue;
    const number = values.number(container);
    const make = values.creation(number);
    if (make === undefined || !makesEmpty(body, make) || body.a(make) === NONE) continue;
    const capacity = values.constantNumber(values.number(body.a(make)));
    const [loop] = loopsAround(body, operation).filter((each) => !loopsAround(body, make).includes(each));
    if (capacity === undefined || capacity < largeCapacity || loop === undefined || isExposed(body, number)) continue;
    const elements = mostInserted(body, number, loop);
    if (elements !== undefined && elements > 0 && elements * sparse <= capacity) found.push({ body, operation, container, make, capacity, elements });
  }
  return found;
}

function isExposed(body: FunctionBody, container: number): boolean {
  const values = valuesOf(body);
  const isIt = (value: number): boolean => values.alternatives(values.number(value))?.includes(container) ?? true;
  for (let operation = 0; operation < body.operationCount; operation++) if (exposes(body, operation, isIt)) return true;
  return false;
}

/** How many elements a container gets at most in a round of a loop, all insertions taken together; undefined if that has no bound. */
function mostInserted(body: FunctionBody, container: number, loop: number): number | undefined {
  const values = valuesOf(body);
  let sum = 0;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (accessOf(body, operation) !== Access.Write || values.number(containerOf(body, operation)) !== container) continue;
    const loops = loopsAround(body, operation);
    const outer = loops.indexOf(loop);
    // What is inserted before the loop is cleared once.
    if (outer < 0) continue;
    let times = 1;
    for (const inner of loops.slice(0, outer)) {
      const count = iterationCount(body, inner);
      if (count === undefined) return undefined;
      times *= count;
    }
    sum += times;
  }
  return sum;
}

export interface FixedKeys extends Place {
  readonly container: number;
  readonly keys: number;
  readonly first: Place;
}

/** Clears of fields that only ever have the same constant keys, all of which the function sets again. */
export function fixedKeyClears(program: Program): readonly FixedKeys[] {
  const found: FixedKeys[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    const writes = uses.accesses.filter((each) => each.access === Access.Write);
    const keys = constantKeys(writes);
    if (!keys || keys.size === 0 || uses.addressed || uses.leaks.length > 0) continue;
    for (const access of uses.accesses) {
      if (access.access !== Access.Clear) continue;
      const after = writes.filter((each) => each.body === access.body && each.operation > access.operation && loopsAround(each.body, each.operation).length === loopsAround(access.body, access.operation).length);
      const [first] = after;
      if (!first || constantKeys(after)?.size !== keys.size) continue;
      found.push({ function: access.function, body: access.body, operation: access.operation, container: access.container, keys: keys.size, first });
    }
  }
  return found;
}

/** The keys of insertions, if all are constants. */
function constantKeys(writes: readonly FieldAccess[]): ReadonlySet<Constant> | undefined {
  const keys = new Set<Constant>();
  for (const { body, operation } of writes) {
    const key = keyOf(body, operation);
    const constant = key === NONE || body.kind(key) !== Op.Constant ? undefined : body.constantOf(key);
    if (constant === undefined) return undefined;
    keys.add(constant);
  }
  return keys;
}
