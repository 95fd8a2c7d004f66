import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { Token } from '../../go/syntax/token.ts';
import { builtinIsVisible, calledName, isPure, unparen } from '../../go/expressions.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { isDeadStore, isNilAt, isReset, valuesOf } from '../../analysis/flow.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import { VariableKind } from '../../model/objects.ts';
import { operationsIn } from '../../model/search.ts';
import { indentAt } from '../../text/lines.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;

// func reset(m map[string]int) { m = make(map[string]int) }   →  clear(m)
// func (c cache) reset()       { c.entries = nil }            →  clear(c.entries)
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.AssignStmt]: (statement, context) => {
      if (statement.token !== Token.ASSIGN || !statement.rhs.some(mayBeEmpty) || !statement.lhs.some((target) => mapTypeOf(context.info.typeOf(target)))) return;
      const body = context.flow();
      if (!body) return;
      for (const write of operationsIn(body, Op.Write, { start: statement.pos, end: statement.end })) check(write, body, statement, context);
    },
  },
};

/** True if a value is written as `nil`, a literal without elements, or a call of make. */
function mayBeEmpty(value: ast.Expr): boolean {
  const inner = unparen(value);
  if (inner.kind === NodeKind.CompositeLit) return inner.elts.length === 0;
  if (inner.kind === NodeKind.CallExpr) return calledName(inner) === 'make';
  return inner.kind === NodeKind.Ident && inner.name === 'nil';
}

function check(write: number, body: FunctionBody, statement: ast.AssignStmt, context: GoContext): void {
  if (!isReset(body, write)) return;
  const kind = resetKind(body, write);
  const target = statement.lhs.find((each) => each.pos <= body.start(write) && body.end(write) <= each.end) ?? statement.lhs[0]!;
  if (!kind || !mapTypeOf(context.info.typeOf(target)) || !isDeadStore(body, write)) return;
  // Filling in a missing map, for a loop that then has nothing to do, is no reset.
  if (isNilAt(body, valuesOf(body).number(write), write) === true) return;
  const name = context.textOf(target);
  const receiver = body.unit.variables[body.variableOf(body.a(write))]!.name;
  context.report({
    message: { id: kind, arguments: { name, kind: 'map', ...(kind === 'receiver' && { receiver }) } },
    span: { start: target.pos, end: target.end },
    subject: { start: statement.pos, end: statement.end },
    fixes: fixes(statement, target, context),
  });
}

/** What is reset: a whole parameter, or a field of a receiver that is a copy; undefined for anything else. */
function resetKind(body: FunctionBody, write: number): 'parameter' | 'receiver' | undefined {
  const place = body.a(write);
  const index = body.variableOf(place);
  if (index === NONE) return undefined;
  const { kind } = body.unit.variables[index]!;
  const whole = body.placeKind(place) === PlaceKind.Variable;
  if (whole) return kind === VariableKind.Parameter || kind === VariableKind.Receiver ? 'parameter' : undefined;
  return kind === VariableKind.Receiver ? 'receiver' : undefined;
}

function fixes(statement: ast.AssignStmt, target: ast.Expr, context: GoContext): readonly Fix[] {
  const version = context.file.languageVersion?.version;
  if (version === undefined || statement.lhs.length > 1 || !isPure(target, context.info)) return [];
  if (context.commentsIn(statement.pos, statement.end).length > 0) return [];
  const text = context.textOf(unparen(target));
  const caution = { id: 'caution-caller', arguments: { kind: 'map' } };
  const span = { start: statement.pos, end: statement.end };
  const visible = (name: string): boolean => builtinIsVisible(name, context.file.syntax, statement.pos, context.info);
  if (version >= clearVersion) {
    const replacement = `clear(${text})`;
    return visible('clear') ? [{ title: { id: 'fix', arguments: { replacement } }, safe: false, caution, edits: [{ ...span, newText: replacement }] }] : [];
  }
  const indent = indentAt(context.file.text, statement.pos);
  const newText = `for key := range ${text} {\n${indent}\tdelete(${text}, key)\n${indent}}`;
  return visible('delete') && !text.includes('key') ? [{ title: { id: 'fix-loop' }, safe: false, caution, edits: [{ ...span, newText }] }] : [];
}
