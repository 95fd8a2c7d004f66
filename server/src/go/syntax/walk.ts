// Ways through a syntax tree. None of them recurses: a tree may be deep by chains (see `deepestChain`).

import { NodeKind } from './ast.ts';
import type { File, Node } from './ast.ts';

/** Calls `visit` on every direct child, in the order of the text. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  switch (node.kind) {
    case NodeKind.Ident:
    case NodeKind.BadExpr:
    case NodeKind.BasicLit:
    case NodeKind.BadStmt:
    case NodeKind.EmptyStmt:
      return;
    case NodeKind.File:
      visit(node.name);
      return visitAll(node.decls, visit);
    case NodeKind.FuncLit:
      visit(node.type);
      return visit(node.body);
    case NodeKind.CompositeLit:
      if (node.type) visit(node.type);
      return visitAll(node.elts, visit);
    case NodeKind.ParenExpr:
    case NodeKind.StarExpr:
    case NodeKind.UnaryExpr:
    case NodeKind.ExprStmt:
    case NodeKind.IncDecStmt:
      return visit(node.x);
    case NodeKind.SelectorExpr:
      visit(node.x);
      return visit(node.sel);
    case NodeKind.IndexExpr:
      visit(node.x);
      return visitAll(node.indices, visit);
    case NodeKind.SliceExpr:
      visit(node.x);
      if (node.low) visit(node.low);
      if (node.high) visit(node.high);
      if (node.max) visit(node.max);
      return;
    case NodeKind.TypeAssertExpr:
      visit(node.x);
      if (node.type) visit(node.type);
      return;
    case NodeKind.CallExpr:
      visit(node.fun);
      return visitAll(node.args, visit);
    case NodeKind.BinaryExpr:
      visit(node.x);
      return visit(node.y);
    case NodeKind.KeyValueExpr:
      visit(node.key);
      return visit(node.value);
    case NodeKind.Ellipsis:
      if (node.elt) visit(node.elt);
      return;
    case NodeKind.ArrayType:
      if (node.len) visit(node.len);
      return visit(node.elt);
    case NodeKind.StructType:
      return visit(node.fields);
    case NodeKind.FuncType:
      if (node.typeParams) visit(node.typeParams);
      visit(node.params);
      if (node.results) visit(node.results);
      return;
    case NodeKind.InterfaceType:
      return visit(node.methods);
    case NodeKind.MapType:
      visit(node.key);
      return visit(node.value);
    case NodeKind.ChanType:
      return visit(node.value);
    case NodeKind.Field:
      visitAll(node.names, visit);
      visit(node.type);
      if (node.tag) visit(node.tag);
      return;
    case NodeKind.FieldList:
    case NodeKind.BlockStmt:
      return visitAll(node.list, visit);
    case NodeKind.DeclStmt:
      return visit(node.decl);
    case NodeKind.LabeledStmt:
      visit(node.label);
      return visit(node.stmt);
    case NodeKind.SendStmt:
      visit(node.chan);
      return visit(node.value);
    case NodeKind.AssignStmt:
      visitAll(node.lhs, visit);
      return visitAll(node.rhs, visit);
    case NodeKind.GoStmt:
    case NodeKind.DeferStmt:
      return visit(node.call);
    case NodeKind.ReturnStmt:
      return visitAll(node.results, visit);
    case NodeKind.BranchStmt:
      if (node.label) visit(node.label);
      return;
    case NodeKind.IfStmt:
      if (node.init) visit(node.init);
      visit(node.cond);
      visit(node.body);
      if (node.els) visit(node.els);
      return;
    case NodeKind.CaseClause:
      if (node.list) visitAll(node.list, visit);
      return visitAll(node.body, visit);
    case NodeKind.SwitchStmt:
      if (node.init) visit(node.init);
      if (node.tag) visit(node.tag);
      return visit(node.body);
    case NodeKind.TypeSwitchStmt:
      if (node.init) visit(node.init);
      visit(node.assign);
      return visit(node.body);
    case NodeKind.CommClause:
      if (node.comm) visit(node.comm);
      return visitAll(node.body, visit);
    case NodeKind.SelectStmt:
      return visit(node.body);
    case NodeKind.ForStmt:
      if (node.init) visit(node.init);
      if (node.cond) visit(node.cond);
      if (node.post) visit(node.post);
      return visit(node.body);
    case NodeKind.RangeStmt:
      if (node.key) visit(node.key);
      if (node.value) visit(node.value);
      visit(node.x);
      return visit(node.body);
    case NodeKind.GenDecl:
      return visitAll(node.specs, visit);
    case NodeKind.ImportSpec:
      if (node.name) visit(node.name);
      return visit(node.path);
    case NodeKind.ValueSpec:
      visitAll(node.names, visit);
      if (node.type) visit(node.type);
      return visitAll(node.values, visit);
    case NodeKind.TypeSpec:
      visit(node.name);
      if (node.typeParams) visit(node.typeParams);
      return visit(node.type);
    case NodeKind.FuncDecl:
      // The `func` of the type stands before the receiver; its parameters and results stand behind the name.
      if (node.recv) visit(node.recv);
      visit(node.name);
      visit(node.type);
      if (node.body) visit(node.body);
      return;
  }
}

function visitAll(nodes: readonly Node[], visit: (child: Node) => void): void {
  for (let i = 0; i < nodes.length; i++) visit(nodes[i]!);
}

/** Calls `enter` on `node` and all below it, parents first. Where it returns false, the children are left out. */
export function walk(node: Node, enter: (node: Node) => boolean | void): void {
  const stack: Node[] = [node];
  const push = (child: Node): void => {
    stack.push(child);
  };
  for (let current = stack.pop(); current; current = stack.pop()) {
    if (enter(current) === false) continue;
    const bottom = stack.length;
    forEachChild(current, push);
    // The first child has to come off first.
    for (let i = bottom, j = stack.length - 1; i < j; i++, j--) {
      const first = stack[i]!;
      stack[i] = stack[j]!;
      stack[j] = first;
    }
  }
}

