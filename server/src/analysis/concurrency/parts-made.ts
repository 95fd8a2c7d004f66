// Functions that alone make the channels and maps of an object which they are given, or give it what it calls, without a lock: nothing of
// the object works before them, so they come before all others.
//
//	func (b *broker) Init() { b.events = make(chan event); … }
//	func (b *broker) Run()  { for e := range b.events { … } }
//
//	func (q *queue) Start(c client) { q.client = c; q.load() }
//	func (q *queue) Put(n int)      { q.client.Put(n) }          ← without asking `q.client == nil`

import { conditionsAt } from '../conditions.ts';
import { isOfNewObject } from '../fields.ts';
import { valuesOf } from '../values.ts';
import { Access, accessOf, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import type { ProgramFunction } from '../../model/program.ts';
import { accessPathsOf } from './access-paths.ts';
import type { CallContexts } from './call-contexts.ts';

/** True for a function that sets up the object in a parameter: it makes a part which nobody else makes, and others cannot do without. */
export function makesParts(contexts: CallContexts, body: FunctionBody, parameter: number): boolean {
  let makers = known.get(contexts);
  if (!makers) known.set(contexts, (makers = collect(contexts)));
  return makers.get(body)?.has(parameter) === true;
}

const known = new WeakMap<CallContexts, ReadonlyMap<FunctionBody, ReadonlySet<number>>>();

/** Where a field gets its only container. */
interface Making {
  readonly function: ProgramFunction;
  readonly operation: number;
  readonly parameter: number;
}

/** By each function that asks whether the part is there, more than so many others use it and do not ask. */
const leastUsesPerQuestion = 2;

function collect(contexts: CallContexts): ReadonlyMap<FunctionBody, ReadonlySet<number>> {
  const makings = new Map<object, Making>();
  const otherwise = new Set<object>();
  const needed = new Map<object, Set<FunctionBody>>();
  const asking = new Map<object, Set<FunctionBody>>();
  for (const each of contexts.program.functions.values()) {
    if (each.isTest) continue;
    for (const body of each.body.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        noteNeed(body, operation, each, needed);
        const asked = fieldComparedWithNil(body, operation);
        if (asked) addTo(asking, asked, each.body);
        for (const field of fieldsAssigned(body, operation)) {
          const making = makings.has(field) ? undefined : makingAt(contexts, each, body, operation);
          if (making) makings.set(field, making);
          else otherwise.add(field);
        }
      }
    }
  }
  const found = new Map<FunctionBody, Set<number>>();
  for (const [field, { function: { body }, parameter }] of makings) {
    const asked = asking.get(field);
    const others = [...(needed.get(field) ?? [])].filter((each) => each !== body && !asked?.has(each));
    if (otherwise.has(field) || others.length <= leastUsesPerQuestion * (asked?.size ?? 0)) continue;
    found.set(body, (found.get(body) ?? new Set()).add(parameter));
  }
  return found;
}

/** The parts among the fields that an operation assigns, or whose address it takes. */
function fieldsAssigned(body: FunctionBody, operation: number): readonly object[] {
  const kind = body.kind(operation);
  if (kind === Op.Aggregate && body.shape(operation) === Shape.Record) {
    const parts = body.list(operation);
    const found: object[] = [];
    for (let i = 0; i < parts.length; i += 2) {
      const field = parts[i + 1] === NONE ? undefined : partAt(body, parts[i]!);
      if (field) found.push(field);
    }
    return found;
  }
  if ((kind !== Op.Write && kind !== Op.AddressOf) || body.placeKind(body.a(operation)) !== PlaceKind.Field) return [];
  const field = partAt(body, body.placeB(body.a(operation)));
  return field ? [field] : [];
}

function partAt({ unit }: FunctionBody, field: number): object | undefined {
  const { origin, shape, exported } = unit.fields[field]!;
  return !exported && (shape === Shape.Channel || shape === Shape.Map || shape === Shape.Interface) ? origin : undefined;
}

