// Containers that are emptied in place although something else was given them: the receiver of a channel, a goroutine, a list,
// another field, the caller. Each has the same container, not a copy of it, and finds it empty.

import { Access, accessOf, containerOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { isContainer, VariableKind } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { declaredAt, declaredOf } from './declared.ts';
import { emptyingsWithCalls, emptyingsIn } from './emptyings.ts';
import type { Emptying } from './emptyings.ts';
import { fieldUsesOf } from './fields.ts';
import { graphOf } from './graph.ts';
import { containersIn, giveSame, mayWait, replacesPlaceOf, samePlace } from './holders.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

export type HandoverKind = 'sent' | 'spawned' | 'stored' | 'returned' | 'ranged';

export interface ClearedHandover {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly kind: HandoverKind;
  readonly handover: number;
  readonly emptying: Emptying;
}

/** Emptyings of containers that something else holds by then and looks at afterwards. One for each emptying. */
export function clearedHandovers(program: Program): readonly ClearedHandover[] {
  const found: ClearedHandover[] = [];
  for (const function_ of program.functions.values()) {
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      for (const emptying of [...emptyingsWithCalls(program, body), ...deferredClosures(body)]) {
        const handover = handoverOf(program, body, emptying);
        if (handover) found.push({ function: function_, body, emptying, ...handover });
      }
    }
  }
  return found;
}

type Handover = Pick<ClearedHandover, 'kind' | 'handover'>;

/** An emptying, as the closure that is deferred does it: by the place it reads. */
interface ClosureEmptying extends Emptying {
  readonly closure: FunctionBody;
}

function deferredClosures(body: FunctionBody): readonly ClosureEmptying[] {
  const found: ClosureEmptying[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || !body.has(operation, Flag.Deferred) || body.b(operation) === NONE) continue;
    const made = valuesOf(body).creation(valuesOf(body).number(body.b(operation)));
    if (made === undefined || body.kind(made) !== Op.Closure) continue;
    const closure = body.unit.bodies[body.a(made)]!;
    for (const emptying of emptyingsIn(closure)) {
      if (graphOf(closure).postDominates(graphOf(closure).blockOf(emptying.operation), 0)) found.push({ ...emptying, operation, deferred: true, closure });
    }
  }
  return found;
}

function handoverOf(program: Program, body: FunctionBody, emptying: Emptying | ClosureEmptying): Handover | undefined {
  if (emptying.deferred) return returnedBefore(body, emptying);
  return givenBefore(program, body, emptying) ?? usedAfter(body, emptying);
}

/** True if an operation gives the container that an emptying is about. */
function isEmptied(body: FunctionBody, emptying: Emptying | ClosureEmptying, container: number): boolean {
  if ('closure' in emptying) {
    const read = emptying.container;
    return body.kind(container) === Op.Read && emptying.closure.kind(read) === Op.Read && samePlace(body, body.a(container), emptying.closure, emptying.closure.a(read));
  }
  if (!emptying.through) return giveSame(body, container, emptying.container);
  const values = valuesOf(body);
  const origin = values.origin(values.number(container));
  if (origin === NONE || body.kind(origin) !== Op.Read || declaredOf(body, origin) !== emptying.through.field) return false;
  const target = body.placeA(body.a(origin));
  if (body.placeKind(target) !== PlaceKind.Target) return false;
  const object = values.number(body.placeA(target));
  return object !== NONE && object === values.number(body.list(emptying.operation)[emptying.through.argument] ?? NONE);
}

/** `defer clear(m); return m` */
function returnedBefore(body: FunctionBody, emptying: Emptying | ClosureEmptying): Handover | undefined {
  let handover = NONE;
  walkForward(body, emptying.operation, (operation) => {
    if (body.kind(operation) !== Op.Return) return Walk.On;
    if (![...body.list(operation)].some((value) => containersIn(body, value).some((each) => isEmptied(body, emptying, each)))) return Walk.On;
    handover = operation;
    return Walk.Found;
  });
  return handover === NONE ? undefined : { kind: 'returned', handover };
}

