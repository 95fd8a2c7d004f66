import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { linknamesIn } from '../../go/syntax/directives.ts';
import { Token } from '../../go/syntax/token.ts';
import { builtinIsVisible, isConversion, isPure, unparen, variableNamed } from '../../go/expressions.ts';
import { mapTypeOf } from '../../go/emptying.ts';
import { underlying } from '../../go/types/predicates.ts';
import { typeStringIn } from '../../go/types/type-string.ts';
import { BasicKind, TypeKind } from '../../go/types/types.ts';
import type { Type } from '../../go/types/types.ts';
import { usesOf } from '../../go/uses.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;

/** The runtime's map functions that change a map, and those that only read one. */
const writers = ['runtime.mapclear', 'runtime.mapassign', 'runtime.mapdelete', 'runtime.makemap', 'reflect.mapclear', 'reflect.mapassign', 'reflect.mapdelete'];
const readers = ['runtime.mapaccess', 'runtime.mapiterinit', 'runtime.mapiternext', 'reflect.mapaccess', 'reflect.mapiterinit', 'reflect.mapiternext'];

// (*hmap)(unsafe.Pointer(&m))      the map variable taken for a struct
// *(**hmap)(unsafe.Pointer(&m))    the runtime's header
// //go:linkname mapclear runtime.mapclear
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.CallExpr]: (call, context) => {
      if (!context.file.imports.includes('unsafe')) return;
      const map = mapBehindPointer(call, context);
      const target = map && pointee(context.info.typeOf(call));
      if (!map || !target) return;
      const through = pointee(target);
      if (isStruct(target)) reportCast(call, map, target, 'variable', context);
      else if (through && isStruct(through)) reportCast(call, map, through, writesThrough(call, context) ? 'header' : 'header-read', context);
    },
  },
  file: (context) => {
    if (context.package.standardLibrary) return;
    for (const linkname of linknamesIn(context.file.syntax, context.file.text)) {
      const changes = writers.some((prefix) => linkname.target.startsWith(prefix));
      if (!changes && !readers.some((prefix) => linkname.target.startsWith(prefix))) continue;
      context.report({
        message: { id: changes ? 'linkname' : 'linkname-read', arguments: { function: linkname.target } },
        span: linkname.span,
      });
    }
  },
};

/** The m of `(T)(unsafe.Pointer(&m))` where m is a map, or undefined. */
function mapBehindPointer(call: ast.CallExpr, context: GoContext): ast.Expr | undefined {
  const { info } = context;
  if (!isConversion(call, info)) return undefined;
  const pointer = unparen(call.args[0]!);
  if (pointer.kind !== NodeKind.CallExpr || !isConversion(pointer, info)) return undefined;
  const type = underlying(info.typeOf(pointer));
  if (type.kind !== TypeKind.Basic || type.basic !== BasicKind.UnsafePointer) return undefined;
  const address = unparen(pointer.args[0]!);
  if (address.kind !== NodeKind.UnaryExpr || address.op !== Token.AND) return undefined;
  return mapTypeOf(info.typeOf(address.x)) ? address.x : undefined;
}

function pointee(type: Type): Type | undefined {
  const under = underlying(type);
  return under.kind === TypeKind.Pointer ? under.elem : undefined;
}

function isStruct(type: Type): boolean {
  return underlying(type).kind === TypeKind.Struct;
}

function reportCast(call: ast.CallExpr, map: ast.Expr, type: Type, message: 'variable' | 'header' | 'header-read', context: GoContext): void {
  context.report({
    message: { id: message, arguments: { map: context.textOf(map), type: typeStringIn(context.package.path, type) } },
    span: { start: call.pos, end: call.end },
    fixes: message === 'header-read' ? [] : fixes(call, map, context),
  });
}

/** True if a field of the header is assigned: directly, or through the variable the pointer is stored in. */
function writesThrough(call: ast.CallExpr, context: GoContext): boolean {
  const { statement, block } = statementAround(context);
  if (statement?.kind === NodeKind.AssignStmt && statement.lhs.some((target) => target.pos <= call.pos && call.end <= target.end)) return true;
  const variable = statement && variableHolding(statement, call, context);
  if (!variable || !block) return false;
  return block.list.some((other) => other.kind === NodeKind.AssignStmt && other.lhs.some((target) => isFieldOf(target, variable, context)));
}

/**
 * `clear(m)` in place of the statements that write the header: the cast with the field assignments that follow it
 * directly, when nothing else uses the pointer.
 */
function fixes(call: ast.CallExpr, map: ast.Expr, context: GoContext): readonly Fix[] {
  const version = context.file.languageVersion?.version;
  const { statement, block } = statementAround(context);
  if (version === undefined || version < clearVersion || !statement || !block || !isPure(map, context.info)) return [];
  if (!builtinIsVisible('clear', context.file.syntax, statement.pos, context.info)) return [];
  const last = lastWrite(statement, block, call, context);
  if (!last || context.commentsIn(statement.pos, last.end).length > 0) return [];
  const replacement = `clear(${context.textOf(map)})`;
  return [
    {
      title: { id: 'fix', arguments: { replacement } },
      safe: false,
      caution: { id: 'caution-fields' },
      edits: [{ start: statement.pos, end: last.end, newText: replacement }],
    },
  ];
}

function lastWrite(statement: ast.Stmt, block: ast.BlockStmt, call: ast.CallExpr, context: GoContext): ast.Stmt | undefined {
  if (statement.kind !== NodeKind.AssignStmt) return undefined;
  if (statement.lhs.some((target) => target.pos <= call.pos && call.end <= target.end)) return statement;
  const variable = variableHolding(statement, call, context);
  if (!variable) return undefined;
  let last: ast.Stmt | undefined;
  for (const next of block.list.slice(block.list.indexOf(statement) + 1)) {
    const writes = next.kind === NodeKind.AssignStmt && next.lhs.every((target) => isFieldOf(target, variable, context));
    if (!writes) break;
    last = next;
  }
  const end = last?.end;
  if (end === undefined) return undefined;
  const uses = usesOf(variable, context.declaration, context.info);
  return uses.every((use) => use.pos >= statement.pos && use.end <= end) ? last : undefined;
}

function statementAround(context: GoContext): { statement: ast.Stmt | undefined; block: ast.BlockStmt | undefined } {
  for (let at = context.ancestors.length - 1; at > 0; at--) {
    const block = context.ancestors[at - 1]!;
    if (block.kind === NodeKind.BlockStmt) return { statement: context.ancestors[at] as ast.Stmt, block };
  }
  return { statement: undefined, block: undefined };
}

/** The h of `h := <the cast>`, whatever stands around the cast. */
function variableHolding(statement: ast.Stmt, call: ast.CallExpr, context: GoContext) {
  if (statement.kind !== NodeKind.AssignStmt || statement.lhs.length !== 1 || statement.rhs.length !== 1) return undefined;
  const value = unparen(statement.rhs[0]!);
  const inner = value.kind === NodeKind.StarExpr ? unparen(value.x) : value;
  return inner === call ? variableNamed(statement.lhs[0]!, context.info) : undefined;
}

function isFieldOf(target: ast.Expr, variable: NonNullable<ReturnType<typeof variableNamed>>, context: GoContext): boolean {
  let inner = unparen(target);
  if (inner.kind === NodeKind.StarExpr) return variableNamed(inner.x, context.info) === variable;
  while (inner.kind === NodeKind.SelectorExpr) {
    inner = unparen(inner.x);
    if (inner.kind === NodeKind.StarExpr) inner = unparen(inner.x);
  }
  return inner !== unparen(target) && variableNamed(inner, context.info) === variable;
}
