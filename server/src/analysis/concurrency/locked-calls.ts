// What may run while a lock is held: what its sections call, by way of interfaces and function values too. A function that is called in
// ways that are not known is called without the lock if no section calls what could lead there:
//
//	http.HandleFunc("/list", s.list)                                  only package http can call it,
//	s.mu.Lock(); for k := range s.m { keys = append(keys, k) }; …     and no section of s.mu calls that

import { BodyFacts } from '../../model/body-facts.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, isReference } from '../../model/objects.ts';
import type { Callee } from '../../model/objects.ts';
import { Flag, NONE, Op } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { valuesOf } from '../values.ts';
import { Hold, closuresOf, lockIdentity, lockSummariesOf } from './lock-state.ts';

/** What the sections of the locks of a kind lead to. */
interface Led {
  /** Those of the program that may run, by calls that name them or an interface's method of their name. */
  readonly functions: ReadonlySet<ProgramFunction>;
  /** Where the packages come from whose functions are called. */
  readonly packages: ReadonlySet<string>;
  /** True if function values are called, or methods of objects from elsewhere, which may have been given functions to call. */
  readonly callsValues: boolean;
  /** True if code outside gets an object whose methods it may call. */
  readonly callsGiven: boolean;
  /** False if something is not known at all. */
  readonly complete: boolean;
}

const nowhere: Led = { functions: new Set(), packages: new Set(), callsValues: true, callsGiven: true, complete: false };

/** True if a function never runs while a lock is held of the kind that a key ends in, whoever calls it. */
export function neverRunsLocked(program: Program, function_: ProgramFunction, key: string): boolean {
  const { sections, named, handedTo } = factsOf(program);
  const kinds = [...sections.keys()].filter((kind) => key.endsWith(kind));
  return kinds.length > 0 && kinds.every((kind) => {
    const led = ledBy(program, kind);
    if (!led.complete || led.functions.has(function_)) return false;
    if (led.callsValues) {
      const byValues = ledByValues(program);
      if (!byValues.complete || byValues.functions.has(function_)) return false;
    }
    const given = handedTo.get(function_.key);
    if (given && [...given].some((package_) => (package_ === undefined ? led.callsValues : led.packages.has(package_)))) return false;
    return !led.callsGiven || !named.has(function_.name);
  });
}

interface Facts {
  /** By kind of lock: the bodies that hold one somewhere, and where; undefined for a body of which that is not known. */
  readonly sections: ReadonlyMap<string, readonly { readonly body: FunctionBody; readonly mayHold: ((operation: number) => boolean) | undefined }[]>;
  readonly byName: ReadonlyMap<string, readonly ProgramFunction[]>;
  /** The names of methods that some call finds by an interface. */
  readonly named: ReadonlySet<string>;
  /** By key of a function whose value is taken: where the packages come from that are given it; undefined stands for whatever else has it. */
  readonly handedTo: ReadonlyMap<string, ReadonlySet<string | undefined>>;
  readonly led: Map<string, Led>;
}

const known = new WeakMap<Program, Facts>();

function factsOf(program: Program): Facts {
  let facts = known.get(program);
  if (facts) return facts;
  const sections = new Map<string, { body: FunctionBody; mayHold: ((operation: number) => boolean) | undefined }[]>();
  const byName = new Map<string, ProgramFunction[]>();
  const handedTo = new Map<string, Set<string | undefined>>();
  const named = new Set<string>();
  const summaries = lockSummariesOf(program);
  for (const each of program.functions.values()) {
    if (each.isTest) continue;
    const others = byName.get(each.name);
    if (others) others.push(each);
    else byName.set(each.name, [each]);
    for (const body of each.body.unit.bodies) {
      const { values, methods } = mentionedIn(body);
      for (const { key, to } of values) handedTo.set(key, (handedTo.get(key) ?? new Set()).add(to === undefined || program.functions.has(to) ? undefined : originOf(to)));
      for (const name of methods) named.add(name);
      for (const flow of summaries.locksOf(body)?.flows ?? []) {
        const kind = lockIdentity(flow.lock) ?? flow.lock.key;
        const list = sections.get(kind) ?? [];
        sections.set(kind, list);
        list.push({ body, mayHold: flow.complete ? (operation) => (flow.before[operation]! & (Hold.Exclusive | Hold.Shared | Hold.Unknown)) !== 0 : undefined });
      }
    }
  }
  known.set(program, (facts = { sections, byName, named, handedTo, led: new Map() }));
  return facts;
}

/** The functions whose value a body takes, each with the key of the function that it is given to, undefined for any other use, and the names of the methods it calls by interfaces. */
interface Mentioned {
  readonly values: readonly { readonly key: string; readonly to: string | undefined }[];
  readonly methods: readonly string[];
}

const knownMentions = new BodyFacts<Mentioned>();

