// What the code under an offset does to a map as a whole: empties it, replaces it, guards it. Plain reads and writes of
// entries are not among it.

import type { Span } from '../text/span.ts';
import { emptyingByCall, emptyingByLoop, keyReflexivity, mapTypeOf } from './emptying.ts';
import type { LoopReason } from './emptying.ts';
import { builtinCalled, builtinIsVisible, freeName, isPure, unparen } from './expressions.ts';
import type { GoFile } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { Token } from './syntax/token.ts';
import { pathAt } from './syntax/walk.ts';
import type { TypeInfo } from './types/info.ts';
import { BuiltinId, ObjectKind } from './types/objects.ts';
import type { Variable } from './types/objects.ts';
import { asNamed, deref, isPointer, underlying } from './types/predicates.ts';
import { TypeKind } from './types/types.ts';
import type { GoMap, Type } from './types/types.ts';
import { typeString } from './types/type-string.ts';

/** The first Go release with sync.Map.Clear. */
const syncMapClearVersion = 23;

export type MapOperationKind = 'clear' | 'delete-loop' | 'remake' | 'nil' | 'sync-map' | 'sync-map-emptied' | 'guarded-field' | 'lock';

export interface MapOperation {
  readonly kind: MapOperationKind;
  /** What a hover marks: the keyword of the loop, the call, the name of the field. */
  readonly span: Span;
  /** The statement that the operation is, where another could stand in its place. */
  readonly statement: Span | undefined;
  /** The map, or the lock, as written. */
  readonly map: string;
  readonly expression: ast.Expr;
  /** The object of the variable or field that it is, whatever instance of a type it belongs to; undefined for elements. */
  readonly declared: Variable | undefined;
  /** For a loop: why the compiler keeps it as it is written; undefined if it becomes one call. */
  readonly loopReason: LoopReason | undefined;
  /** True if a key may be unequal to itself, so that deleting key by key leaves it behind. */
  readonly mayHoldNan: boolean;
  /** The lock that stands beside the map in its struct, as a field's name. */
  readonly lock: string | undefined;
  /** For a sync.Map: true if what is written is a pointer to it; undefined for others. */
  readonly isAddress: boolean | undefined;
  /** True for a sync.Map that can be told to Clear in every Go that builds the file. */
  readonly syncMapClears: boolean;
  /** The map's type as it is written in this package; undefined where it cannot be named or is no map. */
  readonly type: string | undefined;
  /** True for a variable or field that can be assigned to and is not a parameter. */
  readonly replaceable: boolean;
  /** False if evaluating the map twice could mean something else. */
  readonly pure: boolean;
  /** Whether the builtins mean themselves here. */
  readonly clearIsVisible: boolean;
  readonly deleteIsVisible: boolean;
  readonly makeIsVisible: boolean;
  readonly lenIsVisible: boolean;
  /** A name for a key that the map's expression does not use. */
  readonly key: string;
}

/** The operation on a map at an offset, or undefined. */
export function mapOperationAt(file: GoFile, info: TypeInfo, packagePath: string, offset: number): MapOperation | undefined {
  const path = pathAt(file.syntax, offset);
  const finder = new Finder(file, info, packagePath, path);
  for (let i = path.length - 1; i >= 0; i--) {
    const found = finder.of(path[i]!, offset);
    if (found) return found;
  }
  return undefined;
}

class Finder {
  readonly #file: GoFile;
  readonly #info: TypeInfo;
  readonly #packagePath: string;
  readonly #path: readonly ast.Node[];

  constructor(file: GoFile, info: TypeInfo, packagePath: string, path: readonly ast.Node[]) {
    this.#file = file;
    this.#info = info;
    this.#packagePath = packagePath;
    this.#path = path;
  }

  of(node: ast.Node, offset: number): MapOperation | undefined {
    switch (node.kind) {
      case NodeKind.RangeStmt:
        return this.#loop(node, offset);
      case NodeKind.CallExpr:
        return this.#call(node, offset);
      case NodeKind.AssignStmt:
        return this.#assignment(node);
      case NodeKind.Field:
        return this.#field(node, offset);
      default:
        return undefined;
    }
  }

