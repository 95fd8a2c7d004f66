import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Access, accessOf, containerOf, keyOf } from '../model/accesses.ts';
import type { FunctionBody } from '../model/function-body.ts';
import { Flag, NONE, Op } from '../model/operations.ts';
import { lowerSource } from '../go/lowering/testing.ts';
import {
  Walk,
  conditionsAt,
  emptinessAt,
  exposes,
  graphOf,
  isDeadStore,
  isInLoop,
  isNilAt,
  isPresentAt,
  isReset,
  iterationCount,
  loopsAround,
  mayComeBefore,
  mayIterateAfter,
  valuesOf,
  walkBackward,
  walkForward,
  wasEmptyAt,
} from './flow.ts';

/** A function with places to ask about: each call `mark(x)` is one, in source order. */
interface Marked {
  readonly body: FunctionBody;
  /** The calls `mark(…)`. */
  readonly marks: readonly number[];
  /** The first argument of a mark. */
  value(mark: number): number;
  textOf(operation: number): string;
  /** The first operation of a kind that is written so, else the first of the kind. */
  find(kind: Op, text?: string): number;
}

const types = `
type C struct{ m, n map[string]int; p *C; v V }
type V struct{ m map[string]int; k int }
func mark(...any) {}
func other() {}
func keep(map[string]int) {}
`;

function marked(code: string, name = 'f'): Marked {
  const source = lowerSource(types + code);
  const body = source.body(name);
  const marks = operations(body).filter((each) => body.kind(each) === Op.Call && body.calleeOf(each)?.name === 'mark');
  return {
    body,
    marks,
    value: (mark) => body.list(marks[mark]!)[0]!,
    textOf: (operation) => source.textOf(body, operation),
    find: (kind, text) => operations(body).find((each) => body.kind(each) === kind && !body.has(each, Flag.Define) && (text === undefined || source.textOf(body, each) === text))!,
  };
}

function operations(body: FunctionBody): number[] {
  return Array.from({ length: body.operationCount }, (_, index) => index);
}

/** Whether the arguments of the mark, or the first arguments of two marks, are the same value. A mark is a call: other code runs in it. */
function relation(code: string): string {
  const { body, marks, value } = marked(code);
  const values = valuesOf(body);
  const [x, y] = marks.length === 1 ? [...body.list(marks[0]!)] : [value(0), value(1)];
  return values.relation(values.number(x!), values.number(y!));
}

// Control flow. ----------------------------------------------------------------------------------------------------------

test('graph: what comes before on every path, and after', () => {
  const { body, marks } = marked('func f(a bool) { mark(1); if a { mark(2) }; mark(3) }');
  const graph = graphOf(body);
  const [first, second, third] = marks.map((each) => graph.blockOf(each)) as [number, number, number];
  assert.ok(graph.dominates(first, second) && graph.dominates(first, third) && !graph.dominates(second, third));
  assert.ok(graph.postDominates(third, first) && graph.postDominates(third, second) && !graph.postDominates(second, first));
});

test('graph: a return on the way means that nothing certainly follows', () => {
  const { body, marks } = marked('func f(a bool) { mark(1); if a { return }; mark(2) }');
  const graph = graphOf(body);
  assert.ok(!graph.postDominates(graph.blockOf(marks[1]!), graph.blockOf(marks[0]!)));
});

test('walk: each path until it is stopped', () => {
  const { body, marks } = marked('func f(a bool) { mark(1); if a { mark(2); mark(3) } else { mark(4) }; mark(5) }');
  const seen: number[] = [];
  const found = walkForward(body, marks[0]!, (operation) => {
    const index = marks.indexOf(operation);
    if (index >= 0) seen.push(index + 1);
    return index === 1 ? Walk.Stop : Walk.On;
  });
  assert.equal(found, false);
  assert.deepEqual(seen.sort(), [2, 4, 5]);
});

test('walk: a loop leads back to the start', () => {
  const { body, marks } = marked('func f(n int) { for i := 0; i < n; i++ { mark(1); mark(2) } }');
  assert.equal(walkForward(body, marks[1]!, (operation) => (operation === marks[0] ? Walk.Found : Walk.On)), true);
  assert.equal(walkForward(body, marks[0]!, (operation) => (operation === marks[0] ? Walk.Found : Walk.On)), true);
  assert.equal(walkBackward(body, marks[0]!, (operation) => (operation === marks[1] ? Walk.Found : Walk.On)), true);
});

