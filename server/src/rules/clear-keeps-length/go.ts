import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { builtinCalled, isPure, unparen } from '../../go/expressions.ts';
import { BuiltinId } from '../../go/types/objects.ts';
import { coreType, holdsPointers } from '../../go/types/predicates.ts';
import { TypeKind } from '../../go/types/types.ts';
import { Walk, valuesOf, walkForward } from '../../analysis/flow.ts';
import { Access, accessOf, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op } from '../../model/operations.ts';
import { operationsIn } from '../../model/search.ts';
import { indentAt } from '../../text/lines.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

// clear(s)
// s = append(s, x)   →  s = s[:0] before
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.CallExpr]: (call, context) => {
      const slice = call.args[0];
      if (!slice || builtinCalled(call, context.info) !== BuiltinId.Clear || coreType(context.info.typeOf(slice))?.kind !== TypeKind.Slice) return;
      const body = context.flow();
      const [clear] = body ? operationsIn(body, Op.Clear, { start: call.pos, end: call.end }) : [];
      const append = body && clear !== undefined ? appendAfter(body, clear) : undefined;
      if (!body || append === undefined) return;
      const values = { slice: context.textOf(slice) };
      context.report({
        message: { id: 'found', arguments: values },
        span: { start: call.fun.pos, end: call.fun.end },
        subject: { start: call.pos, end: call.end },
        related: [{ path: context.file.path, span: body.spanOf(append), message: { id: 'append', arguments: values } }],
        fixes: fixes(call, slice, context),
      });
    },
  },
};

/** An append to the cleared list that nothing stands before: no look at its elements or length, no other list in its place. */
function appendAfter(body: FunctionBody, clear: number): number | undefined {
  const values = valuesOf(body);
  const container = containerOf(body, clear);
  const cleared = values.number(container);
  if (cleared === NONE) return undefined;
  // Values do not tell the rounds of a loop apart: once its place is written, what is there is another round's.
  const place = body.kind(container) === Op.Read ? body.a(container) : NONE;
  const replaces = (operation: number): boolean => place !== NONE && body.kind(operation) === Op.Write && body.isWithin(place, body.a(operation));
  const mayBeCleared = (container: number): boolean => values.mayBe(values.number(container), cleared);
  let append: number | undefined;
  walkForward(body, clear, (operation) => {
    if (replaces(operation)) return Walk.Stop;
    const access = accessOf(body, operation);
    if (access === undefined || access === Access.Share || !mayBeCleared(containerOf(body, operation))) return Walk.On;
    if (access !== Access.Append) return Walk.Stop;
    append = operation;
    return Walk.Found;
  });
  return append;
}

function fixes(call: ast.CallExpr, slice: ast.Expr, context: GoContext): readonly Fix[] {
  const { info } = context;
  const statement = context.ancestors[context.ancestors.length - 1];
  const type = coreType(info.typeOf(slice));
  if (statement?.kind !== NodeKind.ExprStmt || !isPure(slice, info) || info.modeOf(unparen(slice)) !== 'variable' || type?.kind !== TypeKind.Slice) return [];
  const text = context.textOf(slice);
  const cut = `${text} = ${text}[:0]`;
  const title = { arguments: { slice: text } };
  const caution = { id: 'caution-length' };
  // Zeroed elements behind the length keep nothing alive; without pointers they never did.
  if (holdsPointers(type.elem)) {
    const newText = `\n${indentAt(context.file.text, statement.pos)}${cut}`;
    return [{ title: { id: 'fix-also', ...title }, safe: false, caution, edits: [{ start: call.end, end: call.end, newText }] }];
  }
  return [{ title: { id: 'fix', ...title }, safe: false, caution, edits: [{ start: call.pos, end: call.end, newText: cut }] }];
}
