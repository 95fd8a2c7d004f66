import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSource } from '../../../../test/harness/go-types.ts';
import { FunctionValues } from './function-values.ts';
import type { FunctionValue } from './function-values.ts';

function nameOf(value: FunctionValue): string {
  switch (value.kind) {
    case 'function':
      return value.isBound ? `bound ${value.func.name}` : value.func.name;
    case 'interface':
      return `interface ${value.method.name}`;
    default:
      return 'literal';
  }
}

/** What an expression of the source may be, in words. */
function held(text: string, expression: string, nth = 0): string {
  const { info, find, file } = checkSource(text);
  const values = new FunctionValues([{ files: [file], info }]);
  return values.valuesOf(find(expression, nth), info)?.map(nameOf).sort().join() ?? 'unknown';
}

const functions = 'func a() {}\nfunc b() {}\ntype T struct{}\nfunc (T) m() {}\n';

test('function values: names, literals, methods, instances', () => {
  const text = `${functions}func g[P any](p P) {}\ntype I interface{ M() }\nfunc f(i I, t T) { _ = a; _ = func() {}; _ = t.m; _ = T.m; _ = g[int]; _ = i.M }`;
  assert.equal(held(text, 'a'), 'a');
  assert.equal(held(text, 'func() {}'), 'literal');
  assert.equal(held(text, 't.m'), 'bound m');
  assert.equal(held(text, 'T.m'), 'm');
  assert.equal(held(text, 'g[int]'), 'g');
  assert.equal(held(text, 'i.M'), 'interface M');
});

test('function values: local variables with everything they are given', () => {
  assert.equal(held(`${functions}func f(c bool) { h := a; if c { h = b }; _ = (h) }`, 'h', 1), 'a,b');
  assert.equal(held(`${functions}func f() { var h func(); h = a; k := h; _ = k() }`, 'k', 0), 'a');
  assert.equal(held(`${functions}func f(m map[string]func()) { h := a; h = m["x"]; h() }`, 'h', 1), 'unknown');
  assert.equal(held(`${functions}func f() { h := a; p := &h; *p = b; h() }`, 'h', 2), 'unknown');
  assert.equal(held(`${functions}func f(x any) { switch h := x.(type) { case func(): h() } }`, 'h', 0), 'unknown');
  assert.equal(held(`${functions}func f(l []func()) { for _, h := range l { h() } }`, 'h', 0), 'unknown');
});

test('function values: fields by assignment and by literals, named, positional and elided', () => {
  const type = `${functions}type S struct { n int; done func() }\n`;
  assert.equal(held(`${type}func f(s *S) { s.done() }\nfunc g() *S { return &S{done: a} }`, 's.done'), 'a');
  assert.equal(held(`${type}func f(s *S) { s.done() }\nfunc g() []S { return []S{{1, a}} }\nfunc h(s S) { s.done = b }`, 's.done'), 'a,b');
  assert.equal(held(`${type}func f(s *S) { s.done() }\nfunc g() []*S { return []*S{{done: a}} }`, 's.done'), 'a');
  assert.equal(held(`${type}func f(s *S) { s.done() }\nfunc g(d func()) []S { return []S{{done: d}} }`, 's.done'), 'unknown');
  assert.equal(held(`${type}func f(s *S) { s.done() }`, 's.done'), 'unknown');
  assert.equal(held(`${type}func f(s *S) { s.done() }\nfunc g(s *S) { s.done = a; h(&s.done) }\nfunc h(*func()) {}`, 's.done'), 'unknown');
});

test('function values: exported fields and variables are only known in a program', () => {
  const text = `${functions}type S struct { Done func() }\nvar V = a\nfunc f(s *S) { s.Done = b; s.Done(); V() }`;
  assert.equal(held(text, 's.Done'), 'unknown');
  assert.equal(held(text, 'V', 1), 'unknown');
  assert.equal(held(`package main\n${text}`, 's.Done'), 'b');
});

test('function values: package variables', () => {
  assert.equal(held(`${functions}var v = a\nfunc f() { v() }`, 'v', 1), 'a');
  assert.equal(held(`${functions}var v = func() {}\nfunc init() { v = b }\nfunc f() { v() }`, 'v', 2), 'b,literal');
});

test('function values: parameters, where every call is known', () => {
  assert.equal(held(`${functions}func run(w func()) { w() }\nfunc f() { run(a); run(nil); run(func() {}) }`, 'w'), 'a,literal');
  assert.equal(held(`${functions}func Run(w func()) { w() }\nfunc f() { Run(a) }`, 'w'), 'unknown');
  assert.equal(held(`${functions}func run(w func()) { w() }\nfunc f() { run(a); g := run; g(b) }`, 'w'), 'unknown');
  assert.equal(held(`${functions}func (T) each(w func()) { w() }\nfunc f(t T) { t.each(b) }`, 'w'), 'b');
  assert.equal(held(`${functions}func (T) each(w func()) { w() }\ntype I interface{ each(func()) }\nfunc f(i I) { i.each(b) }`, 'w'), 'b');
  assert.equal(held(`${functions}func run(w func()) { w() }\nfunc f(x func()) { run(x) }\nfunc g() { f(a) }`, 'w'), 'a');
  assert.equal(held(`${functions}func f() { func(w func()) { w() }(a) }`, 'w'), 'unknown');
});

test('function values: results of functions', () => {
  assert.equal(held(`${functions}func make2(c bool) (func(), int) { if c { return a, 1 }; return b, 2 }\nfunc f() { h, _ := make2(true); h() }`, 'h', 0), 'a,b');
  assert.equal(held(`${functions}func make1() (h func()) { h = a; return }\nfunc f() { k := make1(); k() }`, 'k', 0), 'a');
  assert.equal(held(`${functions}type H func()\nfunc f() { k := H(a); k() }`, 'k', 0), 'a');
});
