// The struct that a map is a field of: where a lock can be added to it, and a method, so that everything still compiles.

import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { pathAt, walk } from './syntax/walk.ts';
import type { GoFile, GoPackage } from './packages/package.ts';
import { builtinCalled, isPure, unparen } from './expressions.ts';
import { isMutex } from './map-operations.ts';
import type { TypeInfo } from './types/info.ts';
import { lookupFieldOrMethod } from './types/lookup.ts';
import { ObjectKind } from './types/objects.ts';
import { asNamed, deref, isPointer, underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { Named, Type } from './types/types.ts';

export interface StructOwner {
  /** The object, as written: `c` of `c.entries`. */
  readonly object: string;
  readonly field: string;
  /** The type in terms of its own parameters: `Cache[K, V]`. */
  readonly typeText: string;
  /** The lock among its fields. */
  readonly lock: string | undefined;
  /** A name for a lock to add; undefined where adding a field might not compile. */
  readonly freeLock: string | undefined;
  /** Where the field's declaration starts, and how many characters its names take with the blanks behind them. */
  readonly beforeField: number;
  readonly nameWidth: number;
  /** Where the type's declaration ends. */
  readonly typeEnd: number;
  /** A name for a method to add. */
  readonly method: string | undefined;
  readonly receiver: string;
  /** True if the map is mentioned outside the type's own methods. */
  readonly isOutside: boolean;
}

/** The owner of a map `x.f`, if its type is declared in the same file and x is a pointer to it; else undefined. */
export function structOwnerOf(file: GoFile, package_: GoPackage, info: TypeInfo, map: ast.Expr): StructOwner | undefined {
  const selector = unparen(map);
  if (selector.kind !== NodeKind.SelectorExpr || !isPure(selector.x, info) || !isPointer(info.typeOf(selector.x))) return undefined;
  const named = asNamed(deref(info.typeOf(selector.x))[0])?.origin;
  const declared = named && declarationOf(named, file, info);
  const own = declared && fieldOf(declared.struct, selector.sel.name);
  if (!named || !declared || !own) return undefined;
  const { spec, struct, declaration } = declared;
  const methods = methodsOf(named, package_, info);
  const names = new Set([...struct.fields.list.flatMap((field) => field.names.map(({ name }) => name)), ...methods.map(({ name }) => name.name)]);
  const receivers = methods.flatMap(({ recv }) => recv?.list[0]?.names[0]?.name ?? []).filter((name) => name !== '_');
  const around = pathAt(file.syntax, map.pos).find((node) => node.kind === NodeKind.FuncDecl);
  const parameters = spec.typeParams?.list.flatMap((field) => field.names.map(({ name }) => name)) ?? [];
  return {
    object: file.text.slice(selector.x.pos, selector.x.end),
    field: selector.sel.name,
    typeText: parameters.length === 0 ? spec.name.name : `${spec.name.name}[${parameters.join(', ')}]`,
    lock: struct.fields.list.find((field) => field.names.length > 0 && field.type !== undefined && isMutex(info.typeOf(field.type)))?.names[0]?.name,
    freeLock: isNeverCopied(named, package_.files, info) && literalsNameFields(named, package_.files, info) ? freeLockField(named, package_.files, info) : undefined,
    beforeField: own.pos,
    nameWidth: own.type ? own.type.pos - own.pos : 0,
    typeEnd: declaration.end,
    method: ['reset', 'empty'].map((verb) => `${verb}${selector.sel.name.charAt(0).toUpperCase()}${selector.sel.name.slice(1)}`).find((name) => !names.has(name)),
    receiver: receivers[0] ?? spec.name.name.charAt(0).toLowerCase(),
    isOutside: around?.kind !== NodeKind.FuncDecl || !methods.includes(around),
  };
}

/** True if the function around a place calls something named Lock or RLock: whether it is held is then not ours to say. */
export function takesALock(file: GoFile, at: ast.Node, info: TypeInfo): boolean {
  const around = pathAt(file.syntax, at.pos).find((node) => node.kind === NodeKind.FuncDecl);
  let takes = false;
  if (around) {
    walk(around, (node) => {
      const isLocking = node.kind === NodeKind.SelectorExpr && (node.sel.name === 'Lock' || node.sel.name === 'RLock');
      takes ||= isLocking && node.kind === NodeKind.SelectorExpr && info.selectionOf(node) !== undefined;
      return !takes;
    });
  }
  return takes;
}

export interface StructDeclaration {
  readonly declaration: ast.GenDecl;
  readonly spec: ast.TypeSpec;
  readonly struct: ast.StructType;
}

export function declarationOf(named: Named, file: GoFile, info: TypeInfo): StructDeclaration | undefined {
  for (const declaration of file.syntax.decls) {
    if (declaration.kind !== NodeKind.GenDecl) continue;
    for (const spec of declaration.specs) {
      if (spec.kind !== NodeKind.TypeSpec || spec.type?.kind !== NodeKind.StructType) continue;
      const object = info.definitionOf(spec.name);
      if (object?.kind === ObjectKind.TypeName && object === named.obj) return { declaration, spec, struct: spec.type };
    }
  }
  return undefined;
}

export function fieldOf(struct: ast.StructType, name: string): ast.Field | undefined {
  return struct.fields.list.find((field) => field.names.some((own) => own.name === name));
}

export function methodsOf(named: Named, package_: GoPackage, info: TypeInfo): readonly ast.FuncDecl[] {
  return package_.files.flatMap((file) => file.syntax.decls).filter((declaration): declaration is ast.FuncDecl => {
    if (declaration.kind !== NodeKind.FuncDecl) return false;
    const receiver = declaration.recv?.list[0]?.type;
    return receiver !== undefined && asNamed(deref(info.typeOf(receiver))[0])?.origin === named;
  });
}

/** Names for a lock, best first. */
export const lockNames: readonly string[] = ['mu', 'lock', 'guard'];

/** A name for a lock among the fields of a struct; undefined where one more name might hide another, or be one too many. */
export function freeLockField(named: Named, files: readonly GoFile[], info: TypeInfo): string | undefined {
  const isEmbedded = !everyNode(files, (node) => node.kind !== NodeKind.StructType || node.fields.list.every(({ names, type }) => names.length > 0 || !isOfType(deref(info.typeOf(type))[0], named)));
  return isEmbedded ? undefined : lockNames.find((name) => lookupFieldOrMethod(named, true, named.obj.packagePath, name) === 'missing');
}

/** False if a literal of a struct's name in files whose types are not read names no fields. */
export function literalsBesidesNameFields(name: string, files: readonly GoFile[]): boolean {
  const isIt = (type: ast.Expr): boolean => type.kind === NodeKind.Ident && type.name === name;
  const hasKeys = (literal: ast.CompositeLit): boolean => literal.elts.every((each) => each.kind === NodeKind.KeyValueExpr);
  return everyNode(files, (node) => {
    if (node.kind !== NodeKind.CompositeLit || !node.type) return true;
    if (isIt(node.type)) return hasKeys(node);
    let holdsIt = false;
    walk(node.type, (inner) => {
      holdsIt ||= inner.kind === NodeKind.Ident && inner.name === name;
    });
    return !holdsIt || node.elts.every((each) => {
      const value = each.kind === NodeKind.KeyValueExpr ? each.value : each;
      return value.kind !== NodeKind.CompositeLit || value.type !== undefined || hasKeys(value);
    });
  });
}

/** False if a literal of the type names no fields: one more would break it. */
export function literalsNameFields(named: Named, files: readonly GoFile[], info: TypeInfo): boolean {
  return everyNode(files, (node) => node.kind !== NodeKind.CompositeLit || !isOfType(info.typeOf(node), named) || node.elts.every((each) => each.kind === NodeKind.KeyValueExpr));
}

/**
 * False if values of the type, or of one that holds it in place, may be copied, which go vet forbids for locks: then the type stands
 * where a value goes.
 */
export function isNeverCopied(named: Named, files: readonly GoFile[], info: TypeInfo): boolean {
  const isIt = (type: ast.Expr | undefined): boolean => type !== undefined && holdsInPlace(info.typeOf(type), named);
  const isCopied = (value: ast.Expr): boolean => unparen(value).kind !== NodeKind.CompositeLit && info.modeOf(value) !== 'type' && isIt(value);
  return everyNode(files, (node) => {
    switch (node.kind) {
      // A value as a whole: `*c` copied, a field or element of the type read.
      case NodeKind.StarExpr:
        return !isIt(node) || info.modeOf(node) === 'type';
      case NodeKind.FuncType:
        return ![node.params, node.results].some((list) => list?.list.some(({ type }) => isIt(type)));
      case NodeKind.FuncDecl:
        return !node.recv?.list.some(({ type }) => isIt(type));
      case NodeKind.MapType:
      case NodeKind.ChanType:
        return !isIt(node.value);
      case NodeKind.ArrayType:
        return !isIt(node.elt);
      case NodeKind.AssignStmt:
        return !node.rhs.some(isCopied);
      case NodeKind.ValueSpec:
        return !node.values.some(isCopied);
      case NodeKind.ReturnStmt:
        return !node.results.some(isCopied);
      case NodeKind.KeyValueExpr:
        return !isCopied(node.value);
      case NodeKind.CallExpr:
        return builtinCalled(node, info) !== undefined || !node.args.some(isCopied);
      default:
        return true;
    }
  });
}

/** Tests of a package see its types as objects of their own, declared at the same place. */
function isOfType(type: Type, named: Named): boolean {
  const own = asNamed(type)?.origin;
  return own === named || (own !== undefined && own.obj.ident !== undefined && own.obj.ident === named.obj.ident);
}

const deepestField = 6;

function holdsInPlace(type: Type, named: Named, depth = 0): boolean {
  if (isOfType(type, named)) return true;
  const under = underlying(type);
  if (depth > deepestField) return false;
  if (under.kind === TypeKind.Array) return holdsInPlace(under.elem, named, depth + 1);
  return under.kind === TypeKind.Struct && under.fields.some((field) => holdsInPlace(field.type, named, depth + 1));
}

function everyNode(files: readonly GoFile[], holds: (node: ast.Node) => boolean): boolean {
  return files.every((file) => {
    let every = true;
    walk(file.syntax, (node) => {
      every &&= holds(node);
      return every;
    });
    return every;
  });
}
