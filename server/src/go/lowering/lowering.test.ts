import assert from 'node:assert/strict';
import { test } from 'node:test';
import { End } from '../../model/function-body.ts';
import type { FunctionBody } from '../../model/function-body.ts';
import { Flag, NONE, Op, PlaceKind } from '../../model/operations.ts';
import { Role, Shape } from '../../model/objects.ts';
import { printBody, printOperation, printPlace } from '../../model/print.ts';
import { graphOf } from '../../analysis/graph.ts';
import { NodeKind } from '../syntax/ast.ts';
import { lowerFunction } from './lower.ts';
import { lowerSource } from './testing.ts';

function bodyOf(text: string, name = 'f', version?: number): FunctionBody {
  return lowerSource(text, version).body(name);
}

function lines(body: FunctionBody): string[] {
  return printBody(body).split('\n').map((line) => line.trim());
}

/** The operations of a kind that can be reached, in source order. */
function all(body: FunctionBody, kind: Op): number[] {
  const graph = graphOf(body);
  const found: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) === kind && graph.isReachable(graph.blockOf(operation))) found.push(operation);
  }
  return found;
}

function places(body: FunctionBody, kind: Op): string[] {
  return all(body, kind).map((operation) => printPlace(body, body.a(operation)));
}

/** The place an operation writes or reads, with the places its values were read from put in: `c.m[k]`. */
function path(body: FunctionBody, place: number): string {
  const a = body.placeA(place);
  const b = body.placeB(place);
  switch (body.placeKind(place)) {
    case PlaceKind.Variable:
      return body.unit.variables[a]!.name || 'temporary';
    case PlaceKind.Target:
      return `(*${valuePath(body, a)})`;
    case PlaceKind.Element:
      return `${valuePath(body, a)}[${valuePath(body, b)}]`;
    case PlaceKind.Field:
      return `${path(body, a)}.${body.unit.fields[b]!.name}`;
    default:
      return `${path(body, a)}<${valuePath(body, b)}>`;
  }
}

function valuePath(body: FunctionBody, value: number): string {
  if (value === NONE) return '_';
  if (body.kind(value) === Op.Read) return path(body, body.a(value));
  if (body.kind(value) === Op.Constant) return String(body.constantOf(value));
  if (body.kind(value) === Op.AddressOf) return `&${path(body, body.a(value))}`;
  return printOperation(body, value).split(' ')[1]!;
}

function written(body: FunctionBody): string[] {
  return all(body, Op.Write).filter((write) => !body.has(write, Flag.Define)).map((write) => path(body, body.a(write)));
}

test('lowering: one access is one operation', () => {
  const body = bodyOf('type C struct{ m map[string]int }\nfunc f(c *C, k string, v int) { c.m[k] = v }');
  assert.deepEqual(written(body), ['(*c).m[k]']);
  assert.deepEqual(places(body, Op.Read).slice(0, 1), ['c']);
  assert.equal(all(body, Op.Read).length, 4);
});

test('lowering: parameters are given, the receiver first', () => {
  const source = lowerSource('type C struct{ m map[string]int }\nfunc (c C) f(a int, _ string, b []int) (n int, err error) { return }');
  const body = source.body('f');
  assert.deepEqual(body.parameters.map((each) => body.unit.variables[each]!.name), ['c', 'a', '_', 'b']);
  assert.equal(body.unit.variables[body.receiver]!.name, 'c');
  assert.deepEqual(body.results.map((each) => body.unit.variables[each]!.name), ['n', 'err']);
  assert.equal(all(body, Op.Incoming).length, 4);
});

test('lowering: fields through embedded structs and pointers', () => {
  const body = bodyOf(`
type A struct{ m map[string]int }
type B struct{ *A }
type C struct{ B; arr [3]A }
func f(c *C, v C) {
	c.m["a"] = 1
	v.m = nil
	c.arr[1].m = nil
	v.arr[2] = A{}
}`);
  assert.deepEqual(written(body), ['(*(*c).B.A).m[a]', '(*v.B.A).m', '(*c).arr<1>.m', 'v.arr<2>']);
});