  #loop(loop: ast.RangeStmt, offset: number): MapOperation | undefined {
    // The body has operations of its own; the head stands for the loop.
    if (offset > loop.body.pos) return undefined;
    const emptying = emptyingByLoop(loop, this.#info);
    if (emptying?.kind !== 'delete-loop') return undefined;
    return this.#operation('delete-loop', { start: loop.pos, end: loop.body.pos }, loop, emptying.map, emptying.mapType, { loopReason: emptying.reason });
  }

  #call(call: ast.CallExpr, offset: number): MapOperation | undefined {
    const span = { start: call.pos, end: call.end };
    if (builtinCalled(call, this.#info) === BuiltinId.Clear) {
      const map = call.args[0];
      const type = map && mapTypeOf(this.#info.typeOf(map));
      return map && type && this.#operation('clear', span, this.#statementOf(call), map, type);
    }
    const emptied = emptyingByCall(call, this.#info);
    const fun = unparen(call.fun);
    if (fun.kind !== NodeKind.SelectorExpr || offset > fun.end) return undefined;
    const name = { start: fun.pos, end: fun.end };
    const receiver = asNamed(deref(this.#info.typeOf(fun.x))[0]);
    if (receiver?.obj.packagePath !== 'sync') return undefined;
    if (receiver.obj.name === 'Map') return this.#operation(emptied ? 'sync-map-emptied' : 'sync-map', name, emptied ? this.#statementOf(call) : undefined, fun.x, undefined);
    const locks = receiver.obj.name === 'Mutex' || receiver.obj.name === 'RWMutex';
    return locks ? this.#operation('lock', name, undefined, fun.x, undefined, { lock: this.#text(fun.x) }) : undefined;
  }

  /** `m = make(map[K]V)`, `m = map[K]V{}`, `m = nil` */
  #assignment(statement: ast.AssignStmt): MapOperation | undefined {
    const [target] = statement.lhs;
    const [value] = statement.rhs;
    if (!target || !value || statement.lhs.length !== 1 || statement.rhs.length !== 1 || statement.token !== Token.ASSIGN) return undefined;
    const type = mapTypeOf(this.#info.typeOf(target));
    if (!type) return undefined;
    const written = unparen(value);
    const span = { start: statement.pos, end: statement.end };
    if (written.kind === NodeKind.Ident && written.name === 'nil' && underlying(this.#info.typeOf(written)).kind === TypeKind.Basic) return this.#operation('nil', span, statement, target, type);
    const made = written.kind === NodeKind.CallExpr && builtinCalled(written, this.#info) === BuiltinId.Make;
    const literal = written.kind === NodeKind.CompositeLit && written.elts.length === 0;
    return made || literal ? this.#operation('remake', span, statement, target, type) : undefined;
  }

  /** The declaration of a map field in a struct that has a lock. */
  #field(field: ast.Field, offset: number): MapOperation | undefined {
    const name = field.names.find(({ pos, end }) => pos <= offset && offset <= end);
    const struct = this.#path.findLast((node) => node.kind === NodeKind.StructType);
    if (!name || struct?.kind !== NodeKind.StructType || !struct.fields.list.includes(field)) return undefined;
    const type = field.type && mapTypeOf(this.#info.typeOf(field.type));
    const lock = lockIn(struct, this.#info);
    if (!type || lock === undefined) return undefined;
    return { ...this.#operation('guarded-field', { start: name.pos, end: name.end }, undefined, name, type, { lock }), replaceable: false };
  }

  #operation(kind: MapOperationKind, span: Span, statement: ast.Node | undefined, map: ast.Expr, type: GoMap | undefined, more: { readonly loopReason?: LoopReason | undefined; readonly lock?: string } = {}): MapOperation {
    const keys = type ? keyReflexivity(type.key) : 'reflexive';
    const written = type && this.#typeText(this.#info.typeOf(map));
    return {
      kind,
      span,
      statement: statement && { start: statement.pos, end: statement.end },
      map: this.#text(map),
      expression: map,
      declared: this.#declared(unparen(map)),
      loopReason: more.loopReason,
      mayHoldNan: keys === 'float' || keys === 'interface',
      lock: more.lock ?? this.#lockBeside(map),
      isAddress: kind === 'sync-map' || kind === 'sync-map-emptied' ? isPointer(this.#info.typeOf(map)) : undefined,
      syncMapClears: (this.#file.libraryFloor?.version ?? syncMapClearVersion) >= syncMapClearVersion,
      type: written,
      pure: isPure(map, this.#info),
      clearIsVisible: this.#isVisible('clear', map),
      deleteIsVisible: this.#isVisible('delete', map),
      makeIsVisible: this.#isVisible('make', map),
      lenIsVisible: this.#isVisible('len', map),
      key: freeName(map),
      replaceable: isPure(map, this.#info) && this.#isReplaceable(unparen(map)),
    };
  }

  #declared(map: ast.Expr): Variable | undefined {
    const name = map.kind === NodeKind.SelectorExpr ? map.sel : map;
    if (name.kind !== NodeKind.Ident) return undefined;
    const object = (map.kind === NodeKind.SelectorExpr ? this.#info.selectionOf(map)?.object : undefined) ?? this.#info.objectOf(name);
    return object?.kind === ObjectKind.Variable ? object.origin : undefined;
  }

  #isVisible(builtin: string, at: ast.Node): boolean {
    return builtinIsVisible(builtin, this.#file.syntax, at.pos, this.#info);
  }

  /** The statement that a call is alone. */
  #statementOf(call: ast.CallExpr): ast.Node | undefined {
    const statement = this.#path[this.#path.indexOf(call) - 1];
    return statement?.kind === NodeKind.ExprStmt ? statement : undefined;
  }

  #isReplaceable(map: ast.Expr): boolean {
    if (map.kind === NodeKind.SelectorExpr) return true;
    if (map.kind !== NodeKind.Ident) return false;
    const functions = this.#path.flatMap((node) => (node.kind === NodeKind.FuncDecl || node.kind === NodeKind.FuncLit ? [node.type] : []));
    const names = functions.flatMap(({ params }) => params.list.flatMap(({ names: own }) => own.map(({ name }) => name)));
    return !names.includes(map.name);
  }

  /** The lock in the struct that a map is a field of. */
  #lockBeside(map: ast.Expr): string | undefined {
    const selector = unparen(map);
    if (selector.kind !== NodeKind.SelectorExpr) return undefined;
    const struct = underlying(deref(this.#info.typeOf(selector.x))[0]);
    if (struct.kind !== TypeKind.Struct) return undefined;
    return struct.fields.find((field) => isMutex(field.type))?.name;
  }

  /** The name of a type in this file's package; undefined where it needs another package, whose import may have another name. */
  #typeText(type: Type): string | undefined {
    let foreign = false;
    const text = typeString(type, (pkg) => {
      foreign ||= pkg.path !== this.#packagePath;
      return '';
    });
    return foreign ? undefined : text;
  }

  #text(node: { readonly pos: number; readonly end: number }): string {
    return this.#file.text.slice(node.pos, node.end);
  }
}

function lockIn(struct: ast.StructType, info: TypeInfo): string | undefined {
  const field = struct.fields.list.find(({ type }) => type !== undefined && isMutex(info.typeOf(type)));
  if (!field) return undefined;
  return field.names[0]?.name ?? asNamed(deref(info.typeOf(field.type!))[0])?.obj.name;
}

/** True for a mutex of package sync, or a pointer to one. */
export function isMutex(type: Type): boolean {
  const named = asNamed(deref(type)[0]);
  return named?.obj.packagePath === 'sync' && (named.obj.name === 'Mutex' || named.obj.name === 'RWMutex');
}
