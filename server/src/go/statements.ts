// Statements by where they stand in the text, for fixes.

import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { pathAt } from './syntax/walk.ts';

export interface StatementAt {
  readonly statement: ast.Stmt;
  /** The statements it is one of. */
  readonly list: readonly ast.Stmt[];
  readonly index: number;
  /** The nodes around the list, outermost first. */
  readonly around: readonly ast.Node[];
}

/** The innermost statement of a block or case at an offset; undefined outside any. */
export function statementAt(file: ast.File, offset: number): StatementAt | undefined {
  const path = pathAt(file, offset);
  for (let depth = path.length - 2; depth >= 0; depth--) {
    const list = statementsOf(path[depth]!);
    const index = list?.findIndex((each) => each === path[depth + 1]) ?? -1;
    if (list && index >= 0) return { statement: list[index]!, list, index, around: path.slice(0, depth + 1) };
  }
  return undefined;
}

function statementsOf(node: ast.Node): readonly ast.Stmt[] | undefined {
  switch (node.kind) {
    case NodeKind.BlockStmt:
      return node.list;
    case NodeKind.CaseClause:
    case NodeKind.CommClause:
      return node.body;
    default:
      return undefined;
  }
}

/** The function literal of `go func() { … }()`, if a list of statements is its body; the innermost one. */
export function goStatementAround(around: readonly ast.Node[]): { readonly go: ast.GoStmt; readonly call: ast.CallExpr; readonly literal: ast.FuncLit } | undefined {
  const body = around.at(-1);
  const literal = around.at(-2);
  const go = around.findLast((each) => each.kind === NodeKind.GoStmt);
  if (literal?.kind !== NodeKind.FuncLit || literal.body !== body || go?.kind !== NodeKind.GoStmt) return undefined;
  return go.call.kind === NodeKind.CallExpr && go.call.fun === literal ? { go, call: go.call, literal } : undefined;
}
