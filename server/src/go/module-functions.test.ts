import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SummaryStore } from '../analysis/summaries/store.ts';
import { Effect } from '../model/summary.ts';
import { MemoryFileSystem } from '../workspace/file-system.ts';
import { ModuleFunctions } from './module-functions.ts';
import { PackageGraph } from './packages/graph.ts';
import { TypeStore } from './types/store.ts';

type Texts = Readonly<Record<string, string>>;

/** A module in memory whose files can be changed. */
class Module {
  readonly texts: Map<string, string>;
  readonly fileSystem: MemoryFileSystem;
  readonly graph: PackageGraph;
  readonly types = new TypeStore();
  readonly functions: ModuleFunctions;
  readonly store: SummaryStore;

  constructor(texts: Texts) {
    this.texts = new Map(Object.entries({ 'go.mod': 'module example.com/m.v1\n\ngo 1.26\n', ...texts }).map(([path, text]) => [`/w/${path}`, text]));
    this.fileSystem = new MemoryFileSystem(Object.fromEntries(this.texts));
    this.graph = new PackageGraph({ fileSystem: this.fileSystem, environment: { goos: 'linux', goarch: 'amd64' } });
    const module = this.graph.moduleOf('/w');
    assert.ok(module);
    this.functions = new ModuleFunctions(module, {
      packagesIn: (directory) => this.graph.packagesIn(directory),
      foldersOf: (of) => this.graph.foldersOf(of),
      infoOf: (of) => this.types.infoFor(of),
      outlineOf: (of) => this.types.outlineFor(of),
    });
    this.store = new SummaryStore(this.functions);
  }

  edit(path: string, from: string, to: string): void {
    const text = this.texts.get(`/w/${path}`)!.replace(from, to);
    this.texts.set(`/w/${path}`, text);
    this.fileSystem.write(`/w/${path}`, text);
    this.graph.invalidate(`/w/${path}`, 'content');
    this.types.invalidate();
    this.functions.changed();
    this.store.changed();
  }

  effects(name: string, path: string): number | undefined {
    return this.store.summaryOf(`example.com/m.v1/${name}`)?.accesses.get(path);
  }

  /** The functions that are looked at when everything in the folders is asked for. */
  ask(...folders: readonly string[]): readonly string[] {
    for (const folder of folders) for (const key of this.functions.keysIn(`/w/${folder}`)) this.store.summaryOf(key);
    return this.store.takeVisited().map((key) => key.replace('example.com/m.v1/', ''));
  }
}

const texts: Texts = {
  'low/low.go': 'package low\n\ntype S struct{ M map[string]int }\n\nfunc (s *S) Reset() { empty(s.M) }\n\nfunc empty(m map[string]int) { clear(m) }\n',
  'mid/mid.go': 'package mid\n\nimport "example.com/m.v1/low"\n\nfunc Reset(s *low.S) { s.Reset() }\n\nfunc Other() {}\n',
  'top/top.go': 'package top\n\nimport (\n\t"example.com/m.v1/low"\n\t"example.com/m.v1/mid"\n)\n\nfunc Run(s *low.S) { mid.Reset(s) }\n',
};

test('module summaries: across packages, as far as is asked', () => {
  const module = new Module(texts);
  assert.equal(module.effects('mid.Reset', 'p0*.M'), Effect.Look | Effect.Clear);
  assert.deepEqual(module.store.takeVisited(), ['low.empty', 'low.S.Reset', 'mid.Reset'].map((key) => `example.com/m.v1/${key}`));
  assert.deepEqual(module.ask('low', 'mid', 'top'), ['mid.Other', 'top.Run']);
});

