import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSource, memoryPackage } from '../../../../test/harness/go-types.ts';
import { NodeKind } from '../syntax/ast.ts';
import { smallInt } from './constants/constant.ts';
import { ObjectKind } from './objects.ts';
import { TypeKind } from './types.ts';

test('variables: declared and inferred types', () => {
  const { typeOf } = checkSource(`
type M map[string]int
var m M
func f(p *M, c <-chan bool, xs ...string) (n int, err error) {
	local := m
	copied := *p
	_, _, _, _ = local, copied, c, xs
	return
}`);
  assert.equal(typeOf('local'), 'M');
  assert.equal(typeOf('copied'), 'M');
  assert.equal(typeOf('f'), 'func(p *M, c <-chan bool, xs ...string) (n int, err error)');
  assert.equal(typeOf('*p'), 'M');
});

test('untyped constants: have the type they are converted to', () => {
  const { info, find, typeOf } = checkSource(`
const big = 1 << 40
var f float64 = big
var i interface{} = 'x'
var s uint = 3
var shifted int64 = 1 << s
var b = 1.0 << 3
var cmp = 2 < 3.0`);
  assert.equal(info.typeOf(find('big', 1)).kind, TypeKind.Basic);
  assert.equal(typeOf("'x'"), 'rune');
  assert.equal(typeOf('1 << s'), 'int64');
  assert.equal(typeOf('b'), 'int');
  assert.equal(typeOf('cmp'), 'bool');
  const product = info.constantOf(find('1 << 40'));
  assert.equal(smallInt(product), 2 ** 40);
});

test('iota: counts specs, repeats expressions and types', () => {
  const { info, findIdent } = checkSource(`
type Day uint8
const (
	A Day = iota + 1
	B
	_
	D, E = 1 << iota, "x"
)`);
  const value = (name: string): number | undefined => {
    const object = info.definitionOf(findIdent(name));
    return object?.kind === ObjectKind.Constant ? smallInt(object.value) : undefined;
  };
  assert.deepEqual([value('A'), value('B'), value('D')], [1, 2, 8]);
});

test('map: index, comma-ok, delete, clear, len, range', () => {
  const { info, find, typeOf, findIdent } = checkSource(`
func f(m map[string][]int) {
	v, ok := m["a"]
	delete(m, "b")
	clear(m)
	n := len(m)
	for k, e := range m {
		_, _ = k, e
	}
	_, _, _ = v, ok, n
}`);
  assert.equal(info.modeOf(find('m["a"]')), 'map-index');
  assert.equal(info.isCommaOk(find('m["a"]')), true);
  assert.equal(typeOf('m["a"]'), '[]int');
  assert.equal(typeOf('ok'), 'bool');
  assert.equal(typeOf('e'), '[]int');
  assert.equal(info.useOf(findIdent('clear'))?.kind, ObjectKind.Builtin);
  assert.equal(info.modeOf(find('delete(m, "b")')), 'novalue');
});

test('builtin: a shadowed name is not predeclared', () => {
  const { info, findIdent } = checkSource('func f(clear func(map[int]int), m map[int]int) { clear(m) }');
  assert.equal(info.useOf(findIdent('clear', 1))?.kind, ObjectKind.Variable);
});

test('selectors: promoted fields and methods, through pointers', () => {
  const { info, find, typeOf } = checkSource(`
type Inner struct { m map[int]int }
func (i *Inner) Get(k int) int { return i.m[k] }
type Outer struct { *Inner; n int }
func f(o Outer) int { return o.m[1] + o.Get(2) + o.n }
var g = (*Inner).Get`);
  assert.equal(typeOf('o.m'), 'map[int]int');
  const field = find('o.m');
  assert.equal(field.kind, NodeKind.SelectorExpr);
  if (field.kind !== NodeKind.SelectorExpr) return;
  const selection = info.selectionOf(field);
  assert.equal(selection?.kind, 'field');
  assert.deepEqual(selection?.index, [0, 0]);
  assert.equal(selection?.indirect, true);
  assert.equal(typeOf('o.Get'), 'func(k int) int');
  assert.equal(typeOf('g'), 'func(i *Inner, k int) int');
});

test('method: declared before its type and used before both', () => {
  const { typeOf } = checkSource(`
var x = (T{}).m()
func (t T) m() map[string]T { return nil }
type T struct{ n int }`);
  assert.equal(typeOf('x'), 'map[string]T');
});

