// Containers whose values own something that goes on until it is stopped: timers, connections, the right to cancel.

import { Access } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { Callee } from '../model/objects.ts';
import { Shape } from '../model/objects.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program, ProgramFunction } from '../model/program.ts';
import { declaredAt, declaredOf } from './declared.ts';
import { emptyingsIn } from './emptyings.ts';
import { fieldUsesOf } from './fields.ts';
import type { FieldUses, Place } from './fields.ts';
import { graphOf } from './graph.ts';
import { isReset } from './stores.ts';
import { valuesOf } from './values.ts';

/** What a front end knows of ways to end what a value owns. */
export interface ReleaseWords {
  /**
   * True for methods that end what their receiver owns.
   * @param makers gives the keys of the functions that made what was put where the receiver is
   */
  releases(callee: Callee, makers: () => ReadonlySet<string>): boolean;
  /** True if the values of a container are functions that end something when they are called. */
  holdsCancels(declared: object): boolean;
}

export interface DroppedResources extends Place {
  readonly uses: FieldUses;
  /** The operation that gives the container, or the assignment itself. */
  readonly container: number;
  /** Where a value is ended before it is removed. */
  readonly release: Place;
}

/** Emptyings and replacements of containers that end none of the values, when another function ends each value it removes. */
export function droppedResources(program: Program, words: ReleaseWords): readonly DroppedResources[] {
  const found: DroppedResources[] = [];
  for (const uses of fieldUsesOf(program).maps()) {
    const release = releaseIn(program, uses, words);
    if (!release) continue;
    for (const drop of dropsOf(uses)) {
      if (drop.function === release.function || drop.function.isTest !== release.function.isTest || looksAtValues(uses, drop.function)) continue;
      if (reachesRelease(program, drop.function, uses, release, 0)) continue;
      if (callersOf(program, drop.function).some((caller) => reachesRelease(program, caller, uses, release, 0) || looksAtValues(uses, caller))) continue;
      found.push({ ...drop, uses, release });
    }
  }
  return found;
}

/** A function that ends a value of the container and removes it. */
function releaseIn(program: Program, uses: FieldUses, words: ReleaseWords): Place | undefined {
  for (const access of uses.accesses) {
    if (access.access !== Access.Delete || access.onNew) continue;
    for (const body of access.function.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let call = 0; call < body.operationCount; call++) {
        if (body.kind(call) === Op.Call && endsValue(program, body, call, uses, words)) return { function: access.function, body, operation: call };
      }
    }
  }
  return undefined;
}

function endsValue(program: Program, body: FunctionBody, call: number, uses: FieldUses, words: ReleaseWords): boolean {
  const callee = body.calleeOf(call);
  if (!callee) return body.b(call) !== NONE && words.holdsCancels(uses.declared) && isElement(body, body.b(call), uses, 0);
  const [receiver = NONE] = body.list(call);
  if (receiver === NONE || !isElement(body, receiver, uses, 0)) return false;
  return words.releases(callee, () => makersOf(program, declaredOf(body, valuesOf(body).source(receiver)) ?? uses.declared));
}

/** The keys of the functions whose results are put into a field, or into a container. */
function makersOf(program: Program, declared: object): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (body: FunctionBody, value: number | undefined): void => {
    const at = value === undefined || value === NONE ? NONE : valuesOf(body).source(value);
    const key = at !== NONE && body.kind(at) === Op.Call ? body.calleeOf(at)?.key : undefined;
    if (key !== undefined) found.add(key);
  };
  for (const { body: first } of program.functions.values()) {
    if (!first.unit.fields.some(({ origin }) => origin === declared) && !first.unit.variables.some(({ origin }) => origin === declared)) continue;
    for (const body of first.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) === Op.Write) {
          const place = body.a(operation);
          const isPut = body.placeKind(place) === PlaceKind.Element && declaredOf(body, body.placeA(place)) === declared;
          if (isPut || declaredAt(body, place) === declared) add(body, body.b(operation));
        } else if (body.kind(operation) === Op.Aggregate && body.shape(operation) === Shape.Record) {
          const parts = body.list(operation);
          for (let i = 0; i + 1 < parts.length; i += 2) if (body.unit.fields[parts[i]!]?.origin === declared) add(body, parts[i + 1]);
        }
      }
    }
  }
  return found;
}

