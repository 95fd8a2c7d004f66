// What was there before a suspension and is used after it, when another call of the same function may have removed it:
//
//   if (!this.session) return;     // A: there     B: there
//   await this.flush();            // A, B: suspended
//   this.session.end();            // A: ended     B: there is none
//   this.session = undefined;      // A: removed
//
// And what is taken from a list by an index that is found only then: where somebody removed it, the index is -1, and -1 is the
// last one.

import { End } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { decisionsAt } from '../conditions.ts';
import type { Passed } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { accessesIn, isFresh, isOfValue, isSameCell, isSameRoot } from './cells.ts';
import type { Access } from './cells.ts';
import { presenceOf } from './check-then-act.ts';
import { isClaimed, isWrite } from './claims.ts';
import { originsOf, reaches, suspensionBetween } from './dependence.ts';
import { isChecked, isInRegion } from './kills.ts';
import { isOutside, isShared } from './overlap.ts';
import { suspensionsOf } from './program.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram, Point, Start } from './program.ts';
import { elsewhere, empties } from './two-sided.ts';
import type { Hazard } from './two-sided.ts';

export interface Vanishing {
  /** Where it was seen to be there. */
  readonly read: Access;
  readonly suspension: number;
  /** Where it is read again, to be used. */
  readonly use: Access;
  readonly removal: Access;
}

/** What a function uses after a suspension that the same function, called a second time, may have removed by then. */
export function vanishedIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Vanishing[] {
  if (suspensionsOf(of).length === 0) return [];
  const accesses = accessesIn(program, file, of);
  const removals = accesses.filter((each) => isRemoval(each) && isOutside(each));
  const found: Vanishing[] = [];
  for (const removal of removals) {
    if (removal.key !== NONE && isFresh(program, { ...removal, operation: removal.key })) continue;
    const again = new Set(accesses.filter((each) => isWrite(each) && !isRemoval(each) && isSameCell(program, each, removal)).map((each) => each.operation));
    for (const use of accesses) {
      if ((use.kind !== 'read' && use.kind !== 'value-read') || !isSameCell(program, use, removal) || found.some((each) => isSameCell(program, each.use, use))) continue;
      const needing = needingOf(program, use);
      if (needing === undefined) continue;
      const seen = seenBefore(program, use, accesses, again);
      if (!seen || suspensionBetween(of, seen.read.operation, removal.operation) === undefined) continue;
      if (!isShared(program, removal) || isChecked(program, { ...use, operation: needing }) || isClaimed(program, use, seen.suspension) || isInRegion(program, seen.read)) continue;
      found.push({ ...seen, use, removal });
    }
  }
  return found;
}

/** `entries.delete(key)`, `this.session = undefined` */
function isRemoval(access: Access): boolean {
  const { function: { body }, kind, shape, value } = access;
  if (kind === 'remove') return shape === Shape.Map;
  return kind === 'value-write' && value >= 0 && body.kind(value) === Op.Zero && !body.has(access.operation, Flag.Define);
}

/** The first operation that fails if there is nothing in what was read; undefined if none does, or its failure is swallowed. */
function needingOf(program: AsyncProgram, use: Access): number | undefined {
  const { file, function: of, operation: read } = use;
  const { body } = of;
  const isIt = (value: number): boolean => {
    if (value < 0) return false;
    const end = program.resolve({ file, function: of, operation: value });
    return end.function === of && end.operation === read;
  };
  for (let operation = read + 1; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    const isNeeding = (kind === Op.Call && body.has(operation, Flag.HasReceiver) && isIt(body.list(operation)[0] ?? NONE)) || ((kind === Op.Read || kind === Op.Write) && isIt(body.pointerOf(body.a(operation))));
    if (isNeeding) return isSwallowed(of, operation) ? undefined : operation;
  }
  return undefined;
}

/** True if what an operation throws is caught where nothing is done about it. */
function isSwallowed({ body }: AsyncFunction, operation: number): boolean {
  const block = graphOf(body).blockOf(operation);
  const onThrow = body.endOf(block) === End.Choose ? body.successors(block)[1] : undefined;
  if (onThrow === undefined || body.endOf(onThrow) !== End.Jump) return false;
  // At most the name of the error.
  for (let each = body.firstOperation(onThrow); each < body.endOperation(onThrow); each++) {
    if (body.kind(each) !== Op.Opaque && !(body.kind(each) === Op.Write && body.has(each, Flag.Define))) return false;
  }
  return true;
}

