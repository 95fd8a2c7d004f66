// Channels and counters that are fields: what the program does with each, and whether an execution follows all of it. Only of
// those can it be said that nobody sends, closes or counts.

import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape } from '../../model/objects.ts';
import type { Field } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program } from '../../model/program.ts';
import { valuesOf } from '../values.ts';
import type { SyncEvent } from './events.ts';
import { SyncKind } from './events.ts';
import type { Execution } from './execution.ts';
import { LocationKind } from './locations.ts';
import type { Location } from './locations.ts';
import { onlyOrders } from './seen-channels.ts';
import type { Study } from './studies.ts';

/** Where a field is given a channel that is made there and goes nowhere else. */
export interface MadeChannel {
  readonly body: FunctionBody;
  readonly operation: number;
  /** Undefined if it is not a constant. */
  readonly capacity: number | undefined;
}

export interface SyncField {
  readonly field: Field;
  /** The bodies that use it, other than those that only give it a new channel. */
  readonly users: ReadonlySet<FunctionBody>;
  readonly made: readonly MadeChannel[];
  /** False if it may hold something else, or what it holds may go elsewhere. */
  readonly isKept: boolean;
}

interface Collected {
  readonly field: Field;
  readonly users: Set<FunctionBody>;
  readonly made: MadeChannel[];
  isKept: boolean;
}

const known = new WeakMap<Program, ReadonlyMap<object, SyncField>>();

/** The fields of a program that nobody outside can name and that hold channels or records such as counters, by their origin. */
export function syncFieldsOf(program: Program): ReadonlyMap<object, SyncField> {
  let fields = known.get(program);
  if (!fields) known.set(program, (fields = collect(program)));
  return fields;
}

function collect(program: Program): ReadonlyMap<object, SyncField> {
  const all = new Map<object, Collected>();
  const of = (field: Field): Collected | undefined => {
    if (field.exported || !field.origin || (field.shape !== Shape.Channel && field.shape !== Shape.Record)) return undefined;
    let found = all.get(field.origin);
    if (!found) all.set(field.origin, (found = { field, users: new Set(), made: [], isKept: true }));
    return found;
  };
  for (const { body: first } of program.functions.values()) {
    for (const body of first.unit.bodies) {
      if (body.incomplete) for (const field of body.unit.fields) forget(of(field));
      else scan(body, of);
    }
  }
  return all;
}

function forget(field: Collected | undefined): void {
  if (field) field.isKept = false;
}

function scan(body: FunctionBody, of: (field: Field) => Collected | undefined): void {
  for (let operation = 0; operation < body.operationCount; operation++) {
    switch (body.kind(operation)) {
      case Op.Read:
      case Op.AddressOf:
      case Op.Write:
        lookAtPlace(body, operation, of);
        break;
      case Op.Aggregate: {
        if (body.shape(operation) !== Shape.Record) break;
        const parts = body.list(operation);
        for (let i = 0; i < parts.length; i += 2) {
          const field = of(body.unit.fields[parts[i]!]!);
          if (field && parts[i + 1] !== NONE) given(field, body, parts[i + 1]!);
        }
        break;
      }
      default:
    }
  }
}

function lookAtPlace(body: FunctionBody, operation: number, of: (field: Field) => Collected | undefined): void {
  let place = body.a(operation);
  let isWhole = true;
  for (; body.placeKind(place) >= PlaceKind.Field; place = body.placeA(place), isWhole = false) {
    if (body.placeKind(place) !== PlaceKind.Field) continue;
    const found = of(body.unit.fields[body.placeB(place)]!);
    if (!found) continue;
    if (isWhole && body.kind(operation) === Op.Write) {
      given(found, body, body.b(operation));
      continue;
    }
    found.users.add(body);
    // A part of a record is used; the record stays where it is.
    if (isWhole && !usedOnlyToOrder(body, operation)) found.isKept = false;
  }
}

/** What a field is given: a channel made here that goes nowhere else, nil, or something that may be anything. */
function given(field: Collected, body: FunctionBody, value: number): void {
  if (value !== NONE && body.kind(value) === Op.Zero) return;
  if (value === NONE || body.kind(value) !== Op.Make || field.field.shape !== Shape.Channel || countUses(body, value) !== 1) {
    field.isKept = false;
    return;
  }
  const size = body.a(value);
  field.made.push({ body, operation: value, capacity: size === NONE ? 0 : valuesOf(body).constantNumber(valuesOf(body).number(size)) });
}

function countUses(body: FunctionBody, value: number): number {
  let count = 0;
  for (let operation = 0; operation < body.operationCount; operation++) body.forEachOperand(operation, (each) => (count += each === value ? 1 : 0));
  return count;
}

