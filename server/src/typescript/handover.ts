// A container that is given away before it is emptied in place: whoever got it has an empty one.
//
//   const out = this.batch; this.batch.clear(); return out;
//   this.batches.push(batch); batch.length = 0;
//   resolve(found); found.clear();
//   setTimeout(() => send(batch)); batch.length = 0;

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import type { Clearing } from './clearing.ts';
import { isGlobal, isSamePlace, methodCall, plain, rootOf } from './expressions.ts';
import { functionAround, operationOf, walkAll } from './operations.ts';
import { expressionOf, isAssigned, usesOf } from './references.ts';
import type { TypeQueries } from './types/queries.ts';

export interface Handover {
  /** Where the container is given away. */
  readonly given: ts.Node;
  readonly manner: 'named' | 'stored' | 'resolved' | 'deferred';
  /** Where what was given away is used after the clearing; undefined where that is elsewhere. */
  readonly use: ts.Node | undefined;
}

export function handoverBefore(clearing: Clearing, file: ts.SourceFile, types: TypeQueries): Handover | undefined {
  const { statement, container } = clearing;
  const list = statementsAround(statement);
  if (!list) return undefined;
  for (let i = list.indexOf(statement) - 1; i >= 0; i--) {
    const before = list[i]!;
    const found = handoverBy(before, clearing, file, types);
    if (found) return found;
    if (assigns(before, container, types) || declares(before, container, types)) return undefined;
  }
  return undefined;
}

function statementsAround({ parent }: ts.Statement): readonly ts.Statement[] | undefined {
  return compiler.isBlock(parent) || compiler.isSourceFile(parent) || compiler.isModuleBlock(parent) || compiler.isCaseOrDefaultClause(parent) ? parent.statements : undefined;
}

function handoverBy(statement: ts.Statement, clearing: Clearing, file: ts.SourceFile, types: TypeQueries): Handover | undefined {
  if (compiler.isVariableStatement(statement)) return named(statement, clearing, file, types);
  if (!compiler.isExpressionStatement(statement)) return undefined;
  const expression = plain(statement.expression);
  return stored(expression, clearing, file, types) ?? resolved(expression, clearing, types) ?? deferred(expression, clearing, types);
}

/** `const out = m`, `const result = { items: m }`, and a use of the name behind the clearing. */
function named(statement: ts.VariableStatement, { container, statement: cleared }: Clearing, file: ts.SourceFile, types: TypeQueries): Handover | undefined {
  for (const declaration of statement.declarationList.declarations) {
    const { name, initializer } = declaration;
    if (!initializer || !compiler.isIdentifier(name) || !holds(initializer, container, types)) continue;
    const symbol = types.symbolAt(name);
    if (!symbol) continue;
    const uses = usesOf(symbol, file, types).filter((use) => use.pos >= cleared.end);
    const [first] = uses;
    if (first && !isAssigned(first as ts.Expression)) return { given: declaration, manner: 'named', use: first };
  }
  return undefined;
}

/** True if a value is the container, or a literal that has it as a part. */
function holds(value: ts.Expression, container: ts.Expression, types: TypeQueries): boolean {
  const at = plain(value);
  if (isSamePlace(at, container, types)) return true;
  if (compiler.isArrayLiteralExpression(at)) return at.elements.some((element) => isSamePlace(element, container, types));
  if (!compiler.isObjectLiteralExpression(at)) return false;
  return at.properties.some((property) => (compiler.isPropertyAssignment(property) ? isSamePlace(property.initializer, container, types) : compiler.isShorthandPropertyAssignment(property) && isSamePlace(property.name, container, types)));
}

/** `history.push(m)`, `byName.set(name, m)`, `this.last = m`: kept by something that outlives the function. */
function stored(expression: ts.Expression, clearing: Clearing, file: ts.SourceFile, types: TypeQueries): Handover | undefined {
  const { container, statement } = clearing;
  const operation = operationOf(expression, types);
  const isAddition = operation?.operation === 'add' && operation.values.some((value) => holds(value, container, types));
  const target = isAddition ? operation.container : assignedPlace(expression, container, types);
  if (!target || isSamePlace(target, container, types)) return undefined;
  const symbol = types.symbolAt(plain(target));
  if (!symbol || isPool(symbol, file, types)) return undefined;
  const root = types.symbolAt(rootOf(target)) ?? symbol;
  const isLocal = root.valueDeclaration !== undefined && compiler.isVariableDeclaration(root.valueDeclaration) && functionAround(root.valueDeclaration) === functionAround(statement) && !compiler.isSourceFile(functionAround(statement));
  if (!isLocal) return { given: expression, manner: 'stored', use: undefined };
  const use = usesOf(root, file, types).find((name) => name.pos >= statement.end);
  return use && { given: expression, manner: 'stored', use };
}

