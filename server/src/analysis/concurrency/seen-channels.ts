// Channels of which every use is seen: kept in local variables, captured by closures and passed to functions that are followed,
// and nowhere else. Only of those can it be said that nobody sends, receives or closes.

import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { Role, Shape, VariableKind } from '../../model/objects.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import type { Activation } from './activation.ts';
import type { SyncEvent } from './events.ts';
import { SyncKind } from './events.ts';
import type { Execution } from './execution.ts';
import { LocationKind, capacityOf } from './locations.ts';
import type { Location } from './locations.ts';

export interface SeenChannel {
  readonly location: Location;
  /** The activation that makes it, and the operation. */
  readonly maker: Activation;
  readonly made: number;
  readonly capacity: number;
  readonly sends: readonly SyncEvent[];
  readonly receives: readonly SyncEvent[];
  readonly closes: readonly SyncEvent[];
}

/** The channels of an execution with every use of them; none if an operation may be on any channel. */
export function seenChannelsOf(execution: Execution): readonly SeenChannel[] {
  if (execution.truncated) return [];
  const uses = new Map<Location, { sends: SyncEvent[]; receives: SyncEvent[]; closes: SyncEvent[] }>();
  for (const event of execution.syncs) {
    if (event.kind !== SyncKind.Send && event.kind !== SyncKind.Receive && event.kind !== SyncKind.Close) continue;
    if (!event.location) {
      if (mayBeLocal(event)) return [];
      continue;
    }
    const at = event.location.canonical;
    let use = uses.get(at);
    if (!use) uses.set(at, (use = { sends: [], receives: [], closes: [] }));
    (event.kind === SyncKind.Send ? use.sends : event.kind === SyncKind.Receive ? use.receives : use.closes).push(event);
  }
  if (uses.size === 0) return [];
  const handedOn = channelsHandedOn(execution);
  const found: SeenChannel[] = [];
  for (const [location, use] of uses) {
    const { activation: maker, index: made, kind } = location;
    const capacity = capacityOf(location);
    if (kind !== LocationKind.Heap || !maker || capacity === undefined || location.escapes || !location.isOne || handedOn.has(location)) continue;
    found.push({ location, maker, made, capacity, ...use });
  }
  return found;
}

/** False for an operation on what a call of unknown code gave, such as the channel of a context: that is no local channel. */
function mayBeLocal({ activation: { body }, operation }: SyncEvent): boolean {
  const channel = body.kind(operation) === Op.Next ? body.a(body.a(operation)) : body.kind(operation) === Op.Call ? (body.list(operation)[0] ?? NONE) : body.a(operation);
  return channel === NONE || (body.kind(channel) !== Op.Call && body.shape(channel) === Shape.Channel && !isFieldOf(body, channel));
}

/** A field of something: channels in fields are no local channels, and local channels that are put into fields are handed on. */
function isFieldOf(body: Activation['body'], channel: number): boolean {
  return body.kind(channel) === Op.Read && body.placeKind(body.a(channel)) !== PlaceKind.Variable;
}

function channelsHandedOn(execution: Execution): ReadonlySet<Location> {
  const found = new Set<Location>();
  const spawned = new Map<Activation, Set<number>>();
  for (const { spawner, spawnOperation } of execution.tasks) if (spawner) spawned.set(spawner, (spawned.get(spawner) ?? new Set()).add(spawnOperation));
  const followed = new Map<Activation, Set<FunctionBody>>();
  for (const { around, body } of execution.activations) if (around) followed.set(around, (followed.get(around) ?? new Set()).add(body));
  for (const activation of execution.activations) {
    const { body } = activation;
    const closures = followed.get(activation);
    for (let operation = 0; operation < body.operationCount; operation++) {
      if (body.kind(operation) === Op.Closure) {
        const closure = body.unit.bodies[body.a(operation)]!;
        if (!closures?.has(closure)) for (const each of channelsCaptured(execution, activation, closure)) found.add(each);
      }
      body.forEachOperand(operation, (value) => {
        if (body.shape(value) !== Shape.Channel || isKept(activation, operation, value, spawned)) return;
        for (const each of execution.valueOf(activation, value) ?? []) if (each.kind === 'reference') found.add(each.to.canonical);
      });
    }
  }
  return found;
}

/** The channels that a closure captures: where it is given to code that is not followed, it may run at any time. */
function channelsCaptured(execution: Execution, activation: Activation, closure: FunctionBody): readonly Location[] {
  return closure.captures.flatMap((variable) => {
    const owner = closure.unit.variables[variable]!.shape === Shape.Channel ? activation.ownerOf(variable) : undefined;
    const content = owner && execution.contentOf(execution.memory.cell(owner, variable));
    return content?.flatMap((each) => (each.kind === 'reference' ? [each.to.canonical] : [])) ?? [];
  });
}

/** True if an operation on a channel does nothing but order tasks and look: the channel goes nowhere. */
export function onlyOrders(body: FunctionBody, operation: number, channel: number): boolean {
  switch (body.kind(operation)) {
    case Op.Send:
      return body.b(operation) !== channel;
    case Op.Receive:
    case Op.Close:
    case Op.Iterate:
    case Op.Next:
    case Op.Length:
    case Op.Capacity:
    case Op.Compute:
      return true;
    case Op.Call:
      return body.calleeOf(operation)?.role === Role.Closes;
    default:
      return false;
  }
}

/** True if an operation leaves a channel where all uses of it are seen. */
function isKept(activation: Activation, operation: number, value: number, spawned: ReadonlyMap<Activation, ReadonlySet<number>>): boolean {
  const { body } = activation;
  if (onlyOrders(body, operation, value)) return true;
  switch (body.kind(operation)) {
    case Op.Write: {
      const place = body.a(operation);
      if (body.placeKind(place) !== PlaceKind.Variable) return false;
      const { kind } = body.unit.variables[body.placeA(place)]!;
      return kind !== VariableKind.Global && kind !== VariableKind.Outer && (kind !== VariableKind.Result || activation.caller !== undefined);
    }
    case Op.Return:
      return activation.caller !== undefined && !activation.deferred;
    case Op.Call: {
      if (body.has(operation, Flag.Spawned)) return spawned.get(activation)?.has(operation) === true;
      if (body.has(operation, Flag.Deferred)) return [...activation.deferredCalls.values()].some((list) => list.some((each) => each.callSite === operation));
      return (activation.calls.get(operation)?.length ?? 0) > 0;
    }
    default:
      return false;
  }
}

/** True for an operation that is one of several choices of a select. */
export function isChosen({ activation: { body }, operation }: SyncEvent): boolean {
  return body.has(operation, Flag.Chosen);
}