/** True if what an operation gives is only sent on, received from, closed, counted with or compared. */
function usedOnlyToOrder(body: FunctionBody, value: number): boolean {
  for (let operation = value + 1; operation < body.operationCount; operation++) {
    let isUsed = false;
    body.forEachOperand(operation, (each) => {
      isUsed ||= each === value;
    });
    if (isUsed && !onlyOrders(body, operation, value) && !counts(body, operation)) return false;
  }
  return true;
}

function counts(body: FunctionBody, operation: number): boolean {
  const role = body.kind(operation) === Op.Call ? body.calleeOf(operation)?.role : undefined;
  return role === Role.CounterAdd || role === Role.CounterDone || role === Role.CounterWait;
}

/** A channel in a field of the object that a study is about, with every operation on it. */
export interface SeenFieldChannel {
  readonly field: SyncField;
  /** As much room as any of the channels that it is given has; undefined if that is not known. */
  readonly capacity: number | undefined;
  readonly sends: readonly SyncEvent[];
  readonly receives: readonly SyncEvent[];
  readonly closes: readonly SyncEvent[];
}

/** The fields of the object of a study that only bodies which it follows use. */
export class SeenFields {
  private readonly followed: ReadonlySet<FunctionBody>;
  private readonly byName = new Map<string, SyncField | undefined>();

  constructor(
    private readonly program: Program,
    private readonly study: Study,
  ) {
    this.followed = study.execution.bodies;
  }

  /** What the methods of the study have as their receiver. */
  get object(): Location | undefined {
    return this.study.shared?.location.canonical;
  }

  /** The field that a location is; undefined if it is none of the object, or not all of its uses are seen. */
  at(location: Location | undefined): SyncField | undefined {
    const { shared } = this.study;
    const at = location?.canonical;
    if (!shared || this.study.execution.truncated || at?.kind !== LocationKind.Field || at.parent?.canonical !== shared.location.canonical || at.escapes) return undefined;
    if (!this.byName.has(at.name)) this.byName.set(at.name, this.find(at.name));
    return this.byName.get(at.name);
  }

  private find(name: string): SyncField | undefined {
    // A location has the name of a field, and not its type: of several that are used here, it may be any.
    const named = [...syncFieldsOf(this.program).values()].filter(({ field, users }) => field.name === name && [...users].some((body) => this.followed.has(body)));
    const [only, ...others] = named;
    if (!only || others.length > 0 || !only.isKept || this.program.usesFieldElsewhere(name)) return undefined;
    return [...only.users].every((body) => this.followed.has(body)) ? only : undefined;
  }

  /** The channels in fields. */
  channels(): readonly SeenFieldChannel[] {
    const { execution } = this.study;
    const uses = new Map<SyncField, { sends: SyncEvent[]; receives: SyncEvent[]; closes: SyncEvent[] }>();
    for (const event of execution.syncs) {
      if (event.kind !== SyncKind.Send && event.kind !== SyncKind.Receive && event.kind !== SyncKind.Close) continue;
      const field = this.channelOf(execution, event.location);
      if (!field) continue;
      let use = uses.get(field);
      if (!use) uses.set(field, (use = { sends: [], receives: [], closes: [] }));
      (event.kind === SyncKind.Send ? use.sends : event.kind === SyncKind.Receive ? use.receives : use.closes).push(event);
    }
    return [...uses].map(([field, use]) => {
      const capacities = field.made.map(({ capacity }) => capacity);
      return { field, capacity: capacities.length === 0 || capacities.includes(undefined) ? undefined : Math.max(...capacities.map((each) => each ?? 0)), ...use };
    });
  }

  /** The field that holds a channel: what is found there, or what a function that is followed made for it. */
  private channelOf(execution: Execution, location: Location | undefined): SyncField | undefined {
    const at = location?.canonical;
    if (!at || at.escapes) return undefined;
    if (at.kind === LocationKind.Content) return this.at(at.parent);
    if (at.kind !== LocationKind.Heap || !at.activation) return undefined;
    const { body } = at.activation;
    for (const [, field] of syncFieldsOf(this.program)) {
      if (!field.made.some((each) => each.body === body && each.operation === at.index)) continue;
      const { shared } = this.study;
      const place = shared && execution.memory.field(shared.location, field.field.name);
      // Another object that a method makes has a field of its own.
      const isThere = place && execution.contentOf(place)?.some((each) => each.kind === 'reference' && each.to.canonical === at);
      return isThere ? this.at(place) : undefined;
    }
    return undefined;
  }
}