/** `ch <- m; clear(m)`, `go use(m); clear(m)`, `all = append(all, m); clear(m)`, `c.last = c.m; clear(c.m)` */
function givenBefore(program: Program, body: FunctionBody, emptying: Emptying): Handover | undefined {
  if (emptying.container === NONE) return undefined;
  for (const block of graphOf(body).order) {
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      const given = givenAt(body, operation);
      if (!given || !given.values.some((value) => containersIn(body, value).some((each) => isEmptied(body, emptying, each)))) continue;
      if (given.kind === 'stored' && !isLastingStore(program, body, operation, emptying)) continue;
      if (reaches(program, body, operation, emptying, given.kind !== 'stored')) return { kind: given.kind, handover: operation };
    }
  }
  return undefined;
}

function givenAt(body: FunctionBody, operation: number): { readonly kind: 'sent' | 'spawned' | 'stored'; readonly values: readonly number[] } | undefined {
  switch (body.kind(operation)) {
    case Op.Send:
      return { kind: 'sent', values: [body.b(operation)] };
    case Op.Call:
      return body.has(operation, Flag.Spawned) ? { kind: 'spawned', values: [...body.list(operation)] } : undefined;
    case Op.Append:
      return body.has(operation, Flag.Spread) ? undefined : { kind: 'stored', values: [...body.list(operation)] };
    case Op.Write: {
      const variable = body.variableOf(body.a(operation));
      const isLocal = variable !== NONE && body.unit.variables[variable]!.kind !== VariableKind.Global;
      return isLocal || body.b(operation) === NONE ? undefined : { kind: 'stored', values: [body.b(operation)] };
    }
    default:
      return undefined;
  }
}

/**
 * True if the place a container is stored in is another one than where it is emptied through, is looked at by somebody, and
 * the code goes on with the container as its own: it empties its own place, or fills the container again.
 */
function isLastingStore(program: Program, body: FunctionBody, store: number, { operation, container }: Emptying): boolean {
  if (body.kind(container) !== Op.Read) return false;
  const place = body.a(container);
  if (body.kind(store) === Op.Write) {
    const target = declaredAt(body, body.a(store));
    if (target && target === declaredAt(body, place)) return false;
    const uses = target && fieldUsesOf(program).get(target);
    if (target && !(uses && uses.accesses.length + uses.leaks.length > 0)) return false;
    // The object it is stored in belongs to this function: it is emptied before anybody has it.
    if (target && body.placeKind(body.rootOf(body.a(store))) === PlaceKind.Target && madeHere(body, body.placeA(body.rootOf(body.a(store))))) return false;
  }
  const isOwn = body.placeKind(place) !== PlaceKind.Variable || body.unit.variables[body.placeA(place)]!.kind === VariableKind.Global;
  return isOwn || isRefilled(body, operation, container);
}

function madeHere(body: FunctionBody, pointer: number): boolean {
  const values = valuesOf(body);
  return values.creation(values.number(pointer)) !== undefined;
}

function isRefilled(body: FunctionBody, operation: number, container: number): boolean {
  return (
    walkForward(body, operation, (next) => {
      if (replacesPlaceOf(body, next, container) || isOrigin(body, next, container)) return Walk.Stop;
      const access = accessOf(body, next);
      return (access === Access.Write || access === Access.Append) && giveSame(body, container, containerOf(body, next)) ? Walk.Found : Walk.On;
    }) === true
  );
}

/** True if an operation gives a new object each time it runs, and the container is the object. */
function isOrigin(body: FunctionBody, operation: number, container: number): boolean {
  const values = valuesOf(body);
  return body.kind(operation) !== Op.Read && body.kind(operation) !== Op.Write && values.operationOf(values.number(container)) === operation;
}

/** True if the emptying may follow the handover with the container still in its place. */
function reaches(program: Program, body: FunctionBody, handover: number, { operation, container }: Emptying, stopsAtWaits: boolean): boolean {
  return (
    walkForward(body, handover, (next) => {
      if (next === operation) return Walk.Found;
      if (replacesPlaceOf(body, next, container) || isOrigin(body, next, container)) return Walk.Stop;
      return stopsAtWaits && mayWait(program, body, next) ? Walk.Stop : Walk.On;
    }) === true
  );
}

