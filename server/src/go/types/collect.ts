// Declares the package-level names of a package, after go/types' resolver.go. Nothing is checked yet.

import { NodeKind } from '../syntax/ast.ts';
import type * as ast from '../syntax/ast.ts';
import { receiverOf, unparen } from '../syntax/receiver.ts';
import { Token } from '../syntax/token.ts';
import { intConstant } from './constants/constant.ts';
import { DeclarationOf, DeclarationState } from './checker.ts';
import type { Checker, FileState } from './checker.ts';
import { Constant, Func, ObjectKind, PackageName, TypeName, Variable, VariableKind, isExported } from './objects.ts';
import type { Obj } from './objects.ts';
import { Scope } from './scope.ts';
import type { SourceFile } from './source.ts';

interface MethodOf {
  readonly method: Func;
  readonly pointer: boolean;
  readonly base: string;
}


export function collectObjects(check: Checker, scope: Scope): void {
  const own = check.source.ownFiles && new Set<SourceFile>(check.source.ownFiles);
  const methods: MethodOf[] = [];
  for (const source of check.source.files) {
    const { syntax } = source;
    const file: FileState = {
      source,
      syntax,
      scope: new Scope(scope, syntax.pos, syntax.end),
      recording: own === undefined || own.has(source),
      version: source.languageVersion?.version,
    };
    check.files.push(file);
    let state: DeclarationState | undefined;
    for (const declaration of syntax.decls) {
      // Those of a file that nothing is kept at the nodes of need no states of their own.
      if (!state || isLookedAt(check, file)) {
        state = new DeclarationState(declaration, file);
        check.states.set(declaration, state);
      }
      collectDeclaration(check, scope, declaration, state, methods);
    }
  }
  for (const { method, pointer, base } of methods) {
    const receiver = resolveBase(check, scope, pointer, base);
    if (!receiver) continue;
    method.pointerReceiver = receiver.pointer;
    const list = check.methods.get(receiver.name);
    if (list) list.push(method);
    else check.methods.set(receiver.name, [method]);
  }
}

/** True if somebody may ask about expressions in a file through this package. */
function isLookedAt(check: Checker, file: FileState): boolean {
  return file.recording && !check.source.isOutline;
}

function collectDeclaration(check: Checker, scope: Scope, node: ast.Decl, state: DeclarationState, methods: MethodOf[]): void {
  const { file } = state;
  if (node.kind === NodeKind.FuncDecl) {
    collectFunc(check, scope, state, node, methods);
    return;
  }
  if (node.kind !== NodeKind.GenDecl) return;
  let last: ast.ValueSpec | undefined;
  for (let at = 0; at < node.specs.length; at++) {
    const spec = node.specs[at]!;
    switch (spec.kind) {
      case NodeKind.ImportSpec:
        collectImport(check, file, spec);
        break;
      case NodeKind.TypeSpec:
        add(check, scope, state, spec.name, new TypeName(spec.name.name, check.package, spec.name, undefined)).spec = spec;
        break;
      case NodeKind.ValueSpec:
        if (node.token === Token.VAR) {
          collectVariables(check, scope, state, spec);
          break;
        }
        if (spec.type || spec.valueCount > 0) last = spec;
        collectConstants(check, scope, state, spec, last, repeatsExpressions(node.specs[at + 1]));
        break;
    }
  }
}

function add(check: Checker, scope: Scope, state: DeclarationState, ident: ast.Ident, object: Obj): DeclarationOf {
  const declaration = new DeclarationOf(state);
  object.file = state.file.source;
  object.resolver = check;
  check.declarations.set(object, declaration);
  if (isLookedAt(check, state.file)) state.declares(object);
  scope.insert(object);
  // A blank name is of package level too.
  object.parent ??= scope;
  if (state.file.recording) ident.object = object;
  return declaration;
}

/** True for a constant without expressions of its own. */
function repeatsExpressions(spec: ast.Spec | undefined): boolean {
  return spec?.kind === NodeKind.ValueSpec && !spec.type && spec.valueCount === 0;
}

