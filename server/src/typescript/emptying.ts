// Code that empties a container one element after another.
//
//   for (const k of m.keys()) m.delete(k);            m.forEach((_, k) => m.delete(k));
//   for (const [k] of m) { m.delete(k); }             Array.from(m.keys()).forEach((k) => m.delete(k));
//   while (s.size > 0) s.delete(s.values().next().value);
//   for (const k in o) delete o[k];                   Object.keys(o).forEach((k) => delete o[k]);
//   for (let i = 0; i < a.length; i++) delete a[i];

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { countedLoop } from './loops.ts';
import { constantOf, globalCall, isPlace, isSamePlace, methodCall, nameOf, onlyExpression, onlyStatement, plain, plainFunction, refersTo } from './expressions.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export interface Emptying {
  /** The loop or call. */
  readonly node: ts.Statement | ts.CallExpression;
  readonly container: ts.Expression;
  readonly kind: Extract<ContainerKind, 'map' | 'set' | 'dictionary' | 'array'>;
  /** `one-at-a-time`: each turn looks for the first element anew, which takes time in proportion to those removed before. */
  readonly manner: 'loop' | 'call' | 'one-at-a-time';
  /** The call or `delete` that removes an element. */
  readonly removal: ts.Expression;
}

type Loop = ts.ForOfStatement | ts.ForInStatement | ts.WhileStatement | ts.ForStatement;

export function emptyingByLoop(loop: Loop, types: TypeQueries): Emptying | undefined {
  if (compiler.isWhileStatement(loop)) return emptyingByWhile(loop, types);
  if (compiler.isForStatement(loop)) return emptyingByIndex(loop, types);
  if (compiler.isForOfStatement(loop) && loop.awaitModifier) return undefined;
  const key = keyVariable(loop.initializer);
  if (!key) return undefined;
  const removal = removalIn(loop.statement, types);
  if (!removal || !mayRemove(removal)) return undefined;
  const source = compiler.isForInStatement(loop) ? (isPlace(loop.expression, types) ? { container: loop.expression, gives: 'keys' as const } : undefined) : sourceOf(loop.expression, types);
  if (!source || !matches(source.gives, key.pattern)) return undefined;
  return emptying(loop, 'loop', source.container, key.name, removal, types);
}

export function emptyingByCall(node: ts.CallExpression, types: TypeQueries): Emptying | undefined {
  const call = methodCall(node);
  if (call?.name !== 'forEach' || call.arguments.length !== 1) return undefined;
  const callback = plainFunction(call.arguments[0]);
  const body = callback && onlyExpression(callback);
  if (!callback || !body || !mayRemove(body)) return undefined;
  const [first, second] = callback.parameters;
  const kind = containerKind(call.receiver, types);
  if (kind === 'map' || kind === 'set' || kind === 'array') {
    const key = nameOf(kind === 'set' ? first : second);
    if (key && isPlace(call.receiver, types)) return emptying(node, 'call', call.receiver, key, body, types);
    if (kind !== 'array') return undefined;
  }
  const source = sourceOf(call.receiver, types);
  if (!source || !first) return undefined;
  const key = elementName(first.name);
  return key && matches(source.gives, key.pattern) ? emptying(node, 'call', source.container, key.name, body, types) : undefined;
}

/** True for `delete …` and `….delete(…)`: what a look at the text tells before types are asked for. */
function mayRemove(removal: ts.Expression): boolean {
  return compiler.isDeleteExpression(removal) || methodCall(removal)?.name === 'delete';
}

function emptying(node: Emptying['node'], manner: Emptying['manner'], container: ts.Expression, key: ts.Identifier, removal: ts.Expression, types: TypeQueries): Emptying | undefined {
  const kind = containerKind(container, types);
  if (kind === 'map' || kind === 'set') {
    const call = methodCall(removal);
    if (call?.name !== 'delete' || call.arguments.length !== 1) return undefined;
    return isSamePlace(call.receiver, container, types) && refersTo(call.arguments[0]!, key, types) ? { node, container, kind, manner, removal } : undefined;
  }
  if (kind !== 'dictionary' && kind !== 'array') return undefined;
  if (!compiler.isDeleteExpression(removal)) return undefined;
  const deleted = plain(removal.expression);
  if (!compiler.isElementAccessExpression(deleted) || !isSamePlace(deleted.expression, container, types)) return undefined;
  return refersTo(deleted.argumentExpression, key, types) ? { node, container, kind, manner, removal } : undefined;
}

/** The kind of a container that is the library's own: one that extends it may do anything in its methods. */
export function containerKind(node: ts.Expression, types: TypeQueries): ContainerKind | undefined {
  const type = types.typeAt(node);
  return !type.isUnknown && type.isExact && !type.isNullable ? type.container : undefined;
}

