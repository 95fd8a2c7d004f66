// Expressions, in the order they are evaluated. `?.`, `&&`, `??` and their assignments are control flow.

import type ts from 'typescript';
import { End } from '../../model/function-body.ts';
import { Shape } from '../../model/objects.ts';
import { Flag, NONE, Op, Operator } from '../../model/operations.ts';
import { SyntaxKind, compiler } from '../compiler.ts';
import { plain } from '../expressions.ts';
import { call, construct } from './calls.ts';
import { classMembers, closure } from './functions.ts';
import { isDisabling } from './effects.ts';
import { throwTarget } from './context.ts';
import type { Lowering } from './context.ts';

/** Emits an operation for a node. */
export function emit(low: Lowering, kind: Op, shape: Shape, node: ts.Node, a = NONE, b = NONE, c = NONE, flags: number = Flag.None): number {
  return low.builder.emit(kind, shape, node.getStart(low.file.source.syntax), node.end, a, b, c, flags);
}

/** After an operation that may throw: the path to what catches it. */
export function mayThrow(low: Lowering): void {
  const target = throwTarget(low);
  if (target === NONE || !low.builder.isOpen) return;
  const next = low.builder.newBlock();
  low.builder.end(End.Choose, 0, [next, target]);
  low.builder.startBlock(next);
}

export function suspend(low: Lowering, node: ts.Node, awaited: number): number {
  const value = emit(low, Op.Suspend, low.file.shapeAt(node), node, awaited);
  mayThrow(low);
  return value;
}

/** The value of an expression, as the operation that gives it. */
export function expression(low: Lowering, node: ts.Expression): number {
  const at = plain(node);
  switch (at.kind) {
    case SyntaxKind.Identifier:
      return identifier(low, at as ts.Identifier);
    case SyntaxKind.ThisKeyword:
      return thisValue(low, at);
    case SyntaxKind.SuperKeyword:
      return thisValue(low, at);
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return emit(low, Op.Constant, Shape.String, at, low.file.unit.constant((at as ts.StringLiteral).text));
    case SyntaxKind.NumericLiteral:
      return emit(low, Op.Constant, Shape.Number, at, low.file.unit.constant(Number((at as ts.NumericLiteral).text)));
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return emit(low, Op.Constant, Shape.Boolean, at, low.file.unit.constant(at.kind === SyntaxKind.TrueKeyword));
    case SyntaxKind.NullKeyword:
      return emit(low, Op.Zero, Shape.Object, at);
    case SyntaxKind.TemplateExpression:
      return template(low, at as ts.TemplateExpression);
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
      return access(low, at as ts.PropertyAccessExpression | ts.ElementAccessExpression);
    case SyntaxKind.CallExpression:
      return call(low, at as ts.CallExpression);
    case SyntaxKind.NewExpression:
      return construct(low, at as ts.NewExpression);
    case SyntaxKind.AwaitExpression:
      return suspend(low, at, expression(low, (at as ts.AwaitExpression).expression));
    case SyntaxKind.YieldExpression: {
      const { expression: yielded } = at as ts.YieldExpression;
      return suspend(low, at, yielded ? expression(low, yielded) : NONE);
    }
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return closure(low, at as ts.ArrowFunction | ts.FunctionExpression);
    case SyntaxKind.BinaryExpression:
      return binary(low, at as ts.BinaryExpression);
    case SyntaxKind.ConditionalExpression: {
      const { condition: test, whenTrue, whenFalse } = at as ts.ConditionalExpression;
      const [yes, no] = [low.builder.newBlock(), low.builder.newBlock()];
      condition(low, test, yes, no);
      return joined(low, at, [[yes, () => expression(low, whenTrue)], [no, () => expression(low, whenFalse)]]);
    }
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
      return unary(low, at as ts.PrefixUnaryExpression | ts.PostfixUnaryExpression);
    case SyntaxKind.DeleteExpression:
      return remove(low, at as ts.DeleteExpression);
    case SyntaxKind.VoidExpression:
      expression(low, (at as ts.VoidExpression).expression);
      return emit(low, Op.Zero, Shape.Unknown, at);
    case SyntaxKind.TypeOfExpression:
      return emit(low, Op.Compute, Shape.String, at, expression(low, (at as ts.TypeOfExpression).expression), NONE, Operator.Other);
    case SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(low, at as ts.ObjectLiteralExpression);
    case SyntaxKind.ArrayLiteralExpression: {
      const values = (at as ts.ArrayLiteralExpression).elements.flatMap((each) => [NONE, compiler.isSpreadElement(each) ? spread(low, each) : compiler.isOmittedExpression(each) ? NONE : expression(low, each)]);
      return emit(low, Op.Make, Shape.List, at, NONE, NONE, low.builder.list(values));
    }
    case SyntaxKind.ClassExpression:
      classMembers(low, at as ts.ClassExpression);
      return emit(low, Op.Opaque, Shape.Function, at);
    default:
      return opaque(low, at);
  }
}