test('walk: backwards to the start of the function', () => {
  const { body, marks } = marked('func f(a bool) { if a { mark(1) }; mark(2) }');
  assert.equal(walkBackward(body, marks[1]!, (operation) => (operation === marks[0] ? Walk.Stop : Walk.On), Walk.Found), true);
  const always = marked('func f() { mark(1); mark(2) }');
  assert.equal(walkBackward(always.body, always.marks[1]!, (operation) => (operation === always.marks[0] ? Walk.Stop : Walk.On), Walk.Found), false);
});

// Values. ------------------------------------------------------------------------------------------------------------------

test('values: through local names', () => {
  assert.equal(relation('func f(m map[string]int) { n := m; mark(n, m) }'), 'same');
  assert.equal(relation('func f(m, n map[string]int) { mark(n, m) }'), 'unknown');
  assert.equal(relation('func f(m map[string]int) { mark(m); m = make(map[string]int); mark(m) }'), 'different');
});

test('values: two objects made here, and nil, are different', () => {
  assert.equal(relation('func f() { a := map[string]int{}; b := map[string]int{}; mark(a, b) }'), 'different');
  assert.equal(relation('func f() { var a map[string]int; b := map[string]int{}; mark(a, b) }'), 'different');
});

test('values: through a join of one value, not of two', () => {
  assert.equal(relation('func f(m map[string]int, a bool) { var x map[string]int; if a { x = m } else { x = m }; mark(x, m) }'), 'same');
  assert.equal(relation('func f(m, n map[string]int, a bool) { x := m; if a { x = n }; mark(x, m) }'), 'unknown');
});

test('values: a field keeps its value until something may write it', () => {
  assert.equal(relation('func f(c *C) { x := c.m; mark(x, c.m) }'), 'same');
  assert.equal(relation('func f(c *C) { x := c.m; c.n = nil; c.m["a"] = 1; mark(x, c.m) }'), 'same');
  assert.equal(relation('func f(c *C) { x := c.m; other(); mark(x, c.m) }'), 'unknown');
  assert.equal(relation('func f(c, d *C) { x := c.m; d.m = nil; mark(x, c.m) }'), 'unknown');
  assert.equal(relation('func f(c *C) { x := c.m; *c = C{}; mark(x, c.m) }'), 'unknown');
  assert.equal(relation('func f(c *C) { x := c.v.m; c.v = V{}; mark(x, c.v.m) }'), 'unknown');
  assert.equal(relation('func f(c *C, p *map[string]int) { x := c.m; *p = nil; mark(x, c.m) }'), 'unknown');
  assert.equal(relation('func f(c *C, d chan int) { x := c.m; <-d; mark(x, c.m) }'), 'unknown');
});

test('values: what was assigned to a field is in it', () => {
  assert.equal(relation('func f(c *C, m map[string]int) { c.m = m; mark(c.m, m) }'), 'same');
  assert.equal(relation('func f(m map[string]int) { c := &C{m: m}; mark(c.m, m) }'), 'same');
  assert.equal(relation('func f(m map[string]int) { c := C{m: m}; mark(c.m, m) }'), 'same');
  assert.equal(relation('func f(m map[string]int) { c := C{n: m}; d := c; c.n = nil; mark(d.n, m) }'), 'same');
  assert.equal(relation('func f(c *C) { old := c.m; c.m = make(map[string]int); mark(old, c.m) }'), 'different');
  assert.equal(relation('func f(c *C, n int) { for range n { old := c.m; mark(old); c.m = make(map[string]int); mark(c.m) } }'), 'different');
  assert.equal(relation('func f(c *C, n int) { var m map[string]int; for range n { old := c.m; mark(old, m); m = make(map[string]int); c.m = m } }'), 'unknown');
});

