import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { emptyingByCall, emptyingByLoop, keyReflexivity } from '../../go/emptying.ts';
import { typeStringIn } from '../../go/types/type-string.ts';
import type { GoMap } from '../../go/types/types.ts';
import { hasOnlyReflexiveKeys } from '../../analysis/reflexive-keys.ts';
import { builtinIsVisible, isFunction } from '../../go/expressions.ts';
import { commentsIn } from '../../go/syntax/comments.ts';
import { walk } from '../../go/syntax/walk.ts';
import type { Func } from '../../go/types/objects.ts';
import type { GoFile } from '../../go/packages/package.ts';
import type { Callee } from '../../model/objects.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;

// for k := range m { delete(m, k) } with a float64 in the key   →  clear(m)
export const detectGo: GoDetector = {
  // Whether a NaN can be among the keys is a question to the whole package.
  program(context) {
    for (const file of context.package.ownFiles) {
      const { text } = file;
      for (const declaration of file.syntax.decls) {
        // What does not even name one of them need not be walked.
        const mayEmpty = ['delete', 'DeleteFunc'].some((name) => text.slice(declaration.pos, declaration.end).includes(name));
        if (mayEmpty) walk(declaration, (node) => look(node, file, context));
      }
    }
  },
};

function look(node: ast.Node, file: GoFile, context: GoProgramContext): void {
  if (node.kind === NodeKind.RangeStmt) {
    const emptying = emptyingByLoop(node, context.info);
    if (emptying?.kind !== 'delete-loop') return;
    report(node, { start: node.pos, end: node.x.end }, emptying.map, emptying.mapType, emptying.assignsOuterKey, file, context);
  } else if (node.kind === NodeKind.CallExpr) {
    // A sync.Map's keys are interfaces; whether any holds a float is not known here.
    const emptying = emptyingByCall(node, context.info);
    if (emptying?.kind !== 'delete-func') return;
    report(node, { start: node.fun.pos, end: node.fun.end }, emptying.map, emptying.mapType, false, file, context);
  }
}

function isNaNTest(callee: Callee): boolean {
  return callee.name === 'IsNaN' && isFunction(callee.origin as Func | undefined, 'math', 'IsNaN');
}

function report(node: ast.RangeStmt | ast.CallExpr, span: { start: number; end: number }, map: ast.Expr, type: GoMap, keyLivesOn: boolean, file: GoFile, context: GoProgramContext): void {
  const reflexivity = keyReflexivity(type.key);
  if (reflexivity !== 'float' && reflexivity !== 'interface') return;
  if (hasOnlyReflexiveKeys(context.program, file.path, map.pos, map.end, isNaNTest)) return;
  const values = { map: file.text.slice(map.pos, map.end), key: typeStringIn(context.package.path, type.key) };
  context.report(file.path, {
    message: { id: reflexivity, arguments: values },
    span,
    subject: { start: node.pos, end: node.end },
    fixes: keyLivesOn ? [] : fixes(node, map, file, context),
  });
}

function fixes(node: ast.Node, map: ast.Expr, file: GoFile, context: GoProgramContext): readonly Fix[] {
  const version = file.languageVersion?.version;
  if (version === undefined || version < clearVersion) return [];
  if (commentsIn(file.syntax, { start: node.pos, end: node.end }).length > 0) return [];
  if (!builtinIsVisible('clear', file.syntax, node.pos, context.info)) return [];
  const replacement = `clear(${file.text.slice(map.pos, map.end)})`;
  return [
    {
      title: { id: 'fix', arguments: { replacement } },
      safe: false,
      caution: { id: 'caution-behaviour' },
      edits: [{ start: node.pos, end: node.end, newText: replacement }],
    },
  ];
}
