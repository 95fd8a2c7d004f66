import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { builtinCalled, isPure, sameExpression, unconverted, variableNamed } from '../../go/expressions.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { walk } from '../../go/syntax/walk.ts';
import { BuiltinId } from '../../go/types/objects.ts';
import { identical } from '../../go/types/predicates.ts';
import { emptinessAt, valuesOf } from '../../analysis/flow.ts';
import { containerOf } from '../../model/accesses.ts';
import { Op } from '../../model/operations.ts';
import { operationsIn } from '../../model/search.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

// m := make(map[string]int)
// for k := range old { delete(m, k) }   →  delete(old, k)
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.RangeStmt]: (loop, context) => {
      if (!loop.key) return;
      for (const call of deletionsOfKey(loop, context)) check(loop, call, context);
    },
  },
};

/** The calls `delete(…, k)` in a loop, with the loop's key, that name another map than the ranged one. */
function deletionsOfKey(loop: ast.RangeStmt, context: GoContext): readonly ast.CallExpr[] {
  const { info } = context;
  const found: ast.CallExpr[] = [];
  walk(loop.body, (node) => {
    if (node.kind === NodeKind.FuncLit) return false;
    if (node.kind !== NodeKind.CallExpr || builtinCalled(node, info) !== BuiltinId.Delete) return true;
    const [map, deleted] = node.args;
    const key = loop.key && variableNamed(loop.key, info);
    if (key && map && deleted && variableNamed(unconverted(deleted, info), info) === key && !sameExpression(map, loop.x, info)) found.push(node);
    return true;
  });
  return found;
}

function check(loop: ast.RangeStmt, call: ast.CallExpr, context: GoContext): void {
  const body = mapTypeOf(context.info.typeOf(loop.x)) && context.flow();
  const [deletion] = body ? operationsIn(body, Op.Delete, { start: call.pos, end: call.end }) : [];
  const iteration = body?.loops.find((each) => each.start === loop.pos && each.end === loop.end);
  if (!body || deletion === undefined || !iteration || iteration.iterate < 0) return;
  const values = valuesOf(body);
  const container = containerOf(body, deletion);
  const ranged = values.number(body.a(iteration.iterate));
  if (values.relation(values.number(container), ranged) === 'same') return;
  const emptiness = emptinessAt(body, container, deletion);
  if (!emptiness) return;
  const made = values.creation(values.number(container));
  const names = { ranged: context.textOf(loop.x), deleted: context.textOf(call.args[0]!) };
  context.report({
    message: { id: emptiness, arguments: names },
    span: { start: call.args[0]!.pos, end: call.args[0]!.end },
    subject: { start: loop.pos, end: loop.end },
    related: made === undefined ? [] : [{ path: context.file.path, span: body.spanOf(made), message: { id: 'emptied', arguments: { deleted: names.deleted } } }],
    fixes: fixes(loop, call, context),
  });
}

function fixes(loop: ast.RangeStmt, call: ast.CallExpr, context: GoContext): readonly Fix[] {
  const { info } = context;
  const map = call.args[0]!;
  if (!isPure(loop.x, info) || !identical(info.typeOf(loop.x), info.typeOf(map))) return [];
  const ranged = context.textOf(loop.x);
  return [
    {
      title: { id: 'fix', arguments: { ranged } },
      safe: false,
      caution: { id: 'caution-intent', arguments: { ranged } },
      edits: [{ start: map.pos, end: map.end, newText: ranged }],
    },
  ];
}
