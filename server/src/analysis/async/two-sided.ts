// Races that two functions make together: one removes or replaces what the other one, suspended, still counts on.

import { End } from '../../model/function-body.ts';
import type { FunctionBody, Loop } from '../../model/function-body.ts';
import { Shape, VariableKind } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import { graphOf } from '../graph.ts';
import { isInLoop, loopOfIteration, loopsAround } from '../loops.ts';
import { conditionsAt } from '../conditions.ts';
import { accessesMadeAt, accessesIn, accessesOf, accessesOfRoot, isContainerAccess, isFresh, isOfValue, isSameCell, isSameRoot } from './cells.ts';
import type { Access } from './cells.ts';
import { isEnsured, isGuarded } from './check-then-act.ts';
import { isEnding } from './endings.ts';
import { comesFromPromise, comesFromSuspension, originsOf, reaches, suspensionBetween } from './dependence.ts';
import { isClaimed, isWrite } from './claims.ts';
import { isChecked, isInRegion, isOnFailure } from './kills.ts';
import { isShutOut } from './shut-out.ts';
import { isShared, mayComeAgain, mayOverlap } from './overlap.ts';
import { suspensionsOf } from './program.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram, Point } from './program.ts';

export interface Hazard {
  /** Where the defect is told. */
  readonly at: Access;
  readonly suspension: number;
  /** Where the suspension is, if that is not the function of `at`. */
  readonly waiting?: Point;
  /** What came before the suspension, in the same function. */
  readonly before?: Access;
  /** The other side, in another function. */
  readonly other?: Access;
  /** All that do what the other side does, the other side first. */
  readonly others?: readonly Access[];
}

/** An access of the same variable or field in another function than `of`'s, and outside of `around`. */
export function elsewhere(program: AsyncProgram, of: Access, isIt: (access: Access) => boolean, around: AsyncFunction = of.function): Access | undefined {
  return accessesOfRoot(program, of.root).find((access) => isElsewhere(of, access, isIt, around));
}

function isElsewhere(of: Access, access: Access, isIt: (access: Access) => boolean, around: AsyncFunction): boolean {
  const { file, function: each } = access;
  if (each.kind === 'module' || each.kind === 'initializers' || each.kind === 'constructor' || isEnding(file, each)) return false;
  return isSameRoot(access, of) && isIt(access) && !isWithin(file, each, of.function) && !isWithin(file, each, around);
}

/** True for a function and the closures in it. */
function isWithin(file: AsyncFile, inner: AsyncFunction, outer: AsyncFunction): boolean {
  let at: AsyncFunction | undefined = inner;
  while (at) {
    if (at === outer) return true;
    at = at.body.parent === NONE ? undefined : file.functions[at.body.parent];
  }
  return false;
}

/** True for accesses that empty a container: `clear()`, `length = 0`, another container in its place. */
export function empties(program: AsyncProgram, access: Access): boolean {
  if (access.kind === 'clear') return true;
  const written = access.through ?? access;
  // `this.entries ??= new Map()` is where there is none yet.
  return access.kind === 'value-write' && isEmptyValue(written) && !isGuarded(program, written);
}

function isEmptyValue(access: Access): boolean {
  const { body } = access.function;
  if (access.value === NONE || body.has(access.operation, Flag.Define)) return false;
  const kind = body.kind(access.value);
  if (kind === Op.Zero) return true;
  return (kind === Op.Make && body.list(access.value).length === 0) || (kind === Op.Allocate && access.shape === Shape.Map);
}

/** `cache.set(key, await load(key))` with `cache.clear()` in another function. */
export function staleWritesIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  const found: Hazard[] = [];
  const settled = suspensionsOf(of).length === 0 ? settledBy(program, file, of) : undefined;
  if (suspensionsOf(of).length === 0 && !settled) return found;
  for (const write of accessesOf(program, file, of)) {
    if (write.kind !== 'write' || write.shape !== Shape.Map || write.value === NONE || !isShared(program, write)) continue;
    // One call that writes to several containers.
    if (found.some((each) => each.at.operation === write.operation)) continue;
    if (isFresh(program, { ...write, operation: write.key }) || !(settled ? comesFromPromise : comesFromSuspension)(program, { ...write, operation: write.value })) continue;
    const suspension = settled ? settled.operation : suspensionsOf(of).find((each) => reaches(of.body, each, write.operation));
    if (suspension === undefined || isChecked(program, write) || isInRegion(program, write)) continue;
    // What is set before the suspension under the same key is this activation's own entry, that others may replace.
    // A key that came with the value is one that nobody can have removed before.
    const came = settled ? comesFromPromise : comesFromSuspension;
    const isKeyNew = write.key >= 0 ? came(program, { ...write, operation: write.key }) : isKeyOf(program, write, (given) => came(program, given));
    const isTaken = !settled && isTakenBefore(program, write, suspension);
    const undoes = (access: Access): boolean => (empties(program, access) && !(isTaken && isOfValue(access))) || (access.kind === 'remove' && !isKeyNew && !isCleanup(program, access));
    const others = accessesOfRoot(program, write.root).filter((each) => isElsewhere(write, each, undoes, settled?.function ?? of) && !begins(program, each, of));
    const [other] = others;
    if (other) found.push({ at: write, suspension, other, others, ...(settled && { waiting: settled }) });
  }
  return found;
}

