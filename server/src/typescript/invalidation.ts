// Changes of a container that make an iteration over it go wrong: it never ends, or passes over elements. Deleting any entry
// of a Map or Set while it is iterated is well defined and no such change.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { constantOf, isSamePlace, methodCall, plain, refersTo, rootOf } from './expressions.ts';
import type { LiveIteration } from './iteration.ts';
import { functionAround, mayLeave, operationOf, walkOwn, type Operation } from './operations.ts';
import { expressionOf, referencesTo } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

/** The statements that every round reaches, as far as they stand in one list. */
function unconditional(body: LiveIteration['body']): readonly ts.Node[] {
  if (!compiler.isBlock(body)) return [body];
  const statements: ts.Node[] = [];
  for (const statement of body.statements) {
    // A `continue` further up keeps some rounds from what follows.
    if (!compiler.isExpressionStatement(statement) && !compiler.isVariableStatement(statement)) {
      let skips = compiler.isContinueStatement(statement);
      walkOwn(statement, (node) => {
        skips ||= compiler.isContinueStatement(node);
      });
      if (skips) break;
    }
    statements.push(statement);
  }
  return statements;
}

function operationIn(statement: ts.Node, types: TypeQueries): Operation | undefined {
  const expression = compiler.isExpressionStatement(statement) ? plain(statement.expression) : compiler.isExpression(statement) ? plain(statement) : undefined;
  return expression && operationOf(compiler.isVoidExpression(expression) ? plain(expression.expression) : expression, types);
}

/** An addition in every round of an element that the iteration comes to later; undefined if the loop has another way out. */
export function endlessAddition(iteration: LiveIteration, types: TypeQueries): ts.Expression | undefined {
  const { container, body, kind, visitsNew } = iteration;
  if (!visitsNew || mayLeave(body)) return undefined;
  const operations = unconditional(body).flatMap((statement) => operationIn(statement, types) ?? []).filter((operation) => isSamePlace(operation.container, container, types));
  // What is taken out again in the same round, or emptied, leaves nothing to come to.
  for (const [i, { node, operation, key }] of operations.entries()) {
    if (operation !== 'add') continue;
    const before = operations.slice(0, i);
    const after = operations.slice(i + 1);
    if (after.some((later) => later.operation !== 'read' && later.operation !== 'add')) continue;
    if (kind === 'array') {
      if (compiler.isCallExpression(node) && methodCall(node)?.name === 'push' && !removesOthers(body, iteration, types)) return node;
      continue;
    }
    if (!key) continue;
    const isReadded = iteration.element !== undefined && before.some((earlier) => earlier.operation === 'remove' && earlier.key !== undefined && refersTo(earlier.key, iteration.element!, types)) && refersTo(key, iteration.element, types);
    if (isReadded || (isFresh(key, iteration, types) && !removesOthers(body, iteration, types))) return node;
  }
  return undefined;
}

/** True if anything in the body takes elements out of the container, or changes it through a call. */
function removesOthers(body: LiveIteration['body'], { container }: LiveIteration, types: TypeQueries): boolean {
  let removes = false;
  walkOwn(body, (node) => {
    const operation = operationOf(node, types);
    removes ||= operation !== undefined && operation.operation !== 'read' && operation.operation !== 'add' && operation.operation !== 'iterate' && isSamePlace(operation.container, container, types);
  });
  return removes;
}

