// Channels that are closed while the object they belong to stays in a container, whose objects others send to:
//
//   for _, s := range b.sessions { if s.id == id { close(s.events) } }   under b.mu
//   for _, s := range b.sessions { select { case s.events <- e: default: } }   ← the next time, under b.mu: send on a closed channel

import { valuesOf } from '../values.ts';
import { Access, accessOf, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import type { Program, ProgramFunction } from '../../model/program.ts';
import { declaredAt } from '../declared.ts';
import { accessPathsOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';

export interface KeptClosed {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly close: number;
  readonly container: string;
  readonly sender: ProgramFunction;
  readonly sendBody: FunctionBody;
  readonly send: number;
}

/** A channel in a field of what the elements of a container point to. */
interface ElementChannel {
  readonly function: ProgramFunction;
  readonly body: FunctionBody;
  readonly operation: number;
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
  const iterated = path && path.root.kind === 'value' && path.root.body === body.index ? valuesOf(body).operationOf(path.root.index) : NONE;
  const [target, field, ...more] = path?.steps ?? [];
  if (iterated === NONE || body.kind(iterated) !== Op.IterationValue || target?.kind !== 'target' || field?.kind !== 'field' || !field.field || more.length > 0) return undefined;
  const of = accessPathsOf(body).ofValue(body.a(body.a(body.a(iterated))));
  const last = of?.steps.at(-1);
  return of && last?.kind === 'field' && last.field && isShared(of) ? { container: last.field, channel: field.field, name: last.name } : undefined;
}

function isShared({ root }: AccessPath): boolean {
  return root.kind === 'parameter' || root.kind === 'global';
}

/** True if the sending function reads another field of the element: it may ask whether it is closed. */
function asksFirst({ body, operation, channel }: ElementChannel): boolean {
  const root = accessPathsOf(body).ofValue(body.a(operation))?.root.key;
  for (let at = 0; at < operation; at++) {
    const path = body.kind(at) === Op.Read ? accessPathsOf(body).ofPlaceOf(at) : undefined;
    if (path?.root.key === root && path?.steps[1]?.kind === 'field' && path.steps[1].field !== channel) return true;
  }
  return false;
}

/** True if a function takes elements out of the container, puts another one in its place, or assigns a field beside the channel: others may be told. */
function takesOut({ body: { unit } }: ProgramFunction, { container, channel, body: closing, operation: close }: ElementChannel): boolean {
  const element = accessPathsOf(closing).ofValue(closing.a(close))?.root.key;
  return unit.bodies.some((body) => {
    for (let operation = 0; operation < body.operationCount; operation++) {
      const access = accessOf(body, operation);
      const of = access === Access.Delete || access === Access.Clear ? accessPathsOf(body).ofValue(containerOf(body, operation)) : undefined;
      if (of?.steps.at(-1)?.field === container) return true;
      if (body.kind(operation) !== Op.Write || body.placeKind(body.a(operation)) !== PlaceKind.Field) continue;
      const declared = declaredAt(body, body.a(operation));
      const path = accessPathsOf(body).ofPlaceOf(operation);
      if (declared === container || declared === channel || (body === closing && path?.root.key === element)) return true;
    }
    return false;
  });
}

function callersOf(program: Program, called: ProgramFunction): readonly ProgramFunction[] {
  return [...program.functions.values()].filter(({ body: { unit } }) => unit.callees.some((each) => each.key === called.key));
}
