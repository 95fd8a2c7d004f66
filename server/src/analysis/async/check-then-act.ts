// A decision that is old by the time it is carried out:
//
//   if (!cache.has(key)) {              // A: missing   B: missing
//     const value = await load(key);    // A, B: suspended
//     cache.set(key, value);            // A: set       B: set
//   }

import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import { decisionsAt, withoutNegation } from '../conditions.ts';
import type { Passed } from '../conditions.ts';
import { loopOfIteration, loopsAround } from '../loops.ts';
import { accessesMadeAt, accessesAtOnce, accessesIn, accessesOf, accessesOfRoot, isEqual, isFresh, isOfValue, isReset, isSameCell, isSameRoot } from './cells.ts';
import type { Access } from './cells.ts';
import { originsOf, reaches, suspensionBetween } from './dependence.ts';
import { isEnding } from './endings.ts';
import { isClaimed, isWrite } from './claims.ts';
import { isChecked, isInRegion, isOnFailure } from './kills.ts';
import { isImport, loadsOnly } from './modules.ts';
import { isLinked, isOutside, isShared, mayComeAgain } from './overlap.ts';
import { PerFunction, suspensionsOf } from './program.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram, Point, Start } from './program.ts';

export interface StaleDecision {
  readonly read: Access;
  /** In the function that reads. */
  readonly suspension: number;
  readonly write: Access;
  /** True for writes whose value depends on the read; the decision may depend on it too. */
  readonly isUpdate: boolean;
  /** True if it was missing where it was read; false for other tests, and where nothing was tested. */
  readonly wasMissing: boolean;
  /** True if it was compared with what is written, or a part of that: who comes in between with something else has other work to do. */
  readonly isOfSame: boolean;
}

/** The decisions in a function that are carried out after a suspension. */
export function staleDecisionsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  if (suspensionsOf(of).length === 0 && of.kind !== 'closure') return [];
  return staleDecisions.get(program, of.body) ?? staleDecisions.set(program, of.body, findStaleDecisions(program, file, of));
}

/** Several rules ask for them. */
const staleDecisions = new PerFunction<readonly StaleDecision[]>();

function findStaleDecisions(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  const accesses = accessesOf(program, file, of);
  const found: StaleDecision[] = [];
  for (const write of accesses) {
    if (!isWrite(write) || of.body.has(write.operation, Flag.Define) || isReset(write) || isEnsured(program, write) || isOfOnePromise(program, write)) continue;
    const decision = decisionBehind(program, write, accesses);
    // One test, one finding: branches may each write what they came to, and what was waited for may be written in parts.
    if (decision && !found.some(({ read, suspension }) => suspension === decision.suspension || (read.operation === decision.read.operation && read.root === decision.read.root))) found.push(decision);
  }
  return found;
}

/** True if a write happens only where the element was missing. */
export function isGuarded(program: AsyncProgram, write: Access): boolean {
  const { file, function: of } = write;
  const accesses = accessesOf(program, file, of);
  return decisionsAt(of.body, write.operation).some((passed) =>
    [...originsOf(program, file, of, passed.condition)].some((origin) =>
      accessesMadeAt(accesses, origin).some((read) => !isWrite(read) && isSameCell(program, read, write) && saysMissing(of, passed, origin)),
    ),
  );
}

/** `m.getOrInsert(key, value)`, or a function that is called: it looks at the cell itself, and writes without giving way in between. */
export function isEnsured(program: AsyncProgram, write: Access): boolean {
  const { through } = write;
  if (!through) return write.kind === 'write' && write.shape === Shape.Map && write.function.body.has(write.operation, Flag.Update) && !isComputed(write);
  // What is put into a list is put there in any case.
  return (through.kind !== 'append' && through.function.body.has(through.operation, Flag.Update)) || isGuarded(program, through);
}

/** `counts[key] += n` */
function isComputed({ function: { body }, value }: Access): boolean {
  return value < 0 || body.kind(value) === Op.Compute;
}

