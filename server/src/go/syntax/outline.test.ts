import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeKind } from './ast.ts';
import type { CompositeLit, Expr, FuncLit, GenDecl, ValueSpec } from './ast.ts';
import { parseFile, parseOutline } from './parser.ts';

test('an outline ends every declaration where the whole tree does', () => {
  const text = `package p

var names = map[string][]int{
	"}": {1, 2}, // }
	\`{\`: {'}': 3},
}

var run = func(n int) int { return n + len(names) }

var both, last = Pair{1, 2}, [...]int{7, 8}

type Pair struct{ a, b int }

func (p Pair) Sum() int {
	return p.a + p.b
}
`;
  assert.deepEqual(
    parseOutline(text).decls.map(({ kind, pos, end }) => [kind, pos, end]),
    parseFile(text).decls.map(({ kind, pos, end }) => [kind, pos, end]),
  );
});

test('elements are passed over, unless they are counted for the type', () => {
  assert.equal(elements(valueIn('var a = [][]int{{1}, {2}}')), 0);
  assert.equal(elements(valueIn('var a = map[string]int{"a": 1}')), 0);
  const counted = valueIn('var a = [...][]int{{1, 2}, 5: {3}}') as CompositeLit;
  assert.equal(counted.elts.length, 2);
  assert.equal(elements(counted.elts[0]!), 0);
});

test('the body of a function value is passed over', () => {
  const value = valueIn('var a = func() { a() }') as FuncLit;
  assert.equal(value.kind, NodeKind.FuncLit);
  assert.deepEqual(value.body.list, []);
});

test('what has no end is read as it is', () => {
  const text = 'package p\n\nvar a = []int{1, 2\n\nfunc f() {}\n';
  assert.equal(parseOutline(text).decls.length, parseFile(text).decls.length);
  assert.equal(elements(valueIn('var a = []int{1, 2\n\nfunc f() {}')), 2);
});

function valueIn(declaration: string): Expr {
  const [decl] = parseOutline(`package p\n\n${declaration}\n`).decls as readonly GenDecl[];
  return (decl!.specs[0] as ValueSpec).values[0]!;
}

function elements(value: Expr): number {
  assert.equal(value.kind, NodeKind.CompositeLit);
  return (value as CompositeLit).elts.length;
}
