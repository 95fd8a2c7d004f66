import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { callsFunction, isPure, sameExpression, unparen, variableNamed } from '../../go/expressions.ts';
import { isReflectValue } from '../../go/reflection.ts';
import { initialValueOf, usesOf } from '../../go/uses.ts';
import { ObjectKind } from '../../go/types/objects.ts';
import { underlying } from '../../go/types/predicates.ts';
import { TypeKind } from '../../go/types/types.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

const clearVersion = 21;
const namesAskedAbout: ReadonlySet<string> = new Set(['Clear', 'MapClear', 'MapDelete', 'DeleteMap']);

// v.MapClear()      →  v.Clear()
// v.MapDelete(k)    →  v.SetMapIndex(k, reflect.Value{})
// for _, k := range v.MapKeys() { v.SetMapIndex(k, reflect.Zero(t)) }   stores zeros, deletes nothing
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.CallExpr]: (call, context) => {
      const fun = unparen(call.fun);
      if (fun.kind !== NodeKind.SelectorExpr || !namesAskedAbout.has(fun.sel.name)) return;
      if (isReflectValue(context.info.typeOf(fun.x))) missingMethod(call, fun, context);
      else missingFunction(call, fun, context);
      uncheckedClear(call, fun, context);
    },
    [NodeKind.RangeStmt]: (loop, context) => zeroStoringLoop(loop, context),
  },
};

function missingMethod(call: ast.CallExpr, fun: ast.SelectorExpr, context: GoContext): void {
  if (context.info.selectionOf(fun)) return;
  const value = context.textOf(fun.x);
  if (fun.sel.name === 'MapClear' && call.args.length === 0) reportMissing(call, fun, 'reflect.Value.MapClear', `${value}.Clear()`, hasClear(context), context);
  else if (fun.sel.name === 'MapDelete' && call.args.length === 1) {
    const reflect = reflectName(context);
    const key = context.textOf(call.args[0]!);
    reportMissing(call, fun, 'reflect.Value.MapDelete', `${value}.SetMapIndex(${key}, ${reflect ?? 'reflect'}.Value{})`, reflect !== undefined, context);
  }
}

function missingFunction(call: ast.CallExpr, fun: ast.SelectorExpr, context: GoContext): void {
  const { info } = context;
  if (fun.x.kind !== NodeKind.Ident || info.useOf(fun.sel)) return;
  const name = info.useOf(fun.x);
  if (name?.kind !== ObjectKind.PackageName || name.imported.path !== 'reflect') return;
  const [value, key] = call.args;
  if (!value || !isReflectValue(info.typeOf(value))) return;
  const text = context.textOf(value);
  if (fun.sel.name === 'MapClear' && call.args.length === 1) reportMissing(call, fun, 'reflect.MapClear', `${text}.Clear()`, hasClear(context), context);
  else if (fun.sel.name === 'DeleteMap' && key && call.args.length === 2) {
    reportMissing(call, fun, 'reflect.DeleteMap', `${text}.SetMapIndex(${context.textOf(key)}, ${fun.x.name}.Value{})`, true, context);
  }
}

function reportMissing(call: ast.CallExpr, fun: ast.SelectorExpr, name: string, replacement: string, fixable: boolean, context: GoContext): void {
  const commented = context.commentsIn(call.pos, call.end).length > 0;
  context.report({
    message: { id: 'missing', arguments: { name, replacement } },
    span: { start: fun.sel.pos, end: fun.sel.end },
    subject: { start: call.pos, end: call.end },
    // The code does not compile as it is, so that nothing that works can change.
    fixes: fixable && !commented ? [{ title: { id: 'fix', arguments: { replacement } }, safe: true, edits: [{ start: call.pos, end: call.end, newText: replacement }] }] : [],
  });
}

function hasClear(context: GoContext): boolean {
  return (context.file.libraryFloor?.version ?? 0) >= clearVersion;
}

/** The name under which the file imports reflect, or undefined. */
function reflectName(context: GoContext): string | undefined {
  const name = context.file.syntax.decls.flatMap((decl) => (decl.kind === NodeKind.GenDecl ? decl.specs : [])).find((spec) => spec.kind === NodeKind.ImportSpec && spec.path.value === '"reflect"');
  if (name?.kind !== NodeKind.ImportSpec) return undefined;
  return name.name?.name ?? 'reflect';
}

/** `for _, k := range v.MapKeys() { v.SetMapIndex(k, reflect.Zero(v.Type().Elem())) }` */
function zeroStoringLoop(loop: ast.RangeStmt, context: GoContext): void {
  const { info } = context;
  const keys = unparen(loop.x);
  if (keys.kind !== NodeKind.CallExpr || !callsFunction(keys, 'reflect', 'Value.MapKeys', info)) return;
  const source = unparen(keys.fun);
  const key = loop.value && variableNamed(loop.value, info);
  const [only, ...rest] = loop.body.list;
  if (source.kind !== NodeKind.SelectorExpr || !key || rest.length > 0 || only?.kind !== NodeKind.ExprStmt) return;
  const call = unparen(only.x);
  if (call.kind !== NodeKind.CallExpr || !callsFunction(call, 'reflect', 'Value.SetMapIndex', info)) return;
  const target = unparen(call.fun);
  const [index, value] = call.args;
  if (target.kind !== NodeKind.SelectorExpr || !index || !value) return;
  if (variableNamed(index, info) !== key || !isPure(source.x, info) || !sameExpression(source.x, target.x, info)) return;
  const zero = unparen(value);
  if (zero.kind !== NodeKind.CallExpr || !callsFunction(zero, 'reflect', 'Zero', info)) return;
  context.report({
    message: { id: 'zero', arguments: { map: context.textOf(source.x) } },
    span: { start: zero.pos, end: zero.end },
    subject: { start: loop.pos, end: loop.end },
    fixes: deletingFix(zero, context),
  });
}

function deletingFix(zero: ast.CallExpr, context: GoContext): readonly Fix[] {
  const name = reflectName(context);
  if (name === undefined) return [];
  return [
    {
      title: { id: 'fix-delete' },
      safe: false,
      caution: { id: 'caution-delete' },
      edits: [{ start: zero.pos, end: zero.end, newText: `${name}.Value{}` }],
    },
  ];
}

/**
 * `v := reflect.ValueOf(x); v.Clear()` where x is a parameter of interface type and neither is used for anything else:
 * whoever calls with another kind of value gets a panic.
 */
function uncheckedClear(call: ast.CallExpr, fun: ast.SelectorExpr, context: GoContext): void {
  const { info } = context;
  if (!callsFunction(call, 'reflect', 'Value.Clear', info) || !context.enclosingFunction) return;
  const variable = variableNamed(fun.x, info);
  const made = variable ? initialValueOf(variable, context.declaration, info) : unparen(fun.x);
  if (made?.kind !== NodeKind.CallExpr || !callsFunction(made, 'reflect', 'ValueOf', info)) return;
  const parameter = made.args[0] && variableNamed(made.args[0], info);
  if (!parameter?.isParameter || underlying(parameter.type).kind !== TypeKind.Interface || parameter.type.kind === TypeKind.TypeParam) return;
  const onlyHere = usesOf(parameter, context.declaration, info).length === 1 && (!variable || usesOf(variable, context.declaration, info).length === 1);
  if (!onlyHere) return;
  context.report({
    message: { id: 'kind', arguments: { map: context.textOf(fun.x), argument: parameter.name } },
    span: { start: fun.sel.pos, end: fun.sel.end },
    subject: { start: call.pos, end: call.end },
  });
}