/** `this.client = await this.connecting`, `parser ??= (await import('parser')).default`: everybody waits for one promise, and stores the same. */
function isOfOnePromise(program: AsyncProgram, write: Access): boolean {
  if (write.value !== NONE && !write.through && isOfModule(program, write)) return true;
  const source = program.source({ ...write, operation: write.value });
  const { body } = source.function;
  if (write.value === NONE || body.kind(source.operation) !== Op.Suspend || body.a(source.operation) === NONE) return false;
  const awaited = program.resolve({ ...source, operation: body.a(source.operation) });
  return accessesOf(program, awaited.file, awaited.function).some((each) => each.operation === awaited.operation && isOutside(each));
}

/** True for a module that was loaded by `import()`, and for what it exports. */
function isOfModule(program: AsyncProgram, write: Access): boolean {
  let at = program.source({ ...write, operation: write.value });
  for (let steps = 0; steps < 4; steps++) {
    const { body } = at.function;
    if (body.kind(at.operation) === Op.Suspend) {
      const awaited = body.a(at.operation);
      return awaited !== NONE && isImport(body, awaited);
    }
    if (body.kind(at.operation) !== Op.Read || body.placeKind(body.a(at.operation)) !== PlaceKind.Field) return false;
    const target = body.placeA(body.a(at.operation));
    if (body.placeKind(target) !== PlaceKind.Target) return false;
    at = program.source({ ...at, operation: body.placeA(target) });
  }
  return false;
}

function decisionBehind(program: AsyncProgram, write: Access, accesses: readonly Access[]): StaleDecision | undefined {
  const { file, function: of, operation } = write;
  const decisions = [operation, ...choicesOf(program, write)].flatMap((each) => decisionsAt(of.body, each));
  for (const passed of decisions) {
    for (const origin of originsOf(program, file, of, passed.condition)) {
      const read = accesses.find((each) => isOrigin(each, origin) && decidesAbout(program, each, passed, write));
      if (!read) continue;
      const claims = new Set(accessesAtOnce(program, file, of).filter((each) => isWrite(each) && each.operation !== operation && isSameCell(program, each, write)).map((each) => each.operation));
      claims.add(operation);
      const again = new Set(accesses.filter((each) => !isWrite(each) && isSameCell(program, each, write)).map((each) => each.operation));
      const suspension = suspensionBetween(of, settledRead(of, origin), operation, claims, new Set([origin]));
      if (suspension === undefined || !isShared(program, write)) continue;
      // What is there by now is what the new value is made of.
      const fresh = write.value === NONE ? [] : [...originsOf(program, file, of, write.value)].filter((each) => again.has(each));
      if (fresh.some((each) => suspensionBetween(of, each, operation, undefined, new Set([each])) === undefined)) return undefined;
      if (write.through && isMadeOfPresent(program, write.through)) return undefined;
      if (again.size > 1 && isChecked(program, write)) return undefined;
      if (isChecked(program, write) || isClaimed(program, write, suspension) || isInRegion(program, read)) return undefined;
      if (write.key !== NONE && isFresh(program, { ...write, operation: write.key })) return undefined;
      if (isSameObjectBack(program, write, read) || loadsOnly(program, read, write) || isFailureNoted(of, read.operation, operation)) return undefined;
      return { read, suspension, write, isUpdate: false, wasMissing: isMissing(program, passed, read), isOfSame: decisions.some((each) => isComparedWithWritten(program, each, read, write, accesses)) };
    }
  }
  return decisionBeforePromise(program, write);
}

/**
 * `async start() { if (this.started) return; …await…; this.started = true; }` with `stop() { this.started = false; }`: nobody in the
 * program calls it but whoever has the object, and there is one who starts what he will stop.
 */
export function isStart(program: AsyncProgram, write: Access): boolean {
  const { file, function: of, value } = write;
  if (write.kind !== 'value-write' || write.home !== 'this' || write.through || value < 0 || of.body.constantOf(value) !== true) return false;
  if (of.kind !== 'method' || isEnding(file, of) || program.callsOf(of).length > 0 || program.escapes(of)) return false;
  const others = accessesOfRoot(program, write.root).filter((each) => isWrite(each) && each.function !== of && each.function.kind !== 'constructor' && each.function.kind !== 'initializers');
  return others.length > 0 && others.every((each) => isReset(each) && isEnding(each.file, each.function));
}