test('lowering: receivers are addressed and followed as Go does', () => {
  const body = bodyOf(`
type V struct{ n int }
func (v V) get() int { return v.n }
func (v *V) set() {}
type W struct{ V }
type P struct{ *V }
type I interface{ get() int }
func f(v V, p *V, w W, pw *W, q P, i I) {
	v.get()
	v.set()
	p.get()
	p.set()
	w.get()
	w.set()
	pw.get()
	pw.set()
	q.get()
	q.set()
	i.get()
}`);
  const receivers = all(body, Op.Call).map((call) => valuePath(body, body.list(call)[0]!));
  assert.deepEqual(receivers, ['v', '&v', '(*p)', 'p', 'w.V', '&w.V', '(*pw).V', '&(*pw).V', '(*q.V)', 'q.V', 'i']);
  assert.deepEqual(all(body, Op.Call).map((call) => body.calleeOf(call)?.name), ['V.get', 'V.set', 'V.get', 'V.set', 'V.get', 'V.set', 'V.get', 'V.set', 'V.get', 'V.set', 'I.get']);
  assert.equal(body.calleeOf(all(body, Op.Call).at(-1)!)?.kind, 'interface');
});

test('lowering: operands of assignments are evaluated before anything is assigned', () => {
  const body = bodyOf('func f(a, b []int, i int) { i, a[i], b[i] = 1, b[0], a[0] }');
  const kinds = lines(body).filter((line) => / (read|write) /.test(line) && !line.includes('!define')).map((line) => line.split(' ').slice(1, 3).join(' '));
  const firstWrite = kinds.findIndex((each) => each.startsWith('write'));
  assert.ok(kinds.slice(firstWrite).every((each) => each.startsWith('write')), kinds.join(', '));
  assert.deepEqual(written(body), ['i', 'a[i]', 'b[i]']);
});

test('lowering: a call with several results is taken apart', () => {
  const body = bodyOf('func g() (int, error) { return 0, nil }\nfunc h(int, error) {}\nfunc f() { x, err := g(); _ = x; _ = err; h(g()) }');
  assert.equal(all(body, Op.Extract).length, 4);
  const last = all(body, Op.Call).at(-1)!;
  assert.equal(body.list(last).length, 2);
});

test('lowering: the comma-ok forms are tuples', () => {
  const body = bodyOf('func f(m map[string]int, x any, c chan int) { a, ok := m["k"]; b, ok := x.(int); d, ok := <-c; _, _, _, _ = a, b, d, ok }');
  for (const kind of [Op.Narrow, Op.Receive]) assert.ok(body.has(all(body, kind)[0]!, Flag.CommaOk));
  assert.ok(all(body, Op.Read).some((read) => body.has(read, Flag.CommaOk) && body.shape(read) === Shape.Tuple));
  assert.equal(all(body, Op.Extract).length, 6);
});

test('lowering: conditions branch where they are decided', () => {
  const body = bodyOf('func a() bool { return true }\nfunc f() int { if a() && (a() || !a()) { return 1 }; return 2 }');
  const branches = graphOf(body).order.filter((block) => body.endOf(block) === End.Branch);
  assert.equal(branches.length, 3);
  assert.ok(branches.every((block) => body.kind(body.condition(block)) === Op.Call));
});

test('lowering: literal conditions leave one edge, constants of other files both', () => {
  const body = bodyOf('const debug = false\nfunc f() { if debug { println(1) }; for false { println(2) }; if !true { println(3) }; println(4) }');
  assert.equal(all(body, Op.Call).length, 1);
});

test('lowering: a logical value is written on two paths', () => {
  const body = bodyOf('func a() bool { return true }\nfunc f() bool { return a() && a() }');
  const [result] = body.list(all(body, Op.Return)[0]!);
  assert.equal(body.kind(result!), Op.Read);
  assert.equal(all(body, Op.Write).length, 2);
});

test('lowering: loops know their head, exit and iteration', () => {
  const body = bodyOf('func f(m map[string]int, n int) { for k, v := range m { println(k, v) }; for i := 0; i < n; i++ { println(i) } }');
  const [ranged, counted] = body.loops;
  assert.equal(ranged?.kind, 'iterate');
  assert.equal(body.kind(ranged!.iterate), Op.Iterate);
  assert.equal(body.kind(ranged!.next), Op.Next);
  assert.equal(counted?.kind, 'while');
  const graph = graphOf(body);
  assert.ok(graph.dominates(ranged!.head, ranged!.exit));
  assert.deepEqual(all(body, Op.IterationKey).map((each) => body.a(each)), [ranged!.next]);
});

