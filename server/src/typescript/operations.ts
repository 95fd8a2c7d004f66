// What an expression does to a container, by the container's type and never by a method's name alone.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { constantOf, plain } from './expressions.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export type OperationKind =
  | 'read'
  /** Puts an element in, new or in place of another. */
  | 'add'
  /** Takes one element out. */
  | 'remove'
  | 'clear'
  /** Visits all elements. */
  | 'iterate'
  /** Changes the order or the elements in another way. */
  | 'change';

export interface Operation {
  readonly node: ts.Expression;
  readonly container: ts.Expression;
  readonly kind: ContainerKind;
  readonly operation: OperationKind;
  /** The key of a map or dictionary, the element of a set, the index of an array, where the operation has one. */
  readonly key: ts.Expression | undefined;
  /** What is put in. */
  readonly values: readonly ts.Expression[];
}

const keyed: Readonly<Record<string, OperationKind>> = { get: 'read', has: 'read', set: 'add', add: 'add', delete: 'remove', clear: 'clear', forEach: 'iterate', keys: 'iterate', values: 'iterate', entries: 'iterate', getOrInsert: 'add', getOrInsertComputed: 'add' };

const arrays: Readonly<Record<string, OperationKind>> = {
  push: 'add',
  unshift: 'add',
  pop: 'remove',
  shift: 'remove',
  splice: 'change',
  sort: 'change',
  reverse: 'change',
  fill: 'change',
  copyWithin: 'change',
  forEach: 'iterate',
  map: 'iterate',
  filter: 'iterate',
  some: 'iterate',
  every: 'iterate',
  find: 'iterate',
  findIndex: 'iterate',
  reduce: 'iterate',
  flatMap: 'iterate',
  keys: 'iterate',
  values: 'iterate',
  entries: 'iterate',
};

/** What a call, assignment or `delete` does to a container; undefined if it touches none that is known. */
export function operationOf(node: ts.Node, types: TypeQueries): Operation | undefined {
  if (compiler.isCallExpression(node)) return callOperation(node, types);
  if (compiler.isDeleteExpression(node)) {
    const deleted = plain(node.expression);
    return compiler.isElementAccessExpression(deleted) ? elementOperation(node, deleted, 'remove', [], types) : undefined;
  }
  if (!compiler.isBinaryExpression(node) || node.operatorToken.kind < SyntaxKind.FirstAssignment || node.operatorToken.kind > SyntaxKind.LastAssignment) return undefined;
  const target = plain(node.left);
  if (compiler.isElementAccessExpression(target)) return elementOperation(node, target, 'add', [node.right], types);
  if (node.operatorToken.kind !== SyntaxKind.EqualsToken || !compiler.isPropertyAccessExpression(target) || target.name.text !== 'length' || constantOf(node.right) !== 0) return undefined;
  return types.typeAt(target.expression).container === 'array' ? { node, container: target.expression, kind: 'array', operation: 'clear', key: undefined, values: [] } : undefined;
}

function callOperation(node: ts.CallExpression, types: TypeQueries): Operation | undefined {
  const callee = plain(node.expression);
  if (!compiler.isPropertyAccessExpression(callee) || !compiler.isIdentifier(callee.name)) return undefined;
  const name = callee.name.text;
  const table = Object.hasOwn(keyed, name) || Object.hasOwn(arrays, name);
  if (!table) return undefined;
  const kind = types.typeAt(callee.expression).container;
  if (!kind || kind === 'dictionary') return undefined;
  const isArray = kind === 'array' || kind === 'typed-array';
  const operation = isArray ? arrays[name] : keyed[name];
  if (!operation) return undefined;
  const [first, second] = node.arguments;
  const base = { node, container: callee.expression, kind };
  if (isArray && name === 'splice' && (first && constantOf(first)) === 0 && node.arguments.length === 1) return { ...base, operation: 'clear', key: undefined, values: [] };
  const values = operation !== 'add' ? [] : isArray ? [...node.arguments] : [second ?? first].flatMap((value) => value ?? []);
  return { ...base, operation, key: isArray ? undefined : first, values };
}

function elementOperation(node: ts.Expression, element: ts.ElementAccessExpression, operation: 'add' | 'remove', values: readonly ts.Expression[], types: TypeQueries): Operation | undefined {
  const kind = types.typeAt(element.expression).container;
  if (kind !== 'array' && kind !== 'dictionary' && kind !== 'typed-array') return undefined;
  return { node, container: element.expression, kind, operation, key: element.argumentExpression, values };
}

/** True for an expression whose value is a new container without elements: `new Map()`, `[]`, `{}`. */
export function isNewEmpty(node: ts.Expression, types: TypeQueries): boolean {
  const at = plain(node);
  if (compiler.isArrayLiteralExpression(at)) return at.elements.length === 0;
  if (compiler.isObjectLiteralExpression(at)) return at.properties.length === 0;
  if (!compiler.isNewExpression(at) || (at.arguments?.length ?? 0) > 0) return false;
  const type = types.typeAt(at);
  return type.isExact && type.container !== undefined;
}

/** The function a node stands in, or the file. */
export function functionAround(node: ts.Node): ts.FunctionLikeDeclaration | ts.SourceFile {
  let at = node.parent;
  while (!compiler.isSourceFile(at) && !isFunction(at)) at = at.parent;
  return at;
}

export function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return compiler.isFunctionLike(node) && 'body' in node;
}

/** Calls `visit` for the nodes below one, without those of functions in it. */
export function walkOwn(node: ts.Node, visit: (node: ts.Node) => void): void {
  compiler.forEachChild(node, (child) => {
    visit(child);
    if (!isFunction(child)) walkOwn(child, visit);
  });
}

export function walkAll(node: ts.Node, visit: (node: ts.Node) => void): void {
  compiler.forEachChild(node, (child) => {
    visit(child);
    walkAll(child, visit);
  });
}

/** True if a statement may leave the loop or function it stands in: `break`, `return`, `throw`, `continue` to somewhere else. */
export function mayLeave(node: ts.Node): boolean {
  let leaves = false;
  const visit = (child: ts.Node): void => {
    leaves ||= compiler.isBreakStatement(child) || compiler.isReturnStatement(child) || compiler.isThrowStatement(child) || (compiler.isContinueStatement(child) && child.label !== undefined) || compiler.isYieldExpression(child) || compiler.isAwaitExpression(child);
  };
  visit(node);
  walkOwn(node, visit);
  return leaves;
}
