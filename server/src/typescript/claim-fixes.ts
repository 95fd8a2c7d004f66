// Fixes of decisions that are carried out after an await: the claim is made before it, or all wait for one promise.

import type ts from 'typescript';
import { SyntaxKind, compiler } from './compiler.ts';
import { companionOf } from './companions.ts';
import { constantOf, isPlace, methodCall, plain, rootOf } from './expressions.ts';
import { isAssigned, referencesTo } from './references.ts';
import { hasComments, isStraight, localName, needs, statementAround, statementOf } from './statement-lists.ts';
import { endsInSemicolon } from './statements.ts';
import type { TypeQueries } from './types/queries.ts';
import { indentAt } from '../text/lines.ts';
import type { Edit } from '../text/span.ts';

/** `this.busy = true; await send();` for `await send(); this.busy = true;`, where what is written does not come from the wait. */
export function claimFirstEdits(write: ts.Node, suspension: ts.Node, file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  const of = statementOf(write);
  const first = of && statementAround(suspension, of.list);
  if (!of || !first || !isClaim(write, types) || hasComments(of.statement, file)) return undefined;
  const [from, to] = [of.list.indexOf(first), of.list.indexOf(of.statement)];
  const passed = of.list.slice(from, to);
  if (from >= to || !passed.every(isStraight) || needs(write, passed, types)) return undefined;
  const start = first.getStart(file);
  return [
    { start, end: start, newText: `${of.statement.getText(file)}\n${indentAt(file.text, start)}` },
    { start: passed.at(-1)!.end, end: of.statement.end, newText: '' },
  ];
}

/** True for `set.add(key)` and `flag = constant`: nothing in it changes while somebody waits. */
function isClaim(write: ts.Node, types: TypeQueries): boolean {
  const isSettled = (node: ts.Expression): boolean => constantOf(node) !== undefined || (isPlace(node, types) && isUnchanged(rootOf(node), types));
  const call = methodCall(write);
  if (call) return call.name === 'add' && call.arguments.length === 1 && isPlace(call.receiver, types) && isSettled(call.arguments[0]!);
  if (!compiler.isBinaryExpression(write) || write.operatorToken.kind !== SyntaxKind.EqualsToken || !isPlace(write.left, types)) return false;
  return isSettled(write.right);
}

/** True for `this` and for names that are given a value once. */
function isUnchanged(root: ts.Expression, types: TypeQueries): boolean {
  if (!compiler.isIdentifier(root)) return root.kind === SyntaxKind.ThisKeyword;
  const symbol = types.symbolAt(root);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return false;
  if (compiler.isEnumDeclaration(declaration)) return true;
  return declaration.getSourceFile() === root.getSourceFile() && !referencesTo(symbol, declaration.getSourceFile(), types).some((name) => compiler.isIdentifier(name) && isAssigned(name));
}

/**
 * All calls wait for one promise, that is kept beside what it will be stored in:
 *
 *   this.clientPending ??= connect().finally(() => { this.clientPending = undefined; });
 *   this.client = await this.clientPending;
 */
export function sharedPromiseEdits(write: ts.Node, suspension: ts.Node, file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  return methodCall(write) ? sharedEntryEdits(write, suspension, file, types) : sharedValueEdits(write, file, types);
}