/** The look before a suspension that let the function go on to a use. */
function seenBefore(program: AsyncProgram, use: Access, accesses: readonly Access[], again: ReadonlySet<number>): { readonly read: Access; readonly suspension: number } | undefined {
  const { file, function: of, operation } = use;
  for (const passed of decisionsAt(of.body, operation)) {
    for (const origin of originsOf(program, file, of, passed.condition)) {
      const read = accesses.find((each) => each.operation === origin && !isWrite(each) && each !== use && isSameCell(program, each, use));
      if (!read || !(presenceOf(program, passed, read) === true || isChained(program, passed, read))) continue;
      const suspension = suspensionBetween(of, origin, operation, again, new Set([...again, origin]));
      if (suspension !== undefined) return { read, suspension };
    }
  }
  return undefined;
}

/** `if (this.session?.isOpen()) …`: yes can only be said by what is there. */
function isChained(program: AsyncProgram, { condition, holds }: Passed, read: Access): boolean {
  const { file, function: of } = read;
  const { body } = of;
  if (!holds || body.kind(condition) !== Op.Read || body.placeKind(body.a(condition)) !== PlaceKind.Variable) return false;
  const writes = program.writesOf(file, body.placeA(body.a(condition))).filter((each) => each.function === of).map((each) => each.operation);
  return writes.length > 1 && writes.every((write) => {
    const value = body.b(write);
    if (value !== NONE && body.kind(value) === Op.Zero) return true;
    return decisionsAt(body, write).some((passed) => presenceOf(program, passed, read) === true);
  });
}

/** `list.splice(list.indexOf(item), 1)` in what runs later, when others may have taken the element, or emptied the list. */
export function staleIndicesIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  const found: Hazard[] = [];
  for (const removal of accessesIn(program, file, of)) {
    if (removal.kind !== 'shift' || removal.through) continue;
    const index = searchFor(program, removal);
    if (!index) continue;
    const waiting = leftAt(program, index);
    if (!waiting || isLookedAt(program, removal, index) || isChecked(program, removal)) continue;
    // What the function around sets, it starts with.
    const other = elsewhere(program, removal, (access) => (empties(program, access) && !isAround(file, access.function, of)) || (access.kind === 'shift' && access.function.body.kind(access.operation) === Op.Delete), waiting.function);
    if (other) found.push({ at: removal, suspension: waiting.operation, waiting, other });
  }
  return found;
}

function isAround(file: AsyncFile, outer: AsyncFunction, inner: AsyncFunction): boolean {
  for (let at: AsyncFunction | undefined = inner; at; at = file.functions[at.body.parent]) if (at === outer) return true;
  return false;
}

/** The search whose result an element is removed at: `list.indexOf(item)`, in the same list. */
function searchFor(program: AsyncProgram, removal: Access): Access | undefined {
  const { file, function: of, operation } = removal;
  const { body } = of;
  const index = body.c(operation);
  if (index === NONE) return undefined;
  const { function: within, operation: value } = program.source({ file, function: of, operation: index });
  if (within !== of) return undefined;
  return accessesIn(program, file, of).find((each) => {
    if (each.kind !== 'iterate' || !isSameRoot(each, removal) || isOfValue(each)) return false;
    return each.operation === value || (body.kind(value) === Op.Call && body.calleeOf(value)?.kind === 'builtin' && body.list(value)[0] === body.a(each.operation));
  });
}

/** True if the index decides whether the element is removed. */
function isLookedAt(program: AsyncProgram, { file, function: of, operation }: Access, index: Access): boolean {
  const container = of.body.a(index.operation);
  return decisionsAt(of.body, operation).some(({ condition }) => {
    const origins = originsOf(program, file, of, condition);
    return origins.has(index.operation) || origins.has(container);
  });
}

/** Where what a function does later is left behind: a suspension of its own, or the call that it is given to; undefined if it may run at once. */
function leftAt(program: AsyncProgram, index: Access): Point | undefined {
  const { file, function: of, operation } = index;
  const own = suspensionsOf(of).find((each) => reaches(of.body, each, operation));
  if (own !== undefined) return { file, function: of, operation: own };
  if (of.kind !== 'closure') return undefined;
  const calls = program.startsOf(file, of).flatMap((start) => (start.kind === 'kept' || !(isLater(start) || needsResult(program, index, start.at)) ? [] : [start.at]));
  return calls.length === program.startsOf(file, of).length ? calls[0] : undefined;
}

function isLater(start: Start): boolean {
  return start.kind === 'call' && start.run.when === 'later';
}

/** `const timer = after(() => { … timer … })`: when the function runs there is what the call gave. */
function needsResult(program: AsyncProgram, { file, function: of }: Access, call: Point): boolean {
  const { body } = of;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Read || body.placeKind(body.a(operation)) !== PlaceKind.Variable) continue;
    const source = program.source({ file, function: of, operation });
    if (source.function === call.function && source.operation === call.operation) return true;
  }
  return false;
}