test('values: a variable that a closure or a pointer changes is not followed past other code', () => {
  assert.equal(relation('func f(m map[string]int) { g := func() { m = nil }; mark(m); g(); mark(m) }'), 'unknown');
  assert.equal(relation('func f(m map[string]int) { p := &m; mark(m); *p = nil; mark(m) }'), 'unknown');
  assert.equal(relation('func f(m map[string]int) { g := func() { keep(m) }; mark(m); g(); mark(m) }'), 'same');
});

test('values: taking the address of one field leaves the others alone', () => {
  assert.equal(relation('func f(c C, m map[string]int) { c.m = m; p := &c.v; other(); p.k = 1; mark(c.m, m) }'), 'same');
  assert.equal(relation('func f(c C, m map[string]int) { c.v.m = m; p := &c.v; other(); p.k = 1; mark(c.v.m, m) }'), 'unknown');
});

test('values: elements are the same until elements are written', () => {
  assert.equal(relation('func f(m map[string]map[string]int, k string) { a := m[k]; mark(a, m[k]) }'), 'same');
  assert.equal(relation('func f(m map[string]map[string]int, k string) { a := m[k]; delete(m, k); mark(a, m[k]) }'), 'unknown');
  assert.equal(relation('func f(m map[string]map[string]int, k string) { m[k] = map[string]int{}; a := m[k]; mark(a, m[k]) }'), 'same');
  // Elements that are numbers are no maps.
  assert.equal(relation('func f(m map[string]map[string]int, k string) { a := m[k]; a["x"] = 1; mark(a, m[k]) }'), 'same');
  assert.equal(relation('func f(m map[string]map[string]int, k, l string) { a := m[k]; m[l] = nil; mark(a, m[k]) }'), 'unknown');
  assert.equal(relation('func f(m map[string]map[string]int, k string) { a, ok := m[k]; mark(a, m[k], ok) }'), 'same');
  assert.equal(relation('func f(c *C, k string) { a := c.m; delete(a, k); mark(a, c.m) }'), 'same');
});

test('values: in a loop a variable is the join of its values', () => {
  const { body, value } = marked('func f(n int) { var m map[string]int; for i := 0; i < n; i++ { mark(m); m = map[string]int{} } }');
  const values = valuesOf(body);
  const alternatives = values.alternatives(values.number(value(0)))!;
  assert.equal(alternatives.length, 2);
  assert.ok(alternatives.some((each) => values.isNil(each)) && alternatives.some((each) => values.creation(each) !== undefined));
});

test('values: where a value came from', () => {
  const { body, value } = marked('func f(m map[string]int) { var n map[string]int; mark(m); mark(n); mark(make(map[string]int, 20000)) }');
  const values = valuesOf(body);
  assert.equal(values.incoming(values.number(value(0))), 0);
  assert.ok(values.isNil(values.number(value(1))));
  const make = values.creation(values.number(value(2)))!;
  assert.equal(values.constantNumber(values.number(body.a(make))), 20_000);
});

test('values: a write knows what it overwrites', () => {
  const { body, find } = marked('func f(c *C) { c.m = make(map[string]int, 5); c.m = nil }');
  const values = valuesOf(body);
  const second = operations(body).filter((each) => body.kind(each) === Op.Write && !body.has(each, Flag.Define))[1]!;
  assert.equal(values.creation(values.number(second)), find(Op.Make));
});

test('values: in a closure a variable that is never assigned again is one value', () => {
  const source = lowerSource(`${types}func f(m map[string]int) { g := func() { mark(m); other(); mark(m) }; g() }`);
  const body = source.body('f').unit.bodies[1]!;
  const calls = operations(body).filter((each) => body.kind(each) === Op.Call && body.calleeOf(each)?.name === 'mark');
  const values = valuesOf(body);
  const [first, second] = calls.map((each) => values.number(body.list(each)[0]!));
  assert.equal(first, second);
});

test('values: a type test does not make another value', () => {
  assert.equal(relation('func f(x any) { m := x.(map[string]int); mark(m); mark(x.(map[string]int)) }'), 'same');
});

// Dead stores. -------------------------------------------------------------------------------------------------------------

function deadStores(code: string): string[] {
  const { body, textOf } = marked(code);
  return operations(body).filter((each) => body.kind(each) === Op.Write && !body.has(each, Flag.Define) && isDeadStore(body, each)).map(textOf);
}