function sharedValueEdits(write: ts.Node, file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  const of = statementOf(write);
  if (!of || !compiler.isBinaryExpression(write) || write.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const call = awaitedCall(write.right, types);
  const pending = call && companionOf(write.left, 'Pending', ({ type }) => {
    const held = type && heldText(type, file);
    return held === undefined ? undefined : { keyword: 'let', rest: `: Promise<${held}> | undefined` };
  }, file, types);
  if (!call || !pending) return undefined;
  const semicolon = endsInSemicolon(of.statement, file) ? ';' : '';
  const indent = indentAt(file.text, of.statement.getStart(file));
  const start = write.getStart(file);
  return [
    ...pending.edits,
    { start, end: start, newText: `${pending.text} ??= ${call.getText(file)}.finally(() => {\n${indent}  ${pending.text} = undefined${semicolon}\n${indent}})${semicolon}\n${indent}` },
    { start: write.right.getStart(file), end: write.right.end, newText: `await ${pending.text}` },
  ];
}

/** What is held besides `undefined` and `null`, as it is written. */
function heldText(type: ts.TypeNode, file: ts.SourceFile): string | undefined {
  const parts = compiler.isUnionTypeNode(type) ? type.types : [type];
  const held = parts.filter((part) => part.kind !== SyntaxKind.UndefinedKeyword && !(compiler.isLiteralTypeNode(part) && part.literal.kind === SyntaxKind.NullKeyword));
  return held.length === 0 ? undefined : held.map((part) => part.getText(file)).join(' | ');
}

function sharedEntryEdits(write: ts.Node, suspension: ts.Node, file: ts.SourceFile, types: TypeQueries): readonly Edit[] | undefined {
  const of = statementOf(write);
  const set = methodCall(write);
  const [key, value] = set?.arguments ?? [];
  if (!of || set?.name !== 'set' || !key || !value || !isSteadyKey(key, types)) return undefined;
  const waiting = compiler.isAwaitExpression(plain(value)) ? of.statement : statementAround(suspension, of.list);
  const awaited = waiting && (waiting === of.statement ? value : valueGiven(waiting, value, types));
  const call = awaited && awaitedCall(awaited, types);
  if (!call || types.typeAt(call).promised?.text !== types.typeAt(set.receiver).elements?.text) return undefined;
  const pending = companionOf(set.receiver, 'Pending', (declaration) => {
    const declared = mapTypeOf(declaration);
    return declared && { keyword: 'const', rest: ` = new Map<${declared[0].getText(file)}, Promise<${declared[1].getText(file)}>>()` };
  }, file, types);
  if (!pending) return undefined;
  const name = localName('pending', write, file);
  const semicolon = endsInSemicolon(of.statement, file) ? ';' : '';
  const start = waiting.getStart(file);
  const indent = indentAt(file.text, start);
  const keyText = key.getText(file);
  const lines = [
    `let ${name} = ${pending.text}.get(${keyText})${semicolon}`,
    `if (!${name}) {`,
    `  ${name} = ${call.getText(file)}.finally(() => ${pending.text}.delete(${keyText}))${semicolon}`,
    `  ${pending.text}.set(${keyText}, ${name})${semicolon}`,
    '}',
  ];
  return [
    ...pending.edits,
    { start, end: start, newText: lines.map((line) => `${line}\n${indent}`).join('') },
    { start: awaited!.getStart(file), end: awaited!.end, newText: `await ${name}` },
  ];
}

/** The `await load(key)` of `const value = await load(key)` or `value = await load(key)`. */
function valueGiven(statement: ts.Statement, value: ts.Expression, types: TypeQueries): ts.Expression | undefined {
  const name = plain(value);
  if (!compiler.isIdentifier(name)) return undefined;
  const symbol = types.symbolAt(name);
  const isIt = (other: ts.Node): boolean => compiler.isIdentifier(other) && symbol !== undefined && types.symbolAt(other) === symbol;
  if (compiler.isVariableStatement(statement)) {
    const [only, ...others] = statement.declarationList.declarations;
    return only && others.length === 0 && isIt(only.name) ? only.initializer : undefined;
  }
  if (!compiler.isExpressionStatement(statement) || !compiler.isBinaryExpression(statement.expression)) return undefined;
  const { left, right, operatorToken } = statement.expression;
  return operatorToken.kind === SyntaxKind.EqualsToken && isIt(left) ? right : undefined;
}

/** The call of `await load(key)`, if it gives a promise of the language. */
function awaitedCall(node: ts.Expression, types: TypeQueries): ts.CallExpression | undefined {
  const at = plain(node);
  const call = compiler.isAwaitExpression(at) ? plain(at.expression) : undefined;
  if (!call || !compiler.isCallExpression(call) || call.questionDotToken || compiler.isOptionalChain(call)) return undefined;
  const type = types.typeAt(call);
  return type.libraryName === 'Promise' && type.property('finally') !== undefined ? call : undefined;
}

/** True for a key that is the same whenever it is looked at, in a closure as well. */
function isSteadyKey(key: ts.Expression, types: TypeQueries): boolean {
  const at = plain(key);
  if (constantOf(at) !== undefined) return true;
  return isPlace(at, types) && !compiler.isElementAccessExpression(at) && isUnchanged(rootOf(at), types) && !types.typeAt(at).isNullable;
}

/** The types of keys and values as a map's declaration says them. */
function mapTypeOf({ type, initializer }: ts.VariableDeclaration | ts.PropertyDeclaration): readonly [ts.TypeNode, ts.TypeNode] | undefined {
  const given = type && compiler.isTypeReferenceNode(type) && isMapName(type.typeName) ? type.typeArguments : initializer && compiler.isNewExpression(initializer) && isMapName(initializer.expression) ? initializer.typeArguments : undefined;
  const [key, value] = given ?? [];
  return key && value && [key, value];
}

function isMapName(node: ts.Node): boolean {
  return compiler.isIdentifier(node) && node.text === 'Map';
}
