// Functions that a call hands to a function of the package which runs them before it returns: closures, named functions,
// methods bound to their receiver. `txn.CommitWith(b.done)` may run b.done while the caller holds what it holds.

import { valuesOf } from '../values.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { ProgramFunction } from '../../model/program.ts';
import { accessPathsOf, extendedPath } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { closuresOf } from './lock-state.ts';
import type { LockSummaries } from './lock-state.ts';

/** A call of what a parameter was given, in the task of its function. */
export interface ParameterCall {
  readonly parameter: number;
  /** The call of the parameter, or of another function that is given it and calls it. */
  readonly operation: number;
  /** The same in the function that is given it; undefined if the operation is the call of the parameter. */
  readonly through: { readonly body: FunctionBody; readonly call: ParameterCall } | undefined;
}

/** Functions that hand a parameter on further than this are not followed. */
const handoverLimit = 6;

const known = new BodyFacts<readonly ParameterCall[]>();

/** Where a declared function calls the functions that it is given, at once and not at its exits. One for each parameter. */
export function parameterCallsIn(body: FunctionBody, summaries: LockSummaries, depth = 0): readonly ParameterCall[] {
  let found = known.get(body);
  if (!found && depth < handoverLimit) {
    found = collect(body, summaries, depth);
    if (depth === 0) known.set(body, found);
  }
  return found ?? [];
}

function collect(body: FunctionBody, summaries: LockSummaries, depth: number): readonly ParameterCall[] {
  const found = new Map<number, ParameterCall>();
  if (body.incomplete) return [];
  const values = valuesOf(body);
  const parameterOf = (value: number): number | undefined => (value === NONE ? undefined : values.incoming(values.number(value)));
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || body.flags(operation) & (Flag.Deferred | Flag.Spawned)) continue;
    const called = parameterOf(body.b(operation));
    if (called !== undefined) {
      if (!found.get(called) || found.get(called)!.through) found.set(called, { parameter: called, operation, through: undefined });
      continue;
    }
    const callee = body.calleeOf(operation);
    const function_ = callee && summaries.functionOf(callee);
    if (!function_ || function_.body === body) continue;
    body.list(operation).forEach((value, index) => {
      const parameter = value !== NONE && body.shape(value) === Shape.Function ? parameterOf(value) : undefined;
      if (parameter === undefined || found.has(parameter)) return;
      const call = parameterCallsIn(function_.body, summaries, depth + 1).find((each) => each.parameter === index);
      if (call) found.set(parameter, { parameter, operation, through: { body: function_.body, call } });
    });
  }
  return [...found.values()];
}

/** A function that a value is, as one of several or for certain. */
export interface GivenFunction {
  readonly body: FunctionBody;
  /** A path of the function in terms of the body that has the value; undefined if that does not know it. */
  readonly inTerms: (path: AccessPath) => AccessPath | undefined;
}

/** The function that a value is, if it can be nothing else; undefined if that is not known. */
export function givenFunction(body: FunctionBody, value: number, summaries: LockSummaries): GivenFunction | undefined {
  if (value === NONE) return undefined;
  const closures = closuresOf(body, value);
  if (closures) {
    const [closure] = closures;
    if (closures.length !== 1 || !closure) return undefined;
    return { body: closure, inTerms: (path) => (path.root.kind === 'parameter' && path.root.body === closure.index ? undefined : path) };
  }
  const at = valuesOf(body).source(value);
  const callee = body.kind(at) === Op.FunctionValue ? body.calleeOf(at) : undefined;
  const function_: ProgramFunction | undefined = callee && summaries.functionOf(callee);
  if (!function_) return undefined;
  const receiver = body.b(at);
  return {
    body: function_.body,
    inTerms(path) {
      if (path.root.kind === 'global') return path;
      const [first, ...rest] = path.steps;
      if (receiver === NONE || path.root.kind !== 'parameter' || path.root.body !== 0 || path.root.index !== 0 || first?.kind !== 'target') return undefined;
      const base = accessPathsOf(body).ofTarget(receiver);
      return base && extendedPath(base, rest, path.loads);
    },
  };
}
