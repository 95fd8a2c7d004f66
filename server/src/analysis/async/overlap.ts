// Which functions may run beside themselves, and which cells two activations of a function share.

import { Role, Shape } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import { loopsAround } from '../loops.ts';
import { accessesIn, isSameCell } from './cells.ts';
import type { Access } from './cells.ts';
import { isClaimedCall } from './claims.ts';
import { originsOf } from './dependence.ts';
import { isInRegion } from './kills.ts';
import { classOf, isMadeByOthers, isOfOneCall } from './ownership.ts';
import { isAwaited, suspensionsOf } from './program.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram, Point } from './program.ts';

const deepest = 12;

/** True if two activations of a function may be suspended at the same time. False in doubt. */
export function mayOverlap(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, depth = 0): boolean {
  if (depth > deepest) return false;
  switch (of.kind) {
    case 'module':
    case 'constructor':
    case 'initializers':
      return false;
    case 'method':
      // Who extends the class calls what is made for that; where the class itself does, its calls are those that count.
      return (of.isExported && !(of.isProtected && program.callsOf(of).length > 0)) || program.escapes(of) || calledBeside(program, of, depth);
    case 'function':
      return of.isExported || program.escapes(of) || calledBeside(program, of, depth);
    default:
      return of.isExported || startedBeside(program, file, of, undefined, depth);
  }
}

/** True if one of the calls may run while another one does. */
function calledBeside(program: AsyncProgram, of: AsyncFunction, depth: number): boolean {
  return program.callsOf(of).some((at) => at.function !== of && (mayOverlap(program, at.file, at.function, depth + 1) || isRepeatedUnawaited(at)) && !isClaimedCall(program, at) && !isInRegion(program, at));
}

/** A call in a loop that the next turn does not wait for. */
function isRepeatedUnawaited({ function: of, operation }: Point): boolean {
  return loopsAround(of.body, operation).length > 0 && !isAwaited(of, operation);
}

/**
 * True if a closure may run beside itself: for one activation of the function `within`, or at all.
 */
function startedBeside(program: AsyncProgram, file: AsyncFile, closure: AsyncFunction, within: number | undefined, depth: number): boolean {
  if (depth > deepest) return false;
  const parent = file.functions[closure.body.parent];
  const outer = (at: Point): boolean => {
    if (within !== undefined && at.function.body.index === within) return isRepeatedUnawaited(at);
    if (isClaimedCall(program, at)) return false;
    if (at.function.kind === 'closure') return startedBeside(program, file, at.function, within, depth + 1);
    return within === undefined && mayOverlap(program, at.file, at.function, depth + 1);
  };
  return program.startsOf(file, closure).some((start) => {
    if (start.kind === 'kept') return within === undefined || parent?.kind !== 'module' || closure.isExported ? isHandedOut(closure) : false;
    // A lock may be behind unknown code whose result is waited for; a handler is registered and left alone.
    if (start.kind === 'given') return !start.isResultUsed && !isOfRegion(start.at);
    // A lock of the platform lets in one at a time.
    if (start.at.function.body.calleeOf(start.at.operation)?.role === Role.Lock) return false;
    const { when, times } = start.run;
    if (when === 'later' && isLinked(program, start.at)) return false;
    if (times === 'many-at-once' && when === 'later') return true;
    if (times === 'many') return ((closure.isAsync || givesPromise(closure)) && isParallel(start.at)) || outer(start.at);
    return outer(start.at);
  });
}

/** `(key) => load(key)`: what it calls goes on after it has returned. */
function givesPromise({ body }: AsyncFunction): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Return && [...body.list(operation)].some((value) => value !== NONE && body.shape(value) === Shape.Promise)) return true;
  }
  return false;
}

/** `tail = tail.then(() => …)`: one after the other. */
export function isLinked(program: AsyncProgram, at: Point): boolean {
  const { body } = at.function;
  if (body.calleeOf(at.operation)?.name !== 'Promise.then') return false;
  const accesses = accessesIn(program, at.file, at.function);
  const waitedFor = originsOf(program, at.file, at.function, body.list(at.operation)[0] ?? NONE);
  return accesses.some((write) => (write.kind === 'write' || write.kind === 'value-write') && write.home !== 'local' && originsOf(program, at.file, at.function, write.value).has(at.operation) && accesses.some((read) => waitedFor.has(read.operation) && isSameCell(program, read, write)));
}