function mentionedIn(body: FunctionBody): Mentioned {
  let found = knownMentions.get(body);
  if (found) return found;
  const values: { key: string; to: string | undefined }[] = [];
  const methods: string[] = [];
  // By operation, the key of the function that it gives as a value.
  const given = new Map<number, string>();
  for (let operation = 0; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    const callee = kind === Op.FunctionValue || kind === Op.Call ? body.calleeOf(operation) : undefined;
    if (given.size > 0) {
      body.forEachOperand(operation, (value) => {
        const key = given.get(value);
        if (key === undefined) return;
        if (kind === Op.Convert || kind === Op.Narrow) given.set(operation, key);
        else values.push({ key, to: kind === Op.Call ? callee?.key : undefined });
      });
    }
    if (kind === Op.FunctionValue && callee?.key !== undefined) given.set(operation, callee.key);
    if (callee?.kind === 'interface') methods.push(methodOf(callee));
  }
  knownMentions.set(body, (found = { values, methods }));
  return found;
}

/** Where the package comes from that a function's key begins with: packages of one place may call each other. `net/http` → `net`, `example.com/a/b/c` → `example.com/a/b`. */
function originOf(key: string): string {
  const parts = key.slice(0, key.indexOf('.', key.lastIndexOf('/') + 1)).split('/');
  return parts.slice(0, parts[0]!.includes('.') ? 3 : 1).join('/');
}

function methodOf({ name }: Callee): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function ledBy(program: Program, kind: string): Led {
  const { led, sections } = factsOf(program);
  let found = led.get(kind);
  if (!found) led.set(kind, (found = follow(program, sections.get(kind)!)));
  return found;
}

const knownByValues = new WeakMap<Program, Led>();

/** What closures, and functions whose value is taken, lead to: what may run where a value is called. */
function ledByValues(program: Program): Led {
  let found = knownByValues.get(program);
  if (found) return found;
  const { handedTo } = factsOf(program);
  const starts: FunctionBody[] = [];
  for (const each of program.functions.values()) if (!each.isTest) starts.push(...each.body.unit.bodies.filter((body) => body.parent !== NONE || handedTo.has(each.key)));
  knownByValues.set(program, (found = follow(program, starts.map((body) => ({ body, mayHold: () => true })))));
  return found;
}

function follow(program: Program, sections: NonNullable<ReturnType<Facts['sections']['get']>>): Led {
  const { byName } = factsOf(program);
  const functions = new Set<ProgramFunction>();
  const closures = new Set<FunctionBody>();
  const work: FunctionBody[] = [];
  const packages = new Set<string>();
  let callsValues = false;
  let callsGiven = false;
  const runs = (each: ProgramFunction): void => {
    if (each.isTest || functions.has(each)) return;
    functions.add(each);
    work.push(each.body);
  };
  const runsClosures = (body: FunctionBody, value: number): void => {
    const found = closuresOf(body, value);
    if (!found) callsValues = true;
    for (const each of found ?? []) {
      if (closures.has(each)) continue;
      closures.add(each);
      work.push(each);
    }
  };
  const look = (body: FunctionBody, operation: number): void => {
    const kind = body.kind(operation);
    if (kind === Op.Next && body.shape(body.a(body.a(operation))) === Shape.Function) callsValues = true;
    if (kind !== Op.Call || body.has(operation, Flag.Spawned)) return;
    const callee = body.calleeOf(operation);
    if (!callee) return runsClosures(body, body.b(operation));
    for (const run of callee.runs) if (run.when === 'now') runsClosures(body, body.list(operation)[run.argument] ?? NONE);
    const declared = callee.key === undefined ? undefined : program.functions.get(callee.key);
    if (declared) return runs(declared);
    if (callee.key !== undefined) packages.add(originOf(callee.key));
    if (callee.kind === 'interface') for (const each of byName.get(methodOf(callee)) ?? []) if (each.receiverType !== undefined) runs(each);
    if (callee.role !== Role.None || callee.kind === 'builtin' || program.summaryOf(callee)?.callsUnknown === false) return;
    if (body.has(operation, Flag.HasReceiver) || callee.kind === 'interface') callsValues = true;
    if ([...body.list(operation)].some((value) => value !== NONE && givesMethods(body, value))) callsGiven = true;
    if ([...body.list(operation)].some((value) => value !== NONE && body.shape(value) === Shape.Function)) callsValues = true;
  };
  for (const { body, mayHold } of sections) {
    if (!mayHold || body.incomplete) return nowhere;
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) === Op.Opaque && mayHold(operation)) return nowhere;
      // What is deferred runs at the ends, where the lock may be held still.
      if (mayHold(operation) || body.has(operation, Flag.Deferred)) look(body, operation);
    }
  }
  for (let body = work.pop(); body; body = work.pop()) {
    if (body.incomplete) return nowhere;
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) === Op.Opaque) return nowhere;
      look(body, operation);
    }
  }
  return { functions, packages, callsValues, callsGiven, complete: true };
}

/** True for what comes with methods, or leads to something that does. */
function givesMethods(body: FunctionBody, value: number): boolean {
  const from = valuesOf(body).source(value);
  const shape = from === NONE ? body.shape(value) : body.shape(from);
  return shape === Shape.Record || shape === Shape.Array || shape === Shape.Unknown || isReference(shape);
}
