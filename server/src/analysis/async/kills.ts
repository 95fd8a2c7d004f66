// What makes a write after a suspension harmless, besides claims: a check afterwards, a region that only one activation is in.

import { End } from '../../model/function-body.ts';
import { Op, PlaceKind, NONE } from '../../model/operations.ts';
import { Shape, VariableKind } from '../../model/objects.ts';
import { conditionsAt, decisionsAt } from '../conditions.ts';
import { graphOf } from '../graph.ts';
import { accessesMadeAt, accessesOf, isOwn, isSameCell } from './cells.ts';
import { isWrite } from './claims.ts';
import { originsOf, reaches, suspensionBetween } from './dependence.ts';
import type { AsyncFunction, AsyncProgram, Point } from './program.ts';
import { isAwaited, suspensionsOf } from './program.ts';

/**
 * True if a condition that decided about an operation looked, after the last suspension, at something that others may have
 * changed: the cell again, an epoch, whether this is closed or aborted, or a function that may have looked at it.
 */
export function isChecked(program: AsyncProgram, at: Point): boolean {
  const { file, function: of, operation } = at;
  const { body } = of;
  const graph = graphOf(body);
  const block = graph.blockOf(operation);
  // `if (current && current === mine) return;`: whichever way it went on, it looked.
  const looked = decisionsAt(body, operation).filter(({ condition }) => graph.dominates(graph.blockOf(condition), block));
  return [...conditionsAt(body, operation), ...looked].some(({ condition }) => {
    for (const origin of originsOf(program, file, of, condition)) {
      if (!looksOutside(program, { file, function: of, operation: origin })) continue;
      if (suspensionBetween(of, origin, operation, new Set([origin]), new Set([origin])) === undefined && cameAfterSuspension(program, at, origin)) return true;
    }
    return false;
  });
}

function cameAfterSuspension(program: AsyncProgram, at: Point, origin: number): boolean {
  // What a promise runs when it settles comes after a suspension as a whole.
  if (at.function.kind === 'closure' && program.startsOf(at.file, at.function).some((start) => start.kind === 'call' && start.run.when === 'later')) return true;
  return suspensionsOf(at.function).some((suspension) => reaches(at.function.body, suspension, origin));
}

/** True if an operation comes after a suspension only when what was waited for failed: what is lost then is given up. */
export function isOnFailure({ body }: AsyncFunction, suspension: number, operation: number): boolean {
  const graph = graphOf(body);
  const block = graph.blockOf(suspension);
  if (body.endOf(block) !== End.Choose || body.endOperation(block) - 1 !== suspension) return false;
  const [next] = body.successors(block);
  const target = graph.blockOf(operation);
  const seen = new Uint8Array(body.blockCount);
  seen[block] = 1;
  const stack = [next!];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === target) return false;
    if (seen[at]) continue;
    seen[at] = 1;
    const successors = body.successors(at);
    // Exceptions of what comes after are failures as well.
    stack.push(...(body.endOf(at) === End.Choose && successors.length === 2 ? successors.slice(0, 1) : successors));
  }
  return true;
}

/** True for reads of what is not this activation's own, and for calls that may read it. */
function looksOutside(program: AsyncProgram, at: Point): boolean {
  const { body } = at.function;
  switch (body.kind(at.operation)) {
    case Op.Call: {
      const callee = body.calleeOf(at.operation);
      return callee?.kind !== 'builtin';
    }
    case Op.Length:
    case Op.Read: {
      const place = body.kind(at.operation) === Op.Read ? body.a(at.operation) : NONE;
      if (place !== NONE && body.placeKind(place) === PlaceKind.Variable) {
        const variable = at.file.unit.variables[body.placeA(place)]!;
        if (variable.kind !== VariableKind.Global) return variable.writtenByClosure;
        return variable.writes > 1 || program.writesOf(at.file, body.placeA(place)).some((write) => write.function.kind !== 'module');
      }
      // Fields and elements of what came back are this activation's own; those of what a loop goes through are not what tells of others.
      const base = place === NONE ? body.a(at.operation) : baseOf(at, place);
      return base !== NONE && body.kind(base) !== Op.Constant && ![...originsOf(program, at.file, at.function, base)].some((each) => body.kind(each) === Op.Suspend || body.kind(each) === Op.IterationValue || body.kind(each) === Op.IterationKey || cameWithPromise(program, at, each));
    }
    default:
      return false;
  }
}

/** True for what a function is given that runs when a promise settles. */
function cameWithPromise(program: AsyncProgram, { file, function: of }: Point, origin: number): boolean {
  const { body } = of;
  const place = body.kind(origin) === Op.Read ? body.a(origin) : NONE;
  const isParameter = body.kind(origin) === Op.Incoming || (place !== NONE && body.placeKind(place) === PlaceKind.Variable && body.parameters.includes(body.placeA(place)));
  return isParameter && of.kind === 'closure' && program.startsOf(file, of).some((start) => start.kind === 'call' && start.run.when === 'later' && start.at.function.body.shape(start.at.operation) === Shape.Promise);
}

