import { NodeKind } from '../../go/syntax/ast.ts';
import type * as ast from '../../go/syntax/ast.ts';
import { builtinCalled, builtinIsVisible, functionNamed, isPure, receiverTypeName } from '../../go/expressions.ts';
import { keyReflexivity, mapTypeOf } from '../../go/emptying.ts';
import { formatGoVersion } from '../../go/packages/version.ts';
import { BuiltinId } from '../../go/types/objects.ts';
import type { Func } from '../../go/types/objects.ts';
import { sinceOf } from '../../go/types/std/since.ts';
import { standardPackage } from '../../go/types/std/standard-library.ts';
import { indentAt } from '../../text/lines.ts';
import type { GoContext, GoDetector } from '../go-context.ts';
import type { Fix } from '../rule.ts';

/** The first Go release with the built-in clear; below it, go.mod does not promise that older toolchains are not used. */
const clearVersion = 21;

// clear(m) where the language of the file is older than Go 1.21
// m.Clear(), maps.Clear… of a standard library that the file may be built without
export const detectGo: GoDetector = {
  visit: {
    [NodeKind.CallExpr]: (call, context) => {
      if (builtinCalled(call, context.info) === BuiltinId.Clear) builtinTooNew(call, context);
    },
    [NodeKind.SelectorExpr]: (selector, context) => libraryTooNew(selector, context),
  },
};

function builtinTooNew(call: ast.CallExpr, context: GoContext): void {
  const language = context.file.languageCeiling;
  if (!language || language.version >= clearVersion) return;
  context.report({
    message: { id: 'builtin', arguments: { version: formatGoVersion(language.version), reason: language.reason } },
    span: { start: call.fun.pos, end: call.fun.end },
    subject: { start: call.pos, end: call.end },
    fixes: loopFix(call, context),
  });
}

/** The delete loop does what clear would do, except for keys that may be NaN. */
function loopFix(call: ast.CallExpr, context: GoContext): readonly Fix[] {
  const { info } = context;
  const map = call.args[0];
  const type = map && mapTypeOf(info.typeOf(map));
  const statement = context.ancestors[context.ancestors.length - 1];
  if (!map || !type || statement?.kind !== NodeKind.ExprStmt || !isPure(map, info) || keyReflexivity(type.key) !== 'reflexive') return [];
  if (!builtinIsVisible('delete', context.file.syntax, call.pos, info) || context.commentsIn(call.pos, call.end).length > 0) return [];
  const text = context.textOf(map);
  const taken = info.lookup('k', context.file.syntax, call.pos);
  const key = taken && text.includes('k') ? 'key' : 'k';
  const indent = indentAt(context.file.text, statement.pos);
  const newText = `for ${key} := range ${text} {\n${indent}\tdelete(${text}, ${key})\n${indent}}`;
  // The file does not compile as it is, so that nothing that works can change.
  return [{ title: { id: 'fix-loop' }, safe: true, edits: [{ start: call.pos, end: call.end, newText }] }];
}

function libraryTooNew(selector: ast.SelectorExpr, context: GoContext): void {
  const floor = context.file.libraryFloor;
  // Below 1.21 the go line is no promise: such modules are built with any newer toolchain.
  if (!floor || floor.version < clearVersion || !clearingNames().has(selector.sel.name)) return;
  const func = functionNamed(selector, context.info);
  const name = func && clearingFunction(func);
  if (!func || !name) return;
  const since = sinceOf(func.packagePath!, name);
  if (since === undefined || since <= floor.version) return;
  const shown = `${func.packagePath}.${name}`;
  context.report({
    message: { id: 'library', arguments: { name: shown, since: formatGoVersion(since), version: formatGoVersion(floor.version), reason: floor.reason } },
    span: { start: selector.sel.pos, end: selector.sel.end },
  });
}

let names: ReadonlySet<string> | undefined;

/** Every name that `clearingFunction` may answer for. */
function clearingNames(): ReadonlySet<string> {
  names ??= new Set(['Clear', ...exportedFunctions('maps')]);
  return names;
}

function exportedFunctions(packagePath: string): readonly string[] {
  const files = standardPackage(packagePath)?.files ?? [];
  return files.flatMap((file) => file.syntax.decls.flatMap((decl) => (decl.kind === NodeKind.FuncDecl ? [decl.name.name] : [])));
}

/** `Map.Clear` of sync, `Value.Clear` of reflect, any function of maps: by the name that the facts know it by. */
function clearingFunction(func: Func): string | undefined {
  const receiver = receiverTypeName(func);
  if (func.packagePath === 'maps' && receiver === undefined) return func.name;
  if (func.packagePath === 'sync' && receiver === 'Map' && func.name === 'Clear') return 'Map.Clear';
  if (func.packagePath === 'reflect' && receiver === 'Value' && func.name === 'Clear') return 'Value.Clear';
  return undefined;
}