/** True if the function may be called again, with the same cell, before what it left for later has run. */
export function mayComeAgain(program: AsyncProgram, access: Access): boolean {
  if (isShared(program, access)) return true;
  const { file, function: of } = access;
  if (access.home === 'this' && isOfUnknown(program, file, of)) return false;
  if (suspensionsOf(of).length > 0) return false;
  if (!isOutside(access)) return false;
  if (of.kind === 'closure') return program.startsOf(file, of).some((start) => start.kind === 'kept');
  return mayOverlap(program, file, of) || program.callsOf(of).some((at) => mayOverlap(program, at.file, at.function));
}

/** True for what was there before the function was called, and is there after it. */
export function isOutside({ home, variable, file, function: of }: Access): boolean {
  return home === 'module' || home === 'this' || (home === 'captured' && variable !== NONE && file.unit.variables[variable]!.owner !== of.body.index);
}

/** What is returned or stored can be called by anybody at any time. */
function isHandedOut(closure: AsyncFunction): boolean {
  return closure.isAsync || suspensionsOf(closure).length > 0;
}

/** The call is waited for where it stands: it may be a region of a lock. */
function isOfRegion({ function: of, operation }: Point): boolean {
  return isAwaited(of, operation);
}

/** `map(async …)` and `forEach(async …)` start all at once; `reduce` may chain them. */
function isParallel({ function: of, operation }: Point): boolean {
  const name = of.body.calleeOf(operation)?.name;
  return name === 'map' || name === 'forEach' || name === 'flatMap' || name === 'filter' || name === 'some' || name === 'every';
}

/** True if two activations of a function that overlap have this cell in common. */
export function isShared(program: AsyncProgram, access: Access): boolean {
  const { file, function: of } = access;
  switch (access.home) {
    case 'module':
      return mayOverlap(program, file, of);
    case 'this':
      return of.kind !== 'constructor' && of.kind !== 'initializers' && mayOverlap(program, file, enclosing(file, of)) && mayOverlapAsClosure(program, file, of) && !isOfOneCall(program, of) && !isOfUnknown(program, file, of);
    case 'captured': {
      const owner = access.variable === NONE ? NONE : file.unit.variables[access.variable]!.owner;
      if (of.body.index === owner) return false;
      return overlapsWithin(program, file, of, owner);
    }
    default:
      return false;
  }
}

/** True if who has the object is not known. */
function isOfUnknown(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): boolean {
  const owner = classOf(file, of);
  return owner !== undefined && isMadeByOthers(program, owner);
}

/** A closure that is a region of unknown code is not known to overlap. */
function mayOverlapAsClosure(program: AsyncProgram, file: AsyncFile, of: AsyncFunction): boolean {
  return of.kind !== 'closure' || mayOverlap(program, file, of);
}

/** The method or function that a closure is written in; closures that are handed out stand for themselves. */
function enclosing(file: AsyncFile, of: AsyncFunction): AsyncFunction {
  let at = of;
  while (at.kind === 'closure') {
    const parent = file.functions[at.body.parent];
    if (!parent || parent.kind === 'module' || parent.kind === 'initializers' || parent.kind === 'constructor') return at;
    at = parent;
  }
  return at;
}

/** True if a function written in another one may run beside itself while they share the outer one's variables. */
function overlapsWithin(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, owner: number, depth = 0): boolean {
  // Functions that call each other.
  if (depth > deepest) return false;
  if (of.kind === 'closure') return startedBeside(program, file, of, owner, 0);
  if (of.kind === 'method') return of.isExported;
  if (of.kind !== 'function') return false;
  if (program.escapes(of)) return true;
  return program.callsOf(of).some((at) => (at.function.body.index === owner ? isRepeatedUnawaited(at) : at.function !== of && overlapsWithin(program, file, at.function, owner, depth + 1)));
}

