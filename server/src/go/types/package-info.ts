// Answers about one package: what the checker kept, after making sure that it looked.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { forEachChild } from '../syntax/walk.ts';
import type { Checker, DeclarationState, FileState } from './checker.ts';
import type { ConstantValue, Instance, Mode, Selection, TypeInfo } from './info.ts';
import { OperandMode } from './info.ts';
import { ObjectKind } from './objects.ts';
import type { Obj, Package } from './objects.ts';
import { Scope } from './scope.ts';
import { TypeKind, unknownType } from './types.ts';
import type { Signature, Type } from './types.ts';
import { universe, untypedNil } from './universe.ts';

const modes: readonly Mode[] = ['invalid', 'novalue', 'builtin', 'type', 'constant', 'variable', 'map-index', 'value', 'comma-ok'];

export class PackageTypeInfo implements TypeInfo {
  /** The declaration that was last asked about and has been checked. */
  private last: DeclarationState | undefined = undefined;

  constructor(private readonly checker: Checker) {}

  get package(): Package {
    return this.checker.package;
  }

  typeOf(expression: ast.Expr): Type {
    const fact = expression.fact;
    if (fact) return fact.type;
    if (expression.kind === NodeKind.Ident) this.ensureName(expression);
    else this.ensure(expression);
    return expression.fact?.type ?? this.typeOfName(expression);
  }

  /** Names that are declared have no fact, but a type. */
  private typeOfName(expression: ast.Expr): Type {
    if (expression.kind !== NodeKind.Ident) return unknownType;
    const object = this.checker.embeddedFieldAt(expression) ?? expression.object;
    if (!object || object.kind === ObjectKind.PackageName || object.kind === ObjectKind.Label || object.kind === ObjectKind.Builtin) return unknownType;
    return object.type;
  }

  modeOf(expression: ast.Expr): Mode {
    if (expression.kind === NodeKind.Ident) this.ensureName(expression);
    else if (!expression.fact) this.ensure(expression);
    const fact = expression.fact;
    if (fact) return fact.mode === OperandMode.Value && fact.type === untypedNil ? 'nil' : (modes[fact.mode] ?? 'invalid');
    if (expression.kind !== NodeKind.Ident) return 'invalid';
    switch (expression.object?.kind) {
      case ObjectKind.PackageName:
        return 'package';
      case ObjectKind.Variable:
        return 'variable';
      case ObjectKind.Constant:
        return 'constant';
      case ObjectKind.TypeName:
        return 'type';
      case ObjectKind.Func:
        return 'value';
      default:
        return 'invalid';
    }
  }

  isCommaOk(expression: ast.Expr): boolean {
    if (!expression.fact) this.ensure(expression);
    return this.checker.isCommaOk(expression);
  }

  constantOf(expression: ast.Expr): ConstantValue | undefined {
    if (!expression.fact) this.ensure(expression);
    return expression.fact?.value;
  }

  definitionOf(identifier: ast.Ident): Obj | undefined {
    this.ensureName(identifier);
    const embedded = this.checker.embeddedFieldAt(identifier);
    if (embedded) return embedded;
    return identifier.object?.ident === identifier ? identifier.object : undefined;
  }

  useOf(identifier: ast.Ident): Obj | undefined {
    this.ensureName(identifier);
    return identifier.object?.ident === identifier ? undefined : identifier.object;
  }

  objectOf(identifier: ast.Ident): Obj | undefined {
    return this.definitionOf(identifier) ?? identifier.object;
  }

  selectionOf(selector: ast.SelectorExpr): Selection | undefined {
    if (!selector.selection) this.ensure(selector);
    return selector.selection;
  }

  instanceOf(identifier: ast.Ident): Instance | undefined {
    this.ensureName(identifier);
    return this.checker.instanceAt(identifier);
  }

  implicitObjectOf(node: ast.CaseClause | ast.ImportSpec | ast.Field): Obj | undefined {
    this.ensure(node);
    return this.checker.implicitAt(node);
  }

  signatureOf(node: ast.FuncDecl | ast.FuncLit): Signature | undefined {
    if (node.kind === NodeKind.FuncLit) {
      const type = this.typeOf(node);
      return type.kind === TypeKind.Signature ? type : undefined;
    }
    this.checker.collect();
    const object = this.checker.states.get(node)?.objects[0] ?? node.name.object;
    return object?.kind === ObjectKind.Func ? object.signature : undefined;
  }

  scopeAt(file: ast.File, offset: number): Scope {
    return this.placeOf(file, offset).scope;
  }

  lookup(name: string, file: ast.File, offset: number): Obj | undefined {
    const { scope, offset: at } = this.placeOf(file, offset);
    return scope.lookupParent(name, at);
  }

  prepare(declaration: ast.Decl): void {
    this.checker.collect();
    const state = this.checker.states.get(declaration);
    if (!state) return;
    this.last = state;
    this.checker.check(state);
  }

  bodyIsGone(declaration: ast.FuncDecl): void {
    const state = this.checker.states.get(declaration);
    if (!state) return;
    this.checker.bodyIsGone(state);
    if (this.last === state) this.last = undefined;
  }

  /** The scope at an offset, and the offset as the scope counts it: from where its declaration stood when it was checked. */
  private placeOf(file: ast.File, offset: number): { readonly scope: Scope; readonly offset: number } {
    this.checker.collect();
    const fileState = this.checker.files.find((each) => each.syntax === file);
    const state = fileState && this.declarationAt(fileState, offset);
    if (!state) return { scope: fileState?.scope ?? this.package.scope ?? universe, offset };
    this.checker.check(state);
    const at = offset - state.node.pos + state.checkedAt;
    const outer = state.scopes.find((scope) => scope.pos <= at && at < scope.end);
    return { scope: outer ? outer.innermost(at) : state.file.scope, offset: at };
  }

  private declarationAt(file: FileState, offset: number): DeclarationState | undefined {
    const decls = file.syntax.decls;
    let low = 0;
    let high = decls.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (decls[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    const declaration = decls[low];
    return declaration && declaration.pos <= offset ? this.checker.states.get(declaration) : undefined;
  }

  private ensureName(identifier: ast.Ident): void {
    if (!identifier.object) this.ensure(identifier);
  }

  /** Checks the declaration that a node stands in, unless that has been done. */
  private ensure(node: ast.Node): void {
    this.checker.collect();
    const last = this.last;
    if (last && last.node.pos <= node.pos && node.end <= last.node.end && contains(last.node, node)) return;
    for (const file of this.checker.files) {
      if (!file.recording) continue;
      const state = this.declarationAt(file, node.pos);
      if (!state || state.checked || !contains(state.node, node)) continue;
      this.last = state;
      this.checker.check(state);
      return;
    }
  }
}

/** True if a node is in the tree below another, or is that node. */
function contains(root: ast.Node, node: ast.Node): boolean {
  const stack: ast.Node[] = [root];
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (at === node) return true;
    forEachChild(at, (child) => {
      if (child.pos <= node.pos && node.end <= child.end) stack.push(child);
    });
  }
  return false;
}
