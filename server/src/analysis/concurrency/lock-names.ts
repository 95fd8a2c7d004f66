// Access paths as people write them.

import { valuesOf } from '../values.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Op, PlaceKind } from '../../model/operations.ts';
import { valueRootOf } from './access-paths.ts';
import type { AccessPath } from './access-paths.ts';

/** A path as code: `c.mu`, `shards[…].mu`; undefined where it starts from something without a name. */
export function printPath(body: FunctionBody, path: AccessPath): string | undefined {
  const from = valueRootOf(path);
  const root = from ? variableWith(body.unit.bodies[from.body] ?? body, from.value) : path.root.name;
  if (root === '') return undefined;
  return root + (from?.steps ?? path.steps).map((step) => (step.kind === 'field' ? `.${step.name}` : step.kind === 'element' ? '[…]' : '')).join('');
}

/** The name of the variable that was given a value. */
function variableWith(body: FunctionBody, value: number): string {
  const values = valuesOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Write || values.number(body.b(operation)) !== value) continue;
    const place = body.a(operation);
    if (body.placeKind(place) === PlaceKind.Variable) return body.unit.variables[body.placeA(place)]!.name;
  }
  return '';
}
