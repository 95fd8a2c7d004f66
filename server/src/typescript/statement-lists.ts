// Statements beside each other: which of them a node stands in, and whether one can be moved past others.

import type ts from 'typescript';
import { compiler } from './compiler.ts';
import { functionAround, isFunction } from './operations.ts';
import { commentsIn } from './syntax/comments.ts';
import type { TypeQueries } from './types/queries.ts';

/** The statements that a statement is one of; undefined for the only one of an `if` or loop without braces. */
export function listAround(statement: ts.Node): readonly ts.Statement[] | undefined {
  const { parent } = statement;
  return compiler.isBlock(parent) || compiler.isSourceFile(parent) || compiler.isModuleBlock(parent) || compiler.isCaseOrDefaultClause(parent) ? parent.statements : undefined;
}

/** The statement of a list that a node stands in; undefined if it stands elsewhere, or in a function in one of them. */
export function statementAround(node: ts.Node, list: readonly ts.Statement[]): ts.Statement | undefined {
  for (let at = node; !compiler.isSourceFile(at); at = at.parent) {
    const found = list.find((each) => each === at);
    if (found) return found;
    if (isFunction(at)) return undefined;
  }
  return undefined;
}

/** An expression that is a statement by itself in a list of others. */
export function statementOf(expression: ts.Node): { readonly statement: ts.ExpressionStatement; readonly list: readonly ts.Statement[] } | undefined {
  const statement = expression.parent as ts.Node | undefined;
  const list = statement && compiler.isExpressionStatement(statement) ? listAround(statement) : undefined;
  return list && { statement: statement as ts.ExpressionStatement, list };
}

/** True for statements that go on to the next one, or throw. */
export function isStraight(statement: ts.Statement): boolean {
  return compiler.isExpressionStatement(statement) || compiler.isVariableStatement(statement);
}

/** True if comments stand before a statement or behind it in its line: they would stay behind if it was moved. */
export function hasComments(statement: ts.Statement, file: ts.SourceFile): boolean {
  const line = file.text.indexOf('\n', statement.end);
  return commentsIn(file, statement.getFullStart(), line < 0 ? file.end : line).some(({ pos, end }) => end <= statement.getStart(file) || pos >= statement.end);
}

/** The names below a node, itself included. */
export function namesBelow(node: ts.Node): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (at: ts.Node): void => {
    if (compiler.isIdentifier(at)) found.push(at);
    compiler.forEachChild(at, visit);
  };
  visit(node);
  return found;
}

/** True if a node names what some statements declare. */
export function needs(node: ts.Node, statements: readonly ts.Statement[], types: TypeQueries): boolean {
  return namesBelow(node).some((name) => {
    const declaration = types.symbolAt(name)?.valueDeclaration;
    return declaration !== undefined && statements.some((each) => each.pos <= declaration.pos && declaration.end <= each.end && each.getSourceFile() === declaration.getSourceFile());
  });
}

/** A name that a text does not say. */
export function unusedName(base: string, text: string): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}${i}`;
    if (!text.includes(name)) return name;
  }
}

/** A name that the function around a node does not say. */
export function localName(base: string, node: ts.Node, file: ts.SourceFile): string {
  const around = functionAround(node);
  return unusedName(base, file.text.slice(around.pos, around.end));
}
