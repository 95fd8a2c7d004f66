import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeKind } from '../../syntax/ast.ts';
import type * as ast from '../../syntax/ast.ts';
import { behaviorOf, documentationOf, functionsWithBehavior } from './behavior.ts';
import { standardPackage } from './standard-library.ts';

/** The types of the parameters of a function or method, one per parameter. */
function parametersOf(path: string, symbol: string): readonly ast.Expr[] | undefined {
  const dot = symbol.indexOf('.');
  const owner = symbol.slice(0, Math.max(dot, 0));
  const name = symbol.slice(dot + 1);
  for (const declaration of standardPackage(path)?.files[0].syntax.decls ?? []) {
    if (declaration.kind === NodeKind.FuncDecl && declaration.name.name === name && receiverName(declaration) === owner) return expanded(declaration.type.params);
    if (declaration.kind !== NodeKind.GenDecl) continue;
    for (const spec of declaration.specs) {
      if (spec.kind !== NodeKind.TypeSpec || spec.name.name !== owner || spec.type.kind !== NodeKind.InterfaceType) continue;
      const method = spec.type.methods.list.find((field) => field.names[0]?.name === name)?.type;
      if (method?.kind === NodeKind.FuncType) return expanded(method.params);
    }
  }
  return undefined;
}

function receiverName(declaration: ast.FuncDecl): string {
  let type = declaration.recv?.list[0]?.type;
  while (type?.kind === NodeKind.StarExpr || type?.kind === NodeKind.IndexExpr) type = type.x;
  return type?.kind === NodeKind.Ident ? type.name : '';
}

function expanded(list: ast.FieldList): readonly ast.Expr[] {
  return list.list.flatMap((field) => Array.from({ length: Math.max(1, field.names.length) }, () => field.type));
}

test('behavior: every function of the table exists, with the parameters that are run', () => {
  for (const key of functionsWithBehavior()) {
    // Have: only the path has slashes.
    const slash = key.lastIndexOf('/') + 1;
    const dot = key.indexOf('.', slash);
    const path = key.slice(0, dot);
    const symbol = key.slice(dot + 1);
    // What is known of other modules has no declarations here to compare it with.
    if (!standardPackage(path)) {
      assert.ok(path.startsWith('github.com/') || path.startsWith('internal/'), `${key} exists`);
      continue;
    }
    const parameters = parametersOf(path, symbol);
    assert.ok(parameters, `${key} exists`);
    for (const run of behaviorOf(path, symbol)?.runs ?? []) {
      const type = parameters[run.argument];
      assert.ok(type, `${key} has a parameter ${run.argument}`);
      // A function, or a name for one, or an interface; never a slice, map, pointer or basic type.
      assert.ok([NodeKind.FuncType, NodeKind.Ident, NodeKind.SelectorExpr, NodeKind.IndexExpr].includes(type.kind), `${key}: parameter ${run.argument} can be a function`);
      if (type.kind === NodeKind.Ident) assert.ok(!['string', 'int', 'bool', 'error', 'uint', 'float64'].includes(type.name), `${key}: parameter ${run.argument} is ${type.name}`);
    }
  }
});

test('behavior: no function takes a function and is pure', () => {
  for (const key of functionsWithBehavior()) {
    const dot = key.indexOf('.', key.lastIndexOf('/') + 1);
    const path = key.slice(0, dot);
    const symbol = key.slice(dot + 1);
    const behavior = behaviorOf(path, symbol);
    if (!behavior?.pure && !behavior?.quiet && !behavior?.looks) continue;
    assert.ok(parametersOf(path, symbol)?.every((type) => type.kind !== NodeKind.FuncType), key);
  }
});

test('behavior: what ends a goroutine, and how', () => {
  assert.equal(behaviorOf('os', 'Exit')?.ends, 'exit');
  assert.equal(behaviorOf('log', 'Logger.Fatalf')?.ends, 'exit');
  assert.equal(behaviorOf('log', 'Panicln')?.ends, 'panic');
  assert.equal(behaviorOf('testing', 'common.FailNow')?.ends, 'goexit');
  assert.equal(behaviorOf('testing', 'common.Fail')?.ends, undefined);
  assert.equal(behaviorOf('log', 'Print')?.ends, undefined);
});

test('behavior: documentation links name exported symbols', () => {
  assert.equal(documentationOf('sync', 'Once.Do'), 'https://pkg.go.dev/sync#Once.Do');
  assert.equal(documentationOf('testing', 'common.Fatal'), 'https://pkg.go.dev/testing#TB.Fatal');
});
