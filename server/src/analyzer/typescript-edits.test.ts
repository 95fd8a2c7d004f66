// What the whole project tells of a file is the same whether the project was edited into what it is, or read as it is: in
// bodies, in signatures, in other files.

import assert from 'node:assert/strict';
import type ts from 'typescript';
import { join } from 'node:path';
import test from 'node:test';
import { readFixtures } from '../../../test/harness/fixtures.ts';
import { randomFrom } from '../../../test/harness/random.ts';
import { typeScriptForTests } from '../../../test/harness/typescript.ts';
import { Analyzer } from '../analyzer.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { OverlayFileSystem } from '../workspace/overlay.ts';

const settings = { '/w/tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, target: 'es2022', module: 'preserve', types: [], allowImportingTsExtensions: true, allowJs: true, noEmit: true }, include: ['**/*'] }) };

class Project {
  readonly #files: OverlayFileSystem;
  readonly #analyzer: Analyzer;
  readonly #texts: Map<string, string>;
  reused = 0;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = new Map(texts);
    this.#files = new OverlayFileSystem(new MemoryFileSystem({ ...settings, ...Object.fromEntries(texts) }));
    this.#analyzer = new Analyzer({
      fileSystem: this.#files,
      environment: { goos: 'linux', goarch: 'amd64' },
      typescript: typeScriptForTests,
      settingsFor: () => ({ rules: { '*': 'information' } }),
      log: (event) => {
        if (event.kind === 'rule-failed') throw event.error;
        this.reused += event.reused;
      },
    });
  }

  textOf(path: string): string {
    return this.#texts.get(path)!;
  }

  edit(path: string, text: string): void {
    this.#texts.set(path, text);
    this.#files.set(path, text);
    this.#analyzer.changed(path);
  }

  found(path: string): string {
    return JSON.stringify(this.#analyzer.analyze(path).findings, undefined, 1);
  }

  /** The same project, read as it is now. */
  asItIs(): Project {
    return new Project(this.#texts);
  }
}

function findsTheSame(project: Project, paths: readonly string[], what: string): void {
  const fresh = project.asItIs();
  for (const path of paths) assert.equal(project.found(path), fresh.found(path), `${path}: ${what}`);
}

const store = `export class Store {
  readonly entries = new Map<string, string>();
  private loading = false;
  async load(key: string): Promise<string> {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const value = await read(key);
    this.entries.set(key, value);
    return value;
  }
  async refresh(): Promise<void> {
    if (this.loading) return;
    await read('all');
    this.loading = true;
  }
  reset(): void {
    this.entries.clear();
  }
  put(key: string, value: string) {
    this.entries.set(key, value);
  }
}
export const kept = new Map<string, string>();
export function keep(key: string, value: string): void {
  kept.set(key, value);
}
export async function read(key: string): Promise<string> {
  await Promise.resolve();
  return key;
}
`;
const user = `import { Store, keep, kept, read } from './store.ts';
const store = new Store();
const names = new Map<string, string>();
export async function name(key: string): Promise<string> {
  const known = names.get(key);
  if (known !== undefined) return known;
  const found = await store.load(key);
  names.set(key, found);
  return found;
}
export async function fill(keys: readonly string[]): Promise<void> {
  for (const key of keys) store.put(key, await read(key));
}
export async function ensure(key: string): Promise<void> {
  if (!kept.has(key)) keep(key, await read(key));
}
export function forget(): void {
  names.clear();
}
`;

const [storePath, userPath] = ['/w/store.ts', '/w/user.ts'];

/** Each edit on top of the ones before: path, what is replaced, and by what. */
const edits: readonly (readonly [path: string, from: string, to: string, what: string])[] = [
  [storePath, 'const known = this.entries.get(key);', 'const one = 1;\n    const known = this.entries.get(key);', 'a statement in a method'],
  [storePath, "await read('all');\n    this.loading = true;", "this.loading = true;\n    await read('all');\n    this.loading = false;", 'the flag before the await'],
  [storePath, 'kept.set(key, value);', 'const one = 1;\n  kept.set(key, value);', 'a function that the other file stores with'],
  [storePath, 'this.entries.clear();', '', 'what empties is gone'],
  [userPath, 'const found = await store.load(key);', 'const found = await store.load(key);\n  if (names.has(key)) return found;', 'a look in the other file'],
  [storePath, 'this.entries.clear();\n', '', 'nothing'],
  [storePath, 'reset(): void {\n    ', 'reset(): void {\n    this.entries.clear();', 'it empties again'],
  [storePath, 'put(key: string, value: string) {\n    this.entries.set(key, value);', 'put(key: string, value: string) {\n    return this.entries.set(key, value);', 'another inferred type'],
  [storePath, 'async load(key: string): Promise<string> {', 'async load(key: string, again = false): Promise<string> {', 'a signature'],
  [storePath, 'await Promise.resolve();\n  return key;', 'return key;', 'the body of a function that others call'],
  [userPath, 'names.clear();', 'names.delete("a");', 'the other file forgets one'],
  [storePath, 'private loading = false;', 'private loading = 0;', 'a field'],
  [userPath, 'export async function fill(', 'export async function refill(', 'a name'],
  [storePath, 'export async function read(key: string)', 'export async function read(key: string, ..._more: string[])', 'a parameter'],
  [userPath, 'if (names.has(key)) return found;', '', 'the look is gone'],
];

test('edits: a project that was edited is told the same of as one that is read', () => {
  const project = new Project(new Map([[storePath, store], [userPath, user]]));
  for (const path of [storePath, userPath]) assert.match(project.found(path), /check-then-act/);
  for (const [path, from, to, what] of edits) {
    project.edit(path, project.textOf(path).replace(from, to));
    findsTheSame(project, [path, path === storePath ? userPath : storePath], what);
  }
  assert.ok(project.reused > 0);
});

test('edits: several files at once, before anybody asks', () => {
  const project = new Project(new Map([[storePath, store], [userPath, user]]));
  project.found(userPath);
  for (let i = 0; i + 1 < edits.length; i += 2) {
    for (const [path, from, to] of edits.slice(i, i + 2)) project.edit(path, project.textOf(path).replace(from, to));
    findsTheSame(project, [userPath, storePath], `edits ${i} and ${i + 1}`);
  }
});

test('edits: several functions of one file at once, before anybody asks', () => {
  for (const first of [storePath, userPath]) {
    const project = new Project(new Map([[storePath, store], [userPath, user]]));
    for (const path of [storePath, userPath]) project.found(path);
    const own = edits.filter(([path]) => path === first);
    for (let i = 0; i + 1 < own.length; i += 2) {
      project.edit(first, own.slice(i, i + 2).reduce((text, [, from, to]) => text.replace(from, to), project.textOf(first)));
      findsTheSame(project, [first, first === storePath ? userPath : storePath], `edits ${i} and ${i + 1} of ${first}`);
    }
  }
});

test('edits: what was found in other functions is kept when several bodies change', () => {
  const project = new Project(new Map([[storePath, store], [userPath, user]]));
  for (const path of [storePath, userPath]) project.found(path);
  const before = project.reused;
  project.edit(storePath, store.replace('await Promise.resolve();', 'await Promise.resolve(1);').replace('const value = await read(key);', 'const one = 1;\n    const value = await read(key);'));
  findsTheSame(project, [storePath, userPath], 'two bodies');
  // The three functions in between among them.
  assert.ok(project.reused - before >= 4, String(project.reused - before));
});

/** What is stored changes its type, its key may be missing, and what others call is declared in another file. */
const typed = `import { read, type Entry } from './entry.ts';
const known = new Map<string, Entry>();
export class Cache {
  private readonly entries = new Map<string, Entry>();
  private last: Entry | undefined;
  async load(key: string): Promise<Entry> {
    const held = known;
    const found = this.entries.get(key);
    if (found !== undefined) return found;
    const value = await read(key);
    this.entries.set(key, value);
    return value;
  }
  async open(): Promise<Entry> {
    if (!this.last) this.last = await read('last');
    return this.last;
  }
  empty() {
    const closed = () => { this.last = undefined; };
    for (const key of this.entries.keys()) this.entries.delete(key);
    closed();
  }
}
export async function keep(key: string): Promise<void> {
  const load = async (name: string) => { if (!known.has(name)) known.set(name, await read(name)); };
  await load(key);
}
`;
const entry = `export interface Entry { close(): void }
export async function read(key: string): Promise<Entry> {
  await Promise.resolve(key);
  return { close() {} };
}
`;
const [typedPath, entryPath] = ['/w/typed.ts', '/w/entry.ts'];

const typedEdits: readonly (readonly [path: string, from: string, to: string, what: string])[] = [
  [typedPath, 'const held = known;', 'const held = this.entries;', 'a local variable is another map'],
  [typedPath, 'this.entries.get(key);', 'held.get(key);', 'the map is asked through it'],
  [typedPath, 'const found', 'key = key.trim();\n    const found', 'the key is assigned again'],
  [typedPath, 'key = key.trim();\n', '', 'the key is as it was'],
  [typedPath, "if (!this.last) this.last = await read('last');", "const value = this.last ?? await read('last');\n    this.last = value;", 'a value in between'],
  [entryPath, 'return { close() {} };', 'return { close() { void key; } };', 'a body in the other file'],
  [typedPath, 'this.last = undefined;', 'this.last = undefined; this.entries.clear();', 'a closure that empties as well'],
  [typedPath, 'for (const key of this.entries.keys()) this.entries.delete(key);', 'return this.entries.size;', 'an inferred result'],
  [entryPath, 'export interface Entry { close(): void }', 'export type Entry = { readonly close: string }', 'what is stored does nothing any more'],
  [typedPath, 'if (!known.has(name))', 'const key = name;\n    if (!known.has(key))', 'a variable in a closure'],
  [entryPath, 'export type Entry = { readonly close: string }', 'export type Entry = string', 'what is stored is a text'],
  [typedPath, 'const load = async (name: string) =>', 'const load = async (name: string | undefined) =>', 'a parameter of a closure'],
];

test('edits: types that are kept are those of a first look', () => {
  const project = new Project(new Map([[typedPath, typed], [entryPath, entry]]));
  // Without a look at the file whose body is edited first.
  project.edit(typedPath, project.textOf(typedPath).replace('await load(key);', 'await load(key); // once'));
  for (const path of [typedPath, entryPath]) project.found(path);
  for (const [path, from, to, what] of typedEdits) {
    assert.ok(project.textOf(path).includes(from), what);
    project.edit(path, project.textOf(path).replace(from, to));
    findsTheSame(project, [typedPath, entryPath], what);
  }
  assert.ok(project.reused > 0);
});

/** Classes whose members have the same names, one of another, one behind an interface, one known by its class alone. */
const alike = `export interface Keeps { get(key: string): Promise<string | undefined> }
export class First {
  readonly entries = new Map<string, string>();
  async get(key: string): Promise<string | undefined> {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const value = await read(key);
    this.entries.set(key, value);
    return value;
  }
  all() { return this.entries; }
  clear(): void { this.entries.clear(); }
}
export class Second extends First {
  readonly held = new Set<string>();
  all() { return new Map(this.entries); }
  async add(key: string): Promise<void> {
    if (this.held.has(key)) return;
    await this.get(key);
    this.held.add(key);
  }
}
export class Third implements Keeps {
  private readonly last = new Map<string, string>();
  async get(key: string) {
    if (!this.last.has(key)) this.last.set(key, await read(key));
    return this.last.get(key);
  }
  all() { return this.last; }
  clear(): void { this.last.clear(); }
}
export async function read(key: string): Promise<string> {
  await Promise.resolve();
  return key;
}
`;
const usesAlike = `import { First, Second, Third, type Keeps } from './alike.ts';
const first = new First();
const second = new Second();
const third = new Third();
const kept: Keeps = third;
const some: Partial<First> = first;
const [promised, others, more] = [new Map<string, unknown>(), new Map<string, unknown>(), new Map<string, unknown>()];
export function fill(key: string): void {
  if (!promised.has(key)) promised.set(key, third.get(key));
  if (!others.has(key)) others.set(key, kept.get(key));
  if (!more.has(key)) more.set(key, second.get(key));
}
const asked = new Map<string, string>();
export async function ask(key: string): Promise<void> {
  if (!asked.has(key)) asked.set(key, (await kept.get(key)) ?? '');
}
export async function either(of: First | Third, key: string): Promise<void> {
  if (of.all().has(key)) return;
  const value = await of.get(key);
  of.all().set(key, value ?? '');
}
export async function narrowed(of: unknown, key: string): Promise<void> {
  const all = of instanceof First ? of.all() : some.all?.();
  if (!all || all.has(key)) return;
  all.set(key, (await first.get(key)) ?? '');
}
`;
const [alikePath, usesAlikePath] = ['/w/alike.ts', '/w/uses-alike.ts'];

const alikeEdits: readonly (readonly [path: string, from: string, to: string, what: string])[] = [
  [alikePath, 'async get(key: string): Promise<string | undefined> {\n    const known', 'async get(key: string, again = false): Promise<string | undefined> {\n    const known', 'a parameter of the first'],
  [alikePath, 'async get(key: string) {', 'async get(key: string, again?: boolean) {', 'a parameter of the third'],
  [alikePath, 'all() { return this.entries; }', 'all() { return new Map(this.entries); }', 'the first gives a copy'],
  [alikePath, 'all() { return this.last; }', 'all(): Map<string, string> { return this.last; }', 'what is inferred is written'],
  [alikePath, 'all() { return new Map(this.entries); }\n  async add', 'async add', 'the second inherits'],
  [alikePath, 'all(): Map<string, string> { return this.last; }', 'all(): WeakMap<object, string> & Map<string, string> { return this.last as never; }', 'another type'],
  [alikePath, 'all() { return new Map(this.entries); }', 'all() { return this.entries; }', 'the first gives its own again'],
  [alikePath, 'readonly held = new Set<string>();', 'readonly held = new Set<string>();\n  all() { return new Map<string, string>(); }', 'the second has one of its own'],
  [alikePath, 'clear(): void { this.entries.clear(); }', 'clear(entries = this.entries): void { entries.clear(); }', 'a parameter of what empties'],
  [alikePath, 'export interface Keeps { get(key: string)', 'export interface Keeps { get(key: string, more?: string)', 'a parameter of the interface'],
  [alikePath, 'async get(key: string, again?: boolean) {\n    if (!this.last.has(key)) this.last.set(key, await read(key));', 'get(key: string, again?: boolean) {', 'no promise of the third'],
  [alikePath, 'get(key: string, again?: boolean) {\n', 'get = (key: string) => {\n', 'a field in the place of a method'],
];

test('edits: members of one name in several classes are told apart', () => {
  const project = new Project(new Map([[alikePath, alike], [usesAlikePath, usesAlike]]));
  for (const path of [alikePath, usesAlikePath]) assert.match(project.found(path), /check-then-act/);
  for (const [path, from, to, what] of alikeEdits) {
    assert.ok(project.textOf(path).includes(from), what);
    project.edit(path, project.textOf(path).replace(from, to));
    findsTheSame(project, [usesAlikePath, alikePath], what);
  }
});

/** What a module exports without a name, and classes that extend others. */
const unnamed = `import { Kept } from './kept.ts';
export class Base {
  readonly entries = new Map<string, string>();
  held = new Set<string>();
  read(key: string) { return Promise.resolve(key); }
}
export class Other {
  readonly entries: string[] = [];
  read(key: string): string { return key; }
}
export class Cache<Value = string> extends Base {
  protected readonly values = new Map<string, Value>();
  async load(key: string, make: (key: string) => Promise<Value>): Promise<Value> {
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const value = await make(key);
    this.values.set(key, value);
    return value;
  }
}
export default function open(key: string) { return new Kept().read(key); }
`;
const keptClass = `import { Base } from './unnamed.ts';
export class Kept extends Base {
  async keep(key: string): Promise<void> {
    if (this.held.has(key)) return;
    await this.read(key);
    this.held.add(key);
  }
}
export class Last extends Kept {
  all() { return this.entries; }
}
export default new Last();
`;
const usesUnnamed = `import openOne from './unnamed.ts';
import { Cache } from './unnamed.ts';
import last from './kept.ts';
const cache = new Cache<string>();
const promised = new Map<string, unknown>();
const others = new Map<string, unknown>();
export function fill(key: string): void {
  if (!promised.has(key)) promised.set(key, openOne(key));
  if (!others.has(key)) others.set(key, last.read(key));
}
export async function name(key: string): Promise<void> {
  if (cache.entries.has(key)) return;
  const value = await cache.load(key, async (each) => each);
  cache.entries.set(key, value);
}
export async function add(key: string): Promise<void> {
  if (last.entries.has(key)) return;
  last.entries.set(key, await last.read(key));
}
`;
const [unnamedPath, keptPath, usesUnnamedPath] = ['/w/unnamed.ts', '/w/kept.ts', '/w/uses-unnamed.ts'];

const headEdits: readonly (readonly [path: string, from: string, to: string, what: string])[] = [
  [unnamedPath, 'open(key: string) {', 'open(key: string, again?: boolean) {', 'a parameter of what is exported without a name'],
  [unnamedPath, 'open(key: string, again?: boolean) { return new Kept().read(key); }', 'open(key: string, again?: boolean) { return key; }', 'its result'],
  [unnamedPath, 'class Cache<Value = string> extends Base', 'class Cache<Value = string> extends Other', 'what a class extends'],
  [unnamedPath, 'class Cache<Value = string> extends Other', 'class Cache<Value extends string = string> extends Other', 'a type parameter'],
  [keptPath, 'class Kept extends Base', 'class Kept extends Map<string, string>', 'what the base of another extends'],
  [keptPath, 'class Kept extends Map<string, string>', 'class Kept extends Base implements Iterable<string>', 'and implements'],
  [unnamedPath, 'export class Base {', 'export class Base extends Other {', 'the base itself'],
  [unnamedPath, 'export class Base extends Other {', 'export class Base {', 'and back'],
  [keptPath, 'export default new Last();', 'export default new Kept();', 'another value'],
  [keptPath, 'export default new Kept();', 'const one = new Last();\nexport default one;', 'a variable'],
  [keptPath, 'all() { return this.entries; }', 'all() { return this.entries; }\n  read(key: string) { return super.read(key).then((value) => value); }', 'what is inherited is there by itself'],
  [unnamedPath, 'export default function open(key: string, again?: boolean) { return key; }', 'export default async function (key: string) { return key; }', 'a function without a name'],
  [unnamedPath, 'class Cache<Value extends string = string> extends Other', 'class Cache<Value = string>', 'nothing is extended'],
];

test('edits: what classes extend and what has no name outside is followed', () => {
  const project = new Project(new Map([[unnamedPath, unnamed], [keptPath, keptClass], [usesUnnamedPath, usesUnnamed]]));
  for (const path of [unnamedPath, keptPath, usesUnnamedPath]) assert.match(project.found(path), /check-then-act|rejected-promise-cached/, path);
  for (const [path, from, to, what] of headEdits) {
    assert.ok(project.textOf(path).includes(from), what);
    project.edit(path, project.textOf(path).replace(from, to));
    findsTheSame(project, [usesUnnamedPath, keptPath, unnamedPath], what);
  }
});

/** JavaScript: fields that are declared by what is assigned to them, comments with types, modules that give one value away. */
const script = `const { Store } = require('./kept');
/** @param {string} key @returns {Promise<string>} */
async function read(key) {
  await Promise.resolve();
  return key;
}
class Cache {
  constructor() {
    this.entries = new Map();
    this.loading = false;
  }
  async load(key) {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const value = await read(key);
    this.entries.set(key, value);
    return value;
  }
  async refresh() {
    if (this.loading) return;
    await read('all');
    this.loading = true;
  }
  reset() {
    this.entries.clear();
  }
}
const shared = new Map();
function fill(key) {
  if (!shared.has(key)) shared.set(key, read(key));
}
async function keep(/** @type {Store} */ store, key) {
  if (store.held.has(key)) return;
  await store.get(key);
  store.held.add(key);
}
exports.read = read;
exports.Cache = Cache;
exports.fill = fill;
exports.keep = keep;
`;
const keptScript = `class Store {
  constructor() {
    this.held = new Set();
  }
  async get(key) {
    await null;
    return key;
  }
}
module.exports = { Store, open: () => new Store() };
`;
const usesScript = `const lib = require('./script');
const { open } = require('./kept');
const cache = new lib.Cache();
const store = open();
const seen = new Map();
const others = new Map();
async function name(key) {
  if (seen.has(key)) return seen.get(key);
  const value = await cache.load(key);
  seen.set(key, value);
  return value;
}
function each(key) {
  if (!others.has(key)) others.set(key, lib.read(key));
}
async function hold(key) {
  if (store.held.has(key)) return;
  await store.get(key);
  store.held.add(key);
}
module.exports = { name, each, hold };
`;
const [scriptPath, keptScriptPath, usesScriptPath] = ['/w/script.js', '/w/kept.js', '/w/uses.js'];

const scriptEdits: readonly (readonly [path: string, from: string, to: string, what: string])[] = [
  [scriptPath, 'async load(key) {', 'async load(key, again) {', 'a parameter'],
  [scriptPath, '    this.loading = true;', '    this.loading = true;\n    this.done = 1;', 'a field that a method declares'],
  [scriptPath, 'this.entries.clear();', 'this.entries = new Map();', 'another assignment to a field'],
  [scriptPath, 'this.entries = new Map();\n    this.loading', 'this.entries = [];\n    this.loading', 'what a field is made of'],
  [scriptPath, '/** @param {string} key @returns {Promise<string>} */\nasync function read', '/** @param {string} key @returns {string} */\nfunction read', 'what a comment says'],
  [scriptPath, 'this.entries = [];\n    this.loading', 'this.entries = new Map();\n    this.loading', 'a map again'],
  [scriptPath, '/** @param {string} key @returns {string} */\nfunction read', 'async function read', 'no comment'],
  [keptScriptPath, 'this.held = new Set();', 'this.held = new Map();', 'what others see of a field'],
  [keptScriptPath, 'async get(key) {', 'async get(key, more) {', 'a parameter of what a comment names'],
  [keptScriptPath, 'this.held = new Map();', 'this.held = new Set();', 'a set again'],
  [keptScriptPath, 'open: () => new Store()', 'open: () => ({ held: new Set(), get: async (key) => key })', 'what a module gives away'],
  [usesScriptPath, 'seen.set(key, value);', 'seen.set(key, value);\n  cache.last = value;', 'a field that somebody else declares'],
  [scriptPath, 'exports.read = read;', 'exports.read = (key) => key;', 'another function under the name'],
  [usesScriptPath, 'module.exports = { name, each, hold };', 'module.exports = name;', 'one function'],
  [scriptPath, 'class Cache {', 'class Cache extends Map {', 'what a class extends'],
  [scriptPath, 'function fill(key) {', '/** @typedef {{ key: string }} Entry */\nfunction fill(key) {', 'a type in a comment'],
];

test('edits: JavaScript that was edited is told the same of as JavaScript that is read', () => {
  const project = new Project(new Map([[scriptPath, script], [keptScriptPath, keptScript], [usesScriptPath, usesScript]]));
  for (const path of [scriptPath, usesScriptPath]) assert.match(project.found(path), /check-then-act/, path);
  for (const [path, from, to, what] of scriptEdits) {
    assert.ok(project.textOf(path).includes(from), what);
    project.edit(path, project.textOf(path).replace(from, to));
    findsTheSame(project, [usesScriptPath, keptScriptPath, scriptPath], what);
  }
});

const pieces = ['const typed = 1;', 'await null;', 'return;', '{', '}', 'this.entries = new Map();', 'if (this.closed) return;', 'const inner = async () => { await null; };', '(', '\n'];
const fixtures = readFixtures(join(process.cwd(), 'server', 'src', 'rules')).filter(({ name, files }) => name === 'typescript' && [...files.values()].some((text) => text.includes('await')));

test('edits: whoever types in the fixtures of races finds what a first look finds', () => {
  for (const [index, { rule, files }] of fixtures.entries()) {
    const random = randomFrom(index + 1);
    const paths = [...files.keys()].filter((name) => /\.(ts|tsx|js)$/.test(name)).map((name) => `/w/${name}`);
    const project = new Project(new Map(paths.map((path) => [path, files.get(path.slice('/w/'.length))!])));
    for (const path of paths) project.found(path);
    for (let i = 0; i < 12; i++) {
      const path = paths[random(paths.length)]!;
      const text = project.textOf(path);
      const places = [...text].flatMap((letter, at) => (letter === '{' || letter === ';' ? [at + 1] : []));
      let edited = text;
      // Several places at once, the last one first.
      const chosen = new Set(Array.from({ length: 1 + random(3) }, () => places[random(places.length)] ?? 0));
      for (const at of [...chosen].sort((a, b) => b - a)) edited = edited.slice(0, at) + pieces[random(pieces.length)]! + edited.slice(at);
      project.edit(path, edited);
      findsTheSame(project, [path, paths[random(paths.length)]!], `${rule}, edit ${i}`);
      // Most are taken back, so that most states parse.
      if (random(3) > 0) project.edit(path, text);
    }
  }
});

/** A function, method, field or type of a text is declared in another way, or the file says more at its top. */
function declaredOtherwise(text: string, path: string, random: (below: number) => number): string {
  const { compiler } = typeScriptForTests();
  const file = compiler.createSourceFile(path, text, compiler.ScriptTarget.Latest, true);
  const edits: (() => string)[] = [];
  const insert = (at: number, what: string): (() => string) => () => text.slice(0, at) + what + text.slice(at);
  const replace = (node: ts.Node, what: string): (() => string) => () => text.slice(0, node.getStart(file)) + what + text.slice(node.end);
  const visit = (node: ts.Node): void => {
    if (compiler.isFunctionLike(node) && (node as ts.FunctionLikeDeclaration).body) {
      const { parameters } = node;
      edits.push(insert(parameters.end, `${parameters.length > 0 && !parameters.hasTrailingComma ? ', ' : ''}more?: Map<string, string>`));
      for (const parameter of parameters) edits.push(replace(parameter, 'other: string'), insert(parameter.end, ' /* said */'));
      const [last] = parameters.slice(-1);
      if (last && parameters.length > 1) edits.push(() => text.slice(0, parameters.at(-2)!.end) + text.slice(last.end));
      if (node.type) edits.push(replace(node.type, 'Promise<Map<string, string>>'), replace(node.type, 'never'), () => text.slice(0, parameters.end + 1) + text.slice(node.type!.end));
      if ((compiler.isFunctionDeclaration(node) || compiler.isMethodDeclaration(node)) && node.name) {
        const isAsync = node.modifiers?.find(({ kind }) => kind === compiler.SyntaxKind.AsyncKeyword);
        edits.push(isAsync ? replace(isAsync, '') : insert((node.asteriskToken ?? (compiler.isFunctionDeclaration(node) ? node.getChildren(file).find(({ kind }) => kind === compiler.SyntaxKind.FunctionKeyword) : undefined) ?? node.name).getStart(file), 'async '));
        edits.push(replace(node.name, 'renamed'));
      }
      if (compiler.isClassElement(node)) edits.push(insert(node.getStart(file), 'private added = new Set<string>();\n  '));
    }
    if (compiler.isPropertyDeclaration(node) || compiler.isPropertySignature(node)) {
      edits.push(insert(node.name.end, '?'));
      if (node.type) edits.push(replace(node.type, 'string[]'), replace(node.type, 'Map<string, Promise<string>>'));
      if (compiler.isPropertyDeclaration(node) && node.initializer) edits.push(replace(node.initializer, 'new Set<string>()'), replace(node.initializer, 'null'));
    }
    if (compiler.isVariableDeclaration(node) && node.initializer && node.parent.parent.parent === file) edits.push(replace(node.initializer, 'new Map<string, number>()'), replace(node.initializer, '[]'));
    if (compiler.isTypeAliasDeclaration(node)) edits.push(replace(node.type, 'string'));
    if (compiler.isClassDeclaration(node) && node.name) {
      const head = node.heritageClauses ? replace(node.heritageClauses[0]!, 'extends Map<string, string>') : insert(node.members.pos - 1, ' extends Map<string, string> ');
      edits.push(head, insert(node.members.pos - 1, ' implements Iterable<string> '), node.typeParameters ? replace(node.typeParameters[0]!, 'Other') : insert(node.name.end, '<Other>'));
    }
    if ((compiler.isFunctionDeclaration(node) || compiler.isClassDeclaration(node)) && node.parent === file) {
      const exported = node.modifiers?.find(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword);
      if (exported) edits.push(insert(exported.end, ' default'));
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  for (const { pos } of file.statements) edits.push(insert(pos, '\nimport { gone } from "./gone.ts";\n'), insert(pos, '\nexport const added = new Map<string, number>();\n'), insert(pos, '\nadded.clear();\n'), insert(pos, '\nexport function renamed(): void {}\n'));
  return edits.length === 0 ? text : edits[random(edits.length)]!();
}

test('edits: whoever declares something otherwise in the fixtures of races finds what a first look finds', () => {
  for (const [index, { rule, files }] of fixtures.entries()) {
    const random = randomFrom(index + 1);
    const paths = [...files.keys()].filter((name) => /\.(ts|tsx|js)$/.test(name)).map((name) => `/w/${name}`);
    const project = new Project(new Map(paths.map((path) => [path, files.get(path.slice('/w/'.length))!])));
    for (const path of paths) project.found(path);
    for (let i = 0; i < 16; i++) {
      const path = paths[random(paths.length)]!;
      const text = project.textOf(path);
      project.edit(path, declaredOtherwise(text, path, random));
      findsTheSame(project, [path, paths[random(paths.length)]!], `${rule}, edit ${i}\n${project.textOf(path)}`);
      if (random(3) > 0) project.edit(path, text);
    }
  }
});

test('edits: whoever types and declares in the same fixtures as JavaScript finds what a first look finds', () => {
  const { compiler } = typeScriptForTests();
  for (const [index, { rule, files }] of fixtures.entries()) {
    const random = randomFrom(index + 7);
    const module = index % 2 === 0 ? compiler.ModuleKind.CommonJS : compiler.ModuleKind.ESNext;
    const scripts = [...files].filter(([name]) => /\.tsx?$/.test(name)).map(([name, text]) => {
      const options = { module, target: compiler.ScriptTarget.ES2022, jsx: compiler.JsxEmit.Preserve, rewriteRelativeImportExtensions: true };
      return [`/w/${name.replace(/\.tsx?$/, '.js')}`, compiler.transpileModule(text, { compilerOptions: options, fileName: name }).outputText] as const;
    });
    if (scripts.length === 0) continue;
    const paths = scripts.map(([path]) => path);
    const project = new Project(new Map(scripts));
    for (const path of paths) project.found(path);
    for (let i = 0; i < 8; i++) {
      const path = paths[random(paths.length)]!;
      const text = project.textOf(path);
      const places = [...text].flatMap((letter, at) => (letter === '{' || letter === ';' ? [at + 1] : []));
      const at = places[random(places.length)] ?? 0;
      project.edit(path, random(3) === 0 ? text.slice(0, at) + pieces[random(pieces.length)]! + text.slice(at) : declaredOtherwise(text, path, random));
      findsTheSame(project, [path, paths[random(paths.length)]!], `${rule}, edit ${i}\n${project.textOf(path)}`);
      if (random(3) > 0) project.edit(path, text);
    }
  }
});
