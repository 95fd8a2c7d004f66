// Which kinds of locks a call may take, whichever objects they belong to: the function itself, what it calls, methods behind
// interfaces of the package, functions that the program puts into fields, maps and lists. A kind is the field of a type, or a
// variable of package level.

import { conditionsAt } from '../conditions.ts';
import { seenAt } from '../held-functions.ts';
import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, isReference } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { givenFunction, parameterCallsIn } from './given-functions.ts';
import { Hold, closuresOf, lockSummariesOf } from './lock-state.ts';
import type { LockSummaries } from './lock-state.ts';

/** A lock of a kind that is taken on the way of a body. */
export interface KindTake {
  readonly kind: string;
  readonly mode: 'exclusive' | 'shared';
  readonly body: FunctionBody;
  /** The operation that takes it, or the call of a function that does. */
  readonly operation: number;
  readonly through: KindTake | undefined;
  /** As the innermost body knows it. */
  readonly lock: AccessPath;
  /** The parameter of the body that the lock's object is found from; undefined if it is found in another way. */
  readonly parameter: number | undefined;
}

/** A body that a call may run, and the values it gets for its parameters if they are those of the call. */
interface Target {
  readonly body: FunctionBody;
  readonly givesArguments: boolean;
}

/** Interfaces with more implementers say nothing of which one is called. */
const implementerLimit = 6;
/** Functions on the way of which more kinds are taken are not followed. */
const kindLimit = 40;
const depthLimit = 40;

/** The kind of a lock that is a field, or a variable of package level, itself; undefined for others and for pointers to locks. */
export function kindOf({ root, steps }: AccessPath): string | undefined {
  const last = steps.at(-1);
  if (last) return last.kind === 'field' ? last.key : undefined;
  return root.kind === 'global' ? root.key : undefined;
}

export class LockKinds {
  private readonly known = new Map<FunctionBody, readonly KindTake[]>();
  private readonly inWork = new Set<FunctionBody>();
  readonly summaries: LockSummaries;

  constructor(readonly program: Program) {
    this.summaries = lockSummariesOf(program);
  }

