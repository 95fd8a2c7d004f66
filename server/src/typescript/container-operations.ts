// What the code under an offset does to a container as a whole: empties it, or puts a new one in its place. Plain reads and
// writes of elements are not among it.

import type ts from 'typescript';
import type { Span } from '../text/span.ts';
import { clearingBy, isAssignable } from './clearing.ts';
import { compiler } from './compiler.ts';
import { emptyingByCall, emptyingByLoop } from './emptying.ts';
import { isEnvironment } from './environment.ts';
import { plain } from './expressions.ts';
import { namesIn } from './iteration.ts';
import { functionAround } from './operations.ts';
import { expressionOf, isAssigned, nameOf, usesOf } from './references.ts';
import { statementText } from './statements.ts';
import type { ContainerKind, TypeQueries } from './types/queries.ts';

export type ContainerOperationKind =
  /** `m.clear()`, `list.length = 0`, `list.splice(0)` */
  | 'clear'
  | 'delete-loop'
  /** `while (m.size > 0) m.delete(m.keys().next().value)` */
  | 'one-at-a-time'
  /** `m = new Map()`, `list = []`, `o = {}` */
  | 'remake';

export interface PlaceHolder {
  /** `caller`: gave it to the function `name`; `returned`: whoever calls `name`; `place`: another variable, field or property; `export`: whoever imports it. */
  readonly kind: 'caller' | 'returned' | 'place' | 'export';
  readonly name: string;
  /** The path of the file that says so, where that is another one than the operation's. */
  readonly file: string | undefined;
}

export interface ContainerOperation {
  readonly kind: ContainerOperationKind;
  readonly container: ContainerKind;
  /** What a hover marks: the expression, or the head of the loop. */
  readonly span: Span;
  /** The statement that the operation is. */
  readonly statement: Span;
  /** The container, as written. */
  readonly place: string;
  /** True for variables and fields that another container may be put into. */
  readonly assignable: boolean;
  /** True for `ReadonlyMap`, `readonly T[]` and the like: only another one can be put in its place. */
  readonly isReadonly: boolean;
  /** True for the plainest spelling: `list.length = 0`, and the loop over `Object.keys`. */
  readonly isPlain: boolean;
  /** True if other statements may stand beside it: it is not alone under an `if` or a label. */
  readonly inBlock: boolean;
  /** True if statements end in semicolons here. */
  readonly semicolon: boolean;
  /** A name for what was taken out, free in the function around. */
  readonly taken: string;
  /** A name for a key, free in the function around. */
  readonly key: string;
  /** Who else has the container, as far as the files tell that were looked at. */
  readonly holders: readonly PlaceHolder[];
}

/** True if something of the kind may be at an offset, by its shape alone: what is asked of it takes types. */
export function mayOperateOnContainer(file: ts.SourceFile, offset: number): boolean {
  return candidatesAt(file, offset).length > 0;
}

/**
 * The operation on a container at an offset, or undefined.
 * @param others files of the same program that may tell who else has the container
 */
export function containerOperationAt(file: ts.SourceFile, types: TypeQueries, offset: number, others: readonly ts.SourceFile[] = []): ContainerOperation | undefined {
  for (const node of candidatesAt(file, offset)) {
    const found = compiler.isExpressionStatement(node) ? (byStatement(node, types) ?? byCall(node, types)) : byLoop(node, types);
    if (found && !isEnvironment(found.container, types)) return described(found, file, types, others);
  }
  return undefined;
}

type Candidate = ts.ExpressionStatement | ts.ForOfStatement | ts.ForInStatement | ts.WhileStatement | ts.ForStatement;

/** The statements around an offset that could be one, the innermost first. Of a loop only the head counts: the body has operations of its own. */
function candidatesAt(file: ts.SourceFile, offset: number): readonly Candidate[] {
  const found: Candidate[] = [];
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(file) || offset > node.end) return;
    if (compiler.isExpressionStatement(node) && hasShape(node)) found.unshift(node);
    else if ((compiler.isForOfStatement(node) || compiler.isForInStatement(node) || compiler.isWhileStatement(node) || compiler.isForStatement(node)) && offset <= node.statement.pos) found.unshift(node);
    compiler.forEachChild(node, visit);
  };
  compiler.forEachChild(file, visit);
  return found;
}

function hasShape({ expression }: ts.ExpressionStatement): boolean {
  const at = plain(expression);
  if (compiler.isBinaryExpression(at)) return at.operatorToken.kind === compiler.SyntaxKind.EqualsToken;
  const callee = compiler.isCallExpression(at) ? plain(at.expression) : undefined;
  return callee !== undefined && compiler.isPropertyAccessExpression(callee) && ['clear', 'splice', 'forEach'].includes(callee.name.text);
}

interface Found {
  readonly kind: ContainerOperationKind;
  readonly container: ts.Expression;
  readonly type: ContainerKind;
  readonly marked: Span;
  readonly statement: ts.Statement;
}

function byStatement(statement: ts.ExpressionStatement, types: TypeQueries): Found | undefined {
  const clearing = clearingBy(statement, types);
  if (!clearing) return undefined;
  const { container, kind, manner } = clearing;
  return { kind: manner === 'replaced' ? 'remake' : 'clear', container, type: kind, marked: spanOf(statement.expression), statement };
}

function byCall(statement: ts.ExpressionStatement, types: TypeQueries): Found | undefined {
  const call = plain(statement.expression);
  const emptying = compiler.isCallExpression(call) ? emptyingByCall(call, types) : undefined;
  return emptying && { kind: 'delete-loop', container: emptying.container, type: emptying.kind, marked: spanOf(statement.expression), statement };
}

