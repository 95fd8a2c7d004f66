// Values that come from outside the program: what a request carries, what was parsed, what was given on the command line.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { globalCall, plain } from './expressions.ts';
import type { TypeQueries } from './types/queries.ts';

const requestTypes: ReadonlySet<string> = new Set(['IncomingMessage', 'URLSearchParams', 'FormData', 'Headers', 'Request']);
/** How many variables a value is followed through. */
const farthest = 4;

export function comesFromOutside(node: ts.Expression, types: TypeQueries, steps = farthest): boolean {
  const at = plain(node);
  if (steps === 0) return false;
  if (globalCall(at, 'JSON', types)?.name === 'parse') return true;
  const { libraryName } = types.typeAt(at);
  if (libraryName !== undefined && requestTypes.has(libraryName)) return true;
  if (compiler.isPropertyAccessExpression(at)) {
    if (at.name.text === 'argv' && compiler.isIdentifier(at.expression) && types.typeAt(at.expression).libraryName === 'Process') return true;
    return comesFromOutside(at.expression, types, steps);
  }
  if (compiler.isElementAccessExpression(at)) return comesFromOutside(at.expression, types, steps);
  if (compiler.isCallExpression(at)) {
    const callee = plain(at.expression);
    return compiler.isPropertyAccessExpression(callee) && comesFromOutside(callee.expression, types, steps);
  }
  if (compiler.isAwaitExpression(at)) return comesFromOutside(at.expression, types, steps);
  return compiler.isIdentifier(at) && isGivenFromOutside(types.symbolAt(at)?.valueDeclaration, types, steps);
}

function isGivenFromOutside(declaration: ts.Declaration | undefined, types: TypeQueries, steps: number): boolean {
  if (!declaration) return false;
  if (compiler.isBindingElement(declaration)) {
    let at: ts.Node = declaration;
    while (compiler.isBindingElement(at) || compiler.isObjectBindingPattern(at) || compiler.isArrayBindingPattern(at)) at = at.parent;
    return compiler.isVariableDeclaration(at) && isGivenFromOutside(at, types, steps);
  }
  if (!compiler.isVariableDeclaration(declaration)) return false;
  if (declaration.initializer) return comesFromOutside(declaration.initializer, types, steps - 1);
  const loop = declaration.parent.parent;
  return compiler.isForOfStatement(loop) && comesFromOutside(loop.expression, types, steps - 1);
}