  /** The kinds that a body takes, one of each; none while the body is being looked at: it calls itself. */
  takesOf(body: FunctionBody): readonly KindTake[] {
    const before = this.known.get(body);
    if (before) return before;
    if (this.inWork.has(body) || this.inWork.size > depthLimit || body.incomplete) return [];
    this.inWork.add(body);
    const found = new Map<string, KindTake>();
    for (const take of this.ownTakes(body)) if (!found.has(take.kind)) found.set(take.kind, take);
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) !== Op.Call) continue;
      const takes = this.takesThrough(body, operation).filter(({ kind }) => !found.has(kind));
      if (takes.length === 0 || isAskedFor(body, operation)) continue;
      for (const take of takes) found.set(take.kind, take);
    }
    this.inWork.delete(body);
    const takes = found.size > kindLimit ? [] : [...found.values()];
    this.known.set(body, takes);
    return takes;
  }

  /** What the body takes itself, of objects that others may have. */
  ownTakes(body: FunctionBody): readonly KindTake[] {
    const found: KindTake[] = [];
    for (const flow of this.summaries.locksOf(body)?.flows ?? []) {
      const kind = kindOf(flow.lock);
      if (kind === undefined || !flow.complete || isOwn(body, flow.lock)) continue;
      for (const { operation, action, deferred, through } of flow.events) {
        if (deferred || through || (action !== 'lock' && action !== 'read-lock') || isAskedFor(body, operation)) continue;
        found.push({ kind, mode: action === 'lock' ? 'exclusive' : 'shared', body, operation, through: undefined, lock: flow.lock, parameter: parameterOf(body, flow.lock) });
      }
    }
    return found;
  }

  /** What is taken in the course of a call. */
  takesThrough(body: FunctionBody, call: number): readonly KindTake[] {
    const found: KindTake[] = [];
    for (const target of this.targetsAt(body, call)) {
      for (const take of this.takesOf(target.body)) {
        let parameter: number | undefined;
        if (take.parameter !== undefined && target.givesArguments) {
          const path = accessPathsOf(body).ofTarget(body.list(call)[take.parameter] ?? NONE);
          // A new object, which nobody waits for.
          if (path && isOwn(body, path)) continue;
          parameter = path && parameterOf(body, path);
        }
        found.push({ kind: take.kind, mode: take.mode, body, operation: call, through: take, lock: take.lock, parameter });
      }
    }
    return found;
  }

  private targetsAt(body: FunctionBody, call: number): readonly Target[] {
    if (body.flags(call) & (Flag.Deferred | Flag.Spawned)) return [];
    const callee = body.calleeOf(call);
    if (!callee) {
      const closures = closuresOf(body, body.b(call)) ?? [];
      const seen = closures.length > 0 ? [] : seenAt(this.program, body, body.b(call));
      // Of several that are seen there, each belongs to some object, and not to every one.
      if (seen.length > 1) return [];
      return [...closures, ...seen.flatMap((each) => (each.kind === 'closure' ? [each.body] : each.kind === 'function' ? [each.function.body] : []))].map((each) => ({ body: each, givesArguments: false }));
    }
    if (callee.role !== Role.None && callee.role !== Role.Once) return [];
    const given = this.givenAt(body, call);
    if (callee.kind === 'interface') {
      const implementers = this.program.implementersOf(callee) ?? [];
      return implementers.length > implementerLimit ? given : [...given, ...implementers.filter((each) => !each.isTest).map((each) => ({ body: each.body, givesArguments: true }))];
    }
    const function_ = this.summaries.functionOf(callee);
    return function_ ? [...given, { body: function_.body, givesArguments: true }] : given;
  }

  /** Functions that the call is given and that run before it returns. */
  private givenAt(body: FunctionBody, call: number): readonly Target[] {
    const callee = body.calleeOf(call)!;
    const function_ = this.summaries.functionOf(callee);
    const run = [...callee.runs.filter((each) => each.when === 'now').map((each) => each.argument), ...(function_ ? parameterCallsIn(function_.body, this.summaries).map((each) => each.parameter) : [])];
    return run.flatMap((argument) => {
      const given = givenFunction(body, body.list(call)[argument] ?? NONE, this.summaries);
      return given ? [{ body: given.body, givesArguments: false }] : [];
    });
  }

  /** True if a lock of a kind may be in another state than before the call, where a take of another kind happens in its course. */
  letsGo(take: KindTake, kind: string): boolean {
    for (let at: KindTake | undefined = take.through; at; at = at.through) {
      const { operation } = at;
      if (this.summaries.locksOf(at.body)?.flows.some((flow) => kindOf(flow.lock) === kind && flow.before[operation] !== Hold.Before)) return true;
    }
    return false;
  }

  /** The kinds that are held where a take happens, in all functions on the way to it. */
  heldOnTheWay(take: KindTake): ReadonlySet<string> {
    const found = new Set<string>();
    for (let at: KindTake | undefined = take; at; at = at.through) {
      for (const flow of this.summaries.locksOf(at.body)?.heldAt(at.operation) ?? []) found.add(kindOf(flow.lock) ?? flow.lock.key);
    }
    return found;
  }
}

/** True if an argument decides whether an operation is reached: callers that hold the lock may say so. */
function isAskedFor(body: FunctionBody, operation: number): boolean {
  const values = valuesOf(body);
  const isArgument = (value: number): boolean => value !== NONE && !isReference(body.shape(value)) && values.incoming(values.number(value)) !== undefined;
  return conditionsAt(body, operation).some(({ condition }) => isArgument(condition) || (body.kind(condition) === Op.Compute && (isArgument(body.a(condition)) || isArgument(body.b(condition)))));
}

/** True for a lock of an object that the body made, or of a local variable. */
function isOwn(body: FunctionBody, { root }: AccessPath): boolean {
  if (root.kind === 'variable') return true;
  const maker = root.kind === 'value' ? body.unit.bodies[root.body] : undefined;
  return maker !== undefined && valuesOf(maker).creation(root.index) !== undefined;
}

function parameterOf(body: FunctionBody, { root }: AccessPath): number | undefined {
  return root.kind === 'parameter' && root.body === body.index ? root.index : undefined;
}

/** Where a take is in the end. */
export function innermost(take: KindTake): KindTake {
  let at = take;
  while (at.through) at = at.through;
  return at;
}