/** `remove(name) { this.entries = this.entries.filter(…) }`: what a call sets is made of what is there when it is called. */
function isMadeOfPresent(program: AsyncProgram, inside: Access): boolean {
  if (inside.kind !== 'value-write' || inside.value === NONE) return false;
  const { file, function: of } = inside;
  const reads = accessesIn(program, file, of).filter((each) => !isWrite(each) && isSameCell(program, each, inside)).map((each) => each.operation);
  const origins = originsOf(program, file, of, inside.value);
  return reads.some((each) => origins.has(each) && suspensionBetween(of, each, inside.operation, undefined, new Set([each])) === undefined);
}

/** `if (this.failed) return; try { await work(); } catch { this.failed = true; }`: where the work is done, the test comes out the same again. */
function isFailureNoted(of: AsyncFunction, read: number, write: number): boolean {
  const waits = suspensionsOf(of).filter((each) => reaches(of.body, read, each) && reaches(of.body, each, write));
  return waits.length > 0 && waits.every((each) => isOnFailure(of, each, write));
}

/** `m.set(key, m.get(key) ?? (await load(key)))`: where it is chosen what will be written. */
function choicesOf(program: AsyncProgram, { file, function: of, value, through }: Access): readonly number[] {
  const { body } = of;
  const source = through || value < 0 ? undefined : program.source({ file, function: of, operation: value });
  if (source?.function !== of || body.kind(source.operation) !== Op.Read || body.placeKind(body.a(source.operation)) !== PlaceKind.Variable) return [];
  const writes = program.writesOf(file, body.placeA(body.a(source.operation)));
  if (writes.length < 2 || writes.some((each) => each.function !== of)) return [];
  return writes.map((each) => each.operation);
}

/** True if the condition says of what was read that it is not there; of a list and its length that is what is asked. */
function isMissing(program: AsyncProgram, passed: Passed, read: Access): boolean {
  return read.kind === 'iterate' || read.kind === 'length' || presenceOf(program, passed, read) === false;
}

/** Where a read is over: at the await of a container that answers with promises. */
function settledRead(of: AsyncFunction, read: number): number {
  return (of.body.kind(read) === Op.Call && of.body.calleeOf(read)?.store && suspensionsOf(of).find((each) => of.body.a(each) === read)) || read;
}

/** `if (!db) open().then((opened) => { db = opened; })`: the decision was made by the function that started this one. */
function decisionBeforePromise(program: AsyncProgram, write: Access): StaleDecision | undefined {
  const { file, function: of } = write;
  if (of.kind !== 'closure' || write.key !== NONE && isFresh(program, { ...write, operation: write.key })) return undefined;
  for (const start of program.startsOf(file, of)) {
    if (start.kind !== 'call' || start.run.when !== 'later' || runsOnRejection(start)) continue;
    const { at } = start;
    const outer = at.function;
    // Timers and events have reasons of their own.
    if (outer === of || outer.body.shape(at.operation) !== Shape.Promise || isLinked(program, at)) continue;
    const accesses = accessesOf(program, file, outer);
    const decisions = decisionsAt(outer.body, at.operation);
    for (const passed of decisions) {
      for (const origin of originsOf(program, file, outer, passed.condition)) {
        const read = accesses.find((each) => isOrigin(each, origin) && decidesAbout(program, each, passed, write));
        if (!read || !mayComeAgain(program, read) || isChecked(program, write) || isInRegion(program, read)) continue;
        // What is written before the function gives way keeps the others out.
        const claims = accesses.filter((each) => isWrite(each) && isSameCell(program, each, read));
        if (claims.length > 0 || isClaimed(program, at, at.operation)) return undefined;
        return { read, suspension: at.operation, write, isUpdate: false, wasMissing: isMissing(program, passed, read), isOfSame: decisions.some((each) => isComparedWithWritten(program, each, read, write, accesses)) };
      }
    }
  }
  return undefined;
}

