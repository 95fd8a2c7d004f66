import type ts from 'typescript';
import { SyntaxKind, compiler } from '../../typescript/compiler.ts';
import { comesFromOutside } from '../../typescript/outside.ts';
import { plain } from '../../typescript/expressions.ts';
import type { TypeScriptContext, TypeScriptDetector } from '../typescript-context.ts';
import type { Fix } from '../rule.ts';

// const m = new Map(); m[key] = value;                     →  m.set(key, value)
// const seen = {}; if (seen[request.query.name]) { … }     seen.constructor is there from the start
export const detectTypeScript: TypeScriptDetector = {
  visit: {
    BinaryExpression: (node, context) => {
      if (node.operatorToken.kind === SyntaxKind.EqualsToken) reportMapProperty(node, context);
      else if (node.operatorToken.kind === SyntaxKind.InKeyword) reportInherited(node.right, node.left, node, context);
    },
    ElementAccessExpression: (node, context) => {
      if (isTested(node)) reportInherited(node.expression, node.argumentExpression, node, context);
    },
  },
};

function reportMapProperty(assignment: ts.BinaryExpression, context: TypeScriptContext): void {
  const target = plain(assignment.left);
  if (!compiler.isElementAccessExpression(target) || target.questionDotToken) return;
  const type = context.types.typeAt(plain(target.expression));
  if ((type.container !== 'map' && type.container !== 'set') || !type.isExact) return;
  const key = context.types.typeAt(target.argumentExpression);
  // A function is a method that is put in.
  if (context.types.typeAt(assignment.right).isCallable) return;
  // A symbol is a method's name.
  if (!key.isString && !key.isNumber && !key.isUnknown) return;
  const map = context.textOf(target.expression);
  context.report({
    message: { id: 'map-property', arguments: { map, kind: type.container === 'map' ? 'Map' : 'Set' } },
    span: context.spanOf(target),
    subject: context.spanOf(assignment),
    fixes: type.container === 'map' ? setCall(assignment, target, context) : [],
  });
}

function setCall(assignment: ts.BinaryExpression, target: ts.ElementAccessExpression, context: TypeScriptContext): readonly Fix[] {
  const span = context.spanOf(assignment);
  if (!compiler.isExpressionStatement(assignment.parent) || context.commentsIn(span.start, span.end).length > 0) return [];
  const replacement = `${context.textOf(plain(target.expression))}.set(${context.textOf(target.argumentExpression)}, ${context.textOf(assignment.right)})`;
  return [{ title: { id: 'fix-set', arguments: { replacement } }, safe: false, caution: { id: 'caution-reads' }, edits: [{ ...span, newText: replacement }] }];
}

function reportInherited(object: ts.Expression, key: ts.Expression, node: ts.Node, context: TypeScriptContext): void {
  if (!isPlainObject(object, context) || !comesFromOutside(key, context.types)) return;
  context.report({ message: { id: 'inherited', arguments: { object: context.textOf(object), key: context.textOf(key) } }, span: context.spanOf(node) });
}

/** A variable or field that is given `{}` where it is declared, and nothing else. */
function isPlainObject(node: ts.Expression, context: TypeScriptContext): boolean {
  const declaration = context.types.symbolAt(plain(node))?.valueDeclaration;
  if (!declaration || (!compiler.isVariableDeclaration(declaration) && !compiler.isPropertyDeclaration(declaration)) || !declaration.initializer) return false;
  if (context.types.typeAt(node).container !== 'dictionary') return false;
  const value = plain(declaration.initializer);
  return compiler.isObjectLiteralExpression(value) && value.properties.length === 0;
}

/** True where a value only matters as there or not: a condition, `!`, `??`, `||`, `&&`. */
function isTested(node: ts.Expression): boolean {
  let at: ts.Node = node;
  while (compiler.isParenthesizedExpression(at.parent) || compiler.isNonNullExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (compiler.isIfStatement(parent) || compiler.isWhileStatement(parent)) return parent.expression === at;
  if (compiler.isConditionalExpression(parent)) return parent.condition === at;
  if (compiler.isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  if (!compiler.isBinaryExpression(parent) || parent.left !== at) return false;
  return [SyntaxKind.QuestionQuestionToken, SyntaxKind.BarBarToken, SyntaxKind.AmpersandAmpersandToken, SyntaxKind.QuestionQuestionEqualsToken, SyntaxKind.BarBarEqualsToken].includes(parent.operatorToken.kind);
}