/** `this.add(await load())`, with the key made of what is given there: true if all that it is made of is so. */
function isKeyOf(program: AsyncProgram, { keyAt }: Access, isSo: (given: Point) => boolean): boolean {
  const call = keyAt?.call;
  if (!keyAt || !call) return false;
  const { body } = keyAt.function;
  const given = call.function.body.kind(call.operation) === Op.Call ? call.function.body.list(call.operation) : [];
  const offset = call.function.body.has(call.operation, Flag.HasReceiver) ? 1 : 0;
  let isMade = false;
  for (const origin of originsOf(program, keyAt.file, keyAt.function, keyAt.operation)) {
    if (body.kind(origin) !== Op.Read || body.placeKind(body.a(origin)) !== PlaceKind.Variable) continue;
    const position = body.parameters.indexOf(body.placeA(body.a(origin)));
    if (position < 0) continue;
    const argument = given[position + offset] ?? NONE;
    if (argument === NONE || !isSo({ ...call, operation: argument })) return false;
    isMade = true;
  }
  return isMade;
}

/**
 * `this.entries.clear(); for (const key of keys) await this.load(key);`: what empties is the beginning of the work that the
 * function is a part of, which nobody else calls. To begin again is to store again, and what is stored is as new.
 */
function begins(program: AsyncProgram, emptying: Access, part: AsyncFunction): boolean {
  const { body } = emptying.function;
  const isBegun = (of: AsyncFunction, depth: number): boolean => {
    if (depth > mostCallers || of.isExported || program.escapes(of)) return false;
    const calls = program.callsOf(of).filter((call) => call.function !== of);
    return calls.length > 0 && calls.every((call) => {
      if (call.function !== emptying.function) return isBegun(call.function, depth + 1);
      return reaches(body, emptying.operation, call.operation) && !reaches(body, call.operation, emptying.operation);
    });
  };
  return (part.kind === 'function' || part.kind === 'method') && isBegun(part, 0);
}

/** How many callers are followed. */
const mostCallers = 4;

/** `load(key).then((value) => entries.set(key, value))`: where a promise is given the function, and nobody else has it; undefined for other functions. */
function settledBy(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): Point | undefined {
  if (of.kind !== 'closure') return undefined;
  const [only, ...others] = program.startsOf(file, of);
  if (!only || others.length > 0 || only.kind !== 'call' || only.run.when !== 'later') return undefined;
  return only.at.function.body.shape(only.at.operation) === Shape.Promise ? only.at : undefined;
}

/** `entries.set(key, await load(key))`: the container is the one of before the suspension, whatever has taken its place. */
function isTakenBefore(program: AsyncProgram, { file, function: of, operation, through }: Access, suspension: number): boolean {
  const { body } = of;
  if (through || body.kind(operation) !== Op.Write || body.placeKind(body.a(operation)) !== PlaceKind.Element) return false;
  const taken = program.resolve({ file, function: of, operation: body.placeA(body.a(operation)) });
  return taken.function === of && taken.operation < suspension && suspensionBetween(of, taken.operation, operation, undefined, new Set([taken.operation])) !== undefined;
}

/** A removal after a suspension of its own function ends what that function began. */
function isCleanup(program: AsyncProgram, access: Access): boolean {
  const { file, function: of } = access;
  if (suspensionsOf(of).some((each) => reaches(of.body, each, access.operation))) return true;
  return accessesOf(program, file, of).some((each) => each.kind === 'write' && isSameCell(program, each, access));
}

