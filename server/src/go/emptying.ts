// Code that empties a map entry by entry, in every spelling: what rules about clearing, the hover and the fixes start from.

import { NodeKind } from './syntax/ast.ts';
import type * as ast from './syntax/ast.ts';
import { Token } from './syntax/token.ts';
import { builtinCalled, calledName, callsFunction, isBlank, isNil, isPure, sameExpression, unconverted, unparen, variableNamed } from './expressions.ts';
import { BuiltinId } from './types/objects.ts';
import type { Variable } from './types/objects.ts';
import type { TypeInfo } from './types/info.ts';
import { coreType, underlying } from './types/predicates.ts';
import { BasicInfo, TypeKind } from './types/types.ts';
import type { GoMap, Type, TypeParam } from './types/types.ts';
import { typeSetOf } from './types/type-set.ts';

/** Why the compiler runs a delete loop as it is written, instead of one call of the runtime's map clear. */
export type LoopReason =
  /** `for k, _ := range m` */
  | 'blank-value'
  /** `for k, v := range m { _ = v; … }` */
  | 'value'
  /** `for k = range m` with a k from outside */
  | 'outer-key'
  /** `k := k` or `_ = k` beside the delete */
  | 'extra-statement'
  /** `n := m; for k := range n { delete(m, k) }` */
  | 'alias'
  /** the keys are read from `maps.Keys(m)`, a copy of them, or a copy of the map */
  | 'key-source'
  /** a type assertion or another expression that the compiler does not take for a plain map */
  | 'map-expression'
  /** the key type has values that are not equal to themselves, or may have */
  | 'irreflexive-key';

export interface DeleteLoop {
  readonly kind: 'delete-loop';
  readonly loop: ast.RangeStmt;
  /** The map as the loop deletes from it; pure. */
  readonly map: ast.Expr;
  readonly mapType: GoMap;
  readonly reason: LoopReason | undefined;
  /** True if the loop assigns to a key variable that lives on after it. */
  readonly assignsOuterKey: boolean;
}

export interface DeleteAll {
  readonly kind: 'delete-func' | 'exp-clear';
  readonly call: ast.CallExpr;
  readonly map: ast.Expr;
  readonly mapType: GoMap;
}

export interface SyncMapRange {
  readonly kind: 'sync-range';
  readonly call: ast.CallExpr;
  /** The receiver as written: a `sync.Map` or a pointer to one; pure. */
  readonly map: ast.Expr;
}

export interface ReflectLoop {
  readonly kind: 'reflect-loop';
  readonly loop: ast.RangeStmt | ast.ForStmt;
  /** The statement before the loop that makes its iterator; undefined if the loop makes what it needs. */
  readonly made: ast.Stmt | undefined;
  /** The `reflect.Value` of the map; pure. */
  readonly map: ast.Expr;
}

export type Emptying = DeleteLoop | DeleteAll | SyncMapRange | ReflectLoop;

/** The map type behind a type: its underlying type, or the core type of a type parameter; undefined for other types. */
export function mapTypeOf(type: Type): GoMap | undefined {
  const core = coreType(type);
  return core?.kind === TypeKind.Map ? core : undefined;
}

/**
 * The emptying a loop is, as a whole, or undefined: a filter, a use of the values, or a deletion from another map.
 * @param before the statement directly before the loop, if it is looked at
 */
export function emptyingByLoop(loop: ast.RangeStmt, info: TypeInfo, before?: ast.Stmt): DeleteLoop | ReflectLoop | undefined {
  return deleteLoop(loop, info, before) ?? reflectLoop(loop, info);
}

/** The statement directly before a loop in the block or case around it, through a label; undefined if there is none. */
export function statementBeforeLoop(loop: ast.Stmt, around: readonly ast.Node[]): ast.Stmt | undefined {
  let at: ast.Stmt = loop;
  let depth = around.length - 1;
  const label = around[depth];
  if (label?.kind === NodeKind.LabeledStmt) {
    at = label;
    depth--;
  }
  const parent = around[depth];
  const list = parent?.kind === NodeKind.BlockStmt ? parent.list : parent?.kind === NodeKind.CaseClause || parent?.kind === NodeKind.CommClause ? parent.body : [];
  return list[list.indexOf(at) - 1];
}

/**
 * `iter := v.MapRange(); for iter.Next() { v.SetMapIndex(iter.Key(), reflect.Value{}) }`, also with the iterator made in the
 * loop's head.
 */
