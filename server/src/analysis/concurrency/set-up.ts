// What a method does before it starts the tasks of its object: where it gives the object what they need, nobody else has the object yet.
//
//	func (f *file) Open() error {
//		if f.readOnly { f.position = 0 }      ← before the tasks
//		f.cache = newCache()                  ← given without a lock
//		go f.watch()
//	}
//
// Nor where a method that gives nothing back starts a loop that answers channels: there is one such loop for an object.
//
//	func (b *book) OnStart() error { b.load(); go b.saveNowAndThen(); return nil }

import { comesBefore, graphOf } from '../graph.ts';
import { isInLoop } from '../loops.ts';
import { valuesOf } from '../values.ts';
import { leadsTo } from '../walk.ts';
import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import { accessPathsOf } from './access-paths.ts';
import type { Step } from './access-paths.ts';
import type { CallContexts } from './call-contexts.ts';
import type { LocatedAccess } from './guards.ts';
import { makesParts } from './parts-made.ts';
import { sharedAccessesIn } from './shared-accesses.ts';

/** True for an access of a member of a method's own object, or of what it gives a function, before it starts the object's first tasks. */
export function isInSetUp(contexts: CallContexts, { access, context: { site }, isTask }: LocatedAccess): boolean {
  const { root } = access.path;
  if (isTask || root.kind !== 'parameter' || root.body !== access.body.index) return false;
  if (isBeforeTasksOf(contexts, access.body, access.operation, root.index)) return true;
  const given = site && access.body.index === 0 && !(site.body.flags(site.operation) & (Flag.Spawned | Flag.Deferred)) ? (site.body.list(site.operation)[root.index] ?? NONE) : NONE;
  const from = given === NONE ? undefined : accessPathsOf(site!.body).ofTarget(given);
  return from?.root.kind === 'parameter' && from.root.body === site!.body.index && isInPlace(from.steps) && isBeforeTasksOf(contexts, site!.body, site!.operation, from.root.index);
}

/** True for what a pointer leads to, or a field in it. */
function isInPlace(steps: readonly Step[]): boolean {
  return steps.every((step, index) => step.kind === (index === 0 ? 'target' : 'field'));
}

/** True for an operation of a function that gives the object in a parameter members and then starts tasks of it, or starts its loop, if it comes before these, and of a function that makes parts which the object works with. */
export function isBeforeTasksOf(contexts: CallContexts, body: FunctionBody, operation: number, parameter: number): boolean {
  const { starts, gives, loops } = setUpsOf(contexts, body, parameter);
  const isSetUp = loops.some((start) => leadsTo(body, operation, start)) || starts.some((start) => gives.some((give) => comesBefore(body, give, start))) || makesParts(contexts, body, parameter);
  return isSetUp && !starts.some((start) => leadsTo(body, start, operation));
}

interface SetUp {
  /** Where tasks start that have the object. */
  readonly starts: readonly number[];
  /** Where members of the object are assigned without a lock. */
  readonly gives: readonly number[];
  /** Those of the starts whose task is a loop that answers channels. */
  readonly loops: readonly number[];
}

const known = new BodyFacts<Map<number, SetUp>>();

function setUpsOf(contexts: CallContexts, body: FunctionBody, parameter: number): SetUp {
  let own = known.get(body);
  if (!own) known.set(body, (own = new Map()));
  let found = own.get(parameter);
  if (!found) own.set(parameter, (found = findSetUp(contexts, body, parameter)));
  return found;
}

function findSetUp(contexts: CallContexts, body: FunctionBody, parameter: number): SetUp {
  const starts: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === Op.Call && body.has(operation, Flag.Spawned) && hasObject(body, operation, parameter)) starts.push(operation);
  }
  if (starts.length === 0) return { starts, gives: [], loops: [] };
  const loops = givesNothingBack(body) ? starts.filter((start) => contexts.summaries.bodiesCalledAt(body, start)?.some(answersChannels)) : [];
  const gives = sharedAccessesIn(body).filter(({ mode, operation, path: { root, steps } }) => mode === 'assign' && body.kind(operation) === Op.Write && root.kind === 'parameter' && root.index === parameter && root.body === body.index && steps.length === 2 && contexts.heldIn(body, operation).length === 0);
  return { starts, gives: gives.map(({ operation }) => operation), loops };
}

/** True for a function without results, or with nothing but an error. */
function givesNothingBack(body: FunctionBody): boolean {
  return body.results.length === 0 || (body.results.length === 1 && body.unit.variables[body.results[0]!]!.shape === Shape.Interface);
}

/** `for { select { … } }`: a loop without a condition that receives. */
function answersChannels(body: FunctionBody): boolean {
  const graph = graphOf(body);
  return body.loops.some((loop, index) => {
    if (loop.parent !== NONE || loop.iterate !== NONE || [...body.successors(loop.head)].includes(loop.exit)) return false;
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) === Op.Receive && isInLoop(body, operation, index) && graph.isReachable(graph.blockOf(operation))) return true;
    }
    return false;
  });
}

/** True if what is started is a method of the object, gets it, or captures the variable it is in. */
function hasObject(body: FunctionBody, start: number, parameter: number): boolean {
  const isIt = (value: number): boolean => {
    const root = value === NONE ? undefined : accessPathsOf(body).ofTarget(value)?.root;
    return root?.kind === 'parameter' && root.body === body.index && root.index === parameter;
  };
  if ([...body.list(start)].some(isIt)) return true;
  const made = body.b(start) === NONE ? undefined : valuesOf(body).creation(valuesOf(body).number(body.b(start)));
  if (made === undefined || body.kind(made) !== Op.Closure) return false;
  return body.unit.bodies[body.a(made)]!.captures.includes(body.parameters[parameter]!);
}