/** `inflight.set(key, p); try { await p } finally { inflight.delete(key) }`. */
export function successorsDeletedIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  const found: Hazard[] = [];
  // A closure may be what runs when a suspension of the function around it is over.
  if (suspensionsOf(of).length === 0 && of.kind !== 'closure') return found;
  for (const removal of accessesOf(program, file, of)) {
    if (removal.kind !== 'remove' || removal.shape !== Shape.Map) continue;
    const shape = removal.key < 0 ? Shape.Unknown : of.body.shape(removal.key);
    if (shape === Shape.Promise || shape === Shape.Function || isFresh(program, { ...removal, operation: removal.key })) continue;
    // A function that removes under a condition of its own decides by that what it ends.
    if (removal.through && conditionsAt(removal.through.function.body, removal.through.operation).length > 0) continue;
    const own = ownEntry(program, file, removal);
    if (!own || !isLookedUp(program, own.write) || !mayComeAgain(program, own.write) || isChecked(program, removal) || isAnswered(program, removal)) continue;
    // What ends the same entry another way is not another side.
    const other = elsewhere(program, removal, (access) => empties(program, access) || (access.kind === 'remove' && !endsOwnEntry(program, access)), own.write.function);
    if (other) found.push({ at: removal, suspension: own.suspension, before: own.write, other });
    else if (!isGuarded(program, own.write) && !isInRegion(program, own.write)) found.push({ at: removal, suspension: own.suspension, before: own.write });
  }
  return found;
}

/** True for the end of an entry that was stored where there was none: while it is there, it is nobody else's. */
function endsOwnEntry(program: AsyncProgram, removal: Access): boolean {
  const own = ownEntry(program, removal.file, removal);
  return own !== undefined && isGuarded(program, own.write);
}

/** `callbacks.get(key)(result); callbacks.delete(key);`: whichever is there by now was called, and is done with. */
function isAnswered(program: AsyncProgram, removal: Access): boolean {
  const { file, function: of } = removal;
  const { body } = of;
  return accessesIn(program, file, of).some((read) => {
    if (read.kind !== 'read' || !isSameCell(program, read, removal) || !reaches(body, read.operation, removal.operation)) return false;
    if (suspensionBetween(of, read.operation, removal.operation) !== undefined || !suspensionsOf(of).some((each) => reaches(body, each, read.operation))) return false;
    for (let call = read.operation + 1; call < body.operationCount; call++) if (body.kind(call) === Op.Call && body.b(call) === read.operation) return true;
    return false;
  });
}

/** True if the function, or one that calls it, looks for an entry before it stores its own: another call may have the same key. What nobody looks for may be a number of its own. */
function isLookedUp(program: AsyncProgram, write: Access): boolean {
  const isLook = (each: Access): boolean => each.kind === 'read' || each.kind === 'has';
  if (accessesOf(program, write.file, write.function).some((each) => isLook(each) && isSameCell(program, each, write) && reaches(write.function.body, each.operation, write.operation))) return true;
  // `return this.entries.get(key) ?? this.store(key)`
  return program.callsOf(write.function).some((call) => accessesIn(program, call.file, call.function).some((each) => isLook(each) && isSameRoot(each, write) && reaches(call.function.body, each.operation, call.operation)));
}

/** The write that put the entry there, before the suspension: in the same function, or in the one that started this closure. */
function ownEntry(program: AsyncProgram, file: AsyncFile, removal: Access): { readonly write: Access; readonly suspension: number } | undefined {
  const { function: of } = removal;
  for (const write of accessesOf(program, file, of)) {
    if (write.kind !== 'write' || !isSameCell(program, write, removal)) continue;
    const suspension = suspensionBetween(of, write.operation, removal.operation);
    if (suspension !== undefined) return { write, suspension };
  }
  if (of.kind !== 'closure') return undefined;
  for (const start of program.startsOf(file, of)) {
    if (start.kind !== 'call' || start.run.when !== 'later') continue;
    // What runs when a promise settles ends what its function began. A timer that removes itself does so at once: its own entry is still there.
    if (start.at.function.body.shape(start.at.operation) !== Shape.Promise && !suspensionsOf(of).some((each) => reaches(of.body, each, removal.operation))) continue;
    const write = accessesOf(program, file, start.at.function).find((each) => each.kind === 'write' && isSameCell(program, each, removal));
    if (write) return { write, suspension: start.at.operation };
  }
  return undefined;
}

function isNothing(access: Access): boolean {
  const { function: { body }, value } = access.through ?? access;
  return access.kind === 'value-write' && value >= 0 && body.kind(value) === Op.Zero;
}

