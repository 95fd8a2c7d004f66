// Functions that end something: they close a channel or a connection, cancel what runs, or wait for tasks to end. Decided by
// what they do, whatever they are called.

import type { FunctionBody } from '../model/function-body.ts';
import type { Callee } from '../model/objects.ts';
import { Role, VariableKind } from '../model/objects.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { declaredOf } from './declared.ts';

/** What a front end knows of ends by its types. */
export interface EndingWords {
  /** True for a method that gives back what its receiver holds, such as the Close of an io.Closer. */
  isCloser(callee: Callee): boolean;
  /** True for a field or variable that holds a function which cancels something. */
  isCancel(declared: object): boolean;
}

/** Calls are followed so far. */
const depthLimit = 3;

/** True if a function, or one that it calls, ends something in the same task. */
export function endsSomething(program: Program, { unit }: FunctionBody, words: EndingWords, depth = 0): boolean {
  return unit.bodies.some((body) => {
    if (body.incomplete) return false;
    for (let operation = 0; operation < body.operationCount; operation++) {
      const kind = body.kind(operation);
      if (kind === Op.Close ? isPart(body, body.a(operation)) : kind === Op.Call && isEnding(program, body, operation, words, depth)) return true;
    }
    return false;
  });
}

function isEnding(program: Program, body: FunctionBody, call: number, words: EndingWords, depth: number): boolean {
  const callee = body.calleeOf(call);
  if (!callee) {
    const declared = body.b(call) === NONE ? undefined : declaredOf(body, body.b(call));
    return declared !== undefined && words.isCancel(declared);
  }
  const [first = NONE] = body.list(call);
  if (callee.role === Role.CounterWait) return isPart(body, first);
  return isPart(body, first) && (callee.role === Role.Closes || ends(program, callee, words, depth));
}

/** True for a field, or what a parameter gave: something that was there before the call. A channel of the function's own is no life. */
function isPart(body: FunctionBody, value: number): boolean {
  if (value === NONE) return false;
  const kind = body.kind(value);
  if (kind === Op.Incoming) return true;
  if (kind !== Op.Read && kind !== Op.AddressOf) return false;
  const place = body.a(value);
  if (body.placeKind(place) !== PlaceKind.Variable) return true;
  const variable = body.unit.variables[body.placeA(place)]!;
  return variable.kind === VariableKind.Receiver || variable.kind === VariableKind.Parameter || variable.kind === VariableKind.Global;
}

/** True if a call of a function ends something: by its type, or by what it does. */
export function ends(program: Program, callee: Callee, words: EndingWords, depth = 0): boolean {
  if (words.isCloser(callee)) return true;
  const called = depth < depthLimit && callee.key !== undefined ? program.functions.get(callee.key) : undefined;
  return called !== undefined && endsSomething(program, called.body, words, depth + 1);
}
