// Loops that take the keys of one container out of another one, which is empty where the loop begins.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { containerKind, elementName, keyVariable, matches, removalIn, sourceOf } from './emptying.ts';
import { isPlace, isSamePlace, methodCall, nameOf, onlyExpression, plain, plainFunction, refersTo, rootOf } from './expressions.ts';
import { isNewEmpty, functionAround, walkAll } from './operations.ts';
import { clearingBy } from './clearing.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export interface WrongRemoval {
  readonly loop: ts.ForOfStatement | ts.ForInStatement | ts.CallExpression;
  readonly ranged: ts.Expression;
  /** What the keys are removed from. */
  readonly target: ts.Expression;
  /** Where the target became empty. */
  readonly emptied: ts.Node;
  readonly isSameKind: boolean;
}

/** `const fresh = new Map(); for (const k of old.keys()) fresh.delete(k);` */
export function wrongRemovalBy(loop: WrongRemoval['loop'], types: TypeQueries): WrongRemoval | undefined {
  const found = compiler.isCallExpression(loop) ? removalByCall(loop, types) : removalByLoop(loop, types);
  if (!found) return undefined;
  const target = targetOf(found.removal, found.key, types);
  if (!target || !isPlace(target, types) || isSamePlace(target, found.ranged, types)) return undefined;
  const statement = compiler.isCallExpression(loop) ? loop.parent : loop;
  const emptied = compiler.isStatement(statement) && !readsRanged(found.ranged, target, types) ? emptiedBefore(statement, target, types) : undefined;
  return emptied && { loop, ranged: found.ranged, target, emptied, isSameKind: containerKind(found.ranged, types) === containerKind(target, types) };
}

interface Removal {
  readonly ranged: ts.Expression;
  readonly key: ts.Identifier;
  readonly removal: ts.Expression;
}

function removalByLoop(loop: ts.ForOfStatement | ts.ForInStatement, types: TypeQueries): Removal | undefined {
  if (compiler.isForOfStatement(loop) && loop.awaitModifier) return undefined;
  const key = keyVariable(loop.initializer);
  const removal = key && removalIn(loop.statement, types);
  if (!key || !removal || !mayBeRemoval(removal)) return undefined;
  const source = compiler.isForInStatement(loop) ? (isPlace(loop.expression, types) ? { container: loop.expression, gives: 'keys' as const } : undefined) : sourceOf(loop.expression, types);
  return source && matches(source.gives, key.pattern) ? { ranged: plain(source.container), key: key.name, removal } : undefined;
}

function removalByCall(node: ts.CallExpression, types: TypeQueries): Removal | undefined {
  const call = methodCall(node);
  const callback = call?.name === 'forEach' && call.arguments.length === 1 ? plainFunction(call.arguments[0]) : undefined;
  const removal = callback && onlyExpression(callback);
  if (!call || !callback || !removal || !mayBeRemoval(removal)) return undefined;
  const kind = containerKind(call.receiver, types);
  const [first, second] = callback.parameters;
  if (kind === 'map' || kind === 'set') {
    const key = nameOf(kind === 'set' ? first : second);
    return key && isPlace(call.receiver, types) ? { ranged: plain(call.receiver), key, removal } : undefined;
  }
  const source = first && sourceOf(call.receiver, types);
  const key = first && elementName(first.name);
  return source && key && matches(source.gives, key.pattern) ? { ranged: plain(source.container), key: key.name, removal } : undefined;
}

function mayBeRemoval(node: ts.Expression): boolean {
  return compiler.isDeleteExpression(node) || methodCall(node)?.name === 'delete';
}

function targetOf(removal: ts.Expression, key: ts.Identifier, types: TypeQueries): ts.Expression | undefined {
  if (compiler.isDeleteExpression(removal)) {
    const deleted = plain(removal.expression);
    return compiler.isElementAccessExpression(deleted) && containerKind(deleted.expression, types) === 'dictionary' && refersTo(deleted.argumentExpression, key, types) ? plain(deleted.expression) : undefined;
  }
  const call = methodCall(removal);
  const [given] = call?.arguments ?? [];
  const kind: ContainerKind | undefined = call && containerKind(call.receiver, types);
  return given && (kind === 'map' || kind === 'set') && refersTo(given, key, types) ? plain(call!.receiver) : undefined;
}

/** True if what is ranged lies in the target, as `target.get(x)` does. */
function readsRanged(ranged: ts.Expression, target: ts.Expression, types: TypeQueries): boolean {
  return mentions(ranged, target, types);
}

/** The statement before in the same list that made the container empty, if nothing in between can have put anything in. */
function emptiedBefore(statement: ts.Statement, target: ts.Expression, types: TypeQueries): ts.Node | undefined {
  if (!compiler.isBlock(statement.parent) && !compiler.isSourceFile(statement.parent)) return undefined;
  const { statements } = statement.parent;
  const isOwn = isLocal(target, types);
  for (const before of statements.slice(0, statements.indexOf(statement)).reverse()) {
    const clearing = clearingBy(before, types);
    if (clearing && isSamePlace(clearing.container, target, types)) return before;
    const declared = declaredEmpty(before, target, types);
    if (declared) return declared;
    if (mentions(before, target, types) || (!isOwn && runsOthers(before))) return undefined;
  }
  return undefined;
}

function declaredEmpty(statement: ts.Statement, target: ts.Expression, types: TypeQueries): ts.Node | undefined {
  if (!compiler.isVariableStatement(statement) || !compiler.isIdentifier(target)) return undefined;
  return statement.declarationList.declarations.find(({ name, initializer }) => compiler.isIdentifier(name) && initializer && refersTo(target, name, types) && isNewEmpty(initializer, types));
}

/** True for variables of the function that the container was made in: nobody else has it yet. */
function isLocal(target: ts.Expression, types: TypeQueries): boolean {
  if (!compiler.isIdentifier(target)) return false;
  const declaration = types.symbolAt(target)?.valueDeclaration;
  return declaration !== undefined && compiler.isVariableDeclaration(declaration) && functionAround(declaration) === functionAround(target) && !compiler.isSourceFile(functionAround(target));
}

function mentions(within: ts.Node, target: ts.Expression, types: TypeQueries): boolean {
  const root = compiler.isIdentifier(rootOf(target)) ? types.symbolAt(rootOf(target)) : undefined;
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || !compiler.isExpression(node)) return;
    found = isSamePlace(node, target, types) || (root !== undefined && compiler.isIdentifier(target) && compiler.isIdentifier(node) && types.symbolAt(node) === root);
  };
  visit(within);
  walkAll(within, visit);
  return found;
}

function runsOthers(within: ts.Node): boolean {
  let runs = false;
  walkAll(within, (node) => {
    runs ||= compiler.isCallExpression(node) || compiler.isAwaitExpression(node) || compiler.isYieldExpression(node) || compiler.isTaggedTemplateExpression(node);
  });
  return runs;
}