/** `b.events = make(chan event)`, `q.client = c`, of the object in a parameter, whatever that is, without a lock. */
function makingAt(contexts: CallContexts, function_: ProgramFunction, body: FunctionBody, operation: number): Making | undefined {
  if (body !== function_.body || body.kind(operation) !== Op.Write || body.b(operation) === NONE || isOfNewObject(body, body.a(operation))) return undefined;
  // What was made before and filled since is new content.
  const given = body.kind(body.b(operation));
  if (body.shape(operation) === Shape.Interface ? given === Op.Zero || setsNothingElse(body) : given !== Op.Make && given !== Op.Aggregate) return undefined;
  const path = accessPathsOf(body).ofPlaceOf(operation);
  if (path?.root.kind !== 'parameter' || path.root.body !== body.index || path.steps.length !== 2 || path.steps[0]!.kind !== 'target') return undefined;
  const { index } = path.root;
  if (contexts.heldIn(body, operation).length > 0 || asksObject(body, operation, index)) return undefined;
  // Of an object that its maker sets up with it, others have it later, and may call it again.
  if (contexts.of(function_).some(({ held, unpublished }) => held.length > 0 || unpublished.has(index))) return undefined;
  return { function: function_, operation, parameter: index };
}

/** True if what an operation depends on is read from the object of a parameter: it may have been done before. */
function asksObject(body: FunctionBody, operation: number, parameter: number): boolean {
  const values = valuesOf(body);
  const paths = accessPathsOf(body);
  const isOfObject = (value: number): boolean => {
    const source = value === NONE ? NONE : values.source(value);
    if (source === NONE) return false;
    if (body.kind(source) === Op.Call) return [...body.list(source)].some((each) => each !== NONE && paths.ofTarget(each)?.root.index === parameter);
    if (body.kind(source) !== Op.Read) return false;
    const root = paths.ofPlaceOf(source)?.root;
    return root?.kind === 'parameter' && root.index === parameter;
  };
  return conditionsAt(body, operation).some(({ condition }) => {
    const at = values.source(condition);
    return at !== NONE && (isOfObject(at) || (body.kind(at) === Op.Compute && (isOfObject(body.a(at)) || isOfObject(body.b(at)))));
  });
}

/** True for a mere setter: it may be called again. */
function setsNothingElse(body: FunctionBody): boolean {
  let writes = 0;
  for (let operation = 0; operation < body.operationCount; operation++) if (body.kind(operation) === Op.Write && body.placeKind(body.a(operation)) === PlaceKind.Field) writes++;
  return writes < 2;
}

/** Notes the part that an operation cannot do without: a channel that it reads, a map in which it puts something, what it calls. */
function noteNeed(body: FunctionBody, operation: number, function_: ProgramFunction, needed: Map<object, Set<FunctionBody>>): void {
  const isPut = accessOf(body, operation) === Access.Write;
  const isCall = body.kind(operation) === Op.Call && body.calleeOf(operation)?.kind === 'interface';
  const read = isPut ? containerOf(body, operation) : isCall ? (body.list(operation)[0] ?? NONE) : operation;
  if (read === NONE || (!isPut && !isCall && body.shape(read) !== Shape.Channel)) return;
  const field = partRead(body, read);
  if (!field) return;
  addTo(needed, field, function_.body);
}

function addTo(sets: Map<object, Set<FunctionBody>>, field: object, body: FunctionBody): void {
  const own = sets.get(field);
  if (own) own.add(body);
  else sets.set(field, new Set([body]));
}

function partRead(body: FunctionBody, read: number): object | undefined {
  return body.kind(read) === Op.Read && body.placeKind(body.a(read)) === PlaceKind.Field ? partAt(body, body.placeB(body.a(read))) : undefined;
}

/** The part that `q.client == nil` asks for. */
function fieldComparedWithNil(body: FunctionBody, operation: number): object | undefined {
  if (body.kind(operation) !== Op.Compute || (body.c(operation) !== Operator.Equal && body.c(operation) !== Operator.NotEqual)) return undefined;
  const [x, y] = [body.a(operation), body.b(operation)];
  if (x === NONE || y === NONE) return undefined;
  return body.kind(y) === Op.Zero ? partRead(body, x) : body.kind(x) === Op.Zero ? partRead(body, y) : undefined;
}