/** `load().catch(() => { this.failed = true; })`: what is set is not that the work was done, but that it was not. */
function runsOnRejection({ at, run }: Start & { readonly kind: 'call' }): boolean {
  const name = at.function.body.calleeOf(at.operation)?.name;
  return name === 'Promise.catch' || (name === 'Promise.then' && run.argument === 2);
}

/** True if a value that came from the operation came from the access: what a search in a list gives comes from the list. */
function isOrigin(access: Access, origin: number): boolean {
  return access.operation === origin || (access.kind === 'iterate' && !access.through && access.function.body.a(access.operation) === origin);
}

/** The operation that gives what an access found: of a search with a function, the call. */
function resultOf({ function: { body }, operation, kind, through }: Access): number {
  if (kind !== 'iterate' || through) return operation;
  const container = body.a(operation);
  for (let after = operation + 1; after < body.operationCount; after++) {
    if (body.kind(after) === Op.Call && body.calleeOf(after)?.kind === 'builtin' && body.list(after)[0] === container) return after;
    if (body.kind(after) === Op.Iterate) break;
  }
  return operation;
}

/** True if a condition read what the write changes, and came out so that it was not there. */
function decidesAbout(program: AsyncProgram, read: Access, passed: Passed, write: Access): boolean {
  if (isWrite(read) || !isSameRoot(read, write)) return false;
  const { function: of } = read;
  // A loop over what was read comes to its end whatever that is.
  if (of.body.kind(passed.condition) === Op.Next) return false;
  if (read.kind === 'length') return (write.kind === 'write' || write.kind === 'append') && saysEmpty(of, passed, read.operation);
  // Whether the list has it: what a search gives, not a turn of a loop.
  if (write.kind === 'append') return read.kind === 'iterate' && (read.through !== undefined || !loopOfIteration(of.body, read.operation)) && !saysPresent(of, passed, resultOf(read));
  return isSameCell(program, read, write) && presenceOf(program, passed, read) !== true && mayTurn(program, passed, read, write);
}

/**
 * False if the test comes out the same after the write: `if (status !== Stopped) { …await…; status = Failed }` keeps nobody out.
 * Of what a call says about a cell it has to be seen that it asks whether it is there.
 */
function mayTurn(program: AsyncProgram, passed: Passed, read: Access, write: Access): boolean {
  if (read.through) return presenceOf(program, passed, read) !== undefined;
  const { body } = read.function;
  const { condition, holds } = passed;
  if (body.kind(condition) !== Op.Compute || !isOfValue(write) || write.value === NONE || write.through) return true;
  const operator: Operator = body.c(condition);
  if (operator !== Operator.Equal && operator !== Operator.NotEqual) return true;
  const [x, y] = [body.a(condition), body.b(condition)];
  const isIt = (value: number): boolean => value === read.operation || isReadBack(read.function, value, read.operation);
  const compared = isIt(x) ? y : isIt(y) ? x : NONE;
  if (compared === NONE || !isConstant(body, compared) || !isConstant(body, write.value)) return true;
  const isSame = isEqual(program, { ...read, operation: compared }, { ...write, operation: write.value });
  return isSame !== ((operator === Operator.Equal) === holds);
}

/** `if (loaded === name) return; await load(name); loaded = name;` */
function isComparedWithWritten(program: AsyncProgram, { condition }: Passed, read: Access, write: Access, accesses: readonly Access[]): boolean {
  const { file, function: of } = read;
  const { body } = of;
  if (body.kind(condition) !== Op.Compute || write.value === NONE || write.through || isConstant(write.function.body, write.value)) return false;
  if (body.c(condition) !== Operator.Equal && body.c(condition) !== Operator.NotEqual) return false;
  const sides = [body.a(condition), body.b(condition)];
  return sides.some((side, i) => {
    const other = sides[1 - i]!;
    if (side === NONE || other === NONE) return false;
    const origins = originsOf(program, file, of, side);
    if (!accesses.some((each) => origins.has(each.operation) && !isWrite(each) && isSameCell(program, each, read))) return false;
    return [other, ...originsOf(program, file, of, other)].some((each) => each !== NONE && isEqual(program, { ...read, operation: each }, { ...write, operation: write.value }));
  });
}

