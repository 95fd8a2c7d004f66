// Input that is absurd or half typed: bounded, and never an exception.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSource } from '../../../../test/harness/go-types.ts';
import { walk } from '../syntax/walk.ts';
import type { Checked } from '../../../../test/harness/go-types.ts';
import { typeString } from './type-string.ts';

/** Asks about everything in the file. */
function ask({ file, info }: Checked): number {
  let count = 0;
  walk(file.syntax, (node) => {
    if (!('fact' in node)) return;
    typeString(info.typeOf(node));
    info.modeOf(node);
    count++;
  });
  return count;
}

const many = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join('\n');

const programs: Readonly<Record<string, string>> = {
  'a type that is itself': 'type T T\nvar x T\nvar y = x.f',
  'a slice of itself': 'type T []T\nvar x = T{{{}}}',
  'a struct that contains itself': 'import "unsafe"\ntype T struct{ T; U [2]T }\nvar x T\nvar y = x == x\nconst n = unsafe.Sizeof(x)',
  'an interface that embeds itself': 'type I interface { J }\ntype J interface { I; m() }\nvar x I\nvar y = x.m()',
  'aliases in a circle': 'type A = B\ntype B = A\nvar x A\nvar y = x.f',
  'a generic alias of itself': 'type A[P any] = A[[]P]\nvar x A[int]',
  'an instance that grows': `type T[P any] struct{ f *T[T[P]] }\nvar x T[int]\nvar y = x${'.f'.repeat(60)}`,
  'an embedded instance that grows twice at each step': 'type T[P any] struct{ *T[[]P]; *U[P] }\ntype U[P any] struct { *T[*P]; *U[map[int]P] }\nvar x T[int]\nvar y = x.foo\nvar i interface{ m() } = x',
  'an instance whose argument doubles': `type T[P any] struct{ f *T[struct{a, b P}] }\nvar x T[int]\nvar y = x${'.f'.repeat(60)}`,
  'instantiation in a circle': 'func f[P any](n int, p P) { f(n, &p); f[[]P](n, nil) }',
  'constraints in a circle': 'type A[P B[P]] interface{ f(P) }\ntype B[P A[P]] interface { g(P) }\nfunc f[P A[P]](p P) { p.f(p) }',
  'a constant in a circle': 'const a = b\nconst b = a\nvar x [a]int\nvar y = len(x)',
  'a variable in a circle': 'var a = b\nvar b = f()\nfunc f() int { return a }',
  'absurd shifts and exponents': 'const A = 1 << 1000000000\nconst B = 1 << 1e9\nconst C = 1e1000000000\nconst D = C * C\nvar x = A + B',
  'strings that double': many(60, (index) => (index === 0 ? 'const S0 = "0123456789"' : `const S${index} = S${index - 1} + S${index - 1}`)),
  'deep parentheses': `var x = ${'('.repeat(3000)}1${')'.repeat(3000)}`,
  'deep calls': `func f(int) int\nvar x = ${'f('.repeat(3000)}1${')'.repeat(3000)}`,
  'deep function literals': `func g() {${'func() {'.repeat(400)}${'}()'.repeat(400)}}`,
  'a long sum': `var s string\nvar x = s${'+s'.repeat(20000)}`,
  'deep types': `var x ${'[]'.repeat(3000)}int`,
  'a long chain of calls': `type T struct{}\nfunc (t T) m() T\nvar v T\nvar x = v${'.m()'.repeat(3000)}`,
  'many fields': `type T struct {\n${many(10000, (index) => `f${index} int`)}\n}\nvar x T\nfunc g() {\n${many(2000, (index) => `x.f${index * 5}++`)}\n}`,
  'duplicate declarations': 'var a int\nvar a string\nfunc a() {}\ntype a struct{ a, a int }\nfunc (a) m() {}\nfunc (a) m() {}\nvar b = a',
  'statements out of place': 'func f() { case 1: break; x := ; return return; for range { }; switch x := y.(type) { } }',
};

for (const [name, program] of Object.entries(programs)) {
  test(`hard input: ${name}`, () => {
    assert.ok(ask(checkSource(program)) > 0);
  });
}

test('hard input: a long sum is known to its end', () => {
  const sum = `s${'+s'.repeat(1500)}`;
  const { info, find } = checkSource(`var s string\nvar x = ${sum}`);
  assert.equal(typeString(info.typeOf(find(sum))), 'string');
});

test('hard input: a long chain of declarations is known from its far end', () => {
  const count = 5000;
  const links: Readonly<Record<string, (i: number) => string>> = {
    variables: (i) => `var d${i} = d${i + 1}`,
    constants: (i) => `const d${i} = d${i + 1} + 0`,
  };
  for (const [kind, link] of Object.entries(links)) {
    const chain = Array.from({ length: count }, (_, i) => link(i)).join('\n');
    const end = kind === 'constants' ? `const d${count} = 7\nvar x = d0` : `var d${count} = int(1)\nvar x = d0`;
    const type = checkSource(`${chain}\n${end}`).typeOf('x');
    assert.equal(type, 'int', kind);
  }
});

test('hard input: long chains that lead back to where they began end', () => {
  const chain = Array.from({ length: 3000 }, (_, i) => `var d${i} = d${(i + 1) % 3000}`).join('\n');
  assert.equal(checkSource(`${chain}\nvar x = d7`).typeOf('x'), 'invalid type');
  const types = Array.from({ length: 3000 }, (_, i) => `type T${i} struct{ next *T${(i + 1) % 3000}; n int }`).join('\n');
  assert.equal(checkSource(`${types}\nvar x T0\nvar y = x.next.next.n`).typeOf('y'), 'int');
});

test('hard input: every prefix of a file, and every file with a piece left out', () => {
  const text = `package p
import ("fmt"; "sync")
type Cache[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]V
}
func (c *Cache[K, V]) Reset(keep func(K, V) bool) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, v := range c.m {
		if !keep(k, v) { delete(c.m, k); n++ }
	}
	switch x := any(c).(type) {
	case fmt.Stringer: _ = x.String()
	default: go func() { c.m = map[K]V{} }()
	}
	select { case <-make(chan int): default: }
	return len(c.m) - n
}
const ( A, B = iota, 1 << iota; C, D )
var _ = (&Cache[string, []int]{m: map[string][]int{"a": {1, 2: 3}}}).Reset(nil)
`;
  for (let end = 0; end <= text.length; end++) {
    ask(checkSource(`package p\n${text.slice(10, end)}`));
    ask(checkSource(`package p\n${text.slice(10, end)}${text.slice(end + 7)}`));
  }
  assert.ok(ask(checkSource(text)) > 100);
});