test('lowering: loop variables are new in each iteration from Go 1.22 on', () => {
  const text = 'func f(m map[string]int) { for k := range m { go func() { println(k) }() }; for i := 0; i < 3; i++ { defer func() { println(i) }() } }';
  for (const [version, fresh] of [[21, false], [22, true]] as const) {
    const { variables } = bodyOf(text, 'f', version).unit;
    assert.deepEqual(variables.filter((each) => each.loopVariable).map((each) => [each.name, each.perIteration]), [['k', fresh], ['i', fresh]]);
  }
});

test('lowering: labels, break, continue and goto', () => {
  const body = bodyOf(`
func f(xs [][]int) {
outer:
	for _, ys := range xs {
		for _, y := range ys {
			if y == 1 { continue outer }
			if y == 2 { break outer }
			println(y)
		}
	}
	i := 0
again:
	i++
	if i < 3 { goto again }
	println(i)
}`);
  const graph = graphOf(body);
  const [outer] = body.loops;
  assert.equal(graph.predecessors(outer!.head).length, 3);
  assert.equal(graph.predecessors(outer!.exit).length, 2);
  assert.equal(all(body, Op.Call).length, 2);
  const increment = all(body, Op.Write).find((write) => body.has(write, Flag.Update))!;
  assert.equal(graph.predecessors(graph.blockOf(increment)).length, 2);
});

test('lowering: switch tests its cases in order and falls through', () => {
  const body = bodyOf(`
func f(x int) (r int) {
	switch x {
	case 1, 2:
		r = 10
		fallthrough
	case 3:
		r += 20
	default:
		r = 30
	case 4:
		return 40
	}
	return
}`);
  const graph = graphOf(body);
  const tests = all(body, Op.Compute).filter((each) => body.shape(each) === Shape.Boolean);
  assert.deepEqual(tests.map((each) => body.constantOf(body.b(each))), [1, 2, 3, 4]);
  const update = all(body, Op.Write).find((write) => body.has(write, Flag.Update))!;
  assert.equal(graph.predecessors(graph.blockOf(update)).length, 2);
  assert.equal(all(body, Op.Return).length, 2);
});

test('lowering: a type switch binds its variable in each clause', () => {
  const body = bodyOf('func f(x any) { switch y := x.(type) { case map[string]int: clear(y); case nil: println(0); case int, string: println(y); default: println(y) } }');
  assert.equal(all(body, Op.Clear).map((each) => body.shape(each))[0], Shape.Map);
  assert.equal(all(body, Op.Narrow).length, 4);
});

test('lowering: select evaluates all operands, then chooses', () => {
  const body = bodyOf('func a() chan int { return nil }\nfunc b() int { return 1 }\nfunc f(c chan int) { select { case v, ok := <-a(): println(v, ok); case c <- b(): println(2) } }');
  const choice = graphOf(body).order.find((block) => body.endOf(block) === End.Choose)!;
  assert.equal(body.successors(choice).length, 2);
  assert.equal(body.condition(choice), 0);
  const graph = graphOf(body);
  const calls = all(body, Op.Call).filter((call) => body.calleeOf(call)?.kind === 'function');
  assert.ok(calls.every((call) => graph.blockOf(call) === choice));
  assert.ok([...all(body, Op.Receive), ...all(body, Op.Send)].every((each) => body.has(each, Flag.Chosen)));
});

test('lowering: an empty select never goes on', () => {
  const body = bodyOf('func f() { println(1); select {} }');
  assert.deepEqual(graphOf(body).order.map((block) => body.endOf(block)), [End.Stuck]);
});

test('lowering: deferred calls take their arguments at once and run at the exits', () => {
  const body = bodyOf('func g(int) {}\nfunc f(m map[string]int, n int) int { defer g(n); defer clear(m); if n > 0 { return 1 }; panic("x") }');
  const calls = all(body, Op.Call);
  assert.ok(calls.every((call) => body.has(call, Flag.Deferred)));
  assert.equal(body.calleeOf(calls[1]!)?.role, Role.Clears);
  assert.equal(all(body, Op.Clear).length, 0);
  assert.equal(all(body, Op.RunDefers).length, 2);
  assert.deepEqual(graphOf(body).order.map((block) => body.endOf(block)), [End.Branch, End.Return, End.Panic]);
});

test('lowering: without a defer nothing runs at the exits', () => {
  assert.equal(all(bodyOf('func f() int { return 1 }'), Op.RunDefers).length, 0);
});

