// Atomic values that are loaded, changed in a copy and stored again by several tasks: of two that do this at the same time, the
// later store throws away the change of the other.
//
//   next := maps.Clone(*c.m.Load()); next[k] = v; c.m.Store(&next)
//   n.Store(n.Load() + 1)

import type { FunctionBody } from '../../model/function-body.ts';
import { Role } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import { declaredOf } from '../declared.ts';
import { valuesOf } from '../values.ts';
import type { SyncEvent } from './events.ts';
import { SyncKind } from './events.ts';
import { expectsLock } from './guards.ts';
import { mayExclude } from './held-locks.ts';
import type { Overlap } from './order.ts';
import { askOfStudies } from './studies.ts';
import type { Study } from './studies.ts';

export interface LostStore {
  readonly study: Study;
  readonly store: SyncEvent;
  /** The call that loads what the stored value is made from. */
  readonly load: number;
  /** The other store; the same one if several instances of its task run. */
  readonly other: SyncEvent;
  readonly overlap: Overlap;
}

export const lostStoresIn = askOfStudies(lostStoresOf);

function lostStoresOf(study: Study): readonly LostStore[] {
  const found: LostStore[] = [];
  const { execution } = study;
  const stores = execution.syncs.flatMap((store) => {
    if (store.kind !== SyncKind.AtomicWrite || store.deferred || !store.location?.isOne) return [];
    const function_ = execution.functionOf(store.activation);
    const load = function_ && expectsLock(function_) ? NONE : loadBehindStore(store.activation.body, store.operation);
    return load === NONE ? [] : [{ store, load }];
  });
  stores.forEach(({ store, load }, index) => {
    for (const { store: other } of stores.slice(index)) {
      const location = store.location!.canonical;
      if (other.location!.canonical !== location || (other === store && store.activation.task.parent === undefined)) continue;
      if (study.shared && (study.shared.makers.has(store.activation.task) || study.shared.makers.has(other.activation.task))) continue;
      const overlap = study.order.overlap(store, other, location);
      if (!overlap || mayExclude(study.locks.at(store), study.locks.at(other))) continue;
      found.push({ study, store, load, other, overlap });
      break;
    }
  });
  return found;
}

/** The load of the same atomic value that a stored value is made from; NONE if there is none. */
function loadBehindStore(body: FunctionBody, store: number): number {
  const [address = NONE] = body.list(store);
  const declared = declaredOf(body, address);
  const stored = body.list(store).at(-1) ?? NONE;
  if (!declared || body.list(store).length < 2 || stored === NONE || body.incomplete) return NONE;
  const base = baseOf(body, address);
  for (let load = 0; load < store; load++) {
    if (body.kind(load) !== Op.Call || body.calleeOf(load)?.role !== Role.AtomicRead) continue;
    const [loaded = NONE] = body.list(load);
    if (declaredOf(body, loaded) === declared && baseOf(body, loaded) === base && isMadeFrom(body, load, stored)) return load;
  }
  return NONE;
}

/** What a field belongs to, as a value number; NONE for variables. */
function baseOf(body: FunctionBody, address: number): number {
  const root = body.rootOf(body.a(address));
  return body.placeKind(root) === PlaceKind.Variable ? NONE : valuesOf(body).number(body.placeA(root));
}

/** True if a value was computed from another: through operands, variables, and what is put into containers. */
function isMadeFrom(body: FunctionBody, from: number, value: number): boolean {
  const made = new Set<number>([from]);
  const variables = new Set<number>();
  // Twice, for what a loop carries around.
  for (let round = 0; round < 2; round++) {
    for (let operation = from + 1; operation < body.operationCount; operation++) {
      if (isFromVariable(body, operation, variables)) made.add(operation);
      let uses = false;
      body.forEachOperand(operation, (each) => {
        uses ||= made.has(each);
      });
      if (!uses) continue;
      made.add(operation);
      for (const variable of variablesChangedBy(body, operation)) variables.add(variable);
    }
  }
  return made.has(value);
}

/** A read of a variable, or its address. */
function isFromVariable(body: FunctionBody, operation: number, variables: ReadonlySet<number>): boolean {
  const kind = body.kind(operation);
  return (kind === Op.Read || kind === Op.AddressOf) && variables.has(body.variableOf(body.a(operation)));
}

/** The variable that an operation assigns, or whose container it fills. */
function variablesChangedBy(body: FunctionBody, operation: number): readonly number[] {
  const held = (container: number): readonly number[] => {
    if (container === NONE || body.kind(container) !== Op.Read) return [];
    const variable = body.variableOf(body.a(container));
    return variable === NONE ? [] : [variable];
  };
  switch (body.kind(operation)) {
    case Op.Write: {
      const place = body.a(operation);
      const root = body.rootOf(place);
      return body.placeKind(root) === PlaceKind.Variable ? [body.placeA(root)] : held(body.placeA(root));
    }
    case Op.Call:
      return body.calleeOf(operation)?.role === Role.Fills ? held(body.list(operation)[0] ?? NONE) : [];
    case Op.CopyElements:
      return held(body.a(operation));
    default:
      return [];
  }
}
