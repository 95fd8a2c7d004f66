// Where a container loses all its elements: `clear(m)`, a loop that deletes every key, a deferred clear, or a call of a
// function of the program that does one of these to what it is given.

import { BodyFacts } from '../model/body-facts.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Role } from '../model/objects.ts';
import { Flag, NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { graphOf } from './graph.ts';
import { loopsAround } from './loops.ts';
import { valuesOf } from './values.ts';

export interface Emptying {
  /** The operation that does it, or that the loop begins with. */
  readonly operation: number;
  /** The operation that gives the container; NONE if the container is a field of what a callee is given. */
  readonly container: number;
  /** True if it happens when the function ends. */
  readonly deferred: boolean;
  /** For a callee's emptying of a field: the argument that leads to the object, and the field's object. */
  readonly through?: { readonly argument: number; readonly field: object };
}

const known = new BodyFacts<readonly Emptying[]>();

/** Emptyings that a body does itself, in order. */
export function emptyingsIn(body: FunctionBody): readonly Emptying[] {
  let found = known.get(body);
  if (!found) known.set(body, (found = body.incomplete ? [] : collect(body)));
  return found;
}

function collect(body: FunctionBody): readonly Emptying[] {
  const found: Emptying[] = [];
  for (const block of graphOf(body).order) {
    for (let operation = body.firstOperation(block); operation < body.endOperation(block); operation++) {
      switch (body.kind(operation)) {
        case Op.Clear:
          found.push({ operation, container: body.a(operation), deferred: false });
          break;
        case Op.Call:
          if (body.calleeOf(operation)?.role === Role.Clears) found.push({ operation, container: body.list(operation)[0] ?? NONE, deferred: body.has(operation, Flag.Deferred) });
          break;
        case Op.Delete: {
          const iterate = loopEmptying(body, operation);
          if (iterate !== NONE) found.push({ operation: iterate, container: body.a(operation), deferred: false });
          break;
        }
        default:
      }
    }
  }
  return found;
}

/** The `Iterate` of the loop around a Delete that deletes every key it visits, and does so in every iteration; else NONE. */
function loopEmptying(body: FunctionBody, deletion: number): number {
  const values = valuesOf(body);
  const key = values.operationOf(values.number(body.b(deletion)));
  if (key === NONE || body.kind(key) !== Op.IterationKey) return NONE;
  const next = body.a(key);
  const iterate = body.a(next);
  const [loop = NONE] = loopsAround(body, deletion);
  if (loop === NONE || body.loops[loop]!.next !== next) return NONE;
  if (values.number(body.a(iterate)) !== values.number(body.a(deletion)) || values.number(body.a(iterate)) === NONE) return NONE;
  const graph = graphOf(body);
  // A condition around the delete, or a way out of the loop, makes it a filter.
  const { again, head, exit } = body.loops[loop]!;
  const leaves = graph.predecessors(exit).some((each) => each !== head);
  const last = again === head ? graph.blockOf(deletion) : again;
  return !leaves && graph.predecessors(head).every((each) => !graph.dominates(head, each) || graph.dominates(graph.blockOf(deletion), each)) && graph.isReachable(last) ? iterate : NONE;
}

/** Emptyings of fields of its receiver or of other parameters that a function does on every path, unless it fills them again. */
function emptiedParameters(body: FunctionBody): readonly { readonly argument: number; readonly field: object }[] {
  const values = valuesOf(body);
  const graph = graphOf(body);
  const found: { argument: number; field: object }[] = [];
  for (const { operation, container, deferred } of emptyingsIn(body)) {
    if (deferred || !graph.postDominates(graph.blockOf(operation), 0) || body.kind(container) !== Op.Read) continue;
    const place = body.a(container);
    if (body.placeKind(place) !== PlaceKind.Field) continue;
    const target = body.placeA(place);
    if (body.placeKind(target) !== PlaceKind.Target) continue;
    const argument = values.incoming(values.number(body.placeA(target)));
    const field = body.unit.fields[body.placeB(place)]!.origin;
    if (argument !== undefined && field) found.push({ argument, field });
  }
  return found;
}

/** Emptyings of a body, with those that the functions it calls do to fields of what they are given. */
export function emptyingsWithCalls(program: Program, body: FunctionBody): readonly Emptying[] {
  const found = [...emptyingsIn(body)];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || body.has(operation, Flag.Spawned)) continue;
    const key = body.calleeOf(operation)?.key;
    const callee = key === undefined ? undefined : program.functions.get(key)?.body;
    if (!callee || callee.incomplete) continue;
    for (const through of emptiedParameters(callee)) found.push({ operation, container: NONE, deferred: body.has(operation, Flag.Deferred), through });
  }
  return found;
}
