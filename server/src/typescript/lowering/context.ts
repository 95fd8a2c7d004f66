// What lowering a file keeps: which declaration is which variable, field or function of the model, and the bodies built so far.

import type ts from 'typescript';
import { BodyBuilder, UnitBuilder } from '../../model/builder.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Role, Shape, Variable, VariableKind } from '../../model/objects.ts';
import type { Callee, RunArgument } from '../../model/objects.ts';
import { NONE } from '../../model/operations.ts';
import { SyntaxKind, compiler } from '../compiler.ts';
import type { TypeScriptFile } from '../file.ts';
import type { LoweringAnswers } from './answers.ts';

export type FunctionNode = ts.FunctionLikeDeclaration | ts.ClassStaticBlockDeclaration;

/** What a body is in the program, besides its operations. */
export interface LoweredFunction {
  readonly body: FunctionBody;
  readonly node: ts.Node;
  /** `initializers`: the fields of a class. */
  readonly kind: 'module' | 'function' | 'method' | 'constructor' | 'closure' | 'initializers';
  /** True if code outside the file can call it by name. */
  readonly isExported: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isProtected?: boolean;
  readonly class?: LoweredClass;
  /** See `AsyncFunction`. */
  readonly accessor?: 'get' | 'set';
  readonly setter?: ts.Node;
}

/** See `AsyncClass`. */
export interface LoweredClass {
  readonly node: ts.Node;
  readonly isExported: boolean;
  readonly isExtending: boolean;
  readonly base: ts.Node | undefined;
  readonly isOfOthers: boolean;
}

/** A try statement that is open: where an exception goes, and what has to run before control leaves. */
export interface TryFrame {
  readonly onThrow: number;
  /** The block of `finally`, or NONE. */
  readonly last: number;
  readonly loopDepth: number;
  /** Where control goes on after `finally`, besides the next statement. */
  readonly pending: Set<number | 'return' | 'throw'>;
}

export interface JumpTarget {
  readonly label: string | undefined;
  readonly breakTo: number;
  /** NONE for switch and labelled blocks. */
  readonly continueTo: number;
  /** How many try statements are open around it. */
  readonly frames: number;
}

/** One function being lowered. */
export interface Lowering {
  readonly file: FileLowering;
  readonly builder: BodyBuilder;
  /** The node whose `this` it has: the nearest function that is not an arrow, or a class. */
  readonly thisNode: ts.Node | undefined;
  readonly frames: TryFrame[];
  readonly jumps: JumpTarget[];
  pendingLabel: string | undefined;
}

export class FileLowering {
  readonly unit = new UnitBuilder();
  readonly functions: LoweredFunction[] = [];
  readonly #bodyOfNode = new Map<ts.Node, number>();
  readonly #exported: ReadonlySet<string>;

  constructor(readonly source: TypeScriptFile, readonly types: LoweringAnswers) {
    this.#exported = exportedNames(source.syntax);
  }

  enter(node: ts.Node, index: number): void {
    this.#bodyOfNode.set(node, index);
  }

  leave(function_: LoweredFunction): void {
    this.functions[function_.body.index] = function_;
  }

  isExportedName(name: string): boolean {
    return this.#exported.has(name);
  }

  /** The variable that a name refers to; undefined for names of the library and for what is not resolved. */
  variableOf(name: ts.Identifier): number | undefined {
    const declaration = this.types.declarationAt(name);
    return declaration && isVariable(declaration) ? this.variable(declaration) : undefined;
  }

  variable(declaration: ts.Declaration & { readonly name?: ts.Node }): number {
    const known = this.unit.variable(declaration);
    if (known !== undefined) return known;
    const owner = this.#ownerOf(declaration);
    const isParameter = compiler.isParameter(declaration);
    const isGlobal = owner === 'module';
    const name = declaration.name && compiler.isIdentifier(declaration.name) ? declaration.name : undefined;
    const kind = isGlobal ? VariableKind.Global : isParameter ? VariableKind.Parameter : VariableKind.Local;
    const variable = new Variable(name?.text ?? '', kind, name ? this.shapeAt(name) : Shape.Unknown, isGlobal ? -1 : owner, name?.getStart(this.source.syntax) ?? -1, declaration);
    if (isGlobal) variable.key = `${declaration.getSourceFile().fileName}:${declaration.pos}`;
    return this.unit.addVariable(variable);
  }

  /** The variable that holds `this` of a function or class. */
  receiver(node: ts.Node, owner: number): number {
    return this.unit.variable(node) ?? this.unit.addVariable(new Variable('this', VariableKind.Receiver, Shape.Object, owner, -1, node));
  }

  #ownerOf(declaration: ts.Node): number | 'module' {
    for (let at: ts.Node = declaration.parent; ; at = at.parent) {
      if (compiler.isSourceFile(at)) return 'module';
      const index = this.#bodyOfNode.get(at);
      if (index !== undefined) return index;
      if (at.getSourceFile() !== this.source.syntax) return 'module';
    }
  }

  field(declaration: ts.Declaration | undefined, name: string, shape: Shape, disables = false): number {
    const isAccessor = declaration !== undefined && compiler.isAccessor(declaration);
    return this.unit.field(declaration ?? unresolvedField(name), name, shape, true, { ...(disables && { disables }), ...(isAccessor && { isAccessor }) });
  }

  callee(origin: object, name: string, facts: Partial<Pick<Callee, 'role' | 'runs' | 'kind' | 'store' | 'listens'>> = {}): number {
    return this.unit.callee(origin, () => ({ name, key: undefined, kind: facts.kind ?? 'function', role: facts.role ?? Role.None, runs: facts.runs ?? [], origin, ...(facts.store && { store: facts.store }), ...(facts.listens && { listens: true }) }));
  }

  shapeAt(node: ts.Node): Shape {
    return this.types.typeAt(node).shape;
  }
}

const unresolvedFields = new Map<string, object>();

/** Fields of values whose type is not known: of one name they count as one. */
function unresolvedField(name: string): object {
  let known = unresolvedFields.get(name);
  if (!known) unresolvedFields.set(name, (known = { name }));
  return known;
}

function isVariable(declaration: ts.Declaration): boolean {
  return compiler.isVariableDeclaration(declaration) || compiler.isParameter(declaration) || compiler.isBindingElement(declaration);
}

/** The names in `export { a, b as c }` and `export default a`. */
export function exportedNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (compiler.isExportDeclaration(statement) && !statement.moduleSpecifier && statement.exportClause && compiler.isNamedExports(statement.exportClause)) {
      for (const each of statement.exportClause.elements) names.add((each.propertyName ?? each.name).text);
    }
    if (compiler.isExportAssignment(statement) && compiler.isIdentifier(statement.expression)) names.add(statement.expression.text);
  }
  return names;
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return compiler.canHaveModifiers(node) && (compiler.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

/** True for what is only declared: in a declaration file, or with `declare`. */
export function isAmbient(node: ts.Node): boolean {
  // What the checker makes up stands in no file.
  for (let at: ts.Node | undefined = node; at; at = at.parent as ts.Node | undefined) if (compiler.isSourceFile(at) ? at.isDeclarationFile : hasModifier(at, SyntaxKind.DeclareKeyword)) return true;
  return false;
}

export function isAsync(node: ts.Node): boolean {
  return hasModifier(node, SyntaxKind.AsyncKeyword);
}

/** Where an exception goes; NONE if it leaves the function. */
export function throwTarget(low: Lowering): number {
  return low.frames.at(-1)?.onThrow ?? NONE;
}

export const nothingRun: readonly RunArgument[] = [];
