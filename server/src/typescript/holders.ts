// Who else has a container: places that were given the same one, so that they keep it when a new one takes its place.
//
//   this.view.entries = this.entries;      another field, of any object
//   registry = store.entries;              a variable of the module
//   export default entries;                what is imported is the value of that moment; a named export follows the variable

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import type { Clearing } from './clearing.ts';
import { plain } from './expressions.ts';
import { functionAround } from './operations.ts';
import { expressionOf, isAssigned, referencesTo, usesOf } from './references.ts';
import type { Name } from './words.ts';
import type { TypeQueries } from './types/queries.ts';

export interface Holder {
  /** Where the container was given to somebody else. */
  readonly given: ts.Node;
  readonly name: ts.Expression | undefined;
  /** Where the other one uses it; undefined for what other files import. */
  readonly use: ts.Node | undefined;
}

/** A holder of what a new container replaces, if the old one is not passed on here. */
export function holderOf({ container, statement }: Clearing, file: ts.SourceFile, types: TypeQueries): Holder | undefined {
  const symbol = types.symbolAt(container);
  const own = functionAround(statement);
  if (!symbol || compiler.isConstructorDeclaration(own) || compiler.isSourceFile(own) || !outlives(container, symbol)) return undefined;
  const names = referencesTo(symbol, file, types);
  // Whoever takes the old one here swaps; whoever writes the new one elsewhere as well copies on write.
  if (names.some((name) => functionAround(name) === own && isTaken(expressionOf(name)))) return undefined;
  for (const name of names) {
    const expression = expressionOf(name);
    if (functionAround(name) === own) continue;
    const { parent } = expression;
    if (compiler.isExportAssignment(parent) && parent.expression === expression && !parent.isExportEquals) return { given: parent, name: undefined, use: undefined };
    if (isReplacedAfter(expression, names)) continue;
    const other = receiverOf(expression);
    const use = other && useElsewhere(other, expression, own, file, types);
    if (other && use) return { given: parent, name: other, use };
  }
  return undefined;
}

/** `message.parts = this.parts; this.parts = [];`: what was given is given away for good. */
function isReplacedAfter(given: ts.Expression, names: readonly Name[]): boolean {
  const list = listAround(given);
  return list !== undefined && names.some((name) => name.pos > given.pos && isAssigned(expressionOf(name)) && listAround(expressionOf(name)) === list);
}

/** The statements that an expression's own statement is one of; undefined where it is only a part of one. */
function listAround({ parent }: ts.Expression): ts.Node | undefined {
  return compiler.isBinaryExpression(parent) && compiler.isExpressionStatement(parent.parent) ? parent.parent.parent : undefined;
}

function outlives(place: ts.Expression, symbol: ts.Symbol): boolean {
  if (compiler.isPropertyAccessExpression(place)) return place.expression.kind === SyntaxKind.ThisKeyword;
  const { valueDeclaration: declaration } = symbol;
  return declaration !== undefined && compiler.isVariableDeclaration(declaration) && compiler.isSourceFile(functionAround(declaration));
}

/** The field or module variable that an expression is assigned to. */
function receiverOf(expression: ts.Expression): ts.Expression | undefined {
  const { parent } = expression;
  if (compiler.isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === expression) {
    const target = plain(parent.left);
    return compiler.isPropertyAccessExpression(target) || compiler.isIdentifier(target) ? target : undefined;
  }
  return undefined;
}

/** A use of the other place, in a function that does not replace it too. */
function useElsewhere(other: ts.Expression, given: ts.Expression, own: ts.Node, file: ts.SourceFile, types: TypeQueries): ts.Node | undefined {
  const symbol = types.symbolAt(other);
  if (!symbol?.valueDeclaration) return undefined;
  const isLocal = compiler.isVariableDeclaration(symbol.valueDeclaration) && !compiler.isSourceFile(functionAround(symbol.valueDeclaration));
  const uses = usesOf(symbol, file, types);
  // Given again where the container is replaced: it follows.
  if (isLocal || uses.some((name) => functionAround(name) === own)) return undefined;
  // Given anew each time it is used.
  return uses.find((name) => functionAround(name) !== functionAround(given) && !isAssigned(expressionOf(name)));
}

/** True if the container itself is passed on: assigned, returned, given to a call. */
function isTaken(place: ts.Expression): boolean {
  const { parent } = place;
  if (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent)) return parent.expression !== place;
  return !isAssigned(place) && !compiler.isPrefixUnaryExpression(parent);
}

/** True if a container is given a new one in several functions, none of which empties it: it is replaced on purpose. */
export function isCopiedOnWrite({ container }: Clearing, file: ts.SourceFile, types: TypeQueries): boolean {
  const symbol = types.symbolAt(container);
  if (!symbol) return false;
  let mutated = false;
  for (const name of usesOf(symbol, file, types)) {
    const { parent } = expressionOf(name);
    mutated ||= compiler.isPropertyAccessExpression(parent) && compiler.isCallExpression(parent.parent) && ['set', 'add', 'push', 'delete', 'unshift', 'splice'].includes(parent.name.text);
    mutated ||= compiler.isElementAccessExpression(parent) && isAssigned(parent);
  }
  return !mutated;
}