/** @param repeated true if the expressions are used again by the next constants; they are kept as the last of these sees them */
function collectConstants(check: Checker, scope: Scope, state: DeclarationState, spec: ast.ValueSpec, last: ast.ValueSpec | undefined, repeated: boolean): void {
  spec.names.forEach((name, index) => {
    const object = new Constant(name.name, check.package, name, undefined, intConstant(spec.iota));
    const declaration = add(check, scope, state, name, object);
    declaration.type = last?.type;
    declaration.values = last;
    declaration.index = index;
    declaration.silent = repeated;
  });
}

function collectVariables(check: Checker, scope: Scope, state: DeclarationState, spec: ast.ValueSpec): void {
  const variables = spec.names.map((name) => new Variable(VariableKind.PackageLevel, name.name, check.package, name, undefined));
  const single = spec.valueCount === 1;
  variables.forEach((variable, index) => {
    const declaration = add(check, scope, state, spec.names[index]!, variable);
    declaration.type = spec.type;
    declaration.lhs = single ? variables : undefined;
    declaration.values = spec;
    declaration.index = single ? 0 : index;
  });
}

function collectFunc(check: Checker, scope: Scope, state: DeclarationState, node: ast.FuncDecl, methods: MethodOf[]): void {
  const { name } = node;
  const func = new Func(name.name, check.package, name, undefined, node);
  func.file = state.file.source;
  func.resolver = check;
  check.declarations.setFunction(func, state);
  if (isLookedAt(check, state.file)) state.declares(func);
  if (state.file.recording) name.object = func;
  const receiver = receiverOf(node);
  if (!receiver) {
    // Any number of functions may be called init; none can be referred to.
    if (name.name === 'init') func.parent = scope;
    else scope.insert(func);
    return;
  }
  const { pointer, base } = receiver;
  func.pointerReceiver = pointer;
  if (base !== undefined && name.name !== '_') methods.push({ method: func, pointer, base });
}

function collectImport(check: Checker, file: FileState, spec: ast.ImportSpec): void {
  const path = importPath(spec);
  if (path === undefined || path === '') return;
  const imported = check.importPackage(path);
  const name = spec.name?.name ?? imported.name;
  const object = new PackageName(name, check.package, spec.name, imported, spec);
  object.file = file.source;
  if (file.recording) {
    if (spec.name) spec.name.object = object;
    else check.recordImplicitOf(spec, object);
  }
  if (name === '_') return;
  if (name !== '.') {
    file.scope.insert(object);
    return;
  }
  for (const each of imported.scope.objects) {
    if (isExported(each.name) && !file.scope.lookup(each.name)) file.scope.insertShared(each);
  }
}

/** The path of an import, or undefined if the literal is none. */
export function importPath(spec: ast.ImportSpec): string | undefined {
  const { value } = spec.path;
  const quote = value.charAt(0);
  if (value.length < 2 || (quote !== '"' && quote !== '`') || !value.endsWith(quote)) return undefined;
  return value.slice(1, -1);
}

/** The defined type that a receiver's name stands for, through aliases, and whether the receiver is a pointer to it. */
function resolveBase(check: Checker, scope: Scope, pointer: boolean, name: string): { readonly name: TypeName; readonly pointer: boolean } | undefined {
  const seen = new Set<Obj>();
  let isPointer = pointer;
  let at = name;
  for (;;) {
    const object = scope.lookup(at);
    if (object?.kind !== ObjectKind.TypeName || seen.has(object)) return undefined;
    const spec = check.declarations.get(object)?.spec;
    if (!spec) return undefined;
    if (!spec.alias) return { name: object, pointer: isPointer };
    if (spec.typeParams) return undefined;
    seen.add(object);
    let type = unparen(spec.type);
    if (type.kind === NodeKind.StarExpr) {
      if (isPointer) return undefined;
      isPointer = true;
      type = unparen(type.x);
    }
    if (type.kind !== NodeKind.Ident) return undefined;
    at = type.name;
  }
}
