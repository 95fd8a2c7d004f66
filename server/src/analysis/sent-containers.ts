// Containers, and variables whose address was sent, that a function goes on changing after it has sent them: whoever received one has
// the same elements.
//
//   buf := make([]byte, size)
//   for { n := read(buf); frames <- buf[:n] }      the next round fills what the receiver still looks at
//   for _, e := range entries { wanted <- &e }     before Go 1.22 the next round assigns what the receiver has

import { accessOf, containerOf, isChange } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Role, Shape, VariableKind } from '../model/objects.ts';
import { Flag, NONE, Op } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { containersIn } from './holders.ts';
import { ValueKind } from './value-table.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

export interface ChangedAfterSend {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly send: number;
  /** The operation that changes elements of what was sent, or assigns the variable whose address was. */
  readonly change: number;
}

/** Changes of containers that were sent, with nothing in between that may wait for the receiver. One for each send. */
export function changedAfterSend(program: Program): readonly ChangedAfterSend[] {
  const found: ChangedAfterSend[] = [];
  for (const function_ of program.functions.values()) {
    if (function_.generated) continue;
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let send = 0; send < body.operationCount; send++) {
        if (body.kind(send) !== Op.Send || !isReceivedElsewhere(body, body.a(send))) continue;
        const container = changeAfter(program, body, send);
        const change = container === NONE ? assignedAfter(program, body, send) : container;
        if (change !== NONE) found.push({ function: function_, body, send, change });
      }
    }
  }
  return found;
}

/** True for a channel that came from outside the body: a field, a parameter, a variable of a function around it. */
function isReceivedElsewhere(body: FunctionBody, channel: number): boolean {
  const at = valuesOf(body).source(channel);
  if (at === NONE || body.kind(at) === Op.Incoming) return at !== NONE;
  if (body.kind(at) !== Op.Read) return false;
  const variable = body.variableOf(body.a(at));
  if (variable === NONE) return true;
  const { kind, owner } = body.unit.variables[variable]!;
  return kind === VariableKind.Global || kind === VariableKind.Parameter || owner !== body.index;
}

function changeAfter(program: Program, body: FunctionBody, send: number): number {
  const sent = new Set<number>();
  for (const container of containersIn(body, body.b(send))) {
    const made = madeBy(body, container);
    if (made !== NONE) sent.add(made);
  }
  if (sent.size === 0) return NONE;
  let change = NONE;
  walkForward(body, send, (next) => {
    if (sent.has(next) || mayMeet(program, body, next, 0)) return Walk.Stop;
    if (!isChange(accessOf(body, next)) || !sent.has(madeBy(body, containerOf(body, next)))) return Walk.On;
    change = next;
    return Walk.Found;
  });
  return change;
}

/** The assignment of a variable whose address was sent that may come next; NONE if none does, or each round has a variable of its own. */
function assignedAfter(program: Program, body: FunctionBody, send: number): number {
  const values = valuesOf(body);
  const number = values.number(body.b(send));
  if (number === NONE || values.table.kind(number) !== ValueKind.AddressOfVariable) return NONE;
  const variable = values.table.a(number);
  const isOwn = body.unit.variables[variable]!.perIteration !== false;
  let change = NONE;
  walkForward(body, send, (next) => {
    if (next === send || mayMeet(program, body, next, 0)) return Walk.Stop;
    if (body.kind(next) !== Op.Write || body.variableOf(body.a(next)) !== variable) return Walk.On;
    if (body.has(next, Flag.Define) && isOwn) return Walk.Stop;
    change = next;
    return Walk.Found;
  });
  return change;
}

/** The operation that made a container, or the container that a list is part of; NONE if it is not known or one of several. */
function madeBy(body: FunctionBody, container: number): number {
  const values = valuesOf(body);
  let at = container;
  for (let steps = 0; at !== NONE && steps < 8; steps++) {
    const made = values.creation(values.number(at));
    if (made !== undefined) return body.kind(made) === Op.Make ? made : NONE;
    const origin = values.operationOf(values.number(at));
    if (origin === NONE || body.kind(origin) !== Op.Slice) return NONE;
    at = body.a(origin);
  }
  return NONE;
}

/** Calls are followed so deep. */
const callDepth = 3;

/** True if a task may wait for another one at an operation. Who takes a lock comes before or after the others, as it happens. */
function mayMeet(program: Program, body: FunctionBody, operation: number, depth: number): boolean {
  switch (body.kind(operation)) {
    case Op.Receive:
    case Op.Send:
    case Op.Close:
    case Op.Opaque:
      return true;
    case Op.Next: {
      const shape = body.shape(body.a(operation));
      return shape === Shape.Channel || shape === Shape.Function || shape === Shape.Unknown;
    }
    case Op.Call:
      return !(body.flags(operation) & (Flag.Deferred | Flag.Spawned)) && callMayMeet(program, body, operation, depth);
    default:
      return false;
  }
}

function callMayMeet(program: Program, body: FunctionBody, call: number, depth: number): boolean {
  const callee = body.calleeOf(call);
  if (!callee || callee.runs.length > 0) return true;
  if (callee.kind === 'builtin') return false;
  if (callee.role !== Role.None) return !meetsNobody(callee.role);
  const bodies = callee.kind === 'interface' ? program.implementersOf(callee)?.map((each) => each.body) : callee.key === undefined ? undefined : [program.functions.get(callee.key)?.body].filter((each) => each !== undefined);
  for (const each of bodies ?? []) {
    if (depth >= callDepth || each.incomplete) return true;
    for (let operation = 0; operation < each.operationCount; operation++) if (mayMeet(program, each, operation, depth + 1)) return true;
  }
  // Code that is not known can only wait for what it is given.
  return (bodies ?? []).length === 0 && [...body.list(call)].some((value) => value !== NONE && leadsToOthers(body.shape(value)));
}

function meetsNobody(role: Role): boolean {
  switch (role) {
    case Role.Lock:
    case Role.ReadLock:
    case Role.Unlock:
    case Role.ReadUnlock:
    case Role.Reads:
    case Role.Looks:
    case Role.Observes:
    case Role.Changes:
    case Role.Views:
    case Role.Fills:
    case Role.Clears:
    case Role.Deletes:
      return true;
    default:
      return false;
  }
}

function leadsToOthers(shape: Shape): boolean {
  return shape === Shape.Channel || shape === Shape.Function || shape === Shape.Pointer || shape === Shape.Unknown;
}
