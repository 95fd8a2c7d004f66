import assert from 'node:assert/strict';
import { test } from 'node:test';
import { functionsOf } from '../../go/lowering/package-functions.ts';
import { lowerSource } from '../../go/lowering/testing.ts';
import { appended, step } from './paths.ts';
import { SummaryStore } from './store.ts';
import type { FunctionSource, FunctionSources } from './store.ts';
import { Effect, Taken, summaryFromText, summaryText } from '../../model/summary.ts';
import type { Summary } from '../../model/summary.ts';

const types = `
import "sync"
import "os"
type C struct{ mu sync.Mutex; rw sync.RWMutex; m, n map[string]int; d *D; list []map[string]int }
type D struct{ mu sync.Mutex; m map[string]int }
var global map[string]int
var lock sync.Mutex
`;

/** One file whose text may change, with a store that is told so. */
class Editable implements FunctionSources {
  readonly store = new SummaryStore(this);
  /** By interface method. */
  readonly implementers = new Map<string, readonly string[]>();
  private functions = new Map<string, FunctionSource>();

  /** Answers the functions that are looked at when everything is asked for. */
  update(code: string, environment = ''): readonly string[] {
    this.edit(code, environment);
    return this.ask();
  }

  edit(code: string, environment = ''): void {
    const source = lowerSource(types + code);
    this.functions = new Map(functionsOf([{ ...source.file, text: source.text }], source.info, environment).map((each) => [each.key, each]));
    this.store.changed();
  }

  ask(): readonly string[] {
    for (const key of this.functions.keys()) this.store.summaryOf(key);
    return this.store.takeVisited();
  }

  sourceOf(key: string): FunctionSource | undefined {
    return this.functions.get(key);
  }

  implementersOf(key: string): readonly string[] | undefined {
    return this.implementers.get(key);
  }
}

function summaries(code: string): (name: string) => Summary {
  const file = new Editable();
  file.update(code);
  return (name) => file.store.summaryOf(`p.${name}`)!;
}

const names: readonly (readonly [number, string])[] = [
  [Effect.Look, 'look'],
  [Effect.Assign, 'assign'],
  [Effect.Replace, 'replace'],
  [Effect.Read, 'read'],
  [Effect.Write, 'write'],
  [Effect.Delete, 'delete'],
  [Effect.Clear, 'clear'],
  [Effect.Range, 'range'],
  [Effect.Length, 'length'],
  [Effect.Append, 'append'],
  [Effect.Passed, 'passed'],
  [Effect.Shown, 'shown'],
  [Effect.Kept, 'kept'],
  [Effect.Atomic, 'atomic'],
];

/** Effects in words, without plain looks. */
function effects(map: ReadonlyMap<string, number>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [path, bits] of map) {
    const words = names.filter(([bit, name]) => bits & bit && name !== 'look').map(([, name]) => name);
    if (words.length > 0) found[path] = words.join(' ');
  }
  return found;
}

function accesses(code: string, name = 'f'): Record<string, string> {
  return effects(summaries(code)(name).accesses);
}

function locks(code: string, name = 'f'): Record<string, string> {
  return Object.fromEntries(summaries(code)(name).locks);
}

// Accesses. --------------------------------------------------------------------------------------------------------------

test('summaries: what is done to a parameter', () => {
  assert.deepEqual(accesses('func f(m map[string]int, k string) { m[k] = 1; delete(m, k); clear(m); for range m {}; _ = len(m); _ = m[k] }'), { p0: 'read write delete clear range length' });
});

test('summaries: through receivers, fields and local names', () => {
  const code = 'func (c *C) f(k string) { x := c.d; y := x.m; y[k]++; c.n = nil; c.m = make(map[string]int) }';
  assert.deepEqual(accesses(code, 'C.f'), { 'p0*.d*.m': 'read write', 'p0*.n': 'assign replace', 'p0*.m': 'assign replace' });
});

test('summaries: a value receiver shares its maps and nothing else', () => {
  assert.deepEqual(accesses('func (c C) f() { c.m = nil; clear(c.n); c.d.m = nil }', 'C.f'), { 'p0.n': 'clear', 'p0.d*.m': 'assign replace' });
});

