// What a value was computed from, and what may happen between two operations.

import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, VariableKind, type StoreEffect } from '../../model/objects.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import { Walk, walkForward } from '../walk.ts';
import type { AsyncFile, AsyncFunction, AsyncProgram, Point } from './program.ts';
import { suspensionsOf } from './program.ts';

/** True if a path leads from one operation to another and passes none of `stops` on the way. */
export function reaches(body: FunctionBody, from: number, to: number, stops: ReadonlySet<number> = none): boolean {
  return walkForward(body, from, (operation) => (operation === to ? Walk.Found : stops.has(operation) ? Walk.Stop : Walk.On)) === true;
}

const none: ReadonlySet<number> = new Set();

/** The first suspension on some path from one operation to another on which `stops` are not passed; undefined if there is none. */
export function suspensionBetween(of: AsyncFunction, from: number, to: number, before: ReadonlySet<number> = none, after: ReadonlySet<number> = none): number | undefined {
  for (const suspension of suspensionsOf(of)) {
    if (reaches(of.body, from, suspension, before) && reaches(of.body, suspension, to, after)) return suspension;
  }
  return undefined;
}

export interface Origins {
  /** Operations that read memory, calls, and what came back from suspensions. */
  readonly operations: ReadonlySet<number>;
}

/** How far a value is followed. */
const limit = 400;

/**
 * The operations of the same function that a value was computed from: through operands, local variables and new objects. What
 * a suspension gives is an origin of its own, and nothing behind it unless `throughSuspensions`.
 */
export function originsOf(program: AsyncProgram, file: AsyncFile, of: AsyncFunction, value: number, throughCalls = true): ReadonlySet<number> {
  const { body } = of;
  const seen = new Set<number>();
  const stack = [value];
  while (stack.length > 0 && seen.size < limit) {
    const at = stack.pop()!;
    if (at === NONE || seen.has(at)) continue;
    seen.add(at);
    const kind = body.kind(at);
    if (kind === Op.Suspend) {
      // What a container gives that answers with promises was read there.
      const awaited = body.a(at);
      if (awaited !== NONE && body.kind(awaited) === Op.Call && isLookUp(body.calleeOf(awaited)?.store)) seen.add(awaited);
      continue;
    }
    if (kind === Op.Call && !throughCalls && body.calleeOf(at)?.role !== Role.Reads) continue;
    if (kind === Op.Allocate) for (const part of partsOf(body, at)) stack.push(part);
    if (kind === Op.Read) {
      const place = body.a(at);
      if (body.placeKind(place) === PlaceKind.Variable) {
        const variable = file.unit.variables[body.placeA(place)]!;
        if (variable.kind !== VariableKind.Global && !variable.writtenByClosure) {
          const writes = program.writesOf(file, body.placeA(place)).filter((each) => each.function === of).map((each) => each.operation);
          // A temporary is written and read where paths join; a variable keeps what was assigned last.
          for (const write of writes) if (reaches(body, write, at, new Set(writes.filter((each) => each !== write)))) stack.push(body.b(write));
        }
        continue;
      }
    }
    body.forEachOperand(at, (operand) => stack.push(operand));
  }
  return seen;
}

function isLookUp(store: StoreEffect | undefined): boolean {
  return store === 'read' || store === 'has';
}

/** The values that the fields of a new object are given. */
function partsOf(body: FunctionBody, object: number): readonly number[] {
  const found: number[] = [];
  for (let operation = object + 1; operation < body.operationCount; operation++) {
    const kind = body.kind(operation);
    if (kind === Op.CopyElements && body.a(operation) === object) found.push(body.b(operation));
    if (kind !== Op.Write) continue;
    const root = body.rootOf(body.a(operation));
    if (body.placeKind(root) === PlaceKind.Target && body.placeA(root) === object) found.push(body.b(operation));
  }
  return found;
}

/** True if the value comes, in part, from what a suspension gave. */
export function comesFromSuspension(program: AsyncProgram, at: Point): boolean {
  const { body } = at.function;
  for (const origin of originsOf(program, at.file, at.function, at.operation)) if (body.kind(origin) === Op.Suspend) return true;
  return false;
}

/** The same, or from what a promise gives to the function that it runs. */
export function comesFromPromise(program: AsyncProgram, at: Point): boolean {
  const { body } = at.function;
  if (comesFromSuspension(program, at)) return true;
  const isGiven = [...originsOf(program, at.file, at.function, at.operation)].some((origin) => body.kind(origin) === Op.Incoming);
  return isGiven && at.function.kind === 'closure' && program.startsOf(at.file, at.function).some((start) => start.kind === 'call' && start.run.when === 'later' && start.at.function.body.shape(start.at.operation) === Shape.Promise);
}