/** A literal, or a member of an enum. */
function isConstant(body: FunctionBody, value: number): boolean {
  if (body.kind(value) === Op.Constant) return true;
  if (body.kind(value) !== Op.Read || body.placeKind(body.a(value)) !== PlaceKind.Field) return false;
  const target = body.placeA(body.a(value));
  return body.placeKind(target) === PlaceKind.Target && body.kind(body.placeA(target)) === Op.Constant;
}

/** Whether what was read is there, by how the condition came out. Of what a call says it has to be seen that it asks for that. */
export function presenceOf(program: AsyncProgram, passed: Passed, read: Access): boolean | undefined {
  // What comes out of the call is looked at as a whole; a part of it, or what is computed from it, says something else.
  const told = presence(read.function, passed, read.operation);
  if (told === undefined || !read.through) return told;
  const whenTrue = presenceTold(program, read.through);
  return whenTrue === undefined ? undefined : told === whenTrue;
}

/** What a function says that returns what it read, or whether that is there: true if yes means that it is, false if yes means that it is not. */
function presenceTold(program: AsyncProgram, inside: Access): boolean | undefined {
  const { body } = inside.function;
  if (inside.kind === 'iterate') return true;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Return) continue;
    for (const value of body.list(operation)) {
      if (value === NONE) continue;
      const end = program.resolve({ file: inside.file, function: inside.function, operation: value });
      if (end.operation === inside.operation) return true;
      const told = presence(inside.function, withoutNegation(body, { condition: value, holds: true }), inside.operation);
      if (told !== undefined) return told;
    }
  }
  return inside.kind === 'has' ? true : undefined;
}

/** True if the condition came out so that a container has no elements. */
function saysEmpty({ body }: AsyncFunction, { condition, holds }: Passed, length: number): boolean {
  if (condition === length) return !holds;
  if (body.kind(condition) !== Op.Compute || body.a(condition) !== length || body.b(condition) === NONE || body.constantOf(body.b(condition)) !== 0) return false;
  switch (body.c(condition)) {
    case Operator.Equal:
      return holds;
    case Operator.NotEqual:
    case Operator.Greater:
      return !holds;
    default:
      return false;
  }
}

/** True if the condition came out so that the element is there, or the variable is set. */
function saysPresent(of: AsyncFunction, passed: Passed, read: number): boolean {
  return presence(of, passed, read) === true;
}

/** True if the condition came out so that the element is not there. */
function saysMissing(of: AsyncFunction, passed: Passed, read: number): boolean {
  return presence(of, passed, read) === false;
}

/** Whether the element is there, or the variable set, by how a condition came out; undefined if it asks for something else. */
function presence(of: AsyncFunction, { condition, holds }: Passed, read: number): boolean | undefined {
  const { body } = of;
  const isIt = (value: number): boolean => value === read || (body.kind(value) === Op.Extract && body.a(value) === read) || isReadBack(of, value, read);
  if (isIt(condition)) return holds;
  if (body.kind(condition) !== Op.Compute) return undefined;
  const [x, y] = [body.a(condition), body.b(condition)];
  if (isIt(x) && isIndex(of, y)) return isFoundIndex(body.c(condition), isMinusOne(of, y)) === holds;
  const comparesWithNothing = (isIt(x) && y !== NONE && body.kind(y) === Op.Zero) || (isIt(y) && body.kind(x) === Op.Zero);
  if (!comparesWithNothing) return undefined;
  if (body.c(condition) === Operator.Equal) return !holds;
  return body.c(condition) === Operator.NotEqual ? holds : undefined;
}

/** What an index is compared with to know whether there is one: 0 or -1. */
function isIndex(of: AsyncFunction, value: number): boolean {
  return value !== NONE && (of.body.constantOf(value) === 0 || isMinusOne(of, value));
}