/** A copy of the elements. */
export function spread(low: Lowering, node: ts.SpreadElement): number {
  const iterated = expression(low, node.expression);
  return emit(low, Op.Iterate, low.builder.shapeOf(iterated), node, iterated);
}

/** What is not understood: its parts are evaluated, functions among them may run at any time. */
function opaque(low: Lowering, node: ts.Node): number {
  const operands: number[] = [];
  const visit = (child: ts.Node): void => {
    if (compiler.isTypeNode(child)) return;
    if (compiler.isExpression(child) && !compiler.isJsxOpeningLikeElement(child) && !compiler.isJsxAttributes(child)) {
      const at = plain(child);
      const isName = compiler.isIdentifier(at) && (compiler.isJsxAttribute(at.parent) || compiler.isJsxOpeningLikeElement(at.parent) || compiler.isJsxClosingElement(at.parent));
      if (!isName) operands.push(expression(low, child));
    } else compiler.forEachChild(child, visit);
  };
  compiler.forEachChild(node, visit);
  return emit(low, Op.Opaque, Shape.Unknown, node, NONE, NONE, low.builder.list(operands));
}

function identifier(low: Lowering, node: ts.Identifier): number {
  if (node.text === 'undefined') return emit(low, Op.Zero, Shape.Unknown, node);
  const variable = low.file.variableOf(node);
  if (variable !== undefined) return low.builder.read(low.builder.variablePlace(variable), low.file.unit.variables[variable]!.shape, node.getStart(low.file.source.syntax), node.end);
  const declaration = low.file.types.declarationAt(node);
  if (declaration && (compiler.isFunctionDeclaration(declaration) || compiler.isClassDeclaration(declaration))) return emit(low, Op.FunctionValue, Shape.Function, node, low.file.callee(declaration, node.text));
  // Its members do not change.
  if (declaration && compiler.isEnumDeclaration(declaration)) return emit(low, Op.Constant, Shape.Object, node, low.file.unit.constant(`enum ${node.text}`));
  return emit(low, Op.Opaque, Shape.Unknown, node);
}

export function thisValue(low: Lowering, node: ts.Node): number {
  if (!low.thisNode) return emit(low, Op.Opaque, Shape.Unknown, node);
  const variable = low.file.unit.variable(low.thisNode);
  if (variable === undefined) return emit(low, Op.Opaque, Shape.Unknown, node);
  return low.builder.read(low.builder.variablePlace(variable), Shape.Object, node.getStart(low.file.source.syntax), node.end);
}

function template(low: Lowering, node: ts.TemplateExpression): number {
  let value = emit(low, Op.Constant, Shape.String, node.head, low.file.unit.constant(node.head.text));
  for (const span of node.templateSpans) {
    value = emit(low, Op.Compute, Shape.String, span, value, expression(low, span.expression), Operator.Add);
    if (span.literal.text !== '') value = emit(low, Op.Compute, Shape.String, span, value, emit(low, Op.Constant, Shape.String, span.literal, low.file.unit.constant(span.literal.text)), Operator.Add);
  }
  return value;
}

/** The value of whichever branch is taken. */
export function joined(low: Lowering, node: ts.Node, branches: readonly (readonly [block: number, value: () => number])[]): number {
  const { builder } = low;
  const after = builder.newBlock();
  let place = NONE;
  let shape = Shape.Unknown;
  const [start, end] = [node.getStart(low.file.source.syntax), node.end];
  for (const [block, value] of branches) {
    builder.startBlock(block);
    const result = value();
    if (result === NONE) {
      builder.jump(after);
      continue;
    }
    if (place === NONE) {
      shape = compiler.isExpression(node) ? low.file.shapeAt(node) : Shape.Unknown;
      place = builder.temporary(result, shape, start, end);
    } else builder.write(place, result, shape, start, end);
    builder.jump(after);
  }
  builder.startBlock(after);
  return place === NONE ? emit(low, Op.Zero, Shape.Unknown, node) : builder.read(place, shape, start, end);
}