/** `await send(buffer); buffer.length = 0` with `buffer.push(…)` in another function. */
export function lostEntriesIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  const found: Hazard[] = [];
  if (suspensionsOf(of).length === 0) return found;
  const accesses = accessesOf(program, file, of);
  for (const clear of accesses) {
    if (!isSharedContainer(clear) || !empties(program, clear) || isEnding(file, of) || isChecked(program, clear)) continue;
    for (const suspension of suspensionsOf(of)) {
      const before = sentAt(program, suspension, clear, accesses);
      if (!before || !reaches(of.body, suspension, clear.operation) || isOnFailure(of, suspension, clear.operation)) continue;
      const mayMeetItself = isShared(program, clear);
      const other = elsewhere(program, clear, (access) => (access.kind === 'append' || access.kind === 'write') && (mayMeetItself || !isPartOf(program, access.function, of)) && !isShutOut(program, access, { file, function: of, operation: suspension }));
      if (!other || isInRegion(program, clear)) continue;
      found.push({ at: clear, suspension, before, other });
      break;
    }
  }
  return found;
}

/** True for a function that nobody calls but another one, and those that only it calls. */
function isPartOf(program: AsyncProgram, part: AsyncFunction, whole: AsyncFunction, depth = 0): boolean {
  if (depth > mostCallers || part.isExported || (part.kind !== 'function' && part.kind !== 'method') || program.escapes(part)) return false;
  const calls = program.callsOf(part).filter((call) => call.function !== part);
  return calls.length > 0 && calls.every((call) => call.function === whole || isPartOf(program, call.function, whole, depth + 1));
}

/** `this.items.clear(); for (const each of await load()) this.items.add(each)`: for the time of the await there is nothing. */
export function refilledClearsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  if (suspensionsOf(of).length === 0) return [];
  const { body } = of;
  const accesses = accessesOf(program, file, of);
  const found: Hazard[] = [];
  for (const clear of accesses) {
    // Where nothing is assigned, readers see that it is not loaded.
    if (!isContainerAccess(clear) || (clear.home !== 'this' && clear.home !== 'module') || of.kind === 'constructor' || isNothing(clear) || !empties(program, clear) || isInRegion(program, clear)) continue;
    if (found.some((each) => each.at.operation === clear.operation)) continue;
    const stops = new Set(accesses.filter((each) => each !== clear && isSameRoot(each, clear) && empties(program, each)).map((each) => each.operation));
    // What is called to fill it may empty it first.
    const refill = accesses.find((each) => (each.kind === 'write' || each.kind === 'append') && isSameRoot(each, clear) && each.operation !== clear.operation && suspensionBetween(of, clear.operation, each.operation, stops, new Set([...stops, clear.operation])) !== undefined);
    if (!refill || stops.has(refill.operation) || isChecked(program, refill) || isPutBack(program, refill, clear, accesses)) continue;
    const suspension = suspensionBetween(of, clear.operation, refill.operation, stops, new Set([...stops, clear.operation]))!;
    // Entries that come one by one, before and after: nothing is loaded as a whole.
    if (accesses.some((each) => (each.kind === 'write' || each.kind === 'append') && isSameRoot(each, clear) && each.operation !== clear.operation && reaches(body, clear.operation, each.operation) && suspensionBetween(of, clear.operation, each.operation, stops, new Set([...stops, clear.operation])) === undefined)) continue;
    const reader = refill.kind === 'append' && isShared(program, clear) ? refill : elsewhere(program, clear, (access) => access.kind === 'read' || access.kind === 'has' || access.kind === 'iterate');
    if (reader) found.push({ at: clear, suspension, before: refill, other: reader });
  }
  return found;
}

/** `const batch = this.items; this.items = []; try { await send(batch) } catch { this.items.push(...batch) }`. */
function isPutBack(program: AsyncProgram, refill: Access, clear: Access, accesses: readonly Access[]): boolean {
  const { file, function: of, operation } = refill;
  const { body } = of;
  const given = refill.kind === 'append' ? (body.kind(operation) === Op.Append ? [...body.list(operation)] : []) : [refill.value, refill.key];
  const origins = new Set(given.flatMap((each) => (each < 0 ? [] : [...originsOf(program, file, of, each)])));
  return accesses.some((each) => isSameRoot(each, clear) && !isWrite(each) && (origins.has(each.operation) || (each.kind === 'iterate' && origins.has(body.a(each.operation)))) && reaches(body, each.operation, clear.operation));
}

function isSharedContainer(access: Access): boolean {
  return access.home === 'module' || access.home === 'this' || access.home === 'captured';
}

