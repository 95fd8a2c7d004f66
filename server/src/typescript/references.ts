// Where a variable, field or function is used in its file.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import type { TypeQueries } from './types/queries.ts';
import { isName, wordsOf } from './words.ts';
import type { Name } from './words.ts';

/** By what they mean, as far as somebody asked; of one program each. */
const resolved = new WeakMap<TypeQueries, Map<ts.Node, Map<string, ReadonlyMap<ts.Symbol, readonly Name[]>>>>();

/** The identifiers with a name below a node, in the order of the text. */
function identifiersNamed(name: string, within: ts.Node): readonly Name[] {
  return piecesOf(within).flatMap((piece) => wordsOf(piece).get(name)?.filter(isName) ?? []);
}

function piecesOf(within: ts.Node): readonly ts.Node[] {
  if (compiler.isSourceFile(within)) return within.statements.flatMap((statement) => piecesOf(statement));
  if (!compiler.isClassLike(within)) return [within];
  return [...(within.modifiers ?? []), ...(within.name ? [within.name] : []), ...(within.typeParameters ?? []), ...(within.heritageClauses ?? []), ...within.members];
}

/** The part of the file outside of which a symbol is not named. */
function scopeOf({ valueDeclaration: declaration }: ts.Symbol, file: ts.SourceFile): ts.Node {
  if (!declaration || declaration.getSourceFile() !== file) return file;
  if (compiler.isClassElement(declaration) && declaration.name && compiler.isClassLike(declaration.parent)) {
    const isPrivate = compiler.isPrivateIdentifier(declaration.name) || (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Private) !== 0;
    return isPrivate ? declaration.parent : file;
  }
  if (!compiler.isVariableDeclaration(declaration) && !compiler.isBindingElement(declaration) && !compiler.isParameter(declaration)) return file;
  // A parameter may declare a field.
  if (compiler.isParameter(declaration) && compiler.isConstructorDeclaration(declaration.parent)) return file;
  let at: ts.Node = declaration.parent;
  while (!compiler.isSourceFile(at) && !compiler.isFunctionLike(at) && !compiler.isClassStaticBlockDeclaration(at)) at = at.parent;
  return at;
}

/** As it is written; symbols of private members have another name inside the compiler. */
export function nameOf(symbol: ts.Symbol): string {
  const declared = symbol.valueDeclaration && compiler.getNameOfDeclaration(symbol.valueDeclaration);
  return declared && (compiler.isIdentifier(declared) || compiler.isPrivateIdentifier(declared)) ? declared.text : symbol.name;
}

/** The places that name a symbol, its declarations included. */
export function referencesTo(symbol: ts.Symbol, file: ts.SourceFile, types: TypeQueries): readonly Name[] {
  types.lookedFor(symbol);
  return bySymbol(nameOf(symbol), scopeOf(symbol, file), types).get(symbol) ?? [];
}

/** Many classes have a field of the same name: each name is resolved once for all of them. */
function bySymbol(name: string, within: ts.Node, types: TypeQueries): ReadonlyMap<ts.Symbol, readonly Name[]> {
  const ofProgram = kept(resolved, types, () => new Map<ts.Node, Map<string, ReadonlyMap<ts.Symbol, readonly Name[]>>>());
  const ofScope = kept(ofProgram, within, () => new Map<string, ReadonlyMap<ts.Symbol, readonly Name[]>>());
  return kept(ofScope, name, () => {
    const groups = new Map<ts.Symbol, Name[]>();
    for (const each of identifiersNamed(name, within)) {
      const symbol = types.symbolAt(each);
      if (!symbol) continue;
      const group = groups.get(symbol);
      if (group) group.push(each);
      else groups.set(symbol, [each]);
    }
    return groups;
  });
}

function kept<K extends WeakKey, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V;
function kept<V>(map: Map<string, V>, key: string, make: () => V): V;
function kept<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
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
