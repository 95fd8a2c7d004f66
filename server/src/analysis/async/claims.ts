// Claims: what an activation writes before it suspends, so that others who look there stay out.

import { NONE } from '../../model/operations.ts';
import { decisionsAt } from '../conditions.ts';
import { accessesMadeAt, accessesAtOnce, accessesOf, isOwn, isSameCell, isSameRoot } from './cells.ts';
import type { Access } from './cells.ts';
import { originsOf, reaches } from './dependence.ts';
import { isDisabledMeanwhile } from './disabled.ts';
import type { AsyncProgram, Point } from './program.ts';
import { suspensionsOf } from './program.ts';

/**
 * True if an activation that got to a suspension has kept others out: a condition on the way read a cell that was then
 * written before the suspension, so that the others come out of the condition the other way. Or the control was disabled that
 * the others would have to use.
 */
export function isClaimed(program: AsyncProgram, at: Point, suspension: number): boolean {
  const { file, function: of } = at;
  const { body } = of;
  if (isDisabledMeanwhile(program, at, suspension)) return true;
  const accesses = accessesOf(program, file, of);
  const conditions = [...decisionsAt(body, suspension), ...decisionsAt(body, at.operation)];
  for (const { condition } of conditions) {
    for (const origin of originsOf(program, file, of, condition)) {
      for (const read of accessesMadeAt(accesses, origin)) {
        if (isOwn(read)) continue;
        const claims = accessesAtOnce(program, file, of).filter((each) => isWrite(each) && (isSameCell(program, each, read) || (read.key === NONE && isSameRoot(each, read))));
        if (claims.length === 0) continue;
        const stops = new Set(claims.map((each) => each.operation));
        // Those on other ways, that lead to neither, let nobody in here.
        const once = new Set([origin]);
        const first = suspensionsOf(of).filter((each) => reaches(body, origin, each) && (each === suspension || reaches(body, each, suspension, once) || reaches(body, each, at.operation, once)));
        // A function that does not suspend is done before another one begins.
        if (first.length === 0 && claims.some((each) => reaches(body, origin, each.operation))) return true;
        if (first.length > 0 && !first.some((each) => reaches(body, origin, each, stops))) return true;
      }
    }
  }
  return false;
}

export function isWrite(access: Access): boolean {
  return access.kind === 'write' || access.kind === 'value-write' || access.kind === 'append';
}

/** True if a call is made by one activation at a time: `if (this.lock) return this.lock; this.lock = this.work();`. */
export function isClaimedCall(program: AsyncProgram, at: Point): boolean {
  const { body } = at.function;
  const next = suspensionsOf(at.function).find((each) => reaches(body, at.operation, each));
  return isClaimed(program, at, next ?? at.operation);
}
