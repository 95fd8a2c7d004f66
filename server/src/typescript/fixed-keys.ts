// Maps that only ever have the same constant keys, cleared and given all of them again.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import type { Clearing } from './clearing.ts';
import { constantOf, methodCall, plain } from './expressions.ts';
import { functionAround } from './operations.ts';
import { expressionOf, isAssigned, referencesTo } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

export interface FixedKeys {
  readonly keys: number;
  /** The first call that sets a key again. */
  readonly first: ts.CallExpression;
}

const harmless: ReadonlySet<string> = new Set(['get', 'has', 'size', 'clear', 'delete', 'forEach', 'keys', 'values', 'entries']);

/** `counts.clear(); counts.set('ok', 0); counts.set('failed', 0);` with no other key set anywhere. */
export function fixedKeysAfter({ statement, container, kind, manner }: Clearing, file: ts.SourceFile, types: TypeQueries): FixedKeys | undefined {
  const symbol = types.symbolAt(container);
  if (kind !== 'map' || manner !== 'in-place' || !symbol || !isHidden(symbol, container)) return undefined;
  const all = new Set<string | number | boolean | null>();
  for (const name of referencesTo(symbol, file, types)) {
    const place = expressionOf(name);
    const access = place.parent;
    if (isDeclaration(place, symbol)) {
      if (!startsEmpty(access)) return undefined;
      continue;
    }
    if (isAssigned(place)) return undefined;
    if (compiler.isForOfStatement(access) && access.expression === place) continue;
    if (!compiler.isPropertyAccessExpression(access) || access.expression !== place) return undefined;
    if (harmless.has(access.name.text)) continue;
    const key = access.name.text === 'set' ? keySet(access.parent) : undefined;
    if (key === undefined) return undefined;
    all.add(key);
  }
  const again = setBehind(statement, symbol, types);
  const [first] = again.values();
  return first && again.size === all.size ? { keys: all.size, first } : undefined;
}

/** True for private fields, and variables of the module that it does not export. */
function isHidden({ valueDeclaration: declaration }: ts.Symbol, container: ts.Expression): boolean {
  if (!declaration) return false;
  if (compiler.isPropertyDeclaration(declaration)) {
    const isPrivate = compiler.isPrivateIdentifier(declaration.name) || (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Private) !== 0;
    return isPrivate && compiler.isPropertyAccessExpression(container) && container.expression.kind === SyntaxKind.ThisKeyword;
  }
  return compiler.isVariableDeclaration(declaration) && compiler.isSourceFile(functionAround(declaration)) && !(compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Export);
}

function isDeclaration(place: ts.Node, { valueDeclaration }: ts.Symbol): boolean {
  return valueDeclaration !== undefined && place.parent === valueDeclaration && (valueDeclaration as ts.VariableDeclaration).name === place;
}

function startsEmpty(declaration: ts.Node): boolean {
  const { initializer } = declaration as ts.VariableDeclaration;
  const made = initializer && plain(initializer);
  return made !== undefined && compiler.isNewExpression(made) && (made.arguments?.length ?? 0) === 0;
}

/** The constant k of `….set(k, v)`. */
function keySet(call: ts.Node): string | number | boolean | null | undefined {
  const key = compiler.isCallExpression(call) ? call.arguments[0] : undefined;
  return key && constantOf(key);
}

/** The keys that the statements right behind set, each with its call. */
function setBehind(statement: ts.Statement, symbol: ts.Symbol, types: TypeQueries): ReadonlyMap<unknown, ts.CallExpression> {
  const found = new Map<unknown, ts.CallExpression>();
  if (!compiler.isBlock(statement.parent)) return found;
  const { statements } = statement.parent;
  for (const next of statements.slice(statements.indexOf(statement) + 1)) {
    const call = compiler.isExpressionStatement(next) ? methodCall(plain(next.expression)) : undefined;
    if (call?.name !== 'set' || types.symbolAt(plain(call.receiver)) !== symbol) break;
    const key = keySet(call.call);
    if (key !== undefined && !found.has(key)) found.set(key, call.call);
  }
  return found;
}
