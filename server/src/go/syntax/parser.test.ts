import assert from 'node:assert/strict';
import test from 'node:test';
import { ChanDir, NodeKind } from './ast.ts';
import type { Decl, Expr, File, FuncDecl, GenDecl, Node, Stmt, TypeSpec, ValueSpec } from './ast.ts';
import { deepestChain, deepestNesting } from './cursor.ts';
import { parseFile } from './parser.ts';
import { Token, tokenText } from './token.ts';
import { forEachChild, walk } from './walk.ts';

function valid(text: string): File {
  const file = parseFile(text);
  assert.deepEqual(file.errors, [], text);
  assert.equal(file.recovered, false);
  return file;
}

/** The messages for a text that is not Go. */
function errorsOf(text: string): string[] {
  const { errors, recovered } = parseFile(text);
  assert.equal(recovered, true, `accepted: ${text}`);
  return errors.map(({ message }) => message);
}

function spec<K extends NodeKind>(decl: Decl | undefined, kind: K): Extract<ValueSpec | TypeSpec, { kind: K }> {
  assert.equal(decl?.kind, NodeKind.GenDecl);
  const first = (decl as GenDecl).specs[0];
  assert.equal(first?.kind, kind);
  return first as Extract<ValueSpec | TypeSpec, { kind: K }>;
}

function expression(text: string): Expr {
  return spec(valid(`package p\nvar _ = ${text}\n`).decls[0], NodeKind.ValueSpec).values[0]!;
}

function typeOf(text: string): Expr {
  return spec(valid(`package p\ntype T ${text}\n`).decls[0], NodeKind.TypeSpec).type;
}

function body(text: string): readonly Stmt[] {
  return functionIn(valid(`package p\nfunc f() {\n${text}\n}\n`)).body!.list;
}

function functionIn(file: File): FuncDecl {
  const found = file.decls.find((decl) => decl.kind === NodeKind.FuncDecl);
  assert.ok(found);
  return found;
}

/** An expression with all its operators in brackets. */
function bracketed(x: Node, text: string): string {
  if (x.kind === NodeKind.BinaryExpr) return `(${bracketed(x.x, text)} ${tokenText(x.op)} ${bracketed(x.y, text)})`;
  if (x.kind === NodeKind.UnaryExpr) return `(${tokenText(x.op)}${bracketed(x.x, text)})`;
  if (x.kind === NodeKind.StarExpr) return `(*${bracketed(x.x, text)})`;
  return text.slice(x.pos, x.end);
}

function group(text: string): string {
  return bracketed(expression(text), `package p\nvar _ = ${text}\n`);
}

test('parser: operators bind by precedence and to the left', () => {
  assert.equal(group('a + b * c - d'), '((a + (b * c)) - d)');
  assert.equal(group('a || b && c == d + e'), '(a || (b && (c == (d + e))))');
  assert.equal(group('a &^ b << c % d'), '(((a &^ b) << c) % d)');
  assert.equal(group('-a.b * *c[0]'), '((-a.b) * (*c[0]))');
  assert.equal(group('<-c + !d'), '((<-c) + (!d))');
  assert.equal(group('a | b ^ c & d'), '((a | b) ^ (c & d))');
});

test('parser: calls, indices, slices, assertions and conversions', () => {
  const call = expression('f(a, b...)');
  assert.ok(call.kind === NodeKind.CallExpr && call.ellipsis && call.args.length === 2);
  const slice = expression('a[:b:c]');
  assert.ok(slice.kind === NodeKind.SliceExpr && !slice.low && slice.high && slice.max);
  const instance = expression('f[int, []string](x)');
  assert.ok(instance.kind === NodeKind.CallExpr && instance.fun.kind === NodeKind.IndexExpr);
  assert.deepEqual(instance.fun.indices.map((index) => index.kind), [NodeKind.Ident, NodeKind.ArrayType]);
  const conversion = expression('map[string]int(x)');
  assert.ok(conversion.kind === NodeKind.CallExpr && conversion.fun.kind === NodeKind.MapType);
  const assertion = expression('x.(*T)');
  assert.ok(assertion.kind === NodeKind.TypeAssertExpr && assertion.type?.kind === NodeKind.StarExpr);
});

test('parser: new with an expression is a call like any other', () => {
  const call = expression('new(map[int]int{1: 2})');
  assert.ok(call.kind === NodeKind.CallExpr && call.args[0]?.kind === NodeKind.CompositeLit);
});