/** Where control goes for a condition; `&&`, `||` and `!` are edges. */
export function condition(low: Lowering, node: ts.Expression, whenTrue: number, whenFalse: number): void {
  const at = plain(node);
  if (compiler.isPrefixUnaryExpression(at) && at.operator === SyntaxKind.ExclamationToken) return condition(low, at.operand, whenFalse, whenTrue);
  if (compiler.isBinaryExpression(at)) {
    const { kind } = at.operatorToken;
    if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken) {
      const second = low.builder.newBlock();
      if (kind === SyntaxKind.AmpersandAmpersandToken) condition(low, at.left, second, whenFalse);
      else condition(low, at.left, whenTrue, second);
      low.builder.startBlock(second);
      return condition(low, at.right, whenTrue, whenFalse);
    }
  }
  low.builder.branch(expression(low, at), whenTrue, whenFalse);
}

/** True for nil. */
function isNothing(low: Lowering, node: ts.Node, value: number): number {
  return emit(low, Op.Compute, Shape.Boolean, node, value, emit(low, Op.Zero, Shape.Unknown, node), Operator.Equal);
}

function access(low: Lowering, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): number {
  const counted = countedDictionary(low, node);
  if (counted) return emit(low, Op.Length, Shape.Number, node, expression(low, counted));
  const base = expression(low, node.expression);
  if (!node.questionDotToken) return accessOf(low, node, base);
  const [nothing, something] = [low.builder.newBlock(), low.builder.newBlock()];
  low.builder.branch(isNothing(low, node.expression, base), nothing, something);
  return joined(low, node, [[something, () => accessOf(low, node, base)], [nothing, () => emit(low, Op.Zero, Shape.Unknown, node)]]);
}

/** The dictionary whose entries `Object.keys(entries).length` counts. */
function countedDictionary({ file }: Lowering, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): ts.Expression | undefined {
  if (!compiler.isPropertyAccessExpression(node) || node.name.text !== 'length') return undefined;
  const call = plain(node.expression);
  const callee = compiler.isCallExpression(call) ? plain(call.expression) : undefined;
  if (!callee || !compiler.isCallExpression(call) || !compiler.isPropertyAccessExpression(callee) || !listings.has(callee.name.text)) return undefined;
  const [listed] = call.arguments;
  if (!listed || compiler.isSpreadElement(listed) || file.types.typeAt(listed).container !== 'dictionary') return undefined;
  return file.types.nameAt(callee)?.isLibrary && file.types.typeAt(callee.expression).libraryName === 'ObjectConstructor' ? listed : undefined;
}

const listings: ReadonlySet<string> = new Set(['keys', 'values', 'entries']);

/** A property or element of a value. */
export function accessOf(low: Lowering, node: ts.PropertyAccessExpression | ts.ElementAccessExpression, base: number): number {
  if (compiler.isPropertyAccessExpression(node) && (node.name.text === 'size' || node.name.text === 'length') && isCollection(low, node.expression)) {
    return emit(low, Op.Length, Shape.Number, node, base);
  }
  const place = placeIn(low, node, base);
  return low.builder.read(place, low.file.shapeAt(node), node.getStart(low.file.source.syntax), node.end);
}

export function isCollection(low: Lowering, node: ts.Expression): boolean {
  const shape = low.file.shapeAt(node);
  return shape === Shape.Set || shape === Shape.List || (shape === Shape.Map && low.file.types.typeAt(node).container !== 'dictionary');
}

/** The place that a property or element access names. */
export function placeIn(low: Lowering, node: ts.PropertyAccessExpression | ts.ElementAccessExpression, base: number): number {
  const { builder, file } = low;
  if (compiler.isElementAccessExpression(node)) {
    const key = expression(low, node.argumentExpression);
    return builder.element(base, key);
  }
  const type = file.types.typeAt(node.expression);
  const named = file.types.nameAt(node);
  if (type.container === 'dictionary' && !named?.declaration) {
    return builder.element(base, emit(low, Op.Constant, Shape.String, node.name, file.unit.constant(node.name.text)));
  }
  return builder.fieldPlace(builder.target(base), file.field(named?.declaration, node.name.text, file.shapeAt(node), named?.isLibrary === true && isDisabling(type.libraryName, node.name.text)));
}

