import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { plain } from './expressions.ts';
import type { TypeQueries } from './types/queries.ts';

/** True for the environment variables of the process: `process.env`, or a name for it. */
export function isEnvironment(node: ts.Expression, types: TypeQueries): boolean {
  const at = plain(node);
  if (types.typeAt(at).libraryName === 'ProcessEnv') return true;
  // A project without Node's types has no name for it; nobody else declares it then.
  return compiler.isPropertyAccessExpression(at) && at.name.text === 'env' && compiler.isIdentifier(at.expression) && at.expression.text === 'process' && types.symbolAt(at.expression) === undefined;
}

/** True for an object that the language or the platform holds, as `require.cache`: the program cannot make another container of it. */
export function isOfPlatform(node: ts.Expression, types: TypeQueries): boolean {
  let at = plain(node);
  while (compiler.isPropertyAccessExpression(at) || compiler.isElementAccessExpression(at)) at = plain(at.expression);
  if (!compiler.isIdentifier(at)) return false;
  const symbol = types.symbolAt(at);
  return !symbol?.declarations?.length || types.isLibrary(symbol);
}