/** `out := c.m; clear(c.m); return out`: kept under another name before, looked at afterwards. */
function usedAfter(body: FunctionBody, emptying: Emptying): Handover | undefined {
  const { operation } = emptying;
  const graph = graphOf(body);
  const values = valuesOf(body);
  const isBefore = (first: number): boolean => {
    const block = graph.blockOf(first);
    return block === graph.blockOf(operation) ? first < operation : graph.dominates(block, graph.blockOf(operation));
  };
  /** True for a read of a local variable that was given the container before the emptying, which goes by another name. */
  const isOtherName = (container: number): boolean => {
    if (body.kind(container) !== Op.Read || body.placeKind(body.a(container)) !== PlaceKind.Variable) return false;
    const index = body.placeA(body.a(container));
    const variable = body.unit.variables[index]!;
    if (variable.owner !== body.index || variable.kind === VariableKind.Parameter || variable.writes !== 1 || variable.captured) return false;
    if (emptying.container !== NONE && (body.kind(emptying.container) !== Op.Read || samePlace(body, body.a(emptying.container), body, body.a(container)))) return false;
    return isEmptied(body, emptying, container) && writesOf(body, index).some(isBefore);
  };
  /** True for a value made before with the container in it. */
  const isWrapped = (value: number, container: number): boolean => {
    const origin = values.origin(values.number(value));
    return origin !== NONE && value !== container && isBefore(origin) && body.kind(value) === Op.Read && isEmptied(body, emptying, container);
  };
  // Whoever fills it again on some path empties it to do so.
  if (walkForward(body, operation, (next) => (next === operation ? Walk.Stop : mayFill(body, next, emptying) ? Walk.Found : Walk.On)) !== false) return undefined;
  let found: Handover | undefined;
  const holds = (value: number): boolean =>
    isContainer(body.shape(value)) ? isOtherName(value) : containersIn(body, value).some((container) => isWrapped(value, container));
  walkForward(body, operation, (next) => {
    if (next === operation) return Walk.Stop;
    const kind = body.kind(next);
    if (kind === Op.Return && [...body.list(next)].some(holds)) found = { kind: 'returned', handover: next };
    else if (kind === Op.Send && holds(body.b(next))) found = { kind: 'sent', handover: next };
    else if (kind === Op.Iterate && isOtherName(body.a(next))) found = { kind: 'ranged', handover: next };
    return found ? Walk.Found : Walk.On;
  });
  return found;
}

function writesOf(body: FunctionBody, variable: number): readonly number[] {
  const found: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Write && body.placeKind(body.a(operation)) === PlaceKind.Variable && body.placeA(body.a(operation)) === variable) found.push(operation);
  }
  return found;
}

/** True if an operation may put elements into the container: it writes to one that may be it, or hands one on. */
function mayFill(body: FunctionBody, operation: number, emptying: Emptying): boolean {
  const access = accessOf(body, operation);
  if (access === Access.Write || access === Access.Append) return isEmptied(body, emptying, containerOf(body, operation));
  if (body.kind(operation) !== Op.Call) return false;
  return [...body.list(operation)].some((value) => containersIn(body, value).some((each) => isEmptied(body, emptying, each)) || givesObjectOf(body, value, emptying));
}

/** True for the pointer whose field the container is: code that has it may fill the container. */
function givesObjectOf(body: FunctionBody, value: number, emptying: Emptying): boolean {
  const values = valuesOf(body);
  if (emptying.through) return values.number(value) === values.number(body.list(emptying.operation)[emptying.through.argument] ?? NONE);
  if (emptying.container === NONE || body.kind(emptying.container) !== Op.Read) return false;
  const root = body.rootOf(body.a(emptying.container));
  return body.placeKind(root) === PlaceKind.Target && values.number(value) !== NONE && values.number(value) === values.number(body.placeA(root));
}