export function emptyingByIterator(loop: ast.ForStmt, info: TypeInfo, before: ast.Stmt | undefined): ReflectLoop | undefined {
  const condition = loop.cond && unparen(loop.cond);
  if (condition?.kind !== NodeKind.CallExpr || loop.post || !callsFunction(condition, 'reflect', 'MapIter.Next', info)) return undefined;
  const making = loop.init ?? before;
  if (making?.kind !== NodeKind.AssignStmt || making.token !== Token.DEFINE || making.lhs.length !== 1 || making.rhs.length !== 1) return undefined;
  const iterator = variableNamed(making.lhs[0]!, info);
  const range = unparen(making.rhs[0]!);
  if (!iterator || range.kind !== NodeKind.CallExpr || !callsFunction(range, 'reflect', 'Value.MapRange', info)) return undefined;
  const source = unparen(range.fun);
  const statements = withoutContinue(loop.body);
  const [only] = statements;
  if (source.kind !== NodeKind.SelectorExpr || statements.length !== 1 || only?.kind !== NodeKind.ExprStmt || !isPure(source.x, info)) return undefined;
  const isOfIterator = (call: ast.CallExpr): boolean => {
    const fun = unparen(call.fun);
    return fun.kind === NodeKind.SelectorExpr && variableNamed(fun.x, info) === iterator;
  };
  const call = unparen(only.x);
  if (call.kind !== NodeKind.CallExpr || !isOfIterator(condition) || !callsFunction(call, 'reflect', 'Value.SetMapIndex', info)) return undefined;
  const target = unparen(call.fun);
  const [index, value] = call.args;
  const key = index && unparen(index);
  if (target.kind !== NodeKind.SelectorExpr || key?.kind !== NodeKind.CallExpr || !callsFunction(key, 'reflect', 'MapIter.Key', info) || !isOfIterator(key)) return undefined;
  if (!value || !isZeroReflectValue(value, info) || !sameExpression(source.x, target.x, info)) return undefined;
  return { kind: 'reflect-loop', loop, made: loop.init ? undefined : making, map: source.x };
}

/** The emptying a call is, or undefined. */
export function emptyingByCall(call: ast.CallExpr, info: TypeInfo): DeleteAll | SyncMapRange | undefined {
  if (callsFunction(call, 'sync', 'Map.Range', info)) return syncMapRange(call, info);
  const [map, predicate] = call.args;
  if (!map) return undefined;
  const clears = callsFunction(call, 'golang.org/x/exp/maps', 'Clear', info);
  const deletes = callsFunction(call, 'maps', 'DeleteFunc', info) || callsFunction(call, 'golang.org/x/exp/maps', 'DeleteFunc', info);
  if (!clears && !(deletes && predicate && alwaysReturnsTrue(predicate, info))) return undefined;
  const mapType = mapTypeOf(info.typeOf(map));
  return mapType && { kind: clears ? 'exp-clear' : 'delete-func', call, map, mapType };
}

/** `for k := range m { delete(m, k) }` and every loop that does the same. */
function deleteLoop(loop: ast.RangeStmt, info: TypeInfo, before: ast.Stmt | undefined): DeleteLoop | undefined {
  if (!flatten(loop.body).some(isDeleteStatement)) return undefined;
  const source = keySource(loop, info);
  if (!source) return undefined;
  const body = withoutNoise(loop.body, loop, source.key, info);
  if (!body) return undefined;
  const [map, key] = body.call.args;
  if (!map || !key || !isPure(map, info)) return undefined;
  const deleted = variableNamed(unconverted(key, info), info);
  if (!deleted || !body.keys.has(deleted)) return undefined;
  const isSame = sameExpression(map, source.map, info);
  if (!isSame && !isAlias(map, source.map, before, info)) return undefined;
  const mapType = mapTypeOf(info.typeOf(map));
  if (!mapType) return undefined;
  const assignsOuterKey = loop.token === Token.ASSIGN;
  return { kind: 'delete-loop', loop, map, mapType, reason: isSame ? reasonOf(loop, source, body.extra, map, mapType, info) : 'alias', assignsOuterKey };
}