test('lowering: calls that never return end the path', () => {
  const body = bodyOf('import ("log"; "os")\nfunc f(n int) { if n > 0 { os.Exit(1) }; if n < 0 { log.Fatal("x") }; println(n) }');
  assert.equal(graphOf(body).order.filter((block) => body.endOf(block) === End.Exit).length, 2);
});

test('lowering: closures share variables with the function around them', () => {
  const source = lowerSource('func f(m map[string]int) func() { n := 0; x := 1; g := func() { n++; func() { m["a"] = x }() }; return g }');
  const body = source.body('f');
  const { bodies, variables } = body.unit;
  assert.equal(bodies.length, 3);
  const byName = new Map(variables.map((each) => [each.name, each]));
  assert.ok(byName.get('n')!.writtenByClosure);
  assert.ok(byName.get('x')!.captured && !byName.get('x')!.writtenByClosure);
  assert.ok(byName.get('m')!.captured && !byName.get('m')!.writtenByClosure);
  assert.deepEqual(bodies[1]!.captures.map((each) => variables[each]!.name).sort(), ['m', 'n', 'x']);
  assert.deepEqual(bodies[2]!.captures.map((each) => variables[each]!.name).sort(), ['m', 'x']);
  assert.equal(bodies[2]!.parent, 1);
});

test('lowering: a literal is lowered with the function around it', () => {
  const source = lowerSource('func f(m map[string]int) { go func() { clear(m) }() }\nvar v = func(m map[string]int) { clear(m) }');
  const outer = source.body('f');
  const declaration = source.syntax.decls.find((each) => each.kind === NodeKind.FuncDecl)!;
  assert.ok(declaration.kind === NodeKind.FuncDecl);
  const statement = declaration.body!.list[0]!;
  assert.ok(statement.kind === NodeKind.GoStmt && statement.call.kind === NodeKind.CallExpr && statement.call.fun.kind === NodeKind.FuncLit);
  assert.equal(lowerFunction(statement.call.fun, source.info, source.file), outer.unit.bodies[1]);
  const initial = source.syntax.decls[1]!;
  assert.ok(initial.kind === NodeKind.GenDecl && initial.specs[0]!.kind === NodeKind.ValueSpec);
  const literal = initial.specs[0]!.values[0]!;
  assert.ok(literal.kind === NodeKind.FuncLit);
  assert.equal(all(lowerFunction(literal, source.info, source.file), Op.Clear).length, 1);
});

test('lowering: the same body as long as nothing changes', () => {
  const source = lowerSource('func f() {}');
  assert.equal(source.body('f'), source.body('f'));
});

test('lowering: literals of maps and slices are containers, of structs and arrays values', () => {
  const body = bodyOf('type T struct{ m map[string]int; n int }\nfunc f() { a := map[string]int{"x": 1}; b := []*T{{n: 1}, {}}; c := T{nil, 2}; d := [2]int{1: 5}; e := make(map[string]int, 9); _, _, _, _, _ = a, b, c, d, e }');
  assert.deepEqual(all(body, Op.Make).map((each) => body.shape(each)), [Shape.Map, Shape.List, Shape.Map]);
  assert.deepEqual(all(body, Op.Aggregate).map((each) => body.shape(each)), [Shape.Record, Shape.Record, Shape.Record, Shape.Array]);
  assert.equal(all(body, Op.Allocate).length, 2);
  assert.equal(body.constantOf(body.a(all(body, Op.Make)[2]!)), 9);
});

test('lowering: conversions that keep the value are the value', () => {
  const body = bodyOf('type M map[string]int\nfunc g(M) {}\nfunc f(m map[string]int, s string) { g(M(m)); _ = []byte(s); var x any = any(m); _ = x }');
  assert.equal(all(body, Op.Convert).length, 1);
  assert.equal(valuePath(body, body.list(all(body, Op.Call)[0]!)[0]!), 'm');
});

test('lowering: what has no type is opaque, and uses what it names', () => {
  const body = bodyOf('import "nowhere"\nfunc f(m map[string]int) { nowhere.Do(m); x := nowhere.New(); x.field = m; x.field[1] = m }');
  const mentions = (operation: number): boolean => {
    let found = false;
    body.forEachOperand(operation, (value) => {
      found ||= valuePath(body, value) === 'm';
    });
    return found;
  };
  assert.equal([...all(body, Op.Call), ...all(body, Op.Opaque)].filter(mentions).length, 3);
});

