// React's state: `const [value, setValue] = useState(…)`. React looks at whether the value is another one; who changes the
// value itself changes what React believes to be unchanged.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { plain } from './expressions.ts';
import { isFunction, operationOf, walkAll, walkOwn, type Operation } from './operations.ts';
import { usesOf } from './references.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export interface State {
  readonly declaration: ts.VariableDeclaration;
  readonly value: ts.Identifier;
  readonly setter: ts.Identifier;
  readonly kind: ContainerKind;
}

const modules: ReadonlySet<string> = new Set(['react', 'preact/hooks', 'preact/compat']);

/** A state that holds a container, and that something sets. */
export function containerState(declaration: ts.VariableDeclaration, file: ts.SourceFile, types: TypeQueries): State | undefined {
  if (!compiler.isArrayBindingPattern(declaration.name) || !declaration.initializer) return undefined;
  const call = plain(declaration.initializer);
  if (!compiler.isCallExpression(call) || !isUseState(call.expression, types)) return undefined;
  const [value, setter] = declaration.name.elements.map((element) => (compiler.isBindingElement(element) && compiler.isIdentifier(element.name) ? element.name : undefined));
  const kind = value && containerOf(value, call, types);
  const symbol = setter && types.symbolAt(setter);
  if (!value || !setter || !kind || !symbol || usesOf(symbol, file, types).length === 0) return undefined;
  return { declaration, value, setter, kind };
}

function isUseState(callee: ts.Expression, types: TypeQueries): boolean {
  const at = plain(callee);
  if (compiler.isIdentifier(at)) {
    const imported = types.importedAs(at);
    return imported !== undefined && modules.has(imported.module) && imported.name === 'useState';
  }
  if (!compiler.isPropertyAccessExpression(at) || at.name.text !== 'useState' || !compiler.isIdentifier(at.expression)) return false;
  const imported = types.importedAs(at.expression);
  return imported !== undefined && modules.has(imported.module) && (imported.name === '*' || imported.name === 'default');
}

/** By its type, or where React's types are not found by what the state begins with. */
function containerOf(value: ts.Identifier, call: ts.CallExpression, types: TypeQueries): ContainerKind | undefined {
  const type = types.typeAt(value);
  if (!type.isUnknown) return type.container;
  const [first] = call.arguments;
  if (!first) return undefined;
  const given = types.typeAt(first);
  return (given.isCallable ? given.called : given)?.container;
}

/** What changes the state's container where it stands: in the component, its handlers and effects. */
export function mutationsOf({ value, kind }: State, file: ts.SourceFile, types: TypeQueries): readonly { readonly node: ts.Expression; readonly name: ts.Identifier }[] {
  const symbol = types.symbolAt(value);
  if (!symbol) return [];
  return usesOf(symbol, file, types).flatMap((name) => {
    const node = compiler.isIdentifier(name) ? mutationAt(name, kind, types) : undefined;
    return node && compiler.isIdentifier(name) ? [{ node, name }] : [];
  });
}

const changing: Readonly<Partial<Record<ContainerKind, readonly string[]>>> = {
  map: ['set', 'delete', 'clear'],
  set: ['add', 'delete', 'clear'],
  array: ['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'],
};

function mutationAt(name: ts.Identifier, kind: ContainerKind, types: TypeQueries): ts.Expression | undefined {
  const access = name.parent;
  if (compiler.isPropertyAccessExpression(access) && access.expression === name) {
    if (compiler.isCallExpression(access.parent) && access.parent.expression === access) return changing[kind]?.includes(access.name.text) ? access.parent : undefined;
    const isLength = kind === 'array' && access.name.text === 'length' && compiler.isBinaryExpression(access.parent) && access.parent.left === access && access.parent.operatorToken.kind === SyntaxKind.EqualsToken;
    return isLength ? (access.parent as ts.BinaryExpression) : undefined;
  }
  if (!compiler.isElementAccessExpression(access) || access.expression !== name || (kind !== 'array' && kind !== 'dictionary')) return undefined;
  const { parent } = access;
  const operation: Operation | undefined = operationOf(parent, types);
  if (operation) return operation.operation === 'add' || operation.operation === 'remove' ? operation.node : undefined;
  // The type may be unknown where the kind is not.
  if (compiler.isDeleteExpression(parent)) return parent;
  return compiler.isBinaryExpression(parent) && parent.left === access && parent.operatorToken.kind === SyntaxKind.EqualsToken ? parent : undefined;
}

export interface StaleState {
  readonly call: ts.CallExpression;
  readonly argument: ts.Expression;
  readonly read: ts.Identifier;
  readonly suspension: ts.AwaitExpression;
}

/** `await save(); setItems([...items, item])`: the items are those of the render that began the work. */
export function staleUpdatesOf({ value, setter }: State, file: ts.SourceFile, types: TypeQueries): readonly StaleState[] {
  const [own, set] = [types.symbolAt(value), types.symbolAt(setter)];
  if (!own || !set) return [];
  return usesOf(set, file, types).flatMap((name) => {
    const call = name.parent;
    if (!compiler.isCallExpression(call) || call.expression !== name) return [];
    const [argument] = call.arguments;
    if (!argument || isFunction(plain(argument)) || compiler.isIdentifier(plain(argument))) return [];
    const suspension = awaitBefore(call);
    const read = suspension && mentionOf(own, argument, types);
    return read ? [{ call, argument, read, suspension }] : [];
  });
}

/** An await that every way to a node passes: in a statement before it, in the same list or one around it. */
function awaitBefore(node: ts.Node): ts.AwaitExpression | undefined {
  for (let at = node; !isFunction(at) && !compiler.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (!compiler.isBlock(parent) && !compiler.isSourceFile(parent)) continue;
    const before = parent.statements.slice(0, parent.statements.indexOf(at as ts.Statement));
    for (const statement of before.reverse()) {
      const found = directAwait(statement);
      if (found) return found;
    }
  }
  return undefined;
}

function directAwait(statement: ts.Statement): ts.AwaitExpression | undefined {
  if (!compiler.isExpressionStatement(statement) && !compiler.isVariableStatement(statement)) return undefined;
  let found: ts.AwaitExpression | undefined;
  walkOwn(statement, (node) => {
    if (!found && compiler.isAwaitExpression(node)) found = node;
  });
  return found;
}

function mentionOf(symbol: ts.Symbol, within: ts.Node, types: TypeQueries): ts.Identifier | undefined {
  let found: ts.Identifier | undefined;
  const visit = (node: ts.Node): void => {
    if (!found && compiler.isIdentifier(node) && types.symbolAt(node) === symbol) found = node;
  };
  visit(within);
  walkAll(within, visit);
  return found;
}