/** The access that handed the elements to what a suspension waits for; undefined if they were swapped for others in between. */
function sentAt(program: AsyncProgram, suspension: number, clear: Access, accesses: readonly Access[]): Access | undefined {
  const { file, function: of } = clear;
  const { body } = of;
  const awaited = body.a(suspension);
  if (awaited === NONE) return undefined;
  const swaps = new Set(accesses.filter((each) => each !== clear && isSameRoot(each, clear) && (each.kind === 'shift' || empties(program, each))).map((each) => each.operation));
  const sources = originsOf(program, file, of, awaited);
  const loops = loopsAround(body, suspension);
  return accesses.find((each) => {
    if (!isSameRoot(each, clear) || (each.kind !== 'iterate' && !(each.kind === 'value-read' && isWhole(each)))) return false;
    if (each.kind === 'iterate' && isSearch(each)) return false;
    const isSent = sources.has(each.operation) || (each.kind === 'iterate' && loops.some((loop) => body.loops[loop]!.iterate === each.operation || isIteratedBy(program, each, body.loops[loop]!.iterate)));
    return isSent && reaches(body, each.operation, suspension, swaps) && reaches(body, suspension, clear.operation, swaps);
  });
}

/** `list.find(…)`, `list.some(…)`: what comes of it is one of the elements, or what is said of them. */
function isSearch(access: Access): boolean {
  const { function: { body }, operation } = access.through ?? access;
  const container = body.a(operation);
  for (let after = operation + 1; after < body.operationCount && body.kind(after) !== Op.Iterate; after++) {
    if (body.kind(after) === Op.Call && body.list(after)[0] === container) return isSearchCall(body, after);
  }
  return false;
}

function isSearchCall(body: FunctionBody, call: number): boolean {
  const callee = body.calleeOf(call);
  return callee?.kind === 'builtin' && searches.has(callee.name);
}

const searches: ReadonlySet<string> = new Set(['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every']);

function isIteratedBy(program: AsyncProgram, access: Access, iterate: number): boolean {
  return iterate !== NONE && originsOf(program, access.file, access.function, iterate).has(access.operation);
}

/** True for a read of a container that is handed on, not used for an access of its elements. */
function isWhole(access: Access): boolean {
  const { body } = access.function;
  for (let operation = access.operation + 1; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if (kind !== Op.Call && kind !== Op.Make && kind !== Op.Write) continue;
    if ((kind === Op.Call || kind === Op.Make) && body.list(operation).includes(access.operation) && !(kind === Op.Call && isSearchCall(body, operation))) return true;
    if (kind === Op.Write && body.b(operation) === access.operation) return true;
  }
  return false;
}

/** `for (const x of list) await …` with `list.splice(…)` in another function. */
export function movedIterationsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  const found: Hazard[] = [];
  if (suspensionsOf(of).length === 0) return found;
  for (const iterate of accessesOf(program, file, of)) {
    if (iterate.shape !== Shape.List || iterate.through || !isSharedContainer(iterate)) continue;
    const loop = iterate.kind === 'iterate' ? loopOfIteration(of.body, iterate.operation) : iterate.kind === 'length' ? countingLoop(program, iterate) : undefined;
    if (!loop) continue;
    const suspension = suspensionsOf(of).find((each) => loopsAround(of.body, each).some((index) => of.body.loops[index] === loop));
    if (suspension === undefined) continue;
    const other = elsewhere(program, iterate, (access) => access.kind === 'shift' || access.kind === 'clear');
    if (other && !isInRegion(program, iterate)) found.push({ at: iterate, suspension, other });
  }
  return found;
}

/** `for (let i = 0; i < list.length; i++) … list[i] …`: the loop whose end the length decides, and that reads the element at what it counts. */
function countingLoop(program: AsyncProgram, length: Access): Loop | undefined {
  const { file, function: of } = length;
  const { body } = of;
  const compared = length.operation + 1;
  if (body.kind(compared) !== Op.Compute || body.c(compared) !== Operator.Less || body.b(compared) !== length.operation) return undefined;
  const counter = variableRead(body, body.a(compared));
  const [index] = loopsAround(body, length.operation);
  if (counter === NONE || index === undefined) return undefined;
  const counts = program.writesOf(file, counter).filter((each) => each.function === of && isInLoop(body, each.operation, index));
  // Who writes it any other way keeps count of what was removed.
  const [step, ...others] = counts;
  if (!step || others.length > 0 || !isIncrement(body, step.operation)) return undefined;
  const reads = accessesIn(program, file, of).some((each) => each.kind === 'read' && isSameRoot(each, length) && isInLoop(body, each.operation, index) && variableRead(body, each.key) === counter);
  return reads ? body.loops[index] : undefined;
}

/** The variable that a value was read from; NONE for any other value. */
function variableRead(body: FunctionBody, value: number): number {
  if (value < 0 || body.kind(value) !== Op.Read) return NONE;
  const place = body.a(value);
  return body.placeKind(place) === PlaceKind.Variable ? body.placeA(place) : NONE;
}