test('generics: type arguments are inferred from arguments and constraints', () => {
  const { typeOf } = checkSource(`
func Map[S ~[]E, E, R any](s S, f func(E) R) []R { return nil }
func Keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }
func Max[T int | float64](a, b T) T { return a }
type Scores map[string]int
var mapped = Map([]int{1}, func(i int) string { return "" })
var keys = Keys(Scores{})
var largest = Max(1, 2.5)
var d func([]string) []string = Sorted
func Sorted[T any](s []T) []T { return s }`);
  assert.equal(typeOf('mapped'), '[]string');
  assert.equal(typeOf('keys'), '[]string');
  assert.equal(typeOf('largest'), 'float64');
  assert.equal(typeOf('Sorted'), 'func(s []string) []string');
});

test('generics: instances have substituted fields and methods', () => {
  const { typeOf } = checkSource(`
type Tree[K comparable, V any] struct { left *Tree[K, V]; values map[K]V }
func (t *Tree[A, B]) Get(k A) (B, bool) { found, has := t.values[k]; return found, has }
type Set[T comparable] = map[T]struct{}
var t Tree[string, []int]
var s Set[int]
func f() {
	v, ok := t.left.Get("x")
	_, _, _ = v, ok, s
}`);
  assert.equal(typeOf('t.left.Get'), 'func(k string) ([]int, bool)');
  assert.equal(typeOf('v'), '[]int');
  assert.equal(typeOf('s'), 'Set[int]');
});

test('generics: a method may have type parameters of its own', () => {
  const { typeOf } = checkSource(`
type Box[T any] struct { v T }
func (b Box[T]) Map[R any](f func(T) R) Box[R] { return Box[R]{f(b.v)} }
var b Box[int]
var mapped = b.Map(func(i int) string { return "" })`);
  assert.equal(typeOf('mapped'), 'Box[string]');
});

test('generics: constraints may refer to what they constrain', () => {
  const { typeOf } = checkSource(`
type Ordered[T Ordered[T]] interface { Less(T) bool }
func Min[T Ordered[T]](a, b T) T { if a.Less(b) { return a }; return b }
type Num int
func (n Num) Less(m Num) bool { return n < m }
var smallest = Min(Num(1), Num(2))`);
  assert.equal(typeOf('smallest'), 'Num');
});

test('type switch: the variable has the type of its clause', () => {
  const { info, find } = checkSource(`
func f(x any) {
	switch v := x.(type) {
	case map[string]int:
		sinkA(v)
	case []int, string:
		sinkB(v)
	case nil:
		sinkC(v)
	}
}
func sinkA(any); func sinkB(any); func sinkC(any)`);
  const argument = (name: string): number => {
    const call = find(`${name}(v)`);
    return call.kind === NodeKind.CallExpr ? info.typeOf(call.args[0]!).kind : -1;
  };
  assert.equal(argument('sinkA'), TypeKind.Map);
  assert.equal(argument('sinkB'), TypeKind.Alias);
  assert.equal(argument('sinkC'), TypeKind.Alias);
});

test('range: integers, strings, channels, arrays behind pointers, functions, type parameters', () => {
  const { typeOf } = checkSource(`
type Seq2[K, V any] func(yield func(K, V) bool)
type MyInt int
func f[M ~map[string]bool](n MyInt, c chan error, a *[3]uint8, it Seq2[int, string], m M) {
	for i1 := range n { _ = i1 }
	for i2, r := range "x" { _, _ = i2, r }
	for e := range c { _ = e }
	for i3, v := range a { _, _ = i3, v }
	for k, w := range it { _, _ = k, w }
	for mk, mv := range m { _, _ = mk, mv }
	for i4 := range 10 { _ = i4 }
}`);
  assert.deepEqual(['i1', 'r', 'e', 'v', 'k', 'w', 'mk', 'mv', 'i4'].map(typeOf), ['MyInt', 'rune', 'error', 'uint8', 'int', 'string', 'string', 'bool', 'int']);
});

test('new: of a type and, since Go 1.26, of a value', () => {
  const { typeOf } = checkSource('var m map[string]int\nvar a = new(map[string]int)\nvar b = new(m)\nvar c = new(1)');
  assert.equal(typeOf('a'), '*map[string]int');
  assert.equal(typeOf('b'), '*map[string]int');
  assert.equal(typeOf('c'), '*int');
});