test('summaries: elements of containers', () => {
  assert.deepEqual(accesses('func f(c *C, i int) { c.list[i]["a"] = 1; for _, m := range c.list { clear(m) } }'), { 'p0*.list': 'read range', 'p0*.list[]': 'write clear' });
});

test('summaries: package variables, whoever touches them', () => {
  const of = summaries('func f() { g() }\nfunc g() { global["a"] = 1 }');
  assert.deepEqual(effects(of('f').accesses), { 'g:p.global|': 'write' });
});

test('summaries: what is new is nobody else\'s', () => {
  assert.deepEqual(accesses('func f() { m := map[string]int{}; m["a"] = 1; c := &C{m: m}; c.m["b"] = 1 }'), {});
});

test('summaries: callees, with their paths put in place', () => {
  const of = summaries(`
func (c *C) outer(d *D) { c.inner(); wipe(c.n); d.set("a") }
func (c *C) inner() { c.d.set("b") }
func (d *D) set(k string) { d.m[k] = 1 }
func wipe(m map[string]int) { clear(m) }`);
  assert.deepEqual(effects(of('C.outer').accesses), { 'p0*.d*.m': 'write', 'p0*.n': 'clear', 'p1*.m': 'write' });
});

test('summaries: what a getter returns is the field', () => {
  const of = summaries(`
func (c *C) entries() map[string]int { return c.m }
func (c *C) fresh() map[string]int { return map[string]int{} }
func (c *C) either(b bool) map[string]int { if b { return c.m }; return c.n }
func (c *C) orNil(b bool) (map[string]int, bool) { if b { return nil, false }; return c.m, true }
func f(c *C) { clear(c.entries()); clear(c.fresh()); m, _ := c.orNil(true); m["a"] = 1 }`);
  assert.deepEqual(of('C.entries').results, ['p0*.m']);
  assert.deepEqual(of('C.fresh').results, ['new']);
  assert.deepEqual(of('C.either').results, [undefined]);
  assert.deepEqual(of('C.orNil').results, ['p0*.m', undefined]);
  assert.deepEqual(effects(of('f').accesses), { 'p0*.m': 'write clear' });
});

test('summaries: stored, sent and handed on', () => {
  assert.deepEqual(accesses('func f(c *C, m map[string]int) { c.m = m }'), { 'p0*.m': 'assign replace', p1: 'kept' });
  assert.deepEqual(accesses('func f(out chan map[string]int, m map[string]int) { out <- m }'), { p1: 'kept' });
  assert.deepEqual(accesses('func f(g func(map[string]int), m map[string]int) { g(m) }'), { p1: 'passed', p0: 'passed' });
  assert.ok(summaries('func f(g func()) { g() }')('f').callsUnknown);
  assert.ok(!summaries('func f(m map[string]int) { clear(m) }')('f').callsUnknown);
});

test('summaries: closures that are called here, deferred, or run later', () => {
  const of = summaries(`
func now(m map[string]int) { func() { clear(m) }() }
func deferred(m map[string]int) { defer func() { clear(m) }() }
func named(m map[string]int) { wipe := func() { clear(m) }; wipe() }
func spawned(m map[string]int) { go func() { clear(m) }() }
func returned(m map[string]int) func() { return func() { clear(m) } }
func argument(m map[string]int) { go func(n map[string]int) { clear(n) }(m) }`);
  for (const name of ['now', 'deferred', 'named']) assert.deepEqual(effects(of(name).accesses), { p0: 'clear' }, name);
  for (const name of ['spawned', 'returned', 'argument']) assert.deepEqual(effects(of(name).later), { p0: 'clear' }, name);
});

test('summaries: variables of the function itself are its own business', () => {
  const of = summaries(`
func whole(m map[string]int) { func() { m = nil }() }
func field(c *C) { d := *c; func() { d.m = nil; clear(d.n) }() }
func nested(m map[string]int) { func() { func() { m["a"] = 1; m = nil }() }() }`);
  assert.deepEqual(effects(of('whole').accesses), {});
  assert.deepEqual(effects(of('field').accesses), { 'p0*.n': 'clear' });
  assert.deepEqual(effects(of('nested').accesses), { p0: 'write' });
});