test('dead stores: nothing reads it on any path', () => {
  assert.deepEqual(deadStores('func f(m map[string]int) { m = nil }'), ['m']);
  assert.deepEqual(deadStores('func f(m map[string]int, a bool) { m = nil; if a { m = map[string]int{}; mark(m) } }'), ['m']);
  assert.deepEqual(deadStores('func f(m map[string]int, a bool) { m = nil; if a { mark(m) } }'), []);
});

test('dead stores: overwritten before it is read', () => {
  assert.deepEqual(deadStores('func f(m map[string]int) { m = nil; m = map[string]int{}; mark(m) }'), ['m']);
});

test('dead stores: a loop comes back to a read', () => {
  assert.deepEqual(deadStores('func f(m map[string]int, n int) { for range n { mark(m); m = nil } }'), []);
});

test('dead stores: closures, deferred ones too, and pointers see it', () => {
  assert.deepEqual(deadStores('func f(m map[string]int) { defer func() { mark(m) }(); m = nil }'), []);
  assert.deepEqual(deadStores('func f(m map[string]int) { p := &m; m = nil; mark(p) }'), []);
});

test('dead stores: arguments of a defer are read at the statement', () => {
  assert.deepEqual(deadStores('func f(m map[string]int) { defer keep(m); m = nil }'), ['m']);
});

test('dead stores: results are seen by the caller', () => {
  assert.deepEqual(deadStores('func f() (m map[string]int) { m = nil; return }'), []);
  assert.deepEqual(deadStores('func f() (m map[string]int) { defer other(); m = nil; panic(1) }'), []);
});

test('dead stores: a field of a record that is used as a whole', () => {
  assert.deepEqual(deadStores('func f(c C) { c.m = nil }'), ['c.m']);
  assert.deepEqual(deadStores('func f(c C) { c.m = nil; mark(c) }'), []);
  assert.deepEqual(deadStores('func f(c C) { c.m = nil; mark(c.n) }'), ['c.m']);
  assert.deepEqual(deadStores('func f(c C) { c.v.m = nil; mark(c.v) }'), []);
  assert.deepEqual(deadStores('func f(c *C) { c.m = nil }'), []);
});

test('resets: new and empty, or nil', () => {
  const resets = (code: string): boolean[] => {
    const { body } = marked(code);
    return operations(body).filter((each) => body.kind(each) === Op.Write && !body.has(each, Flag.Define)).map((each) => isReset(body, each));
  };
  assert.deepEqual(resets('func f(m map[string]int) { m = nil; m = map[string]int{}; m = make(map[string]int, 9) }'), [true, true, true]);
  assert.deepEqual(resets('func f(m, n map[string]int) { m = n; m = map[string]int{"a": 1} }'), [false, false]);
  assert.deepEqual(resets('func f(s []int, n int) { s = nil; s = []int{}; s = make([]int, 0, 9); s = make([]int, n); s = s[:0] }'), [true, true, true, false, false]);
});

// Conditions. --------------------------------------------------------------------------------------------------------------

test('conditions: those that every path passed', () => {
  const { body, marks, textOf } = marked('func f(a, b, c bool) { if a && !b { mark(1) } else { mark(2) }; if c { return }; mark(3) }');
  const at = (mark: number): string[] => conditionsAt(body, marks[mark]!).map((each) => `${textOf(each.condition)} ${each.holds}`);
  assert.deepEqual(at(0), ['b false', 'a true']);
  assert.deepEqual(at(1), []);
  assert.deepEqual(at(2), ['c false']);
});

function nilness(code: string): boolean | undefined {
  const { body, marks, value } = marked(code);
  return isNilAt(body, valuesOf(body).number(value(0)), marks[0]!);
}

test('conditions: nil or not', () => {
  assert.equal(nilness('func f(m map[string]int) { if m == nil { mark(m) } }'), true);
  assert.equal(nilness('func f(m map[string]int) { if m != nil { mark(m) } }'), false);
  assert.equal(nilness('func f(m map[string]int) { if nil == m { return }; mark(m) }'), false);
  assert.equal(nilness('func f(m map[string]int) { if m == nil { m = map[string]int{} }; mark(m) }'), undefined);
  assert.equal(nilness('func f(c *C) { if c.m == nil { mark(c.m) } }'), true);
  assert.equal(nilness('func f(c *C) { if c.m == nil { other(); mark(c.m) } }'), undefined);
  assert.equal(nilness('func f(m map[string]int, x int) { switch { case x == 1: return; case m == nil: mark(m) } }'), true);
});