/** `i++`, `i += 1` */
function isIncrement(body: FunctionBody, write: number): boolean {
  const value = body.b(write);
  return body.has(write, Flag.Update) && value !== NONE && body.kind(value) === Op.Compute && body.c(value) === Operator.Add && body.constantOf(body.b(value)) === 1;
}

/** `cache.set(key, load(key))`, with the promise never removed when it rejects. */
export function cachedRejectionsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Access[] {
  const accesses = accessesIn(program, file, of);
  return accesses.filter((write) => {
    // A variable that holds one promise (`this.closing ??= close()`) is often meant to keep its error.
    if (write.kind !== 'write' || write.value === NONE || of.body.has(write.operation, Flag.Define)) return false;
    // What a promise gave is no promise.
    const shape = of.body.shape(write.value);
    if (shape !== Shape.Promise && shape !== Shape.Unknown) return false;
    if (write.home === 'local' || write.home === 'parameter' || !(isGuarded(program, write) || isEnsured(program, write)) || !mayReject(program, write)) return false;
    const called = calledBy(program, madeBy(program, write));
    // Of whichever object: what one instance's user removes there may be this one's.
    const removes = (access: Access): boolean => access.kind === 'remove' || access.kind === 'clear' || (access.kind === 'value-write' && access.operation !== write.operation) || (access.kind === 'write' && !isSameCellAndFunction(access, write));
    const isDefinition = (access: Access): boolean => isOfValue(access) && (access.function.kind === 'constructor' || access.function.body.has(access.operation, Flag.Define));
    // Whoever removes entries of this kind may do it because of a rejection, unless that is done when the promise was fulfilled.
    return !accessesOfRoot(program, write.root).some((access) => removes(access) && !isDefinition(access) && !isOnFulfilment(program, access, write, called));
  });
}

/** True for removals that only happen when the promise that was stored is fulfilled. */
function isOnFulfilment(program: AsyncProgram, removal: Access, write: Access, called: AsyncFunction | undefined): boolean {
  const { file, function: of } = removal;
  if (of === called) return of.isAsync && isAfterSuspensionOnly(of, removal.operation);
  if (of.kind !== 'closure' || file !== write.file) return false;
  const starts = program.startsOf(file, of);
  return starts.length > 0 && starts.every((start) => {
    if (start.kind !== 'call' || start.run.when !== 'later' || !isWithin(file, start.at.function, write.function)) return false;
    return start.at.function.body.calleeOf(start.at.operation)?.name === 'Promise.then' && start.run.argument === 1;
  });
}

/** True if an operation is only reached where the suspensions before it gave something: no path to it leaves one by its exception. */
function isAfterSuspensionOnly({ body, ...of }: AsyncFunction, operation: number): boolean {
  const block = graphOf(body).blockOf(operation);
  return suspensionsOf({ body, ...of }).some((each) => reaches(body, each, operation)) && graphOf(body).order.every((from) => {
    if (body.endOf(from) !== End.Choose) return true;
    const [, onThrow] = body.successors(from);
    return onThrow === undefined || !reachesBlock(body, onThrow, block);
  });
}

function reachesBlock(body: FunctionBody, from: number, to: number): boolean {
  const seen = new Uint8Array(body.blockCount);
  const stack = [from];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === to) return true;
    if (seen[at]) continue;
    seen[at] = 1;
    stack.push(...body.successors(at));
  }
  return false;
}

function isSameCellAndFunction(a: Access, b: Access): boolean {
  return a.function === b.function && a.operation === b.operation;
}

/** The call that gave the value, also where the variable between is assigned a second time. */
function madeBy(program: AsyncProgram, write: Access): Point {
  const { file, function: of } = write;
  const source = program.source({ file, function: of, operation: write.value });
  if (of.body.kind(source.operation) !== Op.Read || source.function !== of) return source;
  const calls = [...originsOf(program, file, of, write.value, false)].filter((each) => of.body.kind(each) === Op.Call && of.body.shape(each) === Shape.Promise);
  return calls.length > 0 ? { file, function: of, operation: calls[0]! } : source;
}

/** The function whose promise it is, if it is seen. */
function calledBy(program: AsyncProgram, at: Point): AsyncFunction | undefined {
  return calledAt(program, at)?.function;
}

function calledAt(program: AsyncProgram, { file, function: of, operation }: Point): Pick<Point, 'file' | 'function'> | undefined {
  if (operation < 0 || of.body.kind(operation) !== Op.Call) return undefined;
  return program.functionOf(of.body.calleeOf(operation)?.origin) ?? calledClosure(program, file, of, operation);
}

