import assert from 'node:assert/strict';
import test from 'node:test';
import { NodeKind } from './ast.ts';
import type { Node } from './ast.ts';
import { commentsIn } from './comments.ts';
import { parseFile } from './parser.ts';
import { forEachChild, pathAt, shift, walk } from './walk.ts';

const everything = `package p

import a "b"

const c, d int = 1, 2

type T[P ~int | string] struct {
	*E
	f, g map[string][]chan<- int "tag"
	h    interface {
		m(x ...int) (y func())
		~int
	}
}

func (r T[P]) m(x [3]int, ys ...int) (z int) {
	var v = struct{ a int }{a: -1}
	L: for i, j := 0, x[1:2:3]; i < 10; i++ {
		goto L
	}
	for k, w := range x { ; }
	for range 10 {}
	if a := f(ys...); a != nil { return } else if b { return 1, 2 } else { c <- <-d }
	switch s := 0; s { case 1, 2: fallthrough; default: }
	switch t := 0; y := v.(type) { case int: y++ }
	select { case x = <-c: case c <- 1: default: }
	go func() {}()
	defer (*p).q[int, string](v.(T), &[...]int{1: 2, {3}})
	{ x, y.z = *p, (1 + 2) * 3 }
	return
}
`;

test('walk: parents come before children, children in their order', () => {
  const file = parseFile(everything);
  assert.deepEqual(file.errors, []);
  const byWalk: Node[] = [];
  walk(file, (node) => {
    byWalk.push(node);
  });
  const byChildren: Node[] = [];
  const visit = (node: Node): void => {
    byChildren.push(node);
    forEachChild(node, visit);
  };
  visit(file);
  assert.ok(byWalk.length > 200);
  assert.ok(byWalk.every((node, i) => node === byChildren[i]));
  assert.equal(byWalk.length, byChildren.length);
});

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('kind' in value);
}

test('walk: no child is left out', () => {
  walk(parseFile(everything), (node) => {
    const visited = new Set<unknown>();
    forEachChild(node, (child) => visited.add(child));
    // What a function is declared with stands in an object of its own.
    const fields = Object.values(node as object).flatMap((value: unknown) => (isPlain(value) ? Object.values(value) : value)) as unknown[];
    const children = fields.filter((value) => typeof value === 'object' && value !== null && 'kind' in value && 'end' in value);
    for (const child of children) assert.ok(visited.has(child), `a child of kind ${node.kind}`);
    assert.equal(visited.size, children.length);
  });
});

test('walk: the children of a node for which enter returns false are left out', () => {
  const kinds: NodeKind[] = [];
  walk(parseFile('package p\n\nfunc f() { g() }\n\nvar x int\n'), (node) => {
    kinds.push(node.kind);
    return node.kind !== NodeKind.FuncDecl;
  });
  assert.deepEqual(kinds, [NodeKind.File, NodeKind.Ident, NodeKind.FuncDecl, NodeKind.GenDecl, NodeKind.ValueSpec, NodeKind.Ident, NodeKind.Ident]);
});

test('pathAt: the innermost node comes last', () => {
  const text = 'package p\n\nfunc (r T) m(a int) { f(a.b, 1) }\n';
  const file = parseFile(text);
  const at = (part: string, offset = 0): string => {
    const node = pathAt(file, text.indexOf(part) + offset).at(-1)!;
    return text.slice(node.pos, node.end);
  };
  assert.equal(at('T)'), 'T');
  assert.equal(at('m('), 'm');
  assert.equal(at('int'), 'int');
  assert.equal(at('a.b'), 'a');
  assert.equal(at('b, 1', 1), 'b');
  assert.equal(at(' 1)'), 'f(a.b, 1)');
  assert.equal(at('func'), 'func (r T) m(a int)');
  assert.deepEqual(pathAt(file, text.indexOf('a.b')).map((node) => node.kind), [NodeKind.File, NodeKind.FuncDecl, NodeKind.BlockStmt, NodeKind.ExprStmt, NodeKind.CallExpr, NodeKind.SelectorExpr, NodeKind.Ident]);
  assert.deepEqual(pathAt(file, text.length), [file]);
});

test('shift: every position of a subtree moves', () => {
  const file = parseFile(everything);
  const moved = parseFile(` ${everything}`);
  for (const decl of file.decls) shift(decl, 1);
  assert.deepEqual(file.decls, moved.decls);
});

test('commentsIn: those that lie at least in part inside', () => {
  const text = 'package p // a\n\n/* b */ var x /* c */ = 1 // d\n';
  const file = parseFile(text);
  const inside = (start: number, end: number): string[] => commentsIn(file, { start, end }).map((comment) => text.slice(comment.pos, comment.end));
  assert.deepEqual(inside(0, text.length), ['// a', '/* b */', '/* c */', '// d']);
  const [b, x] = [text.indexOf('/* b'), text.indexOf('var')];
  assert.deepEqual(inside(b + 3, x), ['/* b */']);
  assert.deepEqual(inside(x, text.indexOf('=')), ['/* c */']);
  assert.deepEqual(inside(x, x + 3), []);
  assert.deepEqual(inside(b, b), []);
});
