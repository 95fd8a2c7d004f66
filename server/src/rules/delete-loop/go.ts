import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { emptyingByCall, emptyingByLoop, keyReflexivity } from '../../go/emptying.ts';
import type { DeleteLoop } from '../../go/emptying.ts';
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
      const emptying = emptyingByLoop(loop, context.info);
      if (emptying?.kind === 'delete-loop') reportDeleteLoop(emptying, context);
      else if (emptying) reportReplacement(context, loop, emptying.map, 'reflect', clearVersion, '.Clear()', context.file.libraryFloor?.version);
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
  const blocked = emptying.assignsOuterKey || context.commentsIn(loop.pos, loop.end).length > 0;
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
  node: ast.RangeStmt | ast.CallExpr,
  map: ast.Expr,
  message: 'range' | 'reflect',
  since: number,
  suffix: string,
  floor: number | undefined,
): void {
  if (floor !== undefined && floor < since) return;
  const text = context.textOf(map);
  const replacement = `${text}${suffix}`;
  const end = node.kind === NodeKind.RangeStmt ? node.x.end : node.fun.end;
  context.report({
    message: { id: message, arguments: { map: text, replacement } },
    span: { start: node.pos, end },
    subject: { start: node.pos, end: node.end },
    fixes: context.commentsIn(node.pos, node.end).length > 0 ? [] : fix(context, node, replacement, floor, since, message === 'reflect'),
  });
}

function fix(context: GoContext, node: ast.Node, replacement: string, version: number | undefined, since: number, mayHoldNaN: boolean): readonly Fix[] {
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