function baseOf({ function: { body } }: Point, place: number): number {
  const root = body.rootOf(place);
  return body.placeKind(root) === PlaceKind.Variable ? NONE : body.placeA(root);
}

/**
 * True if an operation is in a region that waits for another activation to leave it: `const release = await lock.acquire()` with
 * `release()` afterwards, or `lock.acquire().then((release) => { …; release(); })`, `await lock.acquire()` with `lock.release()`, a chain `await (this.tail = this.tail.then(…))`.
 */
export function isInRegion(program: AsyncProgram, at: Point): boolean {
  const { file, function: of, operation } = at;
  const { body } = of;
  const graph = graphOf(body);
  if (isReleasedByParameter(program, at)) return true;
  return suspensionsOf(of).some((suspension) => {
    const [first, second] = [graph.blockOf(suspension), graph.blockOf(operation)];
    if (first === second ? suspension > operation : !graph.dominates(first, second)) return false;
    return isReleased(program, at, suspension) || isChained(program, { file, function: of, operation: suspension });
  });
}

/** True if a promise runs the function, and the function calls what it is given when it is done. */
function isReleasedByParameter(program: AsyncProgram, { file, function: of, operation }: Point): boolean {
  const { body } = of;
  if (of.kind !== 'closure' || body.parameters.length === 0) return false;
  for (let call = 0; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call || body.b(call) === NONE || body.list(call).length > 0 || isAwaited(of, call) || !reaches(body, operation, call)) continue;
    const { function: within, operation: read } = program.resolve({ file, function: of, operation: body.b(call) });
    if (within !== of || body.kind(read) !== Op.Read || body.placeKind(body.a(read)) !== PlaceKind.Variable || !body.parameters.includes(body.placeA(body.a(read)))) continue;
    if (program.startsOf(file, of).every((start) => start.kind === 'call' && start.run.when === 'later' && start.at.function.body.shape(start.at.operation) === Shape.Promise)) return true;
  }
  return false;
}

/** True if what an awaited call gave, or what it was called on, is called again later, and nobody waits for that. */
function isReleased(program: AsyncProgram, at: Point, suspension: number): boolean {
  const { body } = at.function;
  const awaited = body.a(suspension);
  if (awaited === NONE || body.kind(awaited) !== Op.Call) return false;
  const lock = body.list(awaited)[0] ?? NONE;
  for (let call = suspension + 1; call < body.operationCount; call++) {
    if (body.kind(call) !== Op.Call || call === awaited || isAwaited(at.function, call)) continue;
    const callee = body.b(call);
    const receiver = body.list(call)[0] ?? NONE;
    for (const origin of [callee, receiver]) {
      if (origin === NONE) continue;
      const source = program.source({ ...at, operation: origin });
      if (source.function === at.function && source.operation === suspension && body.list(call).length <= 1) return true;
    }
    if (lock !== NONE && receiver !== NONE && body.list(call).length === 1 && body.calleeOf(call)?.kind !== 'builtin' && isLater(at, call) && isSameObject(program, at, lock, receiver)) return true;
  }
  return false;
}

function isLater(at: Point, call: number): boolean {
  return reaches(at.function.body, at.operation, call);
}

function isSameObject(program: AsyncProgram, at: Point, x: number, y: number): boolean {
  const [a, b] = [program.resolve({ ...at, operation: x }), program.resolve({ ...at, operation: y })];
  const [p, q] = [a.function.body, b.function.body];
  if (p.kind(a.operation) !== Op.Read || q.kind(b.operation) !== Op.Read) return false;
  const [s, t] = [p.a(a.operation), q.a(b.operation)];
  if (p.placeKind(s) !== q.placeKind(t)) return false;
  if (p.placeKind(s) === PlaceKind.Variable) return p.placeA(s) === q.placeA(t) && a.file.unit.variables[p.placeA(s)]!.kind !== VariableKind.Receiver;
  return p.placeKind(s) === PlaceKind.Field && p.placeB(s) === q.placeB(t);
}

/** True if a suspension waits for what a cell held and the cell was given something else to wait for. */
function isChained(program: AsyncProgram, at: Point): boolean {
  const { file, function: of, operation } = at;
  const { body } = of;
  const accesses = accessesOf(program, file, of);
  for (const origin of originsOf(program, file, of, body.a(operation))) {
    const read = accessesMadeAt(accesses, origin)[0];
    if (!read || isOwn(read) || (read.kind !== 'read' && read.kind !== 'value-read')) continue;
    if (accesses.some((each) => isWrite(each) && isSameCell(program, each, read) && reaches(body, origin, each.operation) && reaches(body, each.operation, operation))) return true;
  }
  return false;
}