test('parser: composite literals, also without inner types', () => {
  const literal = expression('map[K]V{a: {1, 2}, {3}: b}');
  assert.ok(literal.kind === NodeKind.CompositeLit && literal.type?.kind === NodeKind.MapType);
  const [first, second] = literal.elts;
  assert.ok(first?.kind === NodeKind.KeyValueExpr && first.value.kind === NodeKind.CompositeLit && !first.value.type);
  assert.ok(second?.kind === NodeKind.KeyValueExpr && second.key.kind === NodeKind.CompositeLit);
});

test('parser: a brace in a header starts the block, unless brackets enclose it', () => {
  const [loop, branch, choice] = body('for x := range T {}\nif x == (T{}) {}\nswitch f(T{}) {}');
  assert.ok(loop?.kind === NodeKind.RangeStmt && loop.x.kind === NodeKind.Ident);
  assert.ok(branch?.kind === NodeKind.IfStmt && branch.cond.kind === NodeKind.BinaryExpr);
  assert.ok(choice?.kind === NodeKind.SwitchStmt && choice.tag?.kind === NodeKind.CallExpr);
  const [list] = body('for _, x := range []T{{}, {}} {}');
  assert.ok(list?.kind === NodeKind.RangeStmt && list.x.kind === NodeKind.CompositeLit);
});

test('parser: channel types and receives share their arrows', () => {
  const receive = typeOf('<-chan int');
  assert.ok(receive.kind === NodeKind.ChanType && receive.dir === ChanDir.Receive);
  const send = typeOf('chan<- int');
  assert.ok(send.kind === NodeKind.ChanType && send.dir === ChanDir.Send);
  const nested = expression('(<-chan (<-chan int))(nil)');
  assert.ok(nested.kind === NodeKind.CallExpr && nested.fun.kind === NodeKind.ParenExpr && nested.fun.x.kind === NodeKind.ChanType);
  const made = expression('make(<-chan int)');
  assert.ok(made.kind === NodeKind.CallExpr && made.args[0]?.kind === NodeKind.ChanType && made.args[0].dir === ChanDir.Receive);
});

test('parser: <- before chan<- T is <-chan (<-T)', () => {
  const call = expression('make(<-chan<- chan int)');
  assert.ok(call.kind === NodeKind.CallExpr);
  const outer = call.args[0];
  assert.ok(outer?.kind === NodeKind.ChanType && outer.dir === ChanDir.Receive && outer.value.kind === NodeKind.ChanType);
  assert.equal(outer.value.dir, ChanDir.Receive);
  assert.ok(errorsOf('package p\nvar _ = make(<-chan<- int)\n').length > 0);
});

test('parser: names that share a type are one field', () => {
  const text = 'package p\nfunc f(a, b int, c ...string) (x, y error)\n';
  const { type } = functionIn(valid(text));
  assert.deepEqual(type.params.list.map((field) => field.names.map(({ name }) => name)), [['a', 'b'], ['c']]);
  assert.deepEqual(type.results?.list.map((field) => field.names.length), [2]);
  const { type: unnamed } = functionIn(valid('package p\nfunc f(a, b.C, []d, *e) (int, error)\n'));
  assert.deepEqual(unnamed.params.list.map((field) => field.names.length), [0, 0, 0, 0]);
});

test('parser: type parameters or an array length', () => {
  const isGeneric = (text: string): boolean => spec(valid(`package p\ntype T${text}\n`).decls[0], NodeKind.TypeSpec).typeParams !== undefined;
  for (const text of ['[P any] int', '[P, Q any] int', '[P *C,] int', '[P *C|Q] int'.replace('Q', '~int'), '[P []int] int', '[P interface{}] int', '[P (C),] int', '[P C|D] int', '[P ~int] int', '[P Q[P]] int', '[P a.B] int']) {
    assert.equal(isGeneric(text), true, text);
  }
  for (const text of ['[P] int', '[P * C] int', '[P(C)] int', '[P + 1] int', '[2] int', '[] int', '[P | Q] int']) assert.equal(isGeneric(text), false, text);
});

test('parser: generic aliases, methods and self-referential constraints', () => {
  const alias = spec(valid('package p\ntype A[P any] = map[P]int\n').decls[0], NodeKind.TypeSpec);
  assert.ok(alias.alias && alias.typeParams?.list.length === 1);
  const method = functionIn(valid('package p\nfunc (t T) Map[U any](f func(int) U) []U { return nil }\n'));
  assert.ok(method.recv && method.type.typeParams?.list.length === 1);
  valid('package p\ntype Ordered[T Ordered[T]] interface{ Less(T) bool }\n');
});