test('conditions: the length was tested', () => {
  const { body, marks, value } = marked('func f(m map[string]int) { if len(m) == 0 { return }; mark(m) }');
  assert.equal(wasEmptyAt(body, valuesOf(body).number(value(0)), marks[0]!), false);
});

// Contents. ----------------------------------------------------------------------------------------------------------------

function emptiness(code: string): string | undefined {
  const { body, marks, value } = marked(code);
  return emptinessAt(body, value(0), marks[0]!);
}

test('contents: nil and new maps are empty', () => {
  assert.equal(emptiness('func f() { var m map[string]int; mark(m) }'), 'nil');
  assert.equal(emptiness('func f() { m := make(map[string]int); mark(m) }'), 'empty');
  assert.equal(emptiness('func f(a bool) { var m map[string]int; if a { m = map[string]int{} }; mark(m) }'), 'empty');
  assert.equal(emptiness('func f() { m := map[string]int{"a": 1}; mark(m) }'), undefined);
  assert.equal(emptiness('func f(m map[string]int) { mark(m) }'), undefined);
});

test('contents: an element put in under any name', () => {
  assert.equal(emptiness('func f() { m := map[string]int{}; n := m; n["a"] = 1; mark(m) }'), undefined);
  assert.equal(emptiness('func f(a bool) { m := map[string]int{}; n := map[string]int{}; x := n; if a { x = m }; x["a"] = 1; mark(m) }'), undefined);
  assert.equal(emptiness('func f() { m := map[string]int{}; n := map[string]int{}; n["a"] = 1; mark(m) }'), 'empty');
  assert.equal(emptiness('func f(n int) { m := map[string]int{}; for range n { mark(m); m["a"] = 1 } }'), undefined);
  assert.equal(emptiness('func f(n int) { for range n { m := map[string]int{}; mark(m); m["a"] = 1 } }'), 'empty');
});

test('contents: other code that may have it', () => {
  assert.equal(emptiness('func f() { m := map[string]int{}; keep(m); mark(m) }'), undefined);
  assert.equal(emptiness('func f() { m := map[string]int{}; other(); mark(m) }'), 'empty');
  assert.equal(emptiness('func f(c *C) { c.m = map[string]int{}; mark(c.m) }'), 'empty');
  assert.equal(emptiness('func f(c *C) { c.m = map[string]int{}; other(); mark(c.m) }'), undefined);
  assert.equal(emptiness('func f() { m := map[string]int{}; go func() { m["a"] = 1 }(); mark(m) }'), undefined);
  assert.equal(emptiness('func f(c chan map[string]int) { m := map[string]int{}; c <- m; mark(m) }'), undefined);
});

test('contents: cleared', () => {
  assert.equal(emptiness('func f(m map[string]int) { clear(m); mark(m) }'), 'empty');
  assert.equal(emptiness('func f(m, n map[string]int) { clear(m); n["a"] = 1; mark(m) }'), undefined);
  assert.equal(emptiness('func f(m map[string]int, a bool) { if a { clear(m) }; mark(m) }'), undefined);
});

function isPresent(code: string): boolean {
  const { body, find } = marked(code);
  const write = find(Op.Write, 'm[k]');
  assert.equal(accessOf(body, write), Access.Write);
  return isPresentAt(body, containerOf(body, write), keyOf(body, write), write);
}

test('contents: a lookup proves that a key is there', () => {
  assert.ok(isPresent('func f(m map[string]int, k string) { if _, ok := m[k]; ok { m[k] = 1 } }'));
  assert.ok(isPresent('func f(m map[string]int, k string) { if _, ok := m[k]; !ok { return }; m[k] = 1 }'));
  assert.ok(isPresent('func f(m map[string]bool, k string) { if m[k] { m[k] = false } }'));
  assert.ok(isPresent('func f(m map[string]*C, k string) { if m[k] != nil { m[k] = nil } }'));
  assert.ok(!isPresent('func f(m map[string]int, k string) { if _, ok := m[k]; !ok { m[k] = 1 } }'));
  assert.ok(!isPresent('func f(m map[string]int, k, l string) { if _, ok := m[l]; ok { m[k] = 1 } }'));
  assert.ok(!isPresent('func f(m map[string]int, k, l string) { if _, ok := m[k]; ok { delete(m, l); m[k] = 1 } }'));
  assert.ok(!isPresent('func f(m map[string]int, k string) { _, ok := m[k]; k = "x"; if ok { m[k] = 1 } }'));
});

