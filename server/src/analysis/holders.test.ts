import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FunctionBody } from '../model/function-body.ts';
import { Op } from '../model/operations.ts';
import { lowerSource } from '../go/lowering/testing.ts';
import { emptyingsIn } from './emptyings.ts';
import { containersIn, giveSame } from './holders.ts';
import { oversizedClears } from './refills.ts';

const types = `
type C struct{ m, n map[string]int }
type B struct{ name string; entries map[string]int }
func mark(...any) {}
func other(*C) {}
`;

/** A function and the values that it gives to `mark`, in order. */
function marked(code: string): { readonly body: FunctionBody; readonly given: readonly number[] } {
  const body = lowerSource(types + code).body('f');
  const given: number[] = [];
  for (let operation = 0; operation < body.operationCount; operation++) {
    if (body.kind(operation) !== Op.Call || body.calleeOf(operation)?.name !== 'mark') continue;
    for (const value of body.list(operation)) given.push(body.kind(value) === Op.Convert ? body.a(value) : value);
  }
  return { body, given };
}

test('holders: two mentions give one container as long as nothing is put in its place', () => {
  const same = (code: string): boolean => {
    const { body, given } = marked(code);
    return giveSame(body, given[0]!, given[1]!);
  };
  assert.equal(same('func f(c *C) { mark(c.m); mark(c.m) }'), true);
  assert.equal(same('func f(c *C) { m := c.m; mark(m); other(c); mark(c.m) }'), false);
  assert.equal(same('func f(c *C) { mark(c.m); c.m = nil; mark(c.m) }'), false);
  assert.equal(same('func f(c *C) { mark(c.m); mark(c.n) }'), false);
  assert.equal(same('func f(c, d *C) { mark(c.m); mark(d.m) }'), false);
  assert.equal(same('func f(c *C, ch chan int) { mark(c.m); ch <- 1; mark(c.m) }'), true);
});

test('holders: a record, a pointer to one and a list hold the containers they were made of', () => {
  const count = (code: string): number => {
    const { body, given } = marked(code);
    return containersIn(body, given[0]!).length;
  };
  assert.equal(count('func f(c *C) { mark(c.m) }'), 1);
  assert.equal(count('func f(c *C) { mark(B{name: "x", entries: c.m}) }'), 1);
  assert.equal(count('func f(c *C) { b := &B{entries: c.m}; mark(b) }'), 1);
  assert.equal(count('func f(c *C) { mark([]map[string]int{c.m, c.n}) }'), 2);
  assert.equal(count('func f(n int) { mark(n) }'), 0);
});

test('emptyings: clear, a deferred clear and a loop that deletes every key', () => {
  const count = (code: string): number => emptyingsIn(lowerSource(types + code).body('f')).length;
  assert.equal(count('func f(c *C) { clear(c.m) }'), 1);
  assert.equal(count('func f(c *C) { defer clear(c.m) }'), 1);
  assert.equal(count('func f(c *C) { for k := range c.m { delete(c.m, k) } }'), 1);
  assert.equal(count('func f(c *C) { for k := range c.m { if k != "" { delete(c.m, k) } } }'), 0);
  assert.equal(count('func f(c *C) { for k := range c.m { delete(c.n, k) } }'), 0);
  assert.equal(count('func f(c *C) { for k := range c.m { delete(c.m, k); break } }'), 0);
});

test('refills: what a round inserts at most', () => {
  const clears = (code: string) => oversizedClears(lowerSource(types + code).body('f'));
  const [found] = clears('func f(n int) { m := make(map[int]int, 50000); for i := 0; i < n; i++ { for j := 0; j < 7; j++ { m[j] = i }; m[-1] = 0; clear(m) } }');
  assert.equal(found?.elements, 8);
  assert.equal(clears('func f(n int) { m := make(map[int]int, 50000); for i := 0; i < n; i++ { for j := 0; j < n; j++ { m[j] = i }; clear(m) } }').length, 0);
});