test('parser: interfaces hold methods, embedded types and unions', () => {
  const type = typeOf('interface{ m(); E; a.E; G[int, string]; ~int | *T | []byte; func() }');
  assert.ok(type.kind === NodeKind.InterfaceType);
  const kinds = type.methods.list.map((field) => [field.names.length, field.type.kind]);
  assert.deepEqual(kinds, [
    [1, NodeKind.FuncType],
    [0, NodeKind.Ident],
    [0, NodeKind.SelectorExpr],
    [0, NodeKind.IndexExpr],
    [0, NodeKind.BinaryExpr],
    [0, NodeKind.FuncType],
  ]);
});

test('parser: a struct field of array type or an embedded instance', () => {
  const type = typeOf('struct{ a [n]int; b []int; G[int]; *a.G[int] `tag`; c, d T }');
  assert.ok(type.kind === NodeKind.StructType);
  assert.deepEqual(
    type.fields.list.map((field) => [field.names.length, field.type.kind, field.tag !== undefined]),
    [
      [1, NodeKind.ArrayType, false],
      [1, NodeKind.ArrayType, false],
      [0, NodeKind.IndexExpr, false],
      [0, NodeKind.StarExpr, true],
      [2, NodeKind.Ident, false],
    ],
  );
});

test('parser: range over anything, with and without variables', () => {
  const loops = body('for range 10 {}\nfor i := range f {}\nfor k, v = range m {}\nfor range c {}');
  const seen = loops.map((loop) => loop.kind === NodeKind.RangeStmt && [loop.key !== undefined, loop.value !== undefined, loop.token]);
  assert.deepEqual(seen, [
    [false, false, Token.ILLEGAL],
    [true, false, Token.DEFINE],
    [true, true, Token.ASSIGN],
    [false, false, Token.ILLEGAL],
  ]);
});

test('parser: switches on types', () => {
  const kinds = body('switch x.(type) {}\nswitch y := x.(type) {}\nswitch a := 1; y := x.(type) {}\nswitch x {}\nswitch {}\nswitch x := 1; {}').map(({ kind }) => kind);
  const [guard, plain] = [NodeKind.TypeSwitchStmt, NodeKind.SwitchStmt];
  assert.deepEqual(kinds, [guard, guard, guard, plain, plain, plain]);
});

test('parser: labels, also before a closing brace', () => {
  const [loop, last] = body('L: for { break L }\nM:');
  assert.ok(loop?.kind === NodeKind.LabeledStmt && loop.stmt.kind === NodeKind.ForStmt);
  assert.ok(last?.kind === NodeKind.LabeledStmt && last.stmt.kind === NodeKind.EmptyStmt);
});

test('parser: iota counts the specs', () => {
  const [decl] = valid('package p\nconst (\n\ta = iota\n\tb\n\n\tc, d = 1, 2\n)\n').decls;
  assert.ok(decl?.kind === NodeKind.GenDecl && decl.lparen !== undefined);
  assert.deepEqual(decl.specs.map((each) => each.kind === NodeKind.ValueSpec && each.iota), [0, 1, 2]);
});

test('parser: positions are UTF-16 offsets', () => {
  const text = '\ufeffpackage p\r\n\r\nvar é = "𝒳" // 𝒳\r\nvar y int\r\n';
  const file = valid(text);
  const [first, second] = file.decls;
  assert.equal(text.slice(first!.pos, first!.end), 'var é = "𝒳"');
  assert.equal(text.slice(second!.pos, second!.end), 'var y int');
  assert.deepEqual(file.comments.map(({ pos, end }) => text.slice(pos, end)), ['// 𝒳']);
  assert.deepEqual([file.pos, file.end, file.packagePos], [0, text.length, 1]);
});

// What go/parser rejects