test('summaries: deferred operations of the language count before the return', () => {
  assert.deepEqual(accesses('func f(m map[string]int) { defer clear(m) }'), { p0: 'clear' });
});

test('summaries: paths have a bound', () => {
  assert.equal(step('p0', '*'), 'p0*');
  assert.equal(step('p0*.m&', '*'), 'p0*.m');
  assert.equal(step('p0*.a*.b*.c', '*'), 'p0*.a*.b*.c~');
  assert.equal(step('g:example.com/a.b/c.x|', '.m'), 'g:example.com/a.b/c.x|.m');
  assert.equal(appended('p1*.d', '*.m[]'), 'p1*.d*.m[]');
  const list = 'type L struct{ next *L; m map[string]int }\nfunc f(l *L) { l.next.next.next.next.next.m = nil }';
  assert.ok(Object.keys(accesses(list)).some((path) => path.endsWith('~')));
});

// Locks. -------------------------------------------------------------------------------------------------------------------

test('locks: taken and released, or held after the call', () => {
  assert.deepEqual(locks('func f(c *C) { c.mu.Lock(); c.m["a"] = 1; c.mu.Unlock() }'), {});
  assert.deepEqual(locks('func f(c *C) { c.mu.Lock(); defer c.mu.Unlock(); if c.m == nil { return }; clear(c.m) }'), {});
  assert.deepEqual(locks('func f(c *C) { c.mu.Lock() }'), { 'p0*.mu': 'locked' });
  assert.deepEqual(locks('func f(c *C) { c.rw.RLock() }'), { 'p0*.rw': 'read-locked' });
  assert.deepEqual(locks('func f(c *C) { c.mu.Unlock() }'), { 'p0*.mu': 'unlocked' });
  assert.deepEqual(locks('func f() { lock.Lock() }'), { 'g:p.lock|': 'locked' });
});

test('locks: it depends on the path', () => {
  assert.deepEqual(locks('func f(c *C, b bool) { c.mu.Lock(); if b { return }; c.mu.Unlock() }'), { 'p0*.mu': 'varies' });
  assert.deepEqual(locks('func f(c *C) { c.mu.TryLock() }'), { 'p0*.mu': 'varies' });
  assert.deepEqual(locks('func f(c *C, b bool) { if b { c.mu.Lock(); defer c.mu.Unlock() }; clear(c.m) }'), {});
  assert.deepEqual(locks('func f(c *C, b bool) { c.mu.Lock(); if b { os.Exit(1) }; c.mu.Unlock() }'), {});
});

test('locks: through helpers and deferred closures', () => {
  const code = `
func (c *C) lock() { c.mu.Lock() }
func (c *C) unlock() { c.mu.Unlock() }
func (c *C) balanced() { c.lock(); defer c.unlock() }
func (c *C) held() { c.lock() }
func (c *C) inClosure() { c.mu.Lock(); defer func() { c.mu.Unlock() }() }
func (c *C) other(d *D) { d.mu.Lock(); c.lock(); c.unlock(); d.mu.Unlock() }`;
  const of = summaries(code);
  assert.deepEqual(Object.fromEntries(of('C.balanced').locks), {});
  assert.deepEqual(Object.fromEntries(of('C.held').locks), { 'p0*.mu': 'locked' });
  assert.deepEqual(Object.fromEntries(of('C.inClosure').locks), {});
  assert.deepEqual(Object.fromEntries(of('C.other').takes), { 'p1*.mu': Taken.Exclusive, 'p0*.mu': Taken.Exclusive });
});

test('locks: the kind of lock that is taken', () => {
  assert.equal(summaries('func f(c *C) { c.rw.RLock(); c.rw.RUnlock() }')('f').takes.get('p0*.rw'), Taken.Shared);
});

// Returning. ---------------------------------------------------------------------------------------------------------------

