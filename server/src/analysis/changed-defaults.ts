// Maps of package level that stand in for an object's own where it has none, and are changed then as if they were its own:
//
//	suffixes := c.Suffixes
//	if len(suffixes) == 0 {
//		suffixes = defaultSuffixes
//	}
//	suffixes["gzip"] = c.Suffix       ← for everybody
//	return &handler{suffixes: suffixes}

import { accessOf, containerOf, isChange } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Shape, VariableKind } from '../model/objects.ts';
import type { Variable } from '../model/objects.ts';
import { NONE, Op, PlaceKind } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import type { Place } from './fields.ts';
import { valuesOf } from './values.ts';
import { Walk, walkForward } from './walk.ts';

export interface ChangedDefault extends Place {
  readonly container: number;
  /** Where the variable of package level is read. */
  readonly taken: number;
  readonly variable: Variable;
  /** Where an object gets the map. */
  readonly kept: number;
}

/** The first change of each such map in a body. */
export function changedDefaults(program: Program): readonly ChangedDefault[] {
  const found: ChangedDefault[] = [];
  for (const function_ of program.functions.values()) {
    if (function_.isTest || function_.entry !== undefined) continue;
    for (const body of function_.body.unit.bodies) {
      if (body.incomplete) continue;
      const seen = new Set<number>();
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (!isChange(accessOf(body, operation))) continue;
        const container = containerOf(body, operation);
        const number = body.shape(container) === Shape.Map ? valuesOf(body).number(container) : NONE;
        const taken = number === NONE || seen.has(number) ? NONE : defaultOf(body, number);
        const kept = taken === NONE ? NONE : keptAfter(body, operation, number);
        if (kept === NONE) continue;
        seen.add(number);
        found.push({ function: function_, body, operation, container, taken, variable: body.unit.variables[body.placeA(body.a(taken))]!, kept });
      }
    }
  }
  return found;
}

/** Where a value that may be one of several maps is read from a variable of package level; NONE if all of them are, or none is. */
function defaultOf(body: FunctionBody, number: number): number {
  const values = valuesOf(body);
  const choices = (values.alternatives(number) ?? []).filter((each) => !values.isNil(each));
  const taken = choices.map((each) => values.origin(each)).map((origin) => (origin !== NONE && isGlobalRead(body, origin) ? origin : NONE));
  return taken.includes(NONE) ? (taken.find((each) => each !== NONE) ?? NONE) : NONE;
}

function isGlobalRead(body: FunctionBody, operation: number): boolean {
  if (body.kind(operation) !== Op.Read || body.placeKind(body.a(operation)) !== PlaceKind.Variable) return false;
  return body.unit.variables[body.placeA(body.a(operation))]!.kind === VariableKind.Global;
}

/** Where a map is put into an object after an operation; NONE if it is not. */
function keptAfter(body: FunctionBody, operation: number, number: number): number {
  const values = valuesOf(body);
  let kept = NONE;
  walkForward(body, operation, (next) => {
    const isKept = body.kind(next) === Op.Aggregate ? body.shape(next) === Shape.Record : body.kind(next) === Op.Write && body.placeKind(body.a(next)) === PlaceKind.Field;
    if (!isKept) return Walk.On;
    body.forEachOperand(next, (value) => {
      if (values.number(value) === number) kept = value;
    });
    return kept === NONE ? Walk.On : Walk.Found;
  });
  return kept;
}