/** The nodes whose span encloses the offset, the file first and the innermost last. Spans are taken with both of their ends. */
export function pathAt(file: File, offset: number): Node[] {
  const path: Node[] = [file];
  let inner: Node | undefined = file;
  while (inner) {
    inner = innermostChild(inner, offset);
    if (inner) path.push(inner);
  }
  return path;
}

/**
 * Where two children meet at the offset, the one that starts there is meant. The type of a function declaration spans its receiver and name, too: of
 * children that overlap, the one that starts last is meant.
 */
function innermostChild(node: Node, offset: number): Node | undefined {
  let inner: Node | undefined;
  forEachChild(node, (child) => {
    if (child.pos <= offset && offset <= child.end && (!inner || child.pos >= inner.pos)) inner = child;
  });
  return inner;
}

/** Moves a subtree by `delta`: `pos`, `end` and every further position a node holds. */
export function shift(node: Node, delta: number): void {
  walk(node, (current) => shiftNode(current, delta));
}

function shiftNode(node: Node, delta: number): void {
  node.pos += delta;
  node.end += delta;
  switch (node.kind) {
    case NodeKind.CompositeLit:
      node.lbrace += delta;
      break;
    case NodeKind.IndexExpr:
      node.lbrack += delta;
      break;
    case NodeKind.CallExpr:
      node.lparen += delta;
      break;
    case NodeKind.BinaryExpr:
      node.opPos += delta;
      break;
    case NodeKind.ChanType:
    case NodeKind.SendStmt:
      if (node.arrow !== undefined) node.arrow += delta;
      break;
    case NodeKind.AssignStmt:
      node.tokenPos += delta;
      break;
    case NodeKind.CaseClause:
    case NodeKind.CommClause:
      node.colon += delta;
      break;
    case NodeKind.RangeStmt:
      if (node.tokenPos !== undefined) node.tokenPos += delta;
      node.range += delta;
      break;
    case NodeKind.GenDecl:
      if (node.lparen !== undefined) node.lparen += delta;
      break;
  }
}
