import { isBlank } from '../../go/expressions.ts';
import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { Token } from '../../go/syntax/token.ts';
import { pathAt, walk } from '../../go/syntax/walk.ts';
import type { Obj } from '../../go/types/objects.ts';
import type { GoProgramContext } from '../go-context.ts';
import type { Place } from '../go-places.ts';
import type { Fix } from '../rule.ts';

// go func() { err = f(); … err … }()   →   go func() { err := f(); … err … }()
/** A variable of the goroutine's own in place of the captured one, where the goroutine assigns it before it reads it. */
export function ownVariableFix({ path, span }: Place, context: GoProgramContext): Fix | undefined {
  const { info } = context;
  const file = context.file(path);
  if (!file) return undefined;
  const around = pathAt(file.syntax, span.start);
  const name = around.at(-1);
  const at = around.findLastIndex((each) => each.kind === NodeKind.AssignStmt);
  const assign = around[at];
  const literal = around.findLast((each) => each.kind === NodeKind.FuncLit);
  if (name?.kind !== NodeKind.Ident || assign?.kind !== NodeKind.AssignStmt || assign.token !== Token.ASSIGN || literal?.kind !== NodeKind.FuncLit) return undefined;
  const object = info.useOf(name);
  if (!object || object.isPackageLevel || !assign.lhs.every((each) => each === name || isBlank(each)) || (object.pos >= literal.pos && object.pos < literal.end)) return undefined;
  const scope = around[at - 1];
  if (!scope || !holds(scope, assign) || literal.pos > scope.pos) return undefined;
  let reads = 0;
  let isOwn = true;
  walk(literal.body, (node) => {
    if (node.kind !== NodeKind.Ident || node === name || info.useOf(node) !== object) return;
    // A mention before the assignment, beside its scope or in its own right-hand side means the captured one.
    if (node.pos < assign.end || node.end > scope.end) isOwn = false;
    else reads += 1;
  });
  // A variable that only this goroutine read would be declared and not used.
  if (!isOwn || reads === 0 || !isReadBeside(around[1], literal, object, context)) return undefined;
  return { title: { id: 'fix-own', arguments: { name: name.name } }, safe: false, caution: { id: 'caution-own', arguments: { name: name.name } }, edits: [{ start: assign.tokenPos, end: assign.tokenPos + 1, newText: ':=' }] };
}

/** True if a declaration reads a variable outside a function literal. */
function isReadBeside(declaration: ast.Node | undefined, literal: ast.FuncLit, object: Obj, { info }: GoProgramContext): boolean {
  const assigned = new Set<ast.Node>();
  let found = false;
  if (declaration) {
    walk(declaration, (node) => {
      if (node === literal) return false;
      if (node.kind === NodeKind.AssignStmt && node.token === Token.ASSIGN) for (const each of node.lhs) assigned.add(each);
      if (node.kind === NodeKind.Ident && info.useOf(node) === object && !assigned.has(node)) found = true;
      return true;
    });
  }
  return found;
}

/** True for the node whose scope a variable is in that the assignment declares. */
function holds(scope: ast.Node, assign: ast.AssignStmt): boolean {
  switch (scope.kind) {
    case NodeKind.BlockStmt:
      return scope.list.includes(assign);
    case NodeKind.CaseClause:
      return scope.body.includes(assign);
    case NodeKind.IfStmt:
    case NodeKind.SwitchStmt:
    case NodeKind.ForStmt:
      return scope.init === assign;
    default:
      return false;
  }
}