/** True for a promise that a function gave, unless that is seen never to reject. */
function mayReject(program: AsyncProgram, write: Access): boolean {
  return isRejectable(program, madeBy(program, write), 0);
}

/** How many functions are followed that only hand on a promise. */
const mostHandedOn = 3;

function isRejectable(program: AsyncProgram, source: Point, depth: number): boolean {
  const { body } = source.function;
  if (body.kind(source.operation) !== Op.Call || body.shape(source.operation) !== Shape.Promise) return false;
  const callee = body.calleeOf(source.operation);
  if (callee?.kind === 'builtin') return callee.name === 'fetch' || callee.name === 'Promise.then';
  const called = calledAt(program, source);
  // Of a function that is given, declared elsewhere, or one of several, it is not known that it never does.
  if (!called) return true;
  const { file, function: of } = called;
  const suspensions = suspensionsOf(of);
  if (of.isAsync || suspensions.length > 0) return suspensions.some((each) => throwsOut(of, each));
  const returned = depth < mostHandedOn ? valuesReturnedBy(of.body).map((operation) => program.source({ file, function: of, operation })) : [];
  const isHandedOn = returned.length > 0 && returned.every((each) => each.operation >= 0 && each.function.body.kind(each.operation) === Op.Call);
  return !isHandedOn || returned.some((each) => isRejectable(program, each, depth + 1));
}

function valuesReturnedBy(body: FunctionBody): readonly number[] {
  const found: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Return) found.push(body.list(operation)[0] ?? NONE);
  return found.includes(NONE) ? [] : found;
}

function calledClosure(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, call: number): Pick<Point, 'file' | 'function'> | undefined {
  const callee = of.body.b(call);
  if (callee === NONE) return undefined;
  const end = program.resolve({ file, function: of, operation: callee });
  if (end.function.body.kind(end.operation) === Op.FunctionValue) return program.functionOf(end.function.body.calleeOf(end.operation)?.origin);
  if (end.function.body.kind(end.operation) !== Op.Closure) return undefined;
  const found = end.file.functions[end.function.body.a(end.operation)];
  return found && { file: end.file, function: found };
}

/** True if a rejection at a suspension leaves the function: no catch is around it. */
function throwsOut({ body }: AsyncFunction, suspension: number): boolean {
  for (let block = 0; block < body.blockCount; block++) {
    if (body.firstOperation(block) <= suspension && suspension < body.endOperation(block)) return body.endOf(block) !== End.Choose;
  }
  return true;
}

/** `current = request.user; await …; use(current)` with a variable of the module. */
export function requestStateIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly Hazard[] {
  if (suspensionsOf(of).length === 0 || !mayOverlap(program, file, of)) return [];
  const accesses = accessesOf(program, file, of);
  const found: Hazard[] = [];
  for (const write of accesses) {
    if (write.kind !== 'value-write' || write.home !== 'module' || write.value === NONE) continue;
    const { body } = of;
    if (body.placeKind(body.a(write.operation)) !== PlaceKind.Variable || !comesFromParameter(program, write)) continue;
    const writes = new Set(accesses.filter((each) => each.kind === 'value-write' && isSameCell(program, each, write)).map((each) => each.operation));
    const read = accesses.find((each) => each.kind === 'value-read' && isSameCell(program, each, write) && suspensionBetween(of, write.operation, each.operation, writes, writes) !== undefined);
    if (!read || isInRegion(program, write) || isAmbient(program, write)) continue;
    const suspension = suspensionBetween(of, write.operation, read.operation, writes, writes)!;
    if (isClaimed(program, write, suspension) || conditionsAt(body, write.operation).some(({ condition }) => [...originsOf(program, file, of, condition)].some((origin) => accessesMadeAt(accesses, origin).some((each) => isSameRoot(each, write))))) continue;
    if (isComparison(of, read)) continue;
    found.push({ at: read, suspension, before: write });
  }
  return found;
}

/** True if other functions that anybody may call read the variable and never write it: it is set up once, for all of them. */
function isAmbient(program: AsyncProgram, write: Access): boolean {
  const { file, function: of } = write;
  return accessesOfRoot(program, write.root).some(({ kind, function: each }) => {
    if (kind !== 'value-read' || !each.isExported || each.kind === 'closure' || isWithin(file, each, of) || program.callsOf(each).some((at) => isWithin(file, at.function, of))) return false;
    return !accessesIn(program, file, each).some((access) => access.kind === 'value-write' && access.root === write.root);
  });
}

