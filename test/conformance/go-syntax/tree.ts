// Prints our trees the way oracle/main.go prints go/parser's.

import { NodeKind } from '../../../server/src/go/syntax/ast.ts';
import type { File, Node } from '../../../server/src/go/syntax/ast.ts';
import { Token, tokenText } from '../../../server/src/go/syntax/token.ts';
import { forEachChild } from '../../../server/src/go/syntax/walk.ts';

const kindNames = (
  'File Ident BadExpr BasicLit FuncLit CompositeLit ParenExpr SelectorExpr IndexExpr SliceExpr TypeAssertExpr CallExpr StarExpr UnaryExpr BinaryExpr ' +
  'KeyValueExpr Ellipsis ArrayType StructType FuncType InterfaceType MapType ChanType Field FieldList BadStmt DeclStmt EmptyStmt LabeledStmt ExprStmt ' +
  'SendStmt IncDecStmt AssignStmt GoStmt DeferStmt ReturnStmt BranchStmt BlockStmt IfStmt CaseClause SwitchStmt TypeSwitchStmt CommClause SelectStmt ' +
  'ForStmt RangeStmt GenDecl ImportSpec ValueSpec TypeSpec FuncDecl'
).split(' ');

export function kindName(kind: NodeKind): string {
  return kindNames[kind]!;
}

/** The lines of a tree with its comments. */
export function treeLines(file: File, text: string): string[] {
  const lines = [`0 Package ${file.packagePos} ${file.packagePos}`];
  const visit = (node: Node, depth: number): void => {
    lines.push(`${depth} ${kindNames[node.kind]} ${node.pos} ${node.end}${details(node)}`);
    forEachChild(node, (child) => visit(child, depth + 1));
  };
  forEachChild(file, (child) => visit(child, 1));
  for (const { pos, end } of file.comments) lines.push(`Comment ${pos} ${withoutReturns(text.slice(pos, end)).replaceAll('\n', '\\n')}`);
  return lines;
}

/** go/scanner drops carriage returns from comments, except where that would make a `*` and a `/` meet. */
function withoutReturns(comment: string): string {
  if (!comment.includes('\r')) return comment;
  if (comment.startsWith('//')) return comment.replaceAll('\r', '');
  let kept = '';
  for (let i = 0; i < comment.length; i++) {
    const closes = kept.length > 2 && kept.endsWith('*') && comment[i + 1] === '/';
    if (comment[i] !== '\r' || closes) kept += comment[i];
  }
  return kept;
}

function details(n: Node): string {
  const has = (child: unknown): boolean => child !== undefined;
  switch (n.kind) {
    case NodeKind.Ident:
      return ` ${n.name}`;
    case NodeKind.BasicLit: {
      const value = n.value.startsWith('`') ? n.value.replaceAll('\r', '') : n.value;
      return ` ${tokenText(n.token)} ${value.replaceAll('\n', '\\n')}`;
    }
    case NodeKind.CompositeLit:
      return ` ${n.lbrace} ${has(n.type)}`;
    case NodeKind.IndexExpr:
      return ` ${n.lbrack}`;
    case NodeKind.SliceExpr:
      return ` ${has(n.low)} ${has(n.high)} ${has(n.max)}`;
    case NodeKind.CallExpr:
      return ` ${n.lparen} ${n.ellipsis}`;
    case NodeKind.UnaryExpr:
      return ` ${tokenText(n.op)}`;
    case NodeKind.BinaryExpr:
      return ` ${tokenText(n.op)} ${n.opPos}`;
    case NodeKind.ArrayType:
      return ` ${has(n.len)}`;
    case NodeKind.FuncType:
      return ` ${has(n.typeParams)} ${has(n.results)}`;
    case NodeKind.ChanType:
      return ` ${n.dir} ${n.arrow ?? -1}`;
    case NodeKind.Field:
      return ` ${n.names.length} ${has(n.tag)}`;
    case NodeKind.SendStmt:
      return ` ${n.arrow}`;
    case NodeKind.IncDecStmt:
    case NodeKind.BranchStmt:
      return ` ${tokenText(n.token)}`;
    case NodeKind.AssignStmt:
      return ` ${n.lhs.length} ${tokenText(n.token)} ${n.tokenPos}`;
    case NodeKind.IfStmt:
      return ` ${has(n.init)} ${has(n.els)}`;
    case NodeKind.CaseClause:
      return ` ${!has(n.list)} ${n.list?.length ?? 0} ${n.colon}`;
    case NodeKind.SwitchStmt:
      return ` ${has(n.init)} ${has(n.tag)}`;
    case NodeKind.TypeSwitchStmt:
      return ` ${has(n.init)}`;
    case NodeKind.CommClause:
      return ` ${!has(n.comm)} ${n.colon}`;
    case NodeKind.ForStmt:
      return ` ${has(n.init)} ${has(n.cond)} ${has(n.post)}`;
    case NodeKind.RangeStmt:
      return ` ${has(n.key)} ${has(n.value)} ${n.token === Token.ILLEGAL ? 'ILLEGAL' : tokenText(n.token)} ${n.tokenPos ?? -1} ${n.range}`;
    case NodeKind.GenDecl:
      return ` ${tokenText(n.token)} ${n.lparen ?? -1}`;
    case NodeKind.ImportSpec:
      return ` ${has(n.name)}`;
    case NodeKind.ValueSpec:
      return ` ${n.names.length} ${has(n.type)}`;
    case NodeKind.TypeSpec:
      return ` ${has(n.typeParams)} ${n.alias}`;
    case NodeKind.FuncDecl:
      return ` ${has(n.recv)} ${has(n.body)}`;
  }
  return '';
}
