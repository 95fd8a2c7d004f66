// How far an edit reaches: which statements and members of the project are looked at anew.

import assert from 'node:assert/strict';
import test from 'node:test';
import { typeScriptForTests } from '../../../../test/harness/typescript.ts';
import { MemoryFileSystem } from '../../workspace/file-system.ts';
import { OverlayFileSystem } from '../../workspace/overlay.ts';
import { linkCompiler } from '../compiler.ts';
import { Programs } from './programs.ts';

const store = `export interface Entry { close(): void }
export class Store {
  private readonly entries = new Map<string, Entry>();
  load(key: string): Entry | undefined { return this.entries.get(key); }
  first() { return this.load('first'); }
  count(): number { return this.entries.size; }
}
export function open(key: string) { return new Store().load(key); }
`;
const user = `import { Store, open } from './store.ts';
const store = new Store();
export const held = store.load('held');
export function closeAll(): void { store.load('a')?.close(); }
export function use() { return held; }
export function size(): number { return store.count(); }
export function other(): void { open('a')?.close(); }
const counts = new Map<string, number>();
export class Counter {
  private readonly inner = { count(): number { return 1; } };
  count(): number { return this.inner.count(); }
  load(): number { return counts.get('a') ?? 0; }
}
type Some = Partial<Store>;
export function sum(counter: Counter): number { return counter.count() + counter.load(); }
export function either(of: Counter | Store): number { return of.count(); }
export function perhaps(of: Some): number { return of.count?.() ?? 0; }
export function narrowed(of: unknown): number { return of instanceof Store ? 0 : (of as Counter).count(); }
export function unknown(of: any): number { return of.count(); }
`;

/** Up to the first bracket or sign. */
function nameOf(text: string): string {
  return text.split('(')[0]!.split('=')[0]!.trim();
}

/** The beginnings of the regions that an edit of a file reaches; undefined where everything is looked at anew. */
function reached(from: string, to: string, path = '/w/store.ts', more: Readonly<Record<string, string>> = {}): readonly string[] | undefined {
  const texts: Record<string, string> = { '/w/tsconfig.json': '{"compilerOptions":{"types":[],"strict":true,"module":"preserve","allowImportingTsExtensions":true,"noEmit":true}}', '/w/store.ts': store, '/w/user.ts': user, ...more };
  const files = new OverlayFileSystem(new MemoryFileSystem(texts));
  const programs = new Programs(files, linkCompiler(typeScriptForTests));
  programs.ofProject(path);
  assert.ok(texts[path]!.includes(from));
  files.set(path, texts[path]!.replace(from, to));
  programs.changed(path);
  const continued = programs.takeContinued(programs.ofProject(path));
  return continued?.edits.map(({ region }) => nameOf(region.getText())).filter((text) => text !== '').sort();
}

const callers = ['export const held', 'export function closeAll', 'export function open', 'first', 'load'];

test('declarations: a parameter reaches those that call', () => {
  // What has no written result is compared: it gives the same as before, and who calls that is left alone.
  assert.deepEqual(reached('load(key: string)', 'load(key: string, again?: boolean)'), callers);
});

test('declarations: a result reaches those that pass it on, and who takes it from them', () => {
  assert.deepEqual(reached('Entry | undefined {', 'Map<string, Entry> | undefined {'), [...callers, 'export function other', 'export function use', "import { Store, open } from './store.ts';"].sort());
});

test('declarations: what others see as before reaches nobody', () => {
  // The member before is parsed again.
  assert.deepEqual(reached('count(): number', 'count(): /* all */ number'), ['count', 'first']);
});

test('declarations: a new field reaches those that say its name', () => {
  const found = reached('  load(key', '  private held = 1;\n  load(key')!;
  for (const each of ['private held', 'export const held', 'export function use']) assert.ok(found.includes(each), each);
  for (const each of ['export function closeAll', 'export function size', 'export function other']) assert.ok(!found.includes(each), each);
});

test('declarations: what has the name of a changed member and is another is left alone', () => {
  // Of a union, of a type made of the class, in an object's literal and where the type is not known, it may be the one that changed.
  const functions = ['either', 'narrowed', 'perhaps', 'size', 'unknown'].map((name) => `export function ${name}`);
  assert.deepEqual(reached('count(): number', 'count(again?: boolean): number'), ['count', ...functions, 'first', 'private readonly inner']);
  // Not so where the member comes or goes: another one may be meant now.
  assert.ok(reached('count(): number', 'counted(): number')!.includes('export function sum'));
});

