// How a package uses maps that order their accesses themselves (Go's sync.Map).

import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { declaredOf } from '../declared.ts';
import { graphOf } from '../graph.ts';
import { loopsAround } from '../loops.ts';

export interface SharedMapUse {
  readonly path: string;
  readonly body: FunctionBody;
  readonly operation: number;
}

/** The uses of one field or variable. */
export interface SharedMapUses {
  readonly reads: readonly SharedMapUse[];
  readonly writes: readonly SharedMapUse[];
  /** Calls that empty it, and whether one is in a loop. */
  readonly clears: readonly SharedMapUse[];
  readonly clearedInLoop: SharedMapUse | undefined;
  /** True if it is used in a way that is neither: walked over, handed on. */
  readonly hasOthers: boolean;
}

/** By field or variable that is such a map, outside tests. */
export function sharedMapUsesOf(program: Program): ReadonlyMap<object, SharedMapUses> {
  const found = new Map<object, { reads: SharedMapUse[]; writes: SharedMapUse[]; clears: SharedMapUse[]; clearedInLoop: SharedMapUse | undefined; hasOthers: boolean }>();
  for (const { path, isTest, generated, body: { unit } } of program.functions.values()) {
    if (isTest || generated) continue;
    for (const body of unit.bodies) {
      for (let operation = 0; !body.incomplete && operation < body.operationCount; operation++) {
        const callee = body.kind(operation) === Op.Call ? body.calleeOf(operation) : undefined;
        if (!callee?.name.startsWith('Map.')) continue;
        const declared = declaredOf(body, body.list(operation)[0] ?? NONE);
        if (!declared || !graphOf(body).isReachable(graphOf(body).blockOf(operation))) continue;
        let uses = found.get(declared);
        if (!uses) found.set(declared, (uses = { reads: [], writes: [], clears: [], clearedInLoop: undefined, hasOthers: false }));
        const use = { path, body, operation };
        if (callee.name === 'Map.Clear') {
          uses.clears.push(use);
          if (loopsAround(body, operation).length > 0) uses.clearedInLoop ??= use;
        } else if (callee.role === Role.SharedMapRead) uses.reads.push(use);
        else if (callee.role === Role.SharedMapWrite) uses.writes.push(use);
        else uses.hasOthers = true;
      }
    }
  }
  return found;
}
