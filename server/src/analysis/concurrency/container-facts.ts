// What a program tells of one container: which lock guards it, whether that lock is held at a place, and who else has the
// container. Only what is seen is said: that no holder is listed does not say that there is none.
//
//   return &Store{entries: given}       the caller of this function has it
//   view.rows = c.rows                  another field has it
//   return c.rows   ch <- c.rows        whoever gets it has it
//   go watch(c.rows)                    a task has it

import { declaredAt } from '../declared.ts';
import { fieldUsesOf } from '../fields.ts';
import type { FieldUses, Place } from '../fields.ts';
import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { isContainer, VariableKind } from '../../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { Effect } from '../../model/summary.ts';
import type { Span } from '../../text/span.ts';
import { accessPathsOf, endsIn, valueRootOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { guardOf, isProven, mentions } from './guard-faults.ts';
import { expectsLock, guardsOf, partsOf } from './guards.ts';
import type { Member } from './guards.ts';

export interface ContainerGuard {
  /** The lock's name, from the object that both belong to. */
  readonly lock: string;
  /** How many mentions of the container hold it, and how many there are. */
  readonly held: number;
  readonly uses: number;
  /** True if those are enough to call it the guard. */
  readonly proven: boolean;
}

export interface ContainerHolder {
  /**
   * `caller`: gave it to the function `name`; `returned`: whoever calls `name`; `sent`: whoever receives what `name` sends; `task`: a
   * task that `name` starts; `place`: another field or variable, of that name; `kept`: what the function `name` keeps of its argument.
   */
  readonly kind: 'caller' | 'returned' | 'sent' | 'task' | 'place' | 'kept';
  readonly name: string;
}

export interface ContainerFacts {
  readonly guard: ContainerGuard | undefined;
  /** How the guard, or where there is none any lock, is held at the place that was asked about; undefined if that is not known. */
  readonly here: 'exclusive' | 'shared' | 'free' | undefined;
  readonly holders: readonly ContainerHolder[];
  /** For a lock: the names of what it guards. */
  readonly guards: readonly string[];
}

/** What is asked about: a field or variable, by the front end's object for it, and where it is mentioned. */
export interface ContainerMention {
  readonly declared: object;
  readonly path: string;
  readonly span: Span;
}

export function containerFacts(program: Program, mention: ContainerMention): ContainerFacts {
  const member = memberOf(program, mention.declared);
  const guard = member && guardOf(member);
  const held = guard ? mentions(guard.guarded) : 0;
  return {
    guard: guard && { lock: guard.name, held, uses: held + mentions(guard.unguarded), proven: isProven(guard) },
    here: member && heldAt(member, guard?.relation, mention),
    holders: unique([...fieldHolders(program, mention), ...localHolders(program, mention)]),
    guards: guardedBy(program, mention),
  };
}

function memberOf(program: Program, declared: object): Member | undefined {
  for (const member of guardsOf(program).members.values()) if (isOf(member, declared)) return member;
  return undefined;
}

function isOf({ accesses }: Member, declared: object): boolean {
  const [first] = accesses;
  if (!first) return false;
  const { path, body } = first.access;
  const last = path.steps.at(-1);
  if (last) return last.field === declared;
  return body.unit.variables.some((variable) => variable.origin === declared && variable.kind === VariableKind.Global && variable.name === path.root.name);
}

function heldAt(member: Member, relation: string | undefined, { path, span }: ContainerMention): ContainerFacts['here'] {
  const here = member.accesses.filter(({ access, function: { path: file } }) => file === path && span.start <= access.body.start(access.mention) && access.body.end(access.mention) <= span.end);
  if (here.length === 0 || here.some((each) => each.isUnknown)) return undefined;
  const mayBeHeldByCallers = here.some((each) => expectsLock(each.function));
  // Without a guard only this can be said: that no lock at all is held.
  if (relation === undefined) return here.every(({ locks, kinds }) => locks.length === 0 && kinds.size === 0) && !mayBeHeldByCallers ? 'free' : undefined;
  const modes = new Set(here.map(({ locks }) => locks.find((lock) => lock.relation === relation)?.mode ?? 'free'));
  const [mode, ...others] = modes;
  return others.length > 0 || (mode === 'free' && mayBeHeldByCallers) ? undefined : mode;
}

/** The names of what a lock guards, for a mention of the lock. */
function guardedBy(program: Program, { declared }: ContainerMention): readonly string[] {
  return [...guardsOf(program).members.values()].flatMap((member) => {
    const guard = guardOf(member);
    return guard && isProven(guard) && endsIn(partsOf(guard.relation).lock, declared) ? [member.name] : [];
  });
}

// A field, or a variable of package level. ----------------------------------------------------------------------------------

function fieldHolders(program: Program, { declared }: ContainerMention): readonly ContainerHolder[] {
  const uses = fieldUsesOf(program).get(declared);
  if (!uses) return [];
  return [...givenFrom(uses), ...uses.leaks.flatMap((leak) => receiversOf(program, leak, (body, value) => isFrom(body, value, declared), declared))];
}

/** Where the container came from: the caller of the function that stores it, or another place. */
function givenFrom({ assignments, declared }: FieldUses): readonly ContainerHolder[] {
  return assignments.flatMap(({ body, value, function: function_ }): readonly ContainerHolder[] => {
    if (value === NONE || function_.isTest) return [];
    const values = valuesOf(body);
    if (body.index === 0 && values.incoming(values.number(value)) !== undefined) return [{ kind: 'caller', name: function_.name }];
    return otherPlace(body, value, declared);
  });
}

/** The field or variable of package level that a value was read from, unless it is the one asked about. */
function otherPlace(body: FunctionBody, value: number, declared: object): readonly ContainerHolder[] {
  const origin = valuesOf(body).origin(valuesOf(body).number(value));
  const at = body.kind(value) === Op.Read ? value : origin;
  if (at === NONE || body.kind(at) !== Op.Read || !isContainer(body.shape(at))) return [];
  const name = outsideName(body, body.a(at), declared);
  return name === undefined ? [] : [{ kind: 'place', name }];
}

/** The name of a field or variable of package level, as a path from its root; undefined for local variables and for what was asked about. */
function outsideName(body: FunctionBody, place: number, declared: object | undefined): string | undefined {
  const kind = body.placeKind(place);
  const isGlobal = kind === PlaceKind.Variable && body.unit.variables[body.placeA(place)]!.kind === VariableKind.Global;
  if ((kind !== PlaceKind.Field && !isGlobal) || declaredAt(body, place) === declared) return undefined;
  if (isGlobal) return body.unit.variables[body.placeA(place)]!.name;
  return pathName(accessPathsOf(body).ofPlaceOf(readOrWriteOf(body, place))) ?? body.unit.fields[body.placeB(place)]!.name;
}

/** An operation about a place, which paths are asked by. */
function readOrWriteOf(body: FunctionBody, place: number): number {
  for (let operation = 0; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if ((kind === Op.Read || kind === Op.Write) && body.a(operation) === place) return operation;
  }
  return NONE;
}

function pathName(path: AccessPath | undefined): string | undefined {
  if (!path || valueRootOf(path)) return undefined;
  const names = [path.root.name, ...path.steps.map((step) => step.name)].filter((name) => name !== '');
  return names.length === 0 ? undefined : names.join('.');
}

function isFrom(body: FunctionBody, value: number, declared: object): boolean {
  const values = valuesOf(body);
  return (values.alternatives(values.number(value)) ?? []).some((each) => {
    const at = values.operationOf(each) === NONE ? values.origin(each) : values.operationOf(each);
    return at !== NONE && body.kind(at) === Op.Read && declaredAt(body, body.a(at)) === declared;
  }) || (body.kind(value) === Op.Read && declaredAt(body, body.a(value)) === declared);
}

/** Who has the container after an operation that hands it on. */
function receiversOf(program: Program, { function: function_, body, operation }: Place, isIt: (body: FunctionBody, value: number) => boolean, declared: object | undefined): readonly ContainerHolder[] {
  if (function_.isTest) return [];
  switch (body.kind(operation)) {
    case Op.Return:
      // What a closure returns goes to whoever calls it, which may be this function.
      return body.index === 0 ? [{ kind: 'returned', name: function_.name }] : [];
    case Op.Send:
      return [{ kind: 'sent', name: function_.name }];
    case Op.Write: {
      const name = outsideName(body, body.a(operation), declared);
      return name === undefined ? [] : [{ kind: 'place', name }];
    }
    case Op.Aggregate: {
      const parts = body.list(operation);
      const index = parts.findIndex((value, at) => at % 2 === 1 && value !== NONE && isIt(body, value));
      const field = index < 0 ? undefined : body.unit.fields[parts[index - 1]!];
      return field ? [{ kind: 'place', name: field.name }] : [];
    }
    case Op.Call:
      return receiversByCall(program, function_, body, operation, isIt);
    default:
      return [];
  }
}

function receiversByCall(program: Program, function_: ProgramFunction, body: FunctionBody, call: number, isIt: (body: FunctionBody, value: number) => boolean): readonly ContainerHolder[] {
  if (body.has(call, Flag.Spawned)) return [{ kind: 'task', name: function_.name }];
  const callee = body.calleeOf(call);
  const summary = callee && program.summaryOf(callee);
  if (!callee || !summary) return [];
  const argument = [...body.list(call)].findIndex((value) => value !== NONE && isIt(body, value));
  const effects = (summary.accesses.get(`p${argument}`) ?? 0) | (summary.later.get(`p${argument}`) ?? 0);
  return argument >= 0 && effects & Effect.Kept ? [{ kind: 'kept', name: callee.name }] : [];
}

// A local variable or parameter. --------------------------------------------------------------------------------------------

function localHolders(program: Program, { declared, path, span }: ContainerMention): readonly ContainerHolder[] {
  const found: ContainerHolder[] = [];
  for (const function_ of program.functions.values()) {
    if (function_.path !== path) continue;
    const [first] = function_.body.unit.bodies;
    if (!first || span.start < first.span.start || span.end > first.span.end) continue;
    const index = first.unit.variables.findIndex((variable) => variable.origin === declared);
    const variable = first.unit.variables[index];
    if (!variable || variable.kind === VariableKind.Global) continue;
    if (variable.kind === VariableKind.Parameter || variable.kind === VariableKind.Receiver) found.push({ kind: 'caller', name: function_.name });
    for (const body of first.unit.bodies) if (!body.incomplete) found.push(...holdersOfVariable(program, function_, body, index));
  }
  return found;
}

function holdersOfVariable(program: Program, function_: ProgramFunction, body: FunctionBody, variable: number): readonly ContainerHolder[] {
  const values = valuesOf(body);
  const isMention = (operation: number): boolean => {
    const kind = body.kind(operation);
    return (kind === Op.Read || kind === Op.Write) && body.placeKind(body.a(operation)) === PlaceKind.Variable && body.placeA(body.a(operation)) === variable;
  };
  const numbers = new Set<number>();
  const found: ContainerHolder[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (!isMention(operation)) continue;
    if (body.kind(operation) === Op.Read) numbers.add(values.number(operation));
    else if (body.b(operation) !== NONE) found.push(...otherPlace(body, body.b(operation), body));
  }
  numbers.delete(NONE);
  if (isUsedByTask(body, variable)) found.push({ kind: 'task', name: function_.name });
  const isIt = (_: FunctionBody, value: number): boolean => numbers.has(values.number(value));
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (isMention(operation)) continue;
    let isHanded = false;
    body.forEachOperand(operation, (value) => {
      isHanded ||= numbers.has(values.number(value));
    });
    if (isHanded) found.push(...receiversOf(program, { function: function_, body, operation }, isIt, undefined));
  }
  return found;
}

/** True if the body starts a closure as a task that uses the variable. */
function isUsedByTask(body: FunctionBody, variable: number): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || !body.has(operation, Flag.Spawned) || body.b(operation) === NONE) continue;
    const made = valuesOf(body).creation(valuesOf(body).number(body.b(operation)));
    if (made === undefined || body.kind(made) !== Op.Closure) continue;
    if (body.unit.bodies[body.a(made)]?.captures.includes(variable)) return true;
  }
  return false;
}

function unique(holders: readonly ContainerHolder[]): readonly ContainerHolder[] {
  return [...new Map(holders.map((holder) => [`${holder.kind} ${holder.name}`, holder])).values()];
}
