// Where a variable, field or function is used in its file.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import type { TypeQueries } from './types/queries.ts';

/** A name in the text; those of private members begin with `#`. */
export type Name = ts.Identifier | ts.PrivateIdentifier;

const known = new WeakMap<ts.SourceFile, { readonly text: string; readonly names: ReadonlyMap<string, readonly Name[]> }>();

/** By what they mean, as far as somebody asked; of one program each. */
const resolved = new WeakMap<TypeQueries, Map<readonly Name[], ReadonlyMap<ts.Symbol, readonly Name[]>>>();

/** The identifiers with a name, in the order of the text. */
function identifiersNamed(name: string, file: ts.SourceFile): readonly Name[] {
  let kept = known.get(file);
  if (kept?.text !== file.text) {
    const names = new Map<string, Name[]>();
    const visit = (node: ts.Node): void => {
      if (compiler.isIdentifier(node) || compiler.isPrivateIdentifier(node)) {
        const list = names.get(node.text);
        if (list) list.push(node);
        else names.set(node.text, [node]);
      }
      compiler.forEachChild(node, visit);
    };
    visit(file);
    kept = { text: file.text, names };
    known.set(file, kept);
  }
  return kept.names.get(name) ?? [];
}

/** As it is written; symbols of private members have another name inside the compiler. */
function nameOf(symbol: ts.Symbol): string {
  const declared = symbol.valueDeclaration && compiler.getNameOfDeclaration(symbol.valueDeclaration);
  return declared && (compiler.isIdentifier(declared) || compiler.isPrivateIdentifier(declared)) ? declared.text : symbol.name;
}

/** The places that name a symbol, its declarations included. */
export function referencesTo(symbol: ts.Symbol, file: ts.SourceFile, types: TypeQueries): readonly Name[] {
  return bySymbol(identifiersNamed(nameOf(symbol), file), types).get(symbol) ?? [];
}

/** Many classes have a field of the same name: each name is resolved once for all of them. */
function bySymbol(names: readonly Name[], types: TypeQueries): ReadonlyMap<ts.Symbol, readonly Name[]> {
  let ofProgram = resolved.get(types);
  if (!ofProgram) resolved.set(types, (ofProgram = new Map<readonly Name[], ReadonlyMap<ts.Symbol, readonly Name[]>>()));
  const kept = ofProgram.get(names);
  if (kept) return kept;
  const groups = new Map<ts.Symbol, Name[]>();
  for (const name of names) {
    const symbol = types.symbolAt(name);
    if (!symbol) continue;
    const group = groups.get(symbol);
    if (group) group.push(name);
    else groups.set(symbol, [name]);
  }
  ofProgram.set(names, groups);
  return groups;
}

/** The same, without declarations. */
export function usesOf(symbol: ts.Symbol, file: ts.SourceFile, types: TypeQueries): readonly Name[] {
  return referencesTo(symbol, file, types).filter((name) => !isDeclaredName(name));
}

function isDeclaredName(name: Name): boolean {
  const { parent } = name;
  return 'name' in parent && parent.name === name && !compiler.isPropertyAccessExpression(parent) && !compiler.isShorthandPropertyAssignment(parent) && !compiler.isExportSpecifier(parent);
}

/** The whole expression that a name belongs to: `this.m` for the m of it. */
export function expressionOf(name: Name): ts.Expression {
  return compiler.isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : (name as ts.Expression);
}

/** True if an expression is what is assigned to. */
export function isAssigned(node: ts.Expression): boolean {
  let at: ts.Node = node;
  while (compiler.isParenthesizedExpression(at.parent) || compiler.isNonNullExpression(at.parent) || compiler.isAsExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (compiler.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return parent.left === at && kind >= compiler.SyntaxKind.FirstAssignment && kind <= compiler.SyntaxKind.LastAssignment;
  }
  return (compiler.isPrefixUnaryExpression(parent) || compiler.isPostfixUnaryExpression(parent)) && (parent.operator === compiler.SyntaxKind.PlusPlusToken || parent.operator === compiler.SyntaxKind.MinusMinusToken);
}
