// A decision that is old by the time it is carried out:
//
//   if (!cache.has(key)) {              // A: missing   B: missing
//     const value = await load(key);    // A, B: suspended
//     cache.set(key, value);            // A: set       B: set
//   }

import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import { conditionsAt } from '../conditions.ts';
import type { Passed } from '../conditions.ts';
import { accessesOf, isFresh, isSameCell } from './cells.ts';
import type { Access } from './cells.ts';
import { originsOf, suspensionBetween } from './dependence.ts';
import { isChecked, isClaimed, isInRegion, isWrite } from './kills.ts';
import { isShared } from './overlap.ts';
import { suspensionsOf } from './program.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram } from './program.ts';

export interface StaleDecision {
  readonly read: Access;
  readonly suspension: number;
  readonly write: Access;
  /** True for writes whose value depends on the read; the decision may depend on it too. */
  readonly isUpdate: boolean;
}

/** The decisions in a function that are carried out after a suspension. */
export function staleDecisionsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  if (suspensionsOf(of).length === 0) return [];
  const accesses = accessesOf(program, file, of);
  const found: StaleDecision[] = [];
  for (const write of accesses) {
    if (!isWrite(write) || write.kind === 'append' || of.body.has(write.operation, Flag.Define) || isReset(write) || isOfOnePromise(program, write)) continue;
    const decision = decisionBehind(program, write, accesses);
    if (decision) found.push(decision);
  }
  return found;
}

/** `x = undefined`, `busy = false`, `until = 0`: gives a claim back. */
function isReset({ function: { body }, value }: Access): boolean {
  if (value === NONE) return false;
  const constant = body.constantOf(value);
  return body.kind(value) === Op.Zero || constant === false || constant === 0 || constant === '';
}

/** `this.client = await this.connecting`: everybody waits for one promise, and stores the same. */
function isOfOnePromise(program: AsyncProgram, write: Access): boolean {
  const source = program.source({ ...write, operation: write.value });
  const { body } = source.function;
  if (write.value === NONE || body.kind(source.operation) !== Op.Suspend || body.a(source.operation) === NONE) return false;
  const awaited = program.resolve({ ...source, operation: body.a(source.operation) });
  return accessesOf(program, awaited.file, awaited.function).some((each) => each.operation === awaited.operation && (each.home === 'this' || each.home === 'module'));
}

function decisionBehind(program: AsyncProgram, write: Access, accesses: readonly Access[]): StaleDecision | undefined {
  const { file, function: of, operation } = write;
  for (const passed of conditionsAt(of.body, operation)) {
    for (const origin of originsOf(program, file, of, passed.condition)) {
      const read = accesses.find((each) => each.operation === origin);
      if (!read || isWrite(read) || !isSameCell(program, read, write) || saysPresent(of, passed, origin)) continue;
      const claims = new Set(accesses.filter((each) => isWrite(each) && isSameCell(program, each, write)).map((each) => each.operation));
      const again = new Set(accesses.filter((each) => !isWrite(each) && isSameCell(program, each, write)).map((each) => each.operation));
      const suspension = suspensionBetween(of, origin, operation, claims, new Set([origin]));
      if (suspension === undefined || !isShared(program, write)) continue;
      if (again.size > 1 && isChecked(program, write)) return undefined;
      if (isChecked(program, write) || isClaimed(program, write, suspension) || isInRegion(program, read)) return undefined;
      if (write.key !== NONE && isFresh(program, { ...write, operation: write.key })) return undefined;
      return { read, suspension, write, isUpdate: false };
    }
  }
  return undefined;
}

/** True if the condition came out so that the element is there, or the variable is set. */
function saysPresent(of: AsyncFunction, { condition, holds }: Passed, read: number): boolean {
  const { body } = of;
  const isIt = (value: number): boolean => value === read || (body.kind(value) === Op.Extract && body.a(value) === read) || isReadBack(of, value, read);
  if (isIt(condition)) return holds;
  if (body.kind(condition) !== Op.Compute) return false;
  const [x, y] = [body.a(condition), body.b(condition)];
  const comparesWithNothing = (isIt(x) && y !== NONE && body.kind(y) === Op.Zero) || (isIt(y) && body.kind(x) === Op.Zero);
  if (!comparesWithNothing) return false;
  if (body.c(condition) === Operator.Equal) return !holds;
  return body.c(condition) === Operator.NotEqual && holds;
}

/** `const known = m.get(k); if (known)`: the variable holds the value read. */
function isReadBack({ body }: AsyncFunction, value: number, read: number): boolean {
  if (value === NONE || body.kind(value) !== Op.Read) return false;
  const place = body.a(value);
  for (let operation = read + 1; operation < value; operation++) {
    if (body.kind(operation) === Op.Write && body.a(operation) === place) return body.b(operation) === read;
  }
  return false;
}

/** Writes whose value was computed from what the same cell held before a suspension. */
export function lostUpdatesIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  if (suspensionsOf(of).length === 0) return [];
  const accesses = accessesOf(program, file, of);
  const found: StaleDecision[] = [];
  for (const write of accesses) {
    if ((write.kind !== 'write' && write.kind !== 'value-write') || write.value === NONE || of.body.has(write.operation, Flag.Define)) continue;
    const origins = originsOf(program, file, of, write.value, false);
    // What came meanwhile is looked at as well, and merged.
    const isMerged = [...origins].some((origin) => {
      const read = accesses.find((each) => each.operation === origin);
      return read !== undefined && !isWrite(read) && isSameCell(program, read, write) && suspensionBetween(of, origin, write.operation, undefined, new Set([origin])) === undefined;
    });
    if (isMerged) continue;
    for (const origin of origins) {
      const read = accesses.find((each) => each.operation === origin);
      if (!read || isWrite(read) || !isSameCell(program, read, write)) continue;
      if (isSameObjectBack(program, write, read)) continue;
      const suspension = suspensionBetween(of, origin, write.operation, undefined, new Set([origin]));
      if (suspension === undefined || !isShared(program, write)) continue;
      if (isChecked(program, write) || isClaimed(program, write, suspension) || isInRegion(program, read)) continue;
      if (write.key !== NONE && isFresh(program, { ...write, operation: write.key })) continue;
      found.push({ read, suspension, write, isUpdate: true });
      break;
    }
  }
  return found;
}

/** `const old = x; …; x = old`: what was set aside is put back. */
function isSameObjectBack(program: AsyncProgram, write: Access, read: Access): boolean {
  const source = program.source({ ...write, operation: write.value });
  return source.function === read.function && source.operation === read.operation;
}