interface Source {
  readonly container: ts.Expression;
  /** What the iteration gives: the keys of the container, or pairs that begin with the key. */
  readonly gives: 'keys' | 'pairs';
}

/** The container whose elements, all of them, an expression lists. */
export function sourceOf(node: ts.Expression, types: TypeQueries): Source | undefined {
  const at = plain(node);
  const snapshot = snapshotOf(at, types);
  if (snapshot) return sourceOf(snapshot, types);
  const keys = globalCall(at, 'Object', types);
  if (keys && (keys.name === 'keys' || keys.name === 'entries' || keys.name === 'getOwnPropertyNames') && keys.arguments.length === 1) {
    const [of] = keys.arguments;
    return of && isPlace(of, types) ? { container: of, gives: keys.name === 'entries' ? 'pairs' : 'keys' } : undefined;
  }
  const own = globalCall(at, 'Reflect', types);
  if (own?.name === 'ownKeys' && own.arguments.length === 1) return isPlace(own.arguments[0]!, types) ? { container: own.arguments[0]!, gives: 'keys' } : undefined;
  const call = methodCall(at);
  if (call && call.arguments.length === 0) {
    const kind = containerKind(call.receiver, types);
    if ((kind !== 'map' && kind !== 'set') || !isPlace(call.receiver, types)) return undefined;
    if (call.name === 'keys' || (call.name === 'values' && kind === 'set')) return { container: call.receiver, gives: 'keys' };
    return call.name === 'entries' ? { container: call.receiver, gives: 'pairs' } : undefined;
  }
  const kind = isPlace(at, types) ? containerKind(at, types) : undefined;
  return kind === 'set' || kind === 'map' ? { container: at, gives: kind === 'set' ? 'keys' : 'pairs' } : undefined;
}

/** The x of `[...x]`, `Array.from(x)`, `new Set(x)` and `new Map(x)`. */
function snapshotOf(node: ts.Expression, types: TypeQueries): ts.Expression | undefined {
  if (compiler.isArrayLiteralExpression(node)) {
    const [only, ...rest] = node.elements;
    return only && rest.length === 0 && compiler.isSpreadElement(only) ? only.expression : undefined;
  }
  const from = globalCall(node, 'Array', types);
  if (from?.name === 'from' && from.arguments.length === 1) return from.arguments[0];
  if (compiler.isNewExpression(node) && node.arguments?.length === 1) {
    const { libraryName } = types.typeAt(node);
    return libraryName === 'Set' || libraryName === 'Map' ? node.arguments[0] : undefined;
  }
  return undefined;
}

interface KeyName {
  readonly name: ts.Identifier;
  /** `pair`: the first of `[k]` or `[k, v]`. */
  readonly pattern: 'name' | 'pair';
}

export function matches(gives: Source['gives'], pattern: KeyName['pattern']): boolean {
  return (gives === 'pairs') === (pattern === 'pair');
}

/** The variable of `const k` or `const [k, v]` in the head of a loop. */
export function keyVariable(initializer: ts.ForInitializer): KeyName | undefined {
  if (!compiler.isVariableDeclarationList(initializer)) return undefined;
  const [declaration, ...others] = initializer.declarations;
  // A variable of the function, not of the loop, could be read afterwards.
  if (!declaration || others.length > 0 || !(initializer.flags & compiler.NodeFlags.BlockScoped)) return undefined;
  return elementName(declaration.name);
}

export function elementName(name: ts.BindingName): KeyName | undefined {
  if (compiler.isIdentifier(name)) return { name, pattern: 'name' };
  if (!compiler.isArrayBindingPattern(name)) return undefined;
  const [first] = name.elements;
  if (!first || !compiler.isBindingElement(first) || first.initializer || first.dotDotDotToken) return undefined;
  const hasDefaults = name.elements.some((element) => compiler.isBindingElement(element) && element.initializer !== undefined);
  return compiler.isIdentifier(first.name) && !hasDefaults ? { name: first.name, pattern: 'pair' } : undefined;
}

/** The call or `delete` that is all a loop does, under no condition but that the key is the object's own. */
export function removalIn(body: ts.Statement, types: TypeQueries): ts.Expression | undefined {
  const only = onlyStatement(body);
  if (!only) return undefined;
  if (compiler.isIfStatement(only)) return !only.elseStatement && isOwnPropertyTest(only.expression, types) ? removalIn(only.thenStatement, types) : undefined;
  if (!compiler.isExpressionStatement(only)) return undefined;
  const at = plain(only.expression);
  return compiler.isVoidExpression(at) ? plain(at.expression) : at;
}

