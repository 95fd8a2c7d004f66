import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { Token } from '../../go/syntax/token.ts';
import { builtinCalled, builtinIsVisible, isPure, unparen } from '../../go/expressions.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { BuiltinId } from '../../go/types/objects.ts';
import { isInLoop, iterationCount, loopsAround, makesEmpty, valuesOf } from '../../analysis/flow.ts';
import { Access, accessOf, containerOf } from '../../model/accesses.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NONE, Op, PlaceKind } from '../../model/operations.ts';
import { operationsIn } from '../../model/search.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

/** From how many entries on growing from nothing is worth a word. */
const largeSize = 10_000;
const clearVersion = 21;

// m := make(map[K]V, 50_000)
// for … { m = make(map[K]V); for … { m[k] = v } }   →  make(map[K]V, 50_000), or clear(m)
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.AssignStmt]: (statement, context) => {
      const [target] = statement.lhs;
      const [value] = statement.rhs;
      if (statement.token !== Token.ASSIGN || !target || !value || statement.lhs.length > 1 || !makesMap(value, context)) return;
      const body = context.flow();
      const [write] = body ? operationsIn(body, Op.Write, { start: statement.pos, end: statement.end }) : [];
      if (!body || write === undefined || !isUnsizedMap(body, body.b(write))) return;
      const [loop] = loopsAround(body, write);
      const size = loop === undefined ? undefined : (sizeGivenBefore(body, write) ?? sizeOfRefill(body, write, loop));
      if (loop === undefined || !size || !isRefilled(body, write, loop)) return;
      const map = context.textOf(target);
      context.report({
        message: { id: 'found', arguments: { map } },
        span: { start: value.pos, end: value.end },
        subject: { start: statement.pos, end: statement.end },
        related: [{ path: context.file.path, span: size.place, message: { id: 'size', arguments: { map, size: size.entries } } }],
        fixes: fixes(statement, target, value, size.entries, context),
      });
    },
  },
};

/** `make(map[K]V)` or `map[K]V{}`, as written. */
function makesMap(value: ast.Expr, context: GoContext): boolean {
  const inner = unparen(value);
  const written =
    inner.kind === NodeKind.CompositeLit
      ? inner.elts.length === 0
      : inner.kind === NodeKind.CallExpr && inner.args.length === 1 && builtinCalled(inner, context.info) === BuiltinId.Make;
  return written && mapTypeOf(context.info.typeOf(inner)) !== undefined;
}

function isUnsizedMap(body: FunctionBody, made: number): boolean {
  return made !== NONE && makesEmpty(body, made) && body.a(made) === NONE;
}

interface KnownSize {
  readonly entries: number;
  readonly place: { readonly start: number; readonly end: number };
}

/** The constant size with which the same variable is made elsewhere in the function, if that is large. */
function sizeGivenBefore(body: FunctionBody, write: number): KnownSize | undefined {
  const values = valuesOf(body);
  const variable = body.variableOf(body.a(write));
  if (variable === NONE || body.placeKind(body.a(write)) !== PlaceKind.Variable) return undefined;
  for (let other = 0; other < body.operationCount; other++) {
    if (body.kind(other) !== Op.Write || body.placeKind(body.a(other)) !== PlaceKind.Variable || body.variableOf(body.a(other)) !== variable) continue;
    const made = body.b(other);
    if (made === NONE || body.kind(made) !== Op.Make) continue;
    const entries = values.constantNumber(values.number(body.a(made)));
    if (entries !== undefined && entries >= largeSize) return { entries, place: body.spanOf(made) };
  }
  return undefined;
}

/** The constant number of rounds of a loop that refills the map, if that is large. */
function sizeOfRefill(body: FunctionBody, write: number, around: number): KnownSize | undefined {
  for (const fill of fillsAfter(body, write, around)) {
    const [inner] = loopsAround(body, fill);
    const entries = inner === undefined ? undefined : iterationCount(body, inner);
    if (inner !== undefined && entries !== undefined && entries >= largeSize) return { entries, place: body.spanOf(fill) };
  }
  return undefined;
}

function isRefilled(body: FunctionBody, write: number, around: number): boolean {
  return fillsAfter(body, write, around).length > 0;
}

/** Writes of elements into the map that was made, in a loop inside the one around the making. */
function fillsAfter(body: FunctionBody, write: number, around: number): readonly number[] {
  const values = valuesOf(body);
  const made = values.number(body.b(write));
  const found: number[] = [];
  for (let fill = 0; fill < body.operationCount; fill++) {
    if (accessOf(body, fill) !== Access.Write || !isInLoop(body, fill, around) || loopsAround(body, fill)[0] === around) continue;
    if (values.alternatives(values.number(containerOf(body, fill)))?.includes(made)) found.push(fill);
  }
  return found;
}

function fixes(statement: ast.AssignStmt, target: ast.Expr, value: ast.Expr, entries: number, context: GoContext): readonly Fix[] {
  if (context.commentsIn(statement.pos, statement.end).length > 0) return [];
  const inner = unparen(value);
  const type = inner.kind === NodeKind.CallExpr ? inner.args[0] : inner.kind === NodeKind.CompositeLit ? inner.type : undefined;
  const found: Fix[] = [];
  if (type && builtinIsVisible('make', context.file.syntax, statement.pos, context.info)) {
    const newText = `make(${context.textOf(type)}, ${entries})`;
    found.push({ title: { id: 'fix-size', arguments: { size: entries } }, safe: true, edits: [{ start: value.pos, end: value.end, newText }] });
  }
  const version = context.file.languageVersion?.version;
  if (version !== undefined && version >= clearVersion && isPure(target, context.info) && builtinIsVisible('clear', context.file.syntax, statement.pos, context.info)) {
    const replacement = `clear(${context.textOf(target)})`;
    found.push({
      title: { id: 'fix-clear', arguments: { replacement } },
      safe: false,
      caution: { id: 'caution-holders' },
      edits: [{ start: statement.pos, end: statement.end, newText: replacement }],
    });
  }
  return found;
}