function binary(low: Lowering, node: ts.BinaryExpression): number {
  const { kind } = node.operatorToken;
  switch (kind) {
    case SyntaxKind.EqualsToken:
      return assign(low, node);
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken: {
      const left = expression(low, node.left);
      const [right, done] = [low.builder.newBlock(), low.builder.newBlock()];
      shortCircuit(low, kind, node.left, left, right, done);
      return joined(low, node, [[done, () => left], [right, () => expression(low, node.right)]]);
    }
    case SyntaxKind.CommaToken:
      expression(low, node.left);
      return expression(low, node.right);
    case SyntaxKind.AmpersandAmpersandEqualsToken:
    case SyntaxKind.BarBarEqualsToken:
    case SyntaxKind.QuestionQuestionEqualsToken:
      return assignIfMissing(low, node, kind);
    default:
  }
  if (kind === SyntaxKind.InKeyword && low.file.types.typeAt(node.right).container === 'dictionary') {
    const key = expression(low, node.left);
    const place = low.builder.element(expression(low, node.right), key);
    const found = low.builder.read(place, Shape.Unknown, node.getStart(low.file.source.syntax), node.end, Flag.CommaOk);
    return emit(low, Op.Extract, Shape.Boolean, node, found, 1);
  }
  if (kind >= SyntaxKind.FirstCompoundAssignment && kind <= SyntaxKind.LastCompoundAssignment) {
    const place = target(low, node.left);
    const old = readOf(low, node.left, place);
    const value = emit(low, Op.Compute, low.file.shapeAt(node.left), node, old, expression(low, node.right), kind === SyntaxKind.PlusEqualsToken ? Operator.Add : Operator.Other);
    return place === NONE ? value : (writeTo(low, node, place, value, Flag.Update), value);
  }
  const left = expression(low, node.left);
  return emit(low, Op.Compute, Shape.Unknown, node, left, expression(low, node.right), operators.get(kind) ?? Operator.Other);
}

function shortCircuit(low: Lowering, kind: ts.SyntaxKind, node: ts.Expression, left: number, right: number, done: number): void {
  if (kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.QuestionQuestionEqualsToken) low.builder.branch(isNothing(low, node, left), right, done);
  else if (kind === SyntaxKind.BarBarToken || kind === SyntaxKind.BarBarEqualsToken) low.builder.branch(left, done, right);
  else low.builder.branch(left, right, done);
}

/** `a ??= b`, `a ||= b`, `a &&= b`: the assignment happens on one edge. */
function assignIfMissing(low: Lowering, node: ts.BinaryExpression, kind: ts.SyntaxKind): number {
  const place = target(low, node.left);
  const old = readOf(low, node.left, place);
  const [right, done] = [low.builder.newBlock(), low.builder.newBlock()];
  shortCircuit(low, kind, node.left, old, right, done);
  return joined(low, node, [
    [done, () => old],
    [right, () => {
      const value = expression(low, node.right);
      if (place !== NONE) writeTo(low, node, place, value);
      return value;
    }],
  ]);
}

/** The place an assignment goes to; NONE for patterns and what is not understood. */
export function target(low: Lowering, node: ts.Expression): number {
  const at = plain(node);
  if (compiler.isIdentifier(at)) {
    const variable = low.file.variableOf(at);
    return variable === undefined ? NONE : low.builder.variablePlace(variable);
  }
  if (compiler.isPropertyAccessExpression(at) || compiler.isElementAccessExpression(at)) return placeIn(low, at, expression(low, at.expression));
  return NONE;
}

function readOf(low: Lowering, node: ts.Expression, place: number): number {
  if (place === NONE) return emit(low, Op.Opaque, Shape.Unknown, node);
  return low.builder.read(place, low.file.shapeAt(node), node.getStart(low.file.source.syntax), node.end);
}

export function writeTo(low: Lowering, node: ts.Node, place: number, value: number, flags: number = Flag.None): void {
  const shape = value === NONE ? Shape.Unknown : low.builder.shapeOf(value);
  low.builder.write(place, value, shape, node.getStart(low.file.source.syntax), node.end, flags);
}

function assign(low: Lowering, node: ts.BinaryExpression): number {
  const left = plain(node.left);
  if (compiler.isPropertyAccessExpression(left) && left.name.text === 'length' && low.file.shapeAt(left.expression) === Shape.List) {
    const list = expression(low, left.expression);
    const length = expression(low, node.right);
    const isEmpty = compiler.isNumericLiteral(plain(node.right)) && plain(node.right).getText(low.file.source.syntax) === '0';
    emit(low, isEmpty ? Op.Clear : Op.Delete, Shape.Unknown, node, list);
    return length;
  }
  if (compiler.isArrayLiteralExpression(left) || compiler.isObjectLiteralExpression(left)) {
    const value = expression(low, node.right);
    assignPattern(low, left, value);
    return value;
  }
  const place = target(low, left);
  const value = expression(low, node.right);
  if (place !== NONE) writeTo(low, node, place, value);
  return value;
}