/** `Object.hasOwn(o, k)`, `o.hasOwnProperty(k)`, `Object.prototype.hasOwnProperty.call(o, k)`. */
function isOwnPropertyTest(condition: ts.Expression, types: TypeQueries): boolean {
  const at = plain(condition);
  if (globalCall(at, 'Object', types)?.name === 'hasOwn') return true;
  const call = methodCall(at);
  if (call?.name === 'hasOwnProperty') return true;
  const callee = call?.name === 'call' ? plain(call.receiver) : undefined;
  return callee !== undefined && compiler.isPropertyAccessExpression(callee) && callee.name.text === 'hasOwnProperty';
}

// for (let i = 0; i < a.length; i++) delete a[i];
function emptyingByIndex(loop: ts.ForStatement, types: TypeQueries): Emptying | undefined {
  const removal = removalIn(loop.statement, types);
  if (!removal || !mayRemove(removal)) return undefined;
  const counted = countedLoop(loop);
  if (!counted || counted.from !== 0 || counted.step !== 1) return undefined;
  const bound = counted.below;
  if (!compiler.isPropertyAccessExpression(bound) || bound.name.text !== 'length' || !isPlace(bound.expression, types)) return undefined;
  return emptying(loop, 'loop', bound.expression, counted.variable, removal, types);
}

// while (m.size > 0) m.delete(m.keys().next().value);
// while (s.size) { const first = s.values().next().value!; s.delete(first); }
// while (s.size) { const [first] = s; s.delete(first); }
function emptyingByWhile(loop: ts.WhileStatement, types: TypeQueries): Emptying | undefined {
  const statements = compiler.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  const [first, second, ...rest] = statements;
  const last = second ?? first;
  if (!last || rest.length > 0 || !compiler.isExpressionStatement(last) || !mayRemove(plain(last.expression))) return undefined;
  const container = sizedByCondition(loop.expression, types);
  const kind = container && containerKind(container, types);
  if (!container || (kind !== 'map' && kind !== 'set')) return undefined;
  const removal = plain(last.expression);
  const call = methodCall(removal);
  if (call?.name !== 'delete' || call.arguments.length !== 1 || !isSamePlace(call.receiver, container, types)) return undefined;
  const [key] = call.arguments;
  const isFirst = second && first ? declaresFirst(first, key!, container, types) : isFirstElement(key!, container, types);
  return isFirst ? { node: loop, container, kind, manner: 'one-at-a-time', removal } : undefined;
}

/** The m of `m.size`, `m.size > 0`, `m.size !== 0`, `m.size >= 1`, `0 < m.size`. */
function sizedByCondition(condition: ts.Expression, types: TypeQueries): ts.Expression | undefined {
  const at = plain(condition);
  if (compiler.isPropertyAccessExpression(at)) return at.name.text === 'size' && isPlace(at.expression, types) ? at.expression : undefined;
  if (!compiler.isBinaryExpression(at)) return undefined;
  const [left, right] = [constantOf(at.left), constantOf(at.right)];
  switch (at.operatorToken.kind) {
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.ExclamationEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
      return right === 0 ? sizedByCondition(at.left, types) : undefined;
    case SyntaxKind.GreaterThanEqualsToken:
      return right === 1 ? sizedByCondition(at.left, types) : undefined;
    case SyntaxKind.LessThanToken:
      return left === 0 ? sizedByCondition(at.right, types) : undefined;
    default:
      return undefined;
  }
}

/** `const first = <first element>` or `const [first] = s`, and the key is it. */
function declaresFirst(statement: ts.Statement, key: ts.Expression, container: ts.Expression, types: TypeQueries): boolean {
  if (!compiler.isVariableStatement(statement)) return false;
  const [declaration, ...others] = statement.declarationList.declarations;
  if (!declaration?.initializer || others.length > 0) return false;
  const name = declaration.name;
  if (compiler.isIdentifier(name)) return refersTo(key, name, types) && isFirstElement(declaration.initializer, container, types);
  const element = elementName(name);
  const source = element && sourceOf(declaration.initializer, types);
  return element !== undefined && source !== undefined && source.gives === 'keys' && isSamePlace(source.container, container, types) && refersTo(key, element.name, types);
}

/** `m.keys().next().value`, `[...s][0]`, `Array.from(s)[0]`. */
function isFirstElement(node: ts.Expression, container: ts.Expression, types: TypeQueries): boolean {
  const at = plain(node);
  const list =
    compiler.isElementAccessExpression(at) && constantOf(at.argumentExpression) === 0 ? snapshotOf(plain(at.expression), types)
    : compiler.isPropertyAccessExpression(at) && at.name.text === 'value' ? iteratedByNext(plain(at.expression))
    : undefined;
  const source = list && sourceOf(list, types);
  return source !== undefined && source.gives === 'keys' && isSamePlace(source.container, container, types);
}

/** The x of `x.next()`. */
function iteratedByNext(node: ts.Expression): ts.Expression | undefined {
  const call = methodCall(node);
  return call?.name === 'next' && call.arguments.length === 0 ? call.receiver : undefined;
}
