// The stretches of a file that are analysed by themselves. A function that nothing is inside of but other code of its own is
// a unit, and so is what remains of a statement without such functions: while somebody types in a body, what was found in
// all other units stays, as long as they do not look at it.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { isFunction } from './operations.ts';
import type { Name } from './words.ts';
import type { Change } from '../text/change.ts';

export type FunctionWithBlock = ts.FunctionLikeDeclaration & { readonly body: ts.Block };

export interface Unit {
  /** A function, or a statement. */
  readonly node: ts.Node;
  /** The unit that this one is cut out of; undefined for statements of the file. */
  readonly outer: Unit | undefined;
}

/** The units of a file in the order of their text, each behind the one it is cut out of. */
export function unitsOf(file: ts.SourceFile): readonly Unit[] {
  const units: Unit[] = [];
  const enter = (node: ts.Node, outer: Unit | undefined): void => {
    const unit: Unit = { node, outer };
    units.push(unit);
    if (!isFunctionWithBlock(node)) compiler.forEachChild(node, (child) => cut(child, unit));
  };
  const cut = (node: ts.Node, outer: Unit): void => {
    if (!isFunctionWithBlock(node)) compiler.forEachChild(node, (child) => cut(child, outer));
    // describe('…', () => { … }): what is in the braces is as good as the top level.
    else if (isGivenByStatement(node)) for (const statement of node.body.statements) enter(statement, outer);
    else enter(node, outer);
  };
  for (const statement of file.statements) enter(statement, undefined);
  return units;
}

export function isFunctionWithBlock(node: ts.Node): node is FunctionWithBlock {
  return isFunction(node) && node.body !== undefined && compiler.isBlock(node.body);
}

/** A function that is longer is not looked at as one, where that can be helped. In UTF-16 units. */
const longFunction = 4000;

/** True for a long function that only the call sees which is a statement by itself. */
function isGivenByStatement(node: FunctionWithBlock): boolean {
  return node.end - node.pos > longFunction && compiler.isCallExpression(node.parent) && compiler.isExpressionStatement(node.parent.parent);
}

/** The unit whose braces a change lies between; undefined for any other change. */
export function unitChanged(units: readonly Unit[], { start, length }: Change): (Unit & { readonly node: FunctionWithBlock }) | undefined {
  for (const unit of units) {
    const { node } = unit;
    if (isFunctionWithBlock(node) && node.body.pos < start && bodyStart(node) < start && start + length < node.body.end) return unit as Unit & { readonly node: FunctionWithBlock };
  }
  return undefined;
}

/** Of the brace. */
export function bodyStart({ body }: FunctionWithBlock): number {
  return body.statements.pos - 1;
}

/**
 * What the rest of the program sees of a function's body, as text: nothing, where a type is written. Undefined where it
 * cannot be told.
 */
export function surfaceOf(node: FunctionWithBlock, file: ts.SourceFile, checker: ts.TypeChecker): string | undefined {
  // In JavaScript `this.x = …` and comments declare.
  if (file.flags & compiler.NodeFlags.JavaScriptFile && declaresInPassing(node, file)) return undefined;
  if (compiler.isConstructorDeclaration(node) || compiler.isSetAccessor(node)) return compiler.isClassLike(node.parent) && node.parent.members.some(isTypedByConstructor) ? undefined : '';
  if (node.type) return '';
  const declaration = declarationAround(node);
  if (declaration === undefined || declaration === 'nothing') return declaration && '';
  if (declaresTypes(node.body)) return undefined;
  const { NoTruncation, UseFullyQualifiedType } = compiler.TypeFormatFlags;
  const text = checker.typeToString(checker.getTypeAtLocation(declaration), undefined, NoTruncation | UseFullyQualifiedType);
  return text.includes('...') ? undefined : text;
}

/** What a function is a part of, where its type can be asked; undefined where it may be seen in ways that cannot. */
function declarationAround(node: FunctionWithBlock): ts.Node | 'nothing' | undefined {
  for (let at: ts.Node = node; ; at = at.parent) {
    if (compiler.isFunctionDeclaration(at) || compiler.isPropertyDeclaration(at)) return at;
    if ((compiler.isMethodDeclaration(at) || compiler.isGetAccessor(at)) && compiler.isClassLike(at.parent)) return at;
    if (compiler.isVariableDeclaration(at)) return compiler.isIdentifier(at.name) ? (at.type ? 'nothing' : at) : undefined;
    if (compiler.isExportAssignment(at)) return at.expression;
    if (compiler.isExpressionStatement(at)) return compiler.isBinaryExpression(at.expression) ? undefined : 'nothing';
    if (compiler.isClassStaticBlockDeclaration(at) || compiler.isSourceFile(at)) return undefined;
    if (compiler.isStatement(at)) return 'nothing';
  }
}

/** `private entries;`: its type is what the constructor gives. */
function isTypedByConstructor(member: ts.ClassElement): boolean {
  return compiler.isPropertyDeclaration(member) && !member.type && !member.initializer;
}

/** True if a name of the body may be a type that another body of the same text does not mean. */
function declaresTypes(body: ts.Node): boolean {
  return (
    compiler.forEachChild(body, function visit(child): true | undefined {
      if (compiler.isClassLike(child) || compiler.isInterfaceDeclaration(child) || compiler.isTypeAliasDeclaration(child) || compiler.isEnumDeclaration(child)) return true;
      return compiler.forEachChild(child, visit);
    }) ?? false
  );
}

function declaresInPassing(node: ts.Node, file: ts.SourceFile): boolean {
  if (file.text.slice(node.pos, node.end).includes('@')) return true;
  return (
    compiler.forEachChild(node, function visit(child): true | undefined {
      if (compiler.isBinaryExpression(child) && child.operatorToken.kind === SyntaxKind.EqualsToken && !compiler.isIdentifier(child.left)) return true;
      if (compiler.isCallExpression(child) && compiler.isPropertyAccessExpression(child.expression) && child.expression.name.text === 'defineProperty') return true;
      return compiler.forEachChild(child, visit);
    }) ?? false
  );
}

/** The identifiers of a function, those of private members included. */
export function forEachName(node: ts.Node, visit: (name: Name) => void): void {
  if (compiler.isIdentifier(node) || compiler.isPrivateIdentifier(node)) visit(node);
  compiler.forEachChild(node, (child) => forEachName(child, visit));
}