function assignPattern(low: Lowering, pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, value: number): void {
  const parts = compiler.isArrayLiteralExpression(pattern)
    ? pattern.elements
    : pattern.properties.map((each) => (compiler.isPropertyAssignment(each) ? each.initializer : compiler.isShorthandPropertyAssignment(each) ? each.name : undefined));
  for (const part of parts) {
    const at = part && plain(part);
    if (!at) continue;
    if (compiler.isArrayLiteralExpression(at) || compiler.isObjectLiteralExpression(at)) assignPattern(low, at, value);
    const place = target(low, at);
    if (place !== NONE) writeTo(low, at, place, emit(low, Op.Convert, Shape.Unknown, at, value));
  }
}

const operators = new Map<ts.SyntaxKind, Operator>();

/** The compiler is linked late, and with it the kinds of tokens. */
export function linkOperators(): void {
  if (operators.size > 0) return;
  const known: readonly (readonly [ts.SyntaxKind, Operator])[] = [
    [SyntaxKind.EqualsEqualsEqualsToken, Operator.Equal],
    [SyntaxKind.EqualsEqualsToken, Operator.Equal],
    [SyntaxKind.ExclamationEqualsEqualsToken, Operator.NotEqual],
    [SyntaxKind.ExclamationEqualsToken, Operator.NotEqual],
    [SyntaxKind.LessThanToken, Operator.Less],
    [SyntaxKind.LessThanEqualsToken, Operator.LessOrEqual],
    [SyntaxKind.GreaterThanToken, Operator.Greater],
    [SyntaxKind.GreaterThanEqualsToken, Operator.GreaterOrEqual],
    [SyntaxKind.PlusToken, Operator.Add],
    [SyntaxKind.MinusToken, Operator.Subtract],
    [SyntaxKind.AsteriskToken, Operator.Multiply],
  ];
  for (const [kind, operator] of known) operators.set(kind, operator);
}

function unary(low: Lowering, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): number {
  if (node.operator !== SyntaxKind.PlusPlusToken && node.operator !== SyntaxKind.MinusMinusToken) {
    const operator = node.operator === SyntaxKind.ExclamationToken ? Operator.Not : node.operator === SyntaxKind.MinusToken ? Operator.Negate : Operator.Other;
    return emit(low, Op.Compute, Shape.Unknown, node, expression(low, node.operand), NONE, operator);
  }
  const place = target(low, node.operand);
  const old = readOf(low, node.operand, place);
  const one = emit(low, Op.Constant, Shape.Number, node, low.file.unit.constant(1));
  const value = emit(low, Op.Compute, Shape.Number, node, old, one, node.operator === SyntaxKind.PlusPlusToken ? Operator.Add : Operator.Subtract);
  if (place !== NONE) writeTo(low, node, place, value, Flag.Update);
  return compiler.isPrefixUnaryExpression(node) ? value : old;
}

function remove(low: Lowering, node: ts.DeleteExpression): number {
  const at = plain(node.expression);
  if (compiler.isElementAccessExpression(at)) {
    const container = expression(low, at.expression);
    emit(low, Op.Delete, Shape.Unknown, node, container, expression(low, at.argumentExpression));
  } else if (compiler.isPropertyAccessExpression(at)) {
    const place = placeIn(low, at, expression(low, at.expression));
    writeTo(low, node, place, emit(low, Op.Zero, Shape.Unknown, node));
  } else expression(low, at);
  return emit(low, Op.Constant, Shape.Boolean, node, low.file.unit.constant(true));
}

function objectLiteral(low: Lowering, node: ts.ObjectLiteralExpression): number {
  const object = emit(low, Op.Allocate, low.file.shapeAt(node), node);
  for (const property of node.properties) {
    if (compiler.isSpreadAssignment(property)) {
      const copied = expression(low, property.expression);
      emit(low, Op.CopyElements, Shape.Unknown, property, object, copied);
      continue;
    }
    if (compiler.isMethodDeclaration(property) || compiler.isAccessor(property)) {
      closure(low, property);
      continue;
    }
    const value = compiler.isShorthandPropertyAssignment(property) ? identifier(low, property.name) : expression(low, property.initializer);
    const name = property.name && (compiler.isIdentifier(property.name) || compiler.isStringLiteralLike(property.name)) ? property.name.text : '';
    const field = low.file.field(name === '' ? undefined : low.file.types.declarationAt(property.name), name, Shape.Unknown);
    writeTo(low, property, low.builder.fieldPlace(low.builder.target(object), field), value, Flag.Define);
  }
  return object;
}

