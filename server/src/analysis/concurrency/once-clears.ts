// Clears that a guard lets run only once, of containers that are filled again afterwards.

import { accessOf, Access, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, VariableKind } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { declaredAt, declaredOf } from '../declared.ts';
import { mayHoldOrNot, modeAt } from './call-contexts.ts';
import type { LockMode } from './call-contexts.ts';
import { guardsOf } from './guards.ts';
import { racesIn } from './races.ts';
import type { Race } from './races.ts';
import type { AccessEvent, Point } from './events.ts';

export interface OnceClear {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  /** The call of the guard. */
  readonly call: number;
  readonly clear: { readonly path: string; readonly body: FunctionBody; readonly operation: number };
  readonly refill: { readonly path: string; readonly body: FunctionBody; readonly operation: number };
}

/** A function that ends the use of something is meant to do so once. */
const finalNames = ['close', 'stop', 'shutdown', 'quit', 'exit', 'dispose', 'destroy', 'release', 'teardown', 'cleanup', 'finish', 'cancel', 'terminate'];

export function onceClearsIn(program: Program): readonly OnceClear[] {
  const found: OnceClear[] = [];
  let fills: ReadonlyMap<object, OnceClear['refill']> | undefined;
  let replaced: ReadonlySet<object> | undefined;
  for (const each of program.functions.values()) {
    if (each.entry !== undefined || each.isTest || finalNames.some((name) => each.name.toLowerCase().includes(name))) continue;
    if (!each.body.unit.callees.some(({ role }) => role === Role.Once)) continue;
    for (const body of each.body.unit.bodies) {
      for (let call = 0; call < body.operationCount; call++) {
        if (body.kind(call) !== Op.Call || body.calleeOf(call)?.role !== Role.Once) continue;
        const guard = body.list(call)[0] ?? NONE;
        const declared = declaredOf(body, guard);
        if (!declared || !isLasting(body, guard)) continue;
        const ran = functionRun(program, each, body, call);
        const clear = ran && clearIn(ran.body);
        if (!ran || !clear) continue;
        replaced ??= assignedIn(program);
        fills ??= fillsIn(program);
        const refill = fills.get(clear.declared);
        if (refill && !replaced.has(declared)) found.push({ function: each, body, call, clear: { path: ran.path, body: ran.body, operation: clear.operation }, refill });
      }
    }
  }
  return found;
}

/**
 * Whether a lock is held for writing when the clear runs, by all ways that lead there: taken by what the guard runs, or around the guard
 * by its function or that function's callers. Undefined where that is not known, or differs.
 */
export function isLockedClear(program: Program, { function: function_, body, call, clear }: OnceClear): boolean | undefined {
  const { contexts } = guardsOf(program);
  const isExclusive = ({ mode }: { readonly mode: LockMode }): boolean => mode === 'exclusive';
  const inside = contexts.summaries.locksOf(clear.body);
  const outside = contexts.summaries.locksOf(body);
  const use = contexts.useOf(body);
  if (!inside || !outside || use.kind === 'unknown') return undefined;
  const own = [...inside.heldAt(clear.operation).map((flow) => ({ mode: modeAt(flow, clear.operation) })), ...contexts.heldIn(body, call, use)];
  if (own.some(isExclusive)) return true;
  const isMixed = mayHoldOrNot(inside.flows, clear.operation) || mayHoldOrNot(outside.flows, call);
  if (own.length > 0 || isMixed || contexts.isUnclear(function_)) return undefined;
  if (use.kind === 'task') return false;
  const callers = contexts.of(function_);
  if (callers.length === 0 || callers.some(({ isUnclear }) => isUnclear)) return undefined;
  if (callers.every(({ held }) => held.some(isExclusive))) return true;
  return callers.every(({ held }) => held.length === 0) ? false : undefined;
}

/** True for a guard that outlives the call: a field of something else, a package variable. */
function isLasting(body: FunctionBody, address: number): boolean {
  if (body.kind(address) !== Op.AddressOf) return true;
  const variable = body.variableOf(body.a(address));
  return variable === NONE || body.unit.variables[variable]!.kind === VariableKind.Global;
}

