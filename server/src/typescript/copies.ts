// Copies that share what is in them: `{ ...state }` and `Object.assign({}, state)` copy the names and not the containers.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { globalCall, isPlace, isSamePlace, plain, rootOf } from './expressions.ts';
import { functionAround, operationOf, walkOwn, type Operation } from './operations.ts';
import { expressionOf, isAssigned, usesOf } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

export interface ShallowCopy {
  readonly declaration: ts.VariableDeclaration;
  readonly name: ts.Identifier;
  readonly original: ts.Expression;
}

export interface SharedMutation {
  readonly operation: Operation;
  readonly property: string;
  /** Where the original's side is looked at. */
  readonly read: ts.Node;
}

/** `const next = { ...state, n: 1 }`, `const next = Object.assign({}, state)`. */
export function shallowCopyBy(declaration: ts.VariableDeclaration, types: TypeQueries): (ShallowCopy & { readonly renewed: ReadonlySet<string> }) | undefined {
  if (!compiler.isIdentifier(declaration.name) || !declaration.initializer) return undefined;
  const value = plain(declaration.initializer);
  const assigned = globalCall(value, 'Object', types);
  if (assigned?.name === 'assign' && assigned.arguments.length === 2) {
    const [target, source] = assigned.arguments;
    const isFresh = compiler.isObjectLiteralExpression(plain(target!)) && (plain(target!) as ts.ObjectLiteralExpression).properties.length === 0;
    return isFresh && isPlace(source!, types) ? { declaration, name: declaration.name, original: plain(source!), renewed: new Set() } : undefined;
  }
  if (!compiler.isObjectLiteralExpression(value)) return undefined;
  const spreads = value.properties.filter((property) => compiler.isSpreadAssignment(property));
  const [spread, ...others] = spreads;
  if (!spread || others.length > 0 || !isPlace(spread.expression, types)) return undefined;
  const renewed = new Set(value.properties.flatMap(({ name }) => (name && compiler.isIdentifier(name) ? [name.text] : [])));
  return { declaration, name: declaration.name, original: plain(spread.expression), renewed };
}

/** A container that is changed through the copy and looked at through the original afterwards. */
export function mutationThroughCopy(copy: ShallowCopy & { readonly renewed: ReadonlySet<string> }, file: ts.SourceFile, types: TypeQueries): SharedMutation | undefined {
  const symbol = types.symbolAt(copy.name);
  if (!symbol) return undefined;
  const own = functionAround(copy.declaration);
  const renewed = new Set(copy.renewed);
  for (const name of usesOf(symbol, file, types)) {
    const access = name.parent;
    if (functionAround(name) !== own || !compiler.isPropertyAccessExpression(access) || access.expression !== (name as ts.Node)) continue;
    const property = access.name.text;
    if (isAssigned(access)) renewed.add(property);
    if (renewed.has(property)) continue;
    const operation = mutationOf(access, types);
    const read = operation && readOfOriginal(copy, property, operation, own, file, types);
    if (operation && read) return { operation, property, read };
  }
  return undefined;
}

function mutationOf(container: ts.PropertyAccessExpression, types: TypeQueries): Operation | undefined {
  for (let at: ts.Node = container.parent; compiler.isExpression(at); at = at.parent) {
    const operation = operationOf(at, types);
    if (operation && plain(operation.container) === container) {
      const isChange = operation.operation !== 'read' && operation.operation !== 'iterate';
      return isChange && types.typeAt(container).isExact ? operation : undefined;
    }
  }
  return undefined;
}

/** `state.items` behind the change, here; or anywhere else, where the original is a field or a variable of the module. */
function readOfOriginal({ original }: ShallowCopy, property: string, { node }: Operation, own: ts.Node, file: ts.SourceFile, types: TypeQueries): ts.Node | undefined {
  let found: ts.Node | undefined;
  const consider = (at: ts.Node, isAfter: boolean): void => {
    if (found || !isAfter || !compiler.isPropertyAccessExpression(at) || at.name.text !== property || isAssigned(at)) return;
    if (isSamePlace(at.expression, original, types)) found = at;
  };
  walkOwn(own, (at) => consider(at, at.pos >= node.end));
  if (found || !outlives(original, types)) return found;
  const symbol = types.symbolAt(original);
  if (!symbol) return undefined;
  for (const use of usesOf(symbol, file, types)) {
    const place = expressionOf(use);
    const { parent } = place;
    if (functionAround(use) !== own && compiler.isPropertyAccessExpression(parent) && parent.expression === place && parent.name.text === property && !isAssigned(parent)) return parent;
  }
  return undefined;
}

function outlives(original: ts.Expression, types: TypeQueries): boolean {
  const root = rootOf(original);
  if (root.kind === compiler.SyntaxKind.ThisKeyword) return true;
  const declaration = types.symbolAt(root)?.valueDeclaration;
  return declaration !== undefined && compiler.isVariableDeclaration(declaration) && compiler.isSourceFile(functionAround(declaration));
}

/** True if the copy takes the original's place: `this.state = next`. */
export function replacesOriginal({ name, original, declaration }: ShallowCopy, types: TypeQueries): boolean {
  const own = functionAround(declaration);
  const symbol = types.symbolAt(name);
  let replaces = false;
  walkOwn(own, (node) => {
    if (!compiler.isBinaryExpression(node) || node.operatorToken.kind !== compiler.SyntaxKind.EqualsToken) return;
    const value = plain(node.right);
    replaces ||= isSamePlace(node.left, original, types) && compiler.isIdentifier(value) && types.symbolAt(value) === symbol;
  });
  return replaces;
}
