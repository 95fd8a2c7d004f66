// Receivers that put back what they received, and keep receiving: when the channel is full and all who receive from it are about to
// put something back, nobody makes room.
//
//   for {
//       t := <-tasks
//       if isBusy(t) { tasks <- t; continue }   ← blocks while every worker is here
//       return t
//   }

import { graphOf } from '../graph.ts';
import { valuesOf } from '../values.ts';
import { Walk, walkForward } from '../walk.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';

export interface PutBack {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly receive: number;
  readonly send: number;
}

/** Blocking sends of what was received from the same channel, in a round that receives again, where other rounds keep what they received. */
export function putBacksIn(program: Program): readonly PutBack[] {
  const found: PutBack[] = [];
  for (const each of program.functions.values()) {
    if (each.isTest || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      const sends = operationsOf(body, Op.Send);
      if (sends.length === 0) continue;
      for (const receive of operationsOf(body, Op.Receive)) {
        const send = sends.find((one) => isPutBack(body, receive, one));
        if (send !== undefined) found.push({ function: each, body, receive, send });
      }
    }
  }
  return found;
}

/** The reached operations of a kind that block: no cases of a choice. */
function operationsOf(body: FunctionBody, kind: Op): readonly number[] {
  return graphOf(body).order.flatMap((block) => {
    const found: number[] = [];
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) if (body.kind(operation) === kind && !body.has(operation, Flag.Chosen)) found.push(operation);
    return found;
  });
}

function isPutBack(body: FunctionBody, receive: number, send: number): boolean {
  const values = valuesOf(body);
  const channel = values.number(body.a(receive));
  // Who makes the channel knows how many there are.
  if (channel === NONE || channel !== values.number(body.a(send)) || values.creation(channel) !== undefined) return false;
  const given = values.number(receive);
  const sent = values.alternatives(values.number(body.b(send)));
  return sent !== undefined && sent.length === 1 && sent[0] === given && comesTo(body, receive, send, NONE) && comesTo(body, send, receive, NONE) && comesTo(body, receive, undefined, send);
}

/** True if a path leads from one operation to another, or to a return if none is given, without passing a third. */
function comesTo(body: FunctionBody, from: number, to: number | undefined, past: number): boolean {
  const isEnd = (operation: number): boolean => (to === undefined ? body.kind(operation) === Op.Return : operation === to);
  return walkForward(body, from, (operation) => (operation === past ? Walk.Stop : isEnd(operation) ? Walk.Found : Walk.On)) === true;
}