function byLoop(loop: Exclude<Candidate, ts.ExpressionStatement>, types: TypeQueries): Found | undefined {
  const emptying = emptyingByLoop(loop, types);
  if (!emptying) return undefined;
  const { container, kind, manner } = emptying;
  return { kind: manner === 'one-at-a-time' ? 'one-at-a-time' : 'delete-loop', container, type: kind, marked: { start: loop.getStart(), end: loop.statement.pos }, statement: loop };
}

function described({ kind, container, type, marked, statement }: Found, file: ts.SourceFile, types: TypeQueries, others: readonly ts.SourceFile[]): ContainerOperation {
  const names = namesIn(functionAround(statement));
  return {
    kind,
    container: type,
    span: marked,
    statement: spanOf(statement),
    place: file.text.slice(container.getStart(file), container.end),
    assignable: isAssignable(container, types),
    isReadonly: types.typeAt(container).isReadonly,
    isPlain: isPlain(statement),
    inBlock: compiler.isBlock(statement.parent) || compiler.isSourceFile(statement.parent) || compiler.isCaseOrDefaultClause(statement.parent),
    semicolon: statementText('', statement, compiler.isExpressionStatement(statement) ? statement : lastStatementOf(statement), file) === ';',
    taken: freeName('taken', names),
    key: freeName('key', names),
    holders: holdersOf(container, file, types, others),
  };
}

function isPlain(statement: ts.Statement): boolean {
  if (compiler.isExpressionStatement(statement)) return compiler.isBinaryExpression(plain(statement.expression));
  return compiler.isForOfStatement(statement) && compiler.isExpressionStatement(statement.statement);
}

/** The innermost statement that a loop ends with. */
function lastStatementOf(statement: ts.Statement): ts.Statement {
  let at = statement;
  for (;;) {
    const inner = compiler.isIterationStatement(at, false) ? at.statement : compiler.isIfStatement(at) ? at.thenStatement : compiler.isBlock(at) ? at.statements.at(-1) : undefined;
    if (!inner) return at;
    at = inner;
  }
}

function spanOf(node: ts.Node): Span {
  return { start: node.getStart(), end: node.end };
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}

/** Who was given the container of a place: not closures over a variable, which see what is in it at the time. */
function holdersOf(container: ts.Expression, file: ts.SourceFile, types: TypeQueries, others: readonly ts.SourceFile[]): readonly PlaceHolder[] {
  const symbol = types.symbolAt(container);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return [];
  const found: PlaceHolder[] = [];
  if (compiler.isParameter(declaration) && compiler.isIdentifier(declaration.name)) {
    const name = nameOfFunction(declaration.parent);
    if (name !== undefined) found.push({ kind: 'caller', name, file: undefined });
  }
  const name = nameOf(symbol);
  for (const each of [file, ...(mayBeNamedElsewhere(declaration) ? others.filter((other) => other !== file && other.text.includes(name)) : [])]) {
    for (const use of usesOf(symbol, each, types)) {
      const holder = holderBy(expressionOf(use), each);
      if (holder) found.push({ ...holder, file: each === file ? undefined : each.fileName });
    }
  }
  return [...new Map(found.map((holder) => [`${holder.kind} ${holder.name} ${holder.file}`, holder])).values()];
}

/** False for locals, parameters and private members: no other file names them. */
function mayBeNamedElsewhere(declaration: ts.Declaration): boolean {
  if (compiler.isVariableDeclaration(declaration)) return compiler.isSourceFile(functionAround(declaration));
  if (compiler.isBindingElement(declaration) || (compiler.isParameter(declaration) && !compiler.isParameterPropertyDeclaration(declaration, declaration.parent))) return false;
  const name = compiler.getNameOfDeclaration(declaration);
  return !(name && compiler.isPrivateIdentifier(name)) && (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Private) === 0;
}

function holderBy(use: ts.Expression, file: ts.SourceFile): Omit<PlaceHolder, 'file'> | undefined {
  const { parent } = use;
  if (isAssigned(use)) return undefined;
  if (compiler.isReturnStatement(parent) || (compiler.isArrowFunction(parent) && parent.body === use)) {
    const name = nameOfFunction(functionAround(use));
    return name === undefined ? undefined : { kind: 'returned', name };
  }
  if (compiler.isExportAssignment(parent)) return { kind: 'export', name: file.text.slice(use.getStart(file), use.end) };
  const target = targetOf(use);
  return target && { kind: 'place', name: file.text.slice(target.getStart(file), target.end) };
}

/** The place that an expression is put into: `view.rows = m`, `{ rows: m }`, `const rows = m`. */
function targetOf(use: ts.Expression): ts.Node | undefined {
  const { parent } = use;
  if (compiler.isBinaryExpression(parent) && parent.operatorToken.kind === compiler.SyntaxKind.EqualsToken && parent.right === use) return plain(parent.left);
  if (compiler.isPropertyAssignment(parent) && parent.initializer === use) return parent.name;
  if (compiler.isShorthandPropertyAssignment(parent)) return parent.name;
  if ((compiler.isVariableDeclaration(parent) || compiler.isPropertyDeclaration(parent)) && parent.initializer === use) return compiler.isIdentifier(parent.name) || compiler.isPrivateIdentifier(parent.name) ? parent.name : undefined;
  return undefined;
}

function nameOfFunction(node: ts.Node): string | undefined {
  const declared = (node as { readonly name?: ts.Node }).name;
  if (declared && (compiler.isIdentifier(declared) || compiler.isPrivateIdentifier(declared))) return declared.text;
  const { parent } = node;
  return parent && compiler.isVariableDeclaration(parent) && compiler.isIdentifier(parent.name) ? parent.name.text : undefined;
}