function assignedPlace(expression: ts.Expression, container: ts.Expression, types: TypeQueries): ts.Expression | undefined {
  if (!compiler.isBinaryExpression(expression) || expression.operatorToken.kind !== SyntaxKind.EqualsToken || !holds(expression.right, container, types)) return undefined;
  const target = plain(expression.left);
  return compiler.isPropertyAccessExpression(target) || compiler.isIdentifier(target) ? target : undefined;
}

/** True for a list that gives its elements back for another use: those are emptied on the way in. */
function isPool(symbol: ts.Symbol, file: ts.SourceFile, types: TypeQueries): boolean {
  return usesOf(symbol, file, types).some((name) => {
    const expression = expressionOf(name);
    const { parent } = expression;
    return compiler.isPropertyAccessExpression(parent) && parent.expression === expression && parent.name.text === 'pop';
  });
}

/** `resolve(m)` inside `new Promise((resolve) => …)`: who waits for it runs later. */
function resolved(expression: ts.Expression, { container }: Clearing, types: TypeQueries): Handover | undefined {
  if (!compiler.isCallExpression(expression) || !compiler.isIdentifier(expression.expression)) return undefined;
  const [value] = expression.arguments;
  if (!value || !holds(value, container, types)) return undefined;
  const declaration = types.symbolAt(expression.expression)?.valueDeclaration;
  if (!declaration || !compiler.isParameter(declaration) || declaration.parent.parameters[0] !== declaration) return undefined;
  const created = declaration.parent.parent;
  if (!compiler.isNewExpression(created) || created.arguments?.[0] !== (declaration.parent as ts.Node)) return undefined;
  return isGlobal(created.expression, 'Promise', types) ? { given: expression, manner: 'resolved', use: undefined } : undefined;
}

const laterFunctions: readonly string[] = ['setTimeout', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'];

/** `setTimeout(() => send(m))`: the function reads the container when it has been emptied. */
function deferred(expression: ts.Expression, { container }: Clearing, types: TypeQueries): Handover | undefined {
  const at = compiler.isVoidExpression(expression) ? plain(expression.expression) : expression;
  if (!compiler.isCallExpression(at)) return undefined;
  const callee = plain(at.expression);
  const isLater = laterFunctions.some((name) => isGlobal(callee, name, types)) || isThenOfPromise(at, types);
  const [callback] = at.arguments;
  if (!isLater || !callback || (!compiler.isArrowFunction(callback) && !compiler.isFunctionExpression(callback))) return undefined;
  let read: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (read || !compiler.isExpression(node) || !isSamePlace(node, container, types)) return;
    const { parent } = node;
    // Handed to something, or looked at; what only fills or empties it again does not mind.
    if ((compiler.isCallExpression(parent) && parent.arguments.includes(node)) || compiler.isSpreadElement(parent) || (compiler.isForOfStatement(parent) && parent.expression === node)) read = node;
  };
  visit(callback.body);
  walkAll(callback.body, visit);
  return read && { given: at, manner: 'deferred', use: read };
}

function isThenOfPromise(call: ts.CallExpression, types: TypeQueries): boolean {
  const then = methodCall(call);
  return then !== undefined && (then.name === 'then' || then.name === 'finally') && types.typeAt(then.receiver).libraryName === 'Promise';
}

function assigns(statement: ts.Statement, container: ts.Expression, types: TypeQueries): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (compiler.isBinaryExpression(node) && isAssigned(node.left)) found ||= isPrefixOf(node.left, container, types);
  };
  visit(statement);
  walkAll(statement, visit);
  return found;
}

/** True if assigning to one place makes another one mean something else. */
function isPrefixOf(assigned: ts.Expression, container: ts.Expression, types: TypeQueries): boolean {
  for (let at = plain(container); ; at = plain(at.expression)) {
    if (isSamePlace(assigned, at, types)) return true;
    if (!compiler.isPropertyAccessExpression(at) && !compiler.isElementAccessExpression(at)) return false;
  }
}

function declares(statement: ts.Statement, container: ts.Expression, types: TypeQueries): boolean {
  if (!compiler.isVariableStatement(statement)) return false;
  const root = types.symbolAt(rootOf(container));
  return statement.declarationList.declarations.some((declaration) => declaration === root?.valueDeclaration);
}
