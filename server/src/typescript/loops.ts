// Loops that count.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { constantOf, plain } from './expressions.ts';

/** `for (let i = from; i < below; i += step)`. */
export interface CountedLoop {
  readonly variable: ts.Identifier;
  /** Undefined if it is not a constant. */
  readonly from: number | undefined;
  /** The expression the variable stays below. */
  readonly below: ts.Expression;
  readonly step: number;
}

/** A loop that counts up in its head; undefined for any other. The body may still change the variable. */
export function countedLoop(loop: ts.ForStatement): CountedLoop | undefined {
  const { initializer, condition, incrementor } = loop;
  if (!initializer || !compiler.isVariableDeclarationList(initializer) || !condition || !incrementor) return undefined;
  const [declaration] = initializer.declarations;
  if (!declaration?.initializer || !compiler.isIdentifier(declaration.name)) return undefined;
  const variable = declaration.name;
  const test = plain(condition);
  if (!compiler.isBinaryExpression(test)) return undefined;
  const { kind } = test.operatorToken;
  const below = kind === SyntaxKind.LessThanToken && isName(test.left, variable) ? test.right : kind === SyntaxKind.GreaterThanToken && isName(test.right, variable) ? test.left : undefined;
  const step = stepOf(plain(incrementor), variable);
  const from = constantOf(declaration.initializer);
  return below && step !== undefined ? { variable, from: typeof from === 'number' ? from : undefined, below: plain(below), step } : undefined;
}

function stepOf(incrementor: ts.Expression, variable: ts.Identifier): number | undefined {
  if (compiler.isPrefixUnaryExpression(incrementor) || compiler.isPostfixUnaryExpression(incrementor)) {
    return incrementor.operator === SyntaxKind.PlusPlusToken && isName(incrementor.operand, variable) ? 1 : undefined;
  }
  if (!compiler.isBinaryExpression(incrementor) || incrementor.operatorToken.kind !== SyntaxKind.PlusEqualsToken || !isName(incrementor.left, variable)) return undefined;
  const step = constantOf(incrementor.right);
  return typeof step === 'number' ? step : undefined;
}

/** The loop's own variable hides others of its name, so the name is enough inside its head. */
function isName(node: ts.Expression, variable: ts.Identifier): boolean {
  const at = plain(node);
  return compiler.isIdentifier(at) && at.text === variable.text;
}