test('module summaries: an edit that leaves the facts of a declaration as they were goes no further', () => {
  const module = new Module(texts);
  module.ask('low', 'mid', 'top');
  module.edit('low/low.go', 'clear(m)', 'println(len(m)); clear(m)');
  assert.deepEqual(module.ask('low', 'mid', 'top'), ['low.empty', 'low.S.Reset', 'mid.Reset', 'top.Run'], 'the length is read now');
  module.edit('low/low.go', 'println(len(m)); clear(m)', 'n := len(m); clear(m); println(n)');
  assert.deepEqual(module.ask('low', 'mid', 'top'), ['low.empty']);
  module.edit('mid/mid.go', 'func Other() {}', '// Other does nothing.\nfunc Other() {}');
  assert.deepEqual(module.ask('low', 'mid', 'top'), []);
});

test('module summaries: a declaration on which types may depend is another environment', () => {
  const module = new Module(texts);
  module.ask('low', 'mid', 'top');
  module.edit('mid/mid.go', 'func Other() {}', 'type Other int');
  assert.deepEqual(module.ask('low', 'mid', 'top'), ['mid.Reset', 'top.Run']);
});

test('module summaries: what is answered after edits is what a fresh run answers', () => {
  const edits: readonly (readonly [string, string, string])[] = [
    ['low/low.go', 'clear(m)', 'delete(m, "a")'],
    ['mid/mid.go', 's.Reset()', 's.M = nil'],
    ['low/low.go', 'delete(m, "a")', 'for range m {}'],
    ['mid/mid.go', 's.M = nil', 's.Reset(); top()'],
    ['mid/mid.go', 'func Other() {}', 'func top() { go Reset(nil) }'],
  ];
  const module = new Module(texts);
  const current: Record<string, string> = { ...texts };
  for (const [i, [path, from, to]] of edits.entries()) {
    module.edit(path, from, to);
    current[path] = current[path]!.replace(from, to);
    if (i % 2 === 0) module.store.summaryOf('example.com/m.v1/top.Run');
    const fresh = new Module(current);
    fresh.ask('low', 'mid', 'top');
    if (i % 2 === 0) continue;
    module.ask('top', 'mid', 'low');
    assert.deepEqual([...module.store.texts()].sort(), [...fresh.store.texts()].sort(), to);
  }
});

test('module summaries: interfaces are what the types of the module implement them with', () => {
  const module = new Module({
    'a/a.go': 'package a\n\ntype Store interface{ Drop(m map[string]int) }\n\nfunc Use(s Store, m map[string]int) { s.Drop(m) }\n\ntype hidden interface{ drop(m map[string]int) }\n\nfunc use(s hidden, m map[string]int) { s.drop(m) }\n\ntype own struct{}\n\nfunc (own) drop(m map[string]int) { m["a"] = 1 }\n',
    'b/b.go': 'package b\n\ntype Clearing struct{}\n\nfunc (*Clearing) Drop(m map[string]int) { clear(m) }\n\nfunc (*Clearing) drop(m map[string]int) { clear(m) }\n',
    'c/c.go': 'package c\n\ntype Deleting struct{}\n\nfunc (Deleting) Drop(m map[string]int) { delete(m, "a") }\n\ntype Not struct{}\n\nfunc (Not) Drop(m map[int]int) { m[1] = 1 }\n',
  });
  assert.equal(module.effects('a.Use', 'p1'), Effect.Clear | Effect.Delete);
  assert.equal(module.effects('a.use', 'p1'), Effect.Write);
  module.store.takeVisited();
  module.edit('c/c.go', 'delete(m, "a")', 'm["a"] = 1');
  assert.equal(module.effects('a.Use', 'p1'), Effect.Clear | Effect.Write);
  module.edit('c/c.go', 'func (Deleting) Drop', 'func (Deleting) Drip');
  assert.equal(module.effects('a.Use', 'p1'), Effect.Clear);
});

test('module summaries: released folders are not read again for what is known', () => {
  const module = new Module(texts);
  module.ask('low', 'mid', 'top');
  for (const folder of ['low', 'mid', 'top']) {
    module.graph.release(`/w/${folder}`);
    module.types.release(`/w/${folder}`);
    module.functions.release(`/w/${folder}`);
  }
  assert.equal(module.effects('mid.Reset', 'p0*.M'), Effect.Look | Effect.Clear);
  assert.deepEqual(module.store.takeVisited(), []);
});
