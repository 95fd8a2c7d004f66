// Statements that empty a container at once, in place or by putting a new one there.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { isPlace, plain } from './expressions.ts';
import { isNewEmpty, operationOf } from './operations.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export interface Clearing {
  readonly statement: ts.ExpressionStatement;
  readonly container: ts.Expression;
  readonly kind: ContainerKind;
  /** `replaced`: what the place held before goes on to exist for whoever else has it. */
  readonly manner: 'in-place' | 'replaced';
}

/** `m.clear();`, `list.length = 0;`, `list.splice(0);`, `m = new Map();`, `list = [];`. */
export function clearingBy(statement: ts.Node, types: TypeQueries): Clearing | undefined {
  if (!compiler.isExpressionStatement(statement)) return undefined;
  const expression = plain(statement.expression);
  // Types cost more than a look at the text: what cannot be one is not asked for.
  const operation = mayClear(expression) ? operationOf(expression, types) : undefined;
  if (operation?.operation === 'clear') {
    const type = types.typeAt(operation.container);
    return isPlace(operation.container, types) && type.isExact && !type.isNullable ? { statement, container: plain(operation.container), kind: operation.kind, manner: 'in-place' } : undefined;
  }
  if (!compiler.isBinaryExpression(expression) || expression.operatorToken.kind !== SyntaxKind.EqualsToken || !isNewEmpty(expression.right, types)) return undefined;
  const { container } = types.typeAt(expression.right).container ? types.typeAt(expression.right) : types.typeAt(expression.left);
  return container && isPlace(expression.left, types) ? { statement, container: plain(expression.left), kind: container, manner: 'replaced' } : undefined;
}

/** True for calls of `clear` and `splice`, and for assignments to a `length`. */
function mayClear(node: ts.Expression): boolean {
  if (compiler.isBinaryExpression(node)) return compiler.isPropertyAccessExpression(plain(node.left));
  const callee = compiler.isCallExpression(node) ? plain(node.expression) : undefined;
  return callee !== undefined && compiler.isPropertyAccessExpression(callee) && (callee.name.text === 'clear' || callee.name.text === 'splice');
}

/** A new container of a kind, as source text. */
export function newContainerText(kind: ContainerKind): string | undefined {
  switch (kind) {
    case 'map':
      return 'new Map()';
    case 'set':
      return 'new Set()';
    case 'array':
      return '[]';
    case 'dictionary':
      return '{}';
    default:
      return undefined;
  }
}

/** What empties a container of a kind in place, as source text. */
export function clearingText(container: string, kind: ContainerKind): string | undefined {
  if (kind === 'map' || kind === 'set') return `${container}.clear()`;
  return kind === 'array' ? `${container}.length = 0` : undefined;
}

/** True for variables declared by `let` or `var`, and for fields that are not `readonly`. */
export function isAssignable(place: ts.Expression, types: TypeQueries): boolean {
  const declaration = types.symbolAt(place)?.valueDeclaration;
  if (!declaration) return false;
  if (compiler.isVariableDeclaration(declaration)) return (compiler.getCombinedNodeFlags(declaration) & compiler.NodeFlags.Constant) === 0;
  if (compiler.isPropertyDeclaration(declaration) || compiler.isPropertySignature(declaration) || compiler.isParameter(declaration)) return (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Readonly) === 0;
  return compiler.isPropertyAccessExpression(declaration) || compiler.isPropertyAssignment(declaration);
}
