import type { AtomicUse } from '../../analysis/concurrency/atomic-values.ts';
import { isBlank, isPure } from '../../go/expressions.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { pathAt, walk } from '../../go/syntax/walk.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { indentAt } from '../../text/lines.ts';
import type { Edit, Span } from '../../text/span.ts';
import type { GoProgramContext } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const cloneVersion = 21;

/**
 * The change made to a copy that is stored afterwards. Offered where the map is loaded and changed by two statements of one
 * block, or by one.
 */
export function copyOnWrite(change: Span, use: AtomicUse, value: string, context: GoProgramContext): Fix | undefined {
  const file = context.file(use.function.path);
  if (!file || (file.languageVersion?.version ?? 0) < cloneVersion) return undefined;
  const path = pathAt(file.syntax, change.start);
  const block = path.findLast((each) => each.kind === NodeKind.BlockStmt);
  const statement = path.find((each, index) => index > 0 && path[index - 1] === block);
  if (block?.kind !== NodeKind.BlockStmt || !statement || !isSimple(statement)) return undefined;
  const load = use.body.spanOf(use.call);
  const loading = block.list.find((each) => each.pos <= load.start && load.end <= each.end);
  const expression = loading && containerAt(loading, load, context);
  if (!expression) return undefined;
  const text = file.text.slice(expression.pos, expression.end);
  const indent = indentAt(file.text, statement.pos);
  const isPointer = file.text.slice(load.start, load.end) !== text && expression.kind === NodeKind.StarExpr;
  const store = (name: string): string => `${value}.Store(${isPointer ? '&' : ''}${name})`;
  const fix = (edits: readonly Edit[]): Fix => ({ title: { id: 'fix-clone' }, safe: false, caution: { id: 'caution-clone' }, edits, imports: ['maps'] });
  if (loading === statement) {
    const name = freshName(block, ['next', 'updated', 'replacement']);
    if (!name) return undefined;
    // A parenthesis around the load is not needed around a name.
    const outer = parenthesized(statement, expression);
    return fix([
      { start: statement.pos, end: statement.pos, newText: `${name} := maps.Clone(${text})\n${indent}` },
      { start: outer.pos, end: outer.end, newText: name },
      { start: statement.end, end: statement.end, newText: `\n${indent}${store(name)}` },
    ]);
  }
  const name = definedBy(loading, expression);
  if (!name) return undefined;
  const clone = { start: expression.pos, end: expression.end, newText: `maps.Clone(${text})` };
  const isStored = block.list.some((each) => each.pos >= statement.end && storesAfterwards(file.text.slice(each.pos, each.end), store(name)));
  return fix(isStored ? [clone] : [clone, { start: statement.end, end: statement.end, newText: `\n${indent}${store(name)}` }]);
}

function isSimple(node: ast.Node): boolean {
  return node.kind === NodeKind.ExprStmt || node.kind === NodeKind.AssignStmt || node.kind === NodeKind.IncDecStmt;
}

/** The expression of a map type around the load, free of side effects but for it: `v.Load().(T)`, `*p.Load()`. */
function containerAt(statement: ast.Node, load: Span, { info }: GoProgramContext): ast.Expr | undefined {
  let found: ast.Expr | undefined;
  walk(statement, (node) => {
    if (found || node.end < load.end || node.pos > load.start) return false;
    const isContainer = node.kind === NodeKind.TypeAssertExpr || node.kind === NodeKind.StarExpr;
    if (isContainer && mapTypeOf(info.typeOf(node))) found = node;
    return true;
  });
  return found && receiverIsPure(found, info) ? found : undefined;
}

function receiverIsPure(expression: ast.Expr, info: GoProgramContext['info']): boolean {
  const inner = expression.kind === NodeKind.TypeAssertExpr || expression.kind === NodeKind.StarExpr ? expression.x : expression;
  if (inner.kind !== NodeKind.CallExpr || inner.args.length > 0 || inner.fun.kind !== NodeKind.SelectorExpr) return false;
  return isPure(inner.fun.x, info);
}

function parenthesized(statement: ast.Node, expression: ast.Expr): ast.Expr {
  let outer = expression;
  walk(statement, (node) => {
    if (node.kind === NodeKind.ParenExpr && node.x === expression) outer = node;
    return node.pos <= expression.pos && expression.end <= node.end;
  });
  return outer;
}

/** The name of `m := v.Load().(T)`. */
function definedBy(statement: ast.Node, value: ast.Expr): string | undefined {
  if (statement.kind !== NodeKind.AssignStmt || statement.lhs.length !== 1 || statement.rhs[0] !== value) return undefined;
  const [target] = statement.lhs;
  return target?.kind === NodeKind.Ident && !isBlank(target) ? target.name : undefined;
}

/** True if a statement is the store itself. */
function storesAfterwards(statement: string, store: string): boolean {
  return statement.trim() === store;
}

/** The first of some names that the block does not use. */
function freshName(block: ast.BlockStmt, names: readonly string[]): string | undefined {
  const used = new Set<string>();
  walk(block, (node) => {
    if (node.kind === NodeKind.Ident) used.add(node.name);
  });
  return names.find((name) => !used.has(name));
}