/** A key that no entry can have yet: a new object or symbol, or the current key made longer. */
function isFresh(key: ts.Expression, { element }: LiveIteration, types: TypeQueries): boolean {
  const at = plain(key);
  if (compiler.isObjectLiteralExpression(at) || compiler.isArrayLiteralExpression(at) || compiler.isArrowFunction(at) || compiler.isFunctionExpression(at)) return true;
  if (compiler.isNewExpression(at)) return types.typeAt(at).libraryName !== undefined;
  if (compiler.isCallExpression(at) && compiler.isIdentifier(at.expression)) {
    const symbol = types.symbolAt(at.expression);
    return at.expression.text === 'Symbol' && symbol !== undefined && types.isLibrary(symbol);
  }
  if (!element || !types.typeAt(element).isString) return false;
  if (compiler.isTemplateExpression(at)) {
    const isLonger = at.head.text !== '' || at.templateSpans.some((span) => span.literal.text !== '');
    return isLonger && at.templateSpans.some((span) => refersTo(span.expression, element, types));
  }
  if (!compiler.isBinaryExpression(at) || at.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  const isText = (node: ts.Expression): boolean => typeof constantOf(node) === 'string' && constantOf(node) !== '';
  return (refersTo(at.left, element, types) && isText(at.right)) || (refersTo(at.right, element, types) && isText(at.left));
}

export interface ShiftingRemoval {
  readonly call: ts.CallExpression;
  /** The i of `splice(i, 1)` where that is the loop's own variable. */
  readonly indexArgument: ts.Expression | undefined;
  /** True if no code of the same round comes behind the removal. */
  readonly isLast: boolean;
}

/** A removal from the iterated array that moves the next element to where the iteration has been. */
export function shiftingRemoval(iteration: LiveIteration, types: TypeQueries): ShiftingRemoval | undefined {
  const { container, kind, body, node, index } = iteration;
  if (kind !== 'array') return undefined;
  let found: ShiftingRemoval | undefined;
  const visit = (at: ts.Node): void => {
    const call = found ? undefined : methodCall(at);
    if (!call || (call.name !== 'splice' && call.name !== 'shift') || !isSamePlace(call.receiver, container, types)) return;
    if (leavesAfter(call.call, body)) return;
    if (call.name === 'splice' && !removesAtCurrent(call.arguments, iteration, types)) return;
    // A loop that counts may mend its index; one that takes from the front drains a queue.
    if (compiler.isForStatement(node)) {
      if (call.name === 'shift' || !index || changesIndex(body, index)) return;
      found = { call: call.call, indexArgument: plain(call.arguments[0]!), isLast: isLastInRound(call.call, body, index) };
      return;
    }
    found = { call: call.call, indexArgument: undefined, isLast: false };
  };
  visit(body);
  walkOwn(body, visit);
  return found;
}

/** `splice(i, 1)` at the current index, or at the index of the current element, with nothing put in. */
function removesAtCurrent(given: readonly ts.Expression[], { index, element, container }: LiveIteration, types: TypeQueries): boolean {
  const [at, count, ...inserted] = given;
  if (!at || inserted.length > 0 || (count && !((constantOf(count) as number) > 0))) return false;
  if (!count) return false;
  if (index && refersTo(at, index, types)) return true;
  const search = methodCall(plain(at));
  return search?.name === 'indexOf' && element !== undefined && isSamePlace(search.receiver, container, types) && search.arguments[0] !== undefined && refersTo(search.arguments[0], element, types);
}

/** True if the iteration ends right behind a node: a `break` or `return` in the same list of statements, or one around it. */
function leavesAfter(node: ts.Node, body: ts.Node): boolean {
  for (let at: ts.Node = node; at !== body && at.parent; at = at.parent) {
    if (compiler.isReturnStatement(at) || compiler.isThrowStatement(at)) return true;
    const { parent } = at;
    if (!compiler.isBlock(parent) && !compiler.isCaseOrDefaultClause(parent)) continue;
    const behind = parent.statements.slice(parent.statements.findIndex((statement) => statement === at) + 1);
    if (behind.some((statement) => compiler.isBreakStatement(statement) || compiler.isReturnStatement(statement) || compiler.isThrowStatement(statement))) return true;
  }
  return false;
}

/** True if the body assigns to the variable that counts. */
function changesIndex(body: ts.Node, index: ts.Identifier): boolean {
  let changes = false;
  walkOwn(body, (node) => {
    if (compiler.isPrefixUnaryExpression(node) || compiler.isPostfixUnaryExpression(node)) changes ||= isNamed(node.operand, index) && node.operator !== SyntaxKind.ExclamationToken && node.operator !== SyntaxKind.MinusToken;
    if (compiler.isBinaryExpression(node) && node.operatorToken.kind >= SyntaxKind.FirstAssignment && node.operatorToken.kind <= SyntaxKind.LastAssignment) changes ||= isNamed(node.left, index);
  });
  return changes;
}

/** True if the variable is not read behind a node in its round. */
function isLastInRound(node: ts.Node, body: ts.Node, index: ts.Identifier): boolean {
  let last = true;
  walkOwn(body, (child) => {
    if (compiler.isIdentifier(child) && child.text === index.text && child.pos >= node.end) last = false;
  });
  return last;
}

function isNamed(node: ts.Expression, name: ts.Identifier): boolean {
  const at = plain(node);
  return compiler.isIdentifier(at) && at.text === name.text;
}

/**
 * The place where a function takes single elements out of an array of functions by moving the others, where this iteration
 * calls each of them. One that unsubscribes while it is called makes the next one go unheard. Only for arrays that outlive
 * the function.
 */
export function notification(iteration: LiveIteration, file: ts.SourceFile, types: TypeQueries): ts.Node | undefined {
  const { kind, container, element, body, node } = iteration;
  if (kind !== 'array' || !element || compiler.isForStatement(node) || !types.typeAt(container).elements?.isCallable) return undefined;
  if (!callsElement(body, element, types)) return undefined;
  const symbol = types.symbolAt(plain(container));
  if (!symbol?.valueDeclaration || !outlives(symbol.valueDeclaration, container)) return undefined;
  const own = functionAround(node);
  // Where each turn waits, anybody may take one out, not only those that are called: `iterated-across-await` tells of that.
  if (waits(body)) return undefined;
  for (const name of referencesTo(symbol, file, types)) {
    const expression = expressionOf(name);
    const access = expression.parent;
    const call = compiler.isPropertyAccessExpression(access) && access.expression === expression ? methodCall(access.parent) : undefined;
    if (call?.name === 'splice' && call.arguments.length === 2 && constantOf(call.arguments[1]!) === 1 && functionAround(call.call) !== own) return call.call;
  }
  return undefined;
}

function callsElement(body: ts.Node, element: ts.Identifier, types: TypeQueries): boolean {
  let calls = false;
  const visit = (node: ts.Node): void => {
    calls ||= compiler.isCallExpression(node) && refersTo(node.expression, element, types);
  };
  visit(compiler.isExpression(body) ? plain(body) : body);
  walkOwn(body, visit);
  return calls;
}

function waits(body: ts.Node): boolean {
  let does = false;
  const visit = (node: ts.Node): void => {
    does ||= compiler.isAwaitExpression(node);
  };
  visit(body);
  walkOwn(body, visit);
  return does;
}

/** True for fields and variables of the module. */
function outlives(declaration: ts.Declaration, container: ts.Expression): boolean {
  if (compiler.isPropertyDeclaration(declaration) || compiler.isPropertyAccessExpression(declaration) || compiler.isParameter(declaration)) return rootOf(container).kind === SyntaxKind.ThisKeyword;
  return compiler.isVariableDeclaration(declaration) && compiler.isSourceFile(functionAround(declaration));
}
