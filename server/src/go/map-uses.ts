// All that a package does with one map: a field, or a variable of package level. What another kind of map could stand in the place of is
// told apart from what needs a Go map as such.

import { emptyingByCall, emptyingByLoop } from './emptying.ts';
import { builtinCalled, calledName, callsFunction, isNil, isPure, sameExpression, unparen } from './expressions.ts';
import type { GoFile } from './packages/package.ts';
import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { Token } from './syntax/token.ts';
import { pathAt, walk } from './syntax/walk.ts';
import type { TypeInfo } from './types/info.ts';
import { BuiltinId, ObjectKind } from './types/objects.ts';
import type { Variable } from './types/objects.ts';

export type MapUseKind =
  /** `m[k]`, with or without `ok` */
  | 'get'
  /** `m[k] = v` */
  | 'store'
  /** `m[k]++`, `m[k] += v`, `m[k] = f(m[k])`: the new value comes from the old one */
  | 'update'
  | 'delete'
  | 'length'
  | 'range'
  /** `clear(m)`, a delete loop, `m = make(…)`, `m = nil` */
  | 'empty'
  /** `if m == nil { m = make(…) }` */
  | 'ensured'
  /** `T{m: map[K]V{}}` */
  | 'given'
  /** An argument of a function of the standard library that reads a map, and keeps nothing of it. */
  | 'read'
  /** `m == nil` */
  | 'nil-test'
  /** One of several values that are assigned at once. */
  | 'several'
  /** Made with entries in it. */
  | 'entries'
  /** Anything else: the map is wanted as such. */
  | 'other';

export interface MapUse {
  readonly kind: MapUseKind;
  readonly file: GoFile;
  readonly info: TypeInfo;
  /** The map, as written. */
  readonly map: ast.Expr;
  /** What the use is as a whole: the index expression, the call, the statement, the element of the literal. */
  readonly node: ast.Node;
  /** True for `m[k]` with its `ok`. */
  readonly commaOk: boolean;
  /** True if a loop around it may come by more than once. */
  readonly inLoop: boolean;
  /** For an update: true if a function may be called, or something be waited for, before the new value is there. */
  readonly calls: boolean;
}

/** Files with the types that were read for them: a package's own, or those of its tests. */
export interface TypedFiles {
  readonly files: readonly GoFile[];
  readonly info: TypeInfo;
}

/** The uses in the order of the files and of the text; the declaration is not among them. */
export function mapUsesOf(declared: Variable, parts: readonly TypedFiles[]): readonly MapUse[] {
  return parts.flatMap(({ files, info }) => files.flatMap((file) => usesIn(file, declared, info)));
}

/** A file that mentions the name of the map in its package, and is not among those that are looked at. */
export function mentionsBesides(declared: Variable, parts: readonly TypedFiles[], folder: readonly GoFile[]): GoFile | undefined {
  const known = new Set(parts.flatMap(({ files }) => files.map(({ path }) => path)));
  const [first] = parts[0]!.files;
  return folder.find((file) => {
    if (known.has(file.path) || file.packageName !== first?.packageName) return false;
    let found = false;
    walk(file.syntax, (node) => {
      found ||= node.kind === NodeKind.Ident && node.name === declared.name;
      return !found;
    });
    return found;
  });
}

function usesIn(file: GoFile, declared: Variable, info: TypeInfo): readonly MapUse[] {
  const mentions: ast.Ident[] = [];
  walk(file.syntax, (node) => {
    if (node.kind === NodeKind.Ident && node.name === declared.name && node !== declared.ident && isUse(node, declared, info)) mentions.push(node);
  });
  const uses: MapUse[] = [];
  for (const mention of mentions) {
    if (uses.some(({ kind, node }) => isWhole(kind) && node.pos <= mention.pos && mention.end <= node.end)) continue;
    uses.push(useAt(file, mention, declared, info));
  }
  return uses;
}

/** True for uses whose text is replaced as a whole, with all that is in it. */
function isWhole(kind: MapUseKind): boolean {
  return kind === 'empty' || kind === 'update' || kind === 'ensured';
}

