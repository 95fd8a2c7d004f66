// What a function changes before it suspends, so that others leave something alone from then on:
//
//   closed = true;          // if (closed) return;
//   await finish(queue);    // queue.push(item);
//   queue.length = 0;

import { NONE, Op, Operator } from '../../model/operations.ts';
import { conditionsAt } from '../conditions.ts';
import type { Passed } from '../conditions.ts';
import { comesBefore } from '../graph.ts';
import { accessesIn, isEqual, isSameCell } from './cells.ts';
import type { Access } from './cells.ts';
import { reaches, suspensionBetween } from './dependence.ts';
import type { AsyncFunction, AsyncProgram, Point } from './program.ts';

/** True if an access elsewhere happens only while a variable or field is what it is not any more at a suspension. False in doubt. */
export function isShutOut(program: AsyncProgram, access: Point, suspension: Point): boolean {
  if (isGuardedAgainst(program, access, suspension)) return true;
  // The function that does it may leave the question to those who call it.
  const { function: of } = access;
  if (of.isExported || program.escapes(of)) return false;
  const calls = of.kind === 'method' || of.kind === 'function' ? program.callsOf(of) : [];
  return calls.length > 0 && calls.every((at) => at.function !== of && isGuardedAgainst(program, at, suspension));
}

function isGuardedAgainst(program: AsyncProgram, access: Point, suspension: Point): boolean {
  const { file, function: of, operation } = access;
  const accesses = accessesIn(program, file, of);
  return conditionsAt(of.body, operation).some((passed) => {
    const read = accesses.find((each) => each.kind === 'value-read' && isTested(of, passed.condition, each.operation));
    if (!read || suspensionBetween(of, read.operation, operation, undefined, new Set([read.operation])) !== undefined) return false;
    return valueAt(program, read, suspension, (written) => outcome(program, passed, read, written) === !passed.holds);
  });
}

function isTested({ body }: AsyncFunction, condition: number, read: number): boolean {
  return condition === read || (body.kind(condition) === Op.Compute && (body.a(condition) === read || body.b(condition) === read));
}

/** True if what a cell holds at a suspension was written by its function on every way there, and is as it is asked for. */
function valueAt(program: AsyncProgram, cell: Access, { file, function: of, operation: suspension }: Point, isIt: (written: Access) => boolean): boolean {
  const writes = accessesIn(program, file, of).filter((each) => each.kind === 'value-write' && isSameCell(program, each, cell));
  const last = writes.find((each) => comesBefore(of.body, each.operation, suspension) && writes.every((other) => other === each || !reaches(of.body, each.operation, other.operation)));
  return last !== undefined && last.value !== NONE && isIt(last);
}

/** How a condition comes out when the cell that it reads holds a constant; undefined if that is not known. */
function outcome(program: AsyncProgram, { condition }: Passed, read: Access, written: Access): boolean | undefined {
  const { body } = read.function;
  const constant = written.function.body.constantOf(written.value);
  if (condition === read.operation) return constant === undefined ? (written.function.body.kind(written.value) === Op.Zero ? false : undefined) : Boolean(constant);
  const operator: Operator = body.c(condition);
  const other = body.a(condition) === read.operation ? body.b(condition) : body.a(condition);
  if ((operator !== Operator.Equal && operator !== Operator.NotEqual) || other === NONE || constant === undefined || body.constantOf(other) === undefined) return undefined;
  return isEqual(program, { ...read, operation: other }, { ...written, operation: written.value }) === (operator === Operator.Equal);
}