test('parser: what is no Go is reported', () => {
  for (const statement of [
    'if x := 1 {}',
    'if {}',
    'if x; {}',
    'if var x = 1; x {}',
    'for i := 0; i < 10 {}',
    'for x; {}',
    'for a, b, c := range x {}',
    'switch x := 1 {}',
    'switch y = x.(type) {}',
    'go f',
    'go (f())',
    'defer 1',
    'a, b',
    'x = y = z',
    'f() g()',
    'a := ',
    'goto',
    '(L): x()',
    'x[]',
    'x[1::2]',
    'x[1:2:]',
    'f(a b)',
    'f(a...,b)',
    'x := (T){}',
    'x := T{1 2}',
    'select { case a, b: }',
    'select { case x++: }',
    'select { case a := <-b, c: }',
    'case 1:',
    '~x',
    'x.',
    'x := func[T any]() {}',
    'else {}',
    'var x',
    'type T [P any',
    'return case',
  ]) {
    errorsOf(`package p\nfunc f() {\n${statement}\n}\n`);
  }
  for (const declaration of [
    'x := 1',
    'func f() {};;',
    'func f(a, b int, c) {}',
    'func f(a int, []string) {}',
    'func f(a ...int, b int)',
    'func f() (a ...int)',
    'func f[]() {}',
    'func f()\n{\n}',
    'func (t T) {}',
    'type T[P any,, Q any] int',
    'type T[P] struct',
    'type T struct { (E) }',
    'type T struct { *(E) }',
    'type T struct { a [...]int }',
    'type T interface { m[P any]() }',
    'var x int = ',
    'var x [1,]int',
    'import x',
    'import 1',
    'var x int\nimport "a"',
    'const (a = 1',
    'type T G[]',
  ]) {
    errorsOf(`package p\n${declaration}\n`);
  }
  errorsOf('');
  errorsOf('// only a comment\n');
  errorsOf('package\n');
  errorsOf('func f() {}\n');
});

test('parser: messages name what is missing and what stands there', () => {
  assert.deepEqual(errorsOf('package p\nfunc f() {\n\tg(1\n}\n'), ['expected , or ), found newline']);
  assert.deepEqual(errorsOf('package p\nvar x = \n'), ['expected expression, found end of file']);
  assert.deepEqual(errorsOf('package p\nvar x int\nimport "a"\n'), ['imports must appear before other declarations']);
});

// Recovery

const namesOf = (file: File): string[] => file.decls.map((decl) => (decl.kind === NodeKind.FuncDecl ? decl.name.name : decl.kind === NodeKind.BadStmt ? 'bad' : 'gen'));

test('recovery: a missing brace ends with the indentation', () => {
  const file = parseFile('package p\n\nfunc a() {\n\tif x {\n\t\tb()\n\n\tc()\n}\n\nfunc d() {}\n');
  assert.deepEqual(namesOf(file), ['a', 'd']);
  const [branch, call] = functionIn(file).body!.list;
  assert.ok(branch?.kind === NodeKind.IfStmt && branch.body.list.length === 1);
  assert.equal(call?.kind, NodeKind.ExprStmt);
});

test('recovery: a brace too many stays in its function', () => {
  const file = parseFile('package p\n\nfunc a() {\n\tb()\n\t}\n\tc()\n}\n\nfunc d() {}\n');
  assert.deepEqual(namesOf(file), ['a', 'd']);
  assert.ok(functionIn(file).body!.list.some((stmt) => stmt.kind === NodeKind.ExprStmt && stmt.pos > 30));
});

test('recovery: the statement being typed does not take its neighbours', () => {
  for (const half of ['x :=', 'x = f(', 'f(a,', 'if', 'if x', 'if x :', 'for', 'for i :=', 'for _, v := range', 'switch', 'go func() {', 'return a +', 'm[', 'var', 'var v map[', 'T{a: 1,', 'x := []int{', 'case', 'defer', 'func', '"abc', "'", 'a.b(c.', '}', ')', ']']) {
    const text = `package p\n\nfunc a() {\n\tbefore()\n\t${half}\n}\n\nfunc d() {\n\tafter()\n}\n`;
    const file = parseFile(text);
    assert.ok(file.recovered || half === 'if', half);
    assert.ok(file.decls.some((decl) => decl.kind === NodeKind.FuncDecl && decl.name.name === 'd' && decl.body?.list.length === 1), half);
    const [first] = functionIn(file).body!.list;
    assert.equal(first && text.slice(first.pos, first.end), 'before()', half);
  }
});

test('recovery: a header being typed leaves its block and what follows', () => {
  for (const header of ['if x ==', 'if x', 'if x, ok :', 'for i :', 'for _, v := range', 'switch x :=', 'for x := range f(']) {
    const text = `package p\n\nfunc a() {\n\t${header}\n\t\tinner()\n\t}\n\tnext()\n}\n`;
    const calls: string[] = [];
    walk(parseFile(text), (node) => {
      if (node.kind === NodeKind.ExprStmt) calls.push(text.slice(node.pos, node.end));
    });
    assert.ok(calls.includes('next()'), `${header}: ${calls}`);
    if (!header.endsWith('==') && !header.endsWith('(')) assert.ok(calls.includes('inner()'), `${header}: ${calls}`);
  }
});

