// Channels that are closed while others may still send on them. The object that one belongs to stays in a container, whose objects
// others send to:
//
//   for _, s := range b.sessions { if s.id == id { close(s.events) } }   under b.mu
//   for _, s := range b.sessions { select { case s.events <- e: default: } }   ← the next time, under b.mu: send on a closed channel

import { valuesOf } from '../values.ts';
import { Access, accessOf, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { NONE, Op, Operator, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { declaredAt } from '../declared.ts';
import type { Place } from '../fields.ts';
import { callersOf } from '../owned-values.ts';
import { accessPathsOf, isOfVisitedElement, pathFrom, startsWith } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';
import { expectsLock, guardsOf } from './guards.ts';
import type { LocatedAccess } from './guards.ts';
import type { SharedAccess } from './shared-accesses.ts';

export interface KeptClosed {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly close: number;
  readonly container: string;
  readonly sender: ProgramFunction;
  readonly sendBody: FunctionBody;
  readonly send: number;
}

/** A channel in a field that one function closes and sets to nil, while another sends on it, with no lock on either side. */
export interface ClosedBeside {
  readonly close: LocatedAccess;
  readonly send: LocatedAccess;
}

/**
 *   close(m.jobs); m.jobs = nil                       the one
 *   if m.jobs != nil { m.jobs <- job }                the other
 */
export function closedBesideIn(program: Program): readonly ClosedBeside[] {
  const found: ClosedBeside[] = [];
  for (const { shape, accesses } of guardsOf(program).members.values()) {
    if (shape !== Shape.Channel) continue;
    const bare = accesses.filter((each) => each.kinds.size === 0 && !each.isUnknown && !expectsLock(each.function));
    const close = bare.find(({ access }) => access.mode === 'assign' && isNil(access) && isUsedBy(access, Op.Close));
    const send = close && bare.find(({ access, function: function_ }) => function_ !== close.function && access.mode === 'read' && isUsedBy(access, Op.Send) && asksForNil(access));
    // One lock at any use is another story: the others should take it, too.
    if (close && send && accesses.every(({ locks }) => locks.length === 0)) found.push({ close, send });
  }
  return found;
}

function isNil({ body, operation }: SharedAccess): boolean {
  return body.kind(operation) === Op.Write && body.b(operation) !== NONE && valuesOf(body).isNil(valuesOf(body).number(body.b(operation)));
}

/** True if the body closes, or sends on, the channel in the place of an access. */
function isUsedBy({ body, path }: SharedAccess, kind: Op): boolean {
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === kind && accessPathsOf(body).ofValue(body.a(operation))?.key === path.key) return true;
  }
  return false;
}

/** True if the body compares the channel with nil: it knows that it may go away. */
function asksForNil({ body, path }: SharedAccess): boolean {
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Compute || (body.c(operation) !== Operator.Equal && body.c(operation) !== Operator.NotEqual)) continue;
    const sides = [body.a(operation), body.b(operation)];
    if (sides.some((each) => each !== NONE && values.isNil(values.number(each))) && sides.some((each) => accessPathsOf(body).ofValue(each)?.key === path.key)) return true;
  }
  return false;
}

/** A channel in a field of what the elements of a container point to. */
interface ElementChannel extends Place {
  /** The field or variable that holds the container, and the field of the channel, by their origin. */
  readonly container: object;
  readonly channel: object;
  readonly name: string;
}

export function keptClosedIn(program: Program): readonly KeptClosed[] {
  const closes: ElementChannel[] = [];
  const sends: ElementChannel[] = [];
  for (const each of program.functions.values()) {
    if (each.isTest || each.generated) continue;
    for (const body of each.body.unit.bodies) {
      if (body.incomplete) continue;
      for (let operation = 0; operation < body.operationCount; operation++) {
        const list = body.kind(operation) === Op.Close ? closes : body.kind(operation) === Op.Send ? sends : undefined;
        const of = list && elementChannel(body, body.a(operation));
        if (of) list.push({ ...of, function: each, body, operation });
      }
    }
  }
  return closes.flatMap((close) => {
    const send = sends.find((each) => each.container === close.container && each.channel === close.channel && each.function !== close.function && !asksFirst(each));
    if (!send || [close.function, ...callersOf(program, close.function)].some((each) => takesOut(each, close))) return [];
    return [{ function: close.function, body: close.body, close: close.operation, container: close.name, sender: send.function, sendBody: send.body, send: send.operation }];
  });
}

/** The container and the field of `s.events`, where s is what a loop over the container gives. */
function elementChannel(body: FunctionBody, channel: number): Pick<ElementChannel, 'container' | 'channel' | 'name'> | undefined {
  const path = accessPathsOf(body).ofValue(channel);
  const [holder, element, target, field] = path?.steps.slice(-4) ?? [];
  if (!path || !field || !isOfVisitedElement(path.steps) || element?.kind !== 'element' || target?.kind !== 'target' || field.kind !== 'field') return undefined;
  return holder?.kind === 'field' && holder.field && field.field ? { container: holder.field, channel: field.field, name: holder.name } : undefined;
}

/** The element that a channel belongs to, as the place that its pointer leads to. */
function elementOf({ body, operation }: ElementChannel): AccessPath | undefined {
  const path = accessPathsOf(body).ofValue(body.a(operation));
  return path && pathFrom(path.root, path.steps.slice(0, -1));
}

/** True if a place is another field of the element than the channel. */
function isBeside(path: AccessPath | undefined, element: AccessPath | undefined, channel: object): boolean {
  if (!path || !element || !startsWith(path, element)) return false;
  const field = path.steps[element.steps.length];
  return field?.kind === 'field' && field.field !== channel;
}

/** True if the sending function reads another field of the element first: it may ask whether it is closed. */
function asksFirst(send: ElementChannel): boolean {
  const { body, operation, channel } = send;
  const element = elementOf(send);
  for (let at = 0; at < operation; at++) if (body.kind(at) === Op.Read && isBeside(accessPathsOf(body).ofPlaceOf(at), element, channel)) return true;
  return false;
}

/** True if a function takes elements out of the container, puts another one in its place, or assigns a field of the element: others may be told. */
function takesOut({ body: { unit } }: ProgramFunction, closed: ElementChannel): boolean {
  const { container, channel } = closed;
  const element = elementOf(closed);
  return unit.bodies.some((body) => {
    for (let operation = 0; operation < body.operationCount; operation++) {
      const access = accessOf(body, operation);
      const of = access === Access.Delete || access === Access.Clear ? accessPathsOf(body).ofValue(containerOf(body, operation)) : undefined;
      if (of?.steps.at(-1)?.field === container) return true;
      if (body.kind(operation) !== Op.Write || body.placeKind(body.a(operation)) !== PlaceKind.Field) continue;
      const declared = declaredAt(body, body.a(operation));
      if (declared === container || declared === channel || (body === closed.body && isBeside(accessPathsOf(body).ofPlaceOf(operation), element, channel))) return true;
    }
    return false;
  });
}