test('lowering: damaged code gives a body', () => {
  for (const text of ['func f( {', 'func f() { for i := range { x', 'func f() { switch { case', 'func f() { goto nowhere; break; x. }', 'func f() { select { case x', 'func f(m map[string]int) { m[ = 1; defer; go }']) {
    const source = lowerSource(text);
    for (const each of source.syntax.decls) {
      if (each.kind === NodeKind.FuncDecl) assert.ok(lowerFunction(each, source.info, source.file).blockCount > 0);
    }
  }
});

test('lowering: values come before what uses them, on every path', () => {
  const code = `
type T struct{ m map[string][]int; next *T }
func g(n int) (int, bool) { return n, n > 0 }
func f(t *T, c chan int, n int, x any) (r int, err error) {
	defer func() { if recover() != nil { err = nil } }()
loop:
	for i, ok := g(n); ok && (i > 0 || n < 3); i++ {
		switch y := x.(type) {
		case int:
			if y > 0 && t.next != nil { continue loop }
			fallthroughs(y)
		case nil, string:
			break loop
		default:
			return g2(t.m["a"][i], func() int { r++; return len(t.m) }())
		}
		select {
		case v, ok := <-c:
			t.m["b"] = append(t.m["b"], v)
			if !ok { goto done }
		case c <- n:
		}
		for k, vs := range t.m { for j := range vs { vs[j] += i; if k == "" { panic(k) } } }
	}
done:
	switch { case n > 1, n < -1: n = 2; fallthrough; case n == 0: r = n }
	return
}
func g2(a, b int) (int, error) { return a + b, nil }
func fallthroughs(int) {}`;
  const pieces = ['', '{', '}', '(', ' = ', ' := ', 'func() {', '.', '[', 'case ', ' <-', 'goto x; '];
  // The code as it is, and damaged in many ways.
  for (let cut = 0; cut < code.length; cut += 7) {
    const source = lowerSource(cut === 0 ? code : code.slice(0, cut) + pieces[cut % pieces.length] + code.slice(cut + (cut % 3)));
    for (const each of source.syntax.decls) {
      if (each.kind !== NodeKind.FuncDecl) continue;
      for (const body of lowerFunction(each, source.info, source.file).unit.bodies) checkOrder(body);
    }
  }
});

function checkOrder(body: FunctionBody): void {
  const graph = graphOf(body);
  for (let operation = 0; operation < body.operationCount; operation++) {
    body.forEachOperand(operation, (value) => {
      assert.ok(value >= 0 && value < operation);
      const block = graph.blockOf(operation);
      assert.ok(!graph.isReachable(block) || graph.dominates(graph.blockOf(value), block), `${body.name}: ${printOperation(body, operation)}`);
    });
  }
}

test('lowering: spans are those of the source', () => {
  const source = lowerSource('func f(m map[string]int, k string) { m[k] = 1; delete(m, k) }');
  const body = source.body('f');
  const write = all(body, Op.Write).find((each) => !body.has(each, Flag.Define))!;
  assert.equal(source.textOf(body, write), 'm[k]');
  assert.equal(source.textOf(body, all(body, Op.Delete)[0]!), 'delete(m, k)');
});

test('lowering: long sums, deep nesting and many cases', () => {
  const sum = Array.from({ length: 400 }, () => 'a').join(' + ');
  const nested = `${'if a > 0 { '.repeat(150)}a++${' }'.repeat(150)}`;
  const cases = Array.from({ length: 1000 }, (_, i) => `case ${i}: a += ${i}`).join('\n');
  const statements = Array.from({ length: 10_000 }, (_, i) => `m[${i}] = a`).join('\n');
  const body = bodyOf(`func f(a int, m map[int]int) int { b := ${sum}\n${nested}\nswitch b {\n${cases}\n}\n${statements}\nreturn b }`);
  assert.ok(!body.incomplete);
  assert.ok(body.operationCount > 40_000);
  assert.equal(all(body, Op.Opaque).length, 0);
});

test('lowering: a function past the limit is incomplete, and so are its literals', () => {
  const source = lowerSource(`func f(a int) { func() { a = 1 }(); ${'a++; '.repeat(140_000)} }\nfunc g() {}`);
  assert.ok(source.body('f').incomplete);
  assert.ok(!source.body('g').incomplete);
});
