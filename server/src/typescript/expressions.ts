// Shapes of expressions, written in whichever of their spellings.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import type { TypeQueries } from './types/queries.ts';

/** The expression inside parentheses, assertions and `!`. */
export function plain(node: ts.Expression): ts.Expression {
  let at = node;
  while (compiler.isParenthesizedExpression(at) || compiler.isAsExpression(at) || compiler.isNonNullExpression(at) || compiler.isSatisfiesExpression(at) || compiler.isTypeAssertionExpression(at)) at = at.expression;
  return at;
}

/** True if both expressions name the same variable, field or element, and evaluating them has no effect. */
export function isSamePlace(a: ts.Expression, b: ts.Expression, types: TypeQueries): boolean {
  const [x, y] = [plain(a), plain(b)];
  if (compiler.isIdentifier(x) && compiler.isIdentifier(y)) {
    if (x.text !== y.text) return false;
    const symbol = types.symbolAt(x);
    return symbol !== undefined && symbol === types.symbolAt(y);
  }
  if (x.kind === SyntaxKind.ThisKeyword) return y.kind === SyntaxKind.ThisKeyword && thisOwner(x) === thisOwner(y);
  if (x.kind === SyntaxKind.SuperKeyword) return y.kind === SyntaxKind.SuperKeyword;
  if (compiler.isPropertyAccessExpression(x) && compiler.isPropertyAccessExpression(y)) {
    return x.name.text === y.name.text && !isOptional(x) && !isOptional(y) && isSamePlace(x.expression, y.expression, types) && isStored(x, types);
  }
  if (compiler.isElementAccessExpression(x) && compiler.isElementAccessExpression(y)) {
    return !isOptional(x) && !isOptional(y) && isSamePlace(x.expression, y.expression, types) && isSameKey(x.argumentExpression, y.argumentExpression, types);
  }
  return false;
}

function isOptional(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): boolean {
  return node.questionDotToken !== undefined;
}

/** True for constants with the same value and for places that are the same. */
export function isSameKey(a: ts.Expression, b: ts.Expression, types: TypeQueries): boolean {
  const [x, y] = [plain(a), plain(b)];
  const constant = constantOf(x);
  if (constant !== undefined) return constant === constantOf(y);
  return isSamePlace(x, y, types);
}

/** The value of a literal. */
export function constantOf(node: ts.Expression): string | number | boolean | null | undefined {
  const at = plain(node);
  if (compiler.isStringLiteralLike(at)) return at.text;
  if (compiler.isNumericLiteral(at)) return Number(at.text);
  if (at.kind === SyntaxKind.TrueKeyword) return true;
  if (at.kind === SyntaxKind.FalseKeyword) return false;
  if (at.kind === SyntaxKind.NullKeyword) return null;
  return undefined;
}

/** False for accessors: each use runs code. What is not resolved counts as stored. */
function isStored(access: ts.PropertyAccessExpression, types: TypeQueries): boolean {
  const symbol = types.symbolAt(access);
  return symbol === undefined || (symbol.flags & compiler.SymbolFlags.Accessor) === 0;
}

/** The function or class body whose `this` is meant. */
function thisOwner(node: ts.Node): ts.Node {
  let at: ts.Node = node;
  for (; at.parent; at = at.parent) {
    const isArrow = compiler.isArrowFunction(at);
    if (!isArrow && (compiler.isFunctionLike(at) || compiler.isPropertyDeclaration(at) || compiler.isClassStaticBlockDeclaration(at))) return at;
  }
  return at;
}

/** True if an expression is a variable, or fields of one, and evaluating it has no effect. */
export function isPlace(node: ts.Expression, types: TypeQueries): boolean {
  const at = plain(node);
  if (compiler.isIdentifier(at) || at.kind === SyntaxKind.ThisKeyword) return true;
  if (compiler.isPropertyAccessExpression(at)) return !isOptional(at) && isStored(at, types) && isPlace(at.expression, types);
  if (compiler.isElementAccessExpression(at)) return !isOptional(at) && isPlace(at.expression, types) && (constantOf(at.argumentExpression) !== undefined || isPlace(at.argumentExpression, types));
  return false;
}

/** `m` of `m`, `m.a`, `m.a[0]`; `this` of `this.a`. */
export function rootOf(node: ts.Expression): ts.Expression {
  let at = plain(node);
  while (compiler.isPropertyAccessExpression(at) || compiler.isElementAccessExpression(at)) at = plain(at.expression);
  return at;
}

export interface MethodCall {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}

/** `receiver.name(…)`, without `?.` and without spread arguments. */
export function methodCall(node: ts.Node): MethodCall | undefined {
  if (!compiler.isCallExpression(node) || node.questionDotToken) return undefined;
  const callee = plain(node.expression);
  if (!compiler.isPropertyAccessExpression(callee) || callee.questionDotToken || !compiler.isIdentifier(callee.name)) return undefined;
  if (compiler.isOptionalChain(callee)) return undefined;
  if (node.arguments.some((argument) => compiler.isSpreadElement(argument))) return undefined;
  return { call: node, receiver: callee.expression, name: callee.name.text, arguments: node.arguments };
}

/** `Object.keys(…)`: a function of one of the language's global objects. */
export function globalCall(node: ts.Node, object: string, types: TypeQueries): MethodCall | undefined {
  const call = methodCall(node);
  return call && isGlobal(call.receiver, object, types) ? call : undefined;
}

/** True for a name that is the language's or platform's own. */
export function isGlobal(node: ts.Expression, name: string, types: TypeQueries): boolean {
  const at = plain(node);
  if (!compiler.isIdentifier(at) || at.text !== name) return false;
  const symbol = types.symbolAt(at);
  return symbol !== undefined && types.isLibrary(symbol);
}

/** True for an identifier that means the variable. */
export function refersTo(node: ts.Expression, name: ts.Identifier, types: TypeQueries): boolean {
  const at = plain(node);
  if (!compiler.isIdentifier(at) || at.text !== name.text) return false;
  const symbol = types.symbolAt(name);
  return symbol !== undefined && types.symbolAt(at) === symbol;
}

/** The only statement of a body; undefined if it has several. */
export function onlyStatement(body: ts.Statement): ts.Statement | undefined {
  if (!compiler.isBlock(body)) return body;
  const [only, ...rest] = body.statements;
  if (!only || rest.length > 0) return undefined;
  return compiler.isBlock(only) ? onlyStatement(only) : only;
}

/** What a function does if that is one expression: `x => e`, `x => { e }`, `function (x) { e }`. */
export function onlyExpression(of: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | undefined {
  if (!compiler.isBlock(of.body)) return plain(of.body);
  const only = onlyStatement(of.body);
  return only && compiler.isExpressionStatement(only) ? plain(only.expression) : undefined;
}

/** A function written in place that is neither async nor a generator. */
export function plainFunction(node: ts.Expression | undefined): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const at = node && plain(node);
  if (!at || (!compiler.isArrowFunction(at) && !compiler.isFunctionExpression(at))) return undefined;
  if (at.modifiers?.some((modifier) => modifier.kind === SyntaxKind.AsyncKeyword)) return undefined;
  return compiler.isFunctionExpression(at) && at.asteriskToken ? undefined : at;
}

/** The name of a parameter or variable that is a plain name. */
export function nameOf(declaration: ts.ParameterDeclaration | ts.VariableDeclaration | undefined): ts.Identifier | undefined {
  return declaration && compiler.isIdentifier(declaration.name) ? declaration.name : undefined;
}
