import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { builtinIsVisible } from '../../go/expressions.ts';
import { emptyingByCall, emptyingByLoop, keyReflexivity } from '../../go/emptying.ts';
import { typeStringIn } from '../../go/types/type-string.ts';
import type { GoMap } from '../../go/types/types.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;

// for k := range m { delete(m, k) } with a float64 in the key   →  clear(m)
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.RangeStmt]: (loop, context) => {
      const emptying = emptyingByLoop(loop, context.info);
      if (emptying?.kind !== 'delete-loop') return;
      report(loop, { start: loop.pos, end: loop.x.end }, emptying.map, emptying.mapType, emptying.assignsOuterKey, context);
    },
    [NodeKind.CallExpr]: (call, context) => {
      // A sync.Map's keys are interfaces; whether any holds a float is not known here.
      const emptying = emptyingByCall(call, context.info);
      if (emptying?.kind !== 'delete-func') return;
      report(call, { start: call.fun.pos, end: call.fun.end }, emptying.map, emptying.mapType, false, context);
    },
  },
};

function report(node: ast.RangeStmt | ast.CallExpr, span: { start: number; end: number }, map: ast.Expr, type: GoMap, keyLivesOn: boolean, context: GoContext): void {
  const reflexivity = keyReflexivity(type.key);
  if (reflexivity !== 'float' && reflexivity !== 'interface') return;
  const values = { map: context.textOf(map), key: typeStringIn(context.package.path, type.key) };
  context.report({
    message: { id: reflexivity, arguments: values },
    span,
    subject: { start: node.pos, end: node.end },
    fixes: keyLivesOn ? [] : fixes(node, map, context),
  });
}

function fixes(node: ast.Node, map: ast.Expr, context: GoContext): readonly Fix[] {
  const version = context.file.languageVersion?.version;
  if (version === undefined || version < clearVersion) return [];
  if (context.commentsIn(node.pos, node.end).length > 0) return [];
  if (!builtinIsVisible('clear', context.file.syntax, node.pos, context.info)) return [];
  const replacement = `clear(${context.textOf(map)})`;
  return [
    {
      title: { id: 'fix', arguments: { replacement } },
      safe: false,
      caution: { id: 'caution-behaviour' },
      edits: [{ start: node.pos, end: node.end, newText: replacement }],
    },
  ];
}