test('summaries: functions that never return', () => {
  const of = summaries(`
func fail() { os.Exit(1) }
func failLater(b bool) { if b { fail() }; panic(1) }
func forever() { for { } }
func recurse() { recurse() }
func mayFail(b bool) { if b { fail() } }
func after(m map[string]int) { fail(); clear(m) }`);
  const returning = ['fail', 'failLater', 'forever', 'recurse', 'mayFail', 'after'].map((name) => of(name).mayReturn);
  assert.deepEqual(returning, [false, false, false, false, true, false]);
  assert.deepEqual(effects(of('after').accesses), {});
});

// The store. ---------------------------------------------------------------------------------------------------------------

test('store: functions that call each other', () => {
  const of = summaries(`
func even(m map[string]int, n int) { if n > 0 { odd(m, n-1) }; clear(m) }
func odd(m map[string]int, n int) { if n > 0 { even(m, n-1) }; delete(m, "a") }`);
  assert.deepEqual(effects(of('even').accesses), { p0: 'delete clear' });
  assert.deepEqual(effects(of('odd').accesses), { p0: 'delete clear' });
});

test('store: recursion that makes paths longer ends', () => {
  const summary = summaries('type T struct{ left, right *T; m map[string]int }\nfunc f(t *T) { if t == nil { return }; f(t.left); f(t.right); clear(t.m) }')('f');
  assert.ok(summary.incomplete || [...summary.accesses.keys()].some((path) => path.endsWith('~')));
});

const chain = (leaf: string): string => `
func leaf(m map[string]int) { ${leaf} }
func middle(m map[string]int) { leaf(m) }
func top(m map[string]int) { middle(m) }
func aside(m map[string]int) { println(len(m)) }`;

test('store: after an edit what changed is visited and, if its summary did, what calls it', () => {
  const file = new Editable();
  assert.equal(file.update(chain('clear(m)')).length, 4);
  assert.deepEqual(file.update(chain('clear(m)')), []);
  assert.deepEqual(file.update(chain('println(1); clear(m)')), ['p.leaf']);
  assert.deepEqual(file.update(chain('delete(m, "a")')), ['p.leaf', 'p.middle', 'p.top']);
});

test('store: only what is asked for is looked at, and what that calls', () => {
  const file = new Editable();
  file.update(chain('clear(m)'));
  file.edit(chain('delete(m, "a")'));
  file.store.summaryOf('p.middle');
  assert.deepEqual(file.store.takeVisited(), ['p.leaf', 'p.middle']);
  assert.deepEqual(file.ask(), ['p.top']);
});

test('store: functions that come and go', () => {
  const file = new Editable();
  file.update('func f(m map[string]int) { g(m) }\nfunc g(m map[string]int) { clear(m) }');
  assert.deepEqual(file.update('func f(m map[string]int) { g(m) }'), ['p.f']);
  assert.equal(file.store.summaryOf('p.g'), undefined);
  assert.deepEqual(effects(file.store.summaryOf('p.f')!.accesses), { p0: 'passed' });
  file.update('func f(m map[string]int) { g(m) }\nfunc g(m map[string]int) { clear(m) }');
  assert.deepEqual(effects(file.store.summaryOf('p.f')!.accesses), { p0: 'clear' });
});

test('store: the answer does not depend on how one got there', () => {
  const file = new Editable();
  for (const leaf of ['clear(m)', 'delete(m, "a")', 'top(m)', 'm["a"] = 1']) file.update(chain(leaf));
  const fresh = new Editable();
  fresh.update(chain('m["a"] = 1'));
  assert.deepEqual([...file.store.texts()].sort(), [...fresh.store.texts()].sort());
});

test('store: another environment means that every function is looked at', () => {
  const file = new Editable();
  file.update(chain('clear(m)'), 'a');
  const before = file.store.summaryOf('p.leaf');
  assert.equal(file.update(chain('clear(m)'), 'b').length, 4);
  assert.equal(file.store.summaryOf('p.leaf'), before);
});