/** True if the statement before the loop gives one of two maps the name of the other: `n := m`. */
function isAlias(a: ast.Expr, b: ast.Expr, before: ast.Stmt | undefined, info: TypeInfo): boolean {
  if (before?.kind !== NodeKind.AssignStmt || before.token !== Token.DEFINE || before.lhs.length !== 1 || before.rhs.length !== 1) return false;
  const [name] = before.lhs;
  const [value] = before.rhs;
  if (!name || !value || !isPure(value, info)) return false;
  return (sameExpression(a, name, info) && sameExpression(b, value, info)) || (sameExpression(b, name, info) && sameExpression(a, value, info));
}

/** True if a statement is written `delete(…)`, whatever that means here. */
function isDeleteStatement(statement: ast.Stmt): boolean {
  if (statement.kind !== NodeKind.ExprStmt) return false;
  const call = unparen(statement.x);
  return call.kind === NodeKind.CallExpr && calledName(call) === 'delete';
}

interface KeySource {
  /** The map whose keys the loop visits. */
  readonly map: ast.Expr;
  readonly key: Variable;
  /** False if the keys come through a function of package maps or slices. */
  readonly direct: boolean;
}

/** Where a loop's keys come from: `range m`, `range maps.Keys(m)`, `range slices.Collect(maps.Keys(m))`, `range maps.Clone(m)`. */
function keySource(loop: ast.RangeStmt, info: TypeInfo): KeySource | undefined {
  const ranged = unparen(loop.x);
  if (mapTypeOf(info.typeOf(ranged))) {
    const key = loop.key && variableNamed(loop.key, info);
    if (!key) return undefined;
    if (ranged.kind === NodeKind.CallExpr && isMapsCall(ranged, ['Clone'], info)) return { map: ranged.args[0]!, key, direct: false };
    return { map: ranged, key, direct: true };
  }
  if (ranged.kind !== NodeKind.CallExpr) return undefined;
  if (isMapsCall(ranged, ['Keys', 'All'], info)) {
    const key = loop.key && variableNamed(loop.key, info);
    return key && { map: ranged.args[0]!, key, direct: false };
  }
  const collected = collectedKeys(ranged, info);
  const key = collected && loop.value && variableNamed(loop.value, info);
  return key && { map: collected, key, direct: false };
}

/** The m of `slices.Collect(maps.Keys(m))`, `slices.Sorted(maps.Keys(m))`, and x/exp's `maps.Keys(m)`, which is a slice. */
function collectedKeys(call: ast.CallExpr, info: TypeInfo): ast.Expr | undefined {
  if (callsFunction(call, 'golang.org/x/exp/maps', 'Keys', info)) return call.args[0];
  if (!callsFunction(call, 'slices', 'Collect', info) && !callsFunction(call, 'slices', 'Sorted', info)) return undefined;
  const keys = call.args[0] && unparen(call.args[0]);
  if (keys?.kind !== NodeKind.CallExpr || !isMapsCall(keys, ['Keys'], info)) return undefined;
  return keys.args[0];
}

function isMapsCall(call: ast.CallExpr, names: readonly string[], info: TypeInfo): boolean {
  return call.args.length === 1 && names.some((name) => callsFunction(call, 'maps', name, info));
}

/**
 * The only `delete` call of a loop body, next to statements without effect (`_ = v`, `k := k`, empty statements, inner
 * blocks), with the variables that hold the loop's key; undefined if the body does anything else.
 */
function withoutNoise(body: ast.BlockStmt, loop: ast.RangeStmt, key: Variable, info: TypeInfo): { call: ast.CallExpr; keys: Set<Variable>; extra: boolean } | undefined {
  const keys = new Set([key]);
  let call: ast.CallExpr | undefined;
  let extra = false;
  const statements = withoutContinue(body);
  if (statements.length < flatten(body).length) extra = true;
  for (const statement of statements) {
    const deletion = statement.kind === NodeKind.ExprStmt ? unparen(statement.x) : undefined;
    if (deletion?.kind === NodeKind.CallExpr && builtinCalled(deletion, info) === BuiltinId.Delete && !call) call = deletion;
    else if (isNoise(statement, keys, info)) extra = true;
    else return undefined;
  }
  return call && { call, keys, extra };
}

/** The statements of a loop's body without a `continue` at its end, which does nothing. A label on it may be another loop's. */
function withoutContinue(body: ast.BlockStmt): readonly ast.Stmt[] {
  const statements = flatten(body);
  const last = statements.at(-1);
  return last?.kind === NodeKind.BranchStmt && last.token === Token.CONTINUE && !last.label ? statements.slice(0, -1) : statements;
}