function isUse(name: ast.Ident, declared: Variable, info: TypeInfo): boolean {
  const object = info.useOf(name);
  return object?.kind === ObjectKind.Variable && isSameVariable(object, declared);
}

/** Tests of a package see its variables and fields as objects of their own, declared at the same place. */
export function isSameVariable(a: Variable, b: Variable): boolean {
  return a.origin === b.origin || (a.origin.ident !== undefined && a.origin.ident === b.origin.ident);
}

function useAt(file: GoFile, mention: ast.Ident, declared: Variable, info: TypeInfo): MapUse {
  const path = pathAt(file.syntax, mention.pos);
  let at = path.length - 1;
  // A field's name may be found through what ends where it starts.
  while (at > 0 && path[at] !== mention) at--;
  const selector = path[at - 1];
  const isSelected = selector?.kind === NodeKind.SelectorExpr && selector.sel === mention;
  let map: ast.Expr = isSelected ? selector : mention;
  if (isSelected) at--;
  while (path[at - 1]?.kind === NodeKind.ParenExpr) map = path[--at] as ast.Expr;
  const around = path.slice(0, at);
  const inLoop = around.some((node, index) => isLoopBody(node, around[index + 1] ?? map));
  const use = (kind: MapUseKind, node: ast.Node, more: { readonly commaOk?: boolean; readonly calls?: boolean } = {}): MapUse => ({ kind, file, info, map, node, commaOk: more.commaOk === true, inLoop, calls: more.calls === true });
  const parent = around.at(-1);
  const loop = parent?.kind === NodeKind.RangeStmt && parent.x === map ? parent : undefined;
  if (loop) {
    const emptying = emptyingByLoop(loop, info);
    return emptying?.kind === 'delete-loop' && !emptying.assignsOuterKey ? use('empty', loop) : use('range', loop);
  }
  if (!parent) return use('other', map);
  switch (parent.kind) {
    case NodeKind.IndexExpr:
      return parent.x === map ? indexed(parent, around.slice(0, -1), declared, info, use) : use('other', map);
    case NodeKind.CallExpr:
      return called(parent, map, around.at(-2), info, use);
    case NodeKind.AssignStmt:
      return assigned(parent, map, info, use);
    case NodeKind.KeyValueExpr:
      return parent.key === map ? use(emptyMap(parent.value, info), parent) : use('other', map);
    case NodeKind.BinaryExpr:
      if (!isNil(parent.x === map ? parent.y : parent.x, info)) return use('other', map);
      return ensuring(around.at(-2), parent, map, info) ? use('ensured', around.at(-2)!) : use('nil-test', parent);
    default:
      return use('other', map);
  }
}

type Use = (kind: MapUseKind, node: ast.Node, more?: { readonly commaOk?: boolean; readonly calls?: boolean }) => MapUse;

/** The head of a `for` runs again, the map that is ranged over is looked at once. */
function isLoopBody(node: ast.Node, child: ast.Node): boolean {
  if (node.kind === NodeKind.RangeStmt) return child === node.body;
  return node.kind === NodeKind.ForStmt && child !== node.init;
}

function indexed(index: ast.IndexExpr, around: readonly ast.Node[], declared: Variable, info: TypeInfo, use: Use): MapUse {
  let whole: ast.Expr = index;
  let depth = around.length - 1;
  while (around[depth]?.kind === NodeKind.ParenExpr) whole = around[depth--] as ast.Expr;
  const parent = around[depth];
  if (parent?.kind === NodeKind.IncDecStmt) return use(whole === index ? 'update' : 'other', parent);
  if (parent?.kind === NodeKind.RangeStmt && (parent.key === whole || parent.value === whole)) return use('several', parent);
  if (parent?.kind !== NodeKind.AssignStmt || !parent.lhs.includes(whole)) return use('get', index, { commaOk: info.isCommaOk(index) });
  if (parent.lhs.length > 1 || whole !== index) return use('several', parent);
  const [value] = parent.rhs;
  if (!value) return use('other', parent);
  const readsItself = mentionsMap(value, declared, info) || mentionsMap(index.indices[0]!, declared, info);
  return parent.token === Token.ASSIGN && !readsItself ? use('store', parent) : use('update', parent, { calls: mayCall(parent, info) });
}

