import { mixedAccessesIn, mixedRacesIn } from '../../analysis/concurrency/atomic-fields.ts';
import { Op } from '../../model/operations.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import { Token } from '../../go/syntax/token.ts';
import { pathAt } from '../../go/syntax/walk.ts';
import { isPure, unparen } from '../../go/expressions.ts';
import type { GoDetector, GoProgramContext } from '../go-context.ts';
import { nameOf, placeOf, startsOf, textAt } from '../go-places.ts';
import type { Place } from '../go-places.ts';
import type { Fix, RelatedPlace } from '../rule.ts';

// atomic.AddInt64(&s.hits, 1) in one goroutine, s.hits in another   →  atomic.LoadInt64(&s.hits)
export const detectGo: GoDetector = {
  program: (context) => {
    const reported = new Set<string>();
    for (const { race: { execution, overlap }, plain, atomic } of mixedRacesIn(context.program)) {
      const place = placeOf(plain, execution, context);
      const other = placeOf(atomic, execution, context);
      if (!place || !other) continue;
      // That code outside calls two methods at the same time is only plausible.
      const isOutside = overlap.tasks.some(({ start }) => start === 'outside');
      report(plain.activation.body, plain.operation, place, other, isOutside ? '-elsewhere' : '', isOutside ? [] : startsOf(overlap.tasks, execution, context), context, reported, isOutside);
    }
    for (const { function: { path }, body, access, use, isOpen } of mixedAccessesIn(context.program)) {
      const other = { path: use.function.path, span: use.body.spanOf(use.call) };
      report(body, access, { path, span: body.spanOf(access) }, other, '-elsewhere', [], context, reported, !isOpen);
    }
  },
};

function report(body: FunctionBody, access: number, place: Place, other: Place, suffix: '' | '-elsewhere', starts: readonly RelatedPlace[], context: GoProgramContext, reported: Set<string>, plausible = false): void {
  const key = `${place.path} ${place.span.start}`;
  if (reported.has(key) || !context.file(place.path)) return;
  reported.add(key);
  const id = `${body.kind(access) === Op.Write ? 'write' : 'read'}${suffix}`;
  const fix = atomicFix(place, other, context);
  context.report(place.path, {
    message: { id, arguments: { what: textAt(place, context), call: textAt(other, context), place: nameOf(other, context) } },
    span: place.span,
    related: [{ ...other, message: { id: 'atomic' } }, ...starts],
    fixes: fix ? [fix] : [],
    ...(plausible && { plausible }),
  });
}

const atomicTypes: ReadonlySet<string> = new Set(['Int32', 'Int64', 'Uint32', 'Uint64', 'Uintptr', 'Pointer']);

const operations = ['CompareAndSwap', 'Load', 'Store', 'Add', 'Swap', 'And', 'Or'];

/** The type in the name of an atomic function: `Int64` of `AddInt64`. */
function suffixOf(call: Place, context: GoProgramContext): string | undefined {
  const file = context.file(call.path);
  const node = file && pathAt(file.syntax, call.span.start).find((each) => each.kind === NodeKind.CallExpr && each.pos === call.span.start);
  if (node?.kind !== NodeKind.CallExpr || node.fun.kind !== NodeKind.SelectorExpr) return undefined;
  const { name } = node.fun.sel;
  const operation = operations.find((each) => name.startsWith(each) && name.length > each.length);
  const suffix = operation && name.slice(operation.length);
  // A method that does it inside is called something else.
  return suffix !== undefined && atomicTypes.has(suffix) ? suffix : undefined;
}

function atomicFix(place: Place, other: Place, context: GoProgramContext): Fix | undefined {
  const file = context.file(place.path);
  const suffix = suffixOf(other, context);
  if (!file || suffix === undefined || suffix === 'Pointer') return undefined;
  const path = pathAt(file.syntax, place.span.start);
  const expression = path.find((each) => (each.kind === NodeKind.SelectorExpr || each.kind === NodeKind.Ident) && each.pos === place.span.start);
  const statement = path.findLast((each) => each.kind === NodeKind.AssignStmt || each.kind === NodeKind.IncDecStmt);
  if (!expression || (expression.kind !== NodeKind.SelectorExpr && expression.kind !== NodeKind.Ident) || !isPure(expression, context.info)) return undefined;
  const text = file.text.slice(expression.pos, expression.end);
  const fix = (span: { readonly pos: number; readonly end: number }, replacement: string): Fix => ({
    title: { id: 'fix-atomic', arguments: { replacement } },
    safe: true,
    edits: [{ start: span.pos, end: span.end, newText: replacement }],
    imports: ['sync/atomic'],
  });
  if (statement?.kind === NodeKind.IncDecStmt && unparen(statement.x) === expression) return statement.token === Token.INC ? fix(statement, `atomic.Add${suffix}(&${text}, 1)`) : undefined;
  if (statement?.kind === NodeKind.AssignStmt && statement.lhs.some((each) => unparen(each) === expression)) {
    if (statement.lhs.length !== 1 || statement.rhs.length !== 1) return undefined;
    const value = file.text.slice(statement.rhs[0]!.pos, statement.rhs[0]!.end);
    if (statement.token === Token.ASSIGN) return fix(statement, `atomic.Store${suffix}(&${text}, ${value})`);
    return statement.token === Token.ADD_ASSIGN ? fix(statement, `atomic.Add${suffix}(&${text}, ${value})`) : undefined;
  }
  if (path.some((each) => each.kind === NodeKind.UnaryExpr && each.op === Token.AND && each.x === expression)) return undefined;
  return fix(expression, `atomic.Load${suffix}(&${text})`);
}