/** `if (latest !== mine) return`: reading it back is how a newer call is noticed. */
function isComparison({ body }: AsyncFunction, read: Access): boolean {
  for (let operation = read.operation + 1; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Compute && (body.c(operation) === Operator.Equal || body.c(operation) === Operator.NotEqual) && (body.a(operation) === read.operation || body.b(operation) === read.operation)) return true;
  }
  return false;
}

function comesFromParameter(program: AsyncProgram, write: Access): boolean {
  const { body } = write.function;
  for (const origin of originsOf(program, write.file, write.function, write.value)) {
    if (body.kind(origin) === Op.Incoming) return true;
    if (body.kind(origin) === Op.Read && body.placeKind(body.a(origin)) === PlaceKind.Variable && write.file.unit.variables[body.placeA(body.a(origin))]!.kind === VariableKind.Parameter) return true;
  }
  return false;
}

/** `try { return work(m); } finally { m.clear(); }`, and `list.forEach(async …); m.clear()`. */
export function earlyClearsIn(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): readonly (Hazard & { readonly call: number })[] {
  const { body } = of;
  const accesses = accessesOf(program, file, of);
  const found: (Hazard & { readonly call: number })[] = [];
  for (const clear of accesses) {
    if (isOfValue(clear) || !empties(program, clear)) continue;
    for (let call = 0; call < clear.operation; call++) {
      if (body.kind(call) !== Op.Call || !reaches(body, call, clear.operation) || isSettled(program, file, of, call, clear.operation)) continue;
      const user = lateUse(program, file, of, call, clear);
      if (!user) continue;
      found.push({ at: clear, suspension: user.operation, other: user, call });
      break;
    }
  }
  return found;
}

/** True if something waits for what a call gave before another operation. */
function isSettled(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, call: number, before: number): boolean {
  return suspensionsOf(of).some((each) => reaches(of.body, each, before) && originsOf(program, file, of, of.body.a(each)).has(call));
}

/** What a closure or function started by a call does with the container after its first suspension. */
function lateUse(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, call: number, clear: Access): Access | undefined {
  const { body } = of;
  const callee = body.calleeOf(call);
  const started: Pick<Point, 'file' | 'function'>[] = [];
  for (const run of callee?.runs ?? []) {
    if (run.when !== 'now') continue;
    const operand = body.list(call)[run.argument];
    const end = operand === undefined || operand === NONE ? undefined : program.resolve({ file, function: of, operation: operand });
    const closure = end && end.function.body.kind(end.operation) === Op.Closure ? file.functions[end.function.body.a(end.operation)] : undefined;
    if (closure) started.push({ file, function: closure });
  }
  // What goes on after it has returned gives a promise.
  const mayGoOn = body.shape(call) === Shape.Promise || body.shape(call) === Shape.Unknown;
  const direct = mayGoOn ? (program.functionOf(callee?.origin) ?? calledClosure(program, file, of, call)) : undefined;
  if (direct) started.push(direct);
  for (const { file: at, function: each } of started) {
    if (!each.isAsync) continue;
    const later = accessesOf(program, at, each).filter((access) => isSameRoot({ ...access, home: clear.home }, clear));
    // What empties it first does not need what was in it.
    const anew = later.filter((access) => access.kind === 'clear');
    const use = later.find((access) => access.kind !== 'clear' && !anew.some((first) => first.operation <= access.operation) && suspensionsOf(each).some((suspension) => reaches(each.body, suspension, access.operation)));
    if (use) return use;
    const parameter = parameterUse(program, { file, function: of, operation: call }, clear, { file: at, function: each });
    if (parameter) return parameter;
  }
  return undefined;
}

/** The container is handed over as an argument. */
function parameterUse(program: AsyncProgram, { file, function: of, operation: call }: Point, clear: Access, { file: at, function: called }: Pick<Point, 'file' | 'function'>): Access | undefined {
  const given = [...of.body.list(call)];
  const offset = of.body.has(call, Flag.HasReceiver) ? 1 : 0;
  for (const access of accessesOf(program, at, called)) {
    if (access.home !== 'parameter' || access.variable === NONE || access.kind === 'clear') continue;
    if (!suspensionsOf(called).some((suspension) => reaches(called.body, suspension, access.operation))) continue;
    const position = called.body.parameters.indexOf(access.variable);
    const argument = given[position + offset];
    if (position < 0 || argument === undefined || argument === NONE) continue;
    const handed = accessesOf(program, file, of).find((each) => each.operation === program.resolve({ file, function: of, operation: argument }).operation);
    if (handed && handed.root === clear.root) return access;
  }
  return undefined;
}