test('scopes: shadowing, labels, closures', () => {
  const { info, file, findIdent, typeOf } = checkSource(`
var x = "outer"
func f() {
	y := func() string { return x }
	x := 1
	if x := 2.5; x > 1 {
		_ = x
	}
loop:
	for { break loop }
	_, _ = x, y
}`);
  const at = (text: string): number => file.text.indexOf(text);
  const before = info.lookup('x', file.syntax, at('x := 1'));
  const after = info.lookup('x', file.syntax, at('_, _ = x'));
  assert.equal(before?.isPackageLevel, true);
  assert.equal(after?.isPackageLevel, false);
  assert.equal(info.lookup('f', file.syntax, at('loop:'))?.kind, ObjectKind.Func);
  assert.equal(info.lookup('clear', file.syntax, at('loop:'))?.kind, ObjectKind.Builtin);
  assert.equal(info.lookup('nothing', file.syntax, at('loop:')), undefined);
  assert.equal(info.useOf(findIdent('loop', 1))?.kind, ObjectKind.Label);
  assert.equal(info.useOf(findIdent('loop', 1)), info.definitionOf(findIdent('loop')));
  assert.equal(typeOf('y'), 'func() string');
});

test('struct: embedded field is a definition and a use; keys of literals are uses', () => {
  const { info, findIdent } = checkSource('type E struct{ n int }\ntype S struct { E }\nvar s = S{E: E{n: 1}}');
  assert.equal(info.definitionOf(findIdent('E', 1))?.kind, ObjectKind.Variable);
  assert.equal(info.useOf(findIdent('E', 1))?.kind, ObjectKind.TypeName);
  const key = info.useOf(findIdent('n', 1));
  assert.equal(key?.kind === ObjectKind.Variable && key.isField, true);
});

test('imports: other packages, dot imports, unknown packages, C', () => {
  const lib = memoryPackage({ path: 'example.com/lib', files: { 'lib.go': 'package lib\ntype Cache map[string]int\nfunc New() Cache { return nil }\nvar hidden int' } });
  const { info, find, typeOf, findIdent } = checkSource(
    `package p
import "example.com/lib"
import . "example.com/lib"
import gone "example.com/gone"
import "C"
var a = lib.New()
var b Cache
var c = gone.Thing{}
var d = C.int(1)
var e = lib.hidden
func f() { gone.Do(a) }`,
    { imports: { 'example.com/lib': lib } },
  );
  assert.equal(typeOf('a'), 'lib.Cache');
  assert.equal(typeOf('b'), 'lib.Cache');
  assert.deepEqual(['c', 'd', 'e'].map(typeOf), ['invalid type', 'invalid type', 'invalid type']);
  assert.equal(info.modeOf(find('lib')), 'package');
  assert.equal(info.useOf(findIdent('a', 1))?.name, 'a');
});

test('standard library: types come from the facts', () => {
  const { typeOf } = checkSource(`package p
import ("sync"; "sync/atomic"; "maps"; "net/http"; "unsafe")
type S struct { sync.RWMutex; m sync.Map; p atomic.Pointer[map[string]int] }
func f(s *S, m map[string]int, r *http.Request) {
	s.Lock()
	x := s.p.Load()
	y := maps.Clone(m)
	z := r.Header.Get("a")
	size := unsafe.Sizeof(z)
	_, _, _, _ = x, y, z, size
}`);
  assert.deepEqual(['s.Lock', 'x', 'y', 'z', 'size'].map(typeOf), ['func()', '*map[string]int', 'map[string]int', 'string', 'uintptr']);
});

test('wrong code: what can be known is known', () => {
  const { typeOf } = checkSource(`
func f(m map[string]int) {
	a := undefined
	b := map[string]int{"x": undefined}
	c := append([]int{}, undefined)
	d := m[undefined]
	e, g := f(m)
	var h T
}
type T struct { x undefinedType; y map[int]int }
func (t T) k() map[int]int { return t.y }`);
  assert.deepEqual(['a', 'b', 'c', 'd', 'e', 'h'].map(typeOf), ['invalid type', 'map[string]int', '[]int', 'int', 'invalid type', 'T']);
  assert.equal(typeOf('t.y'), 'map[int]int');
});