function flatten(block: ast.BlockStmt): readonly ast.Stmt[] {
  return block.list.flatMap((statement) => {
    if (statement.kind === NodeKind.BlockStmt) return flatten(statement);
    return statement.kind === NodeKind.EmptyStmt ? [] : [statement];
  });
}

/** `_ = v`, or `k := k`, which adds another name for the key. */
function isNoise(statement: ast.Stmt, keys: Set<Variable>, info: TypeInfo): boolean {
  if (statement.kind !== NodeKind.AssignStmt || statement.lhs.length !== 1 || statement.rhs.length !== 1) return false;
  const value = statement.rhs[0]!;
  if (statement.token === Token.ASSIGN) return isBlank(statement.lhs[0]!) && isPure(value, info);
  if (statement.token !== Token.DEFINE) return false;
  const copied = variableNamed(value, info);
  const copy = variableNamed(statement.lhs[0]!, info);
  if (!copied || !copy || !keys.has(copied)) return false;
  keys.add(copy);
  return true;
}

function reasonOf(loop: ast.RangeStmt, source: KeySource, extra: boolean, map: ast.Expr, mapType: GoMap, info: TypeInfo): LoopReason | undefined {
  if (!source.direct) return 'key-source';
  if (loop.token === Token.ASSIGN) return 'outer-key';
  if (loop.value) return isBlank(loop.value) ? 'blank-value' : 'value';
  if (extra) return 'extra-statement';
  if (!isPlainMapExpression(map, info)) return 'map-expression';
  const reflexivity = keyReflexivity(mapType.key);
  return reflexivity === 'float' || reflexivity === 'interface' ? 'irreflexive-key' : undefined;
}

function isPlainMapExpression(map: ast.Expr, info: TypeInfo): boolean {
  const inner = unconverted(map, info);
  switch (inner.kind) {
    case NodeKind.Ident:
      return true;
    case NodeKind.SelectorExpr:
      return isPlainMapExpression(inner.x, info);
    case NodeKind.StarExpr:
      return isPlainMapExpression(inner.x, info);
    case NodeKind.IndexExpr:
      return isPlainMapExpression(inner.x, info);
    default:
      return false;
  }
}

/**
 * Whether every key is equal to itself. A NaN is not: it can be stored, and never found or deleted again.
 * - 'reflexive': always
 * - 'float': the key is or contains a floating-point or complex number
 * - 'interface': the key is or contains an interface, which may hold one
 * - 'unknown': a type parameter, or a type that is not known
 */
export function keyReflexivity(key: Type): 'reflexive' | 'float' | 'interface' | 'unknown' {
  return reflexivityOf(key, 0);
}

const deepestKey = 20;

function reflexivityOf(type: Type, depth: number): 'reflexive' | 'float' | 'interface' | 'unknown' {
  if (depth > deepestKey) return 'unknown';
  if (type.kind === TypeKind.TypeParam) return parameterReflexivity(type, depth);
  const under = underlying(type);
  switch (under.kind) {
    case TypeKind.Basic:
      return (under.info & (BasicInfo.Float | BasicInfo.Complex)) !== 0 ? 'float' : 'reflexive';
    case TypeKind.Interface:
      return 'interface';
    case TypeKind.Array:
      return reflexivityOf(under.elem, depth + 1);
    case TypeKind.Struct: {
      const parts = under.fields.filter((field) => field.name !== '_').map((field) => reflexivityOf(field.type, depth + 1));
      return (['float', 'unknown', 'interface'] as const).find((found) => parts.includes(found)) ?? 'reflexive';
    }
    case TypeKind.Pointer:
    case TypeKind.Chan:
      return 'reflexive';
    default:
      return 'unknown';
  }
}

/** A type parameter is as reflexive as all types its constraint lists; without a list it is not known. */
function parameterReflexivity(parameter: TypeParam, depth: number): 'reflexive' | 'unknown' {
  const constraint = underlying(parameter.bound);
  if (constraint.kind !== TypeKind.Interface) return 'unknown';
  const { terms } = typeSetOf(constraint);
  const reflexive = terms.length > 0 && terms.every((term) => term.type && reflexivityOf(term.type, depth + 1) === 'reflexive');
  return reflexive ? 'reflexive' : 'unknown';
}

