// Keys that are equal to themselves because the code looked: `if math.IsNaN(k) { return }`, `if k == k`.

import { Access, keyOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { Callee } from '../model/objects.ts';
import { NONE, Op, Operator } from '../model/operations.ts';
import type { Program } from '../model/program.ts';
import { conditionsAt } from './conditions.ts';
import { declaredAt } from './declared.ts';
import { fieldUsesOf } from './fields.ts';
import { valuesOf } from './values.ts';

/**
 * True if the map at a place of the text is in a field or variable of which all insertions are seen, and each was made under
 * a test that its key is equal to itself.
 * @param testsForNaN true for functions that tell whether their argument is not equal to itself
 */
export function hasOnlyReflexiveKeys(program: Program, path: string, start: number, end: number, testsForNaN: (callee: Callee) => boolean): boolean {
  const declared = declaredIn(program, path, start, end);
  const uses = declared && fieldUsesOf(program).get(declared);
  if (!uses || uses.addressed || uses.leaks.length > 0) return false;
  const inserts = uses.accesses.filter((each) => each.access === Access.Write);
  return inserts.length > 0 && inserts.every(({ body, operation }) => isTested(body, operation, testsForNaN));
}

/** The field or variable that is read at a place of the text. */
function declaredIn(program: Program, path: string, start: number, end: number): object | undefined {
  for (const { path: own, body: first } of program.functions.values()) {
    if (own !== path || start < first.span.start || first.span.end < end) continue;
    for (const body of first.unit.bodies) {
      for (let operation = 0; operation < body.operationCount; operation++) {
        if (body.kind(operation) === Op.Read && body.start(operation) === start && body.end(operation) === end) return declaredAt(body, body.a(operation));
      }
    }
  }
  return undefined;
}

function isTested(body: FunctionBody, insert: number, testsForNaN: (callee: Callee) => boolean): boolean {
  const values = valuesOf(body);
  const key = values.number(keyOf(body, insert));
  if (key === NONE) return false;
  return conditionsAt(body, insert).some(({ condition, holds }) => {
    const at = values.source(condition);
    if (body.kind(at) === Op.Call) {
      const callee = body.calleeOf(at);
      return !holds && callee !== undefined && testsForNaN(callee) && values.number(body.list(at)[0] ?? NONE) === key;
    }
    if (body.kind(at) !== Op.Compute || values.number(body.a(at)) !== key || body.b(at) === NONE || values.number(body.b(at)) !== key) return false;
    return body.c(at) === Operator.Equal ? holds : body.c(at) === Operator.NotEqual && !holds;
  });
}