function isMinusOne({ body }: AsyncFunction, value: number): boolean {
  return body.kind(value) === Op.Compute && body.c(value) === Operator.Negate && body.constantOf(body.a(value)) === 1;
}

/** Whether there is an index if the comparison holds. */
function isFoundIndex(operator: Operator, isWithMinusOne: boolean): boolean {
  return operator === Operator.NotEqual || operator === Operator.Greater || (operator === Operator.GreaterOrEqual && !isWithMinusOne);
}

/** `const known = m.get(k); if (known)`: the variable holds the value read, or nothing where it was not read. */
function isReadBack(of: AsyncFunction, value: number, read: number, depth = 0): boolean {
  const { body } = of;
  if (value === NONE || depth > 3 || body.kind(value) !== Op.Read) return false;
  const place = body.a(value);
  if (body.placeKind(place) !== PlaceKind.Variable) return false;
  let is = false;
  for (let operation = 0; operation < value; operation++) {
    if (body.kind(operation) !== Op.Write || body.a(operation) !== place) continue;
    const written = body.b(operation);
    if (written === read || isReadBack(of, written, read, depth + 1)) is = true;
    else if (operation > read && written !== NONE && body.kind(written) !== Op.Zero) return is;
  }
  return is;
}

/**
 * `this.watcher?.dispose(); this.watcher = undefined; …await…; this.watcher = watch()`: of two calls at once, the first one's
 * watcher is replaced and never disposed of.
 */
export function lostReplacementsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  if (suspensionsOf(of).length === 0) return [];
  const { body } = of;
  const accesses = accessesIn(program, file, of);
  const found: StaleDecision[] = [];
  for (const write of accesses) {
    if (write.kind !== 'value-write' || write.value === NONE || isReset(write) || (write.home !== 'this' && write.home !== 'module')) continue;
    const made = program.source({ file, function: of, operation: write.value });
    if (made.function !== of || body.kind(made.operation) !== Op.Allocate) continue;
    const reset = accesses.find((each) => each.kind === 'value-write' && each !== write && isSameCell(program, each, write) && body.kind(each.value) === Op.Zero && suspensionBetween(of, each.operation, write.operation) !== undefined);
    const read = reset && accesses.find((each) => each.kind === 'value-read' && isSameCell(program, each, write) && isReleased(of, each, reset));
    if (!reset || !read || !isShared(program, write) || isChecked(program, write) || isInRegion(program, reset)) continue;
    const suspension = suspensionBetween(of, reset.operation, write.operation)!;
    if (suspensionBetween(of, made.operation, write.operation) === undefined) found.push({ read, suspension, write, isUpdate: false, wasMissing: false, isOfSame: false });
  }
  return found;
}

/** True if a method without arguments is called on what a read gave, before another operation: that is how something is given up. */
function isReleased({ body }: AsyncFunction, read: Access, before: Access): boolean {
  for (let call = read.operation + 1; call < before.operation; call++) {
    if (body.kind(call) === Op.Call && body.has(call, Flag.HasReceiver) && body.list(call).length === 1 && body.list(call)[0] === read.operation) return true;
  }
  return false;
}

/** Writes whose value was computed from what the same cell held before a suspension. */
export function lostUpdatesIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  if (suspensionsOf(of).length === 0) return [];
  return lostUpdates.get(program, of.body) ?? lostUpdates.set(program, of.body, findLostUpdates(program, file, of));
}

const lostUpdates = new PerFunction<readonly StaleDecision[]>();

