import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { emptyingByCall, emptyingByIterator, emptyingByLoop, keyReflexivity, statementBeforeLoop } from '../../go/emptying.ts';
import type { DeleteLoop } from '../../go/emptying.ts';
import { walk } from '../../go/syntax/walk.ts';
import { indentAt } from '../../text/lines.ts';
import { builtinIsVisible } from '../../go/expressions.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

/** The first Go release with the built-in clear and reflect.Value.Clear. */
const clearVersion = 21;
/** The first Go release with sync.Map.Clear. */
const syncMapClearVersion = 23;

// for k := range m { delete(m, k) }      →  clear(m)
// for k, _ := range m { delete(m, k) }   →  clear(m), or the plain loop below Go 1.21
// m.Range(func(k, _ any) bool { m.Delete(k); return true })   →  m.Clear()
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.RangeStmt]: (loop, context) => {
      const emptying = emptyingByLoop(loop, context.info, statementBeforeLoop(loop, context.ancestors));
      if (emptying?.kind === 'delete-loop') reportDeleteLoop(emptying, context);
      else if (emptying) reportReplacement(context, loop, emptying.map, 'reflect', clearVersion, '.Clear()', context.file.libraryFloor?.version);
    },
    [NodeKind.ForStmt]: (loop, context) => {
      const emptying = emptyingByIterator(loop, context.info, statementBeforeLoop(loop, context.ancestors));
      if (emptying) reportReplacement(context, loop, emptying.map, 'reflect', clearVersion, '.Clear()', context.file.libraryFloor?.version, emptying.made);
    },
    [NodeKind.CallExpr]: (call, context) => {
      const emptying = emptyingByCall(call, context.info);
      if (!emptying) return;
      if (emptying.kind === 'sync-range') {
        reportReplacement(context, call, emptying.map, 'range', syncMapClearVersion, '.Clear()', context.file.libraryFloor?.version);
        return;
      }
      const language = context.file.languageVersion?.version;
      if (language !== undefined && language < clearVersion) return;
      const replacement = `clear(${context.textOf(emptying.map)})`;
      const mayHoldNaN = emptying.kind === 'delete-func' && keyReflexivity(emptying.mapType.key) !== 'reflexive';
      context.report({
        message: { id: 'function', arguments: { map: context.textOf(emptying.map), replacement } },
        span: { start: call.fun.pos, end: call.fun.end },
        subject: { start: call.pos, end: call.end },
        fixes: builtinIsVisible('clear', context.file.syntax, call.pos, context.info) ? fix(context, call, replacement, language, clearVersion, mayHoldNaN) : [],
      });
    },
  },
};

function reportDeleteLoop(emptying: DeleteLoop, context: GoContext): void {
  const { loop, map, mapType, reason } = emptying;
  const language = context.file.languageVersion?.version;
  const hasClear = language === undefined || language >= clearVersion;
  // Below Go 1.21 the plain loop is the right way, and a loop over irreflexive keys cannot be made faster.
  if (!hasClear && (reason === undefined || reason === 'irreflexive-key')) return;
  const text = context.textOf(map);
  const replacement = hasClear ? `clear(${text})` : `for k := range ${text}`;
  const mayHoldNaN = keyReflexivity(mapType.key) !== 'reflexive';
  // Without the loop a label, or a second name for the map, would be left over.
  const blocked = emptying.assignsOuterKey || reason === 'alias' || context.ancestors.at(-1)?.kind === NodeKind.LabeledStmt || context.commentsIn(loop.pos, loop.end).length > 0;
  const writable = hasClear ? builtinIsVisible('clear', context.file.syntax, loop.pos, context.info) : reason !== 'map-expression' && reason !== 'key-source';
  const values = { map: text, replacement };
  context.report({
    message: { id: reason === undefined ? 'plain' : `slow-${reason}`, arguments: values },
    span: { start: loop.pos, end: loop.x.end },
    subject: { start: loop.pos, end: loop.end },
    fixes: blocked || !writable ? [] : hasClear ? fix(context, loop, replacement, language, clearVersion, mayHoldNaN) : [plainLoop(emptying, context)],
  });
}

/** `m.Clear()` in place of a loop or call; silent where the library of the file may not have it yet. */
function reportReplacement(
  context: GoContext,
  node: ast.RangeStmt | ast.ForStmt | ast.CallExpr,
  map: ast.Expr,
  message: 'range' | 'reflect',
  since: number,
  suffix: string,
  floor: number | undefined,
  made?: ast.Stmt,
): void {
  if (floor !== undefined && floor < since) return;
  const text = context.textOf(map);
  const replacement = `${text}${suffix}`;
  const end = node.kind === NodeKind.RangeStmt ? node.x.end : node.kind === NodeKind.ForStmt ? node.cond!.end : node.fun.end;
  const replaced = { pos: made?.pos ?? node.pos, end: node.end };
  const isBlocked = context.commentsIn(replaced.pos, replaced.end).length > 0 || context.ancestors.at(-1)?.kind === NodeKind.LabeledStmt || (made !== undefined && isUsedAfter(made, node, context));
  context.report({
    message: { id: message, arguments: { map: text, replacement } },
    span: { start: node.pos, end },
    subject: { start: node.pos, end: node.end },
    fixes: isBlocked ? [] : fix(context, replaced, replacement, floor, since, message === 'reflect'),
  });
}

/** True if the iterator that a statement makes is used elsewhere than in the loop. */
function isUsedAfter(made: ast.Stmt, loop: ast.Node, { declaration, info }: GoContext): boolean {
  const name = made.kind === NodeKind.AssignStmt ? made.lhs[0] : undefined;
  const object = name?.kind === NodeKind.Ident ? info.objectOf(name) : undefined;
  let isUsed = object === undefined;
  walk(declaration, (node) => {
    if (node === loop || node === made) return false;
    if (node.kind === NodeKind.Ident && info.useOf(node) === object) isUsed = true;
    return true;
  });
  return isUsed;
}

function fix(context: GoContext, node: { readonly pos: number; readonly end: number }, replacement: string, version: number | undefined, since: number, mayHoldNaN: boolean): readonly Fix[] {
  const title = { id: 'fix', arguments: { replacement } };
  const edits = [{ start: node.pos, end: node.end, newText: replacement }];
  if (version === undefined) return [{ title, safe: false, caution: { id: 'caution-version', arguments: { version: `1.${since}` } }, edits }];
  if (mayHoldNaN) return [{ title, safe: false, caution: { id: 'caution-nan' }, edits }];
  if (context.commentsIn(node.pos, node.end).length > 0) return [];
  return [{ title, safe: true, edits }];
}

/** The loop that the compiler turns into the runtime's map clear, for files whose Go has no clear. */
function plainLoop({ loop, map }: DeleteLoop, context: GoContext): Fix {
  const text = context.textOf(map);
  const key = context.textOf(loop.key!);
  const indent = indentAt(context.file.text, loop.pos);
  const newText = `for ${key} := range ${text} {\n${indent}\tdelete(${text}, ${key})\n${indent}}`;
  return { title: { id: 'fix-loop' }, safe: true, edits: [{ start: loop.pos, end: loop.end, newText }] };
}