/** Values are followed so far. */
const derivationDepth = 6;

/** True if a value is an element of the container, or a part of one. */
function isElement(body: FunctionBody, value: number, uses: FieldUses, depth: number): boolean {
  if (value === NONE || depth > derivationDepth) return false;
  const at = valuesOf(body).source(value);
  switch (body.kind(at)) {
    case Op.Extract:
    case Op.Narrow:
      return isElement(body, body.a(at), uses, depth + 1);
    case Op.IterationValue:
      return isContainerOf(body, body.a(body.a(body.a(at))), uses);
    case Op.Read:
    case Op.AddressOf: {
      const root = body.rootOf(body.a(at));
      if (body.placeKind(root) === PlaceKind.Element) return isContainerOf(body, body.placeA(root), uses);
      return body.placeKind(root) === PlaceKind.Target && isElement(body, body.placeA(root), uses, depth + 1);
    }
    default:
      return false;
  }
}

function isContainerOf(body: FunctionBody, container: number, uses: FieldUses): boolean {
  const values = valuesOf(body);
  const origin = values.origin(values.number(container));
  return declaredOf(body, container) === uses.declared || (origin !== NONE && declaredOf(body, origin) === uses.declared);
}

function dropsOf(uses: FieldUses): readonly (Place & { readonly container: number })[] {
  const drops: (Place & { readonly container: number })[] = [];
  for (const access of uses.accesses) {
    if (access.onNew) continue;
    const emptying = emptyingsIn(access.body).find((each) => each.operation === access.operation || (each.container === access.container && access.access === Access.Clear));
    if (emptying && !emptying.deferred) drops.push({ function: access.function, body: access.body, operation: emptying.operation, container: emptying.container });
  }
  for (const each of uses.assignments) {
    if (each.onNew || each.body.kind(each.operation) !== Op.Write || each.body.shape(each.operation) !== Shape.Map || !isReset(each.body, each.operation)) continue;
    // The first map of an object is no replacement.
    if (uses.leaks.some((leak) => leak.body.unit === each.body.unit)) continue;
    drops.push({ function: each.function, body: each.body, operation: each.operation, container: each.operation });
  }
  return drops;
}

/** True if a function looks at the container before it empties it, or hands it on: it may end the values in its own way. */
function looksAtValues(uses: FieldUses, { body: { unit } }: ProgramFunction): boolean {
  if (uses.leaks.some((each) => each.body.unit === unit)) return true;
  const emptied = new Set(unit.bodies.flatMap((body) => emptyingsIn(body).map((each) => each.operation)));
  return uses.accesses.some((each) => each.body.unit === unit && (each.access === Access.Read || each.access === Access.Length || (each.access === Access.Range && !emptied.has(each.operation))));
}

const callDepth = 3;

/** True if a function comes to the one that ends values, or to code that is not known and may. */
function reachesRelease(program: Program, function_: ProgramFunction, uses: FieldUses, release: Place, depth: number): boolean {
  if (function_ === release.function) return true;
  if (depth > callDepth) return false;
  for (const body of function_.body.unit.bodies) {
    for (let call = 0; call < body.operationCount; call++) {
      if (body.kind(call) !== Op.Call || !graphOf(body).isReachable(graphOf(body).blockOf(call))) continue;
      const callee = body.calleeOf(call);
      const known = callee?.key === undefined ? undefined : program.functions.get(callee.key);
      if (known ? looksAtValues(uses, known) || reachesRelease(program, known, uses, release, depth + 1) : callee?.kind === 'interface' || (!callee && depth === 0)) return true;
    }
  }
  return false;
}

export function callersOf(program: Program, function_: ProgramFunction): readonly ProgramFunction[] {
  const found: ProgramFunction[] = [];
  for (const each of program.functions.values()) {
    const calls = each.body.unit.callees.some((callee) => callee.key === function_.key);
    if (calls && each !== function_) found.push(each);
  }
  return found;
}