test('recovery: a declaration being typed leaves the others alone', () => {
  for (const half of ['fun', 'func', 'func (', 'func (t T', 'func x(', 'func x(a', 'func x(a int', 'func x() (', 'func x() {', 'var', 'var x =', 'var (', 'type', 'type T', 'type T struct {', 'type T[', 'const', 'import', 'import (', 'x', '}', '"', '/']) {
    const file = parseFile(`package p\n\nfunc a() {}\n\n${half}\n\nfunc d() {}\n`);
    assert.equal(file.recovered, true, half);
    const names = namesOf(file);
    assert.equal(names[0], 'a', half);
    assert.equal(names.at(-1), 'd', half);
  }
});

test('recovery: valid declarations are not touched by guesses, however they are laid out', () => {
  const odd = 'func a() {\nif x {\nb()\n}\n        c()\n}\n';
  const [alone] = valid(`package p\n${odd}`).decls;
  const [beside] = parseFile(`package p\n${odd}\nfunc broken( {\n`).decls;
  assert.deepEqual(beside, alone);
});

test('recovery: no package clause, but declarations', () => {
  const file = parseFile('packag main\n\nfunc a() {}\n');
  assert.deepEqual(namesOf(file), ['a']);
  assert.equal(file.name.name, '_');
});

// Depth

function depthOf(file: File): number {
  let deepest = 0;
  const stack: [Node, number][] = [[file, 0]];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const [node, depth] = entry;
    deepest = Math.max(deepest, depth);
    forEachChild(node, (child) => stack.push([child, depth + 1]));
  }
  return deepest;
}

test('nesting: a hundred thousand levels of anything are an error, not a crash', () => {
  const n = 100_000;
  const shapes: readonly (readonly [string, string, string])[] = [
    ['var x = ', '(', ')'],
    ['var x = ', '-', ''],
    ['var x = ', '<-', ''],
    ['var x = ', 'f(', ')'],
    ['var x = ', 'a[', ']'],
    ['var x = ', 'T{', '}'],
    ['var x = T', '{', '}'],
    ['var x = ', 'func() { _ = ', '}'],
    ['var x = ', 'a.', ''],
    ['var x = ', 'a + ', ''],
    ['var x ', '[]', ''],
    ['var x ', 'map[', ']int'],
    ['var x ', 'struct{ a ', '}'],
    ['var x ', 'interface{ m(a ', ')}'],
    ['var x ', 'func(', ')'],
    ['var x ', 'G[', ']'],
    ['type T[P ', 'a|', 'b]'],
    ['func f() ', '{', '}'],
    ['func f() {', 'if x {', '}'],
    ['func f() {', 'if x {} else ', '{}'],
    ['func f() {', 'switch { case x: ', '}'],
    ['func f() {', 'select { case x: ', '}'],
    ['func f() {', 'L: ', ''],
    ['func f() {', 'go func() {', '}()'],
    ['type T [', 'func() { type T [', ']int }'],
  ];
  for (const [start, open, close] of shapes) {
    for (const text of [start + open.repeat(n), `${start}${open.repeat(n)}x${close.repeat(n)}\n\nfunc last() {}\n`]) {
      const file = parseFile(`package p\n${text}`);
      assert.equal(file.recovered, true, open);
      assert.ok(depthOf(file) <= 4 * deepestChain, open);
      if (text.endsWith('last() {}\n')) assert.ok(namesOf(file).includes('last'), open);
    }
  }
});

test('nesting: what is allowed is read as it is', () => {
  const n = deepestNesting - 10;
  assert.ok(depthOf(valid(`package p\nvar x = ${'('.repeat(n)}1${')'.repeat(n)}\n`)) > n);
  const chain = deepestChain - 10;
  assert.ok(depthOf(valid(`package p\nvar x = ${'a + '.repeat(chain)}a\n`)) > chain);
  valid(`package p\nfunc f() {${' if x { } else'.repeat(chain)} { }\n}\n`);
});

test('parser: any bytes give a file', () => {
  for (const text of ['\0', '\ud800', '\ufeff', '\ufeff\ufeff', '"', '`', "'", '/*', '//', '\\', '}', 'package p;;', 'package p\n\0func f() {}\n', 'package p\nfunc f() {\r\n\tx := "\0"\r\n}\r\n', '\r', 'package p var x int']) {
    const file = parseFile(text);
    assert.equal(file.end, text.length);
    assert.equal(file.recovered, file.errors.length > 0);
  }
});
