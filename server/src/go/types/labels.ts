// Labels and what refers to them, after go/types' labels.go. A label's scope is the whole body of its function, without
// nested functions; whether a jump is allowed is not checked.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import type { Checker } from './checker.ts';
import { Label } from './objects.ts';

/** Declares the labels of a function body and resolves the branch statements in it. */
export function labelsOf(check: Checker, body: ast.BlockStmt): void {
  const labels = new Map<string, Label>();
  const branches: ast.BranchStmt[] = [];
  walk(body);
  for (const { label } of branches) {
    if (label) check.recordObject(label, labels.get(label.name));
  }

  function walk(s: ast.Stmt | undefined): void {
    switch (s?.kind) {
      case NodeKind.LabeledStmt: {
        const label = new Label(s.label.name, check.package, s.label);
        label.file = check.env.file.source;
        check.recordObject(s.label, label);
        if (!labels.has(label.name)) labels.set(label.name, label);
        walk(s.stmt);
        return;
      }
      case NodeKind.BranchStmt:
        if (s.label) branches.push(s);
        return;
      case NodeKind.BlockStmt:
        s.list.forEach(walk);
        return;
      case NodeKind.IfStmt:
        walk(s.body);
        walk(s.els);
        return;
      case NodeKind.CaseClause:
      case NodeKind.CommClause:
        s.body.forEach(walk);
        return;
      case NodeKind.SwitchStmt:
      case NodeKind.TypeSwitchStmt:
      case NodeKind.SelectStmt:
      case NodeKind.ForStmt:
      case NodeKind.RangeStmt:
        walk(s.body);
        return;
      default:
    }
  }
}
