import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeKind } from './ast.ts';
import type { CompositeLit, Expr, File, FuncLit, GenDecl, Node, ValueSpec } from './ast.ts';
import { parseFile, parseOutline, parseWithBodiesLater } from './parser.ts';
import { receiverOf } from './receiver.ts';
import { walk } from './walk.ts';

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

test('what an outline passes over is read as in the whole tree', () => {
  const text = `package p

func F[K comparable, V interface{ ~int | ~string }](m map[K]V, done struct{ c chan struct{} }) (
	n int,
	err error,
) {
	return 0, nil
}

func (r *List[T]) Each(f func(struct{ t T }) interface{ M() }) interface{ M() } { return nil }
func external(a, b int) [4]byte
func (T) m()

type (
	List[T any] struct{ first *T }
	Pair        struct {
		a, b int \`json:"}"\`
		List[int]
	}
	Able interface {
		M(n int) error
	}
)
`;
  const [outline, whole] = [parseOutline(text), parseFile(text)];
  assert.deepEqual(outline.decls.map((each) => each.kind === NodeKind.FuncDecl && each.unread !== undefined), [true, true, true, true, false]);
  const readHeads = (file: File): readonly string[] =>
    file.decls.flatMap((each) => (each.kind === NodeKind.FuncDecl ? [placesIn(each.type), ...(each.recv ? [placesIn(each.recv)] : [])] : (each as GenDecl).specs.map(placesIn)));
  assert.deepEqual(outline.decls.map((each) => each.kind === NodeKind.FuncDecl && receiverOf(each)), whole.decls.map((each) => each.kind === NodeKind.FuncDecl && receiverOf(each)));
  assert.deepEqual(readHeads(outline), readHeads(whole));
  assert.deepEqual(outline.decls.map(({ pos, end }) => [pos, end]), whole.decls.map(({ pos, end }) => [pos, end]));
});

test('a signature without a plain end is read with the rest', () => {
  for (const broken of ['func f(a int', 'func f(a int {\n}', 'func f() {', 'func (', 'func f()\n{\n}', 'func f() map[string]struct{ {\n}']) {
    const text = `package p\n\n${broken}\n\nfunc g() {}\n`;
    const places = (file: File): unknown => file.decls.map(({ kind, pos, end }) => [kind, pos, end]);
    assert.deepEqual(places(parseOutline(text)), places(parseFile(text)), broken);
  }
});

function placesIn(root: Node): string {
  const places: string[] = [];
  walk(root, ({ kind, pos, end }) => void places.push(`${kind}:${pos}-${end}`));
  return places.join(' ');
}

function valueIn(declaration: string): Expr {
  const [decl] = parseOutline(`package p\n\n${declaration}\n`).decls as readonly GenDecl[];
  return (decl!.specs[0] as ValueSpec).values[0]!;
}

function elements(value: Expr): number {
  assert.equal(value.kind, NodeKind.CompositeLit);
  return (value as CompositeLit).elts.length;
}

test('bodies that are read later are those of the whole tree, also where a body is wrong', () => {
  const texts = [
    'package p\n\nfunc f(n int) (m int) {\n\t// }\n\tg := func() string { return "}" }\n\treturn len(g()) + n\n}\n\ntype T struct{ a int }\n\nfunc (t *T) m() {}\n\nfunc none()\n',
    'package p\n\nfunc f() {\n\tif a {\n\n}\n\nfunc g() { h(1, }\n\nvar v = 1\n',
    'package p\n\nfunc f() { x := ; y() }\n\nfunc g() { return }\n',
  ];
  for (const text of texts) {
    const shapes = (file: File): readonly string[] => {
      const found: string[] = [];
      walk(file, (node) => {
        found.push(`${node.kind} ${node.pos} ${node.end}`);
      });
      return found;
    };
    assert.deepEqual(shapes(parseWithBodiesLater(text)), shapes(parseFile(text)));
  }
});
