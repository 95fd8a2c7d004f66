// What a Go detector sees. The analyzer walks each declaration once and calls every rule that asked for the node's kind;
// results are kept per declaration, so a detector may look at its own declaration, at types, and at nothing that an edit
// of another function body could change.

import type * as ast from '../go/syntax/ast.ts';
import type { NodeKind } from '../go/syntax/ast.ts';
import type { GoFile, GoPackage } from '../go/packages/package.ts';
import type { TypeInfo } from '../go/types/info.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { Program } from '../model/program.ts';
import type { Report } from './rule.ts';

export interface GoFileContext {
  readonly file: GoFile;
  readonly package: GoPackage;
  readonly info: TypeInfo;
  /** The text of a node, as written. */
  textOf(node: { readonly pos: number; readonly end: number }): string;
  /** The comments that lie wholly or partly in a stretch of the file. */
  commentsIn(start: number, end: number): readonly ast.Comment[];
  /** Reports a finding in this file. Throws if the rule has no such message. */
  report(report: Report): void;
}

export interface GoContext extends GoFileContext {
  /** The top-level declaration being walked. */
  readonly declaration: ast.Decl;
  /** The nodes around the current one, outermost first, from the declaration on; the current node is not among them. */
  readonly ancestors: readonly ast.Node[];
  /** The innermost function declaration or literal around the current node, or undefined outside any. */
  readonly enclosingFunction: ast.FuncDecl | ast.FuncLit | undefined;
  /** The flow of the enclosing function (see analysis/flow.ts); undefined outside any, and where a limit was reached. */
  flow(): FunctionBody | undefined;
}

/**
 * All packages of the analysed file's folder that are seen together, for rules about files beside each other. What is
 * reported is kept while only function bodies change, so it may depend on headers and declarations only, and stands before
 * the first declaration.
 */
export interface GoPackageContext {
  readonly directory: string;
  /** Every Go file of the folder, also those that the current platform or toolchain excludes. */
  readonly files: readonly GoFile[];
  /** Reports a finding in one of the files. */
  report(path: string, report: Report): void;
}

/**
 * One package with everything that is known of its functions together (analysis/concurrency). It is asked again after every
 * edit in the package; what is expensive is kept by the analyses, per function body.
 */
export interface GoProgramContext {
  readonly package: GoPackage;
  readonly info: TypeInfo;
  readonly program: Program;
  /** The other Go files of the folder, which may belong to the same package: tests, and files that the platform leaves out. */
  readonly besides: readonly GoFile[];
  /** The file of the package with a path, for its text and versions; undefined for a path of another package. */
  file(path: string): GoFile | undefined;
  /** Reports a finding in one of the package's files. */
  report(path: string, report: Report): void;
}

type NodeOfKind<K extends NodeKind> = Extract<ast.Node, { readonly kind: K }>;

export interface GoDetector {
  /** Called for every node of these kinds, in source order, parents before children. */
  readonly visit?: { readonly [K in NodeKind]?: (node: NodeOfKind<K>, context: GoContext) => void };
  /** Called once for each file, after its declarations. */
  readonly file?: (context: GoFileContext) => void;
  /** Called once for each folder of Go files. */
  readonly package?: (context: GoPackageContext) => void;
  /** Called once for each package. */
  readonly program?: (context: GoProgramContext) => void;
}
