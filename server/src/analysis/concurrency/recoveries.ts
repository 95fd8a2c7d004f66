// Where an unwinding is stopped, around accesses that do not unwind: a map that two tasks use at once ends the process.

import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape } from '../../model/objects.ts';
import { containerOf } from '../../model/accesses.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import type { Activation } from './activation.ts';
import type { AccessEvent } from './events.ts';
import { racesIn } from './races.ts';
import type { Race } from './races.ts';

/** A race on a map inside a function that recovers. */
export interface GuardedRace {
  readonly race: Race;
  readonly access: AccessEvent;
  readonly other: AccessEvent;
  readonly recovery: { readonly path: string; readonly body: FunctionBody; readonly operation: number };
}

export function recoveredRacesIn(program: Program): readonly GuardedRace[] {
  return racesIn(program).flatMap((race) => {
    if (!isOfMap(race.first) || !isOfMap(race.second)) return [];
    for (const [access, other] of [[race.first, race.second], [race.second, race.first]] as const) {
      const recovery = recoveryAround(program, race, access.activation);
      if (recovery) return [{ race, access, other, recovery }];
    }
    return [];
  });
}

/** True for an access of the entries of a map. */
function isOfMap({ activation: { body }, operation }: AccessEvent): boolean {
  const container = containerOf(body, operation);
  return container !== NONE && body.shape(container) === Shape.Map;
}

/** The call that recovers, deferred by the function of an activation or one that calls it. */
function recoveryAround(program: Program, race: Race, activation: Activation): GuardedRace['recovery'] | undefined {
  for (let at: Activation | undefined = activation; at; at = at.caller) {
    const path = race.execution.pathOf(at);
    const { body } = at;
    for (let call = 0; path !== undefined && call < body.operationCount; call++) {
      if (body.kind(call) !== Op.Call || !body.has(call, Flag.Deferred)) continue;
      const deferred = deferredBody(program, path, body, call);
      const operation = deferred ? recoveringCall(deferred.body) : NONE;
      if (deferred && operation !== NONE) return { path: deferred.path, body: deferred.body, operation };
    }
  }
  return undefined;
}

function deferredBody(program: Program, path: string, body: FunctionBody, call: number): { readonly path: string; readonly body: FunctionBody } | undefined {
  const key = body.calleeOf(call)?.key;
  const named = key === undefined ? undefined : program.functions.get(key);
  if (named) return { path: named.path, body: named.body };
  const closure = body.b(call);
  return closure !== NONE && body.kind(closure) === Op.Closure ? { path, body: body.unit.bodies[body.a(closure)]! } : undefined;
}

function recoveringCall(body: FunctionBody): number {
  for (let call = 0; call < body.operationCount; call++) if (body.kind(call) === Op.Call && body.calleeOf(call)?.role === Role.Recovers) return call;
  return NONE;
}

/** A text that a function which recovers speaks of the runtime's message with. */
export interface ExpectedMessage {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly constant: number;
}

/** How the runtime's messages begin: `concurrent map writes`, `concurrent map read and map write`, … */
const message = 'concurrent map ';

export function expectedMessagesIn(program: Program): readonly ExpectedMessage[] {
  const found: ExpectedMessage[] = [];
  for (const each of program.functions.values()) {
    const { unit } = each.body;
    if (!unit.constants.some((constant) => typeof constant === 'string' && constant.includes(message)) || !unit.callees.some(({ role }) => role === Role.Recovers)) continue;
    for (const body of unit.bodies) {
      if (recoveringCall(body) === NONE) continue;
      for (let constant = 0; constant < body.operationCount; constant++) {
        const text = body.constantOf(constant);
        if (typeof text === 'string' && text.includes(message)) found.push({ function: each, body, constant });
      }
    }
  }
  return found;
}
