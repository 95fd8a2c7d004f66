// What a TypeScript detector sees. JavaScript is TypeScript without annotations: both go through the same detectors.
//
// A file is analysed in one of two tiers. In the `syntax` tier the program is this file and the language's library: names
// that come from other files are unknown. In the `typed` tier it is the whole project. The questions are the same, so a
// detector that is silent about what is unknown needs no more than to ask.

import type ts from 'typescript';
import type { FunctionBody } from '../model/function-body.ts';
import type { TypeScriptFile } from '../typescript/file.ts';
import type { TypeQueries } from '../typescript/types/queries.ts';
import type { Span } from '../text/span.ts';
import type { Report } from './rule.ts';

export type Tier = 'syntax' | 'typed';

export interface TypeScriptFileContext {
  readonly file: TypeScriptFile;
  readonly syntax: ts.SourceFile;
  readonly types: TypeQueries;
  readonly tier: Tier;
  /** The text of a node, as written. */
  textOf(node: ts.Node): string;
  /** A node without the comments and white space before it. */
  spanOf(node: ts.Node): Span;
  /** The comments that lie wholly or partly in a stretch of the file. */
  commentsIn(start: number, end: number): readonly Span[];
  /** Reports a finding in this file. Throws if the rule has no such message. */
  report(report: Report): void;
}

export interface TypeScriptContext extends TypeScriptFileContext {
  /** The innermost function around the current node, or undefined at the top level of the file. */
  readonly enclosingFunction: ts.FunctionLikeDeclaration | undefined;
  /** The flow of the enclosing function, or of the file's top level (see analysis/flow.ts); undefined where it could not be lowered. */
  flow(): FunctionBody | undefined;
}

/** The files of a program that are its own: not its dependencies', not declarations alone. */
export interface TypeScriptProject {
  readonly files: readonly TypeScriptFile[];
  file(path: string): TypeScriptFile | undefined;
  /** Throws to end an analysis whose result nobody waits for. */
  throwIfCancelled(): void;
}

export interface TypeScriptSettledContext extends TypeScriptFileContext {
  /** What the file belongs to; the same object while nothing in it changes. */
  readonly project: TypeScriptProject;
}

/** The nodes a detector can ask for, by the name of their kind. */
export interface NodesByKind {
  readonly SourceFile: ts.SourceFile;
  readonly Block: ts.Block;
  readonly VariableDeclaration: ts.VariableDeclaration;
  readonly VariableStatement: ts.VariableStatement;
  readonly ExpressionStatement: ts.ExpressionStatement;
  readonly IfStatement: ts.IfStatement;
  readonly ForStatement: ts.ForStatement;
  readonly ForInStatement: ts.ForInStatement;
  readonly ForOfStatement: ts.ForOfStatement;
  readonly WhileStatement: ts.WhileStatement;
  readonly DoStatement: ts.DoStatement;
  readonly ReturnStatement: ts.ReturnStatement;
  readonly TryStatement: ts.TryStatement;
  readonly FunctionDeclaration: ts.FunctionDeclaration;
  readonly FunctionExpression: ts.FunctionExpression;
  readonly ArrowFunction: ts.ArrowFunction;
  readonly MethodDeclaration: ts.MethodDeclaration;
  readonly Constructor: ts.ConstructorDeclaration;
  readonly GetAccessor: ts.GetAccessorDeclaration;
  readonly SetAccessor: ts.SetAccessorDeclaration;
  readonly ClassDeclaration: ts.ClassDeclaration;
  readonly ClassExpression: ts.ClassExpression;
  readonly PropertyDeclaration: ts.PropertyDeclaration;
  readonly PropertyAssignment: ts.PropertyAssignment;
  readonly ObjectLiteralExpression: ts.ObjectLiteralExpression;
  readonly SpreadAssignment: ts.SpreadAssignment;
  readonly CallExpression: ts.CallExpression;
  readonly NewExpression: ts.NewExpression;
  readonly BinaryExpression: ts.BinaryExpression;
  readonly DeleteExpression: ts.DeleteExpression;
  readonly AwaitExpression: ts.AwaitExpression;
  readonly YieldExpression: ts.YieldExpression;
  readonly PropertyAccessExpression: ts.PropertyAccessExpression;
  readonly ElementAccessExpression: ts.ElementAccessExpression;
  readonly PrefixUnaryExpression: ts.PrefixUnaryExpression;
  readonly PostfixUnaryExpression: ts.PostfixUnaryExpression;
  readonly Identifier: ts.Identifier;
}

export type VisitedKind = keyof NodesByKind;

export interface TypeScriptDetector {
  /** Called for every node of these kinds, in source order, parents before children. */
  readonly visit?: { readonly [K in VisitedKind]?: (node: NodesByKind[K], context: TypeScriptContext) => void };
  /** Called once for each file, after its nodes. */
  readonly file?: (context: TypeScriptFileContext) => void;
  /** The same in the typed tier only, with the project: for what takes longer than a keystroke may, or has another side in another file. */
  readonly settledFile?: (context: TypeScriptSettledContext) => void;
}
