// What a method is declared on.

import { NodeKind } from './ast.ts';
import type { Expr, FieldList, FuncDecl } from './ast.ts';

export interface Receiver {
  readonly pointer: boolean;
  /** The name of the type; undefined where something else stands for it. */
  readonly base: string | undefined;
}

/** Undefined for a function without one. Reads nothing that an outline has passed over. */
export function receiverOf(declaration: FuncDecl): Receiver | undefined {
  const { unread } = declaration;
  return unread ? unread.receiver : receiverIn(declaration.recv);
}

export function receiverIn(recv: FieldList | undefined): Receiver | undefined {
  const first = recv?.list[0];
  if (!first) return undefined;
  const { pointer, base } = unpackReceiver(first.type);
  return { pointer, base: base.kind === NodeKind.Ident ? base.name : undefined };
}

export interface ReceiverType {
  readonly pointer: boolean;
  /** The receiver's type without pointer, parentheses and type parameters. */
  readonly base: Expr;
  /** The P of `func (x *T[P]) m()`; undefined without brackets. */
  readonly parameters: readonly Expr[] | undefined;
}

export function unpackReceiver(type: Expr): ReceiverType {
  let base = unparen(type);
  let pointer = false;
  if (base.kind === NodeKind.StarExpr) {
    pointer = true;
    base = unparen(base.x);
  }
  if (base.kind === NodeKind.IndexExpr) return { pointer, base: base.x, parameters: base.indices };
  return { pointer, base, parameters: undefined };
}

export function unparen(expression: Expr): Expr {
  let inner = expression;
  while (inner.kind === NodeKind.ParenExpr) inner = inner.x;
  return inner;
}