test('contents: what exposes an object', () => {
  const { body, value } = marked('func f(c chan map[string]int, d *C, k string) map[string]int { m := map[string]int{}; x := m; mark(len(x)); _ = x[k]; d.m = x; c <- m; return m }');
  const values = valuesOf(body);
  const make = operations(body).find((each) => body.kind(each) === Op.Make)!;
  const exposing = operations(body).filter((each) => exposes(body, each, (operand) => values.number(operand) === values.number(make)));
  assert.deepEqual(exposing.map((each) => body.kind(each)), [Op.Write, Op.Send, Op.Return]);
  assert.notEqual(value(0), NONE);
});

// Loops. -------------------------------------------------------------------------------------------------------------------

test('loops: around an operation, innermost first', () => {
  const { body, marks } = marked('func f(n int) { for range n { for range n { mark(1) }; mark(2) }; mark(3) }');
  assert.deepEqual(marks.map((each) => [...loopsAround(body, each)]), [[1, 0], [0], []]);
  assert.ok(isInLoop(body, marks[0]!, 0) && !isInLoop(body, marks[1]!, 1));
});

test('loops: another iteration may come, or not', () => {
  const { body, marks } = marked(`
func f(xs []int, a bool) {
outer:
	for range xs {
		mark(1)
		if a { mark(2); break }
		if !a { mark(3); return }
		for range xs { mark(4); break outer }
		for range xs { mark(5); break }
		if a { mark(6); panic(1) }
		if !a { mark(7); continue }
		mark(8)
	}
}`);
  assert.deepEqual(marks.map((each) => mayIterateAfter(body, each, 0)), [true, false, false, false, true, false, true, true]);
});

test('loops: a loop that is entered again is not another iteration', () => {
  const { body, marks } = marked('func f(n int) { for range n { for range n { mark(1); break } } }');
  assert.equal(mayIterateAfter(body, marks[0]!, 1), false);
  assert.equal(mayIterateAfter(body, marks[0]!, 0), true);
});

test('loops: how often', () => {
  const { body } = marked('func f(n int) { for i := 0; i < 20000; i++ {}; for i := 1; i <= 3; i++ {}; for range 7 {}; for i := 0; i < n; i++ {}; for i := 0; i < 9; i++ { i = n }; for range []int{n, 2} {}; for range []int{9: n} {} }');
  assert.deepEqual(body.loops.map((_, loop) => iterationCount(body, loop)), [20_000, 3, 7, undefined, undefined, 2, undefined]);
});

test('loops: earlier in the same iteration', () => {
  const { body, marks } = marked('func f(m map[int]int, a bool) { for k := range m { mark(1); if a { delete(m, k) }; mark(2) } }');
  const { next } = body.loops[0]!;
  const isDelete = (operation: number): boolean => body.kind(operation) === Op.Delete;
  assert.equal(mayComeBefore(body, marks[0]!, next, isDelete), false);
  assert.equal(mayComeBefore(body, marks[1]!, next, isDelete), true);
});

// Bounds. ------------------------------------------------------------------------------------------------------------------

test('bounds: so many questions about a huge function end', () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `m[${i}] = n; p = ${i}`).join('\n');
  const { body } = marked(`func f(m map[int]int, n, p int) { ${lines} }`);
  let dead = 0;
  for (const write of operations(body)) {
    if (body.kind(write) !== Op.Write) continue;
    if (isDeadStore(body, write)) dead++;
    else if (containerOf(body, write) !== NONE) assert.equal(emptinessAt(body, containerOf(body, write), write), undefined);
  }
  // The first ones are proven; when the bound is reached nothing is.
  assert.ok(dead > 0 && dead < 10_000);
});
