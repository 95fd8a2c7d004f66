// What TypeScript's statements become in the model, as text.

import assert from 'node:assert/strict';
import test from 'node:test';
import { typeScriptForTests } from '../../../../test/harness/typescript.ts';
import { printBody } from '../../model/print.ts';
import { MemoryFileSystem } from '../../workspace/file-system.ts';
import { linkCompiler } from '../compiler.ts';
import { Programs } from '../program/programs.ts';
import { CheckerQueries } from '../types/checker-queries.ts';
import { lowerFile } from './lower.ts';
import type { LoweredFile } from './lower.ts';

function lowered(text: string): LoweredFile {
  const path = '/f/a.ts';
  const programs = new Programs(new MemoryFileSystem({ [path]: text }), linkCompiler(typeScriptForTests));
  const view = programs.ofFile(path);
  const file = lowerFile({ path, text, syntax: view.program.getSourceFile(path)!, generated: false }, new CheckerQueries(view.checker));
  assert.ok(file);
  return file;
}

/** The body of the function with a name. */
function printed(text: string, name: string): string {
  const found = lowered(text).functions.find((each) => each.body.name === name);
  assert.ok(found, `no function ${name}`);
  return printBody(found.body);
}

test('lowering: a value read before the await, in the order of evaluation', () => {
  const text = printed('let x = 0; declare function f(): Promise<number>; async function g() { x = x + await f(); }', 'g');
  const order = ['read x', 'call f', 'suspend', 'compute +', 'write x'].map((each) => text.indexOf(each));
  assert.ok(order.every((at) => at >= 0), text);
  assert.deepEqual([...order].sort((a, b) => a - b), order, text);
});

test('lowering: the same with the await first', () => {
  const text = printed('let x = 0; declare function f(): Promise<number>; async function g() { x = (await f()) + x; }', 'g');
  assert.ok(text.indexOf('suspend') < text.indexOf('read x'), text);
});

test('lowering: ??= writes on one edge only, after the await', () => {
  const text = printed('const o: Record<string, number> = {}; declare function f(): Promise<number>; async function g(k: string) { o[k] ??= await f(); }', 'g');
  assert.match(text, /read %\d+\[%\d+\][^]*if [^]*suspend[^]*write %\d+\[%\d+\]/);
});

test('lowering: an await in try goes to finally, and finally to the end of the function', () => {
  const text = printed('const m = new Map<string, number>(); declare function f(): Promise<number>; async function g(k: string) { try { return await f(); } finally { m.delete(k); } }', 'g');
  assert.match(text, /suspend %\d+\n {2}choose → b\d+ b\d+/);
  assert.match(text, /delete %\d+ %\d+\n[^]*choose → b\d+ b\d+/);
  assert.match(text, /end: return/);
  assert.match(text, /end: panic/);
});

test('lowering: methods of containers are accesses of elements', () => {
  const text = printed('class C { m = new Map<string, number>(); s = new Set<string>(); f(k: string) { if (!this.m.has(k)) this.m.set(k, 1); this.s.add(k); this.m.clear(); return this.s.size; } }', 'f');
  assert.match(text, /read %\d+\[%\d+\] !ok[^]*extract[^]*write %\d+\[%\d+\][^]*write %\d+\[%\d+\][^]*clear[^]*length/);
});

test('lowering: for await and yield suspend', () => {
  assert.match(printed('async function g(x: AsyncIterable<number>) { for await (const y of x) { y; } }', 'g'), /next[^]*suspend[^]*if/);
  assert.match(printed('function* g() { const x: number = yield 1; return x; }', 'g'), /suspend/);
});

test('lowering: a closure shares the variables around it', () => {
  const file = lowered('function f() { let n = 0; const inc = () => { n++; }; inc(); return n; }');
  const variable = file.unit.variables.find((each) => each.name === 'n');
  assert.ok(variable?.captured && variable.writtenByClosure);
});

test('lowering: all that is understood in odd code does not end the lowering', () => {
  lowered(`
    label: { break label; }
    for (;;) { if (Math.random() > 1) break; else continue; }
    switch (1 as number) { case 1: break; default: }
    const { a, b: [c = 1] = [2], ...rest } = { a: 1, b: [3] } as { a: number; b: number[] };
    const k = class { static { a; } #p = 1; get q() { return this.#p; } };
    do { try { throw new Error(); } catch { continue; } finally { c; } } while (false);
    outer: for (const x of [1]) for (const y of [2]) { try { if (y) continue outer; } finally { x; } }
    export default async () => { await using r = null as unknown as AsyncDisposable; return [rest, k, r]; };
  `);
});