/** `func(…) bool { return true }` */
function alwaysReturnsTrue(expression: ast.Expr, info: TypeInfo): boolean {
  const literal = unparen(expression);
  if (literal.kind !== NodeKind.FuncLit) return false;
  const statements = flatten(literal.body);
  return statements.length === 1 && returnsTrue(statements[0]!, info);
}

function returnsTrue(statement: ast.Stmt, info: TypeInfo): boolean {
  if (statement.kind !== NodeKind.ReturnStmt || statement.results.length !== 1) return false;
  const value = info.constantOf(statement.results[0]!);
  return value?.kind === 'bool' && value.value;
}

/** `m.Range(func(k, _ any) bool { m.Delete(k); return true })` */
function syncMapRange(call: ast.CallExpr, info: TypeInfo): SyncMapRange | undefined {
  const fun = unparen(call.fun);
  const callback = call.args[0] && unparen(call.args[0]);
  if (fun.kind !== NodeKind.SelectorExpr || callback?.kind !== NodeKind.FuncLit || !isPure(fun.x, info)) return undefined;
  const [deletion, end, ...rest] = flatten(callback.body).filter((statement) => !isDiscard(statement, info));
  if (!deletion || !end || rest.length > 0 || !returnsTrue(end, info) || deletion.kind !== NodeKind.ExprStmt) return undefined;
  const removal = unparen(deletion.x);
  if (removal.kind !== NodeKind.CallExpr) return undefined;
  if (!callsFunction(removal, 'sync', 'Map.Delete', info) && !callsFunction(removal, 'sync', 'Map.LoadAndDelete', info)) return undefined;
  const target = unparen(removal.fun);
  const key = callback.type.params.list[0]?.names[0];
  const keyObject = key && info.definitionOf(key);
  if (target.kind !== NodeKind.SelectorExpr || !sameExpression(fun.x, target.x, info) || !keyObject) return undefined;
  if (variableNamed(removal.args[0]!, info) !== keyObject) return undefined;
  return { kind: 'sync-range', call, map: fun.x };
}

/** `_ = v` */
function isDiscard(statement: ast.Stmt, info: TypeInfo): boolean {
  return statement.kind === NodeKind.AssignStmt && statement.token === Token.ASSIGN && statement.lhs.every(isBlank) && statement.rhs.every((value) => isPure(value, info));
}

/** `for _, k := range v.MapKeys() { v.SetMapIndex(k, reflect.Value{}) }` */
function reflectLoop(loop: ast.RangeStmt, info: TypeInfo): ReflectLoop | undefined {
  const keys = unparen(loop.x);
  if (keys.kind !== NodeKind.CallExpr || !callsFunction(keys, 'reflect', 'Value.MapKeys', info)) return undefined;
  const source = unparen(keys.fun);
  const key = loop.value && variableNamed(loop.value, info);
  const [only, ...rest] = withoutContinue(loop.body);
  if (source.kind !== NodeKind.SelectorExpr || !key || rest.length > 0 || only?.kind !== NodeKind.ExprStmt) return undefined;
  const call = unparen(only.x);
  if (call.kind !== NodeKind.CallExpr || !callsFunction(call, 'reflect', 'Value.SetMapIndex', info)) return undefined;
  const target = unparen(call.fun);
  const [index, value] = call.args;
  if (target.kind !== NodeKind.SelectorExpr || !index || !value || !isZeroReflectValue(value, info)) return undefined;
  if (variableNamed(index, info) !== key || !isPure(source.x, info) || !sameExpression(source.x, target.x, info)) return undefined;
  return { kind: 'reflect-loop', loop, made: undefined, map: source.x };
}

/** `reflect.Value{}` or `reflect.ValueOf(nil)`, the value that makes SetMapIndex delete. */
export function isZeroReflectValue(expression: ast.Expr, info: TypeInfo): boolean {
  const literal = unparen(expression);
  if (literal.kind === NodeKind.CallExpr) return literal.args.length === 1 && isNil(literal.args[0]!, info) && callsFunction(literal, 'reflect', 'ValueOf', info);
  if (literal.kind !== NodeKind.CompositeLit || literal.elts.length > 0) return false;
  const type = info.typeOf(literal);
  return type.kind === TypeKind.Named && type.obj.name === 'Value' && type.obj.packagePath === 'reflect';
}

