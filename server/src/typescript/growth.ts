// Containers of a module that only ever get more.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { constantOf, plain } from './expressions.ts';
import { functionAround } from './operations.ts';
import { expressionOf, isAssigned, referencesTo } from './references.ts';
import type { StaticType, TypeQueries } from './types/queries.ts';

export interface Growth {
  readonly name: ts.Identifier;
  readonly kind: 'map' | 'set';
  /** The call that adds. */
  readonly addition: ts.CallExpression;
}

const looks: ReadonlySet<string> = new Set(['get', 'has', 'size', 'forEach', 'keys', 'values', 'entries']);
const adds: ReadonlySet<string> = new Set(['set', 'add']);

/** `const cache = new Map()` of a module, filled by functions under keys without bound, that nothing takes elements out of. */
export function unboundedGrowth(declaration: ts.VariableDeclaration, file: ts.SourceFile, types: TypeQueries): Growth | undefined {
  const { name, initializer } = declaration;
  if (!initializer || !compiler.isIdentifier(name) || !compiler.isNewExpression(plain(initializer)) || !compiler.isSourceFile(functionAround(declaration))) return undefined;
  const statement = declaration.parent.parent;
  // What other files see, they may empty.
  if (!compiler.isVariableStatement(statement) || !compiler.isSourceFile(statement.parent) || compiler.getModifiers(statement)?.length) return undefined;
  const type = types.typeAt(name);
  if ((type.container !== 'map' && type.container !== 'set') || !type.isExact || isBounded(type)) return undefined;
  const symbol = types.symbolAt(name);
  let addition: ts.CallExpression | undefined;
  for (const use of symbol ? referencesTo(symbol, file, types) : []) {
    if (use === name) continue;
    const place = expressionOf(use);
    const access = place.parent;
    if (isAssigned(place)) return undefined;
    if (compiler.isForOfStatement(access) && access.expression === place) continue;
    if (compiler.isSpreadElement(access)) continue;
    if (!compiler.isPropertyAccessExpression(access) || access.expression !== place) return undefined;
    const method = access.name.text;
    if (looks.has(method)) continue;
    const call = access.parent;
    if (!adds.has(method) || !compiler.isCallExpression(call) || call.expression !== access) return undefined;
    const [key] = call.arguments;
    if (!addition && key && constantOf(key) === undefined && !compiler.isSourceFile(functionAround(call))) addition = call;
  }
  return addition && { name, kind: type.container, addition };
}

/** True if there are only so many keys: literals, booleans, members of an enum. */
function isBounded(type: StaticType): boolean {
  const keys = type.container === 'map' ? type.keys : type.elements;
  return keys === undefined || keys.isUnknown || !keys.isPrimitive || keys.isFinite;
}
