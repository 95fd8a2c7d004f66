// Functions that are sent to another task, which runs them: `commands <- func() { …; close(done) }`. The receiver's loop runs each of
// them once, however often it comes round.

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { NONE, Op } from '../../model/operations.ts';
import type { Activation } from './activation.ts';
import { Barrier, beforeIt } from './passages.ts';
import type { Moment } from './passages.ts';

export interface SentRun {
  /** The run of the sent function. */
  readonly activation: Activation;
  /** The moment before it begins: who passes it begins another run. */
  readonly another: Barrier;
  /** Where the function is sent: before that nothing of it runs. */
  readonly sent: Moment;
}

/** The run of a sent function that an activation belongs to; undefined if there is none, or if one function may be sent again. */
export function sentRunAround(activation: Activation): SentRun | undefined {
  for (let at: Activation | undefined = activation; at; at = at.caller) {
    const { caller, callSite, callOperations } = at;
    const send = caller && !at.deferred && at.around && isReceived(caller.body, callSite) ? onlySendOf(at.around.body, at.body) : NONE;
    if (!caller || !at.around || send === NONE) continue;
    return { activation: at, sent: { activation: at.around, at: [send], operation: send }, another: new Barrier([{ activation: caller, at: callOperations.map((operation) => operation - beforeIt), operation: callSite }]) };
  }
  return undefined;
}

/** True for a call of a value that comes from a channel. */
function isReceived(body: FunctionBody, call: number): boolean {
  const value = body.kind(call) === Op.Call ? body.b(call) : NONE;
  if (value === NONE) return false;
  const values = valuesOf(body);
  let from = values.operationOf(values.number(value));
  if (from !== NONE && body.kind(from) === Op.Extract) from = values.operationOf(values.number(body.a(from)));
  if (from === NONE) return false;
  if (body.kind(from) === Op.Receive) return true;
  return (body.kind(from) === Op.IterationKey || body.kind(from) === Op.IterationValue) && body.shape(body.a(body.a(from))) === Shape.Channel;
}

/** The operation that sends a function which is written in a body, if it is made for that and goes nowhere else; else NONE. */
function onlySendOf(body: FunctionBody, sent: FunctionBody): number {
  let made = NONE;
  let send = NONE;
  let uses = 0;
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Closure && body.unit.bodies[body.a(operation)] === sent) made = operation;
    else if (body.kind(operation) === Op.Send && made !== NONE && body.b(operation) === made) send = operation;
    body.forEachOperand(operation, (value) => {
      if (value === made && made !== NONE) uses++;
    });
  }
  return uses === 1 ? send : NONE;
}