test('store: a call through an interface does what any implementer may do', () => {
  const file = new Editable();
  const code = 'type I interface{ M(map[string]int) }\ntype A struct{ n int }\nfunc (a *A) M(m map[string]int) { clear(m); a.n = 1 }\ntype B struct{}\nfunc (B) M(m map[string]int) { delete(m, "a") }\nfunc f(i I, m map[string]int) { i.M(m) }';
  file.update(code);
  assert.ok(file.store.summaryOf('p.f')!.callsUnknown);
  file.implementers.set('p.I.M', ['p.A.M', 'p.B.M']);
  file.store.changed();
  assert.deepEqual(file.ask(), ['p.f']);
  assert.deepEqual(effects(file.store.summaryOf('p.f')!.accesses), { p1: 'delete clear', 'p0*.n': 'assign' });
  assert.equal(file.store.summaryOf('p.f')!.callsUnknown, false);
  assert.deepEqual(file.update(code.replace('"a"', '"b"')), ['p.B.M']);
  assert.deepEqual(file.update(code.replace('delete(m, "a")', 'm["a"] = 1')), ['p.B.M', 'p.f']);
});

test('store: implementers that lock differently leave a lock in a state that varies', () => {
  const file = new Editable();
  file.implementers.set('p.I.M', ['p.A.M', 'p.B.M']);
  file.update('type I interface{ M(*sync.Mutex) }\ntype A struct{}\nfunc (A) M(m *sync.Mutex) { m.Lock() }\ntype B struct{}\nfunc (B) M(m *sync.Mutex) {}\nfunc f(i I, m *sync.Mutex) { i.M(m) }');
  assert.deepEqual(Object.fromEntries(file.store.summaryOf('p.f')!.locks), { 'p1*': 'varies' });
});

test('summaries: text and back', () => {
  const summary = summaries('func f(c *C, m map[string]int) (map[string]int, int) { c.mu.Lock(); go func() { clear(m) }(); return c.m, 1 }')('f');
  assert.equal(summaryText(summaryFromText(summaryText(summary))), summaryText(summary));
  assert.deepEqual(summaryFromText(summaryText(summary)), summary);
});

const long = (depth: number): string => Array.from({ length: depth }, (_, i) => `func f${i}(m map[string]int) { ${i + 1 < depth ? `f${i + 1}(m)` : 'clear(m)'} }`).join('\n');

test('store: long chains of calls are followed to a bound, whatever was asked first', () => {
  const whole = new Editable();
  whole.edit(long(3000));
  whole.store.summaryOf('p.f0');
  assert.deepEqual(whole.store.takeVisited(), [], 'nothing is summarised for an answer that is not known');
  whole.ask();
  assert.ok(whole.store.summaryOf('p.f0')!.incomplete);
  assert.deepEqual(effects(whole.store.summaryOf('p.f2950')!.accesses), { p0: 'clear' });
  const backwards = new Editable();
  backwards.edit(long(3000));
  for (let i = 2999; i >= 0; i--) backwards.store.summaryOf(`p.f${i}`);
  assert.deepEqual([...whole.store.texts()].sort(), [...backwards.store.texts()].sort());
});

test('store: a chain that becomes short enough is followed again', () => {
  const file = new Editable();
  file.update(long(100));
  assert.ok(file.store.summaryOf('p.f0')!.incomplete);
  file.update(long(100).replace('{ f50(m) }', '{ }'));
  assert.equal(file.store.summaryOf('p.f0')!.incomplete, false);
  const fresh = new Editable();
  fresh.update(long(100).replace('{ f50(m) }', '{ }'));
  assert.deepEqual([...file.store.texts()].sort(), [...fresh.store.texts()].sort());
});

test('store: functions that cannot be read do not count', () => {
  const calls = (prefix: string): string => Array.from({ length: 60 }, (_, i) => `${prefix}${i}()`).join('; ');
  const declared = (prefix: string): string => Array.from({ length: 60 }, (_, i) => `func ${prefix}${i}()`).join('\n');
  const file = new Editable();
  file.update(`func f(m map[string]int) { g(m); h(m) }\nfunc g(m map[string]int) { clear(m); ${calls('a')} }\nfunc h(m map[string]int) { clear(m); ${calls('b')} }\n${declared('a')}\n${declared('b')}`);
  assert.equal(file.store.summaryOf('p.f')!.incomplete, false);
});