function findLostUpdates(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly StaleDecision[] {
  const accesses = accessesOf(program, file, of);
  const found: StaleDecision[] = [];
  for (const write of accesses) {
    if ((write.kind !== 'write' && write.kind !== 'value-write') || write.value === NONE || of.body.has(write.operation, Flag.Define)) continue;
    const origins = originsOf(program, file, of, write.value, false);
    // What came meanwhile is looked at as well, and merged.
    const readAt = (origin: number): Access | undefined => accessesMadeAt(accesses, origin).find((each) => !isWrite(each) && isSameCell(program, each, write));
    const isMerged = [...origins].some((origin) => readAt(origin) !== undefined && suspensionBetween(of, origin, write.operation, undefined, new Set([origin])) === undefined);
    if (isMerged) continue;
    for (const origin of origins) {
      const read = readAt(origin);
      if (!read) continue;
      if (isSameObjectBack(program, write, read) || isCarried(program, write, origin) || isOfTurn(write, read)) continue;
      const suspension = suspensionBetween(of, origin, write.operation, undefined, new Set([origin]));
      // What was set aside before another value was tried is put back.
      if (suspension !== undefined && accesses.some((each) => isWrite(each) && each.operation !== write.operation && isSameCell(program, each, read) && reaches(of.body, origin, each.operation) && reaches(of.body, each.operation, suspension))) continue;
      if (suspension === undefined || !isShared(program, write)) continue;
      if (isChecked(program, write) || isClaimed(program, write, suspension) || isInRegion(program, read)) continue;
      if (write.key !== NONE && isFresh(program, { ...write, operation: write.key })) continue;
      found.push({ read, suspension, write, isUpdate: true, wasMissing: false, isOfSame: false });
      break;
    }
  }
  return found;
}

/**
 * `const value = m.get(k) ?? (await load(k)); m.set(k, value)`: what was read is written as it was, or something else is. Not
 * `let sum = total; for await (const n of numbers) sum += n; total = sum`, which is computed from it.
 */
function isCarried(program: AsyncProgram, { file, function: of, value }: Access, read: number): boolean {
  const { body } = of;
  const seen = new Set<number>();
  const stack = [value];
  let isCarried = false;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === read) isCarried = true;
    if (at < 0 || at === read || seen.has(at)) continue;
    seen.add(at);
    if (body.kind(at) === Op.Read && body.placeKind(body.a(at)) === PlaceKind.Variable) {
      stack.push(...program.writesOf(file, body.placeA(body.a(at))).filter((each) => each.function === of).map((each) => body.b(each.operation)));
    } else if (body.kind(at) === Op.Compute && originsOf(program, file, of, at, false).has(read)) return false;
  }
  return isCarried;
}

/** `for (const x of list) { …; list = await reload(x); }`: a turn of the loop knows one element, and makes nothing of the others. */
function isOfTurn(write: Access, read: Access): boolean {
  const { body } = write.function;
  return loopsAround(body, write.operation).some((index) => {
    const { iterate } = body.loops[index]!;
    return iterate !== NONE && (iterate === read.operation || body.a(iterate) === read.operation);
  });
}

/** `const old = x; …; x = old`: what was set aside is put back. */
function isSameObjectBack(program: AsyncProgram, write: Access, read: Access): boolean {
  return isFrom(program, { ...write, operation: write.value }, read, 0);
}

/** True for a value that is what was read, or nothing: `const old = typeof x === 'function' ? x : undefined`. */
function isFrom(program: AsyncProgram, value: Point, read: Access, depth: number): boolean {
  const source = program.source(value);
  const { body } = source.function;
  if (source.function !== read.function || source.operation === NONE || depth > 3) return false;
  if (source.operation === read.operation) return true;
  if (body.kind(source.operation) !== Op.Read || body.placeKind(body.a(source.operation)) !== PlaceKind.Variable) {
    // The cell, read again at once.
    return accessesMadeAt(accessesIn(program, source.file, source.function), source.operation).some((each) => !isWrite(each) && isSameCell(program, each, read) && suspensionBetween(read.function, read.operation, each.operation) === undefined);
  }
  const written = program.writesOf(source.file, body.placeA(body.a(source.operation)));
  const values = written.filter((each) => each.function === read.function).map((each) => body.b(each.operation)).filter((each) => each === NONE || body.kind(each) !== Op.Zero);
  return written.length > 1 && values.length > 0 && values.every((each) => each !== NONE && isFrom(program, { ...source, operation: each }, read, depth + 1));
}