test('declarations: what a class extends reaches those that name it, and its members', () => {
  const found = reached('export class Store {', 'export class Store extends Map<string, string> {')!;
  for (const each of ['load', 'first', 'count', 'export function open', 'const store', 'export const held', 'export function size', 'export function narrowed']) assert.ok(found.includes(each), each);
  for (const each of ['export function sum', 'load(): number']) assert.ok(!found.includes(each), each);
  assert.ok(reached('export class Store {', 'export class Store<Key = string> {')!.includes('export const held'));
});

test('declarations: what a class implements reaches nobody', () => {
  const found = reached('export class Store {', 'export class Store implements Iterable<string> {')!;
  assert.ok(found.includes('implements Iterable<string>'));
  // What stands before it is parsed again.
  assert.deepEqual(found.filter((each) => /^(export (function|const|class)|const|import)/.test(each)), []);
});

const unnamed = {
  '/w/open.ts': `import { Store } from './store.ts';
export default function unlock(key: string) { return new Store().load(key); }
export function more(): number { return 1; }
`,
  '/w/opened.ts': `import openStore, { more } from './open.ts';
import open from './other.ts';
export function one() { return openStore('a'); }
export function two(): number { return more(); }
export function three(): void { open('a'); }
`,
  '/w/other.ts': `export default function (key: string): void { void key; }
`,
};

test('declarations: a default export reaches those that import it, under the names that they give it', () => {
  assert.deepEqual(reached('unlock(key: string)', 'unlock(key: string, again?: boolean)', '/w/open.ts', unnamed), ['export default function unlock', 'export function one', "import openStore, { more } from './open.ts';"]);
});

const scripts = {
  '/w/tsconfig.json': '{"compilerOptions":{"types":[],"allowJs":true,"module":"commonjs","noEmit":true}}',
  '/w/cache.js': `class Cache {
  constructor() {
    this.entries = new Map();
  }
  load(key) { return this.entries.get(key); }
  fill(key) {
    this.entries.set(key, key);
  }
}
function unlock(/** @type {string} */ key) { return new Cache().load(key); }
function close() {}
exports.Cache = Cache;
exports.unlock = unlock;
exports.close = close;
`,
  '/w/uses-cache.js': `const lib = require('./cache');
const cache = new lib.Cache();
function one() { return lib.unlock('a'); }
function two() { lib.close(); }
function three() { return cache.entries.size; }
/** @param {Cache} of */
function four(of) { return of; }
app.get('/', (req, res) => {
  res.value = 1;
});
`,
};

test('declarations: in JavaScript a parameter reaches those that call, and what gives it away', () => {
  assert.deepEqual(reached('unlock(/** @type', 'unlock(again, /** @type', '/w/cache.js', scripts), ['exports.unlock', 'function one', 'function unlock']);
});

test('declarations: in JavaScript what is assigned to a field reaches those that say its name', () => {
  assert.deepEqual(reached('this.entries.set(key, key);', 'this.entries.set(key, key);\n    this.filled = 1;', '/w/cache.js', scripts), ['fill']);
  const found = reached('this.entries = new Map();', 'this.entries = [];', '/w/cache.js', scripts)!;
  for (const each of ['load', 'fill', 'function three']) assert.ok(found.includes(each), `${each} of ${found.join(', ')}`);
  for (const each of ['function two', 'function close']) assert.ok(!found.includes(each), each);
});

test('declarations: in JavaScript what comments say is followed', () => {
  assert.ok(reached('class Cache {', 'class Cache extends Map {', '/w/cache.js', scripts)!.includes('function four'));
  assert.equal(reached('function close() {}', '/** @typedef {string} Key */\nfunction close() {}', '/w/cache.js', scripts), undefined);
});

test('declarations: in JavaScript the body of a function that a statement gives away is looked at by itself', () => {
  assert.deepEqual(reached('res.value = 1;', 'res.value = 2;', '/w/uses-cache.js', scripts), ['app.get']);
});

test('declarations: what is not followed is looked at as a whole', () => {
  assert.equal(reached('export class Store {', 'export class Stores {'), undefined);
  assert.equal(reached('load(key: string)', 'then(key: string)'), undefined);
  assert.equal(reached('  load(key', '  [key: string]: unknown;\n  load(key'), undefined);
  assert.equal(reached('export function open', 'declare module "x" {}\nexport function open'), undefined);
});