function functionRun(program: Program, { path }: ProgramFunction, body: FunctionBody, call: number): { readonly path: string; readonly body: FunctionBody } | undefined {
  const index = body.calleeOf(call)?.runs[0]?.argument;
  const value = index === undefined ? NONE : (body.list(call)[index] ?? NONE);
  if (value === NONE) return undefined;
  if (body.kind(value) === Op.Closure) return { path, body: body.unit.bodies[body.a(value)]! };
  const key = body.kind(value) === Op.FunctionValue ? body.calleeOf(value)?.key : undefined;
  const known = key === undefined ? undefined : program.functions.get(key);
  return known && { path: known.path, body: known.body };
}

/** A field or package variable whose container a body clears, unless it closes a channel as well: that cannot be done twice. */
function clearIn(body: FunctionBody): { readonly operation: number; readonly declared: object } | undefined {
  let found: { readonly operation: number; readonly declared: object } | undefined;
  for (const each of [body, ...body.unit.bodies.filter((inner) => inner.parent === body.index)]) {
    for (let operation = 0; operation < each.operationCount; operation++) {
      if (each.kind(operation) === Op.Close || (each.kind(operation) === Op.Call && each.calleeOf(operation)?.role === Role.Closes)) return undefined;
      const container = each.kind(operation) === Op.Clear ? each.a(operation) : each.kind(operation) === Op.Delete && isInRange(each, operation) ? each.a(operation) : NONE;
      const declared = container === NONE ? undefined : declaredOf(each, container);
      if (declared && each === body && isLastingRead(each, container)) found ??= { operation, declared };
    }
  }
  return found;
}

function isLastingRead(body: FunctionBody, container: number): boolean {
  if (body.kind(container) !== Op.Read) return false;
  const place = body.a(container);
  return body.placeKind(place) === PlaceKind.Field || isLasting(body, container) || body.unit.variables[body.variableOf(place)]?.kind === VariableKind.Global;
}

/** True for the delete of `for k := range m { delete(m, k) }`. */
function isInRange(body: FunctionBody, operation: number): boolean {
  const key = body.b(operation);
  const declared = declaredOf(body, body.a(operation));
  return key !== NONE && body.loops.some((loop) => loop.iterate !== NONE && loop.start <= body.start(operation) && body.end(operation) <= loop.end && body.shape(loop.iterate) === Shape.Map && declared !== undefined && declaredOf(body, body.a(loop.iterate)) === declared);
}

/** By field or variable, an operation that puts elements into its container. */
function fillsIn(program: Program): ReadonlyMap<object, OnceClear['refill']> {
  const fills = new Map<object, OnceClear['refill']>();
  for (const { path, isTest, body: { unit } } of program.functions.values()) {
    if (isTest) continue;
    for (const body of unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        const access = accessOf(body, operation);
        const declared = access === Access.Write || access === Access.Append ? declaredOf(body, containerOf(body, operation)) : undefined;
        if (declared && !fills.has(declared)) fills.set(declared, { path, body, operation });
      }
    }
  }
  return fills;
}

/** The fields and variables that anything assigns to as a whole: a guard that is replaced runs again. */
function assignedIn(program: Program): ReadonlySet<object> {
  const assigned = new Set<object>();
  for (const { body: { unit } } of program.functions.values()) {
    for (const body of unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        const declared = body.kind(operation) === Op.Write ? declaredAt(body, body.a(operation)) : undefined;
        if (declared) assigned.add(declared);
      }
    }
  }
  return assigned;
}

/** Something that a goroutine sets which a guard starts, used elsewhere without waiting for it: Do does not wait for goroutines. */
export interface OnceFlag {
  readonly race: Race;
  readonly write: AccessEvent;
  readonly other: AccessEvent;
  readonly once: Point;
}

export function onceFlagsIn(program: Program): readonly OnceFlag[] {
  return racesIn(program).flatMap((race) => {
    for (const [write, other] of [[race.first, race.second], [race.second, race.first]] as const) {
      const once = write.isWrite && !write.isAtomic ? startedByOnce(write) : undefined;
      // Who did not come by the guard does not count on it.
      if (once && other.activation.task.chain.includes(once.activation.task)) return [{ race, write, other, once }];
    }
    return [];
  });
}

/** The call of the guard whose function started the task. */
function startedByOnce({ activation }: AccessEvent): Point | undefined {
  for (let at = activation.task.spawner; at; at = at.caller) if (at.onceGuard && at.caller) return { activation: at.caller, operation: at.callSite };
  return undefined;
}
