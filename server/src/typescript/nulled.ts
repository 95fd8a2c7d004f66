// Containers that are set to nothing and used afterwards by code that does not ask.

import type ts from 'typescript';
import { isEndingName } from '../analysis/async/endings.ts';
import { SyntaxKind, compiler } from './compiler.ts';
import { plain } from './expressions.ts';
import { functionAround, isFunction, walkAll } from './operations.ts';
import { expressionOf, isAssigned, referencesTo } from './references.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export interface Nulled {
  /** The field or variable that is set to nothing. */
  readonly place: ts.Expression;
  readonly kind: ContainerKind;
  /** A use elsewhere that fails when it comes afterwards. */
  readonly use: ts.Expression;
  /** True where an object is being given up. */
  readonly isEnd: boolean;
}

/** `this.m = null` where the only container the field ever gets is the one it begins with. */
export function nulledBy(assignment: ts.BinaryExpression, file: ts.SourceFile, types: TypeQueries): Nulled | undefined {
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken || !isNothing(assignment.right)) return undefined;
  const place = plain(assignment.left);
  const symbol = types.symbolAt(place);
  const owner = functionAround(assignment);
  if (!symbol || compiler.isSourceFile(owner) || compiler.isConstructorDeclaration(owner) || !isOwned(symbol, place)) return undefined;
  const names = referencesTo(symbol, file, types);
  const values = names.flatMap((name) => valueGiven(name) ?? []);
  const containers = values.filter((value) => !isNothing(value.value));
  const [only, ...others] = containers;
  if (!only || others.length > 0 || !only.isFirst) return undefined;
  const type = types.typeAt(only.value);
  if (!type.container || !type.isExact) return undefined;
  for (const name of names) {
    const around = functionAround(name);
    if (around === owner || compiler.isSourceFile(around) || compiler.isConstructorDeclaration(around) || !isMethodOf(around, symbol)) continue;
    const use = expressionOf(name);
    if (isUsed(use) && !asksBefore(around, symbol, types)) return { place, kind: type.container, use, isEnd: isEnding(owner) };
  }
  return undefined;
}

function isNothing(node: ts.Expression): boolean {
  const at = plain(node);
  return at.kind === SyntaxKind.NullKeyword || compiler.isVoidExpression(at) || (compiler.isIdentifier(at) && at.text === 'undefined');
}

/** True for fields reached by `this`, and variables of the module that nobody outside can set. */
function isOwned(symbol: ts.Symbol, place: ts.Expression): boolean {
  const { valueDeclaration: declaration } = symbol;
  if (!declaration) return false;
  if (compiler.isPropertyAccessExpression(place)) return place.expression.kind === SyntaxKind.ThisKeyword;
  return compiler.isVariableDeclaration(declaration) && compiler.isSourceFile(functionAround(declaration));
}

/** What is given to a field or variable here: where it is declared or in the constructor (`isFirst`), or later. */
function valueGiven(name: ts.Node): { readonly value: ts.Expression; readonly isFirst: boolean } | undefined {
  const { parent } = name;
  if ((compiler.isPropertyDeclaration(parent) || compiler.isVariableDeclaration(parent)) && parent.name === name) return parent.initializer && { value: parent.initializer, isFirst: true };
  const place = expressionOf(name as ts.Identifier);
  if (!isAssigned(place)) return undefined;
  const { parent: assignment } = place;
  if (!compiler.isBinaryExpression(assignment)) return undefined;
  return { value: assignment.right, isFirst: compiler.isConstructorDeclaration(functionAround(assignment)) };
}

function isMethodOf(around: ts.Node, symbol: ts.Symbol): boolean {
  const { valueDeclaration } = symbol;
  return valueDeclaration === undefined || !compiler.isPropertyDeclaration(valueDeclaration) || isFunction(around);
}

/** `m.set(…)`, `m[k]`, `m.size`, not `m?.size` and not `m!.size`: there the author says what they know. */
function isUsed(place: ts.Expression): boolean {
  const { parent } = place;
  if (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent)) return parent.expression === place && parent.questionDotToken === undefined;
  return compiler.isForOfStatement(parent) && parent.expression === place;
}

/** True if a function looks whether the place holds anything, or leaves early by any test of its object. */
function asksBefore(around: ts.Node, symbol: ts.Symbol, types: TypeQueries): boolean {
  let asks = false;
  walkAll(around, (node) => {
    if (asks) return;
    if (compiler.isIfStatement(node) && leaves(node.thenStatement) && mentionsThis(node.expression)) asks = true;
    if (!compiler.isIdentifier(node) && !compiler.isPrivateIdentifier(node)) return;
    if (types.symbolAt(node) !== symbol) return;
    const place = expressionOf(node);
    const { parent } = place;
    const isOptional = (compiler.isPropertyAccessExpression(parent) || compiler.isElementAccessExpression(parent)) && parent.questionDotToken !== undefined;
    asks = isOptional || compiler.isNonNullExpression(parent) || isTested(place) || isAssigned(place);
  });
  return asks;
}

function leaves(statement: ts.Statement): boolean {
  const last = compiler.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (compiler.isReturnStatement(last) || compiler.isThrowStatement(last));
}

function mentionsThis(node: ts.Node): boolean {
  let mentions = node.kind === SyntaxKind.ThisKeyword;
  walkAll(node, (child) => {
    mentions ||= child.kind === SyntaxKind.ThisKeyword;
  });
  return mentions;
}

function isTested(place: ts.Expression): boolean {
  const { parent } = place;
  if (compiler.isIfStatement(parent) || compiler.isWhileStatement(parent)) return parent.expression === place;
  if (compiler.isConditionalExpression(parent)) return parent.condition === place;
  if (compiler.isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  if (!compiler.isBinaryExpression(parent)) return false;
  const { kind } = parent.operatorToken;
  const comparisons = [SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken];
  const choices = [SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken];
  return comparisons.includes(kind) || (choices.includes(kind) && parent.left === place);
}

function isEnding(owner: ts.Node): boolean {
  const { name } = owner as { readonly name?: ts.Node };
  return name !== undefined && compiler.isIdentifier(name) && isEndingName(name.text);
}