function mentionsMap(within: ast.Node, declared: Variable, info: TypeInfo): boolean {
  let found = false;
  walk(within, (node) => {
    found ||= node.kind === NodeKind.Ident && node.name === declared.name && isUse(node, declared, info);
    return !found;
  });
  return found;
}

function mayCall(statement: ast.Node, info: TypeInfo): boolean {
  let may = false;
  walk(statement, (node) => {
    if (node.kind === NodeKind.FuncLit || (node.kind === NodeKind.UnaryExpr && node.op === Token.ARROW)) may = true;
    if (node.kind === NodeKind.CallExpr) may ||= builtinCalled(node, info) === undefined && info.modeOf(node.fun) !== 'type';
    return !may;
  });
  return may;
}

function called(call: ast.CallExpr, map: ast.Expr, around: ast.Node | undefined, info: TypeInfo, use: Use): MapUse {
  if (call.args[0] === map) {
    switch (builtinCalled(call, info)) {
      case BuiltinId.Delete:
        return use('delete', call);
      case BuiltinId.Clear:
        return use('empty', call);
      case BuiltinId.Len:
        return use('length', call);
    }
    if (emptyingByCall(call, info) && around?.kind === NodeKind.ExprStmt) return use('empty', call);
  }
  return call.args.includes(map) && onlyReads(call, info) ? use('read', map) : use('other', map);
}

/** True for `if m == nil { m = make(…) }`. */
function ensuring(statement: ast.Node | undefined, test: ast.BinaryExpr, map: ast.Expr, info: TypeInfo): boolean {
  if (statement?.kind !== NodeKind.IfStmt || statement.cond !== test || statement.init || statement.els || test.op !== Token.EQL) return false;
  const [only, ...rest] = statement.body.list;
  if (only?.kind !== NodeKind.AssignStmt || rest.length > 0 || only.token !== Token.ASSIGN || only.lhs.length !== 1 || only.rhs.length !== 1) return false;
  return sameExpression(only.lhs[0]!, map, info) && emptyMap(only.rhs[0]!, info) === 'given';
}

const readers: readonly (readonly [path: string, names: readonly string[]])[] = [
  ['maps', ['All', 'Clone', 'Equal', 'Keys', 'Values']],
  ['fmt', ['Print', 'Printf', 'Println', 'Sprint', 'Sprintf', 'Sprintln', 'Fprint', 'Fprintf', 'Fprintln']],
  ['encoding/json', ['Marshal', 'MarshalIndent']],
  ['reflect', ['DeepEqual']],
];

function onlyReads(call: ast.CallExpr, info: TypeInfo): boolean {
  const name = calledName(call);
  return readers.some(([path, names]) => name !== undefined && names.includes(name) && callsFunction(call, path, name, info));
}

/** `m = make(…)`, `m = map[K]V{}`, `m = nil` */
function assigned(statement: ast.AssignStmt, map: ast.Expr, info: TypeInfo, use: Use): MapUse {
  if (!statement.lhs.includes(map)) return use('other', map);
  if (statement.lhs.length > 1 || statement.token !== Token.ASSIGN) return use('several', statement);
  const made = emptyMap(statement.rhs[0]!, info);
  return use(made === 'given' ? 'empty' : made, statement);
}

/** Whether a value is a map without entries. */
export function emptyMap(value: ast.Expr, info: TypeInfo): 'given' | 'entries' | 'other' {
  const made = unparen(value);
  if (isNil(made, info)) return 'given';
  if (made.kind === NodeKind.CompositeLit) return made.elts.length === 0 ? 'given' : 'entries';
  return made.kind === NodeKind.CallExpr && builtinCalled(made, info) === BuiltinId.Make && made.args.slice(1).every((size) => isPure(size, info)) ? 'given' : 'other';
}
